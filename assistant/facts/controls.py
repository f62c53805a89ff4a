"""What a study of two arms leaves unsaid: who the controls are, and whose the two ends of an improvement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.groups import Ids
from assistant.model import Fact
from assistant.spans.span import Span

_CONTROLS = re.compile(
    r"(?:[Tt]he\s+)?(?:[Cc]ontrols?|[Cc]omparators?)(?:\s+(?:arms?|groups?|patients|regimen))?"
)
_OUTSIDE = re.compile(
    r"\b(?:histori\w+|matched|external|healthy|registry|earlier|synthetic|real-world|\d+)\s+$", re.IGNORECASE
)
_ALONE = re.compile(r"(?:the\s+)?chemotherapy\s+(?:alone|only)", re.IGNORECASE)
"""Beside one arm of two that is named, the other one; elsewhere those who were not transplanted."""
_TWO = 2


def controls_named(spans: Sequence[Span], arms: Sequence[Ids], text: str) -> list[Span]:
    """``48% with A vs. 24% among controls``: of two arms of which one is named, the controls are the other one."""
    named = {s.ids for s in spans if s.kind == "group" and s.ids in arms}
    others = [a for a in arms if a not in named]
    if ("control",) in arms:  # "in the control group" names the arm by itself
        named, others = named - {("control",)}, [("control",)]
    if len(arms) != _TWO or len(others) != 1:
        return list(spans)
    if any("transplant" in i for a in arms for i in a):
        return list(spans)
    return [replace(s, ids=others[0]) if _are_controls(s, text) else s for s in spans]


def _are_controls(span: Span, text: str) -> bool:
    if span.ids == ("no-transplant",) and _ALONE.fullmatch(span.text):
        return True
    return (
        span.kind == "group"
        and span.ids == ("control",)
        and _CONTROLS.fullmatch(span.text) is not None
        and not _OUTSIDE.search(text[: span.start])
    )


_CROSSED = re.compile(
    r"\b(?:switch(?:ed|ing)?|cross(?:ed|ing)?(?:[\s-]?over)?|crossover|cross-over|chang(?:ed|ing))\s+(?:over\s+)?to\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def crossed_over(spans: Sequence[Span], arms: Sequence[Ids], text: str) -> list[Span]:
    """``21 of those on A switched to B``: who changed to an arm are no patients of that arm."""
    return [
        replace(s, ids=("crossover",))
        if s.kind == "group" and s.ids in arms and _CROSSED.search(text[: s.start])
        else s
        for s in spans
    ]


_IMPROVED = (
    r"(?:improv|increas|rais|prolong|extend|lengthen|reduc|lower|decreas|shorten|doubl|tripl|halv|cut)\w*"
)
_LED_TO = (
    r"(?:(?:was|were)\s+(?:associated|linked)\s+with|led\s+to|resulted\s+in|produced|brought|yielded)\s+(?:an?\s+)?(?:[a-z]+\s+)?"
    r"(?:increase|improvement|rise|gain|prolongation|reduction|decrease)\s+(?:in|of)"
)
_ACTED = re.compile(
    rf"(?:\s+(?:arms?|group|treatment|therapy))?(?:,[^,;.()\d]*,)?\s+(?:[a-z]+ly\s+)?(?:had\s+)?(?:{_IMPROVED}|{_LED_TO})\s+(?:both\s+)?(?:the\s+)?[^;]*$",
    re.IGNORECASE,
)
"""Stands between an arm that is the subject and what it changed: ``A raised the ORR from 40%``."""
_INCIDENCE = re.compile(r"\b(?:incidence|rate|risk|frequency|occurrence)\s+of\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"median_\w+|[A-Z]*FS|OS|(?:>=)?(?:ORR|[sm]?CR\w*|VGPR|PR|CMR|MRD_negativity|DCR)(?:/.*)?"
)


def is_outcome(attribute: str) -> bool:
    """Whether a measure is an outcome that each patient has once."""
    return _OUTCOME.fullmatch(attribute) is not None


def changed_by(first: Fact, text: str, arms: Sequence[Span]) -> tuple[Span, Span] | None:
    """(the arm of the figure behind ``from``, that of the one behind ``to``) of ``A raised the ORR from 40% to 64%``.

    None where no arm is told to have changed an outcome that is measured once.

    Args:
        first: the fact of the figure behind ``from``.
        text: the sentence.
        arms: the study's arms.
    """
    if len(arms) != _TWO:
        return None
    for arm, other in (arms, arms[::-1]):
        label = first.group_label if first.group == frozenset(arm.ids) else arm.text
        said = list(re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", text[: first.start]))
        behind = text[said[-1].end() : first.start] if said else ""
        outcome = is_outcome(first.attribute) or _INCIDENCE.search(behind)
        if behind and outcome and other.text not in behind and _ACTED.match(behind):
            return other, arm
    return None


_ON = r"(?:\s*\([^()]*\))?\s+(?:with|on|in|for|after|of)\s+(?:the\s+)?(?P<arm>[^,;.()\d]+?)(?:\s+(?:arm|group))?"
_IN_WHOM = re.compile(
    rf"{_ON}\s+(?:in|among|for)\s+(?:the\s+)?(?:(?:patients|those)\s+(?:with\s+)?)?(?:an?\s+)?", re.IGNORECASE
)
_AT = re.compile(rf"(?:{_ON})?\s+(?:at|by|after)\s+", re.IGNORECASE)
_AND = re.compile(
    r"[^,;.\d]*\b(?:and|versus|vs\.?|compared\s+(?:with|to)|against|but)\s+(?:only\s+|in\s+)?", re.IGNORECASE
)


def of_both_arms(facts: Sequence[Fact], arms: Sequence[Ids], spans: Sequence[Span], text: str) -> list[Fact]:
    """``72% with A and 57% with B in women at 2 years``: what stands behind the second of two arms' figures is of both.

    Args:
        facts: those of a sentence, in order of place.
        arms: ids of the study's arms.
        spans: what the sentence names.
        text: the sentence.
    """
    result = list(facts)
    for i in range(len(result) - 1):
        a, b = result[i], result[i + 1]
        own = tuple(sorted(a.group))
        arm = next((x for x in arms if set(x) <= b.group), None)
        if arm is None or arm == own or own not in arms or a.attribute != b.attribute or not a.attribute:
            continue
        if not _AND.fullmatch(re.sub(r"\([^()]*\)", "", text[a.end : b.start])):
            continue
        whom = next((s for s in spans if s.kind == "group" and set(s.ids) == b.group - set(arm)), None)
        if whom and _IN_WHOM.fullmatch(text[b.end : max(whom.start, b.end)]):
            a = replace(a, group=a.group | set(whom.ids), group_label=f"{whom.text} {a.group_label}")
        time = next((s for s in spans if s.kind == "time" and s.ids == (b.time_point,)), None)
        if time and not a.time_point and _AT.fullmatch(text[b.end : max(time.start, b.end)]):
            a = replace(a, time_point=b.time_point)
        result[i] = a
    return result
