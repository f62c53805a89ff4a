"""Who of those enrolled in a study were infused, as in ``could all 40 enrolled be infused?``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.entailing import DENIAL
from assistant.text.text import ONE_NUMBER_WORD, fold, word_number

_ASKED = re.compile(
    r"\b(?:infus\w+|treated|dosed|(?:get|got|receive[ds]?|given) (?:the |their |an? )?"
    r"(?:[\w-]+ ){0,2}?(?:(?:CAR[- ]?T[- ])?cells|cell product|product|infusion|CAR[- ]?Ts?)"
    r"(?! (?:twice|again|at|after|within|before|on)\b))\b",
    re.IGNORECASE,
)
_N = rf"(\d+|{ONE_NUMBER_WORD})"
_OF_THEM = r"(?:(?:patients|people|children|adults|of them|of whom|of these) )?"
_ENROLLED = re.compile(
    rf"\b{_N} (?:patients|people|children|adults) (?:who )?(?:underwent|had) (?:leuk)?apheresis\b"
    rf"|\b(?:enrol(?:l?ed|s)|recruited|included) {_N}\b|\b{_N} {_OF_THEM}(?:were |was )?(?:enrol|recruit)",
    re.IGNORECASE,
)
_TAKEN_IN = r"(?:enrol\w+|recruited|included|leukapheresed|underwent (?:leuk)?apheresis)"
_ALL_ENROLLED = re.compile(
    r"\b(?:(?:all|every|each)(?: of)?(?: the)?(?: patients?| people| children| adults| one| those)?|everyone|everybody)"
    rf"(?: who were| that were| who was| who)? {_TAKEN_IN}\b",
    re.IGNORECASE,
)
_INFUSED = re.compile(
    rf"\binfused {_N} (?:patients|people|children|adults|of them|of whom)\b"
    rf"|\b{_N} (?:\([\d.%]+\) )?{_OF_THEM}(?:were |was )?infused\b",
    re.IGNORECASE,
)


def all_infused(desk: Desk, ask: Ask, enrolled: int) -> tuple[bool, Passage] | None:
    """Whether as many were infused as were enrolled, and the sentence that says how many; None where that is not asked or not told.

    Args:
        desk: the review's facts and words.
        ask: the question.
        enrolled: how many are said to be all; 0 for none.
    """
    every = not enrolled and _ALL_ENROLLED.search(ask.focus)
    if not (enrolled or every) or len(ask.studies) != 1 or not _is_asked(ask) or DENIAL.search(ask.focus):
        return None
    own = _sentences(desk, ask.studies[0])
    numbers = {n for p in own for n in _numbers(_ENROLLED, p.text)}
    if every:  # the table may count those infused alone
        enrolled = max(numbers | {desk.selector.total(ask.studies[0]) or 0})
    elif enrolled not in numbers:
        return None
    told = [(n, p) for p in own for n in _numbers(_INFUSED, p.text)]
    if len({n for n, _ in told}) != 1 or told[0][0] > enrolled:
        return None
    return told[0][0] == enrolled, told[0][1]


def fewer_infused(desk: Desk, ask: Ask) -> bool:
    """Whether a question for a study's number of patients means those infused, and a sentence tells of them apart."""
    if len(ask.studies) != 1 or not _ASKED.search(ask.focus):
        return False
    enrolled = [f.n or 0 for f in desk.selector.reported(ask.studies[0], "n_patients") if not f.group]
    told = {n for p in _sentences(desk, ask.studies[0]) for n in _numbers(_INFUSED, p.text)}
    return bool(told) and max(told) < max(enrolled, default=0)


def _sentences(desk: Desk, study: str) -> list[Passage]:
    return [p for p in desk.review.passages if p.studies[:1] == (study,) and p.locator.kind is Kind.SENTENCE]


def _is_asked(ask: Ask) -> bool:
    """Whether a question is on who got the cells, or the drug by its name."""
    drugs = "|".join(re.escape(n.text) for n in ask.named.of("agent", "code"))
    got = rf"\b(?:get|got|receive[ds]?|given) (?:the |an? )?(?:{drugs})"
    return bool(_ASKED.search(ask.focus) or (drugs and re.search(got, ask.focus, re.IGNORECASE)))


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    found = (next(g for g in m.groups() if g) for m in pattern.finditer(fold(text)))
    return [int(n) if n.isdigit() else word_number(n) or 0 for n in found]
