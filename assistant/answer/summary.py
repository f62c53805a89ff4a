"""What a study or the whole review comes to, and what foretold a result."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.meant import unexplained
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.fitting import asks_thing
from assistant.vocabulary.wording import CONCLUSION

_THING = re.compile(
    r"\b(?:which|what) (?:(?:was|were|is|are) the )?(?:[\w-]+ ){0,2}?"
    r"(?:factors?|predictors?|patterns?|mechanisms?|determinants?|correlates?|variables?|features?)\b",
    re.IGNORECASE,
)
"""Asks for something told in words, whatever measure it is told of."""
_OF_AN_ARM = re.compile(r"\b(?:arms?|groups?|cohorts?)\b", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:sections?|parts?|studies|trials|abstracts|work)\b")
_RESULTS = re.compile(
    r"\btables? (?:\d )?(?:say|show|list|give|report|tell)s?\b"
    r"|\b(?:results?|findings?|outcomes?|data|conclusions?|show(?:s|ed|n)?|find|found)\b",
    re.IGNORECASE,
)
_INDEPENDENT = re.compile(r"\bindependent(?:ly)?\b(?! of\b)", re.IGNORECASE)
_THE_OTHER = re.compile(r"\b(?:the other|another|also|a second|further)\b", re.IGNORECASE)
"""Adds to what the sentence before told."""
_CLOSING = re.compile(r"conclu|highlight|discussion|summary|perspective|remarks", re.IGNORECASE)
_SUMMARISED = frozenset({"outcomes", "authors"})
"""Characteristics that a summary gives anyway."""

_OF_STUDY = re.compile(
    r"\b(?:the|that|this)\b[^,;?]*\b(?:study|trial|abstract|series|poster)\b", re.IGNORECASE
)
"""Asks of one study, by whatever describes it."""


def conclusion(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The first sentences of the review's concluding section."""
    in_sum = ask.has("summary") and not (ask.studies or ask.measures or ask.characteristics or ask.strange)
    in_sum = in_sum and not [k for k in ask.content if k not in dict(ask.aliases)]
    if not (CONCLUSION.search(ask.focus) or in_sum) or ask.named.of(
        "number", "author", "nct", "code", "agent"
    ):
        return None
    sentences = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE]
    closing = [p for p in sentences if _CLOSING.search(p.locator.section)]
    return answered([describer.quoting(p) for p in closing[:2]]) if closing else None


def told_by(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``which factor predicted relapse``: a sentence that says it, not how many relapsed."""
    if not ask.measures or not ask.studies or ask.values or ask.has("yes_no", "definition", "list"):
        return None
    if not (_THING.search(ask.focus) or asks_thing(ask)):
        return None
    if ask.described and len(ask.studies) == 1 and (factors := _factors(desk, describer, ask)) is not None:
        return factors
    said = describer.text(ask)
    own = said is not None and said.status is Status.ANSWERED and set(said.studies) & set(ask.studies)
    if said is None or not own:
        return None
    (place, _), *_ = (support for line in said.lines for support in line.support)
    passage = desk.selector.places[place]
    telling = passage.locator.kind is Kind.SENTENCE and set(ask.measures) <= describer.terms_in(passage)
    if not telling and not _THING.search(ask.focus):
        return None  # a cell gives figures, and a sentence on something else no answer
    return said


def _factors(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The study's sentences on independent factors, each after the one it goes on from (``the other factor was …``); None without any."""
    if not _INDEPENDENT.search(ask.focus):
        return None
    own = [
        p for p in desk.review.passages if p.studies[:1] == ask.studies and p.locator.kind is Kind.SENTENCE
    ]
    at = next((n for n, p in enumerate(own) if _INDEPENDENT.search(p.text)), None)
    if at is None:
        return None
    first = at - 1 if at and _THE_OTHER.search(own[at].text) else at
    return replace(answered([describer.quoting(p) for p in own[first : at + 1]], ask.studies), told=True)


_SUM_UP = re.compile(r"\b(?:summari[sz]e|summary|sum up|recap|nutshell)\b", re.IGNORECASE)


def summary(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What a study found, or what the review says of a topic."""
    topic = ask.measures or ask.families or ask.characteristics or ask.groups or ask.times or ask.strange
    firm = ask.named.of("number", "author", "code", "nct", "agent") and not (topic or ask.described)
    if firm and not unexplained(desk, ask) and _RESULTS.search(ask.focus) and not ask.has("yes_no"):
        return describer.outcome(ask)
    moment = ask.cycle or ask.times or ask.grade  # what happened then is no summary
    if not ask.has("summary") or ask.measures or ask.unheard or moment or _of_nobody(desk, ask):
        return None
    by_topic = ask.described and all(n.kind == "topic" for n in ask.named.names)
    if len(ask.studies) == 1 and (
        _OF_STUDY.search(ask.focus) or (not ask.named.names and _SUM_UP.search(ask.focus))
    ):
        by_topic = False  # "sum up the registry study"
    if by_topic and not _PARTS.search(ask.focus):
        return describer.on_topic(ask) if not unexplained(desk, ask) else None
    if {c for c in ask.characteristics if desk.reports(c)} - _SUMMARISED:
        return None
    return describer.summarise(ask)


def _of_nobody(desk: Desk, ask: Ask) -> bool:
    """Whether an arm is asked about that the one study named has not."""
    if len(ask.studies) != 1 or not ask.groups or not _OF_AN_ARM.search(ask.focus):
        return False
    held = {i for f in desk.review.facts if f.study == ask.studies[0] for i in f.group}
    held |= desk.review.populations.get(ask.studies[0], frozenset())
    return all(not ids & held for _, ids in ask.groups)
