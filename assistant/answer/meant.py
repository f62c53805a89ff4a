"""What a question asks of the studies that it names: their own arms for its words, their own measures."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.at_dose import at_dose
from assistant.answer.moment import only_tells_whom, told_by_event
from assistant.desk import Desk
from assistant.lookup.computed import counted_as, denies
from assistant.lookup.groups import aligned
from assistant.lookup.lookup import asked_facts
from assistant.question.reader import Ask
from assistant.text.text import tokens

_OR_ALSO = re.compile(r"\bor\b|\+|/|\bplus\b")
_REST = {"deaths": "OS", "no_response": "ORR"}
"""What is reported of all the others."""
_RESPONDED = {"responders": "ORR", "non-responders": "no_response"}
"""Groups of patients, and the measure by which they are counted."""


def of_study(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with the study's own arms and subgroups in place of the question's words for them."""
    return _of_responders(
        desk, _told_apart(desk, aligned(desk, at_dose(desk, _of_history(desk, _of_reporting(desk, ask)))))
    )


def of_measures(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with a composite for its parts (``CR or CRu``), and without what only says when or of whom."""
    if len(ask.measures) == 2 and _OR_ALSO.search(ask.focus):
        pairs = (f"{a}/{b}" for a, b in (ask.measures, ask.measures[::-1]))
        if whole := next((p for p in pairs if desk.reports(p)), ""):
            return replace(ask, measures=(whole,))
    ask = _of_early_death(desk, _of_the_rest(desk, _not_in_names(told_by_event(desk, ask))))
    left = tuple(m for m in ask.measures if not only_tells_whom(ask, m))
    return replace(ask, measures=left) if len(left) < len(ask.measures) else ask


def _not_in_names(ask: Ask) -> Ask:
    """``relapse in the NGS-MRD registry`` asks for relapse alone: what stands in the name of a study is not asked of it."""
    if len(ask.measures) < 2 or ask.inherited:
        return ask
    named = {t.key for n in ask.named.of("agent", "code") for t in tokens(n.text)}
    said = {m: {k for k, term in ask.aliases if term == m} for m in ask.measures}
    left = tuple(m for m in ask.measures if not said[m] or said[m] - named)
    return replace(ask, measures=left) if left else ask


def unexplained(desk: Desk, ask: Ask) -> list[str]:
    """Words of the question that name neither a study nor what is asked."""
    known = {key for key, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)}
    known |= {t.key for design in ask.designs for t in tokens(design)}
    return [key for key in ask.content if key not in known and key not in desk.vocabulary.scaffold]


def _of_history(desk: Desk, ask: Ask) -> Ask:
    """``historical controls`` where the review calls the same patients a historical cohort, and the other way round."""
    groups = []
    studies = ask.studies or [s.id for s in desk.review.studies]
    for label, ids in ask.groups:
        told = {f.group for s in studies for f in desk.selector.of(s) if "historical" in f.group}
        named = "historic" in label.lower() and ids <= {"historical", "control"}
        alike = named and len(told) == 1
        groups.append((label, next(iter(told)) if alike else ids))
    return replace(ask, groups=tuple(groups)) if ask.groups else ask


def _told_apart(desk: Desk, ask: Ask) -> Ask:
    """``how many were untreated and how many had relapsed disease``: parts of the study, not relapses in it."""
    if len(ask.studies) != 1 or len(ask.measures) != 1 or ask.wants != "count" or not ask.groups:
        return ask
    study, (measure,) = ask.studies[0], ask.measures
    said = {key for key, term in ask.aliases if term == measure}
    told = {t.key for label, _ in ask.groups for t in tokens(label)}
    sizes = [f.group for f in desk.selector.reported(study, "n_patients") if f.n is not None]
    parts = all(ids in sizes for _, ids in ask.groups)
    if not said or not said <= told or not parts or desk.selector.reported(study, measure):
        return ask
    return replace(ask, measures=(), characteristics=("n_patients",))


def _of_responders(desk: Desk, ask: Ask) -> Ask:
    """``number of non-responders``: how many did not respond, where the one study tells of no such group."""
    if len(ask.studies) != 1 or len(ask.groups) != 1 or ask.measures or ask.families:
        return ask
    if ask.wants != "count" or set(ask.characteristics) - {"n_patients"}:
        return ask
    (_, ids), (study,) = ask.groups[0], ask.studies
    measure = next((m for group, m in _RESPONDED.items() if ids == {group}), "")
    sized = any(ids <= f.group for f in desk.selector.reported(study, "n_patients"))
    if not measure or sized or not desk.selector.reported(study, measure):
        return ask
    return replace(ask, measures=(measure,), characteristics=(), groups=())


def _of_the_rest(desk: Desk, ask: Ask) -> Ask:
    """``what proportion had not died by two years`` asks for OS, ``how many did not respond`` for those who did.

    Only where the one study gives no figure of what was named; the number of those who did is taken from the whole.
    """
    other = _REST.get(ask.measures[0], "") if len(ask.measures) == len(ask.studies) == 1 else ""
    if not other or asked_facts(desk, ask) or (other == "ORR" and ask.wants != "count"):
        return ask
    instead = replace(ask, measures=(other,))
    facts = asked_facts(desk, instead)
    if ask.wants == "count":
        alive = [f for f in facts if other == "OS" and f.n is not None and f.total and not f.group]
        if len(alive) == 1 and not denies(ask, "deaths"):
            return instead  # "68 of 74 were alive" tells how many had died
        if other == "OS":
            return ask
    given = any(f.n is not None for f in facts) if other == "ORR" else bool(facts)
    counted = [c for f in facts if not given and other == "ORR" and (c := counted_as(desk, f)) is not None]
    if len(counted) == 1 and denies(ask, ask.measures[0]):  # "77.9%" of "53 of 68 evaluable patients"
        return replace(instead, groups=((counted[0].group_label, counted[0].group),))
    return instead if given and denies(ask, ask.measures[0]) else ask


_BY_DAY = ("30-day_mortality", "60-day_mortality", "100-day_mortality")


def _of_early_death(desk: Desk, ask: Ask) -> Ask:
    """``60-day mortality`` where the one study tells of early death by day 60, and the other way round."""
    if (
        len(ask.studies) != 1
        or len(ask.measures) != 1
        or desk.selector.reported(ask.studies[0], ask.measures[0])
    ):
        return ask
    (study,), (measure,) = ask.studies, ask.measures
    if measure in _BY_DAY:
        time = measure.removesuffix("_mortality")
        told = any(f.time_point == time for f in desk.selector.reported(study, "early_mortality"))
        return replace(ask, measures=("early_mortality",), times=(time,)) if told else ask
    given = [m for m in _BY_DAY if desk.selector.reported(study, m)]
    return replace(ask, measures=tuple(given)) if measure == "early_mortality" and len(given) == 1 else ask


def _of_reporting(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with the one study of a treatment's several that reports what is asked."""
    if len(ask.studies) < 2 or len(ask.measures) != 1 or ask.has("list", "compare", "count_studies"):
        return ask
    if not ask.named.of("agent") or ask.named.of("number", "nct", "author", "code"):
        return ask
    reporting = tuple(s for s in ask.studies if desk.selector.reported(s, ask.measures[0]))
    return replace(ask, studies=reporting) if len(reporting) == 1 else ask
