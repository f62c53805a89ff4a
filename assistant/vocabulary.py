"""The field's terms, read from ``vocabulary.toml``, and the matcher that finds them in text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.model import AssistantError
from assistant.text import Token, key_of, phrase_key, tokens


@dataclass(frozen=True, slots=True)
class Term:
    """A measure, characteristic, population or design the field has a name for."""

    id: str
    name: str
    """Singular noun phrase, as an answer says it."""
    kind: str = ""
    """``rate``, ``count``, ``duration``, ``ratio``, ``pvalue``, ``event``, ``text`` …"""
    better: str = "none"
    abbreviations: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    """Wordings of questions only; never read as the term in a review."""
    other: tuple[str, ...] = ()
    """Wordings of questions in other languages."""
    row_heads: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    """Ids of the terms a composite or a family covers."""
    opposite: str = ""
    """For a population: id of its counterpart."""
    also: tuple[str, ...] = ()
    """Where else its figure may stand: a population whose size it is, or a characteristic of tables."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a token sequence: ``ids`` of the terms it names, over ``tokens[start:end]``."""

    ids: tuple[str, ...]
    start: int
    end: int
    exact: bool = False
    """Whether it is an abbreviation written in its own case."""


_DEFINED = re.compile(r"((?:[\w/-]+\s+){1,6})[(\[]([A-Z][A-Za-z-]{1,6}[A-Zi])s?[)\]]")
_MEANT = frozenset({"OS"})
"""Measures beside those of the form of ``_SURVIVAL`` of which a mean is asked like a median."""
_SURVIVAL = re.compile(r"[A-Z]*FS|TFR")
_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")


@cache
def _key(form: str) -> tuple[str, ...]:
    """The key of a form, which goes into several lexicons and is taken apart once; cheap for plain words."""
    if _PLAIN.fullmatch(form):
        return tuple(key_of(word) for word in form.replace("-", " ").split(" "))
    return phrase_key(form)


_Row = tuple[tuple[str, ...], str, str]
"""Key, term, and the form where its letter case counts."""


@dataclass(slots=True)
class Lexicon:
    """Phrases to ids; finds the longest, leftmost ones."""

    _heads: dict[str, dict[_Row, None]] = field(default_factory=dict)
    """First key -> its forms in the order they came, each once."""
    _longest_first: dict[str, list[_Row]] = field(default_factory=dict)

    def add(self, form: str, term: str, *, cased: bool = False) -> None:
        """Let ``form`` name ``term``; with ``cased`` only in this letter case."""
        key = _key(form)
        if not key:
            return
        self._heads.setdefault(key[0], {})[key, term, form if cased else ""] = None
        self._longest_first.pop(key[0], None)

    def copy(self) -> Lexicon:
        """Another one with the same phrases."""
        return Lexicon({head: dict(rows) for head, rows in self._heads.items()}, dict(self._longest_first))

    def _rows(self, head: str) -> list[_Row]:
        """The forms that begin with ``head``, longest first; sorted when first asked for."""
        rows = self._longest_first.get(head)
        if rows is None:
            rows = sorted(self._heads.get(head, ()), key=lambda r: -len(r[0]))
            if rows:  # of words that begin no form there are any number
                self._longest_first[head] = rows
        return rows

    def give(self, form: str, term: str) -> None:
        """Let the abbreviation ``form`` name ``term`` and nothing else."""
        key = _key(form)
        if key:
            kept = {r: None for r in self._heads.get(key[0], ()) if r[0] != key or not r[2]}
            self._heads[key[0]] = kept
            self.add(form, term, cased=True)

    def drop(self, form: str) -> None:
        """Let ``form``, written in this letter case, name nothing."""
        key = _key(form)
        self._heads[key[0]] = {r: None for r in self._heads.get(key[0], ()) if r[0] != key}
        self._longest_first.pop(key[0], None)

    def at(self, words: Sequence[Token], start: int) -> Match | None:
        """The longest form that begins at ``words[start]``, or None."""
        best: tuple[str, ...] | None = None
        ids: list[str] = []
        exact = False
        for key, term, cased in self._rows(words[start].key):
            if best is not None and len(key) < len(best):
                break
            if tuple(w.key for w in words[start : start + len(key)]) != key:
                continue
            if cased and not _same_case(words[start : start + len(key)], cased):
                continue
            best = key
            exact = exact or bool(cased)
            if term not in ids:
                ids.append(term)
        return Match(tuple(ids), start, start + len(best), exact) if best else None

    def find(self, words: Sequence[Token]) -> list[Match]:
        """All forms in ``words``, leftmost and longest first, none overlapping."""
        found = []
        position = 0
        while position < len(words):
            match = self.at(words, position)
            if match:
                found.append(match)
                position = match.end
            else:
                position += 1
        return found


