"""Follow-ups: what a turn leaves unsaid is taken from the turns before it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.draft import Draft
from assistant.question import Ask, QuestionReader
from assistant.spans import normal_time
from assistant.text import NUMBER_WORDS
from assistant.wording import CORRECTION, ELLIPSIS, PRONOUN

_OTHER = re.compile(r"\bthe other (?:one|study|trial|abstract|arm|group|\w+ (?:study|trial|abstract))\b", re.IGNORECASE)
_STANDALONE = frozenset({"definition", "reference", "summary", "list", "count_studies", "conflict", "review"})


def merge(ask: Ask, before: Ask, draft: Draft, reader: QuestionReader) -> Ask:
    """``ask`` with what it leaves unsaid filled in from the turn before.

    Args:
        ask: the new turn, read alone.
        before: the turn before, already complete.
        draft: the answer that turn got; its studies are what ``it`` and ``that study`` mean.
        reader: reads the names of the other study.
    """
    ask = replace(_bare_time(ask, before), inherited=True)
    words = len(re.findall(r"\w+", ask.focus))
    elliptic = bool(ELLIPSIS.search(ask.text)) or words <= 6 or bool(CORRECTION.search(ask.text))
    pronoun = bool(PRONOUN.search(ask.text))
    topic = bool(ask.measures or ask.families or ask.characteristics)
    other = _OTHER.search(ask.text)
    focus = draft.studies or before.studies
    if ask.named.missing:
        return ask if topic else _with_topic(ask, before)
    if other and before.studies and not ask.named.of("number", "author", "nct"):
        pool = ask.studies if ask.studies and set(ask.studies) - set(focus) else tuple(s.id for s in reader.review.studies)
        rest = tuple(s for s in pool if s not in focus)
        if rest and len(rest) <= 3:
            ask = replace(ask, studies=rest, described=True)
    if ask.described and not other and (elliptic or pronoun) and focus and not ask.named.names:
        ask = replace(ask, studies=(), described=False)
    if not ask.studies or (ask.described and not other and pronoun):
        wide = ask.has("list", "count_studies", "global", "max", "min") and not pronoun
        if not wide and (topic or ask.groups or ask.everyone or ask.times or ask.grade or ask.cycle or pronoun or elliptic) and not ask.strange:
            if not (ask.has("definition") and ask.term and not pronoun and not topic):
                ask = replace(ask, studies=tuple(focus))
        elif not wide and pronoun and topic:
            ask = replace(ask, studies=tuple(focus))
    if topic:
        ask = _qualified(ask, before, elliptic)
        if re.search(r"\bsame\b", ask.text, re.IGNORECASE) and ask.studies == before.studies:
            ask = replace(ask, cues=ask.cues | (before.cues & {"compare", "difference"}), groups=ask.groups or before.groups or _groups_said(draft))
            ask = replace(ask, cues=ask.cues | {"arms"}) if len(ask.groups) > 1 else ask
        return ask
    if ask.cues & _STANDALONE and not elliptic:
        return ask
    if elliptic or ask.everyone or ask.groups or ask.times or ask.grade or ask.cycle:
        if not (ask.has("definition") and ask.term and not ask.studies) and not ask.has("summary", "reference"):
            ask = _with_topic(ask, before)
            if not ask.times and (ask.everyone or ask.groups) and set(ask.studies) == set(draft.studies):
                ask = replace(ask, times=_times_said(draft))
    return ask


def _groups_said(draft: Draft) -> tuple[tuple[str, frozenset[str]], ...]:
    """The arms the last answer spoke of."""
    facts = [f for line in draft.lines for f in line.facts if f.group]
    return tuple(dict.fromkeys((f.group_label, f.group) for f in facts))


def _times_said(draft: Draft) -> tuple[str, ...]:
    """The time point of the last answer, where it had just one."""
    times = {f.time_point for line in draft.lines for f in line.facts}
    return tuple(times) if len(times) == 1 and "" not in times else ()


def _bare_time(ask: Ask, before: Ask) -> Ask:
    """``and at five?`` after a time point in years."""
    if ask.times or not before.times:
        return ask
    match = re.search(r"\b(?:at|after|by)\s+(\w+)\s*[?.!]*\s*$", ask.text, re.IGNORECASE)
    if not match or not (match[1].isdigit() or match[1].lower() in NUMBER_WORDS):
        return ask
    return replace(ask, times=(normal_time(match[1].lower(), before.times[0].split("-")[1]),), values=())


def _with_topic(ask: Ask, before: Ask) -> Ask:
    """The measures asked before, for the study, arm or time point named now."""
    same_study = set(ask.studies) == set(before.studies)
    return replace(
        ask,
        measures=before.measures,
        families=before.families,
        characteristics=before.characteristics,
        times=ask.times or (before.times if not ask.strange else ()),
        groups=ask.groups or (before.groups if same_study and not ask.named.names and not ask.everyone else ()),
        grade=ask.grade or before.grade,
        cycle=ask.cycle or before.cycle,
        wants=ask.wants or before.wants,
        cues=ask.cues | (before.cues & {"max", "min", "difference"}) if not ask.studies else ask.cues,
    )


def _qualified(ask: Ask, before: Ask, elliptic: bool) -> Ask:
    """A new measure of the same study keeps the arm and, where it is a short follow-up, the time point."""
    if not elliptic or set(ask.studies) != set(before.studies):
        return ask
    groups = ask.groups or (before.groups if not ask.named.names else ())
    return replace(ask, groups=groups)
