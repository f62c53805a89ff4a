"""Two figures beside one group: which of them is the group's, and of whom the other one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.pieces import Piece
from assistant.spans.labels import group_ids
from assistant.spans.opposite import bound_wording, turned
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_BEHIND = re.compile(r"(?:\s*\([^()]*\))?\s+(?:in|among|for|of|with)\s+(?:[\w-]+\s+){0,4}")
_BUT = re.compile(r"[^;:.]*(?:\b(?:but|although|though|yet)\b[^;:.]{0,24}|\b(?:only|just)\s+)")
_RISE = r"(?:higher|longer|better|superior|more\s+(?:frequent|common|often)|increased|greater|best|highest|longest)"
_FALL = r"(?:lower|shorter|worse|inferior|less\s+(?:frequent|common|often)|rarer|reduced|poorer|smaller|decreased|lowest|shortest)"
_HIGHER = re.compile(
    rf"\b(?:(?P<rise>{_RISE})|{_FALL})\s+(?:(?!than\b|and\b|but\b)[\w-]+\s+){{0,4}}?(?:in|among|for|with)\s+(?:the\s+)?(?:(?:patients|those|people|adults|children|cases)\s+)?"
    r"(?:(?:with|who\s+(?:had|were))\s+)?(?:an?\s+)?$"
)
_OPENS = re.compile(r"\s*(?:patients|cases|disease|adults|children|tumou?rs?)?\s*\(")
_HEADS = re.compile(
    r"\W*(?:(?:the\s+)?(?:patients|those|adults|children|cases|people)\s+)?(?:with\s+|who\s+(?:had|were)\s+)?(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_HAD = re.compile(
    rf"(?:\s+(?:patients|disease|status|cases|group|mutations?|deletions?|recipients))*\s+(?:had|have|showed|experienced)\s+(?:an?\s+)?"
    rf"(?:\w+ly\s+)?(?:(?P<rise>{_RISE})|{_FALL})\s+[^,;:()]*\((?:medians?,?\s+)?",
    re.IGNORECASE,
)
"""``Patients with A had a worse 5-year EFS (57% vs. 79%)``."""
_OTHER = {"men": "women", "women": "men"}
_NO_OTHER = frozenset({"all", "adult", "paediatric", "aya", "elderly", "other"})


def one_sided(
    values: Sequence[Span], group: Span, text: str, *, alone: bool, of_arm: bool = False
) -> list[Span]:
    """The groups of two figures of which one alone names its own; none where that is not certain.

    Args:
        values: the two figures, in order.
        group: the one group beside them.
        text: the sentence.
        alone: whether the study has no arms that the figures may be of.
        of_arm: whether the group is one of the study's arms.
    """
    first, second = values
    if group.start > second.end and _BEHIND.fullmatch(text, second.end, group.start):
        return (
            [replace(group, ids=(), text=""), group] if _BUT.fullmatch(text, first.end, second.start) else []
        )
    if not of_arm and group.end <= first.start and _HEADS.fullmatch(text, 0, group.start):
        had = _HAD.fullmatch(text, group.end, first.start)
        if had:
            return _sides(values, group, text, rise=bool(had["rise"]))
    if not alone or group.end > first.start or not _OPENS.match(text, group.end):
        return []
    return other_side(values, group, text)


def other_side(values: Sequence[Span], group: Span, text: str) -> list[Span]:
    """A group said to fare better or worse straight before a bracket of two figures, and those outside it."""
    first = values[0]
    said = _HIGHER.search(text, 0, group.start)
    opened = _OPENS.match(text, group.end)
    if opened and (how := _WITH_THAN.search(text, 0, group.start)) and len(group.ids) == 1:
        has = group.ids[0].removeprefix("no-")
        first_has = how["how"].lower() == "with"
        sides = [
            replace(group, ids=(i,), text=w)
            for i, w in ((has, group.text), (f"no-{has}", f"without {group.text}"))
        ]
        return sides if first_has else sides[::-1]
    if said is None or opened is None or set(group.ids) & _NO_OTHER:
        return []
    if len(text[group.end : first.start]) > _BRACKET_OPENS or "(" in text[opened.end() : first.start]:
        return []
    return _sides(values, group, text, rise=bool(said["rise"]))


_WITH_THAN = re.compile(
    r"\b(?P<how>with|without)\s+than\s+(?:in\s+|among\s+|for\s+)?(?:those|patients|cases|adults|children)\s+(?:with|without)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
"""``more frequent in patients without than in those with A (71% vs. 47%)``."""
_OUTCOME = re.compile(
    r"\b(?:OS|[A-Z]*FS|survival|outcomes?|rates?|relapse|mortality|incidence|NRM|CIR)\s+(?:was|were)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)


def is_of_outcome(group: Span, text: str) -> bool:
    """``OS was worse in those with A (2-year OS, 28% vs. 57%)``: theirs, though ``the benefit was greater`` is an arm's."""
    said = _HIGHER.search(text, 0, group.start)
    return said is not None and bool(_OUTCOME.search(text[: said.start()]))


