"""Yes or no to whether a study's patients were newly diagnosed, or had been treated before, by what the review says they were."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.judging.claims import verdict_line
from assistant.judging.patients import passage_on
from assistant.question.reader import Ask
from assistant.text.text import fold, key_of, tokens

_NEW = re.compile(
    r"\b(?:(?:newly|just|recently|freshly) diagnosed|(?:previously )?untreated|(?:treatment|therapy)[- ]na[i\u00ef]ve"
    r"|never (?:been )?treated|de novo)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?:heavily )?pre-?treated|previously (?:been )?treated|(?:been )?treated before|already (?:been )?treated"
    r"|R/R|(?:already )?(?:had )?relapsed(?: or|/| and)(?: been| were)? refractory|(?:relapsed|refractory) (?:disease|patients|people|ones)"
    r"|already (?:had )?relapsed)\b",
    re.IGNORECASE,
)
"""Ways of asking for either."""
_IDS = (
    frozenset({"newly-diagnosed", "treatment-naive"}),
    frozenset({"relapsed-refractory", "relapsed", "refractory", "heavily-pretreated"}),
)
"""Ids of the patients for them."""
_EVERY = re.compile(
    r"(?<!-)\b(?:only|exclusively|solely|purely|just(?! diagnosed)|(?-i:[Aa]ll)|every\w*|each|restricted|limited)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:not|no|none|nobody|without|why|how|which|what|most\w*|majority|more|less|fewer|many|half|first|than|or only)\b|n't\b|%",
    re.IGNORECASE,
)
"""Asks for more than who they were."""
_IDLE = frozenset(
    key_of(w)
    for w in (
        "a an the this that these those it they them there any some ones one is are was were be been being do does did have has had "
        "of in on for with by at from to as well and or both also too already can you could please confirm tell me right correct true "
        "patient patients people persons subjects participants disease study trial series cohort group abstract poster paper triplet "
        "doublet "
        "combination combo regimen treatment therapy treat treated given get got receive received use used test tested done conducted run "
        "include included including enrol enrolled recruit recruited take taken in allowed eligible everyone everybody all every only just "
        "exclusively et al s who whom had even so review"
    ).split()
)


def treated_before(desk: Desk, ask: Ask) -> Draft | None:
    """Yes or no, with the part of the patients or the sentence that decides; None where more is asked or the review does not say."""
    if (
        len(ask.studies) != 1
        or set(ask.measures) - {"relapse"}
        or ask.values
        or ask.times
        or ask.has("why", "list")
    ):
        return None
    focus = fold(ask.focus)
    asked = [bool(_NEW.search(focus)), bool(_BEFORE.search(focus))]
    if (
        not any(asked)
        or _MORE.search(focus)
        or _says_more(ask, focus)
        or (all(asked) and re.search(r"\bor\b", focus))
    ):
        return None
    (study,) = ask.studies
    everyone = desk.review.populations.get(study, frozenset())
    if not any(ids & everyone for ids in _IDS):
        row = _by_row(desk, ask, study, asked)
        if row is not None:
            return row
    parts = [f for f in desk.selector.reported(study, "n_patients") if f.group and f.n]
    if any(ids & everyone for ids in _IDS):
        parts = []  # "five of them relapsed" afterwards
    own = [next((f for f in parts if ids & f.group), None) for ids in _IDS]
    held = [bool(ids & everyone) or part is not None for ids, part in zip(_IDS, own, strict=True)]
    if not any(held):
        return None
    wanted = [n for n, side in enumerate(asked) if side]
    so = all(held[n] for n in wanted) and not (_EVERY.search(focus) and len(wanted) == 1 and all(held))
    shown = next((n for n in (0, 1) if held[n] and (asked[n] == so)), None)
    shown = next(n for n in (0, 1) if held[n]) if shown is None else shown
    if (part := own[shown]) is not None and not _IDS[shown] & everyone:
        return replace(answered([verdict_line(desk, so, part)], ask.studies), accounted=True)
    said = passage_on(desk, study, _IDS[shown])
    if said is None:
        return None
    line = Line(f"{'Yes' if so else 'No'}: {said.quote}", ((said.id, study),), verbatim=True)
    return replace(answered([line], ask.studies), accounted=True)


def _by_row(desk: Desk, ask: Ask, study: str, asked: list[bool]) -> Draft | None:
    """By the row on the disease, where that says one of the two of all patients."""
    for fact in desk.selector.reported(study, "disease")[:1]:
        said = [bool(p.search(fold(fact.value))) for p in (_NEW, _BEFORE)]
        if said.count(True) == asked.count(True) == 1 and not fact.group:
            return replace(answered([verdict_line(desk, said == asked, fact)], ask.studies), accounted=True)
    return None


def _says_more(ask: Ask, focus: str) -> bool:
    """Whether a question says anything else of them."""
    names = {t.key for n in ask.named.names for t in tokens(n.text)}
    rest = _BEFORE.sub(" ", _NEW.sub(" ", focus))
    return any(t.key not in _IDLE | names for t in tokens(rest))
