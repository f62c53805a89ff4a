"""Questions that take for granted that one arm did better than another, of which the review reports the opposite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft, declined
from assistant.question.reader import Ask, QuestionReader
from assistant.say import upper_first

_BETTER = re.compile(
    r"\b(?:beat|beats|beaten|outperform\w*|outdid|outdo(?:es)?|surpass\w*|trump(?:s|ed)?|outlive[sd]?|exceed(?:s|ed)?"
    r"|(?:better|worse|longer|shorter|higher|lower|superior|inferior|more|fewer|less|safer)\b[^?.;]{0,80}?\b(?:than|to))\b",
    re.IGNORECASE,
)
"""Sets one arm above another."""
_LEADS = (
    re.compile(
        r"^\W*(?:so |and |but )?why (?P<claim>(?:did|does|do|was|were|is|are|has|had|have)\b[^?]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\W*(?:since|given(?: the fact)? that|considering(?: that)?|seeing that|as|because|now that|if)\s+(?P<said>[^,;?]+?)"
        r"\s*[,;\u2013\u2014-]\s*(?:and |then )?(?:why|what|how|which|who)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:what (?:explains|accounts for|lies behind|is behind|is the (?:reason|explanation)(?: for)?)|how come|explain"
        r"|explanation(?: for)?|reasons?(?: for)?)\s+(?:it that |that |why |how |the fact that )?(?P<said>[^?]+)",
        re.IGNORECASE,
    ),
)


def not_granted(reader: QuestionReader, judged: Callable[[Ask], Draft | None], ask: Ask) -> Draft | None:
    """The two figures with the decline to say why the worse arm was the better one; None where it was, or nothing is known of it.

    Args:
        reader: reads what is taken for granted as a question of its own.
        judged: says yes or no to it.
        ask: the question.
    """
    if len(ask.studies) != 1 or ask.has("yes_no") or not _BETTER.search(ask.focus):
        return None
    for question in _claims(ask.focus):
        claim = reader.read(question)
        claim = claim if claim.studies else replace(claim, studies=ask.studies)
        if claim.studies != ask.studies or not claim.measures or len(claim.groups) < len(("one", "other")):
            continue
        draft = judged(claim)
        if draft is None or not draft.lines or not draft.lines[0].text.startswith("No: "):
            continue
        if len({f.group for line in draft.lines for f in line.facts if f.group}) != len(("one", "other")):
            continue
        first, *rest = draft.lines
        said = (replace(first, text=upper_first(first.text.removeprefix("No: "))), *rest)
        text = "The review does not say so; what it reports is this."
        return replace(declined(text, ask.studies).plus(*said), told=True)
    return None


def _claims(focus: str) -> Iterator[str]:
    """What a question takes for granted, as questions."""
    for lead in _LEADS:
        for match in lead.finditer(focus):
            parts = match.groupdict()
            claim = (
                f"{parts['claim'].strip()}?"
                if parts.get("claim")
                else f"Is it true that {parts['said'].strip()}?"
            )
            if _BETTER.search(claim):
                yield claim
