"""The last look before anything is shown: every figure of a sentence must be one its citation states.

A sentence is read back by the fact reader that read the corpus. A figure counts as supported only where the
cited passage states it for the same study, measure, time point, group, grade and cycle. A quotation must be
the passage's own text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.corpus.leading import led_in
from assistant.draft import Line
from assistant.intervals import SPANS, belongs, span_words
from assistant.model import Derivation, Fact, Kind, Passage, Study
from assistant.names.trials import trial_names
from assistant.question.clean import as_ages
from assistant.text.text import fold
from assistant.verify.cells import authors, characteristic, own_attribute, qualifying, size
from assistant.verify.derived import GRADE, ORDINAL, TIME, derived
from assistant.verify.figures import (
    leading_count,
    numbers_in,
    plain_number,
    same_figure,
    signed_in,
    spare,
    without_units,
)
from assistant.verify.quotes import quoted
from assistant.verify.reading import SentenceReader

_YES_NO = re.compile(
    r"^\s*(?:yes|no|not significantly|equal|higher|better|greater|more|longer|larger|bigger|older|lower|worse|less|fewer"
    r"|shorter|smaller|younger)\s*:\s*",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*(?P<name>[^\s:][^:]{0,40}): (?=in\s*,)")
_PLACES = re.compile(
    r"\s*:? ?(?P<p1>the text|the table) gives (?P<v1>.+?) and (?P<p2>the text|the table) gives (?P<v2>.+?)"
    r" for (?P<m>.+); the review does not reconcile them\.\s*"
)
_PARTS = re.compile(r"\s*: (?P<parts>.+) makes (?P<sum>\d+), not the (?P<whole>\d+) patients stated\.\s*")
_INTERVAL = re.compile(r" \((?P<kind>CI|range) (?P<ends>[^()]+)\)(?= (?:for|in) |\.$)")


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence is supported, and if not, why."""

    ok: bool
    reason: str = ""


def _naming(study: Study, review: Review, trial: str) -> re.Pattern[str]:
    """What names a study: its label, with its own first author and trial, or a first author no other has."""
    label, name = re.escape(fold(study.label)), re.escape(fold(study.name))
    called = rf"(?:, {re.escape(trial)})?" if trial else ""
    forms = rf"{label}(?![\w-])" + (rf"(?: \({name}{called}\))?" if name else "")
    if name and [s.name for s in review.studies].count(study.name) == 1:
        forms += rf"|{name}(?![\w-])"
    return re.compile(rf"(?<![\w-])(?:{forms})")


def _with_digits(review: Review) -> list[str]:
    """Names of measures and groups of the review that hold a digit (``beta-2 microglobulin``), the longest first."""
    terms = review.reader.vocabulary
    names = {fold(n) for f in review.facts for n in (terms.term(f.attribute).name, f.group_label)}
    names |= {fold(terms.term(g).name) for f in review.facts for g in f.group}
    return sorted((n for n in names if re.search(r"[^\W\d].*\d|\d.*[^\W\d]", n)), key=len, reverse=True)


