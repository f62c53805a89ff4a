"""How a thing was given or watched over, what its authors admit or advise: the study's sentence that says just that.

Each kind of question has words of its own and a sentence that answers it has others: ``how was it given?`` a route or a
rhythm, ``what do they admit?`` a limit. The sentence with most of them is taken, and none without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer, is_named
from assistant.text.excerpt import excerpt
from assistant.text.text import fold, tokens


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_EVERY = (
    r"(?:every (?:other |second |third )?(?:\w+ )?(?:hours?|days?|weeks?|months?|cycles?|visits?)|(?:twice |once "
    r"|three times )?(?:daily|weekly|monthly)"
    r"|(?:once|twice) an? (?:day|week|month)|(?:at|in) \w+(?:ly)? intervals|each (?:day|week|month|cycle)|per (?:day|week"
    r"|cycle)|on days? \d)"
)
_HOW = r"\b(?:how(?! many\b)|in what way|in which way|by (?:what|which) route)\b"
_AUTHORS = r"(?:authors?|investigators?|researchers?|reviewers?|trialists?|study|review|they|team)"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of question, and the words of the sentences that answer it."""

    asked: re.Pattern[str]
    needed: re.Pattern[str]
    """What a sentence must hold."""
    more: re.Pattern[str]
    """What it may hold besides; the more the better."""
    of_drug: bool = False
    """Whether it must name the drug that the question names, itself or in the sentence before."""


_LIMITS = _Kind(
    _any(
        rf"\b(?:limitations?|caveats?|weakness(?:es)?|shortcomings?|drawbacks?)\b"
        r"|\bwhat (?:limits|restricts|weakens|hampers|tempers|qualifies|undermines) (?:the |this |our |its )?"
        r"(?:interpretation|conclusions?|value|validity|generali[sz]\w+|evidence|findings|comparisons?|results|data)\b"
        rf"|\bwhat (?:do|does"
        rf"|did) (?:the )?(?:[\w-]+ )?{_AUTHORS} (?:themselves )?(?:admit|concede|acknowledge|caution|warn)\b"
    ),
    _any(
        r"\b(?:limit(?:ations?|ed by)|caveats?|weakness\w*|shortcomings?|drawbacks?|acknowledg\w+|conced\w+|admit\w*"
        r"|caution\w*|warn\w*|confound\w+|underpowered|could not be (?:excluded|ruled out)|not (?:powered|designed) to"
        r"|call(?:s|ed)? for (?:restraint|prudence)|hypothesis-generating|selection bias|missing data)\b"
    ),
    _any(
        r"\b(?:limitations?|caveats?|confound\w+|could not be (?:excluded|ruled out)|acknowledg\w+|conced\w+|admit\w*"
        r"|caution\w*|retrospective|short follow-up|small|restraint|prudence|hypothesis-generating|selection|missing data"
        r"|single-arm|authors?|investigators?)\b"
    ),
)
_KINDS = (
    _Kind(
        _any(
            rf"{_HOW} .*\b(?:given|administered|dosed|delivered|applied|taken|infused|injected|scheduled|titrated|dispensed)\b"
            r"|\bhow (?:do|does|did) (?:the )?(?:patients?|people|children|adults|they|one|you) (?:get|take|receive)\b"
            r"|\b(?:route|mode|way|schedule) of (?:administration|giving|delivery|dosing)\b|\b(?:dosing|administration) schedule\b"
        ),
        _any(
            rf"\b(?:given|administered|dosed|inject\w+|infus\w+|oral(?:ly)?|subcutaneous\w*|intravenous\w*|intrathecal\w*"
            rf"|started at|received|added|step-up|(?:target|total|starting) doses? (?:of|was|were)|(?:the|a) doses? (?:of"
            rf"|was|were)|split|{_EVERY})\b"
        ),
        _any(
            rf"\b(?:inject\w+|infus\w+|oral(?:ly)?|subcutaneous\w*|intravenous\w*|intrathecal\w*|by mouth|{_EVERY}"
            rf"|thereafter|step-up|until|through cycle|cycles?|escalated|split|doses?)\b|\d\s?(?:mg|µg|μg|g|× ?10)\b"
        ),
        of_drug=True,
    ),
    _Kind(
        _any(
            r"\bhow .*\b(?:monitored|followed(?: up)?|watched|checked|surveyed|tracked|kept an eye on|under surveillance)\b"
            r"|\bwhat (?:kind of |sort of )?(?:monitoring|surveillance|follow-up (?:visits|scheme|schedule)|checks)\b"
            r"|\bhow often .*\b(?:checked|examined|monitored|seen|tested)\b"
        ),
        _any(
            rf"\b(?:examin\w+|monitor\w+|assess\w+|measur\w+|check\w*|surveillance|sampled|tested|followed|repeated|imag\w+"
            rf"|scan\w*|biops\w+)\b.*\b{_EVERY}\b"
        ),
        _any(rf"\b(?:{_EVERY}|marrow|blood|imaging|by \w+ ?\w*(?:metry|graphy|PCR)|monitor\w+)\b"),
    ),
    _LIMITS,
    _Kind(
        _any(
            rf"\bwhat (?:do|does|did) (?:the )?(?:[\w-]+ ){{0,3}}{_AUTHORS} (?:of [\w-]+ )?(?:themselves )?(?:recommend"
            rf"|propose|suggest|advise|conclude|argue|call for|advocate)\b"
            rf"|\bwhat (?:is|was) (?:recommended|proposed|suggested|advised|concluded) by the {_AUTHORS}\b"
        ),
        _any(
            rf"\b{_AUTHORS}\b(?: \w+)? (?:recommend|propos|suggest|advis|conclud|argu|call|advocat)\w*\b|\b(?:was|were|is"
            rf"|are|has been|have been) (?:\w+ )?(?:recommended|proposed|advised|advocated)\b"
        ),
        _any(r"\b(?:recommend|propos|suggest|advis|conclud|argu|advocat)\w*|\bshould\b"),
    ),
)
_OF_LIMITS = frozenset({"limitations", "authors"})
_WEAK = _any(
    r"\b(?:small|uncontrolled|single-arm|short|immature|retrospective|non-?randomi[sz]ed|heterogen\w+|confound\w+|selected"
    r"|few (?:patients|trials|studies)|underpowered|no control|lack\w*|head-to-head|caution\w*|limit(?:ations?|ed by)|caveats?)\b"
)
"""Words for what makes evidence weak."""
_GOES_ON = _any(r"\b(?:it|they|both|the (?:drug|agent|product|antibody|combination|regimen|cells))\b")
"""Goes on about the drug named before."""
_JOINED = _any(r"[+±/]|\b(?:vs|versus|with|and|or|plus)\b")
_MOST_WORDS = 0.5
_PER_WORD = 0.3


