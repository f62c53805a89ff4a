"""Studies in which nobody had something, in one form: ``Is there a trial where nobody died?`` is ``Which trials saw zero deaths?``."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re

_NOUN = r"(?P<noun>stud(?:y|ies)|trials?|abstracts?|posters?|reports?|papers?|presentations?|series)"
_SOME = r"(?:any|some|an?|one|even one|(?:even |at least )?(?:a single|one)|actually any)"
_OPENS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|well|please|now|just)\W+)*"
    rf"(?:(?:is|are|was|were) there (?:{_SOME} )?|(?:did|does|do|has|have|had|was|were|is|are|in) {_SOME} |(?:any|some) "
    rf"|(?:in |for )?(?:which|what) )"
    rf"(?:of (?:the|these|those|all|its)(?: \w+)? )?(?P<of>(?:(?!which\b|where\b|whom\b)[\w/-]+ ){{0,3}}?){_NOUN}\b",
    re.IGNORECASE,
)
"""Asks for studies at the beginning."""
_PEOPLE = r"(?:patients?|participants?|subjects?|recipients?|one|persons?|people|child(?:ren)?|adults?)"
_NOBODY = (
    rf"(?:nobody|no-?one|none(?: of (?:the|its|them|their|these)(?: {_PEOPLE})?)?|(?:no|not (?:a single|one|any)"
    rf"|zero) {_PEOPLE}(?: at all)?)"
)
_FATES = {
    "relapses": r"relapse[ds]?|ha(?:d|s|ve) a relapse|recur(?:red|s)?",
    "deaths": r"die[ds]?|dying|passed away|lost (?:\w+ )?lives|was lost",
    "progression": r"progress(?:ed|es)?",
    "discontinuations": r"discontinue[ds]?|stopped (?:the )?(?:treatment|therapy|drug)",
}
_FATE = "|".join(f"(?P<{name}>{said})" for name, said in _FATES.items())
_HAD = r"(?:had|has|have|having|develop(?:ed|s)?|experience[ds]?|suffer(?:ed|s)?(?: from)?|got|get|show(?:ed|s)?|with)"
_EVENT = r"(?P<event>[^?.,;:]+)"
_NOBODY_DID = re.compile(
    rf"\b{_NOBODY}(?: (?:who|that))?(?: (?:ever|actually|later|subsequently|had|has|have|was|were))*\s+(?:(?:{_FATE})\b|{_HAD} {_EVENT})",
    re.IGNORECASE,
)
_NEVER_DID = re.compile(
    rf"\b(?:never|(?:did|do|does|ha[sd]) ?(?:not|n[o']t))\s+(?:(?:{_FATE})\b)", re.IGNORECASE
)
_WITH_NONE = re.compile(
    r"\b(?:without(?: (?:any|a single|even one))?|(?:with|had|have|has|having|gave|gives?|used|uses?|tested|saw|sees?"
    r"|seen|observed|recorded"
    r"|there (?:was|were)|where|which)"
    r" (?:no|zero|not (?:a single|one|any))|free (?:of|from)|(?:did|do|does) ?(?:not|n[o']t) (?:see|have|record|observe)(?: any| a single)?"
    rf"|lacking(?: any)?) {_EVENT}",
    re.IGNORECASE,
)
_TOLD_NONE = re.compile(
    r"^(?: that| which)? (?:report|give|provide|state|mention|show)(?:s|ed)? no (?P<what>[^?.,;:]+?)\W*$"
    r"|^ (?:without(?: any)?|with no|that (?:has|have) no) (?P<data>[^?.,;:]+? (?:data|figures?|results?|values?|rates?|estimates?))\W*$",
    re.IGNORECASE,
)
"""Asks for what is not told, and not for what did not happen."""
_TAIL = re.compile(
    r"\s+(?:at all|whatsoever|in (?:it|them|its patients|their patients|any patients?)|among \w+ patients|(?:was|were|is|are|has been"
    r"|have been) (?:seen|reported|observed|recorded|noted|documented|found)|occurred|happened)\s*$",
    re.IGNORECASE,
)


_HARM = re.compile(
    r"^\s*(?:the |their )?(?:treatment|therapy|drugs?)?\s*(?:because of|due to|owing to|for"
    r"|on account of) (?:any )?(?:toxicity|adverse events?|side effects?)",
    re.IGNORECASE,
)
"""Behind a treatment that was stopped, why."""


_GIVES = re.compile(
    r" (?:gave|gives?|report(?:s|ed)?|reach(?:es|ed)?|ha[ds]|have|show(?:s|ed)?|used?|did)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:an?|the|any) ", re.IGNORECASE)


def none_seen(text: str, kind_of: Callable[[str], str]) -> str:
    """``text``, where it asks for studies that saw none of an event, as ``Which studies saw zero deaths?``; else as it is.

    Those without a row's value are asked for as ``Which studies have no study period?``, those without a drug as those that
    ``did not use`` it.

    Args:
        text: a question.
        kind_of: what words name: an ``event`` that befalls patients, a ``row`` of a table, a ``drug``; "" for anything else.
    """
    opened = _OPENS.match(text)
    if opened is None:
        return text
    rest = text[opened.end() :]
    whose = f"Which {opened['of'] or ''}{_plural(opened['noun'].lower())}"
    if (untold := _TOLD_NONE.match(rest)) is not None:
        return f"{whose} report no {untold['what'] or untold['data']}?"
    found = next((m for p in (_NOBODY_DID, _NEVER_DID, _WITH_NONE) if (m := p.search(rest))), None)
    if found is None or _HARM.sub("", rest[found.end() :]).strip(" ?.!"):
        return text
    fates = found.groupdict()
    event = next((name for name in _FATES if fates.get(name)), "") or (fates.get("event") or "").strip()
    event = _TAIL.sub("", _TAIL.sub("", event))
    if _GIVES.search(event):
        return text  # "with no A gave OS"
    if kind_of(event) == "event":
        return f"{whose} saw zero {event}?"
    thing = _ARTICLE.sub("", event)
    asked = {"row": f"{whose} have no {thing}?", "drug": f"{whose} did not use {thing}?"}
    return asked.get(kind_of(thing), text)


def _plural(noun: str) -> str:
    """The plural of a noun for a study."""
    if noun == "series":
        return noun
    return "studies" if noun in {"study", "studies"} else f"{noun.rstrip('s')}s"
