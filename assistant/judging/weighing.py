"""Whether one side had more of something than another, or did better: by the figures of both, or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, of_fact
from assistant.judging.claims import verdict_line
from assistant.judging.counting import only_counts
from assistant.judging.effects import of_denial, tested
from assistant.judging.sides_claimed import (
    MAKES,
    Claim,
    asks_verdict,
    claim_of,
    undenied,
)
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.selection import grade_meets, number_of, percent_of, same_time
from assistant.studies.conditions import in_months
from assistant.text.text import fold

STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
LEVEL = 0.05
"""p-values from here on are called not significant."""
_FAR = 15.0
"""Percentage points from which on nobody calls two outcomes as good, where no p-value is given."""
_OUTCOMES = ("survival", "response", "remission")
_LASTING = re.compile(
    r"\b(?:prolong\w*|lengthen\w*|extend\w*|longer|shorten\w*|shorter|earlier|sooner)\b", re.IGNORECASE
)
MEANT = (
    (
        re.compile(
            r"\boutliv\w+|\b(?:live[ds]?|surviv\w+) (?:(?:any |significantly |much )?longer|as long as)\b",
            re.IGNORECASE,
        ),
        "OS",
    ),
    (
        re.compile(
            r"\b(?:keep|keeps|kept|hold|held) (?:[\w-]+ ){1,4}(?:away|at bay|in check|under control|off)\b",
            re.IGNORECASE,
        ),
        "PFS",
    ),
    (
        re.compile(
            r"\b(?:responses?|remissions?) (?:hold|held|last(?:ed)?|keep|kept|persist(?:ed)?) (?:any )?longer\b",
            re.IGNORECASE,
        ),
        "DOR",
    ),
)
"""What is measured where a question does not name it."""
_WORKS = re.compile(r"\b(?:work(?:s|ed)?|respond(?:s|ed)?) (?:more|less) often\b", re.IGNORECASE)
_MORE_PEOPLE = re.compile(
    r"\b(?:more|fewer) (?:people|patients?|recipients|participants|subjects|persons|children|adults|cases)\b"
    r"(?! (?:die|had|have|got|get|reach|achiev|respon|relaps|progress|surviv|liv|experienc|develop|discontinu|stop))"
    r"|\b(?:more|fewer) (?:people|patients?) (?:had |have )?(?:got|get|received?|(?:were|was) given|took|take) (?:the )?[\w-]+"
    r"(?: [\w-]+){0,2} than [\w-]+ (?:alone|on its own|by itself|only|monotherapy)\b"
    r"|\b(?:more|fewer) [\w-]+ than [\w-]+ (?:people|patients|recipients|participants|cases)\b"
    r"|\bequally (?:big|large|small)\b|\b(?:bigger|larger|smaller) (?:arm|group|cohort)\b",
    re.IGNORECASE,
)
"""Asks of how many patients two groups were."""
_TRANSPLANTATION = r"\b(?:transplant(?:s|ed|ations?)?|allo-?(?:SCT|HSCT|HCT)|H?SCT)\b"
_TRANSPLANTS = re.compile(
    rf"\b(?:more|fewer|less|rarer|commoner)\b[^?.;]*?{_TRANSPLANTATION}"
    rf"|{_TRANSPLANTATION}[^?.;]*?\b(?:rarer|commoner|(?:more|less) (?:often|frequent|common))\b",
    re.IGNORECASE,
)
"""Asks where more patients were transplanted."""
_TRANSPLANT = "SCT"
_TRANSPLANTED = frozenset({"transplant"})
_NO_DIFFERENCE = re.compile(
    r"\b(?:(?:did|does) not (?:\w+ )?differ|not (?:significantly |statistically )?different"
    r"|no (?:significant )?(?:difference|effect|influence)|similar(?:ly)?|comparable|equally|unaffected|indistinguishable)\b",
    re.IGNORECASE,
)
"""Says of two figures that they are as good as one."""
_NOT = r"\bnot (?:significantly |statistically |clearly )?"
_NOT_MORE = re.compile(
    rf"{_NOT}(?:increased?|higher|longer|prolonged|raised|more (?:frequent|common))\b", re.IGNORECASE
)
_NOR_THIS = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:was|were|is|are|did) not(?=\s*(?:[(,;.]|$))", re.IGNORECASE
)
"""Says of one thing what the clause before denies it is like: ``A was commoner, B was not``."""
_NOT_LESS = re.compile(
    rf"{_NOT}(?:reduced?|lower(?:ed)?|shorter|decreased?|less (?:frequent|common))\b", re.IGNORECASE
)
_NOT_BETTER = re.compile(rf"{_NOT}(?:improved?|better|superior)\b", re.IGNORECASE)
_NOT_WORSE = re.compile(rf"{_NOT}(?:worse|compromised|impaired|inferior)\b", re.IGNORECASE)
LIKE = re.compile(
    r"\b(?:did not differ|similar(?:ly)?|comparable|equally|no difference|indistinguishable)\b", re.IGNORECASE
)
CLAUSE = re.compile(r"[;:]\s|,?\s(?:whereas|while|but|although)\s|,\sand\s")
_SET_APART = re.compile(
    r"^[^\w(]*(?:[(\[][^()\[\]]*[)\]]\W*)?(?:vs\.?|versus|and|or|against|compared (?:with|to))\W*$",
    re.IGNORECASE,
)
"""All that stands between two figures that one sentence sets side by side."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Two figures and what they say to a claim."""

    word: str
    pair: tuple[Fact, Fact]
    p_value: Fact | None
    in_one_sentence: bool = False
    """Whether the other side is told by that sentence alone, in whose words both are best said."""


