"""Whether a factor foretells an outcome: the one sentence that weighs this factor, behind what it decides.

``Was A an independent predictor of PFS?`` is answered by ``No:`` before ``B (HR 1.9), but not A (HR 1.2), predicted shorter PFS``,
and by no figure of PFS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.judging.sides_claimed import asks_verdict
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
_ASKED_NOT = re.compile(
    r"^\W*(?:is it (?:true|right|correct) that |(?:so|and|but) )?(?P<factor>[^?,;]{2,70}?)"
    r"\s+(?:did|does|was|is|were|are)(?:n['\u2019]?t| not)\s+"
    rf"(?:(?:an?|the|found|to|be|significantly|independently)\s+)*{_FORETELLS}\b",
    re.IGNORECASE,
)
"""Puts forward that it foretells nothing."""
_NOT_SO = re.compile(r"\b(?:was|were|did|is|are|do|does) not\W*$", re.IGNORECASE)
"""Denies of one factor what the clause before says of another: ``whereas age was not``."""
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
        "status presence number having more high higher "
        "low elevated level levels mutation mutations aberration aberrations the an there any".split(),
    )
)


def predicted(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``Yes:`` or ``No:`` with the sentence; None where no such thing is asked, or not just one sentence weighs the factor."""
    telling = factor_of(desk, ask)
    denied = bool(_ASKED_NOT.match(fold(ask.focus)))
    refused = ask.advice or ask.injected or ask.named.missing or ask.translated or ask.values
    if not telling or refused or not asks_verdict(ask) or ask.has("why") or len(ask.studies) != 1:
        return None
    if not denied and DENIAL.search(ask.focus):
        return None
    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    found = [
        (p, verdict)
        for n, p in enumerate(own)
        if _is_of_outcome(desk, describer, ask, own[: n + 1])
        for verdict in _verdicts(describer, ask, p, telling)
    ]
    if len(found) != 1:
        return None
    passage, verdict = found[0]
    if denied:
        verdict = "Yes" if verdict == "No" else "No"
    line = describer.quoting(passage)
    return replace(
        answered([replace(line, text=f"{verdict}: {line.text}", facts=())], ask.studies), told=True
    )


def _is_of_outcome(desk: Desk, describer: Describer, ask: Ask, own: Sequence[Passage]) -> bool:
    """Whether the last of some sentences of a study is on the outcomes asked about, by its own words or, without any, by those before."""
    outcomes = {_outcome(m) for m in ask.measures}
    for passage in reversed(own):
        named = {
            _outcome(m)
            for m in describer.terms_in(passage)
            if m in desk.vocabulary.measures and desk.vocabulary.term(m).kind not in _STATISTICS
        }
        if _RESPONDERS & set(describer.terms_in(passage)):
            named.add("ORR")
        if named:
            return outcomes <= named
    return not outcomes


def _outcome(measure: str) -> str:
    """What a measure is one of; to live is not to die."""
    return "OS" if measure == "deaths" else measure.removeprefix("median_")


def factor_of(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the words for what is asked about as a predictor; none where nothing is."""
    asked = _ASKED_NOT.match(fold(ask.focus)) or _ASKED.match(fold(ask.focus))
    keys = [t.key for t in tokens(asked["factor"]) if t.key not in desk.vocabulary.scaffold] if asked else []
    return [k for k in keys if k not in _IDLE]


_RESPONDERS = frozenset({"responders", "non-responders"})
_STATISTICS = frozenset({"ratio", "pvalue"})
_TURNED = re.compile(
    r"\b(?:only|sole|fewer|less|lower(?:ed)?|reduc\w+|decreas\w+|protect\w+|favou?rable|longer|better|improv\w+)\b",
    re.IGNORECASE,
)
"""Turns a foretelling to the good, or claims it for one factor alone."""


def _verdicts(describer: Describer, ask: Ask, passage: Passage, factor: list[str]) -> Iterator[str]:
    """What the clause that weighs the factor decides; nothing where none does."""
    text = _BRACKETS.sub("", fold(passage.text))
    if not _TOLD.search(text):
        return
    before = ""
    for clause in _CLAUSES.split(text):
        if _NOT_SO.search(clause) and _TOLD.search(before) and _holds(describer, ask, factor, clause):
            yield "No"
            return
        before = clause
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
