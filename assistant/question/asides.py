"""What a message says beside its question, taken out: occasions, pleas, limits on the form of the answer."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re
from assistant.question.chatter import without_chatter

_I = re.IGNORECASE
_LOOSE_STOP = re.compile(
    r"(?<=[a-z\d)%]{3})(?<!\bapprox)(?<!\bincl)(?<!\bvs)(?<!\bfig)(?<!\bresp)(?<!\bprof)(?<!\bref)(?<!\bno)\.\s+(?=[a-z])(?!et al)"
)
"""A full stop that ends a sentence of somebody who writes no capitals."""
_TAIL = r"(?=\s*(?:[.?!)]*\s*$|[.?!]\s))"
_LIMITS = re.compile(
    r"\s*(?:[,;:.(\u2013\u2014?-]\s*|\s)(?:but |and |so |with )?(?:please[, ]+|pls[, ]+)?(?:"
    r"in (?:that|this|the same|the given) order(?: please)?|the (?:longer|larger|bigger|later|earlier|shorter"
    r"|smaller|higher|lower|older) (?:one )?first"
    r"|(?:giving|with|state|stating|plus|include|including|add) (?:the )?n (?:for|of|in) each(?: one)?|giving n"
    r"|(?:one|a single|1|two|a few) words? (?:will do|would do|is enough|is fine|suffices?|only|please|answer"
    r"|max(?:imum)?)"
    r"|(?:a |one )?(?:number|figure|name|date|year|short answer|yes or no|percentage) (?:only|will do|would do"
    r"|is enough|is fine|suffices?|please)"
    r"|no (?:more|waffle|padding|prose|essays?|explanations?|comments?|fluff|discussion|context|interpretation"
    r"|frills|story|stories)(?: please| needed)?"
    r"|in (?:one|a|a single|two) (?:word|words)"
    r"|if (?:at all )?(?:possible|known|available|given|stated|reported|you can|you could|you would|you please"
    r"|you don'?t mind|i may|i might)"
    r"|first authors? (?:are|is|will be) (?:enough|fine|sufficient)|surnames? (?:are|is|will be) (?:enough|fine)"
    r"|(?:as printed|as given|as stated|verbatim|word for word|to the decimal|to one decimal(?: place)?"
    r"|exactly as printed)"
    r"|respectively please|side by side please|y/n|yes/no|thank(?:s| you)(?: (?:so much|a lot|in advance"
    r"|very much))?|many thanks|cheers|please|though"
    r"|(?<=[,;:.(?-] )(?:just|only) (?:the |a )?(?:number|figure|value|name|percentage|count|fact)s?(?: please"
    r"| pls| is fine)?"
    rf"){_TAIL}",
    _I,
)
"""Says in what form the answer is wanted, at the end."""
_COUNT_NOT_SHARE = re.compile(
    r"\bas an? (?:head ?count|absolute number|number of patients|raw (?:count|number)|plain number|number"
    r"|count),? (?:rather than|not|instead of)(?: as)? (?:an? |the )?"
    r"(?:percentage|per ?cent|share|rate|proportion|fraction|%)",
    _I,
)
_SHARE_NOT_COUNT = re.compile(
    r"\bas an? (?:percentage|per ?cent|share|proportion|fraction|%)(?:,? (?:rather than|not"
    r"|instead of)(?: as)? (?:an? |the )?"
    r"(?:head ?count|count|number|absolute number|raw number))",
    _I,
)
_ONLY_SHARE = re.compile(
    r"^(?P<what>[^?!.;]{3,140}?),? (?:is|are|was|were)(?: only| just)? (?:printed|given|reported|stated|shown|listed|quoted|expressed"
    r"|presented|told)(?: only| just| merely)? (?:as an? |in |as )(?:percentages?|per ?cent|%|rates?|proportions?|shares?)(?: only| alone)?"
    r"\s*[,;:.\u2013\u2014-]+\s*(?:and |so |but )?(?=(?:what|how many|which)\b)[^?]{0,60}\b(?:numbers?|many|count|heads?)\b"
    r"[^?]{0,40}\b(?:is|would|does|was|are|do) (?:that|this|it|they)(?: be| make| mean| come to| amount to| correspond to)?\W*$",
    _I,
)
"""``CRS is only given as a percentage; what absolute number is that?``"""
_OF_SOME = re.compile(r"\b(?:arms?|groups?|cohorts?|subgroups?|patients)\b", re.IGNORECASE)
"""Names a part of the patients."""
_NOT_THAT = re.compile(
    r"(?<=[\w%?.])(?<!i\.e)(?<!e\.g)\s*(?:[.;?]\s+(?:and |but )?not (?:the |its "
    r"|their )?(?:[\w/%-]+ ?){1,4}[.!]*\s*$|\((?:and |but )?not (?:for |the |of |its )?[^()?]{2,50}\))",
    _I,
)
"""``Not OS.``, ``(not for CR, I have this one)``: what is not asked."""
_NOT_ALL = re.compile(
    r"(?:\s*\(|\s*[,;:\u2013\u2014-]\s*|\s)(?:and |but )?(?:not|rather than|instead of|as opposed to|and not) (?:for |of |in |among "
    r"|that of )?(?:the |its )?"
    r"(?:(?:whole|entire|overall|total|full|complete)(?: [\w-]+)? (?:group|cohort|population|study|trial|series|set)|all (?:of )?(?:the )?"
    r"(?:patients|participants|people|subjects)|everyone|everybody)(?: (?:together|combined|pooled))?\s*(?:\)|(?=$|[,;?.]|\s+but\b))",
    _I,
)
"""``(not the whole group)``: those who are named besides are meant, and no others."""
_NOT_THEN = re.compile(
    r"\s*(?:[,;]|\()\s*(?:and |but )?(?:not|rather than|instead of) (?:at |the |that at |the one at |after )*[\w-]+[- ](?:year|month"
    r"|week|day)s?"
    r"(?: (?:figure|one|value|rate|result|number|mark|point|data|estimate)s?)?\s*(?:\)|(?=$|[;?.]))",
    _I,
)
"""``, not the 3-year figure``: another time than the one meant."""
_NEITHER = re.compile(
    r"^\W*(?:it is )?neither [^.;:?!]{3,80}? nor [^.;:?!]{3,80}? (?:is|are|was|were|that) (?:what )?(?:i|we) (?:am |are |was |were )?"
    r"(?:after|want(?:ed)?|need(?:ed)?|look(?:ing)? for|interested in|ask(?:ed|ing)? for)\s*[,.;:]+\s*(?:but |rather,? )?(?=\w)",
    _I,
)
"""``Neither A nor B is what I am after;``: what is not asked, said before the question."""
_AS_SOME_SAY = re.compile(
    r",\s*as (?:(?:one|some|two|several|many) of )?(?:my|our|a|the|another|some|his|her) [\w -]{2,30}? (?:do(?:es)?|did|says?|said"
    r"|claims?|claimed|puts? it|maintains?"
    r"|insists?|has it|have it|would have it|wrote|writes|asserts?|asserted|believes?|suggests?|suggested)(?: (?:here|there))?\s*(?=,)",
    _I,
)
"""Says who else says so."""
_ME = r"(?:i|i'm|i'll|i've|i'd|we|we're|we've|my|our|me|you|your)"
_CLAUSE = re.compile(
    rf"(?:^|[,;:(\u2013\u2014-]\s*|\s)(?P<c>(?:(?:before|so that|because|since|when|while|whilst|until|till"
    rf"|after|in case|now that) {_ME}|as (?:i|we))\b[^,.?!;:()]*"
    r"(?=[.?!,;:)]|$))",
    _I,
)
"""A clause of the person asking: ``before I get lost in the jargon``."""
_PURPOSE = re.compile(
    r"[,\s]+(?:for|on|in|into|onto) (?:(?:(?:my|our)(?: [\w-]+){0,2} |(?:a|the|this|next|tomorrow'?s|today'?s"
    r"|monday'?s|friday'?s)(?: [\w-]+){0,2} )"
    r"(?:minutes|slides?|talk|lecture|seminar|presentation|meeting|handout|poster session|journal club|thesis"
    r"|essay|exam|grant|readers|students|families"
    r"|newsletter|leaflet|spreadsheet|data sheet|meta-analysis|website|podcast|round|ward round|footnote"
    r"|glossary|assignment|homework|viva|audit))(?=\s*(?:[.?!,;:]|$))",
    _I,
)
_OPENING = re.compile(
    r"^\W*(?:be (?:frank|honest|straight|blunt|precise|brief|careful|quick)(?: with (?:me|us))?|(?:quick|short"
    r"|silly|dumb|stupid|naive|simple|small|last|another|one more"
    r"|tiny|serious|genuine|basic|honest|nurse|student|exam|trick|follow-up|different"
    r"|new)(?:,? \w+)? (?:question|one|query|check|thing)(?: (?:for you|from me|please|again|here))?"
    r"|(?:qa|fact|sanity|reality|quality|data|spot|cross)[ -]check|help me(?: out)?(?: here)?|bear with me"
    r"|forgive me|excuse me|pardon(?: me| my ignorance)?|sorry(?: (?:for|about|if) [^:,.?]{2,40})?"
    r"|hi(?: there| all| team)?|hello(?: there)?|hey(?: there)?|good (?:morning|evening|afternoon)"
    r"|dear [^,:]{2,30}|(?:out of|just out of|pure) curiosity|just curious|curious|just wondering"
    r"|asking for a (?:friend|colleague)|sorry to (?:bother|trouble|disturb|pester) (?:you|everyone)"
    r"|before (?:the )?(?:clinic|rounds?|meeting|handover|lunch|class|work)(?: starts| begins)?|on ward rounds?"
    r"|on the ward|on call|in clinic|in a hurry|teaching (?:tomorrow|today|tonight)|exam (?:tomorrow|today)"
    r"|urgent|question|query|request"
    r"|i don'?t know|by the way|in my view|as far as I know|if i remember(?: (?:right|rightly|correctly|well))?"
    r"|to be honest|honestly|frankly|seriously|in all honesty|in plain (?:english|words|terms)"
    r"|in simple (?:words|terms)|put (?:simply|plainly)|for the record|long story short|side by side please"
    r"|not split by \w+ ?,? please|thanks|ok thanks|ok(?:ay)?)\s*(?:[:,.;!\u2013\u2014]|-\s|\n)\s*(?=\w)",
    _I,
)
"""Opens a message and asks nothing."""
_LACKING = re.compile(
    rf"^\W*(?:{_ME}\b[^.?!:]*?|[^.?!:]*?\b(?:and|but) )\b(?:lack|need|miss|am missing|are missing|want|require"
    rf"|am after|am looking for|still need|have no|am short of|could use|must (?:add|enter|fill in))(?! to\b)"
    r" (?:only |just |one |a single |still |the |these |those |its |two |three |both |your |following |a "
    r"|an )*(?P<what>[^.?!:]{3,60}): (?P<of>[^?!]{3,})$",
    _I,
)
"""``I am filling in a sheet and lack two sample sizes: A and B.``"""
_HAD = re.compile(
    r"(?<!can )(?<!could )(?<!may )(?<!do )(?<!should )\b(?:i|we)(?:'ve| have)(?: got)?(?: already)? "
    r"(?!an? |to |been |no |not |just |only |some )(?P<what>[^,.;?!]{3,70}?)(?: already)?"
    r"(?=\s*[,.;]|\s+but\b)"
    r"|\b(?P<what2>(?:the|that|its) [^,;?!]{3,60}?) (?:i|we)(?: already)? (?:have|know)(?: already)?(?=\s*[,.;])",
    _I,
)
"""``I have the OS of the cohort, but …``: what the asker does not want."""
_UNWANTED = re.compile(
    r"(?:(?<=^)|(?<=[.!?;,:(\u2013\u2014]\s)|(?<=[(\u2013\u2014]))(?:(?:and|but|so|now|please|right now|for now),? )*"
    r"(?:(?:(?:i|we)(?: really| honestly| actually)?)?(?: ?do not| ?don['\u2019]?t|(?:['\u2019]m| am|['\u2019]re| are) not)"
    r"(?: really| honestly| actually| even| at all)*"
    r" (?:care (?:about|for)|(?:really )?mind about|interested in|asking (?:about|for|after)|after|looking for|need|want"
    r"|bothered about|concerned with|worried about|talking about)"
    r"|never mind|leave aside|leaving aside|forget(?: about)?|spare me|skip|not interested in|no interest in)"
    r" (?!to\b|(?:a|any) |(?:if|whether|how|what|who|why|when)\b)(?P<what>[^.;?!,:()\u2013\u2014]{2,70}?)"
    r"(?: (?:right now|now|here|today|for now|at the moment|at all|at present|this time))?\s*(?:[.;!,:)\u2013\u2014]+\s*|(?=\bbut\b))"
    r"(?:but |though |only |just )?(?=\w)",
    _I,
)
"""``I don't care about their survival.``: what is not asked, said before the question."""
_OF_WHAT = re.compile(r"\b(?:of|in|from|for) (?!whom|which)[^,;?!]+$", _I)
_ORDERED = re.compile(r",? in (?:that|this) order(?=\s*[:;])", _I)
_STRAY = re.compile(r"\s*,(?=\s*[,?.!;])|[ \t]+(?=[,?.!;:] )|(?<=[.!?] )\s+")
"""Commas and blanks that are left over."""
_TALKER = re.compile(rf"\b{_ME}\b", _I)
_OCCASION = re.compile(
    r"\b(?:ward|rounds?|teaching|clinic|exams?|on call|meeting|slides?|tomorrow|tonight|today|monday|tuesday"
    r"|wednesday|thursday|friday"
    r"|consultant|registrar|boss|supervisor|hurry|rush|coffee|phone|train|asking|urgent|quick|forgot|thesis"
    r"|lecture|journal club|homework"
    r"|curious|confused|stuck|lost)\b",
    _I,
)
_ASKED = 2
"""Weight of a question for something by name."""
_FEW = 6
"""Words of a sentence that only says on what occasion something is asked."""
_ORDER = re.compile(
    r"\W*(?:and |please |so |then )*(?:give|quote|list|name|state|show|tell|check|say|explain|add|include"
    r"|compare|cite|sort|rank|count|answer)\b",
    _I,
)
_ASKS = re.compile(
    r"\b(?:need|needs|want|wants|like to know|wonder\w*|looking for|tell|what|which|how|where|when|who|whom"
    r"|whose|should|must|stop|ignore|forget|pretend|act)\b",
    _I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ABBREVIATED = re.compile(r"(?:\bal|\bvs|\bno|\bfig|\bapprox|\bdr|\bprof|\be\.g|\bi\.e|\b[A-Z])\.$", _I)


class Asides:
    """Takes out what says nothing of the question.

    Args:
        weigh: how much of a question a text is; 0 where it names no measure, study or family and asks nothing.
        tells: whether a text has as many words that the review or the vocabulary uses.
    """

    def __init__(self, weigh: Callable[[str], int], tells: Callable[[str, int], bool]) -> None:
        self._weigh = weigh
        self._tells = tells

    def without(self, text: str) -> str:
        """``text`` without its asides; itself where nothing else would be left."""
        if " " not in text:
            return text
        if share := _ONLY_SHARE.match(text):
            text = f"{share['what']}: how many patients is that?"
        rest = without_chatter(text, self._weigh, self._tells)
        rest = self._without_sentences(_LOOSE_STOP.sub(".\n", _ORDERED.sub("", rest)))
        rest = self._without_limits(self._without_clauses(self._without_had(self._without_unwanted(rest))))
        if lacking := _LACKING.match(rest):
            rest = f"What is the {lacking['what'].strip()} of {lacking['of'].strip(' .')}?"
        if rest.strip() == text.strip() or not re.search(r"\w", rest):
            return text
        return _STRAY.sub("", rest).strip()

    def _without_sentences(self, text: str) -> str:
        """``text`` without openings and without sentences that tell and ask nothing."""
        while opening := _OPENING.match(text):
            text = text[opening.end() :]
        parts = _sentences(text)
        asking = [i for i, p in enumerate(parts) if "?" in p or self._weigh(p)]
        if len(parts) < 2 or not asking:
            return text
        kept = [p for i, p in enumerate(parts) if not self._is_talk(p, before=i < asking[-1])]
        if not 0 < len(kept) < len(parts):
            return text
        return "".join(p if not i else f"\n{p}" if p[0].islower() else f" {p}" for i, p in enumerate(kept))

    def _is_talk(self, sentence: str, *, before: bool) -> bool:
        """Whether a sentence, before the one that asks or after it, neither asks nor names anything of a review."""
        if "?" in sentence or re.search(r"\d", sentence) or self._weigh(sentence) or self._tells(sentence, 1):
            return False
        if _ASKS.search(sentence) or (not before and _ORDER.match(sentence)):
            return False
        return bool(_TALKER.search(sentence)) or (
            len(sentence.split()) <= _FEW and bool(_OCCASION.search(sentence))
        )

    def _without_clauses(self, text: str) -> str:
        """``text`` without clauses of the person asking that name nothing."""
        for pattern in (_CLAUSE, _PURPOSE):
            for match in reversed(list(pattern.finditer(text))):
                start = match.start("c") if pattern is _CLAUSE else match.start()
                rest = text[:start] + text[match.end() :]
                said = text[start : match.end()]
                if (
                    re.search(r"\d", said)
                    or self._weigh(said)
                    or len(rest.split()) < 2
                    or not self._weigh(rest)
                ):
                    continue
                if pattern is _CLAUSE and (
                    (self._tells(said, 2) and len(said.split()) > _FEW)
                    or re.search(r"\b(?:what|which|how|whether|who|when)\b(?! I\b)", said[7:], _I)
                ):
                    continue
                text = re.sub(r"^\s*[,:;]\s*", "", rest)
        return text

    def _without_unwanted(self, text: str) -> str:
        """``text`` without an outcome that the asker says is not asked for; the study that it is of stays."""
        out = _UNWANTED.search(text)
        rest = f"{text[: out.start()]}{text[out.end() :]}" if out else text
        named = out is not None and (self._weigh(out["what"]) or _OF_SOME.search(out["what"]))
        if out is None or not named or self._weigh(text[out.end() :]) < _ASKED:
            return text
        of = _OF_WHAT.search(out["what"]) if self._weigh(out["what"]) else None
        kept = of[0].strip() if of else ""
        return f"{text[: out.start()]}{kept[0].upper()}{kept[1:]}, {text[out.end() :]}" if kept else rest

    def _without_had(self, text: str) -> str:
        """``text`` without the figures that the asker has; of which study they are stays, for the rest may be of it."""
        had = _HAD.search(text)
        what = (had["what"] or had["what2"]) if had else ""
        if had is None or not self._weigh(what) or not self._weigh(text[had.end() :]):
            return text
        of = _OF_WHAT.search(what)
        return f"{text[: had.start()]}{of[0] if of else ''}{text[had.end() :]}"

    def _without_limits(self, text: str) -> str:
        """``text`` without the form in which the answer is wanted, and without what is not asked."""
        text = _COUNT_NOT_SHARE.sub("as a count", text)
        text = _NOT_THEN.sub("", _NEITHER.sub("", _AS_SOME_SAY.sub("", text)))
        text = _NOT_ALL.sub("", _SHARE_NOT_COUNT.sub("as a percentage", text))
        out = _NOT_THAT.search(text)
        if (
            out
            and self._weigh(out[0]) > 1 < self._weigh(text[: out.start()])
            and not re.search(r"\d", out[0])
        ):
            text = f"{text[: out.start()]}{text[out.end() :]}"
        for _ in range(3):
            cut = _LIMITS.sub(lambda m: "?" if m[0].lstrip().startswith("?") else "", text, count=1)
            if cut == text or len(cut.split()) < 2:
                break
            text = cut
        return text


def _sentences(text: str) -> list[str]:
    """The sentences of a message, roughly: a name's full stop ends none."""
    parts: list[str] = []
    for piece in _SENTENCE.split(text):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += f" {piece}"
        elif piece.strip():
            parts.append(piece.strip())
    return parts
