"""A question asked in a frame, as a plain one: ``A single study has X. Which?`` as ``Which study has X?``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant import lazy_re as re
from assistant.question.recast import (
    another,
    at_meeting,
    fates,
    of_paper,
    of_product,
    of_some,
    only_one,
    sifted,
    split_up,
)

_I = re.IGNORECASE | re.DOTALL
_TERM = r"(?P<t>[A-Za-z][\w/+-]{0,14})"
_SPELL = (
    r"(?:please |pls |kindly |could you |can you )*(?:spell (?:it|that|this|them)(?: out)?|spelled out"
    r"|spelt out|expand (?:it|that|this)"
    r"|write (?:it|that) out|in full|in words|unabbreviated|(?:it |that )?stands for\W*what|stands for"
    r"|short for\W*what|short for"
    r"|full form|long form|full name|meaning|what'?s (?:it|that) short for|what is (?:it|that) short for"
    r"|what does (?:it|that) (?:mean|stand for)|meaning what)"
)
_FOR_WHOM = r"(?:[ ,]+(?:for|in|on) (?:my|the|our|a|me|us)\b[^?.]*)?(?:[ ,]+(?:please|pls|thanks))?"
_SAYS = (
    r"(?:says?|said|claims?|claimed|states?|stated|writes?|wrote|insists?|insisted|argues?|argued|maintains?"
    r"|believes?|thinks?|reckons?"
    r"|told (?:me|us)|tells (?:me|us)|reads?|has it|assert(?:s|ed)?|written|contends?|alleges?|is convinced|is sure|swears?|heard|hear"
    r"|was told"
    r"|am told|were told|reading)"
)
_VERDICT = (
    r"(?:(?:do|does|did) (?:the|these|those|its?|your) (?:\w+ ){0,2}?(?:numbers?|figures?|data|table|tables"
    r"|text|review|letter|paper|results?|authors?)"
    r"(?: here| given| reported)? (?:bear (?:that|this|it) out|back (?:that|this|it)(?: up)?|support (?:that"
    r"|this|it)|agree(?: with (?:that|this|it))?"
    r"|confirm (?:that|this|it)|say (?:so|that|the same)|show (?:that|this|it))"
    r"|is (?:that|this|it) (?:(?:really )?what (?:the )?\w+ (?:states?|says?|shows?|gives?|reports?)|so|right"
    r"|correct|true|the case|accurate|borne out"
    r"|supported|what is (?:stated|said|reported|shown))(?: here| in the \w+| according to the \w+)?"
    r"|(?:please )?confirm or (?:correct|refute|deny)(?: (?:it|this|that|me))?|true or (?:false|not)"
    r"|right or wrong|correct or (?:not|incorrect|wrong)"
    r"|agree or disagree|fact or fiction|can you confirm(?: (?:that|this|it))?|correct me if (?:i'?m|i am) wrong"
    r"|am i (?:right|correct|wrong)(?: (?:here|there|in that|on that|about that))?|have i got (?:that|this"
    r"|it) right|did i get (?:that|this|it) right"
    r"|is (?:that|this|the) (?:assertion|claim|statement|sentence|remark|contention) (?:borne out|supported|backed(?: up)?|confirmed"
    r"|correct|right"
    r"|true|accurate|justified|so|in line)(?: (?:by|with|in|according to) (?:the|this|your|its) [\w-]+)?)"
)
_BACKED = (
    r"(?:(?:[^.?!,;]{0,60}\b)?(?:ask|know|check|learn|see|hear|find out|wonder\w*|told|establish|ascertain|tell me|verify)\b[^.?!,;]{0,12}"
    r" (?:whether|if) (?:(?:the|this|your|its) (?:review|text|letter|paper|article|authors?|data|tables?|evidence|figures?"
    r"|numbers?) (?:really |actually |indeed )?"
    r"(?:agrees?(?: with (?:that|this|it|him|her|them))?|(?:bears?|bore) (?:that|this|it) out|(?:supports?|confirms?|shows?"
    r"|backs?) (?:that|this|it)(?: up)?"
    r"|says? (?:so|that|the same))|(?:that|this|it) is (?:right|correct|true|so|accurate|the case|borne out|supported)"
    r"(?: (?:by|in|according to) (?:the|this) [\w-]+)?))"
)
"""Wants to know, in an indirect question, whether what was said before is so."""
_ASSENT = (
    r"(?:am i (?:right|correct|wrong)(?: (?:here|there|in that|to think so|in thinking so))?"
    r"|or am i wrong|or have i got (?:that|this|it) wrong|did i get (?:that|this|it) right"
    r"|i (?:take it|gather|suppose|presume|assume|guess|imagine|reckon|believe|think|understand))"
)
_RIGHT = r"(?:correct|right|true|is it|yes(?: or no)?)"
"""Asks by one word whether what was said before is so."""
_TAG = r"(?:is|was|do|does|did|are|were|has|had|have|can|could|would)(?:n['\u2019]?t| not)? (?:it|they|there|he|she|we|these|those|that)"
"""Asks for assent behind a statement: ``isn't it``."""
_TO_CHECK = (
    r"(?:(?:let me|i(?:'d| would) like to|i want(?:ed)? to|just to|wanted to|may i|can i|could i) (?:just |quickly )?"
    r"(?:double-?check|check|confirm|verify|make sure)(?: (?:whether|if|that))?(?: (?:i|we)(?: have|'ve)? (?:got |have )?(?:this|that|it) "
    r"(?:right|correctly|straight))?"
    r"|(?:an? |one |quick |another )*(?:statement|claim|assertion|sentence) (?:for checking|to (?:check|confirm|verify)|for confirmation"
    r"|for verification)"
    r"|(?:please |pls |kindly |(?:can|could|would) (?:you|someone|anyone) (?:please |just |quickly )?)+(?:check|confirm|verify)(?: for me)?"
    r"(?: (?:whether|if|that))?|(?:quick |sanity |just )+check(?:ing)?|is it (?:right|correct|the case|so|accurate)(?: to say)? that"
    r"|(?:do|did|have) i (?:understand|read|understood|got)(?: (?:it|this))? (?:correctly|right|rightly) that"
    r"|(?:may|can|could) (?:i|we) (?:safely |then |therefore |still |also )?(?:write|say|state|claim|assert|conclude|quote|report)"
    r"(?: (?:in|on) (?:the|our|my|a) [\w-]+)?(?:,[^,?.]{3,50},)? that)"
)
"""Asks for a statement to be checked."""
_PICK = (
    r"(?:so |and )*(?:please |pls |kindly |can you |could you )*(?:which(?: (?:one|ones|of them|two|study|trial"
    r"|abstract|is it|was it|are they|is that|were they))?"
    r"|what(?:'s| is| are| was| were) (?:it|they|that|those|these|its name|the name)"
    r"|(?:identify|name|reproduce|quote|give|list|tell me|state|find|cite|point out|point to|say which"
    r"|tell me which|who is it)"
    r"(?: (?:it|them|that one|which(?: one)?|both|the (?:study|trial|abstract|entry|one|row|report|paper|poster"
    r"|work)|these|those|all|each|the two|its name))?"
    r"(?: (?:by|with|and) [^?.]{0,60})?|who)"
)
_NUMBERED = {"two": "two ", "three": "three ", "both": "two ", "four": "four ", "five": "five "}
_LONE = r"(?:(?:exactly|only|just|precisely|there is|there's) )*"
_PICKED = re.compile(
    rf"^\W*{_LONE}(?P<n>one|a single|a lone|the only|an?|two|three|four|both|some|certain)(?P<what> (?:[^.?!;]"
    rf"|\.(?=\d))+?)"
    rf"\s*(?:[.;:!?\u2013\u2014-]+|,(?= wh))\s+(?P<pick>{_PICK})\W*$",
    _I,
)
_LONGER_PICK = re.compile(
    r"^\W*(?:only|just|exactly) (?:one|a single)(?: (?:piece of )?(?P<what>work|study|trial|abstract|report"
    r"|paper|series|entry|poster))?"
    r"(?P<does> [^.?!;]+)[.;:]\s+which (?:one|study|trial|abstract|work|report|paper)(?P<more>,? and [^?]+)\?*\W*$",
    _I,
)
_NOUN = (
    r"(?:patients?|people|persons?|subjects?|children|kids|adults|participants|men|women|individuals?"
    r"|recipients|souls|of them|of those|folk)"
)
_SOME = re.compile(
    rf"^\W*(?:(?:i (?:see|read|know|gather|understand)|apparently|it seems|sadly"
    rf"|unfortunately)(?: that)?,? )?(?:some|a few|several|certain|a number of|many|not all|not everyone)"
    rf"(?: of)?(?: the)? ?(?P<who>{_NOUN})?(?P<does> (?:[^.?!;]|\.(?=\d))+?)\s*[.;!?\u2013\u2014-]+\s+(?:so "
    rf"|and |but )*(?:exactly |precisely )?"
    r"(?P<q>how many|how much|what (?:share|percentage|proportion|fraction|number|per ?cent)|what %"
    r"|which (?:share|percentage|proportion|fraction))"
    r"(?: (?:is|was|were|are|did|do)(?: (?:it|that|they|there|so))?|exactly|of them|precisely)?\W*$",
    _I,
)
_DISLOCATED = re.compile(
    r"^(?!(?:so|and|but|or|ok|okay|now|then|well|also) )(?P<np>[^?.!,;:]{2,60}?)(?:[,:;\u2013\u2014]"
    r"| -)? (?P<wh>what(?:'s)?|who(?:'s)?|how many|how much|when|which \w+|where) (?P<rest>[^?.;]*?)"
    r"\b(?P<p>in it|of it|for it|with it|on it|to it|in there|in that|does it have"
    r"|did it have)\b(?! \w)(?P<end>[^?.]*)[?.]*\W*$",
    _I,
)
_ASKING = re.compile(
    r"^\W*(?:what|who|how|when|which|where|why|is|are|was|were|do|does|did|has|have|can|could|tell|give|list"
    r"|name|and|or|in|for|at|of)\b",
    _I,
)


