"""The last look before anything is shown: every figure of a sentence must be one its citation states.

A sentence is read back by the fact reader that read the corpus. A figure counts as supported only where the
cited passage states it for the same study, measure, time point, group, grade and cycle. A quotation must be
the passage's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.corpus import Review
from assistant.draft import Line
from assistant.model import Derivation, Fact, Kind, Passage, Study
from assistant.selection import same_time
from assistant.text import fold
from assistant.verify_cells import authors, characteristic, own_attribute, qualifying, size
from assistant.verify_figures import (
    figures_of,
    leading_count,
    numbers_in,
    plain_number,
    recompute,
    same_figure,
    signed_in,
    spare,
)
from assistant.verify_quotes import quoted

_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE)
_TIME = re.compile(r"\b\d+(?:\.\d+)?-(?:hour|day|week|month|year)\b")
_GRADE = re.compile(r"\bgrade \d(?:-\d)?\b", re.IGNORECASE)
_YES_NO = re.compile(r"^\s*(?:yes|no)\s*:\s*", re.IGNORECASE)
_PLACES = re.compile(
    r"\s*:? ?(?P<p1>the text|the table) gives (?P<v1>.+?) and (?P<p2>the text|the table) gives (?P<v2>.+?)"
    r" for (?P<m>.+); the review does not reconcile them\.\s*"
)
_PARTS = re.compile(r"\s*: (?P<parts>.+) makes (?P<sum>\d+), not the (?P<whole>\d+) patients stated\.\s*")
_FROM = re.compile(
    r"computed (?:from (?:the )?(?P<rate>.+?) of [\d.]+ ?(?:%|per cent).*? and \d+ patients\."
    r"|from \d+ of \d+ patients \((?P<share>.+)\)\.|as \d+ less the \d+ with (?P<rest>.+)\."
    r"|from (?P<parts>\d+ of grade .+) \((?P<graded>.+)\)\.)\s*$"
)
"""What a count, share, remainder or sum of grades says it was computed from."""


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence is supported, and if not, why."""

    ok: bool
    reason: str = ""


