"""The English of questions: wordings that tell which kind of answer is wanted."""

from __future__ import annotations

from itertools import groupby

from assistant import lazy_re as re

_ADJECTIVES = (
    r"(?:(?!(?:patients?|people|ppl|pts|participants?|subjects?|were|was|did|do|does|in|had|got|"
    r"have|has|of|from|the|died|with|for|to|at|on|arms?|groups?)\b)[\w-]+[ -])"
)
_BEGAN_OR_ENDED = (
    r"(?:start(?:s|ed)?|beg[au]n|begins|open(?:s|ed)?|launched|recruited|end(?:s|ed)?|finish(?:es|ed)?|clos(?:es|ed)"
    r"|stop(?:s|ped)?)"
)
_NO_BOUND = (
    r"(?! (?:or equal to )?(?:a |an )?(?:[<>\u2264\u2265] ?)?(?:\d|one |two |three |four |five |ten |half |third )"
    r"|\W+grades?\b|\W+(?:that|this|those|mild)\W*$)"
)
"""``more than 75%`` bounds, and sets nothing side by side."""
_STUDIES = r"(?:studies|trials|abstracts|reports|posters|papers|entries|analyses)"


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern that is found where any of ``patterns`` is, in either letter case.

    The border of a word with which most begin is looked for once for all of those that stand side by side.
    """
    parts = []
    for bordered, alike in groupby(patterns, _is_bordered):
        own = [f"(?:{p.removeprefix(_BORDER) if bordered else p})" for p in alike]
        parts.append(rf"\b(?:{'|'.join(own)})" if bordered else "|".join(own))
    return re.compile("|".join(parts), re.IGNORECASE)


_BORDER = r"\b"
_WITHIN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]")
"""Characters of a pattern that are no brackets and bars of it."""
_BRACKETS = re.compile(r"\([^()]*\)")


def _is_bordered(pattern: str) -> bool:
    """Whether whatever a pattern matches begins at the border of a word."""
    bare, n = _WITHIN.sub("", pattern), 1
    while n:
        bare, n = _BRACKETS.subn("", bare)
    return pattern.startswith(_BORDER) and "|" not in bare


COMPARE = any_of(
    r"\bcompar(?!ators?\b|able\b)\w*",
    r"\bvs\b\.?",
    r"\bversus\b",
    r"(?<!active )(?<!activity )(?<!directed )(?<!raised )(?<!aimed )(?<!effective )(?<!antibody )(?<!protection )"
    r"(?<!prophylaxis )(?<!used )(?<!works )(?<!acts )\bagainst\b(?! (?:which|what|whom)\b)(?!\W*$)",
    r"\bside by side\b",
    r"\bnext to (?:one another|each other)\b",
    r"\b(?:put|set|place|hold|lay)(?:s|ting|ing)?\b.*\b(?:next to|beside|alongside)\b",
    r"\brelative to\b",
    r"\bwith(?:out)?(?: (?:and|or|vs\.?|versus)|,) with(?:out)?(?: (?:it|them|that|this|these|those))?(?=\W*$|[,;?])",
    r"\b(?:both|the two) (?:[\w/-]+ ){0,3}?(?:numbers|figures|values|rates|percentages)\b",
    r"\b(?:how many|how much|what|figures?|numbers?|values?|rates?)\b[^?.,;]{0,24}"
    r"\b(?:in|on|for|with|of|from|at) (?:each|both)(?: of (?:them|these|those))?"
    r"(?: (?:arms?|groups?|trials?|studies|study|cohorts?))?(?=\W*$|[?;])",
    r"^(?!\W*(?:(?:did|do|does|was|were|is|are|has|had|have)\b|is it))(?:.*\W)?as opposed to\b"
    r"(?! (?:an? |the )?(?:percent\w*|per cent|shares?|rates?|proportions?|counts?|numbers?)\b)",
    r"\bcontrast\w*",
    r"\b(?:outliv\w+|outlast\w*|outperform\w*|outd(?:id|o|oes)|beat(?:s|en)?|surpass\w*)\b(?! \d)",
    r"\bdiffer(?:s|ed)?\b",
    r"\bdifferences?\b",
    r"\bbetter\b.*\bor\b",
    r"\bworse\b.*\bor\b",
    rf"\bhigher\b.*\b(?:or|than)\b{_NO_BOUND}",
    rf"\blower\b.*\b(?:or|than)\b{_NO_BOUND}",
    rf"(?<!rather )\bthan\b{_NO_BOUND}",
    r"\bbetween\b(?! (?:the ages? of )?\d[\d.]*(?: ?%)? and \d[\d.]* ?(?:%|years|year-olds))(?!.{0,9}\bages\b).*\band\b",
    r"\bhow do(?:es)?\b.*\bstack up\b",
    r"\b(?:more|fewer|less|longer|shorter|older|younger|larger|smaller)\b.*\bor\b",
    r"\bor\b(?!\W+(?:better|worse|higher|lower|more|fewer|less|longer|shorter|older|younger|larger|smaller|greater)\b)"
    r".*\b(?:better|worse|higher|lower|more|fewer|less|longer|shorter|older|younger|larger|smaller)\b",
)
"""Sets things side by side."""

DIFFERENCE = any_of(
    r"\bhow (?:much|many \w+(?: (?!the\b)\w+)?) (?:higher|lower|better|more|fewer|less|greater|"
    r"larger|longer)\b(?! than (?:that|this|those|mild|grade)\b)",
    r"\bhow much worse\b|\bhow many \w+(?: \w+)? worse\b(?!(?: ones| cases)?(?: than (?:that|this|those|mild))?\W*$)",
    r"\bby how (?:much|many)\b",
    r"\bpercentage[- ]points?\b",
    r"\babsolute (?:difference|gain|benefit|increase|reduction|drop)\b",
    r"\bgap\b",
    r"\bhow far apart\b",
    r"\bdifference (?:between|in|of)\b.*\b(?:points?|number|how|calculate|compute|what)\b",
    r"\b(?:what|calculate|compute|give).*(?<!value for the )(?<!value of the )\bdifference\b",
    r"\bhow far (?:below|above|behind|ahead|under|over)\b",
    r"\bhow far (?:did|does|do|has|have|had)\b.*\b(?:fall|fell|fallen|drop|dropped|sink|sunk|slip|slipped|rise|risen|climb|climbed"
    r"|go down|go up|gone down|gone up|come down|come up|decline|increase|decrease|improve)(?:d|s|ped)?\b",
    r"\bhow many extra \w+\b",
    r"\bsize of the (?:drop|gap|difference|fall|gain|benefit|increase|rise|loss)\b",
    r"\b(?:gain|benefit|increase|rise|drop|loss|plus) (?:from|by|through|with|of) (?:adding|the addition)\b",
    r"\bhow many points?\b",
    r"\bdelta\b",
    r"\bdrop(?:ped)?\b.*\bbetween\b",
    r"\bsubtract\b",
    r"\bhow much (?:did|does|has|do|was)\b.*\b(?:drop|fall|decreas\w+|increas\w+|ris\w+|chang\w+|"
    r"differ|improv\w+|declin\w+|gain|los[et]|higher|lower)\b",
    r"\b(?:drop|fall|decline|rise|change|loss|gain|decrease|increase|reduction|improvement|lost|gained|"
    r"fell|rose|dropped|slipped)\b.*"
    r"\b(?:from\b.*\bto|between\b.*\band|in (?:percentage )?points)\b",
    r"\(\s*(?:in )?(?:percentage )?points?\s*\)",
    r"\bin points\b",
    r"\bminus\b",
    r"\bhow many (?:more|fewer)\b",
    r"^\W*(?:the )?(?:absolute )?difference (?:between|in)\b",
    r"\bhow much (?:older|younger|bigger|smaller)\b",
    r"^\W*(?:and |so |then )?(?:what(?:'s| is| was) )?(?:the )?(?:absolute )?difference\W*$",
    r"\bhow many times\b",
    r"\bby what factor\b",
    r"(?<!hazard )(?<!odds )(?<!risk )(?<!rate )\bratio\b",
    r"\b\w+[- ]fold\b",
    r"\btimes (?:higher|greater|more|as (?:many|high|large|big))\b",
    r"\badd (?:up|together)\b",
    r"\bhow (?:many|much) .*\b(?:add|gain(?:ed)?|extend|prolong|lengthen|shorten|favou?r)(?:s|ed|"
    r"ened)?\b",
    r"\b(?:what|which) (?:share|percentage|proportion|fraction|per ?cent) of\b",
)
"""Asks for a difference, ratio, sum or share, to be worked out."""

LIST = any_of(
    rf"\bwhich (?:of (?:the|these|them) )?{_ADJECTIVES}{{0,5}}?(?:stud(?:y|ies)|trials?|abstracts?|"
    r"reports?|posters?|papers?|ones?|entries|cohorts?)\b",
    r"^\W*(?:\w+ ){0,3}?list\b(?! price)",
    r"\b(?:you|please|to|me a) list\b",
    rf"\bwhat {_ADJECTIVES}{{0,4}}?{_STUDIES}\b",
    r"^\W*(?:and )?which (?:gave|used|reported|included|enrolled|tested|had|have|did not|didn't|"
    r"lack\w*|do not|don't|were|are) ",
    r"\bname (?:the|all|every|each)\b",
    r"\b(?:give|show) (?:me )?(?:all|every|each)\b",
    rf"\ball (?:the )?{_ADJECTIVES}{{0,4}}?{_STUDIES}\b",
    r"\bwho (?:else )?(?:reported|used|enrolled|tested|treated|recruited|included)(?! (?:the|this|that) )\b",
    r"\benumerate\b",
    rf"\bitemi[sz]e (?:all |the |those |these )*{_ADJECTIVES}{{0,3}}?{_STUDIES}\b",
    r"^\W*(?:[\w/+-]+ ){1,3}(?:studies|trials|abstracts|posters)"
    r"(?: (?:in|of) (?:the|this) (?:review|letter|paper|article|collection))?\W*$",
    rf"\b(?:every|each) {_ADJECTIVES}{{0,3}}?(?:study|trial|abstract|poster)\b",
    r"^\s*(?:the )?(?:studies|trials|abstracts|posters)\b",
    rf"\bany {_ADJECTIVES}{{0,3}}?{_STUDIES}\b",
    r"^\W*where (?:was|were|is|are) (?:there )?(?:an? |any )?(?:placebo|control|comparator|comparison|randomi[sz]\w+)\b",
    r"^\W*(?:and |so )?where (?:did|does|do|has|had|have|was|were|is)\b"
    r"(?!.*\b(?:publi\w+|appear\w*|print\w*|place|conduct\w*|held|locat\w*|hospital|city|country|done|performed|find|found|stands?|come|say|said|held)\b)",
    r"^\W*(?:only )?phase [IV\d/]+[ab]?(?: (?:or|and) (?:phase )?[IV\d/]+[ab]?)* (?:work|ones|only|studies|trials|reports|abstracts)\b",
    r"^\W*(?:everything|anything|all those) (?:with|using|containing|involving|that (?:uses?|used|contains?|involves?))\b",
    r"^\W*(?:and |so )?which (?:have|had|has)\b"
    r"(?! (?:the |a )?(?:higher|lower|better|worse|more|fewer|less|longer|shorter|larger|smaller)\b)",
    r"^\W*(?:and |so )?which (?:report(?:s|ed)?|gives?|gave|mention\w*|used?|enrol\w*|ran|includ\w*|tested|recruit\w*"
    r"|state[sd]?|print\w*|list)\b",
    r"\b(?:in|from|by|for) which of (?:these|them|those)\b",
    r"^\W*(?:and |so )?whose (?:\w+ )?(?:patients?|participants?|ages?|oldest|youngest|eldest)\b",
    r"^\W*(?:and )?who (?:was|were|is|are) (?:still )?(?:recruiting|enrolling|running|accruing)\b",
    r"^\W*(?:and )?who (?:else )?(?:reports?|gives?|gave|lists?|mentions?|provides?)\b",
    r"^\W*(?:please )?(?:everything|all (?:those )?) ?(?:that (?:is|was|were) )?(?:directed|aimed|targeted|targeting)\b",
    rf"^\W*(?!(?:what|which|how|do|does|did|is|are|was|were|in|of|so|can|why|when|both|two|these|those)\b){_ADJECTIVES}{{1,4}}?{_STUDIES}"
    r" (?:without|with(?! (?:\w+ )?(?:what|which))|that|whose|using|not|but|lacking|reporting"
    r"|having|testing|enrolling|other than|except)\b",
    rf"^\W*(?:are|were|is) there (?:also )?{_ADJECTIVES}{{0,3}}?{_STUDIES} "
    r"(?:without|with no|lacking|that (?:did|do|lack|have) (?:not|no)?)",
    r"\bwhere (?:was|were)\b.*\bused\b",
    r"^\W*(?:and )?which of (?:these|them|those)\b(?! (?:is|was|are|were) (?!(?:an? )?phase\b))",
    r"^\W*(?:and )?which of the (?:\d+|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:had|have|used|report\w*|g[ai]ve|includ\w+"
    r"|enrol\w*|took|did|do|were|are)\b",
    rf"\bwhat (?:are|were) the {_ADJECTIVES}{{0,3}}?{_STUDIES}\b",
    rf"\b(?:top|bottom) \w+ {_STUDIES}\b",
    r"\b(?:what|which|all(?: of)?(?: the)?|every|any) (?:[\w/-]+ ){0,4}?(?:products?|agents|drugs|"
    r"therapies|treatments|regimens|constructs|compounds|antibodies|inhibitors)\b(?: (?:that|which))?"
    r"(?: (?:is|are|was|were|has been|have been))?(?: there)? (?:presented|covered|discussed|described|"
    r"included|mentioned|reviewed|summari[sz]ed|featured|listed)\b",
)
"""Asks which studies."""

COUNT_OF_STUDIES = any_of(
    rf"\b{_STUDIES}\b.*\b(?:in|for) how many\b(?! (?:hours|days|weeks|months|years|cycles|courses|doses|patients)\b)",
    rf"\b{_STUDIES}\b[^?.,]{{0,30}}\W+how many\b"
    r"(?! (?:they|patients|people|pts|participants|subjects|each|were)\b)",
    rf"\b{_STUDIES}\b(?![^?.]*\b(?:patients|people|participants|subjects)\b)[^?.]{{0,80}}[,;:\u2013-]\W*"
    r"(?:how many(?: (?:are there|is (?:that|it)|exist|are (?:these|those|they)|in (?:all|total|the review)))*|(?:a |the |just "
    r"|only )?(?:count|number|tally))\W*$",
    rf"\bhow many (?:of (?:all )?(?:the|these|them|those) )?{_ADJECTIVES}{{0,4}}?(?:{_STUDIES}"
    r"|(?<!relapsed )(?<!refractory )(?<!diagnosed )(?<!transplanted )(?<!new )(?<!older )(?<!younger )(?<!treated )ones)\b",
    r"\bhow many of (?:the|these) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\d+) (?:report|g[ai]ve|us|list|state|mention|provid)(?:e|ed|s)?\b",
    r"\b(?:in|for) how many (?:of the )?(?:stud|trial|abstract|poster)",
    r"\b(?:in|for) how many of (?:these|them|those)\b",
    r"\bhow many (?:have|has|had|are|show|say|give|carry|state|list|read)\b[^?]*\bn/a\b",
    rf"\bnumber of (?:(?!patients?\b|people\b|participants?\b|subjects?\b)\w+[- ]){{0,3}}?{_STUDIES}\b",
    rf"\bcount (?:of )?(?:the )?(?:\w+ ){{0,3}}{_STUDIES}\b",
)
"""Asks how many studies."""

MAXIMUM = any_of(
    r"\bwhich\b.{0,40}\b(?:higher|better|larger|bigger|greater|longer|broader|wider|more)\b(?!.* than)",
    r"\b(?:which|who|whose|what|where|the)\b[^?]*\bmost\b(?! of\b)|^\W*most\b",
    r"\b(?:commonest|highest|largest|biggest|heaviest|steepest"
    r"|best(?! (?:available|supportive))|longest(?! ago)|greatest|maximum|max|(?<!on )top(?! of\b|[- ]up\b)|broadest|widest|"
    r"oldest|latest|newest|strongest|most recent)\b",
    r"\b(?:more|larger|bigger|higher|longer|older|greater|better)\b[^?]*\bthan (?:any|all|every|each)(?: one)?(?: of)?(?: the)? others?\b",
    r"\brank(?:ed|ing)?\b",
    r"\b(?:comes?|came|is|ends?|ended) (?:out |up )?on top\b(?! of\b)|\btops? the (?:list|table|ranking|chart)\b",
    r"\b(?:goes|go|went|extends?|extended|reach(?:es|ed)?|stretch(?:es|ed)?) (?:(?!back)\w+ )?(?:furthest|farthest)\b(?! back"
    r"| into the past)",
    r"\bsort(?:ed)?\b.*\bby\b",
    r"\border(?:ed)? (?:the )?(?:\w+ ){0,3}by\b",
    r"\bin descending order\b",
    rf"\b{_BEGAN_OR_ENDED} (?:\w+(?:ing|ment) )?last\b"
    r"|\blast to (?:start|open|begin|enrol\w*|recruit|launch|end|finish|close)\b",
)
"""Asks for the highest, or for an order from it."""

MINIMUM = any_of(
    r"\bwhich\b.{0,40}\b(?:lower|worse|smaller|fewer|shorter|less)\b(?!.* than)",
    r"\b(?:fewer|smaller|lower|shorter|younger|less|worse)\b[^?]*\bthan (?:any|all|every|each)(?: one)?(?: of)?(?: the)? others?\b",
    r"\b(?:furthest|farthest) (?:back|into the past)\b|\bback (?:the )?(?:furthest|farthest)\b|\blongest ago\b",
    rf"\b{_BEGAN_OR_ENDED} (?:\w+(?:ing|ment) )?first\b"
    r"|\bfirst to (?:start|open|begin|enrol\w*|recruit|launch|end|finish|close)\b",
    r"\b(?:rarest|least (?:common|frequent|often)|lowest|smallest|tiniest|littlest|worst|shortest"
    r"|(?<!at )least|fewest|minimum|min|poorest|narrowest|youngest|earliest|weakest)\b",
)
"""Asks for the lowest."""

DEFINITION = any_of(
    r"^\W*(?:and |so )?what (?:does|do|did) [\w-]+ (?:block|inhibit|bind|trap"
    r"|degrade|antagoni[sz]e|neutrali[sz]e)s?\b(?: (?:to|exactly))?\W*$",
    r"\bstands? (?:for|fro|of)\b",
    r"\bwhat (?:does|do|did)\b.{1,60}\bmean\b",
    r"(?<!by what )(?<!by which )\bmeans\s*\?",
    r"(?<!\bby )\bwhat means\b",
    r"\bmeaning of\b",
    r"^\W*[\w/+-]+\W+meaning\W*$",
    r"\bdefin(?:e|ition)\b",
    r"\babbreviat\w*",
    r"\bacronym\b",
    r"\bdenotes?\b",
    r"\bshort form\b",
    r"\bthe letters\b",
    r"\bwritten out\b|\bwrite out\b|\bin full\b|\bunabbreviated\b",
    r"\bwhat (?:is|are|was|were) \S+ short for\b",
    r"\bspell(?:ed)? out\b",
    r"\bexpand\b",
    r"\bshort(?:hand| form)? (?:for|of)\b",
    r"\bfull (?:form|name) of\b",
    r"^\s*(?:so |and |sorry,? )?what(?:'s| is| are)\s+(?:an? |"
    r"the )?['\"]?[A-Z0-9][\w/+-]*['\"]?\s*,?\s*(?:again|exactly|please|in (?:words|full|plain english))?\s*\??\s*$",
    r"\bwhat(?:'?s| is| are) (?:an? |the )?(?-i:[A-Z][\w/+-]*[A-Z][\w/+-]*)(?:\s*[,;]\s*(?:it|i|we|this|that|sorry|please)\b|\s*[?.!]?\s*$"
    r"|\s*\?\s*(?:it|i|we|this|that)\b)",
    r"^\s*['\"]?[\w/-]+['\"]?\s*=\s*\?",
    r"\blong form\b",
    r"\bcounts as\b",
    r"\bhow did\b.{1,60}\bdefine\b",
    r"\bwhat (?:did|does|had|has|must|should)\b.{1,80}\b(?:to )?(?:count|qualify|be (?:counted|regarded|classed|considered)) as\b",
    r"\bmeant by\b",
    r"\b(?:who|what)(?:'s| is| are) meant\b",
    r"\bhow (?:is|was|are|were)\b.{1,60}\bdefined\b",
    r"\bwhat (?:kind|type|sort|class) of (?:drug|agent|medic\w+|molecule|compound|product|"
    r"inhibitor|antibody|therapy|cell)s?\b",
    r"\b(?:which|what)\b.{0,20}\bmechanism\b.{0,40}",
    r"\bmode of action\b",
    r"\bmechanism of action\b",
    r"\bhow does [\w-]+(?: alfa| beta)? (?:work|act)\b",
)
"""Asks what a term or abbreviation means."""

REFERENCE = any_of(
    r"\breferences?\b",
    r"\bcit(?:e|ation|ed)\b",
    r"\bauthors?\b",
    r"\bwho (?:wrote|published|authored|led|ran|conducted|presented|is behind)\b",
    r"\bwho (?:are|were) the (?:\w+ )?authors\b",
    r"\bjournal\b",
    r"\bdoi\b",
    r"\bpages?\b",
    r"\bpublished\b",
    r"\bvolume\b",
    r"\bissue of\b|\b(?:which|what) issue\b|\bissue number\b",
    r"\bfull title\b",
    r"\btitle\b",
    r"\bbibliograph\w*",
    r"\bwhich (?:cited )?(?:paper|article|publication|source) (?:deals?|is|was|describes|covers|"
    r"discusses|treats)\b",
    r"\bwhere (?:was|is|did|were|can).*\b(?:published|appear|printed)\b",
    r"\bsource\b.*\bcited\b",
)
"""Asks for the publication: authors, journal, pages."""

SUMMARY = any_of(
    r"\bhow do(?:es)? (?:the )?(?:tables?(?: \d)?|review|authors?|letter) (?:rate|judge|see|view|assess|regard|value|sum)\b",
    r"\bsummar\w*",
    r"\btell me (?:more )?about\b",
    r"\boverview\b",
    r"\bkey (?:findings?|results?|points?|messages?|takeaways?|figures|data)\b",
    r"\bmain (?:findings?|results?|outcomes?|points?|messages?|take)",
    r"\bgist\b",
    r"\bin a nutshell\b",
    r"\bwhat (?:is|was|'s)\b.{1,60}\babout\b",
    r"\bwhat did\b.{1,60}\b(?:show|find|do|report|conclude|demonstrate|say|study|look at|"
    r"investigate)\b(?: overall| in short| in brief| in general| in total)?\s*\??\s*$",
    r"\bwhat do we know\b",
    r"\bwhat happened\b(?! (?:to|with) (?:them|these|those|the (?:[\w-]+ ){0,2}?(?:patients?|ones?|rest|others?|two|three"
    r"|four|five|six|seven|eight|nine|ten|\d+)|\w+ who)\b)",
    r"\btake[- ]?(?:home|aways?)\b",
    r"\bdescribe\b",
    r"\btl;?dr\b",
    r"\bbrief me\b",
    r"\bwhat does (?:the review|it|this (?:review|paper|article|letter)) say about\b",
    r"\bin brief\b",
    r"\bwalk me through\b",
    r"\brecap\b",
    r"\brun down\b",
    r"\brundown\b",
    r"\bwhat (?:has|have|had) .{1,40} (?:found|shown|reported)\b",
    r"\beverything\b.*\b(?:on|about|for)\b",
    r"\bwhat (?:were|are) the (?:results|findings|outcomes?)\b(?! measures?)",
    r"\bwhat is\b.{1,40}\bin (?:plain|simple|a few|short|lay)\b",
    r"(?<!not )(?<!n't )\bsum up\b(?! to\b)",
    r"\bverdict\b",
    r"\b(?:short|brief|one|single) paragraph\b",
    r"\bin (?:a|one|two|three|a few|a couple of) (?:short )?(?:sentences?|lines?|words)\b",
    r"\b(?:a few|two or three|some) (?:short )?(?:sentences|lines) (?:on|about)\b",
    r"\b(?:outline|sketch|abridge)\b",
    r"\bbottom line\b",
    r"^\W*what (?:was|were|is) (?:reported|found|shown|observed|presented)\b",
)
"""Asks for what a study found, on the whole."""

YES_NO = re.compile(
    r"(?:^|(?<!\bco)(?<!\bal)[.!;:,]\s+|\s-\s+|\b(?:whether|if)\s+)(?:so,?\s+|and\s+|but\s+|hi,?\s+|hello,?\s+|"
    r"ok(?:ay)?,?\s+|please,?\s+)?(?:any(?![- ]grades?\s*(?:$|[?.,;)]))|am i|is|are|was|were|did|does|do|has|have|had|can|could|isn't|"
    r"wasn't|didn't|true or false|correct that|right that|would (?:it|one|we|you (?:say|agree|call)))\b"
    r"|\b(?:check|confirm|verify|know|see|say|clear|sure|unsure|ask(?:s|ed)?|hear|learn|wonder(?:ing)?|find out|tell me)\s+(?:whether|if)\b"
    r"(?![^?]*\b(?:which|what|how|where|why|who)\b)"
    r"|^\W*whether\b(?![^?]*\b(?:which|what|how|where|why|who)\b)"
    r"|^(?!.*\b(?:which|what|how|where|why|who)\b).*\bsignificant(?:ly different)?\s*\?\s*$",
    re.IGNORECASE,
)
"""Asks whether something is so."""

WHY = any_of(
    r"\bwhy\b",
    r"\bhow come\b",
    r"\bfor what reason\b",
    r"\bexplain\b",
    r"\breasons? (?:for|that|why)\b",
    r"\bwhat made\b",
    r"\bwhat (?:has |had )?caus(?:es|ed)\b",
    r"\bwhat (?:is|was|were|are) the causes?\b",
    r"\bhow do the authors explain\b",
)
"""Asks for a reason."""

CONFLICT = any_of(
    r"\bcontradict\w*",
    r"(?<!declare )(?<!declared )(?<!declare any )(?<!declared any )(?<!disclose )(?<!disclosed )(?<!disclose any )(?<!disclosed any )"
    r"\bconflict(?:s|ing)?\b(?![ -]of[ -]interest| (?:was |were )?(?:declared|disclosed))",
    r"\bdiscrepan\w*",
    r"\breconcil\w*",
    r"\bsquares? with\b",
    r"\bfit together\b",
    r"\d\s*\+\s*\d+\s*=\s*\d",
    r"\binconsisten\w*",
    r"\bdisagree\w*",
    r"\bagree\b",
    r"\badd(?:s|ed)? up\b(?! (?:the|all|these|those|their|every\w*|any\w*|both|how|patients|cases|grades?)\b)",
    r"\bsum (?:up )?to\b",
    r"\bplus\b[^?.]*\b(?:is|are|does) (?:it|that|this|they)(?: really)?(?: make| equal| give)? \d",
    r"(?:n't|not) (?:sum|add) up\b",
    r"\b(?:match(?:es)?|equals?|give|gives|makes?(?: up)?)\b[^?.]{0,20}\b(?:stated|whole|total|cohort|overall|enrolled)\b",
    r"\bmatch(?:es)? (?:the )?(?:table|text)\b",
    r"\bconsistent\b",
    r"\bmismatch(?:es)?\b(?=.*\b(?:between|text|tables?|figures?|numbers?)\b)",
    r"\bdo(?:es)? the (?:text|table)\b.*\b(?:agree|match|same|differ|say the)",
    r"\btally\b",
    r"\bwhich (?:one )?(?:is|does).*\b(?:right|say)\b.*\?.*",
    r"\b(?:text|prose|narrative)\b.*\btables?\b",
    r"\btables?\b.*\b(?:text|prose|narrative)\b",
)
"""Asks whether the review agrees with itself."""

GLOBAL = any_of(
    rf"\bany (?:of the )?(?:other )?(?:{_STUDIES}|study|trial|abstract|poster)\b",
    r"\bacross\b",
    r"\ball (?:the |of the |nine |these )?(?:stud|trial|abstract|poster)",
    r"\beach (?:stud|trial|abstract|poster)",
    r"\bevery (?:stud|trial|abstract|poster)",
    r"\banywhere\b",
    r"\boverall in\b",
    r"\bwhich (?:stud|trial|abstract|poster)",
    r"\bamong (?:the|all)\b(?! (?:[\w'-]+ ){0,3}?(?:patients|pts|people|persons|individuals|participants|subjects|cases|adults|children"
    r"|kids|teenagers|teens|adolescents|young(?:sters)?|infants|elderly|seniors|men|women|responders|survivors|recipients)\b)",
    rf"\bof the .{{0,30}}{_STUDIES}\b",
)
"""Speaks of all studies."""

REVIEW_ITSELF = any_of(
    r"(?<!according to )\b(?:this|the) (?:review|letter|article|paper|publication|manuscript)(?:'s)?\b(?! (?:say|"
    r"report|give|mention|state|describ|conclud|list|tell|have|has|discuss|back|support|confirm|agree|bear|claim|call|name|speak|think))",
    r"\breview (?:article|authors?)\b",
    r"\bauthors? of (?:this|the) (?:review|letter|article|paper)\b",
    r"\bcompeting interests?\b",
    r"\bconflicts? of interest\b",
)
"""Speaks of the review, not of a study."""

CONCLUSION = any_of(
    r"\b(?:review|authors?|article|letter|paper)\b.{0,20}\bconclu\w+",
    r"\bconclusions? of (?:the|this) (?:review|paper|article|letter)\b",
    r"\boverall conclusion",
    r"\bmain (?:message|focus|highlight)s?\b",
    r"\bclosing (?:remarks?|words?|paragraph|statement|section)\b",
    r"\b(?:final|last) (?:words?|paragraph|section)\b",
)
"""Asks what the review as a whole concludes."""

COMPONENTS = any_of(
    r"\b(?:drugs?|agents?)\b.{0,12}\bin (?:the )?\S+ regimen\b",
    r"^\W*\S+\W+(?:which|what) (?:drugs?|agents?)\W*$",
    r"\bwhich (?:drugs?|agents?) (?:are|is|go|went|make|does|do) .{0,20}\b(?:in|into|up|hold|have|include)\b",
    r"\b(?:which|what) (?:[\w-]+ )?(?:drugs?|agents?|medicines?|substances|compounds|chemotherapeutics) [^?.;]{0,30}?\b"
    r"(?:in|inside|within|behind|under|into|to) (?:the )?(?:name |label |short form |letters )?\S+"
    r"(?: (?:cocktail|regimen|mix|mixture|combination|combo|protocol|schedule|backbone|recipe|package|name|label|scheme))?\W*$",
    r"\b(?:un ?pack|break down|take apart|dissect|itemi[sz]e) (?:the )?\S+(?: (?:cocktail|regimen|mix|combination|combo"
    r"|protocol|name))?\W*$",
    r"\bcomponents?\b",
    r"\bingredients?\b",
    r"\brecipe\b",
    r"\bwhat (?:exactly |actually |all )?(?:goes|went|is|was|are|'s|belongs|comes) (?:in|into|inside)(?: of)? (?:the |this )?"
    r"(?-i:[A-Z0-9][\w-]*[A-Z][\w-]*)(?: (?:cocktail|regimen|mix|mixture|combination|combo|protocol|schedule|backbone|recipe))?\W*$",
    r"\bmade up of\b",
    r"\bmade of\b",
    r"\bconsists? of\b",
    r"\bcontains?\b",
    r"\bcomposition\b",
    r"\bconstituents?\b",
    r"\bwhat(?: exactly)?(?:'s| is) in\b|\bwhat exactly is in\b",
    r"\bcomprises?\b",
)
"""Asks what a treatment is made up of."""
