"""Follow-ups that take up what the last answer offered, or set it beside something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader

_ACCEPTS = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|please|go (?:on|ahead)|ok(?:ay)?|fine|alright|right|those"
    r"|that)\b(?:[\s,.!]+(?:yes|please|then|"
    r"do|go|ahead|on|thanks|give|show|me|tell|us|those|that|them|it|these|will|works?|is|fine|good|one"
    r"|ones))*\W*$"
    r"|\b(?:what|which)\b.{0,40}\b(?:is there|are there|(?:do|does) (?:you|it|they|the review) (?:have"
    r"|give|report)|instead|"
    r"available|(?:is|are) (?:given|reported))\b",
    re.IGNORECASE,
)
"""Takes up what a decline offered."""
_LONGEST = re.compile(
    r"\b(?:what(?:'s| is| was)|which is|give me) the (?:longest|latest|last|nearest|closest|next best)\b",
    re.IGNORECASE,
)
"""Asks for another time point than the one asked for."""
_WHICH = re.compile(
    r"\bwhich (?:one |study |trial |abstract |of (?:the two|them|these|those|the three) )?(?:is|was|had"
    r"|has|did|does|gave|showed)\b"
    r".{0,30}\b(?:higher|highest|lower|lowest|better|best|worse|worst|larger|largest|bigger|smaller"
    r"|longer|more|fewer|most)\b",
    re.IGNORECASE,
)


_BETWEEN = re.compile(r"\bbetween (?:them|the two|these|those|both)\b", re.IGNORECASE)
"""Sets what the last two answers spoke of beside one another."""
_BOTH = re.compile(r"\b(?:both|together|combined|totals?|altogether|summed|sum)\b", re.IGNORECASE)


def both_grades(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``both together?`` after one grade and another: the patients of both."""
    if len(history) < 2 or not _BOTH.search(ask.focus) or _asks_anew(ask):
        return ask
    before, last = history[-2][0], history[-1][0]
    same = (before.measures, before.studies) == (last.measures, last.studies) and last.measures
    grades = sorted({before.grade, last.grade})
    if not same or len(grades) != 2 or not all(g.isdigit() for g in grades):
        return ask
    return replace(last, text=ask.text, grade="-".join(grades), wants="count", inherited=True)


def both_studies(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``altogether?`` after the size of one study and of another: the patients of both."""
    if len(history) < 2 or not _BOTH.search(ask.focus) or _asks_anew(ask):
        return ask
    turns = history[-2:]
    sizes = all(a.characteristics == ("n_patients",) and not a.measures for a, _ in turns)
    sizes = sizes and {ids for _, ids in turns[0][0].groups} == {ids for _, ids in turns[1][0].groups}
    studies = tuple(dict.fromkeys(s for a, d in turns for s in (d.studies or a.studies)))
    if not sizes or len(studies) != 2:
        return ask
    return replace(
        turns[1][0], text=ask.text, focus=ask.focus, studies=studies, named=ask.named, inherited=True
    )


_BESIDE = re.compile(
    r"\b(?:side by side|(?:one )?(?:beside|next to|alongside) (?:the other|each other|one another)|set against each other"
    r"|in one (?:line|answer)|at (?:a glance|once)|compare (?:them|the two|both|these|those))\b"
    r"|^\W*(?:and |now |so |please |show |give |me |us )*(?:both|the two)(?: (?:of (?:them|these|those)|ones?|please|studies|again|values"
    r"|figures|numbers|now|together))*\W*$",
    re.IGNORECASE,
)
"""Asks for two figures given one after the other again, side by side."""


def side_by_side(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``3-year OS in A?``, ``and B?``, ``both side by side``: the last question of both studies."""
    if len(history) < 2 or not _BESIDE.search(ask.focus) or _asks_anew(ask):
        return ask
    (first, told), (last, said) = history[-2:]
    same = (first.measures, first.families, first.characteristics) == (
        last.measures,
        last.families,
        last.characteristics,
    )
    sides = [d.studies or a.studies for a, d in ((first, told), (last, said))]
    if not same or any(len(s) != 1 for s in sides) or sides[0] == sides[1]:
        return ask
    studies = (*sides[0], *sides[1])
    groups = last.groups if first.groups == last.groups else ()
    times = last.times if first.times == last.times else ()
    return replace(
        last,
        text=ask.text,
        focus=ask.focus,
        studies=studies,
        groups=groups,
        times=times,
        named=ask.named,
        inherited=True,
    )


def accepts(ask: Ask) -> bool:
    """Whether a turn only takes up what the last answer offered: ``yes, please``, ``what is there then?``."""
    return bool(_ACCEPTS.search(ask.text) or _LONGEST.search(ask.text)) and not _asks_anew(ask)


def _asks_anew(ask: Ask) -> bool:
    return bool(
        ask.measures or ask.families or ask.characteristics or ask.times or ask.groups or ask.named.names
    )


def offered(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``yes, please``, ``what is there then?``: what the last decline offered in place of what was asked."""
    before, draft = history[-1]
    nearest = replace(
        before, text=ask.text, focus=before.focus, inherited=True, studies=before.studies or draft.studies
    )
    if draft.status is not Status.DECLINED and not _LONGEST.search(ask.text):
        return nearest
    if before.times or before.groups or before.grade:
        return replace(nearest, times=(), groups=(), grade="", cycle="", values=(), focus=ask.focus)
    told = [s for s in nearest.studies if reader.reports(s, "outcomes")]
    families, row = ((), ("outcomes",)) if told else (("survival", "response"), ())
    return replace(nearest, measures=(), families=families, characteristics=row, values=(), focus=ask.focus)


def weighed(ask: Ask, history: Sequence[Turn], *, leans: bool) -> Ask:
    """``which is higher?``, ``how does that compare with …?``: the studies spoken of beside one another."""
    before, draft = history[-1]
    focus = draft.studies or before.studies
    named = ask.studies if ask.named.names else ()
    if len(named) == 1 and ask.has("compare", "difference") and leans and not set(named) & set(focus):
        return replace(ask, studies=tuple(dict.fromkeys((*focus, *named))), cues=ask.cues | {"compare"})
    spoken = tuple(dict.fromkeys(s for _, d in history[-2:] for s in d.studies))
    if not named and _BETWEEN.search(ask.focus) and ask.has("compare", "difference") and len(spoken) == 2:
        return replace(ask, studies=spoken)
    if named or not _WHICH.search(ask.focus):
        return ask
    groups = tuple(dict.fromkeys(g for a, _ in history[-2:] for g in a.groups))
    if len(groups) > 1 and all(set(a.studies) == set(before.studies) for a, _ in history[-2:]):
        cues = ask.cues - {"list", "global", "max", "min"} | {"compare", "arms"}
        return replace(ask, studies=before.studies, groups=groups, cues=cues)
    several = [s for _, d in history[-2:] for s in d.studies] if len(focus) == 1 else list(focus)
    several = list(dict.fromkeys(several))
    return (
        replace(ask, studies=tuple(several), cues=ask.cues - {"list", "global"}) if len(several) > 1 else ask
    )