class Verifier:
    """Checks sentences against one review.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self._reader = SentenceReader(review)
        self._passages: dict[str, Passage] = {p.id: p for p in review.passages}
        self._facts: dict[str, list[Fact]] = {}
        for fact in review.facts:
            self._facts.setdefault(fact.passage, []).append(fact)
        noun = re.escape(review.raw.study_label)
        self._any_label = re.compile(rf"\b{noun} (?=[\w-]*\d)[\w-]+")
        trials = trial_names(review)
        self._led = led_in(review)
        self._labels = {s.id: _naming(s, review, trials.get(s.id, "")) for s in review.studies}
        self._calls = {s.id: (fold(s.label), fold(s.name or s.label)) for s in review.studies}
        self._codes = sorted(
            {c for p in review.passages for c in re.findall(r"[A-Za-z][\w-]*\d[\w-]*", fold(p.quote))},
            key=len,
            reverse=True,
        )
        self._numbered = _with_digits(review)

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
                reason = self._computed(line, line.derivation)
            elif len(line.facts) == 1:
                reason = self._stated(line, line.facts[0])
            elif len(line.facts) == 2 and _INTERVAL.search(fold(line.text)):
                reason = self._with_interval(line, *line.facts)
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
            if study and study not in known.studies and self._led.get(passage) != study:
                return f"cites a passage that is not about {study}"
        cited = {s for _, s in line.support if s}
        if cited and not line.verbatim and not self.named(line.text) <= cited:
            return "names a study that it does not cite"
        for fact in (*line.facts, *(line.derivation.operands if line.derivation else ())):
            if fact not in self._facts.get(fact.passage, ()):
                return "states a fact that its passage does not"
            if (fact.passage, fact.study) not in line.support:
                return "does not cite the place of its fact"
        if line.verbatim or not (line.facts or line.derivation or line.support):
            return ""
        if self._misnames(self.bare(line.text)):
            of_authors = bool(line.facts) and line.facts[0].attribute == "authors"
            return "" if of_authors else "names a study wrongly"
        return ""

    def _misnames(self, bare: str) -> bool:
        """Whether a sentence without the studies it names rightly (see ``bare``) still names one."""
        return bool(
            re.search(r"\(\s*[,)]", bare)
            or self._any_label.search(bare)
            or any(s.name and fold(s.name) in bare for s in self.review.studies)
        )

    def named(self, text: str) -> set[str]:
        """Ids of the studies that ``text`` names."""
        text = fold(text)
        return {s for s, label in self._labels.items() if self._is_called(s, text) and label.search(text)}

    def _is_called(self, study: str, text: str) -> bool:
        """Whether words by which a study is named stand in a text, be it as part of others."""
        label, name = self._calls[study]
        return label in text or name in text

    def bare(self, text: str) -> str:
        """The sentence without the studies it names, each with its own first author only."""
        text = fold(text)
        for study, label in self._labels.items():
            text = label.sub(" ", text) if self._is_called(study, text) else text
        return re.sub(r"\s+", " ", text)

    def _unsupported(self, line: Line, question: str) -> str:
        text = GRADE.sub(" ", TIME.sub(" ", self.bare(line.text)))
        for span in map(fold, (*self._codes, self.review.title, *self._arm_labels(), *self._numbered)):
            if span in text:
                text = re.sub(rf"(?<!\w){re.escape(span)}(?!\w)", " ", text)  # "CD3" is no part of "CD38"
        for study in (fold(s.id) for s in self.review.studies):
            if study in text:
                text = re.sub(
                    rf"(?<![\w.,-]){re.escape(study)}(?![\w-]|[.,]\d)", " ", text
                )  # "2" is no part of "38.2"
        missing = {plain_number(n) for n in re.findall(r"\b[A-Z][a-z]+ (\d+)", fold(line.text))}
        extra = numbers_in(text) - numbers_in(as_ages(question)) - missing
        extra -= {n for p, _ in line.support for n in numbers_in(self._passages[p].quote)}
        return f"states {', '.join(sorted(extra))} without a source" if extra else ""

    def _arm_labels(self) -> list[str]:
        labels = {label for own in self.review.arms.values() for label in own}
        return sorted(labels, key=len, reverse=True)

    # -- one fact ------------------------------------------------------------------------------

    def _stated(self, line: Line, fact: Fact) -> str:
        bare = self._uncalled(self.bare(line.text), fact)
        if (called := _CALLED.match(bare)) and re.search(r"\d", called["name"]):
            return f"calls it {called['name']}, which is no name of its study"
        text = re.sub(r"^\s*in\s*,\s*", "", _YES_NO.sub("", bare), flags=re.IGNORECASE)
        if len(self.named(line.text)) > 1:
            return "names two studies"
        names = [*self._names(fact.attribute), fold(self._passages[fact.passage].locator.row).lower()]
        if fact.attribute == "authors":
            return authors(line.text, text, fact, names)
        if fact.attribute == "n_patients" and fact.n is not None:
            known = self.review.reader.vocabulary.populations
            apart = all(g in known for g in fact.group)
            place = self._passages[fact.passage].quote
            return size(text, fact, [known[g].name for g in fact.group] if apart else (), place)
        in_words = fact.n is None and not fact.unit and re.match(r"[^\W\d]", fact.value)
        counted = fact.unit == "patients" and fact.n is not None
        if fact.attribute in self.review.attributes and (fact.group or fact.grade or counted):
            return own_attribute(text, fact, names, self._reader.group_words(fact)[:-1] if fact.group else ())
        if fact.attribute not in self.review.reader.vocabulary.measures or in_words:
            groups = self._reader.group_words(fact)[:-1] if fact.group else ()
            return characteristic(text, fact, names, groups)
        if fact.attribute in {"p_value", "CI"}:
            return qualifying(text, fact, self._names(fact.of))
        read = self._reader.read(text, fact.study)
        if not read:
            return "says no figure that can be read back"
        for said in read:
            same = self._reader.same_place(said, fact) or self._reader.by_label(
                text, said, fact, fold(self._passages[fact.passage].quote)
            )
            if not (same and same_figure(said, fact)):
                return f"says {said.attribute} {said.value}, which the cited place does not"
        left = without_units(ORDINAL.sub(" ", GRADE.sub(" ", TIME.sub(" ", text))), [fact])
        for words in self._reader.group_words(fact):
            left = left.replace(fold(words), " ")
        extra = spare(signed_in(left), [fact])
        return f"states {', '.join(extra)} beside the fact" if extra else ""

    def _uncalled(self, text: str, fact: Fact) -> str:
        """A sentence without the name before it that only passages on its study use (``Alphamab: in …``)."""
        match = _CALLED.match(text)
        if not match or _YES_NO.match(text):
            return text
        name = re.compile(rf"(?<![\w-]){re.escape(match['name'])}(?![\w-])", re.IGNORECASE)
        holders = {s for p in self.review.passages if name.search(fold(p.quote)) for s in p.studies[:1]}
        return text[match.end() :] if holders == {fact.study} else text

    def _names(self, attribute: str) -> set[str]:
        term = self.review.attributes.get(attribute) or self.review.reader.vocabulary.term(attribute)
        return {fold(n).lower() for n in (term.name, *term.abbreviations[:1])}

    def _with_interval(self, line: Line, figure: Fact, interval: Fact) -> str:
        """What is wrong with a figure and the interval behind it, or ""."""
        match = _INTERVAL.search(fold(line.text))
        named = SPANS.get(interval.attribute)
        if not match or match["kind"] != named or fold(match["ends"]) != span_words(interval):
            return "gives another interval than the fact's"
        if not belongs(interval, figure, self._passages[figure.passage].quote):
            return "gives a figure the interval of another"
        bare = fold(line.text)[: match.start()] + fold(line.text)[match.end() :]
        return self._stated(replace(line, text=bare), figure)

    # -- several facts -------------------------------------------------------------------------

    def _computed(self, line: Line, derivation: Derivation) -> str:
        if derivation.operation != "number of studies":
            return derived(self.bare(line.text), derivation, self._reader)
        named = self.named(line.text)
        right = leading_count(line.text) == len(named) == int(derivation.result)
        return "" if right and named >= {f.study for f in derivation.operands} else "counts wrongly"

    def _noted(self, line: Line) -> str:
        """Two sides of a conflict, each with its place; or parts against their total; or figures in a row."""
        text = _YES_NO.sub("", self.bare(line.text))
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
            return (
                ""
                if self._reader.is_of(match["m"], line.facts[0])
                else "names another measure than the facts'"
            )
        if match := _PARTS.fullmatch(text):
            whole, *parts = line.facts
            said = " + ".join(f"{fold(f.value)} ({fold(f.group_label)})" for f in parts)
            right = (str(sum(f.n or 0 for f in parts)), str(whole.n)) == (match["sum"], match["whole"])
            return "" if right and said == match["parts"] else "adds up other figures"
        for said_fact in self._reader.read(text, line.facts[0].study):
            if not any(
                self._reader.same_place(said_fact, f) and same_figure(said_fact, f) for f in line.facts
            ):
                return f"says {said_fact.attribute} {said_fact.value}, which the cited place does not"
        extra = spare(signed_in(GRADE.sub(" ", TIME.sub(" ", text))), line.facts)
        return f"states {', '.join(extra)} without a source" if extra else ""
