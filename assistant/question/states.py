"""The state of a disease in plain words: ``adults whose disease had come back`` are ``adults with relapsed disease``."""

from __future__ import annotations

from assistant import lazy_re as re

_PEOPLE = r"(?:patients|adults|children|people|persons|individuals|subjects|participants|kids|grown-?ups)"
_DISEASE = r"(?:disease|illness|cancer|leuk[a]?emia|lymphoma|myeloma|tumou?rs?|malignanc(?:y|ies)|condition|[A-Z][\w/-]*[A-Z]\w*)"
_BACK = r"(?:come back|came back|returned|recurred|relapsed|reappeared)"
_RETURNED = re.compile(
    rf"\b(?:whose|with)\s+(?P<what>{_DISEASE})\s+(?:that\s+|which\s+)?(?:had\s+|has\s+|have\s+)?(?:again\s+)?{_BACK}(?:\s+again)?\b",
    re.IGNORECASE,
)
_RESISTED = re.compile(
    rf"\b(?:whose|with)\s+(?P<what>{_DISEASE})\s+(?:that\s+|which\s+)?(?:had\s+|has\s+|have\s+)?"
    r"(?:not responded to (?:earlier|prior|previous|any|other) \w+|resisted (?:earlier |prior |previous |all )?\w+"
    r"|failed to respond to \w+)\b",
    re.IGNORECASE,
)
_WHO_RELAPSED = re.compile(
    rf"(?P<whom>\b(?:among|in|for)\s+{_PEOPLE})\s+who\s+had\s+(?:relapsed|recurred)\b"
    rf"|(?P<ahead>^\W*(?:among|in|for|of)\s+{_PEOPLE})\s+who\s+(?:had\s+|have\s+)?(?:relapsed|recurred)(?=\s*,)",
    re.IGNORECASE,
)
"""Says in what state patients were treated, where no patients of a study are pointed to."""
_MRD = r"(?:MRD|(?:minimal|measurable) residual disease)"
_CLEARED = re.compile(
    r"(?P<ahead>\b(?:share|proportion|percent(?:age)?|fraction|how many|how often)\b[^?.;]*?)(?<!\bwho)(?<!\bnot)(?<!\bnever)(?<!n't)"
    r"(?<!\bthat)(?<!\bwhich)"
    rf"\s+(?:were|was|became|become|are|got|get|turned|turn|went|ended up|ended)\s+{_MRD}[\s-]*(?:neg\w*|undetectable)\b",
    re.IGNORECASE,
)
"""Says of patients, and does not tell them by, that nothing of their disease was found."""

_RELAPSED = re.compile(
    r"(?P<ahead>\b(?:share|proportion|percent(?:age)?|fraction|what %)\b[^?.;]{0,120}?)"
    r"(?<!\bwho)(?<!\bnot)(?<!\bnever)(?<!n't)"
    r"(?<!\bthat)(?<!\bwhich)(?<!\bhad)(?<!\bhave)\s+(?:relapsed|recurred)(?=\s*(?:$|[,?.;)]|\b(?:by|within|at|in|after|before|during|over|until|on|with|under|again|early|late|and|or"
    r"|cumulatively|overall|altogether)\b))",
    re.IGNORECASE,
)
"""Says what became of patients, and not in which state they were treated."""
_CUMULATIVELY = re.compile(r"\brelaps\w+\b(?=[^?.;]{0,120}(?P<at>,?\s+cumulatively\b))", re.IGNORECASE)


def stated(text: str) -> str:
    """``text`` with the state of the disease in the field's words."""
    text = _RETURNED.sub(lambda m: f"with relapsed {m['what']}", text)
    text = _CLEARED.sub(r"\g<ahead> reached MRD negativity", text)
    if cumulated := _CUMULATIVELY.search(text):  # that of a share is one of all until then
        text = text[: cumulated.start("at")] + text[cumulated.end("at") :]
    text = _RELAPSED.sub(r"\g<ahead> had relapsed", text)
    text = _RESISTED.sub(lambda m: f"with refractory {m['what']}", text)
    return _WHO_RELAPSED.sub(lambda m: f"{m['whom'] or m['ahead']} with relapsed disease", text)
