"""A figure is no answer where the rest of its own sentence tells, with a figure of its own, whom or what is asked: that is quoted.

``57 stopped, for rash in 11 and at their own wish in nine``: the 57 are not those who stopped at their own wish.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import WORD_NUMBER, fold, key_of, tokens

_ASIDE = re.compile(r"[^()]*\)|\s*\([^()]*\)")
"""The rest of the bracket that a figure stands in, or the one right behind it."""
_GOES_ON = re.compile(r"[,;]\s|\b(?:and|but|while|whereas|than)\s")
"""Behind it a part of a sentence is no longer the figure's own: ``a 28-month follow-up``."""
_COUNTED = re.compile(rf"(?<![\w.])\d[\d.,]*(?![\w-])|\b(?:{WORD_NUMBER})\b", re.IGNORECASE)
_THE_OTHERS = re.compile(r"\bthan (?:(?:in|among|for|with|of|that of) )?(?:all )?(?:the )?(?:others?|rest)\b")

_WHEN = frozenset(map(key_of, "before beforehand earlier previously after afterwards later then".split()))
"""Keys of words for when, of which a measure's time or group tells more."""
_LETTERS = 3
"""Up to which a word tells too little."""


def told_behind(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence of a figure in its place, where the part behind the figure tells, with one of its own, whom or what is asked.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures of one study, looked up.
    """
    if (
        draft.status is not Status.ANSWERED
        or len(ask.studies) != 1
        or not ask.measures
        or ask.has("list", "why")
    ):
        return None
    facts = [f for line in draft.lines for f in line.facts]
    if any(line.verbatim or line.derivation for line in draft.lines) or len({f.passage for f in facts}) != 1:
        return None
    place = desk.selector.places[facts[0].passage]
    if place.locator.kind is not Kind.SENTENCE:
        return None
    quoted = answered([describer.quoting(place)], ask.studies)
    if _THE_OTHERS.search(fold(ask.focus)) and len({f.group for f in facts}) == 1:
        return quoted
    text = fold(place.quote)
    last = max(f.end for f in facts)
    aside = _ASIDE.match(text, last)
    goes_on = _GOES_ON.search(text, aside.end() if aside else last)
    behind = goes_on.end() if goes_on else len(text)
    left = _left_behind(desk, describer, ask, facts, place)
    apart = left and not any(describer.matching.is_in(ask, k, text[:behind]) for k in left)
    if not apart or not all(describer.matching.is_in(ask, k, text[behind:]) for k in left):
        return None
    return quoted if _COUNTED.search(text, behind) else None


def _left_behind(
    desk: Desk, describer: Describer, ask: Ask, facts: Sequence[Fact], place: Passage
) -> list[str]:
    """Keys of the question's words that tell neither what these facts measure, nor their study, time and group."""
    told = {f.attribute for f in facts} | {f.attribute.removeprefix("median_") for f in facts}
    known = {k for k, term in ask.aliases if term in told} | describer.matching.own_names(ask, place)
    known |= desk.vocabulary.scaffold | {
        t.key for text in said_of_all(desk, ask.studies[0]) for t in tokens(text)
    }
    known |= {t.key for f in facts for t in tokens(f"{f.group_label} {f.time_point}")}
    known |= {t.key for t in tokens(" ".join(ask.times))} | _WHEN
    known |= {t.key for label, ids in ask.groups for t in tokens(label) if all(ids <= f.group for f in facts)}
    return [k for k in ask.content if k not in known and len(k) > _LETTERS and k.isalpha()]
