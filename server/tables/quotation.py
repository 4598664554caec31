"""The words of a source that support a thing, as files and pages show them beside a row."""

from collections.abc import Iterable
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.i18n.languages import Text, best
from server.i18n.texts import texts


@dataclass(frozen=True)
class Sentence:
    """A sentence of a source, and the project's translations of it by language."""

    words: str
    translations: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Words that support a thing, and their place: `start` and `end` count the characters of the source.

    `statement` and `source` are IRIs, `address` is where the source is read, `language` is its language, and
    `sentences` are those in which the words stand. A source from outside is named without words, and its note
    says what was read of it; whatever is not known is empty or None.
    """

    text: str
    heading: str = ""
    source: str = ""
    source_en: str = ""
    source_ar: str = ""
    note_en: str = ""
    note_ar: str = ""
    address: str = ""
    start: int | None = None
    end: int | None = None
    statement: str = ""
    language: str = ""
    sentences: tuple[Sentence, ...] = ()

    @property
    def length(self) -> int:
        """How many characters it has: of those that support a row, the longest says most of it."""
        return len(self.text)

    @property
    def sentence(self) -> str:
        """The whole sentence, or sentences, or an empty string."""
        return " ".join(one.words for one in self.sentences)

    @property
    def translations(self) -> dict[str, str]:
        """The whole sentences in other languages: those in which each of them is translated."""
        languages = [set(one.translations) for one in self.sentences]
        common = sorted(set.intersection(*languages)) if languages else []
        return {name: " ".join(one.translations[name] for one in self.sentences) for name in common}

    def translation(self, language: str) -> Text:
        """What lets a reader of this language read the sentence; nothing where it needs no translation."""
        if language == self.language:
            return Text("")
        found = self.translations
        tag = language if language in found else next(iter(found), "")
        return Text(found.get(tag, ""), tag)

    @property
    def page(self) -> str:
        """Where it is read in its place: a path of ours, or an empty string where the source is not ours."""
        slug = self.source.removeprefix(f"{BASE}source/")
        if slug == self.source or "/" in slug:
            return ""
        return f"/sources/{slug}#{self.statement.removeprefix(f'{BASE}statement/')}"

    @property
    def short_place(self) -> str:
        """The source and the characters, in no language."""
        slug = self.source.rpartition("/")[2]
        return slug if self.start is None else f"{slug} {self.start}–{self.end}"

    def source_name(self, language: str) -> str:
        names = (self.source_ar, self.source_en) if language == "ar" else (self.source_en, self.source_ar)
        return names[0] or names[1] or self.address or self.source

    def note(self, language: str) -> Text:
        """What was read of a source whose words are not quoted."""
        found = {"en": self.note_en, "ar": self.note_ar}
        notes = {name: text for name, text in found.items() if text}
        return best(notes, language) if notes and not self.text else Text("")

    def place(self, language: str) -> str:
        """The source, the heading and the characters, in words."""
        return ("، " if language == "ar" else ", ").join(self.place_parts(language))

    def place_parts(self, language: str) -> list[str]:
        """The parts of the place, for pages that keep the direction of each."""
        translate, span = texts(language).gettext, ""
        if self.start is not None:
            span = translate("characters %(start)s–%(end)s") % {"start": self.start, "end": self.end}
        return [part for part in (self.source_name(language), self.heading, span) if part]


def unrepeated(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Each place of a source once, though it supports several things."""
    places = {(one.text, one.source, one.start, one.end): one for one in quotations}
    return list(places.values())
