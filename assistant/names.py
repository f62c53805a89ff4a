"""Which study a text speaks of: by number, author, trial, agent, product, registration or description."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.corpus import Review
from assistant.model import Kind
from assistant.text import ascii_key, fold, key_of, tokens

_CODE = re.compile(r"(?<![\w-])(?=[\w-]*[A-Za-z])(?:[A-Za-z]+\d[\w-]*|\d*[A-Z][\w-]*[A-Z][\w-]*|[A-Z][a-z]+[A-Z]\w*)(?![\w-])")
_ROMAN = re.compile(r"[IVX]+(?:[/-][IVX]+)?")
_YEAR_BEFORE = re.compile(
    r"(?:\byears?|\bsince|\bfrom|\bbetween|\buntil|\bduring|\bpublished in|\bcalendar year|\bback in|\bby|\bbefore|\bafter|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december))\s*$",
    re.IGNORECASE,
)
_YEAR_VERB = re.compile(
    r"\b(?:start|began|begin|open|publish|conduct|recruiting|running|diagnos|approved|held|calendar|year|took place|when|period|"
    r"happen|join|accru|collecting|meeting|ongoing)",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|per\s?cent|patients?|subjects?|participants?|people|adults|children|months?|years?|days?|weeks?|/|"
    r"-\s?(?:year|month|day|week)|cases|persons|men|women|points?|cells|percentage|pts)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A wording that points to studies."""

    text: str
    kind: str
    """``number``, ``nct``, ``author``, ``code``, ``agent`` or ``topic`` (a term of the whole field, too)."""
    studies: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """The studies a text names, and how."""

    names: tuple[Name, ...] = ()
    missing: tuple[str, ...] = ()
    """Labels of studies that the review does not have, e.g. ``Abstract 52``."""

    def of(self, *kinds: str) -> list[Name]:
        """The names of these kinds, in order."""
        return [n for n in self.names if n.kind in kinds]


def _code_forms(code: str) -> list[str]:
    """A code and what stands before its hyphens: ``CAR-T-based`` -> ``CAR-T-based``, ``CAR-T``, ``CAR``."""
    parts = code.strip("-").split("-")
    forms = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return [f for f in forms if _CODE.fullmatch(f) or f == code]


def squeeze(text: str) -> str:
    """Letters and digits only, lower-case: ``RD13-01`` and ``rd 1301`` are one."""
    return re.sub(r"[^a-z0-9]", "", ascii_key(text))


