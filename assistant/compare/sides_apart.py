"""Comparisons of two studies each of which only its own side of the question tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.set_beside import set_beside
from assistant.compare.sides import THOSE_NOT
from assistant.desk import Desk
from assistant.lookup.groups import aligned
from assistant.question.reader import Ask, QuestionReader

_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|against|next to|beside|alongside|compared (?:with|to)|relative to|in comparison (?:with|to)|"
    r"(?:rather )?than|as opposed to|beats?|outperform(?:s|ed)?|exceed(?:s|ed)?|differs? from)(?!\w)",
    re.IGNORECASE,
)
"""Stands between two sides."""
_JOINED = re.compile(r"\b(?:and|or|with|from)\b|[,;:]", re.IGNORECASE)
"""May stand between two sides of what is said to be compared."""
_SET_BESIDE = re.compile(
    r"\b(?:compar\w+|contrast\w*|side by side|both|each|either|between|differ\w*|line up|lined up|gap|next to (?:each other|one another)|"
    r"head to head|respectively|which of (?:the )?two|than|better|higher|lower|worse|longer|larger)\b",
    re.IGNORECASE,
)


_STUDY = re.compile(
    r"\b(?:ones?|trials?|study|studies|series|cohorts?|protocols?|products?|regimens?|cells|CARs?|abstracts?|posters?|group's|"
    r"report|combination)\b",
    re.IGNORECASE,
)
"""A noun by which a side may mean a study that it does not name."""
_SIZES = re.compile(
    r"\bsizes?\b|\bnumbers? of (?:patients|people|participants)\b|\bpatient numbers\b", re.IGNORECASE
)
_EACH_AT = re.compile(r"\bat\b.{1,40}?(?:\band\b|[,;]).{1,60}?\bat\b", re.IGNORECASE)
"""Each side has a time of its own: ``of A at one year and of B at two``."""
_NOUN = re.compile(
    r"\b(?:study|trial|series|cohort|abstract|poster|report|paper|registry|protocol|regimen|product|cells?|cars?|car-?t|ones?|"
    r"construct|programme|program|schedule)\b",
    re.IGNORECASE,
)
"""A noun for what a description describes."""
_WITHIN = re.compile(r"\W*(?:in|within|for|from|of|among)\b[^,;:]*[,;:]", re.IGNORECASE)
"""Opens a question with the study that all of it is about: ``In A, B versus C``."""


def sides_apart(desk: Desk, reader: QuestionReader, ask: Ask) -> tuple[Ask, Ask] | None:
    """Both sides of a comparison, each read alone with what only the other, or their frame, says.

    None where one of them tells no study by itself, both mean the same one, or the question as a whole was read
    to mean them already.
    """
    if _SIZES.search(ask.focus) and not (ask.measures or ask.families or ask.characteristics):
        ask = replace(ask, characteristics=("n_patients",))
    asked = ask.measures or ask.families or set(ask.characteristics) - {"summary"}
    if not asked or ask.has("definition", "reference", "summary") or _both_arms(desk, ask):
        return None
    if len(ask.studies) == 1 and ask.named.names and THOSE_NOT.search(ask.focus):
        return None  # some patients of one study and the others
    for left, right in _splits(ask):
        first = reader.read(left)
        second = reader.read(right) if len(first.studies) == 1 else first
        names = [n for n in first.named.names if n.end == len(left.rstrip())]
        if names and len(second.studies) > 1 and not second.measures:
            second = reader.read(
                left[: names[0].start] + right
            )  # what tells the study may be asked of it elsewhere
        if len(second.studies) != 1 or first.studies == second.studies:
            continue
        measured = bool(first.measures and first.measures == second.measures)
        if not measured and not (_own(desk, first) and _own(desk, second)):
            continue
        if _WITHIN.match(ask.focus[: len(left) + 1]) and not (_named(first) and _named(second)):
            continue
        if not _named(second) and any(n.end <= left.rfind(":") for n in ask.named.names):
            continue  # "OS with A: the young versus the old"
        if any(_only_patients(side, ask) for side in (first, second)):
            continue
        first, second = _shared(first, second, ask), _shared(second, first, ask)
        told = set(ask.studies) == {*first.studies, *second.studies}
        sized = any(v.unit == "patients" for v in ask.values)
        if told and first.times == second.times and not (first.groups or second.groups or sized):
            return None
        return aligned(desk, first), aligned(desk, second)
    return None


def _both_arms(desk: Desk, ask: Ask) -> bool:
    """Whether two arms of the one study that is named by its trial are set side by side: ``A vs B in TRIAL``."""
    firm = {
        s for n in ask.named.of("code", "number", "author", "nct") if len(n.studies) == 1 for s in n.studies
    }
    if len(ask.studies) != 1 or not firm <= set(ask.studies) or not (firm or ask.named.of("code")):
        return False
    arms = set(desk.review.arms.get(ask.studies[0], {}).values())
    return len({ids for _, ids in ask.groups if ids in arms}) > 1


def _splits(ask: Ask) -> Iterator[tuple[str, str]]:
    """The ways to cut a question in two sides, the plainest first."""
    unlike = len(ask.times) > 1 or len(ask.measures) > 1
    timed = len(ask.times) > 1 and _EACH_AT.search(ask.focus)
    joined = _SET_BESIDE.search(ask.focus) or ask.has("compare") or (unlike and set_beside(ask)) or timed
    for pattern in (_AGAINST, _JOINED) if joined else (_AGAINST,):
        for match in pattern.finditer(ask.focus):
            yield ask.focus[: match.start()], ask.focus[match.end() :]


def _named(side: Ask) -> bool:
    """Whether a side names its study, by whatever all of it shares."""
    return any(n.studies >= set(side.studies) for n in side.named.names)


def _own(desk: Desk, side: Ask) -> bool:
    """Whether a side means its study: by a name of it alone, an arm of it, a noun for a study or product, or what all its patients are."""
    if side.clash or side.named.missing:
        return False
    arms = desk.review.arms.get(side.studies[0], {}).values()
    named = any(n.studies == set(side.studies) for n in side.named.names)
    if named or any(ids in arms for _, ids in side.groups) or _NOUN.search(side.focus):
        return True
    whole = desk.review.populations
    return any(
        [s for s, all_of in whole.items() if ids <= all_of] == [*side.studies] for _, ids in side.groups
    )


def _only_patients(side: Ask, whole: Ask) -> bool:
    """Whether a side only says which patients of the one study named: ``grown-ups``, ``lymphoma``."""
    firm = {s for n in whole.named.of("number", "author", "nct") if len(n.studies) == 1 for s in n.studies}
    shared = all(n.studies & firm for n in side.named.names)
    return len(firm) == 1 and not set(side.studies) & firm and shared and not _STUDY.search(side.focus)


def _grade(side: Ask, other: Ask, whole: Ask) -> str:
    """The grade of a side; that of the whole, of which a cut left but a part (``grade III and IV``), where one side says it."""
    said = side.grade or other.grade
    return whole.grade if said and not (side.grade and other.grade) and said in whole.grade else said


def _shared(side: Ask, other: Ask, whole: Ask) -> Ask:
    """``side`` with the measure, time and grade that only the other side says."""
    if whole.measures and side.measures and not set(side.measures) & set(whole.measures):
        side = replace(side, measures=())  # words that say which arm, and no measure of their own
    if whole.characteristics and not (whole.measures or whole.families):
        side = replace(
            side, characteristics=tuple(c for c in side.characteristics if c in whole.characteristics)
        )
    measured = bool(other.measures or whole.measures)
    unsaid = not (side.measures or side.families) and (
        measured or not set(side.characteristics) - {"n_patients"}
    )
    if unsaid:
        measures = whole.measures or other.measures
        families = other.families or whole.families
        characteristics = whole.characteristics or other.characteristics
        side = replace(
            side,
            measures=measures,
            families=() if measures else families,
            characteristics=() if measures or families else characteristics,
        )
    return replace(
        side,
        times=side.times or (other.times if unsaid or not other.measures else ()) or (),
        grade=_grade(side, other, whole),
        wants="",
        values=(),
        cues=side.cues - {"compare", "difference", "list", "max", "min", "yes_no"},
    )
