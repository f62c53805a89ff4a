"""Studies set side by side where nothing in particular is asked: what each did, in whom, and with what result."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.ranking import CAUTION
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, of_fact
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import tokens

_MOST = 4
"""Studies that are set side by side at most."""
_MORE = re.compile(
    r"\b(?:more|fewer|less|larger|smaller|bigger|better|worse|higher|lower|older|younger|longer|shorter|same)\b",
    re.IGNORECASE,
)
_PATIENTS = re.compile(r"\b(?:patients?|populations?|participants?|people|cohorts?|whom)\b", re.IGNORECASE)
_DESIGN = re.compile(r"\b(?:designs?|set[- ]?ups?|methods?|methodolog\w+)\b", re.IGNORECASE)
_GENERIC = frozenset(
    "compare compared comparison differ difference different study trial abstract product approach contrast between "
    "main key versus similar alike treatment therapy result outcome strategy concept setup distinguish".split()
)
"""Keys of words that ask for a comparison and for nothing in particular."""


def beside(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``How does A differ from B?``: the main sentence and result of each; None where more is asked."""
    if ask.measures or ask.families or ask.characteristics or ask.unheard or ask.strange:
        return None
    if ask.has("max", "min", "yes_no") or _MORE.search(ask.focus):
        return None
    if not 2 <= len(ask.studies) <= _MOST or not _is_open(desk, ask):
        return None
    rows: tuple[str, ...] = ("outcomes",)
    if _DESIGN.search(ask.focus):
        rows = ("phase", "n_patients", "study_period")
    elif _PATIENTS.search(ask.focus):
        rows = ("n_patients", "age_range")
    lines = [line for study in ask.studies for line in _on(desk, describer, ask, study, rows)]
    draft = answered(lines, ask.studies)
    if rows != ("outcomes",):
        return draft
    notes = tuple(
        c.line for c in desk.conflicts if c.study in ask.studies and c.attribute in desk.vocabulary.measures
    )
    return replace(draft.cautioned(CAUTION), conflicts=notes).plus(*notes)


def _is_open(desk: Desk, ask: Ask) -> bool:
    """Whether the question holds no word that asks for one thing."""
    known = _GENERIC | desk.vocabulary.scaffold | {t.key for n in ask.named.names for t in tokens(n.text)}
    left = [k for k in ask.content if k not in known and not _PATIENTS.search(k) and not _DESIGN.search(k)]
    return not left


def _on(desk: Desk, describer: Describer, ask: Ask, study: str, rows: tuple[str, ...]) -> list[Line]:
    """The sentence that says what a study did, and its cells of ``rows``."""
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)]
    lexicon = desk.review.reader.matchers.populations
    told = [p for p in own if _introduces(desk, study, p.text)]
    told = told or [p for p in own if lexicon.find(tokens(p.text))] or own
    facts = [f for row in rows for f in [f for f in desk.selector.reported(study, row) if not f.group][:1]]
    cells = [of_fact(desk.speaker.characteristic(f), f) for f in facts]
    return [*(describer.quoting(p) for p in told[:1]), *cells]


def _introduces(desk: Desk, study: str, text: str) -> bool:
    """Whether a sentence names what the study gave."""
    agents = {
        t.key for f in desk.selector.reported(study, "agents") for t in tokens(f.value) if len(t.key) > 3
    }
    return bool(agents & {t.key for t in tokens(text)})
