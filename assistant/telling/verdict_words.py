"""The clauses of a sentence, and the words by which a question and a clause say, deny, limit or leave open that something was so."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import lazy_re as re
from assistant.telling.entailing import SENSES
from assistant.text.text import ONE_NUMBER_WORD, fold, key_of
from assistant.vocabulary.wording import any_of

UNSUITED = re.compile(
    r"\b(?:why|how|which|what|who|whom|than|rather|instead|whether|should|would|will|might|most\w*|majority|minority|half"
    r"|thirds?|quarters?|percent|nearly|almost|about|around|roughly|at least|at most|more|less|fewer|both|between"
    r"|versus|vs|compared?|comparable|same|equal\w*|differ(?!entiat)\w*|similar\w*|as \w+ as"
    r"|as well (?:in|with|on|against|for|among|after) (?:[\w/-]+ ){1,6}?as)\b|%",
    re.IGNORECASE,
)
"""Asks for more than whether something was so, or for a comparison that figures decide."""
OR = re.compile(r"\bor\b", re.IGNORECASE)
BRACKETS = re.compile(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
PARTS = re.compile(
    r"\s*[;:]\s+|,?\s+(?=(?:but|whereas|while|although|though|yet)\b)|,\s+(?=(?:which|whose)\b)"
    r"|,?\s+and\s+(?=(?:\d+|(?:the )?(?:others?|rest|remaining \w+)|none|two|three|four|five) (?:did|was|were|had|have)\b)"
    r"|,?\s+and\s+(?=(?:absent|was|were|did|had|is|are|has|so|in|of|not|no|yet|still|loss|lack|gain|absence|reactivation|its?|this|these"
    r"|their|they)\b)"
)
"""Where a clause ends."""
AHEAD = re.compile(
    r"(?:because|as|since|when|although|though|while|whereas|after|once|if|unlike)\b[^,;:]*,\s+",
    re.IGNORECASE,
)
"""A clause that goes before the main one."""
TAKES_UP = re.compile(
    r"^(?:(?:but|and|although|though|whereas|while|yet)\s+)?(?:this|these|those|they|it|its|their|which|whose)\b|\beither\b"
    r"|^(?:in|of) (?:all|both|none|neither|each)\b"
    r"|\b(?:in|of) (?:all|both|none|each|any)\W*$|\b(?:did|do|does|was|were|is|are|had|has|have) not\W*$",
    re.IGNORECASE,
)
"""Goes on about what was named before."""
ADDS = re.compile(r"^(?:although|though)\b", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:besides?|other than|apart from|except(?: for)?|aside from|in addition to)\b", re.IGNORECASE
)
ALONE = re.compile(
    r"\b(?:the (?:only|one|sole|single)|only one|no other|(?:only|sole) \w+ (?:agent|drug))\b", re.IGNORECASE
)
EVERY = re.compile(r"(?<!-)\b(?:(?-i:[Aa]ll)|every\w*|each|always|entire\w*|whole)\b", re.IGNORECASE)
NON = re.compile(r"\bnon-?(?P<what>(?!covalent|hodgkin|relapse)[a-z]{4,}\w*)", re.IGNORECASE)
"""Denies the word it stands before."""
ONLY = re.compile(r"\b(?:only|solely|exclusively|restricted|limited)\b", re.IGNORECASE)
EXCEPT = re.compile(
    r"\b(?:with the exception of|except(?:ing| for)?|all but|save for|apart from|other than)\b", re.IGNORECASE
)
CAPPED = re.compile(
    r"\b(?:all|always|every|each|throughout"
    r"|never (?:above|over|exceed\w*|higher|more)|none (?:above|over|higher)|no (?:higher|more)|only|at most"
    r"|exclusively|maximum|max)\b",
    re.IGNORECASE,
)
"""Says that no grade was higher."""
NEARLY = re.compile(
    r"\b(?:nearly|almost|mostly|mainly|largely|usually|generally|virtually|practically|predominantly|typically|often|(?<!at )most"
    r"|majority|not (?:all|always|every|each|only|exclusively))\b",
    re.IGNORECASE,
)
"""Leaves room for another."""
NOT = re.compile(r"\b(?:not|never|no|none|nobody|without|neither|nor|cannot)\b|n't\b", re.IGNORECASE)
"""What a question denies."""
FORGOES = re.compile(r"\b(?:skip\w*|avoid\w*|forgo\w*|spare[ds]?)\b", re.IGNORECASE)
"""Denies by a word of its own, which a clause may say, too."""
NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely)\b|\bno (?:more|less|fewer|later) than\b|\bwhether or not\b", re.IGNORECASE
)
BARE_WITHOUT = re.compile(r"\bwithout(?=\W*(?:$|[,;]|and\b|or\b))", re.IGNORECASE)
"""Means the patients of the other arm, and denies nothing: ``94% with A and 88% without, and``."""
WHATEVER = re.compile(r"\b(?:regardless|irrespective|independent(?:ly)?) of\b", re.IGNORECASE)
SUCH = re.compile(r"\b(?:these|those|such|them|they|which)\b", re.IGNORECASE)
MARKER = re.compile(r"[A-Z]{1,5}[a-z]?\d{1,3}(?:[A-Z]\d?)?")
"""A name like those of genes, antigens and mutations."""
SWAYS = re.compile(r"(?:predict|affect|influence|matter|depend|correlat|associat|determin)\w*", re.IGNORECASE)
"""Says of a factor that an outcome hangs on it."""
ANDS = re.compile(r",\s+and\s+")
COMMAS = re.compile(r",\s+(?:and\s+)?")
HEDGED = re.compile(
    r"\b(?:may|might|possibly|perhaps|probably|suggest\w*|tended|trend|numerically|presumabl\w+|likely|expected|hypothe\w+)\b",
    re.IGNORECASE,
)
POSSIBLE = re.compile(r"\b(?:may|might|can|could|possibl[ey]|able)\b", re.IGNORECASE)
DUE = any_of(
    r"\b(?:must|needs? to|has to|have to|had to|yet to|remains? to) (?:still )?(?:be )?\w+",
    r"\bstill (?:has|have|needs?) to\b",
    r"\b(?:scheduled|planned|awaited|pending|is to (?:begin|start|open)|about to (?:begin|start|open)|will (?:begin|start|open))\b",
)
"""Says of something that it was still to be done."""
LACKING = re.compile(
    r"\b(?:missing|lack(?:s|ing)?|outstanding|awaited|pending|wanting|still (?:needed|required|to come)|yet to come)\b",
    re.IGNORECASE,
)
"""Asks whether something has yet to be found out, in words of its own."""
GIVEN_TO = re.compile(
    r"\W*(?:was|were|is|are|did|do|does)\b[^?,;]*?\b(?:given|added|offered|used|get|got|receiv\w+|treated|take)\b",
    re.IGNORECASE,
)
"""Asks of a drug who had it."""
NONE_WITH = re.compile(
    r"\bnone (?:of (?:the |those |them )?)?(?:patients |people )?(?:with|on|in|of|given|under)?\b(?P<whom>[^,;.()]*)",
    re.IGNORECASE,
)
"""Says of which patients nobody had it: ``and in none with placebo``."""
_ABOVE = r"(?:above|over|beyond|exceed\w*|higher|more|worse)\b"
EXCLUDED = re.compile(
    r"\bexclu(?:ded|sion|ding)\b|\bineligib\w+|\bnot (?:eligible|allowed|permitted|admitted|enrol\w+|included)\b",
    re.IGNORECASE,
)
"""Says whom a study did not take in."""
GOES_ON = re.compile(r"(?:but|and|although|though)\s+(?:was|were|of|always|never)\b", re.IGNORECASE)
"""Says more of what the clause before was on."""
_STAGE = r"(?:[IVX]+[a-d]?|\d[a-d]?|[A-D])\b"
STAGES = re.compile(
    r"\b(?:stages?|class|types?|grades?|ECOG|CKD|NYHA|PS|ISS|Mayo|Child-Pugh|status) "
    rf"(?P<which>{_STAGE}(?:(?:\s?[-,/]\s?| or | and | to ){_STAGE})*)",
    re.IGNORECASE,
)
"""Names stages or classes."""
TAKEN_IN = re.compile(
    r"\b(?:enrol\w*|recruit\w*|includ\w*|allow\w*|admit\w*|join\w*|enter\w*|eligible|take part|get|got|receiv\w*|given|treat\w*)\b",
    re.IGNORECASE,
)
"""Asks whether patients of a sort were among those treated."""
NEVER_GRADED = re.compile(
    rf"\b(?:never|not|none|no)\b(?: (?!{_ABOVE})\w+){{0,2}}? grades?\b(?! {_ABOVE})", re.IGNORECASE
)
"""Says that there was nothing of a grade."""
DONE = re.compile(
    r"\b(?:already|yet|so far|by now|ever|has|have|been|proven|shown|established|confirmed)\b", re.IGNORECASE
)
TRIED = frozenset(
    map(key_of, "test tested trial try tried give given use used study studied treat treated".split())
)
STATES = (
    *SENSES,
    (
        any_of(
            r"\b(?:retain\w*|preserv\w+|maintain\w*|kept|unaffected|intact|unchanged|persist\w*|remain\w* (?:present|detectable)"
            r"|still (?:there|present|detectable|expressed|around|on|visible|seen))\b"
        ),
        any_of(r"\b(?:los[est]\w*|loss|disappear\w*|vanish\w*|gone|(?:go|went) away|down-?regulated)\b"),
    ),
    (
        any_of(r"\b(?:active|alive|functional|functioning|competent)\b"),
        any_of(r"\b(?:inactive|dead|inert|non-?functional|defective|deficient)\b"),
    ),
    (any_of(r"\b(?:long|lengthy|mature)\b"), any_of(r"\b(?:short|brief|immature)\b")),
    (any_of(r"\b(?:present|detect\w*|visible)\b"), any_of(r"\b(?:absent|undetect\w*|invisible)\b")),
)
"""Words for the two ends of a scale."""
WORDS_FOR = dict(
    zip("one two three four five six seven eight nine ten".split(), map(str, range(1, 11)), strict=True)
)
GRADING = frozenset(map(key_of, "grade severe high higher worse more above greater least ever".split()))
"""Keys of the words that only say which grades are meant."""
STARTED = frozenset(map(key_of, "start started begin began begun given give".split()))
CHANGE = re.compile(r"(?:mutations?|variants?|changes?|alterations?|substitutions?|mutants?)", re.IGNORECASE)
ORDER = re.compile(r"\b(?P<word>before|after|prior to|following)\b", re.IGNORECASE)
COUNTED = re.compile(
    rf"\b(?:\d+|{ONE_NUMBER_WORD}|some|most|half) of\b[^,;]*\band (?:in |of |with )?$", re.IGNORECASE
)
"""Says of how many others it was so, before it says so of all of a sort: ``two of the six A and all four B``."""
NEXT = 2
"""Words behind ``all`` that name what is meant."""
NEAR = 5
"""Words behind a denial that it may be of."""


def clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence, without what stands in brackets."""
    text = BRACKETS.sub("", fold(text)).strip(" .")
    if first := AHEAD.match(text):
        yield first[0].rstrip(" ,")
        text = text[first.end() :]
    yield from PARTS.split(text)
