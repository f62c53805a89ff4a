"""What a follow-up keeps of the slots of the turn before.

A slot named anew takes the place of the old one, where an arm of the study and a part of its patients are two slots. One that is not named
is kept as far as the study gives what is now asked of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant import lazy_re as re
from assistant.followup.refs import Groups, Turn
from assistant.question.reader import Ask, QuestionReader
from assistant.text.text import tokens

_WHOM = re.compile(
    r"\b(?:if|when|where|only|just|in|among|for|of|with|those|ones|people|patients|pts|subjects|cases)\b",
    re.IGNORECASE,
)
"""Says of whom something is asked."""
_DENIED = r"\bnot\s+(?:(?:the|in|from|by|for|that|of)\s+)*"
_INSTEAD = r"(?:'s|’s)?(?:\s+et al\.?)?[\s,;:.—–-]*(?:but\s+|rather\s+)?"
_A_STUDY = r"\b(?:the|that|this)\s+(?:\w+\s+){0,2}?"
"""Before a design, makes it name a study: ``the phase II``, ``the later phase II``."""

_SPREAD = re.compile(
    r"\b(?:mostly|mainly|largely|predominantly|chiefly|generally|usually|typically|only|always|all(?: of (?:it|them))?)\s+(?:of\s+)?"
    r"(?:mild|moderate|severe|low[- ]grade|high[- ]grade|low|minor)\b",
    re.IGNORECASE,
)
"""Asks of what grades something was, and not how often it was of one."""

_NOTHING: dict[str, Any] = {
    "measures": (),
    "families": (),
    "characteristics": (),
    "times": (),
    "groups": (),
    "grade": "",
    "cycle": "",
}
_SLOTS = ("studies", *_NOTHING)
"""What a question asks, and of whom."""
_BY_ARM = frozenset({"rate", "event"})
"""Kinds of measures of which a study with arms has a figure for each, whether it is read or not."""
_FEW_WORDS = 4
"""Words of a turn in which a number that was not understood is all that is asked."""
_OPEN: dict[str, Any] = {"groups": ()}
"""What a slot may be whatever it was before, as nobody is named by it."""


def without_denied(ask: Ask, reader: QuestionReader) -> Ask:
    """``not Smith, Jones``: the turn without the name that it takes back, where it puts another in its place."""
    for name in ask.named.names:
        rest = re.sub(_DENIED + re.escape(name.text) + _INSTEAD, "", ask.text, flags=re.IGNORECASE)
        instead = reader.read(f"sorry, {rest}") if rest != ask.text and re.search(r"\w", rest) else ask
        if instead is not ask and instead.named.names:
            return instead
    return ask


def without_whom(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``and only those who got a transplant?``: the words that tell whom are no measure asked for, too."""
    if not ask.groups or ask.wants or not (before.measures or before.families or before.characteristics):
        return ask
    told: set[str] = set()
    for label, _ in ask.groups:
        first = ask.focus.lower().find(tokens(label)[0].text.lower())
        if _WHOM.search(ask.focus[: max(first, 0)]):
            told |= {m.ids[0] for m in reader.matchers.measures.find(tokens(label))}
    return replace(ask, measures=tuple(m for m in ask.measures if m not in told))


def of_next_study(ask: Ask, studies: tuple[str, ...], reader: QuestionReader) -> Ask:
    """``and the phase II?`` after a study of another design: the one of that design that gave the same treatment."""
    if len(studies) != 1 or not (ask.described and ask.designs) or ask.named.names or ask.has("yes_no"):
        return ask
    if studies[0] in ask.studies or not any(
        re.search(_A_STUDY + re.escape(design), ask.focus, re.IGNORECASE) for design in ask.designs
    ):
        return ask
    given = {s: _treatment(s, reader) for s in (*studies, *ask.studies)}
    shared = {s: len(given[s] & given[studies[0]]) for s in ask.studies}
    most = max(shared.values(), default=0)
    nearest = [s for s in ask.studies if most and shared[s] == most]
    if len(nearest) != 1:
        return ask
    named = {t.key for design in ask.designs for t in tokens(design)}
    content = tuple(k for k in ask.content if k not in named)
    return replace(ask, studies=(nearest[0],), described=False, content=content)


def _treatment(study: str, reader: QuestionReader) -> set[str]:
    facts = (f for f in reader.review.facts if f.study == study and f.attribute == "agents")
    return {t.key for f in facts for t in tokens(f.value)}


def tested_in(before: Ask, reader: QuestionReader) -> tuple[str, ...]:
    """The studies that gave the drug which the turn before asked the meaning of; none where it asked for none."""
    drugs = before.named.of("agent") if before.has("definition") else ()
    keys = {t.key for n in drugs for t in tokens(n.text)}
    return tuple(s for s in before.studies if keys & _treatment(s, reader))


