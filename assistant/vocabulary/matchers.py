"""What a review's text is read with: the vocabulary's terms and the review's own abbreviations of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant import lazy_re as re
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Lexicon, Matchers, Vocabulary, of_vocabulary


def corpus_matchers(vocabulary: Vocabulary, abbreviations: Mapping[str, str]) -> Matchers:
    """Lexicons that read a review's text: abbreviations count in their own letter case only.

    An abbreviation of the review whose meaning the vocabulary knows becomes one of that term.
    """
    common = _common_matchers(vocabulary)
    measures, populations, designs = (x.copy() for x in (common.measures, common.populations, common.designs))
    for lexicon, table in (
        (measures, vocabulary.measures),
        (populations, vocabulary.populations),
        (designs, vocabulary.designs),
    ):
        for short, meaning in abbreviations.items():
            match = lexicon.find(tokens(meaning))
            if len(match) == 1 and (match[0].end - match[0].start) == len(tokens(meaning)):
                lexicon.give(short, match[0].ids[0])
                if short[:2].isupper() and short.upper() not in {short, *abbreviations}:
                    lexicon.add(short.upper(), match[0].ids[0], cased=True)  # "CRu" in a table of capitals
                if (median := f"median_{match[0].ids[0]}") in table:
                    lexicon.drop(f"median {short}")
                    lexicon.add(f"median {short}", median)
                if (change := f"{match[0].ids[0]}_change") in table:
                    for word in ("change", "increase", "rise", "gain"):
                        lexicon.add(f"{short} {word}", change)
                        lexicon.add(f"{word} in {short}", change)
    for short in _diseases(abbreviations):
        measures.drop(short)
    return Matchers(measures, populations, designs, common.row_heads.copy())


def _diseases(abbreviations: Mapping[str, str]) -> Iterator[str]:
    """``TTP`` where the list has ``iTTP`` for immune-mediated … purpura: what else the letters mean is not meant."""
    for short, meaning in abbreviations.items():
        kind = re.fullmatch(r"[a-z]{1,2}([A-Z]{2,})", short)
        initials = "".join(w.text[0] for w in tokens(meaning)).upper()
        if kind and initials.endswith(kind[1]) and kind[1] not in abbreviations:
            yield kind[1]


@of_vocabulary
def _common_matchers(vocabulary: Vocabulary) -> Matchers:
    """What ``corpus_matchers`` gives for a review without abbreviations; to be copied."""
    measures, populations, designs, heads = Lexicon(), Lexicon(), Lexicon(), Lexicon()
    for lexicon, table in (
        (measures, vocabulary.measures),
        (populations, vocabulary.populations),
        (designs, vocabulary.designs),
    ):
        for term in table.values():
            for form in (term.name, *term.forms):
                lexicon.add(form, term.id)
            for form in term.abbreviations:
                lexicon.add(form, term.id, cased=True)
    for term in vocabulary.characteristics.values():
        for form in (term.name, *term.row_heads):
            heads.add(form, term.id)
    return Matchers(measures, populations, designs, heads)
