"""Results files as the report needs them: shares with exact intervals by kind and study, and the failures."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.items import EvalError
from eval.results import read_results
from eval.statistics import interval, mcnemar

Row = Mapping[str, Any]

NO_STUDY = "no study"
REVIEW_ITSELF = "the review itself"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """0 where n is 0."""
        return self.right / self.n if self.n else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Exact 95 % interval (Clopper and Pearson)."""
        return interval(self.right, self.n)


@dataclass(frozen=True, slots=True)
class Run:
    """One results file."""

    name: str
    """What was asked; differs between the runs of a report."""
    head: Mapping[str, Any]
    rows: tuple[Row, ...]
    end: Mapping[str, Any] | None
    """None where the run did not come to its end."""

    @property
    def latencies_ms(self) -> list[float]:
        """Known latencies, shortest first."""
        found = [row.get("latency_ms") for row in self.rows]
        return sorted(float(v) for v in found if isinstance(v, int | float) and v >= 0)


def right(row: Row) -> bool:
    """Whether the item is without a fault."""
    return bool(row["scores"].get("right"))


def answered(row: Row) -> bool:
    """Whether the system answered it."""
    return bool(row["scores"].get("answered"))


def read_runs(paths: Sequence[Path]) -> list[Run]:
    """The runs of the files, named by engine, and by file where two have one engine.

    Raises:
        EvalError: a file is no results file, or holds no item.
    """
    found = [read_results(path) for path in paths]
    labels = [results.name for results in found]
    names: list[str] = []
    for results, label in zip(found, labels, strict=True):
        if not results.rows:
            raise EvalError(f"{results.path} holds no item")
        name = label if labels.count(label) == 1 else f"{label} ({results.path.stem})"
        names.append(name if name not in names else f"{name} {len(names) + 1}")
    return [Run(name, r.run, r.rows, r.end) for name, r in zip(names, found, strict=True)]


def studies_of(row: Row) -> list[str]:
    """Studies that a right answer cites; `NO_STUDY` where it cites none, or the file does not say."""
    cited = row.get("studies")
    if cited is None:
        cited = (row.get("item") or {}).get("cite") or ()
    return list(dict.fromkeys(str(study) or REVIEW_ITSELF for study in cited)) or [NO_STUDY]


def grouped(
    runs: Sequence[Run], groups_of: Callable[[Row], Iterable[str]]
) -> list[tuple[str, list[Share | None]]]:
    """Share of right items by group, for each run; None where a run has no item of the group.

    The group in which the first run does worst comes first.
    """
    counts: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for at, run in enumerate(runs):
        for row in run.rows:
            for group in groups_of(row):
                counts[group][at].append(right(row))
    shares = {
        group: [Share(sum(own[at]), len(own[at])) if at in own else None for at in range(len(runs))]
        for group, own in counts.items()
    }

    def order(entry: tuple[str, list[Share | None]]) -> tuple[float, int, str]:
        first = entry[1][0]
        return (first.value, -first.n, entry[0]) if first else (2.0, 0, entry[0])

    return sorted(shares.items(), key=order)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs over the questions that both were asked."""

    n: int
    only_first: int
    only_second: int

    @property
    def p(self) -> float:
        """Exact McNemar."""
        return mcnemar(self.only_first, self.only_second)


def paired(first: Run, second: Run) -> Pair:
    """Compares two runs item by item."""
    mine, theirs = ({row["id"]: right(row) for row in run.rows} for run in (first, second))
    both = mine.keys() & theirs.keys()
    only = [sum(a[i] and not b[i] for i in both) for a, b in ((mine, theirs), (theirs, mine))]
    return Pair(len(both), *only)


@dataclass(frozen=True, slots=True)
class Failed:
    """One run's wrong answer to an item."""

    run: int
    row: Row

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Fault and detail; a wrong item always has one."""
        found = [(str(f.get("fault", "")), str(f.get("detail", ""))) for f in self.row.get("faults") or ()]
        return found or [("wrong", "")]

    @property
    def reply(self) -> Mapping[str, Any]:
        """The reply as it came, or nothing."""
        reply = self.row.get("reply")
        return reply if isinstance(reply, dict) else {}

    @property
    def answer(self) -> str:
        """The answer's text; "" where there is none."""
        answer = self.reply.get("answer")
        return answer if isinstance(answer, str) else ""

    @property
    def citations(self) -> list[Mapping[str, Any]]:
        """The citations that are objects."""
        found = self.reply.get("citations")
        return [c for c in found if isinstance(c, dict)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Item:
    """A question that at least one run got wrong."""

    id: str
    kind: str
    gold: Mapping[str, Any]
    """The item with its gold; empty where the runs do not hold it."""
    failed: tuple[Failed, ...]
    right: tuple[int, ...]
    """Numbers of the runs that have it right."""

    @property
    def turns(self) -> list[str]:
        """The user's turns, oldest first."""
        return [str(turn) for turn in self.gold.get("turns") or ()]


def failures(runs: Sequence[Run]) -> list[Item]:
    """Every item that a run got wrong: those of the first run first, then of the second, and so on."""
    by_id: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for at, run in enumerate(runs):
        for row in run.rows:
            by_id[row["id"]].append((at, row))
    items = []
    for id_, rows in by_id.items():
        failed = tuple(Failed(at, row) for at, row in rows if not right(row))
        if failed:
            gold: Mapping[str, Any] = next(
                (r["item"] for _, r in rows if isinstance(r.get("item"), dict)), {}
            )
            good = tuple(at for at, row in rows if right(row))
            items.append(Item(id_, str(rows[0][1]["kind"]), gold, failed, good))
    return sorted(items, key=lambda item: item.failed[0].run)
