"""What a sentence says besides of those it counts: that they went on, came off a drug, died, got well again."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import tokens


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


_GOT_WELL = _any(
    r"resolv\w+|recover(?:s|ed|y|ing)?\b|revers(?:ed|ible|ing)\b|disappear\w*|subsid\w+|cleared|went away"
)
_OF_ALL = re.compile(
    r"\b(?:(?P<none>none|neither)|all|both|each|every (?:one|case))\b(?=(?P<rest>[^.;:,]*))", re.IGNORECASE
)
"""Goes on about every one of those just counted."""
_ANYONE = re.compile(r"\b(?:any|anyone|anybody|some|someone|somebody)\b", re.IGNORECASE)
_EVERYONE = re.compile(
    r"case|episode|event|every\w*|eventual\w*|complete\w*|full\w*|again|patient|completely"
)
_OTHERWISE = re.compile(r"\b(?:stay|remain|persist|not|without|un\w+ed|ir\w+ible|or)\b", re.IGNORECASE)


def all_got_well(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``Yes:`` or ``No:`` with the study's sentence on an event that says that all, or none, got well again; else None.

    Only of an event that a part of the sentence before these words names: ``A occurred in five, all of whom recovered``.
    """
    if len(ask.studies) != 1 or len(ask.measures) != 1 or not ask.has("yes_no") or ask.has("why", "compare"):
        return None
    event = desk.vocabulary.term(ask.measures[0]).kind == "event"
    asked = _GOT_WELL.search(ask.focus)
    if not event or ask.groups or ask.grade or not asked:
        return None
    denied = bool(_DENIED.search(ask.focus[: asked.start()]))
    if denied and not _ANYONE.search(ask.focus):
        return None
    found = []
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        for part in re.split(r";(?! all| both| none)", passage.text):
            all_ = [
                m
                for m in _OF_ALL.finditer(part)
                if _GOT_WELL.search(m["rest"]) and not _OTHERWISE.search(m["rest"])
            ]
            if all_ and _events(desk, part[: all_[0].start()]) == set(ask.measures):
                found.append((passage, all_[0]))
    if len(found) != 1:
        return None
    passage, said = found[0]
    line = describer.quoting(passage)
    known = {t.key for p in desk.review.passages if ask.studies[0] in p.studies for t in tokens(p.text)}
    known |= {key for key, _ in ask.aliases} | {t.key for t in tokens(asked[0])}
    if not ask.strange and all(k in known or _EVERYONE.fullmatch(k) for k in ask.content):
        line = replace(line, text=f"{'No' if bool(said['none']) != denied else 'Yes'}: {line.text}", facts=())
    return replace(answered([line], ask.studies), told=True, accounted=True)


def _events(desk: Desk, text: str) -> set[str]:
    """The events that a text names."""
    named = {i for m in desk.review.reader.matchers.measures.find(tokens(text)) for i in m.ids}
    return {i for i in named if desk.vocabulary.term(i).kind == "event"}


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
