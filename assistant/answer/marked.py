"""Yes or no to a question that hangs on a gene, an antigen or a mutation which only one clause of a study's text names.

``Did any relapse show loss of B7?`` is not answered by how many relapsed, but by the clause that names B7.
"""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.entailing import PARTS, is_denied_of, lacks_act
from assistant.telling.verdict_words import MARKER
from assistant.text.text import Token, fold, tokens

_AS_NAME = re.compile(
    r"(?:[/+-]\w+)*(?:[\s-]+[\w-]+)?[\s-]+(?:products?|CARs?|cells?|T[- ]cells?|stud(?:y|ies)|trials?|directed|targeted|specific"
    r"|antibod\w+|recipients|patients|population|groups?|arms?|cohort|series|registry)\b",
    re.IGNORECASE,
)
"""Behind a marker it makes the name of a treatment or of patients: ``the B7/B8 product``."""
_TURNED = re.compile(r"\b(?:not|no|none|never|nobody|without)\b|n't\b", re.IGNORECASE)
_AFFECTS = re.compile(
    r"\b(?:chang(?:e[sd]?|ing)|alter(?:s|ed)?|affect(?:s|ed)?|influence[sd]?|modif(?:y|ies|ied)|impact(?:s|ed)?|depend(?:s|ed)?|matter(?:s|ed)?"
    r"|var(?:y|ies|ied)|ma[dk]es? (?:a|any) difference)\b",
    re.IGNORECASE,
)
"""Asks whether an outcome hangs on the marker, whose patients are then none to look up."""
_UNMOVED = re.compile(
    r"\b(?:did|does|do|was|were|is|are) not (?:\w+ly )?(?:depend|differ|chang|alter|affect|influenc|vary|associat|relat)\w*"
    r"|\b(?:regardless|irrespective|independent(?:ly)?) of\b|\bno (?:\w+ )?(?:difference|effect|influence|impact|association|bearing)\b"
    r"|\bwhereas [^,;]* (?:was|were|did) not\b",
    re.IGNORECASE,
)
"""Says that an outcome hung on nothing."""
_SHORT = 3
"""Letters up to which a word tells too little."""
_ENOUGH = 0.75
"""Coverage from which on a sentence says all that is asked."""


def marked(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence of the one study that names the marker asked about, after yes or no; None where none does."""
    if not ask.has("yes_no") or len(ask.studies) != 1 or ask.values or ask.has("why", "list", "definition"):
        return None
    keys = markers(desk, ask)
    if not keys:
        return None
    told = [p for p in desk.review.passages if _is_told(describer, ask, p, keys)]
    if ask.measures and _AFFECTS.search(ask.focus):
        told = [p for p in told if _UNMOVED.search(p.text)]
    if not told:
        return None
    best = max(told, key=lambda p: describer.matching.coverage(ask, p))
    line = describer.quoting(best)
    if _TURNED.search(ask.focus):
        return answered([line], ask.studies)
    own = _own(desk, describer, ask, best)
    held = [k for k in own if k not in keys and describer.matching.covers(ask, k, best)]
    if not (held or ask.measures):
        return None
    names = {t.key for n in ask.named.names for t in tokens(n.text)} | keys
    said = {t.key for t in tokens(ask.focus) if len(t.key) > _SHORT} - names
    if is_denied_of(_without_others(fold(best.text), keys), keys, said):
        return answered([_with("No", line)], ask.studies)
    further = [k for k in own if k not in keys]
    if 2 * len(held) < len(further):
        return None
    affirmed = len(held) == len(further) and describer.matching.coverage(ask, best) >= _ENOUGH
    affirmed = affirmed and not lacks_act(fold(ask.focus), fold(best.text))
    return answered([_with("Yes", line) if affirmed else line], ask.studies)


def markers(desk: Desk, ask: Ask) -> frozenset[str]:
    """Keys of the markers that a question names beside its study, its measures and its groups."""
    given = " ".join(f.value for f in desk.selector.reported(ask.studies[0], "agents"))
    others = [n for n in ask.named.names if not MARKER.fullmatch(n.text)]
    loose = others or ask.inherited or len({n.text for n in ask.named.names} - set(given.split())) > 1
    loose = bool(loose) or not any(n.text in given for n in ask.named.names)
    named = [(n.start, n.end) for n in ask.named.names if not (loose and MARKER.fullmatch(n.text))]
    known = {k for k, term in ask.aliases if term in ask.measures or term in ask.characteristics}
    result = any(desk.vocabulary.term(m).kind not in {"ratio", "pvalue"} for m in ask.measures)
    result = result and not _AFFECTS.search(ask.focus)
    firm = (label for label, ids in ask.groups if result or ids & _arms(desk, ask))
    known |= {t.key for label in firm for t in tokens(label)}
    shift = max(ask.text.find(ask.focus), 0)

    def is_free(word: Token) -> bool:
        at = word.start + shift
        return not any(start <= at < end for start, end in named) and not _AS_NAME.match(ask.focus, word.end)

    words = [w for w in tokens(ask.focus) if MARKER.fullmatch(w.text) and w.key not in known and is_free(w)]
    return frozenset(w.key for w in words)


def _arms(desk: Desk, ask: Ask) -> set[str]:
    return {i for own in desk.review.arms.get(ask.studies[0], {}).values() for i in own}


def _is_told(describer: Describer, ask: Ask, passage: Passage, keys: frozenset[str]) -> bool:
    """Whether a sentence of the study names every marker, and what was measured of it."""
    if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
        return False
    words = describer.matching.words(passage.text)
    return keys <= words.keys and set(ask.measures) <= words.terms


def _own(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> list[str]:
    """Keys of the question's words that a sentence must say to affirm it."""
    names = describer.matching.own_names(ask, passage) | {
        t.key for n in ask.named.names for t in tokens(n.text)
    }
    return [k for k in ask.content if k not in names and k not in desk.vocabulary.scaffold]


def _without_others(text: str, keys: frozenset[str]) -> str:
    """A sentence without the parts that name other markers alone: ``two were B7-negative, and in none was B8 lost``."""
    parts = [(p, {t.key for t in tokens(p) if MARKER.fullmatch(t.text)}) for p in PARTS.split(text)]
    return "; ".join(part for part, named in parts if not named or named & keys)


def _with(verdict: str, line: Line) -> Line:
    return Line(f"{verdict}: {line.text}", line.support, (), line.derivation, verbatim=line.verbatim)
