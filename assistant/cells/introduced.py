"""What a study's sentences call its arms where they introduce them: ``continuous A (C)``, ``A plus B (AB; 14 cycles)``."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.cells.printed import Arms
from assistant.spans.labels import group_ids
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Matchers

_BORDER = re.compile(
    r"\b(?:with|without|to|or|and|versus|vs\.?|against|comparing|compared|received|receive|given|either|of|by|was|were|on)\b|[,;:()]",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_QUOTED = re.compile(
    r"\s*\(\s*[\"\u201c\u2018'](?P<name>[^\"\u201c\u201d\u2018\u2019'()]{2,30})[\"\u201d\u2019']\s*\)"
)
_ADJECTIVE = (
    r"(?P<name>standard|conventional|usual|approved|full|reduced|abbreviated|continuous|intermittent)"
)
_CALLED = ("dosing", "schedule", "regimen", "course", "duration", "arm", "group", "one")
_NEAR_CHARS = 60


def introduced(sentences: Iterable[str], arms: Arms) -> Arms:
    """Further labels of arms: the words before a bracket that begins with an arm's printed label.

    Also what a bracket behind an arm calls it in quotation marks, and the adjective that one arm has (``the standard 28 days``).
    """
    found: Arms = {}
    sentences = [fold(s) for s in sentences]
    found |= _standard_dose(" ".join(sentences), arms)
    for text in sentences:
        found |= {name: ids for name, ids in _nicknamed(text, arms) if name not in found}
        for label, ids in arms.items():
            for match in re.finditer(rf"\s*\(\s*{re.escape(label)}\s*[;,)]", text):
                words = _name_before(text[: match.start()])
                if words and not _of_another(words, ids, arms):
                    found.setdefault(words, ids)
    return {label: ids for label, ids in found.items() if label not in arms}


_STANDARD = ("standard", "full", "conventional")


def _standard_dose(text: str, arms: Arms) -> Arms:
    """``the standard dose`` of two: the higher one where the other is called low, the lower one where that is called high."""
    said = {word: re.search(rf"\b{word}(?:er)?[ -]dose\b", text, re.IGNORECASE) for word in ("low", "high")}
    if "low dose" not in arms or bool(said["low"]) == bool(said["high"]):
        return {}
    ids = arms["high dose" if said["low"] else "low dose"]
    nouns = (" dose", "-dose arm", "-dose group")
    return {f"{word}{noun}": ids for word in _STANDARD for noun in nouns}


def _of_another(name: str, ids: frozenset[str], arms: Arms) -> bool:
    """Whether another arm had it, too: ``A and B (doublet)`` beside ``A, B and C (triplet)``."""
    said = re.compile(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])")
    return any(other != ids and said.search(label.lower()) for label, other in arms.items())


def _nicknamed(text: str, arms: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """(name, ids) of what a sentence calls an arm besides: in quotation marks, or by an adjective before a schedule."""
    for match in _QUOTED.finditer(text):
        before = text[max(0, match.start() - _NEAR_CHARS) : match.start()].lower()
        near = {
            ids
            for label, ids in arms.items()
            if re.search(rf"(?<![\w-]){re.escape(label.lower())}(?![\w-])", before)
        }
        if len(near) == 1:
            yield match["name"], next(iter(near))
    lettered = [
        (m["name"], ids)
        for label, ids in arms.items()
        for m in re.finditer(
            rf"(?<![\w-]){re.escape(label)}\s*\(\s*(?P<name>(?:cohort|arm|group|part)\s+\w{{1,2}})\b",
            text,
            re.IGNORECASE,
        )
    ]
    if len(set(lettered)) == len({name for name, _ in lettered}) and len({ids for _, ids in lettered}) > 1:
        yield from lettered
    for label, ids in arms.items():
        if not label[:1].isdigit() or not any(i.endswith("-schedule") for i in ids):
            continue
        for match in re.finditer(rf"\b{_ADJECTIVE}\s+{re.escape(label)}(?![\w-])", text, re.IGNORECASE):
            yield from ((f"{match['name'].lower()} {noun}", ids) for noun in _CALLED)


def _name_before(text: str) -> str:
    """The words of a treatment that end ``text``: at most five, back to what cannot be part of its name."""
    start = 0
    for border in _BORDER.finditer(text):
        start = border.end()
    name = " ".join(text[start:].split()[-_MOST_WORDS:]).strip()
    name = re.sub(r"^(?:the|an?)\s+", "", name)
    return name if len(name) > 5 and not re.search(r"\d", name) else ""


_SIZED = re.compile(
    r"\s*\(\s*(?:(?P<name>[A-Za-z][\w +/-]{2,30}?)\s*[,;:]\s*)?(?:n\s*=\s*(?P<n>\d[\d,]*)|(?P<m>\d[\d,]*)\s+patients)\s*\)",
    re.IGNORECASE,
)
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

    Empty where no sentence gives two or more, or where their names don't tell them apart. Counts of events are no
    arms: ``the commonest events were neutropenia (n = 5) and infection (n = 4)``.
    """
    for text in map(fold, sentences):
        found = list(_SIZED.finditer(text))
        starts = [0, *(m.end() for m in found)]
        names = [m["name"] or _arm_name(text[a : m.start()]) for a, m in zip(starts, found, strict=False)]
        apart = len(names) > 1 and all(names) and len({n.lower() for n in names}) == len(names)
        if apart and not any(_is_event(n, matchers) or _STATE.search(n) for n in names):
            return _with_doses(names, matchers)
    return {}