def _naming(study: Study, review: Review) -> re.Pattern[str]:
    """What names a study: its label, with its own first author or without, or a first author no other has."""
    label, name = re.escape(fold(study.label)), re.escape(fold(study.name))
    forms = rf"{label}(?![\w-])" + (rf"(?: \({name}\))?" if name else "")
    if name and [s.name for s in review.studies].count(study.name) == 1:
        forms += rf"|{name}(?![\w-])"
    return re.compile(rf"(?<![\w-])(?:{forms})")


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
        noun = re.escape(review.raw.study_label)
        self._any_label = re.compile(rf"\b{noun} (?=[\w-]*\d)[\w-]+")
        self._labels = {s.id: _naming(s, review) for s in review.studies}
        self._codes = sorted(
            {c for p in review.passages for c in re.findall(r"[A-Za-z][\w-]*\d[\w-]*", fold(p.quote))},
            key=len,
            reverse=True,
        )

    def check(self, line: Line, question: str = "") -> Support:
        """Whether every figure of ``line`` is one its citations state.

        Args:
            line: a sentence of the answer with its support.
            question: the question, whose own figures a decline may repeat.
        """
        reason = self._misplaced(line)
        if not reason:
            if line.verbatim:
                reason = quoted(line, [self._passages[p] for p, _ in line.support], self.review)
            elif line.derivation is not None:
                reason = self._derived(line, line.derivation)
            elif len(line.facts) == 1:
                reason = self._stated(line, line.facts[0])
            elif line.facts:
                reason = self._noted(line)
            else:
                reason = self._unsupported(line, question)
        return Support(not reason, reason)

    def _misplaced(self, line: Line) -> str:
        """What is wrong with the citations, or "": passages about their study, every study named cited."""
        for passage, study in line.support:
            known = self._passages.get(passage)
            if known is None:
                return "cites no passage of the review"
            if study and study not in known.studies:
                return f"cites a passage that is not about {study}"
        cited = {s for _, s in line.support if s}
        if cited and not line.verbatim and not self._named(line.text) <= cited:
            return "names a study that it does not cite"
        for fact in (*line.facts, *(line.derivation.operands if line.derivation else ())):
            if fact not in self._facts.get(fact.passage, ()):
                return "states a fact that its passage does not"
            if (fact.passage, fact.study) not in line.support:
                return "does not cite the place of its fact"
        if line.verbatim or not (line.facts or line.derivation):
            return ""
        bare = self._bare(line.text)
        if (
            re.search(r"\(\s*\)", bare)
            or self._any_label.search(bare)
            or any(s.name and fold(s.name) in bare for s in self.review.studies)
        ):
            of_authors = bool(line.facts) and line.facts[0].attribute == "authors"
            return "" if of_authors else "names a study wrongly"
        return ""

    def _named(self, text: str) -> set[str]:
        return {study for study, label in self._labels.items() if label.search(fold(text))}

    def _bare(self, text: str) -> str:
        """The sentence without the studies it names, each with its own first author only."""
        text = fold(text)
        for label in self._labels.values():
            text = label.sub(" ", text)
        return re.sub(r"\s+", " ", text)

    def _unsupported(self, line: Line, question: str) -> str:
        text = _GRADE.sub(" ", _TIME.sub(" ", self._bare(line.text)))
        for span in (*self._codes, self.review.title, *self._arm_labels()):
            text = text.replace(fold(span), " ")
        for study in self.review.studies:
            text = re.sub(rf"(?<![\w-]){re.escape(fold(study.id))}(?![\w-])", " ", text)
        missing = {plain_number(n) for n in re.findall(r"\b[A-Z][a-z]+ (\d+)", fold(line.text))}
        extra = numbers_in(text) - numbers_in(question) - missing
        extra -= {n for p, _ in line.support for n in numbers_in(self._passages[p].quote)}
        return f"states {', '.join(sorted(extra))} without a source" if extra else ""

    def _arm_labels(self) -> list[str]:
        labels = {label for own in self.review.arms.values() for label in own}
        return sorted(labels, key=len, reverse=True)

    # -- one fact ------------------------------------------------------------------------------

    def _stated(self, line: Line, fact: Fact) -> str:
        text = re.sub(r"^\s*in\s*,\s*", "", _YES_NO.sub("", self._bare(line.text)), flags=re.IGNORECASE)
        if len(self._named(line.text)) > 1:
            return "names two studies"
        names = [*self._names(fact.attribute), fold(self._passages[fact.passage].locator.row).lower()]
        if fact.attribute == "authors":
            return authors(line.text, text, fact, names)
        if fact.attribute == "n_patients" and fact.n is not None:
            return size(text, fact)
        in_words = fact.n is None and not fact.unit and re.match(r"[^\W\d]", fact.value)
        if fact.attribute in self.review.attributes and (fact.group or fact.grade):
            return own_attribute(text, fact, names, self._group_words(fact)[:-1] if fact.group else ())
        if fact.attribute not in self.review.reader.vocabulary.measures or in_words:
            return characteristic(text, fact, names)
        if fact.attribute in {"p_value", "CI"}:
            return qualifying(text, fact, self._names(fact.of))
        read = self._read(text, fact.study)
        if not read:
            return "says no figure that can be read back"
        for said in read:
            if not (self._same_place(said, fact) and same_figure(said, fact)):
                return f"says {said.attribute} {said.value}, which the cited place does not"
        left = _ORDINAL.sub(" ", _GRADE.sub(" ", _TIME.sub(" ", text)))
        for words in self._group_words(fact):
            left = left.replace(fold(words), " ")
        extra = spare(signed_in(left), [fact])
        return f"states {', '.join(extra)} beside the fact" if extra else ""

    def _read(self, text: str, study: str) -> list[Fact]:
        """The facts of a sentence; an arm's own label may have digits, as a dose has."""
        arms = self.review.arms.get(study, {})
        ids: frozenset[str] = frozenset()
        for label in sorted(arms, key=len, reverse=True):
            phrase = f" in the {fold(label)} group"
            if phrase in text and re.search(r"\d", label):
                text, ids = text.replace(phrase, ""), arms[label]
        return [replace(f, group=f.group | ids) for f in self.review.reader.read(text, arms) if f.attribute]

    def _same_place(self, said: Fact, known: Fact) -> bool:
        """Whether two facts are of one measure, time point, group, grade and cycle."""
        everyone = self.review.populations.get(known.study, frozenset()) | {"all"}
        if (said.attribute, said.grade, said.cycle) != (known.attribute, known.grade, known.cycle):
            return False
        return (
            same_time(said.time_point, known.time_point) and said.group - everyone == known.group - everyone
        )

    def _group_words(self, fact: Fact) -> list[str]:
        term = self.review.reader.vocabulary.term
        labels = [name for name, ids in self.review.arms.get(fact.study, {}).items() if ids == fact.group]
        names = (*labels, fact.group_label, *(term(g).name for g in fact.group), term(fact.attribute).name)
        return [n for n in names if not n.isdigit() and n]

    def _names(self, attribute: str) -> set[str]:
        term = self.review.attributes.get(attribute) or self.review.reader.vocabulary.term(attribute)
        return {fold(n).lower() for n in (term.name, *term.abbreviations[:1])}

    # -- several facts -------------------------------------------------------------------------

    def _derived(self, line: Line, derivation: Derivation) -> str:
        operands = derivation.operands
        if derivation.operation == "number of studies":
            named = self._named(line.text)
            right = leading_count(line.text) == len(named) == int(derivation.result)
            return "" if right and named >= {f.study for f in operands} else "counts wrongly"
        result = recompute(derivation)
        if result is None or result != derivation.result.rstrip("%"):
            return "is computed wrongly"
        text = self._bare(line.text)
        if not self._says_source(text, derivation):
            return "names another measure than it was computed from"
        text = _ORDINAL.sub(" ", _GRADE.sub(" ", _TIME.sub(" ", text)))
        said = signed_in(text)
        share = derivation.operation == "percentage"
        if not said[plain_number(result), share]:
            return "does not state the result it was computed to"
        said[plain_number(result), share] -= 1
        points = operands[0].unit == "%" or bool(operands[0].percent)
        if derivation.operation == "difference" and points != ("percentage point" in text):
            return "gives the difference another unit"
        extra = spare(+said, operands)
        if extra or any(not (figures_of(f) & said) for f in operands):
            return f"states {', '.join(extra) or 'not what it was computed from'} beside its computation"
        return ""

    def _says_source(self, text: str, derivation: Derivation) -> bool:
        """Whether the measure, or the arm, that a result was computed from is named rightly."""
        first = derivation.operands[0]
        if derivation.operation in {"difference", "ratio"} or (
            first.attribute == "n_patients" and derivation.operation == "sum"
        ):
            return True
        source = _FROM.search(text)
        if not source:
            return False
        if source["graded"]:
            said = " and ".join(f"{f.n} of grade {f.grade}" for f in derivation.operands)
            return source["parts"] == said and all(
                self._is_of(f"{source['graded']} of grade {f.grade}", f) for f in derivation.operands
            )
        named = source["rate"] or source["share"] or source["rest"]
        return (
            named == fold(first.group_label) if first.attribute == "n_patients" else self._is_of(named, first)
        )

    def _is_of(self, measure: str, fact: Fact) -> bool:
        """Whether words name a fact's measure with its time point, group, grade and cycle."""
        for value in ("50%", "5 months", "5"):
            read = self._read(f"the {measure} was {value}.", fact.study)
            if read:
                return all(self._same_place(said, fact) for said in read)
        return False

    def _noted(self, line: Line) -> str:
        """Two sides of a conflict, each with its place; or parts against their total; or figures in a row."""
        text = self._bare(line.text)
        if match := _PLACES.fullmatch(text):
            for k, fact in enumerate(line.facts[:2], 1):
                kind = self._passages[fact.passage].locator.kind
                figures = signed_in(match[f"v{k}"])
                if (
                    match[f"p{k}"] != ("the text" if kind is Kind.SENTENCE else "the table")
                    or not figures
                    or spare(figures, [fact])
                ):
                    return "gives a side another figure or place"
            return "" if self._is_of(match["m"], line.facts[0]) else "names another measure than the facts'"
        if match := _PARTS.fullmatch(text):
            whole, *parts = line.facts
            said = " + ".join(f"{fold(f.value)} ({fold(f.group_label)})" for f in parts)
            right = (str(sum(f.n or 0 for f in parts)), str(whole.n)) == (match["sum"], match["whole"])
            return "" if right and said == match["parts"] else "adds up other figures"
        for said_fact in self._read(text, line.facts[0].study):
            if not any(self._same_place(said_fact, f) and same_figure(said_fact, f) for f in line.facts):
                return f"says {said_fact.attribute} {said_fact.value}, which the cited place does not"
        extra = spare(signed_in(_GRADE.sub(" ", _TIME.sub(" ", text))), line.facts)
        return f"states {', '.join(extra)} without a source" if extra else ""
