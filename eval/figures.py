"""The numbers of a text, and whether one says what another says.

A number counts as printed: value, unit and comparator. `25` is neither in `125` nor in `25.5`, `60` is not
`60%`, `62%` is not `< 62%`. The same are `60%` and `60.0%`, `5.3 %` and `5.3%`, `four` and `4`, `15-24` with
any dash or with `to`, `10⁻³` and `10-3`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SMALL = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {w: i for i, w in enumerate(_SMALL)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_WORD = re.compile(
    rf"(?<![\w])({'|'.join(_TENS)})-({'|'.join(_SMALL[1:10])})\b|(?<![\w])({'|'.join(_WORDS)})\b", re.I
)
_MARK = "\ue000"  # stands before a number that was written as a word

_N = r"\d+(?:\.\d+)?"
_ID = r"#?(?:[A-Z]{1,3}-)?\d+(?![\d.]*\d)(?!\s*%)"
_PLURAL = r"abstracts|posters|studies|trials|tables|references|refs|grades|phases|cycles"
_SINGULAR = r"abstract|poster|study|trial|table|reference|ref\.|ref|section|day"
_POWER = re.compile(r"(?<=\d)\s?[x\u00d7]\s?10\^?\d{1,2}\b")
"""``150 x 10^6 cells`` is the one number 150, of a unit."""
_LABELS = re.compile(
    rf"\b(?:{_PLURAL})\s+{_ID}(?:\s*(?:,\s*(?:and|or)\b|,|and\b|or\b|&|/|-)\s*{_ID}(?!\s*(?:patients|of)\b))*"
    rf"|\b(?:{_SINGULAR})\s*(?:no\.|number)?\s*{_ID}(?!\s*(?:patients|of)\b)|#\d+\b"
    rf"|\b(?:grade|phase|cycle)\s*{_ID}(?:\s*(?:-|/|or|to)\s*{_ID})?"
    r"|\b10\.\d{4,9}/\S*"  # a DOI is a name
    r"|\bASH(?: annual meeting)? 2022\b|\b2022 ASH\b",
    re.I,
)
_TOKEN = re.compile(
    r"(?P<nct>(?<![A-Za-z0-9])NCT\d+)"
    r"|(?P<cmp>[<>≤≥]=?|\b(?:less|more|fewer|greater) than|\b(?:under|below|over|above))?\s*"
    rf"(?<![A-Za-z0-9_.])(?P<word>{_MARK})?(?P<a>{_N})(?![\d])(?:\s*(?:-|\bto\b)\s*(?P<b>{_N})(?![\d]))?"
    r"(?:\s*(?P<unit>%)|(?P<gap>[\s-]*)"
    r"(?P<long>percentage points?|points?\b|pp\b|(?:year|yr|month|mo|week|wk|day|y)s?\b))?",
    re.I,
)
_SIGNS = {"less than": "<", "fewer than": "<", "under": "<", "below": "<"}
_SIGNS |= {"more than": ">", "greater than": ">", "over": ">", "above": ">", "<=": "≤", ">=": "≥"}
_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_PLAIN_NOUN = re.compile(
    r"\s+(?:\w+\s+)?(?:arms?|groups?|stud(?:y|ies)|trials?|abstracts?|tables?|cycles?|outcomes?|measures?|reports?|"
    r"values?|figures?|places?|sources?|time points?|agents?|drugs?|regimens?|products?|reviews?|ones)\b",
    re.I,
)
_ENDS = re.compile(
    r"(?<=[.!?。])(?<!\bvs\.)(?<!\bal\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bno\.)(?<!\byes\.)(?<!\bref\.)\s+|(?<!:)\n+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a text as it is compared: value, unit and comparator."""

    value: str
    """Digits without trailing decimal zeros; `15-24` for a range; an NCT number in capitals."""
    unit: str
    """`%`, `pp` (percentage points), `year`, `month`, `week`, `day`, or nothing."""
    comparator: str = ""
    free: bool = False
    """True where the number only labels something (a time point, `two arms`) and can't be a wrong figure."""

    def states(self, gold: "Figure") -> bool:
        """True where this number states `gold`; a bare gold range may gain years, a bare gold points."""
        if self.value != gold.value or self.comparator != gold.comparator:
            return False
        spare = {"year"} if "-" in gold.value else {"pp"}
        return self.unit == gold.unit or (not gold.unit and self.unit in spare)

    def __str__(self) -> str:
        return f"{self.comparator}{self.value}{self.unit if self.unit in {'', '%'} else ' ' + self.unit}"


