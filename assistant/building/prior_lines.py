"""How many lines of therapy patients had had, as a sentence tells it: ``a median of three prior lines of therapy (range 1-9)``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.text.text import WORD_NUMBER

_LINES = (
    r"(?:prior|previous|earlier|preceding)\s+(?:systemic\s+|treatment\s+)?"
    r"(?:lines|line|therapies|regimens|treatments)(?:\s+of\s+(?:systemic\s+)?(?:therapy|treatment))?"
)
_NUMBER = rf"(?P<value>\d+(?:\.\d+)?|{WORD_NUMBER})\b"
_TOLD = re.compile(
    rf"\bmedian\s+(?:number\s+)?of\s+(?=[\w.]+\s+{_LINES}){_NUMBER}"
    rf"|\bmedian\s+(?:number\s+of\s+)?{_LINES}\s+(?:was|were|of)\s+{_NUMBER.replace('value', 'value2')}",
    re.IGNORECASE,
)
_ONE_OF_TWO = re.compile(
    rf"(?:\s*\([^()]*\))?\s+(?:and|vs\.?|versus|or)\s+(?:\d|{WORD_NUMBER}\b)", re.IGNORECASE
)
"""Behind a number it says that another arm had another one."""


def prior_lines(text: str) -> Iterator[Fact]:
    """The median numbers of lines that a sentence gives; none where it gives several, which are of its parts."""
    found = list(_TOLD.finditer(text))
    if len(found) != 1:
        return
    name = "value" if found[0]["value"] else "value2"
    start, end = found[0].span(name)
    if _ONE_OF_TWO.match(text, end):
        return
    yield Fact("", "prior_lines", text[start:end], "", start=start, end=end)
