"""Compiled templates are kept between starts, in the user's own temporary folder, where there is one."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _CompiledTemplates(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template; where nothing can be written, the next start compiles it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(environment_source: Path) -> BytecodeCache | None:
    """Where the templates of an environment are kept; None where no folder is the user's alone.

    Jinja compares the text of a template and its own version; the file that makes the environment counts too.
    """
    digest = sha256(environment_source.read_bytes()).hexdigest()[:16]
    with suppress(OSError, RuntimeError):
        return _CompiledTemplates(pattern=f"un-missions-{digest}-%s")
    return None
