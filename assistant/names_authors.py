"""Studies named by an author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from assistant import lazy_re as re
from assistant.names_model import Holders, Name
from assistant.text import ascii_key

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_LED = re.compile(
    r"(?:'s?\b|\s+et\s+al|\s+(?:group|trial|study|paper|abstract|series|and co|and colleagues|cohort|"
    r"protocol|report|data|team|patients))",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b([A-Z][^\W\d_]+(?:[-'][^\W\d_]+)*)\s+(?:et\s+al\b|and (?:co-?workers|colleagues|associates)\b)"
)


class AuthorReader:
    """Finds studies named by author.

    Args:
        first_authors: family names by which a study is known.
        authors: family names of all authors; they count only as ``Muster et al``, ``Muster's study``.
        cited: family names of all authors of the reference list.
        scaffold: keys of words that a name in small letters must not be.
    """

    def __init__(
        self, first_authors: Holders, authors: Holders, cited: Iterable[str], scaffold: Collection[str]
    ) -> None:
        self._cited = frozenset(s for name in cited for s in _both(ascii_key(name)))
        self._first = _spellings(first_authors)
        self._all = _spellings(authors)
        self._scaffold = scaffold

    def read(self, text: str, taken: Collection[tuple[int, int]]) -> list[Name]:
        """The authors in folded ``text`` outside the spans ``taken``."""
        found = []
        for match in _WORD.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            word = re.sub(r"'s?$", "", match.group())
            studies = self._studies(word, text[match.start() + len(word) : match.end() + 22])
            if studies:
                found.append(Name(word, "author", studies, match.start(), match.start() + len(word)))
        return found

    def unknown(self, text: str) -> list[str]:
        """Authors named like one (``Muster et al.``) whom no study or reference of the review has."""
        found = []
        for match in _CITED.finditer(text):
            known = (self._first, self._all, self._cited)
            if not any(s in table for table in known for s in _both(ascii_key(match[1]))):
                found.append(f"{match[1]} et al.")
        return found

    def _studies(self, word: str, after: str) -> frozenset[str]:
        key = ascii_key(word)
        capital, led = word[0].isupper(), bool(_LED.match(after))
        is_name = capital or led or (len(key) >= 3 and key not in self._scaffold)
        for spelling in dict.fromkeys((key, _bare(key))):
            if is_name and spelling in self._first:
                return self._first[spelling]
            if capital and led and spelling in self._all:
                return self._all[spelling]
        return frozenset()


def _bare(key: str) -> str:
    """A family name with its umlauts as plain vowels: ``mueller`` -> ``muller``."""
    return key.replace("oe", "o").replace("ue", "u").replace("ae", "a")


def _spellings(names: Holders) -> Holders:
    """``names`` under each spelling."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, studies in names.items():
        for spelling in _both(key):
            found[spelling] |= studies
    return Holders((key, frozenset(studies)) for key, studies in found.items())


def _both(key: str) -> Iterable[str]:
    return {key, _bare(key)}
