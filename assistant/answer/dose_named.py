"""The dose of a drug that a question names: the cell or sentence of the study that prints it beside the drug."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant import lazy_re as re
from assistant.answer.dose import DOSE, dose_part, gives_dose
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Kind, Passage
from assistant.names.studies import squeeze
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import DRUG_STEM
from assistant.telling.describe import Describer
from assistant.text.text import Token, fold, tokens

_ASKED = re.compile(
    r"\b(?:dos(?:e|es|ed|age|ing)|mg|milligrams?|micrograms?|strength|amount)\b|\bhow much\b|\bper (?:kilo\w*|square met(?:re|er))\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\bdose[- ](?:group|arm|cohort|limiting|reduc\w+|modif\w+|interrupt\w+|delay\w*|adjust\w+|escalat\w+|dense|finding)"
    r"|\b(?:on|at|in|with) (?:the |a )?(?:[\w-]+ ){1,2}dose\b|\bhow much (?:more|less|longer|better|time|did)\b",
    re.IGNORECASE,
)
"""Says of whom something else is asked, or asks for what was done to doses."""
_UNITS = (
    (re.compile(r"\bper kilo\w*|/ ?kg\b", re.IGNORECASE), re.compile(r"/\s?kg", re.IGNORECASE)),
    (re.compile(r"\bper square met(?:re|er)|/ ?m[2\u00b2]", re.IGNORECASE), re.compile(r"/\s?m[2\u00b2]")),
    (re.compile(r"\b(?:mg|milligrams?)\b", re.IGNORECASE), re.compile(r"mg")),
)
"""A unit as it is asked for, and as a dose in it is printed."""
_UNIT_WORDS = frozenset(
    {"kilo", "kilogram", "kg", "metre", "meter", "m2", "mg", "milligram", "d", "day", "daily"}
)
_BEFORE = re.compile(r"\s*(?:of |oral |iv )?\s*", re.IGNORECASE)
"""What may stand between a dose and the drug behind it."""
_APART = re.compile(r"[;:+]|\.(?!\d)|\bplus\b|\band\b|\bvs\b|\bversus\b|\bwithout\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s(?:at |up to )?\d[\d.,]*")
_NEAR = 50
"""Characters within which a dose behind a drug is the drug's."""
_SHORT = 4
"""Letters from which on the beginning of a drug's name stands for it."""


def dose_of_drug(desk: Desk, reader: QuestionReader, describer: Describer, ask: Ask) -> Draft | None:
    """The passage of the one study that prints a dose beside a drug named; None where none does or no dose is asked."""
    if len(ask.studies) != 1 or ask.measures or ask.wants or ask.has("yes_no", "why", "list", "compare"):
        return None
    asked = _ASKED.search(ask.focus) and not _NOT_ASKED.search(ask.focus) and not gives_dose(ask.focus)
    if not asked:
        return None
    own = [p for p in _passages(desk, ask.studies[0]) if gives_dose(p.quote)]
    words = [t for t in tokens(ask.focus) if len(t.text) >= _SHORT]
    drugs = _drugs([t for t in words if t.key not in desk.vocabulary.scaffold], own, reader)
    known = _UNIT_WORDS | {t.text.lower() for t in words if t.key in drugs or _begins(t, drugs)}
    if not drugs or {part for word in ask.unheard for part in re.split(r"\W+", word.lower())} - known:
        return None
    unit = next((printed for said, printed in _UNITS if said.search(ask.focus)), None)
    found = [
        (describer.matching.coverage(ask, p), -k, p) for k, p in enumerate(own) if _is_beside(p, drugs, unit)
    ]
    if not found:
        return _of_row(desk, ask, unit)
    best = max(found, key=lambda f: f[:2])[2]
    part = dose_part(best, drugs) if best.locator.kind is Kind.SENTENCE else ""
    return answered([describer.quoting(best, part) if part else describer.quoting(best)], ask.studies)


def _begins(word: Token, drugs: Iterable[str]) -> bool:
    return any(d.startswith(word.text.lower()) for d in drugs)


def _of_row(desk: Desk, ask: Ask, unit: re.Pattern[str] | None) -> Draft | None:
    """The row of doses, which names no drug."""
    rows = [
        f
        for f in desk.selector.reported(ask.studies[0], "dose")
        if unit is None or unit.search(fold(f.value))
    ]
    return (
        answered([of_fact(desk.speaker.characteristic(f), f) for f in rows[:1]], ask.studies)
        if rows
        else None
    )


def _passages(desk: Desk, study: str) -> Iterator[Passage]:
    kinds = {Kind.CELL, Kind.SENTENCE}
    return (p for p in desk.review.passages if p.locator.kind in kinds and p.studies[:1] == (study,))


def _drugs(words: Iterable[Token], own: Iterable[Passage], reader: QuestionReader) -> frozenset[str]:
    """Keys of the drugs that a question names, by their names or the beginnings of these, or as what doses stand right behind."""
    given = {t.key: t.text.lower() for p in own for t in tokens(p.quote) if DRUG_STEM.fullmatch(t.text)}
    dosed = frozenset(key for p in own for key in _right_before(fold(p.quote)))
    found = set()
    for word in words:
        named = (
            DRUG_STEM.fullmatch(word.text) or squeeze(word.text) in reader.names.agents or word.key in dosed
        )
        found |= (
            {word.key} if named else {k for k, full in given.items() if full.startswith(word.text.lower())}
        )
    return frozenset(found)


def _right_before(text: str) -> Iterator[str]:
    """Keys of the words right behind which a dose is printed."""
    for word in tokens(text):
        number = _NUMBER.match(text, word.end)
        if number and DOSE.match(text, number.end() - 1):
            yield word.key


def _is_beside(passage: Passage, drugs: frozenset[str], unit: re.Pattern[str] | None) -> bool:
    """Whether a passage prints a dose, in the unit asked for, beside one of the drugs."""
    text = fold(passage.quote)
    words = tokens(text)
    others = [w for w in words if w.key not in drugs and DRUG_STEM.fullmatch(w.text)]
    for dose in DOSE.finditer(text):
        if unit is not None and not unit.search(dose[0]):
            continue
        number = re.search(r"[\d.,]*$", text[: dose.start()])
        start = number.start() if number else dose.start()
        for word in (w for w in words if w.key in drugs):
            if dose.end() <= word.start and _BEFORE.fullmatch(text[dose.end() : word.start]):
                return True
            between = text[word.end : start]
            foreign = any(word.end <= w.start < start for w in others) or DOSE.search(between)
            if word.end <= start and len(between) <= _NEAR and not foreign and not _APART.search(between):
                return True
    return False
