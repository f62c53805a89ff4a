"""The arms and subgroups a question names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.names.studies import Named, squeeze
from assistant.question.lexicons import QuestionLexicons
from assistant.question.wording import TOGETHER
from assistant.spans.numbers import numbers, shown_threshold
from assistant.spans.span import Span
from assistant.text.text import fold, key_of, tokens

_OF_TREATMENT = re.compile(
    r"[- ](?:style |type |based |inspired |derived |like )*(?:\w+ ){0,2}?"
    r"(?:regimens?|protocols?|products?|cells?|therap(?:y|ies)|treatments?|CARs?\b|CAR-T|constructs?|"
    r"approach|drugs?|agents?|T[- ]cells?|schedules?|program(?:me)?s?|backbones?|schemes?|strateg(?:y|ies)|concepts?|plans?)\b",
    re.IGNORECASE,
)
_COUNTED_PATIENTS = re.compile(
    r"\b(?:how many|number of)\s+(?:of the\s+|the\s+)?([\w/-]+)\s+"
    r"(?:patients|cases|people|participants|pts)\b"
    r"|\b(?:how many|number of)\s+((?-i:(?:[A-Z]-)?[A-Z]{2}[A-Z/-]*))(?=\s*(?:$|[,;?.]|and\b|or\b|(?:vs|versus)\b))",
    re.IGNORECASE,
)
"""A sort of patients counted; short forms need no noun: ``how many ALL, how many LBL``."""
_GIVEN = re.compile(
    r"\b(?:with|on|after|plus|receiving|received|given"
    r"|using)\s+(?:the\s+)?(?P<what>(?:[a-z]+\s+)??[A-Za-z][\w-]+)(?=\s*[?.,;]|\s+(?:in|at|of|for|"
    r"by|did|had|was|were|and|patients)\b|\s*$)"
)
_IN_STATE = re.compile(
    r"\b(?:in|among|for|of)\s+(?:the\s+)?(?P<what>[A-Za-z][\w-]+)\s+(?:patients|adults|children|people|cases|"
    r"participants|pts|subjects)\b"
)
_EARLIER = re.compile(
    r"\b(?:prior|previous|earlier|already had|previously (?:had|received))\s+(?P<what>(?!lines?\b"
    r"|treatments?\b|therap(?:y|ies)\b|"
    r"regimens?\b|abstract|study|question|trial|one\b"
    r"|year)[A-Za-z][\w-]*)(?:[- ]directed)?\s+(?:treatments?|therap(?:y|ies)|"
    r"exposure|drugs?|agents?|transplant\w*)\b",
    re.IGNORECASE,
)
_SHORTEST = 3
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n't|\bnever|\bwithout|\black(?:s|ed|ing)?|\bfree of"
    r"|\b(?:if|with|had|have|has|having|carry(?:ing)?|carries|to|got|given|receiv(?:e|ed|ing)|allocated|assigned|took) no)\s+"
    r"(?:(?:a|an|any|the|this|that|such|in|among|been|be|being|get|got|have|had|receive|received|reach|achieve|attain|become|obtain"
    r"|enter|carry|develop|undergo|go|to|into|through|show|turn)\s+)*$",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(r"[- ](?:negative|neg)\b", re.IGNORECASE)
"""Behind a group it means the others: ``marker-negative``."""
_WITH_AND_WITHOUT = re.compile(
    r"\bwith(?:out)? (?:and|or|vs\.?|versus) (?:those )?with(?:out)? (?:an? |the )?$", re.IGNORECASE
)
_BURDEN = re.compile(
    r"\s*(?:[A-Z]\d+[A-Z]\s+)?(?:variant\s+|mutant\s+)?(?:allel\w+|VAF|transcripts?|mutation(?:al)?\s+(?:burden|load)|copies)\b"
)
"""Behind a gene it names what was measured: ``JAK2 allele burden``."""
_LEADING = re.compile(r"(?:with|without|on|after|plus|given|receiv\w+|in|who|among)\s", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_]{3,})\s+$")
_VERB = re.compile(
    r"(?:stopp|discontinu|quit|enrol|recruit|includ|accept|admit|treat|test|us|cover|stud|assess|evaluat|concern|involv|took"
    r"|tak|target|allow|giv|got|receiv|"
    r"tabulat|investigat|address|compar|look|deal|exceed|beat|outperform)\w*",
    re.IGNORECASE,
)
"""Before a group it says what a study did with it, and narrows nothing down."""
_VERB_ONLY = re.compile(
    r"(?:no-)?(?:(?:steer|guid|decid|determin|inform|direct)(?:e|s|es|ed|ing)?|risk)", re.IGNORECASE
)
"""What a result did to the choice of a group of risk, and the bare word for that: ``did not steer risk group``."""
_OF_CELLS = re.compile(r"(?:cells?|products?|CARs?)\b", re.IGNORECASE)
_A_PRODUCT = re.compile(r"\b(?:products?|CARs?|CAR-T)$", re.IGNORECASE)
"""What patients got, and no group of them."""
_MADE_OF = re.compile(
    r"\b(?:made|derived|manufactured|generated|produced|obtained|prepared|taken|collected|come|came|coming)\s+(?:up\s+|out\s+)?"
    r"(?:of|from|by|with)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
_STUDY_AFTER = re.compile(
    r"[- ](?:trials?|study|studies|series|cohort|registry|reports?|abstracts?|one\b(?=\W*$))\b", re.IGNORECASE
)
"""Behind a group it makes of the whole a description of the study: ``the Japanese AYA trial``."""
_TRIAL_AFTER = re.compile(r"[- ](?:trials?|study|studies|papers?|reports?|abstracts?)\b", re.IGNORECASE)
"""The same where no part of a study can be meant: ``the A-B trial``, of which A-B is one arm."""
_ORDINARY = frozenset(
    "evaluable treated enrolled eligible randomised randomized assigned included dosed infused assessable analysed".split()
)
"""Adjectives of patients that single nobody out."""
_SPECIMENS = frozenset({"blood", "marrow"})
"""In what something was measured, and no sort of patients."""
_NATIONALITY = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|ch|ic)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SUMMED = re.compile(r"\b(?:altogether|together|in total|all told)$", re.IGNORECASE)
_EMPTY = frozenset({"alone", "per", "per-", "by", "each", "kind", "sort", "type", "only", "one", "risk"})


_SIZE = re.compile(r"(?:doublet|triplet|quadruplet)\b")
"""Begins what an arm is called by the number of its drugs."""


def _of_several(arms: Mapping[str, Mapping[str, frozenset[str]]], label: str) -> bool:
    """Whether arms of several studies go by a label."""
    return len({own[label] for own in arms.values() if label in own}) > 1


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
        self._reported = frozenset(reported)
        self._ids = frozenset(reported | labelled)
        self._review = review
        self.arms: dict[str, frozenset[str]] = {
            label: ids
            for study in sorted(s.id for s in review.studies)
            for label, ids in review.arms.get(study, {}).items()
        }
        """Label of an arm of any study -> its group ids."""
        several = {label for label in self.arms if _SIZE.match(label) and _of_several(review.arms, label)}
        self.arms |= {
            label: frozenset({label}) for label in several
        }  # "the triplet" of whichever study is meant

    @cached_property
    def _given(self) -> frozenset[str]:
        """The thresholds the review names; few questions need them."""
        texts = (fold(text) for p in self._review.passages for text in (p.text, p.quote))
        return frozenset(
            shown_threshold(s.text) for text in texts for s in numbers(text) if s.kind == "threshold"
        )

    def without_empty(self, spans: Iterable[Span]) -> list[Span]:
        """The spans, groups without ids that say nothing; groups of nothing else left out.

        ``given the ORR and cohort size`` names no arm.
        """
        found = []
        for span in spans:
            if span.kind == "group" and (self._is_measure(span) or self._is_of_country(span)):
                continue
            if span.kind == "group" and _SUMMED.search(span.text):
                continue
            ids = tuple(i for i in span.ids if self._says_something(i)) if span.kind == "group" else span.ids
            if span.kind != "group":
                found.append(span)
            elif ids:
                found.append(replace(span, ids=ids))
        return found

    def _is_of_country(self, group: Span) -> bool:
        """Whether it is only where a study comes from (``the German group``), and no part of its patients."""
        if not _NATIONALITY.fullmatch(group.text) or set(group.ids) & self._ids:
            return False
        words = self._lexicons.names.words
        return all(len(words.get(t.key, ())) == 1 for t in tokens(group.text))

    def _is_measure(self, group: Span) -> bool:
        """Whether a group's words are those of a measure, and name no arm of a study."""
        words = tokens(group.text)
        named = self._lexicons.matchers.measures.find(words)
        keys = {words[i].key for m in named for i in range(m.start, m.end)}
        return set(group.ids) <= keys and not set(group.ids) & self._ids

    def _says_something(self, id_: str) -> bool:
        if id_ in _EMPTY or id_.strip("-") in _EMPTY:
            return False
        if id_ in self._ids:
            return True
        if _VERB_ONLY.fullmatch(id_):
            return False
        if _CHINESE.search(id_):
            return False  # a name that was not translated
        tables = self._lexicons.names.tables
        id_ = re.sub(r"'s?$", "", id_)
        if squeeze(id_) in tables.agents:
            return False
        if id_ in self._lexicons.vocabulary.populations:
            return True
        words = tokens(id_)
        if any(m.end - m.start == len(words) for m in self._lexicons.matchers.designs.find(words)):
            return False
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
        together = [m.span() for m in TOGETHER.finditer(focus)]
        groups = [g for g in groups if not any(a <= g.start and g.end <= b for a, b in together)]
        kept = [g for g in groups if not _after_measure(g, measures) and not _BURDEN.match(focus, g.end)]
        if not named.names:  # "which studies enrolled children" asks for no study's enrolled patients
            kept = [g for g in kept if g.text.lower() not in _ORDINARY]
        kept = [self._narrowed(_turned_round(g, focus), focus, spans, named) for g in kept]
        both = [g for g in kept if _WITH_AND_WITHOUT.search(focus[: g.start])]
        kept = [side for g in kept for side in ((_counterpart(g), g) if g in both else (g,))]
        return kept + self._unknown(focus, spans, named) + self._thresholds(spans)

    def _thresholds(self, spans: Iterable[Span]) -> list[Span]:
        """``MRD negativity at 10⁻⁶``: figures at a second threshold, or at one the review never gives."""
        found = []
        for span in spans:
            if span.kind != "threshold":
                continue
            shown = shown_threshold(span.text)
            if shown in self._reported or shown not in self._given:
                found.append(Span("group", span.start, span.end, span.text, (shown,)))
        return found

    def _narrowed(self, group: Span, focus: str, spans: Sequence[Span], named: Named) -> Span:
        """``early T-ALL``: an adjective that nothing else explains belongs to the group after it."""
        match = _WORD_BEFORE.search(focus[: group.start])
        if _LEADING.match(group.text):
            return group  # "more common with A": the adjective is not the group's
        if match and (_VERB.fullmatch(match[1]) or _CHINESE.search(match[1])):
            return group
        if not match or self._lexicons.is_filler(key_of(match[1])) or _STUDY_AFTER.match(focus[group.end :]):
            return group
        if match[1].lower() in _ORDINARY or match[1].lower() in _SPECIMENS:
            return group
        covered = [(s.start, s.end) for s in spans] + [(n.start, n.end) for n in named.names]
        if any(a < match.end(1) and match.start(1) < b for a, b in covered):
            return group
        if self._lexicons.matchers.designs.find(tokens(match[1])):
            return group
        return replace(group, ids=(*group.ids, key_of(match[1])), text=f"{match[1]} {group.text}")

    def is_of_patients(self, group: Span, focus: str, named: Named) -> bool:
        """Whether a group is one that patients form, not what a product is like (``universal cells``)."""
        before, after = focus[: group.start].lower(), focus[group.end :]
        if before.endswith("-") and not before.endswith("non-") and _STUDY_AFTER.match(after):
            return False
        if set(group.ids) & self._reported:
            return not _TRIAL_AFTER.match(after)
        made = _MADE_OF.search(before) or _OF_CELLS.match(group.text) or _A_PRODUCT.search(group.text)
        if made or _STUDY_AFTER.match(after):
            return False  # "the donor-derived study", "cells made from donors"
        populations = self._lexicons.matchers.populations
        codes = [n.text for n in named.of("code", "agent", "topic") if not populations.find(tokens(n.text))]
        return not (_OF_TREATMENT.match(after) or any(after.startswith(f" {code}") for code in codes))

    def _unknown(self, focus: str, spans: Sequence[Span], named: Named) -> list[Span]:
        """``how many lymphoma patients``: a subgroup of a name of its own."""
        return self._counted(focus, spans, named) or self._unheard(focus, spans, named)

    def _unheard(self, focus: str, spans: Sequence[Span], named: Named) -> list[Span]:
        """``with rabbit globulin``, ``in splenectomised patients``: what nobody knows of."""
        for match in (*_GIVEN.finditer(focus), *_IN_STATE.finditer(focus)):
            start, end = match.span("what")
            if any(s.start < end and start < s.end for s in spans):
                continue
            if any(n.overlaps(start, end) for n in named.names):
                continue
            word = tokens(match["what"])[-1]
            known = self._in_review(word.key) or (
                not word.text.isupper()
                and (self._lexicons.is_known(word) or self._lexicons.is_english(word.text))
            )
            if not known and not self._lexicons.is_filler(word.key) and len(word.text) >= _SHORTEST:
                return [Span("group", start, end, match["what"], (word.key,))]
        earlier = _EARLIER.search(focus)
        if earlier and not any(
            s.start < earlier.end("what") and earlier.start("what") < s.end for s in spans
        ):
            words = tokens(earlier["what"])
            return [Span("group", earlier.start(), earlier.end(), earlier[0], ("prior", words[0].key))]
        return []

    def _in_review(self, key: str) -> bool:
        """Whether the review itself uses a word."""
        names = self._lexicons.names
        return key in names.words or key in names.tables.background

    def _counted(self, focus: str, spans: Sequence[Span], named: Named) -> list[Span]:
        return [
            Span("group", start, end, focus[start:end], (key_of(focus[start:end]),))
            for match in _COUNTED_PATIENTS.finditer(focus)
            for start, end in [match.span(match.lastindex or 0)]
            if self._is_counted(focus[start:end], start, end, spans, named)
        ]

    def _is_counted(self, word: str, start: int, end: int, spans: Sequence[Span], named: Named) -> bool:
        """Whether a word behind ``how many`` is a sort of patients that nothing else explains."""
        key = key_of(word)
        if self._lexicons.is_filler(key) or word.isdigit() or word.lower() in _ORDINARY:
            return False
        if any(s.start < end and start < s.end for s in spans):
            return False
        return not any(key == key_of(n.text) or n.text in word for n in named.names)


def _after_measure(group: Span, measures: Sequence[Span]) -> bool:
    """``CR alone`` asks for no arm."""
    word = group.text.lower()
    if word == "kind":
        return bool(measures)
    return word == "alone" and any(0 <= group.start - m.end <= 2 for m in measures)


def _counterpart(group: Span) -> Span:
    """``with and without X``: those without beside those with it, or the other way round."""
    lacking = all(i.startswith("no-") for i in group.ids)
    ids = tuple(i.removeprefix("no-") if lacking else f"no-{i}" for i in group.ids)
    return replace(group, ids=ids, text=group.text if lacking else f"without {group.text}")


def _turned_round(group: Span, focus: str) -> Span:
    """``who were not transplanted``: the opposite of the group named."""
    if any(i.startswith("no-") for i in group.ids):
        return group
    if behind := _NOT_BEHIND.match(focus, group.end):
        if any(i.endswith("negative") for i in group.ids):
            return group
        ids = tuple(f"no-{i}" for i in group.ids)
        return replace(group, ids=ids, end=behind.end(), text=group.text + behind[0])
    if not _NOT_BEFORE.search(focus[: group.start]):
        return group
    return replace(group, ids=tuple(f"no-{i}" for i in group.ids), text=f"not {group.text}")