def _sides(values: Sequence[Span], group: Span, text: str, *, rise: bool) -> list[Span]:
    """A group and those outside it, where the first figure is the higher one if it is said to be."""
    first, second = values
    between = text[first.end : second.start]
    if set(group.ids) & _NO_OTHER:
        return []
    if not re.fullmatch(r"(?:\s*%|\s+months)?\s*(?:vs\.?|versus|against|compared\s+(?:with|to))\s+", between):
        return []
    a, b = number_of(first.text), number_of(second.text)
    if a is None or b is None or a == b or (a > b) != rise:
        return []
    if len(group.ids) == 1 and (other := turned(group.ids[0])):
        return [group, replace(group, ids=(other,), text=bound_wording(group.text, other))]
    ids = tuple(
        _OTHER.get(i) or (i.removeprefix("no-") if i.startswith("no-") else f"no-{i}") for i in group.ids
    )
    return [
        group,
        replace(group, ids=ids, text=f"without {group.text}" if ids[0] == f"no-{group.ids[0]}" else ids[0]),
    ]


_SET_BETWEEN = re.compile(
    r"(?:\s*%|\s+months)?(?:\s*\([^()]*\))?(?:\s+(?:attained|achieved|reached|had|responded)\b[^,;:.()]{0,50})?\s*,?\s*(?:(?:while|whereas|but)\s+it\s+was|in\s+contrast\s+(?:to|with)|(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s+(?:only\s+)?"
)
_OF_OTHERS = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:in|among|for|of|with)\s+(?:the\s+)?(?:(?:\d+|remaining|other)\s+)?(?:(?:patients|those|adults|children|cases)\s+)?"
    r"(?:(?:who\s+(?:were|had)|with|without|aged)\s+)?(?:an?\s+|the\s+)?"
)


def of_those_and_others(
    values: Sequence[Span], group: Span, text: str, subset: Sequence[Span], arms: Sequence[Span]
) -> list[Span]:
    """``Among the 47 aged 60 or older, OS was 44% as opposed to 69% in younger patients``: those counted, and the others."""
    first, second = values
    if len(subset) != 1 or subset[0].ids == group.ids or group.ids in {a.ids for a in arms}:
        return []
    against = _SET_BETWEEN.fullmatch(text, first.end, second.start)
    return [subset[0], group] if against and _OF_OTHERS.fullmatch(text, second.end, group.start) else []


_THAN_THOSE = re.compile(
    r"\b(?:than|from|to|with)\s+(?:(?:that|those|it\s+was)\s+)?(?:of|in|for|among)?\s*$", re.IGNORECASE
)
_WHO_NOT = re.compile(r"\bwho\s+(?:did|had|were|was|have|do)\s+not\b|\bwithout\b|\bnot\s+so\b", re.IGNORECASE)


def set_against_others(values: Sequence[Span], group: Span, text: str) -> list[Span]:
    """``20 were transplanted, and their EFS was higher than that of those who were not (87% vs. 64%)``."""
    if group.end > values[0].start or not all(i.startswith("no-") for i in group.ids):
        return []
    if not _WHO_NOT.search(group.text) or not _THAN_THOSE.search(text, 0, group.start):
        return []
    has = tuple(i.removeprefix("no-") for i in group.ids)
    return [replace(group, ids=has, text=has[0].replace("-", " ")), group]


_WITH_AND = re.compile(
    r"\s*%?(?:\s*\([^()]*\)|\s*\[[^\[\]]*\])?(?:\s+(?:of|in|among)\s+(?:the\s+)?(?:patients|those|adults|children))?\s+(?P<how>with|without)\s+(?:and|versus|vs\.?|but)\s+(?:only\s+|at\s+|in\s+)?",
    re.IGNORECASE,
)
_THEN_HOW = re.compile(
    r"\s*%?(?:\s*\([^()]*\)|\s*\[[^\[\]]*\])?\s+(?:(?:of|in|among)\s+)?(?:the\s+)?(?:(?:patients|those|adults|children)\s+)?(?:with|without)?\s*(?:an?\s+|the\s+|any\s+)?",
    re.IGNORECASE,
)


def with_and_without(values: Sequence[Span], group: Span, text: str, arms: Sequence[Span]) -> list[Span]:
    """``3 months with and 6 months without a mutation``: what both are told by is named once, behind the second figure."""
    first, second = values
    how = _WITH_AND.fullmatch(text, first.end, second.start)
    if how is None or group.start < second.end or not _THEN_HOW.fullmatch(text, second.end, group.start):
        return []
    lacks = group.ids[0].startswith("no-")
    if lacks is (how["how"].lower() == "without"):
        return []
    others = [a for a in arms if a.ids != group.ids]
    if len(arms) == 2 and len(others) == 1:
        return [others[0], group]
    ids = tuple(i.removeprefix("no-") if lacks else f"no-{i}" for i in group.ids)
    bare = re.sub(r"^(?:without|with|no)\s+(?:an?\s+)?", "", group.text)
    return [replace(group, ids=ids, text=bare if lacks else f"without {bare}"), group]


_BRACKET_OPENS = 24
"""Characters from a group to the first figure in the bracket behind it."""


