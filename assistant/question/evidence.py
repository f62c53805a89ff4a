"""What of a question only some studies have: words, topics, groups, designs and sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.question.ask import Ask
from assistant.question.lexicons import QuestionLexicons
from assistant.text.text import WORD_NUMBER, tokens, word_number
from assistant.vocabulary.vocabulary import Vocabulary, of_vocabulary

PARTS = frozenset({"arm", "group", "cohort", "subgroup"})
"""Keys of words for a part of any study; that a title holds one (``single-arm``) tells nothing."""
_ADULTS = frozenset({"adult"})
_PHASE = re.compile(r"\s*[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\s*")
_SIZED = re.compile(
    rf"\b(?P<before>\d+|{WORD_NUMBER})[- ](?:patient|person|subject|participant|pt|man)\b(?!s)"
    rf"|\b(?:trial|study|series|report|one|cohort|abstract|poster) (?:of|with|in) (?P<behind>\d+|{WORD_NUMBER})\b"
    r"(?=\W*$|\s*[,;:?.)]| (?:patients?|people|persons?|participants?|subjects|children|adults|infants|men|women|cases)\b)",
    re.IGNORECASE,
)
"""Tells a study by its size."""
_LABELLED, _LEAST = 1.5, 0.25
_PLAIN_NOUNS = frozenset({"group:adult"})
"""Evidence from a noun by which patients are called in passing: it breaks ties and outweighs nothing."""


_OF_ANY = frozenset({"disease", "product", "overall"})
"""Keys of words that tell nothing, though but a few studies use them."""
_OF_BOTH, _BOTH_STATES = frozenset({"relapsed", "refractory"}), frozenset({"relapsed-refractory"})
"""States, and what patients in either are called together."""


def is_labelled(key: str) -> bool:
    """Whether a piece of evidence is more than a word."""
    return ":" in key


def weight_of(key: str) -> float:
    """How much more a name, topic, group or design counts than a word; the noun for most patients counts least."""
    if key in _PLAIN_NOUNS:
        return _LEAST
    return _LABELLED if is_labelled(key) else 1.0


class Evidence:
    """What each study of a review has of what a text says.

    Args:
        review: the review.
        lexicons: know the studies' words and the designs' names.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._review = review
        self._lexicons = lexicons
        self._order = tuple(s.id for s in review.studies)
        groups: dict[str, set[frozenset[str]]] = defaultdict(set)
        for fact in review.facts:
            groups[fact.study].add(fact.group)
        self._groups = {study: frozenset(found) for study, found in groups.items()}

    def hints(self, ask: Ask) -> dict[str, frozenset[str]]:
        """What of the question only some studies have, each with these; labelled but for plain words."""
        names = self._lexicons.names
        nouns = {t.key for label, ids in ask.groups if ids == _ADULTS for t in tokens(label)}
        hints = names.describing(k for k in self._telling(ask) if k not in nouns)
        for name in ask.named.of("topic"):
            hints["topic:" + name.text] = name.studies
        held = [("group:" + "+".join(sorted(ids)), self.with_group(ids)) for ids in _groups_of(ask)]
        held += [("design:" + design, self.with_design(design)) for design in ask.designs]
        if any(t.key in PARTS for t in tokens(ask.focus)):
            held += [("arm:" + "+".join(sorted(ids)), self._with_arm(ids)) for _, ids in ask.groups]
        held += [(f"size:{n}", self.of_n_patients(n)) for n in numbered(ask.focus)]
        hints |= {label: studies for label, studies in held if 0 < len(studies) < len(names.ids)}
        return hints

    def by_own_words(self, studies: tuple[str, ...], ask: Ask) -> tuple[str, ...]:
        """The one of ``studies`` whose own passages, not only its section's heading, have most words of ``ask``; all at a tie."""
        own = self._lexicons.names.tables.own_words
        counts = {s: sum(s in own[key] for key in self._telling(ask)) for s in studies}
        most = [s for s in studies if counts[s] == max(counts.values())]
        return tuple(most) if len(most) == 1 else studies

    def of_n_patients(self, n: int) -> frozenset[str]:
        """The studies with so many patients in all."""
        return frozenset(
            f.study for f in self._review.facts if f.attribute == "n_patients" and f.n == n and not f.group
        )

    def _telling(self, ask: Ask) -> list[str]:
        """Keys of words that say something and are not part of a term's wording in the focus."""
        focus = ask.focus.lower()
        asked = {key for key, term in ask.aliases if term in ask.measures}  # what is asked, not of whom
        keys = dict.fromkeys(t.key for t in tokens(ask.text) if t.key not in asked)
        return [
            key
            for key in keys
            if not self._lexicons.is_filler(key)
            and not key.isdigit()
            and key not in PARTS | _OF_ANY
            and not any(form in focus for form in self._wordings(key, ask.characteristics))
        ]

    def _wordings(self, key: str, asked: Collection[str]) -> list[str]:
        """The wordings of outcomes, and of the characteristics ``asked``, that have a word of this key, in small letters."""
        found = _wordings_by_key(self._lexicons.vocabulary).get(key)
        lines = (line.partition("\t") for line in found.split("\n")) if found else ()
        return [form for term, _, form in lines if not term or term in asked]

    def with_group(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies that are about a group, gave it to all, or tell it apart."""
        states = [ids, *(_BOTH_STATES,) * (len(ids) == 1 and ids <= _OF_BOTH)]
        return frozenset(s for s in self._order if any(self._is_with(s, i) for i in states))

    def _is_with(self, study: str, ids: frozenset[str]) -> bool:
        return (
            ids <= self._review.populations.get(study, frozenset())
            or ids <= self._given_to_all.get(study, frozenset())
            or any(ids <= group for group in self._groups.get(study, ()))
        )

    @cached_property
    def _given_to_all(self) -> Mapping[str, frozenset[str]]:
        """For each study the populations that its cell of agents names (``universal cells`` are off the shelf)."""
        lexicon = self._lexicons.matchers.populations
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self._review.facts:
            if fact.attribute == "agents" and not fact.group:
                found[fact.study] |= {m.ids[0] for m in lexicon.find(tokens(fact.value))}
        return {study: frozenset(ids) for study, ids in found.items()}

    def _with_arm(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies that compared a group with another; the rest only mention it of their patients."""
        arms = self._review.arms
        return frozenset(s for s in self._order if any(ids <= arm for arm in arms.get(s, {}).values()))

    def with_design(self, design: str) -> frozenset[str]:
        """The studies of a design."""
        return self._with_design.get(design, frozenset())

    @cached_property
    def _with_design(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self._review.facts:
            if fact.attribute in {"phase", "design"}:
                for design in self.designs_of(fact):
                    found[design].add(fact.study)
        return {design: frozenset(studies) for design, studies in found.items()}

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a characteristic's value names (``II`` in a row on phases is ``phase II``)."""
        value = f"phase {fact.value.strip()}" if _PHASE.fullmatch(fact.value) else fact.value
        return frozenset(m.ids[0] for m in self._lexicons.matchers.designs.find(tokens(value)))


def numbered(text: str) -> list[int]:
    """``the 53-patient study``, ``a trial of twenty people``: the sizes that studies are told by."""
    found = []
    for match in _SIZED.finditer(text):
        said = (match["before"] or match["behind"]).lower()
        number = int(said) if said.isdigit() else word_number(said)
        found += [number] if number else []
    return found


def _groups_of(ask: Ask) -> list[frozenset[str]]:
    return [*(ids for _, ids in ask.groups), *ask.hinted]


@of_vocabulary
def _wordings_by_key(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Each word of a term's wordings with these wordings in small letters, one a line; a characteristic's id before it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table in (vocabulary.measures, vocabulary.characteristics, vocabulary.families):
        for term in table.values():
            identity = term.id if table is vocabulary.characteristics else ""
            for form in filter(None, (term.name, *term.forms, *term.everyday, *term.abbreviations)):
                for token in tokens(form):
                    found[token.key][f"{identity}\t{form.lower()}"] = None
    return {key: "\n".join(forms) for key, forms in found.items()}
