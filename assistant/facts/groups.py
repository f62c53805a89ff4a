"""The arms of a study and the subgroups that head a sentence, as the groups of its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.spans.span import Span

Ids = tuple[str, ...]


def arm_ids(arms: Mapping[str, frozenset[str]]) -> list[Ids]:
    """The ids of a study's arms, in the form that groups carry and in the order of the arms.

    Args:
        arms: labels of the arms, with their ids.
    """
    return [tuple(sorted(ids)) for ids in dict.fromkeys(arms.values())]


def arm_spans(arms: Sequence[Ids], labels: Mapping[Ids, str]) -> list[Span]:
    """The study's arms as groups that a sentence leaves unsaid."""
    return [Span("group", 0, 0, labels[ids], ids) for ids in arms]


_TOGETHER = re.compile(
    r"\s+(?:arms?\s+|patients\s+|recipients\s+)?(?:and|vs\.?|versus)\s+(?:with\s+|on\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def in_order_named(arms: Sequence[Ids], spans: Sequence[Span], text: str) -> list[Ids]:
    """``PFS was 40% vs. 60% and ORR 50% vs. 70% with B and A``: two arms in the order in which they are named together.

    Only where the sentence names each of them once, behind its first figure.
    """
    named = [s for s in spans if s.kind == "group" and s.ids in arms]
    value = next((s for s in spans if s.kind == "value"), None)
    if len(arms) != 2 or len(named) != 2 or value is None or value.start > named[0].start:
        return list(arms)
    together = named[0].ids != named[1].ids and _TOGETHER.fullmatch(text, named[0].end, named[1].start)
    return [s.ids for s in named] if together else list(arms)


_OPENS = re.compile(
    r"\s*(?:in|among|for|within|of)\s+(?:the\s+|all\s+|those\s+|our\s+)*(?:[\w-]+\s+)?"
    r"(?:(?:patients|participants|cases|subjects|adults|children|subgroup|subset|group|cohort)\s+)?"
    r"(?:with\s+|without\s+|of\s+|who\s+(?:(?:had\s+)?(?:undergone|received|achieved|attained)|underwent|had|were)\s+|having\s+|aged\s+)?(?:an?\s+|the\s+|patients\s+with\s+)?",
    re.IGNORECASE,
)
_OF_MEASURE = re.compile(
    rf"(?:[^,;.()]*\s)?(?:[A-Z]*FS|OS|ORR|CR|DOR|survival|rates?|mortality){_OPENS.pattern}", re.IGNORECASE
)
"""``Two-year OS in patients aged 60 or older was 58% with A``: the whole sentence speaks of them, too."""
_OF_EFFECT = re.compile(
    r"\W*(?:the|this|a|no|an?\s+similar)\s+(?:[a-z]+\s+)?(?:effects?|benefits?|advantage|differences?|improvements?|gains?|superiority)\s+"
    r"(?:[^\W\d]+\s+){0,6}?(?:was|were|is|held|persisted|extended|remained|came|stemmed|resulted|derived|seemed|appeared|disappeared)\s+"
    rf"(?:[a-z]+\s+){{0,4}}?(?:{_OPENS.pattern}|(?:mainly|chiefly|largely|mostly|only|predominantly|primarily)\s+(?:seen\s+|observed\s+)?(?:with|on)\s+(?:an?\s+)?|\s*(?:by|to|from|with|on)\s+(?:the\s+)?(?:[\w-]+\s+)?"
    r"(?:patients|participants|cases|those|subgroup|subset)\s+(?:with\s+|without\s+|of\s+|who\s+(?:had|were)\s+|having\s+|aged\s+)(?:an?\s+|the\s+)?)",
    re.IGNORECASE,
)
"""``The effect was similar in men, 12/20 (60%) of whom responded with A``: the sentence speaks of men."""
_THEN_FIGURES = re.compile(
    r"(?:\s+(?:patients|disease|cases))?\s*(?:,\s+(?:(?:in|of)\s+whom|who|whose|with|where|\d)|[(:])"
)
_ANTECEDENT = re.compile(r"\s*(?:patients|disease|cases|group)?\s*,\s+(?:(?:in|of)\s+whom|whose)\s")
"""``Patients with a mutation, whose OS was 60% with A``: the relative clause speaks of them."""
_PATIENTS = re.compile(
    r"\W*(?:(?:the|only|especially|in\s+particular)\s+)?(?:(?:patients|those|adults|children|cases|people)\s+|carriers\s+of\s+)?(?:with\s+|(?:who|whose\s+disease)\s+(?:had|were|was)\s+|aged\s+)?(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_DID_BETTER = re.compile(
    r"(?:\s+(?:patients|disease|cases|mutations?))?(?:,\s+who\s[^,;:.()]{3,90},)?\s+(?:(?:also|clearly|particularly|mainly|especially|did|seemed\s+to)\s+)*"
    r"(?:(?:did|fared|do|fare)\s+(?:\w+ly\s+)?(?:better|best|worse|well)|benefit\w*|profit\w*|gain(?:ed)?|derived|had|showed|achieved|reached|attained|experienced)\b(?![^;:()]*\bthan\s+(?:those|patients|older|younger|men|women)\b)"
)
"""``Patients aged 65 or older did better on A (60% vs. 40%)``: the figures are theirs."""
_THEN_WAS = re.compile(r"\s*(?:patients\s+|disease\s+|years\s+)?(?:was|were|reached)\b")


def heads_sentence(group: Span, text: str) -> bool:
    """``In patients with a mutation, …``: the whole sentence speaks of a subgroup; not ``In mice, …``."""
    if "preclinical-model" in group.ids:
        return False
    behind = _OF_MEASURE.fullmatch(text, 0, group.start) and _THEN_WAS.match(text, group.end)
    effect = _OF_EFFECT.fullmatch(text, 0, group.start) and _THEN_FIGURES.match(text, group.end)
    subject = _PATIENTS.fullmatch(text, 0, group.start) and _DID_BETTER.match(text, group.end)
    whose = subject or _ANTECEDENT.match(text, group.end)
    return bool(behind or effect or whose or _OPENS.fullmatch(text, 0, group.start))


def named_each(groups: Sequence[Span], values: Sequence[Span]) -> Sequence[Span]:
    """``The rate between the groups was 3% on A vs. 6% on B``: of arms named together and one by one, the latter count."""
    together = [g for g in groups if sum((o.start, o.end) == (g.start, g.end) for o in groups) > 1]
    single = [g for g in groups if g not in together]
    told = {g.ids for g in single}
    if not together or len(told) != len(values) or not told >= {g.ids for g in together}:
        return groups
    return single


def headed(group: Span, heads: Sequence[Span]) -> Span:
    """An arm's group within the subgroups that the sentence speaks of."""
    if not heads:
        return group
    ids = dict.fromkeys((*(i for h in heads for i in h.ids), *group.ids))
    return replace(group, ids=tuple(ids), text=" ".join((*(h.text for h in heads), group.text)))


_DRUG_CLASS = 8
"""Letters from which on the end of a drug's name means it: ``the interferon arm``."""


def of_one_arm(span: Span, arms: Sequence[Ids]) -> Span:
    """A group under its arm's ids where its words are those of one arm alone: ``a covalent inhibitor``."""
    if span.kind != "group" or span.ids in arms or len(arms) < 2:
        return span
    if other := _without(span.ids, arms):
        return replace(span, ids=other)
    meant = [a for a in arms if set(span.ids) < set(a)]
    if not meant and len(span.ids) == 1 and len(span.ids[0]) >= _DRUG_CLASS and span.ids[0].isalpha():
        meant = [a for a in arms if any(_has_drug(i.removeprefix("with-"), span.ids[0]) for i in a)]
    return replace(span, ids=meant[0]) if len(meant) == 1 else span


def _has_drug(arm: str, drug: str) -> bool:
    """Whether an arm's id names a drug or its class: ``the interferon arm``, or one agent of several that it has."""
    return arm.endswith(drug) or drug in arm.split("-")


def _without(ids: Ids, arms: Sequence[Ids]) -> Ids:
    """The ids of the other of two arms where those without what one of them alone had are meant; else empty."""
    bare = {i.removeprefix("no-") for i in ids}
    had = [a for a in arms if bare <= set(a)] if all(i.startswith("no-") for i in ids) else []
    others = [a for a in arms if a not in had and not bare & set(a)]
    return others[0] if len(arms) == 2 and len(had) == len(others) == 1 else ()


_WHO_HAD = re.compile(
    r"\s+who\s+(?:(?:were|had|underwent|received|had\s+received|subsequently|later)\s+)+(?:an?\s+)?"
)
_WHO_HAD_NOT = re.compile(r"(?:those|patients)\s+who\b", re.IGNORECASE)


def within_part(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with the two groups of ``responders who were transplanted`` as one; those who were not are responders, too."""
    result = list(spans)
    groups = [s for s in spans if s.kind == "group"]
    for first, second in pairwise(groups):
        one_each = len(first.ids) == len(second.ids) == 1 and first in result and second in result
        if not one_each or not _WHO_HAD.fullmatch(text, first.end, second.start):
            continue
        both = (*first.ids, *second.ids)
        whole = Span("group", first.start, second.end, text[first.start : second.end], both)
        others = [
            g
            for g in result
            if g.kind == "group" and g.start > second.end and g.ids == (f"no-{second.ids[0]}",)
            and _WHO_HAD_NOT.match(g.text)
        ]  # fmt: skip
        told = [replace(g, ids=(*first.ids, *g.ids)) for g in others]
        result = [s for s in result if s not in (first, second, *others)] + [whole, *told]
    return sorted(result, key=lambda s: (s.start, s.end))
