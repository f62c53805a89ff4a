"""Questions put in two sentences, as a command or of a product, as plain ones: ``Three had X. What was their OS?``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import ONE_NUMBER_WORD

_I = re.IGNORECASE | re.DOTALL
_FILTERED = re.compile(
    r"^\W*+(?:please |pls |kindly |(?:can|could|would|will) you |just |now )*(?:filter|screen|search|narrow (?:it|them"
    r"|this|things) down|sift|sort)"
    r"(?: (?:the|this) (?:review|list|table|tables|letter))? (?:for|to|by) (?:me )?(?:all |only |just )?(?:of )?(?:the |those |any )?"
    r"(?P<what>(?:[\w/-]+ ){0,2}?(?:studies|trials|abstracts|posters|reports|presentations))(?P<rest> [^?]{6,}?)[\s?.!]*$",
    _I,
)


def sifted(text: str) -> str:
    """``Filter for trials where X was used``: ``List the trials where X was used``."""
    match = _FILTERED.match(text)
    return f"List the {match['what']}{match['rest']}" if match else ""


_SOME_HAD = re.compile(
    rf"^\W*+(?:(?:only|just|about|in all|overall),? )?(?:\d+|{ONE_NUMBER_WORD}|some|a few|several|many|most|half"
    rf"|a (?:third|quarter|minority|handful|subset)|part) of "
    rf"(?P<the>the |these |those )?(?:(?:\d+|{ONE_NUMBER_WORD}) )?"
    r"(?P<whom>[^.?!;:]{0,60}?(?:patients|recipients|people|participants|subjects|individuals|adults|children|cases)"
    r"(?: (?:in|of|from|on) (?!whom)[^.?!;:]{2,40}?)?)"
    r"(?: \([^()]*\))?,? (?:who |that )?(?P<state>(?:had|have|were|are|received|got|underwent|carried|suffered from"
    r"|harbou?red|with) [^.?!;:]{2,80})"
    r"[.;!:]+\s+(?:and |so |but )*(?P<ask>[^.?!;]{8,}?(?:\.\d[^.?!;]*?)*)\s*\?*\s*$",
    _I,
)
_THOSE = re.compile(
    r"\b(?:for|in|among|of|with|by) (?:just |only |exactly |precisely |specifically )*(?:them|these|those|that|this)"
    rf"(?: (?:\d+|{ONE_NUMBER_WORD}|few))?(?: (?:patients?|people|ones|persons?|individuals|recipients|cases|children"
    rf"|adults|(?:sub)?groups?"
    r"|subsets?|alone|only))*\s*$",
    _I,
)
_OF_THESE = re.compile(
    rf"^(?P<how>how many|what (?:share|proportion|fraction|percentage)) of (?:them|these|those)(?: (?:\d+|{ONE_NUMBER_WORD}))?"
    r"(?: (?:patients|people|ones|recipients))? (?P<did>.+)$",
    _I,
)
_THEIR = re.compile(r"\btheir (?P<what>[^,?]+?)\s*$", _I)


_STUDY_HAD = re.compile(
    r"^\W*+(?P<study>[^.?!;:]{2,60}?),? (?:had|has|included|enrolled|recruited|treated|took in|involved|counted|contained)"
    rf" (?:\d+|{ONE_NUMBER_WORD}) (?P<whom>[^.?!;:,]{{2,60}}?(?:patients|recipients|people|participants|subjects|adults|children|cases))"
    r"[.;!:]+\s+(?:and |so |but )*(?P<ask>[^.?!;]{8,}?(?:\.\d[^.?!;]*?)*)\s*\?*\s*$",
    _I,
)


def of_some(text: str) -> str:
    """``Three of the patients had X. What was the OS for them?``: ``What was the OS of the patients who had X?``."""
    if (study := _STUDY_HAD.match(text)) and (those := _THOSE.search(study["ask"])):
        return f"{study['ask'][: those.start()].rstrip(' ,')} of the {study['whom']} in {study['study']}?"
    match = _SOME_HAD.match(text)
    if match is None:
        return ""
    asked, state = match["ask"], re.sub(r"^with\b", "had", match["state"])
    whom = f"{match['the'] or ''}{match['whom']} who {state}"
    of = f"of {whom}?"
    if among := _OF_THESE.match(asked):
        return f"{among['how']} of {whom} {among['did']}?"
    if those := _THOSE.search(asked):
        return f"{asked[: those.start()].rstrip(' ,')} {of}"
    theirs = _THEIR.search(asked)
    return f"{asked[: theirs.start()]}the {theirs['what']} {of}" if theirs else ""


_PRODUCT = re.compile(
    r"^\W*(?:which|what)(?: ones?)? (?:of (?:the|these|those|all) )?(?P<what>(?:[\w/-]+ ){1,3}?)(?:products?"
    r"|constructs?|cells|therap(?:y|ies)|preparations?)"
    r" (?:(?:discussed|described|reviewed|listed|presented|here) )?(?:is|are|was|were|counts? as) (?:an? )?"
    r"(?P<made>allogeneic|autologous|donor-derived|universal|off-the-shelf|haploidentical)(?: ones?| products?)?\W*$",
    _I,
)


def of_product(text: str) -> str:
    """``Which of the A products is allogeneic?``: ``Which A studies used allogeneic cells?``."""
    match = _PRODUCT.match(text)
    return f"Which {match['what']}studies used {match['made']} cells?" if match else ""


_SPLIT = re.compile(
    r"^\W*+(?:(?:and|please|pls|now|ok(?:ay)?|can you|could you),? )*(?:split|break|divide|separate)(?: (?:that|it|this|them|those))?"
    r"(?: (?:down|up|out))? (?:into|in|by|to) (?P<first>[\w/-]+) and (?P<second>[\w/-]+)(?: (?:please|pls|for me|rates?|separately))*\W*$",
    _I,
)


def split_up(text: str) -> str:
    """``Split that into A and B``: each rate of its own."""
    match = _SPLIT.match(text)
    return f"What were the {match['first']} rate and the {match['second']} rate?" if match else ""


_SHOWN = re.compile(
    r"^\W*+(?:and )?(?:when|where|on (?:what|which) (?:day|date|occasion)) (?:were|was) (?:all )?(?:the|these|those|all the|this)"
    r"(?: (?:nine|\d+))? ?(?:abstracts?|studies|data|results|work|posters|reports)? ?(?:first |originally |all )?"
    r"(?:presented|shown|unveiled|reported out|given as talks)\W*$",
    _I,
)


def at_meeting(text: str) -> str:
    """``When were the abstracts presented?``: ``At which meeting was this presented?``."""
    return "At which meeting was this presented?" if _SHOWN.match(text) else ""


_TABLE = re.compile(
    r"^\W*+(?:and |so )?(?:what(?:'?s|s| is| are| do we find| can i find| can be found) (?:shown |listed |given )?in|what does"
    r"|what(?:'?s| is)|what do i (?:find|see) in|what) (?:the )?"
    r"(?P<table>table \d+)(?: (?:about|show|contain|list|give|tell|have|cover|say|hold)(?: (?:us|me))?)?\W*$",
    _I,
)
_AUTHORS = re.compile(
    r"^\W*+(?:and )?(?:how many|number of) (?:(?:authors?|writers?) (?:(?:has|have|had|does|did|wrote|are|were|of|behind|on|signed) )+"
    r"|(?:people|persons?) (?:(?:has|have|had|did|are|were) )*(?:wrote|written|signed|behind) )(?:there )?(?:in |for |of |on )?"
    r"(?:the|this) (?:review|letter|paper|article|publication)(?: have)?\W*$",
    _I,
)


_OTHER_THAN = re.compile(
    r"^\W*+(?:and |so )?(?:is|was|are|were|has|have) there (?:been )?(?:another|any other|other|a second) (?:(?P<kind>[\w/+-]+) )?"
    r"(?:study|trial|abstract|report|studies|trials|abstracts|reports)"
    r"(?: (?:with|of|on|using|that (?:used|gave|tested)) (?P<drug>[^,?]{2,40}?))?"
    r" (?:besides|other than|than|apart from|beside|in addition to) (?P<but>[^?]{2,40}?)\W*$",
    _I,
)


def another(text: str) -> str:
    """``Is there another study of A besides 1?``: ``Which study other than 1 used A?``."""
    match = _OTHER_THAN.match(text)
    drug = match and (match["drug"] or match["kind"])
    return f"Which study other than {match['but']} used {drug}?" if match and drug else ""


def of_paper(text: str) -> str:
    """``What's in table 1?``: ``Which studies are in table 1?``; ``how many authors has the review?``: who they are."""
    if _AUTHORS.match(text):
        return "Who are the authors of the review?"
    table = _TABLE.match(text)
    return f"Which studies are in {table['table']}?" if table else ""