def weighed(desk: Desk, ask: Ask) -> Draft | None:
    """``Yes``, ``No`` or ``Not significantly`` with the figures of both sides; None where they, or the sides, are not certain."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.values
    if refused or not asks_verdict(ask) or ask.has("why", "list", "count_studies", "max", "min"):
        return None
    put_forward = undenied(fold(ask.focus))
    asked = replace(ask, focus=put_forward) if put_forward else ask
    found = [w for s in ask.studies if (w := _of_study(desk, asked, s)) is not None]
    if put_forward:
        effect = any(p.search(put_forward) for p in MAKES)
        found = [
            replace(w, word=denied) for w in found if (denied := of_denial(w.word, w.p_value, effect=effect))
        ]
    if len(found) != 1:
        return None
    word, pair = found[0].word, found[0].pair
    place = desk.selector.places[pair[0].passage]
    if found[0].in_one_sentence or pair[0].grade != pair[1].grade:
        line = Line(f"{word}: {place.quote}", ((place.id, pair[0].study),), verbatim=True)
        return answered([line], [pair[0].study])
    return with_figures(desk, word, [*pair, *filter(None, [found[0].p_value])])


def with_figures(desk: Desk, word: str, facts: Sequence[Fact]) -> Draft:
    """``Yes: …`` or ``No: …`` with some figures of one study."""
    first, *rest = facts
    lines = [verdict_line(desk, word == "Yes", first)]
    lines[0] = replace(lines[0], text=re.sub(r"^(?:Yes|No)", word, lines[0].text))
    for fact in rest:
        measured = fact.attribute in desk.vocabulary.measures
        said = (
            desk.speaker.statement(fact, whole=not fact.group)
            if measured
            else desk.speaker.characteristic(fact)
        )
        lines.append(of_fact(said, fact))
    return answered(lines, [first.study])


def _of_study(desk: Desk, ask: Ask, study: str) -> _Weighed | None:
    """What the figures of one study say; None where they do not all say the same."""
    claim = claim_of(desk, ask, study)
    if claim is None:
        return None
    if not ask.measures and _TRANSPLANTS.search(ask.focus):
        ask = replace(ask, measures=(_TRANSPLANT, *ask.characteristics), characteristics=())
        claim = replace(claim, part=claim.part - _TRANSPLANTED)
    found = [
        w
        for measure in _measures(desk, ask, study, claim)
        for pair in _pairs(desk, ask, study, claim, measure)
        if (w := _said_of(desk, claim, pair)) is not None
    ]
    alone = claim.other is None
    return replace(found[0], in_one_sentence=alone) if len({w.word for w in found}) == 1 else None


def _measures(desk: Desk, ask: Ask, study: str, claim: Claim) -> list[str]:
    """The measures asked for; those of every outcome where one side is only said to have done better."""
    measures = [m for m in ask.measures if m not in STATISTICS]
    families = ask.families
    if not measures and set(ask.characteristics) <= {"n_patients", "arms"} and _MORE_PEOPLE.search(ask.focus):
        return ["n_patients"] if only_counts(desk, ask, study) else []
    meant = next((m for pattern, m in MEANT if pattern.search(ask.focus)), "")
    if not measures and not families and meant:
        return [meant]
    if not measures and not families and _WORKS.search(ask.focus):
        families = ("response",)
    if not measures and not families and not ask.characteristics:
        families = _OUTCOMES if claim.by_quality else ()
    known = desk.vocabulary.families
    of_families = {m for f in families if f in known for m in known[f].includes}
    return measures or [m for m in desk.selector.measures_of(study) if m in of_families]


def _pairs(desk: Desk, ask: Ask, study: str, claim: Claim, measure: str) -> list[tuple[Fact, Fact]]:
    """Figures of both sides of one measure, or of its median, that are of one time, grade and unit."""
    names = [measure, f"median_{measure}"] if not ask.times else [measure]
    names += [m for m in desk.vocabulary.term(measure).also if m in desk.vocabulary.measures]
    if f">={measure}" in desk.vocabulary.measures and not desk.selector.reported(study, measure):
        names.append(f">={measure}")  # "CR or better"
    for name in reversed(names) if _LASTING.search(ask.focus) else names:
        facts = [f for f in desk.selector.reported(study, name) if is_asked(ask, f)]
        first = [f for f in facts if f.group == claim.side | claim.part]
        if claim.other is None:
            pairs = [p for a in first if (p := _beside(desk, a, facts)) is not None]
        else:
            second = [f for f in facts if f.group == claim.other | claim.part]
            both = [(a, b) for a in first for b in second]
            pairs = [p for p in both if are_alike(*p)] or [p for p in both if _are_set_apart(desk, *p)]
        if any(_misplaced(desk, p) for p in pairs):
            return []
        graded = [p for p in pairs if any(grade_meets(f.grade, ask.grade) for f in p)]
        pairs = graded or [p for p in pairs if all(f.grade == f">={ask.grade}" for f in p)]
        if not ask.grade:
            pairs = [p for p in pairs if not p[0].grade] or pairs
        if pairs:
            beside = [p for p in pairs if p[0].passage == p[1].passage]
            return beside or pairs
    return []


def is_asked(ask: Ask, fact: Fact) -> bool:
    """Whether a figure is of the time and cycle asked about."""
    timed = not ask.times or any(same_time(fact.time_point, t) for t in ask.times)
    return timed and (not ask.cycle or fact.cycle == ask.cycle)


def _beside(desk: Desk, fact: Fact, facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """A figure of some patients with the one of some others that the same sentence gives; None for none or several."""
    own = [f for f in facts if f.passage == fact.passage and f.group and are_alike(fact, f)]
    others = [f for f in own if not f.group & fact.group]
    one = len(others) == 1 and len(own) == len(others) + 1
    return (fact, others[0]) if one else None


def are_alike(a: Fact, b: Fact) -> bool:
    """Whether two figures tell the same of two sides."""
    timed = a.time_point == b.time_point or same_time(a.time_point, b.time_point)
    if not timed or a.cycle != b.cycle or a.grade != b.grade:
        return False
    shares = percent_of(a) is not None and percent_of(b) is not None
    return a.unit == b.unit or "open" in {a.unit, b.unit} or shares


def _are_set_apart(desk: Desk, a: Fact, b: Fact) -> bool:
    """Whether nothing but ``vs.`` stands between two figures, of which one alone may carry the grade of both."""
    first, last = sorted((a, b), key=lambda f: f.start)
    between = desk.selector.quotes[a.passage][first.end : last.start]
    return a.passage == b.passage and a.unit == b.unit and bool(_SET_APART.match(between))


def _misplaced(desk: Desk, pair: tuple[Fact, Fact]) -> bool:
    """Whether each of two figures is told of as many patients as the other's side has."""
    totals = [f.total for f in pair]
    sizes = [
        {f.n for f in desk.selector.reported(own.study, "n_patients") if f.group == own.group and f.n}
        for own in pair
    ]
    return None not in totals and totals[0] != totals[1] and totals[0] in sizes[1] and totals[1] in sizes[0]


