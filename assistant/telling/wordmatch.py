"""How far a passage's words cover a question's: the same word, one of its family, a synonym, a known term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

from assistant import lazy_re as re
from assistant.model import Kind, Passage
from assistant.names.studies import squeeze
from assistant.question.reader import Ask, QuestionReader
from assistant.question.rules import MENTIONED
from assistant.text.text import key_of, tokens

SAME = 1.0
SYNONYM = 0.9
ROOT = 0.8
NEARBY = 0.6
"""What a word counts that stands elsewhere in what the review says of the passage's study."""
TELLING = 0.8
"""The same for a word that tells that study from the others."""
MEANT = 0.4
"""What an empty word takes from a passage without it, where the review has but a synonym of it."""
_ROOT = 5
"""Letters that words of one root share at least."""
_MOST = 0.8
"""Share of the passages on studies from which on a review is the report of one study."""
LIGHT = 0.35
"""Weight of a word such as ``drug`` or ``model``, which a question's own words outweigh."""
COMMON = 0.6
"""Weight of a common English word that the review does not use; a name that it does not use counts whole."""

_ASKING = frozenset(
    "what which when where whose review abstract study trial patient figure table report give show tell "
    "find".split()
)
_GENERIC = frozenset(
    (
        "test tested testing try tried trying assess assessed assessing judge judged judging view viewed "
        "viewing regard regarded deem deemed investigate investigated fare missing far needed matter kind "
        "sort dealt deal done made look looked looking "
    ).split()
)
"""Keys of words that any study's question may hold and no sentence need repeat."""
_COUNTED = "two|three|four|five|six|both|other|further|more|main|key|new|different|several|many|much"
"""Stands before the noun for several things, and is no part of its name."""
_NOUN_ASKED = re.compile(
    r"\b(?:what|which|name the|state the|give the)\s+"
    rf"(?P<kind>(?:(?!(?:was|were|is|are|did|does|do|has|have|had|of|for|in|the|an?|and|or|to|ones?|that|this|{_COUNTED})\b)[^\W\d_][\w-]*\s+){{0,2}}?)"
    r"(?P<noun>[^\W\d_][\w-]+)\s+(?:was|were|is|are|did|does|do|has|have|had|of|for|in)\b",
    re.IGNORECASE,
)
"""What is asked for by its own name, the last of a few nouns: ``what price was quoted``, ``which mouse strain was used``."""
_TOLD_OTHERWISE = frozenset("date day time place city thing kind sort way trick reason".split())
"""Keys of nouns for what a sentence gives without naming it so."""
_ENDINGS = (
    "isation ization ibility ations ation ition ments ment ances ance ences ence ally ities ity ness ingly "
    "edly ating ated ates ate ising izing ised ized ises izes ise ize ible ing ion ive al ed ly er or ic e y"
).split()
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("our", "or"), ("ys", "yz"))


@lru_cache(maxsize=16384)
def family(key: str) -> str:
    """What the words of one family share: ``approve`` and ``approval``, ``recognise`` and ``recognition``."""
    for british, american in _SPELLINGS:
        key = key.replace(british, american)
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            key = key[: -len(ending)]
            break
    return key[:-1] if len(key) > 4 and key[-1] == key[-2] else key


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared."""

    keys: frozenset[str]
    families: frozenset[str]
    squeezed: frozenset[str]
    synonyms: frozenset[int]
    """Numbers of the synonym groups of its words and phrases."""
    terms: frozenset[str]
    """Ids of the vocabulary's terms it names."""
    lines: str
    """Its words, each with a line break after it."""
    by_start: Mapping[str, Sequence[str]]
    """First letters -> its words of at least as many."""