def crossed(ask: Ask, before: Ask, reader: QuestionReader) -> Groups:
    """The turn's groups, each within the arm, or the part of the patients, that the turn before named, where that is told."""
    if len(ask.studies) != 1 or len(before.groups) != 1 or ask.everyone or ask.studies != before.studies:
        return ask.groups
    arms = [g.ids for g in reader.own.arms(ask.studies[0])]
    (_, old), told = before.groups[0], _told(ask, ask.measures or before.measures, reader)
    found = []
    for label, ids in ask.groups:
        new = reader.own.meant(ask.studies[0], label, ids) or ids
        of_arms = frozenset[str]().union(*(a for a in arms if a <= old))
        kept = old - of_arms if any(a <= new for a in arms) else of_arms
        both = bool(kept - new) and any(new | kept <= group for group in told)
        found.append((f"{before.groups[0][0]} {label}", new | kept) if both else (label, ids))
    return tuple(found)


def or_measure(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``transplants?``, where the measure before is not told of those: how many they were."""
    if len(ask.groups) != 1 or len(ask.studies) != 1 or _WHOM.search(ask.focus) or ask.measures:
        return ask
    (label, ids), study = ask.groups[0], ask.studies[0]
    own = reader.own.meant(study, label, ids) or ids
    terms = reader.vocabulary.measures
    named = tuple(m for m in terms if terms[m].kind == "count" and ids & set(terms[m].also))
    if any(own <= group for group in _told(ask, before.measures, reader)) or not before.measures:
        return ask
    reported = named and all(reader.reports(study, m) for m in named)
    return replace(ask, measures=named, groups=()) if reported else ask


def _told(ask: Ask, measures: tuple[str, ...], reader: QuestionReader) -> list[frozenset[str]]:
    """The groups of which the studies' figures of some measures are told."""
    return [f.group for f in reader.review.facts if f.study in ask.studies and f.attribute in measures]


def still_told(ask: Ask, groups: Groups, reader: QuestionReader) -> tuple[Groups, Groups]:
    """Of the groups kept for a new measure those of which it is told, or their arm; and those given up.

    All are kept where the studies give no figure of the measure at all, and an arm is for any rate.
    """
    told = _told(ask, ask.measures, reader)
    if not told or len(ask.studies) != 1:
        return groups, ()
    arms = [(g.labels[0], g.ids) for g in reader.own.arms(ask.studies[0]) if g.labels]
    by_arm = any(reader.vocabulary.term(m).kind in _BY_ARM for m in ask.measures)
    whole = reader.review.populations.get(ask.studies[0], frozenset())
    kept, dropped = [], []
    for label, ids in groups:
        own = reader.own.meant(ask.studies[0], label, ids) or ids
        if ids <= whole:
            continue  # all of its patients are
        if any(own <= group for group in told) or (by_arm and is_arm(label, own, ask.studies[0], reader)):
            kept.append((label, ids))
            continue
        dropped.append((label, ids))
        kept += [arm for arm in arms if arm[1] < own and any(arm[1] <= group for group in told)]
    return tuple(kept), tuple(dropped)


def is_arm(label: str, ids: frozenset[str], study: str, reader: QuestionReader) -> bool:
    """Whether a group is an arm of the study, by its name or by the drug that it alone had."""
    named = reader.own.with_drug(study, label)
    return any(g.ids in {ids, named and named[1]} for g in reader.own.arms(study))


def grade_kept(before: Ask, *, same_study: bool) -> str:
    """The grade of the turn before; "" for another study where that turn asked whether it was ``mostly mild``."""
    return "" if not same_study and _SPREAD.search(before.text) else before.grade


def at_a_time(ask: Ask, reader: QuestionReader) -> Ask:
    """``one-year?`` after a median: the rate of the same outcome, as a median is of no time point."""
    told = {f.attribute for f in reader.review.facts if f.study in ask.studies and f.time_point in ask.times}

    def rate(measure: str) -> str:
        bare = measure.removeprefix("median_")
        return bare if bare in reader.vocabulary.measures and measure not in told else measure

    return replace(ask, measures=tuple(map(rate, ask.measures))) if ask.times else ask


def freed(ask: Ask, turn: Turn, reader: QuestionReader) -> Ask:
    """``and that mutation?``, where all that is understood was asked before: whatever the study says of the new words.

    Args:
        ask: the turn, completed, its groups those of the study.
        turn: the turn before, likewise, with its answer.
        reader: knows the words of the review.
    """
    before, draft = turn
    same = all(getattr(ask, slot) in {getattr(before, slot), _OPEN.get(slot)} for slot in _SLOTS)
    if not ask.studies or ask.everyone or not same:
        return ask
    said = {t.key for line in draft.lines for t in tokens(line.text)}
    return replace(ask, **_NOTHING) if _says_more(ask, {*before.content, *said}, reader) else ask


def _says_more(ask: Ask, said: set[str], reader: QuestionReader) -> bool:
    """Whether a turn has words of the study's own that are neither names, nor slots, nor said before."""
    known = {k for k, _ in ask.aliases}
    known |= {t.key for n in ask.named.of("number", "nct", "author", "agent") for t in tokens(n.text)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)} | said
    left = {k for k in ask.content if k not in known and k not in reader.vocabulary.scaffold}
    left |= {n for n in re.findall(r"\d+", ask.focus) if len(ask.focus.split()) <= _FEW_WORDS}
    own = (p for p in reader.review.passages if set(p.studies) & set(ask.studies))
    return bool(left) and any(t.key in left for p in own for t in tokens(p.text))
