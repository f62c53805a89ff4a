"""What a study meant by a term, where a bracket right behind the term says it: ``Frail [index of two or more]``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import fold, tokens

_ASKED = re.compile(
    r"\bhow (?:was|were|is|are) (?P<a>[^?]+?) (?:defined|classified as such|determined)\b"
    r"|\bhow (?:do|does|did) [^?]{2,60}? define (?P<b>[^?]+)"
    r"|\b(?:definition|criteri(?:on|a)) (?:of|for) (?P<c>[^?]+)"
    r"|\bwhat (?:was |is |were |are )?(?:meant|understood) by (?P<d>[^?]+)"
    r"|\bwhat (?:counted|counts|qualified|qualifies|was counted|was classed|was regarded|was classified|was taken) as (?P<e>[^?]+)"
    r"|\bwho (?:counted|qualified|was counted|was classed|was regarded|were regarded) as (?P<f>[^?]+)"
    r"|\bwhat (?:made|makes) (?:a |the |someone |somebody )?(?:patients?|person|people|case|donor|disease) (?P<g>[^?]+)"
    r"|\bwhat (?:do|does|did) (?:they|the \w+) mean by (?P<h>[^?]+)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:in|by|for|of|at|with|within|here|there)\s+(?:the|this|that|these|those|[A-Z\d]).*$|\s+here\W*$|[?.!,].*$"
)
_ARTICLE = re.compile(r"^\W*(?:an?|the|being|as|so-called)\s+", re.IGNORECASE)
_GENERIC = frozenset("patient disease status case group people".split())
_STATISTICS = re.compile(
    r"^\s*(?:n\s*=|\d+\s?/\s?\d+|[\d.]+\s?%|(?:HR|OR|RR|CI|p|P|95\s?%)\b|Abstract|Table|Fig|range|median|\d+(?:\.\d+)?\s*(?:vs|versus|months|$))"
)
_CRITERION = re.compile(
    r"[<>=≤≥]|\b(?:at least|or more|or less|or fewer|or older|within|before|after|during|if|when|with|without|score|index|grade"
    r"|by|per|according)\b|\d",
    re.IGNORECASE,
)


def defined_so(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What a term meant in the study asked about; None where none says so behind it, or no such thing is asked.

    Args:
        desk: the review's facts and words.
        describer: quotes sentences.
        ask: the question.
    """
    asked = _ASKED.search(fold(ask.focus))
    refused = ask.advice or ask.injected or ask.named.missing or ask.translated or ask.clash
    if asked is None or refused or ask.has("yes_no", "count_studies"):
        return None
    term = next(t for t in asked.groups() if t)
    words = [t.text for t in tokens(_ARTICLE.sub("", _ENDS.sub("", term)))]
    while len(words) > 1 and tokens(words[-1])[0].key in _GENERIC:
        words.pop()
    if not words or len(words) > _MOST_WORDS:
        return None
    return next(_told(desk, describer, ask, words), None)


_MOST_WORDS = 5
_LEAST_LETTERS = 4


def _told(desk: Desk, describer: Describer, ask: Ask, words: list[str]) -> Iterator[Draft]:
    name = r"[\s-]+".join(re.escape(w) for w in words)
    behind = r"(?:\s+(?:disease|patients?|status|pts|cases))?"
    bracket = re.compile(rf"(?<![\w-]){name}{behind}\s*[\[(](?P<what>[^\[\]()]+)[\])]", re.IGNORECASE)
    for passage in _sentences(desk, ask):
        text = passage.text
        if match := bracket.search(text):
            what = "; ".join(p.strip() for p in match["what"].split(";") if not _STATISTICS.search(fold(p)))
            letters = sum(c.isalpha() for c in what)
            if letters >= _LEAST_LETTERS and _CRITERION.search(fold(what)) and " " in what:
                yield _draft(describer, passage, _part(text, match, what))


def _draft(describer: Describer, passage: Passage, text: str) -> Draft:
    line = describer.quoting(passage)
    if text:
        line = Line(text, line.support)
    return replace(answered([line], passage.studies[:1]), told=True)


def _part(text: str, match: re.Match[str], what: str) -> str:
    """The term and what it meant, cut out of its sentence."""
    name = match[0].split(match["what"])[0].rstrip(" ([")
    return f"{'…' if match.start() else ''}{name} ({what}) …"


def _sentences(desk: Desk, ask: Ask) -> list[Passage]:
    """The sentences of the studies asked about, those of none behind them; all where none is asked about."""
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE]
    if not ask.studies:
        return own
    return [p for p in own if set(p.studies[:1]) & set(ask.studies)] + [p for p in own if not p.studies]
