"""Whether a sentence that gives each of several things to others of its own gives what a question asks about to another."""

from __future__ import annotations

from collections.abc import Collection

from assistant import lazy_re as re
from assistant.telling.verdict_words import BRACKETS
from assistant.text.text import fold, tokens

_MEMBERS = re.compile(r"\s*[,;]\s*|\s+(?:or|and|while|whereas|versus|vs\.?|but)\s+", re.IGNORECASE)
_TO = re.compile(r"\s(?:in|for|to|among)\s", re.IGNORECASE)


def is_of_another(text: str, given: Collection[str], whom: Collection[str]) -> bool:
    """Whether ``A in X-mutated or B in Y-mutated patients`` gives a thing to others than those asked about, and to these another.

    Args:
        text: the sentence.
        given: keys of the name of the thing.
        whom: keys of the words for the patients.
    """
    if not given or not whom:
        return False
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for part in _MEMBERS.split(BRACKETS.sub("", fold(text))):
        if (to := _TO.search(part)) is None:
            continue
        thing = [t.key for t in tokens(part[: to.start()])][-len(given) :]
        pairs.append((frozenset(thing), frozenset(t.key for t in tokens(part[to.end() :]))))
    own = [words for thing, words in pairs if set(given) <= thing]
    if len(own) != 1:
        return False
    others = [words for thing, words in pairs if not set(given) & thing]
    return any(k in words and k not in own[0] for k in whom for words in others)
