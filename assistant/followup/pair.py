"""Two turns that a third sets side by side: ``what is the difference?``, ``2-year OS for both``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Groups, Turn
from assistant.question.reader import Ask
from assistant.selection import percent_of

_BOTH = re.compile(
    r"\b(?:for|in|with|of|on) (?:both|the two|each)(?: of (?:them|these|those))?(?: (?:arms|groups))?\W*$",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?|then|right|now)\W+)*(?:(?:(?:what(?: is|'s| was|s)?|how (?:big|large) (?:is|was)) )?"
    r"(?:(?:the|that|their) )?(?:absolute )?(?:difference|gap|delta)(?: then)?|how far apart (?:are|were)|by how (?:much|many points) do"
    r"|(?:the |that )?(?:difference|gap|delta|spread) (?:is|was|makes|comes to|amounts to|would be) (?:how (?:many|much|big|large)|what)"
    r"(?: (?:percentage )?points| per ?cent|%| pp| months)?|how many (?:percentage )?points (?:apart|difference|between))"
    r"(?: between)?(?: (?:them|they|the two|these(?: two)?|those(?: two)?|both|both (?:numbers|figures|rates|values)))?"
    r"(?: (?:numbers|figures|rates|values))?(?: differ)?"
    r"(?:,? (?:in (?:absolute terms|percentage points|points|per ?cent|%|pp|months)|as a number))?\W*$",
    re.IGNORECASE,
)
"""Asks for the difference of two figures given, and names nothing else."""

_OF_FIGURES = re.compile(
    r"\b(?:points|per ?cent|pp|months|number|apart|how many|the two|the(?:se|m|y)|those|both)\b|%",
    re.IGNORECASE,
)
"""Says that it is figures whose difference is asked for, and not how two measures differ."""


def of_pair(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``ask`` with what the last two turns asked of two arms or two studies; unchanged where it does not mean both."""
    if len(history) < 2 or ask.studies or ask.groups or ask.named.names:
        return ask
    (first, _), (second, _) = history[-2:]
    studies = tuple(dict.fromkeys((*_studies(history[-2]), *_studies(history[-1]))))
    groups = tuple(dict.fromkeys((*first.groups, *second.groups)))
    if _BOTH.search(ask.focus) and ask.measures:
        apart = _arms_apart(first.groups, second.groups) and len(studies) == 1
        return replace(ask, studies=studies, groups=groups, inherited=True) if apart else ask
    if not _GAP.match(ask.focus):
        return ask
    if len(studies) == 1 and first.groups == second.groups and (times := _times_told(history[-2:])):
        return replace(_of_both(ask, second, studies, groups), times=times)
    if (measures := _measures_told(history[-2:])) is None:
        apart = len(studies) == 2 and first.groups == second.groups and bool(_times_told(history[-2:]))
        # of other times they stand side by side: no difference can be formed
        both = _of_both(ask, second, studies, groups)
        return replace(both, times=(), cues=both.cues - {"difference"}) if apart else ask
    of_arms = len(studies) == 1 and _arms_apart(first.groups, second.groups)
    of_studies = len(studies) == 2 and first.groups == second.groups
    of_measures = (
        len(studies) == 1
        and len(measures) == 2
        and first.groups == second.groups
        and _OF_FIGURES.search(ask.focus) is not None
    )
    if of_measures != (len(measures) == 2) or not (of_arms or of_studies or of_measures):
        return ask
    both = _of_both(ask, second, studies, groups)
    return replace(both, measures=measures, times=second.times or first.times)


def _of_both(ask: Ask, second: Ask, studies: tuple[str, ...], groups: Groups) -> Ask:
    """What two turns asked, as the difference of both."""
    return replace(
        second,
        text=ask.text,
        focus=ask.focus,
        studies=studies,
        described=False,
        groups=groups,
        cues=(second.cues | {"compare", "difference"}) - {"definition"},
        wants="",
        inherited=True,
    )


def _times_told(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The two times of two answers that each give one figure of the same measure and unit; none for other answers."""
    told = [[f for line in draft.lines for f in line.facts] for _, draft in turns]
    if any(len(facts) != 1 or not facts[0].time_point for facts in told):
        return ()
    one, other = told[0][0], told[1][0]
    alike = (one.attribute, one.unit) == (other.attribute, other.unit) and one.time_point != other.time_point
    return (one.time_point, other.time_point) if alike else ()


def _arms_apart(first: Groups, second: Groups) -> bool:
    """Whether two turns each spoke of one arm, and not of the same."""
    return len(first) == len(second) == 1 and first[0][1] != second[0][1]


def _studies(turn: Turn) -> Sequence[str]:
    ask, draft = turn
    return draft.studies or ask.studies


def _measures_told(turns: Sequence[Turn]) -> tuple[str, ...] | None:
    """The measures of two answers that each give one figure, both at the same time and of one kind; None for other answers.

    ``22 patients (91.7%)`` and ``65.1%`` are both shares.
    """
    told = [[f for line in draft.lines for f in line.facts] for _, draft in turns]
    kinds = {(f[0].time_point, "%" if percent_of(f[0]) is not None else f[0].unit) for f in told if f}
    if any(len(facts) != 1 for facts in told) or len(kinds) > 1:
        return None
    return tuple(dict.fromkeys(f[0].attribute for f in told))
