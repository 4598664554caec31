"""Cases of one kind, of which `make test` tries some and `make heavy` all."""

from collections.abc import Iterable, Sequence

import pytest
from _pytest.mark import ParameterSet


def some(cases: Iterable[object], of: int = 0) -> list[ParameterSet]:
    """Cases for `parametrize`: one in so many, or the first, is tried always; all of them by `make heavy`."""
    return [
        pytest.param(*_values(case), marks=pytest.mark.matrix if (number % of if of else number) else [])
        for number, case in enumerate(cases)
    ]


def _values(case: object) -> Sequence[object]:
    return case if isinstance(case, tuple) else (case,)
