"""Parts of what was counted, and figures that two groups lay claim to or that nothing tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.kinds import RATIOS
from assistant.facts.pieces import PART_OF
from assistant.model import Fact
from assistant.text.text import WORD_NUMBER


def decided(facts: Sequence[Fact]) -> list[Fact]:
    """The facts; of figures that differ in nothing but their value none keeps its measure."""

    def key(fact: Fact) -> tuple[object, ...]:
        group = (fact.group, fact.grade, fact.cycle)
        return (
            fact.attribute,
            fact.unit,
            fact.time_point,
            *group,
            fact.unit == "patients" and bool(fact.percent),
        )

    seen: dict[tuple[object, ...], set[str]] = {}
    for fact in facts:
        if fact.attribute not in {"", "p_value", "CI", "n_patients", "nct", *RATIOS}:
            seen.setdefault(key(fact), set()).add(fact.percent or fact.value)
    return [replace(f, attribute="") if len(seen.get(key(f), ())) > 1 else f for f in facts]


_OF_THE = re.compile(r"\b(?:of|among)\s+(?:the\s+|these\s+|all\s+)*$", re.IGNORECASE)


_EVENTS = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:deaths|relapses|events|infections|failures|progressions|cases|episodes|discontinuations|recurrences)\b"
)


def _is_part_of(fact: Fact, whole: Fact, text: str) -> bool:
    """``Of the 12 deaths, seven were due to progression``: a smaller count, of no other group or grade, behind the whole."""
    if fact.unit != "patients" or whole.unit != "patients" or whole.total is not None:
        return False
    alike = all(
        getattr(whole, name) == getattr(fact, name) for name in ("attribute", "group", "grade", "time_point")
    )
    smaller = (fact.n or 0) < (whole.n or 0)
    named = bool(_OF_THE.search(text[: whole.start])) and _EVENTS.match(text, whole.end)
    return alike and smaller and bool(named) and ";" not in text[whole.end : fact.start]


def parts_apart(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Eight stopped, five of them because of infection``: the part is not a second figure of the whole."""
    result: list[Fact] = []
    for fact in facts:
        wholes = [i for i, f in enumerate(result) if _is_part_of(fact, f, text)]
        if fact.attribute not in {"", "n_patients"} and wholes:
            for i in wholes:  # a group named behind the part is none of the whole
                if result[i].group_label not in text[: fact.start]:
                    result[i] = replace(result[i], group=frozenset(), group_label="")
            result.append(replace(fact, attribute=""))
            continue
        whole = any(
            f.attribute == fact.attribute and f.group == fact.group and f.grade == fact.grade for f in result
        )
        part = (
            fact.unit == "patients"
            and fact.attribute not in {"", "n_patients"}
            and PART_OF.match(text, fact.end)
        )
        result.append(replace(fact, attribute="") if whole and part else fact)
    return result


_WERE = re.compile(r"\s+(?:patients\s+)?(?:was|were)\s+(?:primary\s+|also\s+)?", re.IGNORECASE)


