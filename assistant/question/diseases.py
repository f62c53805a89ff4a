"""Diseases by their names of the field, which a review may not treat: ``hairy cell leukaemia``."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from assistant import lazy_re as re
from assistant.text.text import key_of

_LEUKAEMIA = r"leuk[a]?emias?"
_NAMED = re.compile(
    r"\b(?:(?P<a>hairy)[- ]cell (?:" + _LEUKAEMIA + r")"
    r"|(?P<b>mantle|sickle|giant)[- ]cell (?:lymphomas?|disease|an[a]?emia|tumou?rs?|arteritis)"
    r"|(?P<c>marginal)[- ]zone lymphomas?|(?P<d>burkitt|hodgkin|follicular|splenic)(?:['\u2019]?s)? (?:lymphomas?|disease)"
    r"|(?P<e>promyelocytic|prolymphocytic|myelomonocytic) " + _LEUKAEMIA + r""
    r"|multiple (?P<f>myeloma)|(?P<g>aplastic) an[a]?emia|(?P<h>polycyth[a]?emia) vera"
    r"|essential (?P<i>thrombocyth[a]?emia)|(?P<j>thalass[a]?emia)s?|(?P<k>mycosis) fungoides"
    r"|(?P<l>castleman)(?:['\u2019]?s)? disease|systemic (?P<m>mastocytosis))\b",
    re.IGNORECASE,
)


def not_treated(text: str, used: AbstractSet[str]) -> tuple[str, ...]:
    """The diseases that ``text`` names by a word that is none of ``used``, the keys of a review's own words."""
    return tuple(
        named[0]
        for named in _NAMED.finditer(text)
        if key_of(next(word for word in named.groups() if word)) not in used
    )
