"""Studies named by an author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from assistant import lazy_re as re
from assistant.names.model import Holders, Name
from assistant.text.text import ascii_key

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_LED = re.compile(
    r"(?:'s?\b|\s+et\s+al|\s+(?:group|trial|study|paper|abstract|series|and co|and colleagues|cohort|"
    r"protocol|report|data|team|patients))",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b([A-Z][^\W\d_]+(?:[-'][^\W\d_]+)*)\s+(?:et\s+al\b|and (?:co-?workers|colleagues|associates)\b)"
)


_TRIAL_OF = re.compile(
    r"\b([A-Z][^\W\d_]+(?:[-'][A-Z][^\W\d_]+)*)(?:'s)?\s+(?:(?:phase\s+)?[IV\d/]+\s+|randomi[sz]ed\s+)?(?:trial|study|series|cohort)\b"
)
_OF_ENTRY = re.compile(
    r"\b(?:references?|journal|published|pages?|doi|titles?|cite[sd]?|year|volume|issue)\b", re.IGNORECASE
)
"""Asks for an entry of the reference list."""


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
        keys = [ascii_key(name) for name in cited]
        self._cited = frozenset(s for k in keys for s in (*_both(k), *_both(_last(k))))
        self._first = _spellings(first_authors)
        self._all = _spellings(authors)
        self._scaffold = scaffold
        self._before = _words_before((*first_authors, *authors))

    def read(self, text: str, taken: Collection[tuple[int, int]]) -> list[Name]:
        """The authors in folded ``text`` outside the spans ``taken``."""
        found = []
        for match in _WORD.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            word = re.sub(r"'s?$", "", match.group())
            studies = self._studies(word, text[match.start() + len(word) : match.end() + 22])
            if studies:
                start = self._start(text, match.start(), word)
                end = match.start() + len(word)
                found.append(Name(text[start:end], "author", studies, start, end))
        return found

    def unknown(self, text: str) -> list[str]:
        """Authors named like one (``Muster et al.``) whom no study or reference has, or for a trial (``the Muster trial``) without one."""
        found = []
        for match in _CITED.finditer(text):
            known = (self._first, self._all, self._cited)
            if match[1].isupper():
                continue  # a trial: "the ABCDEF authors"
            if not any(s in table for table in known for s in _both(ascii_key(match[1]))):
                found.append(f"{match[1]} et al.")
        for match in () if _OF_ENTRY.search(text) else _TRIAL_OF.finditer(text):
            spellings = _both(ascii_key(match[1]))
            if not any(s in self._first or s in self._all for s in spellings) and self._cited & set(
                spellings
            ):
                found.append(f"{match[1]} {match[0].split()[-1]}")
        return found

    def _start(self, text: str, start: int, word: str) -> int:
        """Where a name begins whose last word is ``word``: ``van der`` before it belongs to it."""
        for words in self._before.get(ascii_key(word), ()):
            before = re.search(r"\S+\s+" * len(words.split()) + "$", text[:start])
            if before and ascii_key(" ".join(before.group().split())) == words:
                return before.start()
        return start

    def _studies(self, word: str, after: str) -> frozenset[str]:
        key = ascii_key(word)
        spellings = dict.fromkeys((key, _bare(key)))
        if not any(s in self._first or s in self._all for s in spellings):
            return frozenset()
        capital, led = word[0].isupper(), bool(_LED.match(after))
        is_name = capital or led or (len(key) >= 3 and key not in self._scaffold)
        for spelling in spellings:
            if is_name and spelling in self._first:
                return self._first[spelling]
            if capital and led and spelling in self._all:
                return self._all[spelling]
        return frozenset()


def _words_before(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For the last words of family names of several: what stands before them (``van der``)."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        before, _, last = name.rpartition(" ")
        if before and _last(name) == last:
            found[last] = (*found.get(last, ()), before)
    return found


def _last(key: str) -> str:
    """The last word of a family name of several; all of one that ends in an initial (``Muster B``)."""
    last = key.rpartition(" ")[2]
    return last if len(last) > 2 else key


def _bare(key: str) -> str:
    """A family name with its umlauts as plain vowels: ``mueller`` -> ``muller``."""
    return key.replace("oe", "o").replace("ue", "u").replace("ae", "a")


def _spellings(names: Holders) -> Holders:
    """``names`` under each spelling; those of several words (``van der Berg``) under the last, too."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, studies in names.items():
        for spelling in (*_both(key), *_both(_last(key))):
            found[spelling] |= studies
    return Holders((key, frozenset(studies)) for key, studies in found.items())


def _both(key: str) -> Iterable[str]:
    return {key, _bare(key)}
