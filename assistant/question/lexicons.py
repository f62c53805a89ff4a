"""What a question's words are looked up in: the vocabulary, the review's own terms, and all known words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from assistant.corpus.corpus import Review
from assistant.names.studies import StudyNames, squeeze
from assistant.question.words import FUNCTION_WORDS
from assistant.text.text import NUMBER_WORDS, Token, ascii_key, key_of, negations, tokens
from assistant.vocabulary.vocabulary import Lexicon, Matchers, Term, Vocabulary, of_vocabulary

_SHORTEST_TARGET = 4
"""Letters a word has at least for a typing error to be laid to it."""


class QuestionLexicons:
    """Look-up tables for questions about one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
        names: the names of the review's studies.
        english: gives common words; called when one is first needed.
        used: gives the words of every review of the corpus; likewise.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        names: StudyNames,
        english: Callable[[], frozenset[str]] | None = None,
        used: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.names = names
        self.matchers: Matchers = _matchers(review, vocabulary)
        self.characteristics: Lexicon = _characteristics(review, vocabulary)
        self.families: Lexicon = _families(vocabulary)
        self._abbreviations = review.raw.abbreviations
        self._give_english = english
        self._give_used = used

    @cached_property
    def known(self) -> frozenset[str]:
        """Keys of all words the vocabulary or the review uses."""
        return self._told | {word for phrase in self.vocabulary.synonyms for word in phrase.split()}

    @cached_property
    def _told(self) -> frozenset[str]:
        """The same without those that stand in a group of synonyms only."""
        vocabulary, names = self.vocabulary, self.names.tables
        keys = set(names.background | vocabulary.scaffold | FUNCTION_WORDS)
        keys |= _term_keys(vocabulary)
        keys |= {squeeze(k) for k in self._abbreviations}
        return frozenset(keys | set(names.first_authors) | set(names.authors))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Keys of the words that measures' own names are made of."""
        return _measure_nouns(self.vocabulary)

    @cached_property
    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """Words a typing error may have meant, by first letter."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.known):
            if len(key) >= _SHORTEST_TARGET and not any(c.isdigit() for c in key) and key.isascii():
                found[key[0]].append(key)
        return {letter: tuple(keys) for letter, keys in found.items()}

    @cached_property
    def _english(self) -> frozenset[str]:
        return self._give_english() if self._give_english else frozenset()

    def is_english(self, word: str) -> bool:
        """Whether the encoder's vocabulary has the word whole, so that it is no typing error."""
        return ascii_key(word) in self._english

    @cached_property
    def _used(self) -> frozenset[str]:
        return self._give_used() if self._give_used else frozenset()

    def is_used(self, word: str) -> bool:
        """Whether a review of the corpus uses the word, be it another one, so that it is no typing error."""
        return key_of(word) in self._used or ascii_key(word) in self._used

    def is_known(self, word: Token) -> bool:
        """Whether the review or the vocabulary's terms use the word, or it has a synonym in the review.

        A drug or disease that stands among the synonyms is none of a review that names neither it nor them.
        """
        if word.key in self._told or ascii_key(word.text) in self._told or word.key in self._meant:
            return True
        if squeeze(word.text) in self.names.tables.spelled:
            return True
        if any(negated in self._told for negated in negations(word.key)):
            return True
        return word.key in self.known and self.is_english(word.text)

    def tells(self, text: str, least: int) -> bool:
        """Whether ``least`` words of ``text`` that say something are used by the review or name a term."""
        keys = {w.key for w in tokens(text) if not self.is_filler(w.key)}
        return sum(k in self.names.tables.background or k in self._terms for k in keys) >= least

    @cached_property
    def _terms(self) -> frozenset[str]:
        return _term_keys(self.vocabulary)

    @cached_property
    def _meant(self) -> frozenset[str]:
        """Words of the groups of synonyms of which the review uses one."""
        background = self.names.tables.background
        synonyms = {phrase: (phrase.split(), groups) for phrase, groups in self.vocabulary.synonyms.items()}
        held = {g for words, groups in synonyms.values() if background.issuperset(words) for g in groups}
        return frozenset(w for words, groups in synonyms.values() if groups & held for w in words)

    def is_empty(self, key: str) -> bool:
        """Whether a word of this key says nothing that could be checked."""
        return key in self.vocabulary.scaffold or key in FUNCTION_WORDS

    def is_filler(self, key: str) -> bool:
        """Whether it is empty or a number in words."""
        return self.is_empty(key) or key in NUMBER_WORDS


