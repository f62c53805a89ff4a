"""Where a sentence of scientific prose ends."""

from __future__ import annotations

from assistant import lazy_re as re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence.
_INSIDE = _words("vs e.g i.e cf viz dr prof mr mrs ms mt approx ca incl excl resp z.b d.h bzw vgl i.c")
# The end of a sentence unless a number follows: "No. 5", "Fig. 2", "in Sept. 2021".
_BEFORE_NUMBER = _words(
    "no nos nr fig figs tab tabs eq eqs ref refs vol ch chap sec sect suppl pp p s jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
# The end of a sentence only where a word follows that begins one.
_SELDOM = _words(
    "al etc inc ltd co corp llc jr sr st yr yrs wk wks mo mos hr hrs min mins sec max med dept univ ed "
    "eds abstr sp spp subsp var conc wt temp std dev diff avg est ph.d m.d u.s u.k"
)
_OPENERS = _words(
    "a an the this these those that it its they their there here he she we our in on at of for from to "
    "with without by after before during among amongst as while whereas when where although though "
    "because since if both all no none not most many some several few each every one two three four "
    "five six seven eight nine ten overall however moreover furthermore conversely median mean patients "
    "participants adults children treatment responses results data survival only grade complete next "
    "thus hence similarly finally currently recently such similar compared based given using under over "
    "until despite what which who how"
)
_CLASSIFIERS = _words(
    "grade grades phase phases type types stage stages class arm arms group groups cohort cohorts part "
    "parts panel level levels category vitamin hepatitis factor table figure figures appendix protein "
    "chain domain dose receptor section car variant subtype influenza regimen regimens patient patients"
)
_STOP = re.compile("[.!?\u2026]+[\"'\u201d\u2019)\\]]*|[\u3002\uff01\uff1f]+[\u300d\u300f\uff09\u201d]*")
_CITED = re.compile(r"\s*\[\d+(?:\s*[,;\u2010-\u2015-]\s*\d+)*\]")
_MEASURED = re.compile(r"\d\s?ms$")
"""A number of milliseconds, and no ``Ms.``."""
_BEFORE_WORD = re.compile(r"[\s(\[\"'\u201c\u2018\u2014]")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def split_sentences(text: str, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """The spans of the sentences of one paragraph, in order, without the space between them.

    A stop inside a bracket that closes does not end a sentence. A study mark or a reference after the
    stop belongs to the sentence before it: ``… in 2019. (Poster 7) [5] Next …``.

    Args:
        text: A paragraph on one line.
        marks: Matches a study mark with its references.
    """
    spans = []
    start = _skip_space(text, 0)
    inside = _bracketed(text)
    at = start
    while stop := _STOP.search(text, at):
        at = stop.end()
        if stop.start() in inside and at - 1 in inside:
            continue
        trailing = _trailing(text, at, marks)
        if not _ends(text, start, stop, trailing):
            continue
        spans.append((start, trailing))
        start = _skip_space(text, trailing)
        at = max(at, start)
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _bracketed(text: str) -> set[int]:
    """The offsets of all full stops that stand between brackets which close within 400 characters."""
    found: set[int] = set()
    opened: list[tuple[str, int]] = []
    partner = {")": "(", "]": "["}
    for i, c in enumerate(text):
        if c in "([":
            opened.append((c, i))
        elif c in partner and opened and opened[-1][0] == partner[c]:
            begin = opened.pop()[1]
            if i - begin <= 400:
                found.update(j for j in range(begin, i) if text[j] in ".!?\u2026")
    return found


def _trailing(text: str, at: int, marks: re.Pattern[str]) -> int:
    """The offset behind marks and references that follow the stop."""
    while True:
        found = marks.match(text, _skip_space(text, at)) or _CITED.match(text, at)
        if not found:
            return at
        at = found.end()


def _ends(text: str, start: int, stop: re.Match[str], trailing: int) -> bool:
    """Whether the sentence from ``start`` ends at ``stop``; what trails it ends at ``trailing``."""
    if stop.group()[0] in "\u3002\uff01\uff1f":
        return True
    begin = _skip_space(text, trailing)
    after = text[begin : begin + 60]
    if not after:
        return True
    if begin == stop.end():
        return False  # 0.05, example.org
    if not _may_begin(after):
        return False
    if stop.group()[0] != "." or stop.group()[1:2] == ".":
        return True
    return _word_ends(text[start : stop.start()], after, cited=trailing > stop.end())


def _may_begin(after: str) -> bool:
    first = after.lstrip("\"'\u201c\u2018([\u00ab")[:1]
    if not first or first.isupper() or first.isdigit() or not first.isascii():
        return True
    if first in "<>=~+-*#":
        return True
    word = _WORD.match(after)
    # p53, mTOR and c-Myc begin sentences without a capital.
    return bool(word and any(c.isdigit() or c.isupper() for c in word.group()))


def _word_ends(before: str, after: str, cited: bool) -> bool:
    """Whether a full stop behind ``before`` ends a sentence and is not part of an abbreviation."""
    last = _BEFORE_WORD.split(before[-60:])[-1].lower()
    opener = _WORD.match(after.lstrip("\"'\u201c\u2018(["))
    opens = bool(opener and opener.group().lower() in _OPENERS and opener.group()[0].isupper())
    if last in _INSIDE and not _MEASURED.search(before):
        return False
    if last in _BEFORE_NUMBER:
        return not after.lstrip("(#")[:1].isdigit()
    if last in _SELDOM or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return opens
    if before.strip().isdigit():
        return False  # "2. Second point"
    if len(last) == 1 and last.isalpha():
        return cited or _letter_ends(before, opens)
    return True


def _letter_ends(before: str, opens: bool) -> bool:
    """Whether a single letter before a stop is a label (``grade I.``) and not an initial (``J. Smith``)."""
    words = before.split()
    if before[-1:].islower():
        return opens
    if opens or len(words) < 2:
        return opens
    word = words[-2].strip("(,;").lower()
    return word in _CLASSIFIERS or (before[-1] in "IVX" and word in {"or", "and", "to"})
