"""Judges the statements of a text: the study meant, its figures, its other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.check.claims import ClaimJudge
from assistant.check.directions import DirectionJudge
from assistant.check.figures import FigureJudge, Outcome
from assistant.check.model import Finding, Remark, Verdict
from assistant.check.normal import normal
from assistant.check.parting import Part, Parter
from assistant.check.phrasing import exact
from assistant.check.provisos import Provisos
from assistant.check.reading import Reading, StatementReader
from assistant.check.registering import registered
from assistant.check.saying import Sayer
from assistant.check.values import hedge_of, numbers_of
from assistant.check.who import Namer, Subjects
from assistant.check.wording import WordJudge
from assistant.corpus.corpus import Review
from assistant.model import Fact

_BEST_FIRST = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE)


_COMPUTED = re.compile(
    r"\b(?:percentage points?|computed|calculated|in total|together|altogether)\b", re.IGNORECASE
)
"""Says that a figure was made of others."""


_PREDICATES = re.compile(
    r",?\s+and\s+(?=(?:used|was|were|is|had|has|included|showed|led|needed|required|compared|tested|evaluated|assigned|came|comes)\b)"
)
"""Between two things said of one subject."""
_LEADING = re.compile(
    r"\s*(?:in|among|for|with|after|at|of|unlike|without|if|when|although|while)\b", re.IGNORECASE
)
"""What stands before the subject may be said of both."""
_N_STUDIES = re.compile(
    r"\b(two|three|four|both)\b(?=\s+(?:[\w-]+\s+){0,4}?(?:studies|trials|abstracts|posters|reports|presentations)\b)",
    re.IGNORECASE,
)


class ReviewChecker:
    """Judges statements against one review.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.namer = Namer(review)
        self.figures = FigureJudge(review)
        self.words = WordJudge(review, self.figures)
        self.directions = DirectionJudge(review, self.figures, self.words.sources)
        self.reader = StatementReader(review, self.figures)
        self.parter = Parter(self.namer, self.reader)
        self.claims = ClaimJudge(review, self.figures, self.words, self.directions)
        self.provisos = Provisos(self.figures, self.claims)
        self.say = Sayer(review)

    def subjects(self, text: str, default: Sequence[str] = ()) -> Subjects:
        """The studies a statement names, or ``default``."""
        return self.namer.read(normal(text), default)

    def judge(self, text: str, default: Sequence[str] = ()) -> Finding:
        """What the review says of one statement.

        Args:
            text: the statement, without markup.
            default: the studies meant where it names none.
        """
        text = normal(text)
        subjects = self.namer.read(text, default)
        n = _N_STUDIES.search(text)
        if n and {"both": 2, "two": 2, "three": 3, "four": 4}[n[1].lower()] == len(subjects.studies):
            text = text[: n.start()] + " " * len(n[0]) + text[n.end() :]
        if subjects.missing:
            names = ", ".join(subjects.missing)
            return Finding(Verdict.NOT_FOUND, f"The review has no {names}.")
        whole = self._whole(text, subjects)
        if whole is not None:
            return whole
        if not subjects.marks:
            background = self.claims.quotes.background(text)
            if background is not None:
                return background
        parts = self.parter.parts(text, subjects)
        findings = [self._part(part, subjects) for part in parts]
        if len(findings) > 1:
            judged = [f for f in findings if f.verdict is not Verdict.NOT_CHECKABLE or f.reason]
            findings = judged or findings
        order = (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE, Verdict.SUPPORTED)
        lead = min(findings, key=lambda f: order.index(f.verdict))
        if lead.verdict is Verdict.SUPPORTED and len(findings) > 1:
            facts = tuple(dict.fromkeys(x for f in findings for x in f.facts))
            passages = tuple(dict.fromkeys(x for f in findings for x in f.passages))
            return replace(lead, facts=facts, passages=passages)
        return lead

    def _whole(self, text: str, subjects: Subjects) -> Finding | None:
        """The finding on a statement that is judged as one, whatever studies it names; None for any other."""
        told = registered(text, subjects, self.review, self.say) or self.claims.spelled_out(text)
        studies = subjects.studies or subjects.default
        first = subjects.marks[0] if subjects.marks else None
        bare = (
            text[first.end :].lstrip(" :")
            if first and first.start == 0 and text[first.end :].startswith(":")
            else text
        )
        quoted = (self.claims.quotes.quoted(bare, study) for study in sorted(studies))
        return told or next((f for f in quoted if f is not None), None)

    # -- one part ------------------------------------------------------------------------------

    def _part(self, part: Part, subjects: Subjects) -> Finding:
        """The finding of the study among those possible that fits the part best."""
        if not part.studies:
            return self._nameless(part, subjects)
        findings = [self._of(part.text, study, subjects) for study in part.studies]
        best = min(findings, key=lambda f: _BEST_FIRST.index(f.verdict))
        elsewhere = best.facts and best.facts[0].study not in part.studies
        if best.verdict is Verdict.CONTRADICTED and elsewhere and subjects.weak and not subjects.marks:
            return Finding(Verdict.NOT_CHECKABLE, "Which study it means could not be told.", best.facts)
        if len(findings) > 1 and best.verdict is not Verdict.SUPPORTED:
            failing = {f.verdict for f in findings}
            if Verdict.NOT_CHECKABLE in failing:
                return Finding(Verdict.NOT_CHECKABLE, "It could mean several studies, and fits none of them.")
        return best

    def _nameless(self, part: Part, subjects: Subjects) -> Finding:
        """The finding on a part that names no study: only one study may bear it out, and by a figure."""
        reading = self.reader.read(part.text, "")
        wanted = {n for f in (*reading.facts, *reading.loose) for n in numbers_of(f.value)}
        held = [s.id for s in self.review.studies if wanted and self.figures.has_one(wanted, s.id)]
        findings = [self._of(part.text, study, subjects) for study in held]
        right = [f for f in findings if f.verdict is Verdict.SUPPORTED and f.facts]
        if len(right) == 1 and reading.facts:
            return right[0]
        figures = [v for f in (*reading.facts, *reading.loose) if (v := f.value)]
        if reading.facts and all(f.verdict is Verdict.NOT_FOUND for f in findings):
            return Finding(Verdict.NOT_FOUND, f"No study of the review gives {figures[0]} for that.")
        reason = "It names no study." if figures else "It states nothing that can be looked up."
        return Finding(Verdict.NOT_CHECKABLE, reason)

    def _of(self, text: str, study: str, subjects: Subjects) -> Finding:
        """What the review says of a part, taken as said of ``study``."""
        text = self.reader.names.readied(exact(text, self.figures.size(study)), study)
        subjects = replace(subjects, weak=tuple(n for n in subjects.weak if n.text in text))
        codes = tuple(self._places(text, subjects))
        reading = self.reader.read(text, study, codes)
        if not (reading.facts or reading.loose or reading.stray):
            return self._wordy(reading, study, subjects, codes)
        verbatim = self.claims.quotes.quoted(text, study)
        if verbatim is not None:
            return verbatim
        found = self._figured(reading, study, subjects, codes)
        other = self.reader.aligned(reading, study, codes) if found.verdict is not Verdict.SUPPORTED else None
        if other is None:
            return found
        again = self._figured(other, study, subjects, codes)
        softer = found.verdict is not Verdict.NOT_CHECKABLE and again.verdict is Verdict.NOT_CHECKABLE
        return again if again.verdict is Verdict.SUPPORTED or softer else found

    def _figured(
        self, reading: Reading, study: str, subjects: Subjects, codes: tuple[tuple[int, int], ...]
    ) -> Finding:
        """What the review says of a part with figures, as it was read."""
        text = reading.text
        said = [self.provisos.grouped(f, reading, study) for f in reading.facts]
        outcomes = [(f, self.figures.judge(f, study, hedge_of(text, f.start))) for f in said]
        outcomes = [(f, self.provisos.changed(f, o, text)) for f, o in outcomes]
        outcomes = [(f, self.provisos.shared_out(f, o, text)) for f, o in outcomes]
        outcomes = [(f, self.provisos.whose(f, o, text)) for f, o in outcomes]
        outcomes = [(f, self.provisos.averaged(f, o, text)) for f, o in outcomes]
        outcomes = [(f, self.provisos.counted(f, o, outcomes, reading, study)) for f, o in outcomes]
        outcomes = [(f, self.provisos.unsure(f, o, outcomes, reading, study)) for f, o in outcomes]
        bad = self._worst_figure(outcomes, study)
        if bad is not None:
            return bad
        unread = self._unread(reading, study)
        names = self.claims.names(reading, codes)
        clause = None
        if unread and not reading.facts and _each_named(reading):
            clause = self.claims.quotes.clause(text, study, names) or self.claims.quotes.matching(
                text, study, names
            )
        if clause is not None:
            return clause
        pairs = [(f, o.facts[0]) for f, o in outcomes if o.facts]
        remarks = self._remarks(reading, study, subjects, codes, pairs)
        return self._settled(outcomes, unread, remarks, study, text)

    def _wordy(
        self, reading: Reading, study: str, subjects: Subjects, codes: tuple[tuple[int, int], ...]
    ) -> Finding:
        """What the review says of a part without figures; of two things said of one subject each is judged."""
        whole = self.claims.judge(reading, study, subjects.weak, codes)
        cuts = list(_PREDICATES.finditer(reading.text))
        if whole.verdict is not Verdict.NOT_CHECKABLE or len(cuts) != 1 or _LEADING.match(reading.text):
            return whole
        said = (reading.text[: cuts[0].start()], f"it {reading.text[cuts[0].end() :]}")
        found = []
        for part in said:
            places = tuple(self._places(part, subjects))
            weak = [n for n in subjects.weak if n.text in part]
            found.append(self.claims.judge(self.reader.read(part, study, places), study, weak, places))
        if any(f.verdict is not Verdict.SUPPORTED for f in found):
            return next((f for f in found if f.verdict is Verdict.CONTRADICTED), whole)
        facts = tuple(dict.fromkeys(x for f in found for x in f.facts))
        return replace(
            found[0], facts=facts, passages=tuple(dict.fromkeys(x for f in found for x in f.passages))
        )

    def _places(self, text: str, subjects: Subjects) -> list[tuple[int, int]]:
        return [
            (m.start(), m.end())
            for name in {n.text for n in subjects.weak}
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]

    def _worst_figure(self, outcomes: Sequence[tuple[Fact, Outcome]], study: str) -> Finding | None:
        for verdict in (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE):
            for said, outcome in outcomes:
                if outcome.verdict is verdict:
                    facts = outcome.facts if verdict is not Verdict.NOT_FOUND else ()
                    return Finding(verdict, self.say.figure(said, outcome, study), facts)
        return None

    def _unread(self, reading: Reading, study: str) -> list[str]:
        """Figures that belong to nothing the reader knows."""
        return [f.value for f in reading.loose] + list(reading.stray)

    def _remarks(
        self,
        reading: Reading,
        study: str,
        subjects: Subjects,
        codes: tuple[tuple[int, int], ...],
        pairs: Sequence[tuple[Fact, Fact]],
    ) -> list[Remark]:
        passages = list(dict.fromkeys(known.passage for _, known in pairs))
        designs, _, places = self.words.design_remarks(reading, study)
        remarks = designs + self.words.group_remarks(reading, study)[0]
        remarks += self.words.name_remarks(subjects.weak, reading, study)[0]
        remarks += self.directions.significance(reading, study, [k for _, k in pairs])
        remarks += self.directions.remarks(reading, pairs, passages)
        shares, decided = self.directions.shares(reading, pairs)
        remarks += shares
        strange = self.words.unknown(reading, study, (*codes, *places, *decided))
        if strange:
            remarks.append(Remark(Verdict.NOT_CHECKABLE, f"the review has nothing on {_quoted(strange)}"))
        remarks += self.words.bound_remarks(reading, passages)
        remarks += self.words.negation_remarks(reading, passages, only_direct=bool(reading.significance))
        return remarks + self.words.idle_remarks(reading, study, [k for _, k in pairs])

    def _settled(
        self,
        outcomes: Sequence[tuple[Fact, Outcome]],
        unread: Sequence[str],
        remarks: Sequence[Remark],
        study: str,
        said_text: str,
    ) -> Finding:
        facts = tuple(dict.fromkeys(f for _, o in outcomes for f in o.facts))
        for remark in remarks:
            if remark.verdict is Verdict.CONTRADICTED and not unread:
                places = ((remark.passage, study),) if remark.passage else ()
                return Finding(
                    Verdict.CONTRADICTED, self.say.remark(remark.reason, remark.passage), facts, places
                )
        if unread and _COMPUTED.search(said_text):
            return Finding(Verdict.NOT_CHECKABLE, "It states a figure that the review does not print.")
        absent = [v for v in unread if numbers_of(v) and not self.figures.unread(v, study)]
        if absent:
            return Finding(Verdict.NOT_FOUND, f"The review gives no {absent[0]} of {self.say.who(study)}.")
        if unread:
            return Finding(Verdict.NOT_CHECKABLE, f"What {unread[0]} is of could not be told.")
        if remarks:
            return Finding(Verdict.NOT_CHECKABLE, self.say.remark(remarks[0].reason, ""), facts)
        return Finding(Verdict.SUPPORTED, self.say.right(facts), facts)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{w}”" for w in dict.fromkeys(words[:3]))


def _each_named(reading: Reading) -> bool:
    """Whether several figures without a measure have as many measures named to choose from."""
    measures = [s.ids for s in reading.spans if s.kind == "measure"]
    return len(reading.loose) < 2 or len(set(measures)) == len(measures) >= len(reading.loose)
