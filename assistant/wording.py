"""The English of questions: wordings that tell which kind of answer is wanted."""

from __future__ import annotations

import re


_ADJECTIVES = r"(?:(?!(?:patients?|people|ppl|pts|participants?|subjects?|were|was|did|do|does|in|had|got|have|has|of|from|the|died|with|for|to|at|on|arms?|groups?)\b)[\w-]+[ -])"
_STUDIES = r"(?:studies|trials|abstracts|reports|posters|papers|entries)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{p})" for p in patterns), re.IGNORECASE)


COMPARE = _any(
    r"\bcompar\w*", r"\bvs\b\.?", r"\bversus\b", r"\bagainst\b", r"\bside by side\b", r"\brelative to\b", r"\bcontrast\w*",
    r"\bdiffer(?:s|ed)?\b", r"\bdifferences?\b", r"\bbetter\b.*\bor\b", r"\bworse\b.*\bor\b", r"\bhigher\b.*\b(?:or|than)\b",
    r"\blower\b.*\b(?:or|than)\b", r"\bthan\b", r"\bbetween\b.*\band\b", r"\bhow do(?:es)?\b.*\bstack up\b", r"\bmore\b.*\bor\b",
)
DIFFERENCE = _any(
    r"\bhow (?:much|many \w+(?: \w+)?) (?:higher|lower|better|worse|more|fewer|less|greater|larger|longer)\b", r"\bby how (?:much|many)\b",
    r"\bpercentage[- ]points?\b", r"\babsolute (?:difference|gain|benefit|increase|reduction|drop)\b", r"\bgap\b", r"\bhow far apart\b",
    r"\bdifference (?:between|in|of)\b.*\b(?:points?|number|how|calculate|compute|what)\b", r"\b(?:what|calculate|compute|give).*\bdifference\b",
    r"\bhow many points?\b", r"\bdelta\b", r"\bdrop(?:ped)?\b.*\bbetween\b", r"\bsubtract\b", r"\bhow much (?:did|does|has|do|was)\b.*\b(?:drop|fall|decreas\w+|increas\w+|ris\w+|chang\w+|differ|improv\w+|declin\w+|gain|los[et]|higher|lower)\b", r"\b(?:drop|fall|decline|rise|change)\b.*\bfrom\b.*\bto\b", r"\bby how (?:many|much)\b", r"\bin points\b", r"\bminus\b",
    r"\bhow many (?:more|fewer)\b", r"^\W*(?:the )?(?:absolute )?difference (?:between|in)\b", r"\bhow much (?:older|younger|bigger|smaller)\b", r"\bhow many times\b", r"\bratio\b", r"\b\w+[- ]fold\b",
    r"\btimes (?:higher|greater|more|as (?:many|high|large|big))\b", r"\badd (?:up|together)\b", r"\bhow (?:many|much) .*\b(?:add|gain(?:ed)?|extend|prolong|lengthen|shorten|favou?r)(?:s|ed|ened)?\b",
    r"\b(?:what|which) (?:share|percentage|proportion|fraction|per ?cent) of\b",
)
LIST = _any(
    rf"\bwhich (?:of (?:the|these|them) )?{_ADJECTIVES}{{0,5}}?(?:stud(?:y|ies)|trials?|abstracts?|reports?|posters?|papers?|ones?|entries|cohorts?)\b", r"^\W*(?:\w+ ){0,3}?list\b|\b(?:you|please|to|me a) list\b", rf"\bwhat {_ADJECTIVES}{{0,4}}?{_STUDIES}\b", r"^\W*(?:and )?which (?:gave|used|reported|included|enrolled|tested|had|have|did not|didn't|lack\w*|do not|don't|were|are) ",
    r"\bname (?:the|all|every|each)\b", r"\b(?:give|show) (?:me )?(?:all|every|each)\b", rf"\ball (?:the )?{_ADJECTIVES}{{0,4}}?{_STUDIES}\b",
    r"\bwho (?:else )?(?:reported|used|enrolled|tested)\b", r"\benumerate\b", rf"\b(?:every|each) {_ADJECTIVES}{{0,3}}?(?:study|trial|abstract|poster)\b",
    r"^\s*(?:the )?(?:studies|trials|abstracts|posters)\b", rf"\bany {_ADJECTIVES}{{0,3}}?{_STUDIES}\b", r"\bwhere (?:was|were)\b.*\bused\b", r"^\W*(?:and )?which of (?:these|them|those)\b(?! (?:is|was|are|were) )",
    rf"\b(?:top|bottom) \w+ {_STUDIES}\b",
)
COUNT_OF_STUDIES = _any(
    rf"\bhow many (?:of (?:the|these|them|those) )?{_ADJECTIVES}{{0,4}}?(?:{_STUDIES}|ones)\b",
    r"\bhow many of (?:the|these) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) (?:report|g[ai]ve|us|list|state|mention|provid)(?:e|ed|s)?\b",
    r"\b(?:in|for) how many (?:of the )?(?:stud|trial|abstract|poster)", r"\bnumber of (?:(?!patients?\b|people\b|participants?\b|subjects?\b)\w+[- ]){0,3}?(?:studies|trials|abstracts|posters)\b",
    r"\bcount (?:of )?(?:the )?(?:\w+ ){0,3}(?:studies|trials|abstracts|posters)\b",
)
MAXIMUM = _any(
    r"\bwhich\b.{0,40}\b(?:higher|better|larger|bigger|greater|longer|more)\b(?!.* than)",
    r"\b(?:highest|largest|biggest|best|longest|greatest|most|maximum|max|top|broadest|widest|oldest|latest|newest|strongest|most recent)\b",
    r"\brank(?:ed|ing)?\b", r"\bsort(?:ed)?\b.*\bby\b", r"\border(?:ed)? (?:the )?(?:\w+ ){0,3}by\b", r"\bin descending order\b",
)
MINIMUM = _any(
    r"\bwhich\b.{0,40}\b(?:lower|worse|smaller|fewer|shorter|less)\b(?!.* than)",
    r"\b(?:lowest|smallest|worst|shortest|least|fewest|minimum|min|poorest|narrowest|youngest|earliest|weakest)\b",
)
DEFINITION = _any(
    r"\bstands? (?:for|fro|of)\b", r"\bwhat (?:does|do|did)\b.{1,60}\bmean\b", r"\bmeans\s*\?", r"\bwhat means\b", r"\bmeaning of\b", r"\bdefin(?:e|ition)\b", r"\babbreviat\w*", r"\bacronym\b", r"\bspell(?:ed)? out\b",
    r"\bexpand\b", r"\bshort(?:hand| form)? (?:for|of)\b", r"\bfull (?:form|name) of\b", r"^\s*(?:so |and |sorry,? )?what(?:'s| is| are)\s+(?:an? |the )?['\"]?[A-Z0-9][\w/+-]*['\"]?\s*(?:again|exactly|please)?\s*\??\s*$",
    r"^\s*['\"]?[\w/-]+['\"]?\s*=\s*\?", r"\blong form\b", r"\bcounts as\b", r"\bmeant by\b", r"\bhow (?:is|was|are|were)\b.{1,60}\bdefined\b",
    r"\bwhat (?:kind|type|sort|class) of (?:drug|agent|medic\w+|molecule|compound|product|inhibitor|antibody|therapy|cell)s?\b", r"\b(?:which|what)\b.{0,20}\bmechanism\b.{0,40}",
    r"\bmode of action\b", r"\bmechanism of action\b", r"\bhow does [\w-]+(?: alfa| beta)? (?:work|act)\b",
)
REFERENCE = _any(
    r"\breferences?\b", r"\bcit(?:e|ation|ed)\b", r"\bauthors?\b", r"\bwho (?:wrote|published|authored|led|ran|conducted|presented|is behind)\b", r"\bwho (?:are|were) the (?:\w+ )?authors\b", r"\bjournal\b", r"\bdoi\b", r"\bpages?\b",
    r"\bpublished\b", r"\bvolume\b", r"\bfull title\b", r"\btitle\b", r"\bbibliograph\w*", r"\bwhich (?:cited )?(?:paper|article|publication|source) (?:deals?|is|was|describes|covers|discusses|treats)\b", r"\bwhere (?:was|is|did|were|can).*\b(?:published|appear|printed)\b", r"\bsource\b.*\bcited\b",
)
SUMMARY = _any(
    r"\bsummar\w*", r"\btell me (?:more )?about\b", r"\boverview\b", r"\bkey (?:findings?|results?|points?|messages?|takeaways?|figures|data)\b", r"\bmain (?:findings?|results?|outcomes?|points?|messages?|take)", r"\bgist\b",
    r"\bin a nutshell\b", r"\bwhat (?:is|was|'s)\b.{1,60}\babout\b", r"\bwhat did\b.{1,60}\b(?:show|find|do|report|conclude|demonstrate|say|study|look at|investigate)\b\s*\??\s*$", r"\bwhat do we know\b", r"\bwhat happened\b",
    r"\btake[- ]?(?:home|aways?)\b", r"\bdescribe\b", r"\btl;?dr\b", r"\bbrief me\b", r"\bwhat does (?:the review|it|this (?:review|paper|article|letter)) say about\b", r"\bin brief\b", r"\bwalk me through\b", r"\brecap\b", r"\brun down\b|\brundown\b",
    r"\bwhat (?:has|have|had) .{1,40} (?:found|shown|reported)\b", r"\beverything\b.*\b(?:on|about|for)\b", r"\bwhat (?:were|are) the (?:results|findings|outcomes?)\b(?! measures?)", r"\bwhat is\b.{1,40}\bin (?:plain|simple|a few|short|lay)\b", r"\bsum up\b", r"\bverdict\b", r"^\W*what (?:was|were|is) (?:reported|found|shown|observed|presented)\b",
)
YES_NO = re.compile(
    r"(?:^|[.!;:,]\s+|\b(?:whether|if)\s+)(?:so,?\s+|and\s+|but\s+|hi,?\s+|hello,?\s+|ok(?:ay)?,?\s+|please,?\s+)?"
    r"(?:is|are|was|were|did|does|do|has|have|had|can|could|isn't|wasn't|didn't|true or false|correct that|right that)\b",
    re.IGNORECASE,
)
WHY = _any(r"\bwhy\b", r"\bhow come\b", r"\bfor what reason\b", r"\bexplain\b", r"\breason for\b", r"\bwhat made\b", r"\bhow do the authors explain\b")
CONFLICT = _any(
    r"\bcontradict\w*", r"\bconflict(?:s|ing)?\b(?! of interest)", r"\bdiscrepan\w*", r"\binconsisten\w*", r"\bdisagree\w*", r"\bagree\b", r"\badd(?:s|ed)? up\b(?! (?:the|all|these|those|their)\b)", r"\bsum to\b", r"\bmatch(?:es)? (?:the )?(?:table|text)\b", r"\bconsistent\b",
    r"\bmismatch\w*", r"\bdo(?:es)? the (?:text|table)\b.*\b(?:agree|match|same|differ|say the)", r"\btally\b", r"\bwhich (?:one )?(?:is|does).*\b(?:right|say)\b.*\?.*", r"\btext\b.*\btable\b|\btable\b.*\btext\b",
)
GLOBAL = _any(
    rf"\bany (?:of the )?(?:other )?(?:{_STUDIES}|study|trial|abstract|poster)\b", r"\bacross\b", r"\ball (?:the |of the |nine |these )?(?:stud|trial|abstract|poster)", r"\beach (?:stud|trial|abstract|poster)", r"\bevery (?:stud|trial|abstract|poster)",
    r"\banywhere\b", r"\boverall in\b", r"\bwhich (?:stud|trial|abstract|one|poster)", r"\bamong (?:the|all)\b", rf"\bof the .{{0,30}}{_STUDIES}\b",
)
REVIEW_ITSELF = _any(
    r"\b(?:this|the) (?:review|letter|article|paper|publication|manuscript)(?:'s)?\b(?! (?:say|report|give|mention|state|describ|conclud|list|tell|have|has|discuss))",
    r"\breview (?:article|authors?)\b", r"\bauthors? of (?:this|the) (?:review|letter|article|paper)\b", r"\bcompeting interests?\b", r"\bconflicts? of interest\b",
)

