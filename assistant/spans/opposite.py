"""Those outside a group that a sentence names: ``those who were not frail``, ``unmutated patients``, ``those with more``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_PEOPLE = r"(?:patients|those|adults|people|participants|individuals|ones|women|men)"
_BOUND = re.compile(r"(?P<what>.*?)(?P<sign>[<>]=?|\u2264|\u2265)(?P<number>\d[\d.]*)")
_TURNED = {"<": "\u2265", ">": "\u2264", "\u2264": ">", "\u2265": "<", "<=": ">", ">=": "<"}
_SAID = re.compile(
    rf"\b(?:(?:those|patients|ones)\s+(?:with|who\s+had|having)\s+(?:a\s+|an\s+)?(?P<more>more|higher|greater)"
    rf"(?:\s+[a-z]+)?|(?:those|patients|ones)\s+(?:with|who\s+had|having)\s+(?:a\s+|an\s+)?(?P<less>fewer|less|lower|smaller)(?:\s+[a-z]+)?"
    rf"|(?P<old>older)\s+{_PEOPLE}|(?P<young>younger)\s+{_PEOPLE}"
    rf"|{_PEOPLE}\s+(?:who\s+were\s+)?(?:(?P<older>older)|(?P<younger>younger)))(?=\s*[,;.:()]|\s*$|\s+(?:and|was|were|had|responded|relapsed|died|achieved|reached|survived)\b)"
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


_NEGATED = re.compile(
    r"\b(?:(?:was|were|are|is|had|did|who|but)\s+not(?:\s+(?:been|have(?:\s+an?)?|carry(?:\s+an?)?|in|at))?|non-?|(?:without|lacking)(?:\s+(?:an?|any|the|this|such(?:\s+an?)?))?|(?:with|having|have|had|carry(?:ing)?)\s+no)\s*$",
    re.IGNORECASE,
)
_UNMUTATED = re.compile(r"\b(?:unmutated|wild-type)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"-negative\b", re.IGNORECASE)
"""``RS-negative`` beside ``RS-positive``: those who have no ring sideroblasts."""
_BUT_NOT_IN = re.compile(r"\bbut\s+not\s+(?:in|at)\s*$", re.IGNORECASE)
"""``longer in women (HR 0.6), but not in men (HR 1.0)``: the men's own ratio."""


def unmutated(groups: Sequence[Span], text: str) -> list[Span]:
    """``SF3B1-mutated against unmutated patients``: those without the mutation."""
    found = []
    for match in _UNMUTATED.finditer(text):
        bare = Span("group", *match.span(), match[0])
        before = [g for g in groups if g.end <= bare.start]
        over = [g for g in groups if g.meets(bare)]
        if any(len(g.text) > len(bare.text) or g.ids[0].startswith("no-") for g in over):
            continue  # "unmutated ABC" is a group of its own, "unmutated" beside one gene as well
        if before and not any(i.startswith("no-") for i in before[-1].ids):
            found.append(replace(bare, ids=tuple(f"no-{i}" for i in before[-1].ids)))
    return found


_MUTATED = re.compile(r"(?<!-)\bmutated\s+(?:disease|patients|cases|ones|genes|status)\b", re.IGNORECASE)


def mutated(groups: Sequence[Span], text: str) -> list[Span]:
    """``in those with unmutated ABC1 …, while in mutated disease``: those with the mutation of the gene named before."""
    found = []
    for match in _MUTATED.finditer(text):
        bare = Span("group", *match.span(), match[0])
        before = [g for g in groups if g.end <= bare.start]
        if (
            before
            and not any(g.meets(bare) and g.ids != ("mutated",) for g in groups)
            and before[-1].ids[0].endswith("-unmutated")
        ):
            found.append(replace(bare, ids=(before[-1].ids[0].replace("-unmutated", "-mutated"),)))
    return found


def opposite(ids: tuple[str, ...], text: str, matchers: Matchers) -> tuple[str, ...]:
    """The ids of those outside a group: the vocabulary's for ``non-`` and its wording, else ``no-`` ids."""
    for wording in (text, text.split(" ")[0]):
        words = tokens(f"non-{wording}")
        known = [m for m in matchers.populations.find(words) if m.start == 0 and m.end == len(words)]
        if known and (known[0].ids[:1] != ("wild-type",) or ids == ("mutated",)):
            return known[0].ids[:1]  # one gene's wild type is no other's
    return tuple(f"no-{i}" for i in ids)


_WITHOUT = re.compile(r"\bwithout\s+(?:the\s+)?$", re.IGNORECASE)


def negated(group: Span, text: str, arms: Collection[tuple[str, ...]], matchers: Matchers) -> Span:
    """``those who were not frail`` is another group than ``frail patients``."""
    before = text[max(0, group.start - 24) : group.start]
    others = [a for a in arms if a != group.ids]
    if len(arms) == 2 and len(others) == 1 and _WITHOUT.search(before):
        return replace(group, ids=others[0])
    found = None
    if group.ids not in arms:
        found = _NEGATED.search(before) or _NEGATIVE.match(text, group.end)
    if (
        not found
        or _BUT_NOT_IN.search(before)
        or group.text.lower().startswith(("no", "with"))
        or any(i.startswith("no-") for i in group.ids)
    ):
        return group
    return replace(group, ids=opposite(group.ids, group.text, matchers))
