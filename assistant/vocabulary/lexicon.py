"""Phrases and what they name, and the matcher that finds them in text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from assistant import lazy_re as re
from assistant.text.text import Token, american, key_of, phrase_key, tokens

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


_PERIODS = frozenset({"year", "month", "week", "day", "yr"})


_Row = tuple[tuple[str, ...], str, str]
"""Key, term, and the form where its letter case counts."""


@dataclass(slots=True)
class _Forms:
    """The forms that begin with one key."""

    named: dict[tuple[str, ...], list[tuple[str, str]]]
    """Key -> the terms it names, each with the form where its letter case counts."""
    lengths: list[int] = field(default_factory=list)
    """How many words they have, the longest first."""


@dataclass(slots=True)
class Lexicon:
    """Phrases to ids; finds the longest, leftmost ones."""

    _heads: dict[str, dict[_Row, None]] = field(default_factory=dict)
    """First key -> its forms in the order they came, each once."""
    _forms: dict[str, _Forms] = field(default_factory=dict)
    """The same in the order in which they are looked for, as they are first wanted."""
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
        key = tuple(map(american, form_key(form)))
        if not key:
            return
        self._heads.setdefault(key[0], self._head(key[0]))[key, term, form if cased else ""] = None
        self._forms.pop(key[0], None)

    def copy(self) -> Lexicon:
        """Another one with the same phrases."""
        heads = {head: dict(rows) for head, rows in self._heads.items()}
        return Lexicon(heads, dict(self._forms), self._packed)

    def _beginning(self, head: str) -> _Forms | None:
        """The forms that begin with ``head``, put in order when first asked for; None where there are none."""
        forms = self._forms.get(head)
        if forms is None and (head in self._heads or head in self._packed):
            forms = _Forms({})
            for key, term, cased in self._head(head):
                forms.named.setdefault(key, []).append((term, cased))
            forms.lengths = sorted({len(key) for key in forms.named}, reverse=True)
            self._forms[head] = forms
        return forms  # of words that begin no form nothing is kept: there are any number

    def give(self, form: str, term: str) -> None:
        """Let the abbreviation ``form`` name ``term`` and nothing else."""
        key = tuple(map(american, form_key(form)))
        if key:
            kept = {r: None for r in self._head(key[0]) if r[0] != key or not r[2]}
            self._heads[key[0]] = kept
            self.add(form, term, cased=True)

    def drop(self, form: str) -> None:
        """Let ``form``, written in this letter case, name nothing."""
        key = tuple(map(american, form_key(form)))
        if key:
            self._heads[key[0]] = {r: None for r in self._head(key[0]) if r[0] != key}
            self._forms.pop(key[0], None)

    def at(self, words: Sequence[Token], start: int) -> Match | None:
        """The longest form that begins at ``words[start]``, or None."""
        keys = tuple([w.spelt for w in words])
        forms = self._beginning(keys[start])
        return _longest(forms, words, keys, start) if forms else None

    def find(self, words: Sequence[Token]) -> list[Match]:
        """All forms in ``words``, leftmost and longest first, none overlapping."""
        heads, packed = self._heads, self._packed
        starts = [i for i, w in enumerate(words) if w.spelt in heads or w.spelt in packed]
        if not starts:  # most words begin no form
            return []
        keys = tuple([w.spelt for w in words])
        found = []
        position = 0
        for start in starts:
            if start < position:
                continue
            forms = self._beginning(keys[start])
            match = _longest(forms, words, keys, start) if forms else None
            if match:
                found.append(match)
                position = match.end
        return found


def _longest(forms: _Forms, words: Sequence[Token], keys: tuple[str, ...], start: int) -> Match | None:
    """The longest of ``forms`` at ``words[start]``, whose keys are ``keys``; None where none is there."""
    for n in forms.lengths:
        end = start + n
        key = keys[start:end]
        terms = forms.named.get(key) if end <= len(keys) else None
        if not terms:
            continue
        if n > 1 and key[-1].isdigit() and end < len(words) and words[end].key in _PERIODS:
            continue  # "PFS: 2-year 91.8%" is no PFS2
        held = [(term, cased) for term, cased in terms if not cased or _same_case(words[start:end], cased)]
        if held:
            return Match(tuple(dict.fromkeys(t for t, _ in held)), start, end, any(c for _, c in held))
    return None


def _same_case(words: Sequence[Token], form: str) -> bool:
    printed = [t.text for t in tokens(form)]
    return all(w.text == p or w.text == p + "s" for w, p in zip(words, printed, strict=True))
