"""The share of the patients that a figure of the review gives, or one clause of a sentence: ``Of 40 patients …, 26 (65%) responded``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.selection import percent_of
from assistant.text.text import ONE_NUMBER_WORD, fold, word_number


def share_of(desk: Desk, fact: Fact) -> float | None:
    """The share of its own patients that a fact gives, in percent; None where their number is not given.

    A count of one arm is a share of that arm, and the number enrolled is a share of nothing.
    """
    if fact.percent or fact.unit == "%" or (fact.n is not None and fact.total):
        return percent_of(fact)
    if fact.attribute != "n_patients" and fact.group:
        sizes = {
            f.n for f in desk.selector.reported(fact.study, "n_patients") if f.group == fact.group and f.n
        }
        return percent_of(fact, sizes.pop()) if len(sizes) == 1 else None
    whole = desk.selector.total(fact.study)
    return percent_of(fact, whole) if fact.attribute != "n_patients" or fact.group else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence with the one share it gives.

    Attributes:
        text: its words.
        before: what the sentence says before it.
        low: the share in percent; the lower end of a range.
        high: the upper end of a range, else the same.
        of: the number whose part it is, where the sentence counts it; 0 else.
        opening: whether nothing before it gives a share.
        sided: whether the share of others stands beside it: ``31% (19/61) and 18% (10/57)``.
    """

    text: str
    before: str
    low: float
    high: float
    of: int = 0
    opening: bool = False
    sided: bool = False


