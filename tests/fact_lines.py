"""Facts in one line each, as the tests of the reader write them: attribute|value|time|group|grade|cycle|n|total|of.

What is empty at the end is left out. ``tests/sentences`` holds sentences with every fact they state: blocks between blank
lines, each with what it shows (``#``) and the arms it is read with (``@``), if any, the sentence, and a fact a line.
"""

from __future__ import annotations

from pathlib import Path

from assistant.facts.reader import FactReader
from assistant.model import Fact
from assistant.vocabulary.matchers import corpus_matchers
from assistant.vocabulary.vocabulary import load_vocabulary

Arms = dict[str, frozenset[str]]

VOCABULARY = load_vocabulary()
READER = FactReader(VOCABULARY, corpus_matchers(VOCABULARY, {}))
NONE: Arms = {}
TWO: Arms = {"Alphamab": frozenset({"alphamab"}), "Betanib": frozenset({"betanib"})}
TRIAL: Arms = {"Axol": frozenset({"axol"}), "Bexol": frozenset({"bexol"})}
ARMS: dict[str, Arms] = {
    "none": NONE,
    "alphamab": TWO,
    "letters": {"AV": frozenset({"av"}), "A": frozenset({"arm-a"})},
    "mg": {"10 mg": frozenset({"10", "mg"}), "20 mg": frozenset({"20", "mg"})},
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
    "control": {"alphamab": frozenset({"alphamab"}), "control": frozenset({"control"})},
    "donor": {
        "haploidentical": frozenset({"haplo"}),
        "MUD": frozenset({"mud"}),
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
"""Arms by the name that cases give them."""
SENTENCES = Path(__file__).resolve().parent / "sentences"


def shown(fact: Fact) -> str:
    """A fact in one line."""
    n, total = ("" if x is None else str(x) for x in (fact.n, fact.total))
    place = (fact.time_point, "+".join(sorted(fact.group)), fact.grade, fact.cycle)
    return "|".join((fact.attribute, fact.value, *place, n, total, fact.of)).rstrip("|")


def stated(sentence: str, arms: Arms = NONE) -> list[str]:
    """The facts that a sentence states, in order of place; figures without a measure aside."""
    return [shown(f) for f in READER.read(sentence, arms) if f.attribute]


def cases() -> dict[str, tuple[Arms, str, list[str]]]:
    """Theme, arms and what each case of ``tests/sentences`` shows -> the arms, the sentence and the facts that this states."""
    found: dict[str, tuple[Arms, str, list[str]]] = {}
    for path in sorted(SENTENCES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            lines = block.split("\n")
            shows = lines.pop(0).removeprefix("# ") if lines[0].startswith("# ") else ""
            arms = lines.pop(0).removeprefix("@ ") if lines[0].startswith("@ ") else "none"
            sentence, *facts = lines
            case = f"{path.stem}, {arms}: {shows or sentence}"
            if case in found:
                raise ValueError(f"{path.name} has two cases {case!r}")
            found[case] = ARMS[arms], sentence, [fact.removeprefix("  ") for fact in facts]
    return found
