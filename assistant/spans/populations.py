"""Groups that the vocabulary names, where their words stand for patients."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import Token
from assistant.vocabulary.vocabulary import Match, Matchers

_DISEASE = re.compile(r"[-/]ALL")
"""In ``T-ALL`` not everyone."""
_AROUND = re.compile(r"\bperi-$", re.IGNORECASE)
"""``detectable peri-transplant MRD`` is no group of those transplanted."""
_AT_EVENT = re.compile(
    r"\b(?:at|censor(?:ed|ing)\s+(?:for|at)|(?:at\s+)?(?:the\s+)?(?:time|date)\s+of)\s+$", re.IGNORECASE
)
"""``in remission at transplant``, ``censored at transplant``: when, and not who."""
_OF_GENE = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?[A-Z][A-Z0-9]+\b")
"""``without mutation of ABC1`` is one group, which the gene tells."""
_GOES_ON = re.compile(
    r"[\s-]+(?:negativ|clear|eradicat|respon|data|assess|available|measure|undetect)", re.IGNORECASE
)
"""``with MRD negativity`` is no group of those with MRD."""
_MOSTLY = re.compile(r",\s+(?:mostly|mainly|largely|predominantly|usually|generally|all)\s+$")
"""``occurred in 13%, mostly asymptomatic``: describes the events, and tells no patients apart."""
_HOW_COMMON = re.compile(r"\b(?:almost|nearly|virtually|was|were|is|are)\s+$", re.IGNORECASE)
"""``Cytopenia was almost universal``: how many had it, and no product."""
_KINDS_OF_TRANSPLANT = frozenset({"haploidentical", "matched-donor", "ric", "mac"})


def known_groups(text: str, words: Sequence[Token], matchers: Matchers) -> list[Span]:
    """The vocabulary's groups in ``text``, in order of place.

    Args:
        text: one sentence, its signs folded.
        words: its tokens.
        matchers: lexicons of the review.
    """
    matches = matchers.populations.find(words)
    found = []
    for match in matches:
        start, end = words[match.start].start, words[match.end - 1].end
        if not _tells_no_patients(match.ids[0], start, end, text) and not (
            match.ids[0] == "transplant" and _is_told_by_donor(match, matches, words, text)
        ):
            end = _closed(text, start, end)
            found.append(Span("group", start, end, text[start:end], match.ids[:1]))
    return found


def _tells_no_patients(name: str, start: int, end: int, text: str) -> bool:
    before = text[:start]
    if _DISEASE.match(text, max(0, start - 1)) or _MOSTLY.search(before) or _AROUND.search(before):
        return True
    if text[:end].endswith("relapses"):
        return True  # "33 late relapses"
    if name == "off-the-shelf" and _HOW_COMMON.search(before):
        return True
    if name == "transplant":
        return bool(_AT_EVENT.search(before))
    if name == "mrd-positive":
        return bool(_GOES_ON.match(text, end))
    return name == "wild-type" and bool(_OF_GENE.match(text, end))


def _is_told_by_donor(transplant: Match, matches: Sequence[Match], words: Sequence[Token], text: str) -> bool:
    """``matched sibling transplants`` are told by their donors."""
    start = words[transplant.start].start
    return any(
        0 < transplant.start - m.end + 1 <= 2
        and m.ids[0] in _KINDS_OF_TRANSPLANT
        and re.fullmatch(r"\s+(?:donor\s+)?", text[words[m.end - 1].end : start])
        for m in matches
    )


def _closed(text: str, start: int, end: int) -> int:
    """The end of a name with the bracket that it opens: ``del(17p)``."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end