_N = rf"(?:\d+|{ONE_NUMBER_WORD})"
_P = r"\d+(?:\.\d+)?"
_SHARE = re.compile(
    rf"(?P<low>{_P}) ?(?:-|to) ?(?P<high>{_P}) ?%"
    rf"|(?P<percent>{_P}) ?%(?! (?:CI|confidence|CrI))"
    rf"|\b(?P<n>{_N})(?: (?:\w+ )?(?:out )?of (?:the |these |those |all )?|/)(?P<of>{_N})\b(?! (?:them|whom))"
    rf"|\b(?P<some>{_N}) of (?:them|whom|these|those|which)\b"
    r"|\b(?P<all>(?:in|of|with) all(?! (?:of )?(?:\w+ )?(?:arms|studies|trials|groups|grades?)|,? (?:but|except|save|bar)\b)"
    r"|all(?: of)?(?: these| them| whom)?(?: \w+)?(?= (?:had|were|was|are)\b)"
    rf"|all (?:of )?(?:the |these )?(?P<every>{_N}) (?!(?:arms|studies|trials|groups|grades?)\b)(?:[\w-]+ ){{0,3}}?"
    r"(?=(?:patients|responders|cases|relapses|deaths|children|adults|recipients)\b)"
    r"|all (?:of (?:them|these|whom)|patients|evaluable)(?!,? (?:but|except|save|bar)\b))\b"
    r"|\b(?P<none>none of (?:them|whom|these|the)|in none)\b",
    re.IGNORECASE,
)
_UNITS = r"(?:cycles?|months?|weeks?|days?|years?|hours?|lines?|doses?|prior|previous|mg|g|and|or|to|of)\b"
_WHOLE = re.compile(rf"(?<![\d.])\b(?P<n>{_N}) (?!{_UNITS})(?=[^\W\d])", re.IGNORECASE)
_OF_SO_MANY = re.compile(
    rf"(?:^|[;,]\s*)(?:of|among) (?:the |these )?(?P<of>{_N}) (?=[^\W\d])[^;]*$", re.IGNORECASE
)
_COUNT = re.compile(rf"^\W*(?:only )?(?P<n>{_N})\b(?! ?(?:%|{_UNITS}|[×x]))", re.IGNORECASE)
_WAS_IN = re.compile(rf"^\W*(?:which|that) (?:was|were) [^,;]*\bin (?P<n>{_N})\W*$", re.IGNORECASE)
_CUTS = re.compile(
    r"\s*[;:]\s+|,\s+(?!(?:or|\d{3}\b))|\s+(?:and|but|whereas|while|although)\s+", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\b(?:by|loss of|reduction of|decrease of|increase of|rise of|at least|grade|[<>≥≤])\s*$", re.IGNORECASE
)
_SIDES = re.compile(r"\brespectively\b|\bvs\b|\bversus\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BARE = re.compile(r"\W*(?:and |or )?\d+(?:\.\d+)? ?%", re.IGNORECASE)
"""Begins a part of a sentence that gives but the share of others."""
_NEAR = 1.0
"""Percentage points by which a printed share may differ from that of its own numbers."""


def parts_of(text: str) -> list[Part]:
    """The parts of a sentence that give one share each; none of a sentence that sets sides against each other in one breath."""
    text = fold(text)
    if re.search(r"\brespectively\b", text, re.IGNORECASE):
        return []
    found: list[Part] = []
    shared = False
    pieces = list(_pieces(text))
    bare = [bool(_BARE.match(text, *span)) for span in pieces]
    for i, (start, end) in enumerate(pieces):
        piece, before = text[start:end], text[:start]
        shares = list(_shares(piece, before))
        if len(shares) == 1 and not _SIDES.search(piece):
            beside = bare[i] or (i + 1 < len(pieces) and bare[i + 1])
            found.append(replace(shares[0], opening=not shared, sided=beside))
        shared = shared or bool(shares)
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a sentence begin and end; what stands in brackets is not cut."""
    kept = [m.span() for m in _BRACKETED.finditer(text)]
    start = 0
    for cut in _CUTS.finditer(text):
        if any(a < cut.start() < b for a, b in kept):
            continue
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _shares(piece: str, before: str) -> Iterator[Part]:
    """Each share that a part of a sentence gives, with the number of those it is a share of; once where it is printed twice."""
    told: list[Part] = []
    for match in _SHARE.finditer(piece):
        if _AMOUNT.search(piece[: match.start()]):
            continue
        part = _read(match, piece, before)
        if part is not None and not any(_is_same(part, other) for other in told):
            told.append(part)
        elif part is not None and part.of and not told[-1].of:
            told[-1] = replace(told[-1], of=part.of)
    counted = _counted(piece, before)
    if counted is not None and (not told or _is_same(counted, told[0])):
        told = [replace(told[0], of=counted.of) if told else counted, *told[1:]]
    yield from told


def _is_same(a: Part, b: Part) -> bool:
    return abs(a.low - b.low) < _NEAR and abs(a.high - b.high) < _NEAR


def _read(match: re.Match[str], piece: str, before: str) -> Part | None:
    """One share with its numbers."""
    if match["low"]:
        return Part(piece, before, float(match["low"]), float(match["high"]))
    if match["percent"]:
        share = float(match["percent"])
        return Part(piece, before, share, share)
    if match["all"] or match["none"]:
        share = 100.0 if match["all"] else 0.0
        taken_up = re.search(r"these|them|whom", match[0], re.IGNORECASE)
        of = (
            _number(match["every"])
            if match["every"]
            else _last_count(before + piece[: match.start()])
            if taken_up
            else 0
        )
        return Part(piece, before, share, share, of)
    n = _number(match["n"] or match["some"])
    of = _number(match["of"]) if match["of"] else _last_count(before + piece[: match.start()])
    if not 0 <= n <= of:
        return None
    return Part(piece, before, 100.0 * n / of, 100.0 * n / of, of) if of else None


def _counted(piece: str, before: str) -> Part | None:
    """``26 responded`` behind ``Of 40 patients …,``, ``which was X in five`` behind ``Seven patients died,``."""
    whole = _OF_SO_MANY.search(before)
    count = _COUNT.match(piece) if whole else _WAS_IN.match(piece)
    if count is None:
        return None
    of = _number(whole["of"]) if whole else _last_count(before)
    n = _number(count["n"])
    return Part(piece, before, 100.0 * n / of, 100.0 * n / of, of) if 0 <= n <= of and of else None


def _last_count(before: str) -> int:
    """The number of those told last; 0 where none is."""
    counts = [_number(m["n"]) for m in _WHOLE.finditer(_BRACKETED.sub("", before))]
    return counts[-1] if counts else 0


def _number(text: str) -> int:
    return int(text) if text.isdigit() else word_number(text.lower()) or 0
