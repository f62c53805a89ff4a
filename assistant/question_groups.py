"""The arms and subgroups a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.corpus import Review
from assistant.names import Named, squeeze
from assistant.question_lexicons import QuestionLexicons
from assistant.spans import Span
from assistant.text import key_of

_OF_TREATMENT = re.compile(
    r"[- ](?:style |type |based |inspired |derived |like )*(?:\w+ ){0,2}?"
    r"(?:regimens?|protocols?|products?|cells?|therap(?:y|ies)|treatments?|CARs?\b|CAR-T|constructs?|"
    r"approach|drugs?|agents?|T[- ]cells?)\b",
    re.IGNORECASE,
)
_COUNTED_PATIENTS = re.compile(
    r"\b(?:how many|number of)\s+(?:of the\s+|the\s+)?([\w/-]+)\s+"
    r"(?:patients|cases|people|participants|pts)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset({"alone", "kind", "sort", "type", "only", "one"})


class GroupReader:
    """Tells which groups a question asks for.

    Args:
        review: knows the arms and subgroups.
        lexicons: tell groups from words that say nothing.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons
        reported = {g for f in review.facts for g in f.group}
        labelled = {i for arms in review.arms.values() for ids in arms.values() for i in ids}
        self._ids = frozenset(reported | labelled)
        self.arms: dict[str, frozenset[str]] = {
            label: ids
            for study in sorted(s.id for s in review.studies)
            for label, ids in review.arms.get(study, {}).items()
        }
        """Label of an arm of any study -> its group ids."""

    def without_empty(self, spans: Iterable[Span]) -> list[Span]:
        """The spans, groups without ids that say nothing; groups of nothing else left out."""
        found = []
        for span in spans:
            ids = tuple(i for i in span.ids if self._says_something(i)) if span.kind == "group" else span.ids
            if span.kind != "group":
                found.append(span)
            elif ids:
                found.append(replace(span, ids=ids))
        return found

    def _says_something(self, id_: str) -> bool:
        if id_ in _EMPTY:
            return False
        if id_ in self._ids:
            return True
        tables = self._lexicons.names.tables
        id_ = re.sub(r"'s?$", "", id_)
        if squeeze(id_) in tables.agents:
            return False
        if id_ in self._lexicons.vocabulary.populations:
            return True
        is_name = squeeze(id_) in tables.codes or id_ in tables.first_authors
        return not is_name and not self._lexicons.is_empty(id_)

    def named(
        self,
        groups: Iterable[Span],
        measures: Sequence[Span],
        focus: str,
        spans: Sequence[Span],
        named: Named,
    ) -> list[Span]:
        """The groups that are meant as such, and one that neither the vocabulary nor the tables know."""
        kept = [g for g in groups if not _after_measure(g, measures)]
        return kept + self._unknown(focus, spans, named)

    def _unknown(self, focus: str, spans: Sequence[Span], named: Named) -> list[Span]:
        """``how many lymphoma patients``: a subgroup of a name of its own."""
        match = _COUNTED_PATIENTS.search(focus)
        if not match:
            return []
        key = key_of(match[1])
        if self._lexicons.is_filler(key) or match[1].isdigit():
            return []
        if any(s.start < match.end(1) and match.start(1) < s.end for s in spans):
            return []
        if any(key == key_of(n.text) or n.text in match[1] for n in named.names):
            return []
        return [Span("group", match.start(1), match.end(1), match[1], (key,))]


def _after_measure(group: Span, measures: Sequence[Span]) -> bool:
    """``CR alone`` asks for no arm."""
    word = group.text.lower()
    if word == "kind":
        return bool(measures)
    return word == "alone" and any(0 <= group.start - m.end <= 2 for m in measures)


def asked(groups: Iterable[Span], focus: str, named: Named) -> tuple[tuple[str, frozenset[str]], ...]:
    """(wording, ids) of each group that patients form."""
    return tuple(
        (g.text, frozenset(g.ids))
        for g in groups
        if set(g.ids) - {"all"} and not _is_treatment(g, focus, named)
    )


def hinted(groups: Iterable[Span], focus: str, named: Named) -> tuple[frozenset[str], ...]:
    """Ids of each group that only describes a treatment (``paediatric regimen``)."""
    return tuple(frozenset(g.ids) for g in groups if _is_treatment(g, focus, named))


def _is_treatment(group: Span, focus: str, named: Named) -> bool:
    """Whether a group only describes a product: ``universal cells``, or a study's name right after it."""
    after = focus[group.end :]
    codes = (n.text for n in named.of("code", "agent", "topic"))
    return bool(_OF_TREATMENT.match(after)) or any(after.startswith(f" {code}") for code in codes)
