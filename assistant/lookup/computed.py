"""Figures computed from what a review prints: counts, shares, remainders and sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Line, of_fact, support_of
from assistant.model import Derivation, Fact
from assistant.question.reader import Ask
from assistant.selection import percent_of
from assistant.text.text import fold, tokens

_NEGATED = re.compile(
    r"\b(?:not|never|failed to|missed|missing|fell short of|falls? short of|without|n't|did ?n[o']t)\b|n't\b",
    re.IGNORECASE,
)
_BOTH_FORMS = re.compile(
    r"\b(?:how many|number)\b.*\b(?:per ?cent\w*|share|proportion|fraction)\b|%.*\b(?:how many|number)\b"
    r"|\b(?:per ?cent\w*|share|proportion|fraction)\b.*\b(?:how many|number)\b",
    re.IGNORECASE,
)
"""Asks for a number of patients and for their share."""
_DIED = re.compile(r"\b(?:died|die|dead|deaths?|deceased|passed away)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[,;:.?](?:\s|$)|\b(?:and|or|but) (?=(?:how many|how much|what|which|who)\b)", re.IGNORECASE
)
_CONTRASTED = re.compile(
    r"not (?:(?:as|in) )?(?:an? |the )?(?:percent\w*|per cent|shares?|rates?|proportions?|fractions?)\b",
    re.IGNORECASE,
)
"""Says how the figure is wanted, and denies nothing: ``heads, not percentages``."""
_NEGATIVE = re.compile(r"no\b|not\b", re.IGNORECASE)
"""Begins the name of a measure that counts those who did not."""
ADDED = re.compile(
    r"\badd(?:ed|ing|s)?\b|\bsum(?:med|ming)?\b|\btotal\b|\b(?:al)?together\b|\bcombin(?:ed|ing)\b|"
    r"\bin all\b|\b(?:both|all) (?:the )?(?:\w+ )?(?:arms|groups|doses|cohorts)\b|\boverall\b|\bplus\b|"
    r"\bpool(?:ed|ing)\b",
    re.IGNORECASE,
)
"""Asks for a total."""
_NEVER_TREATED = re.compile(
    r"\b(?:never|not|n't|without|fail(?:ed)? to)\b.{0,30}\b(?:infus\w+|treat\w+|dos(?:e|ed|ing)\b|"
    r"therapy|drug|product|cells)|\bnever (?:got|received|had)\b|n't\b.{0,30}\b(?:infus\w+|treat\w+|dosed)",
    re.IGNORECASE,
)
_TREATED_BEHIND = re.compile(
    r"(?:\s+[\w-]+){0,2}\s+(?:(?:were|was|had been|have been)(?: \w+)? (?:infused|treated|dosed|given)"
    r"|(?:received|got)(?: the)?(?: \w+)? (?:infusion|treatment|therapy|drug|product|cells))\b",
    re.IGNORECASE,
)
"""Behind the lesser of two numbers of one sentence it says that these were treated."""
_OF_ALL = re.compile(r"(?:^|[.;]\s+)Of\s+(?:the\s+)?$")
_MATCHED = re.compile(r"\bmatch(?:ed|ing)\b")
_PER_GROUP = re.compile(
    r"\s*(?:patients|pairs)?\s*(?:per|in\s+each|in\s+either)\s+(?:group|arm|cohort|side)\b"
)
_TOTAL = re.compile(
    r"\badding\b|\badd(?:ed)? (?:up|together)\b|\bsum\b|"
    r"\b(?:(?:all ?)?together|in total|total|in all|combined|or (?:worse|higher|above|more|IV|4)|at least)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:al)?together\b|\bsum(?:med)?\b|\btotal\b|\badded up\b", re.IGNORECASE)
"""Asks for a total in so many words."""
_WORKED_OUT = re.compile(
    r"\b(?:calculat\w*|comput\w*|work(?:s|ed)? out|correspond\w*|roughly|approximately|absolute|in numbers|equal\w*"
    r"|translat\w*|amounts? to|would (?:that|this) be|is that|are that|number of (?:patients|people))\b",
    re.IGNORECASE,
)
"""Asks for a number that an estimate stands for."""
_BARE = re.compile(
    r"\bhow many (?:(?:then|also|actually|still|later|ever|had|have|were|was) )*(?:died|responded|relapsed|progressed|survived|lived"
    r"|reached|achieved|attained|remitted|recovered|discontinued|stopped|dropped|transplanted|alive|dead)\b",
    re.IGNORECASE,
)
"""Asks how many with no word for patients, heads or numbers: the printed share says so, too."""
_BEFORE_GROUP = re.compile(r"^(?:for|in|among|with)\s+(?:the\s+)?")
_NO = "no-"
"""Stands before the id of a group in that of the others."""
_COUNTED = frozenset({"rate", "event", "count"})
"""Kinds of measures of which a share of patients is a number of patients."""


def figure_line(desk: Desk, ask: Ask, fact: Fact) -> Line:
    """The sentence for one figure, or for the count or share computed from it where that was asked."""
    if fact.attribute == "n_patients" and fact.group and ask.wants == "percent" and not fact.percent:
        arms = desk.review.arms.get(fact.study, {}).values()
        own = max((ids for ids in arms if ids < fact.group), key=len, default=frozenset())
        sizes = [f.n for f in desk.selector.reported(fact.study, "n_patients") if f.group == own and f.n]
        enrolled = (sizes[0] if sizes else None) if own else desk.selector.total(fact.study)
        if enrolled:
            return _share_of(desk, fact, enrolled)
    if fact.attribute not in desk.vocabulary.measures:
        return of_fact(desk.speaker.characteristic(fact), fact)
    matched = _is_of_matched(desk, fact)
    whole = _matched_size(desk, fact) if matched else _whole_of(desk, fact)
    total = fact.total or (whole.n if matched and whole else None if matched else _size(desk, fact))
    estimated = bool(fact.time_point) and fact.attribute in _time_to_event(desk)
    estimated |= bool(_BARE.search(ask.focus)) and not ask.values
    if ask.wants == "count" and _only_shared(desk, fact):
        if counted := counted_as(desk, fact):
            return of_fact(desk.speaker.statement(counted), counted)
        if total and (_WORKED_OUT.search(ask.focus) if estimated else _is_share_of(fact, total)):
            return _count_of(desk, fact, total, whole)
    if total and (fact.n or 0) <= total and ask.wants == "percent" and _only_counted(desk, fact):
        return _share_of(desk, fact, total)
    parted = any(f.group for f in desk.selector.facts(fact.study, fact.attribute))
    return of_fact(desk.speaker.statement(fact, whole=parted and not fact.group), fact)


def remainder(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """``How many did not reach CR?``: N less n; None where that was not asked or N is not known."""
    counted = [f for f in facts if f.n is not None]
    facts = counted if len(counted) == 1 and len({(f.attribute, f.group) for f in facts}) == 1 else facts
    if ask.wants != "count" or len(facts) != 1:
        return None
    died = facts[0].attribute == "OS" and _DIED.search(ask.focus) is not None
    if denies(ask, facts[0].attribute) == died:
        return None
    if _NEGATIVE.match(desk.speaker.term(facts[0].attribute).name):
        return None  # "how many did not respond" is the number with no response itself
    fact, whole = facts[0], _whole_of(desk, facts[0])
    total = fact.total or (whole.n if whole else None)
    if not total or fact.n is None or fact.attribute not in desk.vocabulary.measures:
        return None
    left = str(total - fact.n)
    those = f"alive ({_measured(desk, fact)})" if fact.attribute == "OS" else f"with {_measured(desk, fact)}"
    text = f"{left} patients, computed as {total} less the {fact.n} {those}."
    return _computed(text, "remainder", (fact, whole) if whole and not fact.total else (fact,), left)


def denies(ask: Ask, measure: str) -> bool:
    """Whether it is the measure that is denied: ``did not reach CR``, not ``in CR who did not resume``."""
    named = {key for key, term in ask.aliases if term in ask.measures or term == measure}
    clauses = [_CLAUSE_END.split(ask.focus[m.start() :])[0] for m in _NEGATED.finditer(ask.focus)]
    clauses = [c for c in clauses if not _CONTRASTED.match(c)]
    return any(not named or {t.key for t in tokens(c)} & named for c in clauses)


def with_share(desk: Desk, ask: Ask, fact: Fact) -> Fact:
    """The same count where its share is printed with it, where that is asked for; the fact itself without one."""
    if fact.n is None or fact.percent or not (ask.wants == "percent" or _BOTH_FORMS.search(ask.focus)):
        return fact
    same = [f for f in _alike(desk, fact) if f.n == fact.n and f.percent and f.cycle in {"", fact.cycle}]
    return next((f for f in same if f.time_point in {"", fact.time_point}), fact)


def sum_of_grades(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """The patients of several single grades together; None where their total was not asked for.

    A number asked for over a span of grades, or of a grade and higher, is their total.
    """
    single = [f for f in facts if f.grade.isdigit() and f.n is not None and f.unit == "patients"]
    asked = _TOTAL.search(ask.focus) or (ask.grade and not ask.grade.replace(",", "").isdigit())
    apart = len({f.grade for f in single}) == len(single) and len({f.group for f in single}) == 1
    wanted = ask.wants or _TOGETHER.search(ask.focus)
    if not wanted or len(single) < 2 or len(single) != len(facts) or not (asked and apart):
        return None
    total = sum(f.n or 0 for f in single)
    parts = " and ".join(f"{f.n} of grade {f.grade}" for f in single)
    source = f"computed from {parts} ({desk.speaker.short(single[0].attribute)})"
    whole = _whole_of(desk, single[0])
    if ask.wants == "percent" and whole is not None and whole.n:
        share = _percentage(total, whole.n)
        return _computed(f"{share}, {source} of {whole.n} patients.", "percentage", (*single, whole), share)
    return _computed(f"{total} patients, {source}.", "sum", tuple(single), str(total))


def sum_of_arms(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """The patients of several arms together; None where their total was not asked for."""
    arms = set(desk.review.arms.get(facts[0].study, {}).values()) if facts else set()
    counted = [f for f in facts if f.n is not None and f.group in arms and f.attribute != "n_patients"]
    places = {(f.attribute, f.time_point, f.grade, f.cycle) for f in counted}
    apart = len({f.group for f in counted}) == len(counted) == len(facts)
    wanted = ask.wants == "count" or (not ask.wants and _TOGETHER.search(ask.focus))
    if not wanted or len(counted) < 2 or len(places) > 1 or not (apart and ADDED.search(ask.focus)):
        return None
    total = sum(f.n or 0 for f in counted)
    parts = " and ".join(f"{f.n} {desk.speaker.group(f)}" for f in counted)
    measure = desk.speaker.measure(replace(counted[0], unit="patients"))
    text = f"{total} patients, computed from {parts} ({measure})."
    return _computed(text, "sum", tuple(counted), str(total))


def never_treated(desk: Desk, ask: Ask, study: str) -> Line | None:
    """``How many never got the infusion?``: those taken in less those treated; None where not asked."""
    if ask.wants != "count" or not _NEVER_TREATED.search(ask.focus):
        return None
    pair = _taken_in_and_treated(desk, study)
    if pair is None:
        return None
    before, treated = pair
    left = str((before.n or 0) - (treated.n or 0))
    stage = f" ({before.group_label})" if before.group else ""
    noun = "patient" if left == "1" else "patients"
    text = f"{left} {noun}, computed as {before.n}{stage} less the {treated.n} treated."
    return _computed(text, "difference", pair, left)


def all_but(desk: Desk, ask: Ask, study: str) -> Line | None:
    """``How many were not transplanted?`` where only those who were are counted: all less them; else None.

    A group of those without something bears the name of the others behind ``no-``.
    """
    named = [ids for _, ids in ask.groups]
    without = next(iter(named[0]), "") if len(named) == 1 and len(named[0]) == 1 else ""
    if ask.wants != "count" or ask.measures or not without.startswith(_NO):
        return None
    counts = [f for f in desk.selector.reported(study, "n_patients") if f.n]
    whole = next((f for f in counts if not f.group), None)
    those = [f for f in counts if without.removeprefix(_NO) in f.group]
    if whole is None or any(without in f.group for f in counts) or len({f.n for f in those}) != 1:
        return None
    left = str((whole.n or 0) - (those[0].n or 0))
    who = _BEFORE_GROUP.sub("", desk.speaker.group(those[0]))
    text = f"{left} patients, computed as {whole.n} less the {those[0].n} ({who})."
    return _computed(text, "difference", (whole, those[0]), left) if int(left) > 0 else None


def _taken_in_and_treated(desk: Desk, study: str) -> tuple[Fact, Fact] | None:
    """The number of patients at an earlier stage and that of those treated.

    In a cell the earlier number is greater than the study's own; in a sentence the lesser is said to be
    treated.
    """
    counts = [f for f in desk.selector.reported(study, "n_patients") if f.n and f.total is None]
    whole = next((f for f in counts if not f.group), None)
    for fact in counts:
        if whole and fact.group and fact.passage == whole.passage and (fact.n or 0) > (whole.n or 0):
            return fact, whole
    for place in dict.fromkeys(f.passage for f in counts):
        own = [f for f in counts if f.passage == place and not f.group]
        if len(own) == 2 and (own[0].n or 0) > (own[1].n or 0):
            behind = fold(desk.selector.quotes[place])[own[1].end :]
            if _TREATED_BEHIND.match(behind):
                return own[0], own[1]
    return _of_so_many_treated(desk, study)


def _of_so_many_treated(desk: Desk, study: str) -> tuple[Fact, Fact] | None:
    """``Of 50 patients who had apheresis, 42 were infused``: both numbers; None without such a sentence."""
    facts = [f for f in desk.selector.of(study) if f.unit == "patients" and f.n and not f.total]
    for first, second in pairwise(f for f in facts if f.attribute in {"", "n_patients"} and not f.group):
        text = fold(desk.selector.quotes[first.passage])
        opens = first.passage == second.passage and _OF_ALL.search(text[: first.start])
        if opens and (first.n or 0) > (second.n or 0) and _TREATED_BEHIND.match(text[second.end :]):
            return first, second
    return None


def _time_to_event(desk: Desk) -> frozenset[str]:
    """Measures whose shares at a time are estimated, not counted: censored patients are in no count."""
    family = desk.vocabulary.families.get("survival")
    return frozenset(family.includes if family else ()) | {"CIR", "NRM"}


def _only_shared(desk: Desk, fact: Fact) -> bool:
    """Whether a figure is a share of patients that the review nowhere counts; survival at years is none."""
    if fact.unit != "%" or fact.time_point.endswith("year"):
        return False
    counted = any(f.n is not None for f in _alike(desk, fact))
    return not counted and desk.speaker.term(fact.attribute).kind in _COUNTED


_ROUNDED = 0.051
"""Percentage points by which a share printed to one digit may differ from its count."""


def _is_share_of_same(a: float | None, b: float | None) -> bool:
    """Whether two shares are one, printed to one digit."""
    return a == b or (a is not None and b is not None and abs(a - b) < _ROUNDED)


def counted_as(desk: Desk, fact: Fact) -> Fact | None:
    """The ``19/25`` of the same percentage, told of those of the group that were looked at; None where there is no such."""
    same = [
        f
        for f in desk.selector.facts(fact.study, fact.attribute)
        if f.n is not None and f.total and _is_share_of_same(percent_of(f), percent_of(fact))
        if fact.group <= f.group and f.grade == fact.grade and f.time_point == fact.time_point
    ]
    return same[0] if len({(f.n, f.total) for f in same}) == 1 else None


def _is_share_of(fact: Fact, total: int) -> bool:
    """Whether some number of ``total`` patients makes up a percentage as printed; else it is of other patients."""
    share = percent_of(fact) or 0.0
    places = len((fact.percent or fact.value).partition(".")[2].rstrip("% "))
    nearest = 100 * round(share * total / 100) / total
    return bool(abs(nearest - share) <= 0.5 * 10**-places + 1e-6)


def _only_counted(desk: Desk, fact: Fact) -> bool:
    """Whether a figure is a number of patients of which the review nowhere gives the share."""
    if fact.unit != "patients" or fact.n is None:
        return False
    return not any(f.unit == "%" or f.percent for f in _alike(desk, fact))


def _alike(desk: Desk, fact: Fact) -> list[Fact]:
    """All the study gives of the same measure, group and grade, the fact itself included."""
    facts = desk.selector.facts(fact.study, fact.attribute)
    return [f for f in facts if f.group == fact.group and f.grade == fact.grade]


def _size(desk: Desk, fact: Fact) -> int | None:
    """The number of patients of a fact's group."""
    if not fact.group:
        return desk.selector.total(fact.study)
    whole = _whole_of(desk, fact)
    return whole.n if whole else None