_HERE = r"(?:this|the) (?:review|letter|list|tables?)"
_STUDY = r"(?:stud(?:y|ies)|trials?|abstracts?|reports?|works?|papers?)"
_ONLY_ONE = re.compile(
    rf"^\W*+(?:and )?(?:(?:which|what)(?: (?:one|{_STUDY}))?(?: of (?:them|these|those|the (?:[\w-]+ )?{_STUDY}))?"
    r" (?:is|was|are|were) )?the (?:only|sole|one|single|lone)(?: (?:one|and only))? "
    rf"(?:(?P<kind>(?!other\b|new\b)[\w/-]+(?: (?!(?:that|which|this|these|the|in|on|with|without|of|to)\b)[\w/-]+){{0,2}}?) )?{_STUDY}"
    rf"(?: (?P<rest>(?:that|which|with|without|to|in|on|of) (?!which\b|what\b|{_HERE}\b)[^?.!;,]{{3,80}}?))?"
    rf"(?: (?:here|discussed|listed|included|covered|reviewed|presented|in {_HERE}))*\W*$",
    _I,
)
_WHICH_OF_THEM = re.compile(
    rf"^\W*+(?:and )?(?:which|what)(?: ones?)? of (?:them|these|those|the {_STUDY}) (?:is|are|was|were)"
    rf" (?:an? |the )?(?P<kind>(?!the\b|best\b|worst\b|\w+est\b|most\b|least\b)(?-i:[a-z])[\w/-]+)(?: ones?| {_STUDY})?\W*$",
    _I,
)


def only_one(text: str) -> str:
    """``What is the only phase I study?``, ``which of them is retrospective?``: ``Which study is retrospective?``."""
    match = _ONLY_ONE.match(text) or _WHICH_OF_THEM.match(text)
    if match is None:
        return ""
    rest = match.groupdict().get("rest")
    if match["kind"] is None:
        return f"Which study is the one {rest}?" if rest else ""
    return f"Which {match['kind']} study is the one {rest}?" if rest else f"Which study is {match['kind']}?"
