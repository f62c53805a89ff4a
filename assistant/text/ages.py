"""What an age range says of the old and the young: whether any, or all, of a study's patients were of an age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.text import NUMBER_WORDS, ONE_NUMBER_WORD, fold

_NUMBER = rf"(\d{{1,3}}|{ONE_NUMBER_WORD})"
_NO_AGE = (
    r"(?!\s*(?:%|per ?cent|patients?|people|participants?|subjects?|cases?|months?|weeks?|days?|cycles?|/|\.\d"
    r"|(?:m|[\u00b5\u03bc])?g\b|m?mol|m?IU\b|[x\u00d7]\s?10))"
)
_NO_LEVEL = "".join(
    rf"(?<!\b{word} )"
    for word in "stay stays stayed remain remains remained fall falls fell drop drops dropped rise rises rose kept".split()
)
"""``it stays below 12``: no age."""
_OF_LEVEL = re.compile(
    r"\b(?:Ig[GAM]|HbF?|ANC|LDH|CRP|(?:ha?emoglobin|platelets?|neutrophils?|ferritin|creatinine|bilirubin|levels?|counts?"
    r"|concentrations?|scores?|ratios?|values?))\s+(?:of\s+|was\s+|were\s+|is\s+)?$"
)
"""``had ferritin below 4``: a measure right before is what is bounded."""
_BELOW = re.compile(
    rf"{_NO_LEVEL}\b(?:under|below|younger than|less than|up to)\s+(?:the\s+)?(?:age\s+(?:of\s+)?)?{_NUMBER}\b{_NO_AGE}",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    rf"{_NO_LEVEL}\b(?:over|above|older than|more than|past|beyond)\s+(?:the\s+)?(?:age\s+(?:of\s+)?)?{_NUMBER}\b{_NO_AGE}",
    re.IGNORECASE,
)
_EXACT = re.compile(
    rf"\b(?:aged?|age of)\s+{_NUMBER}\b{_NO_AGE}|(?<![\w\u2013-]){_NUMBER}[- ]years?[- ]olds?\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\b(?:from|between|aged?)\s+{_NUMBER}\s*(?:to|and|-|\u2013)\s*{_NUMBER}\b{_NO_AGE}", re.IGNORECASE
)
_OF_AGE = re.compile(
    r"\b(?:aged?|ages|old(?:er)?|young(?:er)?|years?|child\w*|kids?|adults?|adolescents?|teen\w*|anyone|anybody|somebody"
    r"|someone|patients?|people)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*(?:years?)?\s*")
_CHILD, _OLD = 18, 65
_GROUPS = {
    "paediatric": (0, _CHILD - 1),
    "adult": (_CHILD, 120),
    "elderly": (_OLD, 120),
    "infant": (0, 0),
    "toddler": (1, 3),
}
"""Years of age, both included, of those that the vocabulary tells by their age."""

Ages = tuple[int, int]
"""Years of age, both included."""


def printed_range(value: str) -> Ages | None:
    """The ages of a printed range (``15-60``); None for anything else."""
    found = _RANGE.fullmatch(fold(value))
    return (int(found[1]), int(found[2])) if found and int(found[1]) <= int(found[2]) else None


_ID = re.compile(r"age(?:(?P<sign>[<>]=?)(?P<bound>\d+)|(?P<low>\d+)-(?P<high>\d+))")
_ALIKE = 10
"""Years by which a bound may differ from that of the elderly and still mean them."""


def ages_of_group(group: str) -> Ages | None:
    """The ages of a population of the vocabulary or of a bound (``age>=70``); None where it is not told by age.

    ``over 70`` and ``70 or older`` count as one: people do not tell them apart.
    """
    found = _ID.fullmatch(group)
    if found is None:
        return _GROUPS.get(group)
    if found["low"]:
        return int(found["low"]), int(found["high"])
    bound = int(found["bound"])
    return (bound, 120) if found["sign"].startswith(">") else (0, bound)


_IN_WORDS: tuple[tuple[re.Pattern[str], Ages], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), ages)
    for words, ages in (
        (r"newborns?|neonates?|babies|infants?", (0, 1)),
        (r"toddlers?", (1, 3)),
        (r"schoolchildren|school[- ]age[d]?", (6, 17)),
        (r"teen(?:ager|age)?s?|adolescents?", (12, 18)),
        (r"seniors?|pensioners|geriatric|elderly", (_OLD, 120)),
        (r"middle[- ]aged", (40, 60)),
    )
)
"""Words for the young and the old, with the years that they mean at the least."""


def ages_in_words(wording: str) -> Ages | None:
    """The ages that a wording means by a word of its own (``toddlers``, ``seniors``); None for any other."""
    return next((ages for word, ages in _IN_WORDS if word.search(wording)), None)


def of_one_age(a: str, b: str) -> bool:
    """Whether two groups told by age are one: the same ages, or the elderly and those above a high age."""
    first, second = ages_of_group(a), ages_of_group(b)
    if first is None or second is None:
        return False
    elderly = "elderly" in {a, b} and first[1] == second[1] == 120
    bounded = (
        first[1] == second[1] == 120 and abs(first[0] - second[0]) <= 1
    )  # "the over-75s" are those of 75 or more
    return first == second or bounded or (elderly and abs(first[0] - second[0]) <= _ALIKE)


def ages_named(text: str) -> Ages | None:
    """The ages that a question bounds or names (``under ten``, ``over 60``, ``a 70-year-old``), else None."""
    if not _OF_AGE.search(text):
        return None
    if (found := _BELOW.search(text)) and not _OF_LEVEL.search(text[: found.start()]):
        return 0, max(0, _years(found[1]) - 1)
    if (found := _ABOVE.search(text)) and not _OF_LEVEL.search(text[: found.start()]):
        return _years(found[1]) + 1, 120
    if found := _EXACT.search(text):
        age = _years(found[1] or found[2])
        return age, age
    return None


def ages_claimed(text: str) -> Ages | None:
    """The youngest and the oldest as a question has them (``aged from 18 to 65``), else None."""
    found = _FROM_TO.search(text) if _OF_AGE.search(text) else None
    return (_years(found[1]), _years(found[2])) if found else None


_END = re.compile(
    r"\b(?P<upper>(?:stop|end|cap|finish)(?:s|ped|ed)?|(?:goes|go|went|ran|runs|up|extend(?:s|ed)?|reach(?:es|ed)?)(?: up)?"
    r"|upper (?:age )?(?:limit|bound|end|age)|(?:maximum|top)(?: age)?|oldest|eldest)\b"
    r"|\b(?P<lower>(?:start|begin)(?:s|ned|ed)?|began|lower (?:age )?(?:limit|bound|end|age)|minimum(?: age)?|youngest"
    r"|from(?= (?:the age of |age )?\w+ (?:years? of age|years? (?:up|on)|and (?:up|above|over)|upwards?|onwards?)\b))\b",
    re.IGNORECASE,
)
_ITS_AGE = re.compile(
    r"\W*(?:(?:at|to|with|of|is|was|were|being|up|patients?|participants?|persons?|child|one|age|aged|limit|the|had|who|set|just|only)\W+){0,6}"
    rf"(?P<bound>(?:(?:not?|older|younger|higher|lower|more|less|under|below|over|above|at|least|most|than)\W+){{0,4}}){_NUMBER}\b{_NO_AGE}(?!\.\d)",
    re.IGNORECASE,
)
_OF_AGES = re.compile(r"\bage[ds]?\b|\byears?\b|\bold\b|\bolde(?:r|st)\b|\byoung|\beldest\b", re.IGNORECASE)


_OR_BEYOND = re.compile(
    r"\W*(?:years? )?or (?:below|under|less|younger|above|over|more|older)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AgeEnd:
    """An end of a range of ages as a question has it: ``the oldest was under 45``."""

    upper: bool
    years: int
    bounded: bool
    """Whether it was only said to lie above or below that age."""
    start: int
    """Where the number stands."""
    end: int


def ends_said(text: str) -> Iterator[AgeEnd]:
    """The ends of a range of ages that a text names: ``ages stop at 27``, ``whose youngest patient was 2``."""
    for match in _END.finditer(text) if _OF_AGES.search(text) else ():
        if age := _ITS_AGE.match(text, match.end()):
            bounded = bool(age["bound"] or _OR_BEYOND.match(text, age.end()))
            yield AgeEnd(bool(match["upper"]), _years(age[2]), bounded, age.start(2), age.end(2))


def _years(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]
