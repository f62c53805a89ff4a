"""A figure of all patients is no answer where the question's own words narrow it down to a part of them.

``PFS in squamous tumours`` is answered by the sentence that speaks of squamous tumours, and ``intracranial response`` is not
reported by a study that says nothing of the kind.
"""

from __future__ import annotations

import re

from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, support_of
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, key_of, tokens

_PART = re.compile(
    r"\b(?:in|among|for|with|when|where|of)\s+(?:the\s+|those\s+|patients\s+)?(?:with\s+)?(?:an?\s+)?(?P<what>[\w/-]+(?:\s+[\w/-]+){0,4}?)\s*"
    r"(?:patients|tumou?rs?|disease|histology|expression|expressed|expressers?|subgroup|metastases|mutations?|genotype|ones)\b",
    re.IGNORECASE,
)
"""Names a part of the patients."""
_WITH = re.compile(
    r"\b(?:patients|those|subjects|adults|people|cases)\s+(?:with|who\s+had)\s+(?:an?\s+)?(?P<what>[\w/-]+(?:\s+[\w/-]+){0,3}?)"
    r"(?=\s*(?:[?.,;]|$)|\s+(?:at|in|on|after|who|treated|given|receiving)\b)",
    re.IGNORECASE,
)
"""Names some of the patients by what they had."""
_KIND = re.compile(r"(?P<what>[a-z-]{5,}(?:al|ar|ic|ous|ial))\s+$", re.IGNORECASE)
"""An adjective right before what is measured: ``intracranial response rate``."""
_TOLD_BY = frozenset(
    "pathological pathologic histological histologic metabolic radiological radiologic endoscopic serological "
    "virological echocardiographic".split()
)
"""Adjectives that make another measure of a response."""
_PLAIN = frozenset(
    "overall objective total initial final clinical actual numerical typical general annual critical partial "
    "several historical medical hospital early confirmed median statistical biological haematological "
    "hematological global serious severe treatment-related".split()
)
"""Adjectives that narrow nothing down."""


def narrowed(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence on the part of the patients asked about, or a decline; None where the draft leaves no such word over.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures of one study, looked up.
    """
    if (
        draft.status is not Status.ANSWERED
        or len(ask.studies) != 1
        or not (ask.measures or ask.families)
        or ask.has("yes_no", "list", "why")
    ):
        return None
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or any(line.verbatim for line in draft.lines):
        return None
    cited = [desk.selector.places[p] for p in {f.passage for f in facts}]
    left = [k for k in _parts(desk, ask) if not any(describer.matching.holds(k, p) for p in cited)]
    left = [k for k in left if not any(k in {t.key for t in tokens(f.group_label)} for f in facts)]
    if not left:
        part = _foreign_part(desk, ask) if len(desk.review.studies) == 1 else ""
        keys = {t.key for t in tokens(part.removeprefix("patients with "))}
        if not part or any(all(describer.matching.holds(k, p) for k in keys) for p in cited):
            return None
        left = sorted(keys)
    study = ask.studies[0]
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)]
    told = [
        p for p in own if all(describer.matching.holds(k, p) for k in left) and gives_measure(desk, ask, p)
    ]
    told = [p for p in told if not ask.times or not describer.lacks_time(ask, p.text)]
    if told:
        return answered([describer.quoting(told[0])], ask.studies)
    if len(desk.review.studies) == 1 and (part := _foreign_part(desk, ask)):
        given = _short(desk, ask)
        return declined(
            f"The review does not report {given} for {part} for {desk.name(study)}; it gives {given}.",
            ask.studies,
            support_of(facts[:1]),
        )
    kinds = [
        k
        for k in left
        if k in _kinds(ask)
        and (k in _TOLD_BY or not any(describer.matching.holds(k, p) for p in own))
        and not any(describer.matching.holds(k, p) for p in cited)
    ]
    if not kinds:
        return None
    return declined(
        f"The review does not report {kinds[0]} {_short(desk, ask)} for {desk.name(study)}.",
        ask.studies,
    )


def _short(desk: Desk, ask: Ask) -> str:
    """What is asked for, in short."""
    return (
        desk.speaker.short(ask.measures[0])
        if ask.measures
        else desk.vocabulary.families[ask.families[0]].name
    )


def _foreign_part(desk: Desk, ask: Ask) -> str:
    """``patients with CSF involvement`` where that is no part of what the title says of all patients; "" for none."""
    match = _WITH.search(fold(ask.focus))
    if not match or any(_meets(label, match["what"]) for label, _ in ask.groups):
        return ""
    keys = {t.key for t in tokens(match["what"])} - desk.vocabulary.scaffold
    known = {t.key for t in tokens(desk.review.raw.title)} | {k for k, _ in ask.aliases}
    known |= {
        t.key
        for short, meaning in desk.review.raw.abbreviations.items()
        for t in tokens(f"{short} {meaning}")
    }
    return f"patients with {match['what']}" if keys and not keys & known else ""


def _meets(label: str, part: str) -> bool:
    return bool({t.key for t in tokens(label)} & {t.key for t in tokens(part)})


def _parts(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the words that narrow a question down to a part of the patients, or to a kind of what is measured."""
    known = {k for k, _ in ask.aliases} | desk.vocabulary.scaffold
    known |= {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for label in desk.review.arms.get(ask.studies[0], {}) for t in tokens(label)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)}
    found = [key_of(w.text) for m in _PART.finditer(fold(ask.focus)) for w in tokens(m["what"])]
    return [
        k
        for k in dict.fromkeys([*found, *_kinds(ask)])
        if k not in known and len(k) > 4 and k.isalpha() and k not in _PLAIN
    ]


def _kinds(ask: Ask) -> list[str]:
    """Keys of the adjectives right before the measures asked for."""
    found = []
    words = tokens(ask.focus)
    measured = {k for k, term in ask.aliases if term in ask.measures or term in ask.families}
    for word in words:
        if word.key in measured and (match := _KIND.search(ask.focus[: word.start])):
            found.append(key_of(match["what"]))
    return found


def gives_measure(desk: Desk, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence, or the one before it, names a measure asked for, and gives a figure."""
    named = {i for m in desk.review.reader.matchers.measures.find(tokens(passage.text)) for i in m.ids}
    asked = {m.removeprefix("median_") for m in ask.measures}
    if asked & {"HR", "OR", "RR"} and not asked <= {n.removeprefix("median_") for n in named}:
        return False  # a sentence on survival is none on its hazard ratio
    return bool(figures(passage.quote)) and bool(asked & {n.removeprefix("median_") for n in named})
