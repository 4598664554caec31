"""A Virtuoso of one's own, where it is installed or where VIRTUOSO names the folder it was unpacked to.

On Debian: `apt-get download virtuoso-opensource-7-bin libpcre3`, then `dpkg -x FILE FOLDER` for each file.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .service import free_port

UNPACKED = Path(os.environ.get("VIRTUOSO", "/nowhere"))
LIBRARIES = os.pathsep.join(
    str(UNPACKED / place) for place in ("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")
)
PATH = f"{UNPACKED / 'usr/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
SURROUNDINGS = {**os.environ, "LD_LIBRARY_PATH": LIBRARIES}
START_SECONDS = 120.0

SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 1000000
"""

# Whoever asks its endpoint may name others by SERVICE only then.
MAY_ASK = (
    'GRANT SELECT ON DB.DBA.SPARQL_SINV_2 TO "SPARQL"; GRANT EXECUTE ON DB.DBA.SPARQL_SINV_IMP TO "SPARQL"'
)


# Whoever comes may bring graphs to it.
MAY_WRITE = 'GRANT SPARQL_UPDATE TO "SPARQL"'


def program(name: str) -> str | None:
    return shutil.which(name, path=PATH)


def is_there() -> bool:
    return bool(program("virtuoso-t") and program("isql-vt"))


@contextmanager
def virtuoso(folder: Path, *statements: str) -> Iterator[str]:
    """The address of its endpoint, after what its administrator was told to say, until the block ends."""
    port, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(port=port, http=http), encoding="utf-8")
    command = [str(program("virtuoso-t")), "+foreground", "+configfile", "virtuoso.ini"]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=SURROUNDINGS, stdout=out, stderr=out)
        try:
            _wait(process, folder / "out", port)
            for statement in statements:
                _tell(port, statement)
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            process.terminate()
            process.wait(60)


def _wait(process: "subprocess.Popen[bytes]", out: Path, port: int) -> None:
    """Until it answers. Raises RuntimeError where it has ended, or takes too long."""
    until = time.monotonic() + START_SECONDS
    while _complaint(port, "SELECT 1"):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"Virtuoso does not start: {out.read_text(errors='replace')[-500:]}")
        time.sleep(0.5)


def _tell(port: int, statements: str) -> None:
    """Runs statements as its administrator."""
    if complaint := _complaint(port, statements):
        raise RuntimeError(f"Virtuoso says: {complaint}")


def _complaint(port: int, statements: str) -> str:
    command = [str(program("isql-vt")), f"127.0.0.1:{port}", "dba", "dba", f"EXEC={statements}"]
    done = subprocess.run(command, env=SURROUNDINGS, capture_output=True, text=True)
    return done.stderr if done.returncode or "*** Error" in done.stderr else ""