@of_vocabulary
def _term_keys(vocabulary: Vocabulary) -> frozenset[str]:
    """Keys of the words that terms go by."""
    keys = {"month", "year", "week", "day", "patient"}
    for term in _all_terms(vocabulary):
        for form in (term.name, *term.forms, *term.everyday, *term.abbreviations, *term.row_heads):
            keys |= {t.key for t in tokens(form)}
    return frozenset(keys)


@of_vocabulary
def _measure_nouns(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(t.key for term in vocabulary.measures.values() for t in tokens(term.name))


def _all_terms(vocabulary: Vocabulary) -> Iterator[Term]:
    for table in (
        vocabulary.measures,
        vocabulary.populations,
        vocabulary.designs,
        vocabulary.characteristics,
        vocabulary.families,
    ):
        yield from table.values()


def _matchers(review: Review, vocabulary: Vocabulary) -> Matchers:
    """Lexicons with everyday and foreign wordings; abbreviations count in any letter case unless words."""
    common = _common_matchers(vocabulary)
    kinds = (common.measures, common.populations, common.designs)
    measures, populations, designs = (_with_abbreviations(lexicon, review) for lexicon in kinds)
    return Matchers(measures, populations, designs, Lexicon())


def _with_abbreviations(common: Lexicon, review: Review) -> Lexicon:
    lexicon = common.copy()
    for short, meaning in review.raw.abbreviations.items():
        words = tokens(meaning)
        match = lexicon.find(words)
        if len(match) == 1 and match[0].end - match[0].start == len(words):
            lexicon.add(short, match[0].ids[0], cased=ascii_key(short) in FUNCTION_WORDS)
    return lexicon


@of_vocabulary
def _common_matchers(vocabulary: Vocabulary) -> Matchers:
    """The matchers of a review without abbreviations; to be copied."""
    tables = (vocabulary.measures, vocabulary.populations, vocabulary.designs)
    measures, populations, designs = (_lexicon(table, vocabulary) for table in tables)
    return Matchers(measures, populations, designs, Lexicon())


def _lexicon(table: Mapping[str, Term], vocabulary: Vocabulary) -> Lexicon:
    lexicon = Lexicon()
    for term in table.values():
        for form in (term.name, *term.forms, *term.everyday, *term.other):
            lexicon.add(form, term.id)
        for form in term.abbreviations:
            is_word = ascii_key(form) in FUNCTION_WORDS or key_of(form) in vocabulary.scaffold
            lexicon.add(form, term.id, cased=is_word)
    return lexicon


def _characteristics(review: Review, vocabulary: Vocabulary) -> Lexicon:
    lexicon = _common_characteristics(vocabulary).copy()
    for term in review.attributes.values():
        for form in (term.name, *term.forms):
            lexicon.add(form, term.id)
    return lexicon


@of_vocabulary
def _common_characteristics(vocabulary: Vocabulary) -> Lexicon:
    lexicon = Lexicon()
    for term in vocabulary.characteristics.values():
        heads = (h for h in term.row_heads if len(tokens(h)) > 1)
        for form in (term.name, *term.forms, *term.everyday, *term.other, *heads):
            lexicon.add(form, term.id)
    return lexicon


@of_vocabulary
def _families(vocabulary: Vocabulary) -> Lexicon:
    """Families by their wordings; the same one for every review."""
    lexicon = Lexicon()
    for family in vocabulary.families.values():
        for form in (family.name, *family.forms, *family.everyday, *family.other):
            lexicon.add(form, family.id)
    return lexicon