FARED = _any(r"\bhow (?:did|do|does|have|has|well)\b.*\b(?:do|fare[ds]?|go|get on|perform\w*|turn out|respond)\b", r"\bsurvival (?:results?|data|figures?|outcomes?)\b", r"\b(?:endpoints?|end points?) .*\bvalues\b")
"""Asks for whatever outcome is reported."""

IMPLIED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("agents", _any(r"\b(?:paired|combined|together) with\b", r"\bwhich (?:drugs?|agents?|product|construct|treatment|therap(?:y|ies)|regimen|cells?)\b", r"\bwhat (?:drugs?|agents?|product|construct|treatment|therap(?:y|ies)|regimen|kind of cells)\b", r"\bname of the (?:product|drug|agent|construct)\b", r"\bwhat (?:was|were) (?:given|administered|tested|infused|used)\b")),
    ("study_period", _any(r"\b(?:in|during|over|from) (?:what|which) years\b", r"\bwhen (?:was|were|did)\b.*\b(?:carried out|conducted|run|ran|done|performed|recruit\w*|enrol\w*|take place|took place|start\w*|held)\b", r"\bover (?:what|which) (?:period|years)\b", r"\bwhich years\b", r"\bfrom when\b")),
    ("age_range", _any(r"\bhow old\b", r"\bages?\b", r"\boldest\b", r"\byoungest\b")),
    ("nct", _any(r"\bregist(?:ration|ry|ered)\b", r"\bnct\b", r"\bclinicaltrials\b")),
    ("n_patients", _any(r"^\W*n\b", r"\bsplit\b", r"\bbreak ?down\b", r"^\W*(?:\S+\s+){0,3}n\s*(?:=\s*)?\??\s*$", r"\bhow many (?:ppl|pts|people|were|was)\b", r"\bsample size\b", r"\bhow (?:big|large)\b")),
)
"""Characteristics that a question asks for without naming them."""

