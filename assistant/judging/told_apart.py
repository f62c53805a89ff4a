"""Two figures that one sentence tells of two sides in its own words: ``41 days with A and 67 days with B``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.judging.sides_claimed import asks_verdict, direction, halves
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.selection import grade_meets, same_time
from assistant.text.text import ONE_NUMBER_WORD, fold, tokens, word_number

_COUNTED = re.compile(
    r"\b[\w-]+ of (?:the )?\d+(?P<what>[^(),;]{0,30}?) ?\((?P<share>\d+(?:\.\d+)? ?%)[^()]*\)"
)
"""``9 of 24 relapses (37.5%)``."""
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?<!day )(?<!grade )(?<!cycle )(?<!week )(?<!phase )(?<!>= )(?<!<= )"
    rf"(?P<n>\d+(?:\.\d+)?|(?:{ONE_NUMBER_WORD})\b)(?P<unit> ?%| (?:days|weeks|months|years)\b)?(?![\w/-]|\.\d| ?mg\b)",
    re.IGNORECASE,
)
_P_VALUE = re.compile(r"\bp\s*(?P<sign>[=<>])\s*(?P<p>0?\.\d+)", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|lack\w*|absen\w+)\b", re.IGNORECASE)
_LEVEL = 0.05
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure and the words that say whose it is."""

    value: float
    unit: str
    words: frozenset[str]


def told_apart(desk: Desk, ask: Ask, measures: Collection[str]) -> Draft | None:
    """``Yes:`` or ``No:`` with the one sentence of the one study that gives a figure of each side; None where none or several do.

    Args:
        desk: the review's facts and words.
        ask: the question.
        measures: what is measured, as the question names it.
    """
    text = fold(ask.focus)
    split = halves(text)
    way = direction(ask, split[0] if split else text)
    if not asks_verdict(ask) or way is None or way.sign == 0 or len(ask.studies) != 1 or not measures:
        return None
    sides = _sides(desk, ask, split)
    called = _called(ask, split)
    up = -1 if way.by_quality and desk.speaker.term(next(iter(measures))).better == "lower" else 1
    found = []
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        if _leaves_out(desk, ask, passage) or (
            _WITHOUT.search(text) and not _WITHOUT.search(fold(passage.quote))
        ):
            continue
        graded = [
            f for f in desk.review.facts if f.passage == passage.id and f.attribute in measures and f.grade
        ]
        if _is_of_other_times(desk, ask, passage, measures):
            continue
        if ask.grade and not any(grade_meets(f.grade, ask.grade) for f in graded):
            continue
        for region, name in _regions(desk, passage.quote, measures):
            pair = _pair(region, (sides[0] - name, sides[1] - name)) or (called and _pair(region, called))
            if pair and pair[0] != pair[1]:
                levels = [
                    m["sign"] != "<" and float(m["p"]) >= _LEVEL
                    for m in _P_VALUE.finditer(fold(passage.quote))
                ]
                right = (pair[0] > pair[1]) == (way.sign * up > 0)
                doubted = right and any(levels) and (way.by_quality or way.as_effect)
                found.append(("Not significantly" if doubted else "Yes" if right else "No", passage))
    said = {p.id: len({t.key for t in tokens(p.quote)} & set(ask.content)) for _, p in found}
    found = [(word, p) for word, p in found if said[p.id] == max(said.values())]
    if len({(word, p.id) for word, p in found}) != 1:
        return None
    word, passage = found[0]
    line = Line(f"{word}: {passage.quote}", ((passage.id, ask.studies[0]),), verbatim=True)
    return answered([line], ask.studies)


def _is_of_other_times(desk: Desk, ask: Ask, passage: Passage, measures: Collection[str]) -> bool:
    """Whether a time is asked about, and a sentence gives what is measured at other times alone."""
    facts = [f for f in desk.review.facts if f.passage == passage.id and f.attribute in measures]
    told = [f.time_point for f in facts if f.time_point]
    return bool(ask.times and told) and not any(same_time(t, asked) for t in told for asked in ask.times)


