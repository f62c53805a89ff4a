"""How a figure, a measure, a group and a time point stand to each other in a piece of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts_groups import Ids
from assistant.facts_one_sided import is_of_part, of_those_and_others, one_sided
from assistant.facts_order import compared_with, leads
from assistant.facts_pieces import Piece
from assistant.spans import Span
from assistant.spans_numbers import LIST_SEPARATOR

RATE_UNITS = frozenset({"%", "patients"})


_PATIENT_PHRASE = re.compile(
    r"(?:[^,;.()]|\.(?=\d)|\([^()]*%[^()]*\))*?(?=\band\s+(?:in\s+|by\s+|for\s+)?\d|\b(?:versus|vs)\b|\b(?:received|were|was|had|achieved|underwent|who|whose|experienced|enrolled|got)\b|[,;.()]|$)"
)


_ITS_SHARE = re.compile(r"\s*\([<>\u2264\u2265]?\s*\d[\d.,]*\s?%\)")
"""``21 (31%) cases in the one arm``: the share behind a count."""
_DONE_TO = re.compile(
    r"[^,;.]{0,40}\b(?:received|underwent|proceeded\s+to|given|had|performed\s+in|carried\s+out\s+in|done\s+in|given\s+to|"
    r"offered\s+to|used\s+in)\b[^,;.]{0,40}"
)


_PREDICATE = re.compile(
    r"[^,;.()]*(?:\([^()]*\))?\s*(?:were|was|had|carried)\s+(?:[\w-]+\s+)?(?:(?:with|to|on)\s+)?(?:the\s+)?"
)


_EITHER = re.compile(r"\s*(?:arms?|groups?)?\s*(?:\([^()]*\)\s*)?or\s+(?:the\s+|to\s+)*", re.IGNORECASE)
_COLON = re.compile(r"\s*(?:arms?|groups?|cohorts?)?\s*:\s*", re.IGNORECASE)


_OPENS = re.compile(
    r"\s*(?:in|among|for|within|of)\s+(?:the\s+|all\s+|those\s+|our\s+)*(?:[\w-]+\s+)?"
    r"(?:(?:patients|participants|cases|subjects|adults|children|subgroup|subset|group|cohort)\s+)?"
    r"(?:with\s+|without\s+|of\s+|who\s+(?:had|were)\s+|having\s+|aged\s+)?(?:an?\s+|the\s+|patients\s+with\s+)?",
    re.IGNORECASE,
)
_OF_MEASURE = re.compile(
    rf"(?:[^,;.()]*\s)?(?:[A-Z]*FS|OS|ORR|CR|DOR|survival|rates?|mortality){_OPENS.pattern}", re.IGNORECASE
)
"""``Two-year OS in patients aged 60 or older was 58% with A``: the whole sentence speaks of them, too."""
_THEN_WAS = re.compile(r"\s*(?:patients\s+|disease\s+|years\s+)?(?:was|were|reached)\b")
_CONTRAST = re.compile(
    r"\b(?:versus|vs\b\.?|respectively)|\b(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)\b",
    re.IGNORECASE,
)


Pair = tuple[Span, Span | None, tuple[Span, ...], Span | None]
"""A figure, its measure, its groups and its time point."""


@dataclass(slots=True)
class Carry:
    """What a later piece of a sentence may rest on: what was named before, and the study's arms."""

    groups: list[Span] = field(default_factory=list)
    subset: tuple[Span, ...] = ()
    measures: list[Span] = field(default_factory=list)
    recent: list[Span] = field(default_factory=list)
    """The measures named since a group was named last, which ``the figures`` may mean together."""
    times: list[Span] = field(default_factory=list)
    last_times: list[Span] = field(default_factory=list)
    """The time points that the piece before named itself."""
    grades: list[Span] = field(default_factory=list)
    arms: list[Span] = field(default_factory=list)
    threshold: str = ""
    grade: str = ""
    """The one grade that the piece before named."""
    turn: list[tuple[Span, ...]] = field(default_factory=list)
    """The groups of the figures of the piece before, where it told them one by one."""
    headings: list[tuple[int, Span]] = field(default_factory=list)
    """(where its clause ends, group) of each group that heads a clause."""
    unsure: bool = False
    """Whether the piece before told groups one by one that nobody knows, so that later figures need not be the arms'."""

    def heading(self, piece: Piece) -> tuple[Span, ...]:
        """The group that heads the clause which a later piece of it belongs to."""
        return tuple(g for end, g in self.headings if g.end <= piece.start < end)[-1:]

    def remember(self, piece: Piece) -> None:
        """Keep what ``piece`` names."""
        groups, values = piece.of("group"), piece.values()
        if piece.of("measure") or piece.of("grade"):
            grades = {s.ids[0] for s in piece.of("grade")}
            self.grade = next(iter(grades)) if len(grades) == 1 else ""
        if groups:
            more = not piece.of("measure") and not {g.ids for g in groups} & {g.ids for g in self.groups}
            self.groups = self.groups + groups if more else groups
            counted = len(values) == 1 and values[0].unit == "patients"
            of_arms = {g.ids for g in groups} <= {a.ids for a in self.arms}
            if not (of_arms and self.subset and not counted):
                # "received allogeneic | stem cell transplantation" names one group twice
                named = tuple({g.ids: g for g in reversed(groups)}.values())[::-1]
                self.subset = named if counted and len(named) <= 2 else ()
        measures = piece.of("measure")
        self.recent = measures if groups and measures else self.recent + measures
        self.measures = piece.firm() or self.measures
        self.last_times = piece.of("time")
        self.times = self.last_times or self.times
        self.grades = piece.of("grade") or ([] if measures else self.grades)


