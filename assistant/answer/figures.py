"""A decline in place of an answer without a figure, or without one of the kind that a question plainly asks for."""

from __future__ import annotations

from typing import NamedTuple

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, declined
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.text.text import fold

_COUNTS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\w*|hundred)"
_PLAINLY = re.compile(
    r"%|\bper ?cent(?:age)?\b|\bhow many\b|\bnumbers? of\b|\bmedian\b|(?<![\d.])(?<!\d )\bmg(?:/\w+)?\b|\bhazard ratio\b"
    r"|\b(?:what|which) (?:[\w-]+ )?(?:share|proportion|fraction|number|rate)\b"
    r"|^\W*(?:share|proportion|rate|number|n|cases|total)\b|[,\u2013-]\s*(?:share|proportion|n|count|number)\W*$",
    re.IGNORECASE,
)
"""Asks for a figure and can be answered by nothing else."""
_SET_AGAINST = re.compile(
    r"\b(?:compar\w+|differ\w*|similar|alike|higher|lower|more|fewer|less|better|worse|which (?:arm|group|side)|why|enough|"
    r"how (?:was|were|is|are|did|does|do))\b",
    re.IGNORECASE,
)
"""May be answered in words: which of two was larger, and how something came about."""
_FIGURE = re.compile(
    rf"\d|\b(?:{_COUNTS}|one|once|twice|half|halves|halved|doubled|thirds?|quarters?|fifths?|tenth|none|nobody|no|not|never|all|"
    r"every|zero|nil|without|neither|nor|single|too few|both|unknown)\b",
    re.IGNORECASE,
)
"""A number, or a word that says there is none."""
_OF_SHARE = re.compile(
    rf"%|\bcomputed from \d|\bper ?cent|\bhal(?:f|ves|ved)\b|\b(?:third|quarter|fifth|tenth)s?\b"
    r"|\b(?:none|nobody|no|never|all|every|zero|not)\b|\d\s?\(\d"
    rf"|\d\s?/\s?\d|(?:\d|\b{_COUNTS}|\bone)\s+(?:\w+ ){{0,3}}?(?:out of|of|in)\s+(?:the |these |those |every )*(?:\d|{_COUNTS})"
    rf"|\bof (?:the |these |those |all )?(?:\d|{_COUNTS}\b)",
    re.IGNORECASE,
)
_OF_RANGE = re.compile(r"\d\)?\s?[-\u2013]\s?[+\d]|\bto\b|\brang|\bbetween\b|\bfrom\b|\bCI\b", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:minute|hour|day|week|month|year|cycle|fortnight|lifelong|daily|weekly|\bto progression|\buntil)|\bnot (?:yet )?reached",
    re.IGNORECASE,
)
_SHARE_OR_SIZE = re.compile(r"%|\bper cent\b|\benrolled\b|\breported in\b|\b(?:HR|OR)\b")
_QUOTED_MIDDLE = re.compile(
    r"\bmedian\b|\bmean\b|\baverage|\btypical|\busual|\bnot (?:yet )?reached", re.IGNORECASE
)
_LONG = re.compile(
    r"\bhow long\b|^\W*duration of\b|\b(?:days|weeks|months|years|time) (?:to|until)\b", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\?.*\w|\band (?:how|what|which|when|who|where|was|were|did|the [\w-]+ in)\b", re.IGNORECASE
)
"""More than one thing is asked."""
_MOST_GIVEN = 5


class _Sort(NamedTuple):
    """What asks for a figure of one sort, and what such a figure stands with."""

    asked: re.Pattern[str]
    held: re.Pattern[str]


_SORTS = (
    _Sort(
        re.compile(
            r"%(?! ?(?:CI\b|conf|limit))|\bper ?cent(?:age)?\b(?! points?)|\b(?:what|which) (?:share|proportion|fraction)\b"
            r"|^\W*(?:share|proportion)\b|[,\u2013-]\s*(?:share|proportion)\W*$",
            re.IGNORECASE,
        ),
        _OF_SHARE,
    ),
    _Sort(
        re.compile(r"(?<![\d.])(?<!\d )\b(?:mg|milligrams?|µg)\b", re.IGNORECASE),
        re.compile(r"\bdose|(?<![a-z])[mµ]?g\b|gram|\bIU\b|\bunits?\b", re.IGNORECASE),
    ),
    _Sort(
        re.compile(
            r"\bconfidence (?:interval|limit)|\b95 ?% (?:CI|limit)|\b(?:lower|upper) (?:[\w%]+ ){0,2}(?:bound|end)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\bCI\b|\bconfidence|\d\)?\s?[-\u2013]\s?\d|\bto\b", re.IGNORECASE),
    ),
    _Sort(
        re.compile(
            r"^\W*range of\b|\brange\W*$|[ ,]range,|\bshortest and longest\b|\byoungest and oldest\b",
            re.IGNORECASE,
        ),
        _OF_RANGE,
    ),
    _Sort(
        re.compile(r"\bhazard ratio\b|\bodds ratio\b", re.IGNORECASE),
        re.compile(r"\b[aH]?[HO]R\b|\bhazard|\bodds|\bratio|\brisk"),
    ),
    _Sort(_LONG, _SPAN),
)


def without_figure(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline where a question plainly asks for a figure, or one of some sort, and the answer has none; else None.

    Args:
        desk: the review's facts and words.
        ask: the question.
        draft: an answer.
    """
    lines = [line for line in draft.lines if line.support]
    if (
        draft.status is not Status.ANSWERED
        or not lines
        or draft.conflicts
        or ask.has("why", "list", "max", "min")
    ):
        return None
    told = " ".join(without_names(desk, line) for line in lines)
    if not lacks_figure(ask.focus, told, all(line.verbatim for line in lines)):
        return None
    studies = ask.studies if len(ask.studies) == 1 else draft.studies[:1] if len(draft.studies) == 1 else ()
    where = f" for {desk.name(studies[0])}" if studies else ""
    given = [desk.speaker.short(m) for s in studies for m in desk.selector.measures_of(s)][:_MOST_GIVEN]
    offer = f"; it gives {joined(given)}" if given else ""
    return declined(f"The review gives no such figure{where}{offer}.", studies)


def without_names(desk: Desk, line: Line) -> str:
    """A sentence of an answer without the names of its studies, whose numbers are no figures."""
    text = line.text
    for study in dict.fromkeys(s for _, s in line.support if s):
        text = text.replace(desk.name(study), " ").replace(desk.speaker.who(study), " ")
    return text


def lacks_figure(question: str, told: str, quoted: bool) -> bool:
    """Whether what is told, or quoted, has no figure where one is plainly asked for, or none of the sort asked for."""
    told = fold(told)
    if _PLAINLY.search(question) and not (_SET_AGAINST.search(question) or _FIGURE.search(told)):
        return True
    if _SEVERAL.search(question):
        return False
    if any(sort.asked.search(question) and not sort.held.search(told) for sort in _SORTS):
        return not (_SET_AGAINST.search(question) and not re.search(r"\d", told))
    if not re.search(r"\bmedian\b", question, re.IGNORECASE) or _QUOTED_MIDDLE.search(told):
        return False
    return quoted or bool(_SHARE_OR_SIZE.search(told))
