"""What holds for every patient of a study, and so narrows down none of its figures."""

from __future__ import annotations

from functools import lru_cache

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.groups.reading import names_drug
from assistant.lookup.clipped import is_clipped
from assistant.lookup.opening import named_at_first, of_age, of_section
from assistant.question.clues import SAME_PATIENTS
from assistant.question.reader import Ask
from assistant.text.ages import ages_of_group, printed_range
from assistant.text.text import fold, tokens

_ONLY = re.compile(r"\b(?:only|just|alone|specifically|exclusively)\b", re.IGNORECASE)
_WHOLE = frozenset(
    "arm group dose recipient alone only patient treated with on after plus given using under".split()
)
"""Keys of words beside a treatment's name that tell nobody apart."""
_GIVEN = re.compile(
    r"(?:[\s-]+[\w-]+)?[\s-]+(?:chemo\w*|regimens?|treatments?|therap(?:y|ies)|conditioning|backbone|induction|consolidation)\b",
    re.IGNORECASE,
)
"""Behind a word, makes it tell how patients were treated."""
_SIZES = {"doublet": 2, "triplet": 3, "quadruplet": 4}
"""What a combination is called by the number of its drugs."""
_KEPT = 64
_DIFFERING = re.compile(r"\bvs\b|\bversus\b|±|\bor\b")


def is_all_given(desk: Desk, study: str, label: str, ids: frozenset[str]) -> bool:
    """Whether a wording names but the treatment that all patients of a study had."""
    if desk.own.meant(study, label, ids) is not None or any(i.startswith("no-") for i in ids):
        return False
    given = [f.value for f in desk.selector.reported(study, "agents") if not f.group]
    if len(given) != 1 or _DIFFERING.search(given[0]):
        return False
    if (size := _SIZES.get(label.lower())) is not None:
        return len(given[0].split("+")) == size
    apart = label.replace("-", " ") if re.fullmatch(r"(?:[A-Za-z]{3,}[\s-]*)+", label) else label
    words = {t.key for t in tokens(apart) if not t.key.isdigit()} - _WHOLE
    cell = {t.key for text in (given[0], given[0].replace("-", " ")) for t in tokens(text)}
    return bool(words) and all(w in cell or any(is_clipped(w, c) for c in cell) for w in words)


