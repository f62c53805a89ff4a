"""What patients were not given, or were given and nothing else, in the plain words for it: ``X-free`` is ``without X``."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re
from assistant.question.wording import DRUG_STEM

_DRUG = r"(?P<drug>[^\W\d_][\w-]*)"
_ARM = r"(?:arms?|groups?|cohorts?|patients|people|recipients|regimens?|side|half|controls|participants|children|adults)"
_FREE = re.compile(rf"\b(?P<drug>[^\W\d_][\w-]*?)[ -]free\s+(?P<noun>{_ARM})\b", re.IGNORECASE)
_NOT_ON = re.compile(
    r"(?:\b(?:who|that|which)\s+)?(?:\b(?:were|was|are|is|had|have|did)\s*)?(?:\bnot|n't|\bnever)\s+"
    r"(?:been\s+)?(?:on|taking|receiving|receive|getting|get|given|treated with|put on)\s+(?:any\s+|the\s+|an?\s+)?"
    rf"{_DRUG}(?![-\w])",
    re.IGNORECASE,
)
_OFF = re.compile(
    rf"\b(?:off|lacking|deprived of|spared|devoid of)\s+(?:any\s+|the\s+)?{_DRUG}(?![-\w])", re.IGNORECASE
)
_TRANSPLANT = r"(?:(?:auto|allo)(?:geneic|logous)?[- ]?)?(?:transplant(?:ation)?|(?:H?S|H)CT|graft|consolidation|maintenance)"
_SPARED = re.compile(
    r"\b(?P<who>patients|people|pts|adults|children|participants|individuals|those|ones|who|that)\s+(?:(?:were|was|had|have)\s+)?"
    r"(?:spared|skip(?:ped|ping)|bypass(?:ed|ing)|forgo(?:ne|ing)?|forwent|went without|going without|never came to|avoid(?:ed|ing))"
    rf"\s+(?P<what>(?:an?|the|any|their)\s+{_TRANSPLANT})(?![-\w])",
    re.IGNORECASE,
)
"""``those who skipped the transplant``."""
_BARE = re.compile(r"^(?:the|any|their)\b", re.IGNORECASE)
_THE_REST = re.compile(
    r"\b(?P<fate>(?:transplanted|grafted|bridged|consolidated|randomi[sz]ed|pretreated|treated|mutated|exposed|maintained)"
    r"(?: (?:to|with|by|for) (?:an? |the )?[\w-]+)?)(?P<or>,? (?:vs\.?|versus|or|against|compared (?:with|to))) "
    r"(?:(?:those|the ones|patients|people|pts) (?:who |that )?(?:(?:were|had|did)n['\u2019]?t|(?:were|had|did) not)|not)(?=\W*$)",
    re.IGNORECASE,
)
"""``transplanted versus those who were not``: both sides in one word."""
_WHEN = (
    r"(?!\s+(?:at|after|from|if|when|once|until|during|twice|before|about|as)\b"
    r"|\s+(?:in|for|on)\s+(?:the\s+)?(?:first|second|third|last|cycles?|weeks?|months?|years?|days?|one|two|some|those|men|women|\d))"
)
"""Behind ``only`` it says when, or to whom."""
_ONLY_BEHIND = re.compile(
    rf"\b(?P<lead>on|got|received|given|had|with|receiving|taking|having|took)\s+{_DRUG}"
    rf"(?P<noun>\s+(?:therapy|treatment))?\s+only\b{_WHEN}",
    re.IGNORECASE,
)
_ONLY_BEFORE = re.compile(
    r"\b(?P<lead>on|got|received|given|had|with|receiving|taking|having|took)\s+"
    rf"(?:only|just|merely|solely|nothing (?:but|except|other than))\s+{_DRUG}(?!\s*(?:,|\+|and\b|plus\b|with\b|or\b))(?![-\w])",
    re.IGNORECASE,
)
_ONLY_VERB = re.compile(
    r"\b(?P<who>who|that|which|patients|those)\s+(?:only|just|merely|solely)\s+(?P<lead>got|received|had|took|were given)\s+"
    rf"{_DRUG}(?!\s*(?:,|\+|and\b|plus\b|with\b|or\b))(?![-\w]){_WHEN}",
    re.IGNORECASE,
)
_ONLY_ARM = re.compile(rf"\b(?P<drug>[^\W\d_][\w-]*?)[ -]only\s+(?P<noun>{_ARM})\b", re.IGNORECASE)
_ALONE_OR_WITH = re.compile(
    rf"\b{_DRUG}\s+(?:alone|by\s+itself|on\s+its\s+own),?\s+(?:or|vs\.?|versus)\s+(?:(?P=drug)\s+)?(?:with|plus|combined\s+with|in\s+combination\s+with|\+)\s+"
    r"(?=[^\W\d_]{3})",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_PARTS = frozenset("combination monotherapy placebo chemotherapy chemo steroids".split())
"""What arms are called by, and treatments that any study may give."""


def plainly(text: str, is_given: Callable[[str], bool]) -> str:
    """``text`` with ``the X-free arm`` and ``not on X`` as ``without X``, ``X only`` as ``X alone``.

    Args:
        text: a question.
        is_given: whether a study of the review gave what a word names.
    """

    def named(match: re.Match[str]) -> bool:
        word = match["drug"]
        return word.lower() in _PARTS or bool(DRUG_STEM.fullmatch(word)) or is_given(word)

    def written(pattern: re.Pattern[str], form: Callable[[re.Match[str]], str], said: str) -> str:
        return pattern.sub(lambda m: form(m) if named(m) else m[0], said)

    if _WHICH.search(text):  # "A alone or with B: which was better?"
        text = written(_ALONE_OR_WITH, lambda m: f"{m['drug']} with or without ", text)
    text = written(_FREE, lambda m: f"{m['noun']} without {m['drug']}", text)
    text = written(
        _NOT_ON, lambda m: f" without {m['drug']}" if m[0][0] == "n" else f"without {m['drug']}", text
    )
    text = written(_OFF, lambda m: f"without {m['drug']}", text)
    text = _SPARED.sub(lambda m: f"{_without_who(m['who'])}without {_BARE.sub('a', m['what'])}", text)
    text = _THE_REST.sub(lambda m: f"{m['fate']}{m['or']} not {m['fate']}", text)
    text = written(_ONLY_BEHIND, lambda m: f"{m['lead']} {m['drug']}{m['noun'] or ''} alone", text)
    text = written(_ONLY_BEFORE, lambda m: f"{m['lead']} {m['drug']} alone", text)
    text = written(_ONLY_VERB, lambda m: f"{m['who']} {m['lead']} {m['drug']} alone", text)
    return written(_ONLY_ARM, lambda m: f"{m['noun']} given {m['drug']} alone", text)


def _without_who(who: str) -> str:
    """``who`` and ``that`` go with the verb they belong to; a noun stays."""
    return "" if who.lower() in {"who", "that"} else f"{who} "
