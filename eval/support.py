"""Whether what a statement cites bears it out, decided without a model.

ALCE (Gao et al., EMNLP 2023) asks an entailment model. Here a quotation supports a statement where it holds
all its figures, with unit and comparator, or the figures that a difference, a sum, a ratio or a count is made
of; a statement without figures is supported where quotation and place hold a third of its words that say
something (those that only name a study are left out).
"""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import permutations, product
from typing import Any

from eval.figures import Figure, figures, normal

WORDS_SHARED = 1 / 3
MOST_SUMS = 2000
_STEM = 5
_SPELT = frozenset("one two three four five six seven eight nine ten".split())
_WORD = re.compile(r"\w+(?:/\w+)*")
_NAMED = re.compile(r"\b(?:abstract|study)\s+\d+|\b[^\W\d_]+ et al\.?(?:, [^\s,()]+(?=\)))?", re.I)
_LITTLE = frozenset(
    "a an and are as at by for from in is it no not of on or the to was were with yes".split()
)
_LITTLE |= {"abstract", "abstracts", "study", "studies"}

Citation = Mapping[str, Any]


def statements_of(reply: Mapping[str, Any]) -> list[tuple[str, list[object]]]:
    """Text and citation numbers of each statement; an answer that is in no statement is one without any."""
    rows = reply.get("statements")
    found: list[tuple[str, list[object]]] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping):
            numbers = row.get("citations")
            found.append((str(row.get("text", "")), list(numbers) if isinstance(numbers, list) else []))
    return found or [(str(reply.get("answer", "")), [])]


def citations_of(reply: Mapping[str, Any]) -> list[Citation]:
    """The reply's citations; what is no object is an empty one, so that the numbers keep their meaning."""
    rows = reply.get("citations")
    return [r if isinstance(r, Mapping) else {} for r in rows] if isinstance(rows, list) else []


def is_valid(number: object, citations: Sequence[Citation]) -> bool:
    """True where there is a citation of that number and it quotes something."""
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(citations):
        return False
    return bool(str(citations[number].get("quote") or "").strip())


def supports(citations: Sequence[Citation], text: str) -> bool:
    """True where the citations together bear the text out."""
    if not citations:
        return False
    sources = [f"{c.get('locator') or ''}: {c.get('quote') or ''}" for c in citations]
    said = [f for f in figures(text) if not f.free]
    if said:
        there = [figures(source) for source in sources]
        return all(_found(f, there) or _computed(f, there) for f in said)
    words = _words(_NAMED.sub(" ", text))
    return not words or len(words & _words(" ".join(sources))) >= WORDS_SHARED * len(words)


def _words(text: str) -> set[str]:
    """The text's words, cut to their first letters, without those that say nothing or name a study."""
    found = {word for word in _WORD.findall(normal(text).casefold()) if word not in _LITTLE}
    return {word[:_STEM] for word in found if not word.isdigit()} - {w for w in _SPELT if w in found}


def support_scores(reply: Mapping[str, Any]) -> tuple[float, float | None]:
    """Citation recall and precision of a reply, as ALCE defines them; no precision where it cites nothing.

    Recall: share of statements whose citations exist, one at least, and together bear it out. Precision:
    share of citations that count: those of a statement with recall 1 which bear it out alone, or without
    which the others do not. ALCE looks at no more than three citations a statement; this at all of them.
    """
    citations = citations_of(reply)
    statements = statements_of(reply)
    recalled, right, n_cited = 0, 0, 0
    for text, numbers in statements:
        n_cited += len(numbers)
        if not numbers or not all(is_valid(n, citations) for n in numbers):
            continue
        cited = [citations[n] for n in numbers if isinstance(n, int)]
        if not supports(cited, text):
            continue
        recalled += 1
        for k, citation in enumerate(cited):
            rest = cited[:k] + cited[k + 1 :]
            right += not rest or supports([citation], text) or not supports(rest, text)
    return recalled / len(statements), right / n_cited if n_cited else None


def _found(figure: Figure, there: Sequence[Sequence[Figure]]) -> bool:
    return any(f.states(figure) or figure.states(f) for source in there for f in source)


def _computed(figure: Figure, there: Sequence[Sequence[Figure]]) -> bool:
    """True for the number of citations, a sum over them, and what two figures of fitting units give."""
    value = _number(figure.value)
    if value is None or figure.comparator:
        return False
    claims = [[f for f in source if not f.free and _number(f.value) is not None] for source in there]
    counts = [[Decimal(f.value) for f in source if f.unit == ""] for source in claims]
    if figure.unit == "" and (value == len(there) or (len(there) > 1 and value in _sums(counts))):
        return True
    pairs = permutations([f for source in claims for f in source], 2)
    return any(value in _results(a, b, figure.unit) for a, b in pairs)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _sums(numbers: Sequence[Sequence[Decimal]]) -> set[Decimal]:
    """The sums of one figure from each source, where there are not too many to try."""
    n_sums = math.prod(map(len, numbers))
    return {sum(parts, Decimal()) for parts in product(*numbers)} if n_sums <= MOST_SUMS else set()


def _results(one: Figure, other: Figure, unit: str) -> set[Decimal]:
    """What two figures give in a unit: a difference, a sum, a share of two counts, a count of a share."""
    a, b = Decimal(one.value), Decimal(other.value)
    results: set[Decimal] = set()
    if one.unit == other.unit and unit in {one.unit, "pp" if one.unit == "%" else one.unit}:
        results |= {a - b, a + b}
    if one.unit == other.unit == "" and unit == "%" and b:
        results |= {round(100 * a / b, k) for k in (0, 1, 2)}
    if one.unit == other.unit and unit == "" and b:
        results |= {round(a / b, k) for k in (1, 2)}
    if (one.unit, other.unit, unit) == ("%", "", ""):
        results.add(round(a * b / 100, 0))
    return results
