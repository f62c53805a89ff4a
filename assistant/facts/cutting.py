"""A sentence cut into the pieces that each say something complete, so that no list is torn apart."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.pieces import Piece, in_parenthesis
from assistant.spans.span import TIME_UNITS, Span
from assistant.text.text import WORD_NUMBER

_CUTTERS = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r";",
        r":",
        r",\s*(?:leading\s+to|resulting\s+in|requiring|prompting)\b",
        r",\s*(?:and|while|whereas|but|with|(?:dropping|falling|rising|increasing|decreasing|declining)\s+to)\b|\b(?:while|whereas|whilst)\b",
        r",",
        r"\b(?:and|but|nor|as\s+well\s+as)\b",
    )
)
"""Where a sentence may be cut, the surest places first."""
_SEMICOLON, _COLON, _AND = 0, 1, len(_CUTTERS) - 1
_CONTRAST = re.compile(r"\W*(?:while|whereas|whilst)\b", re.IGNORECASE)
_THE_RATES = re.compile(
    r"\b(?:the|its|their)\s+(?:corresponding\s+|respective\s+)?"
    r"(?:rates?|figures|proportions|percentages|values|numbers)\s+(?:(?:in|for|with|on|among)\s+[^,;]{1,40}\s+)?(?:was|were|being)\b",
    re.IGNORECASE,
)
"""Measures named before, named again without their names."""
_LISTED = re.compile(r"\s*(?:,|and|or|vs\.?|versus)\s*", re.IGNORECASE)
_COMPLETES = re.compile(r"\W*(?:with|without|in|on|for|among)\b", re.IGNORECASE)
MEDIAN_OF = re.compile(
    r"\W*(?:(?:and|while|whereas|but|with)\s+)?(?:the\s+|an?\s+)?(?:median|mean)\s+(?:number|duration|dose|time|interval|length|count|lines?|prior)\b",
    re.IGNORECASE,
)
"""``and the median number of prior lines was 3``: speaks of something of its own."""
GIVEN = re.compile(
    rf"\W*(?:and|while|whereas|but)\s+(?:\d[\d.]*\s?%|(?:\d+|{WORD_NUMBER})(?:\s+\(\d[\d.]*\s?%\))?)\s+(?:of\s+(?:them|these|the\s+patients)\s+|"
    r"(?:patients|participants)\s+)?(?:also\s+|had\s+)?(?:received|required|needed|were\s+given|were\s+treated|was\s+given)\b",
    re.IGNORECASE,
)
"""``and 14 (47%) received immunoglobulins``: what was given is no figure of the measure before it."""
OF_THINGS = re.compile(
    r"\W*(?:and|while|whereas|but)\s+\d[\d.]*\s?%\s+of\s+(?:all\s+|the\s+)?(?:[a-z-]+\s+){0,2}"
    r"(?:cells|reads|alleles|samples|grafts|products|doses|infusions|colonies)\s+(?:was|were|had|carried|expressed|remained|showed)\b",
    re.IGNORECASE,
)
"""``and 90% of red cells were round``: no figure of the measure before it."""
_NO_EFFECT = re.compile(
    r"\W*(?:while|whereas|but)\s+(?:there\s+was\s+)?(?:no|an?|the|this|little)\s+(?:[a-z]+\s+)?"
    r"(?:effect|benefit|difference|advantage|impact|improvement|influence)\b"
    r"|\W*(?:and|but)\s+(?:it\s+)?(?:did\s+not|was\s+not|were\s+not)\s+(?:depend|vary|differ|influenced|affected)\b",
    re.IGNORECASE,
)
"""``whereas no effect was seen in women (81% vs. 80%)``: the same outcome of others."""
_HELD = re.compile(
    r"\W*(?:but|and|while|whereas)\s+(?:it|this|the\s+(?:effect|benefit|difference|advantage))\s+(?:also\s+)?(?:held|persisted|extended|was\s+(?:also\s+)?(?:seen|similar|maintained|preserved|present|smaller|larger|absent))\b",
    re.IGNORECASE,
)
"""``but it held in those without it (12 vs. 4 months)``."""
_OF_A_PART = re.compile(
    r",\s+(?:and|but|dropping\s+to|falling\s+to|rising\s+to|increasing\s+to|decreasing\s+to|declining\s+to)\s+(?:(?:it\s+)?(?:was|were|reached)\s+)?"
    r"(?:only\s+|even\s+|as\s+(?:high|low)\s+as\s+)?\d[\d.]*\s?%(?:\s*\([^()]*\))?\s+(?:in|at|among|for)\s",
    re.IGNORECASE,
)
"""``The ORR was 79%, and 85% at 200 mg``: the first figure is of all, the second of a part."""
_IT_WAS = re.compile(
    r",\s+(?:and|but|while|whereas)\s+(?:in|among|for)\s+(?:the|those|these)\s+[^,;%]{1,90}?\s(?:it|this|the\s+rate)\s+(?:was|reached)\s",
    re.IGNORECASE,
)
"""``and in the 14 with A it was 50%``: the same measure of others."""
_DID_NOT = re.compile(
    r"\W*(?:but|while|whereas)\s+(?:not\s+)?(?:in\s+|among\s+)?[^,;:()\d]{1,40}?(?:\s+(?:did|were|was|had|do)(?:\s+not)?)?\s*\(\s*\d[\d.]*\s?%?\s+(?:vs\.?|versus)\s",
    re.IGNORECASE,
)
"""``but women did not (11 vs. 10 months)``, ``but not in women (49% vs. 50%)``: the same outcome of others."""
_ALIKE = re.compile(
    r"\W*(?:while|whereas|but)\s+(?:in|among|for)\s+[^,;()]{1,60}?\s(?:the\s+)?(?:arms|groups|treatments|two|both|it|this|they|rates|figures|results|outcomes?)\s+"
    r"(?:were|was|did|had)\s+[^,;()]{1,60}\(\s*\d[\d.]*\s?%?\s+(?:vs\.?|versus)\s",
    re.IGNORECASE,
)
"""``while in mutated disease the arms were alike (92% vs. 91%)``: the same outcome of others."""
_OF_OTHERS = re.compile(r"\W*(?:(?:and|but|while|whereas)\s+)?(?:in|among|for)\b", re.IGNORECASE)
"""``in women 13% versus 14%, in men 16% versus 19%``: the same figures of another group."""


def cut(piece: Piece, text: str) -> list[Piece]:
    """The smallest pieces that each say something complete."""
    if len(piece.values()) < 2:
        return [_before_semicolon(piece, text)]
    for k, cutter in enumerate(_CUTTERS):
        for match in cutter.finditer(text, piece.start, piece.end):
            at = match.start()
            if any(s.start < at < s.end for s in piece.spans) or in_parenthesis(text[piece.start : at]):
                continue
            if k == _AND and _coordinates(piece, at, match.end()):
                continue
            left = Piece(piece.start, at, tuple(s for s in piece.spans if s.end <= at))
            right = Piece(at, piece.end, tuple(s for s in piece.spans if s.start >= at))
            if (k == _COLON and _adds_up(left, right)) or _repeats(left, right):
                return cut(left, text) + cut(right, text)
            if k == _SEMICOLON and left.values() and not right.values():
                return cut(left, text)
            if left.values() and right.values() and (k == _SEMICOLON or _separable(left, right, text)):
                return cut(left, text) + cut(right, text)
    return [piece]


def _repeats(left: Piece, right: Piece) -> bool:
    """Whether the measure of a whole is repeated, without words of its own, for its parts."""
    measures, values = right.of("measure"), right.values()
    told = bool(measures and values and left.values()) and not measures[0].text
    return told and measures[0].start == values[0].start


def _adds_up(left: Piece, right: Piece) -> bool:
    """Whether counts behind a colon are the parts of the one before it."""
    whole, parts = left.values()[-1:], right.values()
    counted = all(v.unit == "patients" and v.total is None for v in (*whole, *parts))
    return bool(whole) and counted and len(parts) > 1 and sum(v.n or 0 for v in parts) == whole[0].n


def _before_semicolon(piece: Piece, text: str) -> Piece:
    """A piece without what follows the semicolon behind its one figure, of which nothing is counted."""
    values = piece.values()
    end = next(
        (m.start() for m in re.finditer(";", text[: piece.end]) if values and m.start() >= values[0].end), 0
    )
    if not end or end <= piece.start or in_parenthesis(text[piece.start : end]):
        return piece
    return Piece(piece.start, end, tuple(s for s in piece.spans if s.end <= end))


def _coordinates(piece: Piece, start: int, end: int) -> bool:
    """Whether an ``and`` joins two measures: ``PFS and OS were``."""
    measures = piece.of("measure")
    return any(0 <= start - m.end <= 1 for m in measures) and any(0 <= m.start - end <= 1 for m in measures)


_UNDERWENT = re.compile(r"\b(?:underwent|received|proceeded|went|were|had\s+(?:been|undergone|received))\b")
_WITH_AND = re.compile(r"\b(?:with|without)\s*$")


def _separable(left: Piece, right: Piece, text: str) -> bool:
    """Whether each side says something complete."""
    measures, others = left.firm(), right.firm()
    if _LISTED.fullmatch(text, left.values()[-1].end, right.values()[0].start):
        return False  # "14 and 12 cases of A" gives one measure's figures
    tail = text[right.start : right.end]
    if _WITH_AND.search(text, left.values()[-1].end, left.end):
        return False  # "45% of patients with and 30% of patients without A"
    if measures and others:
        other = not {m.ids for m in measures} & {m.ids for m in others}
        if _CONTRAST.match(tail) and other and others[0].start < right.values()[0].start:
            return True
        if "respectively" in tail and len(right.values()) != len(others) and len(left.values()) == 1:
            return len(right.values()) % 2 == 0 and bool(right.of("group") or left.of("group"))
        return _balanced(left, measures) and _balanced(right, others)
    if others and not measures:
        own_verb = _UNDERWENT.search(text, left.values()[-1].end, left.end)
        if _subjects(left) and _subjects(right) and not own_verb and re.match(r"\W*(?:and|but)\b", tail):
            return False  # "12 (36%) on A and 17 (53%) on B have progressed"
        if _bracketed(left, text) and others[0].start < right.values()[0].start:
            return True
        return all(v.unit == "patients" for v in left.values()) and not _starts_list(tail, right)
    if measures and not others:
        if any(p.match(tail) for p in (MEDIAN_OF, GIVEN, OF_THINGS, _NO_EFFECT, _HELD)):
            return True
        if _ALIKE.match(tail) and right.of("group"):
            return True
        if _DID_NOT.match(tail) and len(right.of("group")) == 1 < len(left.of("group")):
            return True
        if _THE_RATES.search(tail) and (
            _CONTRAST.match(tail) or tail.lstrip(", ;").startswith(("and ", "but "))
        ):
            return True
        return _counts_apart(left, right) or _continues(left, right, tail)
    if left.of("grade") and right.of("grade") and not measures and not others:
        return True  # "at worst a grade 3 toxicity (19%), and 19 at worst one of grade 4"
    return bool(left.of("group")) and bool(right.of("group"))


def _bracketed(piece: Piece, text: str) -> bool:
    """``Fewer stopped with A (13% vs. 14%), and neuropathy …``: the bracket closes what its clause says."""
    values = piece.values()
    inside = all(in_parenthesis(text[piece.start : v.start]) for v in values)
    return len(values) > 1 and inside and text[piece.start : piece.end].rstrip().endswith(")")


def _subjects(piece: Piece) -> bool:
    """Whether a piece holds one count of one group's patients."""
    values, groups = piece.values(), piece.of("group")
    own = [g for g in groups if values and g.start >= values[-1].end] or groups
    return len(values) == len(own) == 1 and values[0].unit == "patients"