def _picked(text: str) -> str:
    """``Exactly one trial in Table 2 is X. Identify it.``: ``Which trial in Table 2 is X?``."""
    if longer := _LONGER_PICK.match(text):
        return f"Which {longer['what'] if longer['what'] not in {None, 'work'} else 'study'}{longer['does']}{longer['more']}?"
    match = _PICKED.match(text)
    if match is None:
        return ""
    what, n = match["what"].strip(), match["n"].lower()
    if n in {"a", "an", "some", "certain", "one"} and not re.match(
        r"(?:which|what|who|identify|name)", match["pick"], _I
    ):
        return ""
    if re.match(r"of\b", what):
        what = f"one {what}"
    return f"Which {_NUMBERED.get(n, '')}{what}?"


def _counted(text: str) -> str:
    """``Some patients died after X. How many?``: ``How many patients died after X?``."""
    match = _SOME.match(text)
    if match is None:
        return ""
    who, asked = (match["who"] or "").strip(), match["q"]
    if asked.lower().startswith("how"):
        return f"{asked} {who or 'patients'}{match['does']}?"
    return f"{asked} of {who if who and not who.lower().startswith('of ') else 'patients'}{match['does']}?"


_DEFINED = re.compile(
    rf"^\W*(?:the )?(?:term |abbreviation "
    rf"|acronym )?['\"]?{_TERM}['\"]?\s*[.,:;\u2013\u2014?-]*\s*{_SPELL}{_FOR_WHOM}\W*$",
    _I,
)
_SPELT_FIRST = re.compile(
    rf"^\W*(?:please |pls |can you |could you )*(?:spell out|expand|unpack|decode|write out|in full|meaning of"
    rf"|full form of)\W+(?:for me )?"
    rf"(?:the )?(?:abbreviation |acronym |term |letters? )?['\"]?{_TERM}['\"]?{_FOR_WHOM}\W*$",
    _I,
)


