"""What else must hold of a figure that the review gives: its group told, a change a change, a count the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.check.claims import ClaimJudge
from assistant.check.figures import TIMELESS, FigureJudge, Outcome
from assistant.check.model import Verdict
from assistant.check.reading import Reading
from assistant.check.values import share_of
from assistant.check.words import ANTONYMS
from assistant.model import Fact
from assistant.selection import same_time
from assistant.text.text import fold, tokens

_CHANGED_BY = re.compile(
    r"\b(?:ros\w+|ris\w+|fell|fallen|grew|grown|fall|increas\w+|decreas\w+|reduc\w+|rais\w+|lower\w*|improv\w+|short\w+|"
    r"prolong\w+|declin\w+|dropp\w+|climb\w+|extend\w+|gain\w*|longer|higher)"
    r"\b[^.;]{0,60}\bby\s+(?:an?\s+)?(?:(?:mean|median|average)\s+)?(?:of\s+)?(?:about\s+)?$",
    re.IGNORECASE,
)
"""Before a figure that is a change."""
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)


_SUBSET = r"(?:evaluable\s+|those\s+)?(?:responders|survivors|evaluable\s+patients|complete\s+responders|assessable\s+patients)"
_OF_SUBSET = re.compile(
    rf"\W*(?:per\s?cent\s+)?(?:of|in|among)\s+(?:all\s+|the\s+)*(?P<who>{_SUBSET})\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"\W*(?:of|in|among)\s+(?:(?:all|the|our|these)\s+)*(?:\d+\s+)?(?!responders)(?:[\w-]+\s+){0,2}?"
    r"(?:patients|adults|children|subjects|participants|cases|everyone)\b",
    re.IGNORECASE,
)
"""Behind a share: whom it is a share of."""
_PEOPLE = re.compile(r"\b(?:patients?|humans?|people|persons?|adults?|children|men|women)\b", re.IGNORECASE)
_LABORATORY = re.compile(
    r"\b(?:xenografts?|mouse|mice|murine|rats?|animals?|in vitro|ex vivo|pre-?clinical|cell lines?)\b",
    re.IGNORECASE,
)


_MEAN = re.compile(r"\b(?:mean|average)\b", re.IGNORECASE)
_MEDIAN = re.compile(r"\bmedian\b", re.IGNORECASE)
_NO_YEARS = re.compile(r"\b(?:months|weeks|days|hours)\b", re.IGNORECASE)
_WITH_IT = re.compile(r"[^,;.()\d]{0,30}\bwith(?:\s+it)?\s*(?:[,;.:()\[]|$)", re.IGNORECASE)


class Provisos:
    """Looks again at outcomes.

    Args:
        figures: judges figures.
        claims: knows the sentences they stand in.
    """

    def __init__(self, figures: FigureJudge, claims: ClaimJudge) -> None:
        self.figures = figures
        self.claims = claims

    def grouped(self, said: Fact, reading: Reading, study: str) -> Fact:
        """A lone figure with the group whose words the statement has, where it is one the vocabulary lacks."""
        if len(
            [f for f in reading.facts if f.attribute not in {"p_value", "CI"}]
        ) > 1 or said.group - self.figures.everyone(study):
            return said
        words = {t.key for t in tokens(reading.text)}
        found = {
            f.group: f.group_label
            for f in self.figures.facts(study)
            if f.attribute == said.attribute and f.group and {t.key for t in tokens(f.group_label)} <= words
        }
        if len(found) != 1:
            return said
        group, label = next(iter(found.items()))
        return replace(said, group=group, group_label=label)

    def changed(self, said: Fact, outcome: Outcome, text: str) -> Outcome:
        """The outcome of ``rose by 2.5``: the review must give that figure as a change, too."""
        if outcome.verdict is not Verdict.SUPPORTED or not _CHANGED_BY.search(text[: said.start]):
            return outcome
        quotes = ((self.claims.sources.passages[f.passage].quote, f) for f in outcome.facts)
        if any(_BY.search(fold(quote)[: f.start]) for quote, f in quotes):
            return outcome
        return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)

    def counted(
        self,
        said: Fact,
        outcome: Outcome,
        all_said: Sequence[tuple[Fact, Outcome]],
        reading: Reading,
        study: str,
    ) -> Outcome:
        """The outcome of a number of patients, where the words around it must tell which of several it is."""
        if said.attribute != "n_patients" or said.group - self.figures.everyone(study):
            return outcome
        size = self.figures.size(study)
        parted = any(f is not said and f.attribute == "n_patients" and f.n == size for f, _ in all_said)
        if outcome.verdict is Verdict.CONTRADICTED and parted and self.figures.is_part(said, study):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        several = outcome.verdict is Verdict.SUPPORTED and self.figures.several_sizes(study)
        if several and not any(self.claims.said_there(reading.text, said, f, study) for f in outcome.facts):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        return outcome

    def shared_out(self, said: Fact, outcome: Outcome, text: str) -> Outcome:
        """The outcome of a share, which must be of those whom the review's is of: responders are not all patients."""
        if outcome.verdict is not Verdict.SUPPORTED or said.unit not in {"%", "patients"}:
            return outcome
        whole = _OF_ALL.match(text, said.end)
        subset = _OF_SUBSET.match(text, said.end)
        for fact in outcome.facts:
            known = _OF_SUBSET.match(fold(self.claims.sources.passages[fact.passage].quote), fact.end)
            if known and not subset and (whole or said.total is not None):
                return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        return outcome

    def whose(self, said: Fact, outcome: Outcome, text: str) -> Outcome:
        """The outcome of a figure that was seen in the laboratory only and is said of people."""
        if outcome.verdict is not Verdict.SUPPORTED or not _PEOPLE.search(text) or _LABORATORY.search(text):
            return outcome
        quotes = [self.claims.sources.passages[f.passage].text for f in outcome.facts]
        if quotes and all(_LABORATORY.search(q) and not _PEOPLE.search(q) for q in quotes):
            return Outcome(Verdict.NOT_CHECKABLE, "is of other patients", outcome.facts)
        return outcome

    def averaged(self, said: Fact, outcome: Outcome, text: str) -> Outcome:
        """The outcome of a mean, which is no median; of ages in months, which are none in years; of ``with it``."""
        if outcome.verdict is not Verdict.SUPPORTED:
            return outcome
        quotes = " ".join(self.claims.sources.passages[f.passage].text for f in outcome.facts)
        before = re.split(r"\d", text[: said.start])[-1]
        mean = _MEAN.search(before) and not _MEAN.search(quotes)
        median = _MEDIAN.search(before) and _MEAN.search(quotes) and not _MEDIAN.search(quotes)
        months = said.attribute == "age_range" and _NO_YEARS.search(text[said.start : said.end + 8])
        lacking = any(i.startswith("no-") for i in said.group) and _WITH_IT.match(text, said.end)
        if mean or median or lacking or (months and not _NO_YEARS.search(quotes)):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        return outcome

    def unsure(
        self,
        said: Fact,
        outcome: Outcome,
        all_said: Sequence[tuple[Fact, Outcome]],
        reading: Reading,
        study: str,
    ) -> Outcome:
        """The outcome of a figure at another place: where the statement names its own place unread, nothing is certain."""
        if outcome.verdict is not Verdict.CONTRADICTED:
            return outcome
        if said.attribute == "n_patients":
            return self._unsure_count(said, outcome, all_said, reading, study)
        graded = any(ANTONYMS.get(t.key, ("",))[0] in {"severity", "level"} for t in reading.words)
        if any(
            self._wider(said, f, reading) or (graded and not said.grade and f.grade) for f in outcome.facts
        ):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        bare = replace(said, n=None) if said.unit == "%" and said.total is None else said
        for known in self.figures.facts(study):
            same = known.attribute == said.attribute
            if not same or not (
                self.figures.agrees(bare, known, study) or self._computed(said, known, study)
            ):
                continue
            others = [f for f, _ in all_said if f is not said and f.attribute == said.attribute]
            if all(
                self._named(part, said, known, others, reading, study)
                for part in ("time", "grade", "cycle", "group")
            ):
                return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", (known,))
        return outcome

    def _unsure_count(
        self,
        said: Fact,
        outcome: Outcome,
        all_said: Sequence[tuple[Fact, Outcome]],
        reading: Reading,
        study: str,
    ) -> Outcome:
        """A bare number beside a measure is perhaps no number of patients; one of several may be another count."""
        measured = any(s.kind == "measure" for s in reading.idle)
        bare = not _PEOPLE.search(reading.text[said.start : said.end + 30])
        counts = [f for f in self.figures.facts(study) if f.unit == "patients" and f.n == said.n]
        sized = not said.group - self.figures.everyone(study) and self.figures.is_part(said, study)
        if (measured and bare) or (len(all_said) > 1 and counts and (sized or not said.group)):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        return outcome

    def _wider(self, said: Fact, known: Fact, reading: Reading) -> bool:
        """Whether the figure is the known one, and the measure's name only shorter, or its place only more closely told."""
        if not self.figures.agrees(replace(said, attribute=known.attribute), known, known.study):
            return False
        if said.attribute == known.attribute:
            extra = (
                (said.cycle and not known.cycle), (said.grade and not known.grade), (said.time_point and not known.time_point),
            )  # fmt: skip
            told = self.figures.everyone(known.study)
            wider = bool(said.group - told) and not known.group - told
            same = same_time(said.time_point, known.time_point) and (said.grade, said.cycle) == (
                known.grade,
                known.cycle,
            )
            return any(extra) or (wider and same)
        names = {
            t.key
            for s in reading.spans
            if s.kind == "measure" and said.attribute in s.ids
            for t in tokens(s.text)
        }
        own = {t.key for t in tokens(self.figures.review.reader.vocabulary.term(known.attribute).name)}
        return bool(names) and names < own

    def _computed(self, said: Fact, known: Fact, study: str) -> bool:
        """Whether a share is that of a count of all patients, which the review does not print."""
        size = known.total or self.figures.size(study)
        counted = said.unit == "%" and known.unit == "patients" and not known.percent and not known.group
        return counted and bool(size) and known.n is not None and share_of(known.n, size or 1, said.value)

    def _named(
        self, part: str, said: Fact, known: Fact, others: Sequence[Fact], reading: Reading, study: str
    ) -> bool:
        """Whether a part of a known figure's place is said, or named in the statement of no figure that has it."""
        if part == "group":
            everyone = self.figures.everyone(study)
            own, told = known.group - everyone, said.group - everyone
            if own == told:
                return said.n is None or known.n is not None or said.total is not None or bool(own)
            named = {i for s in reading.spans if s.kind == "group" for i in s.ids}
            label = {t.key for t in tokens(known.group_label)}
            spelled = bool(label) and label <= {t.key for t in tokens(reading.text)}
            return bool(own) and (own <= named or spelled) and not any(own <= f.group for f in others)
        if part == "time":
            if said.attribute in TIMELESS or same_time(said.time_point, known.time_point):
                return True
            named_times = [s.ids[0] for s in reading.spans if s.ids and s.kind in {"time", "value"}]
            taken = any(same_time(f.time_point, known.time_point) for f in others)
            return (
                bool(known.time_point)
                and any(same_time(t, known.time_point) for t in named_times)
                and not taken
            )
        a, b = (said.grade, known.grade) if part == "grade" else (said.cycle, known.cycle)
        if a == b:
            return True
        taken = any((f.grade if part == "grade" else f.cycle) == b for f in others)
        return bool(b) and any(s.kind == part and b in s.ids for s in reading.spans) and not taken
