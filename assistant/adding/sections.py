"""What the headings of an article mean: its own results, others' work, or nothing to be asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable

ABBREVIATIONS = re.compile(
    r"(?:list of )?(?:non-?standard )?abbreviations(?: used)?(?: and acronyms)?|acronyms|glossary",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:\d+\.?\s*)?(?:references?(?: and notes)?|bibliography|literature(?: cited)?|works cited|"
    r"r\s?e\s?f\s?e\s?r\s?e\s?n\s?c\s?e\s?s)\s*:?",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:\d+\.?\s*)?(?:acknowled\w+|(?:author|authors['’]?|authorship)\b.*\b(?:contributions?|information|details|statement"
    r")|contributions?(?: of authors)?|"
    r"contributors?(?: information)?|(?:declaration|disclosure)s?\b.*|(?:potential )?(?:conflicts?|competing|duality|declarations?) of .*|"
    r"competing .*|conflicts? .*|(?:financial )?(?:support|disclosures?)|fund(?:ing|ers?)\b.*|data (?:availability|sharing|"
    r"accessibility)\b.*|"
    r"availability of .*|ethic\w*\b.{0,60}|consent .*|informed consent.*|institutional review.*|supplement\w*(?: \w+){0,3}|"
    r"supporting information|additional (?:files?|information)|"
    r"publisher['’]?s note|open access|rights and permissions|about this article|cite this article|author information|associated data|"
    r"footnotes?|notes|copyright.*|license.*|electronic supplementary.*|keywords?|key words|article history|correspondence|orcid.*|orcids?|"
    r"pre-?publication history|web ?resources|peer review.*|reviewer.*|trial sponsor.*|provenance.*|generative ai.*|"
    r"similar articles|cited by|permalink|actions|resources|related articles|share|on this page|collection date)",
    re.IGNORECASE,
)
KEPT = re.compile(
    r"(?:\d+\.?\s*)?(?:(?:statement of |declaration of |potential |financial )?(?:competing|conflicts?|duality)\b.{0,40}|"
    r"(?:financial )?disclosures?|fund(?:ing|ers?)\b.{0,40}|"
    r"(?:financial )?support|data (?:availability|sharing|accessibility)\b.{0,30}|availability of .{0,40}|"
    r"ethic\w*\b.{0,60}|role of the funding source)",
    re.IGNORECASE,
)
"""Sections after the article proper that readers ask about."""
HISTORY = re.compile(
    r"(?:Received|Submitted)\b[^.]{0,60}?\d{4}.{0,120}?Accepted\b.{0,60}?\d{4}", re.IGNORECASE
)
_OWN = re.compile(
    r"abstract|summary|results?|findings?|methods?|patients?|conclusions?|design|statistic|outcome|efficacy|safety|toxicit|"
    r"response|survival|case|key points?|treatment|data|procedures?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:article history)|competing|conflict|disclosure|funding|support|availability|ethic|introduction|background|"
    r"discussion|interpretation|research in context|perspective|rationale",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\s*(?:[-*•]\s+)?(?P<short>\S(?:[^:;,=]{0,38}\S)?)\s*(?::|=|\s[–-]\s|,\s(?=[a-zA-Z])|\t| {2,})\s*(?P<long>[^\W\d].*)"
)


def is_back_matter(heading: str) -> bool:
    """Whether nothing below the heading tells of patients."""
    bare = re.sub(r"^[\d.]+\s*", "", heading).strip(" :.")
    return bool(_BACK.fullmatch(bare) or REFERENCES.fullmatch(bare) or ABBREVIATIONS.fullmatch(bare))


def is_own(heading: str, inherited: bool) -> bool:
    """Whether a section tells of the article's own work unless a sentence cites somebody."""
    if _OTHERS.search(heading):
        return False
    return True if _OWN.search(heading) else inherited


def abbreviations_in(lines: Iterable[str]) -> dict[str, str]:
    """Short form to meaning of ``OS: overall survival; CR, complete remission`` in any of the usual forms."""
    found: dict[str, str] = {}
    for line in lines:
        parts = [line]
        if line.count(";") >= 1:
            parts = line.split(";")
        elif len(re.findall(r"\S:\s", line)) > 2:
            parts = re.split(r"(?:\.|,)\s+(?=[\w/+-]{1,15}:\s)", line)
        for part in parts:
            if (pair := _PAIR.fullmatch(part.strip().rstrip("."))) and _is_short(pair["short"]):
                found.setdefault(
                    re.sub(r"\s+", " ", pair["short"]), re.sub(r"\s+", " ", pair["long"]).strip(" .;,")
                )
    return found


def _is_short(text: str) -> bool:
    return len(text) <= 24 and len(text.split()) <= 3 and bool(re.search(r"[A-Z\u0370-\u03ff]|\d", text))
