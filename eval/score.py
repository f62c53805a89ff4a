"""Scores an answer against its gold item, number by number.

Nothing is imported from the assistant: a scorer that shared its reader of facts would share its mistakes.
What makes two figures the same is said in `eval.figures`; everything else is another figure.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.figures import Figure, figures, first_sentence, says

ANY_LEADS = frozenset({"list", "comparison", "count", "superlative", "conflict", "multiturn"})
"""Kinds in which any gold figure may stand first; the gold names no order."""
NO_LEAD = frozenset({"summary", "text"})
"""Kinds that ask for no particular figure."""
ECHOES = frozenset({"yesno", "false_premise"})
"""Answered kinds in which the asked number may be repeated, to be affirmed or denied."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer did right and wrong. `reasons` is empty where the item is right."""

    id: str
    kind: str
    reasons: tuple[tuple[str, str], ...]
    """Pairs of fault (`status`, `missing`, `wrong`, `words`, `citation`, `lead`, `crash`) and detail."""

    @property
    def right(self) -> bool:
        return not self.reasons

    def has(self, fault: str) -> bool:
        return any(name == fault for name, _ in self.reasons)


def score(item: Mapping[str, Any], reply: Mapping[str, Any] | None) -> Score:
    """Scores one reply (the contract's object; None or one with `error` where there is none) of one item."""
    if reply is None or "error" in reply or not isinstance(reply.get("answer"), str):
        detail = "no reply" if reply is None else str(reply.get("error", "no answer text"))
        return Score(item["id"], item["kind"], (("crash", detail),))
    reasons: list[tuple[str, str]] = []
    if reply.get("status") != item["status"]:
        reasons.append(("status", f"{reply.get('status')}, expected {item['status']}"))
    for check in (_figure_faults, _word_faults, _citation_faults):
        reasons += check(item, reply)
    return Score(item["id"], item["kind"], tuple(reasons))


def _golds(texts: Iterable[str]) -> list[Figure]:
    return [figure for text in texts for figure in figures(text)]


def _figure_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    gold, allowed = _golds(item["figures"]), _golds(item["allowed"])
    found = figures(reply["answer"])
    faults = [("missing", str(g)) for g in gold if not any(f.states(g) for f in found)]
    echoed: set[tuple[str, str]] = set()
    if item["status"] == "declined" or item["kind"] in ECHOES:
        echoed = {(f.value, unit) for turn in item["turns"] for f in figures(turn) for unit in (f.unit, "")}
    named = {
        word for group in item["words"] for word in group
    }  # study ids asked for, as in "51, 54 and 4053"
    for f in found:
        known = any(f.states(g) for g in gold) or any(
            f.value == a.value and (f.unit == a.unit or Figure(f.value, f.unit).states(a)) for a in allowed
        )
        if not (known or f.free or (f.value, f.unit) in echoed or str(f) in named):
            faults.append(("wrong", str(f)))
    if gold and item["kind"] not in NO_LEAD:
        first = figures(first_sentence(reply["answer"]))
        leads = gold if item["kind"] in ANY_LEADS else gold[:1]
        if not any(f.states(g) for f in first for g in leads):
            faults.append(("lead", f"{leads[0]} not in the first sentence"))
    return faults


def _word_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    text = reply["answer"]
    faults = [
        ("words", " | ".join(group)) for group in item["words"] if not any(says(text, w) for w in group)
    ]
    return faults + [("words", f"must not say {w}") for w in item["not_words"] if says(text, w)]


def _citation_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    must, may = set(item["cite"]), set(item["cite"]) | set(item["may_cite"])
    citations = reply.get("citations") or []
    cited: set[str] = set()
    faults: list[tuple[str, str]] = []
    gold = _golds(item["figures"])
    for statement in reply.get("statements") or []:
        numbers = statement.get("citations") or []
        if not numbers and any(f.states(g) for f in figures(statement.get("text", "")) for g in gold):
            faults.append(("citation", "a gold figure without citation"))
        for number in numbers:
            if isinstance(number, int) and 0 <= number < len(citations):
                cited.add(str(citations[number].get("abstract") or ""))
            else:
                faults.append(("citation", f"no citation {number}"))
    faults += [("citation", f"missing {i or 'the review'}") for i in sorted(must - cited)]
    faults += [("citation", f"not called for: {i or 'the review'}") for i in sorted(cited - may)]
    if item["status"] == "answered" and not must and not cited:
        faults.append(("citation", "an answer without citation"))
    return faults


def interval(right: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a share: the two p at which `right` or a more extreme count has probability
    (1 - level) / 2 (Clopper and Pearson, Biometrika 26, 1934). (0, 1) where n is 0."""

    def log_term(k: int, p: float) -> float:
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        return ways + k * math.log(p) + (n - k) * math.log1p(-p)

    def solve(above: Callable[[float], bool]) -> float:
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (low, middle) if above(middle) else (middle, high)
        return low

    def tail(ks: range, p: float) -> float:
        return math.fsum(math.exp(log_term(k, p)) for k in ks)

    alpha = (1 - level) / 2
    lower = solve(lambda p: tail(range(right, n + 1), p) > alpha) if right else 0.0
    upper = solve(lambda p: tail(range(right + 1), p) < alpha) if right < n else 1.0
    return lower, upper


def table(scores: Sequence[Score]) -> str:
    """The scores by kind as aligned text, and overall with its interval."""
    faults = ("status", "wrong", "missing", "words", "lead", "citation", "crash")
    rows: list[tuple[str, ...]] = [("kind", "n", "right", *faults)]
    groups = [(kind, [s for s in scores if s.kind == kind]) for kind in sorted({s.kind for s in scores})]
    for name, group in [*groups, ("all", list(scores))]:
        counts = (sum(s.has(f) for s in group) for f in faults)
        rows.append((name, str(len(group)), str(sum(s.right for s in group)), *(str(c) for c in counts)))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    right, n = sum(s.right for s in scores), len(scores)
    low, high = interval(right, n)
    lines.append(
        f"\n{right} of {n} right: {right / max(n, 1):.1%} (exact 95 % interval {low:.1%} to {high:.1%})"
    )
    return "\n".join(lines)


def read_replies(output: str) -> tuple[dict[str, dict[str, Any]], int]:
    """Replies by id out of JSON Lines, in any order, and the number of lines that are none."""
    replies: dict[str, dict[str, Any]] = {}
    bad = 0
    for line in filter(str.strip, output.splitlines()):
        try:
            reply = json.loads(line)
        except ValueError:
            reply = None
        if isinstance(reply, dict) and isinstance(reply.get("id"), str):
            replies.setdefault(reply["id"], reply)
        else:
            bad += 1
    return replies, bad