def predicates_apart(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``two were refractory and one died``: what is said of the two is no group of the one."""
    result: list[Fact] = []
    for fact in facts:
        before = result[-1] if result else None
        if before is not None and fact.group and fact.group == before.group and before.unit == "patients":
            said = _WERE.match(text, before.end)
            own = said is not None and text.startswith(fact.group_label, said.end())
            if own and fact.group_label not in text[fact.end :] and fact.unit == "patients":
                fact = replace(fact, group=frozenset(), group_label="")
        result.append(fact)
    return result


def listed_parts(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Seven patients relapsed: three with A, one with B and three with C``: parts that add up are of the same."""
    colon = text.find(": ")
    before = [f for f in facts if f.end <= colon]
    after = [f for f in facts if f.start > colon]
    whole = before[-1] if colon > 0 and before else None
    if whole is None or whole.unit != "patients" or whole.attribute in {"", "n_patients"} or len(after) < 2:
        return list(facts)
    counted = all(f.attribute in {"", "n_patients"} and f.n is not None for f in after)
    if not counted or sum(f.n or 0 for f in after) != whole.n:
        return list(facts)
    return [_part_told(f, whole, text) if f in after else f for f in facts]


_TOLD_BY = re.compile(
    rf"\s+(?:patients\s+)?(?:with|had|in|of)\s+(?P<what>[^,;.]+?)(?=,|;|\.|\s+and\s+(?:\d|{WORD_NUMBER}\b)|\s*$)",
    re.IGNORECASE,
)


def _part_told(part: Fact, whole: Fact, text: str) -> Fact:
    """A part of a count under the whole's attribute, of those that the words behind it tell."""
    told = _TOLD_BY.match(text, part.end)
    if told is None:
        return replace(part, attribute="")
    words = re.findall(r"[a-z0-9]+", told["what"].lower())
    return replace(
        part, attribute=whole.attribute, group=whole.group | {"-".join(words)}, group_label=told["what"]
    )


def one_arm(facts: Sequence[Fact], arms: Sequence[tuple[str, ...]]) -> list[Fact]:
    """The facts; a figure that two arms lay claim to belongs to neither."""
    result: list[Fact] = []
    for fact in facts:
        claimed = [a for a in arms if fact.group >= set(a)]
        apart = [a for a in claimed if not any(set(a) < set(b) for b in claimed)]
        if len(apart) > 1 and fact.attribute in RATIOS:  # of one arm against the other
            rest = fact.group - {i for a in apart for i in a}
            fact = replace(fact, group=rest, group_label=fact.group_label if rest else "")
        several = len(apart) > 1 and fact.attribute not in {*RATIOS, "p_value", "CI"}
        everyone = several and fact.attribute == "n_patients" and len(apart) == len(arms)
        attribute = fact.attribute if everyone else ""  # "264 adults had A or B"
        result.append(
            replace(fact, attribute=attribute, group=frozenset(), group_label="") if several else fact
        )
    return result


def of_all_parts(facts: Sequence[Fact]) -> list[Fact]:
    """``326 patients given A (n = 231) or B (n = 95)``: the number in front is of all, not of those on A."""
    counts = [f for f in facts if f.attribute == "n_patients" and f.n is not None]
    wholes = {
        first.start
        for first, second, third in zip(counts, counts[1:], counts[2:], strict=False)
        if first.group == second.group != third.group and first.n == (second.n or 0) + (third.n or 0)
    }
    return [replace(f, group=frozenset(), group_label="") if f.start in wholes else f for f in facts]


def of_those(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``ten on B had it, and one of the ten died``: the part is of the group of those counted before."""
    result: list[Fact] = []
    for fact in facts:
        named = fact.total is not None and re.search(
            r"\bof\s+(?:the|these|those)\b", text[fact.start : fact.end]
        )
        whole = (
            [f for f in result if f.n == fact.total and f.total is None and f.unit == "patients"]
            if named
            else []
        )
        one = whole[-1] if whole and whole[-1].group and fact.attribute else None
        result.append(replace(fact, group=one.group, group_label=one.group_label) if one else fact)
    return result


_MUCH = 1.3


def smaller_parts(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``22% (14/63) with A; in those who had B before it was 18% (8/45)``: the later figure is of fewer, and no second one of A."""
    result: list[Fact] = []
    for fact in facts:
        whole = next(
            (
                f
                for f in result
                if f.attribute == fact.attribute
                and (f.group, f.time_point, f.grade) == (fact.group, fact.time_point, fact.grade)
                and f.total is not None
                and fact.total is not None
                and f.total >= _MUCH * fact.total
                and ";" in text[f.end : fact.start]
            ),
            None,
        )
        counted = fact.attribute not in {"", "n_patients"}
        result.append(replace(fact, attribute="") if whole is not None and counted else fact)
    return result


_OF_THE = re.compile(r"(?:^|[;.]\s*)\W*(?:of|among)\s+(?:the\s+)?$", re.IGNORECASE)
_THEN_DID = re.compile(r"\s+(?:patients\s+)?[^,;.()\d]{3,60},\s+(?:only\s+|as\s+many\s+as\s+)?")


def of_arm_counted(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Of the 144 patients given A, 114 responded (79%), against 85 (60%) on B``: the 114 are of A, and the 85 of B."""
    result = list(facts)
    for i in range(len(result) - 1):
        base, told = result[i], result[i + 1]
        counted = base.attribute == "n_patients" and base.group and _OF_THE.search(text[: base.start])
        if not counted or not told.attribute or told.unit != "patients" or told.group == base.group:
            continue
        later = result[i + 2] if i + 2 < len(result) else None
        swapped = later and later.attribute == told.attribute and later.group == base.group
        if _THEN_DID.fullmatch(text, base.end, told.start) and (swapped or not told.group):
            if later and swapped and told.group:
                result[i + 2] = replace(later, group=told.group, group_label=told.group_label)
            result[i + 1] = replace(told, group=base.group, group_label=base.group_label)
    return result