def contrasted(
    values: Sequence[Span],
    measures: Sequence[Span],
    groups: list[Span],
    times: Sequence[Span],
    text: str,
    carry: Carry,
) -> list[Span]:
    """The groups of figures set against each other where the piece names no arm, or one of two."""
    n, m = len(values), len(measures)
    if n == 2 and m == len(groups) == 1:
        pair = _measured_against(values, groups[0], text, carry) or of_those_and_others(
            values, groups[0], text, carry.subset, carry.arms
        )
        of_arm = groups[0].ids in {a.ids for a in carry.arms}
        if pair := pair or one_sided(values, groups[0], text, alone=len(carry.arms) < 2, of_arm=of_arm):
            return pair
    if n < 2 or n % m or (m == 1 and len(times) == n):
        return groups
    if n == 2 == len(carry.arms) and len(groups) == 2 and set_against(values, text):
        told = {a.ids for a in carry.arms}
        heads = [
            g
            for g in groups[:1]
            if g.ids not in told and g.end <= values[0].start and heads_sentence(g, text)
        ]
        if heads and groups[1].ids in told:  # "in men the ORR was higher with A (60% vs. 40%)"
            return [headed(g, heads) for g in contrasted(values, measures, groups[1:], times, text, carry)]
    many = n // m
    arms = carry.arms
    armed = [g for g in groups if g.ids in {a.ids for a in arms}]
    if len(groups) > n == len(armed) == len({g.ids for g in armed}):
        heads = [g for g in groups if g not in armed and g.end <= values[0].start and heads_sentence(g, text)]
        return [headed(g, heads) for g in armed]
    if many != len(arms) or many < 2 or not all_linked(values, text):
        return groups
    ids = [g.ids for g in groups]
    own = [a for a in arms if a.ids in ids]
    if not groups and len(carry.groups) != many:
        return [] if carry.unsure else arms
    if many == 2 and len(groups) == 1 and _left_out(groups[0], values, text):
        has = tuple(i.removeprefix("no-") for i in groups[0].ids)
        return [replace(groups[0], ids=has, text=groups[0].text), groups[0]]
    if groups and not own and len(groups) == 1:
        if groups[0].ids == ("responders",) and measures[0].ids[0] in {
            "relapse",
            "CIR",
            "sustained_response",
        }:
            return arms
        if n == 2 and set_against(values, text) and is_of_part(measures[0], groups[0], text):
            return groups
        return [replace(a, ids=(*a.ids, *groups[0].ids), text=f"{groups[0].text} {a.text}") for a in arms]
    said = re.compile(r"\brespectively\b").search(text, values[-1].end)
    named = len(carry.groups) == many and not groups  # "in that order" is theirs
    if said and not named and len(groups) < many and all(g.start > said.start() for g in groups):
        return arms
    rest = [g for g in groups if g not in armed and g.start > values[-1].end]
    if len(own) == len(armed) == 1 and many == 2 and len(groups) == 1 + len(rest):
        other = [a for a in arms if a.ids != own[0].ids]
        # "(21% vs. 15%) were seen with A" gives A's figure first, "21% vs. 15% with A" gives it last
        after = armed[0].start > values[-1].start and ")" not in text[values[-1].end : armed[0].start]
        after = (after and not leads(armed[0], values, text)) or compared_with(armed[0], text)
        return [headed(g, rest) for g in ([*other, own[0]] if after else [own[0], *other])]
    return groups


