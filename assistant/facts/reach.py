"""How far a time point reaches: from the head of a sentence to all its estimates, and never back over a clause of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.kinds import RATIOS
from assistant.facts.pieces import in_parenthesis
from assistant.model import Fact
from assistant.spans.span import Span

_NOT_WHEN_BEFORE = re.compile(
    r"\b(?:an?\s+)?(?:median|mean|average)(?:\s+time)?\s+(?:to\s+[^,;.()\d]{1,40}\s+)?of\s+$"
    r"|\b(?:peak(?:ed|ing)|started|began|starting|beginning)\s+(?:(?:on|at|by|around)\s+)?$"
    r"|\b(?:median|mean|average)\s*[,:]\s+$"
    r"|\b(?:beyond|lasting|lasted|persisting|persisted|exceeding|exceeded)\s+(?:for\s+|beyond\s+|until\s+|up\s+to\s+|more\s+than\s+)*$"
    r"|\b(?:treated|followed|taken|exposed|therapy|treatment)\s+for\s+(?:at\s+least\s+|more\s+than\s+)?$"
    r"|\b(?:had|have|has)\s+(?:relapsed|progressed)\s+(?:within|after)\s+$"
    r"|\b(?:intervals?|gaps?|pauses?|delays?|periods?)\s+of\s+(?:at\s+least\s+|more\s+than\s+|about\s+)?$"
    r"|\bPD\s+[<>\u2264\u2265]=?\s*$"
    r"|\b(?:when|where|if|whose|who)\s+[^,;.()%\d]{1,60}\s(?:less|more|fewer|later|longer|earlier|sooner)\s+than\s+$",
    re.IGNORECASE,
)
"""``a median time to response of 24 weeks``, ``lasting beyond day 42``, ``relapsed within 3 months``: how long, or whom."""
_NOT_WHEN_AFTER = re.compile(
    r"\s+after\s+(?:the\s+)?(?:start|end)\s+of\s+(?:first|front|induction)"
    r"|\s+(?:before|prior\s+to|preceding|ahead\s+of)\b(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
"""A result is measured after what was done: ``50 days before transplantation`` tells of whom a figure is."""
_COMES_FIRST = re.compile(r"^\W*(?:(?:at|by|after)\s+)?(?:the\s+)?$", re.IGNORECASE)


def without_lengths(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans without those times that say how long something took or whom a figure is of, and not when it was."""
    changed = [m.span() for m in _CHANGED_LENGTH.finditer(text)]
    return [
        s
        for s in spans
        if s.kind != "time"
        or (
            not any(a <= s.start < b for a, b in changed)
            and not (
                _NOT_WHEN_BEFORE.search(text[: s.start].rstrip("\u2264\u2265<>= ") + " ")
                or _NOT_WHEN_BEFORE.search(text[: s.start])
                or _NOT_WHEN_AFTER.match(text, s.end)
            )
        )
    ]


_CHANGED_LENGTH = re.compile(
    r"\b(?:shorten|reduc|extend|lengthen|prolong|cut)\w*\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+){0,2}?\s+from\s+\d+\s+(?:\w+\s+)?to\s+\d+\s+(?:days|weeks|months)\b"
)
"""``shorten the drug from 14 to 7 days``."""
_OWN_CLAUSE = re.compile(
    r"(?:,\s*(?:and|but|yet|while|whereas|no|none|nobody|one|two)\b|;)\s*[^,;]*?\b(?:was|were|had|has|have|died|occurred|developed|underwent|received|\w{3,}ed)\b",
    re.IGNORECASE,
)


def reaches_back(time: Span, value: Span, measure: Span | None, text: str) -> bool:
    """Whether a time named behind a figure may be the figure's: not where a clause with a verb of its own begins between them.

    ``It was seen in one patient, no patient died within 60 days``: the days are those of the deaths.
    """
    if time.start < value.end or not text:
        return True
    if measure is not None and value.end <= measure.start:
        return True
    match = _OWN_CLAUSE.search(text, value.end, time.start)
    return match is None or in_parenthesis(text[value.end : match.start()])


_OVER_TIME = re.compile(r"[A-Z]*FS|OS|TFR|CIR|NRM|TRM|relapse|(?:extensive_|severe_)?[ac]GvHD")
"""Outcomes that are estimated for a time point."""
_WAS = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s+rates?)?\s*(?:(?:was|were|is|did|stood|reached|amounted)\b[^;]*|[(:,]\s*|to\s+|\s*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OF_SOME = re.compile(
    r"\b(?:occurred|seen|observed|reported|noted|affected|developed|died|had|relapsed)\b", re.IGNORECASE
)
_HAD_BY_THEN = re.compile(
    r"\s+(?:of\s+(?:the\s+)?\w+\s+|patients\s+)?(?:had|have)\s+(?:relapsed|progressed|died|developed|engrafted)\b",
    re.IGNORECASE,
)
"""``At 1 year, … 24% had relapsed``."""
_TESTS = frozenset({*RATIOS, "p_value", "CI"})


def with_time_of_sentence(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``2-year relapse was 21% vs. 34%, but NRM was 25% vs. 16%``: an estimate goes on with the one time point of its sentence.

    So does each estimate of a sentence that begins with its time point: ``At 2 years, …``.
    """
    times = [s for s in spans if s.kind == "time"]
    if not times:
        return list(facts)
    facts = [_by_which_time(f, times, text) for f in facts]
    heads = bool(_COMES_FIRST.fullmatch(text[: times[0].start])) and text.startswith(",", times[0].end)
    result: list[Fact] = []
    given: set[str] = set()
    for fact in sorted(facts, key=lambda f: f.start):
        before = {t.ids[0] for t in times if t.start < fact.start}
        own = fact.of if fact.attribute in _TESTS else fact.attribute
        if fact.time_point or len(before) != 1:
            given = {*given, own} if fact.time_point and _OVER_TIME.fullmatch(own) else given
        elif fact.attribute == "CI":
            fact = replace(fact, time_point=result[-1].time_point if result else "")
        elif fact.attribute in _TESTS:
            fact = replace(fact, time_point=next(iter(before)) if own in given else "")
        elif (
            fact.unit == "%"
            and (heads or given)
            and (_is_estimate(fact, spans, text) or (heads and _HAD_BY_THEN.match(text, fact.end)))
        ):
            fact = replace(fact, time_point=next(iter(before)))
            given.add(own)
        result.append(fact)
    return result


_BY_THEN = re.compile(r"\W*(?:by|at)\s+which\s+(?:time|point|moment|visit)\b[^;]*", re.IGNORECASE)


def _by_which_time(fact: Fact, times: Sequence[Span], text: str) -> Fact:
    """``12 g/dL at month 6, by which time A made up 40%``: the figure with the time told just before."""
    before = [t for t in times if t.end <= fact.start]
    if fact.time_point or not before or not _BY_THEN.fullmatch(text, before[-1].end, fact.start):
        return fact
    return replace(fact, time_point=before[-1].ids[0])


def _is_estimate(fact: Fact, spans: Sequence[Span], text: str) -> bool:
    """Whether a figure stands behind its measure's name with ``was`` or nothing between: no count of those who had it."""
    named = [s for s in spans if s.kind == "measure" and s.end <= fact.start and fact.attribute in s.ids]
    if (
        not named
        or not _OVER_TIME.fullmatch(fact.attribute)
        or ";" in _ASIDE.sub("", text[: named[-1].start])
    ):
        return False
    between = text[named[-1].end : fact.start]
    return bool(_WAS.match(between)) and not _OF_SOME.search(between) and ";" not in between
