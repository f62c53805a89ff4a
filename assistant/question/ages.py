"""How old patients were, however a question asks for it: the typical age, the eldest, the ages of a group."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.question.rules import Topics
from assistant.spans.span import Span

_AGE_WORD = re.compile(
    r"\b(?:how (?:old|young)|ages?|aged|(?:old|eld|young|small|little)est|littlest|senior)\b", re.IGNORECASE
)
"""A word without which no age is asked for."""
_ENDS = re.compile(
    r"\b(?:(?:old|young|eld)est|littlest|most senior|(?:top|highest|lowest|max(?:imum)?|min(?:imum)?)\.? ages?)\b"
    r"(?! (?:old|group|subgroup|cohort|stratum|(?:age )?(?:group|band|bracket))s?\b)",
    re.IGNORECASE,
)
"""``the eldest patient``, ``top age``; not ``the oldest group``."""
_TYPICAL = re.compile(
    r"\b(?:typical(?:ly)?|on average|average|median|mean|usual(?:ly)?|middle|as a rule)\b", re.IGNORECASE
)
_RANGE = re.compile(r"(?<!not the )(?<!not )\b(?:range|span|spread|youngest|oldest|limits?)\b", re.IGNORECASE)
_NEAR = 30
"""Characters within which ``typical`` tells of the age."""
_AGED = re.compile(
    r"(?:\b(?:in|among|for|of|with)\s+(?:the\s+)?(?:patients|those|people|adults|children|cases)\s+(?:who\s+were\s+)?"
    r"|\bhow\s+many\s+(?:[\w-]+\s+){0,3}?)(?P<whom>aged\s+(?P<low>\d{1,2})\s?(?:-|\u2013|to|and)\s?(?P<high>\d{1,3}))\b",
    re.IGNORECASE,
)
"""Tells some of the patients by their ages."""
_EXTREMES = frozenset({"oldest", "youngest", "eldest", "littlest", "typical", "average"})
_ONE_END = re.compile(
    r"(?:oldest|youngest|eldest|littlest) (?:patient|participant|person|one|child)s?\b", re.IGNORECASE
)
"""The one at an end of a range of ages is no group of patients."""
_CENTRES = ("median_age", "mean_age")


def asked_ages(topics: Topics) -> Topics:
    """``topics`` with the age asked for: the median of the typical patient, the range of the eldest."""
    said = _AGE_WORD.search(topics.focus)
    if not said or topics.lists or topics.families or {m.ids[0] for m in topics.measures} - set(_CENTRES):
        return topics
    centre = next((c for c in _CENTRES if c in topics.held), "")
    if _ENDS.search(topics.focus):
        return replace(topics, characteristics=("age_range",)) if topics.nothing else topics
    if set(topics.characteristics) != {"age_range"} or topics.measures or not centre:
        return topics
    typical = _typical(topics.focus, said)
    if typical is None:
        return topics
    return replace(topics, measures=(replace(typical, ids=(centre,)),), characteristics=())


def _typical(focus: str, said: re.Match[str]) -> Span | None:
    """The words that ask for the age in the middle, none where the range is asked for, too."""
    told = _TYPICAL.search(focus)
    if told is None or _RANGE.search(focus):
        return None
    start, end = min(told.start(), said.start()), max(told.end(), said.end())
    text = focus[start:end] if end - start <= _NEAR else f"{told[0]} {said[0]}"
    return Span("measure", start, end, text)


def of_ages(topics: Topics, groups: list[Span], focus: str) -> tuple[Topics, list[Span]]:
    """``and in patients aged 60-69?`` asks of those, and not how old anybody was; ``the oldest in arm A`` of arm A."""
    if set(topics.characteristics) & {"age_range"} or {m.ids[0] for m in topics.measures} & set(_CENTRES):
        groups = [g for g in groups if not _ONE_END.match(g.text)]
        groups = [
            replace(g, ids=left) if left != g.ids else g
            for g in groups
            if (left := tuple(i for i in g.ids if i not in _EXTREMES))
        ]
    aged = _AGED.search(focus)
    if aged is None:
        return topics, groups
    group = Span("group", *aged.span("whom"), aged["whom"], (f"age{aged['low']}-{aged['high']}",))
    told = [g for g in groups if g.end <= group.start or group.end <= g.start]
    asked = "age_range" in topics.characteristics
    return topics.without("age_range") if asked else topics, [*told, group]
