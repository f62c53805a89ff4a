"""A statement beside a sentence of the review: the same words in the same order, denied or not alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.sources import Sources
from assistant.check.words import ANTONYMS, NEGATION, NEUTRAL
from assistant.telling.wordmatch import family
from assistant.text.text import NUMBER_WORDS, Token

_LIGHT = frozenset(
    "cell need require necessary made used call name known product technology approach".split()
)
_LEAST = 2
"""Content words that a statement must share with a sentence to be judged by it."""


_FEW, _SLACK = 5, 3
"""Content words of a statement whose order need not be the sentence's, and others that may stand among them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word as it compares: its key, its end of a scale, and whether it is denied."""

    key: str
    axis: str = ""
    sign: int = 0
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """How a statement stands to a passage."""

    share: float
    """Of the statement's content words, those that stand in the passage in the same order."""
    n_words: int
    agrees: bool
    """Whether no word that matched is denied, or turned into its opposite, in one of the two only."""
    inverted: bool
    """Whether exactly that happened."""
    numbers_between: bool = False
    """Whether a number that the statement has not stands among the words that matched."""


def content(
    words: Sequence[Token], skipped: frozenset[str] = frozenset(), *, once: bool = False
) -> list[Word]:
    """The content words of ``words`` in order, with ``once`` each once; a negation denies the word after it."""
    found: list[Word] = []
    denied = last_denied = False
    for token in words:
        if token.key in NEGATION:
            denied, last_denied = not (denied and last_denied), True
            continue
        last_denied = False
        axis, sign = ANTONYMS.get(token.key, ("", 0))
        number = str(NUMBER_WORDS[token.key]) if token.key in NUMBER_WORDS else ""
        neutral = token.key in NEUTRAL and not axis
        if not number and (
            neutral or token.key in skipped or token.key in _LIGHT or not token.text[0].isalnum()
        ):
            continue
        capitals = len(token.text) > 1 and token.text.isupper()  # ALL is a disease, all are everyone
        word = Word(number or (token.text if capitals else token.key), axis, sign, denied)
        if not once or number or all(w.key != word.key for w in found):
            found.append(word)
        denied = False
    if denied:  # "was not": what is denied is no word that compares
        found.append(Word("not", denied=True))
    return found


def matched(statement: Sequence[Word], passage: Sequence[Word], sources: Sources) -> Match:
    """How far ``statement`` is what ``passage`` says."""
    pairs = _aligned(statement, passage, sources)
    flipped = [a for a, b in pairs if (a.denied != b.denied) != (a.axis == b.axis != "" and a.sign != b.sign)]
    share = len(pairs) / len(statement) if statement else 0.0
    own = {w.key for w in statement}
    numbered = any(w.key[0].isdigit() for w in statement)
    places = [k for k, w in enumerate(passage) if any(w is b for _, b in pairs)]
    among = passage[places[0] : places[-1] + 1] if places else ()
    foreign = numbered and any(w.key[0].isdigit() and w.key not in own for w in among)
    return Match(share, len(pairs), not flipped, len(flipped) == 1, foreign)


def _aligned(a: Sequence[Word], b: Sequence[Word], sources: Sources) -> list[tuple[Word, Word]]:
    """The longest common subsequence, as pairs."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            if alike(a[i], b[j], sources):
                table[i][j] = table[i + 1][j + 1] + 1
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if alike(a[i], b[j], sources):
            pairs.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def alike(a: Word, b: Word, sources: Sources) -> bool:
    """Whether two content words may stand for one another."""
    if a.key == b.key:
        return True
    if a.key.isdigit() or b.key.isdigit():
        return False
    if a.axis and a.axis == b.axis:
        return True
    return family(a.key) == family(b.key) or sources.synonymous(a.key, (b.key,))


def windowed(statement: Sequence[Word], passage: Sequence[Word], sources: Sources) -> bool:
    """Whether a few words stand close together in a passage, in whatever order, none graded or denied."""
    if not 2 <= len(statement) <= _FEW or any(w.axis or w.denied or w.key.isdigit() for w in statement):
        return False
    size = len(statement) + _SLACK
    for start in range(max(1, len(passage) - len(statement) + 1)):
        window = passage[start : start + size]
        if any(w.denied or w.axis for w in window):
            continue
        if all(any(alike(a, b, sources) for b in window) for a in statement):
            return True
    return False


def enough(match: Match) -> bool:
    """Whether a statement is judged by that passage."""
    return match.share >= 0.999 and match.n_words >= _LEAST
