"""Which of the studies spoken of a turn means by describing it: ``the one that …``, ``which of them …``, ``its successor``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn, with_adjective
from assistant.question.described import Phrase, of_them
from assistant.question.reader import Ask, QuestionReader
from assistant.text.text import tokens

_FEW_TURNS = 4
"""Turns back that a list is remembered."""
_THIS = "that study"
_CELLS = r"(?:cells|products?|CARs|CAR[- ]?Ts?|constructs?|antibod(?:y|ies)|vaccines?|vectors?)"
_OF_CELLS = re.compile(rf"\b{_CELLS}\b", re.IGNORECASE)
"""What patients got, of which a turn may mean another one."""
_OTHER_CELLS = re.compile(
    rf"\b(?:the|those) (?:(?P<made>(?:(?!ones\b)[\w/-]+ ){{1,3}})(?:ones|{_CELLS})\b|(?:ones|{_CELLS}) (?:that|which) (?:were|are) "
    rf"(?P<were>[\w/ -]{{3,40}})|(?P<bare>\w+ly [\w-]+ed)\b(?=\W*$))|\bthose (?:that|which) (?:were|are) (?P<those>[\w/ -]{{3,40}})",
    re.IGNORECASE,
)
"""Cells told by how they were made: ``the genome-edited ones``, ``those that were picked naturally``."""
_IDLE = frozenset(
    "that study take and or then ok okay please the i mean sorry no well so rather what about how of in for me tell more instead but now "
    "yes thanks thank you one it is was choose pick let us go with".split()
)
"""Words that ask nothing of a study."""


def chosen(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` of the one study that it describes among those spoken of, or else among all; unchanged where none is clear.

    The rest of the turn is read by itself, so that the description is taken for no group of patients.
    """
    if ask.named.of("number", "nct", "author"):
        return ask
    before, draft = history[-1]
    if with_adjective(ask, before, reader) is not ask:
        return ask  # "and the partial one?" is a remission
    if (other := _of_other_cells(ask, history, reader)) is not None:
        return other
    focus = draft.studies or before.studies
    listed = _listed(history)
    printed = any(v.unit != "patients" for v in ask.values)
    figures = ask.measures or ask.families or printed or ask.times or ask.years
    for phrase, asks_which in _phrases(ask.text, reader):
        if asks_which and figures:
            continue  # "which of them had the longer OS?"
        told = _told(phrase, ask, reader, focus=focus, listed=listed)
        if not told:
            continue
        rest = "" if asks_which else f"{ask.text[: phrase.start]} {_THIS}{ask.text[phrase.end :]}"
        going_on = before.measures or before.families or before.characteristics
        asked = reader.read(rest) if rest and (going_on or _asks(rest)) else None
        return _of(ask, told, asked)
    return ask


def _of_other_cells(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask | None:
    """``and with the genome-edited ones?`` after other cells: of the one other study that gave what was so made; else None.

    Of several that are so described, only one gives what was asked before.
    """
    before, draft = history[-1]
    focus = draft.studies or before.studies
    said = _OTHER_CELLS.search(ask.text) if _OF_CELLS.search(before.focus) else None
    told = {i for f in reader.review.facts for i in f.group}
    if said is None or not focus or any(ids & told for _, ids in ask.groups):
        return None
    made = next(filter(None, said.groups())).strip()
    described = reader.read(f"What was given with the {made} cells?")
    other = tuple(s for s in described.studies if s not in focus) if described.described else ()
    if len(other) > 1:
        other = tuple(s for s in other if any(reader.reports(s, m) for m in before.measures))
    if len(other) != 1 or set(focus) & set(described.studies):
        return None
    rest = f"{ask.text[: said.start()]}{_THIS}{ask.text[said.end() :]}"
    return _of(ask, other, reader.read(rest))


def _phrases(text: str, reader: QuestionReader) -> Iterator[tuple[Phrase, bool]]:
    """The descriptions of one study, and whether the turn asks no more than which it is."""
    if (which := of_them(text)) is not None:
        yield which, True
    for phrase in reader.descriptions(text):
        yield phrase, False


def _listed(history: Sequence[Turn]) -> tuple[str, ...]:
    """The studies of the last answer that spoke of several."""
    return next((d.studies for _, d in list(history)[: -_FEW_TURNS - 1 : -1] if len(d.studies) > 1), ())


def _told(
    phrase: Phrase, ask: Ask, reader: QuestionReader, *, focus: Sequence[str], listed: Sequence[str]
) -> tuple[str, ...]:
    if phrase.kin:
        return reader.kin(phrase.text, ask, focus)
    if listed and (told := reader.told(phrase.text, ask, listed)):
        return told
    if listed and phrase.text.lower().startswith("one"):
        return ()  # one of those listed, whichever it is
    every = [s.id for s in reader.review.studies]
    told = reader.told(phrase.text, ask, every)
    return () if set(told) <= set(focus) else told


def _asks(rest: str) -> bool:
    return bool({w.text.lower() for w in tokens(rest)} - _IDLE)


def _of(ask: Ask, studies: tuple[str, ...], rest: Ask | None) -> Ask:
    """What the rest of the turn asks of the studies told; which they are where it asks nothing."""
    if rest is not None:
        cues = rest.cues - {"list", "global"}
        return replace(rest, studies=studies, described=False, hinted=(), cues=cues, text=ask.text)
    return Ask(ask.text, ask.focus, studies=studies, named=ask.named, cues=frozenset({"chosen"}))
