"""The English of questions: wordings that imply what is asked, or lean on what was said before."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.vocabulary.wording import any_of

FARED = any_of(
    r"^(?!.*\b(?:which|what) (?:of the )?(?:[\w-]+ ){0,2}?(?:sub-?groups?|subsets?|sub-?populations?|strat(?:a|um)|patients|people)"
    r"\b(?!.*\b(?:or|vs\.?|versus)\b)).*(?<!group )(?<!groups )\b(?:do|did|does|done|fare[ds]?) (?:any )?(?:better|worse)\b",
    r"\bhow (?:they|these|those|the \w+(?: \w+)?) (?:fare[ds]?|did|do|got on|made out)\b",
    r"\bhow (?:did|do|does|have|has|well)\b.*\b(?:do|fare[ds]?|go|get on|perform\w*|turn out|"
    r"respond)\b",
    r"\bsurvival (?:results?|data|figures?|outcomes?)\b",
    r"\b(?:endpoints?|end points?) .*\bvalues\b",
    r"^\W*(?:and |ok |so |then |what (?:were|was|are) )*(?:the |their |its |main |key |overall )*(?:results?|findings|outcomes?)\W*$",
)
"""Asks for whatever outcome is reported."""

IMPLIED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "design",
        any_of(
            r"\bprospective\w*\b.*\bor\b.*\bretrospective",
            r"\bretrospective\w*\b.*\bor\b.*\bprospective",
            r"\b(?:prospective|retrospective|randomi[sz]ed)\w*\b[^?]{0,20}\bor (?:what|how|(?:some |an)?other (?:design|kind|sort|type))\b",
            r"\bwhat (?:is|was|were) (?:the|its|their) design\W*$",
            r"\b(?:randomi[sz]ed|controlled|blinded)\b.*\bor\b.*\b(?:single[- ]arm|uncontrolled|open[- ]label|observational)",
        ),
    ),
    (
        "agents",
        any_of(
            r"\b(?:paired|combined|together) with\b",
            r"\bwith what (?:else )?(?:was|were|is|are|did)\b.{0,60}\b(?:pair|partner|combin|g[ai]v|team|join)\w*",
            r"\b(?:what|which)\b.{0,40}\b(?:combin\w*|pair\w*|partner\w*|join\w*)\b.{0,40}\b(?:with|to)\W*$",
            r"\b(?:what|which|anything|something) (?:else )?(?!happen).{0,60}\b(?:alongside|besides|in addition to|on top of"
            r"|along with|aside from|apart from|other than|added to|add(?:ed|s)? on to)\b",
            r"\b(?:combination |companion )?partners?\b(?: (?:drugs?|agents?))?",
            r"\bplus (?:what|which)\b|\+ ?what\b|\bwhat plus [a-z]|\b(?:given|used) with what(?: else)?\W*(?:$|\b(?:in|by|for)\b)",
            r"\bwhat (?:else )?(?:did|do|were|was|are|is)\b.{0,40}\b(?:receiv(?:e|ing)|get(?:ting)?|given?|treated with|taking)"
            r"(?: in (?:\w+ ){0,2}\S*\d\S*)?\W*$",
            r"\bwhich (?:drugs?|agents?|product|construct|treatment|therap(?:y|ies)|regimen|cells?)\b",
            r"\bwhat (?:drugs?|agents?|product|construct|treatment|therap(?:y|ies)|regimen|kind of cells)\b",
            r"\bname of the (?:product|drug|agent|construct)\b",
            r"\bwhat (?:was|were) (?:given|administered|tested|infused|used)\b",
        ),
    ),
    (
        "study_period",
        any_of(
            r"\b(?:in|during|over|from) (?:what|which) years\b",
            r"\bwhen (?:was|were|did)\b.*\b(?:carried out|conducted|run|ran|done|performed|recruit\w*|"
            r"enrol\w*|take place|took place|start\w*|begin|began|open\w*|launch\w*|clos\w*|finish\w*|end|ended|accru\w*|held)\b",
            r"\bover (?:what|which) (?:period|years)\b",
            r"\b(?:the )?years (?:in|during|over) which\b",
            r"\bwhich years\b",
            r"^\W*(?:and |the )*(?:study |calendar )?(?:years|dates)\W*$",
            r"\b(?:same|identical|overlapping) (?:\w+ )?(?:years?|periods?)\b",
            r"\bfrom when\b",
            r"\b(?:what|which) (?:span|stretch|range|period|run) of (?:years|time)\b",
        ),
    ),
    (
        "age_range",
        any_of(
            r"\bhow old\b",
            r"\bages?\b",
            r"\bage (?:span|window|limits?|bracket)\b",
            r"\b(?:old|eld)est\b",
            r"\byoungest\b",
        ),
    ),
    (
        "nct",
        any_of(
            r"\bregist(?:ration|ered)\b(?! (?:patients|data|cases|children|adults|cohort))",
            r"\bregistry (?:number|no\b|id\b|identifier|code|entry)",
            r"\bnct\b",
            r"\bclinicaltrials\b",
        ),
    ),
    (
        "n_patients",
        any_of(
            r"^\W*n\b",
            r"\bn (?:each|per|of each|for each|by)\b",
            r"\bsplit\b",
            r"\bbreak ?down\b",
            r"^\W*(?:\S+\s+){0,3}n\s*(?:=\s*)?\??\s*$",
            r"\bhow many (?:ppl|pts|people|were|was)\b",
            r"\bsample size\b",
            r"^\W*(?:\S+\s+){0,4}(?:patients|pts|people|participants|subjects|enrol(?:led|ment))\W+(?:in total|in all|altogether|all told"
            r"|all in all|overall)\W*$",
            r"^\W*(?:\S+\s+){0,4}total (?:number|count)?(?: ?of )?(?:patients|pts|people|participants|subjects|enrolment)\W*$",
            r"\bnumber (?:treated|enrol+ed|included|randomi[sz]ed|recruited|dosed|infused|studied|entered|given (?:it|that|this))\b",
            r"^\W*(?:the )?size of\b",
            r"\b(?:relative|arm|group|subgroup) sizes?\b",
            r"\b(?:study|trial|cohort) size\b",
            r"\bhow (?:big|large)\b",
        ),
    ),
)
"""Characteristics that a question asks for without naming them."""

_HOW_LONG = r"\bhow (?:long|many (?:days|weeks|months|years))\b"
IMPLIED_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "median_follow_up",
        any_of(
            rf"{_HOW_LONG}.*\b(?:follow(?:ed|ing)?|watch(?:ed|ing)|observ(?:ed|ing)|monitor(?:ed|ing)|track(?:ed|ing)|under observation)\b"
        ),
    ),
    (
        "median_DOR",
        any_of(
            rf"{_HOW_LONG}.*\b(?:responses?|remissions?|CRs?)\b.*\b(?:last|stay|hold|held|persist|continue|go on|endur|sustain|maintain)",
            rf"{_HOW_LONG}.*\b(?:last|stay|remain|hold|held|keep|kept|maintain|persist)\w*\b.*\b(?:responses?|remissions?|responding)\b",
            r"\bhow (?:durable|lasting|long-lasting|long-lived|enduring)\b.*\b(?:responses?|remissions?|CRs?)\b",
            r"\b(?:responses?|remissions?)\b.{0,30}\bhow (?:long|durable|lasting)\b",
            r"\b(?:responses?|remissions?|CRs?) (?:length|duration)\b",
            r"\b(?:length|duration) of (?:the |their )?(?:\w+ )?(?:responses?|remissions?|CRs?)\b",
        ),
    ),
    ("OS", any_of(r"\bliv(?:e|ed|ing) (?:\w+ly )?(?:longer|shorter)\b")),
    ("median_OS", any_of(r"\bhow long\b.*\b(?:live|survive|stay alive)d?\b")),
)
"""Measures that a verb asks for without naming them."""

AGENTS_ASKED = any_of(
    r"\b(?:which|what|whose)\s+(?:(?!the\b)[\w-]+\s+){0,2}?(?:drugs?|agents?|regimens?|"
    r"treatments?|therap(?:y|ies)|products?|combinations?|chemo\w*|medic\w+|backbone|constructs?)"
    r"\b",
    r"\b(?:drugs?|agents?|treatments?|regimens?|products?|constructs?)\b[^?]{0,30}\b(?:used|given|"
    r"tested|studied|administered|evaluated|in|of|for)\b",
    r"\bstudy agents?\b",
    r"\bpaired with\b",
    r"\bcombined with\b",
    r"\btreated with (?:what|which)\b",
    r"^\W*(?:agents?|drugs?|treatments?|regimens?)\b",
    r"(?<!single-drug )(?<!single drug )(?<!single-agent )(?<!single agent )(?<!combination )(?<!combined )"
    r"\b(?<!single )(?<!single-)(?:agents?|drugs?|regimens?|treatments?)\W*$",
)
"""Asks for the treatment, and does not only mention it."""

EVERYONE = any_of(
    r"\b(?:whole|entire|full|overall(?! (?:survival|response|remission|mortality|rate))|total)\b.{0,24}"
    r"\b(?:populations?|cohorts?|groups?|stud(?:y|ies)|trials?|series)\b",
    r"\b(?:cohort|population|group|study|trial|series) as a whole\b",
    r"(?<![-\w])all (?:the |of the )?(?:(?-i:[A-Z])[\w-]+ )?(?:patients|pts|participants)\b",
    r"\bevery(?:body|one)\b",
    r"\ball of them\b",
    r"\btaken together\b",
    r"\b(?:both|all|two) (?:\w+ ){0,2}(?:arms|groups)\b.{0,48}\b(?:together|combined|pooled|jointly)\b",
    r"\boverall,? not\b",
)
"""Means all patients of a study."""

EACH_ARM = any_of(
    r"\b(?:per|each|every|both|either|all|by)[- ](?:the |of the )?(?:two |three |four |study "
    r"|treatment |dose |(?:(?<=both )|(?<=both of the )|(?<=both the )|(?<=each of the ))(?!age|risk|patient|disease"
    r"|response)[\w-]+ |(?<=each )(?!age|risk|patient|disease|response)[\w-]+ )?"
    r"(?:arms?|groups?|dose levels?|doses|cohorts)\b(?! (?:together|combined|pooled|taken))",
    r"\barm by arm\b",
    r"\bbetween the (?:arms|groups)\b",
    r"\bthe (?:two|three|four) (?:(?!other\b)[\w-]+ )?(?:arms|groups|doses|dose levels|cohorts)\b",
)
"""Means the arms of a study one by one."""
TOGETHER = any_of(
    r"\b(?:both|all|the two|the three|over|across) (?:the )?(?:arms|groups|doses|cohorts)"
    r"(?: (?:together|combined|pooled|taken together))?\b",
    r"\b(?:arms|groups|doses|cohorts|studies|trials|abstracts|posters|reports) (?:together|combined|pooled|taken together)\b",
    r"\b[\w-]+(?: (?:arm|group|cohort))? and (?:the )?[\w-]+(?: (?:arm|group|cohort)s?)? (?:taken together|pooled|lumped together"
    r"|put together)\b",
)
"""Means all arms of a study, and names none of them."""

UNDIVIDED = any_of(
    r"\b(?:(?:do(?:es)?|did|should|would|could|are|is|were|was)(?:n't| not)|not|never|without|instead of|rather than|before)\b"
    r"[^,;?.]{0,25}?\b(?:separat\w*|split\w*|distinguish\w*|divid\w*|break(?:ing)?|told? apart|"
    r"tell(?:ing)? apart|keep(?:ing)? apart|stratif\w*)\b",
    r"\b(?:both|the two|all|either|the three) (?:arms|groups|doses|cohorts|dose levels)\b[^,;?.]{0,15}"
    r"\b(?:together|combined|pooled|lumped|merged|jointly|as one)\b",
    r"\b(?:regardless|irrespective) of (?:the |which |their )?(?:arms?|groups?|doses?|treatments?|cohorts?)\b",
    r"\b(?:pool|lump|merge|combin)(?:ed|ing)? (?:the |both |these |all )?(?:two |three )?(?:arms|groups|doses|cohorts)\b",
)
"""Asks for all patients of a study, whatever arm they were in."""

PRONOUN = any_of(
    r"\b(?:it|its|they|their|them|that|those|these|this|there|he|she|his|her|one|ones|same|former|"
    r"latter)\b",
)
"""Points to something said before."""

ELLIPSIS = re.compile(
    r"^\s*(?:and|what about|how about|or|also|but|then|ok(?:ay)?|sorry|no|oh|actually|i meant?|"
    r"wait|hm+|same|for|in|with|at|only|just|plus|now|the)\b",
    re.IGNORECASE,
)
"""Begins like a continuation."""

CORRECTION = re.compile(
    r"\b(?:i mean(?:t)?|sorry|wrong one|not that|correction|rather(?! than)|instead|actually|no,|oops|wait|"
    r"scratch that|my mistake)\b",
    re.IGNORECASE,
)
"""Takes back what was said before."""

ONE_LIKE = re.compile(
    r"\b(?:the|that|this)\s+(?:[\w/-]+\s+){1,3}(?:one|study|trial|abstract|poster|product|cohort|series)\b",
    re.IGNORECASE,
)
"""Means a study by what it is like."""

OF_A_STUDY = (
    r"\s+(?!(?:in|of|for|the|an?|per|by|at|from|this|that|which|each|any|and|or|with|to|on|across|between|rates?|was|were|did|does|is)\b)"
    r"[a-z-]+\s+(?:study|trial|registry|series|paper|poster)\b"
)
"""Behind a measure, with a word between: ``the MRD transplant registry``."""
DRUG_STEM = re.compile(
    r"\w{3,}(?:mab|[tc]inib|clax|[ts]abine|[ct]idine|leucel|lib|lidomide|zomib|stat|platin|rubicin|taxel|parin|nostat|denib|metinib"
    r"|rafenib|ciclib|parib|cristine|blastine|stim|trexate|phosphamide|asparaginase|tansine|vedotin|bopag|mopag|tigimod|glitinib|brutinib|limod|cyclin|fungin|gliflozin|ercept|patercept|staurin|degib|menib|lisib|sertib|nexor|olimus|tecan|conazole|mycin|citabine|enib|retinoin)",
    re.IGNORECASE,
)
"""Ends like an international name of a drug."""
