"""Studies named by the class of what they gave: ``the proteasome inhibitor``, ``a TKI``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from assistant import lazy_re as re
from assistant.names.model import Holders, Name, squeeze
from assistant.names.prior import is_prior
from assistant.names.tables import NameTables
from assistant.text.text import Token, fold, key_of, tokens
from assistant.vocabulary.lexicon import Lexicon
from assistant.vocabulary.vocabulary import Vocabulary, of_vocabulary

_OF_ANY = frozenset(
    key_of(word)
    for word in "inhibitor blocker antagonist inhibition blockade agonist drug agent antibody conjugate factor of the".split()
)
"""Keys of words that are in the names of many classes."""
_KEPT = 64
"""Texts whose classes are kept: a question is read for its names several times."""
_OF_CELLS = re.compile(r"[- ](?:CARs?|T|cells?|constructs?|products?)\b", re.IGNORECASE)
"""Behind ``bispecific``, which then tells no antibody."""


_MEANT = re.compile(r"\bwh(?:at|ich)(?:'s| is| are| does| do)?(?: the| an?)? $", re.IGNORECASE)
"""Asks what such a drug is, or which."""
_BEFORE_CLASS = re.compile(
    r"(?<![\w-])(?P<drug>[\w-]{4,40})(?: \([^()]{1,40}\))?(?:,| is| was)(?: (?:a|an|the|one|another|oral|novel|first|new|potent"
    r"|selective|highly|dual|next-generation|noncovalent|covalent|reversible|irreversible|bivalent|allosteric|investigational"
    r"|small-molecule))+ $",
    re.IGNORECASE,
)
_BEHIND_CLASS = re.compile(
    r" \(?(?P<drug>[a-z]{4,}(?:ib|ab|ax|at|in|ide|ine|one|or|us|cel|cept)|[\w-]*\d[\w-]*)(?![\w-])",
    re.IGNORECASE,
)
"""A drug's name, which ends like one or has a number; no ``inhibitor maintenance``."""


class ClassReader:
    """Finds classes of drugs.

    Args:
        vocabulary: has the classes, each with how the names of its drugs end.
        tables: the review's names.
        ids: the studies' ids; what all of them gave names none.
        sentences: of the review, which may say of what class a drug is.
    """

    def __init__(
        self, vocabulary: Vocabulary, tables: NameTables, ids: Collection[str], sentences: Iterable[str] = ()
    ) -> None:
        self._lexicon = _forms(vocabulary)
        self._groups = tables.groups
        self._background = tables.background
        self._agents = tables.agents
        said = self._said(sentences)
        self._drugs = {
            k.name: [d for d in tables.agents if k.has(d) or (k.name, d) in said]
            for k in vocabulary.drug_classes
        }
        self._gave = Holders((name, self._given(drugs)) for name, drugs in self._drugs.items())
        self._spoken_of = {k.name for k in vocabulary.drug_classes if any(map(k.has, tables.background))}
        self._all = len(ids)
        self._found = lru_cache(_KEPT)(self._read)

    def unknown(self, text: str) -> list[str]:
        """The classes of folded ``text`` of which no study gave a drug, and which the review does not speak of."""
        return [
            text[words[0].start : words[-1].end]
            for known, words in self._found(text)
            if known not in self._spoken_of and self._background.isdisjoint(_telling(words))
        ]

    def read(self, text: str, taken: Collection[tuple[int, int]]) -> list[Name]:
        """The classes in folded ``text`` outside the spans ``taken`` of which some study gave a drug."""
        found = []
        for known, words in self._found(text):
            start, end = words[0].start, words[-1].end
            studies = self._gave[known]
            free = len(studies) < self._all and not any(a < end and start < b for a, b in taken)
            if studies and free and squeeze(text[start:end]) not in self._groups:
                found.append(Name(text[start:end], "agent", studies, start, end))
        return found

    def in_own_words(self, text: str, studies: Collection[str]) -> str:
        """``text`` with the one drug that was given in place of its class.

        Args:
            text: a question.
            studies: those it names otherwise, among whose drugs one is looked for; none for all.
        """
        for known, words in reversed(self._found(text)):
            start, end = words[0].start, words[-1].end
            is_arm = squeeze(text[start:end]) in self._groups
            if is_arm or is_prior(text, start, end) or _MEANT.search(text[:start]):
                continue
            drugs = [d for d in self._drugs[known] if not studies or self._agents[d] & set(studies)]
            if len(drugs) == 1 and drugs[0] not in {squeeze(t.text) for t in tokens(text)}:
                text = f"{text[:start]}{drugs[0]}{text[end:]}"  # not "is alphamab an alphamab?"
        return text

    def _said(self, sentences: Iterable[str]) -> set[tuple[str, str]]:
        """Classes, each with a drug that a sentence calls so: ``alphamab, an oral BCL2 inhibitor``, ``the BCL2 inhibitor alphamab``."""
        found = set()
        for text in map(fold, sentences):
            for known, words in self._read(text):
                start, end = words[0].start, words[-1].end
                beside = [_BEFORE_CLASS.search(text[:start]), _BEHIND_CLASS.match(text, end)]
                found |= {(known, squeeze(m["drug"])) for m in beside if m}
        return found

    def _given(self, drugs: Collection[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self._agents[d] for d in drugs))

    def _read(self, text: str) -> tuple[tuple[str, Sequence[Token]], ...]:
        """Each class that ``text`` names, with its words."""
        words = tokens(text)
        return tuple(
            (match.ids[0], words[match.start : match.end])
            for match in self._lexicon.find(words)
            if not _OF_CELLS.match(text, words[match.end - 1].end)
        )


def _telling(words: Sequence[Token]) -> set[str]:
    """Keys of the words that tell one class from another."""
    return {w.key for w in words if w.text[0].isalnum()} - _OF_ANY


@of_vocabulary
def _forms(vocabulary: Vocabulary) -> Lexicon:
    """The classes by their wordings."""
    lexicon = Lexicon()
    for known in vocabulary.drug_classes:
        for form in known.forms:
            lexicon.add(form, known.name)
    return lexicon
