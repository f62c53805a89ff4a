"""Every figure and cell the corpus states is asked for, in two wordings, and must be answered with its place.

The wordings are this test's own. A number is compared by ``eval.figures``, which knows nothing of the
assistant's reader of facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over

from assistant.corpus.corpus import Review
from assistant.engine.engine import Engine
from assistant.model import Answer, Fact, Kind, Passage, Status
from assistant.text.text import ascii_key, fold
from assistant.vocabulary.vocabulary import Term
from eval.figures import Figure, figures, first_sentence, normal

pytestmark = pytest.mark.slow

CHARACTERISTICS: dict[str, tuple[str, str]] = {
    "authors": ("Who was the first author of {who}?", "Who reported {who}?"),
    "agents": ("What were the study agents in {who}?", "Which treatment did {who} investigate?"),
    "design": ("What was the design or phase of {who}?", "Which phase or study design is given for {who}?"),
    "phase": ("What phase was {who}?", "Which phase is given for {who}?"),
    "population": ("Which population did {who} study?", "What was the study population of {who}?"),
    "nct": ("What is the NCT number of {who}?", "Under which registration number is {who} listed?"),
    "study_period": ("What was the study period of {who}?", "During which years was {who} carried out?"),
    "age_range": ("What was the age range in {who}?", "How old were the patients in {who}?"),
    "mrd_use": (
        "Was MRD analysis used to assign risk or postremission therapy in {who}?",
        "Did {who} use MRD analysis to assign risk or postremission therapy?",
    ),
    "outcome_measures": (
        "What were the outcome measures of {who}?",
        "What does the table list as the outcome measure of {who}?",
    ),
    "outcomes": (
        "What does the survival outcome row say of {who}?",
        "What does the table give as the survival outcome of {who}?",
    ),
    "summary": ("How does the table summarise {who}?", "What does the table's summary say about {who}?"),
    "prior_lines": (
        "What was the median number of prior lines in {who}{group}?",
        "How many prior lines had patients received in {who}{group}?",
    ),
}
"""Attribute -> two questions."""
OTHER = ("What was the {name} in {who}{group}?", "What does {who} give as {name}{group}?")
PATIENTS = ("How many patients were enrolled in {who}?", "What was the sample size of {who}?")
PART = ("How many patients of {who} were{group}?", "What was the number of patients{group} in {who}?")
RATE = (
    "What was the {time} {name}{grade} in {who}{group}{cycle}?",
    "{who}: how high was the {short}{grade}{at}{group}{cycle}?",
)
SHARE = (
    "What was the {time} {name} rate{grade} in {who}{group}{cycle}?",
    "What percentage of patients had {short}{grade} in {who}{at}{group}{cycle}?",
)
COUNT = (
    "How many patients had {name}{grade} in {who}{at}{group}{cycle}?",
    "In {who}, what was the number of patients with {short}{grade}{at}{group}{cycle}?",
)
LENGTH = ("What was the {name} in {who}{group}?", "Please give me the {short} of {who}{group}.")
P_VALUE = (
    "What was the p-value for {time} {of} in {who}?",
    "Which p value does {who} give for the difference in {of}{at}?",
)
INTERVAL = (
    "What was the 95% confidence interval of the {of}{at} in {who}{group}?",
    "{who}: 95% CI for {time} {of}{group}?",
)
_DENIED = re.compile(
    r"N/A|not (?:report|give|state|avail|mention)|(?:reports?|gives?) no|does not", re.IGNORECASE
)


@dataclass(frozen=True)
class Case:
    """One question for one fact."""

    question: str
    fact: Fact
    golds: tuple[Figure, ...]
    """Figures of which all must stand in the first sentence; none where a wording is asked."""
    missing: bool = False
    """Whether the cell says N/A, so that the answer must decline."""


class Sweep:
    """All cases of one review, and what is wrong with an answer."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.passages = {p.id: p for p in review.passages}
        self.text = " ".join(p.text for p in review.passages)
        kinds = {Kind.SENTENCE, Kind.CELL}
        stated = [f for f in review.facts if self.passages[f.passage].locator.kind in kinds and f.study]
        self.unread = [
            f for f in stated if not f.attribute or (f.attribute == "CI" and not f.of and not _missing(f))
        ]
        """Figures read without a measure, which no question can ask for."""
        self.facts = [f for f in stated if f not in self.unread and not (f.attribute == "CI" and not f.of)]

    def cases(self) -> Iterator[Case]:
        """Two questions a fact; the second names the study by its first author where that is unambiguous."""
        seen: set[tuple[str, str]] = set()
        for fact in self.facts:
            missing = _missing(fact)
            if missing and any(
                f.study == fact.study and f.attribute == fact.attribute and not _missing(f)
                for f in self.facts
            ):
                continue
            for number, (wording, golds) in enumerate(self._wordings(fact)):
                question = self._worded(wording, fact, by_name=number == 1)
                if (question, fact.value) not in seen:
                    seen.add((question, fact.value))
                    yield Case(question, fact, golds, missing)

    def _wordings(self, fact: Fact) -> list[tuple[str, tuple[Figure, ...]]]:
        shown = tuple(figures(fact.percent or fact.value))
        pair: Sequence[str]
        if fact.attribute == "n_patients":
            pair = PART if fact.group else PATIENTS
            shown = (Figure(str(fact.n), ""),)
        elif fact.attribute == "p_value":
            pair, shown = P_VALUE, tuple(figures(f"p {fact.value}"))
        elif fact.attribute == "CI":
            pair = INTERVAL
            shown = tuple(f for f in shown if str(f) != "95%")
        elif fact.attribute in self.review.reader.vocabulary.measures:
            kind = self.review.reader.vocabulary.term(fact.attribute).kind
            count = (Figure(str(fact.n), ""),)
            if kind == "duration":
                bare = fact.unit and fact.unit.rstrip("s") not in fact.value
                pair, shown = LENGTH, tuple(figures(f"{fact.value} {fact.unit}")) if bare else shown
            elif fact.unit == "patients" and fact.percent:
                return [(SHARE[0], shown), (COUNT[1], count)]
            elif fact.unit == "patients" or (
                not fact.unit and fact.value.isdigit() and kind in {"rate", "event", "count"}
            ):
                pair, shown = COUNT, (Figure(fact.value, ""),) if fact.n is None else count
            else:
                pair = SHARE if kind == "event" or not fact.time_point else RATE
        else:
            pair = CHARACTERISTICS.get(fact.attribute, OTHER)
            shown = shown if fact.attribute in {"nct", "study_period", "age_range", "prior_lines"} else ()
        return [(wording, shown) for wording in pair]

    def _worded(self, wording: str, fact: Fact, *, by_name: bool) -> str:
        vocabulary = self.review.reader.vocabulary
        term = (
            vocabulary.term(fact.attribute)
            if fact.attribute not in self.review.attributes
            else self.review.attributes[fact.attribute]
        )
        grade = fact.grade
        grade = (
            f"{grade[2:]} or {'higher' if grade[0] == '>' else 'lower'}" if grade[:1] in {"<", ">"} else grade
        )
        number, _, unit = fact.time_point.partition("-")
        text = wording.format(
            who=self._who(fact.study, by_name=by_name),
            name=re.sub(r"(?i)\brate$", "", term.name).strip() if "{name} rate" in wording else term.name,
            short=self._short(term),
            of=self._short(vocabulary.term(fact.of)),
            time=fact.time_point,
            at=f" at {number} {unit}{'s' * (number != '1')}" if fact.time_point else "",
            grade=f" of grade {grade}" if grade else "",
            cycle=f" after {['', 'the first', 'the second', 'the third'][int(fact.cycle)]} cycle"
            if fact.cycle in {"1", "2", "3"}
            else "",
            group=self._group(fact),
        )
        return re.sub(r"\s+", " ", text).strip()

    def _short(self, term: Term) -> str:
        """The abbreviation that the review itself prints, else the name."""
        printed = (
            a for a in term.abbreviations if re.search(rf"(?<![\w-]){re.escape(a)}(?![\w-])", self.text)
        )
        return next(printed, term.name)

    def _who(self, study: str, *, by_name: bool) -> str:
        found = self.review.study(study)
        assert found
        names = Counter(s.name for s in self.review.studies)
        return (
            f"the study by {found.name}" if by_name and found.name and names[found.name] == 1 else found.label
        )

    def _group(self, fact: Fact) -> str:
        if not fact.group:
            return ""
        own = [label for label, ids in self.review.arms.get(fact.study, {}).items() if ids == fact.group]
        known = self.review.reader.vocabulary.populations
        if own:
            return f" in the {own[0]} group"
        if fact.group <= set(known):
            names = [known[g].name for g in sorted(fact.group)]
            if all(n.endswith(" patients") for n in names):
                return " among " + " ".join(n.removesuffix(" patients") for n in names) + " patients"
            return f" in the {' '.join(names).removesuffix(' group')} group"
        return f" in the {fact.group_label} group"

    def fault(self, case: Case, answer: Answer) -> str:
        """What is wrong with the answer, "" where it is right."""
        if case.missing:
            study = self.review.study(case.fact.study)
            said = (
                _DENIED.search(answer.text) is not None
                and study is not None
                and (study.label in answer.text or study.name in answer.text)
            )
            return "" if answer.status is Status.DECLINED and said else "an N/A cell was not declined"
        if answer.status is not Status.ANSWERED:
            return "declined"
        first = first_sentence(answer.text)
        if not _says(case, first, answer):
            rivals = [f for f in self.facts if _rival(f, case.fact)]
            shared = any(
                _says(replace(case, fact=f, golds=tuple(figures(f.percent or f.value))), first, answer)
                for f in rivals
            )
            if not (shared and _says(case, answer.text, answer)):
                return "the first sentence lacks the value"
        places = {p.locator.label for p in self._places(case.fact)}
        cited = {(c.study, c.locator) for c in answer.citations}
        if not any((case.fact.study, place) in cited for place in places):
            return f"cited {sorted(cited)}, not {sorted(places)}"
        first_cited = {answer.citations[n].study for n in answer.statements[0].citations}
        return "" if first_cited == {case.fact.study} else f"the first sentence cites {sorted(first_cited)}"

    def _places(self, fact: Fact) -> list[Passage]:
        """Where the review states the same: this place, and any other with the same figure."""
        if fact.attribute == "authors":
            own = [
                p
                for p in self.review.passages
                if p.locator.kind is Kind.REFERENCE and fact.study in p.studies
            ]
            return [self.passages[fact.passage], *own]
        same = [f for f in self.facts if _comparable(f, fact) and _figure_of(f) == _figure_of(fact)]
        return [self.passages[f.passage] for f in same]