_THAN = re.compile(r"\b(?:than|versus|vs\.?|against|compared\s+(?:with|to))\s", re.IGNORECASE)
_THEN_FIGURE = re.compile(r"\s*(?:patients|groups?|arms?|cohorts?)?\s*[(:,]?\s*(?:at\s+)?", re.IGNORECASE)


def _measured_against(values: Sequence[Span], group: Span, text: str, carry: Carry) -> list[Span]:
    """``81% was no better than that of the others (64%)``: the second figure's group, and what it is set against."""
    first, second = values
    if not first.end <= group.start or not _THAN.search(text, first.end, group.start):
        return []
    if not _THEN_FIGURE.fullmatch(text, group.end, second.start):
        return []
    others = [a for a in carry.arms if a.ids != group.ids]
    if len(carry.arms) == 2 and len(others) == 1:
        return [others[0], group]
    if all(i.startswith("no-") for i in group.ids):
        has = tuple(i.removeprefix("no-") for i in group.ids)
        return [replace(group, ids=has, text=next((s.text for s in carry.subset if s.ids == has), "")), group]
    return [replace(group, ids=(), text=""), group]


def heads_sentence(group: Span, text: str) -> bool:
    """``In patients with a mutation, …``: the whole sentence speaks of a subgroup; not ``In mice, …``."""
    if "preclinical-model" in group.ids:
        return False
    behind = _OF_MEASURE.fullmatch(text, 0, group.start) and _THEN_WAS.match(text, group.end)
    return bool(behind or _OPENS.fullmatch(text, 0, group.start))


def named_each(groups: list[Span], values: Sequence[Span]) -> list[Span]:
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


def _left_out(group: Span, values: Sequence[Span], text: str) -> bool:
    """``34% of them, compared with 7% of the patients without it``: the second figure's own group."""
    negated = all(i.startswith("no-") for i in group.ids)
    return (
        negated
        and group.start > values[-1].end
        and not re.search(r"[,;.]", text[values[-1].end : group.start])
    )


def all_linked(values: Sequence[Span], text: str) -> bool:
    """Whether figures are listed or set against each other."""
    gaps = [text[a.end : b.start] for a, b in pairwise(values)]
    plain = [re.sub(r"\s*\([^()]*\)", "", g) for g in gaps]
    listed = all(LIST_SEPARATOR.fullmatch(p) or _CONTRAST.search(g) for p, g in zip(plain, gaps, strict=True))
    return listed or bool(re.search(r"\brespectively\b", text[values[-1].end :]))


_ENDS = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)


def is_change(values: Sequence[Span], text: str) -> bool:
    """``rose from 39 to 74 days``, ``between 60% and 70%``: two ends of one change or range, not the figures of two groups."""
    opens = _ENDS.search(text[: values[0].start]) if len(values) == 2 else None
    if opens is None:
        return False
    joint = "to" if opens[0].strip().lower() == "from" else "and"
    return text[values[0].end : values[1].start].strip() == joint


def in_blocks(values: Sequence[Span], groups: Sequence[Span], size: int) -> bool:
    """``ORR and CR were 80% and 60% at 5 mg, and 90% and 70% at 9 mg``: one figure a measure, then the next group."""
    many = len(groups)
    if many < 2 or len(values) != many * size:
        return False
    starts = [values[k * size].start for k in range(many)]
    ends = [values[k * size + size - 1].end for k in range(many)]
    inside = any(a <= g.start < b for g in groups for a, b in zip(starts, ends, strict=True))
    after = all(e <= g.start for g, e in zip(groups, ends, strict=True)) and all(
        g.end <= s for g, s in zip(groups, starts[1:], strict=False)
    )
    before = all(g.end <= s for g, s in zip(groups, starts, strict=True)) and all(
        e <= g.start for g, e in zip(groups[1:], ends, strict=False)
    )
    return not inside and (after or before)


