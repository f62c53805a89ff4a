"""Verdicts on a number that a question claims of the treatment: ``did they get two courses?``, ``was 30 mg the dose chosen?``

The number must stand in the clause that says the thing; one that stands elsewhere in the sentence, or another one, bears no Yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import upper_first
from assistant.text.text import ONE_NUMBER_WORD, fold, word_number

_VERDICT = re.compile(r"^(?:Yes|No): ")
_NUMBER = rf"(?:\d+(?:\.\d+)?|{ONE_NUMBER_WORD}|single)"
_COUNTED = re.compile(
    rf"(?<![\w.-])(?P<list>{_NUMBER}(?:(?:,? (?:and|or|to) |, ?| ?- ?){_NUMBER})*)[ -]"
    r"(?:(?!cycles?\b|of\b|to\b|and\b|or\b|in\b|with\b|patients?\b)[a-z0-9][\w-]* ){0,2}?"
    r"(?P<unit>courses?|cycles?|blocks?|doses?|infusions?|injections?)\b(?! (?:reduction|limit|escalation|level|modification))",
    re.IGNORECASE,
)
"""So many courses, whatever they were like."""
_AMOUNT = re.compile(
    rf"(?<![\w.-])(?P<list>\d+(?:\.\d+)?(?:(?:,? (?:and|or|to) |, ?| ?- ?| ?/ ?)\d+(?:\.\d+)?)*) ?"
    r"(?P<unit>(?:[mµu]g|g)(?:/(?:kg|m2))?)(?![\w/])",
    re.IGNORECASE,
)
_BOUNDED = re.compile(
    r"\b(?:more|less|fewer|over|under|above|below|at least|at most|up to|minimum|maximum|exceed\w*|than|or|between|about|around|second|third|last|first)\b"
    r"|\b(?:every|per|each|after|before|of|cycle|day)\s+$|\b(?:not|no|never)\b|n't\b",
    re.IGNORECASE,
)
"""Asks for more than that very number, or denies it."""
CHOSEN = re.compile(
    r"\b(?:recommend\w*|rp2ds?|settled (?:on|for|upon)|cho(?:se|sen|ice)|select\w*|pick(?:ed)?|decided (?:on|upon)|declared"
    r"|(?:taken|took|carried|moved|went|go(?:es|ing)?|gone|brought) (?:it )?(?:forward|into phase|on to phase|to phase))\b",
    re.IGNORECASE,
)
"""Says of a dose that it is the one to go on with."""
_ONGOING = re.compile(r"\b(?:once|twice|three times|daily|weekly|monthly|bid|qd|tid)\b", re.IGNORECASE)
_AS_SAID = {"bid": "twice", "qd": "once"}
_CLAUSE = re.compile(
    r"\s*[;:]\s+|,?\s+(?:but|whereas|while|although|though)\s+|,\s+(?:and\s+)?(?!\d+(?:\.\d+)?,? (?:and|or) \d)|\s+(?:instead of|rather than|over)\s+"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Numbers with their unit."""

    numbers: frozenset[float]
    unit: str


def numbered(ask: Ask, draft: Draft) -> Draft:
    """The draft with the verdict that its sentence bears on a number claimed, without one that it does not bear; else the draft itself.

    Args:
        ask: the question.
        draft: what was found.
    """
    first = draft.lines[0] if draft.lines else None
    if first is None or draft.status is not Status.ANSWERED or not ask.has("yes_no"):
        return draft
    if first.facts and not first.verbatim:
        return draft
    focus = _plain(ask.focus)
    claims = [*_claims(_AMOUNT, focus), *_claims(_COUNTED, focus)]
    if len(claims) != 1 or len(claims[0].numbers) != 1 or _BOUNDED.search(focus):
        return draft
    said = _VERDICT.match(first.text)
    text = _VERDICT.sub("", first.text)
    chosen = bool(CHOSEN.search(focus)) and bool(list(_claims(_AMOUNT, focus)))
    verdict = _of_choice(claims[0], focus, text) if chosen else _of_count(claims[0], text)
    if verdict == "Yes" and not chosen:
        return draft
    if not verdict and (said is None or said[0] != "Yes: "):
        return draft
    if verdict == "No" and said is None and not chosen:
        return draft
    line = replace(first, text=f"{verdict}: {text}" if verdict else upper_first(text), facts=())
    return replace(draft, lines=(line, *draft.lines[1:]))


def _of_choice(claim: _Claim, focus: str, text: str) -> str:
    """The verdict of the clauses that say which dose was chosen."""
    found = set[bool]()
    for clause in _CLAUSE.split(_plain(text)):
        told = [c for c in _claims(_AMOUNT, clause) if c.unit == claim.unit] if CHOSEN.search(clause) else []
        if len(told) == 1 and len(told[0].numbers) == 1:
            same = told[0].numbers == claim.numbers
            if same and not _rhythm(focus) <= _rhythm(clause):
                return ""
            found.add(same)
        elif told:
            return ""
    return ("Yes" if found.pop() else "No") if len(found) == 1 else ""


def _of_count(claim: _Claim, text: str) -> str:
    """``Yes`` where a sentence holds the number claimed, ``No`` where it has one other of the kind, "" where it has none or several."""
    plain = _plain(text)
    told = [c for c in (*_claims(_AMOUNT, plain), *_claims(_COUNTED, plain)) if c.unit == claim.unit]
    if any(claim.numbers <= c.numbers for c in told):
        return "Yes"
    return "No" if len(told) == 1 and len(told[0].numbers) == 1 else ""


def _claims(pattern: re.Pattern[str], text: str) -> Iterator[_Claim]:
    for match in pattern.finditer(text):
        numbers = frozenset(_number(n[0]) for n in re.finditer(_NUMBER, match["list"], re.IGNORECASE))
        yield _Claim(numbers, match["unit"].lower().removesuffix("s"))


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return 1.0 if text.lower() == "single" else float(word_number(text) or 0)


def _rhythm(text: str) -> set[str]:
    """How often, in words; that it was daily says little beside ``twice``."""
    return {_AS_SAID.get(m[0].lower(), m[0].lower()) for m in _ONGOING.finditer(text)} - {"daily"}


def _plain(text: str) -> str:
    return fold(text).replace("\u00b2", "2")
