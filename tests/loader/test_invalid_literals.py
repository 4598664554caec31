"""Literals of a data set that are no value of their datatype are named with line, property and reason."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.loader.test_data_sets import facts, written

VALID = """
boolean true|0   decimal -1.50|.5   integer +007   byte -128   unsignedLong 18446744073709551615
date 2012-02-29|-0044-03-15|2012-01-01Z   dateTime 2012-01-01T24:00:00|2012-01-01T00:00:00.5+14:00
dateTimeStamp 2012-01-01T00:00:00Z   time 23:59:59.9   gYear 2012|-0001   gYearMonth 2012-02   gMonth --02
gMonthDay --02-29   gDay ---31   duration -P1Y|PT0.5S|P1DT1H   yearMonthDuration P1Y2M   dayTimeDuration P1D
hexBinary 0aFF   base64Binary YWI=   token a   language en-GB   double 1e+05|INF|NaN   Name a:b   NCName نص
positiveInteger 1   normalizedString x   NMTOKEN 1a   string 2012   anyURI x
"""
NO_YEAR = '<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n'
INVALID = {
    ("boolean", "yes"): "it is written true or false",
    ("decimal", "1,5"): "no xsd:decimal is written so",
    ("integer", "abc"): "it is no whole number in digits",
    ("integer", ""): "it is no whole number in digits",
    ("integer", "1e+05"): "it is no whole number in digits",
    ("integer", "٣"): "it is no whole number in digits",
    ("byte", "128"): "it is more than 127",
    ("unsignedInt", "-1"): "it is less than 0",
    ("int", "9" * 5000): "it is more than 2147483647",
    ("positiveInteger", "0"): "it is less than 1",
    ("date", "20121231"): "it is written YYYY-MM-DD",
    ("date", "2012-13-01"): "there is no month 13",
    ("date", "2011-02-29"): "month 02 has 28 days",
    ("dateTime", "2012-01-01"): "it is written YYYY-MM-DDThh:mm:ss",
    ("dateTime", "2012-04-31T00:00:00"): "month 04 has 30 days",
    ("dateTimeStamp", "2012-01-01T00:00:00"): "it is written YYYY-MM-DDThh:mm:ss with a time zone",
    ("time", "24:00:01"): "it is written hh:mm:ss",
    ("gYear", "12"): "it is written YYYY",
    ("gYear", "2012 "): "it is written YYYY",
    ("gYearMonth", "2012-00"): "there is no month 00",
    ("gMonthDay", "--02-30"): "month 02 has 29 days",
    ("gDay", "---32"): "it is written ---DD",
    ("duration", "P"): "it is written P1Y2M3DT4H5M6S",
    ("duration", "P1DT"): "it is written P1Y2M3DT4H5M6S",
    ("double", "infinity"): "no xsd:double is written so",
    ("hexBinary", "abc"): "no xsd:hexBinary is written so",
    ("language", "en_GB"): "no xsd:language is written so",
}


def turtle(literals: list[tuple[str, str]]) -> str:
    """One triple a line, from line 2 on."""
    lines = [f'<urn:s{n}> <urn:p> "{value}"^^xsd:{type_} .' for n, (type_, value) in enumerate(literals)]
    return "\n".join(["@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .", *lines])


def test_values_of_every_datatype_are_passed_without_a_word(unmissions: Command, tmp_path: Path) -> None:
    words = VALID.split()
    pairs = [
        (type_, value)
        for type_, values in zip(words[::2], words[1::2], strict=True)
        for value in values.split("|")
    ]
    file = written(tmp_path / "facts.ttl", turtle(pairs))

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file, "--strict")

    assert loaded.exit_code == 0, loaded.stderr
    assert len(facts(tmp_path / "store")) == len(pairs)


@pytest.mark.parametrize(("type_", "value"), INVALID)
def test_what_is_no_value_is_refused_with_the_reason(
    unmissions: Command, tmp_path: Path, type_: str, value: str
) -> None:
    file = written(tmp_path / "facts.ttl", turtle([("string", "x"), (type_, value)]))

    refused = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file, "--strict")

    shown = value if len(value) < 60 else value[:60] + "…"
    why = INVALID[type_, value]
    assert refused.exit_code == 1
    assert f"{file}:3: <urn:s1> <urn:p> {shown!r} is no xsd:{type_}: {why}.\n" in refused.stderr


@pytest.mark.parametrize(
    ("options", "left", "fate"), [([], 27, "comparisons skip them"), (["--skip-invalid"], 0, "were left out")]
)
def test_such_literals_are_loaded_and_named_or_left_out(
    unmissions: Command, tmp_path: Path, options: list[str], left: int, fate: str
) -> None:
    file = written(tmp_path / "facts.ttl", turtle([*INVALID, ("string", "x")]))

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file, *options)

    assert loaded.exit_code == 0
    assert f"27 literals are no value of their datatype, and {fate}" in loaded.stderr
    assert loaded.stderr.count(" is no xsd:") == 20  # the first of them
    assert len(facts(tmp_path / "store")) == left + 1
    said = {
        quad.predicate.value.partition("#")[2]: quad.object for quad in facts(tmp_path / "store", "x/void")
    }
    assert [getattr(said[name], "value", "") for name in ("invalidLiterals", "leftOut")] == [
        "27",
        str(27 - left),
    ]


def test_what_was_loaded_with_such_literals_is_refused_once_that_is_to_be_strict(
    unmissions: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.nt").write_text(NO_YEAR, encoding="utf-8")
    call = ("load", tmp_path / "a.nt", "--dataset", "x", "--store", tmp_path / "store")

    assert unmissions(*call).exit_code == 0
    assert "nothing has changed" in unmissions(*call).stdout
    refused = unmissions(*call, "--strict")
    assert refused.exit_code == 1 and "'x' is no xsd:gYear" in refused.stderr


def test_a_file_of_which_all_is_left_out_gives_no_triple(unmissions: Command, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(NO_YEAR, encoding="utf-8")
    call = ("load", tmp_path / "a.nt", "--dataset", "x", "--store", tmp_path / "store", "--skip-invalid")

    refused = unmissions(*call)
    assert refused.exit_code == 1
    assert "The file gives no triple" in refused.stderr and "'x' is no xsd:gYear" in refused.stderr
    assert unmissions(*call, "--allow-empty").exit_code == 0


def test_strict_and_lenient_at_once_is_a_wrong_call(unmissions: Command, tmp_path: Path) -> None:
    file = written(tmp_path / "facts.ttl", turtle([]))
    options = ("--strict", "--skip-invalid")

    assert unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, *options).exit_code == 2
