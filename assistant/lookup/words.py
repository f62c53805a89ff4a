"""Figures of one measure told apart by what else a question says, or by where the last answer stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Line, of_fact
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.selection import LENGTHS
from assistant.text.text import tokens

STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_PERIODS = (
    (
        re.compile(r"\b(?:before|prior to) (?:the )?(?:surgery|operation|resection)\b", re.IGNORECASE),
        "pre-operative preoperative",
    ),
    (
        re.compile(r"\bafter (?:the )?(?:surgery|operation|resection)\b", re.IGNORECASE),
        "post-operative postoperative",
    ),
)
"""When something was, as a question says it, and as the title of a table does."""
_SAYS_NOTHING = frozenset(
    "median mean rate patient group arm figure value p report result analysis total number people case trial study "
    "difference compare percentage proportion share many much review level table".split()
)


def told_apart(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """Of facts that differ in nothing but their figures those whose places say more of the question's other words.

    ``HR for distant metastases`` is the one of several ratios whose sentence names them; a count in the table on
    ``post-operative chemotherapy`` is the one asked for by that word.
    """
    facts = _of_any_cause(desk, facts)
    kept: list[Fact] = list(facts)
    words = _further_words(desk, ask, statistic=any(f.attribute in STATISTICS for f in facts))
    of_any = not set(ask.measures) - STATISTICS
    for cluster in _clusters(facts, of_any=of_any, timed=bool(ask.times)):
        held = {id(f): len(words & _words_at(desk, f)) for f in cluster}
        most = max(held.values())
        alike = (
            len({desk.selector.passage_kind(f) for f in cluster}) == 1
        )  # else text against table, which is told
        if min(held.values()) == most and alike:
            held = {id(f): len(_all_words(desk, ask) & _clause_words(desk, f)) for f in cluster}
            most = max(held.values())
        if most and min(held.values()) < most:
            kept = [f for f in kept if id(f) not in held or held[id(f)] == most]
        elif rows := _rows_said(desk, ask, cluster):
            kept = [f for f in kept if id(f) not in held or f in rows]
        elif cluster[0].attribute in STATISTICS and len(desk.review.studies) == 1 and not of_any:
            first = cluster[0].passage  # a report gives the comparison it was made for first
            kept = [f for f in kept if id(f) not in held or f.passage == first]
    return _of_form(ask, _without_spreads(kept))


def _rows_said(desk: Desk, ask: Ask, cluster: Sequence[Fact]) -> list[Fact]:
    """``ALT elevation`` beside ``AST elevation``: of rows that count as one measure those whose own words are asked."""
    said = {t.key for t in tokens(ask.focus)}
    heads = {f: {t.key for t in tokens(desk.selector.places[f.passage].locator.row or "")} for f in cluster}
    if len({desk.selector.places[f.passage].locator.table for f in cluster}) != 1 or not all(heads.values()):
        return []
    shared = frozenset.intersection(*(frozenset(h) for h in heads.values()))
    held = {f: len((h - shared) & said) for f, h in heads.items()}
    most = max(held.values())
    best = [f for f, n in held.items() if n == most]
    return best if most and len(best) < len(heads) else []


_DIED_OF = re.compile(r"(?:\s+[\w-]+){0,3}?\s+died\s+(?:of|from|during)\s+(?!any\b|all\b)", re.IGNORECASE)


def _of_any_cause(desk: Desk, facts: Sequence[Fact]) -> list[Fact]:
    """The facts without deaths of one cause (``two patients who died of toxicity``) where all deaths are counted, too."""
    special = [
        f for f in facts
        if f.attribute == "deaths" and f.n is not None and _DIED_OF.match(desk.selector.quotes[f.passage], max(f.end, 0))
    ]  # fmt: skip
    wide = [f for f in facts if f not in special]
    return [f for f in facts if f in wide or not any((f.group, f.unit) == (w.group, w.unit) for w in wide)]


def _clusters(facts: Iterable[Fact], *, of_any: bool, timed: bool) -> list[list[Fact]]:
    found: dict[tuple[object, ...], list[Fact]] = {}
    for f in facts:
        of = f.of if f.attribute in STATISTICS and not of_any else ""
        time = "" if f.attribute in STATISTICS and not timed else f.time_point
        place = (f.study, f.attribute, f.group, time, f.grade, f.cycle, of)
        found.setdefault(place, []).append(f)
    return [c for c in found.values() if len({(f.value, f.percent) for f in c}) > 1]


_ANY_OUTCOME = frozenset("overall survival free response rate time median duration".split())
"""Keys of words in the names of many outcomes, by which one is not told from another."""


def by_words_alone(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """The statistics of the one row or sentence that has most of the words of what they were asked of, if any has."""
    named = {key for key, term in ask.aliases if term in ask.measures and term not in STATISTICS}
    figures = {(f.passage, f.attribute) for f in desk.review.facts}
    facts = [  # "p for RFS" where the sentence gives RFS, too, but p of CR
        f
        for f in facts
        if not f.of or not any((f.passage, m) in figures for m in ask.measures if m not in STATISTICS)
    ]
    words = (_further_words(desk, ask, statistic=True) & named) - _ANY_OUTCOME
    held = {f.passage: len(words & _words_at(desk, f)) for f in facts}
    most = max(held.values(), default=0)
    best = [p for p, n in held.items() if n == most]
    return [f for f in facts if f.passage == best[0]] if most and len(best) == 1 else []


def _tested_between(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """The one p-value of a difference between groups of which one is named: ``p value, A-mutated versus not``."""
    told = {
        (f.passage, f.attribute, i)
        for f in desk.review.facts
        for i in f.group
        if f.attribute not in STATISTICS
    }
    named = {i for _, ids in ask.groups for i in ids}
    found = desk.selector.distinct(f for f in facts if any((f.passage, f.of, i) in told for i in named))
    return found if len(found) == 1 else []


_MOST_TESTED = 3
"""p-values that may be given together where the question's words fit each equally well."""