def _whole_of(desk: Desk, fact: Fact) -> Fact | None:
    """The fact that gives the number of patients of a fact's group, or None."""
    counts = desk.selector.reported(fact.study, "n_patients")
    return next((f for f in counts if f.group == fact.group and f.n), None)


def _is_of_matched(desk: Desk, fact: Fact) -> bool:
    """Whether a figure is, in its own sentence or where the text gives it again, of patients matched to others."""
    same = [f.passage for f in _alike(desk, fact) if f.value == fact.value]
    return any(_MATCHED.search(desk.selector.quotes[p]) for p in same)


def _matched_size(desk: Desk, fact: Fact) -> Fact | None:
    """``Matching left 80 patients per group``: that number; None where it is not told."""
    told = [f for f in desk.review.facts if f.study == fact.study and f.n and not f.total]
    quotes = desk.selector.quotes
    of_each = [f for f in told if _PER_GROUP.match(fold(quotes[f.passage]), f.end)]
    return next((f for f in of_each if _MATCHED.search(quotes[f.passage])), None)


def _count_of(desk: Desk, fact: Fact, total: int, whole: Fact | None) -> Line:
    speaker = desk.speaker
    count = str(round((percent_of(fact) or 0.0) * total / 100))
    source = f"the {_measured(desk, fact, speaker.value(fact))} and {total} patients"
    noun = "patient" if count == "1" else "patients"
    text = f"About {count} {noun}, computed from {source}."
    return _computed(text, "count", (fact, whole) if whole else (fact,), count)


def _share_of(desk: Desk, fact: Fact, total: int) -> Line:
    share = _percentage(fact.n or 0, total)
    if fact.attribute == "n_patients":
        what, whole = fact.group_label, _whole_of(desk, replace(fact, group=frozenset()))
    else:
        what, whole = _measured(desk, fact), _whole_of(desk, fact)
    text = f"{share}, computed from {fact.n} of {total} patients ({what})."
    return _computed(text, "percentage", (fact, whole) if whole and fact.total is None else (fact,), share)


def _percentage(part: int, whole: int) -> str:
    """A share to one decimal, none where that is 0."""
    return f"{100.0 * part / whole:.1f}".removesuffix(".0") + "%"


def _measured(desk: Desk, fact: Fact, value: str = "") -> str:
    """A measure with its figure, where one is given, and its arm: ``CR rate of 40% in the alpha group``."""
    of = f" of {value}" if value else ""
    return f"{desk.speaker.measure(fact)}{of} {desk.speaker.group(fact)}".rstrip()


def _computed(text: str, operation: str, operands: tuple[Fact, ...], result: str) -> Line:
    return Line(text, support_of(operands), (), Derivation(operation, operands, result))
