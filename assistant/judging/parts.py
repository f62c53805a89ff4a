"""Claims on the parts of a study's patients: which was the larger, that both were there, and where all cases of something were."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.groups.reading import Ids
from assistant.judging.counting import only_counts
from assistant.judging.sides_claimed import asks_verdict, direction, halves, named_in
from assistant.judging.weighing import CLAUSE, with_figures
from assistant.lookup.diseases import by_disease
from assistant.model import Fact, Kind, Passage
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_SIDES = 2
_ROOT = 6
"""Letters that an event and its verb share: ``relapse``, ``relapsed``."""
_HOW_MANY = re.compile(
    r"\b(?:(?:was|were|are|is) there (?:as many|more|fewer)|(?:patients?|people|persons|participants|subjects|cases|groups?|subgroups?"
    r"|cohorts?|arms?)\b)",
    re.IGNORECASE,
)
"""Asks for a number of patients."""
_BOTH = re.compile(
    r"\b(?:had|have|has|includ\w+|enrol\w+|recruit\w+|t[ao]ken?|took|(?:were|are|was|is) there)\b[^?.;]*?"
    r"\bboth (?P<first>[^?.;,]+?) and (?P<second>[^?.;,]+)",
    re.IGNORECASE,
)
"""Says that patients of two sorts were taken in."""
_ONLY = re.compile(r"\b(?:only|solely|exclusively|just)\b(?P<whom>[^?.;]*)", re.IGNORECASE)
_EVERY = re.compile(
    r"\b(?:all|both|each|every(?: one)?)(?: of)?(?: the)? (?P<event>[^?.;,]*?)\b(?:in|on|at|within|affected|involved)\b(?P<whom>[^?.;,]*)",
    re.IGNORECASE,
)
_ALL_IN = re.compile(
    r"\b(?:all|both|only|exclusively|solely|each|every one)(?: of (?:them|these|those|which|whom))? (?:were |was )?(?:seen |recorded )?"
    r"(?:in|with|on|among|from) (?P<whom>[^,;.()]+)",
    re.IGNORECASE,
)
"""Says in whom, or where, all cases of something were."""


def larger_part(desk: Desk, ask: Ask) -> Draft | None:
    """``Were there more with A than with B?``: by the numbers of patients of two parts of one study; None where that is not asked."""
    split = halves(fold(ask.focus))
    way = direction(ask, split[0]) if split else None
    free = not (
        ask.measures
        or ask.families
        or ask.values
        or ask.times
        or set(ask.characteristics) - {"n_patients", "arms"}
    )
    if not free or split is None or way is None or way.by_quality or way.as_effect or len(ask.studies) != 1:
        return None
    if not asks_verdict(ask) or not _HOW_MANY.search(ask.focus) or not only_counts(desk, ask, ask.studies[0]):
        return None
    sides = [_part_named(desk, ask, half) for half in split]
    return (
        with_figures(desk, _larger(sides, way.sign), [f for f in sides if f])
        if all(sides) and sides[0] != sides[1]
        else None
    )


def _larger(sides: list[Fact | None], sign: int) -> str:
    a, b = ((f.n or 0) if f else 0 for f in sides)
    return "Yes" if (a > b) - (a < b) == sign else "No"


def both_there(desk: Desk, ask: Ask) -> Draft | None:
    """``Did it take in both A and B?``: yes with the number of patients of each; None where one has none, or that is not asked."""
    both = _BOTH.search(fold(ask.focus))
    free = not (
        ask.measures
        or ask.families
        or ask.values
        or ask.times
        or set(ask.characteristics) - {"n_patients", "population", "disease"}
    )
    if (
        both is None
        or not free
        or len(ask.studies) != 1
        or not asks_verdict(ask)
        or "n't" in ask.focus.split(",")[0]
        or not only_counts(desk, ask, ask.studies[0])
    ):
        return None
    sides = [_part_named(desk, ask, both[half]) for half in ("first", "second")]
    found = [f for f in sides if f]
    return with_figures(desk, "Yes", found) if len(found) == _SIDES and found[0] != found[1] else None


def _part_named(desk: Desk, ask: Ask, text: str) -> Fact | None:
    """The number of patients of the one part of the study that a text names and that says nothing more; None without one."""
    (study,) = ask.studies
    groups = [ids for label, ids in ask.groups if label in text]
    groups += [ids for label, ids in by_disease(desk, ask, study) if label in text]
    groups = groups or named_in(desk, replace(ask, groups=()), study, text) or []
    sizes = [f for f in desk.selector.reported(study, "n_patients") if f.n and f.group in groups]
    return sizes[0] if len(set(groups)) == 1 and sizes else None


def where_all_were(desk: Desk, ask: Ask) -> Draft | None:
    """``Was it only seen in arm A?``, ``Were both relapses in organ B?``: by a sentence that says where all were; else None."""
    asked = _ONLY.search(ask.focus) or _EVERY.search(ask.focus)
    if not asks_verdict(ask) or asked is None or len(ask.studies) != 1 or not ask.measures or ask.values:
        return None
    side = _where(desk, ask, fold(asked["whom"]))
    for passage in desk.review.passages if len(side) == 1 else ():
        said = _ALL_IN.search(fold(passage.quote)) if passage.studies[:1] == ask.studies else None
        if (
            said is None
            or passage.locator.kind is not Kind.SENTENCE
            or not _is_on(desk, ask, passage, said.start())
        ):
            continue
        whom = _where(desk, replace(ask, groups=()), said["whom"])
        if len(whom) == 1 and (whom == side or _are_of_a_kind(desk, ask, *whom, *side)):
            line = Line(
                f"{'Yes' if whom == side else 'No'}: {passage.quote}",
                ((passage.id, ask.studies[0]),),
                verbatim=True,
            )
            return answered([line], ask.studies)
    return None


def _are_of_a_kind(desk: Desk, ask: Ask, one: Ids, other: Ids) -> bool:
    """Whether two groups are both arms, both organs, or opposite patients, so that what is in one is not in the other."""
    arms = {a.ids for a in desk.own.arms(ask.studies[0])}
    if one in arms or other in arms:
        return one in arms and other in arms
    people = desk.vocabulary.populations
    opposite = any(people[i].opposite in other for i in one if i in people)
    return opposite or not any(i in people for i in one | other)


def _is_on(desk: Desk, ask: Ask, passage: Passage, end: int) -> bool:
    """Whether the clause before a place names the event asked about."""
    clause = CLAUSE.split(fold(passage.quote)[:end])[-1]
    named = {i for m in desk.review.reader.matchers.measures.find(tokens(clause)) for i in m.ids}
    verbs = {k[:_ROOT] for k, term in ask.aliases if term in ask.measures and len(k) >= _ROOT}
    told = any(n == m or n.endswith(f"_{m}") for n in named for m in ask.measures)
    return told or any(t.key[:_ROOT] in verbs for t in tokens(clause))


def _where(desk: Desk, ask: Ask, text: str) -> list[Ids]:
    """The arms, or else the patients and organs, that a text names."""
    (study,) = ask.studies
    arms = [a.ids for a in desk.own.arms(study)]
    if sides := [ids for ids in named_in(desk, ask, study, text) or () if ids in arms]:
        return sides
    groups = desk.review.reader.groups(text, desk.review.arms.get(study, {}))
    return list(dict.fromkeys(frozenset(g.ids) for g in groups))
