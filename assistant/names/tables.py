"""Every wording by which a review's studies can be named, collected from its passages and facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS
from assistant.corpus.corpus import Review
from assistant.folder.heads import read_head
from assistant.model import Kind, Passage
from assistant.names.model import CODE, Holders, code_forms, squeeze
from assistant.text.text import ascii_key, fold, key_of, tokens

_ROMAN = re.compile(r"[IVX]+(?:[/-][IVX]+)?")
_DRUG = re.compile(
    r"(?<![\w-])[a-z]{4,}(?:mab|n[ie]b|clax|abine|idine|leucel|lidomide|zomib|stat|platin|rubicin|taxel|cept|stim|trexate|phosphamide"
    r"|sone|olone|cristine|mustine|phalan|sulfan|parginase|vedotin|degib|limus|staurin|parin|bopag)(?![\w-])"
)
"""A word that ends as the names of drugs do."""
_AGENTS_APART = re.compile(r"[+;,/&()]|\bvs\.?\b|\bversus\b|\band\b|\bplus\b|\bor\b")
_COMMON = frozenset(
    "cell cells antibody antibodies chemotherapy inhibitor agent combination product oral daily weekly twice once dose low high "
    "standard intensive alone then infusion injection monotherapy vaccine gene drug drugs regimen arm arms "
    "group groups cohort cohorts day days week weeks month months year years cycle cycles course courses".split()
)
"""Words of treatments that name no treatment."""
_DOSING = re.compile(
    r"[\d.,]+(?:mg|g|kg|ml|iu|u|mgkg|mgm2|days?|weeks?|months?)?|[bt]id|qid|q[dwm]|q?\d*[dwh]|[bt]iw|po|sc|iv|im|prn",
    re.IGNORECASE,
)
"""A dose, or a short form that tells how or how often a drug is given: the name of no study."""
_NO_DRUGS = frozenset(
    "control historical standard therapy treatment placebo observation prophylaxis reduced supportive physician investigator choice "
    "comparator experimental continuous intermittent deferred immediate discontinuation continuation escalation expansion carrier mutation "
    "without surgery transplant transplantation conditioning adjuvant".split()
)
"""Keys of words in arms' labels that are no drugs."""
_BASED = re.compile(r"([^\W\d_]{5,})-(?:based|containing)\b")
"""What was given as a part of others: ``A-based retreatment``."""
_STATUS = re.compile(r"(?:negative|positive|neg|pos)$")
_Open = defaultdict[str, set[str]]


_WORDS_OF_NAME = 4
"""Of a family name at most: ``van de Vosse Berg``."""


@dataclass(frozen=True, slots=True)
class NameTables:
    """Names of a review's studies; each table maps a key to the ids of the studies it belongs to."""

    authors: Holders
    """``ascii_key`` of every author's family name."""
    first_authors: Holders
    codes: Holders
    """Squeezed names of trials and products."""
    agents: Holders
    """Squeezed names of what was given."""
    words: Holders
    """Keys of the words of passages about a single study, and of its section's heading."""
    own_words: Holders
    """The same without headings."""
    ncts: Holders
    """Registration numbers, lower-case."""
    background: frozenset[str]
    """Keys of words that stand anywhere in the review."""
    spelled: frozenset[str]
    """Squeezed codes that stand anywhere in the review."""
    groups: frozenset[str]
    """Squeezed labels of arms and subgroups, which name no study."""
    topics: frozenset[str]
    """Squeezed codes that the title or the background uses: terms of the field, not of one study."""


def collect(review: Review) -> NameTables:
    """The tables of ``review``."""
    collector = _Collector(review)
    collector.add_passages()
    collector.add_variants()
    collector.add_origins()
    collector.add_sections()
    collector.add_meanings()
    collector.add_authors()
    collector.add_agents()
    return collector.tables()


