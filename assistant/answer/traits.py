"""Yes or no to what a study aimed at: the antigen of its drug, its primary endpoint; and to whether an event was fatal for any.

``Does it go after B8?`` is answered by the row that names its one target B7, ``Was survival the primary endpoint?`` by the sentence
that names another, ``Did anyone die of A?`` by ``A occurred in nine patients; no case was fatal``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.lookup.everyone import common_to_all
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.verdict_words import BRACKETS, MARKER, ONLY
from assistant.text.idle import IDLE
from assistant.text.text import ONE_NUMBER_WORD, fold, tokens

_TURNED = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|why|which|what|or)\b|n['\u2019]t\b", re.IGNORECASE
)
_PRIMARY = r"(?:main|primary|principal|chief) (?:study |trial )?(?:end ?-?points?|outcomes?(?: measure)?|goal|aim|objective)"
_IS_PRIMARY = re.compile(
    rf"^\W*(?:(?:and|so|but)\s+)?(?:was|is|were)\s+(?P<measure>[^?,;]+?)\s+(?:the|a|its|their)\s+{_PRIMARY}\b",
    re.IGNORECASE,
)
_NAMED_PRIMARY = (
    re.compile(
        rf"(?P<measure>[^.;()]*?(?:\([^()]*\))?),? (?:which was )?(?:the|its) {_PRIMARY}\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?:the|its) {_PRIMARY}(?: was|,| of|:)\s+(?P<measure>[^.;,()]+)", re.IGNORECASE),
)
_CO_PRIMARY = re.compile(r"\bco-?primary\b|\bprimary end ?-?points\b", re.IGNORECASE)
_DEATH_ASKED = re.compile(r"\b(?:die|dies|died|deaths?|fatal|lethal|deadly|kill(?:ed)?)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:most\w*|majority|half|third|quarter|more|fewer|less|many|only|all|every\w*|at least|over|than|how|when|grade|main|commonest)\b"
    r"|%|\b\d+ (?:of|patients|people|cases|days|months)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:no[ -]?one|nobody|none|no (?:patients?|deaths?|cases?|people|participants?)"
    r"|not|never)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;:]\s+|,\s+|\s+(?:and|but)\s+", re.IGNORECASE)
_NONE_FATAL = re.compile(
    r"\b(?:no (?:case|patient|event|episode|one)s?|none|neither)\b[^,;]{0,30}\b(?:fatal|died|lethal)\b|\b(?:not|never) (?:fatal|lethal)\b"
    r"|\bno (?:fatal\w*|deaths?)\b",
    re.IGNORECASE,
)
_NUMBER = rf"(?:[1-9]\d*|an?|(?!zero\b)(?:{ONE_NUMBER_WORD}))"
_SOME_FATAL = re.compile(
    rf"\b{_NUMBER} of (?:whom|them|these) died of (?:it|this|them)\b"
    rf"|\bfatal (?:\w+ )?in {_NUMBER}\b|\b{_NUMBER} (?:\w+ ){{0,2}}?(?:was|were|proved) fatal\b|\b{_NUMBER} (?:\w+ )?fatal\b",
    re.IGNORECASE,
)


_MOVED = (
    r"(?:(?:drag|bring|pull|push)(?:s|ged|ed)? (?:down|up)|lower|reduce|decrease|raise|increase|boost|hurt|harm|affect|influence"
    r"|impair|worsen|improve|change|alter|damage|spoil|compromise|diminish|impact)"
)
_MOVES = re.compile(
    rf"^\W*(?:(?:and|so|but)\s+)?(?:did|does|do)\s+(?P<cause>[^?,;]{{2,60}}?)"
    rf"\s+{_MOVED}\s+(?P<what>[^?,;]+)",
    re.IGNORECASE,
)
"""Asks whether something moved a measure."""
_UNMOVED = re.compile(
    r"(?P<cause>[^,;:.]{3,80}?) (?:did|does|do) not (?:\w+ly )?(?:affect|influence|change|alter|impact)\b"
    r"(?P<what>(?: (?!but\b|and\b)[^ ,;.]+){1,6})",
    re.IGNORECASE,
)


def of_trait(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The answer to a question for a target, the primary endpoint or deaths of an event; None where none is asked or told.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
        draft: what was found.
    """
    return (
        aimed_elsewhere(desk, ask, draft)
        or primary_endpoint(desk, describer, ask)
        or fatal_for_any(desk, describer, ask)
        or unmoved(desk, describer, ask)
    )


