"""The other one of two that were told apart: ``and if negative?`` after the positive, ``and B?`` after arm A, ``in the latter``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Groups, Turn
from assistant.question.reader import Ask, QuestionReader
from assistant.text.text import fold

_ASKS_AGAIN = r"^\W*(?:(?:and|but|what about|how about|or|then|ok(?:ay)?|also)\W+)*"
_STATE = re.compile(
    rf"{_ASKS_AGAIN}(?:(?:if|when|where|for|in|with|among|of)\s+)?(?:(?:it|they|that|this)\s+(?:was|were|is)\s+|the\s+|those\s+|being\s+)?"
    r"(?P<state>negative|positive)(?:\s+(?:ones|patients|group|cases|results?))?\W*$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    rf"{_ASKS_AGAIN}(?:(?:in|for|with|of)\s+)?(?:the\s+)?(?:(?:arm|cohort|group|part|stratum)\s+)?(?P<letter>[A-H]|[1-9]|I{{1,3}}|IV)(?:\s+(?:one|arm))?\W*$"
)
_PLACE = re.compile(
    r"\b(?:in|for|with|among|of)\s+the\s+(?P<which>former|latter)\b(?:\s+(?:group|arm|patients|ones|cohort|subgroup))?|\bthe\s+(?P<alone>former|latter)\W*$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\b(?:negativ|positiv)\w*|[-\u2212+](?=\W*$)", re.IGNORECASE)
_NOUNS = ("arm", "cohort", "group", "part", "stratum")


_THAT_DOSE = re.compile(
    r"\b(?:at|with|on|for|in)\s+(?:that|this|the same|the (?:selected|recommended|chosen))\s+dose(?:\s+levels?)?\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\w.,/])\d[\d.,]*\s?(?:[\u00d7x]\s?10\S*(?:\s+(?:[A-Z\w+-]+\s+)?cells(?:/kg)?)?"
    r"|(?:mg|[\u00b5\u03bc]g|g|IU|MBq|GBq|Gy|million(?: cells)?)(?:/(?:m\u00b2|m2|kg|day))*)(?!\w)"
)


def at_that_dose(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``at that dose``: at the one dose that the last answer named."""
    said = _THAT_DOSE.search(ask.text)
    if said is None:
        return ask
    amounts = {m[0].strip() for line in history[-1][1].lines for m in _AMOUNT.finditer(line.text)}
    if len(amounts) != 1:
        return ask
    return reader.read(f"{ask.text[: said.start()]}at {next(iter(amounts))}{ask.text[said.end() :]}")


def opposed(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` of the group that one word or letter of it means beside the one spoken of before; unchanged where it means none.

    Args:
        ask: the turn, read alone.
        history: the turns before with their answers, oldest first.
        reader: knows the studies' own groups.
    """
    before, draft = history[-1]
    focus = draft.studies or before.studies
    if len(focus) != 1 or ask.named.of("number", "author", "nct"):
        return ask
    groups = _other_state(ask, before, focus[0], reader) or _lettered(ask, before, focus[0], reader)
    if groups:
        return replace(
            ask,
            groups=groups,
            studies=tuple(focus),
            described=False,
            characteristics=(),
            measures=(),
            families=(),
            values=(),
            grade="",
        )
    return _placed(ask, history, focus[0])


def _other_state(ask: Ask, before: Ask, study: str, reader: QuestionReader) -> Groups:
    """``and if negative?`` after those that were positive for something: those negative for the same."""
    said = _STATE.match(ask.focus)
    if said is None or len(before.groups) != 1:
        return ()
    label, ids = before.groups[0]
    if len(ids) != 1 or not _SIGN.search(label):
        return ()
    wanted = said["state"].lower()
    own = next(iter(ids))
    other = re.sub(r"negative|positive", wanted, own)
    if other == own and wanted not in own:
        return ()
    told = {i for f in reader.review.facts if f.study == study for i in f.group}
    return (
        ((re.sub(r"\b(?:negative|positive)\b", wanted, label, flags=re.IGNORECASE), frozenset({other})),)
        if other in told
        else ()
    )


def _lettered(ask: Ask, before: Ask, study: str, reader: QuestionReader) -> Groups:
    """``and B?`` after arm A, where the study has an arm or cohort of that letter."""
    said = _LETTER.match(ask.text)
    if said is None or not before.groups:
        return ()
    names = {f"{noun} {said['letter']}".lower() for noun in _NOUNS}
    spoken = {fold(label).lower().split()[0] for label, _ in before.groups}
    found = [
        (label, g.ids)
        for g in reader.own.of(study)
        for label in g.labels
        if label.lower() in names and (label.split()[0].lower() in spoken)
    ]
    return tuple(found[:1])


def _placed(ask: Ask, history: Sequence[Turn], study: str) -> Ask:
    """``OS in the latter?``: in the one of the two groups that the last turns spoke of."""
    said = _PLACE.search(ask.focus)
    if said is None or ask.groups or ask.named.names:
        return ask
    groups = _last_two(history, study)
    if not groups:
        return ask
    which = (said["which"] or said["alone"]).lower()
    chosen = groups[-1] if which == "latter" else groups[0]
    return replace(ask, groups=(chosen,), studies=(study,), described=False)


def _last_two(history: Sequence[Turn], study: str) -> Groups:
    """The two groups that the last turn set side by side, or the last two turns named one by one."""
    asked = [turn[0].groups for turn in history[-2:] if set(turn[0].studies) <= {study}]
    if asked and len(asked[-1]) == 2:
        return asked[-1]
    if len(asked) == 2 and len(asked[0]) == len(asked[1]) == 1 and asked[0][0][1] != asked[1][0][1]:
        return (*asked[0], *asked[1])
    told = {
        f.group: (f.group_label, f.group)
        for line in history[-1][1].lines
        for f in line.facts
        if f.group and f.study == study
    }
    return tuple(told.values()) if len(told) == 2 and not (asked and asked[-1]) else ()
