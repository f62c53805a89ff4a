"""What of a description some studies have: also their ages, cells and table, and whether people were treated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.names.studies import Name, Named
from assistant.question.ask import Ask
from assistant.question.evidence import Evidence, is_labelled, numbered
from assistant.question.lexicons import QuestionLexicons
from assistant.text.ages import ages_of_group, ends_said
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Match

SAME_PATIENTS = (
    frozenset({"newly-diagnosed", "first-line", "treatment-naive"}),
    frozenset({"relapsed", "relapsed-refractory"}),
    frozenset({"refractory", "relapsed-refractory"}),
)
"""Groups that are one where they describe all patients of a study."""
STATES = frozenset(i for same in SAME_PATIENTS for i in same)
"""The states of the disease in which patients are treated."""
_NOBODY = re.compile(
    r"\b(?:no|not (?:a single|one|any)|without (?:a single|any)?|zero|never|nobody|n't)\b[^,;?]*?"
    r"\b(?:patients?|humans?|persons?|people|man|men|subjects|clinic)\b"
    r"|\bnobody\b|\bonly (?:been )?(?:\w+ ){0,2}in (?:animals?|mice|mouse)\b",
    re.IGNORECASE,
)
"""Says that nobody was treated."""
_RANGE = re.compile(r"(?<![\d.])(\d{1,3})(?:\.\d)?\s*-\s*(\d{1,3})(?![\d.%])")
_GROWN, _ALIKE = 18, 10
"""Years of age below which patients are children, and by which the youngest of the elderly may be younger."""
_TABLE = re.compile(r"\btable (\d+)\b", re.IGNORECASE)
CELLS = re.compile(
    r"\bCAR(?:[- ]?(?:T|NK))?(?:[- ]?cells?)?\b|\bcell(?:ular)? (?:therap|product|stud)", re.IGNORECASE
)
"""Asks for cellular products."""
OF_CELLS = re.compile(r"CAR-?(?:T|NK)|\bU?CARs?\b|\b(?:T|NK|stem)[- ]cells?\b|\w(?:leucel|-cel)\b")
"""How a cell names a cellular product: the word itself, or the stem of its generic name."""
_MODEL = "preclinical-model"


class Clues:
    """What each study of a review has of a description.

    Args:
        review: the review.
        lexicons: know the studies' names and the words for groups and designs.
        evidence: gives what of a question only some studies have.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons, evidence: Evidence) -> None:
        self._review = review
        self._lexicons = lexicons
        self._evidence = evidence
        self._order = tuple(s.id for s in review.studies)

    def of_text(self, text: str, ask: Ask, *, own: bool = False) -> dict[str, frozenset[str]]:
        """What of ``text``, a description of studies in ``ask``, some studies have; nothing twice.

        A phase, a size or an age that no study has is there, too, with none. With ``own`` a word that a study's own
        passages use counts for none that only stands under a heading with it.
        """
        words = tokens(text)
        populations = self._lexicons.matchers.populations.find(words)
        designs = self._lexicons.matchers.designs.find(words)
        named = self._lexicons.names.find(text)
        part = replace(
            ask, text=text, focus=text, named=named, groups=(), hinted=(), designs=(), measures=(), aliases=()
        )
        said = {t.key for n in named.names for t in tokens(n.text)}
        said |= {t.key for m in (*populations, *designs) for t in words[m.start : m.end]}
        own_words = self._lexicons.names.tables.own_words if own else {}
        found = {
            (f"place:{k}" if k in self._places else k): own_words.get(k) or held
            for k, held in self._evidence.hints(part).items()
            if k not in said and not (k.startswith("topic:") and CELLS.fullmatch(k.removeprefix("topic:")))
        }
        found |= dict(self._told(text, populations, designs, named.names))
        if _NOBODY.search(text) and self.of_nobody:
            found = {k: held for k, held in found.items() if is_labelled(k)}
            found["people:none"] = self.of_nobody
        return found

    def _told(
        self, text: str, populations: list[Match], designs: list[Match], names: tuple[Name, ...]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        """Names, groups, designs, sizes, ages, tables and cellular products of a description, each with its studies."""
        cells = self._with_cells if CELLS.search(text) else frozenset[str]()
        if cells:
            yield "class:cells", cells
        for name in names:
            if not cells or not CELLS.fullmatch(name.text):
                yield f"name:{name.text}", name.studies
        for match in populations:
            if held := self.of_patients(frozenset(match.ids[:1])):
                yield f"group:{match.ids[0]}", held
        for match in designs:
            held = self._evidence.with_design(match.ids[0])
            if held or match.ids[0].startswith("phase"):
                yield f"design:{match.ids[0]}", held
        for n in numbered(text):
            yield f"size:{n}", self._evidence.of_n_patients(n)
        for table in _TABLE.findall(text):
            yield f"table:{table}", self._in_table(f"Table {table}")
        yield from self._of_ages(text).items()

    def _in_table(self, label: str) -> frozenset[str]:
        tables = (t for t in self._review.raw.tables if t.label == label)
        return frozenset(c.study for t in tables for c in t.columns)

    @cached_property
    def _places(self) -> frozenset[str]:
        """Keys of words for where studies are from."""
        vocabulary = self._lexicons.vocabulary
        named = (*vocabulary.origins.values(), *vocabulary.countries.values())
        return frozenset(key for keys in named for key in keys).union(vocabulary.countries)

    @cached_property
    def _with_cells(self) -> frozenset[str]:
        """The studies that gave a cellular product."""
        agents = (f for f in self._review.facts if f.attribute == "agents")
        return frozenset(f.study for f in agents if OF_CELLS.search(f.value))

    def of_cells(self, named: Named) -> Named:
        """``named`` with ``CAR T cells`` for the studies that speak of such, and none that only stands under a heading with them."""
        return Named(tuple(_narrowed(n, self._of_cells) for n in named.names), named.missing)

    @cached_property
    def _of_cells(self) -> frozenset[str]:
        """The studies that gave a cellular product or speak of one."""
        own = (p for p in self._review.passages if len(p.studies) == 1)
        return self._with_cells.union(p.studies[0] for p in own if CELLS.search(p.quote))

    @cached_property
    def _in_state(self) -> Mapping[str, frozenset[str]]:
        """Each state of the disease with the studies of which a cell of a table says it."""
        found: dict[str, set[str]] = defaultdict(set)
        lexicon = self._lexicons.matchers.populations
        for passage in self._review.passages:
            if passage.locator.kind is Kind.CELL and len(passage.studies) == 1:
                for match in lexicon.find(tokens(passage.quote)):
                    if match.ids[0] in STATES and not re.search(r"[%;]", passage.quote):
                        found[match.ids[0]].add(passage.studies[0])
        return {state: frozenset(studies) for state, studies in found.items()}

    def of_patients(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies with patients of a group, by the ages printed where it is told by age."""
        alike = frozenset[str]().union(*(same for same in SAME_PATIENTS if ids <= same), ids)
        held = frozenset(s for i in alike for s in self._evidence.with_group(frozenset({i})))
        held = held.union(*(self._in_state.get(i, frozenset()) for i in alike))
        aged = [a for i in ids if (a := ages_of_group(i)) is not None]
        if len(aged) != 1:
            return held
        low, high = aged[0]
        young = high < _GROWN
        told = {
            s
            for s, ages in self._ages.items()
            for a, b in ages
            if (a <= high if young else low - _ALIKE <= a)
        }
        return (held if young or not told else frozenset[str]()) | told

    def _of_ages(self, text: str) -> dict[str, frozenset[str]]:
        """``whose ages stop at 27``, ``that begins at 15``: the studies whose range of ages ends or begins so."""
        found: dict[str, frozenset[str]] = {}
        for said in ends_said(text):
            k = 1 if said.upper else 0
            if not said.bounded:
                held = frozenset(s for s, ages in self._ages.items() if any(a[k] == said.years for a in ages))
                found[f"age:{'to' if said.upper else 'from'} {said.years}"] = held
        return found

    @cached_property
    def _ages(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """The printed ranges of ages in whole years, of each study and its arms."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for fact in self._review.facts:
            if fact.attribute in {"age_range", "median_age"} and fact.study:
                found[fact.study] += [(int(m[1]), int(m[2])) for m in _RANGE.finditer(fold(fact.value))]
        return {study: tuple(ages) for study, ages in found.items()}

    @cached_property
    def of_nobody(self) -> frozenset[str]:
        """The studies of animals or cells alone."""
        populations = self._review.populations
        return frozenset(s for s in self._order if _MODEL in populations.get(s, frozenset()))


def _narrowed(name: Name, held: frozenset[str]) -> Name:
    """A topic of cellular products with only the studies that gave such, where it has some."""
    of_cells = name.kind == "topic" and CELLS.fullmatch(name.text) and name.studies & held
    return replace(name, studies=name.studies & held) if of_cells else name
