"""What a study's sentences call its arms where they introduce them: ``continuous A (C)``, ``A plus B (AB; 14 cycles)``."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.cells_arms import Arms
from assistant.spans import group_ids
from assistant.text import fold
from assistant.vocabulary import Matchers

_BORDER = re.compile(
    r"\b(?:with|without|to|or|and|versus|vs\.?|against|comparing|compared|received|receive|given|either|of|by|was|were|on)\b|[,;:()]",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def introduced(sentences: Iterable[str], arms: Arms) -> Arms:
    """Further labels of arms: the words before a bracket that begins with an arm's printed label."""
    found: Arms = {}
    for text in map(fold, sentences):
        for label, ids in arms.items():
            for match in re.finditer(rf"\s*\(\s*{re.escape(label)}\s*[;,)]", text):
                words = _name_before(text[: match.start()])
                if words:
                    found.setdefault(words, ids)
    return {label: ids for label, ids in found.items() if label not in arms}


def _name_before(text: str) -> str:
    """The words of a treatment that end ``text``: at most five, back to what cannot be part of its name."""
    start = 0
    for border in _BORDER.finditer(text):
        start = border.end()
    name = " ".join(text[start:].split()[-_MOST_WORDS:]).strip()
    name = re.sub(r"^(?:the|an?)\s+", "", name)
    return name if len(name) > 5 and not re.search(r"\d", name) else ""


_SIZED = re.compile(r"\s*\(\s*(?:n\s*=\s*\d[\d,]*|\d[\d,]*\s+patients)\s*\)", re.IGNORECASE)
_LEAD = re.compile(
    r"^.*?(?:[,;:)]|\b(?:to|or|and|versus|vs\.?|against|with|received?|receiving|given|got|either|compared|between|of|was|were|on|at|in|"
    r"continue|continued|switch|switched|assigned|dosed|randomi[sz]ed|than|by|from|the|an?)\s)\s*(?=\S)",
    re.IGNORECASE,
)
_TREATED = re.compile(r"\s+(?:treatment|therapy|arm|group|cohort|alone|recipients|patients)$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:mg|g|µg|μg|IU|U|mL)(?:\s?/\s?(?:kg|m2|m²|day|d))?(?![A-Za-z])")
_SCHEDULE = re.compile(
    r"\b(?:once|twice|three\s+times)\s+(?:an?\s+)?(?:daily|weekly|monthly|day|week|month)\b", re.IGNORECASE
)


def sized(sentences: Iterable[str], matchers: Matchers) -> Arms:
    """Arms that a sentence gives with their sizes: ``0.3 mg/kg (n = 80), 1 mg/kg (n = 81) or 3 mg/kg (n = 80)``.

    Empty where no sentence gives two or more, or where their names don't tell them apart.
    """
    for text in map(fold, sentences):
        found = list(_SIZED.finditer(text))
        starts = [0, *(m.end() for m in found)]
        names = [_arm_name(text[a : m.start()]) for a, m in zip(starts, found, strict=False)]
        if len(names) > 1 and all(names) and len({n.lower() for n in names}) == len(names):
            return _with_doses(names, matchers)
    return {}


def _arm_name(text: str) -> str:
    """What the words before a size call an arm."""
    dose = list(_AMOUNT.finditer(text))
    if dose and len(text) - dose[-1].end() < 25:
        before = re.search(r"(?:\b[A-Za-z][\w-]{3,}\s+)?$", text[: dose[-1].start()])
        drug = before[0] if before and not _LEAD.match(before[0]) else ""
        return (drug + text[dose[-1].start() :]).strip()
    while match := _LEAD.match(text):
        text = text[match.end() :]
    name = _TREATED.sub("", text.strip())
    return name if 0 < len(name.split()) <= _MOST_WORDS and re.search(r"[A-Za-z]{3}", name) else ""


def _with_doses(names: list[str], matchers: Matchers) -> Arms:
    """The arms by their names, and by dose or schedule where that is one's own."""
    found: Arms = {}
    doses = [m[0] if (m := _AMOUNT.search(n)) else "" for n in names]
    dosed = all(doses) and len({re.sub(r"\s", "", d) for d in doses}) == len(doses)
    schedules = [m[0] if (m := _SCHEDULE.search(n)) else "" for n in names]
    scheduled = all(schedules) and len(set(schedules)) == len(schedules)
    for name, dose, schedule in zip(names, doses, schedules, strict=True):
        short = dose if dosed else schedule if scheduled and not dosed else name
        ids = (
            frozenset({re.sub(r"[\s/]+", "-", short.lower())})
            if dosed or scheduled
            else group_ids(short, matchers)
        )
        if not ids:
            return {}
        found.setdefault(short, ids)
        found.setdefault(name, ids)
    return found if len(set(found.values())) == len(names) else {}