def _said_of(desk: Desk, claim: Claim, pair: tuple[Fact, Fact]) -> _Weighed | None:
    """What two figures say to a claim; None where they do not decide."""
    a, b = sizes_of(pair)
    if a is None or b is None:
        return None
    p_value = tested(desk, pair)
    p = number_of(p_value.value) if p_value is not None else None
    below = p_value is not None and p_value.comparator == "<"
    significant = None if p is None else p < LEVEL or (p == LEVEL and below)
    denied = _denied(desk, claim, pair)
    found = (a > b) - (a < b)
    if _is_by_size(desk, pair, found):
        return None
    if claim.sign == 0:
        if claim.by_quality and found == better_end(desk, pair[0]) and not denied:
            return None  # "as good as" of what was better
        less = found == (-better_end(desk, pair[0]) if claim.by_quality else -1)
        far = less and significant is None and abs(a - b) >= _FAR and percent_of(pair[0]) is not None
        word = "Yes" if LIKE.search(denied) or not found else "No" if significant or far else ""
        return _Weighed(word, pair, p_value) if word else None
    wanted = claim.sign * (better_end(desk, pair[0]) if claim.by_quality else 1)
    if claim.significantly and significant is None:
        return None
    if found != wanted or denied or (claim.significantly and not significant):
        return _Weighed("No", pair, p_value)
    doubted = significant is False and (claim.by_quality or claim.as_effect)
    return _Weighed("Not significantly" if doubted else "Yes", pair, p_value)


