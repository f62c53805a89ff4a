"""Whether a figure that a statement gives is the one that a fact of the review gives."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.text.text import fold

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ABOUT = re.compile(
    r"(?:\b(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|some|close to|in the region of)|~|\u2248)\s*$",
    re.IGNORECASE,
)
_NEARLY = re.compile(r"\b(?:nearly|almost|just (?:under|below)|not quite)\s*$", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:more than|over|above|exceed(?:ed|s|ing)|in excess of|greater than|higher than|longer than)\s*$",
    re.IGNORECASE,
)
_JUST_OVER = re.compile(r"\b(?:just (?:over|above)|slightly (?:over|above|more than))\s*$", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:less than|under|below|fewer than|lower than|shorter than)\s*$", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:at least|no fewer than|no less than|not less than)\s*$", re.IGNORECASE)
_MOST = re.compile(r"\b(?:at most|no more than|not more than|up to)\s*$", re.IGNORECASE)
_HEDGES = (
    ("just over", _JUST_OVER), ("nearly", _NEARLY), ("about", _ABOUT), ("at least", _LEAST), ("at most", _MOST),
    ("over", _OVER), ("under", _UNDER),
)  # fmt: skip
_MONTHS = {"years": Decimal(12), "months": Decimal(1)}
_LENGTHS = frozenset({"years", "months", "weeks", "days", "hours"})


def hedge_of(text: str, start: int) -> str:
    """What a statement says before a figure that makes it no exact one: ``about``, ``over`` …, or ""."""
    before = text[max(0, start - 40) : start]
    return next((name for name, pattern in _HEDGES if pattern.search(before)), "")


def numbers_of(text: str) -> tuple[Decimal, ...]:
    """The numbers of ``text`` in order."""
    return tuple(Decimal(n.replace(",", "")) for n in _NUMBER.findall(fold(text)))


def agrees(said: Fact, known: Fact, size: int | None, hedge: str = "") -> bool:
    """Whether the figure said is the known one.

    Args:
        said: as read from a statement.
        known: as the review gives it.
        size: number of patients of the fact's group, None where the review does not give it.
        hedge: what ``hedge_of`` found before the figure.
    """
    if said.unit == "patients":
        return _same_count(said, known, size, hedge)
    if said.unit == "open" or known.unit == "open":
        return said.unit == known.unit
    if said.unit == "%":
        if said.n is not None and not _same_parts(said, known, size):
            return False
        if "/" in known.value and known.unit == "patients" and not known.percent and known.total:
            return _same_share(said, known, hedge)
        shown = known.percent or (known.value if known.unit == "%" else "")
        return bool(shown) and _compared(numbers_of(said.value), numbers_of(shown), said, known, hedge)
    if said.unit in _LENGTHS or known.unit in _LENGTHS:
        return _same_length(said, known, hedge)
    if said.unit == "amount" and known.unit not in {"amount", ""} and known.unit not in fold(said.value):
        return False
    if said.unit != known.unit and {said.unit, known.unit} - {"", "amount"} and not _loose(said, known):
        return False
    if _sign(said.value) != _sign(known.value):
        return False
    return _compared(numbers_of(said.value), numbers_of(known.value), said, known, hedge)


def _same_parts(said: Fact, known: Fact, size: int | None) -> bool:
    """Whether the n and N beside a percentage are the known ones."""
    if said.total is not None and said.total != (known.total if known.total is not None else size):
        return False
    if known.n is not None:
        return said.n == known.n
    return (
        bool(said.total)
        and said.n is not None
        and share_of(said.n, said.total or 1, known.percent or known.value)
    )


def _loose(said: Fact, known: Fact) -> bool:
    """Units that the reader leaves out where a head or a word gives them."""
    return not said.unit or ("/" in known.unit and said.unit == "amount")


def _sign(value: str) -> str:
    return fold(value).strip()[:1] if fold(value).strip()[:1] in {"+", "-"} else ""


def _same_count(said: Fact, known: Fact, size: int | None, hedge: str) -> bool:
    if said.n is None:
        return False
    if known.n is None:
        shown = known.percent or (known.value if known.unit == "%" else "")
        told = not said.percent or numbers_of(said.percent) == numbers_of(shown)
        whole = said.total if said.total is not None else size
        return (
            bool(shown and size)
            and whole == size
            and told
            and not hedge
            and share_of(said.n, size or 1, shown)
        )
    if not _compared((Decimal(said.n),), (Decimal(known.n),), said, known, hedge):
        return False
    if said.total is not None and said.total != (known.total if known.total is not None else size):
        return False
    if not said.percent:
        return True
    if known.percent:
        return numbers_of(said.percent) == numbers_of(known.percent)
    whole = known.total or said.total
    return bool(whole) and share_of(known.n, whole or 1, said.percent)


def _same_share(said: Fact, known: Fact, hedge: str) -> bool:
    return (
        known.n is not None
        and bool(known.total)
        and not hedge
        and share_of(known.n, known.total or 1, said.value)
    )


def share_of(n: int, total: int, shown: str) -> bool:
    """Whether ``shown`` is n of N in percent, to as many digits as it has."""
    said = numbers_of(shown)
    return len(said) == 1 and _rounded(Decimal(100 * n) / Decimal(total), said[0]) == said[0]


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    exponent = like.as_tuple().exponent
    return value.quantize(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0), ROUND_HALF_UP)


def _same_length(said: Fact, known: Fact, hedge: str) -> bool:
    a, b = numbers_of(said.value), numbers_of(known.value)
    if said.unit in _MONTHS and known.unit in _MONTHS:
        a, b = (tuple(n * _MONTHS[u] for n in ns) for ns, u in ((a, said.unit), (b, known.unit)))
    elif said.unit != known.unit:
        return False
    return _compared(a, b, said, known, hedge)


def _compared(a: tuple[Decimal, ...], b: tuple[Decimal, ...], said: Fact, known: Fact, hedge: str) -> bool:
    if not a or len(a) != len(b):
        return False
    if a == b and said.comparator == known.comparator:
        return hedge not in {"over", "under", "just over", "nearly"}
    if len(a) > 1:
        return False
    x, y = a[0], b[0]
    if known.comparator:
        return False
    if said.comparator:
        return y < x if said.comparator in {"<", "\u2264"} else y > x
    return _hedged(x, y, hedge)


def _hedged(x: Decimal, y: Decimal, hedge: str) -> bool:
    """Whether ``over x``, ``nearly x`` … may be said of the figure y."""
    step = Decimal(1).scaleb(int(x.as_tuple().exponent))
    if step == 1 and x % 10 == 0 and x >= 100:
        step = Decimal(5)
    return {
        "about": abs(x - y) * 2 <= step,
        "nearly": x - step <= y < x,
        "just over": x < y <= x + step,
        "over": y > x,
        "at least": y >= x,
        "under": y < x,
        "at most": y <= x,
    }.get(hedge, False)