_BEHIND = re.compile(
    rf"^.*?\b(?:hid(?:e|es|ing|den)|is|are|lies?|stands?|sits?|behind"
    rf"|lurk\w*)\b[^?.]*?\bbehind (?:the )?(?:\w+[- ])?(?:letters?|abbreviation|acronym|short form|name)"
    rf"\W+{_TERM}['\"]?\W*$",
    _I,
)
"""``what drugs hide behind the three letters 'X'``."""


_UNKNOWN = re.compile(
    rf"^\W*(?:i )?(?:don'?t know|forgot|have no idea|never know|keep forgetting|can'?t remember|no idea"
    rf"|not sure|wonder) what {_TERM} (?:means?|stands? for|is short for)\W*$",
    _I,
)


def _defined(text: str) -> str:
    """``AYA. Spell it out.``: ``What does AYA stand for?``."""
    match = next((m for p in (_DEFINED, _SPELT_FIRST, _BEHIND, _UNKNOWN) if (m := p.match(text))), None)
    if match is None or not re.search(r"[A-Z]{2}|\d", match["t"]):
        return ""
    return f"What does {match['t']} stand for?"


_REFERS = re.compile(
    rf"^\W*(?:and |so )?what (?:does|do|did|would) (?:the (?:name|code|term|label) )?[\"'\u201c\u2018]?{_TERM}[\"'\u201d\u2019]?"
    r" (?:refer to|denote|designate)(?: here| exactly)?\W*$",
    _I,
)


