"""Whether a sentence says what a question of yes or no asks, or the opposite, or leaves it open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from assistant import lazy_re as re
from assistant.text.text import fold, tokens
from assistant.vocabulary.wording import any_of

_CLAUSES = re.compile(
    r"[;:]\s+|,?\s+(?:and|but|while|whereas|although|though|whose)\s+(?=(?:(?:is|are|was|were|has|have|now|its?|their|the|this|these|they|use"
    r"|numerous|several|no)\b))|,\s+(?:which|who|while|whereas|although)\s+"
)
"""Where a sentence goes on with something else."""
OPEN = any_of(
    r"\bunder (?:\w+ )?(?:study|investigation|evaluation|development|review|way|discussion)\b",
    r"\b(?:being|still|now|currently|yet to be|remains? to be|must (?:still )?be|to be|needs? to be) (?:\w+ )?"
    r"(?:studied|investigated|evaluated|tested|developed|explored|assessed|verified|confirmed|determined|established|shown|proven)\b",
    r"\bin (?:\w+ )?development\b",
    r"\b(?:is|are) (?:still )?(?:unknown|unclear|uncertain|pending|awaited|lacking)\b",
)
"""Says of something that it has yet to be found out or reached."""
_LIMITED = re.compile(r"\b(?:only|solely|exclusively|sole|alone)\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:only|solely|exclusively|sole|alone|one|single|restricted|limited)\b", re.IGNORECASE
)
_BOUNDED = re.compile(
    r"\b(?:or|and) (?:more|less|higher|lower|fewer|greater|larger|smaller|longer|shorter|better|worse)\b(?! (?:than|in|with)\b)",
    re.IGNORECASE,
)
"""Bounds a figure, and compares nothing: ``10% or more``."""
_RANKED = tuple(
    any_of(p)
    for p in (
        r"\bfirst(?![- ](?:line|cycle|author|course|table))",
        r"\b(?:best|optimal)\b",
        r"\bworst\b",
        r"\b(?:always|every|everyone|everybody|in all (?:patients|cases)|(?<!-)all (?:the |of the )?(?:patients|cases))\b",
        r"\b(?:proven|proved|definitive\w*|guarantee\w*|cur(?:es|ed|ative))\b",
    )
)
"""Claims that a sentence must make itself."""
_ALIKE = re.compile(
    r"\bas (?!well\b|an?\b|the\b|compared\b|first\b|part\b|for\b)\w+ (?:[\w/-]+ ){0,4}?as\b"
    r"|\bas well (?:in|with|on|against|for|among|after) (?:[\w/-]+ ){1,6}?as (?:it|they|in|with|on|against|for|among|after)\b"
    r"|\bequal(?:ly)?\b|\bthe same\b|\bno (?:less|worse|different)\b"
    r"|\bjust as\b|\bidentical\b|\bcomparable\b",
    re.IGNORECASE,
)
_UNLIKE = re.compile(
    r"\b(?:less|more|fewer|greater|higher|lower|better|worse|poorer|inferior|superior)\b", re.IGNORECASE
)
_THAN = re.compile(
    r"\b(?P<way>less|more|fewer|greater|higher|lower|better|worse|poorer)\b[^,;.]*?\bthan\b(?P<other>[^,;.]*)",
    re.IGNORECASE,
)
_LESS = re.compile(r"less|fewer|lower|worse|poorer", re.IGNORECASE)
SENSES = (
    (
        any_of(
            r"\b(?:more|high(?![- ](?:risk|dose|grade))|higher|greater|increas\w+|rais\w+|ris(?:es?|ing)|rose|longer|stronger|larger)\b"
        ),
        any_of(
            r"\b(?:less|low(?![- ](?:risk|dose|grade))|lower\w*|fewer|reduc\w+"
            r"|decreas\w+|diminish\w*|minim\w+|shorter|weaker|smaller|f[ae]ll)\b"
        ),
    ),
    (
        any_of(
            r"\b(?:better|superior|good|excellent|(?<!less )(?:favou?rable|satisf(?:ying|actory)|successful)|outperform\w*)\b"
        ),
        any_of(
            r"\b(?:worse\w*|poor(?:er)?|bad|inferior|dismal|unfavou?rable|unsatisf\w+|disappoint\w+|less (?:favou?rable|successful))\b"
        ),
    ),
    (
        any_of(r"\b(?:unlimited|plent(?:y|iful)|many options|abundant|sufficient|adequate)\b"),
        any_of(r"\b(?:limited|scarce|few options|insufficient|inadequate)\b"),
    ),
    (any_of(r"\b(?:safe|well[- ]tolerated|harmless)\b"), any_of(r"\b(?:unsafe|toxic|poorly tolerated)\b")),
)
"""Words for the two ends of a scale: which way something goes, how good it is, whether there is enough."""
_ACTS = tuple(
    (any_of(asked), any_of(said))
    for asked, said in (
        (
            r"\b(?:stop(?:s|ped|ping)?|discontinu\w+|quit|withdr[ae]w\w*|c[oa]me off|taken off)\b",
            r"\b(?:stop\w*|discontinu\w+|withdr\w+|ceas\w+|terminat\w+|halt\w*|ended?|c[oa]me off|off (?:treatment|therapy|drug))\b",
        ),
        (
            r"\b(?:help(?:s|ed)?|pa(?:y|ys|id) off|ma[dk]e (?:a|any) difference)\b(?! (?:to|from)\b)",
            r"\b(?:help\w*|benefit\w*|improv\w+|better|prolong\w*|superior|advantage|effective\w*|extend\w*|longer|higher|restor\w+)\b",
        ),
        (
            r"\b(?:do|did|does|far(?:e|es|ed)|work(?:s|ed)?|perform(?:s|ed)?|respond(?:s|ed)?)\b[^?,;]*\bas (?:well|good|badly|often) as\b",
            r"\bas\b[^,;]*\bas\b|\b(?:similar\w*|compar\w+|equal\w*|same|alike|indistinguishable|differ\w*|irrespective|regardless|vs\.?"
            r"|versus|better|worse|more|less|fewer|higher|lower|longer|shorter)\b",
        ),
    )
)
"""What is done or compared by words that say little in themselves, each with how a sentence must say so too."""
_TURNED = re.compile(r"\b(?:not|no|never|hardly|without|cannot)\b|n't\b", re.IGNORECASE)


PARTS = re.compile(r"[;:,]\s+|\s+(?:and|but|while|whereas|although)\s+", re.IGNORECASE)
"""Where one part of a sentence ends, so that a denial holds no further."""
DENIAL = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|without|cannot|omitted|abandoned|missed|failed|absent)\b|n't\b",
    re.IGNORECASE,
)
"""Says that something was not so, or was not done."""


def is_denied_of(text: str, keys: Collection[str], more: Collection[str] = ()) -> bool:
    """Whether a sentence denies what a question says of ``keys``: in the part that names them, or in one that alone names what it asks.

    ``Found in seven of the old arm and in none of the new arm`` denies it of the new arm.

    Args:
        text: the sentence.
        keys: keys of the words that the part must name.
        more: keys of the question's further words.
    """
    parts = [(p, frozenset(t.key for t in tokens(p))) for p in PARTS.split(text) if p.strip()]
    denied = [bool(DENIAL.search(part)) for part, _ in parts]
    for place, (_, words) in enumerate(parts):
        others = frozenset[str]().union(*(w for n, (_, w) in enumerate(parts) if n != place))
        if denied[place] and (words & frozenset(more)) - others:
            return True
    return any(d for d, (_, words) in zip(denied, parts, strict=True) if words & frozenset(keys))


_QUALIFIES = re.compile(
    r"\b(?:patients?|those|people|children|adults|in|with(?: and| or)?|than) without\b", re.IGNORECASE
)
"""Tells patients by what they lack, and denies nothing."""


def denies_else(text: str, keys: Collection[str]) -> bool:
    """Whether a sentence denies something only where it names nothing of ``keys``, and names them elsewhere.

    ``More frequent with A, and did not depend on B`` denies nothing of A.
    """
    parts = [
        (_QUALIFIES.sub(" ", p), {t.key for t in tokens(p)}) for p in PARTS.split(fold(text)) if p.strip()
    ]
    denied = [bool(DENIAL.search(part)) for part, _ in parts]
    named = [bool(words & set(keys)) for _, words in parts]
    return any(denied) and any(named) and not any(map(min, denied, named))


_GREATER_WITH = re.compile(
    r"\b(?P<more>more|higher|greater|better|longer|commoner|worse|less|lower|fewer|shorter|rarer)\b(?: (?!than\b)[\w-]+){0,3}?"
    r" (?:with|in|on|under|for|after|among) (?:the )?(?P<whom>[^,;:.()\[\]?]{2,40})",
    re.IGNORECASE,
)
"""Says of whom something is more or less."""


def is_of_other_side(question: str, text: str, sides: Collection[Collection[str]]) -> bool:
    """Whether ``more with A`` is asked where a text says ``more with B``.

    Args:
        question: the question's words.
        text: the sentence.
        sides: keys of the words for each arm.
    """
    asked, said = (
        [(m["more"].lower(), _side(m["whom"], sides)) for m in _GREATER_WITH.finditer(fold(t))]
        for t in (question, text)
    )
    if len(asked) != 1 or not said or -1 in {asked[0][1], *(side for _, side in said)}:
        return False
    return all(more == asked[0][0] and side != asked[0][1] for more, side in said)


def _side(whom: str, sides: Collection[Collection[str]]) -> int:
    """Place of the one side that some words name; -1 for none or several."""
    keys = {t.key for t in tokens(whom)}
    found = [n for n, side in enumerate(sides) if side and set(side) <= keys]
    return found[0] if len(found) == 1 else -1


_SIGNED = re.compile(r"(?P<what>[\w:]+)[ -](?P<sign>negative|positive)\b", re.IGNORECASE)


def is_of_other_sign(question: str, text: str) -> bool:
    """Whether a text tells of ``X-positive`` patients alone where a question asks about ``X negative`` ones."""
    asked, said = (
        {(m["what"].lower(), m["sign"].lower()) for m in _SIGNED.finditer(fold(t))} for t in (question, text)
    )
    named = {what for what, _ in said}
    return any(what in named and (what, sign) not in said for what, sign in asked)


def is_opposite(question: str, text: str) -> bool:
    """Whether a text says the opposite end of a scale that a question names: ``as successful``, ``less successful``."""
    question, text = fold(question), fold(text)
    if _TURNED.search(question) or _TURNED.search(text):
        return False
    if _ALIKE.search(question) and _UNLIKE.search(text) and not _ALIKE.search(text):
        return True
    return any(_end(question, high, low) * _end(text, high, low) == -1 for high, low in SENSES)


_FREED = re.compile(
    r"\b(?:freedom from|free (?:of|from)|stay\w* out of|kept out of|avoid\w*|spared)\b", re.IGNORECASE
)
_FREED_ASKED = re.compile(
    r"\b(?:free|freedom|without|not|no|never|none|nobody|avoid\w*|escap\w+|spared|out of|off)\b|-free\b|n't\b",
    re.IGNORECASE,
)


def is_of_the_freed(question: str, text: str) -> bool:
    """Whether a text counts those who were free of what a question asks about: ``freedom from admission in 14``."""
    return bool(_FREED.search(fold(text))) and not _FREED_ASKED.search(fold(question))


def is_more_than_alike(question: str, text: str) -> bool:
    """Whether a text says that the first of two did better where a question asks if it did as well, which is neither Yes nor No."""
    alike, unlike = _ALIKE.search(fold(question)), _THAN.search(fold(text))
    if alike is None or unlike is None:
        return False
    first, second = (
        {t.key for t in tokens(half)} for half in (question[: alike.end()], question[alike.end() :])
    )
    other = {t.key for t in tokens(unlike["other"])}
    ahead = len(other & first - second) - len(other & second - first)
    return ahead > 0 if _LESS.match(unlike["way"]) else ahead < 0


def is_open(question: str, text: str, keys: Iterable[str], covered: Callable[[str, str], bool]) -> bool:
    """Whether a text leaves open what a question asks: what it says of the rest of it is still under study.

    Args:
        question: the question's words.
        text: the sentence.
        keys: keys of the words of the question that must be covered.
        covered: whether a part of the sentence covers a key.
    """
    if OPEN.search(fold(question)):
        return False
    parts = [p for p in _CLAUSES.split(fold(text)) if p.strip()]
    firm = [p for p in parts if not OPEN.search(p)]
    left = [p for p in parts if OPEN.search(p)]
    wanted = [k for k in keys if not any(covered(k, p) for p in firm)]
    return bool(firm) and any(covered(k, p) for k in wanted for p in left)


def is_narrower(question: str, text: str) -> bool:
    """Whether a question asks of one thing alone (``only``), or of the first or best, what a text does not so limit."""
    question, text = fold(question), fold(text)
    limited = bool(_LIMITED.search(question)) and not _LIMITS.search(text)
    if limited or any(p.search(question) and not p.search(text) for p in _RANKED):
        return True
    if lacks_act(question, text):
        return True
    return any(_end(question, high, low) and not _end(text, high, low) for high, low in SENSES[1:])


def lacks_act(question: str, text: str) -> bool:
    """Whether a question asks if something was stopped, helped or did as well, of which a text says nothing."""
    return any(asked.search(question) and not said.search(text) for asked, said in _ACTS)


def _end(text: str, high: re.Pattern[str], low: re.Pattern[str]) -> int:
    """1 where a text names the upper end of a scale alone, -1 the lower, 0 neither or both."""
    text = _BOUNDED.sub(" ", text)
    return bool(high.search(text)) - bool(low.search(text))
