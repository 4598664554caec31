"""Reads the files of a data set into its graph, and counts what is to be told of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from loader.datasets.content import Content, opened
from loader.datasets.data_set import DataSet, Manner
from loader.datasets.formats import CONVERTED, ENDINGS, looks_like
from loader.datasets.identifier_forms import our_form
from loader.datasets.literals import flaw
from loader.datasets.mapped import mapped
from loader.datasets.mapping import fitting
from loader.datasets.mapping_messages import Job
from loader.datasets.rdf import RdfManner, located
from loader.datasets.tally import Tally
from loader.datasets.well_formed import Located
from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress
from loader.release.namespaces import BASE

AnyTerm = TypeVar("AnyTerm", bound=object)
# The engine holds what it is given at once in memory.
BULK = 250_000


class DataSetReader:
    """Brings one data set into a store; `tally` then says what was found."""

    def __init__(self, store: ox.Store, data_set: DataSet, manner: Manner, progress: Progress) -> None:
        self.store, self.data_set, self.manner, self.progress = store, data_set, manner, progress
        self.tally = Tally()
        self._given: Counter[Path] = Counter()  # how many triples each file gave

    def read(self) -> Tally:
        """Raises BuildRefused with what cannot be read, or may not be loaded in this manner."""
        if self.data_set.mapping:
            self._map(self.data_set.mapping)
        else:
            for file in self.data_set.files:
                self.progress(f"reading {file.name}")
                with opened(file, self.progress) as content, self._noticed(file):
                    self._extend(self._quads((file, each) for each in self._located(content)))
        if not self.manner.allow_empty:
            self._refuse_empty()
        if self.manner.strict and self.tally.invalid:
            raise BuildRefused(self.tally.invalid)
        return self.tally

    def _map(self, mapping: Path) -> None:
        self.progress(f"mapping {', '.join(file.name for file in self.data_set.files)}")
        job = Job(self.data_set.files, mapping, self.data_set.base_iri)
        self._extend(self._quads(mapped(job, self.tally, self.progress)))

    def _refuse_empty(self) -> None:
        sentence = "The file gives no triple. Is that right? --allow-empty takes it."
        empty = [file for file in self.data_set.files if not self._given[file]]
        if empty:
            refused = [Problem(Location(str(file), 1), sentence) for file in empty]
            raise BuildRefused([*refused, *self.tally.invalid])

    @contextmanager
    def _noticed(self, file: Path) -> Iterator[None]:
        """Says what was noticed of a file beside what is wrong with it."""
        try:
            yield
        except BuildRefused as refusal:
            noticed = [notice for notice in self.tally.notices if notice.location.file == str(file)]
            raise BuildRefused([*refusal.problems, *noticed]) from refusal

    def _located(self, content: Content) -> Iterator[Located]:
        format_, tally, file = self._format(content), self.tally, content.path
        manner = RdfManner(
            base=self.data_set.base_iri,
            contexts=self.manner.contexts,
            noticed=partial(tally.notice, file),
            left_out=partial(tally.unreadable.add, file) if self.manner.skip_invalid else None,
        )
        return located(content, format_, manner)

    def _format(self, content: Content) -> ox.RdfFormat:
        """The format of a file, by its content where its name says another."""
        if way := CONVERTED.get(content.ending):
            raise _refused(content.path, f"A file {content.ending} cannot be read: {way}.")
        head, is_whole = content.head()
        found = looks_like(head, content.ending, is_whole)
        if not isinstance(found, ox.RdfFormat):
            raise _refused(content.path, _not_rdf(found, content.ending, head))
        if ENDINGS.get(content.ending) != found:
            sentence = f"The content looks like {found.name}, and is read as that."
            self.tally.notice(content.path, 1, sentence)
        return found

    def _quads(self, triples: Iterable[tuple[Path, Located]]) -> Iterator[ox.Quad]:
        """What is loaded: each triple in the graph of the data set."""
        tally, graph, given = self.tally, self.data_set.graph, self._given
        own, skip = self.data_set.iri.value, self.manner.skip_invalid
        for file, (line, quad) in triples:
            value = quad.object
            if isinstance(value, ox.Literal) and (why := flaw(value)):
                tally.note_invalid(Location(str(file), line), quad, why)
                if skip:
                    tally.left_out += 1
                    continue
            given[file] += 1
            subject = quad.subject
            if isinstance(subject, ox.NamedNode) and _is_ours(subject.value, own):
                tally.about_ours += 1
            if not self.data_set.keep_iris:
                subject, value = _in_our_form(subject), _in_our_form(value)
            yield ox.Quad(subject, quad.predicate, value, graph)

    def _extend(self, quads: Iterator[ox.Quad]) -> None:
        while some := list(islice(quads, BULK)):
            self.store.bulk_extend(some)


def _in_our_form(term: AnyTerm) -> AnyTerm | ox.NamedNode:
    return ox.NamedNode(our_form(term.value)) if isinstance(term, ox.NamedNode) else term


def _is_ours(iri: str, own: str) -> bool:
    """Whether a thing is one of the project's, and none of the data set."""
    return iri.startswith(BASE) and iri != own and not iri.startswith((f"{own}/", f"{own}#"))


def _not_rdf(found: str, ending: str, head: bytes) -> str:
    if not found:
        endings = " ".join(sorted(ENDINGS))
        return f"{ending!r} names no format that is read, and the content looks like none: {endings} do."
    names = fitting(head.decode(errors="replace"))
    way = (
        f"--mapping {names[0]} is made for such files" if names else "give a mapping, as in --mapping FILE.rq"
    )
    return f"The file looks like {found}, which is no RDF: {way}."


def _refused(file: Path, sentence: str) -> BuildRefused:
    return BuildRefused([Problem(Location(str(file), 1), sentence)])
