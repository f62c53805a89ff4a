"""The check must bite: whatever is changed in a sentence of an answer, the changed sentence is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, dev_items, engine_over

from assistant.corpus.corpus import Review, read_corpus
from assistant.draft import Line
from assistant.engine.review import ReviewEngine
from assistant.model import Derivation, Fact, Kind, Status
from assistant.spans.span import time_key
from assistant.text.text import fold
from assistant.verify.verifier import Verifier
from assistant.vocabulary.vocabulary import load_vocabulary

pytestmark = pytest.mark.slow

_TIME = re.compile(r"\b(\d+)-(month|year|week|day)\b")
_GRADE = re.compile(r"\bgrade (\d)(-\d)?( or (?:higher|lower))?")
_CYCLES = ("first", "second", "third")
_DIGIT = re.compile(r"\d")
_PLACES = {"the text gives": "the table gives", "the table gives": "the text gives"}


@pytest.fixture(scope="module")
def said(assistant_home: Path) -> tuple[Review, Verifier, list[tuple[Line, str]]]:
    """The review, its verifier, and every line of an answered question with the question's words."""
    engine = next(iter(engine_over(CORPUS, assistant_home)._engines.values()))
    return engine.review, engine.verifier, _lines(engine)


def _lines(engine: ReviewEngine) -> list[tuple[Line, str]]:
    found: dict[tuple[object, ...], tuple[Line, str]] = {}
    for item in dev_items():
        draft = engine.reading(item["turns"]).draft()
        if draft.status is Status.ANSWERED:
            for line in draft.lines:
                found.setdefault((line.text, line.support, line.facts), (line, " ".join(item["turns"])))
    return list(found.values())