def _counts_apart(left: Piece, right: Piece) -> bool:
    """``Median age was 70 years, and 20 patients were frail``."""
    aged = {m.ids for m in left.firm()} == {("median_age",)}  # "was 57 (range, 30 to 76), and 40% were male"
    durations = aged or all(v.unit in TIME_UNITS or v.unit == "range" for v in left.values())
    return durations and bool(right.of("group")) and all(v.unit in {"patients", "%"} for v in right.values())


_PAIR = 2
_OF_THOSE_AGAINST = re.compile(
    r"\W*(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to|in\s+contrast\s+to|versus|vs\.?)\s",
    re.IGNORECASE,
)


def _continues(left: Piece, right: Piece, tail: str) -> bool:
    """``… were 20, 33 and 39%, respectively, with A, and 10, 18 and 27%, respectively, without it``."""
    n_left, n_right = len(left.values()), len(right.values())
    measures, groups = len(left.firm()), len(right.of("group"))
    if "respectively" in tail and measures > 1 < groups and n_left + n_right == measures * groups:
        return False
    if _OF_THOSE_AGAINST.match(tail) and len(right.of("group")) == 1 and n_left == n_right == _PAIR:
        return len(left.of("group")) >= _PAIR  # "49% with A and 33% with B, as opposed to 66% and 52% in men"
    if n_left == n_right == 1 == groups and not left.of("group") and _OF_A_PART.match(tail):
        return right.of("group")[0].start > right.values()[0].start
    if groups == 1 and _IT_WAS.match(tail):
        return True
    for kind in ("group", "time", "grade", "cycle", "threshold"):
        if len(left.of(kind)) == n_left and len(right.of(kind)) == n_right:
            return True
    if len(_headed(left)) == len(_headed(right)) > 1 and _OF_OTHERS.match(tail):
        return left.of("group")[0].ids != right.of("group")[0].ids
    times = len(left.of("time"))
    if len(right.of("time")) == times == 1 and n_left == n_right == len(left.of("group")) > 1:
        return True
    if len(right.of("grade")) == n_right and not left.of("grade"):
        return True
    if len(right.of("group")) == n_right > 1 and not left.of("group") and not _COMPLETES.match(tail):
        return True
    repeated = n_left == n_right == times > 1 and not right.of("time")
    return repeated and len(left.of("group")) == len(right.of("group")) == 1


def _headed(piece: Piece) -> list[Span]:
    """The results of a piece, counts of patients aside, where one group stands before them all; else none."""
    results = [v for v in piece.values() if v.unit != "patients" or v.percent or v.total is not None]
    groups = piece.of("group")
    return results if len(groups) == 1 and results and groups[0].end <= results[0].start else []


def _balanced(piece: Piece, measures: Sequence[Span]) -> bool:
    counts = [v for v in piece.values() if v.unit == "patients" and not v.percent and v.total is None]
    results = len(piece.values()) - len(counts) if any(v.unit == "%" for v in piece.values()) else 0
    values, groups = results or len(piece.values()), max(1, len(piece.of("group")))
    times, grades = max(1, len(piece.of("time"))), max(1, len(piece.of("grade")))
    n = max(1, len(measures))
    return values in {1, n, n * groups, n * times, n * grades, n * groups * times, 2 * n} or values < n


def _starts_list(tail: str, right: Piece) -> bool:
    return "respectively" in tail and len(right.values()) > 1
