"""Studies named by describing them: ``the big German programme``, ``the two first-line studies``, ``the one that took children``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from assistant import lazy_re as re
from assistant.question.evidence import is_labelled, weight_of
from assistant.text.text import NUMBER_WORDS

_HEAD = re.compile(
    r"\b(?:study|trial|abstract|poster|presentation|(?<!study )(?<!trial )(?<!paper )(?<!abstract )(?<!poster )report"
    r"|paper|series|cohort|program(?:me)?|registry|experience|effort"
    r"|successor|sequel|counterpart|one|product)(?:'s)?\b(?!-)"
    r"(?!\s+(?:of (?:these|those|them|the (?:two|three|four|five|six|seven|eight|nine|ten|\d|latter|former|other|others|same|first"
    r"|second|last|review|letter"
    r"|paper|table|group|authors?|stud(?:y|ies)|trials?|abstracts)\b)|size|period|design|phase|agents?|drugs?|office|nurse|name|number|site|arm)\b)",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:studies|trials|abstracts|posters|presentations|reports|papers|series|cohorts|programmes|registries|products|ones)\b",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"the", "that", "this", "its", "their", "your"})
_OPEN = frozenset(
    "any each every all no which what other another same first second third fourth last latter former previous next these those both whole "
    "entire present current following own only single right wrong original initial earlier our my whose how most least clinical a an "
    "best worst".split()
)
"""Words before a noun for studies after which it describes none, or one that is pointed to in another way."""
_BOUNDS = frozenset(
    "of in for with from to by at on after before during under until since within into over upon behind beside against was were is are be "
    "been did does do had has have who that than or vs vs. versus among amongst between across out if when where as per and but please "
    "there it not take look about review letter".split()
)
"""Words that no description of a study goes on before."""
_AMONG = frozenset({"of", "among", "amongst", "between", "from", "within", "across", "in", "out"})
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "both", "2", "3", "4", "5", "6", "7"})
_MOST_WORDS = 7
_ANOTHER = (
    r"\s+(?:or\s+(?:in\s+|of\s+|that\s+of\s+)?the\b|(?:and|versus|vs\.?|than|with)\s+(?:what\s+|which\s+)?(?:in\s+|of\s+|from\s+|that\s+of\s+)?"
    r"(?:the|that)\s+(?:[\w/-]+\s+){{0,2}}?(?:study|trial|abstract|one|series|registry|report|paper|poster)\b)"
)
"""Goes on to the next study."""
_GOES_ON = rf"(?:(?!{_ANOTHER}){{stop}}[^,;:?!().]|\.(?=\d))*"
_DID = (
    r"(?!(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s+(?:enroll?ed|recruited|had|has|was|were|is|are|did|reached|showed|found|reported|lasted|ran|exceeded"
    r"|comprised|involved)\b)"
)
"""What a study did tells no more of which it is."""
_BEHIND = re.compile(
    r"\s*(?:(?:that|which|who|whose|where|(?:of|in|from|with|for) (?:which|whom|whose)|given|using|run|done|conducted|without)\b"
    + _GOES_ON.format(stop="")
    + r"|(?:with|of|in|from|on|for|by)\b"
    + _GOES_ON.format(stop=_DID)
    + ")",
    re.IGNORECASE,
)
"""What follows the noun and describes it, too, up to what it is weighed against."""
_OF_PEOPLE = re.compile(
    r"\b(?:patients|adults|children|people|those|participants|recipients|grown-?ups|kids|men|women|ones) (?:of|in|from"
    r"|on) (?:the |that |this )?$",
    re.IGNORECASE,
)
"""Stands before a study whose patients are told by what follows it."""
_WHO = re.compile(r"\s*(?:who|whose)\b", re.IGNORECASE)
_SOME_OF_THEM = re.compile(r"\s*(?:for|among|amongst)\s+(?:those|the\s+ones)\b", re.IGNORECASE)
"""Behind a study it tells a part of its patients."""
_OF_WHOM = re.compile(r"\s+(?:of|in|with|from|on)\s+[^,;:?!()]{3,40}", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:in\s+)?which\s+(?:one\s+|study\s+|trial\s+|abstract\s+|product\s+)?of\s+(?:the\s+|all\s+)?(?:them|these|those|two|three|four|five|listed|above)"
    r"(?:\s+(?:studies|trials|abstracts|posters|products|ones|listed|above))?\b(?P<told>[^?;]*)"
    r"|^\W*(?:and\s+|so\s+)?which\s+(?:one|study|trial|abstract|product)\b(?P<told2>[^?;]*)",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:(?!rest|test|interest|request|west|guest|latest\b)\w{2,}est|most|least|best|worst|more|fewer|better|worse|higher|lower|larger"
    r"|bigger|smaller|longer|shorter|fewest)\b",
    re.IGNORECASE,
)
"""Ranks, and describes no study by itself."""
_KIN = re.compile(
    r"\b(?:successor|sequel|counterpart|follow-?(?:up|on) (?:study|trial)|sister (?:study|trial))\b",
    re.IGNORECASE,
)
"""A study that does again what another one did."""
_OF_ALL_KINDS = re.compile(
    r"\b(?:which|what|any|each|every)\s+(?:[\w-]+\s+){1,3}(?:or|and)\s+$", re.IGNORECASE
)
"""Before a noun for studies it leaves open which is meant: ``in which A or B cohort``."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
_TELLING, _APART = 1.0, 0.9
"""Bits from which on a description tells a study, and tells it from the next."""
_EPSILON = 1e-9
_HARD = ("size:", "age:", "people:", "design:", "table:")
"""Evidence that a table's cell settles, so that no other piece of it outweighs it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A description of studies within a text."""

    text: str
    n: int
    """How many studies it means; 0 where it does not say."""
    start: int
    end: int
    kin: bool = False
    """Whether it means a study like the one spoken of."""


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun for studies with the words that describe it."""

    words: tuple[re.Match[str], ...]
    """The words before it, in order."""
    det: str
    """The word before these, in small letters; "" at the beginning or behind punctuation."""
    number: str
    """The number word between them; "" for none."""
    ahead: tuple[str, ...]
    """The two words before article and number, in small letters."""
    start: int
    end: int


def _nouns(text: str, heads: re.Pattern[str]) -> Iterator[_Noun]:
    """The nouns of ``text`` that ``heads`` finds, each with the words before it."""
    for head in heads.finditer(text):
        before = list(re.finditer(r"\S+", text[: head.start()]))
        words: list[re.Match[str]] = []
        while before and len(words) < _MOST_WORDS:
            word = before[-1][0].lower()
            closed = word[-1] in ",;:.?!)" or not re.search(r"\w", word)
            if closed or word in _ARTICLES | _OPEN | _BOUNDS | _NUMBERS:
                break
            words.insert(0, before.pop())
        said = [w[0].lower() for w in before[-4:]]
        if said and said[-1][-1] in ",;:.?!)":
            said = []
        number = said.pop() if said and said[-1] in _NUMBERS else ""
        det = said[-1] if said else ""
        ahead = said[:-1] if det in _ARTICLES | {"these", "all"} else said
        yield _Noun(tuple(words), det, number, tuple(ahead[-2:]), head.start(), head.end())


def singular(text: str, asks: Callable[[str], bool]) -> Iterator[Phrase]:
    """The descriptions of one study in ``text``, in order, without those that only rank it.

    Args:
        text: the text.
        asks: whether words name an outcome, which is asked for and describes nothing.
    """
    for noun in _nouns(text, _HEAD):
        behind = _BEHIND.match(text, noun.end)
        if behind and (asks(behind[0]) or _SOME_OF_THEM.match(behind[0])):
            behind = None
        first = noun.words[0].start() if noun.words else noun.start
        if behind and _WHO.match(behind[0]) and _OF_PEOPLE.search(text[:first]):
            behind = None  # "the adults of the A trial who were transplanted"
        pointing = noun.det in _ARTICLES
        bare = not noun.words or text[noun.start : noun.end].lower() == "one"
        if (bare and not pointing) or not (noun.words or behind) or noun.number or noun.det in _OPEN:
            continue
        starts = [*(w.start() for w in noun.words), noun.start]
        if _OF_ALL_KINDS.search(text[: starts[0]]):
            continue
        kept = next((s for s in starts if not asks(text[s : noun.start])), noun.start)
        if kept > starts[0] and (pointing or kept == noun.start):
            continue
        end = behind.end() if behind else noun.end
        if not _RANKED.search(text[kept:end]):
            start = text.rfind(" ", 0, starts[0] - 1) + 1 if pointing else kept
            yield Phrase(text[kept:end].strip(), 1, start, end, bool(_KIN.search(text[kept : noun.end])))


def plural(text: str) -> Iterator[Phrase]:
    """The descriptions of a stated number of studies in ``text``."""
    for noun in _nouns(text, _MANY):
        if noun.number and noun.words:
            start = noun.words[0].start()
            said = text[start : noun.start].strip()
            yield Phrase(said, _number(noun.number), start, _past_aside(text, noun.end))


def _past_aside(text: str, end: int) -> int:
    """Where a bracket that stands at ``end`` closes: ``the two studies (A versus B)``."""
    aside = _ASIDE.match(text, end)
    return aside.end() if aside else end


def pools(text: str) -> Iterator[Phrase]:
    """``of the three studies in children``: the studies among which some are asked for."""
    for noun in _nouns(text, _MANY):
        if not noun.words or not {noun.det, *noun.ahead} & _AMONG:
            continue
        start, behind = noun.words[0].start(), _OF_WHOM.match(text, noun.end)
        said = text[start : noun.start] + (behind[0] if behind else "")
        if not _RANKED.search(said):
            yield Phrase(said.strip(), _number(noun.number), start, behind.end() if behind else noun.end)


def of_them(text: str) -> Phrase | None:
    """``which of them was retrospective?``: what tells one of the studies spoken of."""
    match = _WHICH.search(text)
    told = (match["told"] or match["told2"] or "").strip() if match else ""
    return (
        Phrase(told, 1, match.start(), match.end()) if match and told and not _RANKED.search(told) else None
    )


def _number(word: str) -> int:
    word = word.lower()
    return 2 if word == "both" else int(NUMBER_WORDS.get(word, word or "0"))


def fitting(found: Mapping[str, Collection[str]], pool: Sequence[str], n: int) -> tuple[str, ...]:
    """The ``n`` studies of ``pool`` that the evidence tells clearly from the rest; none where it does not.

    A piece of evidence counts by how few studies have it, in bits; what is more than a word must hold of each.
    A size, an age or a design leaves only the studies that have it.

    Args:
        found: evidence, each piece with the studies that have it.
        pool: the studies that may be meant.
        n: how many are.
    """
    hard = [k for k in found if k.startswith(_HARD)]
    within = [s for s in pool if all(s in found[k] for k in hard)]
    sized = [k for k in hard if not k.startswith("design:")]
    if hard and len(within) == n and sized:
        return tuple(within)
    held = {k: frozenset(s for s in within if s in studies) for k, studies in found.items()}
    firm = [studies for k, studies in held.items() if is_labelled(k)]
    if not all(firm) or len(within) < n:
        return ()
    bits = {
        s: sum(log2(len(pool) / len(h)) * weight_of(k) for k, h in held.items() if s in h) for s in within
    }
    ordered = sorted(within, key=lambda s: -bits[s])
    chosen = ordered[:n]
    if not all(set(chosen) <= studies for studies in firm):
        return ()
    if len(within) == n:
        return tuple(within) if firm or len(held) > 1 else ()
    clear = bits[chosen[-1]] >= _TELLING - _EPSILON
    apart = bits[chosen[-1]] - bits[ordered[n]] >= _APART - _EPSILON
    return tuple(s for s in within if s in chosen) if clear and apart else ()


def having_all(found: Mapping[str, Collection[str]], pool: Sequence[str]) -> tuple[str, ...]:
    """The studies of ``pool`` with every piece of evidence that is more than a word, or else with every word."""
    firm = [studies for k, studies in found.items() if is_labelled(k)] or list(found.values())
    return tuple(s for s in pool if firm and all(s in studies for studies in firm))
