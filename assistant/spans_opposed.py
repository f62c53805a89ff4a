"""Those on the other side of a bound that a sentence names first: ``those with more``, ``younger patients``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans_numbers import Span

_PEOPLE = r"(?:patients|those|adults|people|participants|individuals|ones|women|men)"
_BOUND = re.compile(r"(?P<what>.*?)(?P<sign>[<>]=?|\u2264|\u2265)(?P<number>\d[\d.]*)")
_TURNED = {"<": "\u2265", ">": "\u2264", "\u2264": ">", "\u2265": "<", "<=": ">", ">=": "<"}
_SAID = re.compile(
    rf"\b(?:(?:those|patients|ones)\s+(?:with|who\s+had|having)\s+(?:a\s+|an\s+)?(?P<more>more|higher|greater)"
    rf"(?:\s+[a-z]+)?|(?:those|patients|ones)\s+(?:with|who\s+had|having)\s+(?:a\s+|an\s+)?(?P<less>fewer|less|lower|smaller)(?:\s+[a-z]+)?"
    rf"|(?P<old>older)\s+{_PEOPLE}|(?P<young>younger)\s+{_PEOPLE}"
    rf"|{_PEOPLE}\s+(?:who\s+were\s+)?(?:(?P<older>older)|(?P<younger>younger)))(?=\s*[,;.:()]|\s*$|\s+(?:and|was|were|had)\b)"
)


def turned(bound: str) -> str:
    """The id of those on the other side of a bound: ``age>=65`` gives ``age<65``; "" for what is no bound."""
    found = _BOUND.fullmatch(bound)
    if found is None:
        return ""
    sign = _TURNED[found["sign"]]
    if found["what"] == "age":
        sign = sign.replace("\u2264", "<=").replace("\u2265", ">=")
    elif (
        not re.search(r"[\u2264\u2265]|<=|>=", found["sign"])
        and found["what"][-1:].isalpha()
        and _COARSE.search(bound)
    ):
        sign = sign.replace("\u2264", "<").replace("\u2265", ">")
    return f"{found['what']}{sign}{found['number']}"


_COARSE = re.compile(r"(?:ratio|score|burden|duration|index|fraction|load)[<>]\d")
"""A bound whose id tells above from below and no more."""


_BY_AGE = frozenset({"elderly", "older", "younger"})
"""Groups that give way to the other side of a bound: ``older patients`` behind ``aged < 65 years``."""
_SIGN = re.compile(r"[<>]=?|\u2264|\u2265|(?:more|less|fewer)\s+than")


def bound_wording(text: str, other: str) -> str:
    """What an answer calls them outside the sentence: ``> 5% blasts``, ``younger than 65 years``."""
    bound = _BOUND.fullmatch(other)
    if bound is None or bound["what"] == "age":
        number = re.sub(r"\D", "", other)
        return f"younger than {number} years" if "<" in other else f"{number} years or older"
    return _SIGN.sub(bound["sign"], text, count=1)


def opposed_groups(text: str, groups: Sequence[Span]) -> list[Span]:
    """The groups of ``text`` that are told by the other side of the one bound before them.

    Args:
        text: one sentence, its signs folded.
        groups: those that it names otherwise.
    """
    found = []
    for match in _SAID.finditer(text):
        bounds = {
            g.ids[0]: g
            for g in groups
            if g.end <= match.start() and len(g.ids) == 1 and _BOUND.fullmatch(g.ids[0])
        }
        over = {i for g in groups if g.start < match.end() and match.start() < g.end for i in g.ids}
        if len(bounds) != 1 or over - _BY_AGE:
            continue
        (bound,) = bounds
        of_age = bound.startswith("age")
        above = bool(match["more"] or match["old"] or match["older"])
        other = turned(bound)
        if (
            of_age == bool(match["more"] or match["less"])
            or not other
            or above != (">" in other or "\u2265" in other)
        ):
            continue
        found.append(
            Span("group", match.start(), match.end(), bound_wording(bounds[bound].text, other), (other,))
        )
    return found
