"""The one of two studies just compared that a turn names by its rank: ``in the bigger one``, ``and the smaller one's age range?``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.question.reader import Ask, QuestionReader
from assistant.selection import number_of

_SIZES = {"bigger": max, "biggest": max, "larger": max, "largest": max, "smaller": min, "smallest": min}
_FIGURES = {
    "higher": max,
    "highest": max,
    "longer": max,
    "longest": max,
    "lower": min,
    "lowest": min,
    "shorter": min,
    "shortest": min,
}
_RANK = "|".join((*_SIZES, *_FIGURES))
_STUDY = r"(?:one|study|trial|abstract)"
_RANKED = re.compile(
    rf"\bthe (?:{_STUDY} with the (?P<with>{_RANK})(?: (?:one|rate|figure|value|survival))?"
    rf"|(?<!\bhad the )(?<!\bhas the )(?<!\bhave the )(?P<plain>{_RANK})"
    rf"(?: (?:{_STUDY}|of (?:the two|them|these|those|both))(?=['\u2019]s\b|[\s,?.]|$)|(?=['\u2019]s\b|\s*[,?.]|\s*$)))",
    re.IGNORECASE,
)


def of_ranked(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` of the one of two studies of the last answer that its rank names; unchanged where it names none.

    Args:
        ask: the new turn, read alone.
        history: the turns before, with their answers, oldest first.
        reader: reads the turn with the study's name in place of the rank.

    ``The bigger one`` is told by the numbers of patients, ``the higher one`` by the two figures of the answer.
    """
    _, draft = history[-1]
    said = _RANKED.search(ask.text)
    if said is None or len(draft.studies) != 2 or ask.named.names or ask.studies:
        return ask
    rank = (said["with"] or said["plain"]).lower()
    sized = rank in _SIZES
    facts = [f for line in draft.lines for f in line.facts]
    if sized:
        facts = [f for f in reader.review.facts if f.attribute == "n_patients" and f.study in draft.studies]
    values = {s: [f.n if sized else number_of(f.value) for f in facts if f.study == s] for s in draft.studies}
    ends = {s: max(n for n in v if n is not None) for s, v in values.items() if any(n is not None for n in v)}
    if len(set(ends.values())) != 2 or (not sized and len(facts) != 2):
        return ask
    study = {**_SIZES, **_FIGURES}[rank](ends, key=lambda s: ends[s])
    named = f"{reader.review.raw.study_label} {study}"
    return replace(reader.read(f"{ask.text[: said.start()]}{named}{ask.text[said.end() :]}"), text=ask.text)
