"""Makes data of any size in the shape of the graph: meetings with places, dates, people and labels."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

PEOPLE, PLACES, KINDS = 5000, 500, 10
SPACE = "https://example.org/bench/"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"


def write_triples(path: Path, triples: int) -> None:
    """Writes so many triples as N-Triples; the same ones each time."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(triples))


def write_table(path: Path, rows: int) -> None:
    """Writes so many rows as CSV, for the mapping `table.rq`; the same ones each time."""
    with path.open("w", encoding="utf-8") as file:
        file.write("code,year,place,value,note\n")
        file.writelines(_row(number) for number in range(rows))


def _row(number: int) -> str:
    place = f"place {number * 7919 % PLACES}"
    return f'{number % 900:03d},{1950 + number % 75},{place},{number * 31 % 10007},"note, {number}"\n'


def lines(triples: int) -> Iterator[str]:
    return islice(_lines(), triples)


def _lines() -> Iterator[str]:
    for place in range(PLACES):
        yield f'<{SPACE}place/{place}> {RDFS_LABEL} "place {place}"@en .\n'
    for person in range(PEOPLE):
        yield f'<{SPACE}person/{person}> {RDFS_LABEL} "شخص {person}"@ar .\n'
    meeting = 0
    while True:
        yield from _meeting(meeting)
        meeting += 1


def _meeting(number: int) -> Iterator[str]:
    subject = f"<{SPACE}meeting/{number}>"
    day = f"{1950 + number % 75}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    yield f"{subject} {RDF_TYPE} <{SPACE}Meeting{number % KINDS}> .\n"
    yield f'{subject} {RDFS_LABEL} "meeting {number}"@en .\n'
    yield f'{subject} <{SPACE}date> "{day}"^^<{XSD}date> .\n'
    yield f"{subject} <{SPACE}place> <{SPACE}place/{number * 7919 % PLACES}> .\n"
    for step in (1, 31, 977):
        yield f"{subject} <{SPACE}met> <{SPACE}person/{number * step * 104729 % PEOPLE}> .\n"
