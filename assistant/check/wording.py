"""Judges what a statement says beside its figures: designs, patients, treatments, direction, negation, other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.check.figures import FigureJudge
from assistant.check.model import Remark, Verdict
from assistant.check.reading import Reading
from assistant.check.sources import Sources
from assistant.check.words import NEGATION, NEUTRAL, OUTCOMES
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.names.model import CODE, Name
from assistant.spans.scan import scan
from assistant.spans.span import Span
from assistant.text.text import NUMBER_WORDS, Token, tokens

_PHASE = re.compile(r"\s*[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\s*")
_APART = (
    {"retrospective", "prospective"},
    {"single-arm", "randomised"},
    {"single-arm", "controlled"},
    {"open-label", "double-blind"},
    {"preclinical", "retrospective"},
    {"randomised", "non-randomised"},
    {"multicentre", "single-centre"},
    *({a, b} for a in ("retrospective", "registry") for b in ("randomised", "double-blind")),
    *(
        {a, b}
        for a in ("xenograft", "preclinical", "in vitro", "meta-analysis")
        for b in ("randomised", "registry")
    ),
)
_IMPLIED = (("xenograft", "preclinical"), ("in vitro", "preclinical"))
"""A design, and what it is by that."""
_UNPHASED = frozenset(
    {"retrospective", "registry", "xenograft", "preclinical", "in vitro", "meta-analysis", "case report"}
)
_BOUNDED = re.compile(
    r"\b(?:at (?:least|most)|up to|no (?:more|less|fewer) than|not (?:more|less) than|(?:more|less|fewer|longer|shorter) than|"
    r"under|over|within)\s+(?=\d|one\b|two\b|three\b|four\b)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:at least|no (?:fewer|less) than|not less than|more than|longer than|over|"
    r"or (?:longer|more|older|better|above|higher))\b|[\u2265>]",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:at most|up to|no more than|not more than|less than|fewer than|shorter than|under|within|"
    r"or (?:less|fewer|lower|below|younger))\b|[\u2264<]",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\bcompar(?:ed?|es|ing|ison)\b", re.IGNORECASE)
_DIRECTLY = re.compile(r"\s+(?:(?:at|in|to|be|the|by|of|for|quite|exactly)\s+)*", re.IGNORECASE)
"""Stands between a negation and the figure that it denies."""
_WHO_NOT = re.compile(
    r"\b(?:those|patients|adults|children|people)\s+(?:who|that)\s+(?:did|do|had|have|has|was|were|are)\s+not$",
    re.IGNORECASE,
)
_THOSE = re.compile(r"\b(?:those|patients|ones)\s+$", re.IGNORECASE)
"""Before ``without 84.9%``: those without it."""
_NOTHING_MORE = re.compile(
    r"\s*(?:$|[(),.;:\[]|(?:it|them|and|but|or|vs|versus|was|were|\w+ed)\b)", re.IGNORECASE
)
_SETTING_APART = re.compile(
    r"\b(?:unlike|compared|than|versus|vs|whereas|while|contrast|similar|rather|instead)\b", re.IGNORECASE
)


class WordJudge:
    """Judges words against one review.

    Args:
        review: the review.
        figures: judges its figures.
    """

    def __init__(self, review: Review, figures: FigureJudge) -> None:
        self.review = review
        self.figures = figures
        self.sources = Sources(review)
        self._term = review.reader.vocabulary.term
        self._designs: dict[str, dict[str, str]] = {}

    # -- designs, groups, treatments -----------------------------------------------------------

    def designs(self, study: str) -> dict[str, str]:
        """What a study is by design, each with the passage that says so."""
        if study not in self._designs:
            found: dict[str, str] = {}
            lexicon = self.review.reader.matchers.designs
            for fact in self.review.facts:
                if fact.study == study and fact.attribute in {"phase", "design"}:
                    value = f"phase {fact.value.strip()}" if _PHASE.fullmatch(fact.value) else fact.value
                    found |= {
                        m.ids[0]: fact.passage for m in lexicon.find(tokens(value)) if m.ids[0] not in found
                    }
            for passage in self.sources.of(study):
                for match in lexicon.find(self.sources.tokens(passage)):
                    if not any(_opposed(match.ids[0], d) for d in found):
                        found.setdefault(match.ids[0], passage.id)
            for design, also in _IMPLIED:
                if design in found:
                    found.setdefault(also, found[design])
            self._designs[study] = found
        return self._designs[study]

    def design_remarks(self, reading: Reading, study: str) -> tuple[list[Remark], int, list[tuple[int, int]]]:
        """Remarks on the designs named, how many of them are the study's, and where they stand."""
        words = tokens(reading.text)
        own = self.designs(study)
        remarks, n_right, places = [], 0, []
        found = self.review.reader.matchers.designs.find(words)
        phased = any(m.ids[0].startswith("phase") and m.ids[0] in own for m in found)
        for match in found:
            design = match.ids[0]
            places.append((words[match.start].start, words[match.end - 1].end))
            if design in own:
                n_right += 1
                continue
            if phased and design.startswith("phase"):
                continue  # "the first-in-human, phase I/II study" is both
            opposed = [d for d in own if _opposed(design, d)]
            if opposed:
                remarks.append(
                    Remark(
                        Verdict.CONTRADICTED,
                        f"the review calls it {opposed[0]}, not {design}",
                        own[opposed[0]],
                    )
                )
            else:
                remarks.append(Remark(Verdict.NOT_CHECKABLE, f"the review does not call it {design}"))
        return remarks, n_right, places

    def group_remarks(self, reading: Reading, study: str) -> tuple[list[Remark], int]:
        """Remarks on the patients named beside any figure, and how many of them are the study's."""
        everyone, own = self.figures.everyone(study), self._groups(study)
        remarks, n_right = [], 0
        figures = bool(reading.facts)
        for span in (*reading.idle, *self._spelled_out(reading)):
            if span.kind != "group" or set(span.ids) <= {"all"}:
                continue
            if set(span.ids) <= everyone:
                n_right += 1
                continue
            opposite = self._term(span.ids[0]).opposite
            if opposite and opposite in everyone and not set(span.ids) & own:
                name = self._term(opposite).name
                remarks.append(Remark(Verdict.CONTRADICTED, f"its patients were {name}"))
            elif _COMPARED.search(reading.text) and self._all_arms(reading, study):
                n_right += 1
            elif figures or not set(span.ids) <= own:
                remarks.append(
                    Remark(Verdict.NOT_CHECKABLE, f"what it says of {span.text!r} could not be judged")
                )
        return remarks, n_right

    def _all_arms(self, reading: Reading, study: str) -> bool:
        """Whether a statement names every arm of a study, and gives no figure but its size."""
        arms = set(self.review.arms.get(study, {}).values())
        named = {frozenset(s.ids) for s in reading.spans if s.kind == "group"}
        return (
            len(arms) > 1
            and arms <= named
            and all(f.attribute == "n_patients" and not f.group for f in reading.facts)
        )

    def _spelled_out(self, reading: Reading) -> list[Span]:
        """Groups that abbreviations of the review stand for (``NDMM``)."""
        found = []
        for match in CODE.finditer(reading.text):
            meaning = self.review.raw.abbreviations.get(match[0])
            for span in self.review.reader.groups(meaning) if meaning else ():
                found.append(replace(span, text=match[0], start=match.start(), end=match.end()))
        return found

    def _groups(self, study: str) -> frozenset[str]:
        own = {i for f in self.review.facts if f.study == study for i in f.group}
        return frozenset(own | {i for ids in self.review.arms.get(study, {}).values() for i in ids})

    def name_remarks(self, weak: Iterable[Name], reading: Reading, study: str) -> tuple[list[Remark], int]:
        """Remarks on treatments that other studies gave, and how many named are the study's."""
        remarks, n_right = [], 0
        given = next((f for f in self.review.facts if f.study == study and f.attribute == "agents"), None)
        for name in weak:
            if study in name.studies:
                n_right += name.kind == "agent"
            elif name.kind == "agent" and given and not self.sources.spells(name.text, study):
                if _SETTING_APART.search(reading.text):
                    remarks.append(Remark(Verdict.NOT_CHECKABLE, f"{name.text} was not its treatment"))
                else:
                    reason = f"its treatment was {given.value}, not {name.text}"
                    remarks.append(Remark(Verdict.CONTRADICTED, reason, given.passage))
            elif name.kind == "code" and any(
                s.text in name.text for s in reading.spans if s.kind == "measure"
            ):
                continue  # the measure is judged
            elif name.kind == "code" and not self.sources.spells(name.text, study):
                remarks.append(
                    Remark(Verdict.NOT_CHECKABLE, f"the review does not speak of {name.text} there")
                )
        return remarks, n_right

    # -- the rest ------------------------------------------------------------------------------

    def idle_remarks(self, reading: Reading, study: str, known: Sequence[Fact]) -> list[Remark]:
        """Remarks on measures, times, grades and cycles named without a figure of their own."""
        said = {of for f in known for of in (f.of, f"median_{f.of}") if of}
        for passage in dict.fromkeys(f.passage for f in known):
            spans = scan(
                self.sources.passages[passage].text,
                self.review.reader.matchers,
                self.review.arms.get(study, {}),
            )
            figured = {f.attribute for f in self.figures.facts(study) if f.passage == passage}
            said |= {
                i for s in spans for i in (*s.ids, s.text.lower()) if s.kind != "measure" or i not in figured
            }
        return [
            Remark(Verdict.NOT_CHECKABLE, f"what it says of {s.text!r} could not be judged")
            for s in reading.idle
            if s.kind in {"measure", "time", "grade", "cycle"} and not set(s.ids) & said
        ]

    def unknown(self, reading: Reading, study: str, taken: Sequence[tuple[int, int]]) -> list[str]:
        """Words of a statement that nothing the review says of the study has, nor a synonym of theirs."""
        taken = (*taken, *((s.start, s.end) for s in reading.spans))
        codes = [
            m
            for m in CODE.finditer(reading.text)
            if not (self.sources.spells(m[0], study) or m[0] in self.review.title)
        ]
        strange = [m[0] for m in codes if not any(a < m.end() and m.start() < b for a, b in taken)]
        spelled = [(m.start(), m.end()) for m in CODE.finditer(reading.text)]
        for word in reading.words:
            if any(a <= word.start and word.end <= b for a, b in (*taken, *spelled)):
                continue
            counted = word.key in NUMBER_WORDS or word.key in OUTCOMES
            if counted or not self.sources.related(word.key, study):
                strange.append(word.text)
        return strange

    def bound_remarks(self, reading: Reading, passages: Sequence[str]) -> list[Remark]:
        """Remarks on bounds of numbers that are no figures, such as a time: the source must bound the same way."""
        quotes = " ".join(self.sources.passages[p].text for p in passages)
        starts = {f.start for f in reading.facts}
        for match in _BOUNDED.finditer(reading.text):
            if match.end() in starts:
                continue  # the figure is judged with it
            low = bool(_LEAST.search(match[0]))
            if not (_LEAST if low else _MOST).search(quotes):
                reason = f"what is meant by {match[0].strip()!r} could not be judged"
                return [Remark(Verdict.NOT_CHECKABLE, reason)]
        return []

    def negation_remarks(
        self, reading: Reading, passages: Sequence[str], *, only_direct: bool = False
    ) -> list[Remark]:
        """Remarks on what is denied: the source must deny the same; with ``only_direct`` only on figures denied."""
        remarks = []
        for word in reading.negations:
            if self._names_group(word, reading):
                continue
            following = self._after(word, reading.text)
            direct = any(_DIRECTLY.fullmatch(reading.text, word.end, f.start) for f in reading.facts)
            if only_direct and not direct:
                continue
            if direct or not any(self._denies(p, following) for p in passages):
                remarks.append(
                    Remark(
                        Verdict.CONTRADICTED,
                        f"the review does not say {word.text!r}",
                        next(iter(passages), ""),
                    )
                )
        return remarks

    @staticmethod
    def _names_group(word: Token, reading: Reading) -> bool:
        """Whether a negation only says which group a figure is of: ``without it``, ``those who did not``."""
        lacked = {i.removeprefix("no-") for f in reading.facts for i in f.group if i.startswith("no-")}
        before = next((f for f in reversed(reading.facts) if f.end <= word.start), None)
        if not lacked and word.key == "without" and before is not None and before.group:
            others = {f.group for f in reading.facts if f.attribute == before.attribute} - {before.group}
            return len(others) == 1 and bool(_NOTHING_MORE.match(reading.text[word.end :]))
        if not lacked:
            return False
        if word.key == "not":
            return bool(_WHO_NOT.search(reading.text[: word.end]))
        following = reading.text[word.end :]
        named = any(following.lstrip().lower().startswith(name) for name in lacked)
        those = bool(_THOSE.search(reading.text[: word.start])) and following.lstrip()[:1].isdecimal()
        return word.key == "without" and (named or those or bool(_NOTHING_MORE.match(following)))

    @staticmethod
    def _after(word: Token, text: str) -> set[str]:
        """The word after a negation, and the first after it that says something."""
        following = [t.key for t in tokens(text) if t.start >= word.end and not t.key[0].isdigit()]
        return set(following[:1]) | set([k for k in following[:3] if k not in NEUTRAL][:1])

    def _denies(self, passage: str, following: set[str]) -> bool:
        words = self.sources.tokens(self.sources.passages[passage])
        text = self.sources.passages[passage].text
        return any(t.key in NEGATION and self._after(t, text) & following for t in words)


def _opposed(a: str, b: str) -> bool:
    if a.startswith("phase") and b.startswith("phase"):
        return True
    if any({a, b} == pair for pair in _APART):
        return True
    return (a.startswith("phase") and b in _UNPHASED) or (b.startswith("phase") and a in _UNPHASED)