class _Collector:
    """Tables being filled."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.vocabulary = review.reader.vocabulary
        measures = tuple(self.vocabulary.measures.values())
        self.measures = {squeeze(a) for t in measures for a in t.abbreviations}
        forms = (form for t in measures for form in t.forms if " " not in form)
        self.measured = {key_of(form) for form in forms}
        """Keys of single words that name a measure (``discontinuation``)."""
        self.authors: _Open = defaultdict(set)
        self.first_authors: _Open = defaultdict(set)
        self.codes: _Open = defaultdict(set)
        self.agents: _Open = defaultdict(set)
        self._of_arms: _Open = defaultdict(set)
        self.words: _Open = defaultdict(set)
        self.own_words: _Open = defaultdict(set)
        self.ncts: _Open = defaultdict(set)
        self.background: set[str] = set()
        self.spelled: set[str] = set()

    def tables(self) -> NameTables:
        return NameTables(
            authors=_closed(self.authors),
            first_authors=_closed(self.first_authors),
            codes=_closed(self.codes),
            agents=_closed(self.agents),
            words=_closed(self.words),
            own_words=_closed(self.own_words),
            ncts=_closed(self.ncts),
            background=frozenset(self.background),
            spelled=frozenset(self.spelled),
            groups=self._groups(),
            topics=self._topics(),
        )

    def add_passages(self) -> None:
        for passage in self.review.passages:
            keys = {t.key for t in tokens(passage.text) if not t.text.isdigit()}
            self.background |= keys | {squeeze(m.group()) for m in CODE.finditer(fold(passage.text))}
            codes = _codes_in(passage.quote, roman=False)
            self.spelled |= {squeeze(c) for c in codes}
            if len(passage.studies) == 1 and passage.locator.kind is not Kind.COLUMN:
                self._add_passage(passage, codes, keys)

    @cached_property
    def _headed(self) -> frozenset[str]:
        """Codes in the heads of tables' rows: what is measured, not who."""
        rows = {p.locator.row for p in self.review.passages if p.locator.kind is Kind.CELL}
        return frozenset(squeeze(c) for row in rows for c in _codes_in(row, roman=False))

    def _add_passage(self, passage: Passage, codes: Iterable[str], keys: Iterable[str]) -> None:
        study = passage.studies[0]
        for code in codes:
            if code.upper().startswith("NCT") and code[3:].isdigit():
                self.ncts[code.lower()].add(study)
            elif _STATUS.sub("", squeeze(code)) in self.measures or _DOSING.fullmatch(squeeze(code)):
                continue  # "MRD-negative" is what is measured, too
            elif squeeze(code) not in self._headed and len(squeeze(code)) > 1:
                self.codes[squeeze(code)].add(study)
        noun = key_of(self.review.raw.study_label)
        for key in keys:
            if len(key) > 2 and key not in self.vocabulary.scaffold and key != noun:
                self.words[key].add(study)

    def add_variants(self) -> None:
        """A code spelled with other hyphens and spaces elsewhere belongs to those studies, too."""
        texts: dict[str, str] = defaultdict(str)
        for passage in self.review.passages:
            for study in passage.studies[:1]:
                texts[study] += " " + squeeze(passage.quote)
        for key, studies in self.codes.items():
            if len(key) >= 4:
                studies |= {s for s, text in texts.items() if key in text}

    def add_origins(self) -> None:
        """Where a study is from, by its country or its cooperative group (``the German trial``)."""
        for key, studies in list(self.codes.items()):
            for word in self.vocabulary.origins.get(key, ()):
                self.words[word] |= studies
                self.background.add(word)
        for key, others in self.vocabulary.countries.items():
            for word in others if self.words.get(key) else ():
                self.words[word] |= self.words[key]
                self.background.add(word)

    def add_sections(self) -> None:
        """What a section's heading names holds for every study of the section."""
        self.own_words = defaultdict(set, {key: set(studies) for key, studies in self.words.items()})
        places = {(s.section, study): None for s in self.review.raw.sentences for study in s.studies}
        for section, study in places:
            for code in _codes_in(section):
                if not self._is_of_other_targets(code, study):
                    self.codes[squeeze(code)].add(study)
                self.spelled.add(squeeze(code))
            for token in tokens(section):
                if len(token.key) > 2 and token.key not in self.vocabulary.scaffold:
                    self.words[token.key].add(study)

    @cached_property
    def _targets(self) -> dict[str, str]:
        """Study -> what its treatment is aimed at, where a row of a table says so."""
        return {f.study: squeeze(f.value) for f in self.review.facts if f.attribute == "target"}

    def _is_of_other_targets(self, code: str, study: str) -> bool:
        """Whether a code in a heading is the target of other studies, of which a row of a table tells, and none of this one's."""
        own, key = self._targets.get(study, ""), squeeze(code)
        return bool(own) and key not in own and any(key in target for target in self._targets.values())

    def add_meanings(self) -> None:
        """A short form belongs to a study whose section's heading or publication's title spells it out."""
        texts: dict[str, str] = defaultdict(str)
        for sentence in self.review.raw.sentences:
            for name in sentence.studies:
                texts[name] = f"{sentence.section}. "
        for study in self.review.studies:
            reference = self.review.reference(study.reference)
            texts[study.id] += reference.title if reference else ""
        ill = " ".join(f.value for f in self.review.facts if f.attribute == "disease")
        for short, meaning in self.review.raw.abbreviations.items():
            spelled = fold(meaning).lower()
            if len(spelled.split()) > 1 and self.codes.get(squeeze(short)):
                self.codes[squeeze(short)] |= {
                    s
                    for s, text in texts.items()
                    if re.search(rf"(?<!non-)(?<![a-z]){re.escape(spelled)}", fold(text).lower())
                }
            if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", ill) and len(spelled.split()) > 1:
                self.codes[squeeze(spelled)] |= self.codes[squeeze(short)]

    def add_authors(self) -> None:
        for study in self.review.studies:
            first = re.sub(r"\s+(?:et al\.?|and colleagues).*", "", study.name).strip()
            if first and len(first.split()) <= _WORDS_OF_NAME:
                self.first_authors[ascii_key(first.split(",")[0])].add(study.id)
            reference = self.review.reference(study.reference)
            for author in reference.authors if reference else ():
                family = author.rsplit(" ", 1)[0] if " " in author else author
                self.authors[ascii_key(family)].add(study.id)

    def add_agents(self) -> None:
        given = {f.study for f in self.review.facts if f.attribute == "agents"}
        for fact in self.review.facts:
            if fact.attribute == "agents" or (fact.attribute == "arms" and fact.study not in given):
                self._add_treatment(fact.study, fact.value)
        for drug, studies in self._of_arms.items():
            if drug in self.agents:  # else "with alphamab" meant the other studies alone
                self.agents[drug] |= studies
        self._add_told(given)
        for table in self.review.raw.tables:
            for column in table.columns:
                for name in (
                    read_head(column.arm).names[:1] if column.arm and column.study not in given else ()
                ):
                    self._add_arm(column.study, name)

    def _add_treatment(self, study: str, value: str) -> None:
        """The words of a cell that says what was given, but for those that name no treatment.

        Drugs of short forms are added where the cell sets no arms apart, which they would name; else where other studies gave them.
        """
        apart = VERSUS.search(fold(value)) is not None
        empty = self.vocabulary.scaffold | _COMMON | self.measured
        for word in (w for chunk in _AGENTS_APART.split(fold(value)) for w in chunk.split()):
            key = key_of(word)
            named = len(squeeze(word)) > 2 and not _DOSING.fullmatch(squeeze(word))
            if named and key not in empty and key not in self.vocabulary.populations:
                self.agents[squeeze(word)].add(study)
            if made_of := _BASED.match(word):
                self.agents[squeeze(made_of[1])].add(study)
            for drug in self._meant(word) if key not in empty else ():
                (self._of_arms if apart else self.agents)[squeeze(drug)].add(study)

    def _meant(self, short: str) -> list[str]:
        """The drugs that a short form in a cell of agents stands for: ``A-B`` for ``oral alphamab and betanib``."""
        meaning = fold(self.review.raw.abbreviations.get(short.strip(".,;()"), "")).lower()
        return _DRUG.findall(meaning)

    def _add_told(self, given: Collection[str]) -> None:
        """The treatments of other studies that the sentences on a study name which no table has."""
        tabled = {c.study for t in self.review.raw.tables for c in t.columns}
        for passage in self.review.passages:
            study = passage.studies[0] if len(passage.studies) == 1 else ""
            if not study or study in tabled or study in given or passage.locator.kind is not Kind.SENTENCE:
                continue
            for token in tokens(passage.text):
                if squeeze(token.text) in self.agents:
                    self.agents[squeeze(token.text)].add(study)

    def _add_arm(self, study: str, label: str) -> None:
        """The drugs in an arm's label, where no row says what a study gave: ``Alphamab 30 mg``."""
        populations = self.review.reader.matchers.populations
        if (
            re.fullmatch(r"[\w-]{4,}", label)
            and re.search(r"[A-Z].*[A-Z]|-[A-Z]|\d", label)
            and not populations.find(tokens(label))
        ):
            self.agents[squeeze(label)].add(study)  # "A-DXd"
        for word in re.findall(r"[^\W\d_][\w-]*", fold(label)):
            plain = word.isalpha() and len(word) > 6 and key_of(word) not in self.vocabulary.scaffold
            if (
                plain
                and key_of(word) not in _NO_DRUGS | _COMMON | self.measured
                and not populations.find(tokens(word))
            ):
                self.agents[squeeze(word)].add(study)

    def _groups(self) -> frozenset[str]:
        labels = {label for arms in self.review.arms.values() for label in arms}
        labels |= {g for f in self.review.facts for g in f.group}
        parts = {p for label in labels for p in re.split(r"[\s/-]", label) if len(p) > 1}
        return frozenset(squeeze(x) for x in labels | parts)

    def _topics(self) -> frozenset[str]:
        texts = [self.review.title, *(s.plain for s in self.review.raw.sentences if not s.studies)]
        found = {squeeze(c) for text in texts for c in _codes_in(text)}
        whole = squeeze(" ".join(texts))
        return frozenset(found | {key for key in self.codes if len(key) >= 4 and key in whole})


def _codes_in(text: str, *, roman: bool = True) -> set[str]:
    """Codes of ``text`` in all their forms; without ``roman`` no Roman numerals."""
    found = (m.group() for m in CODE.finditer(fold(text)))
    return {form for code in found if roman or not _ROMAN.fullmatch(code) for form in code_forms(code)}


def _closed(table: _Open) -> Holders:
    return Holders((key, frozenset(studies)) for key, studies in table.items())
