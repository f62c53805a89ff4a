"""The patients that a question names: ``lymphoblastic lymphoma`` of ``OS in the lymphoblastic lymphoma patients``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.text.text import NUMBER_WORDS, Token, fold, tokens

PEOPLE = frozenset(
    "patient adult child children child people person participant pt subject man men woman women recipient case carrier infant teenager "
    "adolescent individual responder survivor subgroup subset stratum group arm cohort grownup grown ups".split()
)
"""Keys of nouns for the patients of a study or a part of them."""
_STOP = frozenset(
    "a an the this that these those which what who whom whose how many much and or but nor in on at of for with without among to "
    "from by per as than then so if is are was were be been being do does did done has have had will would can could should may "
    "might must not no all any each every both some most more other only just also too very his her its their our my your i "
    "we you he she it they them us me there here when where why while until before after during within over under between "
    "versus vs against about into out up down off again once became become reached achieved got died went developed add adds hit "
    "respond responded survive survived remained entered showed please give tell show say list name quote state find get".split()
)
"""Words that end the name of a group."""
_BEHIND = re.compile(
    r"^\s*(?:with|having|who\s+(?:also\s+)?(?:had|have|has|were|are|carried|carry)|carrying)\s+",
    re.IGNORECASE,
)
"""Joins the name of what patients had to the noun for them."""
_HAD_BEFORE = re.compile(
    r"\b(?:patients|people|those|adults|children|cases|ones|participants|individuals|anyone|responders)\s+"
    r"(?:(?:(?:who|that)(?:'d|\s+had|\s+have|\s+were|\s+was)?|already|previously|also|both|been)\s+)*"
    r"(?:(?P<how>exposed|refractory|resistant|switch(?:ed|ing)(?:\s+over)?|mov(?:ed|ing)|intolerant|naive|na\u00efve)\s+(?:to|of|on\s+to)"
    r"|pre-?treated\s+with|(?<=already )(?:had|received|taken|tried|got)|(?<=previously )(?:had|received|taken|given|treated\s+with))\s+"
    r"(?:(?:an?|the|both|another|either|some|any)\s+)*",
    re.IGNORECASE,
)
"""Tells patients by what they had before, or had in place of it."""
_TO = re.compile(r"\s+to\b", re.IGNORECASE)
_ANY_DRUG = re.compile(
    r"(?:classes|drugs|agents|kinds|types|sorts|treatments|therapies|inhibitors)", re.IGNORECASE
)
_DIVIDED = re.compile(
    r"\b(?:by|according to|depending on)\s+(?P<what>(?!how\b|far\b|then\b|now\b)(?:the\s+)?[a-z][\w-]+(?:\s+[a-z][\w-]+)?)"
    r"\s*(?=[?.!,;]|$|\bin\b|\bfor\b)",
    re.IGNORECASE,
)
"""Asks for a figure of each of several groups."""
_IN = re.compile(r"\b(?P<how>in|among|amongst|of)\s+", re.IGNORECASE)
_VARIANT = re.compile(r"[a-z]\d+[a-z]\d+|[A-Z]\d{2,4}[A-Z]")
"""A transcript or a mutation by its place: ``e1a2``, ``A100B``."""
_ARM = re.compile(
    r"\b(?:arm|cohort|group|part|stratum|schedule|dose level)\s+(?P<what>\d?[A-Za-z]|[A-Za-z]\d|\d)(?=\s|[?.,;:)]|$)",
    re.IGNORECASE,
)
"""An arm by its letter or number."""
_NO_ARM = frozenset({"a", "i"})
_HYPHENED = re.compile(r"[a-z]-$")
"""Stands before a noun that is part of an adjective: ``single-arm``."""
_NATIONALITY = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|ch|ic)")
_CODE = re.compile(r"^(?=.*[A-Z].*[A-Z\d])|^\w+(?:ed|old)$|\d")
"""A word by which patients may be told apart without a noun for them: a gene, or what happened to them."""
_STATE = re.compile(
    r"(?:mutated|rearranged|positive|negative|deleted|amplified|mutant|refractory|relapsed|exposed)$",
    re.IGNORECASE,
)
"""A word for the state of a disease."""
_NO_PEOPLE = re.compile(
    r"(?:cells?|products?|doublets?|triplets?|backbones?|regimens?|chemotherapy|treatments?|therap(?:y|ies)|combinations?|trials?|stud(?:y|ies)|series|programmes?|programs?|pilots?|columns?|papers?|abstracts?|tables?|letters?|reviews?|comparisons?"
    r"|look-backs?|reports?|work|experience|setting|registr(?:y|ies))$",
    re.IGNORECASE,
)
"""Ends the name of a study or a treatment."""
_SYNDROME = re.compile(r"(?:'s)?\s+(?:syndrome|disease|an[a]?emia|sarcoma|lymphoma)\b", re.IGNORECASE)
_MOST = 5
"""Words of a group's name at most."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Part:
    """Words that name a part of the patients."""

    text: str
    words: tuple[Token, ...]
    is_arm: bool = False
    """Whether it is an arm's letter or number, which no sentence on all arms accounts for."""
    is_variant: bool = False
    """Whether it tells a transcript or a mutation, of which a sentence may give figures beside others."""
    of_people: bool = False
    """Whether a noun for patients stands beside it, so that it names no study."""
    had_before: bool = False
    """Whether it is what some had before, which a sentence may tell of one of its figures alone."""


