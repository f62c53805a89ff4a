"""Two arms that a cell of agents sets against each other: by schedule, by the number of drugs, beside subgroups that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells.printed import Arms
from assistant.cells.wordings import by_rank
from assistant.text.text import NUMBER_WORDS, fold

_TIMED = re.compile(
    r"^(?P<lead>.*?)[\s,(]*(?P<low>\d+)(?:\s*-\s*(?P<high>\d+))?\s*-?(?P<unit>day|week|month|cycle|dose)s?(?P<tail>[^\d]*)$",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"^(?:the\s+)?(?:controls?|comparator|placebo|standard(?: of care)?)(?:\s+(?:arm|group))?$", re.IGNORECASE
)
_NUMBERS = ("one", "two", "three", "four", "five")
_WORDS = {n: word for word, n in NUMBER_WORDS.items() if word.isalpha()}


def opposed(
    sides: Mapping[str, frozenset[str]], counted: Mapping[str, frozenset[str]], short: Mapping[str, str]
) -> Arms:
    """The two arms of a cell of agents where what the study's patients are counted by are none of them.

    Args:
        sides: label -> ids of the arms that the cell of agents sets against each other.
        counted: label -> ids of the parts by which the patients are counted.
        short: the review's abbreviations.

    Empty where the parts counted are the arms, so that these are to be called by the labels of the counts.
    """
    if len(set(sides.values())) != 2:
        return {}
    said = " ".join(f"{label} {' '.join(ids)}" for label, ids in sides.items()).lower()
    for label, ids in counted.items():
        words = re.findall(r"[^\W_]{2,}", fold(label).lower())
        if ids & set().union(*sides.values()) or (words and all(w in said for w in words)):
            return {}
        meaning = re.findall(r"[a-z]{6,}", fold(short.get(label, "")).lower())
        if _CONTROL.match(label) or any(word in said for word in meaning):
            return {}
    return dict(sides)


def by_schedule(first: str, second: str) -> Arms:
    """The arms of ``A + B, 7 days vs 21-28 days``: one treatment on two schedules.

    Empty where the second side names more than a schedule, or the first has none of its kind.
    """
    if rhythm := _by_rhythm(first, second):
        return rhythm
    one, two = _TIMED.match(fold(first).strip()), _TIMED.match(fold(second).strip())
    if not one or not two or two["lead"].strip() or one["unit"].lower() != two["unit"].lower():
        return {}
    found: Arms = {}
    for match in (one, two):
        unit = match["unit"].lower()
        span = match["low"] + (f"-{match['high']}" if match["high"] else "")
        ids = frozenset({f"{span}-{unit}-schedule"})
        words = [span] + ([word] if not match["high"] and (word := _WORDS.get(int(span))) else [])
        for number in words:
            found |= dict.fromkeys((f"{number}-{unit}", f"{number} {unit}s", f"{number} {unit}"), ids)
        if match["high"]:
            found |= dict.fromkeys((f"{match['low']} to {match['high']} {unit}s",), ids)
    lengths = [float(m["high"] or m["low"]) for m in (one, two)]
    ids_of = list(dict.fromkeys(found.values()))
    if len(ids_of) != 2:
        return {}
    low, high = ids_of if lengths[0] < lengths[1] else ids_of[::-1]
    for adjective, ids in (
        ("short", low),
        ("shorter", low),
        ("shortened", low),
        ("long", high),
        ("longer", high),
    ):
        found |= dict.fromkeys((f"{adjective} {noun}" for noun in ("schedule", "course", "one", "arm")), ids)
    return found


_DOSED = re.compile(
    r"(?P<drug>.*?)\s*(?P<dose>\d[\d.,]*)\s?(?P<unit>(?:mg|g|[\u00b5\u03bc]g|IU|U)(?:\s?/\s?(?:kg|m2|day|d))?)(?![A-Za-z])",
    re.IGNORECASE,
)


def several(sides: Sequence[str]) -> Arms:
    """The arms of ``A 9 mg/kg + B vs A 3 mg/kg + B vs placebo + B``: each by what not all of them had.

    Empty where that does not tell them apart.
    """
    parts = [
        [
            p
            for part in re.split(r"\s*(?:\+|\bplus\b|\band\b)\s*", fold(side).lower())
            if (p := part.strip(" ."))
        ]
        for side in sides
    ]
    common = set(parts[0]).intersection(*parts[1:])
    own = [" + ".join(p for p in side if p not in common) for side in parts]
    if not all(own) or len(set(own)) < len(own):
        return {}
    found: Arms = {}
    doses = [_DOSED.match(name) for name in own]
    for name, side, dose in zip(own, sides, doses, strict=True):
        key = re.sub(r"[^a-z0-9.]+", "-", name).strip("-")
        ids = frozenset({name if name == "placebo" else f"with-{key}"})
        if dose and sum(d is not None and d[0] == dose[0] for d in doses) == 1:
            found.setdefault(f"{dose['dose']} {dose['unit']}", ids)
        for wording in ("{}", "{} arm", "{} group", "with {}", "on {}"):
            found.setdefault(wording.format(name), ids)
        found.setdefault(fold(side).lower().strip(), ids)
        if _CONTROL.match(name):
            found |= dict.fromkeys(_CONTROLS, ids)
    ranked = sorted(
        (float(d["dose"].replace(",", "")), found[name]) for d, name in zip(doses, own, strict=True) if d
    )
    if len({d["drug"] for d in doses if d}) == 1 and len(ranked) > 1:
        found |= dict(by_rank([ids for _, ids in ranked]))
    return found


_CONTROLS = ("control arm", "control group", "controls", "comparator", "comparator arm")
_RHYTHM = re.compile(
    r"(?P<lead>.*?)[\s,(]*\b(?P<what>(?:once\s+|twice\s+)?(?:weekly|daily|monthly)|every\s+(?:other|second|\d+|two|three|four)\s+(?:days?|weeks?|months?)|once\s+(?:daily|an?\s+\w+))\s*\)?$",
    re.IGNORECASE,
)


def _by_rhythm(first: str, second: str) -> Arms:
    """The arms of ``A 10 mg/kg, weekly vs every 2 weeks``."""
    one, two = _RHYTHM.match(fold(first).strip()), _RHYTHM.match(fold(second).strip())
    if not one or not two or two["lead"].strip() or one["what"].lower() == two["what"].lower():
        return {}
    names = [m["what"].lower() for m in (one, two)]
    return {name: frozenset({f"{name.replace(' ', '-')}-schedule"}) for name in names}


_EVERY = re.compile(
    r"(?P<lead>.*?\b)?(?:every|q)\s?(?P<n>\d+|two|three|four)?\s?(?P<unit>day|week|month|w|d)s?",
    re.IGNORECASE,
)
_RATES = {
    "week": ("weekly", "once weekly", "once a week", "every week"),
    "day": ("daily", "once daily", "every day"),
}
_OTHER = {
    "week": ("every other week", "every second week", "biweekly", "fortnightly"),
    "day": ("every other day", "every second day"),
}


def by_interval(found: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, frozenset[str]]]:
    """Further wordings of arms that are told by how often they were treated: ``every 2 weeks`` is ``every other week``."""
    for label, ids in found.items():
        said = label.lower()
        for names in _RATES.values():
            if said in names:
                yield from ((name, ids) for name in names)
        match = _EVERY.fullmatch(said)
        if not match or match["lead"] or not match["n"]:
            continue
        unit = {"w": "week", "d": "day"}.get(match["unit"].lower(), match["unit"].lower())
        n = int(match["n"]) if match["n"].isdigit() else NUMBER_WORDS[match["n"]]
        yield from ((f"every {form} {unit}s", ids) for form in (str(n), _WORDS.get(n, str(n))))
        yield f"every-{n}-{unit}", ids
        if n == 2:
            yield from ((name, ids) for name in _OTHER.get(unit, ()))


def by_number(size: str, number: int) -> tuple[str, ...]:
    """Wordings of an arm by the number of its drugs: ``triplet``, ``the three-drug regimen``."""
    word = _NUMBERS[number - 1]
    nouns = ("regimen", "combination", "arm", "group", "treatment", "therapy")
    drugs = tuple(f"{word}{sep}{noun}" for sep in ("-drug ", " drug ") for noun in nouns)
    return (size, f"{size} arm", f"{size} group", f"{size} therapy", f"{size}s", f"{word} drugs", *drugs)
