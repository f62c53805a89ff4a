"""Verdicts on a number that a question claims of the treatment, as in ``did they get two courses?``.

The number must stand in the clause that says the thing; one that stands elsewhere in the sentence, or another one, bears no Yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.model import Kind, Status
from assistant.question.reader import Ask, QuestionReader
from assistant.say import upper_first
from assistant.telling.describe import Describer
from assistant.text.text import ONE_NUMBER_WORD, fold, tokens, word_number

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
    r"(?<![\w.-])(?P<list>\d+(?:\.\d+)?(?:(?:,? (?:and|or|to) |, ?| ?- ?| ?/ ?)\d+(?:\.\d+)?)*) ?"
    r"(?P<unit>(?:[mµu]g|g)(?:/(?:kg|m2))?)(?![\w/])",
    re.IGNORECASE,
)
_CELLS = re.compile(
    r"(?<![\w.-])(?P<list>\d+(?:\.\d+)?) ?[\u00d7x*] ?10\^?(?P<unit>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+|\d+)(?!\w)"
)
"""So many cells; the power of ten is the unit."""
_POWERS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
_BOUNDED = re.compile(
    r"\b(?:more|less|fewer|over|under|above|below|at least|at most|up to|minimum|maximum|exceed\w*|than|or|between"
    r"|about|around|second|third|last|first)\b"
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
_TAKES_UP = re.compile(r"^(?:and )?(?:which|that|this|it|the latter)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s*[;:]\s+"
    r"|,?\s+(?:but|whereas|while|although|though)\s+|,\s+(?:and\s+)?(?!\d+(?:\.\d+)?,? (?:and|or) \d)|\s+(?:instead of|rather than|over)"
    r"\s+"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Numbers with their unit."""

    numbers: frozenset[float]
    unit: str


def numbered(desk: Desk, reader: QuestionReader, describer: Describer, ask: Ask, draft: Draft) -> Draft:
    """The draft with the verdict that its sentence bears on a number claimed, without one that it does not bear; else the draft itself.

    Args:
        desk: the review's facts and words.
        reader: finds the drugs that a sentence names.
        describer: quotes sentences.
        ask: the question.
        draft: what was found.
    """
    focus = _plain(ask.focus)
    amounts = [*_claims(_AMOUNT, focus), *_claims(_CELLS, focus)]
    claims = [*amounts, *_claims(_COUNTED, focus)]
    if not ask.has("yes_no") or len(claims) != 1 or len(claims[0].numbers) != 1 or _BOUNDED.search(focus):
        return draft
    if CHOSEN.search(focus) and amounts:
        return _by_choice(desk, reader, describer, ask, claims[0], draft)
    first = draft.lines[0] if draft.lines else None
    if first is None or draft.status is not Status.ANSWERED or (first.facts and not first.verbatim):
        return draft
    said = _VERDICT.match(first.text)
    verdict = _of_count(claims[0], first.text)
    if verdict == "Yes" and amounts and _is_of_other_drug(ask, claims[0], first.text):
        verdict = ""
    if said is None or said[0] == f"{verdict}: " or (not verdict and said[0] == "No: "):
        return draft
    return _with(draft, "" if verdict == "Yes" else verdict)


def _with(draft: Draft, verdict: str) -> Draft:
    """The draft with a verdict before its first sentence; with none for ""."""
    text = _VERDICT.sub("", draft.lines[0].text)
    line = replace(draft.lines[0], text=f"{verdict}: {text}" if verdict else upper_first(text), facts=())
    return replace(draft, lines=(line, *draft.lines[1:]))


def _by_choice(
    desk: Desk, reader: QuestionReader, describer: Describer, ask: Ask, claim: _Claim, draft: Draft
) -> Draft:
    """The draft with the verdict of the sentence that says which dose was chosen, or that sentence with it; without one where none says."""
    first = draft.lines[0] if draft.lines else None
    quoted = first is not None and draft.status is Status.ANSWERED and (first.verbatim or not first.facts)
    focus = _plain(ask.focus)
    if quoted and first is not None and (verdict := _of_choice(claim, focus, first.text)):
        return _with(draft, verdict)
    if first is not None and first.facts and not first.verbatim and _VERDICT.match(first.text):
        return draft
    drugs = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
    own = (p for p in desk.review.passages if len(ask.studies) == 1 and p.studies[:1] == ask.studies)
    told = [
        (v, p) for p in own if p.locator.kind is Kind.SENTENCE and (v := _of_choice(claim, focus, p.text))
    ]
    agents = [n for _, p in told for n in reader.names.find(fold(p.text)).of("agent")]
    others = {t.key for n in agents for t in tokens(n.text)}
    if len({v for v, _ in told}) == 1 and (not drugs or not others or others & drugs):
        line = describer.quoting(told[0][1])
        line = replace(line, text=f"{told[0][0]}: {line.text}", facts=())
        return Draft(Status.ANSWERED, (line,), studies=ask.studies, sure=max(draft.sure, 0.5))
    return _with(draft, "") if quoted and first is not None and first.text.startswith("Yes: ") else draft


def _of_choice(claim: _Claim, focus: str, text: str) -> str:
    """The verdict of the clauses that say which dose was chosen."""
    found, before = set[bool](), list[_Claim]()
    for clause in _CLAUSE.split(_plain(text)):
        amounts = [*_claims(_AMOUNT, clause), *_claims(_CELLS, clause)]
        chosen = CHOSEN.search(clause)
        taken = before[-1:] if chosen and not amounts and _TAKES_UP.match(clause) else amounts
        before = amounts
        told = (
            [c for c in taken if c.unit == claim.unit or (c.unit.isdigit() and claim.unit.isdigit())]
            if chosen
            else []
        )
        if len(told) == 1 and len(told[0].numbers) == 1:
            same = told[0] == claim
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


def _is_of_other_drug(ask: Ask, claim: _Claim, text: str) -> bool:
    """Whether a text gives another dose straight behind the drug asked about than the one claimed."""
    for name in ask.named.of("agent"):
        for found in re.finditer(rf"\b{re.escape(name.text)} (?:at )?(?=\d)", _plain(text), re.IGNORECASE):
            own = next(_claims(_AMOUNT, _plain(text)[found.end() :]), None)
            if own is not None and own.unit == claim.unit and not claim.numbers <= own.numbers:
                return True
    return False


def _claims(pattern: re.Pattern[str], text: str) -> Iterator[_Claim]:
    for match in pattern.finditer(text):
        numbers = frozenset(_number(n[0]) for n in re.finditer(_NUMBER, match["list"], re.IGNORECASE))
        yield _Claim(numbers, match["unit"].lower().removesuffix("s").translate(_POWERS))


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return 1.0 if text.lower() == "single" else float(word_number(text) or 0)


def _rhythm(text: str) -> set[str]:
    """How often, in words; that it was daily says little beside ``twice``."""
    return {_AS_SAID.get(m[0].lower(), m[0].lower()) for m in _ONGOING.finditer(text)} - {"daily"}


def _plain(text: str) -> str:
    return fold(text).replace("m\u00b2", "m2")