def number_of(figure: str) -> float | None:
    """The first number in a figure; None where it has none."""
    found = re.search(r"\d+(?:\.\d+)?", figure)
    return float(found[0]) if found else None


def is_of_part(measure: Span, group: Span, text: str) -> bool:
    """``the ORR was higher in men (60% vs. 40%)``: of men and women, though the study has arms that it may be of."""
    said = _HIGHER.search(text, measure.end, group.start)
    return said is not None and bool(
        re.fullmatch(r"\s+(?:rates?\s+)?(?:was|were)\s+(?:\w+ly\s+)?", text[measure.end : said.start()])
    )


_ASIDE = r"\s*(?:\([^()]*\)|\[[^\]]*\])?"
_AGAINST = re.compile(
    rf"{_ASIDE},?\s*(?:(?:which\s+)?compares?\s+(?:well\s+|favou?rably\s+)?with|(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|in\s+(?:contrast|comparison)\s+(?:with|to)|versus|vs\.?"
    r"|(?:was|is|being)\s+(?:better|worse|higher|lower|longer|shorter)\s+than)\s+"
    r"(?:only\s+|just\s+|the\s+)?(?:a\s+median\s+of\s+)?(?:an?\s+(?P<rate>histori(?:cal|c)\s+(?:rate|figure|value|median))\s+of\s+)?",
    re.IGNORECASE,
)
_WHO = r"(?P<label>(?:historical|historic|external|earlier|registry)\s+(?:[a-z]+\s+)?(?:controls?|cohorts?|series|comparators?|patients))\b"
_OUTSIDERS = re.compile(
    rf"{_ASIDE}\s*(?:in|for|of|among|with)\s+(?:the\s+|an?\s+|our\s+|their\s+)?(?:\d+\s+)?(?:matched\s+)?{_WHO}",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"\W*(?:(?:in|among|for)\s+)?(?:the\s+|an?\s+)?(?:\d+\s+)?(?:matched\s+)?{_WHO}", re.IGNORECASE
)
_OUTSIDE = ("control",)
_SEVERAL = re.compile(
    rf",?\s+(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s+(?P<figures>\d[\d.]*\s?%(?:(?:,|,?\s+and)\s+\d[\d.]*\s?%)+)"
    rf"(?:,?\s+respectively,?)?\s+(?:in|for|of|among|with)\s+(?:the\s+|an?\s+|our\s+|their\s+)?(?:\d+\s+)?(?:matched\s+)?{_WHO}[^,;.]*",
    re.IGNORECASE,
)


def outsiders_apart(spans: Sequence[Span], text: str, matchers: Matchers) -> tuple[list[Span], list[Piece]]:
    """The other spans, and as a piece of its own ``as against 49% and 66% in a historical cohort``.

    Its figures are of the measures named before, one each, at their times; where they are not as many, of none.
    """
    found = _SEVERAL.search(text)
    if found is None:
        return list(spans), []
    before = [s for s in spans if s.end <= found.start()]
    rest = [s for s in spans if s not in before and s.start >= found.end()]
    given = [
        s for s in spans if s.kind == "value" and found.start("figures") <= s.start < found.end("figures")
    ]
    named = [s for s in before if s.kind == "measure"][-len(given) :]
    if len(named) != len(given) or len({m.ids for m in named}) != len(named):
        return before + rest, []
    own: list[Span] = []
    for measure, value in zip(named, given, strict=True):
        times = [s for s in before if s.kind == "time" and s.end <= measure.start][-1:]
        own += [replace(s, start=value.start, end=value.start) for s in (*times, measure)] + [value]
    ids = tuple(sorted(group_ids(found["label"], matchers)))
    own.append(Span("group", *found.span("label"), found["label"], ids))
    return before + rest, [Piece(found.start("figures"), found.end(), tuple(own))]


def against_outsiders(
    values: Sequence[Span], groups: Sequence[Span], text: str, matchers: Matchers
) -> list[Span]:
    """The groups of two figures one of which is of patients outside the study; none where neither is.

    Where nothing but those outside is named, the other figure's group has no ids.
    """
    if len(values) != 2:
        return []
    first, second = values
    behind = _OUTSIDERS.match(text, second.end)
    between = _OUTSIDERS.match(text, first.end, second.start)
    gap = _AGAINST.fullmatch(text, between.end() if between else first.end, second.start)
    if gap is None:
        return []
    if gap["rate"] and not between and not behind:
        outside = Span("group", *gap.span("rate"), gap["rate"], _OUTSIDE)
    else:
        found = between or behind or _HEADING.match(text)
        if found is None or (between and behind):
            return []
        ids = tuple(sorted(group_ids(found["label"], matchers)))
        outside = Span("group", *found.span("label"), found["label"], ids)
    own = [g for g in groups if g.end <= outside.start or g.start >= outside.end]
    if len({g.ids for g in own}) > 1:
        return []
    other = own[0] if own else Span("group", outside.start, outside.start, "", ())
    leads = outside.start < second.start and not gap["rate"]
    return [outside, other] if leads else [other, outside]