def _missing(fact: Fact) -> bool:
    return fact.value.strip().upper() in {"N/A", "NA", "–", "-"}


def _key(fact: Fact) -> tuple[object, ...]:
    return (fact.study, fact.attribute, fact.time_point, fact.group, fact.grade, fact.cycle, fact.of)


def _figure_of(fact: Fact) -> str:
    shown = figures(fact.percent or (str(fact.n) if fact.n is not None else fact.value))
    return " ".join(map(str, shown)) or normal(fact.value).casefold()


def _comparable(a: Fact, b: Fact) -> bool:
    """Whether two facts are about the same; a place that names no cycle may mean any."""
    return _key(replace(a, cycle=b.cycle if not a.cycle or not b.cycle else a.cycle)) == _key(b)


def _rival(other: Fact, fact: Fact) -> bool:
    """Whether the review gives another value for the same, as the text may against the table."""
    return _comparable(other, fact) and _figure_of(other) != _figure_of(fact)


def _says(case: Case, text: str, answer: Answer) -> bool:
    if case.golds:
        said = figures(text)
        return all(any(s.states(gold) for s in said) for gold in case.golds)
    body = ascii_key(normal(fold(text if case.fact.attribute != "summary" else answer.statements[0].text)))
    if case.fact.attribute == "authors":
        return ascii_key(case.fact.value.split()[0]) in body
    if case.fact.attribute == "outcomes":
        said = figures(answer.text)
        return all(any(s.states(gold) for s in said) for gold in figures(case.fact.value))
    if case.fact.attribute in {"design", "phase"}:
        return (
            re.search(rf"(?<![a-z/]){re.escape(ascii_key(normal(case.fact.value)))}(?![a-z/])", body)
            is not None
        )
    return ascii_key(normal(re.sub(r"\s*\[[\d, ]+\]", "", case.fact.value)).rstrip(".")) in body


