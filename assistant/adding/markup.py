"""Running text out of a tree of elements (JATS or HTML): raised figures, citations, spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

RAISED = str.maketrans("0123456789+-\u2212\u2013", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_UNIT = re.compile(r"(?:10|\bm|\bc?mm?|\bL|\bkg|\bmL|[µμ]L|\bsec|\bmin|\bday)\s*$")
_NOTE_SIGN = re.compile(r"[a-zA-Z]{1,2}(?:,[a-zA-Z])*|[*†‡§¶#‖|]+|\d")
_OPEN, _SHUT = "\x01", "\x02"
LINE = "\x0b"
"""Ends a line within a cell; ``settled`` makes it a space."""
LEFT_OUT = frozenset({"script", "style", "noscript", "nav", "svg", "button", "form", "iframe", "template"})

Citing = Callable[[Element], str | None]
"""Numbers such as ``4,5`` that an element cites; None where it cites nothing."""


def local(element: Element) -> str:
    """The element's name without its namespace, in lower case; "" for a comment."""
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def running(
    element: Element, citing: Citing, skip: frozenset[str] = frozenset(), *, cell: bool = False
) -> str:
    """The text of ``element``, spaces not yet evened, citations between two marks.

    Args:
        element: Any element.
        citing: Tells what an element cites.
        skip: Names of elements that are left out, their tails excepted.
        cell: Whether it is a cell of a table, where a raised letter is the sign of a note.
    """
    out = [element.text or ""]
    for child in element:
        name = local(child)
        if name and name not in skip and name not in LEFT_OUT:
            out.append(_child(child, name, "".join(out[-3:]), citing, skip, cell))
        out.append(child.tail or "")
    return "".join(out)


def _child(child: Element, name: str, before: str, citing: Citing, skip: frozenset[str], cell: bool) -> str:
    cited = citing(child)
    if cited is not None:
        return f"{_OPEN}{cited}{_SHUT}" if cited else ""
    if name in ("br", "break"):
        return LINE if cell else " "
    inner = running(child, citing, skip, cell=cell)
    if name in ("italic", "i", "em") and inner.strip(" .") == "vs" and before[-1:].isalnum():
        return f" {inner}"
    if name == "sup":
        return _raised(inner, before, cell)
    if name in ("p", "div", "li", "title", "label", "list-item", "tr", "td"):
        return f"{LINE}{inner}{LINE}" if cell else f" {inner} "
    return inner


def _raised(inner: str, before: str, cell: bool) -> str:
    if _OPEN in inner:
        return inner
    plain = inner.strip()
    if re.fullmatch(r"[\d+\u2212\u2013-]+", plain) and (_UNIT.search(before) or plain in "+-\u2212"):
        return plain.translate(RAISED)
    if cell and _NOTE_SIGN.fullmatch(plain):
        return ""
    if re.fullmatch(r"\d{1,3}(?:\s*[,\u2013-]\s*\d{1,3})*", plain) and re.search(
        r"[^\W\d][\w)]*[.,;:)]?$|[.,;)]$", before
    ):
        return f"{_OPEN}{plain}{_SHUT}"
    return inner


def settled(text: str, known: Mapping[int, object] | None = None) -> str:
    """``text`` on one line, neighbouring citations joined: ``[4, 5, 6]``.

    Args:
        text: What ``running`` gave.
        known: The numbers of the reference list; a citation of another one is no citation. None for any.
    """
    text = re.sub(r"(?<=\d)\u00b7(?=\d)", ".", text)
    text = re.sub(rf"[\[(]\s*(?={_OPEN})(?=[^\[\]()]*{_SHUT}\s*[\])])", "", text)
    text = re.sub(rf"(?<={_SHUT})\s*[\])](?!\w)", "", text) if _OPEN in text else text
    between = re.compile(rf"{_SHUT}\s*([,;\u2013\u2012-]?)\s*{_OPEN}")
    text = between.sub(lambda m: "-" if m[1] in ("\u2013", "\u2012", "-") else ",", text)

    def written(match: re.Match[str]) -> str:
        numbers = listed(match[1])
        if known is not None:
            numbers = [n for n in numbers if n in known]
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    text = re.sub(rf"\s*{_OPEN}([^{_SHUT}]*){_SHUT}", written, text)
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s+(?=[,;.](?:\s|$))", "", re.sub(r"\(\s+|\s+\)", lambda m: m[0].strip(), text))


def listed(text: str) -> list[int]:
    """``4,6-8`` as 4, 6, 7, 8."""
    found: list[int] = []
    for piece in re.split(r"[,;]", text):
        ends = [int(n) for n in re.findall(r"\d{1,4}", piece)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 60:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return list(dict.fromkeys(found))
