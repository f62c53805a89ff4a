"""Sentences that give a computed figure: the computation done again, its sources named rightly."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.model import Derivation
from assistant.text.text import fold
from assistant.verify.figures import figures_of, plain_number, recompute, signed_in, spare, without_units
from assistant.verify.reading import SentenceReader

ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b|\bcycle \d+\b", re.IGNORECASE
)
TIME = re.compile(r"\b\d+(?:\.\d+)?-(?:hour|day|week|month|year)\b")
GRADE = re.compile(r"\bgrade \d(?:-\d)?\b", re.IGNORECASE)
_BOUND = re.compile(r"(?:[<>\u2264\u2265]|at least|more than|less than|below|above)\s*\d")
_A_DOSE = re.compile(r"\d[\d.]*\s?[a-zA-Z\u00d7]")
_LESS = re.compile(r"computed as \d+(?: \((?P<stage>[^()]+)\))? less the \d+ treated\.\s*$")
_ALL_BUT = re.compile(r"computed as \d+ less the \d+ \((?P<those>[^()]+)\)\.\s*$")
_FROM = re.compile(
    r"computed (?:from (?:the )?(?P<rate>.+?) of [\d.]+ ?(?:%|per cent)(?P<whose>.*?) and \d+ patients\."
    r"|from \d+ of \d+ patients \((?P<share>.+)\)\.|as \d+ less the \d+ (?:with (?P<rest>.+)|alive \((?P<alive>.+)\))\."
    r"|from (?P<parts>\d+ of grade .+) \((?P<graded>.+)\)(?: of \d+ patients)?\."
    r"|from (?P<arms>\d+ (?:in|for) .+) \((?P<summed>.+)\)\.)\s*$"
)
"""What a count, share, remainder or sum of grades says it was computed from."""

_TOGETHER = re.compile(
    r"^\s*Together they had \d+ patients \((?:(?P<sort>[^()]+); )?computed: [\d +]+\)\.\s*$"
)
"""A sum over studies, and of which of their patients."""


def derived(text: str, derivation: Derivation, reader: SentenceReader) -> str:
    """What is wrong with a sentence that gives a computed figure, or "".

    Args:
        text: the sentence without the studies it names.
        derivation: how the figure was computed.
        reader: reads the measures named back.
    """
    operands = derivation.operands
    result = recompute(derivation)
    if result is None or result != derivation.result.rstrip("%"):
        return "is computed wrongly"
    if not _says_source(text, derivation, reader):
        return "names another measure than it was computed from"
    bounded = {fold(reader.review.reader.vocabulary.term(f.attribute).name) for f in operands}
    for label in {fold(f.group_label) for f in operands if _A_DOSE.match(f.group_label)}:
        text = re.sub(rf"(?<![\w.]){re.escape(label)}(?!\w)", " ", text)  # an arm that goes by its dose
    for name in (n for n in bounded if _BOUND.search(n)):
        text = text.replace(name, " ", 1)  # the bound is part of the measure's name, which was checked
    text = without_units(ORDINAL.sub(" ", GRADE.sub(" ", TIME.sub(" ", text))), operands)
    said = signed_in(text)
    share = derivation.operation == "percentage"
    if not said[plain_number(result), share]:
        return "does not state the result it was computed to"
    said[plain_number(result), share] -= 1
    points = operands[0].unit == "%" or bool(operands[0].percent)
    if derivation.operation == "difference" and points != ("percentage point" in text):
        return "gives the difference another unit"
    extra = spare(+said, operands)
    if extra or any(not (figures_of(f) & said) for f in operands):
        return f"states {', '.join(extra) or 'not what it was computed from'} beside its computation"
    return ""


def _says_source(text: str, derivation: Derivation, reader: SentenceReader) -> bool:
    """Whether the measure, or the arm, that a result was computed from is named rightly."""
    first = derivation.operands[0]
    if derivation.operation == "difference" and (less := _LESS.search(text)):
        return (less["stage"] or "") == fold(first.group_label)
    if derivation.operation == "difference" and (rest := _ALL_BUT.search(text)):
        return reader.is_group(rest["those"], derivation.operands[-1])
    if derivation.operation in {"difference", "ratio"}:
        return True
    if first.attribute == "n_patients" and derivation.operation == "sum":
        together = _TOGETHER.search(text)  # else the parts of one study, each named with its number
        of_one_sort = len({f.group for f in derivation.operands}) == 1
        return together is None or ((together["sort"] or "") == fold(first.group_label) and of_one_sort)
    source = _FROM.search(text)
    if not source:
        return False
    if source["graded"]:
        graded = [f for f in derivation.operands if f.grade]
        said = " and ".join(f"{f.n} of grade {f.grade}" for f in graded)
        return source["parts"] == said and all(
            reader.is_of(f"{source['graded']} of grade {f.grade}", f) for f in graded
        )
    if source["arms"]:
        parts = re.split(r" and (?=\d)", source["arms"])
        return len(parts) == len(derivation.operands) and all(
            reader.is_part(part, source["summed"], f)
            for part, f in zip(parts, derivation.operands, strict=True)
        )
    named = source["rate"] or source["share"] or source["rest"] or source["alive"]
    return (
        named == fold(first.group_label)
        if first.attribute == "n_patients"
        else reader.is_of(named, first, source["whose"] or "")
    )