def _same_case(words: Sequence[Token], form: str) -> bool:
    printed = [t.text for t in tokens(form)]
    return all(w.text == p or w.text == p + "s" for w, p in zip(words, printed, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Every term, with a matcher for a review's text and one for a question's.

    Equal to itself alone, so that what follows from it can be kept by it.
    """

    measures: Mapping[str, Term]
    characteristics: Mapping[str, Term]
    populations: Mapping[str, Term]
    designs: Mapping[str, Term]
    families: Mapping[str, Term]
    """Words for several measures at once: ``survival``, ``toxicity`` …"""
    synonyms: Mapping[str, frozenset[int]]
    """Word or phrase (token keys joined by a blank) -> numbers of its groups of synonyms."""
    scaffold: frozenset[str]
    """Keys of words that carry nothing to be checked."""
    advice: Lexicon
    injection: Lexicon
    phrases: Mapping[str, Lexicon]
    """Language code -> wordings of that language; the id is the English one."""
    other_scaffold: Mapping[str, frozenset[str]]
    """Language code -> keys of its function words."""
    origins: Mapping[str, tuple[str, ...]]
    """Squeezed name of a cooperative group -> keys of the words for where it works."""
    learnt: frozenset[str] = frozenset()
    """Ids of the measures that a review added."""

    def term(self, term: str) -> Term:
        """The term of that id, of whatever sort; a nameless one where unknown."""
        for table in (self.measures, self.families, self.characteristics, self.populations, self.designs):
            if term in table:
                return table[term]
        return Term(term, term.replace("_", " ").replace("-", " "))


def _strings(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(x) for x in entry.get(key, ()))


def _terms(rows: Iterable[Mapping[str, Any]]) -> dict[str, Term]:
    found = {}
    for row in rows:
        other = tuple(str(f) for forms in row.get("other", {}).values() for f in forms)
        found[row["id"]] = Term(
            id=row["id"],
            name=row.get("name", row["id"]),
            kind=row.get("kind", ""),
            better=row.get("better", "none"),
            abbreviations=_strings(row, "abbreviations"),
            forms=_strings(row, "forms"),
            everyday=_strings(row, "everyday"),
            other=other,
            row_heads=_strings(row, "row_heads"),
            includes=_strings(row, "includes"),
            opposite=row.get("opposite", ""),
            also=_strings(row, "also"),
        )
    return found


def _with_medians(terms: dict[str, Term]) -> dict[str, Term]:
    """The measures, and a median for each survival that has none of its own (``median_FFS``); a mean is no rate, either."""
    for term in list(terms.values()):
        median = f"median_{term.id}"
        if not _SURVIVAL.fullmatch(term.id) and (median not in terms or term.id not in _MEANT):
            continue
        wordings = (*term.forms, *term.abbreviations)
        means = tuple(f"{w} {f}" for w in ("mean", "average") for f in (*wordings, *term.everyday))
        if median in terms:
            terms[median] = replace(terms[median], forms=(*terms[median].forms, *means))
            continue
        forms = (*(f"median {f}" for f in wordings), *means)
        terms[median] = Term(median, f"median {term.name}", "duration", term.better, forms=forms)
    return terms


def _lexicon(forms: Iterable[tuple[str, str]]) -> Lexicon:
    lexicon = Lexicon()
    for form, term in forms:
        lexicon.add(form, term)
    return lexicon


@cache
def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The shipped vocabulary, or the one in ``path``.

    Raises:
        AssistantError: the file is no valid TOML or an entry has no id.
    """
    source = path or resources.files("assistant") / "vocabulary.toml"
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
        groups: dict[str, set[int]] = {}
        for number, row in enumerate(data.get("synonyms", [])):
            for word in row["words"]:
                groups.setdefault(" ".join(_key(word)), set()).add(number)
        scaffold = data.get("scaffold", {})
        return Vocabulary(
            measures=_with_medians(_terms(data.get("measure", []))),
            characteristics=_terms(data.get("characteristic", [])),
            populations=_terms(data.get("population", [])),
            designs=_terms(data.get("design", [])),
            families=_terms(data.get("family", [])),
            synonyms={w: frozenset(g) for w, g in groups.items()},
            scaffold=frozenset(k for w in scaffold.get("words", []) for k in _key(w)),
            advice=_lexicon((f, "advice") for f in data.get("advice", {}).get("forms", [])),
            injection=_lexicon((f, "injection") for f in data.get("injection", {}).get("forms", [])),
            phrases={
                lang: _lexicon((p["from"], p["to"]) for p in data.get("phrase", []) if p["lang"] == lang)
                for lang in sorted({p["lang"] for p in data.get("phrase", [])})
            },
            other_scaffold={
                lang: frozenset(k for w in words for k in _key(w))
                for lang, words in scaffold.get("other", {}).items()
            },
            origins={
                name.lower(): tuple(k for w in row["from"] for k in _key(w))
                for row in data.get("cooperative_group", [])
                for name in row["names"]
            },
        )
    except (tomllib.TOMLDecodeError, KeyError, OSError, UnicodeDecodeError) as error:
        raise AssistantError(
            f"The vocabulary {source} cannot be read: {error}", "Mend the file or reinstall."
        ) from error


@dataclass(frozen=True, slots=True)
class Matchers:
    """Lexicons for one review: the vocabulary and the review's own abbreviations."""

    measures: Lexicon
    populations: Lexicon
    designs: Lexicon
    row_heads: Lexicon


def defined_in(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Abbreviations that ``text`` defines in passing for measures: ``treatment-free survival (TFS)``."""
    lexicon = _lexicon((f, t.id) for t in vocabulary.measures.values() for f in (t.name, *t.forms))
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        words = tokens(match[1])
        for start in range(len(words)):
            if words[start].key in {"median", "mean"} and not match[2].lower().startswith("m"):
                continue  # "Median overall survival (OS) was …" gives OS no median
            term = lexicon.at(words, start)
            if term and term.end == len(words):
                found.setdefault(match[2], match[1][words[start].start :].strip())
                break
    return found
