"""What a report says of its plan and of single events in words: endpoints, eligibility, grading, centres, causes of death."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.answer.ages import taken_in_by_age
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.excerpt import FIGURE
from assistant.text.text import NUMBER_WORDS, fold, tokens


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NUMBER = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})"
_ENDPOINT = r"(?:end[ -]?points?|outcomes?(?: measures?)?|objectives?|aims?)"


@dataclass(frozen=True, slots=True)
class _Topic:
    """A question about the plan, and what the sentence that answers it must have."""

    asked: re.Pattern[str]
    said: re.Pattern[str]
    section: re.Pattern[str] | None = None
    """Heads of the sections in which a sentence needs not say it itself."""
    words: re.Pattern[str] | None = None
    """What a sentence must hold, beside."""


_TOPICS = (
    _Topic(_any(rf"\bprimary {_ENDPOINT}"), _any(rf"\b(?:primary|main|principal) {_ENDPOINT}")),
    _Topic(_any(rf"\bsecondary {_ENDPOINT}"), _any(rf"\b(?:secondary|other) {_ENDPOINT}")),
    _Topic(
        _any(
            r"\bage limit|\b(?:which|what) ages?\b.*\b(?:eligib|includ|allow|enrol)|\beligible\b.*\bage|\bhow old\b.*\beligible"
        ),
        _any(r"\b(?:eligib\w*|inclu\w+|exclu\w+|limit|required|recruited|patients (?:were )?aged|aged)\b"),
        _any(r"eligib|inclusion|exclusion|patients|participants|design"),
        _any(r"\b(?:age[ds]?|years? old)\b"),
    ),
    _Topic(
        _any(r"\bhow many (?:\w+ )?(?:cent(?:er|re)s?|hospitals?|sites?|institutions?|countries)\b"),
        _any(rf"\b{_NUMBER}\s+(?:[\w-]+\s+){{0,3}}(?:cent(?:er|re)s?|hospitals?|sites?|institutions?|countries)\b"),
    ),
)  # fmt: skip
_GRADED = _any(
    r"\bhow (?:was|were|is|are|did they) (?P<what>.+?) (?:graded|assessed|defined|classified|scored|measured|evaluated)\b|"
    r"\b(?:which|what) (?:criteria|definition|grading|classification)\b.*?\b(?:for|of|grade|define)\s+(?P<of>.+)"
)
_GRADING = _any(
    r"\b(?:graded|assessed|defined|classified|scored|measured|evaluated|recorded)\b.*\b(?:according|criteria|using|by|as|with)\b"
)
_CAUSES = _any(
    r"\b(?:causes?|reasons?) (?:of|for) (?:the )?deaths?\b|\b(?:die|died|death)\b.*\b(?:of|from)\s*\??\s*$|^\W*what did\b.*\bdie\b"
)
_DIED_OF = _any(r"\b(?:died|deaths?|fatal)\b.*\b(?:from|of|due to|because of|caused by)\b")


def of_protocol(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence on a study's plan that a question asks for; None where it asks for nothing of the sort."""
    if (said := taken_in_by_age(desk, describer, ask)) is not None:
        return said
    if len(ask.studies) != 1 or ask.has("compare", "max", "min", "definition"):
        return None
    own = _sentences(desk, ask.studies[0])
    for topic in _TOPICS:
        if topic.asked.search(ask.focus):
            return _quoted(describer, ask, [p for p in own if _meets(p, topic)], _telling)
    if graded := _GRADED.search(ask.focus):
        what = graded["what"] or graded["of"]
        keys = {t.key for t in tokens(what)} - desk.vocabulary.scaffold
        told = [p for p in own if _GRADING.search(p.text) and keys & {t.key for t in tokens(p.text)}]
        return _quoted(describer, ask, told, _holding(keys))
    if _CAUSES.search(ask.focus):
        return _quoted(describer, ask, [p for p in own if _DIED_OF.search(p.text)], _told_causes)
    return None


def _sentences(desk: Desk, study: str) -> list[Passage]:
    return [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)]


def _meets(passage: Passage, topic: _Topic) -> bool:
    text = fold(passage.text)
    said = topic.said.search(text) or (topic.section and topic.section.search(passage.locator.section))
    return bool(said) and (topic.words is None or topic.words.search(text) is not None)


_WAS = _any(
    rf"\b(?:primary|secondary|main|principal|other) {_ENDPOINT}(?:\s+(?:of|for)\s+[^,;.]{{3,60}}?)?\s*"
    r"(?:,[^,]*,\s*)?(?:was|were|is|are|includ\w+|compris\w+|:)"
)


def _telling(passage: Passage) -> float:
    """1 where a sentence says what the endpoint was, and does not only mention it."""
    return float(_WAS.search(fold(passage.text)) is not None)


def _holding(keys: set[str]) -> Callable[[Passage], float]:
    return lambda passage: float(len(keys & {t.key for t in tokens(passage.text)}))


def _told_causes(passage: Passage) -> float:
    """How many causes a sentence tells: its numbers, each before what it counts."""
    return 0.1 * len(FIGURE.findall(fold(passage.text)))


def _quoted(
    describer: Describer,
    ask: Ask,
    passages: Sequence[Passage],
    extra: Callable[[Passage], float] = lambda passage: 0.0,
) -> Draft | None:
    """The sentence that covers most of the question's words, the first of equals."""
    if not passages:
        return None
    scored = [(describer.matching.coverage(ask, p) + extra(p), -k, p) for k, p in enumerate(passages)]
    best = max(scored, key=lambda s: s[:2])[2]
    said = describer.verdict(ask, best) if ask.has("yes_no") else describer.quoting(best)
    return answered([said], ask.studies)
