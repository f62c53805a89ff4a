"""``And in those with X?``: of patients of the study just spoken of, be X the drug or the gene of another study.

Where nothing is known of such patients there, that is said; the figures of the other study are no answer.
"""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.names.studies import Named
from assistant.question.reader import Ask, QuestionReader
from assistant.text.text import key_of, tokens

_THOSE = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|thanks?|then)\W+)*(?:(?:what|how) about\s+)?(?:(?:in|among|amongst|for|with"
    r"|of)\s+)?(?:the\s+|only\s+)*"
    r"(?:those|patients|pts|people|ones|children|adults|women|men|responders|cases|subjects|participants)\s+"
    r"(?:taking|on|with|having|(?:who|that)\s+(?:also\s+|already\s+)?(?:had|have|has|took|take|received|got|were\s+(?:on|given)|are\s+on|carried|carry|needed)"
    r"|receiving|treated\s+with|given|carrying|harbou?ring|positive\s+for|after)\s+"
    r"(?:an?\s+|the\s+|any\s+)?(?P<what>[^?.,;:!]{2,50}?)(?:\s+(?:too|as well|only|alone))?\W*$",
    re.IGNORECASE,
)
_FIRM = ("number", "nct", "author")


def of_those(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """The turn as a question on patients of the study before it, where all it says is whom; any other turn as it is.

    Args:
        ask: the turn, read alone.
        before: the turn before, complete.
        reader: knows what the review says of the study.
    """
    said = _THOSE.match(ask.focus)
    if (
        said is None
        or len(before.studies) != 1
        or not (before.measures or before.families or before.groups)
        or ask.measures
        or ask.families
    ):
        return ask
    if ask.named.of(*_FIRM) or any(n.studies & set(before.studies) for n in ask.named.names):
        return ask
    trials = [n for n in ask.named.names if n.kind == "code" and len(n.studies) == 1]
    if trials and not ask.groups:
        return ask
    what = said["what"].strip()
    told = {t.key for t in tokens(what)}
    own = (p.text for p in reader.review.passages if p.studies[:1] == before.studies)
    if any(told <= {t.key for t in tokens(text)} for text in own):
        return ask  # the study tells of them
    whom = tuple(g for g in ask.groups if {t.key for t in tokens(g[0])} & told)
    if not whom:
        whom = ((what, frozenset({"-".join(key_of(t.text) for t in tokens(what))})),)
    if not ask.studies and not ask.characteristics:
        return ask  # nothing else was made of it
    return replace(ask, studies=(), named=Named(), described=False, characteristics=(), groups=whom)