@dataclass
class StudyNames:
    """Every wording by which a review's studies can be named.

    Args:
        review: the review.
    """

    review: Review
    authors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    first_authors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    agents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ncts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    background: set[str] = field(default_factory=set)
    """Keys of words that stand anywhere in the review."""
    spelled: set[str] = field(default_factory=set)
    """Squeezed codes that stand anywhere in the review."""

    def __post_init__(self) -> None:
        vocabulary = self.review.reader.vocabulary
        measures = {squeeze(a) for t in vocabulary.measures.values() for a in t.abbreviations}
        noun = key_of(self.review.raw.study_label)
        for passage in self.review.passages:
            words = [t for t in tokens(passage.text) if not t.text.isdigit()]
            keys = {t.key for t in words} | {squeeze(m.group()) for m in _CODE.finditer(fold(passage.text))}
            self.background |= keys
            codes = {c for m in _CODE.finditer(fold(passage.quote)) if not _ROMAN.fullmatch(m.group()) for c in _code_forms(m.group())}
            self.spelled |= {squeeze(c) for c in codes}
            if len(passage.studies) != 1 or passage.locator.kind is Kind.COLUMN:
                continue
            study = passage.studies[0]
            for code in codes:
                nct = code.upper().startswith("NCT") and code[3:].isdigit()
                if nct:
                    self.ncts[code.lower()].add(study)
                elif squeeze(code) not in measures and len(squeeze(code)) > 1:
                    self.codes[squeeze(code)].add(study)
            for key in {t.key for t in words}:
                if len(key) > 2 and key not in vocabulary.scaffold and key != noun:
                    self.words[key].add(study)
        self._add_variants()
        self._add_sections()
        self._add_authors()
        self._add_agents()

    def _add_variants(self) -> None:
        """A code spelled with other hyphens and spaces elsewhere belongs to those studies, too."""
        texts: dict[str, str] = defaultdict(str)
        for passage in self.review.passages:
            for study in passage.studies[:1]:
                texts[study] += " " + squeeze(passage.quote)
        for key, studies in self.codes.items():
            if len(key) >= 4:
                studies |= {s for s, text in texts.items() if key in text}

    def _add_sections(self) -> None:
        """What a section's heading names holds for every study of the section."""
        vocabulary = self.review.reader.vocabulary
        for sentence in self.review.raw.sentences:
            for study in sentence.studies:
                for match in _CODE.finditer(fold(sentence.section)):
                    for code in _code_forms(match.group()):
                        self.codes[squeeze(code)].add(study)
                for token in tokens(sentence.section):
                    if len(token.key) > 2 and token.key not in vocabulary.scaffold:
                        self.words[token.key].add(study)

    @cached_property
    def _groups(self) -> frozenset[str]:
        """Squeezed labels of arms and subgroups, which name no study."""
        labels = {label for arms in self.review.arms.values() for label in arms}
        labels |= {g for f in self.review.facts for g in f.group}
        parts = {p for label in labels for p in re.split(r"[\s/-]", label) if len(p) > 1}
        return frozenset(squeeze(x) for x in labels | parts)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Squeezed codes that the title or the background uses: terms of the field, not of one study."""
        texts = [self.review.title, *(s.plain for s in self.review.raw.sentences if not s.studies)]
        found = {squeeze(c) for text in texts for m in _CODE.finditer(fold(text)) for c in _code_forms(m.group())}
        whole = squeeze(" ".join(texts))
        return frozenset(found | {key for key in self.codes if len(key) >= 4 and key in whole})

    def _add_authors(self) -> None:
        for study in self.review.studies:
            first = re.sub(r"\s+(?:et al\.?|and colleagues).*", "", study.name).strip()
            if first and len(first.split()) <= 3:
                self.first_authors[ascii_key(first.split(",")[0])].add(study.id)
            reference = self.review.reference(study.reference)
            for author in reference.authors if reference else ():
                family = author.rsplit(" ", 1)[0] if " " in author else author
                self.authors[ascii_key(family)].add(study.id)

    def _add_agents(self) -> None:
        vocabulary = self.review.reader.vocabulary
        for fact in self.review.facts:
            if fact.attribute != "agents":
                continue
            for chunk in re.split(r"[+;,/&()]|\bvs\.?\b|\bversus\b|\band\b|\bplus\b|\bor\b", fold(fact.value)):
                for word in re.findall(r"[^\s]+", chunk):
                    key = key_of(word)
                    if len(squeeze(word)) > 2 and key not in vocabulary.scaffold and not _population(key, vocabulary):
                        self.agents[squeeze(word)].add(fact.study)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The studies' ids."""
        return frozenset(s.id for s in self.review.studies)

    @cached_property
    def _shapes(self) -> re.Pattern[str]:
        shapes = set()
        for study in self.ids:
            shapes.add(re.sub(r"\\?-", r"[- ]?", re.sub(r"\d+", r"\\d{1,6}", re.escape(study))))
        return re.compile("|".join(sorted(shapes, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> Named:
        """The studies that ``text`` names."""
        text = fold(text)
        numbers, missing = self._numbers(text)
        names = list(numbers)
        taken = [(n.start, n.end) for n in numbers]
        for match in re.finditer(r"\bNCT\s?\d{5,}\b", text, re.IGNORECASE):
            key = match.group().replace(" ", "").lower()
            if key in self.ncts:
                names.append(Name(match.group(), "nct", frozenset(self.ncts[key]), match.start(), match.end()))
            else:
                missing.append(match.group().upper())
        missing += self._unknown_codes(text)
        names += self._people(text, taken)
        names += self._codes(text, [*taken, *((n.start, n.end) for n in names)])
        return Named(tuple(sorted(names, key=lambda n: n.start)), tuple(dict.fromkeys(missing)))

    def _numbers(self, text: str) -> tuple[list[Name], list[str]]:
        label = re.escape(self.review.raw.study_label or "study")
        noun = rf"(?:{label}|abstract|abs|abstrakt|résumé|resumen|摘要|study|trial|poster)"
        names: list[Name] = []
        missing: list[str] = []
        shape = self._shapes.pattern
        some_words = not all(s.isdigit() for s in self.ids)
        strict = rf"(?:{label}|abstract|abs|abstrakt|résumé|resumen|摘要|poster)"
        for match in re.finditer(rf"(?<![\w.-])(?:{shape})(?![\w%]|\.\d|-\d)", text, re.IGNORECASE):
            found = self._canonical(match.group())
            numeric = match.group().isdigit()
            before, after = text[: match.start()], text[match.end() :]
            marked = re.search(rf"\b{strict}e?n?s?\.?\s*(?:no\.?|number|nr\.?|numero|#|:)?\s*#?\s*$|#\s*$|摘要\s*$", before, re.IGNORECASE)
            listed = bool(names or missing) and bool(re.search(r"(?:^|[\w\]])\s*(?:,|and|or|vs\.?|versus|&|/|und|et|y|to|than|with|against)\s*$", before))
            loose = re.search(rf"\b{noun}s?\s*#?\s*$", before, re.IGNORECASE)
            unit = _UNIT_AFTER.match(after)
            if found and not marked and (unit or (numeric and not loose and self._is_year(match.group(), before, after, text))):
                continue
            if found and re.search(r"(?:reference|ref\.?|\[|grade|phase|table|cycle|day|month|week|cohort|level|arm)s?\s*$", before, re.IGNORECASE):
                continue
            if found and re.search(r"[<>=\u2264\u2265]\s*$|\bp\s*$", before):
                continue
            if re.search(rf"\bnot (?:the |in |from )*(?:{noun}s?)?\s*#?\s*$", before, re.IGNORECASE):
                continue
            if found:
                names.append(Name(match.group(), "number", frozenset({found}), match.start(), match.end()))
            elif marked or (listed and not unit and numeric and marked) or (not numeric) or (loose and not unit and numeric and not _small(match.group())):
                missing.append(f"{self.review.raw.study_label} {match.group().upper()}")
        if some_words:
            for match in re.finditer(rf"\b{label}\s+#?(\d{{1,6}})\b(?!\s*(?:%|patients))", text, re.IGNORECASE):
                if not any(n.start <= match.start(1) < n.end for n in names) and f"{self.review.raw.study_label} {match[1]}" not in missing:
                    missing.append(f"{self.review.raw.study_label} {match[1]}")
        return names, missing

    def _unknown_codes(self, text: str) -> list[str]:
        """Trial names that differ from one of the review's in their number only (``HALYARD-2``)."""
        found = []
        for match in _CODE.finditer(text):
            code = match.group().strip("-")
            letters, digits = re.sub(r"[^a-z]", "", ascii_key(code)), re.sub(r"\D", "", code)
            if len(letters) < 5 or not digits or squeeze(code) in self.spelled or code.upper().startswith("NCT"):
                continue
            if any(re.sub(r"\d", "", k) == letters and re.search(r"\d", k) for k in self.codes):
                found.append(code)
        return found

    def _canonical(self, text: str) -> str:
        key = squeeze(text)
        return next((s for s in self.ids if squeeze(s) == key), "")

    @staticmethod
    def _is_year(number: str, before: str, after: str, text: str) -> bool:
        if not re.fullmatch(r"(?:19|20)\d\d", number):
            return False
        if re.match(r"\s*(?:-|to|through|until)\s*(?:19|20)\d\d", after) or re.search(r"(?:19|20)\d\d\s*(?:-|to|and|until|through)\s*$", before):
            return True
        if _YEAR_BEFORE.search(before):
            return True
        return bool(re.search(r"\bin\s*$", before, re.IGNORECASE)) and bool(_YEAR_VERB.search(text))

    def _people(self, text: str, taken: Iterable[tuple[int, int]]) -> list[Name]:
        found = []
        for match in re.finditer(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            word = re.sub(r"'s?$", "", match.group())
            key = ascii_key(word)
            after = text[match.start() + len(word) : match.end() + 22]
            led = re.match(
                r"(?:'s?\b|\s+et\s+al|\s+(?:group|trial|study|paper|abstract|series|and co|and colleagues|cohort|protocol|report|data|team|patients))",
                after,
                re.IGNORECASE,
            )
            for variant in {key, key.replace("oe", "o").replace("ue", "u").replace("ae", "a")}:
                for table, strict in ((self.first_authors, False), (self.authors, True)):
                    keys = [k for k in table if k == variant or k.replace("oe", "o").replace("ue", "u").replace("ae", "a") == variant]
                    if not keys:
                        continue
                    capital = word[0].isupper()
                    if strict and not (capital and led):
                        continue
                    if not strict and not capital and not led and (len(key) < 3 or key in self.review.reader.vocabulary.scaffold):
                        continue
                    studies = frozenset(s for k in keys for s in table[k])
                    found.append(Name(word, "author", studies, match.start(), match.start() + len(word)))
                    break
                else:
                    continue
                break
        return found

    def _codes(self, text: str, taken: Iterable[tuple[int, int]]) -> list[Name]:
        words = tokens(text)
        taken = list(taken)
        found: list[Name] = []
        position = 0
        while position < len(words):
            best: Name | None = None
            for length in (4, 3, 2, 1):
                part = words[position : position + length]
                if len(part) < length:
                    continue
                start, end = part[0].start, part[-1].end
                if not (part[0].text[0].isalnum() and part[-1].text[0].isalnum()):
                    continue
                if any(a < end and start < b for a, b in taken) or re.search(r"[.;:!?]\s|\s[,(]", text[start:end]):
                    continue
                key = squeeze(text[start:end])
                for table, kind in ((self.codes, "code"), (self.agents, "agent")):
                    hit = table.get(key) or (table.get(key[:-1]) if key.endswith("s") else None)
                    if hit and key not in self._groups and not (kind == "code" and len(key) < 3 and not text[start:end].isupper()):
                        if len(hit) == len(self.ids):
                            continue
                        sort = "topic" if key in self.topics else "agent" if self.agents.get(key) else kind
                        best = Name(text[start:end], sort, frozenset(hit), start, end)
                        break
                if best:
                    found.append(best)
                    position += length
                    break
            else:
                position += 1
        return found

    def describing(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """Words that only some studies' passages use, each with these studies."""
        n = len(self.ids)
        found = {}
        for key in keys:
            studies = self.words.get(key)
            if studies and 0 < len(studies) <= max(1, n // 2):
                found[key] = frozenset(studies)
        return found


def _small(number: str) -> bool:
    return number.isdigit() and len(number) < 2


def _population(key: str, vocabulary: object) -> bool:
    populations: Mapping[str, object] = getattr(vocabulary, "populations", {})
    return key in populations


def resolve(names: Iterable[Name]) -> tuple[frozenset[str], bool]:
    """The studies several names mean together, and whether the names contradict one another.

    Names that share studies narrow one another down; names with nothing in common add up.
    """
    kept: list[frozenset[str]] = []
    clash = False
    names = list(names)
    firm = [n for n in names if n.kind != "topic"]
    known = frozenset(s for n in firm for s in n.studies)
    topics = [n for n in names if n.kind == "topic" and (n.studies & known or not firm)]
    for name in firm + topics:
        for i, have in enumerate(kept):
            if have & name.studies:
                kept[i] = have & name.studies
                break
        else:
            clash = bool(kept)
            kept.append(name.studies)
    return frozenset(s for part in kept for s in part), clash
