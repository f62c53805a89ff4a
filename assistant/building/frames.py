"""Where a measure stands in a sentence that gives its figure: ``A occurred in 5%``, ``B (18%)``, ``an increase of ≥ 2 g/dL was seen``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.spans.numbers import numbers
from assistant.spans.span import TIME_UNITS, Span

_WORD = r"[^\W\d_][\w'/+-]*"
_PHRASE = rf"(?P<np>{_WORD}(?:\s+{_WORD}){{0,6}}?)"
_CLAUSE = r"(?:^\s*|[;,:]\s+|\b(?:and|but|while|whereas|whilst|with)\s+)"
_ADVERB = r"(?:(?:also|only|mostly|first|then|again|still|not|already|frequently|commonly|rarely|similarly|subsequently)\s+)?"
_SEEN = (
    r"(?:was|were|has\s+been|have\s+been|had\s+been)\s+"
    + _ADVERB
    + r"(?:seen|observed|reported|noted|recorded|documented|achieved|reached|"
    r"found|required|needed|met|attained|maintained|regained|detected|confirmed|experienced|described|sustained|diagnosed|registered|obtained)"
)
_HAPPENED = _ADVERB + r"(?:occurred|developed|arose|appeared|emerged|ensued|persisted)"
_MEASURED = (
    r"(?:was|were|numbered|came\s+to|stood\s+at|amounted\s+to|averaged|reached|totalled|remained|ranged|lasted|took|affected|fell|rose|dropped|"
    r"improved|increased|decreased|declined|changed|climbed|shortened)"
)
_SETTLED = r"(?P<verb>improved|worsened|normali[sz]ed|recovered|resolved|recurred|disappeared|healed)"
_FRAMES = tuple(
    re.compile(rf"{_CLAUSE}{_PHRASE}\s+(?:{verb})\b", re.IGNORECASE)
    for verb in (_SEEN, _HAPPENED, _MEASURED, _SETTLED)
)
_GAPPED = re.compile(
    rf"(?:,\s+(?:and\s+)?|\s\s+and\s+){_PHRASE}\s+(?:in|by|for)\s+(?=\d[\d.]*\s?(?:%|\s+(?:and|,|\.|$)|\s*\()|\d[\d.]*\s*$|\d[\d.]*\s*\.)"
)
"""``A occurred in 5%, B in 1%``: the verb stands once."""
_BESIDE = re.compile(
    rf"(?:{_CLAUSE}|\b(?:were|was|including|by)\s+){_PHRASE}\s*\((?=\d[\d.]*\s?%)", re.IGNORECASE
)
"""``headache (18%) and insomnia (11%)``."""
_UNITS = r"(?:%|\u00d7\s?10[^\s,;]*|[a-zA-Z\u00b5\u03bc]{1,5}/[\w\u00b2]+|points|mg|g|cm|mL)"
_BOUND = (
    r"(?:(?:[<>\u2264\u2265]|<=|>=)\s*|(?:at\s+least|more\s+than|less\s+than|below|above)\s+(?=\d))"
    rf"\d[\d.,]*(?:\s?{_UNITS})?"
)
_OVER = r"(?:\s+(?:over|within|for|at|by|in)\s+(?:any\s+|the\s+|a\s+)?\d+\s*-?\w+)?"
_CRITERION = re.compile(
    rf"{_CLAUSE}(?P<np>(?:{_WORD}\s+){{1,6}}?(?:of\s+)?{_BOUND}(?:\s+{_WORD}){{0,4}}?|(?:an?\s+)?{_BOUND}(?:\s+{_WORD}){{1,6}}?){_OVER}\s+{_SEEN}\b",
    re.IGNORECASE,
)
"""``an increase in haemoglobin of ≥ 2 g/dL was seen``: a measure with its bound."""
_MOVED = re.compile(
    rf"{_CLAUSE}(?P<np>(?:{_WORD}\s+){{1,5}}(?:fell|rose|dropped|decreased|increased|declined|improved)\s+by\s+{_BOUND})(?=\s+(?:in|among)\b)",
    re.IGNORECASE,
)
"""``serum tryptase fell by at least 50% in 81%``."""
_LASTING = re.compile(
    rf"\b(?P<np>(?:duration|length)\s+of\s+(?:{_WORD}\s+){{0,4}}?{_WORD}(?:\s+{_BOUND})?)\s+(?:was|were)\s+(?=\d)"
)
"""``the duration of neutropenia below 0.5 × 10⁹/L was 9 days``: a length of time with its bound."""
_GRADED = re.compile(
    r"\bgrades?\s*(?:[<>\u2264\u2265]\s*)?[1-5IV]+(?:\s*(?:-|to|or|/)\s*(?:[1-5IV]+\b|higher|worse|above))?\s"
    r"|(?<!stage\s)(?<!stages\s)(?<!phase\s)(?<!type\s)\bI{1,3}[-/](?:II|III|IV|V)\b\s?\u00b0?\s",
    re.IGNORECASE,
)
_AT_TIME = re.compile(
    r"\s(?:at|by|within|through|until|up\s+to|during)\s+(?:(?:day|week|month|year)s?\s*\d+|\d+\s*-?(?:days?|weeks?|months?|years?)|"
    r"the\s+(?:first|second|third|fourth|last)\s+(?:day|week|month|year))(?=\s)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?P<np>[^:;\d]{4,50}?)\s*:\s*(?=\d)")
"""``composite response: 7%`` in a cell."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that stands where a measure stands."""

    phrase: str
    kind: str
    """``rate``, ``duration`` or ``amount``, as its figure is one; "" where there is none."""
    verb: str = ""
    """What is said of it, where that is part of what is measured: ``improved``."""
    gapped: bool = False
    """Whether it stands in a list, where what patients have is counted, too."""
    bounded: bool = False
    """Whether a bound is part of it."""
    whole: bool = False
    """Whether it names a measure as it stands: ``duration of neutropenia``."""
    glossed: str = ""
    """What stands in the bracket straight behind it."""


