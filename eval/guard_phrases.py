"""Wordings of claims in three styles, as people write them; none is one that the assistant itself uses."""

from __future__ import annotations

import re

from assistant.text.text import NUMBER_WORDS
from eval.guard_facts import Claim

_WORDS = {n: w for w, n in NUMBER_WORDS.items()}
STYLES = ("terse", "fluent", "manuscript")
_SHARE = {
    "terse": (
        "{who}: {time}{short} {figure}{arm}.",
        "{short}{timed}{arm}: {figure} ({cite})",
        "{who} - {short} {figure}{timed}{arm}",
        "{cite}. {Time}{short}{arm} = {figure}.",
    ),
    "fluent": (
        "With {who}, {name}{timed} stood at {figure}{arm}.",
        "According to {cite}, the {time}{name}{arm} was {figure}.",
        "As for {who}, {figure} was the {time}{short}{arm}.",
        "We learn from {cite} that {short}{timed} came to {figure}{arm}.",
    ),
    "manuscript": (
        "The estimated {time}{name}{arm} was {figure} in the study by {who} [{cite}].",
        "In {cite}, {name}{timed} reached {figure}{arm}.",
        "{Name}{timed} amounted to {figure}{arm} in the report of {who}.",
        "{who} observed a {time}{short} of {figure}{arm}.",
    ),
}
_COUNT = {
    "terse": ("{who}: {name}{timed} in {figure} pts{arm}.", "{short}{arm}{timed}: n = {figure} ({cite})"),
    "fluent": (
        "In {cite}, {figure} patients had {name}{arm}{timed}.",
        "There were {figure} patients with {name}{arm}{timed} in {who}.",
    ),
    "manuscript": (
        "{Name}{timed} was observed in {figure} patients{arm} in the study by {who} [{cite}].",
        "{who} recorded {name}{timed} in {figure} patients{arm}.",
    ),
}
_PART = (
    "{Name}{timed} was documented in {figure} of {total} patients{arm} in {cite}.",
    "{who}: {name}{timed} {figure}/{total}{arm}",
)
_LENGTH = {
    "terse": ("{who}: {short} {figure}{arm}.", "{short}{arm}: {figure} ({cite})"),
    "fluent": ("In {cite}, the {name} came to {figure}{arm}.", "{who} found a {name} of {figure}{arm}."),
    "manuscript": (
        "The {name}{arm} was {figure} in the study by {who} [{cite}].",
        "A {name} of {figure}{arm} was documented in {cite}.",
    ),
}
_TOGETHER = (
    "{who}: {time}{short} {figure}{arm}, {time2}{short2} {figure2}{arm2}.",
    "In {cite}, the {time}{name}{arm} was {figure} and the {time2}{name2}{arm2} {figure2}.",
    "{who} documented a {time}{short} of {figure}{arm}, as well as a {time2}{short2} of {figure2}{arm2}.",
)
_AGAINST = (
    "In {cite}, the {time}{name} was {word}{arm} ({figure}) than{arm2} ({figure2}).",
    "{who}: {time}{short} {word}{arm} than{arm2} ({figure} vs {figure2}).",
    "The {time}{name} of {figure}{arm} was {word} than the {figure2}{arm2} [{cite}].",
)
_ARMS = (" with {}", " in the {} group", " for {}", " in the {} arm")
_PATIENTS = (" in {}", " for {}", " among {}")


def templates(claim: Claim, style: str) -> tuple[str, ...]:
    """The templates of a style that suit a claim."""
    if claim.unit == "patients":
        return _PART if claim.total else _COUNT[style]
    if claim.unit in {"days", "weeks", "months", "years"}:
        return _LENGTH[style]
    return _SHARE[style]


def worded(claim: Claim, style: str, number: int, *, in_words: bool = False) -> str:
    """A claim in a style; ``number`` chooses among its wordings."""
    own = templates(claim, style)
    text = own[number % len(own)].format(**_slots(claim, number, in_words))
    return _tidy(text)


def together(a: Claim, b: Claim, number: int) -> str:
    """Two claims on one study in a sentence."""
    slots = _slots(a, number, False) | {f"{k}2": v for k, v in _slots(b, number, False).items()}
    return _tidy(_TOGETHER[number % len(_TOGETHER)].format(**slots))


def against(a: Claim, b: Claim, word: str, number: int) -> str:
    """Two arms' figures with a word that compares the first with the second."""
    slots = _slots(a, number, False) | {f"{k}2": v for k, v in _slots(b, number, False).items()}
    return _tidy(_AGAINST[number % len(_AGAINST)].format(word=word, **slots))


def _slots(claim: Claim, number: int, in_words: bool) -> dict[str, str]:
    grade = f" of grade {_grade(claim.grade)}" if claim.grade else ""
    name, short = claim.name + grade, claim.short + grade
    figure = _in_words(claim.figure) if in_words and not claim.total else claim.figure
    after = f" after cycle {claim.cycle}" if claim.cycle else ""
    return {
        "who": claim.author if claim.author and number % 2 else claim.label,
        "cite": claim.label,
        "name": name,
        "Name": name[:1].upper() + name[1:],
        "short": short,
        "figure": figure,
        "total": str(claim.total),
        "time": f"{_spelled(claim.time) if in_words else claim.time} " if claim.time else "",
        "Time": f"{claim.time} " if claim.time else "",
        "timed": f" at {_apart(claim.time)}" if claim.time else "",
        "arm": after + (_group(claim.group, number) if claim.group else ""),
    }


def _group(label: str, number: int) -> str:
    if re.search(r"\b(?:patients|adults|children|responders)\b", label):
        return _PATIENTS[number % len(_PATIENTS)].format(label)
    return _ARMS[number % len(_ARMS)].format(re.sub(r"\s+(?:arm|group)$", "", label))


def _grade(grade: str) -> str:
    if grade.startswith(">="):
        return f"{grade[2:]} or higher"
    if grade.startswith("<="):
        return f"{grade[2:]} or lower"
    return grade


def _apart(time: str) -> str:
    number, unit = time.split("-")
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _spelled(time: str) -> str:
    number, unit = time.split("-")
    return f"{_WORDS[int(number)]}-{unit}" if number.isdigit() and int(number) in _WORDS else time


def _in_words(figure: str) -> str:
    """`93.4%` as `ninety-three point four per cent`, `5` as `five`."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?(%?)(.*)", figure)
    if not match or int(match[1]) not in _WORDS:
        return figure
    text = _WORDS[int(match[1])]
    if match[2]:
        text += " point " + " ".join(_WORDS[int(d)] for d in match[2])
    return text + (" per cent" if match[3] else "") + match[4]


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\.{2,}", ".", text)).replace(" .", ".").strip()
