"""The share of the patients that a question claims in its words: ``more than half``, ``nearly everyone``, ``one in five``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.question.reader import Ask
from assistant.text.text import ONE_NUMBER_WORD, fold, word_number

EVERYBODY = 99.999
"""Share from which on it is everybody, in percent."""
_ABOUT = 3.5
"""Percentage points by which a share may miss the one that is said in words."""
_FAR = 10.0
"""Percentage points from which on it is another one."""
_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
_PART = re.compile(
    rf"\b(?P<n>\d+|{ONE_NUMBER_WORD}) (?:in|out of|(?:of|in|out of) every) (?P<of>\d+|{ONE_NUMBER_WORD}|a hundred)\b(?! ?(?:%|to \d|-\d))"
    r"|\b(?:(?P<times>an?|one|two|three|four|five|seven|nine)[ -])?(?P<part>third|quarter|fifth|sixth|eighth|tenth)s?\b"
    r"(?! (?:(?:and|or) \w+ )?(?:cycle|line|course|dose|patient|trial|study|agent|drug|arm|transplant|day|week|month|year))"
    r"|(?<!second )(?<!first )(?<!other )\b(?P<half>half)\b"
    r"(?![ -](?:life|lives|maximal|an?\b|as\b|that\b|(?:of )?(?:the |that |their |its )?(?:\w+ )?dose))"
    r"|(?<![\d.])(?P<percent>\d+(?:\.\d+)?) ?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})(?: an?| the)?\s*$|(?:{signs})\s*$", re.IGNORECASE), kind)
    for words, signs, kind in (
        ("(?:no|not) more than|at most|up to|a maximum of", "≤|<=", "at most"),
        (
            "(?:no|not) (?:less|fewer) than|at least|as (?:many|much) as|fully|a minimum of",
            "≥|>=",
            "at least",
        ),
        ("(?:just|slightly|a (?:little|bit)) (?:over|above|more than)", "(?!)", "just over"),
        (
            "(?:just|slightly|a (?:little|bit)) (?:under|below|less than|fewer than|short of)",
            "(?!)",
            "just under",
        ),
        ("nearly|almost|close to|about|around|roughly|approximately|some|more or less|circa", "~", "about"),
        (
            "less than|fewer than|lower than|smaller than|under|below|short of|not even|worse than",
            "<",
            "less",
        ),
        (
            "more than|greater than|higher than|larger than|better than|over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed)?|beyond|past"
            "|top(?:s|ped)",
            ">",
            "more",
        ),
    )
)
_BEHIND = (
    (
        re.compile(
            r"^\s*(?:of (?:the |them |those )?)?(?:[\w-]+ ){0,2}?(?:or|and) (?:more|above|over|higher|better)\b"
        ),
        "at least",
    ),
    (
        re.compile(
            r"^\s*(?:of (?:the |them |those )?)?(?:[\w-]+ ){0,2}?or (?:less|fewer|below|under|lower)\b"
        ),
        "at most",
    ),
)
_WHOLE = re.compile(
    r"(?P<nearly>\b(?:nearly|almost|virtually|practically|essentially|close to|next to|just about)\s+)?"
    r"(?<!\b[Oo]f )(?<!\b[Ff]or )(?<!\b[Aa]mong )(?<!\b[Aa]cross )"
    r"(?<!\b[Oo]ver )(?<!\b[Aa]t )(?<!\b[Aa]fter )(?<!\band )(?<!\bthan )(?<!\bvs )"
    r"(?<!-)\b(?:[Ee]very(?:one|body|[ -]single(?: one)?)|[Ee]ach one|[Ee]veryone"
    r"|(?:[Ee]very|[Ee]ach)(?! (?:other|\d|two|three|four|six|eight|few|day|week|month|year|cycle|dose|time|visit|arm|group|cohort"
    r"|(?:[\w-]+ )?(?:stud|trial|abstract|report|line)))"
    r"|[Aa]ll(?=\s)(?! (?:along|over|right|in all|told|because|about|due|cause|other)\b)"
    r"(?!(?: of)?(?: the| these| those)? (?:[\w-]+ ){0,2}?(?:stud|trial|abstract|report|arms|groups|grade|things|time|doses|lines"
    r"|review|signs|results|data|figures|outcomes|numbers|endpoints)))\b"
)
_COMPARED_WITH = re.compile(
    r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:(?:that |those )?(?:in|for|of|with|among|on|from|across) )?$",
    re.IGNORECASE,
)
"""Before ``everyone`` who is but the other side: ``lower in those with A than in everyone``."""
_MOSTLY = re.compile(
    r"\b(?:the|an?) (?P<vast>(?:vast|large|great|overwhelming|clear) )?majority\b"
    r"|(?<!\bthe )(?<!\bat )\bmost(?= (?!of the time)(?!(?:\w+ly|common|frequent|often|recent|active|effective|important|certain|of all"
    r"|among|about|in|with|from|after|by|for|to|and|or|on|at)\b)\w)",
    re.IGNORECASE,
)
_MINORITY = re.compile(r"\b(?:an?|the|only a) (?:small )?minority\b", re.IGNORECASE)
_FEW = re.compile(
    r"\b(?:hardly|scarcely|barely) (?:any(?:one|body)?|a single)\b|\bvery few\b"
    r"|\b(?:nearly|almost|virtually|practically) (?:none|nobody|no one|no (?=patient|people|participant|subject))",
    re.IGNORECASE,
)
_OF_AMOUNT = re.compile(
    r"\b(?:loss|reduction|decrease|increase|rise|fall|drop|blasts?|cut-?off|threshold|expression|intensity|weight|target|lost|dose)"
    r"(?: \w+){0,3}\s*$|\b(?:with|had|have|having|those)\s*$",
    re.IGNORECASE,
)
"""Before a share that tells what was measured, and not how many had it: ``a weight loss of 10% or more``."""
_NUMBERED = re.compile(
    r"(?:\b(?:grades?|phase|days?|cycles?|level|cohort|arm|stage|part|group|of|or|than)|[≥>=<≤-])\s*$",
    re.IGNORECASE,
)
"""Before a number that counts nobody."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A share claimed.

    Attributes:
        start: where its words begin.
        end: where they end.
        kind: ``all``, ``nearly all``, ``most``, ``few``, ``more``, ``less``, ``at least``, ``at most``, ``about``, ``just over``,
            ``just under`` or ``just``: that very share, but by a bare ``half`` more may be meant, too.
        value: the share in percent; 0 where the kind says it.
        in_figures: whether it is said as a percentage.
    """

    start: int
    end: int
    kind: str
    value: float = 0.0
    in_figures: bool = False

    def holds(self, share: float) -> bool | None:
        """Whether a share bears the claim out; None where it lies so near that people would differ."""
        return _HOLDS[self.kind](share, self.value)

    def between(self, low: float, high: float) -> bool | None:
        """Whether a share that lies anywhere from ``low`` to ``high`` bears the claim out; None where that depends on where."""
        told = {self.holds(s) for s in (low, high, *([self.value] if low < self.value < high else []))}
        return told.pop() if len(told) == 1 else None


def _within(
    yes: Callable[[float, float], bool], no: Callable[[float, float], bool]
) -> Callable[[float, float], bool | None]:
    return lambda share, value: True if yes(share, value) else False if no(share, value) else None


_HOLDS: dict[str, Callable[[float, float], bool | None]] = {
    "all": lambda share, _: share >= EVERYBODY,
    "nearly all": _within(lambda s, _: s >= 87.5, lambda s, _: s < 75.0),
    "most": lambda share, _: share > 50.0,
    "by far most": _within(lambda s, _: s >= 75.0, lambda s, _: s <= 50.0),
    "a minority": lambda share, _: share < 50.0,
    "few": _within(lambda s, _: s <= 10.0, lambda s, _: s >= 25.0),
    "more": lambda share, value: share > value,
    "less": lambda share, value: share < value,
    "at least": lambda share, value: share >= value - 0.001,
    "at most": lambda share, value: share <= value + 0.001,
    "about": _within(lambda s, v: abs(s - v) <= _ABOUT, lambda s, v: abs(s - v) >= _FAR),
    "just over": _within(lambda s, v: v < s <= v + _FAR, lambda s, v: s <= v),
    "just under": _within(lambda s, v: v - _FAR <= s < v, lambda s, v: s >= v),
    "just": _within(
        lambda s, v: abs(s - v) <= _ABOUT, lambda s, v: s < v - _ABOUT or (s >= v + _FAR and v != 50.0)
    ),
}
"""Kind of bound -> whether a share bears it out."""


def bound_of(text: str) -> Bound | None:
    """The first share of the patients that a text claims; None where it claims none, or two."""
    text = fold(text)
    found = [b for b in (_fraction(text, m) for m in _PART.finditer(text)) if b is not None]
    if len(found) > 1:
        return None
    return found[0] if found else _in_words(text)


def share_claimed(ask: Ask) -> Bound | None:
    """The share of the patients that a question claims; None where it claims none, or but tells patients by it: ``those above 75%``."""
    bound = bound_of(ask.focus)
    if bound is None:
        return None
    said = fold(ask.focus)[bound.start : bound.end].strip()
    return None if bound.in_figures and any(said in fold(label) for label, _ in ask.groups) else bound


def unbounded(ask: Ask, bound: Bound) -> Ask:
    """``ask`` without what was read in the words of a bound: the ``ten patients`` of ``six in ten patients``."""
    said = fold(ask.focus)[bound.start : bound.end].lower()
    values = tuple(v for v in ask.values if not bound.start <= v.start < bound.end)
    last = said.split()[-1]
    groups = tuple(g for g in ask.groups if not (" in " in said and g[0].lower().startswith(f"{last} ")))
    if len(values) == len(ask.values) and len(groups) == len(ask.groups):
        return ask
    left = tuple(c for c in ask.characteristics if c != "n_patients")
    return replace(ask, values=values, groups=groups, characteristics=left)


def _in_words(text: str) -> Bound | None:
    """``all``, ``nearly everyone``, ``most``, ``a minority``, ``hardly any``."""
    if few := _FEW.search(text):
        return Bound(few.start(), few.end(), "few")
    if most := _MOSTLY.search(text):
        return Bound(most.start(), most.end(), "by far most" if most["vast"] else "most")
    if part := _MINORITY.search(text):
        return Bound(part.start(), part.end(), "a minority")
    whole = next((m for m in _WHOLE.finditer(text) if not _COMPARED_WITH.search(text[: m.start()])), None)
    return Bound(whole.start(), whole.end(), "nearly all" if whole["nearly"] else "all") if whole else None


def _fraction(text: str, match: re.Match[str]) -> Bound | None:
    """A part in figures or words with what bounds it; None where it is no share of patients."""
    value = _value(match)
    before, behind = text[: match.start()], text[match.end() :]
    if match["n"] and match["n"].isdigit() and _NUMBERED.search(before):
        return None  # "grade 3 in 10 patients"
    if value is None or _OF_AMOUNT.search(before):
        return None
    kind, start = "just", match.start()
    for pattern, name in _BEFORE:
        if said := pattern.search(before):
            kind, start = name, said.start()
            break
    else:
        kind = next((name for pattern, name in _BEHIND if pattern.search(behind)), "just")
    if kind == "just" and match["percent"]:
        return None  # "was it 40%?" is answered by the very figure
    if kind != "about" and (whole := _OF_AMOUNT.search(text[:start])) and match["percent"] and whole:
        return None
    return Bound(start, match.end(), kind, value, bool(match["percent"]))


def _value(match: re.Match[str]) -> float | None:
    """A part in percent; None where it is none."""
    if match["percent"]:
        return float(match["percent"])
    if match["half"]:
        return 50.0
    if match["part"]:
        times = (match["times"] or "").lower()
        n = 1 if times in {"", "a", "an"} else word_number(times) or 1
        return 100.0 * n / _FRACTIONS[match["part"].lower()] if times else None
    n, of = (
        100 if w.lower() == "a hundred" else int(w) if w.isdigit() else word_number(w.lower()) or 0
        for w in (match["n"], match["of"])
    )
    return 100.0 * n / of if 0 < n < of <= 100 else None
