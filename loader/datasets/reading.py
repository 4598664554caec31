"""Reads the files of a data set into its graph, and counts what is to be told of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from loader.datasets.content import Content, opened
from loader.datasets.data_set import DataSet, Manner
from loader.datasets.formats import CONVERTED, ENDINGS, looks_like
from loader.datasets.literals import flaw
from loader.datasets.rdf import Located, located
from loader.datasets.tally import Tally
from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress
from loader.release.namespaces import BASE

# The engine holds what it is given at once in memory.
BULK = 250_000


class DataSetReader:
    """Brings one data set into a store; `tally` then says what was found."""

    def __init__(self, store: ox.Store, data_set: DataSet, manner: Manner, progress: Progress) -> None:
        self.store, self.data_set, self.manner, self.progress = store, data_set, manner, progress
        self.tally = Tally()

    def read(self) -> Tally:
        """Raises BuildRefused with what cannot be read, or may not be loaded in this manner."""
        for file in self.data_set.files:
            self.progress(f"reading {file.name}")
            with opened(file, self.progress) as content, self._noticed(file):
                self._extend(self._quads(file, self._located(content)))
        if self.manner.strict and self.tally.invalid:
            raise BuildRefused(self.tally.invalid)
        return self.tally

    @contextmanager
    def _noticed(self, file: Path) -> Iterator[None]:
        """Says what was noticed of a file beside what is wrong with it."""
        try:
            yield
        except BuildRefused as refusal:
            noticed = [notice for notice in self.tally.notices if notice.location.file == str(file)]
            raise BuildRefused([*refusal.problems, *noticed]) from refusal

    def _located(self, content: Content) -> Iterator[Located]:
        format_ = self._format(content)
        return located(content, format_, self.data_set.base_iri, self.manner.contexts)

    def _format(self, content: Content) -> ox.RdfFormat:
        """The format of a file, by its content where its name says another."""
        if way := CONVERTED.get(content.ending):
            raise _refused(content.path, f"A file {content.ending} cannot be read: {way}.")
        head, is_whole = content.head()
        found = looks_like(head, content.ending, is_whole)
        if not isinstance(found, ox.RdfFormat):
            raise _refused(content.path, _not_rdf(found, content.ending))
        if ENDINGS.get(content.ending) != found:
            sentence = f"The content looks like {found.name}, and is read as that."
            self.tally.notices.append(Problem(Location(str(content.path), 1), sentence))
        return found

    def _quads(self, file: Path, triples: Iterable[Located]) -> Iterator[ox.Quad]:
        """What is loaded of a file: each triple in the graph of the data set."""
        tally, graph, count = self.tally, self.data_set.graph, 0
        own, skip = self.data_set.iri.value, self.manner.skip_invalid
        for line, quad in triples:
            count += 1
            value = quad.object
            if isinstance(value, ox.Literal) and (why := flaw(value)):
                tally.note_invalid(Location(str(file), line), quad, why)
                if skip:
                    tally.left_out += 1
                    continue
            if isinstance(quad.subject, ox.NamedNode) and _is_ours(quad.subject.value, own):
                tally.about_ours += 1
            yield ox.Quad(quad.subject, quad.predicate, value, graph)
        if not count and not self.manner.allow_empty:
            raise _refused(file, "The file gives no triple. Is that right? --allow-empty takes it.")

    def _extend(self, quads: Iterator[ox.Quad]) -> None:
        while some := list(islice(quads, BULK)):
            self.store.bulk_extend(some)


def _is_ours(iri: str, own: str) -> bool:
    """Whether a thing is one of the project's, and none of the data set."""
    return iri.startswith(BASE) and iri != own and not iri.startswith((f"{own}/", f"{own}#"))


def _not_rdf(found: str, ending: str) -> str:
    if found:
        return f"The file looks like {found}, which is no RDF: give a mapping, as in --mapping NAME."
    endings = " ".join(sorted(ENDINGS))
    return f"{ending!r} names no format that is read, and the content looks like none: {endings} do."


def _refused(file: Path, sentence: str) -> BuildRefused:
    return BuildRefused([Problem(Location(str(file), 1), sentence)])
