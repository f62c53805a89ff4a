"""``RBC-TI ≥ 8 weeks? And for a year or more?``: a length of time that is part of a measure, asked for as if it were a time point."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask

_LENGTH = re.compile(r"^(?P<base>.+?)_\u2265_(?P<n>\d+)_(?P<unit>day|week|month|year)$")
"""The id of a measure that lasts so long."""


def of_length(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with the measure of the length asked for, where its measures have others and the review knows it."""
    if not ask.times or not desk.vocabulary.learnt:
        return ask
    changed = False
    measures = []
    for measure in ask.measures:
        own = _LENGTH.match(measure)
        other = next(
            (
                m
                for t in ask.times
                if own and (m := f"{own['base']}_\u2265_{t.replace('-', '_')}") in desk.vocabulary.learnt
            ),
            None,
        )
        changed |= other is not None
        measures.append(other or measure)
    if not changed:
        return ask
    told = [said for name in measures if (said := _LENGTH.match(name))]
    lengths = {f"{said['n']}-{said['unit']}" for said in told}
    return replace(ask, measures=tuple(measures), times=tuple(t for t in ask.times if t not in lengths))
