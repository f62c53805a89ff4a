"""Whether a passage is of the kind a question asks for: a reason, a way of doing, a number, a span."""

from __future__ import annotations

from functools import lru_cache

from assistant import lazy_re as re
from assistant.model import Passage
from assistant.question.reader import Ask
from assistant.text.excerpt import figures
from assistant.text.reasons import gives_reason
from assistant.text.text import NUMBER_WORDS, fold, key_of

GAIN = 0.08
"""What a passage gains by being of the kind asked for."""
PER_FIGURE = 0.01
"""What it loses for each figure where none is asked, up to five."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{p})" for p in patterns), re.IGNORECASE)


_WORDS = "|".join(NUMBER_WORDS)
_FATE_ASKED = _any(r"\bwhat (?:happened (?:to|with)|became of|befell)\b", r"\bhow did .{3,60}\bend up\b")
_COUNT_ASKED = _any(r"\bhow (?:many|much|often|frequent)", r"\b(?:percentage|proportion|share|fraction) of\b")
_NUMBER = re.compile(rf"(?<![\w-])\d|\b(?:{_WORDS})\b", re.IGNORECASE)
"""A number that is no part of a name."""
_QUANTITY_ASKED = _any(
    r"\bhow many (?:patients|people|children|adults|participants|subjects|cases|of (?:them|these|those))\b",
    r"\b(?:what|which) (?:exact |precise |actual )?(?:percentage|per ?cent|%|proportion|share|fraction|figure)s?"
    r"(?: of| is| was| were|\W|$)",
    r"\bput a (?:number|figure|percentage) (?:on|to)\b",
)
"""Asks for a quantity, and for nothing that words might tell."""
_QUANTITY = re.compile(
    rf"(?<![\w-])(?:\d|(?:{_WORDS}|no|none|nobody|half|third|quarter|all|every\w*|each|most|both|single|once|twice|not|never|NR|NE|N/A)\b)",
    re.IGNORECASE,
)
"""A number that is no part of a name, or a word for one."""
_PLACE_ASKED = _any(
    r"\b(?:which|what|name the|in what) (?:city|town|country|venue|hospital|hotel)\b",
    r"^\W*(?:city|town|country|venue)\b",
    r"\bwhere\b.*\b(?:held|take place|took place|based|located|convened?)\b",
)
_PLACE = re.compile(r"\b(?:in|at|from|of) (?:the )?(?!Table|Abstract|Study)[A-Z][a-z]{2,}")
"""Names a place, or might."""
_THINGS = re.compile(
    r"\bhow many (?:\w+ )?(hours|days|weeks|months|years|cycles|courses|doses|infusions|injections|mice|animals|tablets)\b",
    re.IGNORECASE,
)
"""Asks for a number of something that a text must name."""
_FIGURE_ASKED = _any(
    r"\bhow (?:many|much|often|long|large|big|high|low|old|frequent\w*|common|quick\w*|soon|fast)\b",
    r"\b(?:what|which) (?:exact |precise |actual )?(?:percentage|per ?cent|%|proportion|share|fraction|number|rate|figure)\b",
    r"\bput a (?:number|figure|percentage) (?:on|to)\b",
    r"\brates?\b",
    r"\b(?:percentage|proportion|share|fraction|number) of\b",
)
_YEAR_ASKED = _any(
    r"\b(?:what|which) (?:calendar )?(?:year|date)\b",
    r"^\W*when\b(?![^,]*,.*\b(?:how|what|which|who|why|is|are|was|were|did|do|does|can)\b)",
    r"\bsince when\b",
    r"\b(?:date|year) of\b",
    r"\w+ date\b",
    r"\b(?:approval|publication|completion|start|launch) year\b",
)
_SHARE_ASKED = _any(
    r"\b(?:percentage|proportion|share|fraction|slice)\b", r"\b(?:what|which|how many) (?:per ?cent\b|%)"
)
_SHARE = _any(
    r"%",
    r"\bper\s?cent\b",
    r"\b(?:half|third|quarter|most)\b",
    r"\d+ (?:of|out of) (?:the )?\d+",
    r"\d+/\d+",
)
_RESULT_ASKED = re.compile(
    r"\bwhat (?:was|were|is) (?:the |its |their )?(?:[\w/-]+ ){0,5}?"
    r"(?:scores?|mortality|incidence|prevalence|risk|survival|rates?|OS|[A-Z]{1,4}FS)\b(?! (?:assess|defin|measur))",
    re.IGNORECASE,
)
"""Asks for a result that is a figure."""
_RESULT = _any(
    r"(?<![\w-])\d[\d.,]*(?!\d)(?!\s*(?:[-\u2013]|to\s)?\s*\d*\s*(?:days?|weeks?|months?|years?)\b)",
    rf"\b(?:{_WORDS}|no|none|not|never|nobody|similar|higher|lower|better|worse|median)\b",
)
"""Gives one, or says that there was none."""
_SCORE_ASKED = re.compile(r"\bwhat (?:was|were) (?:the |their )?(?:[\w/-]+ ){0,5}?scores?\b", re.IGNORECASE)
_DIGIT = re.compile(r"(?<![\w-])\d(?!\d*\s*(?:days?|weeks?|months?|years?)\b)")
_SPAN_ASKED = _any(r"\bhow (?:quick\w*|soon|fast|long)\b", r"\btime to\b")
_SPAN = _any(rf"\b(?:[\d.]+|{_WORDS})[ -](?:hour|day|week|month|year|cycle)s?\b")
_COUNTED_NOUN = re.compile(
    r"\bhow many (?:other |different |more |of the |of these |of )?(?P<noun>(?:[\w-]+ ){0,3}?[\w-]+?)"
    r"(?=\s*(?:\?|,|$)| (?:was|were|is|are|did|do|does|had|has|have|took|per|in|of|from|on|with|at|for|there|each|that|who)\b)",
    re.IGNORECASE,
)
_PEOPLE = _any(
    r"^(?:patients?|people|participants?|subjects?|adults?|children|men|women|cases|pts|ppl|recipients?|responders?)$"
)
_LASTING = re.compile(r"\bhow long\b(?! (?:after|before|ago)\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNITS_OF_TIME = frozenset({"hours", "days", "weeks", "months", "years"})
_MONEY_ASKED = _any(
    r"\b(?:what|which) (?:is|was|were|are) the (?:list |net )?(?:price|cost)s? (?:of|per|for)\b",
    r"^\W*(?:price|cost)s? (?:of|per|for)\b",
    r"\bhow much (?:do|does|did|is|was|would) .{0,60}\bcosts?\b",
    r"\bwhat (?:do|does|did|would) .{0,60}\bcost\b",
)
_MONEY = _any(r"[$\u20ac\u00a3\u00a5]\s?\d", r"\d[\d.,]*\s?(?:dollars|euros?|pounds|yen|yuan|USD|EUR|GBP)\b")
_METHOD_ASKED = _any(r"\bhow (?:is|are|was|were|did|do|does)\b")
_METHOD = _any(
    r"\b(?:measured|assessed|graded|determined|judged|made|generated|obtained|derived|given|detected|prevented|avoided"
    r"|done) (?:\w+ )?(?:by|with|from|in|as)\b",
    r"\bby \w+ing\b",
    r"\b(?:using|used|with the help of|means of|source of)\b",
)
_CAUSE_OF_DEATH_ASKED = _any(
    r"\bwhat (?:did|had|have|has)\b[^?]*\bdied?\W*(?:of|from)?\W*$",
    r"\b(?:of|from) what (?:did|had)\b[^?]*\bdied?\b",
    r"\bwhat killed\b",
)
_CAUSE_OF_DEATH = _any(
    r"\b(?:die[ds]?|dying|deaths?|succumb\w*|lost|mortality)\b[^.;]*?"
    r"\b(?:of|from|to|by|after|with|due|caus\w+|attribut\w+|relat\w+|because|owing)\b",
    r"\b(?:fatal\w*|lethal\w*|kill\w*)\b",
    r"\b(?:caus\w+|related|attribut\w+|due|owing)\b[^.;]*\b(?:deaths?|died)\b",
    r"\b(?:deaths?|died)\b[^.;]{0,20}[:(]",
)
_TARGET_ASKED = re.compile(
    r"\bwhat (?:does|do|did) [^?]{2,40} (?:target|bind|hit)\b(?! (?:dose|date|population))|\btargets? of (?!(?:the )?(?:study|trial))"
    r"|\bwhat(?:'s| is| was) (?:its|the) target\b(?! (?:dose|date|population))",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?<!on-)(?<!off-)\btarget(?:s|ing)?\b|\btargeted against\b|\b(?:directed|active) (?:against|at)\b|\banti-?[A-Z]"
    r"|\b(?:bind|inhibit|block)\w*|-(?:directed|targeted|targeting|specific)\b|\bbispecific\b|[A-Z]\w+\s?[×x/]\s?[A-Z]\w*\d"
)
"""What an agent is aimed at; ``targeted agents`` and ``on-target`` effects tell of none."""
_NEEDS = (
    (_TARGET_ASKED, _TARGET),
    (_CAUSE_OF_DEATH_ASKED, _CAUSE_OF_DEATH),
    (_COUNT_ASKED, _NUMBER),
    (_PLACE_ASKED, _PLACE),
    (_YEAR_ASKED, _YEAR),
    (_SHARE_ASKED, _SHARE),
    (_SPAN_ASKED, _SPAN),
    (_RESULT_ASKED, _RESULT),
    (_SCORE_ASKED, _DIGIT),
    (_MONEY_ASKED, _MONEY),
)
"""What a question asks for, and what a text must then hold."""
_DOSE = re.compile(r"\s*(\d+(?:\.\d+)?)\s?(?:[x×]\s?10|(?:mg|g|[µμ]g|mcg|IU)\b)")
_NONE = _any(
    r"^(?:there (?:was|were) no|no|none|neither|nobody)\b",
    r"\bwere no\b",
    r"\bno (?:cases?|patients?|events?) ",
)
_TAKEN_FOR_GRANTED = _any(
    r"\bhow (?:come|did|do|was|were|long did)\b", r"\bwhy\b", r"\bwhen did\b", r"\bwhich patients\b"
)
_UP = _any(
    r"\b(?:worse\w*|more|higher|increas\w+|rais\w+|ris(?:e|es|ing)|rose|aggravat\w+|exacerbat\w+|boost\w*)\b"
)
_DOWN = _any(r"\b(?:lower\w*|reduc\w+|decreas\w+|fall\w*|fell|minim\w+|prevent\w*|avoid\w*|diminish\w*)\b")

_A_THING = re.compile(
    r"\b(?:which|what) (?:of (?:the|its|their|these|those) )?"
    r"(?:(?:one|two|three|four|five|other|very|single|(?:kind|sort|type)s? of|main|side|blood|surface|lab|new|survival"
    r"|\w+-[\w-]+|[\w-]+(?:ic|al|ing|ed|ive|ous|ar|ary))\s+){0,3}"
    r"(?P<noun>(?!(?:has|have|had|is|are|was|were|did|do|does|of|the|an?|its|their|this|that|these|those|it|they)\b)[^\W\d_][\w-]+)"
    r"(?![\w-]| (?:trial|stud(?:y|ies)|abstract|arm|group)s?\b)"
    r"|\bname (?:all |the |its |their |every |each )*(?P<named>(?!(?:all|the|its|their|every|each)\b)[^\W\d_][\w-]+)"
    r"(?![\w-]| (?:[\w-]+ )?(?:trial|stud(?:y|ies)|abstract|arm|group)s?\b)",
    re.IGNORECASE,
)
"""Asks for something by what it is called: ``which pathogens``, ``what kind of model``."""
_A_WAY = re.compile(
    r"\b(?:why|how come|what for|to what end|in what way|by what means)\b|\b(?:for|to|from|with|by|of|against|on|in) (?:what|which|whom)\b"
    r"|\b(?:what|who) (?:[a-z]+(?:ed|t)|made|led|drove|is|are|was|were|did|does|do|had|has|have)\b"
    r"|\bhow (?:do|does|did|is|are|was|were|can|could) (?!(?:many|much|often|long)\b)",
    re.IGNORECASE,
)
"""Asks for a cause, a way or whatever something does."""
_CAUSED = re.compile(
    r"\b(?:why|how come|reasons?|causes?|caused|what for|what made|led to|predict\w*|foret\w+|explain\w*|ascri\w+|attribut\w+|put down"
    r"|in common|killed|limit\w*|capped)\b",
    re.IGNORECASE,
)
"""Asks for what lies behind a figure."""
_UTMOST = re.compile(r"\b(?:most|least|best|worst|\w{3,}est|first|last|top|rank\w*)\b", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_EVENTS = frozenset(
    key_of(w)
    for w in (
        "effect toxicity event complication grade endpoint reaction symptom sign measure parameter problem aspect thing patient "
        "people"
    ).split()
)
"""Keys of nouns for what measures count, and for whom."""
_CHOSEN = frozenset({"dose", "level", "schedule"})
"""Keys of nouns for what is chosen in words (``which dose was taken further``)."""
_FIGURE_NOUNS = frozenset(
    key_of(w)
    for w in (
        "rate rates percentage percent per proportion share fraction slice number numbers count counts figure figures value "
        "values ratio hazard risk incidence frequency probability odds chance median mean average range interval age ages time "
        "date year years month months week weeks day days duration length follow size score survival response responses remission "
        "result results outcome outcomes data phase study studies trial trials abstract abstracts poster posters report reports "
        "paper papers reference references journal title author authors arm arms group groups identifier registration difference "
        "gain dose doses level period span part extent degree long many much about row column cell table section one ones page pages "
        "volume issue id ids"
    ).split()
)
"""Keys of nouns for figures, studies and places, which a look-up answers."""


def asks_thing(ask: Ask) -> bool:
    """Whether a question asks for something told in words (``which infections``, ``for what reasons``), and for no figure."""
    cause = bool(_CAUSED.search(ask.focus))
    if _FIGURE_ASKED.search(ask.focus) or (_RESULT_ASKED.search(ask.focus) and not cause):
        return False
    if ask.wants or ask.times or ask.translated or ask.has("count_studies", "summary", "reference"):
        return False
    if ask.has("compare", "difference", "conflict") and not cause:
        return False
    if ask.has("max", "min") and _UTMOST.search(ask.focus):
        return False
    if noun := _noun(ask):
        choice = key_of(noun) in _CHOSEN and bool(_WHICH.search(ask.focus))
        return choice or not (key_of(noun) in _FIGURE_NOUNS or noun.isupper())
    looked_up = ask.measures or ask.families or ask.characteristics
    return bool(_A_WAY.search(ask.focus)) and (cause or not looked_up)


def named_thing(ask: Ask) -> str:
    """The noun of a thing asked for by it (``which gene …``) that is told in words and is no event of a measure; "" for none."""
    noun = _noun(ask)
    own = {key for key, term in ask.aliases if term in ask.measures}
    plain = (
        noun and key_of(noun) not in own | _EVENTS and noun.islower() and not _FIGURE_ASKED.search(ask.text)
    )
    return noun if plain and asks_thing(ask) else ""


def _noun(ask: Ask) -> str:
    """The noun after the last ``which``, ``what`` or ``name the`` of a question; "" where none is."""
    asked = list(_A_THING.finditer(ask.focus))
    return (asked[-1]["noun"] or asked[-1]["named"]) if asked else ""


def asks_figures(ask: Ask) -> bool:
    """Whether a question asks for a figure, or holds one."""
    return bool(ask.values) or _asks_figures(ask.focus)


@lru_cache(maxsize=256)
def _asks_figures(question: str) -> bool:
    return bool(_FIGURE_ASKED.search(question) or _RESULT_ASKED.search(question))


def asks_fate(ask: Ask) -> bool:
    """Whether a question asks what became of some: each of them then counts."""
    return bool(_FATE_ASKED.search(ask.focus))


def tells_way(text: str) -> bool:
    """Whether a text says how something is done or comes about."""
    return bool(_METHOD.search(text)) or is_causal(text)


def is_causal(text: str) -> bool:
    """Whether a text gives a reason."""
    return gives_reason(text)


def is_possible(ask: Ask, text: str) -> bool:
    """Whether a text holds the year, number, share or span asked for, and the question's own figures."""
    text = fold(text)
    if not all(held.search(text) for held in _needed(ask.focus)) or not _counts(ask.focus, text):
        return False
    return all(re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", text) for n in _own_numbers(ask))


@lru_cache(maxsize=256)
def _needed(question: str) -> tuple[re.Pattern[str], ...]:
    """What a text must hold to be possible: it is the same for all passages beside one question."""
    needs = [held for asked, held in _NEEDS if asked.search(question)]
    if things := _THINGS.search(question):
        needs.append(re.compile(rf"\b{things[1].lower()[:-1]}", re.IGNORECASE))
    return tuple(needs)


def _own_numbers(ask: Ask) -> set[str]:
    """The question's own figures."""
    own = {v.text for v in ask.values if v.unit in {"", "%", "patients"} and re.search(r"\d", v.text)}
    numbers = {re.sub(r"[^0-9.]", "", n) for n in own | set(ask.years)}
    return numbers | {m[1] for v in ask.values if v.unit == "amount" and (m := _DOSE.match(v.text))}


def quantity_asked(ask: Ask) -> str:
    """The words that ask for a quantity (``how many animals``); "" where none is asked."""
    for pattern in (_MONEY_ASKED, _THINGS, _LASTING, _QUANTITY_ASKED):
        if match := pattern.search(ask.focus):
            return match[0].strip(" ?.,")
    return ""


def gives_quantity(ask: Ask, text: str) -> bool:
    """Whether a text holds a quantity of the kind that a question asks for; True where it asks for none."""
    text = fold(text)
    if _MONEY_ASKED.search(ask.focus):
        return bool(_MONEY.search(text))
    things = _THINGS.search(ask.focus)
    unit = things[1].lower() if things else ""
    if unit in _UNITS_OF_TIME or _LASTING.search(ask.focus):
        return bool(_SPAN.search(text) or _YEAR.search(text)) or not re.search(r"\d", text)
    if unit:
        return bool(re.search(rf"\b{unit[:-1]}", text, re.IGNORECASE) and _NUMBER.search(text))
    return not _QUANTITY_ASKED.search(ask.focus) or bool(_QUANTITY.search(text))


@lru_cache(maxsize=256)
def _counted(question: str) -> str:
    """The noun that ``how many …`` counts; "" for none, or for people."""
    match = _COUNTED_NOUN.search(question)
    noun = match["noun"].split()[-1] if match else ""
    return "" if len(noun) < 4 or _PEOPLE.match(noun) else noun


def _counts(question: str, text: str) -> bool:
    """Whether a text that names what ``how many …`` counts has a number of it; True for what it does not name."""
    noun = _counted(question)
    stem = re.escape(noun[: max(4, len(noun) - 2)])
    if not noun or not re.search(rf"\b{stem}", text, re.IGNORECASE):
        return True
    number = rf"(?:\d[\d.,]*|\b(?:{_WORDS}|no|none|both|single|several))"
    return bool(
        re.search(rf"{number}\s?%?\)?,?\s+(?:[\w()/-]+\s+){{0,6}}{stem}", text, re.IGNORECASE)
        or re.search(rf"\b{stem}\w*\W+(?:[\w-]+\W+){{0,3}}{number}", text, re.IGNORECASE)
    )


def gain(ask: Ask, passage: Passage) -> float:
    """What a passage gains by being of the kind asked for: a way of doing, a reason, few figures."""
    found = GAIN * bool(_METHOD_ASKED.search(ask.focus) and _METHOD.search(passage.text))
    found += GAIN * (ask.has("why") and is_causal(passage.text))
    if not asks_figures(ask):
        found -= PER_FIGURE * min(figures(passage.quote), 5)
    return found


def is_denied(ask: Ask, text: str) -> bool:
    """Whether a text says that what a question takes for granted did not happen, or went the other way."""
    none = not ask.has("yes_no") and _TAKEN_FOR_GRANTED.search(ask.focus) and _NONE.search(text)
    return bool(none) or (ask.has("why") and _is_opposed(ask.focus, text))


def _is_opposed(question: str, text: str) -> bool:
    asked, said = _direction(question), _direction(text)
    return bool(asked and said and asked != said)


def _direction(text: str) -> str:
    """``up``, ``down``, or "" where a text says neither or both."""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    return "" if up == down else "up" if up else "down"
