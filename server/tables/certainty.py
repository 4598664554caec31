"""How sure a fact is: what the words of a source say by themselves, and everything that they do not."""

from loader.release.namespaces import BASE

CERTAINTIES = f"{BASE}certainty/"
STATED = f"{CERTAINTIES}stated"


def is_inferred(iri: str) -> bool:
    """Whether this is a certainty of ours that no words of a source give."""
    return iri.startswith(CERTAINTIES) and iri != STATED


def reason(iri: str) -> str:
    """The name of such a certainty, or nothing of any other."""
    return iri.removeprefix(CERTAINTIES) if is_inferred(iri) else ""