def _named_so(text: str) -> str:
    """``what does 'AB12' refer to?``: ``What is AB12?``."""
    match = _REFERS.match(text)
    return f"What is {match['t']}?" if match and re.search(r"[A-Z]{2}|\d", match["t"]) else ""


_REPORTED = re.compile(
    rf"^\W*(?:[^.?!]{{0,60}}?\b(?:i|we|he|she|they|my|our|a|the|someone|somebody|people|colleague|boss|draft"
    rf"|slide|slides)\b[^.?!]{{0,40}}?\b{_SAYS})"
    rf"(?: (?:everywhere|here|online|somewhere|in \w+))?(?: that\b|:"
    rf"|,)?\s+(?P<said>[^?!]{{12,}}?)\s*[.?!;\u2013\u2014-]+\s+(?:so |and |but )*(?:{_VERDICT}|{_RIGHT})\W*$",
    _I,
)
_REPORTED_BY = re.compile(
    rf"^\W*(?:[^.?!]{{0,60}}?\b(?:i|we|he|she|they|my|our|an?|the|someone|somebody|people|this|one)\b[^.?!]{{0,40}}?\b{_SAYS})"
    rf"(?: that\b|:|,)\s+(?P<said>[^?!]{{12,}}?)\s*[,.?!;\u2013\u2014-]+\s+(?:so |and |but )*{_BACKED}\W*$",
    _I,
)
_CHECKED = re.compile(
    rf"^\W*+(?:[\w ]{{0,20}}: )?(?P<said>[^?!]{{12,}}?)\s*[.?!;,\u2013\u2014-]+\s+(?:so |and |but )*{_VERDICT}\W*$",
    _I,
)
_ASSENTED = re.compile(
    rf"^\W*+(?:so|ok|okay|then|thus|hence|therefore|and"
    rf"|but)?,?\s*(?P<said>[^?!.]{{12,}}?(?:\.\d[^?!.]*?)*),\s*{_ASSENT}\s*\?\W*$",
    _I,
)
_TRUE_OR = re.compile(
    r"^\W*+(?:true or false|fact or fiction|right or wrong|correct or not|yes or no|t/f"
    r"|agree or disagree)\W+(?P<said>[^?]{12,}?)[\s?.!'\"\u201d]*$",
    _I,
)
_PUT = re.compile(
    rf"^\W*+(?:(?:so|ok|okay|and|hi|hello|thanks),? )*{_TO_CHECK}\W\s*(?P<said>[^?!]{{12,600}}?)"
    rf"(?:[\s.,;:\u2013\u2014-]{{1,5}}(?:{_RIGHT}|{_TAG}))?[\s?.!'\"\u201d]*$",
    _I,
)
_TAGGED = re.compile(
    rf"^\W*+(?P<said>[^?!:]{{12,600}}?)\s*(?:[.;,!\u2013\u2014]|\s-+)\s*(?:and |so )?"
    rf"(?:{_RIGHT}|{_TAG}|is that (?:so|right|correct|true))\s*\?\W*$",
    _I,
)
_EITHER = re.compile(r"\bor\b", _I)
_AS_KNOWN = re.compile(
    r"^(?:(?:so(?! far\b)|ok|okay|then|well|that)\b,?\s+"
    r"|(?:i (?:have it|gather|understand|take it|think|believe|assume|recall|seem to recall)"
    r"|my understanding is|as (?:far as )?i (?:understand|know|see|recall|read)(?: it)?)(?: that)?\b,?\s+)+",
    _I,
)
"""Says that the asker takes it to be so."""


