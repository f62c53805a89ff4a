"""What the review states, as a list read by hand: `gold/facts.csv`, and the names of its attributes.

The list gives an item's figures their study, measure, time point and group, so that the scorer sees a wrong
arm beside a right figure; and it says which facts a set of questions has to ask for.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eval.figures import Figure, figures, normal, says

GOLD = Path(__file__).parent / "gold"
MISSING = "N/A"
_FRACTION = re.compile(r"\d+/\d+")


@dataclass(frozen=True, slots=True)
class GoldFact:
    """One figure or statement of the review."""

    study: str
    """Abstract number; "" for what is said of none."""
    attribute: str
    time_point: str
    """`3-year`, or "" where none is stated."""
    group: str
    """`all patients`, an arm or a subgroup; "" where the notion does not apply."""
    value: str
    """As printed; `N/A` for a cell that reports nothing."""
    place: tuple[str, ...] = ()
    """Every section, or table and row, that states it."""
    says: tuple[str, ...] = ()
    """For a value in words: what an answer that gives it says, one of them."""
    asked: tuple[str, ...] = ()
    """Words of a question for it; those of its attribute where there are none."""

    def figures(self) -> list[Figure]:
        return [] if self.says else figures(self.value)

    def __str__(self) -> str:
        parts = (self.study or "review", self.time_point, self.attribute, self.group, self.value)
        return ", ".join(p for p in parts if p)


@cache
def gold_facts() -> tuple[GoldFact, ...]:
    """The facts of the shipped review."""
    return tuple(
        GoldFact(
            row["study"],
            row["attribute"],
            row["time_point"],
            row["group"],
            row["value"],
            *(_parts(row[c]) for c in ("place", "says", "asked")),
        )
        for row in _rows("facts.csv")
    )


@cache
def attribute_names() -> Mapping[str, frozenset[str]]:
    """Every name an attribute goes by in `attributes.csv`, itself among them, in the form of `plain`."""
    return {
        row["attribute"]: frozenset(map(plain, (row["attribute"], *_parts(row["names"]))))
        for row in _rows("attributes.csv")
    }


@cache
def _asking() -> Mapping[str, tuple[str, ...]]:
    return {row["attribute"]: _parts(row["asked"]) for row in _rows("attributes.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split("|") if p.strip())


def plain(text: str) -> str:
    """Letters and digits alone, lower-case, for the comparison of names and places."""
    return re.sub(r"[\W_]|\bor\b", "", normal(text).casefold())


def qualified(item: Mapping[str, Any], facts: Iterable[GoldFact] | None = None) -> list[dict[str, str]]:
    """The item's gold facts: its own `at`, or those its figures point to without a doubt.

    A gold figure is qualified where exactly one fact of the studies to be cited has it. Others are left out:
    a figure that a study has twice (42.9% CR, 42.9% CRi), and what is computed or counted.
    """
    if "at" in item:
        return list(item["at"])
    if item["status"] != "answered" or item["kind"] in {"derivation", "count", "conflict"}:
        return []
    facts = gold_facts() if facts is None else list(facts)
    found = []
    for gold in (f for text in item["figures"] for f in figures(text)):
        having = [
            fact for fact in facts if fact.study in item["cite"] and fact.study and [gold] == fact.figures()
        ]
        if len(having) == 1:
            fact = having[0]
            names = ("study", "attribute", "time_point", "group", "value")
            found.append({name: getattr(fact, name) for name in names})
    return found


def asks_for(item: Mapping[str, Any], fact: GoldFact, facts: Sequence[GoldFact]) -> bool:
    """True where a right answer to the item gives the fact, or says that it is not reported."""
    cited = set(item["cite"]) or set(item["may_cite"])
    if fact.study not in cited:
        return False
    if fact.value == MISSING:
        return len(cited - {""}) == 1 and item["status"] == "declined" and _worded(item, fact)
    if item["status"] != "answered":
        return False
    if fact.says:
        said = any(says(word, w) for group in item["words"] for word in group for w in fact.says)
        return said or (_worded(item, fact) and _placed(item, fact))
    wanted = fact.figures()[:1] if _FRACTION.fullmatch(fact.value) else fact.figures()  # 9/10: the 9
    given = [f for text in item["figures"] for f in figures(text)]
    if not wanted or not all(any(g.value == w.value and g.unit == w.unit for g in given) for w in wanted):
        return False
    rivals = [f for f in facts if f.study == fact.study and f.figures()[: len(wanted)] == wanted]
    return len(rivals) == 1 or _worded(item, fact)


def _worded(item: Mapping[str, Any], fact: GoldFact) -> bool:
    words = fact.asked or _asking().get(fact.attribute, ())
    return any(says(turn, w) for turn in item["turns"] for w in words)


def _placed(item: Mapping[str, Any], fact: GoldFact) -> bool:
    places = {plain(p) for p in fact.place}
    return any(plain(p) in places for p in item.get("place", ()))
