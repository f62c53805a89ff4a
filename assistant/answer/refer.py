"""Publications and their authors, and of which study a figure is."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.premise import takes_for_granted
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, of_fact
from assistant.judging.judging import STATED
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.studies.conditions import condition_of
from assistant.studies.listing import Lister
from assistant.telling.describe import Describer
from assistant.text.ages import ends_said

_NUMBERED = re.compile(r"\bref(?:erence)?s?\.?\s*(?:no\.?|number)?\s*#?\d|\[\d+\]", re.IGNORECASE)
_STUDIES = re.compile(r"\b(?:abstracts|studies|trials|posters)\b", re.IGNORECASE)
_ALL_AUTHORS = re.compile(r"\bauthors\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:[Ee]ach|[Ee]very)\b|(?<![\w-])[Aa]ll\b")
_AUTHORS = re.compile(r"\bauthors?\b")
_AUTHORS_OF = re.compile(
    r"^\W*(?:who (?:are|is|were|was) )?(?:the )?(?:first |last |senior |lead )?authors? of\b|^\W*who (?:wrote|published|authored)\b",
    re.IGNORECASE,
)
"""Asks for the authors of a publication, whatever that is called by."""
_REFERENCES = re.compile(r"\breferences?\b|\bcited\b", re.IGNORECASE)
_WHICH_REFERENCE = re.compile(
    r"\b(?:which|what) (?:cited )?(?:reference|paper|article|publication|source)\b.{0,12}"
    r"\b(?:deals?|is|was|describes?|covers?|discusses|treats|concerns?|reports?|about)\b",
    re.IGNORECASE,
)
"""Asks for an entry of the reference list by its subject."""
_OF_FIGURE = re.compile(
    r"\b(?:refers?|belongs?|stands?|come from|mean|what is (?:the )?(?:figure )?[\d<>]|where (?:does|do|is)"
    r"|which|who|whose|what (?:was|were|does|do))\b",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"more than|less than|fewer|over|above|below|under|at least|at most|[<>≥≤]", re.IGNORECASE
)
_SAID_BY = re.compile(
    r"\b(?:according to|in the (?:opinion|view|eyes) of|for|by) (?:the |these |its )?(?:review )?(?:authors?|reviewers?|writers?)\b",
    re.IGNORECASE,
)
"""Asks what the review says, by way of its authors."""


def reference(desk: Desk, describer: Describer, lister: Lister, ask: Ask) -> Draft | None:
    """Authors, title, journal …: ``who wrote it``, ``what is reference 3``, ``all first authors``."""
    if (paid := describer.citer.funding(ask)) is not None:
        return paid
    of_review = describer.citer.is_of_review(ask)
    numbered = "reference" in ask.characteristics and _NUMBERED.search(ask.focus)
    of_entry = describer.citer.is_of_entry(ask)
    told = ask.characteristics or not ask.has("yes_no")  # "does the review advise X?" asks for no entry
    cued = ask.has("reference") or (ask.has("review") and told)
    if not (of_review or numbered or of_entry or cued):
        return None
    if _SAID_BY.search(ask.focus):
        return None
    if ask.measures and not (_WHICH_REFERENCE.search(ask.focus) or _AUTHORS_OF.search(ask.focus)):
        return None
    if any(v.unit for v in ask.values) and not _NUMBERED.search(ask.focus):
        return None
    named = ask.named.of("number", "author", "nct")
    if ask.has("count_studies"):
        return None
    each = _STUDIES.search(ask.focus) or _EACH.search(ask.focus)
    of_all = each or (len(ask.studies) > 1 and _ALL_AUTHORS.search(ask.focus))
    if of_all and _AUTHORS.search(ask.focus) and "authors" in ask.characteristics and not named:
        return _all_authors(desk, describer, lister, ask)
    of_review |= ask.has("review") and ask.characteristics == ("authors",) and not ask.studies
    one = of_review or of_entry or _REFERENCES.search(ask.focus)
    one_study = named and len(ask.studies) == 1
    several = ask.has("list", "count_studies") and not (one or one_study)
    found = None if several or (ask.has("summary") and not (numbered or of_entry)) else describer.refer(ask)
    in_words = ask.has("why") and not (ask.has("reference") or numbered)
    return None if in_words and found and found.status is Status.DECLINED else _with_cells(desk, ask, found)


def _with_cells(desk: Desk, ask: Ask, found: Draft | None) -> Draft | None:
    """``found``, behind it what else is asked of the one study: ``first author and phase``."""
    if found is None or found.status is Status.DECLINED or len(ask.studies) != 1 or ask.measures:
        return found
    if "authors" not in ask.characteristics:
        return found
    rest = [c for c in ask.characteristics if c != "authors" and not (c == "phase" and ask.designs)]
    facts = [f for c in rest for f in desk.selector.reported(ask.studies[0], c)[:1]]
    return found.plus(*(of_fact(desk.speaker.characteristic(f), f) for f in facts))


_AGED = re.compile(r"\b(?:aged|years?[- ]olds?)\b", re.IGNORECASE)


def whose_figure(lister: Lister, ask: Ask) -> Draft | None:
    """Where a figure stands: ``which study reported 61.5%``, ``what is the 61.5%``."""
    if not ask.values or ask.has("why", "difference") or takes_for_granted(ask):
        return None
    if ask.wants == "count" and ask.measures and all(v.unit == "%" for v in ask.values):
        return None  # "if 10% had it, how many patients is that?" has the share and asks for the count
    aged = any(v.unit == "age" or _AGED.search(v.text) for v in ask.values)
    if "age_range" in ask.characteristics and (aged or any(ends_said(ask.focus))):
        return None  # "the lower age limit 15" is a condition on studies
    named = " ".join(n.text for n in ask.named.of("nct", "number"))
    if all(v.text in named for v in ask.values):
        return None  # an id that names the study is no figure of it
    printed = any(v.unit == "%" or "." in v.text or v.total for v in ask.values)
    open_topic = not (ask.measures or ask.families or ask.characteristics)
    exact = printed and (not ask.studies or ask.described or open_topic) and not ask.has("yes_no")
    if not exact and (not _OF_FIGURE.search(ask.focus) or (ask.measures and ask.groups)):
        return None
    if not exact and ask.studies and (ask.measures or ask.characteristics):
        return None
    bounded = _THRESHOLD.search(ask.focus) or condition_of(ask)
    if (ask.has("list", "count_studies") and bounded) or (ask.groups and STATED.search(ask.focus)):
        return None
    found = lister.referring(ask)
    if (
        found is None
        and exact
        and ask.has("list")
        and ask.measures
        and all(v.unit == "%" for v in ask.values)
    ):
        desk = lister.desk  # no other figure is of "the trial with an OS of 99%"
        what = f"{joined([desk.speaker.short(m) for m in ask.measures])} of {joined([v.text for v in ask.values])}"
        return declined(
            f"The review reports no {(desk.review.raw.study_label or 'study').lower()} with {what}."
        )
    return found


def _all_authors(desk: Desk, describer: Describer, lister: Lister, ask: Ask) -> Draft | None:
    """The authors of the studies that a question describes, or of all where it describes none."""
    told = ask.designs or ask.groups or ask.studies
    matched = lister.matcher.matching(replace(ask, characteristics=())) if told else None
    described = tuple(s for s, _ in matched[0]) if matched else ()
    studies = described or ask.studies or tuple(s.id for s in desk.review.studies)
    if first := describer.citer.first_authors(ask, studies):
        return answered(first, studies)
    facts = [f for s in studies for f in desk.selector.reported(s, "authors")[:1]]
    lines = [of_fact(desk.speaker.characteristic(f), f) for f in facts]
    return answered(lines, [f.study for f in facts]) if facts else None
