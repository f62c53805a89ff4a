"""Sizes of groups: those that tell a study's arms apart, and those that stand beside a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.groups import Ids
from assistant.facts.pieces import brackets
from assistant.model import Fact
from assistant.spans.span import Span

_SHARE_IN = re.compile(
    r"(?:%|\bmonths|\byears|\bdays|\bweeks)(?:\s*\([^()]*\))?\s+(?:in|of|among|for)\s+(?:the\s+|all\s+|our\s+)*$",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\s*(?:patients|participants|cases|subjects)?\s*(?:on|with|in|given|receiving|who\s+received|(?:who\s+were\s+)?[a-z]+ed\s+(?:with|to|by))?\s*(?:the\s+|an\s+|a\s+)?",
    re.IGNORECASE,
)
_OPENING = r"\W*(?:in|among|of|for)\s+(?:the\s+)?"
_HEADS = re.compile(rf"{_OPENING}(?:\d+\s+[a-z-]+\s+and\s+(?:the\s+)?)?", re.IGNORECASE)
_TWO = re.compile(rf"{_OPENING}\d+\s+[a-z-]+\s+and\s+(?:the\s+)?\d+\s+[a-z-]", re.IGNORECASE)
"""``Among 40 men and 30 women OS was 72% and 80%``."""
_ALL_SAID = re.compile(
    r"\s*(?:patients|participants|cases|subjects)?\s*(?:treated|studied|evaluated|tested)?\s*(?=[,;.)]|$)",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\W*(?:and|vs\.?|versus|against|compared\s+(?:with|to)|,)\W*(?:in\s+)?", re.IGNORECASE)


def with_sizes(
    spans: Sequence[Span], text: str, sizes: Mapping[int, Ids], labels: Mapping[Ids, str]
) -> list[Span]:
    """``spans`` with the arm behind each ``14/16`` and ``16/19`` of a row whose totals are the sizes of different arms.

    Args:
        spans: those of one sentence.
        text: the sentence.
        sizes: number of patients -> ids of the one arm of that size.
        labels: ids of an arm -> what it is called.

    A sentence that names an arm outside of brackets tells by itself whose its figures are; ``(HR for B vs. A 0.44)`` tells it
    of no other figure.
    """
    arms = set(sizes.values())
    values = [s for s in spans if s.kind == "value" and s.total in sizes]
    asides = list(brackets(text))
    named = [s for s in spans if s.kind == "group" and s.ids in arms]
    if len(values) < 2 or any(not any(a < g.start < b for a, b in asides) for g in named):
        return list(spans)
    behind: list[Span] = []
    for first, second in pairwise(values):
        apart = sizes[first.total or 0] != sizes[second.total or 0]
        between = re.sub(r"\([^()]*\)", "", text[first.end : second.start])
        if apart and _SERIES.fullmatch(re.sub(r"[()\d.%\s]+", " ", between)):
            for value in (first, second):
                ids = sizes[value.total or 0]
                behind.append(Span("group", value.end, value.end, labels.get(ids, " ".join(ids)), ids))
    return sorted([*spans, *dict.fromkeys(behind)], key=lambda s: (s.start, s.end))


def of_their_arms(facts: Sequence[Fact], sizes: Mapping[int, Ids]) -> tuple[int, int]:
    """How many figures whose total is the size of an arm were read as of that arm alone; fewer measures are better."""
    own = [f for f in facts if f.total in sizes and f.attribute and f.group == set(sizes[f.total or 0])]
    return len(own), -len({f.attribute for f in own})


def sizes_apart(spans: Sequence[Span], text: str) -> tuple[list[Span], list[Fact]]:
    """``80% as against 49% in 198 historical controls``: the spans without the size of a figure's group, and the sizes.

    ``61% in the 40 patients treated`` says of no group how large it is; its count is no figure of a measure, either.
    """
    kept: list[Span] = []
    sizes: list[Fact] = []
    for span in spans:
        counted = span.kind == "value" and span.unit == "patients" and not span.percent and span.total is None
        groups = [g for g in spans if g.kind == "group" and _SIZED.fullmatch(text, span.end, g.start)]
        before = text[: span.start]
        heads = _TWO.match(text) and _HEADS.fullmatch(before) and any(g.start == span.end + 1 for g in groups)
        told = counted and bool(heads or _SHARE_IN.search(before))
        if not told or not (groups or _ALL_SAID.match(text, span.end)):
            kept.append(span)
            continue
        sizes.append(
            Fact(
                "", "n_patients" if groups else "", span.text, "", unit="patients", n=span.n,
                group=frozenset(i for g in groups[:1] for i in g.ids),
                group_label=" ".join(g.text for g in groups[:1]),
                start=span.start, end=span.end,
            )
        )  # fmt: skip
    return kept, sizes
