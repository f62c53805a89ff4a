"""Who could enter a study, what one needed to enter it, and how its authors meant a word for its patients."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import fold, tokens

_WHO = re.compile(
    r"\bwho (?:was|were|is|are|got) (?:eligible|in|allowed|let in|included|enrolled)\b"
    r"|\bwho (?:could|can|might) (?:enter|join|enrol|take part|get in\w*)\b"
    r"|\b(?:which|what) patients (?:were|was|could) (?:eligible|be included|be enrolled|enter|join|take part)\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"\b(?:which|what) (?P<noun>(?:[\w/-]+ ){0,3}?[\w/-]+) (?:did|do|must|should|had|was|were|is|are) "
    r"(?:(?:you|one|patients|people|they|someone)\s+)?(?:need|have|required|needed|necessary|mandatory)\b.*?"
    r"\b(?:get in\w*|enter|entry|join|enrol\w*|take part|qualify|eligible|be included|required|needed|in)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\bhow (?:did|do|does|have) (?:they|you|the authors|it|the trial|the study|the investigators) (?:define|mean by|understand|delimit)\s+"
    r"[\"“']?(?P<word>[a-z-]+)|\bhow (?:was|were|is|are) [\"“']?(?P<said>[a-z-]+)[\"”']? (?:patients? )?defined\b",
    re.IGNORECASE,
)
_TAKEN_IN = re.compile(
    r"\b(?:enrol\w*|randomi[sz]ed|assigned|recruit\w+|eligib\w+|required|received|covered)\b", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(?:all of (?:whom|them)|each of whom|all (?:patients|had)|eligib\w+|required|had to|must|(?:patients|adults|children|people|those) "
    r"(?:\w+ ){0,2}?(?:with|who|whose|aged))\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients?|adults?|children|people|participants?|subjects?|infants?)\b", re.IGNORECASE
)
_KINDS = (
    (
        re.compile(r"chromosom|cytogen|genetic|karyotyp|aberration|mutation|deletion", re.IGNORECASE),
        re.compile(
            r"\b(?:deletion|mutation|mutated|translocation|rearrange\w+|monosomy|trisomy|karyotype)s?\b|\bdel\(|\bt\(\d"
        ),
    ),
    (
        re.compile(r"\b(?:prior|previous|earlier)\b", re.IGNORECASE),
        re.compile(r"\b(?:prior|previous(?:ly)?|pre-?treated|before|refractory|relapsed?)\b", re.IGNORECASE),
    ),
)
"""A noun for what was needed, and the words by which a sentence tells it."""


def entered(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentences of the one study named on who could enter it; None where that is not asked or not told."""
    if len(ask.studies) != 1 or ask.measures or ask.times or ask.wants:
        return None
    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    entry = [p for p in own if _TAKEN_IN.search(p.text) and _BOUND.search(p.text) and _PEOPLE.search(p.text)]
    if meant := _MEANT.search(ask.text):
        said = _meant(desk, own, entry, meant["word"] or meant["said"])
    elif needed := _NEEDED.search(ask.focus):
        said = _needed(desk, describer, ask, entry, needed["noun"])
    elif _WHO.search(ask.text) and ask.named.of("number", "author", "nct", "code"):
        said = entry[:1] if not ask.strange and not ask.groups else []
    else:
        return None
    return answered([describer.quoting(p) for p in said], ask.studies) if said else None


def _meant(desk: Desk, own: list[Passage], entry: list[Passage], word: str) -> list[Passage]:
    """The sentence that calls the study's patients by a word, and the next one that says who they were.

    ``Frail patients were …. It took in 80 patients with ….``: there the second tells what is meant.
    """
    calls = re.compile(rf"\b{re.escape(fold(word))} (?:\w+ )?{_PEOPLE.pattern}", re.IGNORECASE)
    called = next((k for k, p in enumerate(own) if calls.search(fold(p.text))), None)
    if called is None:
        return []
    after = [p for p in own[called : called + 2] if p in entry]
    if not after:
        return []
    return [own[called], *(p for p in after[:1] if p is not own[called])]


def _needed(desk: Desk, describer: Describer, ask: Ask, entry: list[Passage], noun: str) -> list[Passage]:
    """The sentence on entry that tells what a noun asks for, by a word of its kind or by its own words."""
    kind = next((told for asked, told in _KINDS if asked.search(noun)), None)
    keys = [t.key for t in tokens(noun) if t.key not in desk.vocabulary.scaffold]
    return [
        p
        for p in entry
        if (
            kind.search(fold(p.text))
            if kind
            else keys and all(describer.matching.covers(ask, k, p) for k in keys)
        )
    ][:1]
