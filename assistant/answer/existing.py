"""Whether there is a study of a design at all: ``is there any phase III trial?``, ``was one of them retrospective?``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.across import Across
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import joined

_STUDIES = r"(?:stud(?:y|ies)|trials?|abstracts?|reports?|papers?|works?|analys[ei]s)"
_BE = r"^\W*(?:so |and |but )?(?:is|are|was|were)"
_EXISTS = re.compile(
    rf"{_BE} there (?:also )?(?:an?|any|some|even one|at least one)\b.*\b{_STUDIES}\b"
    rf"|{_BE} (?:any|one|some)(?: one)? of (?:them|these|those|(?:the|all) (?:[\w-]+ ){{0,3}}?{_STUDIES})\b"
    rf"|{_BE} any (?:[\w-]+ )?{_STUDIES}\b",
    re.IGNORECASE,
)


_OF_DESIGN = frozenset({"phase", "design"})


def existing(across: Across, ask: Ask) -> Draft | None:
    """``Yes: …`` with the studies of a design, or that there is none; None where that is not asked."""
    said = (
        ask.measures
        or ask.families
        or ask.values
        or ask.times
        or not _OF_DESIGN.issuperset(ask.characteristics)
    )
    firm = ask.named.of("number", "author", "nct", "code")  # "is one of the phase II trials from ABC?"
    if not ask.designs or said or firm or not ask.has("yes_no") or not _EXISTS.match(ask.focus):
        return None
    draft = across.listing(replace(ask, characteristics=(), cues=(ask.cues - {"yes_no"}) | {"list"}))
    if draft is None or draft.status is Status.DECLINED:
        return _none(across.desk, ask)
    first, *others = draft.lines
    return replace(draft, lines=(replace(first, text=f"Yes: {first.text}"), *others))


def _none(desk: Desk, ask: Ask) -> Draft:
    """That there is no such study, of the treatments named, where some are."""
    designs = joined([desk.speaker.term(d).name for d in ask.designs])
    names = joined([n.text for n in ask.named.of("agent", "topic")])
    return declined(f"The review reports no {designs} study{f' of {names}' if names else ''}.", ask.studies)
