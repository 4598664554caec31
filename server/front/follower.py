"""Keeps a process that follows the source of a replica, so that nothing of it is read among the sockets."""

import subprocess
import sys
import threading

from loader.release.releases import Releases
from loader.replicas.following import follow
from loader.replicas.places import source_at
from server.logs import configure, log
from server.processes.isolation import die_with_parent
from server.settings import Settings

REST_SECONDS = 1.0


class Follower:
    """Starts the process, and starts it again whenever it ends; does nothing without a source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._closing = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._source:
            threading.Thread(target=self._keep, daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        if self._process:
            self._process.kill()

    def _keep(self) -> None:
        """This thread lives as long as the server: the kernel ends the process when the thread is gone."""
        while not self._closing.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", __name__])
            if self._closing.is_set():
                self._process.kill()
            self._process.wait()
            self._closing.wait(REST_SECONDS)


def main() -> None:
    """Follows what the environment names."""
    die_with_parent()
    settings = Settings()
    configure(settings.log_level)
    source = source_at(settings.follow, settings.known_token)
    tell = lambda sentence: log.info("source", says=sentence)  # noqa: E731
    follow(source, Releases(settings.store), settings.follow_every, tell)


if __name__ == "__main__":
    main()
