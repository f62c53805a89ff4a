"""Numbers of studies and products as they are spoken: ``nineteen seventy two`` for study 1972, ``AB thirteen o one`` for AB13-01."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from assistant import lazy_re as re
from assistant.text.text import NUMBER_WORDS, ONE_NUMBER_WORD, WORD_NUMBER, word_number

_WORDS = {n: word for word, n in NUMBER_WORDS.items()}
_ZERO = r"(?:o|oh|zero|nought|null)"
_CODE = re.compile(r"([a-z]{2,5})(\d{1,4})")
_AFTER = (
    r"(?!\s*(?:%|per ?cent|point|patients?|pts|people|persons?|children|adults|participants|subjects|cases|mice|days?|weeks?|months?|years?"
    r"|yrs|times|mg|cycles?|hundred|thousand|and a half)\b)"
)
"""A count or a length of time is no study."""
_SPOKEN = re.compile(rf"\b(?:{ONE_NUMBER_WORD}|hundred|thousand)\b", re.IGNORECASE)
_AT = re.compile(
    rf"\b(day|days|week|weeks|month|months|grade|grades) ({WORD_NUMBER})\b(?! (?:days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
_FEWEST = 3
"""Digits of a study's number that is told by its words alone."""


class Dictated:
    """Writes spoken numbers of studies and products with digits.

    Args:
        ids: the studies' ids.
        codes: squeezed names of trials and products.
    """

    def __init__(self, ids: Collection[str], codes: Collection[str]) -> None:
        self._ids = [i for i in ids if i.isdigit() and len(i) >= _FEWEST]
        self._codes = [c for c in codes if _CODE.fullmatch(c)]

    def written_out(self, text: str) -> str:
        """``text`` with these numbers, days, months and grades in digits."""
        if not _SPOKEN.search(text):
            return text
        text = _AT.sub(lambda m: f"{m[1]} {word_number(m[2].lower())}", text)
        for pattern, shown in self._known:
            text = pattern.sub(shown, text)
        return text

    @cached_property
    def _known(self) -> list[tuple[re.Pattern[str], str]]:
        found = []
        for code in self._codes:
            letters, digits = code[: -len(_digits(code))], _digits(code)
            said = r"[ -]?".join(letters)
            alone = any(other != code and other.startswith(letters) for other in self._codes)
            full = "|".join(_spoken(digits))
            heads = "|".join(_spoken(digits[:2])) if len(digits) > 2 and not alone else ""
            spoken = f"(?:{full}|{heads})" if heads else f"(?:{full})"
            found.append((re.compile(rf"\b{said}[ -]?{spoken}\b{_AFTER}", re.IGNORECASE), code.upper()))
        for number in self._ids:
            spoken = "|".join(_spoken(number))
            found.append((re.compile(rf"\b(?<!-)(?:{spoken})\b{_AFTER}", re.IGNORECASE), number))
        return found


def _digits(code: str) -> str:
    return code.lstrip("abcdefghijklmnopqrstuvwxyz")


def _spoken(digits: str) -> Iterator[str]:
    """Patterns for the ways to say a row of digits, the longest first."""
    value = int(digits)
    if len(digits) == 4:
        head, tail = digits[:2], digits[2:]
        if digits[1:3] == "00" and tail != "00":
            yield rf"{_below_hundred(digits[0])} thousand(?: and)? {_below_hundred(tail)}"
        elif tail != "00":
            yield rf"{_below_hundred(digits[0])} thousand(?: and)? {_hundreds(digits[1:])}"
        yield (
            rf"{_below_hundred(head)} {_below_hundred(tail)}"
            if tail != "00"
            else rf"{_below_hundred(head)} hundred"
        )
    elif len(digits) == 3:
        yield _hundreds(digits)
        yield rf"{_below_hundred(digits[0])} {_below_hundred(digits[1:])}"
    elif value and digits[0] != "0":
        yield _below_hundred(digits)
    yield " ".join(_below_hundred(d) for d in digits)


def _hundreds(digits: str) -> str:
    """A pattern for a number below a thousand: ``nine hundred and eighty``."""
    if digits[0] == "0":
        return _below_hundred(digits[1:])
    rest = "" if digits[1:] == "00" else rf"(?: and)? {_below_hundred(digits[1:])}"
    return rf"{_below_hundred(digits[0])} hundred{rest}"


def _below_hundred(digits: str) -> str:
    """A pattern for a number below a hundred, a leading nought said: ``o one``, ``ninety five``."""
    value = int(digits)
    if value == 0:
        return " ".join([_ZERO] * len(digits))
    lead = f"{_ZERO} " if digits[0] == "0" else ""
    if value < 20 or value % 10 == 0:
        return f"{lead}{_WORDS[value]}"
    return rf"{lead}{_WORDS[value - value % 10]}[ -]{_WORDS[value % 10]}"
