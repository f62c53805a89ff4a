"""What reviews are asked for and seldom say: how sure the evidence is, by which assay, who stopped a trial, how the review was made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.question.reader import Ask
from assistant.say import joined

_I = re.IGNORECASE
_ASSAY = (
    r"(?:(?:multi-?parameter |multi-?colou?r )?flow(?: cytometry)?|cytometry|(?:q|rt-?|rq-?|dd|digital |real-time |asq?-?)*PCR|NGS"
    r"|(?:next-generation |deep )?sequencing)"
)
_MEASURED = r"(?:measured?|assess(?:ed)?|quantif\w+|detect(?:ed)?|determined?|tested|test|monitored|checked|looked for|done)"
_AUTHORITY = (
    r"(?:regulat(?:ors?|ory (?:authorit\w+|agenc\w+|bod\w+))|(?:health |drug |medicines )?(?:authorit(?:y|ies)|agency)|FDA|EMA|NMPA"
    r"|ethics (?:committee|board)|IRB|DSMB|DMC|(?:data )?(?:and )?(?:safety )?monitoring (?:board|committee))"
)
_HALTED = (
    r"(?:stop(?:ped|ping|s)?|halt(?:ed|s)?|suspend(?:ed)?|terminated?|paused?|(?:put |place[d]? )?on (?:clinical )?hold"
    r"|shut(?: down)?|clos(?:ed?|ing))"
)


@dataclass(frozen=True, slots=True)
class _Matter:
    """Something that a review may say nothing of."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]
    """Stands where a review speaks of it, if by another word than the question."""


_MATTERS = (
    _Matter(
        "a rating of the certainty of evidence",
        re.compile(
            r"\bGRADE\b(?! ?[\dIV\u2265>-])(?=.{0,60}\b(?:certain|rat|level|evidence|quality|assess|judg|score))"
            r"|(?i:\b(?:certainty|quality|strength) (?:of (?:the )?evidence|rating|grade|score|assessment)\b"
            r"|\bevidence (?:certainty|quality|rating|grade)\b"
            r"|\brisk[- ]of[- ]bias (?:rating|judg\w+|assessment|score|grade)\b|\b(?:RoB ?2|ROBINS-I|Newcastle-Ottawa|Jadad|AMSTAR)\b)"
        ),
        re.compile(
            r"\bGRADE\b(?! ?[\dIV\u2265>-])|(?i:\bcertainty\b|\bquality of (?:the )?evidence\b|\brisk of bias\b|\bNewcastle-Ottawa\b"
            r"|\b(?:low|moderate|high)-quality evidence\b)"
        ),
    ),
    _Matter(
        "the assay",
        re.compile(
            rf"\b(?:by|with|using|on|through|via) (?:what|which) (?:[\w-]+ ){{0,2}}?(?:assays?|techniques?|methods?|platforms?|tests?)\b"
            rf"[^?.;]{{0,80}}\b{_MEASURED}\b"
            rf"|\b(?:what|which) (?:[\w-]+ ){{0,2}}?(?:assays?|techniques?|lab(?:oratory)? methods?|platforms?)\b"
            rf"[^?.;]{{0,80}}\b{_MEASURED}\b"
            r"|\b(?:what|which) (?:MRD )?assays?\b"
            rf"|\b{_MEASURED}\b[^?.;]{{0,40}}\b(?:by|with|using|on|through|via) {_ASSAY}\b"
            rf"|\b{_ASSAY} or (?:by )?{_ASSAY}\b",
            _I,
        ),
        re.compile(
            rf"\b(?:{_ASSAY}|MFC|FACS|assays?|immunohisto\w+|ELISA|microarrays?|cytometric|sequenced|FISH|karyotyp\w+|PET\w*)\b",
            _I,
        ),
    ),
    _Matter(
        "a stop by an authority",
        re.compile(
            rf"\b{_HALTED}\b[^?.;]{{0,60}}\bby (?:the |an? |its )?(?:[\w-]+ )?{_AUTHORITY}\b"
            rf"|\b{_AUTHORITY}\b[^?.;]{{0,30}}\b{_HALTED}\b[^?.;]{{0,40}}\b(?:trial|study|enrol\w+|recruit\w+|hold)\b"
            rf"|\b{_AUTHORITY} (?:put|place[d]?)\b[^?.;]{{0,50}}\bon (?:clinical )?hold\b|\bclinical hold\b",
            _I,
        ),
        re.compile(rf"\b{_AUTHORITY}\b|\bclinical hold\b|\b(?:suspended|halted|terminated)\b", _I),
    ),
    _Matter(
        "an early stop of the trial",
        re.compile(
            r"\b(?:trial|study)\b[^?.;]{0,30}\b(?:halted|suspended|terminated|(?:stopped|closed) (?:early|prematurely|because|due"
            r"|for))\b",
            _I,
        ),
        re.compile(r"\b(?:halt|suspend|terminat|stop|clos(?:ed|ure|ing)\b|discontinu)\w*", _I),
    ),
    _Matter(
        "how its literature was searched and sifted",
        re.compile(
            r"\b(?:PROSPERO|PRISMA|search (?:strategy|terms|string))\b"
            r"|\b(?:what|which|how many) (?:[\w-]+ )?databases?\b[^?.;]{0,40}\bsearch\w*"
            r"|\b(?:how many|which|who|what number of) (?:[\w-]+ )?(?:reviewers?|authors?|people|persons|researchers)\b[^?.;]{0,20}"
            r"\b(?:screened|extracted|sifted)\b",
            _I,
        ),
        re.compile(
            r"\b(?:PROSPERO|PRISMA|databases?|searched|screened|MEDLINE|PubMed|Embase|Cochrane)\b", _I
        ),
    ),
    _Matter(
        "the statistical test",
        re.compile(
            r"\b(?:what|which) (?:kind of |type of )?(?:statistical|significance) tests?\b"
            r"|\b(?:with|by|using) (?:what|which) (?:statistical |significance )?test\b[^?.;]{0,60}\bcompar",
            _I,
        ),
        re.compile(
            r"\blog-?rank\b|\bchi-?squared?\b|\bFisher|\bWilcoxon\b|\bMann\b|\bt-test|\bCox\b|\b(?:statistical|exact) test",
            _I,
        ),
    ),
)


def of_matter(desk: Desk, ask: Ask) -> Draft | None:
    """That the review does not say something of this kind, where no place of it, or of the studies meant, speaks of any.

    Args:
        desk: the review's facts and words.
        ask: the question.
    """
    matter = next((m for m in _MATTERS if m.asked.search(ask.text)), None)
    if matter is None:
        return None
    places = [p for p in desk.review.passages if not ask.studies or {*ask.studies} & {*p.studies}]
    notes = [t.note for t in desk.review.raw.tables]
    if any(
        matter.told.search(text) for text in (*(p.text for p in places), *(p.quote for p in places), *notes)
    ):
        return None
    of = f" for {joined([desk.name(s) for s in ask.studies])}" if 0 < len(ask.studies) <= 2 else ""
    return replace(declined(f"The review does not report {matter.name}{of}.", ask.studies), told=True)
