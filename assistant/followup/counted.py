"""``and their survival?`` after a number of patients: the figure of just these, where the study gives it."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.followup.refs import Groups
from assistant.question.reader import Ask, QuestionReader

_OF_THEM = re.compile(r"\b(?:their|theirs|they|them|those|these)\b", re.IGNORECASE)


def group_counted(ask: Ask, draft: Draft, reader: QuestionReader) -> Groups:
    """The group whose size the turn before told and whom ``ask`` points at; () where its measures are not told of it.

    Args:
        ask: the turn, with the study of the turn before.
        draft: what answered the turn before.
        reader: reads questions.
    """
    if not ask.measures or len(ask.studies) != 1 or not _OF_THEM.search(ask.text):
        return ()
    told = {(f.attribute, f.group): f.group_label for line in draft.lines for f in line.facts}
    if len(told) != 1:
        return ()
    (((attribute, group), label),) = told.items()
    wanted = {
        f.group for f in reader.review.facts if f.study == ask.studies[0] and f.attribute in ask.measures
    }
    return ((label, group),) if attribute == "n_patients" and group and group in wanted else ()