_THING = re.compile(
    r"(?:the |its |their |his |her )?(?:[\w/'\u2019-]+ ){0,4}?(?:rates?|numbers?|ages?|proportions?|percentages?"
    r"|shares?|doses?|phase|durations?|follow-?up|survival|values?|ratios?|sizes?|period|design|incidence|[A-Z]*FS|OS|ORR|CR|NRM)\b"
    r"(?! (?:that|benefits?|advantage|gain|difference)\b)",
    _I,
)
"""Something to be looked up: ``could you check the median age of the older cohort?``."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|had|have|did|does|do|can|could|will|would|got|went|rose|fell|led|comes?|came|beats?|favou?rs?|differs?|exceeds?)\b"
    r"|n['\u2019]t\b|\b[a-z]+ed\b(?! (?:with|by|in|at|to|for|on|patients|children|adults|cohort|arm|group|disease)\b)"
    r"|\d[\d.]*\s?(?:%|percent|months|years|days|weeks|patients)|\b(?:of|at|=) \d",
    _I,
)
"""Makes a statement of words, or gives the figure that is to be checked."""


def _claimed(text: str) -> str:
    """``So X needed Y, am I correct?``: ``Is it true that X needed Y?``."""
    for pattern in (_TRUE_OR, _REPORTED, _REPORTED_BY, _ASSENTED, _CHECKED, _PUT, _TAGGED):
        match = pattern.match(text)
        if match is None or (pattern is _PUT and _EITHER.search(match["said"])):
            continue
        said = _AS_KNOWN.sub("", match["said"].strip(" ,;:-"))
        if said.endswith(":"):
            return ""
        if _ASKING.match(said):
            return f"{said}?" if pattern is _CHECKED else ""
        if pattern is _PUT and _THING.match(said) and not _FINITE.search(said):
            return f"What is {said}?"
        return f"Is it true that {said}?"
    return ""


_SIGNIFICANT = re.compile(
    r"^\W*(?P<of>[^?!]{4,140}?)[\s,;:\u2013-]+(?:and )?(?:is (?:it|that"
    r"|this) )?(?:statistically )?significant(?:ly different)?(?: diff\w*)?"
    r"(?: (?:at|by|to) [^?!,;]{1,30}| or (?:not|chance))?\W*$",
    _I,
)
_TOLD = re.compile(r"\b(?:is|are|was|were|did|does|do|has|had|not|no|which|what|how|whether|if|that)\b", _I)


def _significant(text: str) -> str:
    """``CR rates A versus B, significant at 5%?``: ``Was the difference in CR rates A versus B significant?``."""
    match = _SIGNIFICANT.match(text)
    if match is None or _TOLD.search(match["of"]):
        return ""
    return f"Was the difference in {match['of']} significant?"


_WHICH_NOT = re.compile(
    r"^\W*(?P<what>(?!(?:what|which|who|how|is|are|was|were|do|does|did|has|have|in|of"
    r"|for)\b)[^?!.;]{3,60}?)\s*[-,:;?\u2013\u2014]+\s*(?:and |but )?"
    r"which (?:ones? |studies |trials |abstracts )?(?:do |does |did |are |were |is |was |have |has |had )?not\W*$",
    _I,
)


def _lacking(text: str) -> str:
    """``X used for risk - which not?``: ``Studies with no X used for risk``."""
    match = _WHICH_NOT.match(text)
    return f"Studies with no {match['what'].strip()}" if match else ""


_CONSIDERING = re.compile(
    r"^\W*(?:considering|looking at|focus+ing on|taking|with (?:regard|respect) to|as (?:regards|for)|regarding|concerning|in terms of"
    r"|when it comes to|if (?:we|i|one) (?:looks?|considers?)(?: at)?) (?:only |just |solely "
    r"|nothing but )?(?:the )?(?P<what>[^,;:?]{3,60}),"
    r" (?P<asks>how (?:do|does|did) [^,;?]{5,120} (?:compare|stack up|differ|fare)\b[^,;?]{0,40})"
    r"(?:, (?:bearing in mind|given|knowing|considering|remembering|seeing)\b[^?]*)?\W*$",
    _I,
)


def _considering(text: str) -> str:
    """``Considering only X, how do A and B compare?``: ``X: how do A and B compare?``."""
    match = _CONSIDERING.match(text)
    return f"{match['what']}: {match['asks']}?" if match else ""


_CLEFT = re.compile(
    r"^\W*(?:so |and )?(?:was|is) it (?:in )?(?P<one>[^?,;]{3,80}?),? or (?:in )?(?P<other>[^?,;]{3,80}?),? (?:that|which"
    r"|who) (?P<did>[^?;]{0,60}\b(?:more|greater|higher|larger|bigger|longer|fewer|lower|smaller|shorter|better|worse|earlier|later"
    r"|first|last)\b[^?;]{0,60}?)\W*$",
    _I,
)


def _cleft(text: str) -> str:
    """``Was it A or B that enrolled more?``: ``Which enrolled more, A or B?``."""
    match = _CLEFT.match(text)
    return f"Which {match['did']}, {match['one']} or {match['other']}?" if match else ""


def _dislocated(text: str) -> str:
    """``V-X what is in it``: ``what is in V-X``."""
    match = _DISLOCATED.match(text)
    if match is None or _ASKING.match(match["np"]):
        return ""
    pointing = match["p"].lower()
    if pointing.endswith("have"):
        return f"{match['wh']} {match['rest']}does {match['np'].strip()} have{match['end']}?"
    return f"{match['wh']} {match['rest']}{pointing.split(' ')[0]} {match['np'].strip()}{match['end']}?"


_OR_NOT = re.compile(r",? or (?:not(?: yet)?|no)\s*\?\s*$", _I)
"""The other half of a question of yes or no, which asks nothing more."""
_HEADS = r"(?:heads|head ?counts?|bodies|patient numbers|numbers of (?:patients|people)|(?:absolute |actual |real )?numbers|counts?)"
_IN_HEADS = re.compile(
    r"\b(?:what(?:'s| is| was| would| does| did)|how (?:much|many) (?:is|was|would)|(?:please )?(?:express|put|convert|turn|translate))"
    r" (?:that|this|it|those|these)(?: (?:be|mean|make|come to|amount to))?,? (?:in|as|into)(?: an?| terms of| absolute)*"
    rf" (?:{_HEADS}|(?:actual|real) (?:patients|people|persons))(?=\W*$|[,;?])"
    rf"|(?:\b(?:with|given|from|for|out of) (?:the|their|its|that|those) (?:[\w-]+ ){{0,2}}?(?:patients|numbers?|cohort|total|size|n)\b"
    r"[^,.?]{0,30},\s*)?"
    rf"\b(?:what|which) (?:{_HEADS}|number of (?:patients|people|persons)) (?:does|would|did|is|will) (?:that|this|it)"
    r"(?: (?:be|make|mean|give|(?:work out|come|amount|correspond|translate|add up) (?:to|at|into)))?(?=\W*$)"
    rf"|^\W*(?:and |so |then |ok(?:ay)? )*in (?:{_HEADS})\W*$",
    _I,
)
"""``What's that in heads?`` after a share."""
_AS_A_SHARE = re.compile(
    r"(?:,? (?:only|just|merely))? as an? (?:bare |mere )?(?:percentage|per ?cent|share|proportion|rate)(?=\s*[.;,\u2013\u2014])",
    _I,
)
"""Tells the form of a figure, of which another one is wanted."""
_FRAMES: Sequence[Callable[[str], str]] = (
    of_some,
    _defined,
    _named_so,
    _picked,
    _counted,
    _significant,
    _cleft,
    _considering,
    _lacking,
    _claimed,
    _dislocated,
    sifted,
    of_product,
    only_one,
    at_meeting,
    of_paper,
    fates,
    another,
    split_up,
)


