"""Whether a factor foretells an outcome: the one sentence that weighs this factor, behind what it decides.

``Was A an independent predictor of PFS?`` is answered by ``No:`` before ``B (HR 1.9), but not A (HR 1.2), predicted shorter PFS``,
and by no figure of PFS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.entailing import DENIAL, is_opposite
from assistant.text.text import fold, key_of, tokens

_FORETELLS = r"(?:predict\w*|prognos\w+|foret\w+|risk factors?|(?:associated|correlated|linked) (?:with|to)|independent(?:ly)?)"
_ASKED = re.compile(
    r"^\W*(?:(?:and|so|but)\s+)*(?:is|was|were|are|did|does|do)\s+(?P<factor>[^?,;]{2,70}?)\s+"
    rf"(?:(?:an?|the|still|also|found|to|be|significantly|strongly|independently|itself)\s+)*{_FORETELLS}\b",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"\b{_FORETELLS}\b", re.IGNORECASE)
_BUT_NOT = re.compile(
    r",?\s+but not (?P<other>[^,;]+?)(?:,|;|\s+(?=(?:independently|significantly|predict|was|were)\b)|$)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CLAUSES = re.compile(r"\s*;\s+|,?\s+(?=(?:but|whereas|while|although)\b(?! not))")
_IDLE = frozenset(
    map(
        key_of,
        "status presence high low elevated level levels mutation mutations aberration aberrations the an there any".split(),
    )
)


def predicted(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``Yes:`` or ``No:`` with the sentence; None where no such thing is asked, or not just one sentence weighs the factor."""
    telling = factor_of(desk, ask)
    refused = ask.advice or ask.injected or ask.named.missing or ask.translated or ask.values
    if not telling or refused or not ask.has("yes_no") or ask.has("why") or len(ask.studies) != 1:
        return None
    if DENIAL.search(ask.focus):
        return None
    own = (
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    )
    found = [(p, verdict) for p in own for verdict in _verdicts(describer, ask, p, telling)]
    if len(found) != 1:
        return None
    passage, verdict = found[0]
    line = describer.quoting(passage)
    return replace(
        answered([replace(line, text=f"{verdict}: {line.text}", facts=())], ask.studies), told=True
    )


def factor_of(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the words for what is asked about as a predictor; none where nothing is."""
    asked = _ASKED.match(fold(ask.focus))
    keys = [t.key for t in tokens(asked["factor"]) if t.key not in desk.vocabulary.scaffold] if asked else []
    return [k for k in keys if k not in _IDLE]


_TURNED = re.compile(
    r"\b(?:only|sole|fewer|less|lower(?:ed)?|reduc\w+|decreas\w+|protect\w+|favou?rable|longer|better|improv\w+)\b",
    re.IGNORECASE,
)
"""Turns a foretelling to the good, or claims it for one factor alone."""


def _verdicts(describer: Describer, ask: Ask, passage: Passage, factor: list[str]) -> Iterator[str]:
    """What the clause that weighs the factor decides; nothing where none does."""
    text = _BRACKETS.sub("", fold(passage.text))
    outcomes = {m.removeprefix("median_") for m in ask.measures}
    if not _TOLD.search(text) or not outcomes <= {
        m.removeprefix("median_") for m in describer.terms_in(passage)
    }:
        return
    for clause in _CLAUSES.split(text):
        apart = _BUT_NOT.search(clause)
        if apart is not None and _holds(describer, ask, factor, apart["other"]):
            yield "No"
            return
        so = f"{clause[: apart.start()]} {clause[apart.end() :]}" if apart is not None else clause
        if _TOLD.search(so) and _holds(describer, ask, factor, so):
            if _TURNED.search(ask.focus) and not _TURNED.search(so):
                return  # a lower risk, the only factor, or another direction than the clause tells
            yield "No" if DENIAL.search(so) or is_opposite(ask.focus, so) else "Yes"
            return


def _holds(describer: Describer, ask: Ask, keys: list[str], text: str) -> bool:
    return all(describer.matching.is_in(ask, k, text) for k in keys)
