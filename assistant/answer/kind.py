"""An answer of the kind that is asked: a quantity for a quantity, a name or a cause where these are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.figures import without_figure, without_names
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.telling.fitting import gives_quantity, quantity_asked, tells_way
from assistant.text.text import tokens

_CAUSE = re.compile(
    r"\b(?:what|which) (?:was|were|is|are) (?:the |their |its |his |her )?(?:main |only |chief )?(?:reasons?|causes?)\b"
    r"|\b(?:for|from) (?:what|which) (?:reasons?|causes?)\b|^\W*(?:the )?(?:reasons?|causes?) (?:of|for)\b"
    r"|\b(?:of|from|to) what\W*$|\bname the (?:reasons?|causes?)\b",
    re.IGNORECASE,
)
"""Asks what something came of."""
_NAMES = (
    r"(?:infections?|pathogens?|organisms?|germs?|microbes?|bugs?|virus(?:es)?|bacteri(?:um|a)|fung(?:us|i)|lesions?|aberrations?|mutations?"
    r"|genes?|residues?|molecules?|antigens?|proteins?|markers?|lab(?:oratory)? (?:values?|parameters?|tests?)|side effects?"
    r"|adverse (?:events?|effects?))"
)
_NO_NAME = r"(?: (?:rates?|counts?|(?:was|were) (?:seen|reported|recorded)|had (?:the )?(?:highest|lowest)))"
_BOUND = re.compile(
    rf"\b(?:which|what|name the|list the) (?:[\w-]+ ){{0,2}}?{_NAMES}\b(?!{_NO_NAME})", re.IGNORECASE
)
"""Asks for the name of something."""
_HOW_DOES = re.compile(r"\bhow (?:do|does|did|can|could|would)\s+(?:the\s+)?", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:partners?|companions?|(?:paired|combined|together|along|given) with|alongside|added|other (?:drugs?|agents?)|besides)\b",
    re.IGNORECASE,
)
"""Asks for what a drug was given with."""
_BARE = frozenset("monotherapy combination alone single regimen therapy treatment control arm versus".split())
_PERIOD = "study_period"
_MOST_QUOTED = 2
_FEW = 0.5
"""How sure a sentence must be that stands in the place of figures."""


def of_kind(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A draft of the kind asked in the place of one of another kind; None where the draft may stand.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: what was found.
    """
    if draft.status is not Status.ANSWERED or ask.has("yes_no", "definition", "conflict") or ask.injected:
        return None
    if named := _named(desk, describer, ask, draft):
        return named
    if unsaid_way := _unsaid_way(desk, describer, ask, draft):
        return unsaid_way
    if repeated := _only_repeats(desk, ask, draft):
        return repeated
    if _is_period(ask, draft):
        return None
    asked = quantity_asked(ask)
    lines = [line for line in draft.lines if line.support]
    if not asked or any(gives_quantity(ask, without_names(desk, line)) for line in lines):
        return without_figure(desk, ask, draft)
    studies = ask.studies if len(ask.studies) == 1 else draft.studies[:1] if len(draft.studies) == 1 else ()
    where = f" for {desk.name(studies[0])}" if studies else ""
    given = [desk.speaker.short(m) for s in studies for m in desk.selector.measures_of(s)][:5]
    offer = f"; it gives {joined(given)}" if given else ""
    return declined(f"The review does not say “{asked.lower()}”{where}{offer}.", studies)


def _is_period(ask: Ask, draft: Draft) -> bool:
    """``how long was the study period?``: the period itself, which is no length."""
    facts = [f for line in draft.lines for f in line.facts]
    return bool(facts) and all(f.attribute == _PERIOD and f.attribute in ask.characteristics for f in facts)


def asks_name(ask: Ask) -> bool:
    """Whether the name of something or a cause is asked for, which no figure is."""
    return bool(_CAUSE.search(ask.focus) or _BOUND.search(ask.focus))


def _named(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentences that the figures of a draft stand in, or another, where a name or a cause is asked for."""
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or ask.values or not asks_name(ask) or any(line.verbatim for line in draft.lines):
        return None
    if not any(f.attribute in {*desk.vocabulary.measures, "n_patients", "target"} for f in facts):
        return None
    plain = replace(ask, measures=(), families=(), characteristics=(), values=(), cues=ask.cues - {"list"})
    said = describer.text(plain) if ask.content else None
    own = said is not None and said.status is Status.ANSWERED and set(said.studies) & {f.study for f in facts}
    if own and said is not None and said.sure > _FEW:
        return said
    places = [
        desk.selector.places[p]
        for p in dict.fromkeys(f.passage for f in facts if f.attribute != "n_patients")
    ]
    told = [p for p in places if p.locator.kind is Kind.SENTENCE and _tells_more(desk, ask, p)][:_MOST_QUOTED]
    return (
        answered([describer.quoting(p) for p in told], [p.studies[0] for p in told if p.studies])
        if told
        else None
    )


def _unsaid_way(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """``how does the drug kill them?``: a decline where what is quoted says nothing of a way, nor has the verb."""
    asked = _HOW_DOES.search(ask.focus)
    names = [n for n in ask.named.of("agent", "code", "topic") if asked and n.start == asked.end()]
    verb = next((t for n in names[:1] for t in tokens(ask.focus) if t.start >= n.end), None)
    if (
        verb is None
        or verb.key not in ask.content
        or not draft.lines
        or any(line.facts and not line.verbatim for line in draft.lines)
    ):
        return None
    places = [
        desk.selector.places[p].text
        for line in draft.lines
        for p, _ in line.support
        if p in desk.selector.places
    ]
    if any(tells_way(text) or describer.matching.is_in(ask, verb.key, text) for text in places):
        return None
    return declined(f"The review does not say how {names[0].text} does that.", ask.studies[:1])


def _only_repeats(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """``which were its partners?``: a decline where the cell on the agents says but what the question says."""
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or any(f.attribute != "agents" for f in facts) or not _OTHERS.search(ask.focus):
        return None
    said = {t.key for t in tokens(ask.text)} | desk.vocabulary.scaffold | _BARE
    if any(t.key not in said and t.text[0].isalpha() for f in facts for t in tokens(f.value)):
        return None
    return declined(f"The review does not name them for {desk.name(facts[0].study)}.", (facts[0].study,))


def _tells_more(desk: Desk, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence has words that neither the question nor a figure has: a name, maybe."""
    known: Sequence[str] = [t.key for t in tokens(ask.text)]
    left = [t for t in tokens(passage.text) if t.key not in known and t.key not in desk.vocabulary.scaffold]
    return any(t.text.isalpha() for t in left)
