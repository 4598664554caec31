"""Cases of one kind, of which `make test` tries some and `make heavy` all."""

from collections.abc import Collection, Iterable, Sequence

import pytest
from _pytest.mark import ParameterSet


def some(cases: Iterable[object], of: int = 0) -> list[ParameterSet]:
    """Cases for `parametrize`: one in so many, or the first, is tried always; all of them by `make heavy`."""
    return [
        pytest.param(*_values(case), marks=pytest.mark.matrix if (number % of if of else number) else [])
        for number, case in enumerate(cases)
    ]


def by_turns(cases: Sequence[object], languages: Collection[str], of: int) -> list[ParameterSet]:
    """Each case in each language: one in so many of a language is tried always, another in each of them."""
    return [
        pytest.param(
            case,
            language,
            id=f"{language}-{getattr(case, 'name', case)}",
            marks=pytest.mark.matrix if (number + turn * of // len(languages)) % of else [],
        )
        for number, case in enumerate(cases)
        for turn, language in enumerate(languages)
    ]


def _values(case: object) -> Sequence[object]:
    return case if isinstance(case, tuple) else (case,)
