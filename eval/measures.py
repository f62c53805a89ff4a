"""The measures: each one short function of an item, its reply and the faults found.

A measure is None where it does not apply to the item, so that the mean is over the items it applies to; a
reply that crashed has the worst value of each measure that looks at what was asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.figures import figures
from eval.gold import gold_facts, plain, qualified
from eval.qualifiers import agrees, claims_of
from eval.score import Score, leads
from eval.score import score as graded
from eval.support import citations_of, is_valid, statements_of, support_scores

Value = float | int | None


@dataclass(frozen=True, slots=True)
class Case:
    """What a measure looks at."""

    item: Mapping[str, Any]
    reply: Mapping[str, Any] | None
    """None where there is none, or none that can be read."""
    score: Score

    @property
    def answer(self) -> str:
        return str(self.reply["answer"]) if self.reply else ""

    @property
    def is_asked(self) -> bool:
        """True where the item is one to be answered."""
        return bool(self.item["status"] == "answered")

    @property
    def is_answered(self) -> bool:
        return self.reply is not None and self.reply.get("status") == "answered"


def right(case: Case) -> Value:
    """1 where the item has no fault."""
    return int(case.score.right)


def answered(case: Case) -> Value:
    """1 where the reply answers; the mean is the coverage (El-Yaniv and Wiener 2010)."""
    return int(case.is_answered)


def figure_recall(case: Case) -> Value:
    """Share of the gold figures that the answer gives, with value, unit and comparator."""
    gold = [f for text in case.item["figures"] for f in figures(text)]
    if not gold:
        return None
    found = figures(case.answer)
    return sum(any(f.states(g) for f in found) for g in gold) / len(gold)


def n_figures(case: Case) -> Value:
    """Figures of the answer that are claims: no time points, no study numbers, no `two arms`."""
    return None if case.reply is None else sum(not f.free for f in figures(case.answer))


def n_wrong(case: Case) -> Value:
    """Figures of the answer that are neither asked for nor allowed."""
    return None if case.reply is None else sum(name == "wrong" for name, _ in case.score.reasons)


def facts_right(case: Case) -> Value:
    """Share of the gold facts in the reply's `facts` that have the right study, measure, time and group."""
    if case.reply is None:
        return None
    facts = [(f, claims_of(f, case.reply)) for f in qualified(case.item)]
    claimed = [any(agrees(f, claim) for claim in claims) for f, claims in facts if claims]
    return sum(claimed) / len(claimed) if claimed else None


def citation_recall(case: Case) -> Value:
    """Share of statements that their citations bear out (ALCE, Gao et al. 2023; see `eval.support`)."""
    if case.reply is None or not (case.is_asked and case.is_answered):
        return None
    return support_scores(case.reply)[0]


def citation_precision(case: Case) -> Value:
    """Share of citations that bear their statement out, or are needed for it (ALCE); 0 without any."""
    if case.reply is None or not (case.is_asked and case.is_answered):
        return None
    return support_scores(case.reply)[1] or 0.0


def citation_valid(case: Case) -> Value:
    """Share of citation numbers that exist and quote something."""
    if case.reply is None:
        return None
    citations = citations_of(case.reply)
    numbers = [n for _, cited in statements_of(case.reply) for n in cited]
    return sum(is_valid(n, citations) for n in numbers) / len(numbers) if numbers else None


def place(case: Case) -> Value:
    """1 where a statement cites one of the places that the gold names: section, or table and row.

    None for a system whose citations name no places, as a stack of chunks has none.
    """
    places = tuple(plain(p) for p in gold_places(case.item))
    if not (case.is_asked and places):
        return None
    citations = citations_of(case.reply or {})
    used = [n for _, cited in statements_of(case.reply or {}) for n in cited if is_valid(n, citations)]
    locators = [plain(str(citations[n].get("locator") or "")) for n in used if isinstance(n, int)]
    if locators and not any(locators):
        return None
    return int(any(locator.startswith(places) for locator in locators))


def decline_right(case: Case) -> Value:
    """1 where an item that must be declined was."""
    return None if case.is_asked else int(case.reply is not None and case.reply.get("status") == "declined")


def false_decline(case: Case) -> Value:
    """1 where an item that the review answers was declined; lower is better."""
    return int(case.reply is not None and case.reply.get("status") == "declined") if case.is_asked else None


def lead(case: Case) -> Value:
    """1 where the asked figure stands in the first sentence."""
    found = leads(case.item, case.answer) if case.is_asked else None
    return None if found is None else int(found)


def focus(case: Case) -> Value:
    """Share of the answer's figures that were asked for; 0 where it gives none."""
    gold = [f for text in case.item["figures"] for f in figures(text)]
    if not (case.is_asked and gold):
        return None
    named = {word for group in case.item["words"] for word in group}  # study numbers asked for
    said = [
        f for f in figures(case.answer) if any(f.states(g) for g in gold) or not (f.free or str(f) in named)
    ]
    return sum(any(f.states(g) for g in gold) for f in said) / len(said) if said else 0.0


def evidence_recall(case: Case) -> Value:
    """Share of the gold figures that stand in the passages the engine says it looked at (`evidence`).

    No answer picked from them can give more: the ceiling of a stack that retrieves and quotes.
    """
    gold = [f for text in case.item["figures"] for f in figures(text)]
    evidence = (case.reply or {}).get("evidence")
    if not (case.is_asked and gold and isinstance(evidence, list)):
        return None
    there = [f for text in evidence for f in figures(str(text))]
    return sum(any(f.states(g) for f in there) for g in gold) / len(gold)


def n_chars(case: Case) -> Value:
    """Length of the statements, in characters."""
    return None if case.reply is None else sum(len(text) for text, _ in statements_of(case.reply))


MEASURES: dict[str, Callable[[Case], Value]] = {
    m.__name__: m
    for m in (
        *(right, answered, figure_recall, n_figures, n_wrong, facts_right),
        *(citation_recall, citation_precision, citation_valid, place),
        *(decline_right, false_decline, lead, focus, evidence_recall, n_chars),
    )
}


def gold_places(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The places that state what is asked: the item's own, or those of the facts its figures point to."""
    if item.get("place"):
        return tuple(item["place"])
    keys = {(f.get("study"), f.get("attribute"), f.get("value"), f.get("group")) for f in qualified(item)}
    facts: Sequence[Any] = [f for f in gold_facts() if (f.study, f.attribute, f.value, f.group) in keys]
    return tuple(dict.fromkeys(p for f in facts for p in f.place))


def measure(item: Mapping[str, Any], reply: Mapping[str, Any] | None) -> tuple[Score, dict[str, Value]]:
    """The faults of one reply, and every measure."""
    result = graded(item, reply)
    case = Case(item, None if result.has("crash") else reply, result)
    return result, {name: m(case) for name, m in MEASURES.items()}
