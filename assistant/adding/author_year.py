"""Citations by author and year given the numbers of the list: ``(Smith et al., 2020)`` becomes ``[7]``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.adding.article import Entry
from assistant.text.text import ascii_key

_NAME = r"(?:(?:van|von|de|der|den|del|da|di|la|le)\s+)*[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]+"
_PERSONS = (
    rf"(?P<family>{_NAME})(?:\s+[A-Z]{{1,3}}\b)?(?:,?\s+(?:et\s+al\.?|and\s+{_NAME}|&\s+{_NAME}|and (?:colleagues|coworkers|"
    rf"co-workers)))?"
)
_IN_BRACKET = re.compile(
    rf"{_PERSONS},?\s+(?P<years>(?:19|20)\d\d[a-z]?(?:\s*,\s*(?:(?:19|20)\d\d)?[a-z]\b)*)"
)
_NARRATIVE = re.compile(rf"{_PERSONS}\s*[(\[](?P<years>(?:19|20)\d\d[a-z]?)[)\]]")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*(?:19|20)\d\d[a-z]?[^()\[\]]*)[)\]]")
_LEADS = re.compile(
    r"^\s*(?:e\.g\.,?|see(?: also)?|reviewed in|cf\.?|i\.e\.,?|for review,?(?: see)?)\s*", re.IGNORECASE
)


def numbered_authors(entries: Iterable[Entry]) -> Callable[[str], str]:
    """A function that puts numbers for the authors and years in a text."""
    known: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        if entry.authors:
            known.setdefault((ascii_key(entry.authors[0].split(",")[0]), entry.year), []).append(entry.number)

    def number(family: str, year: str) -> int | None:
        letter = year[4:]
        found = known.get((ascii_key(family), year[:4]), [])
        place = ord(letter) - ord("a") if letter else 0
        return (
            found[place]
            if place < len(found) and (len(found) == 1 or letter)
            else (found[0] if len(found) == 1 else None)
        )

    def bracket(match: re.Match[str]) -> str:
        parts = [_LEADS.sub("", p).strip() for p in match[1].split(";")]
        cited = [_IN_BRACKET.fullmatch(p) for p in parts if p]
        numbers = [
            number(c["family"], y) for c in cited if c for y in re.findall(r"(?:19|20)\d\d[a-z]?", c["years"])
        ]
        if not cited or not all(cited) or not numbers or None in numbers:
            some = [n for n in numbers if n is not None]
            if not all(cited) or not some:
                return match[0]
            return f" [{', '.join(map(str, some))}]"
        return f" [{', '.join(map(str, numbers))}]"

    def narrative(match: re.Match[str]) -> str:
        found = number(match["family"], match["years"])
        persons = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", match[0])
        return f"{persons} [{found}]" if found else match[0]

    return lambda text: _BRACKET.sub(bracket, _NARRATIVE.sub(narrative, text))
