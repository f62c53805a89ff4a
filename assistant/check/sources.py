"""What a review says of each study, in words: the words a statement may use without having to be judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.check.normal import in_digits
from assistant.corpus.corpus import Review
from assistant.model import Kind, Passage
from assistant.names.model import squeeze
from assistant.telling.wordmatch import family
from assistant.text.text import Token, fold, tokens

_JOINED = re.compile(r"\s(?:\+|plus)\s")
"""Between two treatments that are given together."""
_WORDS = (Kind.SENTENCE, Kind.CELL)


class Sources:
    """The passages of a review by study, with their words.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.passages = {p.id: p for p in review.passages}
        self._of: dict[str, list[Passage]] = {study: [] for study in ("", *(s.id for s in review.studies))}
        for passage in review.passages:
            if passage.locator.kind in _WORDS:
                for study in passage.studies[:1] or ("",):
                    self._of.setdefault(study, []).append(passage)
        self._keys: dict[str, frozenset[str]] = {}
        self._families: dict[str, frozenset[str]] = {}
        self._squeezed: dict[str, str] = {}
        self._tokens: dict[str, list[Token]] = {}
        self._synonyms = review.reader.vocabulary.synonyms

    def of(self, study: str) -> Sequence[Passage]:
        """The sentences and cells on a study; for "" those on none."""
        return self._of.get(study, ())

    def tokens(self, passage: Passage) -> list[Token]:
        """The tokens of a passage's text."""
        found = self._tokens.get(passage.id)
        if found is None:
            found = self._tokens[passage.id] = tokens(in_digits(fold(passage.text)))
        return found

    def keys(self, study: str) -> frozenset[str]:
        """The keys of all words in what the review says of a study, its section's heading and title included."""
        if study not in self._keys:
            texts = [p.text for p in self.of(study)]
            texts += {p.locator.section for p in self.of(study) if p.locator.section}
            known = self.review.study(study)
            reference = self.review.reference(known.reference) if known else None
            texts += [reference.title] if reference else []
            spelled = [m for s, m in self.review.raw.abbreviations.items() if any(s in t for t in texts)]
            found = {t.key for text in (*texts, *spelled) for t in tokens(text)}
            given = (f.value for f in self.review.facts if f.study == study and f.attribute == "agents")
            if any(_JOINED.search(g) for g in given):
                found |= {t.key for t in tokens("combination combine combined combining")}
            self._keys[study] = frozenset(found)
        return self._keys[study]

    def spells(self, code: str, study: str) -> bool:
        """Whether a code stands in what the review says of a study, however it is hyphenated."""
        if study not in self._squeezed:
            self._squeezed[study] = squeeze(" ".join(fold(p.text) for p in self.of(study)))
        return squeeze(code) in self._squeezed[study]

    def related(self, key: str, study: str) -> bool:
        """Whether a word, one of its family or a synonym stands in what the review says of a study."""
        keys = self.keys(study)
        if study not in self._families:
            self._families[study] = frozenset(map(family, keys))
        return key in keys or family(key) in self._families[study] or self.synonymous(key, keys)

    def groups(self, key: str) -> frozenset[int]:
        """The numbers of a word's groups of synonyms."""
        return self._synonyms.get(key, frozenset())

    def synonymous(self, key: str, keys: Iterable[str]) -> bool:
        """Whether one of ``keys`` may stand for ``key``."""
        groups = self._synonyms.get(key)
        return bool(groups) and any(
            (self._synonyms.get(k) or frozenset()) & (groups or frozenset()) for k in keys
        )

    @cached_property
    def background(self) -> frozenset[str]:
        """Keys of words the review uses of no study in particular, its title included."""
        texts = [p.text for p in self.of("")] + [self.review.title]
        return frozenset(t.key for text in texts for t in tokens(text))
