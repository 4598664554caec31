"""A block of the text as HTML: nothing added to its letters, every quotation an element or several."""

from collections.abc import Iterator

from markupsafe import Markup

from server.page.html import visible
from server.sources.residue import set_apart
from server.sources.segments import Mark, Paragraph, Segment
from server.sources.statements import SourceStatement


class Writer:
    """Writes the blocks of one page in their order; the anchor of a statement stands where it begins.

    Elements cannot overlap. Where quotations do, the one that is still open is closed and opened again.
    `notes` is how the page calls its notes, which have numbers.
    """

    def __init__(self, notes: str = "note") -> None:
        self._notes = notes
        self._anchored: set[str] = set()
        self._linked: set[int] = set()

    def block(self, block: Paragraph) -> Markup:
        """The HTML of one block, of which no element reaches into another block."""
        return Markup("").join(self._pieces(block))

    def _pieces(self, block: Paragraph) -> Iterator[Markup]:
        opened: list[Mark] = []
        for place, segment in enumerate(block.segments):
            wanted = sorted(segment.marks, key=lambda one: (one.start, -one.end))
            same = _shared(opened, wanted)
            yield _closing(opened[same:])
            for mark in wanted[same:]:
                yield from map(self._opening, mark.statements)
            opened = wanted
            yield self._words(segment)
            yield from map(_number, _ending(segment, block.segments[place + 1 : place + 2]))
        yield _closing(opened)

    def _opening(self, statement: SourceStatement) -> Markup:
        anchor = Markup("")
        if statement.slug not in self._anchored:
            self._anchored.add(statement.slug)
            anchor = Markup(' id="%s"') % statement.slug
        return Markup('<span class="words"%s data-statement="%s">') % (anchor, statement.slug)

    def _words(self, segment: Segment) -> Markup:
        """A link to the note of the shortest quotation; further parts of one are no further stops of Tab."""
        if not segment.marks:
            return set_apart(segment.text)
        shortest = segment.marks[0]
        notes = " ".join(str(mark.number) for mark in segment.marks)
        shade = " twice" if len(segment.marks) > 1 else ""
        if not segment.text.strip():  # between two parts; a link without words is none to who cannot see it
            return Markup('<span class="mark%s" data-notes="%s">%s</span>') % (shade, notes, segment.text)
        again = Markup(' tabindex="-1"') if shortest.number in self._linked else Markup("")
        self._linked.add(shortest.number)
        element = Markup('<a class="mark%s" href="#%s-%d" data-notes="%s"%s>%s</a>')
        return element % (shade, self._notes, shortest.number, notes, again, visible(segment.text))


def _shared(opened: list[Mark], wanted: list[Mark]) -> int:
    """How many of the open marks, from the outermost on, stay open."""
    same = 0
    while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
        same += 1
    return same


def _closing(marks: list[Mark]) -> Markup:
    return Markup("</span>") * sum(len(mark.statements) for mark in marks)


def _ending(segment: Segment, following: tuple[Segment, ...]) -> list[Mark]:
    """The marks that end with a segment."""
    goes_on = {mark.number for later in following for mark in later.marks}
    ending = (one for one in segment.marks if one.end == segment.end and one.number not in goes_on)
    return sorted(ending, key=lambda one: one.number)


def _number(mark: Mark) -> Markup:
    """The number of a note, which the style sheet shows: it is no part of the text."""
    return Markup('<span class="note-number" data-number="%d"></span>') % mark.number
