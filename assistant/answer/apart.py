"""Figures that answer a question on a part of the patients, or on a difference between parts, only where they are of these.

``Is there a sex difference in OS`` is not answered by OS, nor ``OS of those who had not relapsed`` by the OS of everyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.lookup.everyone import common_to_all
from assistant.model import Fact, Kind, Passage
from assistant.question.factors import Factor, factors_asked
from assistant.question.fate import Told, clauses
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_DENIES = re.compile(
    r"\b(?:no|not|non|never|without|lack\w*|fail\w*|free|un\w{4,})\b|n't\b|\bnon-", re.IGNORECASE
)
_PIECE = re.compile(r"[;,](?=\s)|\.(?=\s|$)")
_ROOT = 4
"""Letters from which on the beginning of a word means it."""


def factors_lacking(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[str]:
    """``by sex``: what outcomes are to be told apart by that none of these facts of one study is told by."""
    figures = [f for f in facts if f.attribute in ask.measures] if ask.measures else list(facts)
    if not (ask.measures or ask.families):
        return []
    return [f"by {x.name}" for x in factors_asked(ask.focus) if not _is_told_by(desk, x, figures)]


def _is_told_by(desk: Desk, factor: Factor, figures: Sequence[Fact]) -> bool:
    """Whether one of the figures is of a group told by a factor, or stands in a sentence that speaks of it."""
    if any(factor.is_of(f.group) for f in figures):
        return True
    return any(factor.is_in(desk.selector.quotes[p]) for p in {f.passage for f in figures})


def fates_lacking(desk: Desk, ask: Ask, facts: Sequence[Fact], whole: str) -> list[str]:
    """``those who had not relapsed``: patients told by what became of them whom these facts of one study are not of.

    Args:
        desk: the review's facts and words.
        ask: the question.
        facts: what was found, of one study.
        whole: what the review says of that study as a whole.
    """
    if not ask.measures and "n_patients" not in ask.characteristics:
        return []
    return [c.text for c in clauses(ask.focus) if not _is_met(desk, ask, facts, c, whole)]


def _is_met(desk: Desk, ask: Ask, facts: Sequence[Fact], clause: Told, whole: str) -> bool:
    """Whether facts are of the patients of a clause, or the clause says what the figures themselves tell."""
    keys = {t.key for t in clause.words} - desk.vocabulary.scaffold
    meant = {term for key, term in ask.aliases if key in keys and term in desk.vocabulary.measures}
    meant |= {m.ids[0] for m in desk.review.reader.matchers.measures.find(list(clause.words))}
    apart = clause.lacking or meant or clause.happened or _tells_apart(desk, facts[0].study, keys)
    if not keys or not apart:
        return True
    heads = {term for key, term in ask.aliases if key not in keys and term in ask.measures} - meant
    told = {f.attribute for f in facts}
    if told <= meant and (clause.counted or not heads):
        return True
    if told & meant and not heads:
        return True
    figures = [f for f in facts if f.attribute not in meant]
    return bool(figures) and _are_of(desk, ask, figures, clause, keys, whole)


def _tells_apart(desk: Desk, study: str, keys: AbstractSet[str]) -> bool:
    """Whether the words are those of a subgroup of the study."""
    return any(keys <= group.words for group in desk.own.of(study) if not group.is_arm)


def _are_of(
    desk: Desk, ask: Ask, facts: Sequence[Fact], clause: Told, keys: AbstractSet[str], whole: str
) -> bool:
    """Whether facts are of a group that the clause means, or stand in words that say the same."""
    study = facts[0].study
    everyone = common_to_all(desk, ask, study)
    for label, ids in ask.groups:
        said = {t.key for t in tokens(label)}
        if (said & keys or (clause.lacking and _DENIES.search(label))) and (
            not ids - everyone or all(ids & f.group for f in facts)
        ):
            return True
    arms = {i for own in desk.review.arms.get(study, {}).values() for i in own}
    if all(f.group - arms - everyone for f in facts):
        return True  # of a subgroup, which was chosen by these words
    around = [_around(desk, f) for f in facts]
    if clause.lacking:
        return denies_all(whole, keys) or all(denies_all(text, keys) for text in around)
    return all(_has_all(text, keys) for text in around)


def _around(desk: Desk, fact: Fact) -> str:
    """The part of a sentence or cell that a figure stands in."""
    quote = desk.selector.quotes[fact.passage]
    ends = [m.start() for m in _PIECE.finditer(quote)]
    start = max((e for e in ends if e < fact.start), default=-1) + 1
    return quote[start : min((e for e in ends if e >= fact.start), default=len(quote))]


def denies_all(text: str, keys: AbstractSet[str]) -> bool:
    """Whether a part of a sentence has all these words and denies."""
    return any(_DENIES.search(piece) and _has_all(piece, keys) for piece in _PIECE.split(text))


def _has_all(text: str, keys: AbstractSet[str]) -> bool:
    said = {t.key for t in tokens(fold(text).replace("-", " "))}
    return all(any(s.startswith(k[: max(_ROOT, len(k) - 3)]) for s in said) for k in keys)


_GIVEN = re.compile(
    r"\b(?:with|without|given|received|receiving)\s+(?:prior\s+|previous\s+)?(?P<what>[a-z][a-z-]{6,})(?P<noun>\s+prophyla\w+|\s+pre-?medication)?"
    r"(?=\s*[?.,;:)]|\s*$|\s+(?:in|for|at|among|after|before|than|versus|vs)\b)",
    re.IGNORECASE,
)
"""What some patients of a study had."""


def given_lacking(desk: Desk, ask: Ask, study: str, near: str, known: AbstractSet[str]) -> list[str]:
    """``the rate with examplinib prophylaxis``: what a sentence of its own tells of, with its figures, and ``near`` does not."""
    own = [p for p in desk.review.passages if p.studies[:1] == (study,) and p.locator.kind is not Kind.COLUMN]
    found = []
    for match in _GIVEN.finditer(ask.focus) if len(ask.studies) == 1 else ():
        key = tokens(match["what"])[0].key
        holding = [p for p in own if key in {t.key for t in tokens(p.text)}]
        apart = holding and all(p.locator.kind is Kind.SENTENCE and _SHARES.search(p.text) for p in holding)
        if apart and key not in known | {t.key for t in tokens(near)}:
            found.append(f"{match['what']}{match['noun'] or ''}")
    return found


def sets_apart(desk: Desk, passage: Passage) -> bool:
    """Whether a sentence gives two shares and names no measure of its own: that of the sentences before it."""
    named = (
        desk.vocabulary.term(i).kind
        for m in desk.review.reader.matchers.measures.find(tokens(passage.text))
        for i in m.ids
    )
    return bool(_SHARES.search(passage.text)) and not {"event", "rate"} & set(named)


_SHARES = re.compile(r"\d\s?%[^%]*\d\s?%")
