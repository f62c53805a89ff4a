"""Whether a difference was significant: by a printed p-value, or by what the review says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft, Line, answered, declined
from assistant.judging.claims import verdict_line
from assistant.judging.effects import part_tested
from assistant.lookup.lookup import Desk, group_wishes
from assistant.lookup.words import by_words_alone
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.selection import number_of, same_outcome, same_time
from assistant.text.text import fold, tokens

BY_CHANCE = re.compile(
    r"(?<!not )(?<!than )\b(?:be|by|due to|down to|just|mere(?:ly)?|only|pure(?:ly)?|probably|possibly) (?:a matter of )?chance\b"
    r"|\bchance finding\b",
    re.IGNORECASE,
)
"""Asks whether it was chance, which is yes where it was not significant."""
SIGNIFICANT = re.compile(
    r"\bsignifican(?:t|ce|tly)\b|\b(?:be|by|due to|down to|just|mere(?:ly)?|only|pure(?:ly)?|probably|possibly) (?:a matter of )?chance\b"
    r"|\bchance finding\b"
    r"|\b(?:gap|difference|benefit|advantage|effect)s? (?:was |is |were |be )?(?:real|genuine|meaningful|robust)\b"
    r"|\breal (?:gap|difference|benefit|advantage|effect)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:differ\w*|significan\w+|improv\w+|prolong\w*|rais\w+|increas\w+|reduc\w+|lower\w*|affect\w*|worsen\w*|benefit\w*)\b",
    re.IGNORECASE,
)
_NO_DIFFERENCE = re.compile(
    r"\bneither\b.*\bdiffer|\b(?:did|does) not (?:\w+ )?(?:differ|improve|prolong|change|increase|reduce)\b"
    r"|\bno (?:statistically |significant |clear )*(?:difference|effect|benefit)\b|\bwas not (?:\w+ )?(?:prolonged|improved|affected)\b",
    re.IGNORECASE,
)


def significance(desk: Desk, asked: Callable[[Ask], list[Fact]], ask: Ask) -> Draft | None:
    """``Was it significant?``: by the printed p-value of the measure asked about, or that there is none."""
    if not SIGNIFICANT.search(ask.focus):
        return None
    measures = [m for m in ask.measures if m != "p_value"]
    printed = [f for s in ask.studies for f in desk.selector.reported(s, "p_value")]
    own = any(same_outcome(f.of, m) for f in printed for m in measures)
    if not own and (said := no_difference(desk, ask)) is not None:
        return said
    found = [f for s in ask.studies for f in tested(desk, ask, s, measures)]
    found = [
        f
        for f in found
        if not ask.times or not f.time_point or any(same_time(f.time_point, t) for t in ask.times)
    ]
    value = number_of(found[0].value) if found else None
    if value is None:
        return _untested(desk, asked, ask, measures) if measures else None
    verdict = value < 0.05 or (value == 0.05 and found[0].comparator == "<")
    verdict = verdict != bool(BY_CHANCE.search(ask.focus))
    return answered([verdict_line(desk, verdict, found[0])], ask.studies)


def tested(desk: Desk, ask: Ask, study: str, measures: Sequence[str]) -> list[Fact]:
    """The p-values of a study that are of the measures asked about, in the very part of the patients asked about."""
    found = desk.selector.reported(study, "p_value")
    if measures:
        of_them = [f for f in found if any(same_outcome(f.of, m) for m in measures)]
        found = of_them or by_words_alone(desk, ask, found)
    arms = {i for ids in desk.review.arms.get(study, {}).values() for i in ids}
    parts = [w - arms for w in group_wishes(desk, ask, study) if w - arms]
    if not arms:
        return found
    if parts:
        return [f for f in found if any(ids <= part_tested(desk, f) for ids in parts)]
    return [f for f in found if not part_tested(desk, f) - arms] or found


def _untested(
    desk: Desk, asked: Callable[[Ask], list[Fact]], ask: Ask, measures: Sequence[str]
) -> Draft | None:
    """The decline where two arms are reported with no word on whether chance explains how they differ."""
    compared = [s for s in ask.studies if len(desk.review.arms.get(s, {})) > 1]
    compared = [s for s in compared if asked(replace(ask, studies=(s,), measures=tuple(measures)))]
    if len(compared) != 1:
        return None
    own = [p for p in desk.review.passages if compared[0] in p.studies]
    told = [fold(p.quote) for p in own if p.locator.kind in {Kind.SENTENCE, Kind.CELL}]
    if any(SIGNIFICANT.search(text) or _NO_DIFFERENCE.search(text) for text in told):
        return None
    facts = asked(replace(ask, studies=(compared[0],), measures=tuple(measures)))
    names = joined([desk.speaker.short(m) for m in measures], "or")
    text = (
        f"The review gives no p-value for {names} of {desk.name(compared[0])}, so it does not say whether "
        f"a difference was significant; it gives {joined(desk.speaker.lines(facts)[:4])}."
    )
    return declined(text, compared, [(facts[0].passage, compared[0])])


def no_difference(desk: Desk, ask: Ask) -> Draft | None:
    """``Did survival differ?`` where a sentence on the study says that it did not."""
    if not _CHANGED.search(ask.focus) or len(ask.studies) != 1 or ask.values or not ask.measures:
        return None
    lexicon = desk.review.reader.matchers.measures
    asked = {m.removeprefix("median_") for m in ask.measures} - {"p_value"}
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies != ask.studies:
            continue
        text = fold(passage.text)
        named = {i.removeprefix("median_") for m in lexicon.find(tokens(text)) for i in m.ids}
        if asked and asked <= named and _NO_DIFFERENCE.search(text):
            line = Line(f"No: {passage.quote}", ((passage.id, ask.studies[0]),), verbatim=True)
            return answered([line], ask.studies)
    return None
