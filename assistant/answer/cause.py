"""Deaths are no answer where those of one cause are asked about and the cited places name no such cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, of_fact
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import NUMBER_WORDS, fold, tokens

_DEATHS = "deaths"
_DIED_OF = re.compile(
    r"\b(?:die[ds]?|dying|deaths?|killed|fatalit(?:y|ies)|lost)\b(?:\s+(?:was|were|that|which|only|directly|purely))*\s+"
    r"(?:of|from|by|(?:due|related|linked|attributed|attributable)\s+to|because\s+of|owing\s+to|caused\s+by)\s+"
    r"(?P<cause>[^,;:.?!()]+?)"
    r"(?=\s+(?:in|with|on|among|at|after|within|under|for|during|before|following|and|while|when|than|given|receiving)\b|[,;:.?!()]|$)",
    re.IGNORECASE,
)
_OF_WHOM = frozenset(
    "patient people person participant subject child adult man woman recipient those them all any other cause reason "
    "group arm cohort study trial death".split()
)
"""Words behind ``deaths of`` that name no cause."""
_FATAL = re.compile(r"\b(?:fatal\w*|died|deaths?|lethal|succumb\w*)\b", re.IGNORECASE)
_NOT_FATAL = re.compile(
    r"\b(?:none|neither|no (?:one|patient|case|event)s?)\b[^,;.]{0,30}\b(?:fatal|died|lethal)|\b(?:not|never|non-?)\s?(?:fatal|lethal)\b"
    r"|\bno (?:patients? )?(?:died|deaths?|fatal\w*)\b",
    re.IGNORECASE,
)
_OF_NOBODY = re.compile(r"\b(?:no[ -]?one|nobody|none|no (?:patients?|people|deaths?))\b", re.IGNORECASE)
_CAUSE_COUNTED = re.compile(r"[^.;()]{0,60}\bcauses?\b[^.;()]{0,20}\(\d", re.IGNORECASE)
_FEW_WORDS = 4


def of_cause(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The study's sentence on deaths of the cause asked about, else a decline; None where the draft's places name it.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures of deaths, or a sentence on them.
    """
    facts = [f for line in draft.lines for f in line.facts]
    only_deaths = ask.measures == (_DEATHS,) and all(f.attribute == _DEATHS for f in facts)
    if not only_deaths or len(ask.studies) > 1 or ask.injected or ask.named.missing:
        return None
    if not ask.studies:
        return _of_no_study(desk, describer, ask) if facts and draft.status is Status.ANSWERED else None
    cause, keys = cause_asked(desk, ask)
    found = draft.status is Status.ANSWERED
    if not keys or not (found or draft.status is Status.DECLINED):
        return None

    def names_it(passage: Passage) -> bool:
        return all(describer.matching.holds(k, passage) for k in keys)

    cited = [desk.selector.places[place] for line in draft.lines for place, _ in line.support]
    if cited and (counted := [p for p in cited if _is_counted(p, facts, keys)]):
        return answered([describer.quoting(counted[0])], ask.studies)
    if found and (not cited or any(map(names_it, cited)) or _is_on(desk, ask.studies[0], keys)):
        return None
    told = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies and names_it(p)
    ]
    told = [p for p in told if _DEATHS in describer.terms_in(p) or _FATAL.search(p.text)]
    if told:
        line = describer.quoting(told[0])
        fatal = _NOT_FATAL.search(told[0].text) if ask.has("yes_no") else None
        verdict = "Yes" if _OF_NOBODY.search(ask.focus) else "No"
        return answered(
            [replace(line, text=f"{verdict}: {line.text}", facts=()) if fatal else line], ask.studies
        )
    if not found:
        return None
    facts = facts or desk.selector.reported(ask.studies[0], _DEATHS)
    lines = [of_fact(desk.speaker.statement(f), f) for f in facts[:1]]
    offer = "; it gives how many died" if lines else ""
    text = f"The review does not report deaths from {cause} for {desk.name(ask.studies[0])}{offer}."
    return declined(text, ask.studies).plus(*lines)


def _of_no_study(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """A decline where no study is named, and nothing in the review that tells of deaths names the cause asked about."""
    cause, keys = cause_asked(desk, ask)
    told = (p for p in desk.review.passages if _DEATHS in describer.terms_in(p) or _FATAL.search(p.text))
    named = any(all(describer.matching.holds(k, p) for k in keys) for p in told)
    if not keys or named or any(_is_on(desk, s.id, keys) for s in desk.review.studies):
        return None
    return declined(f"The review does not report deaths from {cause}.")


def _is_counted(passage: Passage, facts: Sequence[Fact], keys: Sequence[str]) -> bool:
    """Whether a sentence counts the deaths of a cause apart from all: ``three of pneumonia``, ``fever was the main cause (3)``."""
    ends = [f.end for f in facts if f.passage == passage.id]
    behind = fold(passage.quote[min(ends) :]) if ends and passage.locator.kind is Kind.SENTENCE else ""
    at = next((t.start for t in tokens(behind) if t.key in keys), 0)
    counted = _CAUSE_COUNTED.match(behind, at) if at else None
    return counted is not None or any(t.text.isdigit() or t.key in NUMBER_WORDS for t in tokens(behind[:at]))


def lacks_cause(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether deaths of a cause are asked about that a passage does not name."""
    keys = cause_asked(desk, ask)[1] if ask.measures == (_DEATHS,) else []
    return bool(keys) and not all(describer.matching.holds(k, passage) for k in keys)


def _is_on(desk: Desk, study: str, keys: Sequence[str]) -> bool:
    """Whether the cause is what the study is about: the title of its section, or all of one of its cells, names it."""
    own = [p for p in desk.review.passages if study in p.studies]
    sections = {p.locator.section for p in own if p.locator.kind is Kind.SENTENCE}
    cells = {p.quote for p in own if p.locator.kind is Kind.CELL and len(p.quote.split()) <= _FEW_WORDS}
    return any(set(keys) <= {t.key for t in tokens(text)} for text in sections | cells)


def cause_asked(desk: Desk, ask: Ask) -> tuple[str, list[str]]:
    """The cause of death that a question names, and its telling words; none where it names no cause."""
    said = _DIED_OF.search(ask.focus)
    if said is None:
        return "", []
    trials = {fold(f.value).lower() for f in desk.review.facts if f.attribute == "study_name"}
    names = [n for n in ask.named.names if n.kind != "code" or n.text.lower() in trials]
    named = {t.key for n in names for t in tokens(n.text)} | {
        t.key for label, _ in ask.groups for t in tokens(label)
    }
    keys = [t.key for t in tokens(said["cause"]) if t.key not in desk.vocabulary.scaffold]
    if not keys or set(keys) & (_OF_WHOM | named):
        return "", []
    return said["cause"].strip(), keys
