"""The groups that stand straight behind figures: ``12 months with A versus 8 months with B``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.doses import doses_behind
from assistant.facts.pieces import Piece
from assistant.spans.labels import group_ids
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_VERSUS = r"(?:versus|vs\.?|compared\s+(?:with|to)|against|than|and|but|whereas|while|to(?=\s+\d))"
_VERB = r"(?:responded|relapsed|died|survived|achieved|reached|attained|progressed|discontinued)"
_AFTER_VALUE = re.compile(
    rf"\s*(?:patients?\s*)?(?:\([^()]*\)|\[[^\]]*\])?\s*(?:patients?\s+)?(?:of\s+(?:those|patients|the\s+patients)\s+)?"
    rf"(?:with|for|in|on|among|after|(?P<no>without)|of(?=\s+the\s+(?:[\w/+-]+\s+){{1,2}}(?:(?:arms?|groups?|cohorts?)\b|and\s+(?:in\s+)?\d[\d.]*\s?%)))\s+(?:the\s+|an?\s+|those\s+(?:given|on|with)\s+)?"
    rf"(?P<label>(?!{_VERSUS}\b)[^\s,;.()]+(?:\s+(?!{_VERSUS}\b|{_VERB}\b)[^\s,;.()]+){{0,6}})",
    re.IGNORECASE,
)
_WITHOUT_IT = re.compile(
    r"\s*(?:patients?\s*)?(?:\([^()]*\)|\[[^\]]*\])?\s*(?:(?:in|for|of)\s+(?:those|patients)\s+)?without(?:\s+(?:it|one|them|any))?\s*(?=[,;.()]|$)",
    re.IGNORECASE,
)
"""``74% with A and 66% without``: what the second ones lack is named behind the figure before."""
_WITH = re.compile(r"\bwith\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
_NO_LABEL = re.compile(r"^\d|\b(?:who|those|did|not|a|median)\b")


_ORDINAL = re.compile(r"first|second|third|fourth|fifth|sixth|last", re.IGNORECASE)
"""``50% after the second to 70% after the third cycle``."""
_IN_ARM = re.compile(r"(?<=\w)\s+(?:in|on|of)\s+the\s+(?=(?:[\w/+-]+\s+){1,3}(?:arm|group|cohort)s?\b)")


def groups_after(values: Sequence[Span], piece: Piece, text: str, matchers: Matchers) -> list[Span]:
    """``12 months with A versus 8 months with B``: the groups straight after each value, or none.

    Where a cycle or a time point follows, the group has no ids.
    """
    if doses := doses_behind(values, piece, text):
        return doses
    found: list[Span] = []
    for value in values:
        without = _WITHOUT_IT.match(text, value.end)
        if without and len(found) == 1 and _WITH.search(text[values[0].end : found[0].start]):
            lacks = tuple(f"no-{i}" for i in found[0].ids)
            found.append(Span("group", *without.span(), f"without {found[0].text}", lacks))
            continue
        match = _AFTER_VALUE.match(text, value.end)
        told = _IN_ARM.split(match["label"])[0] if match else ""
        label = re.sub(r"\b(?:of|with)\s+an?\s+", lambda m: m[0].split()[0] + " ", told)
        ids = group_ids(label, matchers)
        if not match or not ids or _NO_LABEL.search(label):
            return []
        if match["no"]:
            ids = frozenset(f"no-{i}" for i in ids)
        begin = match.start("label")
        end = begin + len(told)
        timed = any(
            s.start < end and begin < s.end for kind in ("time", "cycle", "grade") for s in piece.of(kind)
        )
        whole = [g for g in piece.of("group") if g.start <= begin and end <= g.end]
        found.append(
            whole[0]
            if whole
            else Span("group", begin, begin, "", ())
            if timed or _ORDINAL.fullmatch(label)
            else Span("group", begin, end, told, tuple(sorted(ids)))
        )
    return found if any(g.ids for g in found) else []


_BEFORE_BRACKET = re.compile(
    r"\b(?:with|in|on|for|among|by|and|or)\s+(?:the\s+|an?\s+)?(?P<label>(?!(?:with|in|on|of|at|those|patients|all|both|which|whom|a|an)\b)[^\s,;:()%]+(?:\s+(?!than\b|with\b|in\b|and\b|or\b|but\b)[^\s,;:()%]+){0,3})\s*\($"
)
_BETWEEN = re.compile(
    r"\s*%?[^()]{0,12}\),?\s+(?:than|or|and|but|vs\.?|versus|compared|followed|as)\b[^()%]*\("
)


def groups_before_brackets(values: Sequence[Span], piece: Piece, text: str, matchers: Matchers) -> list[Span]:
    """``rarer with A (30%) than with B (40%) or with C (50%)``: the group straight before each figure's bracket, or none."""
    if len(values) < _SEVERAL or any(
        not _BETWEEN.fullmatch(text, a.end, b.start) for a, b in pairwise(values)
    ):
        return []
    found: list[Span] = []
    for value in values:
        match = _BEFORE_BRACKET.search(text[piece.start : value.start])
        ids = group_ids(match["label"], matchers) if match else frozenset()
        if match is None or not ids:
            return []
        begin, end = piece.start + match.start("label"), piece.start + match.end("label")
        known = [g for g in piece.of("group") if g.start < end and begin < g.end]
        found.append(known[0] if known else Span("group", begin, end, match["label"], tuple(sorted(ids))))
    return found if len({g.ids for g in found}) == len(found) else []


_SEVERAL = 2