def common_to_all(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """What holds for every patient of the study, or describes another study named beside it."""
    whole = frozenset[str]().union(*(ids for _, ids in ask.groups)) - {"all"}
    own = [f.group for f in desk.selector.of(study) if f.attribute in ask.measures]
    if len(ask.groups) > 1 and whole in own:
        return frozenset()
    found = desk.review.populations.get(study, frozenset())
    if "relapsed-refractory" in found:
        found |= {"relapsed", "refractory"}
    if "n_patients" not in ask.characteristics:  # "how many were elderly?" asks for a part of them
        said = named_at_first(desk, study) | of_age(desk, study, whole)
        said = said.union(*(same for same in SAME_PATIENTS if same & (said | found)))
        found |= said - _told_apart(desk, ask, study)
        found |= of_section(desk, study) - _told_alone(desk, study)
    found |= _of_stage(desk, ask, study)
    found |= (
        _treated_with(desk, study, alone=len(ask.studies) == 1)
        | _diseased(desk, study)
        | _of_ages(desk, ask, study)
        | _described(desk, ask, study)
    )
    if len(ask.studies) > 1 and not (ask.inherited and len(ask.groups) == 1):
        for other in ask.studies:
            found |= desk.review.populations.get(other, frozenset()) - {
                i for g in desk.own.of(study) for i in g.ids
            }
    found -= {i.removeprefix("no-") for i in desk.review.populations.get(study, ()) if i.startswith("no-")}
    only = _ONLY.search(ask.focus)
    if only and not any(only[0].lower() in label.lower() for label, _ in ask.groups):
        return frozenset(i for i in found if i in desk.vocabulary.populations)
    return found


def _told_apart(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """Ids of the groups that the figures asked for belong to, and the opposites of all those the study tells of."""
    facts = [f for f in desk.selector.of(study) if f.group]
    asked = {i for f in facts if f.attribute in (*ask.measures, *ask.characteristics) for i in f.group}
    told = {i for f in facts for i in f.group}
    terms = desk.vocabulary.populations
    return frozenset(asked | {terms[i].opposite for i in told if i in terms})


@lru_cache(maxsize=_KEPT)
def _told_alone(desk: Desk, study: str) -> frozenset[str]:
    """Ids by which alone, be it within an arm, figures of a study are told, and their opposites."""
    arms = {i for arm in desk.own.arms(study) for i in arm.ids}
    rest = [f.group - arms for f in desk.selector.of(study) if f.attribute != "n_patients"]
    alone = {i for ids in rest if len(ids) == 1 for i in ids}
    lacking = {i.removeprefix("no-") for ids in rest for i in ids if i.startswith("no-")}
    terms = desk.vocabulary.populations
    return frozenset(alone | lacking | {terms[i].opposite for i in alone if i in terms})


def _described(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """Groups whose words only tell how the study treated everyone: ``low-intensity chemotherapy`` of no one apart."""
    told = {i for f in desk.selector.of(study) for i in f.group}
    own = [p.text for p in desk.review.passages if p.studies[:1] == (study,)]
    found: set[str] = set()
    for label, ids in ask.groups:
        apart = ids & told or any(ages_of_group(i) or i.startswith("no-") for i in ids)
        if not apart and _is_given(label, ask.focus) and any(_is_given(label, text) for text in own):
            found |= ids
    return frozenset(found)


def _is_given(label: str, text: str) -> bool:
    """Whether a text calls a treatment by a wording."""
    text = fold(text)
    places = re.finditer(rf"(?<![\w-]){re.escape(fold(label))}", text, re.IGNORECASE)
    return any(_GIVEN.match(text, place.end()) for place in places)


def _of_ages(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """Age groups that all patients of a study were of, and those that together are everyone."""
    named = {i: a for _, ids in ask.groups for i in ids if (a := ages_of_group(i)) is not None}
    if {"paediatric", "adult"} <= named.keys():
        apart = {i for f in desk.selector.of(study) for i in f.group}
        told_apart = apart & named.keys() or ask.has("compare", "difference")
        return frozenset() if told_apart else frozenset(named)
    ranges = [r for f in desk.selector.reported(study, "age_range") if (r := printed_range(f.value))]
    return frozenset(
        i
        for i, (low, high) in named.items()  # "1-18 years" are children, too
        if ranges and low <= ranges[0][0] <= ranges[0][1] <= high + (i == "paediatric")
    )


def _of_stage(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """The stage asked for, where the study's cell on stages gives just that."""
    named = {i for _, ids in ask.groups for i in ids if i.startswith("stage-")}
    rows = [f for f in desk.selector.of(study) if f.attribute.lower().startswith("stage")]
    told = {t.lower() for f in rows for t in re.findall(r"\w+", fold(f.value))}
    several = any(re.search(r"[-/]", fold(f.value)) for f in rows)
    return frozenset(i for i in named if i.removeprefix("stage-") in told and not several)


def _treated_with(desk: Desk, study: str, *, alone: bool) -> frozenset[str]:
    """Groups that name the one treatment all patients of a study had; none where its arms differ.

    A study asked about ``alone`` of drugs given together is one of a combination.
    """
    cells = [f.value for f in desk.selector.reported(study, "agents")]
    if not cells or any(_DIFFERING.search(c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    common: set[str] = set()
    if not desk.own.arms(study):  # "with the drug" of a study in which everybody had it
        given = fold(" ".join(cells)).lower()
        elsewhere = (i for arms in desk.review.arms.values() for ids in arms.values() for i in ids)
        common |= {i for i in elsewhere if names_drug(given, [i.removeprefix("with-")])}
    by_drug = any(a.drugs or "combination" in a.ids for a in desk.own.arms(study))
    combined = alone and any("+" in c for c in cells) and not by_drug
    found = frozenset(m.ids[0] for c in cells for m in lexicon.find(tokens(c)))
    return found | common | ({"combination"} if combined else set())


def _diseased(desk: Desk, study: str) -> frozenset[str]:
    """Groups that name the disease all patients of a study had, as its cell gives it."""
    cells = [
        f.value
        for a in ("disease", "population", "donor")
        for f in desk.selector.reported(study, a)
        if not f.group
    ]
    if not cells or any(_DIFFERING.search(c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    apart = {i for f in desk.selector.of(study) if len(f.group) == 1 for i in f.group}
    apart -= desk.review.populations.get(
        study, frozenset()
    )  # "R/R leukaemia (A, B)": figures for those with A
    named = [(m, len(tokens(c))) for c in cells for m in lexicon.find(tokens(c))]
    apart -= {m.ids[0] for m, n in named if m.start == 0 and m.end == n}  # the cell says nothing else
    return frozenset(m.ids[0] for m, _ in named) - apart
