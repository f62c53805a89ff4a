"""Labels of rows as a text layer runs them together: sections told from rows, words put apart again."""

from __future__ import annotations

import re

from assistant.adding.lines import _english
from assistant.adding.markup import RAISED
from assistant.adding.run_cells import EMPTY

_GROUP_END = r"(?:\(%\)|, ?n(?:o\.?)?(?: ?\(%\))?|; ?# of patients|, ?# of patients)"
_SECTION = re.compile(rf"(?P<above>[^\W\d].{{2,80}}?{_GROUP_END})\s+(?P<below>[^\s(].*)", re.DOTALL)
_SMALL = ("of", "and", "the", "in", "to", "with", "for", "from", "or", "by", "at", "on", "than")


def sectioned(raw: str, *, glued: bool) -> tuple[list[str], str, int]:
    """The heads of sections before a row, its label, and how far it is indented."""
    indented = bool(re.match(r" ", raw)) if glued else bool(re.match(r"\s{2,}", raw))
    parts = [p for p in re.split(r"\n(?= )|\n(?=[A-Z])", raw.strip("\n")) if p.strip()]
    if len(parts) > 1 and raw.count("\n"):
        indented = parts[-1].startswith(" ")
        above, last = [cleaned(p) for p in parts[:-1]], parts[-1]
    else:
        above, last = [], raw
    match = _SECTION.fullmatch(last.strip())
    if match and not re.fullmatch(r"\(?[nN%].{0,12}", match["below"]):
        return [*above, cleaned(match["above"])], cleaned(match["below"]), 1
    return above, cleaned(last), 1 if indented or above else 0


def cleaned(text: str) -> str:
    """``text`` on one line, powers raised, marks of empty cells gone."""
    text = re.sub(r"\s+", " ", text.replace(EMPTY, " ")).strip()
    text = re.sub(r"(?<=10)\s?(\d{1,2})(?=\s?/)", lambda m: m[1].translate(RAISED), text)
    text = re.sub(r"\s+([,;:.])(?=\s|$)", r"\1", text)
    text = re.sub(r"\(\s+|\s+\)", lambda m: m[0].strip(), text)
    return re.sub(r"[a-z]{9,}", _apart, text)


def _apart(match: re.Match[str]) -> str:
    """A small word and the next, where the end of a line was lost between them."""
    word, english = match[0], _english()
    if word in english:
        return word
    for small in _SMALL:
        if word.startswith(small) and len(word) - len(small) > 5 and word[len(small) :] in english:
            return f"{small} {word[len(small) :]}"
    return word