class WordMatch:
    """Compares questions with the passages of one review.

    Args:
        reader: the review's question reader.
    """

    def __init__(self, reader: QuestionReader) -> None:
        self.reader = reader
        self.review = reader.review
        self.vocabulary = reader.vocabulary
        self._read: dict[str, Words] = {}
        self._phrased: tuple[str, list[tuple[str, frozenset[int]]]] | None = None
        """The phrases with synonyms of the question asked last."""

    # -- texts ---------------------------------------------------------------------------------

    def words(self, text: str) -> Words:
        """``text`` as it is compared."""
        if text not in self._read:
            keys = [t.key for t in tokens(text)]
            held = frozenset(keys)
            self._read[text] = Words(
                keys=held,
                families=frozenset(family(k) for k in held if len(k) > 4),
                squeezed=frozenset(squeeze(w) for w in re.findall(r"[\w-]+", text)),
                synonyms=frozenset(g for k in (*keys, *phrases(keys)) for g in self._synonyms(k)),
                terms=self._terms(text),
                lines="".join(f"{k}\n" for k in held),
                by_start=_by_start(held),
            )
        return self._read[text]

    def holds(self, key: str, passage: Passage) -> bool:
        """Whether a passage has the word itself or one of its family."""
        words = self.words(passage.text)
        return key in words.keys or (len(key) > 4 and family(key) in words.families)

    def covers(self, ask: Ask, key: str, passage: Passage) -> bool:
        """Whether a passage has a word of the question, one of its family or what means the same."""
        return self.is_in(ask, key, passage.text)

    def is_in(self, ask: Ask, key: str, text: str) -> bool:
        """Whether a text has a word of the question, one of its family or what means the same."""
        return self.covered(ask, key, self.words(text)) > 0.0

    def terms_in(self, passage: Passage) -> frozenset[str]:
        """Ids of the vocabulary's terms a passage names."""
        return self.words(passage.text).terms

    def _terms(self, text: str) -> frozenset[str]:
        matchers = self.reader._matchers
        lexicons = (matchers.measures, matchers.populations, matchers.designs, self.reader._characteristics)
        words = tokens(text)
        return frozenset(i for lexicon in lexicons for m in lexicon.find(words) for i in m.ids)

    @cached_property
    def _by_family(self) -> dict[str, frozenset[int]]:
        found: dict[str, frozenset[int]] = {}
        for word, groups in self.vocabulary.synonyms.items():
            if " " not in word and len(word) > 4:
                found[family(word)] = found.get(family(word), frozenset()) | groups
        return found

    def _synonyms(self, key: str) -> frozenset[int]:
        """Numbers of the synonym groups of a word or phrase."""
        own = self.vocabulary.synonyms.get(key)
        if own is not None or " " in key:
            return own or frozenset()
        return self._by_family.get(family(key), frozenset())

    # -- weights -------------------------------------------------------------------------------

    @cached_property
    def searchable(self) -> list[Passage]:
        """The sentences and cells of the review."""
        return [p for p in self.review.passages if p.locator.kind in {Kind.SENTENCE, Kind.CELL}]

    @cached_property
    def _holding(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for passage in self.searchable:
            for key in {t.key for t in tokens(passage.text)}:
                counts[key] = counts.get(key, 0) + 1
        return counts

    def rarity(self, key: str) -> float:
        """The weight of a word by the number of passages that hold it."""
        return log(1 + len(self.searchable) / (0.5 + self._holding.get(key, 0)))

    # -- coverage ------------------------------------------------------------------------------

    def coverage(self, ask: Ask, passage: Passage, text: str = "") -> float:
        """The share of the question's words, weighted by rarity, that a passage covers, 0 to 1.

        Args:
            ask: the question.
            passage: the passage; what the review says of its study elsewhere counts a little, too.
            text: a part of the passage, where only that is to count.
        """
        words = self.words(text or passage.text)
        own = self.own_names(ask, passage)
        context = self._context(passage) - self._asked(ask)
        telling = self._telling.get(passage.studies[0], frozenset()) if passage.studies else frozenset()
        total = held = 0.0
        for key, share in self.weighed(ask):
            if key in own:
                continue
            weight = share * self.rarity(key)
            near = self.covered(ask, key, words)
            total += weight * (MEANT if not near and self._is_only_meant(key) else 1.0)
            held += weight * (near or (TELLING if key in telling else NEARBY) * (key in context))
        if total:
            return held / total
        return (0.65 if own <= words.keys else 0.45) if own else 0.0

    def covered(self, ask: Ask, key: str, words: Words) -> float:
        """How far a text covers a word of the question: itself, or as part of a phrase or term."""
        near = self.near(key, words)
        if near < SYNONYM and (
            key in self._phrases_covered(ask, words) or dict(ask.aliases).get(key) in words.terms
        ):
            return SYNONYM
        return near

    @staticmethod
    def _asked(ask: Ask) -> frozenset[str]:
        """The words that name what is asked; a study's other sentences cannot stand in for them."""
        return frozenset(
            key for key, term in ask.aliases if term in ask.measures or term in ask.characteristics
        )

    def near(self, key: str, words: Words) -> float:
        """How far a text covers one word, 0 to 1."""
        if key in words.keys or key in words.squeezed:
            return SAME
        if len(key) > 4 and family(key) in words.families:
            return SYNONYM
        if len(key) >= 5 and f"{key}\n" in words.lines:
            return ROOT
        if self._synonyms(key) & words.synonyms:
            return SYNONYM
        if len(key) >= 6 and any(_same_root(key, k) for k in words.by_start.get(key[:_ROOT], ())):
            return ROOT
        return 0.0

    def holds_asked(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage speaks of the very thing asked for: ``which country`` wants one named as such.

        A characteristic that the review gives of no study must be named, in words on the study where one is
        named; what mostly describes a treatment may be told in other words.
        """
        unread = {c for c in ask.characteristics if c not in MENTIONED and not self._is_read(c)}
        asked = {key for key, term in ask.aliases if term in unread}
        if not asked:
            return True
        words = self.words(passage.text)
        aside = bool(ask.named.of("number", "nct", "author", "code")) and not passage.studies
        return not aside and any(self.covered(ask, k, words) for k in asked)

    def lacks_noun(self, ask: Ask, passage: Passage) -> int:
        """Words of what is asked for by its own name (``which mouse strain was used``) where a passage lacks the last; else 0."""
        noun = _NOUN_ASKED.search(ask.focus)
        key = key_of(noun["noun"]) if noun else ""
        if (
            not key
            or key in _TOLD_OTHERWISE
            or key not in ask.content
            or key in self.own_names(ask, passage)
            or key in dict(ask.aliases)
            or self.covered(ask, key, self.words(passage.text))
        ):
            return 0
        return 1 + sum(t.key in ask.content for t in tokens(noun["kind"])) if noun else 0

    def _is_read(self, characteristic: str) -> bool:
        """Whether the review gives a characteristic of any study."""
        return characteristic in self._attributes

    @cached_property
    def _attributes(self) -> frozenset[str]:
        return frozenset(f.attribute for f in self.review.facts)

    def _phrases_covered(self, ask: Ask, words: Words) -> frozenset[str]:
        """Words of the question that stand in a phrase for which the text has a synonym."""
        phrased = self._phrased  # one look: other threads ask, too
        if phrased is None or phrased[0] != ask.focus:
            meant = self.vocabulary.synonyms
            known = [(p, meant[p]) for p in phrases([t.key for t in tokens(ask.focus)]) if p in meant]
            self._phrased = phrased = (ask.focus, known)
        covered = [p for p, groups in phrased[1] if groups & words.synonyms]
        return frozenset(k for p in covered for k in p.split())

    def weighed(self, ask: Ask) -> list[tuple[str, float]]:
        """The question's words with their weight: 1 for those that say something, less for others."""
        scaffold = self.vocabulary.scaffold
        loose = {key_of(w) for w in ask.strange} - {key_of(w) for w in ask.unheard}
        firm = {
            k: LIGHT if k in _GENERIC else COMMON if k in loose else 1.0
            for k in ask.content
            if k not in scaffold
        }
        light = {t.key for t in tokens(ask.focus) if len(t.text) > 3} - firm.keys() - _ASKING
        return [*firm.items(), *((k, LIGHT) for k in sorted(light) if k in scaffold and self._is_echoed(k))]

    def _is_echoed(self, key: str) -> bool:
        """Whether any sentence or cell holds the word or one of its synonyms."""
        return (
            key in self._holding
            or bool(self._synonyms(key) & self._held_synonyms)
            or family(key) in self._held_families
        )

    def _is_only_meant(self, key: str) -> bool:
        """Whether it is an empty word that the review has nothing but a synonym of."""
        return key in self.vocabulary.scaffold and key not in self._holding

    @cached_property
    def _held_families(self) -> frozenset[str]:
        return frozenset(family(key) for key in self._holding if len(key) > 4)

    @cached_property
    def _held_synonyms(self) -> frozenset[int]:
        return frozenset(g for key in self._holding for g in self._synonyms(key))

    def own_names(self, ask: Ask, passage: Passage) -> set[str]:
        """Keys of the words that name the passage's study; all its sentences are equal in them.

        A technique or product that a study is not introduced with counts as a word like any other.
        """
        names = [n for n in ask.named.names if n.studies & set(passage.studies) and n.kind != "topic"]
        keys = {t.key for n in names for t in tokens(n.text)}
        coded = {
            t.key
            for n in names
            if n.kind == "code" and len(n.studies) == 1 and not n.text.isupper()
            for t in tokens(n.text)
        }
        introduced = self.introduced.get(passage.studies[0], frozenset()) if passage.studies else keys
        return {k for k in keys if k not in coded or k in introduced}

    @cached_property
    def introduced(self) -> dict[str, frozenset[str]]:
        """Words of each study's first sentence, of its cells and of its reference."""
        found: dict[str, set[str]] = {}
        begun = set[str]()
        for passage in self.review.passages:
            for study in passage.studies[:1]:
                is_sentence = passage.locator.kind is Kind.SENTENCE
                if not is_sentence or study not in begun:
                    found.setdefault(study, set()).update(t.key for t in tokens(passage.quote))
                begun |= {study} if is_sentence else set()
        return {study: frozenset(keys) for study, keys in found.items()}

    @cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        """Words that tell a study from the others: of its cells and first sentence, and of no other study."""
        found: dict[str, set[str]] = {}
        for passage in self.searchable:
            for study in passage.studies[:1]:
                if passage.locator.kind is Kind.CELL or study not in found:
                    found.setdefault(study, set()).update(self.words(passage.text).keys)
        studies = self.reader.names.words
        found.pop(self._only_study, None)
        return {s: frozenset(k for k in keys if set(studies.get(k, ())) == {s}) for s, keys in found.items()}

    def _context(self, passage: Passage) -> Set[str]:
        """Keys of the words that the review says of a passage's study."""
        if not passage.studies:
            return frozenset()
        if passage.studies[0] == self._only_study:
            return self._place_words(passage)
        return self._said_of.get(passage.studies[0], frozenset())

    @cached_property
    def _said_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, studies in self.reader.names.words.items():
            for study in studies:
                found.setdefault(study, set()).add(key)
        return found

    @cached_property
    def _only_study(self) -> str:
        """The study that nearly all passages are on, whose other words say nothing of a passage; "" for none."""
        counts = Counter(p.studies[0] for p in self.searchable if p.studies)
        (study, most), *_ = counts.most_common(1) or [("", 0)]
        return study if most > _MOST * sum(counts.values()) else ""

    def _place_words(self, passage: Passage) -> set[str]:
        """Keys of the words of the section or table that a passage stands in."""
        titles = [t.title for t in self.review.raw.tables if t.label == passage.locator.table]
        return {t.key for text in (passage.locator.section, *titles) for t in tokens(text)}

    def light(self, ask: Ask, passage: Passage) -> float:
        """The share of the question's lighter words (``model``, ``drug``) that a passage has, too."""
        light = {t.key for t in tokens(ask.focus) if re.fullmatch(r"[^\W\d_]{4,}", t.text)}
        light -= set(ask.content) | self.own_names(ask, passage)
        return len(light & self.words(passage.text).keys) / len(light) if light else 0.0

    def missing(self, ask: Ask, passage: Passage) -> list[str]:
        """The question's words of weight that neither the passage nor its study covers, rarest first."""
        words, context = self.words(passage.text), self._context(passage) | self.own_names(ask, passage)
        lacking = [
            k
            for k, share in self.weighed(ask)
            if share == 1.0 and k not in context and not self.covered(ask, k, words)
        ]
        return sorted(lacking, key=lambda k: -self.rarity(k))


def phrases(keys: Sequence[str]) -> Iterable[str]:
    """The runs of two to four words, blanks between."""
    for n in (2, 3, 4):
        for i in range(len(keys) - n + 1):
            yield " ".join(keys[i : i + n])


def _by_start(keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in keys:
        if len(key) >= _ROOT:
            found.setdefault(key[:_ROOT], []).append(key)
    return found


def _same_root(a: str, b: str) -> bool:
    """Whether most of two words that begin alike is the same."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n >= _ROOT and n >= 0.6 * max(len(a), len(b))
