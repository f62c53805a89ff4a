"""Doses and schedules in a question: the arm that had them, or a group that no figure belongs to."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.selection import number_of
from assistant.spans.span import Span
from assistant.text.text import fold, plain, word_number

_DOSED = re.compile(r"\s*(?:mg|g|[µμ]g|mcg|ug)?(?:/\w+)?\s*(?:dose|level|arm|group|cohort)", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|on|given|receiving|received|dose of)\s+(?:the\s+)?$", re.IGNORECASE)
_POWER = re.compile(r"(\d+(?:\.\d+)?)\s?[x×]\s?10\^?(\d+)")
"""A number of cells or vector genomes, superscripts lowered."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_THE_DOSE = re.compile(
    r"\b(?:the|at|on) ((?!same\b|other\b)[a-z][\w-]*) (?:dose|dosing|schedule|regimen)\b", re.IGNORECASE
)
_SCHEDULE = re.compile(
    r"\bevery (?:(?:\d+|two|three|four|six|eight|twelve|other) )?(?:days?|weeks?|months?)\b"
    r"|\b(?:once|twice)[- ](?:daily|weekly|monthly|a day|a week|a month)\b",
    re.IGNORECASE,
)


def by_dose(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``at 90 mg``, ``the 1.2 dose``: the arm of that dose, or a group of no figures."""
    found = []
    for value in ask.values:
        number = number_of(value.text)
        dosed = value.unit == "amount" or (
            value.unit == "" and _DOSED.search(ask.focus[value.end : value.end + 12])
        )
        if number is None or not (dosed or (value.unit == "" and _AT.search(ask.focus[: value.start]))):
            continue
        own = desk.own.at_dose(study, number)
        if own is not None:
            found.append((value.text, own))
        elif dosed and (told := _told_by_figures(desk, study, value)):
            found.append((value.text, told))
        elif dosed and (desk.own.is_told_by_dose(study, number) or _unheard_dose(desk, study, value)):
            found.append((value.text, frozenset({value.text})))
    return found


def _told_by_figures(desk: Desk, study: str, value: Span) -> frozenset[str]:
    """The group of a study's figures that is called by that dose: ``11% with 100 mg/m2 and 21% with 140 mg/m2``."""
    asked = _written(value.text)
    own = {f.group for f in desk.selector.of(study) if _written(f.group_label) == asked}
    return next(iter(own)) if len(own) == 1 else frozenset()


def _written(dose: str) -> str:
    """A dose without what it may be written with or without."""
    return re.sub(r"\s+", "", plain(dose)).lower()


def _unheard_dose(desk: Desk, study: str, value: Span) -> bool:
    """Whether a dose stands nowhere in what the review says of a study; a number of cells or genomes is one."""
    power = _POWER.match(value.text)
    if not power and not re.search(r"\b(?:mg|[\u00b5\u03bcm]c?g|IU)\b", value.text):
        return False
    said = " ".join(p.quote for p in desk.review.passages if study in p.studies or not p.studies)
    if power:
        given = {m.groups() for m in _POWER.finditer(plain(said))}
        return (power[1], power[2]) not in given
    said = _THOUSANDS.sub("", fold(said))
    number = re.escape(re.sub(r"[^\d.]+.*", "", _THOUSANDS.sub("", value.text).lstrip("<>=~ ")))
    return bool(number) and not re.search(rf"(?<![\d.]){number}(?![\d.]|\.\d)", said)


def by_schedule(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``given every four weeks`` of a study that gave it once weekly: a group of no figures."""
    asked = _SCHEDULE.search(fold(ask.focus))
    if asked is None:
        return []
    said = " ".join(fold(p.quote) for p in desk.review.passages if study in p.studies)
    known = {_rhythm(m[0]) for m in _SCHEDULE.finditer(said)}
    return [] if not known or _rhythm(asked[0]) in known else [(asked[0], frozenset({asked[0]}))]


def _rhythm(schedule: str) -> str:
    """``once weekly``, ``weekly`` and ``every week`` are one."""
    words = [str(word_number(w) or w) for w in schedule.lower().replace("-", " ").split()]
    text = " ".join(w for w in words if w not in {"once", "every", "a", "per"})
    return re.sub(r"\b(?:1 )?(dai|week|month)(?:ly|s)?\b|\bdays?\b", lambda m: m[1] or "dai", text).strip()


def by_dosing(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``the weekly dose``: the arm whose label has that word."""
    match = _THE_DOSE.search(ask.focus)
    if match is None or not desk.own.ranked(study) or ask.groups:
        return []
    meant = desk.own.meant(study, match[1], frozenset())
    return [(match[1], meant)] if meant is not None else []