AGENTS_ASKED = _any(
    r"\b(?:which|what|whose)\s+(?:(?!the\b)[\w-]+\s+){0,2}?(?:drugs?|agents?|regimens?|treatments?|therap(?:y|ies)|products?|combinations?|chemo\w*|medic\w+|backbone|constructs?)\b",
    r"\b(?:drugs?|agents?|treatments?|regimens?|products?|constructs?)\b[^?]{0,30}\b(?:used|given|tested|studied|administered|evaluated|in|of|for)\b", r"\bstudy agents?\b", r"\bpaired with\b", r"\bcombined with\b",
    r"\btreated with (?:what|which)\b", r"^\W*(?:agents?|drugs?|treatments?|regimens?)\b", r"\b(?:agents?|drugs?|regimens?|treatments?)\W*$",
)

EVERYONE = _any(r"\b(?:whole|entire|full|overall|total)\b.{0,24}\b(?:populations?|cohorts?|groups?|stud(?:y|ies)|trials?|series)\b", r"\ball (?:the )?patients\b", r"\bevery(?:body|one)\b", r"\ball of them\b", r"\btaken together\b", r"\b(?:both|all) (?:arms|groups) (?:together|combined)\b", r"\boverall,? not\b")
"""Means all patients of a study."""

CONCLUSION = _any(r"\b(?:review|authors?|article|letter|paper)\b.{0,20}\bconclu\w+", r"\bconclusions? of (?:the|this) (?:review|paper|article|letter)\b", r"\boverall conclusion", r"\bmain (?:message|focus|highlight)s?\b", r"\bclosing remarks?\b")
"""Asks what the review as a whole concludes."""

COMPONENTS = _any(r"\b(?:drugs?|agents?)\b.{0,12}\bin (?:the )?\S+ regimen\b", r"\bcomponents?\b", r"\bingredients?\b", r"\bmade up of\b", r"\bmade of\b", r"\bconsists? of\b", r"\bcontains?\b", r"\bcomposition\b", r"\bconstituents?\b", r"\bwhat(?:'s| is) in\b", r"\bcomprises?\b")

PRONOUN = _any(
    r"\b(?:it|its|they|their|them|that|those|these|this|there|he|she|his|her|one|ones|same|former|latter)\b",
)
ELLIPSIS = re.compile(
    r"^\s*(?:and|what about|how about|or|also|but|then|ok(?:ay)?|sorry|no|oh|actually|i meant?|wait|hm+|same|for|in|with|at|only|just|plus|now|the)\b",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"\b(?:i mean(?:t)?|sorry|wrong one|not that|correction|rather|instead|actually|no,|oops|wait|scratch that|my mistake)\b", re.IGNORECASE
)
