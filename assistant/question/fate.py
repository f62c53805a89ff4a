"""Patients told by what became of them: ``those who had not progressed early``, ``patients without GVHD``, ``who relapsed``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.text import Token, fold, tokens

_WHO = (
    r"(?:patients|those|people|participants|children|adults|cases|subjects|individuals|recipients|ones|women|men|responders|survivors"
    r"|anyone|everyone|persons)"
)
_END = (
    r"in|at|for|from|of|on|by|after|during|within|and|or|vs|versus|was|were|is|are|did|do|lived|survived|died|what|how|under|over"
    r"|compared|than|given|with"
)
_WHAT = rf"(?P<what>[^\W\d_][\w/-]*(?:\s+(?!(?:{_END})\b)[^\W\d_][\w/-]*){{0,3}})"
_FILLER = r"(?:(?:in|on|at|to|the|an?|any|been|be|had|have|a|yet|ever|even|become|got|get|such|reach|achieve|develop|undergo|go)\s+)*"
_CLAUSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WHO}\s+(?:who|that)\s+(?:(?:had|have|has|were|was|are|did|do|does|could|would)\s*)?(?:not|n't|never)\s+{_FILLER}{_WHAT}",
        rf"\b{_WHO}\s+(?:(?:who|that)\s+)?(?:fail(?:ed|ing)?|unable)\s+(?:to\s+)?{_FILLER}{_WHAT}",
        rf"\b{_WHO}\s+(?:not|never)\s+{_FILLER}{_WHAT}",
        rf"\b{_WHO}\s+(?:without|lacking|free of|free from|with no|having no|(?:who|that)\s+(?:had|have|got|showed|developed"
        rf"|experienced|lacked|received)(?:\s+no)?(?<=no|ed))\s+{_FILLER}{_WHAT}",
        rf"\b{_WHO}\s+(?:(?:who|that)\s+)?(?:were|was|are|remained|stayed|being)\s+(?:still\s+)?(?P<what>[a-z]{{4,}}-free(?:\s+early)?)\b",
        rf"(?<=many\b)[^?.;]*?\b(?:were|was|are|remained|stayed)\s+(?:free of|free from|without)\s+{_FILLER}{_WHAT}",
    )
)
_HAD = re.compile(
    rf"\b{_WHO}\s+(?:who|that)\s+(?:(?:had|have|has|then|later|first|also)\s+)*"
    r"(?:(?:had|have|developed|experienced|achieved|reached|attained|got|suffered|entered|obtained|showed|carried|harbou?red)\s+(?:an?\s+|the\s+|any\s+)?"
    rf"{_WHAT}|(?P<verb>relapsed|progressed|responded|died|survived|recurred))\b",
    re.IGNORECASE,
)
"""Tells patients by what they had."""
_SHARE = re.compile(
    r"\b(?:share|fraction|proportion|percent(?:age)?|%|number|rate|how many|probability|likelihood|chance|count)\s*(?:of\s+)?"
    r"(?:the\s+|all\s+|those\s+)?$",
    re.IGNORECASE,
)
"""Stands before patients who are themselves what is counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A clause by which patients are told by what they had, or had not."""

    text: str
    """The noun for them and the clause."""
    words: tuple[Token, ...]
    """The words of what that was."""
    counted: bool
    """Whether the share of these patients is asked for."""
    lacking: bool = True
    """Whether they had it not."""
    happened: bool = False
    """Whether a verb tells it: ``who relapsed``."""


def clauses(focus: str) -> Iterator[Told]:
    """The clauses of a question that tell patients by what they had not, then those by what they had."""
    text = fold(focus)
    met: list[range] = []
    for pattern in (*_CLAUSES, _HAD):
        for match in pattern.finditer(text):
            if any(match.start() in r for r in met):
                continue
            met.append(range(match.start(), match.end()))
            said = match["what"] or match["verb"]
            counted = bool(_SHARE.search(text[: match.start()])) or match[0].startswith(" ")
            yield Told(
                match[0].strip(),
                tuple(tokens(said)),
                counted,
                pattern is not _HAD,
                bool(match.groupdict().get("verb")),
            )
