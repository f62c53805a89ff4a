"""Characters, tokens, sentences' words and numbers: what every reader starts from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant import lazy_re as re

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n\v\f"
)
_FOLD = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
    | {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00b7": ".",
        "\u2219": ".",
        "\uff05": "%",
    }
    | {"\u2a7d": "\u2264", "\u2a7e": "\u2265", "\uff1c": "<", "\uff1e": ">", "\uff1d": "="}
    | {chr(0xFF10 + d): str(d) for d in range(10)}
    | {
        "\uff08": "(",
        "\uff09": ")",
        "\uff0c": ",",
        "\uff1b": ";",
        "\uff1a": ":",
        "\uff1f": "?",
        "\u3002": ".",
        "\u00ef": "i",  # "naïve" is spelt both ways
    }
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2028\u2029\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉", "0123456789-+0123456789")


def strip_invisible(text: str) -> str:
    """``text`` without control, zero-width, tag and bidirectional characters; tab and newline stay."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """``text`` with dashes, quotes, spaces and full-width signs in one form, character for character.

    Offsets into the result are offsets into ``text``. Letter case and letters stay as they are,
    but for the one of ``naïve`` that is spelt in two ways.
    """
    if text.isascii() and text.isprintable():  # most text: of ASCII only tabs and line ends are folded
        return text
    return text.translate(_FOLD)


def plain(text: str) -> str:
    """``text`` folded, composed (NFC), superscripts lowered and white space collapsed; for comparing."""
    text = unicodedata.normalize("NFC", fold(strip_invisible(text))).translate(_SUPERSCRIPT)
    return re.sub(r" +", " ", text).strip()


def ascii_key(word: str) -> str:
    """``word`` lower-cased without accents; ä ö ü ß as ae oe ue ss (``Größer`` -> ``groesser``)."""
    word = word.lower()
    if word.isascii():
        return word
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ø", "o"), ("ł", "l")):
        word = word.replace(letter, pair)
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS: dict[str, int] = {w: i for i, w in enumerate(_ONES)}
"""English number words up to ninety-nine, tens and ones joined by a hyphen, with their values."""
NUMBER_WORDS |= {w: 20 + 10 * i for i, w in enumerate(_TENS)}
NUMBER_WORDS |= {
    f"{t}-{o}": 20 + 10 * i + j for i, t in enumerate(_TENS) for j, o in enumerate(_ONES) if 0 < j < 10
}
ORDINALS: dict[str, int] = {
    w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
}
"""``first`` to ``tenth`` with their values."""
ROMAN: dict[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
"""Small Roman numerals with their values."""

_UNITS = "|".join(_ONES[1:10])
ONE_NUMBER_WORD = rf"(?:{'|'.join(_TENS)})(?:-(?:{_UNITS}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
"""Alternatives of a regular expression: the words of ``NUMBER_WORDS``, longer ones first."""
_WORD_NUMBER = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_UNITS}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
WORD_NUMBER = (
    rf"(?:(?:{_WORD_NUMBER})(?:[- ]hundred(?:[- ](?:and[- ])?(?:{_WORD_NUMBER}))?)?"
    rf"|a[- ]hundred(?:[- ](?:and[- ])?(?:{_WORD_NUMBER}))?)"
)
"""A regular expression for English number words up to nine hundred and ninety-nine."""


def word_number(text: str) -> int | None:
    """The value of English number words (``Forty-four`` -> 44, ``two hundred and six`` -> 206), or None."""
    words = text.lower().replace(" ", "-").split("-")
    total = current = 0
    for word in words:
        if word == "and" or (word == "a" and "hundred" in words):
            continue
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in NUMBER_WORDS:
            current += NUMBER_WORDS[word]
        else:
            return None
    return total + current if words else None


_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?(?![A-Za-z0-9]))"
    r"|(?P<word>[^\W_](?:[^\W_]|'(?=[a-z]))*)"
    r"|(?P<sign>[%/<>\u2264\u2265=+&±#])"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign with its span; ``key`` is what compares (case-folded, singular)."""

    text: str
    key: str
    start: int
    end: int
    spelt: str
    """The key in American spelling, by which phrases are found."""


def stem(word: str) -> str:
    """The singular of an English word by its ending: ``therapies`` -> ``therapy``, ``cells`` -> ``cell``."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=32768)
def key_of(word: str) -> str:
    """The form in which words compare: accent-free lower case, possessive and plural removed."""
    word = ascii_key(word)
    if word.endswith("'s"):
        word = word[:-2]
    return stem(word.replace("'", ""))


_BRITISH = (
    ("aem", "em"), ("oed", "ed"), ("rrhoea", "rrhea"), ("paed", "ped"), ("oesoph", "esoph"), ("tumour", "tumor"),
    ("randomis", "randomiz"), ("centre", "center"), ("haem", "hem"), ("foet", "fet"), ("caec", "cec"),
)  # fmt: skip
_SHORT_WORD = 4


@lru_cache(maxsize=32768)
def american(key: str) -> str:
    """A word's key in American spelling, so that ``leukaemic`` and ``leukemic`` are one word."""
    for british, spelling in _BRITISH if len(key) > _SHORT_WORD else ():
        key = key.replace(british, spelling)
    return key


def without_unit(name: str, unit: str) -> str:
    """The head of a row without the unit that its figures have: ``Time to peak, days``."""
    return name[: -len(unit)].rstrip(" ,") if unit and name.endswith(f", {unit}") else name


def tokens(text: str) -> list[Token]:
    """The words, numbers and signs of ``text`` in order; hyphens and other marks separate.

    A run of Chinese or Japanese characters gives one token a character.
    """
    return list(_tokens(text))


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    found = []
    mixed = not text.isascii()
    for match in _TOKEN.finditer(fold(text)):
        piece = match.group()
        if mixed and _CJK.search(piece):
            for part in re.finditer(rf"{_CJK.pattern}|(?:(?!{_CJK.pattern})\S)+", piece):
                start, word = match.start() + part.start(), part.group()
                key = word if _CJK.search(word) else key_of(word)
                found.append(Token(word, key, start, start + len(word), american(key)))
        else:
            key = key_of(piece)
            found.append(Token(piece, key, match.start(), match.end(), american(key)))
    return tuple(found)


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The token keys of ``phrase``; two phrases match where these are equal."""
    return tuple(t.key for t in tokens(phrase))


_NEGATING = ("un", "in", "im", "ir", "il", "non", "dis")
_LEAST_NEGATED = 5
"""Letters from which on a word is looked up with a negating prefix; shorter ones meet others by chance."""


def negations(key: str) -> tuple[str, ...]:
    """The keys that deny a word: ``unsatisfactory`` and its like for ``satisfactory``; none for a short word."""
    return tuple(prefix + key for prefix in _NEGATING) if len(key) >= _LEAST_NEGATED else ()


def is_negated_word(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether one of two sets of keys has a word, and the other only what denies it."""
    return any(
        k not in b and any(n in b and n not in a for n in negations(k))
        for a, b in ((asked, said), (said, asked))
        for k in a
    )
