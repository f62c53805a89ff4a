"""A treatment given by itself or with others, in the plain words for it: ``without its partner drugs`` is ``alone``."""

from __future__ import annotations

from assistant import lazy_re as re

_DRUGS = r"(?:drugs?|agents?|medicines?|medications?|compounds?|substances?)"
_WHICH = r"(?:(?:the|its|their|any|an?|all|those|these|such|of|usual|other)\s+)*"
_COMPANIONS = (
    rf"(?:(?:combination\s+|companion\s+)?partners?(?:\s+(?:{_DRUGS}|treatments?|therap(?:y|ies)))?"
    rf"|companions?(?:\s+{_DRUGS})?|(?:accompanying|combined|added|add-?on|additional|other|further)\s+{_DRUGS}|add-?ons)"
)
_ADDED = r"(?:\s+(?:added|alongside|on top|besides|at all|in it|in the mix))*"
_MORE = r"(?:else|added|more|extra|besides|alongside|on top|in addition)"
_BY_ITSELF = re.compile(
    rf"\bwithout\s+{_WHICH}{_COMPANIONS}{_ADDED}(?![\w-])"
    rf"|\bwith\s+(?:no|zero)\s+{_COMPANIONS}{_ADDED}(?![\w-])"
    rf"|\bwithout\s+(?:anything|something)\s+{_MORE}(?:\s+(?:added|on top|alongside))?(?![\w-])"
    rf"|\bwith\s+nothing\s+{_MORE}(?:\s+(?:added|on top|alongside))?(?![\w-])"
    r"|\bun(?:combined|partnered|accompanied)(?![\w-])"
    r"|(?:\bnot|n't|\bnever)\s+(?:been\s+)?(?:combined|paired|partnered|joined|coupled)\s+(?:with|to)"
    rf"\s+(?:anything|something|any other|other|others)(?:\s+(?:else|{_DRUGS}))?(?![\w-])"
    r"|(?:\bnot|n't|\bnever)\s+(?:been\s+)?(?:(?:given|used|taken|administered|combined|paired)\s+)?in combination(?!\s+with|-)(?![\w-])"
    rf"|\b(?:on|with|by|under|using)\s+(?:just|only)\s+(?:the|this|that|one|the one|a single)\s+{_DRUGS}(?=\s*(?:[?.!,;]|$))",
    re.IGNORECASE,
)

_WITH_OR_WITHOUT = re.compile(
    rf"\bwith\s+(?:and|or|versus|vs\.?|/)\s+without\s+{_WHICH}{_COMPANIONS}{_ADDED}(?![\w-])"
    r"|\bwith\s+(?:and|or|versus|vs\.?|/)\s+alone\b"
    rf"|\bwithout\s+(?:and|or|versus|vs\.?|/)\s+with\s+{_WHICH}{_COMPANIONS}{_ADDED}(?![\w-])",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"\bwith\s+{_WHICH}(?:(?:combination\s+|companion\s+)?partners?|companions?|add-?ons)(?:\s+{_DRUGS})?{_ADDED}"
    r"(?=\s*(?:[?.!,;:]|$|(?:in|for|at|what|how|was|is)\b))",
    re.IGNORECASE,
)
_PATIENTS = (
    r"(?:those|patients|pts|ones|people|adults|children|women|men|elderly|(?!combin|random)[a-z-]{4,}ed)"
)
_THE_DRUG = re.compile(
    rf"\b(?:the|this|that) (?:(?:same|study|test|trial|one) )?{_DRUGS} (?:alone|by itself|on (?:its|their) own)"
    r"(?![\w-])",
    re.IGNORECASE,
)
"""A drug that is not named, by itself."""
_CHANGED = (
    r"(?:chang(?:e|es|ed)|alter(?:s|ed)?|affect(?:s|ed)?|influence[sd]?|shift(?:s|ed)?|matter(?:s|ed)? (?:for|to)"
    r"|(?:make|made|makes) (?:a|any|no|much of a) (?:real |big )?difference (?:to|for|in)|bear(?:s|ing)? on|have an? (?:effect|impact) on)"
)
_COMPANY = rf"(?:{_COMPANIONS}|(?:other|more|extra|further)\s+{_DRUGS})"
_DRUG = r"(?P<drug{}>(?!the\b|its\b|their\b)[^\W\d_][\w-]*)"
_DID_ADDING = re.compile(
    rf"\b(?:did|does|do|whether|if)\s+(?:(?:giving|adding|pairing|using|combining|joining)\s+{_WHICH}{_COMPANY}\s+(?:to|with|alongside)\s+"
    rf"{_DRUG.format('')}|(?:giving|pairing|using|combining|joining)\s+{_DRUG.format('2')}\s+(?:with|and)\s+{_WHICH}{_COMPANY}"
    rf"|{_WHICH}{_COMPANY}(?:\s+(?:of|for|with)\s+{_DRUG.format('3')})?)\s+{_CHANGED}\s+(?P<what>[^?.;]{{3,120}})",
    re.IGNORECASE,
)
"""``Did adding partner drugs to A change the OS?``"""
_ONLY_THEM = re.compile(
    rf"\b(?P<whom>(?:in|among|amongst|for|of)\s+(?:the\s+|those\s+)?{_PATIENTS}(?:\s+(?:patients|ones|people))?)\s+alone"
    r"(?=\s*(?:[?.!,;]|$))",
    re.IGNORECASE,
)
"""``among the transplanted alone``: only of these patients."""


def by_itself(text: str) -> str:
    """``text`` with ``alone`` or ``in combination`` for longer wordings of what was, or was not, given with a treatment."""
    text = _DID_ADDING.sub(_set_beside, text)
    text = _WITH_OR_WITHOUT.sub("in combination and alone", text)
    text = _THE_DRUG.sub("monotherapy", text)
    text = _BOTH.sub("in combination", _ONLY_THEM.sub(lambda m: m["whom"], text))
    return _BY_ITSELF.sub(lambda m: " alone" if m[0].startswith("n'") else "alone", text)


def _set_beside(adding: re.Match[str]) -> str:
    """``what was the OS with A in combination and alone`` of whether adding others to A changed it."""
    drug = adding["drug"] or adding["drug2"] or adding["drug3"]
    what = adding["what"].strip()
    asks = what if re.match(r"(?:how|what|who|which)\b", what, re.IGNORECASE) else f"what was {what}"
    return f"{asks} {f'with {drug} ' if drug else ''}in combination and alone"
