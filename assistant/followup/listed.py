"""``Which of those have a number?``, ``how many is that?``, ``and which did not?``: a turn on the studies just listed."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.followup.refs import Turn
from assistant.model import Status
from assistant.question.reader import Ask

_AGAIN = r"^\W*(?:(?:and|but|so|ok(?:ay)?|then)\W+)*"
_WHICH = re.compile(
    rf"{_AGAIN}(?:which|what|list) (?:ones )?(?:of|among) (?:these|those|them)\b(?! two| three)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(rf"{_AGAIN}how many of (?:these|those|them)\b", re.IGNORECASE)
_REPORT = re.compile(
    rf"{_AGAIN}how many of (?:these|those|them) (?:studies |abstracts |trials )?(?:also )?(?:do |did )?"
    r"(?:report|give|gave|state|mention|print|quote)(?:ed|d)?\b",
    re.IGNORECASE,
)
"""What studies do, and not their patients."""
_ALL = re.compile(
    rf"{_AGAIN}how many (?:is|are|was|were|does|do) (?:that|those|these|they|there|it)(?: (?:make|then))?"
    r"(?: (?:in (?:all|total)|altogether|all told))?\W*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"{_AGAIN}(?:which|who|what about those that) (?:ones )?(?:did|do|does|had|have|has|were|are)(?:n't| not)\W*$",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\bcut-?\s?offs?\b|\bthresholds?\b|\blimits?\b", re.IGNORECASE)
_OF_STUDIES = frozenset({"mrd_use", "nct", "phase", "design", "study_period", "age_range"})
"""Characteristics that are of a study, not of some of its patients."""
_SEVERAL = 2


def of_listed(ask: Ask, alone: Ask, turn: Turn) -> Ask:
    """A turn on the studies that the turn before listed, as a question on these; any other turn as it is.

    Args:
        ask: the turn, completed.
        alone: the same, read alone.
        turn: the turn before, with its answer.
    """
    before, draft = turn
    listed = draft.status is Status.ANSWERED and len(set(draft.studies)) >= _SEVERAL
    if not listed or not before.has("list", "count_studies") or alone.named.names or ask.has("chosen"):
        return ask
    if _ALL.match(alone.focus):
        return _on(Ask(text=alone.text, focus="How many of those?"), draft.studies, "count_studies")
    if _WHICH.match(alone.focus) and not alone.has("max", "min", "compare", "difference"):
        return _on(_completed(alone, before, draft), draft.studies, "list")
    own = set(alone.characteristics) <= _OF_STUDIES and (alone.characteristics or alone.designs)
    told = _REPORT.match(alone.focus) or (own and not alone.measures)
    if _HOW_MANY.match(alone.focus) and told and not alone.groups:
        return _on(alone, draft.studies, "count_studies")
    return ask


def the_others(alone: Ask, turn: Turn) -> Ask | None:
    """``and which have not?`` as a question for those of which the turn before listed none; None for any other turn."""
    before, draft = turn
    if draft.status is not Status.ANSWERED or not draft.studies or not before.has("list", "count_studies"):
        return None
    if not _OTHERS.match(alone.focus) or alone.named.names:
        return None
    return replace(before, text=alone.text, focus=f"{before.focus.rstrip(' ?.')}, no such?", inherited=True)


def _completed(ask: Ask, before: Ask, draft: Draft) -> Ask:
    """``which of these set it at 5%?``: of what the turn before was told, where the turn names nothing itself."""
    named = ask.measures or ask.families or ask.characteristics or ask.groups or ask.designs or ask.years
    told = {f.attribute for line in draft.lines for f in line.facts}
    bound = ask.values or ask.times or _CUT_OFF.search(ask.focus)
    if named or not bound or len(told) != 1 or told & set(before.measures):
        return ask
    return replace(ask, characteristics=tuple(told), times=())


def _on(ask: Ask, studies: tuple[str, ...], cue: str) -> Ask:
    cues = (ask.cues - {"list", "count_studies"}) | {cue}
    return replace(ask, studies=tuple(dict.fromkeys(studies)), described=False, cues=cues, inherited=True)
