"""Facts in one line each, as the tests of the reader write them: attribute|value|time|group|grade|cycle|n|total|of.

What is empty at the end is left out.
"""

from __future__ import annotations

from assistant.facts import FactReader
from assistant.model import Fact
from assistant.vocabulary import load_vocabulary
from assistant.vocabulary_matchers import corpus_matchers

Arms = dict[str, frozenset[str]]

VOCABULARY = load_vocabulary()
READER = FactReader(VOCABULARY, corpus_matchers(VOCABULARY, {}))
NONE: Arms = {}
TWO: Arms = {"Alphamab": frozenset({"alphamab"}), "Betanib": frozenset({"betanib"})}
TRIAL: Arms = {"Axol": frozenset({"axol"}), "Bexol": frozenset({"bexol"})}
ARMS: dict[str, Arms] = {
    "none": NONE,
    "two": {
        "Doublet": frozenset({"doublet"}),
        "Triplet": frozenset({"triplet"}),
        "with bortezomib": frozenset({"triplet"}),
        "bortezomib was given": frozenset({"triplet"}),
        "without bortezomib": frozenset({"doublet"}),
    },
    "doses": {
        "5 mg/kg": frozenset({"5-mg-kg"}),
        "10 mg/kg": frozenset({"10-mg-kg"}),
        "20 mg/kg": frozenset({"20-mg-kg"}),
        "highest dose": frozenset({"20-mg-kg"}),
        "middle dose": frozenset({"10-mg-kg"}),
    },
    "placebo": {
        "examplinib arm": frozenset({"with-examplinib"}),
        "received examplinib": frozenset({"with-examplinib"}),
        "on examplinib": frozenset({"with-examplinib"}),
        "active drug": frozenset({"with-examplinib"}),
        "placebo arm": frozenset({"placebo"}),
        "on placebo": frozenset({"placebo"}),
        "received placebo": frozenset({"placebo"}),
        "given placebo": frozenset({"placebo"}),
    },
    "ab": {
        "AbCy": frozenset({"abcy"}),
        "AbFlu": frozenset({"abflu"}),
    },
    "added": {
        "helpomab arm": frozenset({"with-helpomab"}),
        "with helpomab": frozenset({"with-helpomab"}),
        "after helpomab": frozenset({"with-helpomab"}),
        "combination arm": frozenset({"with-helpomab"}),
        "control arm": frozenset({"no-helpomab"}),
        "without helpomab": frozenset({"no-helpomab"}),
    },
}
"""Arms by a name, for tables of cases."""


def shown(fact: Fact) -> str:
    """A fact in one line."""
    n, total = ("" if x is None else str(x) for x in (fact.n, fact.total))
    place = (fact.time_point, "+".join(sorted(fact.group)), fact.grade, fact.cycle)
    return "|".join((fact.attribute, fact.value, *place, n, total, fact.of)).rstrip("|")


def stated(sentence: str, arms: Arms = NONE) -> list[str]:
    """The facts that a sentence states, in order of place; figures without a measure aside."""
    return [shown(f) for f in READER.read(sentence, arms) if f.attribute]
