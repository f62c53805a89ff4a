"""Conditions a question puts on studies: more than 50 patients, OS above 70 %, before 2015, not reported."""

from __future__ import annotations

import operator
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import number_of, percent_of
from assistant.spans.span import Span
from assistant.text.ages import ends_said
from assistant.text.text import NUMBER_WORDS, ONE_NUMBER_WORD, fold, word_number

_ABOVE = (
    r"more than|over|above|greater than|exceed\w*|higher than|larger than|longer than|bigger than|"
    r"at least|better than|north of|"
    r"surpass(?:ed|es)?|reach(?:ed|es)?|older than|beyond|no fewer than|no less than|not less than|a minimum of|upwards of"
)
_BELOW = (
    r"fewer than|less than|under|below|lower than|smaller than|shorter than|worse than|at most|"
    r"younger than|not more than|no more than|"
    r"up to|a maximum of"
)
_COMPARISONS = (
    ("lt", re.compile(rf"(?:\b(?:{_BELOW})\b|[<≤])\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)),
    ("gt", re.compile(rf"(?:\b(?:{_ABOVE})\b|[>≥])\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)),
)
_AFTER = (
    (
        "gt",
        re.compile(
            r"\s*(?:%|patients?|months?|years?|participants?|people)?\s*(?:or|and) (?:more|over|above|"
            r"higher|longer|older|greater)\b|\+",
            re.IGNORECASE,
        ),
    ),
    (
        "lt",
        re.compile(
            r"\s*(?:%|patients?|months?|years?|participants?|people)?\s*(?:or|and) (?:fewer|less|under|"
            r"below|lower|shorter|younger)\b",
            re.IGNORECASE,
        ),
    ),
)
_INCLUSIVE = re.compile(
    r"at least|at most|reach\w*|[≥≤]|or (?:more|fewer|less|over|above|below|under|higher|lower|longer|shorter|"
    r"older|younger|greater)|no (?:fewer|less|more) than|"
    r"not (?:less|more) than|minimum|maximum|up to",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|no|without|neither|nor|never|lack\w*|missing|n/a|none|cannot)\b|n't\b|\bunreported\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:n/a|not (?:given|reported|available|stated|listed|provided|registered)|missing|no |without|"
    r"lack\w*|unreported|unregistered|blank|"
    r"neither|nor)\b|(?:did|do|does)(?: not|n't) (?:have|give|report|state|list|provide|mention)\b",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\b(?:n/a|not (?:given|reported|available|stated|listed|provided)|missing|blank|empty|unreported)\b",
    re.IGNORECASE,
)
_NOT_BLANK = re.compile(
    rf"(?:\b(?:not|no|never|non|other than|(?:anything|something|all) but|except|rather than|instead of|without)|n't)\W+"
    rf"(?:an? |the |say |show )?"
    rf"(?:{_BLANK.pattern})",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:patients?|people|participants?|children|adults|anyone|anybody|someone|those)(?: who (?:were|"
    r"are))?(?: aged)?(?: of)? "
    rf"(?:{_ABOVE}|{_BELOW}) (?:the age of )?(?:\d|(?:{ONE_NUMBER_WORD})\b)|\baged?\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|from) (\d+(?:\.\d+)?)(?:\s?%)? (?:and|to) (\d+(?:\.\d+)?)(\s?%)?(?![\d-]|\s?(?:years?|months?|weeks?|days?|cycles?)\b)",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\b(?:sizes?|patients?|participants?|people|subjects?|n|enrol\w*|recruit\w*)\b", re.IGNORECASE
)
_OPERATORS = {"eq": operator.eq, "gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}
_UNITS = {"%", "patients", "", "age", "months", "month", "years", "year", "weeks", "week", "days", "day"}
NONE_OF_AGE = re.compile(
    r"\b(?:nobody|no one|no (?:patients?|participants?|children|adults|person)|not (?:a single (?:patient|person)|anyone|anybody)|none)"
    rf"(?: (?:who )?(?:was|were|aged))? (older|younger|above|over|below|under)(?: than)?(?: the age of)? (\d{{1,3}}|{ONE_NUMBER_WORD})\b",
    re.IGNORECASE,
)
"""Bounds the ages of all patients by what none of them was."""
_RAISED = str.maketrans("\u207b\u00b9\u00b2\u00b3\u2074\u2075\u2076", "-123456")
"""Raised figures, of ``10\u207b\u00b3``."""
_PER_CENT = 100
_TWO_ENDS = 2
_IN_MONTHS = {"day": 12 / 365.25, "week": 12 * 7 / 365.25, "month": 1.0, "year": 12.0}


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound that a figure must keep."""

    name: str
    """``eq``, ``gt``, ``gte``, ``lt`` or ``lte``."""
    number: float
    unit: str = ""
    """``%``, ``patients``, ``months`` … or "" where none was said."""
    most: float | None = None
    """The upper bound of ``between 10 and 60``, both included."""

    def holds(self, value: float) -> bool:
        """Whether ``value`` keeps the bound."""
        if self.most is not None:
            return self.number <= value <= self.most
        return bool(_OPERATORS[self.name](value, self.number))

    def of(self, fact: Fact, total: int | None = None) -> bool:
        """Whether a fact's figure keeps the bound."""
        if self.unit == "%":
            share = percent_of(fact, total)
            return share is not None and self.holds(share)
        if fact.attribute == "age_range" or fact.unit == "range":
            ends = years_of_age(fact)
            return bool(ends) and self.holds(max(ends) if self.name.startswith("gt") else min(ends))
        if self.name == "eq" and fact.group:
            return False
        value = (
            float(fact.n)
            if fact.n is not None
            else in_months(fact)
            if self.unit.rstrip("s") in _IN_MONTHS
            else number_of(fact.value)
        )
        return value is not None and self.holds(value)


def negated(text: str) -> bool:
    """Whether a wording turns the question round: not, without, neither …."""
    return bool(_NEGATED.search(_plainly_given(text)))


def wants_missing(text: str) -> bool:
    """Whether what is *not* given is asked for."""
    return bool(_MISSING.search(_plainly_given(text)))


def says_blank(text: str) -> bool:
    """Whether a text speaks of an empty cell (``N/A``), not only of ``no``."""
    return bool(_BLANK.search(_plainly_given(text)))


def _plainly_given(text: str) -> str:
    """``not N/A`` and ``other than N/A`` left out: what is given is asked for."""
    return _NOT_BLANK.sub(" ", fold(text))


def in_months(fact: Fact) -> float | None:
    """A duration in months; None where the fact gives none."""
    value = number_of(fold(fact.value))
    unit = fact.unit.rstrip("s")
    return value * _IN_MONTHS[unit] if value is not None and unit in _IN_MONTHS else None


def condition_of(ask: Ask) -> Condition | None:
    """The bound of ``more than 50 patients`` or ``OS above 70%``; None without one."""
    text = fold(ask.focus)
    if (span := _BETWEEN.search(text)) and not ask.years:
        low, high = sorted((float(span[1]), float(span[2])))
        unit = "%" if span[3] else "age" if _AGED.search(text) else "patients" if _SIZED.search(text) else ""
        return Condition("gte", low, unit, high)
    bounded = [v for v in ask.values if _name(text, v.start, v.end)]
    for value in bounded or ask.values:
        number = float(value.n) if value.unit == "patients" and value.n is not None else number_of(value.text)
        if value.unit in _UNITS and number is not None:
            name = _name(text, value.start, value.end) or _exactly(ask, value)
            if name:
                return Condition(
                    name,
                    number,
                    "age" if value.unit in {"", "patients"} and _AGED.search(text) else value.unit,
                )
    return _of_time(text, ask)


def _exactly(ask: Ask, value: Span) -> str:
    """``eq`` for a number of patients that the studies to be listed or counted have."""
    sizes = not ask.measures and set(ask.characteristics) <= {"n_patients"}
    wanted = value.unit == "patients" and value.total is None and ask.has("list", "count_studies")
    return "eq" if sizes and wanted else ""


def _name(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 30) : start], text[start:end] + text[end : end + 24]
    around = before + after
    tail = text[end : end + 24]
    for name, pattern in _COMPARISONS:
        if pattern.search(before) or pattern.search(text[max(0, start - 30) : start + 1]):
            return name + ("e" if _INCLUSIVE.search(before[-24:]) else "")
    for name, pattern in _AFTER:
        if pattern.match(tail):
            return name + ("e" if _INCLUSIVE.search(around) else "")
    return ""


def _of_time(text: str, ask: Ask) -> Condition | None:
    """A bound in months or years, which reads like a time point: ``follow-up longer than 20 months``."""
    text = _in_digits(text)
    for match in re.finditer(r"\b(\d+(?:\.\d+)?)[- ](month|year|week|day)s?\b", text):
        name = _name(text, match.start(), match.end())
        if name:
            return Condition(name, float(match[1]) * _IN_MONTHS[match[2]], "months")
    if _AGED.search(text) or "median_age" in (*ask.characteristics, *ask.measures):
        for match in re.finditer(r"\b(\d+)\b", text):
            name = _name(text, match.start(), match.end())
            if name:
                return Condition(name, float(match[1]), "age")
    return None


def shares_in(text: str) -> frozenset[float]:
    """The small shares that a text names, in whatever way: ``0.2%``, ``10^-5``, ``10-5``, ``1e-5``."""
    text = fold(text).translate(_RAISED)
    found = [float(m[1]) / _PER_CENT for m in re.finditer(r"(\d+(?:\.\d+)?)\s?%", text)]
    found += [
        10.0 ** -int(m[1])
        for m in re.finditer(r"(?<![\d.])(?:10\s?\^?\s?\(?\s?|1e)[-\u2212]\s?(\d)(?![\d.])", text)
    ]
    return frozenset(round(share, 9) for share in found)


def ends_hold(fact: Fact, text: str) -> bool | None:
    """Whether a range of ages ends as ``whose oldest was under 45`` has it; None where no end is told."""
    text = fold(text)
    if (none := NONE_OF_AGE.search(text)) is not None:
        low, high = years_of_age(fact)[:1], years_of_age(fact)[1:2]
        age = float(NUMBER_WORDS.get(none[2].lower()) or none[2])
        old = none[1].lower() in {"older", "above", "over"}
        return bool(low and high) and (high[0] <= age if old else low[0] >= age)
    told = [(e, Condition(_name(text, e.start, e.end) or "eq", float(e.years))) for e in ends_said(text)]
    ends = years_of_age(fact)
    if not told or len(ends) != _TWO_ENDS:
        return None
    return all(bound.holds(ends[1 if end.upper else 0]) for end, bound in told)


def years_of_age(fact: Fact) -> tuple[float, ...]:
    """The figures of a range of ages in years."""
    per_year = _IN_MONTHS["year"] / _IN_MONTHS.get(fact.unit.rstrip("s"), _IN_MONTHS["year"])
    return tuple(float(n) / per_year for n in re.findall(r"\d+(?:\.\d+)?", fold(fact.value)))


def _in_digits(text: str) -> str:
    """``younger than ten`` with the number in digits."""
    return re.sub(
        rf"\b(?:{ONE_NUMBER_WORD})\b",
        lambda m: str(NUMBER_WORDS.get(m[0].lower(), m[0])),
        text,
        flags=re.IGNORECASE,
    )


# -- years -----------------------------------------------------------------------------------------


def years_hold(fact: Fact, text: str) -> bool | None:
    """Whether a study period meets ``before 2015``, ``still open in 2021``; None without a year."""
    asked = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", fold(text))]
    given = [int(y) for y in re.findall(r"(?:19|20)\d\d", fact.value)]
    if not asked or not given:
        return None
    low, high = given[0], given[-1]
    text = fold(text).lower()
    year = asked[0]
    if re.search(r"\b(?:before|prior to|earlier than|older than)\b", text):
        ended = re.search(r"\b(?:end\w*|finish\w*|complet\w*|clos\w*|stop\w*)\b", text)
        return (high if ended else low) < year
    if re.search(r"\b(?:after|later than)\b", text):
        return (
            low > year
            if re.search(
                r"\b(?:entirely|wholly|completely|exclusively|only|start\w*|beg[aiu]n\w*|open\w*)\b", text
            )
            else high > year
        )
    if re.search(r"\b(?:since|from) \d{4}\b(?! (?:to|until|through|and))", text):
        return low >= year
    if re.search(r"\b(?:by|until) \d{4}\b", text):
        return high <= year
    if re.search(r"\b(?:start\w*|beg[aiu]n\w*|open\w*)\b", text):
        return low in asked
    if re.search(r"\b(?:end\w*|finish\w*|complet\w*|clos\w*|stop\w*)\b", text) and not re.search(
        r"\bnot\b", text
    ):
        return high in asked
    if len(asked) == 2 and re.search(r"\bbetween\b", text):
        return low >= min(asked) and high <= max(asked)
    return all(low <= y <= high for y in asked)


# -- ranks -----------------------------------------------------------------------------------------

_ORDINALS = {
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "runner-up": 2,
}
_SUPERLATIVE = (
    r"(?:largest|biggest|smallest|highest|lowest|best|worst|longest|shortest|most|fewest|oldest|youngest|"
    r"greatest|least|poorest)"
)
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})[- ](?:\w+[- ])?{_SUPERLATIVE}|\b(runner-up)\b", re.IGNORECASE)
_TOP = re.compile(
    rf"\b(?:top|first|bottom) (\w+)\b|\b(\w+) {_SUPERLATIVE}\b"
    rf"|\b{_SUPERLATIVE} (\w+)\b(?![- ](?:year|month|week|day|yr|mo)s?\b)",
    re.IGNORECASE,
)
_ALL_RANKED = re.compile(
    r"\brank(?:ed|ing|s)?\b|\border(?:ed)? (?:\w+ ){0,4}by\b|\bsort\w*\b|\bin (?:descending|"
    r"ascending) order\b|\bin order of\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Places:
    """Which places of a ranking are asked for: from ``first`` to ``last``, 1 being the top."""

    first: int = 1
    last: int = 1


def places_of(text: str) -> Places:
    """``second largest`` -> 2 to 2, ``top three`` -> 1 to 3, ``rank by size`` -> all, otherwise the first."""
    text = fold(text)
    if match := _NTH.search(text):
        place = _ORDINALS[(match[1] or match[2]).lower()]
        return Places(place, place)
    for match in _TOP.finditer(text):
        said = next(g for g in match.groups() if g).lower()
        number = int(said) if said.isdigit() else word_number(said) if said in NUMBER_WORDS else None
        if number and 1 < number <= 20:
            return Places(1, number)
    return Places(1, 99) if _ALL_RANKED.search(text) else Places()