def swept(engine: Engine, review: Review) -> tuple[int, list[str]]:
    """How many questions were asked, and one line for each that went wrong."""
    sweep, bad, asked = Sweep(review), [], 0
    for case in sweep.cases():
        asked += 1
        answer = engine.ask([case.question], review.id)
        fault = sweep.fault(case, answer)
        if fault:
            where = sweep.passages[case.fact.passage].locator.label
            stated = f"{case.fact.attribute} {case.fact.value!r} ({where})"
            bad.append(f"{case.question} -> {fault}\n    {stated}: {answer.text[:160]}")
    return asked, bad


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Engine:
    return engine_over(CORPUS, assistant_home)


def test_every_fact_of_the_shipped_review_is_answered_with_its_place(shipped: Engine) -> None:
    (review,) = shipped.reviews
    assert not Sweep(review).unread, [f.value for f in Sweep(review).unread]
    asked, bad = swept(shipped, review)
    assert asked > 250
    assert not bad, f"{len(bad)} of {asked} went wrong\n" + "\n".join(bad)


BACKGROUND = (
    ("What percentage of adult ALL is T-ALL?", "25–30%"),
    ("What share of adult ALL does T-ALL account for?", "25–30%"),
    ("When was this letter received?", "6 January 2023"),
    ("When was the review accepted?", "7 February 2023"),
    ("When was this letter published?", "11 March 2023"),
)
"""Figures of sentences that speak of no study."""


