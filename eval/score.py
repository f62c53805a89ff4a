"""Scores an answer against its gold item, number by number.

Nothing is imported from the assistant: a scorer that shared its reader of facts would share its mistakes.
What makes two figures the same is said in `eval.figures`; everything else is another figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.figures import Figure, figures, first_sentence, says
from eval.gold import qualified
from eval.qualifiers import fact_faults
from eval.support import citations_of, statements_of

ANY_LEADS = frozenset({"list", "comparison", "count", "superlative", "conflict", "multiturn"})
"""Kinds in which any gold figure may stand first; the gold names no order."""
NO_LEAD = frozenset({"summary", "text"})
"""Kinds that ask for no particular figure."""
ECHOES = frozenset({"yesno", "false_premise"})
"""Answered kinds in which the asked number may be repeated, to be affirmed or denied."""
FAULTS = ("status", "wrong", "missing", "words", "lead", "citation", "fact", "crash")


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer did right and wrong. `reasons` is empty where the item is right."""

    id: str
    kind: str
    reasons: tuple[tuple[str, str], ...]
    """Pairs of fault (one of `FAULTS`) and detail."""

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
    reasons += [("fact", detail) for detail in fact_faults(reply, qualified(item))]
    return Score(item["id"], item["kind"], tuple(reasons))


def _golds(texts: Iterable[str]) -> list[Figure]:
    return [figure for text in texts for figure in figures(text)]


def _figure_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    gold = _golds(item["figures"])
    found = figures(reply["answer"])
    faults = [("missing", str(g)) for g in gold if not any(f.states(g) for f in found)]
    faults += [("wrong", str(f)) for f in wrong_figures(item, reply["answer"])]
    if leads(item, reply["answer"]) is False:
        faults.append(("lead", f"{gold[0]} not in the first sentence"))
    return faults


def wrong_figures(item: Mapping[str, Any], answer: str) -> list[Figure]:
    """The answer's figures that the item neither asks for nor allows."""
    gold, allowed = _golds(item["figures"]), _golds(item["allowed"])
    echoed: set[tuple[str, str]] = set()
    if item["status"] == "declined" or item["kind"] in ECHOES:
        echoed = {(f.value, unit) for turn in item["turns"] for f in figures(turn) for unit in (f.unit, "")}
    named = {word for group in item["words"] for word in group}  # study ids, as in "51, 54 and 4053"

    def known(f: Figure) -> bool:
        if any(f.states(g) for g in gold) or f.free or (f.value, f.unit) in echoed or str(f) in named:
            return True
        return any(
            f.value == a.value and (f.unit == a.unit or Figure(f.value, f.unit).states(a)) for a in allowed
        )

    return [f for f in figures(answer) if not known(f)]


def leads(item: Mapping[str, Any], answer: str) -> bool | None:
    """True where the asked figure stands in the first sentence; None where no particular one is asked for."""
    gold = _golds(item["figures"])
    if not gold or item["kind"] in NO_LEAD:
        return None
    first = figures(first_sentence(answer))
    return any(f.states(g) for f in first for g in (gold if item["kind"] in ANY_LEADS else gold[:1]))


def _word_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    text = reply["answer"]
    faults = [
        ("words", " | ".join(group)) for group in item["words"] if not any(says(text, w) for w in group)
    ]
    return faults + [("words", f"must not say {w}") for w in item["not_words"] if says(text, w)]


def _citation_faults(item: Mapping[str, Any], reply: Mapping[str, Any]) -> list[tuple[str, str]]:
    must, may = set(item["cite"]), set(item["cite"]) | set(item["may_cite"])
    citations = citations_of(reply)
    cited: set[str] = set()
    faults: list[tuple[str, str]] = []
    gold = _golds(item["figures"])
    for text, numbers in statements_of(reply):
        if not numbers and any(f.states(g) for f in figures(text) for g in gold):
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
