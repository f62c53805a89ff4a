"""What a sentence says besides of those it counts: that they went on, came off a drug, died, got well again."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.describe import Describer


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_FATES = (
    (
        _any(
            r"stop\w*|discontinu\w+|quit|withdr\w+|c(?:a|o)me off|go(?:ne)? off|interrupt\w+|halt\w*|ceas\w+|give up|gave up"
        ),
        _any(r"continued|went on|kept|resum\w+|maintained|re-?exposed|restarted"),
    ),
    (
        _any(r"die[ds]?\b|fatal\w*|death\w*|lethal|killed|succumb\w*"),
        _any(r"surviv\w+|alive|none of them fatal|no deaths"),
    ),
    (
        _any(
            r"resolv\w+|recover\w*|revers\w+|disappear\w*|subsid\w+|went away|go away|regain\w*|get well|got well|improv\w+|normal\w*"
        ),
        _any(r"persist\w+|irreversible|permanent\w*|unresolved|ongoing"),
    ),
    (_any(r"hospitali[sz]\w+|admitted"), _any(r"outpatients?|at home")),
    (
        _any(r"severe|serious|grade (?:3|4|III|IV)|high[- ]grade"),
        _any(r"mild|grade 1|grade 2|grades? (?:I|1)\b|low[- ]grade"),
    ),
    (_any(r"respond\w*|responses?\b"), _any(r"non-?respond\w+|refractory|no response")),
    (
        _any(r"relaps\w+|recur\w+|came back|come back"),
        _any(r"relapse-free|remained in remission|still in remission"),
    ),
)
"""What may befall patients, and its opposite."""
_DENIED = re.compile(r"\b(?:no(?:ne)?|not|never|without|neither|nobody)\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE)


_OF_THEM = re.compile(r"\b(?:of|among) (?:these|them|those|whom|which)\b[^;:]{0,60}", re.IGNORECASE)
"""Goes on about those just counted."""


def said_beside(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``Yes:`` or ``No:`` with the sentence that counts those asked about, where it says what befell them; else None.

    Asked how many of them it befell, the sentence alone.
    """
    counts = ask.wants == "count" and bool(ask.groups)
    if not ask.places or not (ask.has("yes_no") or counts) or ask.has("why") or len(ask.studies) != 1:
        return None
    asked = next((fate for fate in _FATES if fate[0].search(ask.focus)), None)
    if asked is None:
        return None
    own = [desk.selector.places[p] for p in ask.places if p in desk.selector.places]
    for passage in own:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        verdict = ""
        if counts:
            if any(asked[0].search(m[0]) for m in _OF_THEM.finditer(passage.text)):
                return replace(answered([describer.quoting(passage)], ask.studies), told=True)
            continue
        if asked[1].search(passage.text):
            rest = asked[0].search(asked[1].sub(" ", passage.text))
            verdict = "" if rest else "No"  # some had the one and some the other: the figures tell
        elif (same := asked[0].search(passage.text)) is not None:
            verdict = "No" if _DENIED.search(passage.text[: same.start()]) else "Yes"
        if verdict:
            line = describer.quoting(passage)
            return replace(
                answered([replace(line, text=f"{verdict}: {line.text}", facts=())], ask.studies), told=True
            )
    return None
