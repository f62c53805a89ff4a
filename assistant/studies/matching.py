"""Which studies of a review meet every condition of a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.lookup.lookup import Desk
from assistant.model import Fact, Kind
from assistant.question.reader import Ask, QuestionReader
from assistant.say import joined
from assistant.selection import grade_meets, percent_of, same_time
from assistant.studies.conditions import (
    NONE_OF_AGE,
    Condition,
    condition_of,
    ends_hold,
    negated,
    says_blank,
    shares_in,
    wants_missing,
    years_hold,
)
from assistant.studies.membership import Membership, Proof
from assistant.text.ages import Ages, ages_named, ages_of_group, printed_range
from assistant.text.text import fold, tokens, word_number

Found = tuple[str, tuple[Fact, ...]]

_RUN = re.compile(
    r"\b(?:enrol\w*|recruit\w*|r[au]n(?:ning)?|conducted|performed|start\w*|beg[aiu]n\w*|open\w*|end\w*|"
    r"clos\w*|finish\w*|treat\w*|collect\w*|complet\w*|active|accru\w*|before|after|since|until|between|"
    r"during)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:numbers?|sizes?|counts?|n/?a|how many (?!(?:\w+ ){0,3}(?:stud|trial|abstract|poster)))\b|"
    r"\bn\b|\bunreported\b",
    re.IGNORECASE,
)
"""Asks for numbers of patients, or whether they are given."""
_SAID = re.compile(r"\s*(?:yes|no)\b", re.IGNORECASE)
_ENDPOINTS = frozenset({"outcomes", "outcome_measures"})
_AGES = ("age_range", "median_age")
_CELLULAR = re.compile(
    r"\bcell(?:ular|s)?[- ](?:\w+ )?(?:products?|therap(?:y|ies)|immunotherap\w+|constructs?)\b",
    re.IGNORECASE,
)
_HAD_NOT = re.compile(
    r"\b(?:did|do|does|were|was|had|have|has)(?:n't| not)\b|\b(?:exclud\w+|left out|leave out|leaving out)\b",
    re.IGNORECASE,
)
"""Asks for the studies without patients of a group."""
_HAPPENED = re.compile(
    r"\b(?:had|have|has|saw|see|with|there (?:were|was)|occur\w*|happen\w*|develop\w*|experienc\w*)\b",
    re.IGNORECASE,
)
_NONE_HAD = re.compile(r"\b(?:no|none|without)\b", re.IGNORECASE)
"""Asks where an event happened, or happened to none."""
_BUT_NOT = re.compile(
    r"\b(?:but|and|yet) (?:no|not|without|(?:did|do|does|had|have|has) not|(?:did|do|does)n't)\b|\bwithout\b",
    re.IGNORECASE,
)
_RESPONSES = re.compile(r"(?<!overall )(?<!objective )\bresponse rates\b", re.IGNORECASE)
"""Asks for responses of any sort."""
_IN_PATIENTS = re.compile(
    r"\b(?:actual|real|human) (?:patients|subjects|people|participants|beings)\b|\bin humans\b"
    r"|\b(?:actually|really) (?:\w+ ){0,2}(?:patients|people|humans|persons)\b",
    re.IGNORECASE,
)
"""Asks for studies of people."""
_AND_SIZED = re.compile(
    r"\b(?:and|but|yet|with)\b(?: (?:also|still|only|that|which))? ?(?:had|has|have|enrol\w*|recruit\w*|includ\w*|treat\w*)? "
    r"(?:fewer|less|more|over|under|at least|at most|above|below|no more|no fewer)\b[^?,;]{0,12}\d+ "
    r"(?:patients|people|participants|subjects)\b",
    re.IGNORECASE,
)
"""Bounds the number of patients of a study."""
_CUT_OFF = re.compile(r"\bcut-?\s?offs?\b|\bthresholds?\b", re.IGNORECASE)
_BOUNDED = re.compile(r"[<>\u2264\u2265]\s*\d|\b(?:below|above|at least) \d")
"""A bound in a cell that says yes or no."""
_ALONE = re.compile(r"\b(?:only|exclusively|solely|nothing but|just)\b", re.IGNORECASE)
_TABLE = re.compile(r"\btable (\d+)\b", re.IGNORECASE)
_OF_THOSE = re.compile(r"\b(?:of|among) (?:these|those|them)\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\b(?:outside|not in|beyond|absent from|missing from) (?:of )?(?:the )?table \d", re.IGNORECASE
)
_EMPTY = frozenset(
    "directed direct aimed aim targeted target targeting against "
    "enrolled enrol recruit recruited treat treated test tested use evaluate evaluated investigate took "
    "take product cellular deal dealt cover discuss describe present include mention concern contain letter "
    "agent drug compound medicine substance molecule review article paper exist have feature disease setting condition context run".split()
)
"""Words that say nothing of a study, whatever its passages say."""


class Matcher:
    """Finds the studies a question describes.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
    """

    def __init__(self, desk: Desk, reader: QuestionReader) -> None:
        self.desk = desk
        self.reader = reader
        self.kinds = Membership(desk, reader)

    def matching(self, ask: Ask, *, hinted: bool = True) -> tuple[list[Found], str] | None:
        """The studies that meet every condition, with the facts that show it; None without a condition."""
        ask = self._implied(ask)
        pool = [s.id for s in self.desk.review.studies if s.id not in ask.but]
        tests = self._tests(ask)
        hints = {} if ask.measures or ask.characteristics or not hinted else self._hints(ask, pool)
        together = frozenset.intersection(*hints.values()) if hints else frozenset()
        if hints and (together or not tests):
            tests += [(word, partial(_among, holders=holders)) for word, holders in hints.items()]
        if not tests:
            return None
        found: list[Found] = []
        for study in pool:
            results = [test(study) for _, test in tests]
            if all(results):
                facts = tuple(f for r in results if not isinstance(r, bool) for f in r)
                found.append((study, tuple(dict.fromkeys(facts))))
        return found, joined([name for name, _ in tests])

    def _implied(self, ask: Ask) -> Ask:
        """A question about years asks for the study period, one about patients under 18 for their ages.

        Patients that are only named, ``trials that enrolled older patients``, are not counted.
        """
        if says_blank(ask.focus) and not (ask.measures or ask.characteristics or ask.families):
            return replace(ask, characteristics=self._row_said(ask))
        free = not ask.measures and set(ask.characteristics) <= {"n_patients", "study_period"}
        if ask.years and free and _RUN.search(ask.focus):
            return replace(ask, characteristics=("study_period",))
        survival = self.desk.vocabulary.families.get("survival")
        if ask.times and survival and ask.characteristics and set(ask.characteristics) <= _ENDPOINTS:
            return replace(ask, characteristics=(), families=(survival.id,))
        if free and NONE_OF_AGE.search(fold(ask.focus)):
            return replace(ask, characteristics=("age_range",), groups=())
        condition = condition_of(ask)
        if condition and condition.unit == "age" and free:
            return replace(ask, characteristics=("age_range",))
        if condition and free and not ask.characteristics and condition.unit in {"patients", ""}:
            return replace(ask, characteristics=("n_patients",))
        described = ask.groups or ask.designs or ask.named.names
        if (
            ask.characteristics == ("n_patients",)
            and described
            and not condition
            and not _COUNTED.search(ask.focus)
        ):
            return replace(ask, characteristics=())
        return ask

    def _row_said(self, ask: Ask) -> tuple[str, ...]:
        """What the one row is about whose head has the words of a question, or no others; none where it is not clear."""
        said = set(ask.content) - self.desk.vocabulary.scaffold
        heads = {
            f.attribute: {t.key for t in tokens(self.desk.selector.places[f.passage].locator.row)}
            for f in self.desk.review.facts
            if f.study and f.attribute and self.desk.selector.passage_kind(f) is Kind.CELL
        }
        holding = [a for a, keys in heads.items() if said and said <= keys]
        exact = [a for a in holding if heads[a] == said] or holding
        return tuple(exact) if len(exact) == 1 else ()

    def _tests(self, ask: Ask) -> list[tuple[str, Callable[[str], Proof]]]:
        tests: list[tuple[str, Callable[[str], Proof]]] = []
        pool = [s.id for s in self.desk.review.studies]
        turned = negated(ask.focus)
        kinds = {"agent", "code", "author", "nct", "number", "topic"}
        of_those = ask.inherited and _OF_THOSE.search(ask.focus)
        if ask.studies and (of_those or any(n.kind in kinds for n in ask.named.names)):
            holders = frozenset(ask.studies)
            if _HAD_NOT.search(fold(ask.focus)) and not (
                ask.measures or ask.families or ask.characteristics or ask.groups
            ):
                holders = frozenset(s.id for s in self.desk.review.studies) - holders
            tests.append(("name", partial(_among, holders=holders)))
        if (sized := self._size_bound(ask)) is not None:
            tests.append(("size", partial(self._sized, bound=sized)))
            ask = replace(ask, values=tuple(v for v in ask.values if v.unit != "patients"))
        for name in ask.characteristics:
            tests.append((name, partial(self._characteristic, characteristic=name, ask=ask, turned=turned)))
        if (table := _TABLE.search(ask.focus)) and not ask.measures:
            holders = self.kinds.in_table(f"Table {table[1]}")
            if _OUTSIDE.search(ask.focus):
                holders = frozenset(pool) - holders
            tests.append(("table", partial(_among, holders=holders)))
        if _IN_PATIENTS.search(ask.focus):
            tests.append(("patients", self.kinds.in_patients))
        if _CELLULAR.search(ask.focus):
            tests.append(("cells", self.kinds.of_cells))
        alone = turned and not ask.characteristics
        denied = self._denied(ask)
        for measures in self._measures(ask):
            row = self.row_of(measures, ask)
            if row:
                tests.append((row, partial(self._characteristic, characteristic=row, ask=ask, turned=turned)))
                continue
            lacking = alone and (not denied or bool(set(measures) & denied))
            tests.append((measures[0], partial(self._measure, measures=measures, ask=ask, turned=lacking)))
        for lacked in sorted(denied - set(ask.measures)) if ask.measures else ():
            tests.append((lacked, partial(self._measure, measures=(lacked,), ask=ask, turned=True)))
        if ask.designs and "phase" not in ask.characteristics:
            tests.append(("phase", partial(self.kinds.design, ask=ask)))
        for label, ids in ask.groups if not set(_AGES) & set(ask.characteristics) else ():
            if not self._of_design(label, ask) and not _is_name(label, ask):
                tests.append((label, partial(self._group, ids=ids, ask=ask)))
        return tests

    def _size_bound(self, ask: Ask) -> Condition | None:
        """``report OS and had fewer than 50 patients``: the bound on the studies' size beside what else is asked."""
        bound = condition_of(ask)
        rows = set(ask.characteristics) - {"n_patients", *_AGES}
        if bound is None or bound.unit != "patients" or "n_patients" in ask.characteristics:
            return None
        counted = any(
            f.attribute in ask.measures and f.unit == "patients" and f.n for f in self.desk.review.facts
        )
        apart = _AND_SIZED.search(fold(ask.focus))
        return bound if rows or (ask.measures and (apart or not counted)) else None

    def _sized(self, study: str, bound: Condition) -> Proof:
        """Whether the number of a study's patients keeps a bound."""
        fact = self.pick(study, "n_patients")
        return (fact,) if fact is not None and not fact.group and bound.of(fact) else False

    def _group(self, study: str, ids: frozenset[str], ask: Ask) -> Proof:
        """Whether a study had patients of a group: by its printed ages where it is told by age; or had none."""
        turned = bool(_HAD_NOT.search(fold(ask.focus))) and not (ask.measures or ask.characteristics)
        told = [a for i in ids if (a := ages_of_group(i)) is not None]
        facts = self._age_ranges(study) if len(told) == len(ids) == 1 else []
        if not facts:
            unknown = len(told) == 1 and self.desk.reports("age_range")
            if _ALONE.search(ask.focus) and not turned and self._has_others(study, ids):
                return False
            return self.kinds.of_group(study, ids) != turned and not (turned and unknown)
        asked = ages_named(ask.focus) or told[0]
        whole = bool(_ALONE.search(ask.focus))
        held = [f for f, (low, high) in facts if asked[0] <= high and low <= asked[1]]
        within = [f for f, (low, high) in facts if asked[0] <= low and high <= asked[1]]
        met = len(within) == len(facts) if whole else bool(held)
        shown = (within or held or [facts[0][0]])[:1]
        return tuple(shown) if met != turned else False

    def _has_others(self, study: str, ids: frozenset[str]) -> bool:
        """Whether a study had patients of the opposite kind too."""
        populations = self.desk.vocabulary.populations
        against = {populations[i].opposite for i in ids if i in populations} - {""}
        if ids & {"relapsed", "refractory"}:
            against |= {"newly-diagnosed"}
        return any(self.kinds.of_group(study, frozenset({other})) for other in against)

    def _age_ranges(self, study: str) -> list[tuple[Fact, Ages]]:
        """The printed ranges of ages, of the whole study or else of its arms."""
        found = [
            *self.desk.selector.facts(study, "age_range"),
            *self.desk.selector.facts(study, "median_age"),
        ]
        read = [(f, r) for f in found if (r := printed_range(f.value)) is not None]
        whole = [pair for pair in read if not pair[0].group]
        return whole or read

    def row_of(self, measures: Sequence[str], ask: Ask) -> str:
        """The yes-or-no row that speaks of a measure of which no study gives a figure; "" where there is none."""
        facts = self.desk.review.facts
        if len(measures) != 1 or any(f.attribute in measures and f.study for f in facts):
            return ""
        term = self.desk.vocabulary.term(measures[0])
        asked = {key for key, term_id in ask.aliases if term_id == measures[0]}
        for fact in facts:
            if fact.study and _SAID.match(fact.value):
                words = {t.key for t in tokens(self.desk.speaker.term(fact.attribute).name)}
                named = any({t.key for t in tokens(a)} <= words for a in (*term.abbreviations, term.name))
                if named or (_CUT_OFF.search(ask.focus) and asked & words):
                    return fact.attribute
        return ""

    def _measures(self, ask: Ask) -> list[tuple[str, ...]]:
        """The measures a study must report: each one said, or any of a family."""
        families = [tuple(self.desk.vocabulary.families[f].includes) for f in ask.families]
        response = self.desk.vocabulary.families.get("response")
        if "ORR" in ask.measures and response is not None and _RESPONSES.search(ask.focus):
            ask = replace(ask, measures=tuple(m for m in ask.measures if m != "ORR"))
            families.append(("ORR", *response.includes))
        either = re.search(r"\b(?:or|any of|either)\b", ask.focus, re.IGNORECASE) and not re.search(
            r"\bnor\b|\bneither\b", ask.focus, re.IGNORECASE
        )
        if either and len(ask.measures) > 1:
            return [ask.measures, *families]
        return [*(self._reported_as(m) for m in ask.measures), *(f for f in families if f)]

    def _reported_as(self, measure: str) -> tuple[str, ...]:
        """A measure, or where no study gives it its median, which is what is reported of it."""
        held = {f.attribute for f in self.desk.review.facts}
        median = f"median_{measure}"
        return (median,) if measure not in held and median in held else (measure,)

    def _denied(self, ask: Ask) -> frozenset[str]:
        """The measures named behind ``but no`` or ``without``, where others stand before it; else none."""
        cut = _BUT_NOT.search(fold(ask.focus))
        if cut is None:
            return frozenset()
        named = [self._named_in(part) for part in (ask.focus[: cut.start()], ask.focus[cut.end() :])]
        return named[1] if named[0] and named[1] else frozenset()

    def _named_in(self, text: str) -> frozenset[str]:
        """The measures, and those of the families, that a text names."""
        words = tokens(text)
        found = {i for m in self.reader.matchers.measures.find(words) for i in m.ids}
        families = self.desk.vocabulary.families
        forms = {f: [k.lower() for k in (families[f].name, *families[f].forms)] for f in families}
        lower = fold(text).lower()
        named = {
            f
            for f, known in forms.items()
            if any(k in lower and re.search(rf"\b{re.escape(k)}\b", lower) for k in known)
        }
        return frozenset(found | {m for f in named for m in families[f].includes})

    def _of_design(self, label: str, ask: Ask) -> bool:
        """Whether a group's words belong to a design named (``single-`` of ``single-arm``)."""
        words = {t.key for t in tokens(label)}
        for design in ask.designs:
            term = self.desk.vocabulary.term(design)
            if words <= {t.key for form in (term.name, design, *term.forms) for t in tokens(form)}:
                return True
        return False

    def _hints(self, ask: Ask, pool: Sequence[str]) -> dict[str, frozenset[str]]:
        """Content words that nothing else explains, each with the studies whose passages use them."""
        vocabulary = self.desk.vocabulary
        headed = {t.key for s in self.desk.review.raw.sentences if s.studies for t in tokens(s.section)}
        used = {t.key for t in tokens(self.desk.review.title)} - headed
        for name in ask.named.names:
            used |= {t.key for t in tokens(name.text)}
        for identity in (*ask.measures, *ask.characteristics, *ask.families, *ask.designs):
            term = vocabulary.term(identity)
            for form in (term.name, *term.forms, *term.everyday, *term.row_heads, *term.abbreviations):
                used |= {t.key for t in tokens(form)}
        for label, _ in ask.groups:
            used |= {t.key for t in tokens(label)}
        used |= {"design"} if ask.designs else set()
        found: dict[str, frozenset[str]] = {}
        for key in ask.content:
            if key in used or key in vocabulary.scaffold or key in _EMPTY:
                continue
            holders = self.reader.names.words.get(key)
            if holders and len(holders) < len(pool):
                found[key] = frozenset(holders)
        return found

    def unexplained(self, ask: Ask) -> list[str]:
        """Content words that describe studies, and that nothing of the review explains."""
        asked = {t.key for n in ask.named.names for t in tokens(n.text)} | {key for key, _ in ask.aliases}
        known = asked | self.desk.vocabulary.scaffold | _EMPTY
        known |= {
            t.key for s in (self.desk.review.title, self.desk.review.raw.study_label) for t in tokens(s)
        }
        return [k for k in ask.content if k not in known and k not in self.reader.names.words]

    # -- single conditions ---------------------------------------------------------------------

    def pick(self, study: str, characteristic: str) -> Fact | None:
        """The fact that gives a characteristic of the whole study; an age range may stand by the median."""
        facts = self.desk.selector.facts(study, characteristic)
        if characteristic == "age_range" and not facts:
            facts = [f for f in self.desk.selector.facts(study, "median_age") if f.unit == "range"]
        whole = [f for f in facts if not f.group]
        return (whole or facts or [None])[0]  # type: ignore[list-item]

    def _characteristic(self, study: str, characteristic: str, ask: Ask, turned: bool) -> Proof:
        fact = self.pick(study, characteristic)
        if fact is None:
            return (
                turned
                and wants_missing(ask.focus)
                and any(self.desk.selector.facts(s.id, characteristic) for s in self.desk.review.studies)
            )
        missing = is_missing(fact.value)
        if said := re.match(r"(?i)\s*(yes|no)\b", fact.value):
            if not turned and (_CUT_OFF.search(ask.focus) or shares_in(ask.focus)):
                return (fact,) if _bounds_as_said(fold(fact.value), ask.focus) else False
            return (fact,) if not missing and (said[1].lower() == "no") == turned else False
        ended = ends_hold(fact, ask.focus) if characteristic == "age_range" else None
        if ended is not None:
            return (fact,) if ended else False
        if missing and not says_blank(ask.focus) and self._is_yes_or_no(characteristic):
            return False  # "no in that row" is no empty cell
        if wants_missing(ask.focus) and not ask.values and not ask.years:
            return (fact,) if missing else False
        if missing:
            return False
        spans = {fold(v.text) for v in ask.values if v.unit == "range"}
        if characteristic == "age_range" and spans:
            return (fact,) if fold(fact.value) in spans else False
        if condition := condition_of(ask):
            if characteristic == "age_range":
                return tuple(f for f, _ in self._age_ranges(study) if condition.of(f))[:1] or False
            return (fact,) if condition.of(fact, self.desk.selector.total(study)) else False
        if ask.designs and characteristic == "phase":
            return self.kinds.design(study, ask)
        if characteristic == "age_range" and (aged := self._aged(fact, ask)) is not None:
            return aged
        if characteristic == "study_period" and (held := years_hold(fact, ask.focus)) is not None:
            return (fact,) if held else False
        return (fact,)

    def _is_yes_or_no(self, characteristic: str) -> bool:
        """Whether the row of a characteristic says yes or no."""
        return any(f.attribute == characteristic and _SAID.match(f.value) for f in self.desk.review.facts)

    def _is_none_somewhere(self, measures: Sequence[str]) -> bool:
        """Whether any study says that an event happened to none."""
        return any(f.attribute in measures and f.n == 0 for f in self.desk.review.facts)

    def _aged(self, fact: Fact, ask: Ask) -> Proof | None:
        """``children as young as two``: whether the age lies within the range; None where no age is said."""
        young = re.search(
            r"\bas (?:young|old) as (\w+)|\b(\d+)[- ]year[- ]olds?", fold(ask.focus), re.IGNORECASE
        )
        if not young:
            return None
        said = (young[1] or young[2]).lower()
        age = int(said) if said.isdigit() else word_number(said)
        ends = [int(n) for n in re.findall(r"\d+", fact.value)]
        return (fact,) if age is not None and len(ends) >= 2 and ends[0] <= age <= ends[1] else False

    def _measure(self, study: str, measures: Sequence[str], ask: Ask, turned: bool) -> Proof:
        selector = self.desk.selector
        pool = [
            f
            for m in measures
            for f in selector.reported(study, m)
            if re.search(r"\d", f.value) or f.n is not None
        ]
        condition = condition_of(ask)
        also = [
            o
            for m in measures
            for o in self.desk.vocabulary.term(m).also
            if o in self.desk.vocabulary.populations
        ]
        if also and not pool and not turned:
            pool = [f for f in selector.reported(study, "n_patients") if f.group & set(also)]
        if not condition:
            none = [f for f in pool if (f.n == 0 or percent_of(f) == 0) and not f.group]
            if _HAPPENED.search(ask.focus) or turned:
                pool = [f for f in pool if f.n != 0 and percent_of(f) != 0]
            if turned and _NONE_HAD.search(ask.focus) and self._is_none_somewhere(measures):
                return tuple(none[:1]) or False
        if not (condition and condition.unit == "months"):
            pool = [f for f in pool if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
        pool = [f for f in pool if grade_meets(f.grade, ask.grade)]
        if condition:
            pool = [f for f in pool if f.unit != "range" and f.attribute not in {"p_value", "CI"}]
            pool = selector.distinct(f for f in pool if condition.of(f, selector.total(study)))
            return tuple(f for f in pool if not f.group) or tuple(pool) or False
        if turned:
            return not pool
        first = next((f for f in pool if not f.group), pool[0] if pool else None)
        if first is None:
            return False
        place = (first.passage, first.attribute, first.time_point, first.grade)
        arms = [f for f in pool if f.group and (f.passage, f.attribute, f.time_point, f.grade) == place]
        return tuple(arms) if first.group else (first,)


def _bounds_as_said(value: str, text: str) -> bool:
    """Whether a cell that says yes or no gives a bound, and the one that a question names if it names any."""
    asked, given = shares_in(text), shares_in(value)
    return bool(_BOUNDED.search(value)) and (not asked or bool(asked & given))


def _is_name(label: str, ask: Ask) -> bool:
    """Whether the words of a group are those of a treatment that is named anyway: ``everything with alphamab``."""
    named = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
    words = {t.key for t in tokens(label)} - {"with", "plus"}
    return bool(words) and words <= named and len(ask.studies) > 1


def _among(study: str, holders: frozenset[str]) -> bool:
    return study in holders
