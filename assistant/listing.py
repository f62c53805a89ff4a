"""Answers over several studies: which, how many, highest, lowest, and what a figure refers to."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence

from assistant.cells import is_missing
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.lookup import Desk, with_conflicts
from assistant.model import Derivation, Fact, Kind
from assistant.question import Ask, QuestionReader
from assistant.say import joined
from assistant.selection import grade_meets, grade_range, number_of, percent_of, same_time
from assistant.spans import Span
from assistant.text import fold, tokens, word_number

CAUTION = "These are separate studies, not a head-to-head comparison."
_NUMBER_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
_CONDITION = (
    (re.compile(r"\b(?:more than|over|above|greater than|exceed\w*|higher than|larger than|at least|or more|>|≥|better than|better|north of|older than|beyond)\b|[>≥]", re.IGNORECASE), "gt"),
    (re.compile(r"\b(?:fewer than|less than|under|below|lower than|smaller than|at most|or fewer|or less|<|≤|younger than|not more than)\b|[<≤]", re.IGNORECASE), "lt"),
)


def count_word(n: int) -> str:
    """``3`` -> ``three``; digits from thirteen on."""
    return _NUMBER_WORDS[n] if n < len(_NUMBER_WORDS) else str(n)


class Lister:
    """Lists, counts and ranks studies of one review.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
    """

    def __init__(self, desk: Desk, reader: QuestionReader) -> None:
        self.desk = desk
        self.reader = reader

    # -- which studies -------------------------------------------------------------------------

    def matching(self, ask: Ask, *, hinted: bool = True) -> tuple[list[tuple[str, Fact | None]], str] | None:
        """The studies that meet every condition of the question, each with the fact that shows it; None without a condition."""
        tests: list[tuple[str, Callable[[str], Fact | bool | None]]] = []
        pool = [s.id for s in self.desk.review.studies]
        negated = bool(re.search(r"\b(?:not|no|without|n't|neither|never|lack\w*|missing|n/a|none|didn't|don't)\b", ask.focus, re.IGNORECASE))
        names = [n for n in ask.named.names if n.kind in {"agent", "code", "author", "nct", "number", "topic"}]
        if names and ask.studies:
            chosen = set(ask.studies)
            tests.append(("name", lambda s: s in chosen))
        for characteristic in ask.characteristics:
            tests.append((characteristic, lambda s, c=characteristic: self._characteristic(s, c, ask, negated)))  # type: ignore[misc]
        for measure in ask.measures:
            tests.append((measure, lambda s, m=measure: self._measure(s, m, ask, negated and not ask.characteristics)))  # type: ignore[misc]
        if ask.designs and "phase" not in ask.characteristics:
            tests.append(("phase", lambda s: self._design(s, ask)))
        for label, ids in ask.groups if "age_range" not in ask.characteristics else ():
            tests.append((label, lambda s, i=ids: self._group(s, i)))  # type: ignore[misc]
        if not ask.measures and not ask.characteristics and (bound := _condition(ask)) and bound[2] in {"patients", ""}:
            tests.append(("number of patients", lambda s: self._characteristic(s, "n_patients", ask, negated)))
        hints = {} if ask.measures or ask.characteristics or not hinted else self._hints(ask, pool)
        together = frozenset.intersection(*hints.values()) if hints else frozenset()
        if hints and together and not tests or hints and not tests:
            tests += [(word, lambda s, h=holders: s in h) for word, holders in hints.items()]  # type: ignore[misc]
        if not tests:
            return None
        found: list[tuple[str, Fact | None]] = []
        for study in pool:
            results = [test(study) for _, test in tests]
            if all(results):
                fact = next((r for r in results if isinstance(r, Fact)), None)
                found.append((study, fact))
        return found, joined([name for name, _ in tests])

    def _hints(self, ask: Ask, pool: Sequence[str]) -> dict[str, frozenset[str]]:
        """Content words that nothing else explains, each with the studies whose passages use them."""
        vocabulary = self.desk.vocabulary
        used: set[str] = set()
        for name in ask.named.names:
            used |= {t.key for t in tokens(name.text)}
        for identity in (*ask.measures, *ask.characteristics, *ask.families, *ask.designs):
            term = vocabulary.term(identity)
            for form in (term.name, *term.forms, *term.everyday, *term.row_heads, *term.abbreviations):
                used |= {t.key for t in tokens(form)}
        for label, _ in ask.groups:
            used |= {t.key for t in tokens(label)}
        found: dict[str, frozenset[str]] = {}
        for key in ask.content:
            if key in used or key in vocabulary.scaffold:
                continue
            holders = self.reader.names.words.get(key)
            if holders and len(holders) < len(pool):
                found[key] = frozenset(holders)
        return found

    def _characteristic(self, study: str, characteristic: str, ask: Ask, negated: bool) -> Fact | bool:
        facts = self.desk.selector.facts(study, characteristic)
        if not facts:
            return False
        fact = facts[0]
        missing = is_missing(fact.value)
        asks_missing = bool(re.search(r"\b(?:n/a|not (?:given|reported|available|stated|listed)|missing|no |without|lack\w*|unreported|blank)\b", ask.focus, re.IGNORECASE))
        said = re.match(r"(?i)\s*(yes|no)\b", fact.value)
        if said:
            return fact if (said[1].lower() == "no") == negated and not missing else False
        if asks_missing and not ask.values:
            return fact if missing else False
        if missing:
            return False
        condition = _condition(ask)
        if condition:
            return fact if _holds(fact, condition) else False
        if ask.designs and characteristic == "phase":
            return fact if self._design(study, ask) else False
        years = list(ask.years)
        young = re.search(r"\bas (?:young|old) as (\w+)|\b(\d+)[- ]year[- ]olds?", fold(ask.focus), re.IGNORECASE)
        if characteristic == "age_range" and young:
            said_age = (young[1] or young[2]).lower()
            age = int(said_age) if said_age.isdigit() else word_number(said_age)
            ends = [int(n) for n in re.findall(r"\d+", fact.value)]
            return fact if age is not None and len(ends) >= 2 and ends[0] <= age <= ends[1] else False
        if characteristic == "study_period" and years:
            low, high = (re.findall(r"(?:19|20)\d\d", fact.value) * 2)[:2]
            return fact if all(low <= y <= high for y in years) else False
        return fact

    def _measure(self, study: str, measure: str, ask: Ask, negated: bool) -> Fact | bool:
        selector = self.desk.selector
        pool = [f for f in selector.reported(study, measure) if re.search(r"\d", f.value) or f.n is not None]
        pool = [f for f in pool if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
        pool = [f for f in pool if grade_meets(f.grade, ask.grade)]
        condition = _condition(ask)
        if condition:
            pool = [f for f in pool if _holds(f, condition, selector.total(study))]
        if negated and not condition:
            return not pool
        return next((f for f in pool if not f.group), pool[0]) if pool else False

    def _design(self, study: str, ask: Ask) -> Fact | bool:
        for fact in self.desk.selector.facts(study, "phase"):
            if self.reader.designs_of(fact) & set(ask.designs):
                return fact
        passages = [p for p in self.desk.review.passages if study in p.studies and p.locator.kind is Kind.SENTENCE]
        lexicon = self.reader._matchers.designs
        for passage in passages:
            ids = {m.ids[0] for m in lexicon.find(tokens(passage.text))}
            if ids & set(ask.designs) and not any(i.startswith("phase") for i in ask.designs):
                return True
        return False

    def _group(self, study: str, ids: frozenset[str]) -> bool:
        if ids <= self.desk.review.populations.get(study, frozenset()):
            return True
        if any(f.study == study and ids <= f.group for f in self.desk.review.facts):
            return True
        lexicon = self.desk.review.reader.matchers.populations
        return any(
            study in p.studies and ids <= {m.ids[0] for m in lexicon.find(tokens(p.text))} for p in self.desk.review.passages
        )

    # -- answers -------------------------------------------------------------------------------

    def list_studies(self, ask: Ask) -> Draft | None:
        """The studies asked for, one sentence each."""
        matched = self.matching(ask)
        if matched is None:
            if ask.has("list") and re.search(r"\b(?:studies|trials|abstracts|posters)\b", ask.focus):
                matched = [(s.id, None) for s in self.desk.review.studies], ""
            else:
                return None
        found, _ = matched
        if not found:
            return None
        lines = [self._member(study, fact, ask) for study, fact in found]
        return with_conflicts(self.desk, answered(lines, [s for s, _ in found])) if ask.measures else answered(lines, [s for s, _ in found])

    def _member(self, study: str, fact: Fact | None, ask: Ask) -> Line:
        speaker = self.desk.speaker
        if fact is not None and fact.attribute in self.desk.vocabulary.measures:
            return of_fact(speaker.statement(fact), fact)
        if fact is not None:
            return of_fact(speaker.characteristic(fact), fact)
        return self._presenting(study)

    def _presenting(self, study: str) -> Line:
        agents = next((f for f in self.desk.selector.reported(study, "agents")), None)
        if agents is not None:
            return of_fact(f"{self.desk.name(study)}: {agents.value}.", agents)
        passage = next(p for p in self.desk.review.passages if study in p.studies)
        return Line(f"{self.desk.name(study)}.", ((passage.id, study),))

    def count_studies(self, ask: Ask) -> Draft | None:
        """How many studies meet the conditions, and which."""
        matched = self.matching(ask)
        if matched is None:
            matched = [(s.id, None) for s in self.desk.review.studies], ""
        found, _ = matched
        if not found:
            return None
        facts = [f for _, f in found if f is not None]
        support = [(f.passage, f.study) for f in facts] or [self._presenting(s).support[0] for s, _ in found]
        names = joined([self.desk.name(s) for s, _ in found])
        n = len(found)
        noun = (self.desk.review.raw.study_label or "study").lower()
        plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
        text = f"{count_word(n).capitalize()} {noun if n == 1 else plural}: {names}."
        line = Line(text, tuple(dict.fromkeys(support)), (), Derivation("number of studies", tuple(facts), str(n)))
        return answered([line], [s for s, _ in found])

    def rank(self, ask: Ask) -> Draft | None:
        """The highest or lowest figure of a measure or characteristic, at the time point asked for."""
        attribute = self._ranked(ask)
        if not attribute:
            return None
        best_is_high = ask.has("max")
        term = self.desk.speaker.term(attribute)
        if re.search(r"\b(?:best|worst|poorest|strongest)\b", ask.focus, re.IGNORECASE) and term.better == "lower":
            best_is_high = not best_is_high
        if re.search(r"\byoungest\b", ask.focus, re.IGNORECASE) or re.search(r"\bearliest\b", ask.focus, re.IGNORECASE):
            best_is_high = False
        candidates = self._candidates(ask, attribute)
        if not candidates:
            return None
        if re.search(r"\b(?:most severe|highest|worst|maximum|top) (?:\w+ )?grades?\b|\bmost severe\b", ask.focus, re.IGNORECASE) and any(f.grade for f in candidates):
            worst = max(candidates, key=lambda f: grade_range(f.grade)[1] if f.grade and not f.grade.startswith(">") else 0)
            return answered([of_fact(self.desk.speaker.statement(worst), worst)], [worst.study])
        scored = [(score, fact) for fact in candidates if (score := self._score(fact, ask)) is not None]
        if not scored:
            return None
        top = max(s for s, _ in scored) if best_is_high else min(s for s, _ in scored)
        winners = self.desk.selector.distinct(f for s, f in scored if abs(s - top) < 1e-9)
        measured = attribute in self.desk.vocabulary.measures
        lines = [of_fact(self.desk.speaker.statement(f) if measured else self.desk.speaker.characteristic(f), f) for f in winners]
        draft = answered(lines, [f.study for f in winners])
        if measured and len({f.study for _, f in scored}) > 1:
            draft = draft.plus(Line(CAUTION, ()))
        return with_conflicts(self.desk, draft)

    def _ranked(self, ask: Ask) -> str:
        text = ask.focus
        if ask.measures:
            return ask.measures[0]
        if re.search(r"\b(?:oldest|youngest|age)\b", text, re.IGNORECASE):
            return "age_range"
        if re.search(r"\b(?:ran|running|period|duration|recruit\w* (?:for|over)|years?)\b", text, re.IGNORECASE) or "study_period" in ask.characteristics:
            return "study_period"
        numeric = [c for c in ask.characteristics if c in {"n_patients", "age_range", "study_period", "median_age"}]
        if numeric:
            return numeric[0]
        if ask.families:
            return ""
        if re.search(r"\b(?:largest|biggest|smallest|most|fewest|tiniest)\b", text, re.IGNORECASE):
            return "n_patients"
        return ""

    def _candidates(self, ask: Ask, attribute: str) -> list[Fact]:
        studies = ask.studies or tuple(s.id for s in self.desk.review.studies)
        if not ask.studies:
            matched = self.matching(_without_measures(ask), hinted=False)
            if matched and matched[0]:
                studies = tuple(s for s, _ in matched[0])
        facts: list[Fact] = []
        for study in studies:
            own = self.desk.selector.reported(study, attribute)
            if attribute == "n_patients":
                own = [f for f in own if not f.group][:1]
            elif attribute in self.desk.vocabulary.measures:
                own = [f for f in own if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
                own = [f for f in own if grade_meets(f.grade, ask.grade)]
                own = [f for f in own if not ask.cycle or f.cycle == ask.cycle]
                own = [f for f in own if all(ids <= f.group or not ids & self._all_groups(study) for _, ids in ask.groups)]
            else:
                own = own[:1]
            facts += own
        return facts

    def _all_groups(self, study: str) -> frozenset[str]:
        return frozenset(g for f in self.desk.review.facts if f.study == study for g in f.group)

    def _score(self, fact: Fact, ask: Ask) -> float | None:
        numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", fold(fact.value))]
        if fact.attribute == "age_range" and len(numbers) >= 2:
            if re.search(r"\byoungest|lowest age|minimum\b", ask.focus, re.IGNORECASE):
                return numbers[0]
            if re.search(r"\boldest|upper|maximum\b", ask.focus, re.IGNORECASE):
                return numbers[1]
            return numbers[1] - numbers[0]
        if fact.attribute == "study_period" and len(numbers) >= 2:
            if re.search(r"\b(?:first|earliest|oldest)\b", ask.focus, re.IGNORECASE):
                return numbers[0]
            if re.search(r"\b(?:latest|most recent|newest)\b", ask.focus, re.IGNORECASE):
                return numbers[1]
            return numbers[1] - numbers[0]
        if fact.attribute == "n_patients" and fact.n is not None:
            return float(fact.n)
        share = percent_of(fact, self.desk.selector.total(fact.study))
        return share if share is not None else number_of(fact.value)

    # -- what does a figure refer to -----------------------------------------------------------

    def referring(self, ask: Ask) -> Draft | None:
        """The facts that state the figures in the question (``which trial reported 62.3 %?``)."""
        hits: list[Fact] = []
        for value in ask.values:
            hits += self._stating(value, ask)
        hits = self.desk.selector.distinct(hits)
        if not hits:
            return None
        lines = [
            of_fact(self.desk.speaker.statement(f) if f.attribute in self.desk.vocabulary.measures else self.desk.speaker.characteristic(f), f)
            for f in hits[:6]
        ]
        return answered(lines, [f.study for f in hits])

    def _stating(self, value: Span, ask: Ask) -> Iterable[Fact]:
        wanted = number_of(value.text)
        for fact in self.desk.review.facts:
            if not fact.study or not fact.attribute or fact.attribute in {"summary", "authors", "outcomes"}:
                continue
            if ask.studies and fact.study not in ask.studies:
                continue
            if ask.measures and fact.attribute in self.desk.vocabulary.measures and fact.attribute not in ask.measures:
                continue
            shown = fact.percent if value.unit == "%" else fact.value
            if value.unit == "%" and not (fact.unit == "%" or fact.percent):
                continue
            if value.unit in {"age", "range", "period"}:
                if re.sub(r"\s", "", fold(fact.value)) == re.sub(r"\s", "", fold(value.text)):
                    yield fact
                continue
            if value.unit == "nct" or fact.unit == "nct":
                if fold(value.text).lower() in fold(fact.value).lower() and value.unit == "nct":
                    yield fact
                continue
            if fact.attribute not in self.desk.vocabulary.measures and fact.attribute != "n_patients":
                continue
            if value.unit == "patients" or fact.unit == "patients":
                if value.unit != "%" and fact.n is not None and wanted == fact.n and (value.total in {None, fact.total}):
                    yield fact
                    continue
            if number_of(shown) == wanted and (value.unit in {"%", ""} or value.unit == fact.unit):
                yield fact


def _without_measures(ask: Ask) -> Ask:
    from dataclasses import replace

    return replace(ask, measures=(), characteristics=(), families=(), values=())


def _condition(ask: Ask) -> tuple[str, float, str] | None:
    """(comparison, number, unit) of ``more than 50 patients``, ``OS above 70%``; None without one."""
    text = fold(ask.focus)
    for value in ask.values:
        if value.unit not in {"%", "patients", "", "age"}:
            continue
        before = text[max(0, value.start - 22) : value.start + 1]
        after = text[value.end : value.end + 12]
        for pattern, name in _CONDITION:
            if pattern.search(before) or re.match(r"\s*(?:patients? )?or (?:more|over|above)" if name == "gt" else r"\s*(?:patients? )?or (?:fewer|less|under|below)", after):
                number = number_of(value.text)
                if number is not None:
                    inclusive = bool(re.search(r"at least|at most|or more|or fewer|or less|[≥≤]", before + after))
                    return name + ("e" if inclusive else ""), number, value.unit
    return None


_OPERATORS = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


def _holds(fact: Fact, condition: tuple[str, float, str], total: int | None = None) -> bool:
    name, number, unit = condition
    if unit == "%":
        share = percent_of(fact, total)
        return share is not None and bool(_OPERATORS[name](share, number))
    if fact.attribute == "age_range":
        ends = [float(n) for n in re.findall(r"\d+", fact.value)]
        return bool(ends) and bool(_OPERATORS[name](max(ends) if name.startswith("gt") else min(ends), number))
    value = float(fact.n) if fact.n is not None else number_of(fact.value)
    return value is not None and bool(_OPERATORS[name](value, number))


def none_such(desk: Desk, ask: Ask) -> Draft:
    """Declines a list or count that no study meets."""
    noun = (desk.review.raw.study_label or "study").lower()
    terms = [desk.speaker.short(m) for m in ask.measures] + [desk.speaker.term(c).name for c in ask.characteristics]
    terms += [desk.speaker.term(d).name for d in ask.designs] + [label for label, _ in ask.groups]
    what = f" with {joined(terms)}" if terms else " of that kind"
    times = f" at {joined(ask.times)}" if ask.times else ""
    return declined(f"The review reports no {noun}{what}{times}.")
