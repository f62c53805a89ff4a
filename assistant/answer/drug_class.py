"""Studies that a question names by the class of their drug: ``response to BCL2 inhibitors``.

Only what the review says tells which drug is of a class: a section's head, an apposition, a list of examples. Where it says nothing,
no figure of other studies answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.model import Kind
from assistant.names.studies import StudyNames
from assistant.question.reader import Ask
from assistant.text.text import fold

_HEAD = r"(?:inhibitor|antagonist|degrader|blocker|mimetic|analog(?:ue)?|engager|antibod(?:y|ie)|conjugate)s?"
_CLASS = re.compile(
    r"\b(?:(?P<lead>with|by|on|from|using|use[sd]?|giv(?:e|es|ing)|gave|did|do|does|test(?:ed|s)?|involv\w+|of|to|for"
    r"|summari[sz]e|summary of)\s+"
    r"(?:(?:the|an?|any|all|other)\s+)?)"
    rf"(?P<mods>(?:(?!the\b|an?\b|and\b|or\b|other\b|same\b|one\b|both\b|two\b|new\b|novel\b|these\b|those\b|this\b|that\b)[\w/+-]+\s+){{1,2}}?)"
    rf"(?P<head>{_HEAD})(?![\w-])(?!\s+(?:naive|exposed|refractory|resistan\w+|fail\w+|exposure|pretreat\w+|intoleran\w+|levels?|titers?))",
    re.IGNORECASE,
)
"""A class of drugs that something is asked of."""
_AGAINST = re.compile(
    rf"\b(?P<head>{_HEAD}) (?:against|targeting|(?:directed|aimed) (?:at|against|to)) (?:the )?(?P<target>[A-Z][\w/-]*)",
    re.IGNORECASE,
)
"""A class told by what it is aimed at, behind its noun."""
_BEFORE = re.compile(
    r"\b(?:prior|previous\w*|exposed|exposure|earlier|after|pre-?treated|refractory|resistan\w+|naive|fail\w+|relapsed|progress(?:ed|ing)|intoleran\w+"
    r"|add\w*|responded to|response to)\b",
    re.IGNORECASE,
)
"""Says that patients had had the class before, or what was added to it."""


def of_class(desk: Desk, names: StudyNames, ask: Ask) -> Ask:
    """``ask`` of the studies whose drug the review says to be of the class named; itself where none is named so."""
    said = _asked(ask)
    studies = _studies(desk, names, said) if said else ()
    return replace(ask, studies=studies, described=True) if studies else ask


def class_untold(desk: Desk, names: StudyNames, ask: Ask) -> Draft | None:
    """The decline where figures or studies of a class are asked for, of which the review does not say what belongs to it."""
    said = _asked(ask)
    if said is None or _studies(desk, names, said):
        return None
    noun = (desk.review.raw.study_label or "study").lower()
    text = f"The review does not say in which {noun} {_plural(said)} were given."
    return replace(declined(text), told=bool(ask.named.names))


def _asked(ask: Ask) -> re.Match[str] | None:
    """The class of drugs that figures or studies are asked of, where nothing else tells the studies.

    What it is aimed at tells none by itself: ``anti-CD19 antibodies`` are no other cells against CD19.
    """
    focus = _AGAINST.sub(r"anti-\g<target> \g<head>", ask.focus)
    said = _CLASS.search(focus)
    aimed = said is not None and all(n.kind == "topic" and n.text in said["mods"] for n in ask.named.names)
    other = (
        (not (aimed and ask.named.names) and (ask.studies or ask.named.names))
        or ask.named.missing
        or ask.groups
        or ask.designs
        or ask.injected
        or ask.advice
    )
    wanted = ask.measures or ask.families or ask.has("list", "summary")
    if other or not wanted or ask.has("definition", "why", "count_studies"):
        return None
    return said if said and not _BEFORE.search(focus[: said.start("mods")]) else None


def _plural(said: re.Match[str]) -> str:
    head = said["head"]
    plural = (
        head
        if head.lower().endswith("s")
        else f"{head[:-1]}ies"
        if head.lower().endswith("y")
        else f"{head}s"
    )
    return f"{said['mods']}{plural}"


def _studies(desk: Desk, names: StudyNames, said: re.Match[str]) -> tuple[str, ...]:
    """The studies, in the review's order, that a head or a sentence says to have given a drug of the class."""
    stem = re.sub(r"(?:ies|y|s)$", "", said["head"].lower())
    bare = re.sub(r"\banti-", "", fold(said["mods"]), flags=re.IGNORECASE)
    mods = r"(?:anti-)?" + r"[\s-]+".join(re.escape(w) for w in bare.split())
    called = rf"(?<![\w-]){mods}(?:(?:\s*,|\s+and|\s+or|\s*/)\s*[\w/-]+)*[\s-]+{stem}(?:s|ies|y)?"
    found: set[str] = set()
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE:
            continue
        if re.search(called, fold(passage.locator.section), re.IGNORECASE):
            found |= set(passage.studies[:1])
        for drug in _drugs(called, fold(passage.text)):
            found |= {s for n in names.find(drug).of("agent", "code") for s in n.studies}
    return tuple(s.id for s in desk.review.studies if s.id in found)


def _drugs(called: str, text: str) -> Iterator[str]:
    """The drugs that a sentence says to be of a class."""
    for form in (
        rf"(?P<d>[\w-]+)(?: \([^()]*\))?, (?:an?|the)(?: [\w/-]+){{0,4}}? {called}(?![\w-])",
        rf"(?P<d>[\w-]+)(?: \([^()]*\))? (?:is|are|was) (?:an?|the)(?: [\w/-]+){{0,4}}? {called}(?![\w-])",
        rf"\bthe(?: [\w/-]+){{0,3}}? {called} (?P<d>[\w-]+)",
        rf"{called}(?: \([^()]*\))?,? (?:such as|like|including|e\.g\.,?) (?P<d>[\w-]+(?:(?:, | and |, and | or )[\w-]+){{0,4}})",
    ):
        for match in re.finditer(form, text, re.IGNORECASE):
            yield match["d"]