def of_manner(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence of the one study named that tells the manner, the limit or the advice asked for; None without one."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated or ask.unheard
    if (
        refused
        or len(ask.studies) != 1
        or not (is_named(ask) or ask.described)
        or ask.measures
        or ask.has("yes_no", "why", "max", "min")
    ):
        return None
    kind = next((k for k in _KINDS if k.asked.search(ask.focus)), None)
    if kind is None:
        return None
    best = _best(desk, describer, ask, kind)
    if best is None:
        return None
    wanted = kind.more.findall(fold(best.text))
    part = excerpt(
        best.text,
        lambda p: len(kind.more.findall(fold(p))) >= len(wanted) and bool(kind.needed.search(fold(p))),
    )
    return replace(answered([describer.quoting(best, part)], ask.studies), told=True)


def of_limits(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What the review itself says of the limits of the evidence, or a decline; None where not asked, or of one study."""
    asked = _LIMITS.asked.search(ask.focus)
    refused = (
        ask.advice or ask.injected or ask.named.missing or ask.translated or ask.named.names or ask.studies
    )
    if asked is None or refused or ask.measures or set(ask.characteristics) - _OF_LIMITS:
        return None
    found = []
    for n, passage in enumerate(desk.review.passages):
        if passage.locator.kind is not Kind.SENTENCE or passage.studies:
            continue
        text = fold(passage.text)
        weak = len({m.lower() for m in _WEAK.findall(text)})
        if weak > 1 or (_LIMITS.needed.search(text) and weak):
            found.append((weak, n, passage))
    if found:
        return replace(answered([describer.quoting(max(found, key=lambda f: f[:2])[2])]), told=True)
    return replace(declined("The review does not speak of limitations of the studies."), told=True)


def _best(desk: Desk, describer: Describer, ask: Ask, kind: _Kind) -> Passage | None:
    """The sentence that says most of it, the first of equals; None where none says it of what is asked about."""
    led = describer.led
    own = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE
        and (p.studies[:1] == ask.studies or led.get(p.id) == ask.studies[0])
    ]
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    asked = {t.key for m in (kind.asked.search(ask.focus),) if m for t in tokens(m[0])}
    words = [k for k in ask.content if k not in named and k not in desk.vocabulary.scaffold]
    others = [k for k in words if k not in asked or describer.matching.rarity(k) <= _MOST_WORDS]
    drugs = [{t.key for t in tokens(n.text)} for n in ask.named.of("agent")]
    agents = desk.selector.reported(ask.studies[0], "agents")
    alone = bool(agents) and not any(
        _JOINED.search(f.value) for f in agents
    )  # "the dose" is that of its one drug
    if alone and not any(
        kind.needed.search(fold(p.text)) and _names(drugs, own, n) for n, p in enumerate(own)
    ):
        drugs = []
    found = []
    for n, passage in enumerate(own):
        text = fold(passage.text)
        if not kind.needed.search(text) or (kind.of_drug and drugs and not _names(drugs, own, n)):
            continue
        told = len({m if isinstance(m, str) else m[0] for m in kind.more.findall(text)})
        score = told + _PER_WORD * sum(describer.matching.covers(ask, k, passage) for k in others)
        found.append((score, -n, passage))
    best = max(found, key=lambda f: f[:2], default=None)
    return best[2] if best is not None and best[0] >= 1 else None


def _names(drugs: Sequence[set[str]], own: Sequence[Passage], at: int) -> bool:
    """Whether a sentence names a drug, or the one before it does and it goes on about that (``added it, as an injection``)."""
    held = {t.key for t in tokens(own[at].text)}
    if any(d <= held for d in drugs):
        return True
    before = {t.key for t in tokens(own[at - 1].text)} if at else set()
    return any(d <= before for d in drugs) and _GOES_ON.search(own[at].text) is not None
