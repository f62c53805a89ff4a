"""The field's terms, read from ``vocabulary.toml``, and the matcher that finds them in text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from assistant import lazy_re as re
from assistant.files.kept import Kept, Made
from assistant.model import AssistantError
from assistant.text.text import tokens
from assistant.vocabulary.lexicon import Lexicon, Match, form_key

__all__ = [
    "Lexicon",
    "Match",
    "Matchers",
    "Term",
    "Vocabulary",
    "defined_in",
    "load_vocabulary",
    "of_vocabulary",
]

T = TypeVar("T")


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
    implies_time: bool = False
    """Whether it normally carries a time point: 3-year OS."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """A shorthand that means a thing only where the patterns around it match."""

    short: str
    long: str
    before: str
    """Regular expression that the text up to it ends with, any letter case; "" for anything."""
    after: str
    """Regular expression that the text from its end on begins with; "" for anything."""


_BEGUN = 5
"""Letters that tell a drug from all others."""


@dataclass(frozen=True, slots=True)
class DrugClass:
    """Drugs of one kind."""

    name: str
    stems: tuple[str, ...]
    """Ends of international nonproprietary names, lower-case."""
    drugs: tuple[str, ...]
    """Squeezed names of those that no stem tells."""
    forms: tuple[str, ...]
    """Wordings for such a drug, singular."""

    def has(self, drug: str) -> bool:
        """Whether a squeezed name is that of such a drug, be it begun only (``glofit``)."""
        begun = drug[:_BEGUN]
        return drug.endswith(self.stems) or (
            len(begun) == _BEGUN and any(d.startswith(begun) for d in self.drugs)
        )


_DEFINED = re.compile(r"((?:[\w/-]+\s+){1,6})[(\[]([A-Z][A-Za-z-]{1,6}[A-Zi])s?[)\]]")
_MEANT = frozenset({"OS"})
"""Measures beside those of the form of ``_SURVIVAL`` of which a mean is asked like a median."""
_SURVIVAL = re.compile(r"[A-Z]*FS|TFR")


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
    diseases: Lexicon
    """Diseases a review may not treat; the id is the key of the word that tells one from its relatives."""
    advice: Lexicon
    injection: Lexicon
    phrases: Mapping[str, Lexicon]
    """Language code -> wordings of that language; the id is the English one."""
    other_scaffold: Mapping[str, frozenset[str]]
    """Language code -> keys of its function words."""
    origins: Mapping[str, tuple[str, ...]]
    """Squeezed name of a cooperative group -> keys of the words for where it works."""
    countries: Mapping[str, tuple[str, ...]]
    """Key of a word for a country -> keys of its other words and of those of its region."""
    drug_classes: tuple[DrugClass, ...] = ()
    shorthand: Mapping[str, str] = field(default_factory=dict)
    """Shorthand of messages, lower-case -> what is meant; words joined by a blank."""
    guarded: tuple[Shortened, ...] = ()
    """Shorthand that depends on what stands around it."""
    made: Made = field(default_factory=Made, repr=False, metadata={"kept": False})
    """Holds what follows from it alone."""
    learnt: frozenset[str] = frozenset()
    """Ids of the measures that a review added."""

    def term(self, term: str) -> Term:
        """The term of that id, of whatever sort; a nameless one where unknown."""
        for table in (self.measures, self.families, self.characteristics, self.populations, self.designs):
            if term in table:
                return table[term]
        return Term(term, term.replace("_", " ").replace("-", " "))


def of_vocabulary(make: Callable[[Vocabulary], T]) -> Callable[[Vocabulary], T]:
    """A function of the vocabulary alone, called once; what it gives may be kept for the next process.

    Its return annotation is what ``kept_values`` can read back.
    """

    def given(vocabulary: Vocabulary) -> T:
        found: T = vocabulary.made.get(name, lambda: get_type_hints(make)["return"], lambda: make(vocabulary))
        return found

    name = f"{make.__module__.rpartition('.')[2]}{make.__name__}"
    return given


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
            implies_time=bool(row.get("implies_time")),
        )
    return found


_ACTS = ("inhibitor", "blocker", "antagonist", "inhibition", "blockade")


def _drug_class(row: Mapping[str, Any]) -> DrugClass:
    """A class, called by its target and the act, in both orders, or by its other names."""
    targets = _strings(row, "targets")
    forms = [f"{target} {act}" for target in targets for act in _ACTS]
    forms += [f"inhibitor of {article}{target}" for target in targets for article in ("", "the ")]
    drugs = tuple("".join(form_key(d)) for d in _strings(row, "drugs"))
    return DrugClass(row["name"], _strings(row, "stems"), drugs, (*forms, *_strings(row, "forms")))


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


_LOADED: dict[Path | None, Vocabulary] = {}


def with_learnt(vocabulary: Vocabulary, terms: Mapping[str, Term]) -> Vocabulary:
    """The vocabulary with measures that a review's text names; itself where there are none."""
    if not terms:
        return vocabulary
    measures = {**vocabulary.measures, **terms}
    return replace(vocabulary, measures=measures, learnt=frozenset(terms), made=Made())