@pytest.mark.parametrize(("question", "value"), BACKGROUND)
def test_figures_of_no_study(question: str, value: str, shipped: Engine) -> None:
    answer = shipped.ask([question])
    assert answer.status is Status.ANSWERED, answer.text
    said = figures(first_sentence(answer.text))
    assert all(any(s.states(gold) for s in said) for gold in figures(value)), answer.text
    assert normal(value) in normal(answer.citations[answer.statements[0].citations[0]].quote)


def test_no_number_of_the_shipped_review_is_left_out(shipped: Engine) -> None:
    (review,) = shipped.reviews
    asked: dict[str, str] = {}
    for case in Sweep(review).cases():
        fact = case.fact
        stated = " ".join(
            map(str, (fact.value, fact.percent, fact.n, fact.total, fact.time_point.replace("-", " ")))
        )
        asked[fact.study] = f"{asked.get(fact.study, '')} {stated} {case.question};"
    known = {f.value for _, value in BACKGROUND for f in figures(value)}
    left = []
    for passage in review.passages:
        if passage.locator.kind in {Kind.SENTENCE, Kind.CELL}:
            study = passage.studies[0] if passage.studies else ""
            have = {f.value for f in figures(asked.get(study, ""))} if study else known
            left += [
                f"{f} in: {passage.quote}"
                for f in figures(passage.quote)
                if f.value not in have and not f.free
            ]
    # the year and number of the meeting's tables, which no one asks for
    assert not [x for x in left if not re.match(r"2022 in: .*2022 ASH|2 in: Tables 1 and 2", x)], "\n".join(
        left
    )


# Missing there: intervals that share a cell with their figure, arms whose label is part of another's (LRd,
# D-LRd), two first authors of one family name, arms that the text does not name, whole cells of outcomes.
@pytest.mark.parametrize(("name", "floor"), [("myeloma-meeting-2024", 0.79), ("aplastic-anaemia-2025", 0.82)])
def test_a_review_of_another_disease(name: str, floor: float, assistant_home: Path) -> None:
    engine = engine_over(REVIEWS / name, assistant_home)
    (review,) = engine.reviews
    asked, bad = swept(engine, review)
    share = 1 - len(bad) / asked
    unread = len(Sweep(review).unread)
    print(f"{name}: {asked - len(bad)} of {asked} ({share:.1%}); {unread} figures without a measure")
    assert share >= floor, "\n".join(bad)
