"""The words by which a text gives a reason, a cause or an end: ``because``, ``owing to``, ``after X, Y was cut``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import NUMBER_WORDS

_NUMBER = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})"
_ACTED = (
    r"(?:reduced|cut|lowered|halved|shortened|raised|increased|extended|added|stopped|closed|halted|suspended|withdrawn|dropped"
    r"|omitted|amended|changed|modified|adapted|replaced|limited|restricted|capped|introduced|made mandatory|excluded|delayed|split)"
)
"""What is done on purpose, and so has a reason."""
_PURPOSE = (
    r"(?:avoid|prevent|reduce|limit|allow|permit|enable|minimi[sz]e|ensure|spare|forestall|mitigate|lower|lessen|decrease|diminish|curb"
    r"|maximi[sz]e|improve|enhance|increase|raise|boost|achieve|attain|maintain|preserve|keep|protect|restore|overcome|circumvent|withstand"
    r"|eliminate|eradicate|deplete|remove|counter\w*|address|shorten|simplify|facilitate|speed|accelerate|delay|postpone|guard|rule out"
    r"|help|compensate|account for|adjust for|test whether|assess whether|see whether|exploit|target)\b"
)
_MARKERS = {
    "because": r"because|owing to|due to|on account of|in view of|in light of|thanks to|by reason of|on (?:the )?grounds (?:of|that)",
    "since": r"(?<=, )since(?! (?:then|when|that|the (?:start|approval|introduction|last|first)|\d))|(?:^|(?<=; ))since(?= .*,)",
    "as": (
        r", as(?=\s(?:the|its|their|these|those|this|most|many|few|fewer|all|both|it|they|no|\w+(?:s|es|ion|ity|ance|ence))\s+"
        r"(?:[\w-]+\s+){0,6}?(?:is|are|was|were|had|has|have|can|could|may|might|would|did|do|does|became|rose|fell|\w+ed)\b)"
    ),
    "given": (
        r"given (?:the(?! (?:combination|drugs?|dose|antibody|treatment|vehicle|placebo|triplet|doublet|same|full|agent|regimen|first"
        r"|second|higher|lower)\b)|its|their|that)|considering (?:the|its|their|that)"
    ),
    "of": (
        r"(?:attribut|ascrib)\w+ (?:[\w-]+ ){0,4}?to|put (?:[\w-]+ ){0,3}?down to|ow(?:ed|es) (?:\w+ )?to|account(?:s|ed) for by"
        r"|explained (?:\w+ )?by"
        r"|(?:result|stem|ar)(?:s|ed|ising|ises|ose|ing|e)?\s(?:(?:above all|mainly|mostly|largely|chiefly|primarily) )?from|as a result of"
        r"|(?:was|were|is|are) the (?:main |chief )?(?:cause|reason)"
        r"|caused (?:\w+ )?by|consequences? of|result of|driven (?:\w+ )?by|prompted by|triggered by|reflect(?:s|ed|ing)?(?= )"
        r"|(?:stopped|halted|closed|terminated|discontinued|withdrawn|suspended|abandoned|ended|dropped|interrupted) (?:\w+ "
        r")?(?:for|over|on) "
        r"(?!\d|the\b|an?\b|all\b|both\b|day|week|cycle|study)[a-z]+"
        r"|on the (?:advice|recommendation|grounds?) of|for lack of|for want of|blamed? (?:\w+ )?on"
    ),
    "reason": r"reasons?|explanations? (?:lies|lay|may|might|is|was|for)|the cause of",
    "end": (
        r"in order|so as to|so that|(?<!able )(?<!failed )(?<!fails )(?<!likely )(?<!unlikely )(?<!expected )(?<!shown "
        r")(?<!known )(?<!seemed )"
        rf"(?<!appeared )(?<!found )(?<!needed )(?<!tended )(?<!continued )(?<!potential )(?<!ability )to {_PURPOSE}"
    ),
    "meant": r"(?:meant|thought|believed|intended|designed|supposed|assumed|hoped) to",
    "hence": (
        r"therefore|thus|thereby|hence|consequently|accordingly|as a result(?! of)|which is why|(?:had )?led to|leads to|which led"
        r"|led (?:the|its) \w+ to|prompt(?:ed|ing)|makes? it|an? (?:\w+ ){0,3}target"
    ),
}
_REASONS = {
    name: re.compile(rf"(?:\b|(?=,))(?:{said})(?!\w)", re.IGNORECASE) for name, said in _MARKERS.items()
}
_AFTER = re.compile(
    rf"^(?:After|Following|In response to|With)\s(?!(?:an?\s)?(?:median|mean|follow)|\d|the (?:first|second|last) )[^,]*,"
    rf"\s(?:[^,.;]*?\s)?(?:(?:was|were|had been|has been)\s(?:\w+ )?{_ACTED}|became|fell|rose|dropped|declined|improved)\b"
)
"""``After infections in the first patients, the dose was cut``."""
_PARTED = re.compile(
    rf"\b(?:{_NUMBER} (?:of (?:them|these|whom) )?(?:for|because of|due to|owing to|from|of)\s(?!\d|the\b|whom|them|these|those|which))"
    rf"|\b{_NUMBER}\s(?:(?:had|were|was) (?!(?:grade|any|positive|negative|seen|reported|observed|available|evaluable))"
    rf"|refused|died|withdrew|declined|progressed|relapsed|stopped)\b|\b{_NUMBER} to (?!\d|the\b)[a-z]+ (?!(?:{_NUMBER})\b)"
    rf"|\b(?:because of|due to|owing to|from|for) [^,;.()]{{3,50}} in \d+\b|, [^,;.()]{{3,40}} in \d+(?= |,)",
    re.IGNORECASE,
)
"""One part of a number told by its reason: ``thirteen for relapse``, ``twelve had died``."""
_FEWEST_PARTS = 2
_TOWARDS = frozenset({"hence"})
_LOOSE = frozenset({"parts", "meant"})
"""Kinds that give a reason only where one is looked for."""


def reasons_in(text: str) -> frozenset[str]:
    """The kinds of words for a reason that a text holds; none where it gives no reason."""
    found = {name for name, pattern in _REASONS.items() if pattern.search(text)}
    if _AFTER.search(text):
        found.add("after")
    if len(_PARTED.findall(text)) >= _FEWEST_PARTS:
        found.add("parts")
    return frozenset(found)


def only_follows(text: str) -> bool:
    """Whether a text but draws a consequence, of what must have been said before it."""
    return reasons_in(text) <= _TOWARDS


def gives_reason(text: str) -> bool:
    """Whether a text gives a reason in so many words."""
    return bool(reasons_in(text) - _LOOSE)
