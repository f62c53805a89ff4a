"""Whether a figure, a bound or a share that a question claims is the one the review gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.draft import Draft, Line, answered, of_fact
from assistant.judging.bounds import Bound, share_claimed, unbounded
from assistant.judging.shares import share_of
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import grade_meets, grade_range, number_of, percent_of
from assistant.spans.span import time_key
from assistant.studies.conditions import in_months
from assistant.text.ages import ages_of_group, printed_range
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Lexicon

ABOVE = re.compile(
    r"\b(?:above|over|more than|exceed\w*|higher than|greater than|better than|at least|or more|"
    r"longer than|larger than|surpass\w*|reach\w*(?! only\b| just\b))\b|>|≥",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"\b(?:below|under|less than|lower than|fewer than|worse than|at most|or fewer|or less|shorter than|"
    r"smaller than)\b|<|≤",
    re.IGNORECASE,
)
_INCLUSIVE = re.compile(r"\bat least|\bor more|\breach|\bat most|\bor fewer|\bor less|[≥≤]", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:was|were|is|are|being)\s+(?:also\s+)?[\w-]+(?:negative|positive|free)\W*$", re.IGNORECASE
)
"""Ends in what is said of all of them, where a state of the patients is a group."""
_PEOPLE = re.compile(r"^(?:patients?|people|persons?|participants?|children|adults)\s+", re.IGNORECASE)
_END = re.compile(
    r"\b(?:(?P<low>minimum|lower|lowest|youngest|starting)|cap(?:ped)?|maximum|upper|highest|oldest|cut-?off|limit)\b",
    re.IGNORECASE,
)
"""Names one end of a range."""
_CLAIMED = {"%", "patients", "", "months", "years", "weeks", "nct", "age", "range", "period"}
_OF_SIZE = re.compile(r"-(?:patients?|person|subject|adult|child|cent(?:er|re))\b", re.IGNORECASE)
"""Behind a number it says which study is meant: ``the 40-patient cohort``."""
_AS_PRINTED = {"nct", "age", "range", "period"}


def verdict_line(desk: Desk, verdict: bool, fact: Fact) -> Line:
    """``Yes: …`` or ``No: …`` with one fact."""
    measured = fact.attribute in desk.vocabulary.measures
    text = desk.speaker.statement(fact) if measured else desk.speaker.characteristic(fact)
    text = text[0].lower() + text[1:] if text.startswith(("In ", "The ")) else text
    return of_fact(f"{'Yes' if verdict else 'No'}: {text}", fact)


_TRANSPLANTED = frozenset({"transplanted", "transplant"})
_GIVEN = re.compile(r"\b(?:receiv\w+|g[eo]t|given|t[ao]ken?|took|treated with|administered)\b", re.IGNORECASE)
"""Says of patients what was done to them, and not who they are."""
_SO_MANY = re.compile(r"\s*(?:of )?(?:the |these |those )?(?P<n>\d+)\b(?!\s*%)")
_WHOLE_NUMBER = 0.1
"""How far a number of patients worked out from a rounded rate may be from a whole one."""
_GRADE = re.compile(r"\bgr(?:ade|\.)", re.IGNORECASE)


def _is_of_events(ask: Ask, bound: Bound) -> bool:
    """Whether all cases of something are said to be so, which is no share of the patients: ``every CRS``, ``all deaths``."""
    behind = [t for t in tokens(fold(ask.focus)[bound.end :]) if t.key not in {"of", "the", "these", "those"}]
    named = {k for k, term in ask.aliases if term in ask.measures}
    events = [t for t in behind[:1] if t.key in named]
    if not ask.grade:  # "did all respond" is a share of patients
        return any(_SEVERAL.fullmatch(t.text) for t in events)
    return bool(_EVENTS.search(ask.focus) or events)


_EVENTS = re.compile(r"\b(?:cases?|events?|episodes?|instances?|occurrences?)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[a-z]+(?<!er)s", re.IGNORECASE)
_LIVED = re.compile(r"\b(?:live[ds]?|alive|surviv\w+)\b", re.IGNORECASE)


def counts_just_them(ask: Ask, size: Fact) -> bool:
    """Whether a question says of all that they were the very patients counted, or got what these did.

    ``R/R ETP-ALL`` leaves others who may have ETP-ALL; those with lymphoma need not be all who got a drug.
    """
    said = {t.key for t in tokens(ask.focus)}
    told = {t.key for t in tokens(size.group_label) if t.text.isalnum()}
    given = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
    if _TRANSPLANTED & size.group and any(k.startswith("transplant") for k in said):
        return True  # all transplants are counted
    return told <= said and (not _GIVEN.search(ask.focus) or bool(told & given))


class Claims:
    """Checks the figures a question claims.

    Args:
        desk: the review's facts and words.
        asked: the facts a question is about.
        measures: finds the measures that a question's words name.
    """

    def __init__(self, desk: Desk, asked: Callable[[Ask], list[Fact]], measures: Lexicon) -> None:
        self.desk = desk
        self.asked = asked
        self._measures = measures

    def claim(self, ask: Ask) -> Draft | None:
        """``Was it 90 %?``, ``more than 20 patients?``: the figure given, with yes or no."""
        if share_claimed(ask) is not None:
            return None
        claims = [v for v in ask.values if v.unit in _CLAIMED and v.text not in ask.studies]
        claims = [v for v in claims if not _OF_SIZE.match(ask.focus, v.end)]
        if (
            not claims
            and ask.times
            and any(self.desk.vocabulary.term(m).kind == "duration" for m in ask.measures)
        ):
            facts = self.asked(replace(ask, times=()))
            if facts and (held := _keeps(ask, facts[0])) is not None:
                return self._answer(ask, held, facts[0])
        if not claims:
            return None
        wanted = ask
        if claims[0].unit == "nct":
            wanted = replace(
                ask,
                characteristics=("nct",),
                studies=tuple(s for s in ask.studies if not _only_by_nct(s, ask)) or ask.studies,
            )
        elif (
            not ask.measures
            and not ask.characteristics
            and not ask.families
            and claims[0].unit == "patients"
            and not ask.groups
        ):
            wanted = replace(ask, characteristics=("n_patients",))
        facts = self._parts(ask, claims[0].unit) or self.asked(wanted)
        if not facts:
            return self._of_another_measure(ask, claims[0].text) if claims[0].unit == "%" else None
        if claims[0].unit in _AS_PRINTED:
            hit = next((f for f in facts if _squeezed(claims[0].text) in _squeezed(f.value)), None)
            return self._answer(wanted, hit is not None, hit or facts[0])
        if claims[0].unit == "patients" and self._is_of_part(ask, facts[0]):
            return None
        if claims[0].unit == "patients" and (aged := self._of_other_ages(ask, facts[0])) is not None:
            return aged
        claim = (
            str(claims[0].n) if claims[0].n is not None and claims[0].unit == "patients" else claims[0].text
        )
        return self._verdict(ask, facts, claim, claims[0].unit)

    def _parts(self, ask: Ask, unit: str) -> list[Fact]:
        """The numbers of patients of the parts of one study that a claimed number is said to be of."""
        if unit != "patients" or len(ask.studies) != 1 or ask.measures or ask.families:
            return []
        sizes = self.desk.selector.reported(ask.studies[0], "n_patients")
        return [f for f in sizes if f.group and any(f.group == ids for _, ids in ask.groups)][:1]

    def _is_of_part(self, ask: Ask, size: Fact) -> bool:
        """Whether the size of the whole study was found where a part is asked about that the study tells apart."""
        if size.attribute != "n_patients" or size.group:
            return False
        told = {i for f in self.desk.selector.reported(size.study, "n_patients") for i in f.group}
        return any(ids & told or any(i in t for i in ids for t in told) for _, ids in ask.groups)

    def _of_other_ages(self, ask: Ask, size: Fact) -> Draft | None:
        """``did it enrol twenty children?`` of a study of all ages: no, by its size and the ages printed; None for other claims."""
        own = self.desk.review.populations.get(size.study, frozenset())
        told = [
            a for _, ids in ask.groups if not ids & own for i in ids if (a := ages_of_group(i)) is not None
        ]
        ages = next(iter(self.desk.selector.reported(size.study, "age_range")), None)
        printed = printed_range(ages.value) if ages else None
        if size.attribute != "n_patients" or size.group or len(told) != 1 or ages is None or printed is None:
            return None
        if told[0][0] <= printed[0] and printed[1] <= told[0][1]:
            return None
        lines = [verdict_line(self.desk, False, size), of_fact(self.desk.speaker.characteristic(ages), ages)]
        return answered(lines, ask.studies)

    def of_whom(self, ask: Ask) -> Draft | None:
        """``was the 12% for all of them?``: by the one figure of the study with that value, and whose it is."""
        shares = [v for v in ask.values if v.unit == "%"]
        if (
            len(ask.studies) != 1
            or len(shares) != 1
            or len(ask.groups) > 1
            or ABOVE.search(ask.focus)
            or BELOW.search(ask.focus)
        ):
            return None
        facts = [f for f in self.desk.review.facts if f.study == ask.studies[0] and f.unit == "%"]
        hits = [
            f
            for f in facts
            if f.attribute in self.desk.vocabulary.measures
            and number_of(f.value) == number_of(shares[0].text)
        ]
        hits = [f for f in hits if not ask.measures or f.attribute in ask.measures]
        if len({(f.attribute, f.group) for f in hits}) != 1 or not (ask.groups or ask.everyone):
            return None
        meant = bool(ask.groups) and ask.groups[0][1] <= hits[0].group
        return self._answer(ask, meant or (ask.everyone and not ask.groups and not hits[0].group), hits[0])

    def _of_another_measure(self, ask: Ask, claim: str) -> Draft | None:
        """No, where the one study gives the very figure for another measure than the one it lacks."""
        if (
            len(ask.studies) != 1
            or len(ask.measures) != 1
            or ABOVE.search(ask.focus)
            or BELOW.search(ask.focus)
        ):
            return None
        facts = [f for f in self.desk.review.facts if f.study == ask.studies[0] and f.unit == "%"]
        hits = [f for f in facts if number_of(f.value) == number_of(claim)]
        hits = [f for f in hits if f.attribute in self.desk.vocabulary.measures.keys() - set(ask.measures)]
        return self._answer(ask, False, hits[0]) if len({(f.attribute, f.group) for f in hits}) == 1 else None

    def _answer(self, ask: Ask, verdict: bool, fact: Fact) -> Draft:
        return answered([verdict_line(self.desk, verdict, fact)], ask.studies)

    def _verdict(self, ask: Ask, facts: list[Fact], claim: str, unit: str) -> Draft | None:
        text = fold(ask.focus)
        claimed = number_of(claim)
        fact = facts[0]
        ends = (
            [float(n) for n in re.findall(r"\d+", fold(fact.value))] if fact.attribute == "age_range" else []
        )
        if len(ends) == 2 and (end := _END.search(text)):
            return self._answer(ask, claimed == ends[0 if end["low"] else 1], fact)
        value = self._value(fact, unit)
        if claimed is None or value is None:
            return None if unit == "%" else self._answer(ask, True, fact)
        if ABOVE.search(text):
            true = value > claimed or (bool(_INCLUSIVE.search(text)) and value == claimed)
        elif BELOW.search(text):
            true = value < claimed or (bool(_INCLUSIVE.search(text)) and value == claimed)
        else:
            hit = next((f for f in facts if self._value(f, unit) == claimed), None)
            fact, true = hit or fact, hit is not None
        return self._answer(ask, true, fact)

    def _value(self, fact: Fact, unit: str) -> float | None:
        if unit == "%":
            printed = number_of(fact.percent) if fact.percent else None
            return printed if printed is not None else share_of(self.desk, fact)
        if fact.n is None and fact.unit == "%":
            return self._counted(fact)
        return float(fact.n) if fact.n is not None else number_of(fact.value)

    def _counted(self, fact: Fact) -> float | None:
        """How many patients a rate of all of them is; None where that is no whole number, and so a rate of others."""
        share, whole = percent_of(fact), self.desk.selector.total(fact.study)
        n = share * whole / 100.0 if share is not None and whole and not fact.group else None
        return round(n) if n is not None and abs(n - round(n)) < _WHOLE_NUMBER else None

    def _of_all_grades(self, ask: Ask, facts: list[Fact]) -> Draft | None:
        """``did everyone have it``: yes where the patients of its single grades are all there were."""
        parts = all_of_a_grade(self.desk, facts)
        if not parts:
            return None
        rest = [of_fact(self.desk.speaker.statement(f), f) for f in parts[1:]]
        return answered([verdict_line(self.desk, True, parts[0]), *rest], ask.studies)

    def _of_other_grades(self, ask: Ask, fact: Fact) -> list[Fact]:
        """The figures of patients who had an event in another grade than the one that all are said to have had."""
        if not ask.grade or not fact.grade:
            return []
        every = self.asked(replace(ask, grade=""))
        same = [
            f
            for f in every
            if (f.attribute, f.group, f.passage) == (fact.attribute, fact.group, fact.passage)
        ]
        return [f for f in same if f.grade and f.n and not grade_meets(f.grade, ask.grade) and f != fact]

    def _of_state(self, ask: Ask) -> Ask:
        """``was every responder MRD-negative?``: what is said of all is the measure, though it may tell patients, too."""
        for label, ids in () if ask.measures or ask.families else ask.groups[::-1]:
            said = (label, _PEOPLE.sub("", label))
            found = [m.ids[0] for text in said for m in self._measures.find(tokens(text)) if m.ids]
            if found and self.asked(replace(ask, measures=(found[0],), groups=())):
                left = tuple(g for g in ask.groups if g != (label, ids))
                return replace(ask, measures=(found[0],), groups=left, characteristics=())
        return ask

    def share(self, ask: Ask) -> Draft | None:
        """``more than half``, ``all``, ``a majority``: by the one figure of it; None where the share is not certain."""
        bound = share_claimed(ask)
        every = bound is not None and bound.kind == "all"
        if bound is not None and every and _is_of_events(ask, bound):
            return None
        if bound is None or (
            every and _STATE.search(fold(ask.focus)) and (ask.measures or ask.families) and ask.groups
        ):
            return None  # "every CR was MRD-negative" asks for no CR
        ask = self._of_lives(unbounded(ask, bound))
        ask = self._of_parts(self._of_state(ask)) if every else ask
        if len(ask.groups) == 1 and not (ask.measures or ask.families or ask.characteristics):
            ask = replace(ask, characteristics=("n_patients",))
        facts = self.asked(ask)
        if every and facts and facts[0].grade and not ask.grade:
            return self._of_all_grades(ask, facts)
        if (
            facts
            and facts[0].attribute == "n_patients"
            and (
                len(ask.groups) != 1
                or not (counts_just_them(ask, facts[0]) if every else facts[0].group == ask.groups[0][1])
                or self._is_of_so_many(ask, bound, facts[0].study)
            )
        ):
            return None
        share = share_of(self.desk, facts[0]) if facts else None
        held = bound.holds(share) if share is not None else None
        if held is None:
            return None
        if every and not held and (others := self._of_other_grades(ask, facts[0])):
            told = [facts[0], *others] if _GRADE.search(ask.focus) else [*others, facts[0]]
            rest = [of_fact(self.desk.speaker.statement(f), f) for f in told[1:]]
            return answered([verdict_line(self.desk, False, told[0]), *rest], ask.studies)
        return self._answer(ask, held, facts[0])

    def _is_of_so_many(self, ask: Ask, bound: Bound, study: str) -> bool:
        """Whether all are said to be another number than the study enrolled: ``all 20 of them``."""
        claimed = _SO_MANY.match(fold(ask.focus), bound.end)
        return claimed is not None and int(claimed["n"]) != self.desk.selector.total(study)

    def _of_parts(self, ask: Ask) -> Ask:
        """``ask`` without the groups that all patients of its one study were of, where others are left."""
        if len(ask.studies) != 1:
            return ask
        own = self.desk.review.populations.get(ask.studies[0], frozenset())
        left = tuple(g for g in ask.groups if not (g[1] and g[1] <= own))
        return replace(ask, groups=left) if left else ask

    def _of_lives(self, ask: Ask) -> Ask:
        """``did most live two years?`` asks for OS, where no measure is named."""
        if ask.measures or ask.families or not ask.times or not _LIVED.search(ask.focus):
            return ask
        left = tuple(g for g in ask.groups if not _LIVED.search(g[0]))
        return replace(ask, measures=("OS",), groups=left, characteristics=())


def all_of_a_grade(desk: Desk, facts: list[Fact]) -> list[Fact]:
    """The facts of one event where they tell each patient of the study by grade, each once; else none."""
    first = facts[0]
    parts = [
        f
        for f in facts
        if (f.attribute, f.group) == (first.attribute, first.group) and f.grade and f.n is not None
    ]
    spans = sorted(grade_range(f.grade) for f in parts)
    apart = all(a[1] < b[0] for a, b in pairwise(spans))
    whole = desk.selector.total(first.study)
    told = len({f.study for f in parts}) == 1 and apart and not first.group
    return parts if told and whole and sum(f.n or 0 for f in parts) == whole else []


def _keeps(ask: Ask, fact: Fact) -> bool | None:
    """Whether a length of time is the one claimed, or keeps its bound; None where the fact gives no length."""
    lasted, claimed = in_months(fact), time_key(ask.times[0])
    if lasted is None or claimed is None or claimed[0] != "month":
        return None
    text, months = fold(ask.focus), float(claimed[1])
    if ABOVE.search(text):
        return lasted > months or (bool(_INCLUSIVE.search(text)) and lasted == months)
    if BELOW.search(text):
        return lasted < months or (bool(_INCLUSIVE.search(text)) and lasted == months)
    return lasted == months


def _only_by_nct(study: str, ask: Ask) -> bool:
    return {n.kind for n in ask.named.names if study in n.studies} == {"nct"}


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", fold(text)).lower()
