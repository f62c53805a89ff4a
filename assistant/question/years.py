"""When a study was done, however a question asks for it: ``recruited until``, ``opening year``, ``in which years``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.question.rules import Topics

_CALENDAR = re.compile(r"\b(?:years?|yrs?|when|in|until|till?|from|since|to|back|date)\b", re.IGNORECASE)
"""A word without which no year is asked for."""
_WHICH_YEARS = re.compile(
    r"\b(?:in|during|over|between|from) (?:what|which) (?:calendar )?years\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"^\W*(?:and |so )?(?:since )?when\b|\b(?:on|at) what date\b|\b(?:in )?(?:what|which) year\b",
    re.IGNORECASE,
)
_YEAR = r"(?:year|yr)"
_TOOK_IN = r"(?:recruit|enrol|accru|includ|inclusion|accept|collect|treat|transplant|infus|diagnos)\w*"
_STUDY = r"(?:trial|study|cohort|series|registry|survey|programme|program)\b"
_END = re.compile(
    rf"\b(?:start(?:ing)?|open(?:ing)?|clos(?:ing|e)|end(?:ing)?) (?:calendar )?{_YEAR}\b"
    rf"|(?<!in )(?<!during )(?<!within )(?<!over )(?<!the )\b(?:first|last|final) (?:{_TOOK_IN} )?{_YEAR}\b"
    rf"(?= (?:of )?(?:the )?(?:(?!after|from)[\w/-]+ ){{0,5}}?(?:{_STUDY}|{_TOOK_IN}|covered)|[\W_]*$)"
    rf"|\b(?:first|last|final) {_TOOK_IN} {_YEAR}\b",
    re.IGNORECASE,
)
"""``opening year of the registry``, ``the final year of the B trial``; not ``deaths in the first year``."""
_YEAR_OF_EVENT = re.compile(
    r"(?<![\d-])(?<!\d )\b(?:year|yr)\b(?! of birth)(?: [\w'/.-]+){0,6}? "
    r"(?:opened|start(?:ed)?|beg[aiu]n|clos(?:ed)?|ended|finished)(?: (?:to|for|its|their) [\w ]+)?\W*$",
    re.IGNORECASE,
)
"""``the year the A trial opened``; what ``opens`` is still to come."""
_LEFT_OPEN = re.compile(
    rf"\b(?:opened|clos(?:ed|ing)|began|ended|ran|run|start(?:ed)?|{_TOOK_IN})"
    r"(?: (?:for|to) (?:new )?(?:patients|participants|accrual|recruitment|enrol\w+))? "
    r"(?P<to>in|until|till?|from|since|when|up to)\W*$",
    re.IGNORECASE,
)
"""``the A trial recruited until?``: a question that breaks off where the year would stand."""
_WHICH_YEAR = re.compile(
    rf"\b(?:until|till?|up to|from|since|in|by|to|through) (?:what|which) (?:calendar )?{_YEAR}s?\b"
    rf"(?=[^?]*\b(?:run|ran|{_TOOK_IN}|open\w*|clos\w+|start\w*|beg[aiu]n|end(?:ed)?|{_STUDY}))",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\bdate range\b|\bhow far back do(?:es)?\b.{0,60}\b(?:go|reach)\b"
    r"|\byears (?:of|in) (?:transplant\w*|recruit\w+|enrol\w+|accrual|inclusion)\b",
    re.IGNORECASE,
)
_WHEN_DID = re.compile(
    rf"^\W*(?:and |so )?when (?:did|was|were) [^?]*\b(?:{_STUDY}|recruitment|enrol\w+|accrual|transplants)[^?]*"
    r"\b(?:open|clos|start|beg[aiu]n|end|finish)\w*(?: (?:to|for) [\w ]+)?\W*(?:\(?(?:years?|yr)\)?\W*)?$",
    re.IGNORECASE,
)
_UNFINISHED = frozenset({"n_patients", "study_period"})
"""What a question may seem to ask for that breaks off before its year."""


def asked_years(topics: Topics) -> Topics:
    """``topics`` with the study period where a question asks when a study was done.

    What else is named then tells which study: ``until which year did the fever trial run`` asks for no fever.
    """
    focus = topics.focus
    if topics.lists or not _CALENDAR.search(focus):
        return topics
    if _WHICH_YEARS.search(focus) or _asks_end(topics):
        return replace(topics, measures=(), families=(), characteristics=("study_period",))
    if topics.characteristics == ("n_patients",) and not topics.measures and _WHEN.search(focus):
        return replace(topics, characteristics=("study_period",))
    return topics


def _asks_end(topics: Topics) -> bool:
    """Whether the year is asked in which a study began or ended, or from when to when it ran."""
    focus = topics.focus
    if topics.cues & {"yes_no", "why", "compare"} or topics.wants:
        return False
    if _END.search(focus) or _YEAR_OF_EVENT.search(focus) or _WHICH_YEAR.search(focus) or _SPAN.search(focus):
        return True
    if _WHEN_DID.search(focus):
        return True
    return bool(_LEFT_OPEN.search(focus)) and set(topics.characteristics) <= _UNFINISHED