class Mutator:
    """Every small change to a line that makes it say something else than its source."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.vocabulary = review.reader.vocabulary
        self.passages = {p.id: p for p in review.passages}

    def mutants(self, line: Line) -> Iterator[tuple[str, Line]]:
        """(kind of change, changed line)."""
        for name, texts in (
            ("digit", self.digits(line.text)),
            ("study", self.studies(line)),
            ("time", self.times(line.text)),
            ("grade", self.grades(line.text)),
            ("cycle", self.cycles(line.text)),
            ("arm", self.arms(line)),
            ("measure", self.measures(line)),
            ("percent", self.percents(line.text)),
            ("place", self.places(line.text)),
        ):
            for text in dict.fromkeys(texts):
                if text != line.text:
                    yield name, replace(line, text=text)
        for other in self.cited_elsewhere(line):
            yield "citation", other
        if line.derivation is not None:
            yield from (("operand", m) for m in self.operands(line, line.derivation))

    @staticmethod
    def digits(text: str) -> Iterator[str]:
        """Each digit replaced by two others, and figures with a digit more or less."""
        for match in _DIGIT.finditer(text):
            for step in (1, 4):
                yield text[: match.start()] + str((int(match.group()) + step) % 10) + text[match.end() :]
            yield text[: match.start()] + match.group() + text[match.start() :]

    def studies(self, line: Line) -> Iterator[str]:
        """Another study's label, another first author, an id the review does not have."""
        for own in self.review.studies:
            label = re.compile(rf"{re.escape(own.label)}(?!\d)")
            for other in self.review.studies:
                if other.id != own.id and label.search(line.text) and other.label not in line.text:
                    yield label.sub(other.label, line.text)
                if other.name != own.name and own.name:
                    yield re.sub(rf"(?<!were ){re.escape(own.name)}", other.name, line.text)
            yield label.sub(own.label + "7", line.text)

    @staticmethod
    def times(text: str) -> Iterator[str]:
        for match in _TIME.finditer(text):
            for time in ("1-year", "2-year", "3-year", "5-year", "18-month", "6-month", "28-month"):
                if time_key(time) != time_key(match.group()):
                    yield text[: match.start()] + time + text[match.end() :]
            yield text[: match.start()] + text[match.end() + 1 :]

    @staticmethod
    def grades(text: str) -> Iterator[str]:
        for match in _GRADE.finditer(text):
            for grade in (
                "grade 1",
                "grade 2",
                "grade 4",
                "grade 3-4",
                "grade 3 or higher",
                "grade 2 or lower",
                "grade 1-2",
            ):
                if grade != match.group():
                    yield text[: match.start()] + grade + text[match.end() :]

    @staticmethod
    def cycles(text: str) -> Iterator[str]:
        for match in re.finditer(r"\b(first|second|third) cycle", text):
            yield from (
                text[: match.start()] + f"{c} cycle" + text[match.end() :] for c in _CYCLES if c != match[1]
            )

    def arms(self, line: Line) -> Iterator[str]:
        """Another arm of the study; ``all patients`` for an arm; an arm for all patients."""
        study = next((f.study for f in self._facts(line)), "")
        labels = list(self.review.arms.get(study, {}))
        for label in labels:
            pattern = re.compile(rf"(?<![\w/-]){re.escape(label)}(?![\w-])")
            if not pattern.search(line.text) or line.verbatim:
                continue
            for other in labels:
                if self.review.arms[study][other] != self.review.arms[study][label]:
                    yield pattern.sub(other, line.text)
            yield re.sub(rf" in the {re.escape(label)} group| \({re.escape(label)}\)", "", line.text)
        if " for all patients." in line.text:
            yield from (
                line.text.replace(" for all patients.", f" in the {label} group.") for label in labels
            )
        yield re.sub(r" for high-risk, transplanted patients", "", line.text)
        yield line.text.replace("high-risk, transplanted", "standard-risk, transplanted")

    def measures(self, line: Line) -> Iterator[str]:
        """Each measure named by its abbreviation, changed to three others; and a characteristic to others."""
        for fact in self._facts(line):
            for attribute in (fact.of, fact.attribute):
                term = self.vocabulary.term(attribute)
                rivals = {
                    "OS": "PFS",
                    "PFS": "OS",
                    "EFS": "RFS",
                    "RFS": "OS",
                    "CR": "PR",
                    "CR/CRi": "CR",
                    "CRc": "ORR",
                }
                others = [rivals.get(attribute, "OS"), "CIR", "ORR", "MRD_negativity"]
                names = [n for n in (*term.abbreviations[:1], term.name) if n]
                for name in names:
                    pattern = re.compile(rf"(?<![\w/]){re.escape(name)}(?![\w/])")
                    if attribute and pattern.search(line.text) and attribute in self.vocabulary.measures:
                        short = (
                            self.vocabulary.term(o).abbreviations[:1] or (self.vocabulary.term(o).name,)
                            for o in others
                            if o != attribute
                        )
                        yield from (pattern.sub(o[0], line.text, count=1) for o in short if o[0] != name)
                    elif attribute in self.vocabulary.characteristics and f" {name} " in line.text:
                        other = self.vocabulary.characteristics[
                            "study_period" if attribute != "study_period" else "age_range"
                        ].name
                        yield line.text.replace(f" {name} ", f" {other} ")

    @staticmethod
    def percents(text: str) -> Iterator[str]:
        """Without one of its percent signs; a count as a percentage."""
        for match in re.finditer("%", text):
            yield text[: match.start()] + text[match.end() :]
        yield re.sub(r"\b(\d+) patients?\b", r"\1%", text)

    @staticmethod
    def places(text: str) -> Iterator[str]:
        yield re.sub("|".join(_PLACES), lambda m: _PLACES[m.group()], text)

    def cited_elsewhere(self, line: Line) -> Iterator[Line]:
        """The same words, citing a passage of another study, or another passage of the same study."""
        cited = {s for _, s in line.support}
        figures = set(re.findall(r"\d[\d.]*", fold(line.text)))
        for study in self.review.studies:
            for kind in (Kind.SENTENCE, Kind.CELL):
                passage = next(
                    (p for p in self.review.passages if p.locator.kind is kind and study.id in p.studies),
                    None,
                )
                if passage is None or (passage.id, study.id) in line.support or not line.support:
                    continue
                if study.id in cited and figures & set(re.findall(r"\d[\d.]*", fold(passage.quote))):
                    continue
                if line.text in {passage.text, passage.quote}:
                    continue
                yield replace(line, support=((passage.id, study.id),))

    def operands(self, line: Line, derivation: Derivation) -> Iterator[Line]:
        """A computation from a figure that is not the review's, or with another result."""
        if derivation.operation == "number of studies":
            return
        first = derivation.operands[0]
        changed = replace(first, value="99%", percent="99%", n=99)
        yield replace(line, derivation=replace(derivation, operands=(changed, *derivation.operands[1:])))
        yield replace(line, derivation=replace(derivation, result="99"))

    @staticmethod
    def _facts(line: Line) -> tuple[Fact, ...]:
        return line.facts or (line.derivation.operands if line.derivation else ())


def _states(line: Line) -> bool:
    return bool(line.facts or line.derivation or line.verbatim)


def test_every_line_of_an_answer_is_accepted(said: tuple[Review, Verifier, list[tuple[Line, str]]]) -> None:
    _, verifier, lines = said
    refused = [
        f"{line.text} ({verifier.check(line, q).reason})"
        for line, q in lines
        if not verifier.check(line, q).ok
    ]
    assert len(lines) > 150
    assert not refused, "\n".join(refused)


