"""The real files of others that lie beside the project and are never part of it."""

import pytest

from loader.inputs import PROJECT

FOLDER = next((path for path in (PROJECT.parent / "shared/datasets",) if path.is_dir()), None)
needs_real_files = pytest.mark.skipif(FOLDER is None, reason="../shared/datasets is not here")


def real(*patterns: str) -> list[str]:
    """The paths of real files by patterns, in their order."""
    return [str(path) for pattern in patterns for path in sorted(FOLDER.glob(pattern))] if FOLDER else []
