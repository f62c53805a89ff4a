"""Statements on what a study was, true and false; and true figures with one false word beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from assistant.cells.reading import is_missing
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.text.text import fold
from eval.guard_facts import Claim
from eval.guard_phrases import STYLES, worded

_PHASES = ("0", "I", "I/II", "II", "II/III", "III", "IV")
_DRUGS = ("imatinib", "rituximab", "ruxolitinib", "midostaurin", "ibrutinib", "pembrolizumab")
_PATIENTS = (
    "in pregnant women",
    "in healthy volunteers",
    "in infants",
    "in patients with lung cancer",
    "in dogs",
)
_SETTINGS = (
    "after a second transplant",
    "in the per-protocol analysis",
    "by central review",
    "despite early closure",
)
_VIEWS = ("which is unprecedented", "a cure for most", "at no extra toxicity", "the best result to date")

Row = tuple[str, str, str]
"""Family, text, review."""


def true_rows(review: Review) -> Iterator[Row]:
    """What the tables say of each study, in sentences."""
    for i, fact in enumerate(_characteristics(review)):
        for text in _said(fact, review, i):
            yield "characteristic", text, review.id


def false_rows(reviews: Sequence[Review], claims: Sequence[Claim], random: Random) -> Iterator[Row]:
    """The same with a wrong figure or phase, and claims with a word that is none of the review's."""
    for review in reviews:
        for i, fact in enumerate(_characteristics(review)):
            for text in _misstated(fact, review, i, random):
                yield "characteristic", text, review.id
    for i, claim in enumerate(claims):
        text = worded(claim, STYLES[i % 3], i).rstrip(".")
        words: tuple[tuple[str, str], ...] = (
            ("drug", f" with {_DRUGS[i % len(_DRUGS)]}"),
            ("population", f" {_PATIENTS[i % len(_PATIENTS)]}"),
            ("setting", f" {_SETTINGS[i % len(_SETTINGS)]}"),
            ("opinion", f", {_VIEWS[i % len(_VIEWS)]}"),
        )
        family, word = words[i % len(words)]
        yield family, f"{text}{word}.", claim.review


def _characteristics(review: Review) -> Iterator[Fact]:
    for fact in review.facts:
        known = fact.attribute in {"n_patients", "phase", "design", "nct", "age_range", "study_period"}
        if known and fact.study and not fact.group and not is_missing(fact.value):
            yield fact


def _said(fact: Fact, review: Review, number: int) -> list[str]:
    study = review.study(fact.study)
    label, value = study.label if study else fact.study, fold(fact.value)
    if fact.attribute == "n_patients" and fact.n is not None:
        alone = not any(
            f.attribute == "n_patients" and f.study == fact.study and not f.group and f.n != fact.n
            for f in review.facts
        )
        texts = (
            f"{label} enrolled {fact.n} patients.",
            f"{fact.n} patients took part in {label}.",
            f"{label}: n = {fact.n}.",
        )
        return [texts[number % 3]] if alone else []
    if fact.attribute == "nct" and re.fullmatch(r"NCT\d+", value):
        return [
            (f"{label} is registered as {value}.", f"The registration number of {label} is {value}.")[
                number % 2
            ]
        ]
    if ends := re.fullmatch(r"(\d+)-(\d+)", value):
        if fact.attribute == "age_range":
            wordings = (
                f"Patients in {label} were aged {value} years.",
                f"The age range in {label} was {ends[1]} to {ends[2]} years.",
            )
            return [wordings[number % 2]]
        return [f"{label} ran from {ends[1]} to {ends[2]}."] if fact.attribute == "study_period" else []
    if fact.attribute in {"phase", "design"} and (phase := _phase(value)):
        return [
            (f"{label} was a phase {phase} trial.", f"In {label}, a phase {phase} study was carried out.")[
                number % 2
            ]
        ]
    return []


def _misstated(fact: Fact, review: Review, number: int, random: Random) -> Iterable[str]:
    for text in _said(fact, review, number):
        study = review.study(fact.study)
        label = study.label if study else fact.study
        before = text.partition(label)[0]
        if fact.attribute in {"phase", "design"}:
            own = _phase(fold(fact.value))
            for phase in random.sample([p for p in _PHASES if p != own], 2):
                yield text.replace(f"phase {own} ", f"phase {phase} ")
            yield text.replace(f"phase {own} ", "retrospective ")
            continue
        numbers = [(m.start(), m.end()) for m in re.finditer(r"\d+", text)]
        places = [(a, b) for a, b in numbers if not len(before) <= a < len(before) + len(label)]
        for a, b in places[:2]:
            wrong = str(int(text[a:b]) + random.choice([1, 2, 3, 7, 10])).zfill(b - a)
            yield text[:a] + wrong + text[b:]


def _phase(value: str) -> str:
    match = re.match(r"(?:phase\s+)?([IV]+(?:/[IV]+)?)(?![\w/])", value, re.IGNORECASE)
    return match[1] if match else ""
