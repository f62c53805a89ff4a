"""``six in ten patients`` as the percentage it is, before its numbers are read as numbers of patients."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import ONE_NUMBER_WORD, word_number

_ASKS_MORE = re.compile(
    r"\b(?:what|which|who|whom|whose|how|when|where|why|list|name|give|show)\b", re.IGNORECASE
)
_IN_TEN = re.compile(
    r"(?P<than>\b(?:(?:no |not )?(?:more|fewer|less|greater|higher|lower) than|at least|at most|over|under|above|below|nearly|almost"
    r"|about|around|roughly|up to|exceed(?:s|ed)?) )?"
    rf"\b(?P<n>{ONE_NUMBER_WORD}) (?:in|out of|(?:of|in|out of) every) (?P<of>ten|twenty|three|four|five|a hundred)\b"
    r"(?P<next> (?:of|in|on|at|with|for|who|had|have|got|get|were|was|did|reached|responded|relapsed|died|survived)\b"
    r"|(?= [^\W\d])|)(?! (?:studies|trials|abstracts))",
    re.IGNORECASE,
)
_THAN_SAID = re.compile(r"^ (?:or|and) (?:more|fewer|less)\b", re.IGNORECASE)


def in_percent(text: str) -> str:
    """A question with ``more than 60% of patients`` for ``more than six in ten patients``; a bare ``six in ten`` is about that many."""
    return text if _ASKS_MORE.search(text) else _IN_TEN.sub(_percentage, text)


def _percentage(match: re.Match[str]) -> str:
    n = word_number(match["n"].lower()) or 0
    of = 100 if match["of"].lower() == "a hundred" else word_number(match["of"].lower()) or 0
    if not 0 < n < of:
        return match[0]
    behind = match.string[match.end("of") :]
    than = match["than"] or ("" if _THAN_SAID.match(behind) else "about ")
    linked = match["next"] or not behind[:1].isspace() or _THAN_SAID.match(behind)
    return f"{than}{100 * n / of:.3g}%{match['next'] if linked else ' of'}"
