"""What a claimed share is said to be of: the patients, or the events, and what they had.

``Did more than half of the transplanted patients relapse?`` is of the transplanted, and what is asked of them is relapse.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.judging.bounds import Bound
from assistant.question.reader import Ask
from assistant.telling.entailing import DENIAL
from assistant.text.text import Token, fold, key_of, tokens

_HEAD = re.compile(
    r"^(?:\s*\d+)?(?: of)?(?: (?:the|them|those|these|all|his|her|its|their|our|\d+))*"
    r"(?P<np>(?: (?!(?:in|with|on|from|had|have|who|that|get|got)\b)[\w/+.'’-]+){0,5}?)"
    r" (?P<head>patients?|people|persons?|participants?|subjects|individuals|adults|children"
    r"|infants|kids|babies|men|women|recipients?|pts"
    r"|(?P<events>cases|relapses|deaths|infections|events|episodes|(?:side )?effects|reactions|responders|non-responders|survivors"
    r"|models|mice|lines))\b",
    re.IGNORECASE,
)
"""Behind a bound, the noun for those of whom it is a share."""
_OF_SOME = re.compile(
    r"^(?: of)?(?: [\w/+.'’-]+){0,4}? (?:who|that|which)\b"
    r"(?! (?:got|get|took|received|(?:was|were|had been) (?:given|treated|on|taking|enrolled|dosed)))",
    re.IGNORECASE,
)
"""Behind a bound, those of the patients of whom it is a share."""
_TAIL = re.compile(r"(?:,|\?|\.)\s*(?:\w+n['’]?t|\w+ not)\s+\w+\s*\??\s*$|^\W*\w+n['’]t\b", re.IGNORECASE)
"""Asks for assent, and denies nothing: ``didn't most respond?``, ``…, didn't they?``"""
_USED = re.compile(r"\b(?:used|given|received|prescribed|administered|added|chosen|taken)\b", re.IGNORECASE)
_GOT = re.compile(
    r"^(?: \w+){0,2}? (?:get|got|receive[ds]?|given|take|took|taken|have|had|been on|put on|started on|switched to)"
    r"(?: (?:an?|the|some))?\s*$",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:came|come|occur(?:red|s)?|happen(?:ed|s)?|arose|arise|follow(?:ed|s)?|set in|emerged?|appear(?:ed)?)\b",
    re.IGNORECASE,
)
"""Says when or where events were."""
LIGHT = frozenset(
    map(
        key_of,
        "move moved put fall make made up get got come came keep kept stay stayed go went end ended meet give given take took "
        "hit see saw suffer suffered reach reached achieve achieved become turn turned again still back everyone everybody "
        "nearly almost half quarter third fair say likely triplet doublet quadruplet majority most minority fraction share "
        "proportion percent per cent number true right correct case so experience experienced develop developed undergo "
        "underwent severe serious grade cycle arm group cohort series sery patient people those who".split(),
    )
)
"""Keys of words that no sentence need repeat, as they tell neither who nor what."""


@dataclass(frozen=True)
class Wanted:
    """What a part of a sentence must hold: of those the share is of, and of what they had."""

    whom: tuple[str, ...]
    what: tuple[str, ...]
    of_events: bool
    """Whether it is a share of deaths, relapses or others that the sentence must count itself."""
    of_some: bool
    """Whether it is a share of those who had something before: ``of those who relapsed``."""
    number: int
    """How many are claimed to be all of them; 0 where that is not said."""


def wanted_of(desk: Desk, ask: Ask, bound: Bound) -> Wanted:
    """The words that tell whom and what a claimed share is of."""
    text = fold(ask.focus)
    keys = _telling(desk, ask, bound, text)
    head = _HEAD.match(text[bound.end :])
    number = (
        re.match(r"\s*(?:of the |of these |the )?(\d+)\b(?!\s*%)", text[bound.end :])
        if bound.kind == "all"
        else None
    )
    end = bound.end + (head.end() if head else 0)
    before = [t.key for t in keys if t.start < bound.start]
    after = [t for t in keys if t.start >= bound.end]
    names = {t.key for n in ask.named.names for t in tokens(n.text)}
    if (came := _came(ask, bound, text)) and keys and not before:
        whom, what = [t.key for t in after if t.end <= came], [t.key for t in after if t.start >= came]
        return Wanted(tuple(whom), tuple(what), True, False, 0)
    if any(k not in names for k in before):
        whom, what = [t.key for t in after], before
    else:
        whom = [t.key for t in after if t.end <= end]
        what = [*before, *(t.key for t in after if t.end > end)]
    if drugs := _given(ask, text, bound, end):
        what, whom = (
            (drugs, [*whom, *what]) if drugs[0] in text[: bound.start].lower() else ([*what, *drugs], whom)
        )
    some = bool(_OF_SOME.search(text[bound.end :]))
    return Wanted(
        tuple(whom), tuple(what), bool(head and head["events"]), some, int(number[1]) if number else 0
    )


def _came(ask: Ask, bound: Bound, text: str) -> int:
    """Where it begins what events counted by their name were: ``most CRS | came early``; 0 where no event is named so."""
    first = next(
        (t for t in tokens(text) if t.start >= bound.end and t.text.lower() not in {"of", "the"}), None
    )
    verb = _CAME.search(text, bound.end)
    event = first is not None and any(k == first.key and m in ask.measures for k, m in ask.aliases)
    return verb.start() if verb and event else 0


def _given(ask: Ask, text: str, bound: Bound, end: int) -> list[str]:
    """The drug that is said to have been given: before the bound, or behind those it was given to."""
    drugs = [(n.text, t) for n in ask.named.of("agent") for t in tokens(n.text)]
    found = []
    for name, word in drugs:
        at = text.lower().find(name.lower())
        if (at < bound.start and _USED.search(text[max(at, 0) : bound.start])) or (
            at >= end and _GOT.search(text[end:at])
        ):
            found.append(word.key)
    return found


def _telling(desk: Desk, ask: Ask, bound: Bound, text: str) -> list[Token]:
    """The words of a question that tell whom or what it asks about, beside the names of its studies and the bound."""
    content = set(ask.content) | {t.key for label, _ in ask.groups for t in tokens(label)}
    empty = desk.vocabulary.scaffold | LIGHT
    own = [n for n in ask.named.names if set(ask.studies) & n.studies and n.kind != "topic"]
    empty = empty | {t.key for n in own for t in tokens(n.text)}
    labels = [{t.key for t in tokens(label)} for label, _ in ask.groups]
    grouped = {
        k
        for keys in labels
        for k in keys - LIGHT
        if not keys - desk.vocabulary.scaffold or k not in desk.vocabulary.scaffold
    }
    return [
        t
        for t in tokens(text)
        if t.key in content
        and (t.key not in empty or t.key in grouped)
        and not bound.start <= t.start < bound.end
        and not t.text.isdigit()
        and t.text[0].isalnum()
    ]


def denials(text: str) -> int:
    """How often a text denies something; the ``didn't`` that asks for assent denies nothing."""
    return len(DENIAL.findall(_TAIL.sub(" ", fold(text))))
