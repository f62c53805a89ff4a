"""The groups that stand straight behind figures: ``12 months with A versus 8 months with B``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.doses import doses_behind
from assistant.facts.pieces import Piece
from assistant.spans.labels import group_ids
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_VERSUS = r"(?:versus|vs\.?|compared\s+(?:with|to)|against|than|and|but|whereas|while|to(?=\s+\d))"
_AFTER_VALUE = re.compile(
    rf"\s*(?:patients?\s*)?(?:\([^()]*\)|\[[^\]]*\])?\s*(?:patients?\s+)?(?:of\s+(?:those|patients|the\s+patients)\s+)?"
    rf"(?:with|for|in|on|among|after|(?P<no>without))\s+(?:the\s+|an?\s+|those\s+(?:given|on|with)\s+)?"
    rf"(?P<label>(?!{_VERSUS}\b)[^\s,;.()]+(?:\s+(?!{_VERSUS}\b)[^\s,;.()]+){{0,6}})",
    re.IGNORECASE,
)
_WITHOUT_IT = re.compile(
    r"\s*(?:patients?\s*)?(?:\([^()]*\)|\[[^\]]*\])?\s*(?:(?:in|for|of)\s+(?:those|patients)\s+)?without(?:\s+it)?\s*(?=[,;.()]|$)",
    re.IGNORECASE,
)
"""``74% with A and 66% without``: what the second ones lack is named behind the figure before."""
_WITH = re.compile(r"\bwith\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
_NO_LABEL = re.compile(r"^\d|\b(?:who|those|did|not|a|median)\b")


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
            if timed
            else Span("group", begin, end, told, tuple(sorted(ids)))
        )
    return found if any(g.ids for g in found) else []
