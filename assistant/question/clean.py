"""A question in the English the readers expect: short times written out."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import ONE_NUMBER_WORD, WORD_NUMBER, word_number
from assistant.vocabulary.wording import any_of

_SHORT_TIME = re.compile(
    r"\b(\d{1,3})\s?-?\s?(y|yr|yrs|mo|mos|mth|mths|m|w|wk|wks|d)\b\.?(?!\w|\s+#?\d)", re.IGNORECASE
)
_UNIT_FIRST = re.compile(r"\b(?:at )?(mo|mth|wk)s?\.? (\d{1,3})\b(?!\s?%|\.\d|\w)", re.IGNORECASE)
"""``mo 6``: the unit before its number."""
_SHORT_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_PERIOD = "(?=year|month|week)"
_ORDINAL_TIMES = tuple(
    (pattern.format(word), shown.format(number))
    for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)
    for pattern, shown in (
        (
            r"\b{0}[- ](year|month)(?= (?:[\w-]+ ){{0,2}}?(?:survival|mortality|relapses?|incidence|rates?|(?-i:[A-Z]{{2,4}}))\b)",
            r"{0}-\1",
        ),
        (
            r"\b(?:in|within|over|during) (?:the|their|its) {0} (year|month)\b(?! of (?:life|age))",
            r"at {0} \1",
        ),
        (r"\b{0} round\b(?! of (?:review|screening|funding))", r"cycle {0}"),
    )
)
"""``first-year survival`` is told at 1 year, ``the second round`` is cycle 2."""
_TIME_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"\bgr(?:ad)?\.? ?(?=[1-5]\b|[IV]{1,3}\b)", "grade "),
        (r"\b(cycle|course) (?:no\.?|number|#) ?(\d)", r"\1 \2"),
        (r"\bround (one|two|three|[1-6])\b(?! of (?:review|screening|funding))", r"cycle \1"),
        (r"\b(\d)(?:st|nd|rd|th) (cycle|course)\b", r"\2 \1"),
        *_ORDINAL_TIMES,
        (r"\b(\d+)\+ ?(weeks|months|years)\b(?! of age| old)", r"\1 \2 or longer"),
        (r"\b(\d|one|two|three|four|five|six) (full |complete |treatment )?rounds\b", r"\1 \2cycles"),
        (
            r"(?<!ex )\bin vivo(?= (?:findings?|results?|data|efficacy|activity|effects?|outcomes?|experiments?)\b)",
            "xenograft",
        ),
        (
            r"\b(?:after|by the end of|at the end of|over|within) (?:the|its|their) first (year|month)\b(?! of)",
            r"at 1 \1",
        ),
        (
            r"^(\W*(?:and |so )?what )(?:else )?"
            r"(?:went|goes|came|comes|ran|was (?:paired|partnered|teamed up|put together))(?: along| together)? with"
            r"(?= (?:it|the )?(?:[\w+-]+)?(?: (?:in|at|by|for) [^?]{2,30})?\W*$)",
            r"\1was combined with",
        ),
        (r"\bresponding completely\b", "with a complete response"),
        (r"\bresponded completely\b", "had a complete response"),
        (r"\bw/o\b", "without"),
        (
            r"\b(?:what|which) dose (?:was|is|did (?:they|the authors|the investigators)) (?:finally )?recommend(?:ed)?\b"
            r"(?: for (?:phase (?:II|2)|(?:further|later) (?:study|testing|development|evaluation)|expansion)\b)?"
            r"(?=\W*$|[?.,;]| (?:in|from|of) (?:the )?(?:abstract|poster|study|trial|(?-i:[A-Z])))",
            "what was the RP2D",
        ),
        (
            r"(?<!aged )\b(from|between) (\d) (to|and) (\d) (year|month)s?\b(?! of age| old)",
            r"\1 \2-\5 \3 \4-\5",
        ),
        (
            r"\b((?:relapse|event|progression|disease|leuk[a]?emia|failure)[- ]free|overall)(?= (?:or|and|and/or) \w+[- ]free survival\b)",
            r"\1 survival",
        ),
        (r"\b(phase \w+) (or|and) (?=(?:[1-4]|I{1,3}|IV)(?:\s?/\s?(?:[1-4]|I{1,3}|IV))?\b)", r"\1 \2 phase "),
        (
            r"\bwith (?:vs\.?|versus|compared (?:with|to)) without ([A-Za-z][\w-]{3,})",
            r"with \1 versus without \1",
        ),
        (r"\bpat(?:e|i)(?:i|e)?nts\b", "patients"),
        (r"(?<=\bpatients )(?:dyed|deid|dided)\b|(?<=\bpts )(?:dyed|deid|dided)\b", "died"),
        (r"\b(?:mny|meny|mnay)\b", "many"),
        (r"\b(?:wich|whcih|wihch|whch)\b", "which"),
        (r"\b(?:wat|waht|wht|whta)\b", "what"),
        (r"\b(?:studys|studdies|sudies|stuides)\b", "studies"),
        (r"\b(?:stdy|sutdy|studdy|stduy)\b", "study"),
        (r"\b(?:teh|hte)\b", "the"),
        (r"\b(?:hwo|hw)\b(?= (?:many|much|long|old))", "how"),
        (r"\s*\bin the first place\b", ""),
        (r"#\s?(?:of )?(?=pts\b|patients\b)", "number of "),
        (r"\bfirst table\b", "table 1"),
        (r"\bsecond table\b", "table 2"),
        (r"\ba decade\b", "10 years"),
        (r"\bhalf a dozen\b", "6"),
        (r"\btwo dozen\b", "24"),
        (r"\b(?:a|one) dozen\b", "12"),
        (r"\b(?:one|a) year and a half\b|\bone and a half years\b", "18 months"),
        (r"\bhalf a year\b", "6 months"),
        (
            r"\b(reach|exceed|beyond|above|under|below|at least|(?:more|less|longer|shorter) than) an? (?=(?:year|month)\b)",
            r"\1 1 ",
        ),
        (
            r"\b(?:combined|pooled|averaged|taken together|merged)\s+(?:over|across|for|from)\s+"
            r"(?:all |both )?(?:of )?(?:the )?(?:two |three |both )?(?:treatment |study )?(?:arms|groups|cohorts)\b",
            "for all patients",
        ),
        (r"\ban? (year|month) (?:in|on|out|later|afterwards?|down the (?:line|road))(?=\W*$|,)", r"1 \1"),
        (r"\b(\w+ (?:years|months)) (?:in|on|out|down the (?:line|road))(?=\W*$|,)", r"\1"),
        ("|".join(rf"(?<=\b{word} )an? {_PERIOD}" for word in ("after", "for", "within", "at")), "1 "),
        (r"(?<![\d-])\b(year|month|week) (one|two|three|four|five|six|ten|twelve)\b", r"\2-\1"),
    )
)
_ANY_TIME_WORD = any_of(*(pattern.pattern for pattern, _ in _TIME_WORDS))
"""Most questions have none of them."""
_NUMBER_SPELT = re.compile(
    rf"\b((?:abstract|poster)(?: (?:number|no\.?))?) ({WORD_NUMBER})\b(?! (?:patients|authors|arms))",
    re.IGNORECASE,
)
"""``abstract fifty-one``."""
_SHARE_SPELT = re.compile(
    rf"\b({WORD_NUMBER})(?: point ({ONE_NUMBER_WORD}|nought|zero|oh)(?: ({ONE_NUMBER_WORD}|nought|zero))?)?[ -]per ?cent\b",
    re.IGNORECASE,
)
"""``sixty-five per cent``, ``forty-one point five per cent``."""
_SHORT_OF = re.compile(
    rf"\b(?:f[ea]ll?s?|c[ao]mes?|stay(?:s|ed)?|remain(?:s|ed)?) short of (?=\d|(?:{WORD_NUMBER})\b)",
    re.IGNORECASE,
)
"""``fell short of 90%``."""
_DIVIDED = (
    r"(?:the |their |any |which |what |whichever )*(?:treatment |study |therapy |trial |randomi[sz]ed )?"
    r"(?:arms?|groups?|allocations?|assignments?|regimens?|treatments?|treatment arms?|cohorts?)"
    r"(?: (?:they|patients|people|someone|anyone|each) (?:were|was|had been|are|is|got|received|fell)"
    r"(?: (?:in|into|on|given|put in|assigned to|allocated to|randomi[sz]ed to))?)?"
)
_WHATEVER_ARM = re.compile(
    rf"\b(?:ignoring|disregarding|regardless of|irrespective of|independent(?:ly)? of|without regard (?:to|for)|no matter"
    rf"|never ?mind|leaving aside|setting aside|putting aside|not (?:split|broken down|separated|divided) by|without splitting (?:by|into))"
    rf" {_DIVIDED}(?![\w-])(?! (?:of|with|without|who|\d))\s*,?"
    rf"|\b(?:setting|leaving|putting) {_DIVIDED} (?:aside|out of it)\b\s*,?",
    re.IGNORECASE,
)
"""Says that a study's arms are not to be told apart, which nothing else of the question need say."""
_NOTHING_ELSE = re.compile(
    r"\s*[,;.:\u2013\u2014-]\s*(?:and |just that,? )?"
    r"(?:nothing (?:else|more)|no more|that'?s (?:all|it)|just (?:the number|that)|only that)(?= *[.!?,;]|\s*$)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:could|can|would|will) you (?:please |just |now |kindly )*(?:repeat|redo|do|run|give)"
    r" (?:that|it|this|the same)(?: (?:again|once more))?"
    r"(?: please)? (?=for|with|in|but)",
    re.IGNORECASE,
)
"""``could you repeat that for …``: a question that goes on."""
_LONG_WORD = re.compile(r"(\w{200}|[!-~]{200})[\w!-~]*")
"""No word is longer; what looks for the words before or after another one goes over each letter again and again."""

