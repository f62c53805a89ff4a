"""What people write who fill in forms on studies or weigh evidence, put as a plain question: ``unit of counting = abstract``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.vocabulary.wording import any_of

_CLASSED = (
    r"(?:classed|classified|categori[sz]ed|labelled|labeled|coded|regarded|described|considered|counted|entered|recorded|rated|treated"
    r"|characteri[sz]ed|designated|deemed)"
)
_DESIGN = (
    r"(?:(?:prospective|retrospective|randomi[sz]ed|controlled|comparative|single-arm|multicent(?:re|er)|observational|interventional"
    r"|preclinical|animal|phase [\dIVab/]+|open-label|blinded|cohort|registry|clinical)\b)"
)
_LEVEL = (
    r"(?:(?:the |an? )?(?:(?:conventional|usual|standard|customary|traditional|two-sided|nominal|prespecified|typical|common|normal) )*"
    r"(?:(?:5 ?%|5 per ?cent|five per ?cent|0?\.05|p ?(?:<|=|of|at) ?0?\.05|alpha(?: (?:of|=) ?0?\.05)?)[ -]?"
    r"(?:(?:significance |alpha |error |probability )?(?:level|threshold|cut-?off))?"
    r"|(?:significance |alpha )?(?:level|threshold)(?: of (?:5 ?%|0?\.05))?))"
)
_PHASE_MIXED = (
    r"(?:the |any |those of |that )?(?:mixed |combined |hybrid )?(?:(?:phase )?(?:I|1)[ab]?/(?:II|2)[ab]?)(?: mixed)?"
    r"(?: (?:designs?|trials?|study|studies|ones?|abstracts?))?"
)
_WORDINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (
            r"\b(?:the )?unit of (?:counting|analysis|count) ?(?:=|:|is|being) ?(?:the |an? )?(abstract|stud(?=y)|trial|patient"
            r"|poster|report|paper)y?s?"
            r"\W+(?:what (?:is|are)|give|state) the (?:total|count|number|tally|sum)(?: number| count)? (?:across|in|of|over|for|from) ",
            r"How many \1s are in ",
        ),
        (
            rf"\b(?:can|could|may|might|should|must|would|is|are|was|were) ((?:[^?.;:,]|(?<=al)\.){{2,60}}?) (?:to )?(?:be )?(?:properly "
            rf"|correctly |fairly |rightly )?"
            rf"{_CLASSED} (?:as|under|to be) (an? )?(?={_DESIGN})",
            r"is \1 \2",
        ),
        (
            rf"\b(?:can|could|may|should|shall|would|do) (?:i|we|one|you) (?:class|classify|categori[sz]e|label|code|regard|describe"
            rf"|consider|count|enter|record)"
            rf" ((?:[^?.;:,]|(?<=al)\.){{2,60}}?) (?:as|under|to be) (an? )?(?={_DESIGN})",
            r"is \1 \2",
        ),
        (
            rf"\b(significan(?:t|ce)(?:ly different)?) (?:at|by|to|under|on|when judged (?:at|by)|judged (?:at|by)|with|using"
            rf"|for) {_LEVEL}",
            r"\1",
        ),
        (
            r"\b(?:did|does|has) the (?:comparison|contrast|difference)(?: in| of| for)? ([^?.;]{2,80}?) (?:reach(?:ed)?|achieved?"
            r"|attain(?:ed)?|show"
            r"|get to|hit) (?:statistical )?significance",
            r"was the difference in \1 significant",
        ),
        (
            r"\b(?:did|does|has) the ([^?.;]{2,60}?) (?:comparison|contrast|difference) (?:reach(?:ed)?|achieved?|attain(?:ed)?"
            r"|show|get to|hit)"
            r" (?:statistical )?significance",
            r"was the difference in \1 significant",
        ),
        (
            r"\b(was|is) the (?:comparison|contrast) (?:of|in) (?=[^?.]{3,120}\bsignificant\b)",
            r"\1 the difference in ",
        ),
        (
            rf"(\bphase (?:[1-3]|I{{1,3}})\b(?! ?/)[^?.;]{{0,40}}?),? ?\(?(?:(?:but |and )?(?:not|excluding|without|leaving out"
            rf"|except(?: for)?|other than"
            rf"|omitting|minus) {_PHASE_MIXED}|{_PHASE_MIXED} (?:excluded|aside|left out|not counted|not included|omitted|excepted"
            rf"|apart))\)?"
            r"(?=\s*(?:[?.!,;:]|$))",
            r"\1",
        ),
        (
            r"\bhow (?:is|are|should|must|does one|do you|do i) (?:the )?(?:abbreviation |term |acronym "
            r"|letters? )?['\"\u201c\u2018]?([A-Za-z][\w/+-]{0,14})"
            r"['\"\u201d\u2019]? (?:to be |be )?(?:read|expanded|spelled out|spelt out|understood|resolved|written out)\b(?=\W*$)",
            r"what does \1 stand for",
        ),
        (
            r"\b(?:evidence level|level of evidence) (?:by|in terms of|as|judged by) (?:the )?(?:trial |study )?phase\b",
            "phase",
        ),
        (
            r"\b(?:i|we) have (?:it|this) (?:written |noted |down )*(?:in|on|from) (?:my|our|the|an?) [\w -]{3,25}? that\b",
            "I have it that",
        ),
        (
            r"^(\W*)(?:which|what) (?:authors?|writers?|team|group) (?:does|do|did) (?:the|this) (?:review|letter|paper|article"
            r"|text) (?:cite|quote|reference)"
            r" (for|on|about) ",
            r"\1who wrote the paper that the review cites \2 ",
        ),
        (r"\bthat retrospective (?:comparison|analysis|series|review)\b", "that retrospective study"),
    )
)
_ANY = any_of(*(pattern.pattern for pattern, _ in _WORDINGS))


def as_plain_question(text: str) -> str:
    """``text`` with such wordings replaced."""
    for pattern, shown in _WORDINGS if _ANY.search(text) else ():
        text = pattern.sub(shown, text)
    return text