def test_every_changed_line_is_refused(said: tuple[Review, Verifier, list[tuple[Line, str]]]) -> None:
    review, verifier, lines = said
    mutator, tried, passed = Mutator(review), Counter[str](), []
    for line, _ in lines:
        if not _states(line):
            continue
        for kind, mutant in mutator.mutants(line):
            tried[kind] += 1
            if verifier.check(mutant, "").ok:
                passed.append(f"{kind}: {mutant.text} (was: {line.text})")
    assert not passed, f"{len(passed)} of {tried.total()} were not refused\n" + "\n".join(passed)
    assert tried.total() >= 2000
    wanted = {
        "digit",
        "study",
        "time",
        "grade",
        "cycle",
        "arm",
        "measure",
        "percent",
        "place",
        "citation",
        "operand",
    }
    assert set(tried) == wanted, tried


def test_a_p_value_keeps_its_sign_its_digits_and_its_measure(
    said: tuple[Review, Verifier, list[tuple[Line, str]]],
) -> None:
    review, verifier, _ = said
    fact = next(f for f in review.facts if f.attribute == "p_value")
    study = review.study(fact.study)
    assert study
    line = Line(
        f"In {study.label} ({study.name}), p = {fact.value} for {fact.of}.",
        ((fact.passage, fact.study),),
        (fact,),
    )
    assert verifier.check(line).ok, verifier.check(line).reason
    for wrong in ("0.021", "0.12", "0.2", "< 0.21", "0.210"):
        text = f"In {study.label} ({study.name}), p = {wrong} for {fact.of}.".replace("= <", "<")
        assert not verifier.check(replace(line, text=text)).ok, text
    for other in ("OS", "2-year CR", "RFS"):
        text = f"In {study.label} ({study.name}), p = {fact.value} for {other}."
        assert not verifier.check(replace(line, text=text)).ok, text


def test_a_statement_without_a_source_is_refused(
    said: tuple[Review, Verifier, list[tuple[Line, str]]],
) -> None:
    _, verifier, _ = said
    assert verifier.check(Line("The review does not report 5-year OS.", ())).ok
    assert verifier.check(Line("The review has no Abstract 52.", ())).ok
    assert verifier.check(Line("The review does not give 99% there.", ()), "Was it 99%?").ok
    assert not verifier.check(Line("The review does not give 99% there.", ()), "Was it 98%?").ok
    assert not verifier.check(Line("The 5-year OS was 71%.", ())).ok
    assert not verifier.check(Line("It was 71%.", (("nowhere", ""),))).ok


def test_a_made_up_fact_is_refused_even_where_its_sentence_reads_well(
    said: tuple[Review, Verifier, list[tuple[Line, str]]],
) -> None:
    review, verifier, _ = said
    fact = next(f for f in review.facts if f.attribute == "OS" and f.time_point == "3-year" and not f.group)
    study = review.study(fact.study)
    assert study
    support = ((fact.passage, fact.study),)
    line = Line(
        f"In {study.label} ({study.name}), the 3-year OS was {fact.value} for all patients.", support, (fact,)
    )
    assert verifier.check(line).ok
    invented = replace(fact, value="99%", percent="99%")
    assert not verifier.check(replace(line, text=line.text.replace(fact.value, "99%"), facts=(invented,))).ok
    assert not verifier.check(replace(line, text=line.text.replace(".", f" and 12% {fact.value}.", 1))).ok
    assert not verifier.check(replace(line, text=line.text[:-1] + ", and the 5-year OS was 71%.")).ok


def test_a_quotation_must_be_the_passage_s_own_text(
    said: tuple[Review, Verifier, list[tuple[Line, str]]],
) -> None:
    review, verifier, _ = said
    passage = next(
        p for p in review.passages if p.locator.kind is Kind.SENTENCE and p.studies and " not " not in p.text
    )
    line = Line(passage.text, ((passage.id, passage.studies[0]),), verbatim=True)
    assert verifier.check(line).ok
    assert not verifier.check(replace(line, text=passage.text.replace(" were ", " were not "))).ok
    assert not verifier.check(replace(line, text=passage.text[:-1] + " in mice.")).ok
    assert not verifier.check(replace(line, support=())).ok


def test_a_decline_may_name_a_group_or_a_code_with_a_digit_and_no_other_number() -> None:
    (review,) = (
        r for r in read_corpus(REVIEWS, load_vocabulary()).reviews if r.id == "aplastic-anaemia-2025"
    )
    verifier = Verifier(review)
    told = verifier.check(Line("The review does not report OS for monosomy 7; it gives 61 of them.", ()))
    assert (told.ok, told.reason) == (False, "states 61 without a source")
    assert verifier.check(Line("The review does not report OS for monosomy 7.", ())).ok
    assert not verifier.check(Line("The review does not report OS for monosomy 8.", ())).ok
