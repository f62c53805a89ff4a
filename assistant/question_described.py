"""Studies named by describing them: ``the big German programme``, ``the two first-line studies``, ``the one that took children``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from assistant import lazy_re as re
from assistant.question_evidence import is_labelled, weight_of
from assistant.text import NUMBER_WORDS

_NOT_IN_IT = (
    r"(?!(?:of|in|for|with|from|to|by|at|on|after|before|during|under|until|since|within|into|over|upon"
    r"|was|were|is|are|be|been|did|does|do|had|has|have|who|which|that|what|how|than|or|vs|versus|among|between|any|each|every|all|no|other|another|same|first|second|third|fourth|last|latter|former|previous|next|these|those|this|both|whole"
    r"|entire|present|current|following|if|when|where|whose|as|per|a|an|the|and|please|there|it|not|take|look|about|review|letter|most|least"
    r"|\w{3,}est|best|worst|own|only|single|right|wrong|original|initial|earlier|our|my|clinical)\s)"
)
_MODIFIERS = rf"(?:{_NOT_IN_IT}[\w/+&.<>\u2264\u2265=-]*\w[\w/+-]*,?\s+)"
_HEADS = (
    r"(?:stud(?P<y>y)|trial|abstract|poster|presentation|report|paper|series|cohort|program(?:me)?|registry|experience|effort"
    r"|successor|sequel|counterpart|one|product)"
)
_BEFORE = (
    r"(?P<det>\b(?:the|that|this|its|their|your)\s+"
    r"|^\W*(?:and\s+|or\s+|but\s+|for\s+|in\s+|what about\s+)?|[,;:(]\s*"
    r"|\b(?:in|of|for|from|behind|by|and|versus|vs\.?|with|beside|against)\s+)"
)
_NOT_BEHIND = r"(?!\s+(?:of (?:these|those|them|the)|size|period|design|phase|agents?|drugs?|office|nurse|name|number|site|arm)\b)"
_SINGLE = re.compile(
    rf"{_BEFORE}(?P<mod>{_MODIFIERS}{{0,7}}?)(?P<head>{_HEADS})(?:'s)?\b{_NOT_BEHIND}(?!-)", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s*(?:that|which|who|whose|where|in which|in whom|with|of|in|from|on|for|by|given|using|run|done|conducted|without)\b[^,;:?!()]*",
    re.IGNORECASE,
)
"""What follows the noun and describes it, too."""
_MANY = r"(?:studies|trials|abstracts|posters|presentations|reports|papers|series|cohorts|programmes|registries|products|ones)\b"
_SEVERAL = re.compile(
    rf"\b(?P<n>two|three|four|five|both|[2-5])\s+(?:of\s+)?(?:the\s+|these\s+)?(?P<mod>{_MODIFIERS}{{1,6}}?){_MANY}",
    re.IGNORECASE,
)
_POOL = re.compile(
    r"\b(?:of|among|amongst|between|from|within|across|in|out of)\s+(?:all\s+)?(?:(?:of\s+)?the\s+|these\s+)?"
    r"(?:(?P<n>two|three|four|five|six|seven|[2-7])\s+)?"
    rf"(?P<mod>{_MODIFIERS}{{1,6}}?){_MANY}(?P<behind>\s+(?:of|in|with|from|on)\s+[^,;:?!()]{{3,40}})?",
    re.IGNORECASE,
)
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
_ASIDE = re.compile(r"\s*\([^()]*\)")
_TELLING, _APART = 1.0, 0.9
"""Bits from which on a description tells a study, and tells it from the next."""
_EPSILON = 1e-9
_ARTICLES = frozenset({"the", "that", "this", "its", "their", "your"})
_HARD = ("size:", "age:", "people:", "design:")
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


def singular(text: str, asks: Callable[[str], bool]) -> Iterator[Phrase]:
    """The descriptions of one study in ``text``, in order, without those that only rank it.

    Args:
        text: the text.
        asks: whether words name an outcome, which is asked for and describes nothing.
    """
    for match in _SINGLE.finditer(text):
        behind = _BEHIND.match(text, match.end())
        if behind and asks(behind[0]):
            behind = None
        pointing = match["det"].strip().lower() in _ARTICLES
        words = match["mod"].split()
        kept = next((i for i in range(len(words)) if not asks(" ".join(words[i:]))), len(words))
        mods = " ".join(words[kept:])
        bare = not mods or match["head"].lower() == "one"
        if (bare and not pointing) or not (mods or behind) or (kept and pointing):
            continue
        end = _past_aside(text, behind.end() if behind else match.end())
        start = match.start("head") - len(mods) - bool(mods)
        if _RANKED.search(text[start:end]):
            continue
        kin = bool(_KIN.search(text[start : match.end()]))
        yield Phrase(text[start:end].strip(), 1, match.start() if pointing else start, end, kin)


def plural(text: str) -> Iterator[Phrase]:
    """The descriptions of a stated number of studies in ``text``."""
    for match in _SEVERAL.finditer(text):
        yield Phrase(
            match["mod"].strip(), _number(match["n"]), match.start("mod"), _past_aside(text, match.end())
        )


def _past_aside(text: str, end: int) -> int:
    """Where a bracket that stands at ``end`` closes: ``the two studies (A versus B)``."""
    aside = _ASIDE.match(text, end)
    return aside.end() if aside else end


def pools(text: str) -> Iterator[Phrase]:
    """``of the three studies in children``: the studies among which some are asked for."""
    for match in _POOL.finditer(text):
        said = match["mod"] + (match["behind"] or "")
        if not _RANKED.search(said):
            yield Phrase(said.strip(), _number(match["n"] or ""), match.start("mod"), match.end())


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