def parts_named(focus: str) -> Iterator[Part]:
    """The names of groups of patients in a question: ``lymphoblastic lymphoma`` of ``lymphoblastic lymphoma patients``."""
    focus = fold(focus)
    words = tokens(focus)
    for i, word in enumerate(words):
        if word.key in PEOPLE and not _HYPHENED.search(focus[: word.start]):
            first = _first(focus, words, i)
            if first < i:
                yield replace(_part(focus, words[first:i]), of_people=True)
            if behind := _BEHIND.match(focus[word.end :]):
                for part in _after(focus, words, word.end + behind.end()):
                    yield replace(part, of_people=True)
    for match in _HAD_BEFORE.finditer(focus):
        for part in _after(focus, words, match.end()):
            how = [w for w in words if match.start("how") <= w.start < match.end("how")]
            switched = any(w.text.lower().startswith(("switch", "mov")) for w in how)
            named = how if switched or _ANY_DRUG.fullmatch(part.text) else []  # "exposed to both classes"
            text = focus[match.start() : part.words[-1].end]
            yield Part(text, (*named, *part.words), of_people=True, had_before=True)
    for i, word in enumerate(words):
        if word.text.lower() == "exposed" and not _TO.match(focus, word.end):  # "A + B exposed"
            first = _first(focus, words, i)
            if first < i and words[i - 1].key not in PEOPLE:
                yield replace(_part(focus, words[first : i + 1]), of_people=True, had_before=True)
    for match in _IN.finditer(focus):
        told = _STATE if match["how"].lower() == "of" else _CODE
        for part in _after(focus, words, match.end()):
            doing = part.words[0].text.lower().endswith("ing")
            if (
                not doing
                and not _NO_PEOPLE.search(part.text)
                and any(told.search(w.text) for w in part.words)
            ):
                yield part
    for word in words:
        if _VARIANT.fullmatch(word.text):
            yield Part(word.text, (word,), is_variant=True)
    for match in _ARM.finditer(focus):
        if match["what"].lower() not in _NO_ARM:
            found = [w for w in words if match.start("what") <= w.start < match.end("what")]
            yield replace(_part(focus, found), is_arm=True)
    for match in _DIVIDED.finditer(focus):
        yield _part(focus, [w for w in words if match.start("what") <= w.start < match.end("what")])


def _first(focus: str, words: Sequence[Token], at: int) -> int:
    """The place of the first word of the name that ends before the noun ``at``."""
    first = at
    while first and at - first < _MOST and not _ends(focus, words[first - 1]):
        if _parted(focus[words[first - 1].end : words[first].start]):
            break
        first -= 1
    return first


def _ends(focus: str, word: Token) -> bool:
    """Whether a word ends the name of a group; one that a disease is called by (``Down syndrome``) does not."""
    return word.text.lower() in _STOP and not (word.text.istitle() and _SYNDROME.match(focus, word.end))


def _after(focus: str, words: Sequence[Token], start: int) -> Iterator[Part]:
    """The name that begins at ``start``."""
    found: list[Token] = []
    for word in (w for w in words if w.start >= start):
        if not found and word.text.lower() in {"a", "an", "the", "prior", "previous"}:
            continue
        ends = _ends(focus, word) or len(found) == _MOST
        if ends or (found and _parted(focus[found[-1].end : word.start])):
            break
        if found and word.key in PEOPLE:
            break
        found.append(word)
    if found:
        yield _part(focus, found)


def _parted(gap: str) -> bool:
    return bool(re.search(r"[,;:.?!()]", gap))


def _part(focus: str, words: Sequence[Token]) -> Part:
    return Part(focus[words[0].start : words[-1].end], tuple(words))


def tells(word: Token) -> bool:
    """Whether a word of a name may tell patients apart: no number, letter or nationality."""
    return (
        len(word.text) > 1
        and word.text.lower() not in NUMBER_WORDS
        and bool(_LETTER.search(word.text))
        and not _NATIONALITY.fullmatch(word.text)
    )


def calls_patients(focus: str, keys: frozenset[str]) -> bool:
    """Whether words stand before a noun for patients, whom they tell: ``CR of the complex karyotype patients``."""
    named = (part for part in parts_named(focus) if part.of_people)
    return bool(keys) and any(keys <= {w.key for w in part.words} for part in named)
