"""The `#+` header of a query file: YAML in comments, as grlc writes it."""

import yaml

# Many times as fast where PyYAML was built with libyaml, as its wheels are.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FaultyQueryFile(ValueError):
    """A query file that cannot be served; `line` counts from 1, `sentence` says what is wrong."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        self.sentence = sentence
        super().__init__(f"line {line}: {sentence}")


def read_header(text: str) -> dict[str, object]:
    """The decorators of a query file.

    Raises FaultyQueryFile where the header is missing or no YAML mapping.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.startswith("#+")]
    try:
        header = yaml.load("\n".join(line[2:].removeprefix(" ") for _, line in lines), _Loader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line if error.problem_mark else 0
        # Line `at` of the YAML is that one of the lines with `#+`; YAML may count one line past the last.
        line = lines[min(at, len(lines) - 1)][0]
        raise FaultyQueryFile(line, f"The header is no YAML: {error.problem}.") from error
    if not isinstance(header, dict):
        raise FaultyQueryFile(1, "The file has no header: write at least `#+ summary:` and `#+ summary_ar:`.")
    return {str(key): value for key, value in header.items()}


def header_line(text: str, key: str) -> int:
    """The line on which a decorator stands, or 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#+") and line[2:].strip().startswith(f"{key}:"):
            return number
    return 1