def labelled(cell: str) -> Iterator[Candidate]:
    """The labels of the items of a cell, before their figures."""
    for item in re.split(r"[;\n]", cell):
        if match := _LABEL.match(item):
            yield Candidate(match["np"], _kind(item, match.end()))


def candidates(text: str) -> Iterator[Candidate]:
    """The phrases of a sentence that stand where a measure stands.

    Args:
        text: one sentence, its signs folded.
    """
    bare = re.sub(r"\s*\([^()]*\)|\s*\[[^\]]*\]", _blank, text)
    for match in (*_CRITERION.finditer(bare), *_MOVED.finditer(bare)):
        yield Candidate(match["np"], _kind(text, match.end()), bounded=True)
    for match in _LASTING.finditer(bare):
        yield Candidate(match["np"], "duration", whole=True)
    for aside in (_MOVED, _GRADED, _AT_TIME):
        bare = aside.sub(_blank, bare)
    for frame in _FRAMES:
        for match in frame.finditer(bare):
            verb = match.groupdict().get("verb") or ""
            kind = _kind(text, match.end(), prefer_rate=bool(verb))
            bracket = re.match(r"\s*\(([^()]*)\)", text[match.end("np") :])
            if verb not in {"improved", "worsened"} or kind == "rate":
                yield Candidate(match["np"], kind, verb, glossed=bracket[1] if bracket else "")
    for match in _GAPPED.finditer(bare):
        yield Candidate(match["np"], "rate", gapped=True)
    for match in _BESIDE.finditer(text):
        words = match["np"].split()
        if _OF_PEOPLE_ON.search(text, 0, match.start("np")):
            continue
        if len(words) <= _MOST_BESIDE and not any(w.lower().endswith(("ed", "ing")) for w in words):
            yield Candidate(match["np"], "rate")


_OF_PEOPLE_ON = re.compile(r"\b(?:than|or|versus|vs\.?|compared|against|treated)\s+with\s+$", re.IGNORECASE)
"""``rarer with A (38%) than with B (44%)``: B is what was given."""
_MOST_BESIDE = 3
"""Words of a measure that stands straight before the bracket with its figure."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_DONE = re.compile(
    r"\s+(?:\w+ly\s+)?(?:given|administered|compared|combined|added|tested|evaluated|studied|infused|injected|started|stopped|withdrawn|"
    r"used|offered|continued|discontinued|dosed|assigned|randomi[sz]ed|scheduled|planned|performed|carried\s+out|defined|"
    r"estimated|measured|assessed|allowed|permitted|mandated|recommended|balanced)\b",
    re.IGNORECASE,
)
"""Behind ``was`` it tells what was done with a treatment."""
_AHEAD_CHARS, _NEXT_CHARS = 90, 40
"""Characters behind a verb within which the figure stands; behind ``was`` it stands closer."""


def _kind(text: str, start: int, *, prefer_rate: bool = False) -> str:
    """The kind of measure that the first figure behind a verb is one of; "" where there is none."""
    ahead = text[start : start + _AHEAD_CHARS]
    if _DONE.match(ahead):  # "alphamab was given to 225 patients"
        return ""
    if re.search(r"\b(?:was|were)$", text[:start]):  # "crises were a disappointment" measures nothing
        ahead = re.split(r"[:;]", ahead)[0][:_NEXT_CHARS]
    end = re.search(r"[;.](?=\s|$)(?<!vs\.)", ahead)
    found = [s for s in numbers(ahead[: end.start()] if end else ahead) if s.kind == "value"]
    kinds = [k for k in map(_kind_of, found) if k]
    return "rate" if prefer_rate and "rate" in kinds else next(iter(kinds), "")


def _kind_of(value: Span) -> str:
    if value.unit in {"%", "patients"}:
        return "rate"
    if value.unit in TIME_UNITS or value.unit == "open":
        return "duration"
    return "amount" if value.unit in {"", "amount", "range"} else ""
