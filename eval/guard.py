"""`python -m eval guard`: true and false statements made of every fact, and what `assistant check` says of them.

No false one with a wrong figure may be called supported, and of the others at most one in a hundred; of the
true ones at least 95 in a hundred must be. The wordings are those of guard_phrases.py, which the assistant
does not know.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from assistant.check.model import Verdict
from assistant.check.text import Checker
from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Fact
from assistant.vocabulary.vocabulary import load_vocabulary
from eval import guard_sentences
from eval.guard_facts import Claim, arm_pairs, claims_of
from eval.guard_false import NUMERIC, Falsifier
from eval.guard_phrases import STYLES, against, together, worded
from eval.guard_words import false_rows, true_rows

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "corpus", ROOT / "tests" / "reviews")
SEED = 20230311


@dataclass(frozen=True, slots=True)
class Item:
    """A statement made of a fact."""

    family: str
    text: str
    review: str
    true: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What was said of a statement."""

    item: Item
    verdict: Verdict
    reason: str

    @property
    def wrong(self) -> bool:
        """Whether a true statement is not supported, or a false one is."""
        return (self.verdict is Verdict.SUPPORTED) != self.item.true


def reviews(folders: Iterable[Path] = FOLDERS) -> list[Review]:
    """The reviews whose facts statements are made of."""
    return [r for folder in folders for r in read_corpus(folder, load_vocabulary()).reviews]


def true_items(claims: list[Claim]) -> Iterator[Item]:
    """True statements in every style, digits and words, one fact and two."""
    for i, claim in enumerate(claims):
        for k, style in enumerate(STYLES):
            for number in (i + k, i + k + 1):
                yield Item(style, worded(claim, style, number), claim.review, True)
        yield Item("in words", worded(claim, STYLES[i % 3], i, in_words=True), claim.review, True)
    for i, (a, b) in enumerate(pairwise(claims)):
        if (a.review, a.study, a.unit) == (b.review, b.study, b.unit) == (b.review, b.study, "%"):
            yield Item("two facts", together(a, b, i), a.review, True)
    for i, (a, b) in enumerate(arm_pairs(claims)):
        greater = float(a.figure.split()[0].rstrip("%")) > float(b.figure.split()[0].rstrip("%"))
        yield Item("direction", against(a, b, "higher" if greater else "lower", i), a.review, True)


def false_items(claims: list[Claim], facts: dict[tuple[str, str], list[Fact]]) -> Iterator[Item]:
    """False statements of every family."""
    for family, text, review in Falsifier(claims, facts, Random(SEED)).all():
        yield Item(family, text, review, False)


def items(found: Iterable[Review]) -> list[Item]:
    """All statements, each once."""
    found = list(found)
    claims = [c for r in found for c in claims_of(r)]
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for review in found:
        for fact in review.facts:
            facts[review.id, fact.study].append(fact)
    made = [*true_items(claims), *false_items(claims, facts)]
    made += [Item(*row, True) for review in found for row in true_rows(review)]
    made += [Item(*row, True) for review in found for row in guard_sentences.true_rows(review)]
    random = Random(SEED)
    made += [Item(*row, False) for review in found for row in guard_sentences.false_rows(review, random)]
    made += [Item(*row, False) for row in false_rows(found, claims, Random(SEED))]
    return list({(i.text, i.review, i.true): i for i in made}.values())


def judged(made: Iterable[Item], found: Iterable[Review]) -> list[Result]:
    """What the check says of each statement, taken alone, against its review."""
    checkers = {r.id: Checker([r]) for r in found}
    results = []
    for item in made:
        one = checkers[item.review].sentence(item.text)
        results.append(Result(item, one.verdict, one.reason))
    return results


def table(results: Iterable[Result]) -> list[dict[str, Any]]:
    """A row for each family: how many statements, how many got each verdict, and the share supported."""
    rows: dict[tuple[bool, str], Counter[Verdict]] = defaultdict(Counter)
    for result in results:
        for family in (result.item.family, "all"):
            rows[result.item.true, family][result.verdict] += 1
    order = sorted(rows, key=lambda key: (not key[0], key[1] == "all"))
    return [
        {"statements": "true" if true else "false", "family": family, "n": sum(rows[true, family].values())}
        | {v.value: rows[true, family][v] for v in Verdict}
        for true, family in order
    ]


def add_command(commands: Any) -> None:
    """Adds `guard` to the command line."""
    parser = commands.add_parser("guard", help="true and false statements of every fact, checked")
    parser.add_argument("--wrong", action="store_true", help="print the statements judged wrongly, too")
    parser.add_argument("--family", default="", help="with --wrong: of this family only")
    parser.set_defaults(function=run)


def run(options: argparse.Namespace) -> int:
    """Exit code of the command: 1 where a bar is missed."""
    found = reviews()
    results = judged(items(found), found)
    if options.wrong:
        for result in results:
            if result.wrong and options.family in ("", result.item.family):
                print(f"{result.item.family} | {result.verdict.value} | {result.item.text} | {result.reason}")
    head = f"{'':6} {'family':18} {'n':>6}" + "".join(f"{v.value:>15}" for v in Verdict)
    print(head)
    for row in table(results):
        shown = "".join(f"{row[v.value]:>15}" for v in Verdict)
        print(f"{row['statements']:6} {row['family']:18} {row['n']:>6}{shown}")
    missed = faults(results)
    for fault in missed:
        print(f"missed: {fault}")
    return 1 if missed else 0


def faults(results: Iterable[Result]) -> list[str]:
    """The bars that are missed."""
    results = list(results)
    true = [r for r in results if r.item.true]
    false = [r for r in results if not r.item.true]
    passed = [r for r in false if r.wrong]
    missed = []
    if len(false) < 2000 or len(true) < 500:
        missed.append(f"only {len(false)} false and {len(true)} true statements")
    if len(passed) > 0.01 * len(false):
        missed.append(f"{len(passed)} of {len(false)} false statements supported")
    numeric = [r for r in passed if r.item.family in NUMERIC]
    if numeric:
        missed.append(f"{len(numeric)} of them with a wrong figure, e.g. {numeric[0].item.text}")
    if sum(not r.wrong for r in true) < 0.95 * len(true):
        missed.append(f"{sum(r.wrong for r in true)} of {len(true)} true statements not supported")
    return missed
