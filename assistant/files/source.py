"""The border where files enter: text without hidden characters, refusals that name file and line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from assistant import lazy_re as re
from assistant.model import AssistantError
from assistant.text.text import strip_invisible

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")


def refusal(file: str, line: int, message: str, remedy: str) -> AssistantError:
    """The error that names the file and, where ``line`` is not 0, the line."""
    return AssistantError(f"{file}, line {line}: {message}" if line else f"{file}: {message}", remedy)


def read_text(path: Path, name: str) -> str:
    r"""The text of ``path``: UTF-8 with or without byte order mark, ``\n`` line ends, no hidden characters.

    Args:
        path: The file.
        name: How messages call it, e.g. ``my-review/review.md``.

    Raises:
        AssistantError: If the file cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusal(
            name, 0, f"cannot be read ({error.strerror or error})", "Check its kind and permissions."
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # error.object lacks the byte order mark that utf-8-sig has skipped; it holds no line end.
        line = error.object.count(b"\n", 0, error.start) + 1
        raise refusal(
            name, line, "the bytes are not UTF-8", "Save the file with the encoding UTF-8."
        ) from error
    return strip_invisible(_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """``text`` with line breaks as spaces and no space around it; spaces of other widths stay."""
    return re.sub(r"[ \t]*\n\s*", " ", text).strip()


def even_spaces(text: str) -> str:
    """``text`` with every run of white space, also non-breaking and thin, as one space."""
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip()


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a CSV file."""

    line: int
    """1-based line on which it begins."""
    cells: tuple[str, ...]


def csv_delimiter(head: str) -> str:
    """The separator, comma, semicolon or tab, that cuts the line ``head`` into most cells."""
    return max(",;\t", key=lambda d: len(_cells(head, d)))


def csv_width(line: str, delimiter: str) -> int:
    """How many cells ``line`` has."""
    return len(_cells(line, delimiter))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def read_records(text: str, name: str, delimiter: str, first_line: int = 1) -> tuple[Record, ...]:
    """The rows of CSV ``text`` that are not blank, each cell on one line and without space around it.

    Raises:
        AssistantError: If quotes do not close or stand inside a quoted cell undoubled.
    """
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    records = []
    line = first_line
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                records.append(Record(line, tuple(one_line(c) for c in cells)))
            line = first_line + reader.line_num
    except csv.Error as error:
        raise refusal(
            name, line, f"not CSV ({error})", 'Close the quotes of each cell; double a quote inside: "".'
        ) from error
    return tuple(records)
