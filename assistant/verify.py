"""The last look before anything is shown: every figure of a sentence must be one its citation states.

A sentence is read back by the fact reader that read the corpus. A figure counts as supported only where the
cited passage states it for the same study, measure, time point, group, grade and cycle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus import Review
from assistant.draft import Line
from assistant.model import Derivation, Fact, Passage
from assistant.selection import same_time
from assistant.text import NUMBER_WORDS, fold, word_number

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE)
_TIME = re.compile(r"\b\d+(?:\.\d+)?-(?:hour|day|week|month|year)\b")
_GRADE = re.compile(r"\bgrade \d(?:-\d)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence is supported, and if not, why."""

    ok: bool
    reason: str = ""


def _numbers(text: str) -> set[str]:
    return {_plain(n) for n in _NUMBER.findall(fold(text))}


def _plain(number: str) -> str:
    number = number.replace(",", "")
    return re.sub(r"\.0+$", "", number) if "." in number else number.lstrip("0") or "0"


class Verifier:
    """Checks sentences against one review.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self._passages: dict[str, Passage] = {p.id: p for p in review.passages}
        self._facts: dict[str, list[Fact]] = {}
        for fact in review.facts:
            self._facts.setdefault(fact.passage, []).append(fact)
        labels = [re.escape(fold(s.label)) for s in review.studies]
        noun = re.escape(review.raw.study_label)
        self._labels = re.compile(rf"(?:{'|'.join(sorted(labels, key=len, reverse=True)) or '(?!)'})(?![\w-])|\b{noun} [\w-]+")

    def check(self, line: Line, question: str = "") -> Support:
        """Whether every figure of ``line`` is one its citations state.

        Args:
            line: a sentence of the answer with its support.
            question: the question, whose own figures a decline may repeat.
        """
        for passage, study in line.support:
            known = self._passages.get(passage)
            if known is None:
                return Support(False, "cites no passage of the review")
            if study and study not in known.studies:
                return Support(False, f"cites a passage that is not about {study}")
        cited = {s for _, s in line.support if s}
        named = self._named(line.text)
        quoted = {s for p, _ in line.support if line.verbatim for s in self._named(self._passages[p].text)}
        if line.support and cited and not named <= cited | quoted:
            return Support(False, "names a study that it does not cite")
        if not line.facts and not line.verbatim and line.derivation is None:
            return self._unsupported(line, question)
        if line.derivation is not None:
            return self._derived(line, line.derivation)
        if line.verbatim:
            return self._verbatim(line)
        if line.facts and len(line.facts) == 1:
            return self._stated(line, line.facts[0])
        return self._listed(line)

    def _named(self, text: str) -> set[str]:
        return {s.id for s in self.review.studies if re.search(rf"(?<![\w-]){re.escape(fold(s.label))}(?![\w-])", fold(text))}

    def _bare(self, text: str) -> str:
        """The sentence without study labels and first authors, which may hold numbers of their own."""
        text = self._labels.sub(" ", fold(text))
        for study in self.review.studies:
            if study.name:
                text = text.replace(f"({fold(study.name)})", " ")
        return re.sub(r"\s+", " ", text)

    def _unsupported(self, line: Line, question: str) -> Support:
        text = _GRADE.sub(" ", _TIME.sub(" ", self._bare(line.text)))
        for span in [*self._codes(), *(r.title for r in [self.review])]:
            text = text.replace(fold(span), " ")
        for study in self.review.studies:
            text = re.sub(rf"(?<![\w-]){re.escape(fold(study.id))}(?![\w-])", " ", text)
        extra = _numbers(text) - _numbers(question) - self._missing_ids(line.text)
        extra -= {n for p, _ in line.support for n in _numbers(self._passages[p].quote)}
        return Support(not extra, f"states {', '.join(sorted(extra))} without a source" if extra else "")

    def _codes(self) -> Iterable[str]:
        return sorted({c for p in self.review.passages for c in re.findall(r"[A-Za-z][\w-]*\d[\w-]*", fold(p.quote))}, key=len, reverse=True)

    @staticmethod
    def _missing_ids(text: str) -> set[str]:
        return {_plain(n) for n in re.findall(r"\b[A-Z][a-z]+ (\d+)", fold(text))}

    def _derived(self, line: Line, derivation: Derivation) -> Support:
        operands = derivation.operands
        for fact in operands:
            if fact not in self._facts.get(fact.passage, []):
                return Support(False, "is computed from a figure the review does not state")
        if derivation.operation == "number of studies":
            named = self._named(line.text)
            words = re.match(r"(\w+)", line.text)
            said = word_number(words[1]) if words and words[1].lower() in NUMBER_WORDS else int(words[1]) if words and words[1].isdigit() else None
            return Support(said == len(named) == int(derivation.result), "counts wrongly" if said != len(named) else "")
        result = recompute(derivation)
        if result is None or result != derivation.result.rstrip("%"):
            return Support(False, "is computed wrongly")
        allowed = {_plain(result)} | {n for f in operands for n in _figures(f)}
        for fact in operands:
            allowed |= _numbers(f"{fact.time_point} {fact.grade} {fact.cycle} {fact.group_label}")
        extra = _numbers(self._bare(line.text)) - allowed
        if _plain(result) not in _numbers(self._bare(line.text)):
            return Support(False, "does not state the result it was computed to")
        return Support(not extra, f"states {', '.join(sorted(extra))} beside its computation" if extra else "")

    def _verbatim(self, line: Line) -> Support:
        sources = " ".join(fold(self._passages[p].text + " " + self._passages[p].quote) for p, _ in line.support)
        reference = any(self._passages[p].locator.entry for p, _ in line.support)
        own = {_plain(e) for p, _ in line.support for e in re.findall(r"\d+", self._passages[p].locator.entry)} if reference else set()
        extra = _numbers(self._bare(line.text)) - _numbers(sources) - own
        return Support(not extra, f"states {', '.join(sorted(extra))}, which the passage does not" if extra else "")

    def _stated(self, line: Line, fact: Fact) -> Support:
        if fact not in self._facts.get(fact.passage, []) or fact.passage not in {p for p, _ in line.support}:
            return Support(False, "states a fact that its passage does not")
        if fact.study and fact.study not in {s for _, s in line.support}:
            return Support(False, "cites another study than the fact's")
        if fact.attribute not in self.review.reader.vocabulary.measures:
            return self._characteristic(line, fact)
        text = re.sub(r"^\s*(?:yes|no)\s*:\s*", "", self._bare(line.text), flags=re.IGNORECASE)
        text = re.sub(r"^\s*in\s*,\s*", "", text, flags=re.IGNORECASE)
        arms = self.review.arms.get(fact.study, {})
        read = [f for f in self.review.reader.read(text, arms) if f.attribute]
        if fact.of and not re.search(rf"(?<!\w){re.escape(self._short(fact.of))}(?!\w)", text):
            return Support(False, "names another measure than the fact's")
        if not read:
            return Support(False, "says no figure that can be read back")
        everyone = self.review.populations.get(fact.study, frozenset()) | {"all"}
        candidates = self._facts[fact.passage]
        for said in read:
            if said.attribute in {"p_value", "CI"} and fact.attribute == said.attribute and said.of in {"", fact.of}:
                if _same_figure(said, fact):
                    continue
            if not any(self._same(said, known, everyone) for known in candidates):
                return Support(False, f"says {said.attribute} {said.value}, which the cited place does not")
        extra = _numbers(_ORDINAL.sub(" ", _GRADE.sub(" ", _TIME.sub(" ", text)))) - _figures(fact) - _numbers(fact.group_label)
        extra -= {n for g in fact.group for n in _numbers(g)} | _numbers(self._group_words(fact)) | _numbers("95" if fact.attribute == "CI" else "")
        return Support(not extra, f"states {', '.join(sorted(extra))} beside the fact" if extra else "")

    def _short(self, measure: str) -> str:
        term = self.review.reader.vocabulary.term(measure)
        return term.abbreviations[0] if term.abbreviations else term.name

    def _group_words(self, fact: Fact) -> str:
        labels = [name for name, ids in self.review.arms.get(fact.study, {}).items() if ids == fact.group]
        terms = [self.review.reader.vocabulary.term(g).name for g in fact.group]
        return " ".join([*labels, *terms, self.review.reader.vocabulary.term(fact.attribute).name])

    def _same(self, said: Fact, known: Fact, everyone: frozenset[str]) -> bool:
        attribute = {said.attribute} | set(said.attribute.split("/"))
        if known.attribute != said.attribute and known.attribute not in attribute:
            return False
        if not _same_figure(said, known) or not same_time(said.time_point, known.time_point):
            return False
        if said.grade != known.grade or (said.cycle or "") != (known.cycle or ""):
            return False
        return said.group - everyone == known.group - everyone

    def _characteristic(self, line: Line, fact: Fact) -> Support:
        value = fold(re.sub(r"\s*\[[\d, ]+\]", "", fact.value).rstrip(".")).lower()
        text = fold(line.text)
        if fact.attribute == "n_patients" and fact.n is not None:
            found = re.search(r"(?:had|enrolled)\s+(\d+)\s+patients?(?:\s+\((.*)\))?\.$", text)
            if not found or int(found[1]) != fact.n or (found[2] or "") != (fold(fact.group_label) if fact.group else ""):
                return Support(False, "says another number of patients")
            named = self._named(line.text)
            return Support(not named or fact.study in named, "names another study")
        if value not in text.lower():
            return Support(False, "does not say the cell's value")
        if fact.study and self._named(line.text) and fact.study not in self._named(line.text):
            return Support(False, "names another study")
        passage = self._passages[fact.passage]
        extra = _numbers(self._bare(line.text)) - _numbers(value) - _numbers(passage.locator.row)
        return Support(not extra, f"states {', '.join(sorted(extra))} beside the cell" if extra else "")

    def _listed(self, line: Line) -> Support:
        for fact in line.facts:
            if fact not in self._facts.get(fact.passage, []):
                return Support(False, "states a fact that its passage does not")
        figures = {n for f in line.facts for n in _figures(f)} | {n for f in line.facts for n in _numbers(f"{f.time_point} {f.group_label} {f.grade} {f.cycle}")}
        parts = [f.n for f in line.facts if f.attribute == "n_patients" and f.group and f.n]
        if len(parts) > 1:
            figures.add(str(sum(parts)))
        extra = _numbers(self._bare(line.text)) - figures
        return Support(not extra, f"states {', '.join(sorted(extra))} without a source" if extra else "")


def _figures(fact: Fact) -> set[str]:
    found = _numbers(fact.value) | _numbers(fact.percent)
    found |= {str(x) for x in (fact.n, fact.total) if x is not None}
    return found


def _same_figure(said: Fact, known: Fact) -> bool:
    if said.comparator != known.comparator:
        return False
    a, b = _figures(said), _figures(known)
    units = {said.unit, known.unit}
    if said.unit != known.unit and not units <= {"%", "patients", "", "range", "amount"}:
        return False
    return bool(a) and a <= b and (said.unit == known.unit or "%" not in units or bool(known.percent))


def recompute(derivation: Derivation) -> str | None:
    """The result of a derivation worked out again from its operands, as printed digits; None where impossible."""
    from decimal import Decimal

    from assistant.selection import percent_of

    facts = derivation.operands
    if derivation.operation == "difference" and len(facts) == 2:
        values = [Decimal(m[0]) for f in facts if (m := re.search(r"\d+(?:\.\d+)?", fold(f.percent or f.value)))]
        if len(values) != 2:
            values = [Decimal(f.n) for f in facts if f.n is not None]
        return f"{abs(values[0] - values[1]).normalize():f}" if len(values) == 2 else None
    if derivation.operation == "sum":
        return str(sum(f.n or 0 for f in facts))
    whole = next((f.n for f in facts if f.attribute == "n_patients" and f.n), None) or next((f.total for f in facts if f.total), None)
    if derivation.operation == "count" and whole:
        return str(round((percent_of(facts[0]) or 0.0) * whole / 100))
    if derivation.operation == "percentage" and whole and facts[0].n is not None:
        return f"{100.0 * facts[0].n / whole:.1f}".removesuffix(".0")
    if derivation.operation == "remainder" and whole and facts[0].n is not None:
        return str(whole - facts[0].n)
    return None