def normal(text: str) -> str:
    """Text with one kind of hyphen, space and decimal sign; `10⁻³` and `10^-3` become `10-3`."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).replace("^-", "-")
    return re.sub(r"[ \t\u00a0]+", " ", text)


def figures(text: str) -> list[Figure]:
    """Every number of a text. Citation brackets, study ids, grades, phases and names such as CD7 are none."""
    return list(_figures(text))


@lru_cache(maxsize=8192)
def _figures(text: str) -> tuple[Figure, ...]:
    text = re.sub(r"\[[^\[\]%]*\]", " ", normal(text))
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d),(?=\d{1,2}\s?%)", ".", text)
    text = re.sub(r"(?<![\w.])\.(?=\d)", "0.", text)
    text = re.sub(r"\b[A-Za-z]+\d+(?:-\d+)+\b", " ", text)  # RD13-01
    text = _POWER.sub("", text)
    text = _LABELS.sub(" ", text)
    text = _WORD.sub(_digits, text)
    text = re.sub(r"%[\s-]points?\b", " pp", text, flags=re.I)
    text = re.sub(r"\s?per\s?cent\b", "%", text, flags=re.I)
    text = re.sub(rf"\bbetween ({_N}) and ({_N})", r"\1-\2", text)
    text = re.sub(rf"({_N})\s?%\s?-\s?({_N})\s?%", r"\1-\2%", text)
    found = (_figure(m, text) for m in _TOKEN.finditer(text))
    return tuple(f for f in found if f is not None)


def _digits(match: re.Match[str]) -> str:
    tens, ones, single = match.groups()
    value = _WORDS[single.lower()] if single else _WORDS[tens.lower()] + _WORDS[ones.lower()]
    return f"{_MARK}{value}"


def _figure(match: re.Match[str], text: str) -> Figure | None:
    if match["nct"]:
        return Figure(match["nct"].upper(), "")
    before, after = text[: match.start("word" if match["word"] else "a")], text[match.end() :]
    if match["unit"] is None and (re.match(r"[A-Za-z]", after) or re.search(r"[A-Za-z]-$", before)):
        return None  # part of a name: 7CAR, RD13-01, T-ALL-211-U, 2nd
    value = "-".join(_plain(v) for v in (match["a"], match["b"]) if v)
    word = (match["long"] or "").lower()
    unit = match["unit"] or ("pp" if word.startswith("p") else _UNITS.get(word[:1], ""))
    if match["cmp"] and not match["unit"] and not word and match["cmp"][0].isalpha() and match["word"]:
        return None  # "more than one": no figure
    sign = (match["cmp"] or "").lower()
    timed = unit not in {"", "%", "pp"}
    hyphen = timed and not match["b"] and ("-" in (match["gap"] or "") or not word.endswith("s"))
    placed = timed and re.search(r"\b(?:at|after|by|within)\s*$", before, re.I) is not None
    hanging = re.match(r"-\s*(?:and|or|,|/)", after) is not None
    plain = bool(match["word"]) and (value in {"0", "1"} or _PLAIN_NOUN.match(after) is not None)
    return Figure(value, unit, _SIGNS.get(sign, sign), hyphen or placed or hanging or (plain and unit == ""))


def _plain(number: str) -> str:
    head, _, tail = number.partition(".")
    tail = tail.rstrip("0")
    return (head.lstrip("0") or "0") + (f".{tail}" if tail else "")


def first_sentence(text: str) -> str:
    """The text up to its first full stop or a line end without colon; `vs.`, `al.` and `No.` end nothing."""
    return _ENDS.split(re.sub(r"\[[^\[\]%]*\]", " ", normal(text)).strip(), maxsplit=1)[0]


def says(text: str, phrase: str) -> bool:
    """True where the phrase stands in the text as words. A last word of four letters or more may go on
    (`transplant` in `transplantation`); a shorter one (`no`, `OS`, `II`) or a number may not."""
    body, phrase = normal(text), normal(phrase)
    tail = re.search(r"[A-Za-z]*$", phrase)
    open_end = tail is not None and len(tail[0]) > 3
    left = r"(?<![A-Za-z0-9])(?<!\d\.)"
    right = "" if open_end else r"(?![A-Za-z0-9])(?!\.\d)"
    return re.search(left + re.escape(phrase) + right, body, re.I) is not None
