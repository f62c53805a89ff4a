"""Studies found, or narrowed down, by description: words, groups and designs that only some of them have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus import Review
from assistant.model import Fact
from assistant.names import Named
from assistant.question_ask import Ask
from assistant.question_lexicons import QuestionLexicons
from assistant.question_wording import ONE_LIKE
from assistant.text import WORD_NUMBER, tokens, word_number
from assistant.vocabulary import Vocabulary, of_vocabulary

_PHASE = re.compile(r"\s*[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\s*")
_SEVERAL = re.compile(r"\b(?:studies|trials|abstracts|posters|reports)\b", re.IGNORECASE)
_PARTS = frozenset({"arm", "group", "cohort", "subgroup"})
"""Keys of words for a part of any study; that a title holds one (``single-arm``) tells nothing."""
_THE_NUMBER = re.compile(
    r"\b(?:of|among|in|for|from|out of)\s+(?:the|these|those|all)?\s*(?:all\s+)?$|\b(?:the|these|those|all)\s+$",
    re.IGNORECASE,
)
"""Stands before the number of patients that a study is known by."""
_SIZED = re.compile(
    rf"\b(?P<before>\d+|{WORD_NUMBER})[- ](?:patient|person|subject|participant|pt|man)\b(?!s)"
    rf"|\b(?:trial|study|series|report|one|cohort|abstract|poster) (?:of|with|in) (?P<behind>\d+|{WORD_NUMBER})\b(?! ?%)",
    re.IGNORECASE,
)
"""Tells a study by its size."""
_TABLE = re.compile(r"\btable (\d+)\b", re.IGNORECASE)
_FEW = 2
"""Studies of one size that may be meant by it at most."""
_WEAK = 0.3
"""Points below which a description does not choose among the studies named."""
_STRONG = 0.45
"""Points from which on a description alone finds studies."""
_MOST = 0.8
"""Share of the sentences on studies from which on a review is about one study."""
_LABELLED = 1.5
"""How much more a topic, group or design counts than a word."""


class StudyFinder:
    """Finds studies by description.

    Args:
        review: the review.
        lexicons: know the studies' words and the designs' names.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._review = review
        self._lexicons = lexicons
        self._order = tuple(s.id for s in review.studies)
        self._main = _main_study(review)
        groups: dict[str, set[frozenset[str]]] = defaultdict(set)
        for fact in review.facts:
            groups[fact.study].add(fact.group)
        self._given = frozenset((f.study, f.attribute) for f in review.facts)
        self._groups = {study: frozenset(found) for study, found in groups.items()}

    def in_order(self, studies: frozenset[str]) -> tuple[str, ...]:
        """The ids in the review's order."""
        return tuple(s for s in self._order if s in studies)

    def narrowed(self, ask: Ask) -> Ask:
        """``ask`` with studies narrowed down, or found, by words that only some of them use."""
        if ask.named.of("number", "nct") or ask.clash or len(ask.studies) == 1:
            return ask
        if self._main and not ask.studies and self._leaves_study_open(ask):
            return replace(ask, studies=(self._main,), described=True)
        if not ask.studies and (tabled := self._of_table(ask)):
            return replace(ask, studies=tabled, described=True)
        if ask.has("list", "count_studies", "global") or (ask.studies and _SEVERAL.search(ask.focus)):
            return ask
        if ask.studies and ask.described and ask.has("max", "min"):
            return ask
        if ask.studies:
            return self._chosen(ask)
        if ask.named.missing or (ask.named.names and not ask.described):
            return ask
        if (sized := self._of_size(ask)) is not None:
            return sized
        of_review = ask.has("review") and not (
            ask.measures or ask.families or ask.characteristics or ask.groups or ask.designs
        )
        return ask if of_review or ask.has("max", "min") else self._found(ask)

    def singled_out(self, ask: Ask) -> Ask:
        """``I have the one of A. And in the donor-derived one?``: the study described, not the one named before it."""
        if not ONE_LIKE.search(ask.focus):
            return ask
        found = self._found(replace(ask, text=ask.focus, studies=(), named=Named(), described=False))
        if len(found.studies) != 1 or set(found.studies) <= set(ask.studies):
            return ask
        return replace(
            found, text=ask.text, groups=tuple(g for g in ask.groups if not self._is_of(found.studies, g))
        )

    def _is_of(self, studies: tuple[str, ...], group: tuple[str, frozenset[str]]) -> bool:
        """Whether a group only describes what a study is about."""
        return all(s in self._with_group(group[1]) for s in studies) and not any(
            f.study in studies and group[1] <= f.group for f in self._review.facts
        )

    def _of_table(self, ask: Ask) -> tuple[str, ...]:
        """``table 2 ages``: the studies of the table named; none where it is not its studies that are asked about."""
        named = _TABLE.findall(ask.focus)
        plain = ask.has(
            "list", "count_studies", "max", "min", "conflict", "definition", "reference", "review", "summary"
        )
        if len(named) != 1 or plain or not ask.characteristics or ask.measures or ask.families:
            return ()
        tables = [t for t in self._review.raw.tables if t.label == f"Table {named[0]}"]
        return self.in_order(frozenset(c.study for t in tables for c in t.columns))

    def _of_size(self, ask: Ask) -> Ask | None:
        """``of the 53, how many …``: the one study, or the two, with so many patients; None for none or more."""
        for value in ask.values:
            number = value.n if value.n is not None else int(value.text) if value.text.isdigit() else None
            if number is None or value.total is not None or value.unit not in {"patients", ""}:
                continue
            if not _THE_NUMBER.search(ask.focus[: value.start]):
                continue
            counts = [f for f in self._review.facts if f.attribute == "n_patients" and f.n == number]
            whole = {f.study for f in counts if not f.group}
            studies = self.in_order(frozenset(whole or {f.study for f in counts}))
            if 0 < len(studies) <= _FEW:
                values = tuple(v for v in ask.values if v != value) if whole else ask.values
                return replace(ask, studies=studies, described=True, values=values)
        return None

    @staticmethod
    def _leaves_study_open(ask: Ask) -> bool:
        """Whether a question names no study, drug or person, and so asks of the one study there is."""
        named = ask.named.missing or (ask.named.names and not ask.described)
        return not (named or ask.strange or ask.has("definition", "reference", "review", "count_studies"))

    def _chosen(self, ask: Ask) -> Ask:
        """Those of the studies named that the description fits best."""
        ask = self._reporting(self._of_design(ask))
        hints = self._hints(ask)
        if len(ask.studies) == 1:
            return ask
        points = {s: sum(1.0 / len(held) for held in hints.values() if s in held) for s in ask.studies}
        most = max(points.values())
        if most < _WEAK:
            return ask
        return replace(ask, studies=tuple(s for s in self._order if points.get(s, -1.0) >= most - 1e-9))

    def _reporting(self, ask: Ask) -> Ask:
        """Of the studies that a treatment names those that give what is asked, where some do."""
        kinds = {self._lexicons.vocabulary.term(m).kind for m in ask.measures}
        if (
            any(n.kind != "agent" for n in ask.named.names)
            or not kinds
            or kinds & {"rate", "duration", "ratio"}
        ):
            return ask
        giving = tuple(s for s in ask.studies if any((s, m) in self._given for m in ask.measures))
        return replace(ask, studies=giving) if giving else ask

    def _of_design(self, ask: Ask) -> Ask:
        """Of the studies named those of the design named, where some are (``the phase II trial of A``)."""
        designs = [self._with_design.get(d, frozenset()) for d in ask.designs]
        kept = tuple(s for s in ask.studies if any(s in held for held in designs))
        return replace(ask, studies=kept) if kept else ask

    def _found(self, ask: Ask) -> Ask:
        """The studies that the description alone fits, where it is telling."""
        score: dict[str, float] = defaultdict(float)
        for key, held in self._hints(ask).items():
            for study in held:
                score[study] += (1.0 / len(held)) * (_LABELLED if ":" in key else 1.0)
        best = max(score.values(), default=0.0)
        chosen = tuple(s for s in self._order if score.get(s, 0.0) >= best - 1e-9)
        if best < _STRONG or len(chosen) > max(2, len(self._order) // 2):
            return ask
        return replace(ask, studies=chosen, described=True)

    def _hints(self, ask: Ask) -> dict[str, frozenset[str]]:
        """What of the question only some studies have, each with these; labelled but for plain words."""
        names = self._lexicons.names
        hints = names.describing(self._telling(ask))
        for name in ask.named.of("topic"):
            hints["topic:" + name.text] = name.studies
        held = [("group:" + "+".join(sorted(ids)), self._with_group(ids)) for ids in _groups_of(ask)]
        held += [("design:" + design, self._with_design.get(design, frozenset())) for design in ask.designs]
        if any(t.key in _PARTS for t in tokens(ask.focus)):
            held += [("arm:" + "+".join(sorted(ids)), self._with_arm(ids)) for _, ids in ask.groups]
        held += [(f"size:{n}", self._of_n_patients(n)) for n in _numbered(ask.focus)]
        hints |= {label: studies for label, studies in held if 0 < len(studies) < len(names.ids)}
        return hints

    def _of_n_patients(self, n: int) -> frozenset[str]:
        """The studies with so many patients in all."""
        return frozenset(
            f.study for f in self._review.facts if f.attribute == "n_patients" and f.n == n and not f.group
        )

    def _telling(self, ask: Ask) -> list[str]:
        """Keys of words that say something and are not part of a term's wording in the focus."""
        focus = ask.focus.lower()
        asked = {key for key, term in ask.aliases if term in ask.measures}  # what is asked, not of whom
        keys = dict.fromkeys(t.key for t in tokens(ask.text) if t.key not in asked)
        return [
            key
            for key in keys
            if not self._lexicons.is_filler(key)
            and not key.isdigit()
            and key not in _PARTS
            and not any(form in focus for form in self._wordings(key))
        ]

    def _wordings(self, key: str) -> list[str]:
        """The wordings of terms that have a word of this key, in small letters."""
        found = _forms_by_key(self._lexicons.vocabulary).get(key)
        return found.split("\n") if found else []

    def _with_group(self, ids: frozenset[str]) -> frozenset[str]:
        return frozenset(
            study
            for study in self._order
            if ids <= self._review.populations.get(study, frozenset())
            or ids <= self._given_to_all.get(study, frozenset())
            or any(ids <= group for group in self._groups.get(study, ()))
        )

    @cached_property
    def _given_to_all(self) -> Mapping[str, frozenset[str]]:
        """For each study the populations that its cell of agents names (``universal cells`` are off the shelf)."""
        lexicon = self._lexicons.matchers.populations
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self._review.facts:
            if fact.attribute == "agents" and not fact.group:
                found[fact.study] |= {m.ids[0] for m in lexicon.find(tokens(fact.value))}
        return {study: frozenset(ids) for study, ids in found.items()}

    def _with_arm(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies that compared a group with another; the rest only mention it of their patients."""
        arms = self._review.arms
        return frozenset(s for s in self._order if any(ids <= arm for arm in arms.get(s, {}).values()))

    @cached_property
    def _with_design(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self._review.facts:
            if fact.attribute in {"phase", "design"}:
                for design in self.designs_of(fact):
                    found[design].add(fact.study)
        return {design: frozenset(studies) for design, studies in found.items()}

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a characteristic's value names (``II`` in a row on phases is ``phase II``)."""
        value = f"phase {fact.value.strip()}" if _PHASE.fullmatch(fact.value) else fact.value
        return frozenset(m.ids[0] for m in self._lexicons.matchers.designs.find(tokens(value)))


def _main_study(review: Review) -> str:
    """The study that a report of one study is about: it alone has tables, and most of the prose; "" for none."""
    tabled = {c.study for t in review.raw.tables for c in t.columns}
    marked = [s.studies[0] for s in review.raw.sentences if s.studies]
    alone = len(tabled) == 1 or (not tabled and len(set(marked)) == 1)
    if not alone or not marked:
        return ""
    (study,) = tabled or set(marked)
    return study if marked.count(study) >= _MOST * len(marked) else ""


def _numbered(text: str) -> list[int]:
    """``the 53-patient study``, ``a trial of twenty people``: the sizes that studies are told by."""
    found = []
    for match in _SIZED.finditer(text):
        said = (match["before"] or match["behind"]).lower()
        number = int(said) if said.isdigit() else word_number(said)
        found += [number] if number else []
    return found


def _groups_of(ask: Ask) -> list[frozenset[str]]:
    return [*(ids for _, ids in ask.groups), *ask.hinted]


@of_vocabulary
def _forms_by_key(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Each word of a term's wordings with these wordings in small letters, one a line."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table in (vocabulary.measures, vocabulary.characteristics, vocabulary.families):
        for term in table.values():
            for form in filter(None, (term.name, *term.forms, *term.everyday, *term.abbreviations)):
                for token in tokens(form):
                    found[token.key][form.lower()] = None
    return {key: "\n".join(forms) for key, forms in found.items()}
