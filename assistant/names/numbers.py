"""Studies named by their number or label, told apart from years, doses and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.names.model import Name, squeeze

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_RANGE_AFTER = re.compile(r"\s*(?:-|to|through|until)\s*(?:19|20)\d\d")
_YEAR_RANGE_BEFORE = re.compile(r"(?:19|20)\d\d\s*(?:-|to|and|until|through)\s*$")
_YEAR_BEFORE = re.compile(
    r"(?:\byears?|\bsince|\bfrom|\bbetween|\buntil|\bduring|\bpublished in|\bcalendar year|\bback in|\bby|"
    r"\bbefore|\bafter|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december))\s*$",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\b(?:i|we|you|he|she|they)(?:'m| am|'re| are| was| were|'s| is)(?: (?:really|only|actually|just|rather))? after\s*$",
    re.IGNORECASE,
)
"""``I'm after 1234``: what is wanted, and no time."""
_YEAR_VERB = re.compile(
    r"\b(?:start|began|begin|open|publish|conduct|recruiting|running|diagnos|approved|held|calendar|(?:what|which|that) year|"
    r"took place|when|period|happen|join|accru|collecting|meeting|ongoing)",
    re.IGNORECASE,
)
_IN = re.compile(r"\bin\s*$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|per\s?cent|patients?|subjects?|participants?|people|adults|children|months?|years?|days?|"
    r"weeks?|/|-\s?(?:year|month|day|week)|cases|persons|men|women|points?|cells|percentage|pts|"
    r"(?:or|and) (?:older|younger|over|under|above|below)\b)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|older than|younger than|over|under|the age of)\s*$", re.IGNORECASE)
_LABELLED_OTHERWISE = re.compile(
    r"(?:reference|ref\.?|\[|grade|phase|table|cycle|day|month|week|cohort|level|arm)s?\s*$", re.IGNORECASE
)
_SMALL = re.compile(r"\b(?:grade|phase|cycle|level|arm|cohort)s?\s*$", re.IGNORECASE)
_MOST_DIGITS = 2
"""Digits of the number of a phase, grade, cycle or arm, and of an age."""
_AGE = re.compile(
    r"\b(?:under|over|above|below|beyond|past|aged|(?:older|younger) than|age of|either side of)[\s-]*(?:the age of )?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[<>=\u2264\u2265]\s*$|\bp\s*$")
_ABSTRACT = r"abstract|abs|abstrakt|résumé|resumen|摘要"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number shaped like a study's id, with what its surroundings say."""

    text: str
    before: str
    after: str
    marked: bool
    """``Abstract 12``, ``#12``."""
    loose: bool
    """``study 12``: might be a study's number."""

    @property
    def numeric(self) -> bool:
        return self.text.isdigit()

    @property
    def unit(self) -> bool:
        return bool(_UNIT_AFTER.match(self.after) or _AGE_BEFORE.search(self.before))

    def is_year(self, text: str) -> bool:
        if not _YEAR.fullmatch(self.text):
            return False
        if _YEAR_RANGE_AFTER.match(self.after) or _YEAR_RANGE_BEFORE.search(self.before):
            return True
        if _YEAR_BEFORE.search(self.before) and not _SOUGHT.search(self.before):
            return True
        return bool(_IN.search(self.before)) and bool(_YEAR_VERB.search(text))


class NumberReader:
    """Finds studies named by number.

    Args:
        ids: the studies' ids.
        label: what the review calls a study (``Abstract``); "" where it has no word for it.
    """

    def __init__(self, ids: Iterable[str], label: str) -> None:
        self._label = label
        ids = sorted(ids, reverse=True)
        self._ids = {squeeze(s): s for s in ids}
        noun = re.escape(label or "study")
        strict = rf"(?:{noun}|{_ABSTRACT}|poster)"
        loose = rf"(?:{noun}|{_ABSTRACT}|study|trial|poster)"
        self._number = re.compile(rf"(?<![\w.-])(?:{_shapes(ids)})(?![\w%]|\.\d|-\d)", re.IGNORECASE)
        self._marked = re.compile(
            rf"\b{strict}e?n?s?\.?\s*(?:no\.?|number|nr\.?|numero|#|:)?\s*#?\s*$|#\s*$|摘要\s*$",
            re.IGNORECASE,
        )
        self._loose = re.compile(rf"\b{loose}s?\s*#?\s*$", re.IGNORECASE)
        self._excluded = re.compile(rf"\bnot (?:the |in |from )*(?:{loose}s?)?\s*#?\s*$", re.IGNORECASE)
        self._other = re.compile(rf"\b{noun}\s+#?(\d{{1,6}})\b(?!\s*(?:%|patients))", re.IGNORECASE)
        self._digits_are_strange = not all(s.isdigit() for s in ids)

    def read(self, text: str) -> tuple[list[Name], list[str]]:
        """The studies named by number in folded ``text``, and labels of those the review does not have."""
        names: list[Name] = []
        missing: list[str] = []
        for match in self._number.finditer(text):
            number = self._placed(match, text)
            found = self._ids.get(squeeze(number.text), "")
            if self._excluded.search(number.before) or (found and _is_other_number(number, text)):
                continue
            if found:
                names.append(Name(number.text, "number", frozenset({found}), match.start(), match.end()))
            elif _is_missing(number):
                missing.append(f"{self._label} {number.text.upper()}")
        return names, missing + self._strange(text, names, missing)

    def _placed(self, match: re.Match[str], text: str) -> _Number:
        before, after = text[: match.start()], text[match.end() :]
        marked, loose = bool(self._marked.search(before)), bool(self._loose.search(before))
        return _Number(match.group(), before, after, marked, loose)

    def _strange(self, text: str, names: Iterable[Name], missing: Iterable[str]) -> list[str]:
        """Bare numbers after the label where the review's ids are of another form (``Poster 12``)."""
        if not self._digits_are_strange:
            return []
        taken = list(missing)
        found: list[str] = []
        for match in self._other.finditer(text):
            label = f"{self._label} {match[1]}"
            if not any(n.start <= match.start(1) < n.end for n in names) and label not in taken + found:
                found.append(label)
        return found


def _shapes(ids: Iterable[str]) -> str:
    """A regular expression for the ids with any digits, the longest form first."""
    shapes = {re.sub(r"\\?-", r"[- ]?", re.sub(r"\d+", r"\\d{1,6}", re.escape(s))) for s in ids}
    return "|".join(sorted(shapes, key=lambda s: (-len(s), s))) or r"(?!)"


def _is_other_number(number: _Number, text: str) -> bool:
    """Whether a number that is also a study's means something else here: a count, a year, a grade."""
    if not number.marked and (number.unit or (number.numeric and not number.loose and number.is_year(text))):
        return True
    if (
        number.numeric
        and len(number.text) <= _MOST_DIGITS
        and not number.marked
        and _AGE.search(number.before)
    ):
        return True
    small = _SMALL.search(number.before)
    if small and number.numeric and len(number.text) > _MOST_DIGITS:
        return False  # "phase 817" is a study's
    return bool(_LABELLED_OTHERWISE.search(number.before) or _COMPARED.search(number.before))


def _is_missing(number: _Number) -> bool:
    """Whether a number that is no study's is meant as one."""
    if number.marked or not number.numeric:
        return True
    return number.loose and not number.unit and len(number.text) > 1
