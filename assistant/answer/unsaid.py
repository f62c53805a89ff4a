"""What a question says beyond what an answer's places say: the answer is of something else, or of more than was asked.

``Blood loss during surgery`` is not answered by how many had surgery, ``the stopping rule for mortality`` not by mortality.
"""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, support_of
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, tokens

GENERAL = frozenset(
    "arm recipient regimen event cell grade evaluable frequent common disease tumour case trial study cohort population "
    "outcome incidence group patient stay start end final course finding report analysis data value level number count "
    "share rate percentage proportion score median mean range total overall treatment therapy drug dose subject people "
    "participant person adult child men women year month week day time point period follow difference comparison "
    "versus result response survival frequency occurrence experience experiment author table figure paper article "
    "odds hazard ratio risk interval confidence limit".split()
)
"""Words that any place may mean without saying them."""
_SINGLED = re.compile(
    r"\b(?:patients|those|people|adults|children|cases|recipients|participants|subjects)\s+(?:(?:on|in|of)\s+[\w-]+\s+)?"
    r"(?:with|without|having|who\s+(?:had|have|were|received))\s+(?P<what>[^,;?.]{3,60})"
    r"|\b(?:in|among|for)\s+(?:the\s+)?(?P<what2>[\w/-]+(?:\s[\w/-]+)?)\s+(?:patients|subgroup|tumou?rs|ones|cases|recipients)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:ed|ing|ly)$")
_ACRONYM = re.compile(r"\b[A-Z]{3}\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_SHORT = 3
"""Letters up to which a word tells too little."""


def unsaid(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A place that says all of the question's words, or a decline; None where the draft's own places say enough.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures that were looked up.
    """
    facts = [f for line in draft.lines for f in line.facts]
    if not _concerns(ask, draft) or not facts or len({f.study for f in facts}) > 1:
        return None
    study = facts[0].study
    if len(desk.review.studies) > 1:
        return None
    cited = [desk.selector.places[p] for p in dict.fromkeys(f.passage for f in facts)]
    left = [k for k in _telling(desk, ask) if not any(describer.matching.holds(k, p) for p in cited)]
    left = [k for k in left if k not in _titles(desk, cited)]
    if not left:
        return None
    own = [p for p in desk.review.passages if p.locator.kind in {Kind.SENTENCE, Kind.CELL}]
    nowhere = [
        k for k in left if not _VERB.search(k) and not any(describer.matching.holds(k, p) for p in own)
    ]
    who = desk.name(study)
    if nowhere:
        said = {t.key: t.text for t in tokens(ask.focus)}
        words = joined([said.get(k, k) for k in nowhere])
        return declined(f"The review says nothing of “{words}” for {who}.", (study,))
    told = None if ask.grade or ask.cycle else _place_of_all(desk, describer, ask, own)
    if told is not None:
        return answered([describer.quoting(told)], (study,))
    whole = all(f.attribute == "n_patients" and not f.group for f in facts)
    if whole and ask.wants == "count":
        counts = {
            f.passage for f in desk.review.facts if f.n is not None and not f.attribute.startswith("n_pat")
        }
        counting = [p for p in own if p.id in counts and all(describer.matching.holds(k, p) for k in left)]
        if counting and len(left) > 1 - bool(_VERB.search(left[0])):
            return answered([describer.quoting(counting[0])], (study,))
        said = {t.key: t.text for t in tokens(ask.focus)}
        words = joined([said.get(k, k) for k in left])
        return declined(f"The review does not give that number ({words}) for {who}.", (study,))
    if singled := [k for k in left if k in _whom(ask)]:
        said = {t.key: t.text for t in tokens(ask.focus)}
        words = joined([said.get(k, k) for k in singled])
        given = joined(desk.speaker.lines(facts)[:2])
        text = f"The review does not report that for patients singled out by “{words}” for {who}; it gives {given}."
        return declined(text, (study,), support_of(facts[:1]))
    return None


def _whom(ask: Ask) -> set[str]:
    """Keys of the words that single out patients: ``in patients with mismatched donors``, ``in those over 60``."""
    return {t.key for m in _SINGLED.finditer(ask.focus) for t in tokens(m["what"] or m["what2"])}


def _concerns(ask: Ask, draft: Draft) -> bool:
    """Whether a draft gives figures that were looked up for a plain question."""
    plain = not (ask.translated or ask.inherited or ask.injected or ask.values)
    own_words = any(line.verbatim for line in draft.lines)
    kinds = ask.has("yes_no", "list", "why", "summary", "max", "min", "count_studies")
    return draft.status is Status.ANSWERED and plain and not own_words and not kinds


def _telling(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the question's words that name neither a study, an arm, a time nor what was looked up."""
    known = {k for k, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)} | desk.vocabulary.scaffold | GENERAL
    known |= {t.key for own in desk.review.arms.values() for label in own for t in tokens(label)}
    known |= {t.key for t in tokens(desk.review.title)}
    known |= {t.key for m in _BRACKETS.finditer(ask.focus) for t in tokens(m[0])}
    short = {t.key for t in tokens(" ".join(_ACRONYM.findall(ask.focus)))}
    return [k for k in ask.content if k not in known and (len(k) > _SHORT or k in short) and k.isalpha()]


def _titles(desk: Desk, cited: list[Passage]) -> set[str]:
    """Keys of the words of the titles of the tables that were cited, and of the sections."""
    labels = {p.locator.table for p in cited}
    titles = [t.title for t in desk.review.raw.tables if t.label in labels]
    return {t.key for text in (*titles, *(p.locator.section for p in cited)) for t in tokens(text)}


def _place_of_all(desk: Desk, describer: Describer, ask: Ask, own: list[Passage]) -> Passage | None:
    """The one sentence or cell with a figure that holds every word of the question; None without one."""
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold | GENERAL and len(k) > _SHORT]
    found = [
        p
        for p in own
        if p.studies and figures(fold(p.quote)) and all(describer.matching.covers(ask, k, p) for k in keys)
    ]
    if set(ask.characteristics) == {"n_patients"}:
        counts = {f.passage for f in desk.review.facts if f.n is not None}
        found = [p for p in found if p.id in counts]
    found = [p for p in found if set(ask.measures) <= describer.terms_in(p)]
    found = [p for p in found if not ask.times or not describer.lacks_time(ask, p.text)]
    return min(found, key=lambda p: len(p.text)) if found and len(keys) > 1 else None
