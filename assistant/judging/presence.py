"""Yes or no to whether something is reported, or happened, at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.judging.claims import all_of_a_grade, verdict_line
from assistant.lookup.lookup import Desk
from assistant.model import Fact, Kind, Passage
from assistant.question.reader import Ask
from assistant.say import grade_words, joined
from assistant.selection import grade_meets, grade_range, percent_of
from assistant.spans.scan import scan
from assistant.studies.conditions import condition_of
from assistant.text.text import fold, tokens

_ANY = re.compile(
    r"\b(?:any|anyone|anybody|someone|somebody|some|a single|ever|at all|no one|nobody|no patients?)\b|"
    r"^\W*(?:were|was|are|is) there\b|\bdid (?:any|some)|^\W*did (?:[\w-]+ ){1,4}(?:occur|happen|develop|arise)\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\b(?:report\w*|giv(?:e|es|en)|mention\w*|stat(?:e|es|ed)|includ\w*|provid\w*|contain(?:s|ed)?|available|"
    r"have|has|tell|list(?:s|ed)?|cover\w*|describ\w*|say)\b",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"\bnever (?:happened|occurred|developed|seen|observed|reported)\b"
    r"|\b(?:nobody|no one|none of|no (?:patients?|participants?|subjects?)|without any"
    r"|(?:had|have|has|having|was|were|with|showed|saw|is|are) no(?! response\b))\b",
    re.IGNORECASE,
)
"""Says of something that it happened to none."""


_REGISTERED = re.compile(r"\bregistered\b|\b(?:is|was|are) there\b", re.IGNORECASE)
_TURNED = re.compile(r"\b(?:not|no|never|without|two|several|same)\b|n't\b", re.IGNORECASE)
_GIVES_NONE = re.compile(
    r"\b(?:report|give|state|provide|mention|include|tell|have|contain)(?:s|d|ed|ing)? (?:no|neither)\b|\bwithout\b|\black(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
"""Asks for what is not told."""
ONLY = re.compile(r"\b(?:only|solely|exclusively|nothing but|just)\b", re.IGNORECASE)
_OF_PATIENTS = re.compile(
    r"\b(?:any ?one|any ?body|some ?one|some ?body|patients?|people|persons?|participants?"
    r"|subjects?|those|they|children|adults|nobody|no one)\b"
    r"|\b(?:was|were|is|are) there (?:any|some)\b",
    re.IGNORECASE,
)
"""Asks who had it."""
_NONE = re.compile(
    r"\b(?:no|none|neither|nor|nobody|not (?:a single|one))\b(?! (?:more|less|longer|higher|lower|better|worse|difference|significant"
    r"|clear)\b)"
    r"|\b(?:did|do|does|was|were) not (?:occur|seen|observed|reported|recorded|noted|develop|happen|found|encountered)\b"
    r"|\bnever (?:occurred|seen|observed)\b|\bwithout (?:any )?|\b(?:was|were|is|are) (?:\w+ly )?(?:absent|lacking)\b|\babsence of\b",
    re.IGNORECASE,
)
"""Says that there was none of something."""
_MORE_OR_LESS = re.compile(
    r"\b(?:more|less|fewer|higher|lower|rarer|commoner)\b(?! than (?:one|once|a single))", re.IGNORECASE
)
"""Asks where there was more of it."""
_NEITHER = re.compile(r"\W*neither\b[^,;]*\bnor\b", re.IGNORECASE)
_WITHOUT = re.compile(r"without\b", re.IGNORECASE)
_PARTS = re.compile(r"[;:,]\s+|\s+(?:and|but|while|whereas|although)\s+", re.IGNORECASE)


_CLAIMED_NONE = re.compile(
    r"^\W*is it (?:true|right|correct|so|the case) that (?:\W*(?:so far|to date|as yet|(?:until|till|up to) now|yet|thus far|in \w+)\W+)*"
    r"(?:there (?:was|were|is|are|has been|have been) )?"
    r"(?:no|nobody|no-one|none|not (?:a single|one|any)|zero)\b",
    re.IGNORECASE,
)
"""Puts forward that there was none of something."""
_ONLY_WHO = re.compile(
    r"(?:\W+(?:patients?|people|one|cases?|episodes?|events?|instances?|signs?|new|further|any|an?|of|had|has|have|with|developed"
    r"|experienced|got|suffered|showed|grade|clinical|laboratory|single|[\dIV-]+|or|higher|acute|severe|single))*\W*",
    re.IGNORECASE,
)
"""What may stand between ``no`` and the event that nobody had."""
_ASIDE = re.compile(r",\s+such as\b", re.IGNORECASE)
"""Goes on with examples of what was just denied."""


class Presence:
    """Tells whether the review, or a study, gives something.

    Args:
        desk: the review's facts and words.
        asked: the facts a question is about.
    """

    def __init__(self, desk: Desk, asked: Callable[[Ask], list[Fact]]) -> None:
        self.desk = desk
        self.asked = asked

    def anywhere(self, ask: Ask) -> Draft | None:
        """``Does any study report …?`` over the whole review."""
        if (
            not ask.measures
            or (ask.values and condition_of(ask) is None)
            or ask.has("list", "max", "min", "compare", "conflict", "definition")
            or not (_ANY.search(ask.focus) or _REPORTING.search(ask.focus))
        ):
            return None
        if (
            not re.search(
                r"\b(?:any|review|letter|article|paper|stud(?:y|ies)|trials?|abstracts?|posters?)\b",
                ask.focus,
                re.IGNORECASE,
            )
            or ask.strange
            or ask.named.missing
            or _GIVES_NONE.search(ask.focus)
        ):
            return None
        bound = condition_of(ask)
        timeless = replace(ask, times=()) if bound and bound.unit == "months" else ask
        facts: list[Fact] = []
        for study in (s.id for s in self.desk.review.studies):
            own = self.asked(replace(timeless, studies=(study,)))
            facts += [f for f in own if bound is None or bound.of(f, self.desk.selector.total(study))][:1]
        if not facts:
            names = joined([self.desk.speaker.short(m) for m in ask.measures], "or")
            times = f"{joined(ask.times, 'or')} " if ask.times else ""
            grade = f" of {grade_words(ask.grade)}" if ask.grade else ""
            return declined(f"No: the review does not report {times}{names}{grade}.")
        rest = [of_fact(self.desk.speaker.statement(f), f) for f in facts[1:]]
        return answered([verdict_line(self.desk, True, facts[0]), *rest], [f.study for f in facts])

    def existence(self, ask: Ask) -> Draft | None:
        """``Did anyone …?``: yes where some did."""
        if not (_ANY.search(ask.focus) or NOBODY.search(ask.focus)) or not ask.measures or ask.values:
            return None
        facts = self.asked(ask) or self._none_of_more(ask)
        if not facts:
            return self._not_reported(ask)
        stops = any(m.startswith("discontinu") for m in ask.measures)
        if len(ask.measures) > 1 and (stops or not self._is_each_told(ask)):
            return None
        if not ask.groups:
            facts = [f for f in facts if not f.group] or facts
        none = bool(NOBODY.search(ask.focus))
        some = none != any(_is_some(f) for f in facts)
        return answered(
            [
                verdict_line(self.desk, some, facts[0]),
                *(of_fact(self.desk.speaker.statement(f), f) for f in facts[1:3]),
            ],
            ask.studies,
        )

    def _none_of_more(self, ask: Ask) -> list[Fact]:
        """The figures by which nobody had it in any of several grades, the one asked for among them."""
        if not ask.grade:
            return []
        low, high = grade_range(ask.grade)
        found = []
        for fact in self.asked(replace(ask, grade="")):
            least, most = grade_range(fact.grade) if fact.grade else (low, high)
            if least <= low and high <= most and not _is_some(fact):
                found.append(fact)
        return found

    def of_other_grades(self, ask: Ask) -> Draft | None:
        """``No: …`` where the grade asked for is none of those that all patients had."""
        if not ask.grade or len(ask.studies) != 1 or len(ask.measures) != 1 or ask.values or ask.groups:
            return None
        facts = self.asked(replace(ask, grade=""))
        if ONLY.search(ask.focus):
            apart = [
                f
                for f in facts
                if f.grade and not grade_meets(f.grade, ask.grade) and f.n != 0 and not f.group
            ]
            return answered([verdict_line(self.desk, False, apart[0])], ask.studies) if apart else None
        parts = all_of_a_grade(self.desk, facts) if facts else []
        low, high = grade_range(ask.grade)
        if not parts or any(a <= high and low <= b for a, b in (grade_range(f.grade) for f in parts)):
            return None
        lines = [verdict_line(self.desk, bool(NOBODY.search(ask.focus)), parts[0])]
        lines += [of_fact(self.desk.speaker.statement(f), f) for f in parts[1:]]
        return answered(lines, ask.studies)

    def stated(self, ask: Ask) -> Draft | None:
        """A row that says yes or no itself."""
        if ask.measures or len(ask.studies) != 1:
            return None
        for characteristic in ask.characteristics:
            for fact in self.desk.selector.reported(ask.studies[0], characteristic):
                said = re.match(r"(?i)\s*(yes|no)\b", fact.value)
                if said:
                    return answered([verdict_line(self.desk, said[1].lower() == "yes", fact)], ask.studies)
        return None

    def registered(self, ask: Ask) -> Draft | None:
        """``Does it have a registration number?``: yes with the one given."""
        if ask.characteristics != ("nct",) or ask.measures or ask.values or len(ask.studies) != 1:
            return None
        if not (_REPORTING.search(ask.focus) or _REGISTERED.search(ask.focus)) or _TURNED.search(ask.focus):
            return None
        facts = [f for f in self.desk.selector.reported(ask.studies[0], "nct") if not is_missing(f.value)]
        return answered([verdict_line(self.desk, True, facts[0])], ask.studies) if facts else None

    def reported(self, ask: Ask) -> Draft | None:
        """``Does the study report OS?``: yes with the figures, or no."""
        if (
            not _REPORTING.search(ask.focus)
            or not ask.measures
            or ask.values
            or ask.has("compare", "difference", "max", "min")
            or _MORE_OR_LESS.search(ask.focus)
        ):
            return None
        facts = self.asked(ask)
        if not facts:
            return self._not_reported(ask)
        if len(ask.measures) > 1 and not self._is_each_told(ask):
            return None  # "was A given for B" is not told by how many had B
        rest = [of_fact(self.desk.speaker.statement(f), f) for f in facts[1:4]]
        return answered([verdict_line(self.desk, True, facts[0]), *rest], ask.studies)

    def _is_each_told(self, ask: Ask) -> bool:
        """Whether there is a figure of each measure of the question."""
        return all(self.asked(replace(ask, measures=(m,))) for m in ask.measures)

    def _not_reported(self, ask: Ask) -> Draft | None:
        """``No: …`` where a study that was asked about reports nothing of the sort; of patients who had it that tells nothing."""
        if (
            _OF_PATIENTS.search(ask.focus)
            or not _REPORTING.search(ask.focus)
            or len(ask.studies) != 1
            or len(ask.measures) != 1
            or ask.groups
        ):
            return None
        study, measure = ask.studies[0], ask.measures[0]
        blank = [f for f in self.desk.selector.facts(study, measure) if is_missing(f.value)]
        names = (measure, *self.desk.vocabulary.term(measure).also)
        if any(self.desk.selector.reported(study, name) for name in names):
            return None
        lexicon = self.desk.review.reader.matchers.measures
        own = [p for p in self.desk.review.passages if study in p.studies and p.locator.kind is Kind.SENTENCE]
        if any(measure in m.ids for p in own for m in lexicon.find(tokens(p.text))):
            return None
        support = [(f.passage, study) for f in blank[:1]]
        return declined(
            f"No: the review does not report {self.desk.speaker.short(measure)} for {self.desk.name(study)}.",
            ask.studies,
            support,
        )

    def denied(self, ask: Ask) -> Draft | None:
        """``Were there any strokes?`` of a study whose sentence says ``no stroke``, and that gives no figure of them."""
        claimed = bool(_CLAIMED_NONE.match(ask.focus))
        if len(ask.studies) != 1 or len(ask.measures) != 1 or ask.values:
            return None
        if (NOBODY.search(ask.focus) and not claimed) or (claimed and not self._claims_event(ask)):
            return None
        if self.asked(replace(ask, groups=())) or _MORE_OR_LESS.search(ask.focus):
            return None
        passage = none_told(self.desk, ask)
        if passage is None:
            return None
        line = Line(
            f"{'Yes' if claimed else 'No'}: {passage.quote}", ((passage.id, ask.studies[0]),), verbatim=True
        )
        return answered([line], ask.studies)

    def _claims_event(self, ask: Ask) -> bool:
        """Whether the very event is put forward as absent, and no difference in it, study of it or escape from it."""
        claimed = _CLAIMED_NONE.match(ask.focus)
        words = tokens(ask.focus)
        found = self.desk.review.reader.matchers.measures.find(words)
        places = [words[m.start].start for m in found if ask.measures[0] in m.ids]
        return (
            claimed is not None
            and bool(places)
            and _ONLY_WHO.fullmatch(ask.focus, claimed.end(), min(places)) is not None
        )


def none_told(desk: Desk, ask: Ask) -> Passage | None:
    """The sentence of the one study that says that there was none of the one event asked about; None without one."""
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        if _says_none(desk, ask, fold(passage.text)):
            return passage
    return None


def _says_none(desk: Desk, ask: Ask, text: str) -> bool:
    """Whether a part of a sentence says that there was none of what is asked, of its grade where one is named."""
    matchers = desk.review.reader.matchers
    for part in _PARTS.split(_ASIDE.sub(" such as", text)):
        words = tokens(part)
        wanted = {ask.measures[0]}
        if _NEITHER.match(part):  # "neither clinical nor laboratory lysis" is no lysis
            wanted |= set(desk.vocabulary.term(ask.measures[0]).also)
        named = [words[m.start].start for m in matchers.measures.find(words) if wanted & set(m.ids)]
        none = [
            m for m in _NONE.finditer(part) if not _WITHOUT.match(m[0]) or _lacks_it(part, m.end(), named)
        ]
        if not named or not none:
            continue
        grades = [s.ids[0] for s in scan(part, matchers) if s.kind == "grade"]
        if any(grade_meets(ask.grade, g) for g in grades) if ask.grade else not grades:
            return True
    return False


def _lacks_it(text: str, begin: int, named: Sequence[int]) -> bool:
    """``without loss of efficacy (CR 80%)``: whether what is lacking is what is named behind it."""
    return any(begin <= at and not re.search(r"[(\d]", text[begin:at]) for at in named)


def _is_some(fact: Fact) -> bool:
    """Whether a figure says that there was some of it; a median or a ratio does by being given."""
    share = percent_of(fact)
    return (fact.n is None and share is None) or (fact.n or 0) > 0 or (share or 0) > 0
