"""What of a text only some studies have: words, names, groups, designs, sizes, ages, and whether people were treated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.ages import ages_of_group
from assistant.corpus import Review
from assistant.model import Fact
from assistant.question_ask import Ask
from assistant.question_lexicons import QuestionLexicons
from assistant.text import WORD_NUMBER, fold, tokens, word_number
from assistant.vocabulary import Vocabulary, of_vocabulary

PARTS = frozenset({"arm", "group", "cohort", "subgroup"})
"""Keys of words for a part of any study; that a title holds one (``single-arm``) tells nothing."""
SAME_PATIENTS = (
    frozenset({"newly-diagnosed", "first-line", "treatment-naive"}),
    frozenset({"relapsed", "relapsed-refractory"}),
    frozenset({"refractory", "relapsed-refractory"}),
)
"""Groups that are one where they describe all patients of a study."""
_PHASE = re.compile(r"\s*[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\s*")
_SIZED = re.compile(
    rf"\b(?P<before>\d+|{WORD_NUMBER})[- ](?:patient|person|subject|participant|pt|man)\b(?!s)"
    rf"|\b(?:trial|study|series|report|one|cohort|abstract|poster) (?:of|with|in) (?P<behind>\d+|{WORD_NUMBER})\b"
    r"(?=\W*$|\s*[,;:?.)]| (?:patients?|people|persons?|participants?|subjects|children|adults|infants|men|women|cases)\b)",
    re.IGNORECASE,
)
"""Tells a study by its size."""
_AGES = re.compile(
    r"\b(?P<upper>(?:stop|end|cap|finish)(?:s|ped|ed)?|(?:goes|go|went|ran|runs|up|extend(?:s|ed)?|reach(?:es|ed)?)(?: up)?"
    r"|upper (?:limit|bound|end|age)|maximum|oldest)\b|\b(?P<lower>(?:start|begin)(?:s|ned|ed)?|began|lower (?:limit|bound|end|age)|minimum"
    r"|youngest)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\W*(?:(?:at|to|with|of|is|was|being|up|patients?|age|aged|limit|the|were)\W+){0,5}(\d{1,3})(?![\d%.])",
    re.IGNORECASE,
)
_AGED = re.compile(r"\bage[ds]?\b|\byears?\b|\bold\b|\bolde(?:r|st)\b|\byoung", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:no|not (?:a single|one|any)|without (?:a single|any)?|zero|never|nobody|n't)\b[^,;?]*?"
    r"\b(?:patients?|humans?|persons?|people|man|men|subjects|clinic)\b"
    r"|\bnobody\b|\bonly (?:been )?(?:\w+ ){0,2}in (?:animals?|mice|mouse)\b",
    re.IGNORECASE,
)
"""Says that nobody was treated."""
_RANGE = re.compile(r"(?<![\d.])(\d{1,3})(?:\.\d)?\s*-\s*(\d{1,3})(?![\d.%])")
_LABELLED = 1.5
_GROWN, _ALIKE = 18, 10
"""Years of age below which patients are children, and by which the youngest of the elderly may be younger."""
_MODEL = "preclinical-model"


def is_labelled(key: str) -> bool:
    """Whether a piece of evidence is more than a word."""
    return ":" in key


def weight_of(key: str) -> float:
    """How much more a name, topic, group or design counts than a word."""
    return _LABELLED if is_labelled(key) else 1.0


class Evidence:
    """What each study of a review has of what a text says.

    Args:
        review: the review.
        lexicons: know the studies' words and the designs' names.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._review = review
        self._lexicons = lexicons
        self._order = tuple(s.id for s in review.studies)
        groups: dict[str, set[frozenset[str]]] = defaultdict(set)
        for fact in review.facts:
            groups[fact.study].add(fact.group)
        self._groups = {study: frozenset(found) for study, found in groups.items()}

    def hints(self, ask: Ask) -> dict[str, frozenset[str]]:
        """What of the question only some studies have, each with these; labelled but for plain words."""
        names = self._lexicons.names
        hints = names.describing(self._telling(ask))
        for name in ask.named.of("topic"):
            hints["topic:" + name.text] = name.studies
        held = [("group:" + "+".join(sorted(ids)), self.with_group(ids)) for ids in _groups_of(ask)]
        held += [("design:" + design, self.with_design(design)) for design in ask.designs]
        if any(t.key in PARTS for t in tokens(ask.focus)):
            held += [("arm:" + "+".join(sorted(ids)), self._with_arm(ids)) for _, ids in ask.groups]
        held += [(f"size:{n}", self._of_n_patients(n)) for n in _numbered(ask.focus)]
        hints |= {label: studies for label, studies in held if 0 < len(studies) < len(names.ids)}
        return hints

    def by_own_words(self, studies: tuple[str, ...], ask: Ask) -> tuple[str, ...]:
        """The one of ``studies`` whose own passages, not only its section's heading, have most words of ``ask``; all at a tie."""
        own = self._lexicons.names.tables.own_words
        counts = {s: sum(s in own[key] for key in self._telling(ask)) for s in studies}
        most = [s for s in studies if counts[s] == max(counts.values())]
        return tuple(most) if len(most) == 1 else studies

    def of_text(self, text: str, ask: Ask) -> dict[str, frozenset[str]]:
        """What of ``text``, a description of studies in ``ask``, some studies have; nothing twice.

        A phase, a size or an age that no study has is there, too, with none.
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
        found = {k: held for k, held in self.hints(part).items() if k not in said}
        found |= {f"name:{n.text}": n.studies for n in named.names}
        for match in populations:
            if held := self.of_patients(frozenset(match.ids[:1])):
                found[f"group:{match.ids[0]}"] = held
        for match in designs:
            held = self.with_design(match.ids[0])
            if held or match.ids[0].startswith("phase"):
                found[f"design:{match.ids[0]}"] = held
        found |= {f"size:{n}": self._of_n_patients(n) for n in _numbered(text)}
        found |= self._of_ages(text)
        if _NOBODY.search(text) and self._of_nobody:
            found = {k: held for k, held in found.items() if is_labelled(k)}
            found["people:none"] = self._of_nobody
        return found

    def of_patients(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies with patients of a group, by the ages printed where it is told by age."""
        alike = frozenset[str]().union(*(same for same in SAME_PATIENTS if ids <= same), ids)
        held = frozenset(s for i in alike for s in self.with_group(frozenset({i})))
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
        for match in _AGES.finditer(text) if _AGED.search(text) else ():
            age = _AGE.match(text, match.end())
            end = 1 if match["upper"] else 0
            if age:
                years = int(age[1])
                held = frozenset(s for s, ages in self._ages.items() if any(a[end] == years for a in ages))
                found[f"age:{'to' if end else 'from'} {years}"] = held
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
    def _of_nobody(self) -> frozenset[str]:
        """The studies of animals or cells alone."""
        populations = self._review.populations
        return frozenset(s for s in self._order if _MODEL in populations.get(s, frozenset()))

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
            and key not in PARTS
            and not any(form in focus for form in self._wordings(key, ask.characteristics))
        ]

    def _wordings(self, key: str, asked: Collection[str]) -> list[str]:
        """The wordings of outcomes, and of the characteristics ``asked``, that have a word of this key, in small letters."""
        found = _wordings_by_key(self._lexicons.vocabulary).get(key)
        lines = (line.partition("\t") for line in found.split("\n")) if found else ()
        return [form for term, _, form in lines if not term or term in asked]

    def with_group(self, ids: frozenset[str]) -> frozenset[str]:
        """The studies that are about a group, gave it to all, or tell it apart."""
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

    def with_design(self, design: str) -> frozenset[str]:
        """The studies of a design."""
        return self._with_design.get(design, frozenset())

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
def _wordings_by_key(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Each word of a term's wordings with these wordings in small letters, one a line; a characteristic's id before it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table in (vocabulary.measures, vocabulary.characteristics, vocabulary.families):
        for term in table.values():
            identity = term.id if table is vocabulary.characteristics else ""
            for form in filter(None, (term.name, *term.forms, *term.everyday, *term.abbreviations)):
                for token in tokens(form):
                    found[token.key][f"{identity}\t{form.lower()}"] = None
    return {key: "\n".join(forms) for key, forms in found.items()}