def _leaves_out(desk: Desk, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence names no patients of a sort that is asked about and that another sentence on the study tells of."""
    arms = {a.ids for a in desk.own.arms(ask.studies[0])}
    parts = [ids for _, ids in ask.groups if not any(ids & arm for arm in arms)]
    own = [
        p for p in desk.review.passages if p.studies[:1] == ask.studies and p.locator.kind is Kind.SENTENCE
    ]
    labels = desk.review.arms.get(ask.studies[0], {})
    named = {
        p.id: {frozenset(g.ids) for g in desk.review.reader.groups(fold(p.quote), labels)}
        for p in own
        if parts
    }
    return any(
        ids not in named[passage.id] and any(ids in groups for groups in named.values()) for ids in parts
    )


def _sides(desk: Desk, ask: Ask, split: tuple[str, str] | None) -> tuple[frozenset[str], frozenset[str]]:
    """Keys of what each side alone is called; those of the second empty where it is not named."""
    empty = desk.vocabulary.scaffold | {k for k, term in ask.aliases if term in desk.vocabulary.measures}
    empty |= {t.key for n in ask.named.of("author", "number", "topic") for t in tokens(n.text)}
    if split is None:
        return frozenset(ask.content) - empty, frozenset()
    first, second = (frozenset(t.key for t in tokens(half)) for half in split)
    return first - second - empty, second - first - empty


def _called(ask: Ask, split: tuple[str, str] | None) -> tuple[frozenset[str], frozenset[str]] | None:
    """Keys of the one group that each half of the question names; None where a half names none or several."""
    named = [[label for label, _ in ask.groups if label in half] for half in split or ()]
    if len(named) != _TWO or any(len(labels) != 1 for labels in named):
        return None
    first, second = (frozenset(t.key for t in tokens(labels[0])) for labels in named)
    return (first - second, second - first) if first - second and second - first else None


def _regions(desk: Desk, quote: str, measures: Collection[str]) -> Sequence[tuple[str, frozenset[str]]]:
    """The parts of a sentence that speak of what is measured, up to where something else is, without brackets; keys of its name."""
    text = _BRACKETS.sub("", _COUNTED.sub(r"\g<share>\g<what>", fold(quote)))
    asked = {m.removeprefix("median_") for m in measures}
    found = []
    for clause in re.split(r";\s", text):
        said = tokens(clause)
        named = sorted(desk.review.reader.matchers.measures.find(said), key=lambda m: m.start)
        for place, match in enumerate(named):
            if not {i.removeprefix("median_") for i in match.ids} & asked:
                continue
            begins = max(clause.rfind(",", 0, said[match.start].start), 0)
            rest = [m for m in named[place + 1 :] if not {i.removeprefix("median_") for i in m.ids} & asked]
            ends = said[rest[0].start].start if rest else len(clause)
            found.append((clause[begins:ends], frozenset(t.key for t in said[match.start : match.end])))
    return found


def _pair(region: str, sides: tuple[frozenset[str], frozenset[str]]) -> tuple[float, float] | None:
    """The one figure of each side in a part of a sentence; None where whose they are is not certain."""
    figures = list(_FIGURE.finditer(region))
    if len(figures) < _TWO:
        return None
    ends = [f.start() for f in figures[1:]] + [len(region)]
    told = [_told(f, region[f.end() : end]) for f, end in zip(figures, ends, strict=True)]
    one_named = not sides[1]
    if len(told) != _TWO and one_named:
        return None
    if len(told) == _TWO and not told[0].words & (sides[0] | sides[1]):
        told[0] = _told(figures[0], region[: figures[0].start()])
    own = [t for t in told if t.words & sides[0] and not t.words & sides[1]]
    others = [
        t for t in told if (t not in own if one_named else t.words & sides[1] and not t.words & sides[0])
    ]
    if (
        len(own) != 1
        or len(others) != 1
        or (own[0].unit != others[0].unit and own[0].unit and others[0].unit)
    ):
        return None
    return own[0].value, others[0].value


def _told(figure: re.Match[str], words: str) -> _Told:
    value = word_number(figure["n"].lower()) if not figure["n"][0].isdigit() else float(figure["n"])
    return _Told(float(value or 0), (figure["unit"] or "").strip(), frozenset(t.key for t in tokens(words)))
