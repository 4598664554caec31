"""How near two names come, from 0 to 1."""

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from server.reconcile.words import Compared, wordings

INITIALS, NEAR, A_SLIP = 0.9, 0.94, 0.02
PART, WHOLE_OF_IT = 0.6, 0.15
ALIKE, LEAST_ALIKE = 0.6, 60
# Up to so many letters of the shorter name, so much may be wrong: a soft letter counts half.
_ALLOWED = ((3, 0.0), (6, 0.5), (9, 1.0), (15, 1.5), (29, 2.0))
_AT_MOST = 3.0
_LONG_ENOUGH = {True: 5, False: 4}  # for a slip; Latin script writes more vowels than Arabic


def nearness(asked: Compared, name: Compared) -> float:
    """1 where they are the same, 0.9 and more where only letters differ, 0.75 and less where parts fit."""
    if asked.words == name.words or asked.joined == name.joined:
        return 1.0
    pairs = zip(asked.sounds, name.sounds, strict=True)
    cost = min(_cost(one, other) for one, other in pairs)
    if cost <= _allowed(asked.sounds[0], name.sounds[0]):
        return NEAR - A_SLIP * cost
    return max(_part(asked, name), _alike(asked, name))


def fits_with_initials(asked: Compared, name: Compared) -> bool:
    """Whether every word stands in the name, or begins with the one letter that is given."""
    initials = [word for word in asked.words if len(word) == 1]
    whole = [word for word in asked.words if len(word) > 1]
    rest = [word for word in name.words if word not in whole]
    given = sorted(word[0] for word in rest)
    all_there = set(whole) <= set(name.words) and name.in_order[-1] in whole
    return bool(initials) and all_there and all(initial in given for initial in initials)


def _allowed(asked: str, name: str) -> float:
    shorter = min(len(asked), len(name))
    if shorter < _LONG_ENOUGH[asked.isascii()]:
        return 0.0
    return next((allowed for most, allowed in _ALLOWED if shorter <= most), _AT_MOST)


def _cost(asked: str, name: str) -> float:
    """How much must be put in, left out or changed; another consonant is another name."""
    if abs(len(asked) - len(name)) > 2 * _AT_MOST:
        return 2 * _AT_MOST
    soft, total = wordings().soft, 0.0
    for edit in Levenshtein.editops(asked, name):
        letters = [asked[edit.src_pos]] if edit.tag != "insert" else []
        letters += [name[edit.dest_pos]] if edit.tag != "delete" else []
        total += 0.5 if soft.issuperset(letters) else float(len(letters))
    return total


def _part(asked: Compared, name: Compared) -> float:
    """Where all words stand in the name: more, the more of it they are."""
    if not set(asked.words) <= set(name.words):
        return 0.0
    return PART + WHOLE_OF_IT * len(asked.joined) / len(name.joined)


def _alike(asked: Compared, name: Compared) -> float:
    ratio = fuzz.ratio("".join(asked.words), "".join(name.words), score_cutoff=LEAST_ALIKE)
    return ALIKE * ratio / 100
