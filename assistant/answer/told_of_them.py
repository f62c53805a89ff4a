"""The review's own sentence on the patients a question names, in place of a decline that names them.

``not reported for A-exposed patients`` is wrong where a sentence on A-exposed patients gives what is asked, though no figure of
it was read as theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.narrower import gives_measure
from assistant.answer.whom import known_words, said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.question.whom import PEOPLE, tells
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import Token, fold, tokens

_OTHERWISE = ("why", "definition", "list", "count_studies", "yes_no", "arms")
"""Cues of questions that one sentence does not answer."""
_CORRESPONDING = re.compile(
    r"\b(?:corresponding|respective|these|the same)\s+(?:rates?|figures|values|medians?)\b", re.IGNORECASE
)
_GRADE = re.compile(r"\bgrades?\b|\bsever(?:e|ity)\b", re.IGNORECASE)
_FREE = re.compile(r"\b[a-z]+(?:-[a-z]+)?-free(?:\s+survival)?\b", re.IGNORECASE)
"""A measure that is called by what befell nobody, and tells of no patients whom it befell."""
_RANK = frozenset("highest lowest top bottom maximum minimum higher lower middle".split())
_DOSES = re.compile(
    r"\b(?:doses|dose levels|levels)\b[^.;]*\brespectively\b|\brespectively\b[^.;]*\b(?:doses|dose levels)\b",
    re.IGNORECASE,
)
"""Tells figures dose by dose."""
_LACKING = re.compile(
    r"\b(?:without|no|not|none|never|free)\b|\bnon-|n't\b|\bun[a-z]+|\bna[i\u00ef]ve\b|wild[- ]type|negative",
    re.IGNORECASE,
)
_BESIDE = frozenset({"p_value", "CI", "HR", "OR", "RR"})
"""Figures that belong to another one, which a sentence on the patients need not give."""
_RESPONSES = re.compile(
    r"(?<!duration of )(?<!duration of the )(?<!time to )(?<!to first )\brespon(?:ses?|ded)\b[^.;]{0,40}\d",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:exposed|refractory|resistant|exposure) to (?:both|the two)\b(?! an? )(?: (?:classes|drugs|agents|kinds|types))?",
    re.IGNORECASE,
)
_LIGHT = frozenset(
    "came come occurred happened got get had have been there still already respond responded responding response survive survived "
    "better worse best good figure one other pretreated given treated use used alone".split()
)
"""Keys of words that tell nobody apart beside others that do."""
_TIMED = re.compile(r"\b\d+[\s-](?:day|week|month|year)s?\b", re.IGNORECASE)
_DIFFERING = re.compile(r"\bvs\b|\bversus\b|\u00b1|\bor\b")
_BY_SIZE = {2: "doublet", 3: "triplet", 4: "quadruplet"}
"""Number of drugs -> what giving them together is called."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def told_of_them(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence of the one study that gives what is asked of the very patients named; None where none does.

    Args:
        desk: the review's facts and words.
        describer: knows which words mean the same.
        ask: the question.
        draft: a decline, or figures of everyone.
    """
    if not (draft.status is Status.DECLINED or ask.left) or len(ask.studies) != 1:
        return None
    if ask.left:  # figures of everyone, in the turn after one on some of them
        ask = replace(ask, groups=(*ask.groups, *ask.left), inherited=True)
    if not (ask.measures or ask.families) or set(ask.measures) & _BESIDE:
        return None
    if ask.grade or _GRADE.search(ask.focus):
        return None  # what was declined is the grade
    if ask.injected or ask.advice or ask.named.missing or ask.cycle or ask.has(*_OTHERWISE):
        return None
    words = _telling(desk, ask, _sizes(desk, ask.studies[0]))
    whole = " ".join(said_of_all(desk, ask.studies[0]))
    narrowing = [w for w in words if not describer.matching.is_in(ask, w.key, whole)]
    if not narrowing:
        return None
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies == ask.studies]
    found = [p for k, p in enumerate(own) if _is_on_them(desk, describer, ask, own, k, narrowing)]
    return answered([describer.quoting(found[0])], ask.studies) if found else None


def _sizes(desk: Desk, study: str) -> AbstractSet[str]:
    """``triplet`` of a study whose patients all had three drugs, ``combination`` of one of two or more."""
    cells = [f.value for f in desk.selector.reported(study, "agents") if not f.group]
    if len(cells) != 1 or _DIFFERING.search(cells[0]):
        return frozenset()
    n = len(re.split(r"\s\+\s", cells[0]))
    return frozenset({"combination", _BY_SIZE.get(n, "")}) if n > 1 else frozenset({"monotherapy"})


def _telling(desk: Desk, ask: Ask, sizes: AbstractSet[str]) -> list[Token]:
    """The words of a question that may tell patients apart: none of what is measured, of its study and of everyone."""
    known, _ = known_words(desk, ask, ())
    known = known | sizes
    known |= _LIGHT
    known |= {t.key for n in ask.named.of("code") for t in tokens(n.text) if n.studies & set(ask.studies)}
    label = (
        {key for name in ask.groups for key in _keys(name[0])}
        - _LIGHT
        - sizes
        - desk.vocabulary.scaffold
        - PEOPLE
    )
    text = " ; ".join(
        [ask.focus, *(name for name, _ in ask.groups if ask.inherited and name not in ask.focus)]
    )
    return [w for w in tokens(fold(text)) if tells(w) and (w.key not in known or w.key in label)]


def _keys(label: str) -> AbstractSet[str]:
    return {t.key for t in tokens(label)}


def _is_on_them(
    desk: Desk, describer: Describer, ask: Ask, own: Sequence[Passage], at: int, words: Sequence[Token]
) -> bool:
    """Whether a sentence names the patients by all of the words, and gives what is asked."""
    passage = own[at]
    if not figures(passage.quote) or describer.is_of_other(ask, passage) or not _has_numbers(ask, passage):
        return False
    ranks, text = _DOSES.search(passage.text), _FREE.sub(" ", passage.text)
    if _BOTH.search(text):  # which two, the sentences before it say
        text = " ".join([text, *(p.text for p in own[max(0, at - 2) : at])])
    if not all(
        describer.matching.is_in(ask, w.key, text) or (ranks and w.text.lower() in _RANK) for w in words
    ):
        return False
    if any(i.startswith("no-") for _, ids in ask.groups for i in ids) and not _LACKING.search(passage.text):
        return False
    before = own[at - 1] if at and _CORRESPONDING.search(passage.text) else None
    told = "ORR" in ask.measures and bool(_RESPONSES.search(passage.text))
    told = (
        told or gives_measure(desk, ask, passage) or (before is not None and gives_measure(desk, ask, before))
    )
    return told and not _lacks_time(describer, ask, passage)


def _lacks_time(describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence is not of the time asked for; one that tells no time may be of that of the turn before."""
    if not ask.times or not describer.lacks_time(ask, passage.text):
        return False
    said = any(t.split("-")[0] in ask.focus for t in ask.times)
    return said or not ask.inherited or bool(_TIMED.search(passage.text))


def _has_numbers(ask: Ask, passage: Passage) -> bool:
    """Whether a passage prints the numbers of a question that name no study and no time."""
    named = " ".join([n.text for n in ask.named.names] + [*ask.studies, *ask.times])
    return set(_NUMBER.findall(ask.focus)) <= set(_NUMBER.findall(f"{named} {fold(passage.text)}"))
