"""What stands around a question and is about the asker or the asking: ``for MDT tomorrow:``, ``what is the reason given?``."""

from __future__ import annotations

from assistant import lazy_re as re

_I = re.IGNORECASE
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = (
    rf"(?:tomorrow|today|tonight|later(?: today)?|this (?:morning|afternoon|evening|week|{_WEEKDAY})|next (?:week|{_WEEKDAY})"
    rf"|(?:on )?{_WEEKDAY}|in (?:an hour|\d+ min(?:ute)?s?)|soon|now)"
)
_EVENT = (
    r"(?:MDTs?|MDMs?|(?:tumou?r|molecular|leuk[a]?emia|lymphoma|myeloma|transplant|case) (?:board|conference)|board|committee"
    r"|(?:grand |ward |morning |board )?rounds?"
    r"|(?:(?:lab|team|group|departmental|staff|research|weekly|board|project|unit|ward|morning) )?meeting"
    r"|seminar|clinic|hand-?over|teaching(?: session)?|lecture|talk"
    r"|presentation|slides?|slide deck|wiki|(?:lab|team|project|ward|hospital|department) wiki|wiki (?:page|entry)"
    r"|(?:lab|team|project|ward|hospital|department) wiki (?:page|entry)|hand-?out|leaflet|newsletter"
    r"|grant(?: application| proposal)?|thesis|exam|viva|essay|audit|formulary(?: review| committee| meeting)?|guideline group"
    r"|page|web ?page|website|poster|brochure|flyer|manuscript|chapter|methods section|plain-language summary"
    r"|spreadsheet|extraction (?:sheet|form|table)|data sheet|ethics (?:form|application|committee)|footnote|podcast|blog(?: post)?)"
)
_ASKER = (
    r"(?:pharmacy|pharmacist|nurs(?:e|ing)|ward|laboratory|lab|library|librarian|registrar|resident|fellow|intern|student|trainee"
    r"|data manager|trials? office|statistician|research nurse|coordinator|medical writer|journalist|media|press|patient|carer"
    r"|parent|teaching|coding|reimbursement|insurance|formulary|h[a]?em(?:atology)?(?: reg(?:istrar)?| fellow| trainee)?"
    r"|oncology(?: fellow| trainee| nurse)?|(?:first|second|third|final)[- ]year(?: student| fellow| trainee| resident)?)"
)
_GREETING = r"(?:(?:hi|hello|hey|sorry|thanks|ok(?:ay)?|dear|good (?:morning|afternoon|evening))(?: all| there| team| everyone)?[,!.]?\s+)?"
_DET = r"(?:(?:the|my|our|this|that|a|an|your|tomorrow'?s|today'?s|tonight'?s|next|upcoming|weekly) ){0,2}"
_QUICK = (
    r"(?:just |only |a |one |another )*(?:quick|short|small|brief|urgent|last|final|simple|silly)"
    r"(?: (?:one|q|question|query|check|thing|request))?"
)
_BUSY = (
    r"(?:i(?:'m| am) |we(?:'re| are) )?(?:prepping|preparing|drafting|revising|updating|writing|filling(?: in)?|doing|compiling"
    r"|editing|finishing"
    r"|counting|collecting|gathering|tallying|tabulating|listing|putting together)"
)
_ASKING = r"(?:what|which|how|who|whom|whose|when|where|why|did|does|do|is|are|was|were|can|could)\b"
_LEAD = re.compile(
    rf"^\W*{_GREETING}(?:{_QUICK},? )?(?:"
    rf"(?:needed |wanted |asking |asked |this is |it(?:'s| is) |i need (?:this|it) )?"
    rf"(?:for|before|ahead of|re|in|on|at) {_DET}(?:[a-z][a-z'\u2019-]+ )?{_EVENT}(?:,? {_WHEN})?"
    rf"|{_EVENT} {_WHEN}"
    r"|(?:please |pls )?(?:explain|clarify|tell|help)(?: to)? (?:me|us)(?: please)?(?!\W+what(?:'s| is| are)\b)"
    rf"|{_BUSY}(?: [a-z-]+){{0,3}}?(?: for)? {_DET}(?:[a-z][a-z'\u2019-]+ )?{_EVENT}(?:,? {_WHEN})?"
    rf"|(?:an? )?(?:(?:junior|senior|new|curious|keen) )?{_ASKER} (?:query|question|enquiry|inquiry|request|here|speaking|asking|check)"
    rf"|(?:query|question|enquiry|inquiry|request) from {_DET}{_ASKER}"
    r"|(?:the |our )?(?:[a-z][\w-]* ){0,2}(?:office|department|desk|committee|scientist|technician)(?: (?:here|asking|speaking))?(?=\s*:)"
    r")\s*(?::|[.!;]+|\s[\u2013\u2014-]+|[\u2013\u2014]|\u2026|,?\s+(?=(?:i|we)(?:'d| would)? (?:need|want|like|require)\b)"
    r"|,(?= (?:what|which|how|who|when|where|why|did|does|do|is|are|was|were|in|of|for|can|could)\b))\s*(?=\S)",
    _I,
)
"""Opens a message with the occasion or the person that it is asked for."""
_TAIL = re.compile(
    rf"(?:[,.;?!\u2013\u2014-]\s*|\s)\(?(?:needed |asking |this is |it(?:'s| is) )?for {_DET}(?:MDTs?|MDMs?|tumou?r board|seminar|wiki"
    rf"|(?:lab|team|project) wiki|wiki (?:page|entry))(?:,? {_WHEN})?\)?\W*$",
    _I,
)
"""Ends one so."""
_AT_WORK = re.compile(
    rf"^\W*{_GREETING}(?:(?:an? )?{_ASKER} (?:here|speaking)[,.;:]? )?{_BUSY}(?: (?!{_ASKING})[\w'\u2019-]+){{1,7}}?"
    rf"\s*(?::|[.!;]+|\s[\u2013\u2014-]+|,)\s*(?=(?:and |so |but )?(?:in |of |for |at |by |from |on )?{_ASKING})",
    _I,
)
"""Opens one with what the asker is at: ``updating our register:``."""
_LEFT = 3
"""Words that a question has at least."""
_N = r"(?:\d+|one|two|three|four|five|six)"
_LENGTH = re.compile(
    rf",? ?(?:\( ?)?(?:in |within |using )?(?:max(?:imum)?\.? (?:of )?|at most |no more than |not more than |up to )?{_N}"
    r" (?:short |brief )?(?:sentences?|words|bullet points?|bullets)(?: max(?:imum)?\.?| tops| at most| or less| or fewer)(?: ?\))?"
    rf"|,? ?(?:\( ?)?(?:in |within |using )?(?:max(?:imum)?\.? (?:of )?|at most |no more than |not more than ){_N}"
    r" (?:short |brief )?(?:sentences?|words|bullet points?|bullets)\b(?: ?\))?",
    _I,
)
"""Says how long an answer may be."""
_CLUB = re.compile(r"\bjournal[- ]club\b", _I)
"""A meeting, and no journal."""
_CHOSEN = r"(?:selected|included|chosen|listed|covered|reviewed|picked|featured|summari[sz]ed|discussed|highlighted)"
_STUDIES = r"(?:abstracts|studies|trials|posters|reports|papers)"
_SELECTED = re.compile(rf"\b(?P<those>the|of|all|these|those|many|both|\d+) {_CHOSEN} (?={_STUDIES}\b)", _I)
_STUDIES_SELECTED = re.compile(
    rf"(?P<all>\b(?:of|in|among|across|from|which of) (?:all )?(?:of )?the {_STUDIES}) (?:that (?:were|are) |which (?:were|are) )?"
    rf"{_CHOSEN}"
    r"(?: here| (?:by|in|for) (?:the|this) (?:authors?|review|letter|paper|article|text))?(?=\s*(?:$|[?.,;:]|\b(?:give|gave|use|used"
    r"|have|had|has|tested|test|report|reported|is|are|was|were|did|do|included|enrolled|evaluated|studied|came)\b))",
    _I,
)
"""Says that the review's studies are in the review."""
_REASON = (
    r"(?:what(?:'s| is| was| are| were) (?:the |their |its )?(?:reasons?|explanations?|rationale|cause)"
    r"(?: (?:that is |they |the authors )?(?:given|give|stated|state|offered|offer|named|put forward))?"
    r"(?: for (?:this|that|it)| behind (?:this|that|it))?"
    r"|what (?:reasons?|explanation|rationale|cause) (?:is|are|was|were) (?:given|stated|offered|named|put forward)"
    r"|what (?:reasons?|explanation|rationale|cause) (?:do|does|did) (?:they|it|the (?:authors|review|paper|letter|text))"
    r" (?:give|offer|state|name)"
    r"|(?:do|does|did) (?:they|it|the (?:authors|review|paper|letter|text)) (?:say|explain|tell(?: us)?|state|mention|write) why"
    r"(?: (?:that|this|it) (?:is|was)(?: so| the case)?)?"
    r"|(?:is|was) (?:a|any|the) (?:reason|explanation) (?:given|stated|offered)|any (?:reason|explanation)(?: given| stated| offered)?)"
    r"(?: (?:here|there|in the (?:review|text|paper|letter|article)|by the (?:authors|review)))?"
)
_PLEA = (
    r"(?:(?:please|pls|kindly|can you|could you|would you)(?: please)? explain(?: (?:this|that|it))?"
    r"(?: (?:to me|to us|simply|briefly|please))*)"
)
_TAGGED = re.compile(
    rf"^(?P<before>.*\S)(?<![.!?;,])(?P<end>[.!?;,]|\s[\u2013\u2014-])\s+(?:so,? |and |but )?(?:(?P<reason>{_REASON})|{_PLEA})\W*$",
    re.IGNORECASE | re.DOTALL,
)
"""A message whose last sentence asks for nothing but the reason of what the one before says."""
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bal\.)(?<!\bvs\.)\s+(?=\S)|\n+", _I)
_WHY = re.compile(r"\b(?:why|how come)\b(?=\s+[\w-]+\s+\w)", _I)
_WONDERED = re.compile(
    r"\b(?:ask\w*|wonder\w*|know\w*|understand\w*|explain\w*|tell\w*|told|confus\w+|unclear|clear|curious|question|see|get)\b",
    _I,
)
"""Before ``why`` it says that somebody asks."""
_ASKS = re.compile(r"\b(?:what|which|how|who|when|where|whether)\b", _I)
_TOLD = re.compile(
    r"^\W*(?:(?:i|we)(?:'ve| have)? (?:read|see|saw|heard|hear|know|noticed|understand|gather|learned|learnt)(?: that)?"
    r"|(?:my|our|the|a|some|one of my|one of our) (?:[\w-]+ ){1,2}?"
    r"(?:says?|said|claims?|thinks?|tells? me|told me|noticed?|heard|read)(?: that)?"
    r"|apparently|it (?:says|seems)(?: that)?),?\s+",
    _I,
)
"""Says from whom a statement is."""
_OWN = re.compile(r"^\W*(?:i|we|my|our|you|please|hi|hello|sorry|thanks)\b", _I)
_AUTHORS_HOLD = re.compile(
    r"\s*,?\s*\b(?:(?:as )?per|acc(?:ording|\.)? to|in the (?:view|opinion|words|eyes|judg[e]?ment) of|as seen by) (?:the|its|their|these) "
    r"(?:[\w-]+ )?(?:authors?|writers?)(?:'s?)?(?: (?:view|opinion|words))?(?![\w']| of\b| lists?\b)\s*,?"
    r"|\s*,?\s*\bin the authors?'(?:s)? (?:own )?(?:words?|wording|views?|opinions?|eyes|judg[e]?ment)\b\s*,?",
    _I,
)
"""Says that the review is asked, by way of its authors."""
_ADVISED = re.compile(r"\b(?:should|would|could|must|need to|ought|recommend\w*|next|future|further)\b", _I)
"""Asks what is to be done, which only the authors may say."""


