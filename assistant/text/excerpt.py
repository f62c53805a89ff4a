"""The part of a long sentence that answers: whole clauses, with the cut marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from assistant import lazy_re as re
from assistant.text.text import NUMBER_WORDS, fold

_NUMBER = "|".join(sorted((w for w in NUMBER_WORDS if w not in {"one", "zero"}), key=len, reverse=True))
FIGURE = re.compile(rf"(?<!phase )(?<![\w-])(?:\d[\d.,]*|(?:{_NUMBER})(?:-\w+)?)(?![\w-])", re.IGNORECASE)
"""A number in digits or words; not the digits of a code."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|can|could|may|might|must|will|would|shall|should"
    r"|shows?|remains?|seems?|makes?|needs?|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:and|but|whereas|while|yet)\s", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:\w+ )?(?:which|who|whose|whom|where|when)\b", re.IGNORECASE)
_INSERTED = re.compile(r"(?:defined|namely|that is)\b", re.IGNORECASE)
_QUALIFIES = re.compile(
    r"(?:but|although|though|except|unless|if|provided|however|only|not|without)\b", re.IGNORECASE
)
_CONNECTS = re.compile(
    r"(?:and|but|whereas|while|nor|so that|so|because|since|although|though|with|when|after|who|which|whose"
    r"|being|having|\w+ing)\b"
    r"|(?:[\w-]+ ){1,4}(?:was|were|had|having|being|has|have|is|are)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:and|or|nor)\b", re.IGNORECASE)
"""Before the last of several things, where no clause follows."""
_COUNTED = re.compile(
    rf"\s(?=(?:in|among|from) (?:a total of )?(?:\d+|(?:{_NUMBER})(?:-\w+)?) [^,;]*"
    r"\b(?:patients|adults|children|participants|people|subjects)\b)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"\b(?:found|seen|given|shown|\w+ed|was|were|is|are)$", re.IGNORECASE)
"""What a count of patients cannot be cut off from."""
_FOLLOWS = re.compile(r"(?:and\s+)?(?:therefore|thus|hence|consequently|accordingly|so)\b", re.IGNORECASE)
_AGAINST = re.compile(r"(?:against|versus|vs\.?|compared (?:with|to)|as opposed to)\s", re.IGNORECASE)
"""Sets another group's figure beside the one before, which may be the one that is asked for."""
_DID = re.compile(r"(?:and|but|while|whereas)\s[^,;]*\d[^,;]*\bdid(?:\s+so)?\W*", re.IGNORECASE)
"""``and 22 of 23 did``: more figures of what the clause before says."""
_SET_OFF = re.compile(r": (?:although|though|while|whereas|but|yet)\b")
"""A colon behind which a clause of its own begins, and not what was announced."""
_NAMES = re.compile(r"\([^()\s]{2,12}\), $")
"""``the adapted course (AC), which adds a dose``: the relative clause tells what was just given a name."""
_SHORTEST = 5
"""Words that a part must have to say something."""


@lru_cache(maxsize=8192)
def figures(text: str) -> int:
    """How many numbers ``text`` holds."""
    return len(FIGURE.findall(fold(text)))


def excerpt(text: str, keeps: Callable[[str], bool]) -> str:
    """The shortest part of a sentence that keeps what the whole says, ``…`` where it is cut; else all.

    A part begins and ends where a clause does, and takes a neighbour that limits it (``although …``) along.
    Nothing is cut that would leave as many figures as before.

    Args:
        text: a sentence.
        keeps: whether a part still answers the question.
    """
    whole = figures(text)
    pieces = _pieces(text)
    found = []
    for first, (start, opens, _) in enumerate(pieces):
        if start and _FOLLOWS.match(text, start):
            continue  # "… therefore it was stopped" leaves out why
        for end, closes in _ends(text, pieces, first) if opens else ():
            part = text[start:end]
            if closes and _stands(part) and figures(part) < whole and keeps(part):
                found.append((len(part), start, end))
    if not found:
        return text
    _, start, end = min(found)
    return _marked(text, start, end)


def _stands(part: str) -> bool:
    """Whether a part is long enough to say something, has a verb, and closes its brackets."""
    return len(part.split()) >= _SHORTEST and bool(_VERB.search(part)) and _balanced(part)


def _marked(text: str, start: int, end: int) -> str:
    part = text[start:end].rstrip(" ,;:.")
    part = re.sub(r"^(?:and|but|whereas|while)\s+", "", part) if start else part
    opening = "… " if start and part[:1].isdigit() else "…" if start else ""
    return f"{opening}{part}{'.' if end >= len(text) else ' …'}"


def _pieces(text: str) -> list[tuple[int, bool, bool]]:
    """(start, whether a part may begin there, whether one may end before it) of each piece of a sentence."""
    cuts = [0]
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if (
            (c in ",;" or _SET_OFF.match(text, i))
            and not depth
            and text[i + 1 : i + 2] == " "
            and not re.match(r", (?:\d|respectively)", text[i:])
        ):
            cuts.append(i + 2)
    counted = [
        m.end()
        for m in _COUNTED.finditer(text)
        if _balanced(text[: m.start()]) and not _UNFINISHED.search(text[: m.start()])
    ]
    cuts = sorted({*cuts, *counted})
    found: list[tuple[int, bool, bool]] = []
    for n, start in enumerate(cuts):
        before = text[cuts[n - 1] : start] if n else ""
        relative = bool(_RELATIVE.match(before)) and bool(_VERB.search(before))
        inserted = n > 1 and (relative or bool(_INSERTED.match(before)))
        begins = inserted and not _VERB.match(text[start:])
        semicolon = text[max(0, start - 2) : start].startswith(";")
        opens = start == 0 or semicolon or bool(_OPENS.match(text[start:])) or begins
        stop = cuts[n + 1] if n + 1 < len(cuts) else len(text)
        listed = bool(_LAST.match(text[start:])) and not _VERB.search(text[start:stop])
        connected = bool(_CONNECTS.match(text[start:])) and not listed
        closes = semicolon or inserted or start in counted or connected
        closes = closes and not _AGAINST.match(text[start:])
        closes = closes and not (_RELATIVE.match(text[start:]) and _NAMES.search(text[:start]))
        closes = closes and not _DID.fullmatch(text[start:stop])
        found.append((start, opens, closes))
    return found


def _ends(text: str, pieces: list[tuple[int, bool, bool]], first: int) -> list[tuple[int, bool]]:
    """Where a part that begins with piece ``first`` may end: after a limiting neighbour, not before it."""
    found = []
    later = pieces[first + 1 :]
    stops = [start for start, _, _ in later[1:]] + [len(text)]
    for (start, _, closes), stop in zip(later, stops, strict=False):
        limits = bool(_QUALIFIES.match(text[start:])) and not figures(text[start:stop])
        found.append((start, closes and not limits))
    return [*found, (len(text), True)]


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")