_UNIT_LEFT_OUT = re.compile(
    rf"(?P<said>\b(?:at|after|by|within|from) (?:\d+|{ONE_NUMBER_WORD})[- ](?P<unit>year|month|week|day|cycle)s?\b[^?.;]{{0,80}}?"
    r"\b(?:with|to|than|and|versus|vs\.?|or|from|against) "
    r"(?:(?:that|those|the (?:one|figure|rate|value)|what it (?:was|is)|it (?:was|is)) )?"
    rf"(?:(?:at|after|by|within) |(?<=\bto ))(?:\d+|{ONE_NUMBER_WORD}))(?=\s*(?:[?.,;]|$)| (?:in|for)\b)",
    re.IGNORECASE,
)
"""``at one year … with that at three``: the unit is said once."""

_SUBTRACTED = re.compile(
    r"(?:\b(?:if (?:i|you|we|one) )?(?:please )?(?:subtract|deduct|take away)(?:ing|ed)?) (?P<less>[^?.;,]{2,60}?)"
    r" from (?P<more>[^?.;,]{2,80})"
    r"(?:[;,.]\s*(?:and )?what(?:'s| is| does that) (?:left|leave|remains|the (?:result|difference|rest|remainder)))?",
    re.IGNORECASE,
)
"""``subtract A from B; what's left?``: the difference of the two."""

