"""Follow-ups on parts of a study's patients: one part in the place of another, and how many of those there were."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.question.reader import Ask, QuestionReader

_OF_THOSE = re.compile(
    r"^\W*(?:(?:and|but|so|then|ok(?:ay)?|thanks?)\W+)*(?:of|among|amongst)\s+(?:those|these|them|all of (?:them|those)|which|whom)\b",
    re.IGNORECASE,
)
"""Begins with those just spoken of."""
_ALSO = re.compile(r"\b(?:both|together|combined|as well as|also have|within)\b", re.IGNORECASE)


def in_its_place(ask: Ask, merged: Ask, turn: Turn, reader: QuestionReader) -> Ask:
    """``and lymphoma?`` after the leukaemias of a study: the lymphomas alone, where nothing is told of patients with both.

    Args:
        ask: the turn, completed, its groups those of the study.
        merged: the same before the study's own groups were found.
        turn: the turn before, with its answer.
        reader: knows the study's arms and subgroups.
    """
    before = turn[0]
    if len(ask.studies) != 1 or ask.studies != before.studies or not merged.inherited:
        return ask
    if set(merged.groups) - set(before.groups) or not before.groups or _ALSO.search(ask.focus):
        return ask
    (study,) = ask.studies
    said = ask.focus.lower()
    kept = [g for g in ask.groups if g in before.groups and g[0].lower() not in said]
    new = [g for g in ask.groups if g not in before.groups and g[0].lower() in said]
    told = [f.group for f in reader.review.facts if f.study == study]

    def gives_way(old: frozenset[str], ids: frozenset[str]) -> bool:
        alike = {g.is_arm for g in reader.own.of(study) if g.ids in (old, ids)}
        own = {g.ids for g in reader.own.of(study)} >= {old, ids}
        return own and len(alike) == 1 and not any(old | ids <= group for group in told)

    old = [g for g in kept if any(gives_way(g[1], n[1]) for n in new)]
    return replace(ask, groups=tuple(g for g in ask.groups if g not in old)) if old else ask


def counted_of_those(ask: Ask, before: Ask) -> Ask:
    """``of those refractory?`` after how many there were, or after nothing else that is measured: how many of these."""
    topic = ask.measures or ask.families or ask.characteristics
    asked = before.measures or before.families or set(before.characteristics) - {"n_patients"}
    if topic or asked or not ask.groups or not _OF_THOSE.match(ask.focus):
        return ask
    return replace(ask, characteristics=("n_patients",), wants="count")