_BEGAN = re.compile(
    r"\b(?:when|(?:on|at|around|by) (?:what|which) day|how (?:soon|early|quickly|long|many days)"
    r"|after how (?:many days|long))(?: after (?:the )?(?:infusion|dose|first dose|cells))?,? (?:did|does|do|would) (?:the )?"
    r"(?P<what>crs|cytokine[- ]release(?: syndrome)?|icans|neurotoxicity) "
    r"(?:(?:typically|usually|generally|normally|commonly|first|mostly|tend to|on average|most often) )?"
    r"(?:begin|start|set in|appear|occur|develop|arise|come on|show up|emerge|manifest)\b",
    _I,
)
"""``On what day did the event typically begin?``: the time to its onset."""
_WHO_GAVE = re.compile(
    r"^\W*(?:and |so )?who(?: else)?(?: has| have| all)? (?:worked with|used|tried|employed) (?=\w[^?]{2,60}\?)",
    re.IGNORECASE,
)
"""``Who worked with A?``: which studies."""


_SO_MUCH_AS_ONE = re.compile(
    r"^(?P<asks>\W*(?:so |and )?(?:(?:was|were|is|are) there(?: ever)?|has there been|have there been))"
    r" (?:(?:even|at least|so much as|just) )*(?:(?:a single|one single)|one(?= (?:\w+ )?(?:case|instance|episode|occurrence)s? of))"
    r"(?: (?:documented |reported |recorded |confirmed )?(?:case|instance|episode|event|occurrence)s? of)? (?=\w)",
    _I,
)
"""``Was there a single case of A?``: any."""


def asked_outright(text: str) -> str:
    """``text`` as the plain question that its frame holds; itself where it has none of the frames known here."""
    text, n_asked = _IN_HEADS.subn("how many patients is that", _OR_NOT.sub("?", text))
    text = _AS_A_SHARE.sub("", text) if n_asked else text
    text = _BEGAN.sub(r"what was the time to onset of \g<what>", text)
    text = _SO_MUCH_AS_ONE.sub(r"\g<asks> any ", _WHO_GAVE.sub("Which studies used ", text))
    return next((plain for frame in _FRAMES if (plain := frame(text))), text)
