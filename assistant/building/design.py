"""What a report says of its plan or of others' work, told from what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.folder.folder import Sentence
from assistant.model import Fact
from assistant.vocabulary.vocabulary import Vocabulary

_PLAN = re.compile(
    r".*\bstatistic.*|.*\bsample size.*|(?:study|trial) design\b.*|.*\b(?:inclusion|exclusion|eligib)\w*\b.*|"
    r"definitions?\b.*|.*\bmethods\b.*|randomi[sz]ation\b.*|response assessment|outcome (?:measures|definitions)",
    re.IGNORECASE,
)
"""Heads of sections that say how a study was done."""
_ASIDE = re.compile(r"(?:general )?(?:discussion|introduction|background|comment)\b.*", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:we|our|ours|this (?:\w+ )?(?:study|trial|report|cohort|series)|(?:present|current) (?:\w+ ){0,2}(?:study|trial|series))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bet al\b|\baccording to\b|\bprevious(?:ly)?\b|\bother (?:\w+ )?(?:stud(?:y|ies)|trials?|groups?|series)\b|"
    r"\b(?:reported|observed|shown|described|published) by\b|\bhistorical\b|\bin contrast to (?:the|those)\b",
    re.IGNORECASE,
)
_SIZES = frozenset({"n_patients", "nct", "study_period"})


def settled_by_place(
    fact: Fact, sentence: Sentence, vocabulary: Vocabulary, own_reference: int | None
) -> Fact:
    """The fact without its measure where its sentence tells a plan, or work of others.

    A power calculation (``to detect a 10% improvement in survival``) and a stopping rule give no result; a sentence of
    the discussion that cites other work may give another study's.

    Args:
        fact: as read.
        sentence: that states it.
        vocabulary: tells outcomes from other attributes.
        own_reference: number of the study's own reference.
    """
    if fact.attribute in _SIZES or fact.attribute not in {*vocabulary.measures, "p_value", "CI"}:
        return fact
    if _PLAN.fullmatch(sentence.section):
        return replace(fact, attribute="", of="")
    cites = [r for r in sentence.references if r != own_reference]
    theirs = bool(cites) or bool(_OTHERS.search(sentence.plain))
    if _ASIDE.fullmatch(sentence.section) and not sentence.marks and theirs:
        return replace(fact, attribute="", of="")
    if _ASIDE.fullmatch(sentence.section) and cites and _OWN.search(sentence.plain):
        return replace(fact, attribute="", of="")
    return fact


_THE_DIFFERENCE = re.compile(
    r"\W*(?:th(?:e|is)|these) (?:\w+ )?(?:differences?|association|effect|finding)\b", re.IGNORECASE
)
_RATIOS = frozenset({"HR", "OR", "RR", "p_value"})


def differing(facts: Sequence[Fact], text: str, last: str) -> list[Fact]:
    """``The difference remained significant (HR 2.3)``: the ratio is of the measure of the sentence before.

    Args:
        facts: of one sentence.
        text: the sentence.
        last: the measure named last in its paragraph; "" for none.
    """
    goes_on = bool(last) and _THE_DIFFERENCE.match(text) is not None
    own = any(f.attribute and f.attribute not in {*_RATIOS, "CI"} for f in facts)
    if not goes_on or own:
        return list(facts)
    of = last.removeprefix("median_")
    return [replace(f, of=of) if f.attribute in _RATIOS and not f.of else f for f in facts]


def measure_of(facts: Sequence[Fact], vocabulary: Vocabulary) -> str:
    """The measure that a sentence gives figures of last; "" for none."""
    outcomes = [
        f.attribute
        for f in facts
        if f.attribute in vocabulary.measures and f.attribute not in {*_RATIOS, "CI"}
    ]
    return outcomes[-1] if outcomes else ""