_EVENTS = re.compile(r".*\b(?:events?|toxicit(?:y|ies)|reactions?|complications)\b", re.IGNORECASE)


_STATE = re.compile(r"%|\bdisease\b|\b(?:above|below|least|most|than)\b", re.IGNORECASE)
"""Tells patients by how ill they were, to which nobody was assigned."""


def _is_event(name: str, matchers: Matchers) -> bool:
    """Whether a name is a measure's as a whole, or speaks of events: nobody was assigned to that."""
    words = tokens(name)
    whole = any(m.start == 0 and m.end == len(words) for m in matchers.measures.find(words))
    return bool(_EVENTS.match(name)) or (whole and not matchers.populations.find(words))


_CHOSEN = r"(?:investigator|physician|doctor)s?'?s?\s+choice"
_CARE = r"best (?:available|supportive)"
_CHOICE = re.compile(
    rf"\b(?:{_CHOSEN}|standard of care|{_CARE} (?:care|therapy)|placebo)(?:\s+(?:of|with)\s+[^,;()]{{2,40}})?\s*$",
    re.IGNORECASE,
)
"""A comparator, whatever it may have been: ``investigator's choice of A or B``."""
_ROLE = re.compile(
    rf"^(?:the\s+)?(?:controls?|comparator|placebo|standard(?: of care)?|soc|{_CHOSEN}\b.*|{_CARE}\b.*)(?:\s+(?:arm|group))?$",
    re.IGNORECASE,
)


def joined(own: Arms, told: Arms) -> Arms:
    """The arms of a study of which its table names but one, with those that a sentence gives with their sizes.

    The table's ``control`` is the one of two that the sentence calls a comparator, or sets second.
    """
    arms, others = list(dict.fromkeys(own.values())), list(dict.fromkeys(told.values()))
    if len(arms) != 1 or len(others) != 2:
        return own | told
    roles = [ids for label, ids in told.items() if _ROLE.match(label)]
    if not any(_ROLE.match(label) for label in own):
        return own | told
    control = roles[0] if len(set(roles)) == 1 else others[1]
    active = next(ids for ids in others if ids != control)
    found = {label: arms[0] if ids == control else ids for label, ids in told.items()}
    found |= own | dict.fromkeys(
        ("control arm", "control group", "controls", "comparator", "comparator arm"), arms[0]
    )
    names = ("experimental arm", "investigational arm", "combination arm", "experimental group", "study arm")
    first = {label: ids for label, ids in found.items() if ids == active}
    return first | dict.fromkeys(names, active) | {k: v for k, v in found.items() if v == arms[0]}


def _arm_name(text: str) -> str:
    """What the words before a size call an arm."""
    if choice := _CHOICE.search(text):
        return choice[0].strip()
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