def load_vocabulary(path: Path | None = None, kept: Kept | None = None) -> Vocabulary:
    """The shipped vocabulary, or the one in ``path``; read once in a process.

    Args:
        path: of another file.
        kept: where what an earlier process made of the same bytes is found, and left for the next one; in a
            process the first call decides.

    Raises:
        AssistantError: the file is no valid TOML or an entry has no id.
    """
    if path not in _LOADED:
        source = path or resources.files("assistant.vocabulary") / "vocabulary.toml"
        try:
            raw = source.read_bytes()
            made = Made(kept, raw)
            read = made.get("vocabulary", lambda: Vocabulary, lambda: _read(tomllib.loads(raw.decode())))
        except (tomllib.TOMLDecodeError, KeyError, OSError, UnicodeDecodeError) as error:
            raise AssistantError(
                f"The vocabulary {source} cannot be read: {error}", "Mend the file or reinstall."
            ) from error
        _LOADED[path] = replace(read, made=made)
    return _LOADED[path]


def _read(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a parsed file.

    Raises:
        KeyError: an entry has no id.
    """
    groups: dict[str, set[int]] = {}
    for number, row in enumerate(data.get("synonyms", [])):
        for word in row["words"]:
            groups.setdefault(" ".join(form_key(word)), set()).add(number)
    scaffold = data.get("scaffold", {})
    shorthand = data.get("shorthand", {})
    return Vocabulary(
        measures=_with_medians(_terms(data.get("measure", []))),
        characteristics=_terms(data.get("characteristic", [])),
        populations=_terms(data.get("population", [])),
        designs=_terms(data.get("design", [])),
        families=_terms(data.get("family", [])),
        synonyms={w: frozenset(g) for w, g in groups.items()},
        scaffold=frozenset(k for w in scaffold.get("words", []) for k in form_key(w)),
        drug_classes=tuple(map(_drug_class, data.get("drug_class", []))),
        shorthand={short.lower(): long for short, long in shorthand.get("words", [])},
        guarded=tuple(
            Shortened(g["short"], g["long"], g.get("before", ""), g.get("after", ""))
            for g in shorthand.get("guarded", [])
        ),
        diseases=_lexicon(
            (form, form_key(word)[0]) for word, forms in data.get("diseases", {}).items() for form in forms
        ),
        advice=_lexicon((f, "advice") for f in data.get("advice", {}).get("forms", [])),
        injection=_lexicon((f, "injection") for f in data.get("injection", {}).get("forms", [])),
        phrases={
            lang: _lexicon((p["from"], p["to"]) for p in data.get("phrase", []) if p["lang"] == lang)
            for lang in sorted({p["lang"] for p in data.get("phrase", [])})
        },
        other_scaffold={
            lang: frozenset(k for w in words for k in form_key(w))
            for lang, words in scaffold.get("other", {}).items()
        },
        origins={
            name.lower(): tuple(k for w in row["from"] for k in form_key(w))
            for row in data.get("cooperative_group", [])
            for name in row["names"]
        },
        countries={
            key: tuple(k for w in (*row["words"], *row.get("region", ())) for k in form_key(w) if k != key)
            for row in data.get("country", [])
            for word in row["words"]
            for key in form_key(word)
        },
    )


@dataclass(frozen=True, slots=True)
class Matchers:
    """Lexicons for one review: the vocabulary and the review's own abbreviations."""

    measures: Lexicon
    populations: Lexicon
    designs: Lexicon
    row_heads: Lexicon


@of_vocabulary
def _measure_names(vocabulary: Vocabulary) -> Lexicon:
    """Measures by name and form, without their abbreviations."""
    return _lexicon((f, t.id) for t in vocabulary.measures.values() for f in (t.name, *t.forms))


def defined_in(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Abbreviations that ``text`` defines in passing for measures: ``treatment-free survival (TFS)``."""
    lexicon = _measure_names(vocabulary)
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