def _is_by_size(desk: Desk, pair: tuple[Fact, Fact], found: int) -> bool:
    """Whether one side has more cases, and the other one more for its size."""
    if any(percent_of(f) is not None or f.unit != "patients" or f.n is None for f in pair):
        return False
    sizes = [
        {s.n for s in desk.selector.reported(f.study, "n_patients") if s.group == f.group and s.n}
        for f in pair
    ]
    if any(len(of) != 1 for of in sizes) or pair[0].attribute == "n_patients":
        return False
    first, second = ((f.n or 0) / (of.pop() or 1) for f, of in zip(pair, sizes, strict=True))
    return (first > second) - (first < second) != found


def better_end(desk: Desk, fact: Fact) -> int:
    """1 where more of a measure is better, -1 where less is."""
    return -1 if desk.speaker.term(fact.attribute).better == "lower" else 1


def _denied(desk: Desk, claim: Claim, pair: tuple[Fact, Fact]) -> str:
    """The clause that says that two figures do not differ as claimed; "" where their sentence says no such thing."""
    first, last = sorted(pair, key=lambda f: f.start)
    place = desk.selector.places[first.passage]
    if first.passage != last.passage or place.locator.kind is not Kind.SENTENCE:
        return ""
    text = fold(place.quote)
    begins = max((m.end() for m in CLAUSE.finditer(text, 0, first.start)), default=0)
    ends = CLAUSE.search(text, last.end)
    clause = text[begins : ends.start() if ends else len(text)]
    more = (claim.sign if not claim.by_quality else claim.sign * better_end(desk, first)) > 0
    better = (claim.sign if claim.by_quality else claim.sign * better_end(desk, first)) > 0
    denials = (
        _NO_DIFFERENCE,
        _NOR_THIS,
        _NOT_MORE if more else _NOT_LESS,
        _NOT_BETTER if better else _NOT_WORSE,
    )
    return clause if any(p.search(clause) for p in denials) else ""


def sizes_of(pair: tuple[Fact, Fact]) -> tuple[float | None, float | None]:
    """Two figures in one unit; a median that was not reached is above any; None where they cannot be compared."""
    if all(f.unit == "open" for f in pair):
        return None, None
    shares = [percent_of(f) for f in pair]
    if None not in shares:
        return shares[0], shares[1]
    sizes = [_magnitude(f) for f in pair]
    return sizes[0], sizes[1]


def _magnitude(fact: Fact) -> float | None:
    if fact.unit == "open":
        return math.inf
    if (months := in_months(fact)) is not None:
        return months
    return float(fact.n) if fact.n is not None else number_of(fact.value)