def tested_by_words(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[Fact] | None:
    """Of the p-values of a study those of what the question's words name, where it names no known measure.

    None where it has no such words, or where no p-value is of what they name: all p-values would be a dump.
    """
    if of_groups := _tested_between(desk, ask, facts):
        return of_groups
    arms = {t.key for label in desk.review.arms.get(facts[0].study, {}) for t in tokens(label)}
    words = _further_words(desk, ask, statistic=True) - arms
    if not words:
        return None
    named = {
        id(f): len(words & {t.key for t in tokens(desk.speaker.term(f.of).name)}) if f.of else 0
        for f in facts
    }
    said = {id(f): len(words & _words_at(desk, f)) for f in facts}
    scored = named if max(named.values()) else said
    most = max(scored.values())
    best = [f for f in facts if most and scored[id(f)] == most]
    least = max(said[id(f)] for f in best) if best else 0
    best = desk.selector.distinct(f for f in best if said[id(f)] == least)
    enough = scored is named or 2 * most >= len(words)
    return best if enough and len(best) <= _MOST_TESTED else []


def _further_words(desk: Desk, ask: Ask, *, statistic: bool) -> frozenset[str]:
    """Keys of the question's words that name neither the measure nor an arm; of a statistic those of its measure, too."""
    own = STATISTICS if statistic else {*ask.measures, *ask.characteristics}
    known = {key for key, term in ask.aliases if term in own}
    arms = {ids for study in ask.studies for ids in desk.review.arms.get(study, {}).values()}
    named = [label for label, ids in ask.groups if ids in arms or not (statistic and arms)]
    known |= {t.key for label in named for t in tokens(label)} | desk.vocabulary.scaffold | _SAYS_NOTHING
    keys = {t.key for t in tokens(ask.focus) if _tells(t.key)}
    for pattern, wording in _PERIODS:
        keys |= {t.key for t in tokens(wording)} if pattern.search(ask.focus) else set()
    return frozenset(k for k in keys if k not in known)


def _tells(key: str) -> bool:
    """Whether a word may tell places apart: no number, and of two letters only with a digit (``R0``)."""
    return not key.isdigit() and (len(key) > 2 or bool(re.fullmatch(r"[a-z]\d", key)))


_CLAUSE_END = re.compile(r";|,\s+and\b|\b(?:while|whereas|whilst)\b")


def _all_words(desk: Desk, ask: Ask) -> frozenset[str]:
    """Keys of the question's words, those that name the measure included: ``regimen-related deaths`` is not any mortality."""
    said = (
        {t.key for label, _ in ask.groups for t in tokens(label)} | desk.vocabulary.scaffold | _SAYS_NOTHING
    )
    return frozenset(
        t.key for t in tokens(ask.focus) if len(t.key) > 2 and not t.key.isdigit() and t.key not in said
    )


def clause_of(desk: Desk, fact: Fact) -> str:
    """The clause that states a fact."""
    quote = desk.selector.places[fact.passage].quote
    borders = [m.start() for m in _CLAUSE_END.finditer(quote)]
    begin = max((b for b in borders if b <= fact.start), default=0)
    end = min((b for b in borders if b >= fact.end), default=len(quote))
    return quote[begin:end]


def _clause_words(desk: Desk, fact: Fact) -> frozenset[str]:
    """Keys of its words."""
    return frozenset(t.key for t in tokens(clause_of(desk, fact)))


def _words_at(desk: Desk, fact: Fact) -> frozenset[str]:
    """Keys of the words of the place that states a fact, with the title of its table."""
    passage = desk.selector.places[fact.passage]
    titles = (t.title for t in desk.review.raw.tables if t.label == passage.locator.table)
    return frozenset(t.key for text in (passage.text, *titles) for t in tokens(text))


def _without_spreads(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without ranges behind a figure of the same place, which is the answer."""
    main = {(f.passage, f.attribute, f.group, f.time_point) for f in facts if f.unit != "range"}
    return [
        f for f in facts if f.unit != "range" or (f.passage, f.attribute, f.group, f.time_point) not in main
    ]


def _of_form(ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """Of counts and estimates at time points nobody asked for, the counts, where a number of patients was asked."""
    counts = [f for f in facts if f.n is not None and not f.time_point]
    if ask.wants != "count" or ask.times or not counts or any(f.unit in LENGTHS for f in facts):
        return list(facts)
    return [f for f in facts if f in counts or not (f.unit == "%" and f.time_point)]


def at_last_place(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """The statistics that stand where the last answer's figures do: in its sentences, or in its rows of a table."""
    rows = {_row(desk, place) for place in ask.places} - {None}
    beside = [f for f in facts if f.passage in ask.places]
    return beside or [f for f in facts if _row(desk, f.passage) in rows]


def _row(desk: Desk, identity: str) -> tuple[str, str] | None:
    """(table, head of the row) of a cell, its arm left out; None for prose."""
    passage = desk.selector.places.get(identity)
    if passage is None or passage.locator.kind is not Kind.CELL:
        return None
    table = next((t for t in desk.review.raw.tables if t.label == passage.locator.table), None)
    heads = [r.head for r in table.rows] if table else []
    own = [h for h in heads if passage.locator.row == h or passage.locator.row.startswith(f"{h}, ")]
    return (passage.locator.table, max(own, key=len)) if own else None


def statistic_line(desk: Desk, fact: Fact) -> Line:
    """The sentence for a statistic; its own sentence of the review where that alone tells what it is of."""
    passage = desk.selector.places[fact.passage]
    if fact.of or fact.group or passage.locator.kind is not Kind.SENTENCE:
        return of_fact(desk.speaker.statement(fact), fact)
    facts = tuple(f for f in desk.review.facts if f.passage == passage.id)
    return Line(passage.text, ((passage.id, fact.study),), facts, verbatim=True)
