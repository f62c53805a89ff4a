"""The corpus as an earlier process read it, where neither it, the vocabulary nor the program has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.corpus import (
    Corpus,
    Review,
    corpus_hash,
    defined_by,
    read_corpus,
    reader_of,
    review_folders,
)
from assistant.files.kept import Kept, key_of
from assistant.folder.folder import RawReview
from assistant.model import Fact, Passage, Study
from assistant.vocabulary.vocabulary import Term, Vocabulary, load_vocabulary, with_learnt

_NAME = "corpus"


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one review; its reader is made anew."""

    raw: RawReview
    studies: tuple[Study, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    attributes: Mapping[str, Term]
    arms: Mapping[str, Mapping[str, frozenset[str]]]
    populations: Mapping[str, frozenset[str]]
    defined: Mapping[str, str]
    learnt: Mapping[str, Term]


def open_corpus(folder: Path, home: Path) -> tuple[Vocabulary, Corpus]:
    """The shipped vocabulary and the reviews below ``folder``, as ``read_corpus`` gives them.

    Args:
        folder: of review folders.
        home: where what was read is found, or kept for the next process.

    Raises:
        AssistantError: no review there, or one is malformed.
    """
    kept = Kept(home / "kept")
    vocabulary = load_vocabulary(kept=kept)
    paths = review_folders(folder)
    key = _key(paths, vocabulary)
    found = kept.get(_NAME, key, tuple[_Read, ...])
    if found is not None:
        return vocabulary, Corpus(tuple(_review(r, vocabulary) for r in found), corpus_hash(folder))
    corpus = read_corpus(folder, vocabulary)
    if _key(paths, vocabulary) == key:  # else somebody wrote to it meanwhile
        kept.put(_NAME, key, tuple(_read(r, vocabulary) for r in corpus.reviews))
    return vocabulary, corpus


def _key(paths: list[Path], vocabulary: Vocabulary) -> str:
    """A hash of all that the reviews in these folders are made of; their names become the reviews' ids."""
    parts = [part.encode() for p in paths for part in (p.resolve().name, corpus_hash(p))]
    return key_of(vocabulary.made.digest.encode(), *parts)


def _read(review: Review, vocabulary: Vocabulary) -> _Read:
    return _Read(
        review.raw,
        review.studies,
        review.passages,
        review.facts,
        review.attributes,
        review.arms,
        review.populations,
        defined_by(review.raw, vocabulary),
        {i: review.reader.vocabulary.measures[i] for i in sorted(review.reader.vocabulary.learnt)},
    )


def _review(read: _Read, vocabulary: Vocabulary) -> Review:
    return Review(
        read.raw,
        read.studies,
        read.passages,
        read.facts,
        read.attributes,
        read.arms,
        read.populations,
        reader_of(read.raw, with_learnt(vocabulary, read.learnt), read.defined),
    )