def aimed_elsewhere(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """The row of a drug's target after ``Yes:`` or ``No:``; None where it is not asked, or does not decide.

    Args:
        desk: the review's facts and words.
        ask: the question.
        draft: what was found.
    """
    facts = [f for line in draft.lines for f in line.facts]
    if (
        len(facts) != 1
        or facts[0].attribute != "target"
        or len(ask.studies) != 1
        or _TURNED.search(ask.focus)
    ):
        return None
    own = {t.key for n in ask.named.names if n.kind != "topic" for t in tokens(n.text)}
    asked = _markers(ask.focus) - own
    aims = _markers(facts[0].value)
    if not asked or not aims or (ONLY.search(ask.focus) and asked != aims):
        return None
    if asked <= aims:
        verdict = "Yes"
    elif not asked & aims and not any(
        asked & _markers(p.text) for p in desk.review.passages if ask.studies[0] in p.studies
    ):
        verdict = "No"
    else:
        return None
    line = draft.lines[0]
    return replace(
        draft, lines=(replace(line, text=f"{verdict}: {line.text}"), *draft.lines[1:]), accounted=True
    )


def _markers(text: str) -> set[str]:
    return {t.key for t in tokens(text) if MARKER.fullmatch(t.text)}


def primary_endpoint(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that names the primary endpoint of the one study, after ``Yes:`` or ``No:``; None where it is not asked or named.

    Args:
        desk: the review's facts and words.
        describer: quotes sentences.
        ask: the question.
    """
    asked = _IS_PRIMARY.match(fold(ask.focus))
    if asked is None or len(ask.studies) != 1 or len(ask.measures) != 1 or _TURNED.search(ask.focus):
        return None
    lexicon = desk.review.reader.matchers.measures

    def named(text: str) -> set[str]:
        return {i.removeprefix("median_") for m in lexicon.find(tokens(text)) for i in m.ids}

    wanted = named(asked["measure"])
    for passage in _own(desk, ask):
        text = fold(passage.text)
        said = next((m for p in _NAMED_PRIMARY if (m := p.search(text))), None)
        if said is None or _CO_PRIMARY.search(text):
            continue
        found = named(said["measure"].rsplit(" and ", 1)[-1])
        if len(found) != 1 or not wanted:
            continue
        return _quoted(describer, ask, passage, "Yes" if wanted & found else "No")
    return None


def fatal_for_any(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence of the one study that says whether any case of the event asked about was fatal, after its verdict; None without one.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
    """
    focus = fold(ask.focus)
    events = [m for m in (*ask.measures, *_events(desk, focus)) if desk.vocabulary.term(m).kind == "event"]
    events = [m for m in events if m not in {"deaths", "fatal_ae", "AE", "SAE"}]
    if not _DEATH_ASKED.search(focus) or len(ask.studies) != 1 or not events or _COUNTED.search(focus):
        return None
    if ask.times or _of_a_part(desk, ask):
        return None
    for passage in _own(desk, ask):
        last: set[str] = set()
        for part in _PARTS.split(fold(passage.text)):
            last = set(_events(desk, part)) - {"deaths", "fatal_ae"} or last
            none, some = _NONE_FATAL.search(part), _SOME_FATAL.search(part)
            if bool(none) == bool(some) or not last & set(events):
                continue
            so = bool(some) != bool(_NOBODY.search(focus))
            return replace(
                _quoted(describer, ask, passage, "Yes" if so else "No"), accounted=False, told=True
            )
    return None


def unmoved(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``No:`` with the sentence by which the very thing ``did not affect`` the very measure; None without one.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
    """
    focus = fold(ask.focus)
    asked = _MOVES.match(focus)
    if asked is None or len(ask.studies) != 1 or len(ask.measures) != 1 or _TURNED.search(focus):
        return None
    names = {t.key for n in ask.named.names if ask.studies[0] in n.studies for t in tokens(n.text)}
    cause = [t.key for t in tokens(asked["cause"]) if t.key not in IDLE]
    known = names | desk.vocabulary.scaffold | IDLE | {k for k, term in ask.aliases if term in ask.measures}
    if not cause or any(t.key not in known for t in tokens(asked["what"])):
        return None
    for passage in _own(desk, ask):
        for said in _UNMOVED.finditer(BRACKETS.sub("", fold(passage.text))):
            told = all(describer.matching.is_in(ask, k, said["cause"]) for k in cause)
            if told and set(ask.measures) <= describer.matching.words(said["what"]).terms:
                return _quoted(describer, ask, passage, "No")
    return None


def _of_a_part(desk: Desk, ask: Ask) -> bool:
    """Whether a question is on some of the one study's patients."""
    everyone = common_to_all(desk, ask, ask.studies[0])
    return any(not ids <= everyone for _, ids in ask.groups)


def _events(desk: Desk, text: str) -> list[str]:
    found = desk.review.reader.matchers.measures.find(tokens(text))
    return [i for m in found for i in m.ids if desk.vocabulary.term(i).kind == "event"]


def _own(desk: Desk, ask: Ask) -> Iterable[Passage]:
    return (
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    )


def _quoted(describer: Describer, ask: Ask, passage: Passage, verdict: str) -> Draft:
    line: Line = describer.quoting(passage)
    return replace(
        answered([replace(line, text=f"{verdict}: {line.text}", facts=())], ask.studies), accounted=True
    )
