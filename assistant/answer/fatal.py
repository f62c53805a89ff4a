"""Fatal events: figures of all events are no answer where the fatal ones are asked, but a sentence on these is.

``Fatal infections with A`` and ``died of infection on A`` ask for the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.cause import cause_asked
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, support_of
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, tokens

_FATAL = re.compile(
    r"\b(?:fatal|lethal|deadly)\s+(?:\w+[ -]){0,2}?[a-z][\w-]+"
    r"|\b(?:was|were|is|are|prove[ds]?|ended)\b[^?.;]{0,60}?\b(?:fatal|lethal|deadly)\b"
    r"|\b(?:kill(?:ed)? (?:any\w*|some\w*|a|the|one|patients|\w+ patients)"
    r"|(?:cause|lead to|result in|caused|led to|resulted in) (?:any |the )?deaths?)\b",
    re.IGNORECASE,
)
"""Asks for events that patients died of."""
_OF_THEM = re.compile(r"\b(?:it|them|this|these|those|ones|which|whom|such)\b", re.IGNORECASE)
"""Takes up the event of the clause before."""
_OF_DEATH = re.compile(r"\b(?:fatal\w*|lethal|died|dead|deaths?|deadly|killed|succumbed)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|none|neither|never|without)\b", re.IGNORECASE)
_SORTS = frozenset({"AE", "SAE", "deaths", "fatal_ae"})
"""Measures of which the review may give the fatal ones by a name of their own."""


def fatal_told(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The study's sentence on the fatal events asked about, or a decline of figures of all such events; None elsewhere.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures, or the decline of deaths.
    """
    if len(ask.studies) != 1 or ask.has("list", "count_studies", "summary", "max", "min"):
        return None
    facts = [f for line in draft.lines for f in line.facts]
    kinds = {m: desk.vocabulary.term(m).kind for m in ask.measures if m not in _SORTS}
    events = [m for m, kind in kinds.items() if kind == "event" or m in desk.vocabulary.learnt]
    asked = _FATAL.search(ask.focus)
    if asked and events and not any(f.grade == "5" for f in facts):
        keys = [k for k, term in ask.aliases if term in events]
    elif draft.status is Status.DECLINED and set(ask.measures) == {"deaths"}:
        keys = cause_asked(desk, ask)[1]
    else:
        return None
    if not keys or any(line.verbatim and _OF_DEATH.search(line.text) for line in draft.lines):
        return None

    def tells(passage: Passage) -> bool:
        clauses = fold(passage.text).split(";")
        dying = [c for c in clauses if _OF_DEATH.search(c)]
        if not dying or not _names(describer, passage, keys, events):
            return False
        said = {t.key for c in dying for t in tokens(c)}
        return len(clauses) == 1 or bool(said & set(keys)) or any(map(_OF_THEM.search, dying))

    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    told = [p for p in own if tells(p)]
    told = [p for p in told if figures(p.quote) or _NONE.search(fold(p.quote))] or told
    if told:
        return answered([describer.quoting(told[0])], ask.studies)
    if not asked or not facts or draft.status is not Status.ANSWERED:
        return None
    given = joined(desk.speaker.lines(facts)[:2])
    name = joined([desk.speaker.short(m) for m in events])
    text = f"The review does not report fatal {name} for {desk.name(ask.studies[0])}; it gives {given}."
    return declined(text, ask.studies, support_of(facts[:1]))


def _names(describer: Describer, passage: Passage, keys: Sequence[str], events: Sequence[str]) -> bool:
    """Whether a sentence names the event, or what is asked of by all its words."""
    if all(describer.matching.holds(k, passage) for k in keys):
        return True
    return bool(set(events) & set(describer.terms_in(passage)))
