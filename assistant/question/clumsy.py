"""English as people write it who are still learning it, put as the readers expect it: ``how many from the ten``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.vocabulary.wording import any_of

_SIDE = r"the (?:[\w/-]+ ){0,4}?(?:one|study|trial|abstract|product|group|arm)\b[^,?.;]{0,40}?"
"""A study or a part of one, described."""
_MANY = {"study": "studies"}
_WORDINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"\bthe two of (?:them|these|those|the)\b(?! (?:studies|trials|abstracts|groups|arms)\b)", "both"),
        (
            r"\b((?:the|each|this|that)(?: [\w/-]+){1,3}) own\b(?=,| and\b| or\b| which\b| have\b| had\b| has\b|\W*$)",
            r"\1 one",
        ),
        (
            r"^(\W*)(the [^,;?.]{3,60}?) (?:and|or) (the [^,;?.]{3,60}?)[,:;]? which(?: one| study| trial)?(?: of (?:them|the two|both))?"
            r" (?:gets?|got|ha(?:ve|s|d)|enrol\w+|recruit\w+) (more|fewer|less|the most|most|the fewest|bigger|larger|higher"
            r"|lower)\b([^?.;]*)",
            r"\1which has \4\5, \2 or \3",
        ),
        (
            rf"\b((?:which|what|how many) [^,?.;]{{2,50}}?) (has|have|had|did|does) ({_SIDE}),? and (?:which|what|how many|how much)"
            rf"(?: (?:one|patients))? (?:has|have|had|did|does) ({_SIDE})(?=\s*\?)",
            r"\1 \2 \3 and \4",
        ),
        (r"\bmore (better|higher|bigger|larger|longer|lower|smaller|worse|older|younger|faster)\b", r"\1"),
        (r"\b(patients?|people|stud(?:y|ies)|trials?|doctors?) dem\b", r"\1"),
        (
            r"\b((?:which|what|how many|all|any|none|each|some) of the|of these|of those) (?:study|trial|abstract)\b"
            r"(?= (?:is|are|was|were|have|has|had|do|does|did|uses?|used|gave)\b)",
            r"\1 studies",
        ),
        (
            r"\b(?:the )?(?:highest|greatest|maximum|max)(?: (?:number|no\.?|count|amount) of)? (?:patients?|people|participants?"
            r"|subjects?)\b"
            r"(?! (?:age|number|share)\b)",
            "the most patients",
        ),
        (r"\bnewly[- ]diagnose\b", "newly diagnosed"),
        (
            r"\b(ha(?:ve|s|d)(?: been)?|been|being|were|was|are|is) (include|receive|evaluate|randomi[sz]e|achieve|diagnose|combine|compare"
            r"|investigate|survive|use)\b(?! (?:of|for|in)\b)",
            r"\1 \2d",
        ),
        (
            r"\b(ha(?:ve|s|d)(?: been)?|been|being|were|was|are|is) (recruit|treat|report|publish|test)\b(?! (?:results?|status|cards?)\b)",
            r"\1 \2ed",
        ),
        (r"\b(ha(?:ve|s|d)(?: been)?|been|being|were|was|are|is) enroll?\b", r"\1 enrolled"),
        (
            r",? (?:please |kindly )?please to (?:explain|tell|answer|advise|clarify|say|inform|reply)(?: me| us)?(?=\W*$)",
            "",
        ),
        (r"\b(?:due to|because of|owing to|for) (?:which|what) (?:reasons?|causes?)\b", "why"),
        (
            r"^\W*(?:so |and |then |ok )*(?:if )?(?:(?:you |we |i )?(?:add|sum|count|take)(?: up)?(?: both| them| the two| these| all| it)*"
            r"(?: together| up)?|(?:in )?(?:total|all|sum)|(?:all|both) together|together),? (?:(?:it|that|this) )?"
            r"(?:(?:is|makes?|gives?|becomes?|will be|are|comes? to) )?(?:how many|how much|what)(?: patients?| people)?"
            r"(?: (?:is|are) (?:it|that|this|there))?\W*$|^\W*(?:so |and |then )*how many (?:is (?:that|it) |are (?:they|that|those) "
            r"|in )?(?:both |all )?(?:together|in total|altogether)\W*$",
            "add them together",
        ),
        (
            r"\bhow (?:big|large|great|high|much)(?: an?| is the| is a)?"
            r" (?:part|share|portion|proportion|percent|percentage) of\b",
            "what share of",
        ),
        (r"\bhow many from (the|these|those|them|all)\b", r"how many of \1"),
        (
            r"\b((?:how many|all|of the|both)(?: [\w-]+){0,2}) works\b"
            r"(?= (?:are|were|is|in|have|had|has|here|of|on|with|that|from|did|do|use|used|report)\b|\W*$)",
            r"\1 studies",
        ),
        (
            r"\bwhat (?:came|comes|come) out(?: (?:of|from) (?:it|this|that))?(?= (?:after|at|in|for|with|when|on)\b|\W*$)",
            "what were the results",
        ),
        (
            r"^(\W*[\w/+-]{2,14})\W+what is (?:this|that|the) (?:word|term|abbreviation|name|letters?)(?: in)?"
            r" (?:long|full|long form|written out|meaning)\W*$",
            r"what does \1 stand for?",
        ),
        (
            r"\bif (?:i|we|you|one) (?:calculates?|computes?|multipl(?:y|ies)|reckons?|counts?)[^,?.]{0,50},"
            r" how many (?:persons|people|patients) (?:is|are|would|does) (?:it|that|this)(?: (?:be|make))?\b",
            "how many patients is that",
        ),
        (
            r"\b(?:that (?:means|is) )?not (?:divided|split|separated|broken down) (?:in|into|by|between) [\w/-]+(?: (?:and|or) [\w/-]+)?",
            "for all patients",
        ),
        (
            r",? (?:and )?(?:can|could|will) you (?:please )?(?:count|calculate|compute) (?:it|that|this)(?: for me)?(?=\W*$)",
            "",
        ),
        (
            r"\bdid(?: not|n['\u2019]t) (?:have|get|receive|undergo)(?: the| an?| any)?"
            r" (?:(?:stem cell |allogeneic )?transplant(?:ation)?|[A-Za-z-]*SCT)\b",
            "were not transplanted",
        ),
        (
            r"^(\W*(?:and )?how many) (are|were) (?=(?:phase|retrospective|prospective|randomi[sz]ed|single-arm|preclinical|multicent)\b)",
            r"\1 studies \2 ",
        ),
        (r"\b(phase (?:[1-4]|I{1,3}V?|IV)(?:/(?:[1-4]|I{1,3}))?) only\b", r"\1"),
        (
            r"^(\W*(?:and )?(?:where|when|how|why)) (they|it|the authors|the investigators)"
            r" (did|was|were|had|is|are|can|could) (?=[^?]+\?)",
            r"\1 \3 \2 ",
        ),
        (
            r"\b(the (?:biggest|largest|smallest|oldest|youngest|highest|lowest|longest|shortest|best|worst)) one(?= (?:and|with)\b)",
            r"\1",
        ),
        (r"\b(is (?:that|this|it)) legit(?:imate)?\b", r"\1 true"),
        (
            r"^(\W*(?:and |so )?what) (?:does|do|did) ([\w/+-]+(?: [\w/+-]+)?) (?:target|aim at)\W*$",
            r"\1 is the target of \2?",
        ),
        (
            r"\b(?:tops|beats|leads|outdoes|exceeds) (?:all )?(?:the (?:others|rest)|them all|all others)\b",
            "is the highest",
        ),
        (
            r",? (?:that|which) (?:the|this) (?:letter|review|paper|article|text) "
            r"(?:leans on|builds on|relies on|cites|quotes|refers to|draws on|mentions)(?=\s*(?:\?|$))",
            "",
        ),
        (
            r"^\W*([A-Z][\w/-]*[A-Z][\w/-]*)\W+(?:i )?(?:have |'ve )?never (?:met|heard|seen|heard of|came across|come across)"
            r" (?:that|this|it)(?: one| term| word)?\W+(?:meaning|what does it mean|what is it|explain)(?: please| pls)?\W*$",
            r"what does \1 stand for?",
        ),
        (
            r"^\W*([A-Za-z][\w/+-]*\d[\w/+-]*|[A-Z][\w/+-]*) (responders|non-?responders)\W*$",
            r"number of \2 with \1",
        ),
        (
            r"^\W*(responders|non-?responders) (with|on|after|in|to) ([^?,.]{2,40}?)\W*$",
            r"number of \1 \2 \3",
        ),
        (
            r",? (?:it['\u2019]?s|it is|this is|that is|thats) (?:an? )?(?:\w+ ){0,3}?i (?:think|guess|believe|suppose)(?=\W*$)",
            "",
        ),
        (
            r"\bwhat are the (?:\w+ )?(?:things|bits|pieces|stuff|ingredients) (?:in|of)\b",
            "what drugs are in",
        ),
        (r"\b(?:get|gets|become|becomes) active\b", "be activated"),
        (
            r", (?:and )?not only (?:the |those |in |for |with |on )*(?![^,;?.]*\bbut\b)[^,;?.]{3,50}(?=\s*[?.,;]|\s*$)",
            "",
        ),
    )
)
_ANY = any_of(*(pattern.pattern for pattern, _ in _WORDINGS))
_ONE_FOR_MANY = re.compile(
    r"\b(how many|all|these|those|all (?:of )?the(?= \w+ (?:which|that|who|with|in|of|have|has|had|are|is|were|was|using|where)\b))"
    r" (abstract|study|trial|patient|poster|reference|author)"
    r"(?=\s+(?:is|are|was|were|has|have|had|did|does|do|in|of|with|on|from|that|which|who|using|where|got|took|die|died|relapse|relapsed"
    r"|respond\w*|there|here|and|or|give|gave|report|reported|use|used|receive|received|test|tested|come|came|enrol\w*|include|included"
    r")\b|\W*$)",
    re.IGNORECASE,
)
_UNPOINTED = re.compile(r"^[^?.!,;:]+$")
_ASSENT = re.compile(
    r"^(?P<said>(?!(?:what|which|who|how|when|where|why|is|are|was|were|did|do|does|has|have|can)\b)\W*.{20,}?)"
    r" (?P<tag>right|correct|yes|is (?:that|this|it) (?:right|true|so|correct|legit)|isn['\u2019]?t it)$",
    re.IGNORECASE,
)
"""A statement put for confirmation without a stop."""
_HEARD = re.compile(
    r"^(?P<asked>(?:and |so )?(?:is|are|was|were|did|do|does|has|have|can)\b.{12,}?"
    r"(?<!study)(?<!trial)(?<!abstract)(?<!paper)(?<!the one)(?<!that)(?<!which))"
    r" i (?:heard|read|thought|was told|think)\b(?! (?:about|of)\b).+$",
    re.IGNORECASE,
)
"""What was heard of it, run on to a question."""


def _pointed(text: str) -> str:
    """Dictated text with the stops that nobody speaks."""
    bare = text.strip()
    if not _UNPOINTED.match(bare):
        return text
    if said := _ASSENT.match(bare):
        return f"{said['said']}, {said['tag']}?"
    heard = _HEARD.match(bare)
    return f"{heard['asked']}?" if heard else text


def in_plain_english(text: str) -> str:
    """``text`` with such wordings replaced."""
    text = _pointed(text)
    text = _ONE_FOR_MANY.sub(lambda m: f"{m[1]} {_MANY.get(m[2].lower(), m[2] + 's')}", text)
    for pattern, shown in _WORDINGS if _ANY.search(text) else ():
        text = pattern.sub(shown, text)
    return text