def linked(value: Span, values: Sequence[Span], text: str) -> bool:
    """Whether a figure is one of a list."""
    k = list(values).index(value)
    near = [text[a.end : b.start] for a, b in pairwise(values)][max(0, k - 1) : k + 1]
    return any(LIST_SEPARATOR.fullmatch(re.sub(r"\([^()]*\)", "", g)) for g in near)


def clashes(pair: Pair, others: Sequence[Pair]) -> bool:
    """Whether a figure shares everything but its value with another."""
    value, measure, groups, time = pair
    return any(
        o[0] is not value and o[1] == measure and o[0].text != value.text and o[0].unit == value.unit
        and {g.ids for g in o[2]} == {g.ids for g in groups}
        and (o[3].ids if o[3] else ()) == (time.ids if time else ())
        for o in others
    )  # fmt: skip


def counted_group(value: Span, groups: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The groups that say which patients a count counts."""
    headed = [g for g in groups if g.end <= value.start and _COLON.fullmatch(text, g.end, value.start)]
    if headed:
        return (headed[-1],)
    each = [g for g in groups if sum((o.start, o.end) == (g.start, g.end) for o in groups) > 1]
    if each and each[0].start > value.end and not re.search(r"\d", text[value.end : each[0].start]):
        return tuple(each)
    after = [g for g in groups if g.start >= value.end]
    if (
        len(after) > 1
        and after[0].ids != after[1].ids
        and _EITHER.fullmatch(text, after[0].end, after[1].start)
    ):
        groups = [g for g in groups if g not in after[:2]]
    begin = share.end() if (share := _ITS_SHARE.match(text, value.end)) else value.end
    phrase = _PATIENT_PHRASE.match(text, begin)
    end = phrase.end() if phrase else value.end
    own = [g for g in groups if value.end <= g.start < max(end, value.end + 2)]
    return (*own, *(g for g in groups if g not in own and _is_done_to(g, value, end, text)))


def _is_done_to(group: Span, count: Span, end: int, text: str) -> bool:
    """``transplantation was performed in 20 patients``: what was done names a subgroup."""
    between = text[group.end : count.start] if group.end <= count.start else text[end : group.start]
    if re.fullmatch(r"\s*[(,]\s*(?:n\s*=\s*)?", between) or re.fullmatch(
        r"\s*,?\s*of\s+whom\s+there\s+were\s*", between
    ):
        return True
    if group.start > count.end and _PREDICATE.fullmatch(text[count.end : group.start]):
        return True
    return bool(_DONE_TO.fullmatch(between))


def set_against(values: Sequence[Span], text: str) -> bool:
    """``15% vs. 5%``: whether two figures are set against each other."""
    between = text[values[0].end : values[-1].start].strip(" %),") if len(values) == 2 else ""
    return bool(between) and _CONTRAST.fullmatch(between) is not None and "respectively" not in between


_ASIDE = re.compile(
    r"\b(?:with|without|due\s+to|because\s+of|after|following|before|despite|owing\s+to)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)


def subjects(measures: Sequence[Span], text: str) -> list[Span]:
    """The measures that a clause is about, without those that only say with or after what."""
    return [m for m in measures if not _ASIDE.search(text[: m.start])]


def of_each_arm(values: Sequence[Span], measures: Sequence[Span], arms: Sequence[Span], text: str) -> bool:
    """``sepsis and infections were more frequent with A (15% vs. 5%)``: a figure an arm, of both measures together."""
    if len(values) != len(arms) or len(arms) != 2 or len(measures) < 2 or measures[-1].end > values[0].start:
        return False
    against = set_against(values, text)
    joined = re.fullmatch(
        r"(?:\s+[\w-]+){0,2}\s*(?:and|or|,)\s+(?:[\w-]+\s+){0,2}", text[measures[0].end : measures[-1].start]
    )
    return bool(against and joined) and "respectively" not in text[values[1].end :]


def of_class(value: Span, name: str) -> bool:
    """Whether a figure's unit suits the class of measures, where a sentence has several classes."""
    if name == "rate":
        return value.unit in RATE_UNITS | {"amount"}
    return bool(value.unit) == (name == "duration") and value.unit not in RATE_UNITS


def coordinated(measures: Sequence[Span], text: str) -> bool:
    """Whether measures are joined by ``and`` or a comma."""
    return all(
        re.fullmatch(r"\s*(?:,|and|or|/|,\s*and)?\s*(?:the\s+)?", text[a.end : b.start], re.IGNORECASE)
        for a, b in pairwise(measures)
    )


_ACHIEVED = re.compile(
    r"\s*(?:%|per\s?cent)?\s+of\s+(?:the\s+|all\s+)?(?:patients|subjects|participants|cases)\s+(?:[a-z]+ed|had|have|reached?|attain|achieve)\s+(?:an?\s+|the\s+)?"
    r"|\s*(?:of\s+(?:the\s+)?(?:patients|them)\s+)?(?:having|developing|experiencing|achieving|attaining|reaching|showing|suffering)\s+(?:from\s+)?(?:an?\s+|the\s+)?"
)
"""``40% of patients achieved a complete remission``."""


def nearest(value: Span, measures: Sequence[Span], text: str = "") -> Span:
    """The measure beside a figure, the last before it, or else the nearest."""
    beside = [m for m in measures if 0 <= m.start - value.end <= 1]
    beside += [m for m in measures if m.start > value.end and _ACHIEVED.fullmatch(text, value.end, m.start)]
    if beside:
        return beside[0]
    before = [m for m in measures if m.end <= value.start]
    return before[-1] if before else min(measures, key=lambda m: abs(m.start - value.end))


def nearest_group(value: Span, groups: Sequence[Span]) -> tuple[Span, ...]:
    """The group that follows a figure closely, or else the nearest."""
    if not groups:
        return ()
    after = [g for g in groups if 0 <= g.start - value.end <= 60]
    return (after[0],) if after else (min(groups, key=lambda g: abs(g.start - value.end)),)


_BESIDE = re.compile(
    r"\s*%?(?:\s*\([^()]*\)|\s*\[[^\]]*\])*(?:\s+(?:of\s+)?(?:the\s+)?(?:patients?|participants|subjects|cases|events|deaths|individuals))?"
    r"(?:\s+(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed)|\s+who\s+(?:[a-z-]+\s+){0,3}[a-z-]+)?"
    r"\s+(?:in|on|with|for|among|from|given|receiving|to|treated\s+with)\s+(?:those\s+(?:given|on|with|in)\s+)?(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)


def arms_beside(
    values: Sequence[Span], groups: Sequence[Span], arms: Sequence[Span], text: str
) -> list[Span]:
    """The arm that each figure names straight behind itself, one a figure; none where one names none.

    ``higher with B: 215 (48%) of 446 patients in the A group reported it, compared with 243 in the B group``.
    """
    own = {a.ids for a in arms}
    found: list[Span] = []
    for value in values:
        behind = [g for g in groups if g.ids in own and _BESIDE.fullmatch(text, value.end, g.start)]
        found += behind[:1]
    return found if len(found) == len(values) == len({g.ids for g in found}) > 1 else []


def time_for(
    measure: Span | None, value: Span, times: Sequence[Span], measures: Sequence[Span]
) -> Span | None:
    """The time point of a figure: the only one, its measure's, or the nearest."""
    if not times:
        return None
    if len(times) == 1:
        return times[0]
    if measure is not None:
        if len(times) == len(measures):
            return times[list(measures).index(measure)]
        before = [t for t in times if t.end <= measure.start]
        if before:
            return before[-1]
    after = [t for t in times if t.start >= value.end]
    return after[0] if after else times[-1]


_DRUG_CLASS = 8
"""Letters from which on the end of a drug's name means it: ``the interferon arm``."""


def of_one_arm(span: Span, arms: Sequence[Ids]) -> Span:
    """A group under its arm's ids where its words are those of one arm alone: ``a covalent inhibitor``."""
    if span.kind != "group" or span.ids in arms or len(arms) < 2:
        return span
    meant = [a for a in arms if set(span.ids) < set(a)]
    if not meant and len(span.ids) == 1 and len(span.ids[0]) >= _DRUG_CLASS and span.ids[0].isalpha():
        meant = [a for a in arms if any(i.removeprefix("with-").endswith(span.ids[0]) for i in a)]
    return replace(span, ids=meant[0]) if len(meant) == 1 else span


def arm_ids(arms: Sequence[frozenset[str]]) -> list[Ids]:
    """The arms' ids in the form that groups carry."""
    return [tuple(sorted(a)) for a in arms]