def without_lead(text: str) -> str:
    """``text`` without the occasion or the person it is asked for, and without words that say its studies are the review's."""
    text = _LENGTH.sub("", text)
    text = _STUDIES_SELECTED.sub(r"\g<all>", _SELECTED.sub(r"\g<those> ", _CLUB.sub("seminar", text)))
    if _AUTHORS_HOLD.search(text) and not _ADVISED.search(text):
        text = re.sub(r" (?=[?.!,;])", "", _AUTHORS_HOLD.sub(" ", text)).strip()
    for pattern in (_AT_WORK, _LEAD, _LEAD, _TAIL):
        if (around := pattern.search(text)) is None:
            continue
        ends = "?" if pattern is _TAIL and "?" in around[0] else ""
        rest = f"{text[: around.start()]}{ends}{text[around.end() :]}"
        text = rest if len(rest.split()) >= _LEFT else text
    return text


def reason_asked(text: str) -> str:
    """``My students ask why A is B. What is the reason given?`` as ``Why A is B?``; itself where its last sentence asks more."""
    tagged = _TAGGED.match(text)
    if tagged is None:
        return text
    *earlier, said = _SENTENCE.split(tagged["before"])
    if why := _WHY.search(said):
        said = said[why.start() :] if _WONDERED.search(said[: why.start()]) else said
    elif tagged["reason"] and tagged["end"] != "?" and not _ASKS.search(said):
        said = _TOLD.sub("", said)
        if _OWN.match(said) or len(said.split()) <= _LEFT:
            return text
        said = f"Why is it that {said}"
    elif tagged["reason"] or _OWN.match(said) or len(said.split()) <= _LEFT:
        return text
    return " ".join((*earlier, f"{said}?"))
