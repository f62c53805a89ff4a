"""What lay people and journalists say for studies, treatments and outcomes, put in the field's terms."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.vocabulary.wording import any_of

_DUG = (
    r"(?:dug|digs?|digging|went|go(?:es|ing)?|look(?:ed|s|ing)?|comb(?:ed|s|ing)?|trawl(?:ed|s|ing)?|sift(?:ed|s|ing)?"
    r"|leaf(?:ed|s|ing)?|por(?:ed|es?|ing)|rummag(?:ed|es?|ing)|searched)"
)
_FILES = (
    r"(?:back )?(?:(?:through|over|into|at|in) )?(?:the |their |its |some )?(?:old|past|existing|archived|earlier)"
    r" (?:(?:hospital|medical|patient|clinic) )?(?:files|records|charts|notes|case notes|papers)"
)
_DOCTORS = r"(?:the )?(?:doctors|physicians|researchers|scientists|investigators|authors|people|they|somebody|someone)"
_KIDS = r"(?:children|kids|youngsters|the young|young(?:er)? (?:children|kids|patients|people)|minors|little ones)"
_MADE = r"(?:made|designed|meant|intended|written|devised|drawn up|worked out|developed|created|built|thought up|originally used)"
_PLAN = r"(?:(?:treatment|chemo(?:therapy)?|drug) )?(?:plan|recipe|scheme|program(?:me)?|protocol|regime|schedule)"
_CANCER = r"(?:cancer|disease|leuka?emia|lymphoma|myeloma|illness|malignancy|tumou?r)"
_BACK = r"(?:had |has |have )?(?:come back|came back|returned|reappeared|recurred|resurfaced)"
_STAYED = (
    r"(?:(?:had |has |have )?(?:never|not) (?:really |quite |fully )?(?:gone away|gone|went away|left|disappeared|budged|cleared)"
    r"|(?:did|does|do) not (?:go away|budge|clear|yield)|would not (?:go away|budge|clear|yield)|refused to (?:go|budge))"
)
_TRICKED = (
    r"(?:souped-?up|super-?charged|turbo-?charged|beefed-?up|re-?engineered|re-?programmed|re-?trained|re-?wired|weaponi[sz]ed"
    r"|genetically (?:rewired|reprogrammed|tweaked|boosted))"
)
_PROJECT = r"(?:projects?|records?|entries|pieces? of (?:work|research)|undertakings?)"
_WHOSE = (
    r"(?=\s+(?:whose|that|which|with|without|put|are|were|is|was|have|has|had|did|do|does|about|us(?:ed?|ing)|involv\w+|includ\w+|test\w*"
    r"|enrol\w*|recruit\w*|gave|give|tried|treated|entered|listed|classed|coded|report\w*|cover\w*)\b)"
)
_REACTION = r"(?:reaction|response|storm|syndrome|flare|overreaction|illness)"
_PEOPLE = r"(?:(?:real|actual|live|living|human) )*(?:people|humans|patients|human beings|persons|beings)"
_BEASTS = (
    r"(?:(?:the )?(?:lab(?:oratory)?|experimental) )?(?:animals|mice|rodents|mouse models?|animal models?)|the (?:lab|laboratory)"
    r"|(?:a )?(?:test tubes?|dishes|petri dish(?:es)?)"
)
_ALONE = r"(?:by itself|on its own|alone|by its own|solo|single-handed)"
_WORDINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (
            rf"\b(study|trial|one|paper|work|abstract) (?:where|in which|for which) {_DOCTORS} {_DUG} {_FILES}",
            r"retrospective \1",
        ),
        (rf"\b{_DUG} {_FILES}", "was retrospective"),
        (
            rf"\b(?:whose|where the|when the|if the|that their) {_CANCER} {_BACK}(?:,? or {_STAYED})",
            "with relapsed or refractory disease",
        ),
        (rf"\b(?:whose|where the) {_CANCER} {_STAYED},? or {_BACK}", "with relapsed or refractory disease"),
        (rf"\b(?:whose|where the) {_CANCER} (?:had |has |have )?{_BACK}", "with relapsed disease"),
        (
            r"\bwho(?: had| have| were| are)?(?: only)?(?: just| freshly| recently)(?: been)? (?:told|informed|found out|learned|learnt)"
            rf"(?: that)? (?:they (?:had|have|had got)|of) (?:this|the|their|that|a)? ?(?:blood )?{_CANCER}",
            "with newly diagnosed disease",
        ),
        (
            rf"\b(?:an? |the )?{_PLAN}(?: that (?:was|is|had been)| which (?:was|is))?(?: originally| first"
            rf"| really)? {_MADE} for {_KIDS}\b",
            "the pediatric regimen",
        ),
        (
            rf"\b(?:the |a )?(?:children|kid|youngster)s?['\u2019]?s?['\u2019]? {_PLAN}\b",
            "the pediatric regimen",
        ),
        (
            r"\bteenagers and (?:people|those|men and women|patients) in their (?:early |mid-?)?twenties\b",
            "adolescents and young adults",
        ),
        (
            r"\b(?:teenagers?|teens|adolescents|youngsters) and (?:young grown-?ups|twenty-?somethings|young people"
            r"|people just past twenty)\b",
            "adolescents and young adults",
        ),
        (rf"\b{_TRICKED} (?:immune|T|white|blood|killer|defen[cs]e)[- ]?cells?\b", "CAR-T cells"),
        (r"\b(?:hand|cherry)-?picked (?=(?:immune|T|white|CAR|donor|killer)\b)", "selected "),
        (r"\bselected immune cells\b", "selected T cells"),
        (
            r"\b(?:that |which )?(?:needed|got|had|underwent|with|required) no (?:further|extra|more|additional|other) (?:tinkering"
            r"|fiddling"
            r"|meddling|tampering|tweaking|editing) (?:with|of|to|in) (?:their|the) (?:genes|DNA|genome)\b",
            "without additional genetic manipulation",
        ),
        (
            rf"\b(?:the |a |that )?(?:body-?wide |whole-?body |system-?wide |dangerous |violent )?(?:fever[- ](?:and"
            rf"|&)[- ]inflammation|inflammatory fever"
            rf"|(?:immune|inflammation|inflammatory|fever)[- ]?storm|immune (?:over)?reaction|runaway immune) {_REACTION}\b",
            "CRS",
        ),
        (
            r"\b(?:body-?wide|whole-?body) (?:inflammation|inflammatory) (?:reaction|storm|syndrome|response)\b",
            "CRS",
        ),
        (
            r"\b(?:went|go|going|came|come) through(?: only| just)? an? (?:only )?(light|mild|gentle|slight|weak|severe|bad|serious)"
            r"(?: form| version| bout| case| degree)? of (?:the )?",
            r"had \1 ",
        ),
        (
            rf"\b(?:had|showed|with|were left with|have) (?:no (?:more|further)|no trace of|nothing left of|no sign of|no) {_CANCER}"
            rf"(?: left| cells?)*(?: to be (?:found|seen|detected)| anywhere| detectable)?(?: after (?:the )?(?:treatment|therapy))?,?"
            r" (?:even (?:if|though|when)|although|though|whether or not|including (?:those|when)) (?:their |the |whose )?"
            r"(?:blood )?(?:counts?|cells|blood values|blood levels)(?: \w+){0,3}? (?:slow|late|sluggish|yet|lag\w*|incomplete\w*"
            r"|still|not|low|down"
            r"|trailing)[^,.;?]{0,40}",
            "reached CR/CRi",
        ),
        (
            rf"\b(?:did|does) ([^,.?;]{{2,50}}?) (?:clear|wipe out|get rid of|beat back|eradicate|knock out)"
            rf" (?:it|(?:the|their|this) {_CANCER}) (more|less) often\b",
            r"did \1 achieve CR \2 often",
        ),
        (
            rf"\b(?:cleared|wiped out|got rid of|eradicated|knocked out) (?:it|(?:the|their|this) {_CANCER}) (more|less) often\b",
            r"achieved CR \1 often",
        ),
        (
            r"\b(?:when |if )?mixed (?:in )?with other (?:drugs|medicines|agents|things|medications|treatments)\b",
            "as combination",
        ),
        (rf"\b(?:when |if )?(?:given|used|taken) (?:all )?{_ALONE}\b", "as monotherapy"),
        (
            rf"\b(which|what|how many|all|list|enumerate|name|of the|of these|among the|the)( of the| the| all| all the|)"
            rf" (?:{_PROJECT}){_WHOSE}",
            r"\1\2 studies",
        ),
        (
            rf"\b(?:in|into|on) {_PEOPLE},? (?:and |but )?(?:not|never|rather than|instead of|as opposed to)"
            rf"(?: just| only| merely| simply)?(?: (?:in|into|on))? (?:{_BEASTS})\b",
            "in patients, apart from the animal study",
        ),
        (
            r"\b(?:made-to-measure|tailor-?made|custom-?made|bespoke|precision) (?:medicines?|drugs?|medications?)\b",
            "targeted agent",
        ),
        (
            r"\b((?:medicines?|drugs?|agents?|treatments?|therap(?:y|ies)))(?: that| which)? (?:the )?(?:officials|authorities"
            r"|regulators?|watchdogs?"
            r"|government|agenc(?:y|ies))(?: have| has| had)? (?:okayed|ok['\u2019]?d|cleared|green-?lit|green-?lighted"
            r"|given the green light|waved through"
            r"|approved|signed off(?: on)?|licen[cs]ed|passed)\b",
            r"\1 approved",
        ),
        (
            rf"\bfor when (?:this|the|that) {_CANCER} (?:comes|came|has come) back\b",
            "for relapsed disease",
        ),
        (
            r"\bhave (?:a |such a )?(?:harder|tougher|more difficult|rougher) time (?:with|in|against|beating|tackling)\b",
            "have less success in",
        ),
        (
            r"\b(?:its|the|their) B-cell (?:cousin|sister|sibling|counterpart|relative|twin|brother)\b",
            "B-ALL",
        ),
        (
            r"\b(?:its|the|their) T-cell (?:cousin|sister|sibling|counterpart|relative|twin|brother)\b",
            "T-ALL",
        ),
        (
            r"(?<=[.?!] )(?:just )?(?:one|a single|two|a few) words? for (?:the|this|that) (?:snag|problem|hitch|obstacle|thing"
            r"|reason|difficulty)"
            r" (?:would|will|should|is|suffices?)[^.?!]{0,40}[.?!]?",
            "",
        ),
        (
            r"\bwhat (?:takeaway|take-?away|take-?home(?: message)?|lesson|moral|bottom line) (?:did|do"
            r"|does) (?:the )?(\w+) (?:draw|take|make|get|derive)"
            r" from\b",
            r"what did the \1 conclude about",
        ),
        (
            rf"\b(did|does|do) (?:the|their|this) {_CANCER} (?:return|come back|recur|reappear|resurface)\b",
            r"\1 the disease relapse",
        ),
        (
            rf"\b(?:saw|had|watched|found) (?:their|the) {_CANCER} (?:vanish(?:ed)?|disappear(?:ed)?|melt(?:ed)? away|go away"
            rf"|wiped out|clear(?:ed)? up)\b",
            "reached CR",
        ),
        (
            rf"\bwhose {_CANCER} (?:(?:completely |fully |totally )?(?:vanished|disappeared|melted away|went away|cleared up)"
            rf"|was (?:all )?gone)\b",
            "who reached CR",
        ),
        (
            rf"\b(?:saw|had|watched) (?:their|the) {_CANCER} (?:creep|come|sneak|grow|crawl) back\b",
            "relapsed",
        ),
        (
            rf"\b(?:had|have|with|showed) no (?:trace of (?:the )?|sign of (?:the )?|more )?{_CANCER}(?: cells)?"
            r" (?:left|remaining|any ?more|to be (?:seen|found))\b",
            "reached CR",
        ),
        (
            rf"\bin how many (people|patients|cases) was (?:the|their) {_CANCER} (?:all )?gone\b",
            r"how many \1 reached CR",
        ),
        (
            r"\b(the|these|those|which|what|how many|all|any|both)( [\w-]+)? projects\b(?! (?:an?|the|to)\b)",
            r"\1\2 studies",
        ),
        (r"\bfree (?:of|from) (?:any |a |all )?(?:setbacks?|mishaps?|bad turns?)\b", "event-free"),
        (
            r"\b(?:odds|chances?|likelihood) of (?:still )?being (?:here|around|with us)\b(?! and\b)",
            "odds of survival",
        ),
        (r"\b(?:still|alive and) kicking\b", "alive"),
        (r"\bgene-?(?:tweaked|doctored|hacked|snipped|scissored)\b", "genome-edited"),
        (
            r"\b(?:donated|donor|foreign|new|transplanted|someone else['\u2019]s) cells (?:attack|turn on|turn against|go after"
            r"|went after|attacked"
            r"|turned on|turned against) (?:the )?(?:(?:patients?|recipients?|hosts?"
            r"|people)['\u2019]?s?['\u2019]? )?(?:own )?(?:body|bodies|tissues?"
            r"|organs?)\b",
            "graft-versus-host disease occur",
        ),
        (r"\bstarting (?:material|stuff|point) (?=(?:do|did|are|were|is|was) )", "source "),
    )
)
_ANY = any_of(*(pattern.pattern for pattern, _ in _WORDINGS))


def in_the_fields_terms(text: str) -> str:
    """``text`` with such wordings replaced."""
    for pattern, shown in _WORDINGS if _ANY.search(text) else ():
        text = pattern.sub(shown, text)
    return text
