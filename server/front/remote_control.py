"""The engine as the front has it where the data are in another one."""

from collections.abc import Mapping
from typing import IO

from server.engine.edit import Edit
from server.engine.interface import Written
from server.engine.remote.engine import RemoteEngine, read_only
from server.engine.remote.kept_dumps import kept_dump
from server.engine.snapshot import Snapshot
from server.front.control import ControlEngine
from server.front.current import DUMP_SECONDS, write_out
from server.front.relay import Relay
from server.refusal import Refused


class RemoteControl(ControlEngine):
    """Writes nothing, makes dumps of what publishing left here, and is well while the other engine is."""

    def __init__(self, remote: RemoteEngine, relay: Relay, *as_control: object) -> None:
        super().__init__(*as_control)  # type: ignore[arg-type]  # the same as that takes
        self._remote, self._relay = remote, relay

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Never. Raises Refused."""
        raise read_only()

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release, from a file of it. Raises Refused."""
        path = str(kept_dump(release.files, media_type))
        orders = {"path": path, "packed": True, "nice": True, "format": media_type}
        write_out(self._zygote, file, {**orders, "prefixes": dict(prefixes)}, DUMP_SECONDS)

    def health(self) -> dict[str, object]:
        """The release that answers. Raises Refused where a worker or the other engine is not there."""
        here = super().health()
        try:
            return {**here, **self._remote.health()}
        except Refused as failure:
            raise Refused("unavailable", failure.detail, retry_after=5) from None

    def close(self) -> None:
        """Ends the relay too."""
        super().close()
        self._relay.close()
