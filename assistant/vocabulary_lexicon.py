"""Phrases and what they name, and the matcher that finds them in text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from assistant import lazy_re as re
from assistant.text import Token, key_of, phrase_key, tokens

_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_ROW, _FIELD = _MARKS = "\x1e", "\x1f"


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a token sequence: ``ids`` of the terms it names, over ``tokens[start:end]``."""

    ids: tuple[str, ...]
    start: int
    end: int
    exact: bool = False
    """Whether it is an abbreviation written in its own case."""


@cache
def form_key(form: str) -> tuple[str, ...]:
    """The key of a form, which goes into several lexicons and is taken apart once; cheap for plain words."""
    if _PLAIN.fullmatch(form):
        return tuple(key_of(word) for word in form.replace("-", " ").split(" "))
    return phrase_key(form)


_BRITISH = (
    ("aem", "em"), ("oed", "ed"), ("rrhoea", "rrhea"), ("paed", "ped"), ("oesoph", "esoph"), ("tumour", "tumor"),
    ("randomis", "randomiz"), ("centre", "center"), ("haem", "hem"), ("foet", "fet"), ("caec", "cec"),
)  # fmt: skip
_SHORT_WORD = 4
_PERIODS = frozenset({"year", "month", "week", "day", "yr"})


@lru_cache(maxsize=16384)
def _spelt(key: str) -> str:
    """A word's key in American spelling, so that ``leukaemic`` and ``leukemic`` are one word."""
    for british, american in _BRITISH if len(key) > _SHORT_WORD else ():
        key = key.replace(british, american)
    return key


_Row = tuple[tuple[str, ...], str, str]
"""Key, term, and the form where its letter case counts."""


@dataclass(slots=True)
class Lexicon:
    """Phrases to ids; finds the longest, leftmost ones."""

    _heads: dict[str, dict[_Row, None]] = field(default_factory=dict)
    """First key -> its forms in the order they came, each once."""
    _longest_first: dict[str, list[_Row]] = field(default_factory=dict)
    _packed: Mapping[str, str] = field(default_factory=dict)
    """The same as ``_heads`` as text, for first keys that are not in there yet."""

    def packed(self) -> dict[str, str]:
        """All of it as text by first key, of which ``unpacked`` makes another one; nobody need read it.

        Raises:
            ValueError: a form holds a character that parts the fields.
        """
        found = dict(self._packed)
        for head, rows in self._heads.items():
            if any(mark in part for words, *rest in rows for part in (*words, *rest) for mark in _MARKS):
                raise ValueError(f"a control character in a form that begins with {head!r}")
            found[head] = _ROW.join(_FIELD.join((" ".join(words), *rest)) for words, *rest in rows)
        return found

    @classmethod
    def unpacked(cls, packed: Mapping[str, str]) -> Lexicon:
        """The lexicon that ``packed`` gave; a head's forms are taken apart when they are first needed."""
        return cls(_packed=packed)

    def _head(self, head: str) -> dict[_Row, None]:
        """The forms that begin with ``head``; not to be changed where it has none."""
        rows = self._heads.get(head)
        if rows is None:
            rows = {}
            if text := self._packed.get(head):
                for row in text.split(_ROW):
                    words, term, form = row.split(_FIELD)
                    rows[tuple(words.split(" ")), term, form] = None
                self._heads[head] = rows
        return rows

    def add(self, form: str, term: str, *, cased: bool = False) -> None:
        """Let ``form`` name ``term``; with ``cased`` only in this letter case."""
        key = tuple(map(_spelt, form_key(form)))
        if not key:
            return
        self._heads.setdefault(key[0], self._head(key[0]))[key, term, form if cased else ""] = None
        self._longest_first.pop(key[0], None)

    def copy(self) -> Lexicon:
        """Another one with the same phrases."""
        heads = {head: dict(rows) for head, rows in self._heads.items()}
        return Lexicon(heads, dict(self._longest_first), self._packed)

    def _rows(self, head: str) -> list[_Row]:
        """The forms that begin with ``head``, longest first; sorted when first asked for."""
        rows = self._longest_first.get(head)
        if rows is None:
            rows = sorted(self._head(head), key=lambda r: -len(r[0]))
            if rows:  # of words that begin no form there are any number
                self._longest_first[head] = rows
        return rows

    def give(self, form: str, term: str) -> None:
        """Let the abbreviation ``form`` name ``term`` and nothing else."""
        key = tuple(map(_spelt, form_key(form)))
        if key:
            kept = {r: None for r in self._head(key[0]) if r[0] != key or not r[2]}
            self._heads[key[0]] = kept
            self.add(form, term, cased=True)

    def drop(self, form: str) -> None:
        """Let ``form``, written in this letter case, name nothing."""
        key = tuple(map(_spelt, form_key(form)))
        if key:
            self._heads[key[0]] = {r: None for r in self._head(key[0]) if r[0] != key}
            self._longest_first.pop(key[0], None)

    def at(self, words: Sequence[Token], start: int) -> Match | None:
        """The longest form that begins at ``words[start]``, or None."""
        return self._at(words, tuple(_spelt(w.key) for w in words), start)

    def _at(self, words: Sequence[Token], keys: tuple[str, ...], start: int) -> Match | None:
        """The same, where ``keys`` are those of the words."""
        best: tuple[str, ...] | None = None
        ids: list[str] = []
        exact = False
        for key, term, cased in self._rows(keys[start]):
            if best is not None and len(key) < len(best):
                break
            if keys[start : start + len(key)] != key:
                continue
            after = start + len(key)
            if len(key) > 1 and key[-1].isdigit() and after < len(words) and words[after].key in _PERIODS:
                continue  # "PFS: 2-year 91.8%" is no PFS2
            if cased and not _same_case(words[start:after], cased):
                continue
            best = key
            exact = exact or bool(cased)
            if term not in ids:
                ids.append(term)
        return Match(tuple(ids), start, start + len(best), exact) if best else None

    def find(self, words: Sequence[Token]) -> list[Match]:
        """All forms in ``words``, leftmost and longest first, none overlapping."""
        keys = tuple(_spelt(w.key) for w in words)
        found = []
        position = 0
        while position < len(words):
            match = self._at(words, keys, position)
            if match:
                found.append(match)
                position = match.end
            else:
                position += 1
        return found


def _same_case(words: Sequence[Token], form: str) -> bool:
    printed = [t.text for t in tokens(form)]
    return all(w.text == p or w.text == p + "s" for w, p in zip(words, printed, strict=True))