_PEOPLE_OF = re.compile(
    r"(?<=\bdo )(?:the )?([A-Z][\w-]+) (?:authors|investigators|researchers)\b"
    r"|(?<=\bdid )(?:the )?([A-Z][\w-]+) (?:authors|investigators|researchers)\b"
)
"""People called by a study's first author, who do something: ``how did the A authors make it``."""
_POINTED_OUT = re.compile(
    r"\b(?:single out|singled out|bring up|brought up|point to|put forward|hold up|come up with)\b",
    re.IGNORECASE,
)
"""Ways of saying that something is mentioned, whose words mean other things by themselves."""
_CHECKED = (
    r"(?:(?:is|was) (?:this|that|it) )?(?:claim |statement )?(?:supported|support|backed|back"
    r"|borne out|confirmed|confirm|covered|correct|true|accurate"
    r"|right|in line|consistent|agree|say so|hold up)\b"
)
_QUOTED = re.compile(
    rf"^.*?(?:^|[\s:(])['\"\u2018\u201c](?P<said>[^'\"\u2018\u2019\u201c\u201d]{{12,}}?)[.!?]?['\"\u2019\u201d]"
    rf"(?=\W|$).*?\b{_CHECKED}[^?]*\?*\W*$",
    re.IGNORECASE | re.DOTALL,
)
"""A statement in quotation marks that is to be checked."""
_CLAIMED = re.compile(
    rf"^\W*(?:[\w' ]{{0,40}}\b)?(?:claim|statement|sentence|assertion)\s*:\s*(?P<said>[^?]{{12,}}?)[.,;!?\s\u2013\u2014-]+"
    rf"(?:is|does|do|did|was|would|can|{_CHECKED})\b[^?]*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)
_SUPPORTED_THAT = re.compile(
    r"\b(?:is it|is the (?:claim|statement|view|idea)|do(?:es)? the (?:text|review|letter|paper|article|authors?)) "
    r"(?:supported|support|backed|back|borne out|confirmed|confirm|agree)(?: (?:it|by|in|with))?"
    r"(?: the (?:text|review|letter|paper|article|claim|statement))?,? that (?=\w)",
    re.IGNORECASE,
)


_THE_AUTHORS = r"the (?:authors?|investigators?|researchers?|trialists?|team|group|writers?)"
_THEIR_VIEW = re.compile(
    rf"[,\s]+according to {_THE_AUTHORS}(?=\s*[?.]?\s*$)|^\W*according to {_THE_AUTHORS},\s*"
    rf"|(?<=\bwhy) (?:do|did|would) {_THE_AUTHORS} (?:think|believe|suspect|suppose|say|feel|assume|reckon)(?: that)?(?= \w)"
    rf"|(?<=\w)\s*[,;:\u2013\u2014-]+\s*(?:and )?what (?:do|did) {_THE_AUTHORS} (?:blame|suggest|think|say|propose|suspect)"
    r"(?: (?:it|this|for (?:it|this)))?(?=\s*\?*\s*$)"
    r"|[,\s]+going by (?:this|the) (?:review|letter|paper|article|text)(?=\s*[?.,])",
    re.IGNORECASE,
)
"""Says whose view is wanted, which is that of any study: ``why did it fail, according to the investigators``."""
_AFTER_REMISSION = re.compile(r"\bpost[- ]remission\b", re.IGNORECASE)
"""Names a time of treatment, and no remission that is counted."""
_TWO_ANTIGENS = re.compile(r"\b(CD\d+) ?[xX*] ?(CD\d+)\b")
"""The two antigens of a bispecific antibody, typed without the sign between them."""
_HOW_IT_WORKS = re.compile(
    r"^\W*(?:please |can you |could you )*(?:explain|describe|tell me|remind me)(?: to me| briefly)? how "
    r"(?P<what>(?:the )?[\w/+-]+(?: [\w/+-]+)?) works?\W*$",
    re.IGNORECASE,
)
_WHY_ASKED = re.compile(r"\b(?:why|how come|reason|cause)\b|\bgoing by\b", re.IGNORECASE)


def as_question(text: str) -> str:
    """``text`` with a statement to be checked as a question: ``Claim: 'A is B.' Supported?`` as ``Is it true that A is B?``."""
    for pattern in (_QUOTED, _CLAIMED):
        if stated := pattern.match(text):
            return f"Is it true that {stated['said'].strip()}?"
    return _SUPPORTED_THAT.sub("is it true that ", text)


_YEARS_OF_AGE = re.compile(
    r"\b((?:patients?|people|participants?|children|kids|adults|anyone|anybody|someone|those)(?: who (?:are|were))?(?: aged)?(?: of)?"
    r" (?:over|above|under|below|older than|younger than|aged)(?: the age of)? (?:1[2-9]|[2-9]\d))[- ]years?(?: of age| old)?\b",
    re.IGNORECASE,
)


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_OVER_DECADE = re.compile(
    rf"\b(?:the |those )?(over|under)[- ](?:the |their )?({'|'.join(_DECADES)})(?: patients)?\b",
    re.IGNORECASE,
)


def as_ages(text: str) -> str:
    """``text`` with ages that are no times: ``patients over 80 years`` as ``patients over 80``, ``the over-seventies`` too."""
    text = _OVER_DECADE.sub(
        lambda m: f"patients {m[1].lower()} {10 * _DECADES.index(m[2].lower()) + 20}", text
    )
    return _YEARS_OF_AGE.sub(r"\1", text)


def without_long_words(text: str) -> str:
    """``text`` with words that are longer than any cut short."""
    return _LONG_WORD.sub(r"\1", text)


_DOZEN = re.compile(r"\b(?:a |one )(?:half )?dozen\b|\bhalf a dozen\b", re.IGNORECASE)


_MONTHS_LASTED = re.compile(
    r"\bhow many (?:days|weeks|months|years)(?= (?:did|do|does|would) [^?.,;]{3,60}? (?:last|persist|hold|endure)\b)",
    re.IGNORECASE,
)
"""``how many months did responses last`` asks for a length of time, and counts nobody."""
_AND_UP = re.compile(
    r"\b(grade|gr\.?)[ -]?([1-4])(?:[ -]?\+|[ -]plus\b|,? (?:and |or )?(?:up|upwards?)\b"
    r"|-(?:and|or)-(?:higher|worse|above|more|greater|up|upwards?|over)\b)",
    re.IGNORECASE,
)
"""``grade 3 up`` is that grade or a higher one."""
_GRADE_SPELT = re.compile(
    r"\b(grades?|grades? \d (?:to|through|or|and|-)) (one|two|three|four|five)\b", re.IGNORECASE
)
_AND_DOWN = re.compile(
    r"\b((?:grade|gr\.?) ?(?:[1-4]|I{1,3}|IV))(?:,? (?:at (?:the )?(?:most|worst|(?:highest|maximum)(?!\s+\w))|max(?:imum)?(?!\s+\w)|tops"
    r"|(?:and |or )?(?:down|downwards?)|and nothing (?:worse|higher|above)))(?![\w-])",
    re.IGNORECASE,
)
"""``grade 2 at most`` is that grade or a lower one."""
_AT_LEAST = re.compile(
    r"\b((?:grade|gr\.?) ?(?:[1-4]|I{1,3}|IV)),? (?:at (?:the )?(?:least|(?:lowest|minimum)(?!\s+\w))|min(?:imum)?(?!\s+\w))(?![\w-])",
    re.IGNORECASE,
)
_GENE_IS = re.compile(
    r"\b(if|when|where|in case|provided|whose) ([A-Z][A-Z0-9]+\d[A-Z0-9]*|[A-Z]{3,}) (?:is|was|were|are) "
    r"(mutated|rearranged|altered|deleted|unmutated|wild[- ]type|positive|negative)\b"
)
"""``if ABC1 is mutated`` tells patients: those who are ABC1-mutated."""


_COMPARISON = re.compile(
    r"\b(the|this|that|a) ((?:[\w/-]+ ){0,2})(?:comparison|evaluation)"
    r"(?= (?:from|by) (?-i:[A-Z])| (?:did )?(?:find|found|report\w*|show\w*|yield\w*|g[ai]ve))",
    re.IGNORECASE,
)
"""``the retrospective comparison found``: a study, which compared."""
_POPULATION = re.compile(
    r"\b(?P<of>(?:share|proportion|percentage|fraction|number) of the|how many of the) (?P<name>[\w-]+) population\b",
    re.IGNORECASE,
)
"""``share of the TRIAL population``: of its patients."""
_RATHER = re.compile(
    r"(?P<had>\b(?:how many|share|proportion|percentage|number|count)\b[^?.;]*\b(?:had|have|with|were) (?:an? )?[\w-]+(?:[ /][\w-]+){0,2}?)"
    r"(?:,? \(?(?:rather than|as opposed to|instead of)|,? \(not|, not) (?:an? |with |the )?[\w-]+(?:[ /][\w-]+){0,2}(?=\W*$)",
    re.IGNORECASE,
)
"""``had X rather than Y``: had X."""


def _share_in_digits(match: re.Match[str]) -> str:
    """``forty-one point five per cent`` as ``41.5%``."""
    decimals = "".join(str(word_number(w.lower()) or 0) for w in match.groups()[1:] if w)
    return f"{word_number(match[1])}{f'.{decimals}' if decimals else ''}%"


def written_out(text: str) -> str:
    """``text`` with times as number and unit: ``3y`` as ``3-year``, ``half a year`` as ``6 months``.

    That nothing but the figure is wanted says nothing of it (``…, nothing else``).
    """
    text = _POINTED_OUT.sub("mention", as_question(text))
    text = _POPULATION.sub(r"\g<of> \g<name> patients", text)
    text = _RATHER.sub(r"\g<had>", _COMPARISON.sub(r"\1 \2study", text))
    text = _AFTER_REMISSION.sub("postremission", text)
    text = _TWO_ANTIGENS.sub("\\1\u00d7\\2", text)
    text = _HOW_IT_WORKS.sub(r"How does \g<what> work?", text)
    text = _THEIR_VIEW.sub("", text) if _WHY_ASKED.search(text) else text
    for _ in range(2):  # "grade one to two"
        text = _GRADE_SPELT.sub(lambda m: f"{m[1]} {word_number(m[2].lower())}", text)
    text = _PEOPLE_OF.sub(lambda m: f"{m[1] or m[2]} et al.", text)
    text = _NUMBER_SPELT.sub(lambda m: f"{m[1]} {word_number(m[2])}", text)
    text = _SHARE_SPELT.sub(_share_in_digits, _SHORT_OF.sub("was below ", text))
    text = _SUBTRACTED.sub(r"what is the difference between \g<more> and \g<less>", text)
    text = _UNIT_LEFT_OUT.sub(lambda m: f"{m['said']} {m['unit']}s", text)
    text = _WHATEVER_ARM.sub("", _NOTHING_ELSE.sub("", text))
    text = _AGAIN.sub("and ", text)
    text = _MONTHS_LASTED.sub("how long", text)
    text = _AT_LEAST.sub(r"\1 or higher", _AND_UP.sub(r"\1 \2 or higher", text))
    text = _AND_DOWN.sub(r"\1 or lower", text)
    text = _GENE_IS.sub(r"\1 \2-\3", text)
    text = _DOZEN.sub(lambda m: "6" if "half" in m[0].lower() else "12", text)
    text = _UNIT_FIRST.sub(lambda m: f"at {_SHORT_UNITS[m[1][0].lower()]} {m[2]}", text)
    text = _SHORT_TIME.sub(lambda m: f"{m[1]}-{_SHORT_UNITS[m[2][0].lower()]}", text)
    for pattern, shown in _TIME_WORDS if _ANY_TIME_WORD.search(text) else ():
        text = pattern.sub(shown, text)
    return text
