"""The one pattern that finds the figures, time points, grades and cycles of a text."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import WORD_NUMBER

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)"
_COMP = r"(?:<=|>=|<|>|\u2264|\u2265|~|=)"
_PM = r"(?:\u00b1|\+/-)"
_UNIT = r"(?:hours?|days?|weeks?|wks?|months?|mths?|mos?|years?|yrs?)"
_UNREACHED = r"(?:NR|NE|NA|N/[AER]|not\ (?:yet\ )?(?:been\ )?(?:reached|estimable|evaluable|calculable|available)|\u221e|infinity)"
"""Stands in an interval for an end that is not known."""
_WN = rf"(?=[zotfsenaZOTFSENA][enwhoilENWHOIL -])(?i:{WORD_NUMBER})"
"""A number in words; most other words are told from it by their first two letters."""
_EACH = r"(?<!\b[Ee]very\ )(?<!\b[Ee]ach\ )(?<!\b[Aa]ny\ )(?<!very\ single\ )(?<!ach\ single\ )"
"""``every one of the 30 patients`` counts 30, and not one."""
_NOT_ONE = r"[Nn]ot\ (?:even\ )?(?:a\ single\ )?one"
_GRADE = r"(?:IV|III|II|I|V|[1-5])"
_CYCLE_ORD = r"(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|[4-9]th)"
_PATIENT = (
    r"(?:(?:out|in)?patients?|volunteers?|infants?|subjects?|participants?|individuals?|adults?|children|cases?|people|persons?|recipients?|women|men|"
    r"adolescents|(?:non-?)?responders|CRi?s|PRs|VGPRs|carriers|controls|survivors|males?|females?)"
)
_VERB = (
    r"(?:achieved|had|died|showed|experienced|developed|were|received|relapsed|responded|underwent|remained|attained|"
    r"reached|entered|proceeded|discontinued|withdrew|progressed|did|obtained|exhibited|reported|suffered|became)"
)
_SUPER = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
_MAY_BEGIN = r"(?:\b(?=\w)|(?=[\d<>~=\u2264\u2265-]|up\ |no|did|never|at\ |max|min|more|exceed|above|beyond|worse|higher))"
"""What all that follows begins with: most places within a word are passed over by it."""
MASTER = re.compile(
    rf"""{_MAY_BEGIN}(?:
    (?P<plan>\b\d+\s?%\s+(?:statistical\s+)?(?:power|(?:\w+-sided\s+)?significance|improvement)\b)
  | (?P<nct>\bNCT\s?\d{{8}}\b)
  | (?P<pvalue>\b[pP](?:[- ]?values?)?\s*(?:of|was|is|:)?\s*{_COMP}?\s*(?P<p_num>0?\.\d+|0,\d{{2,}}|1\.0+))
  | (?P<ci>(?:\b\d\d(?:\.\d)?\s?%\s*|\b)(?:CI|confidence\s+interval)\b(?:\s*[\[(]CI[\])])?\s*[:,;=]?\s*
        (?:of\s+|was\s+)?[\[(]?\s*
        (?P<ci_low>-?{NUM}|{_UNREACHED})\s*%?(?:\s*{_UNIT})?\s*(?:-|to|,|;)\s*(?P<ci_high>-?{NUM}|{_UNREACHED})\s*%?)
  | (?P<grade>(?:(?P<g_pre>{_COMP}|up\ to|no\ (?:worse|higher|more)\ than|(?:did\ not|not|never)\ (?:exceed(?:ed|ing)?|above)
        |at\ most|maximum
        |at\ least|minimum|exceed(?:ed|ing|s)?|above|beyond|(?:worse|higher|more\ severe)\ than)\s*)?
        \b(?i:grades?)\s*(?P<g_post>{_COMP})?\s*(?P<g_low>{_GRADE})\b
        (?:\s*(?:-|to|/|and|or)\s*(?:grades?\s*)?(?P<g_high>{_GRADE})\b)?
        (?P<g_plus>\+|\s*plus\b|\s*(?:or|and)\s+(?:higher|above|greater|worse|more|up|upwards?|beyond|severer)\b|\s+(?:or\s+over|upwards?)\b)?
        (?P<g_minus>\s*(?:or|and)\s+(?:lower|below|less|under|milder)\b|,?\s*(?:at\s+(?:the\s+)?most|max(?:imum|imally)?|tops)\b)?)
  | (?P<romans>(?<![\w./-])(?<!\b[Ss]tage\s)(?<!\b[Ss]tages\s)(?<!\b[Tt]ype\s)(?<!\b[Pp]hase\s)(?<!\b[Cc]lass\s)
        (?P<r_low>I{{1,3}})\s?[-/]\s?(?P<r_high>II|III|IV|V)\b\s?\u00b0?
        (?=\s+(?:[a-z-]+\s+){{0,2}}(?:[ac]?GVHD|[ac]?GvHD|RRT|VOD|SOS|CRS|ICANS|AEs?|\w*toxicit\w+|mucositis|adverse|infections?|neutropeni\w|an[a]?emia
        |(?:acute|chronic)\s+(?:GVHD|GvHD|graft))\b)
        |(?:(?<=GVHD\ )|(?<=GvHD\ ))(?P<r_low2>I{{1,3}})\s?[-/]\s?(?P<r_high2>II|III|IV|V)\b)
  | (?P<cycle>(?i:\b(?P<c_ord>{_CYCLE_ORD}|single)[- ](?:[\w-]+\s+){{0,2}}?(?:cycle|course)\b
        |\b(?:cycle|course)s?[\s-]+(?P<c_num>\d+|one|two|three|four|five|six)\b(?!\s+of\s+(?:the\s+)?\d)
        |\b(?P<c_count>\d+|one|two|three|four|five|six)\s+(?:treatment\s+)?(?:cycle|course)s?\b))
  | (?P<phase>\b[Pp]hase[- ]?(?:(?:[1-4]|IV|III|II|I)[ab]?(?:\s?[/-]\s?(?:[1-4]|IV|III|II|I)[ab]?)?)\b)
  | (?P<period>(?<![\w-])(?:(?:\d{{1,2}}\s+)?{_MONTH}\s+(?:\d{{1,2}},\s+)?)?(?:19|20)\d\d\s*(?:-|to|and|until|through)\s*
        (?:(?:\d{{1,2}}\s+)?{_MONTH}\s+(?:\d{{1,2}},\s+)?)?(?:19|20)\d\d\b)
  | (?P<skip>\b(?i:optimi[sz]ed|modified)\s+(?:(?:first|second)\s+cycle|cycle\s+\d)\b
        |\b(?:SEM?|standard\s+errors?|[Ss]\.[Ee]\.)\s*[,:=]?\s*(?:of\s+)?{_PM}?\s*{NUM}(?:\s?%)?
        |\b(?:(?i:tables?|figures?|figs?\.?|(?:web)?appendix(?:\ pp?\.?)?|panels?|versions?)
          |Supplement(?:ary)?|[Ee]ditions?|[Vv]ol(?:ume)?\.?)
          \s+S?\d+(?:\.\d+)?[A-D]?\b(?:\s*(?:,|and|-|to)\s*\d+[A-D]?\b(?=\s*[,;.)]))*
        |\b[Ss]tages?\s+\d[ab]?\b(?:\s*(?:-|to|or|and|/)\s*\d[ab]?\b)?(?!\s*[(%])
        |\b(?:[Ee]very|[Ee]ach)\s+(?:\d+|{_WN})\s+{_UNIT}\b|\b\d+-{_UNIT}\s+(?:cycle|course|schedule)s?\b
        |\b\d{{1,2}}(?:\s*(?:-|to|and)\s*\d{{1,2}})?\s+{_MONTH}\b(?:\s+\d{{4}})?|\b{_MONTH}\s+(?:\d{{1,2}},\s+)?(?:19|20)\d\d\b
        |\b(?:\d+|{_WN})\s+(?:[a-z]+\s+){{0,2}}(?:centers?|centres?|hospitals|sites|countries|institutions)\b
        |(?<![\d:])\d:\d(?::\d)*(?![\d:])|(?<![\d.+])\d\s?\+\s?\d(?![\d.]|\s?[%+/×x]|\s+patients)
        |\b(?:weeks|months|years)\s+\d+\s?(?:-|to|through)\s?\d+\b
        |\b(?:on\s+)?days?\s+-?\d+\s?(?:-|~|to|through)\s?-?\d+\b|\b(?:\d+|{_WN})\s+(?:to|or)\s+(?:\d+|{_WN})\s+cases\s+per\b)
  | (?P<age>\b(?:ages?d?|aged\s+between|aged\s+from|between\s+the\s+ages\s+of)\s*:?\s*
        (?P<a_range>{NUM}\s*(?:-|to|and)\s*{NUM})(?:[- ]years?(?:[- ](?:old|of\s+age))?)?
        |\b(?P<a_range2>\d+(?:-\s*to\s|\s*(?:-|to))\s*\d+)[- ]years?[- ](?:olds?|of\s+age)\b)
  | (?P<limit>\baged\s+{_COMP}?\s*\d+(?:\s+years)?(?:\s+(?:or|and)\s+(?:older|over|above|younger|more|less|upwards|under))?
        |\b(?:patients|those|adults|people|women|men|persons|individuals|anyone|everyone|the)[- ](?:over|above|under|below)[- ]\d{{2}}
          (?:s\b|\s+years\b|(?![\d.,]|\s?(?:%|mg|g\b|kg|\u00d7|x\s|months|weeks|days|cycles|patients|points|cm|mm)))
        |\b(?:older|younger)\s+than\s+\d+(?:\s+years)?(?:\s+of\s+age)?
        |\b(?:over|above|under|below)\s+(?:the\s+age\s+of\s+\d+(?:\s+years)?|\d+\s+years\s+of\s+age)
        |{_COMP}\s*\d+\s+years\s+(?:of\s+age|old)\b
        |(?:(?<=[Pp]atients\ )|(?<=those\ )|(?<=adults\ )){_COMP}\s*\d+\s+years\b
        |{_COMP}?\s*\b\d+(?:\s+years)?\s+(?:or|and)\s+(?:older|over|younger)\b|\b\d\d\+\s+(?=years|year-olds)|\b\d+\s+years\s+(?:or|and)\s+(?:above|more|less)\b
        |\b(?:woman|man|girl|boy|child|patient)\s+of\s+\d+(?:\s+years)?\b|\b\d+[- ]year[- ]olds?\b)
  | (?P<threshold>(?:{_COMP}\s*)?(?<![\d.])10(?:\s?(?:\^|\*\*)?\s?-\s?\d\b|\u207b[{_SUPER}]+))
  | (?P<fraction>(?<![\w./])(?P<f_n3>\d+|{_WN})\s*[\[(]\s*(?P<f_share>\d[\d.]*\s?%)\s*[\])]\s+of\s+
        (?:the\s+)?(?P<f_total3>\d+)\b
        |(?<![\w./])(?P<f_n>\d+)\s?/\s?(?P<f_total>\d+)(?![\d/]|\s?(?:mg|\u00b5g|\u03bcg|IU)\b)
        |\b(?P<f_n2>{_NOT_ONE}|{_EACH}{_WN}|\d+|[Nn]one)\s+(?:out\s+)?of\s+(?:the\s+|all\s+|these\s+|those\s+)?(?P<f_total2>{_WN}|\d+)\b(?!\s*(?:%|per\s?cent|\.\d)))
  | (?P<percent>(?:{_COMP}\s*)?(?<![\w.]){NUM}(?:\s?(?:%|per\s?cent))?\s*(?:-|to)\s*{NUM}\s?(?:%|per\s?cent\b)
        |(?:{_COMP}\s*)?(?<![\w.])-?{NUM}(?:\s?%?\s*{_PM}\s*{NUM})?\s?(?:%|per\s?cent\b|percent\b)
        |\b(?P<p_word>{_WN})\s+per\s?cent(?=\s+of\b))
  | (?P<ordtime>\b(?:at\s+|by\s+|on\s+)?(?P<o_unit>[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)(?P<o_many>s)?[ ]*[-+ ]?\s?
        (?P<o_num>\d+)\b
        (?P<o_more>(?:\s*,\s*\d+(?!\d|\.\d|\s?%))*(?:\s*,)?\s*(?:and|or)\s+\d+(?!\d|\.\d|\s?%))?)
  | (?P<baseline>\b(?:at\s+baseline\b|[Bb]aseline(?=\s+(?:\w+\s+)?(?:values?|levels?|of|counts?)\b|\s+[\w-]+\s+(?:was|were)\b)))
  | (?P<duration>(?:{_COMP}\s*)?(?<![\w.])(?P<d_range>{NUM}\s*(?:-|to)\s*{NUM})[- ](?P<d_runit>{_UNIT})\b
        |(?:{_COMP}\s*)?(?:(?<![\w.\-])(?P<d_num>{NUM})(?:\s*{_PM}\s*{NUM})?
            |\b(?P<d_word>{_WN}))[- ]
            (?P<d_unit>{_UNIT}|y(?=,?\s+(?:OS|[A-Z]*FS|NRM|TRM|CIR|overall|event|relapse|progression|disease|leuk|survival|cumulative|probabilit)))\b)
  | (?P<neq>\b[nN]\s*=\s*(?P<n_num>\d+(?:,\d{{3}})*))
  | (?P<amount>(?:{_COMP}\s*)?(?<![\w.]){NUM}(?:\s*(?:-|to|{_PM})\s*{NUM})?[\s-]?
        (?:[x\u00d7]\s?10\s?\^?\s?[\d\u2070-\u2079\u00b9\u00b2\u00b3]+\s?(?:/\s?(?:L|l|kg|\u00b5L|uL|mL))?
        |(?:mg|g|\u00b5g|\u03bcg|ug|ng|pg|IU|U|mmol|mL|ml|cells)\s?/\s?(?:m2|m\u00b2|[kK]g|dL|dl|L|l|mL|ml|day|d|week)(?:/(?:day|d|week))?
        |mg|\u00b5g|\u03bcg|IU|kb|kg|g|mL|points?|mmHg|cm|[np\u00b5\u03bc]M|units?|u)(?![A-Za-z]))
  | (?P<range>(?:{_COMP}\s*)?(?<![\w.\-]){NUM}\s?(?:-|\bto\b)\s?{NUM}(?![\w%]))
  | (?P<number>(?:{_COMP}\s*)?(?<![\w.\-/]){NUM}(?:\s*{_PM}\s*{NUM})?(?![\w%]|\.\d|/\d))
  | (?P<wordnum>\b{_EACH}(?<!\b[Nn]ot\ )(?<!\beven\ ){_WN}\b
        (?!\s+(?:treatment\s+)?(?:groups|arms|cohorts|doses|regimens|treatments|strategies|approaches
        |therapies|drugs|agents|studies|trials|schedules|modalities)\b)
        (?=\s+(?:\S+\s+){{0,6}}?{_PATIENT}\b|\s+{_VERB}\b|\s+in\s+the\b
        |\s*(?:,|\band\b)\s*(?:{_WN}\s+and\s+)?{_WN}\s+of\s+(?:these|those|them)\b
        |\s+of\s+(?:the|these|those|them)\b|\s*[\[(]<?\d|\s+with\s+[A-Za-z][\w/-]*(?:\s+[a-z-]+)*\s*(?:[,;.]|\band\s|$)
        |\s+(?:[\w-]+\s+){{0,2}}(?:deaths|relapses|progressions)\b)
        |(?<!\b[Nn]ot\ )(?<!\b[Nn]ot\ a\ )\b(?:a\s+)?single\s+(?=(?:case|patient)\b)
        |\b{_WN}\b(?=\s+(?:had\s+)?grades?\s+(?:[1-5]|I{{1,3}}|IV)\b)
        |(?<=\band\s){_WN}\b(?=\s+(?:at|on|received|receiving)\s+(?:\d|the\b))
        |(?:(?<=\bin\s)|(?<=\bby\s))(?:{_WN}|none)\b(?=\s+and\s+(?:{_WN}|none)(?:\s+patients)?,?\s+respectively\b)
        |(?<=\band\s)(?:{_WN}|none)\b(?=(?:\s+patients)?,?\s+respectively\b)
        |(?:(?<=\bin\s)|(?<=\bonly\s)){_WN}\b(?=\s*[,;.)]|\s+(?:and|on|with|without)\b|$))
  | (?P<open>\bnot\s+(?:yet\s+)?(?:been\s+)?(?:reached|estimable)\b|(?<![-\w])NR\b(?!\s*[=:)\]]|,\s*not\b))
    )""",
    re.VERBOSE,
)
KINDS = (
    "plan nct pvalue ci grade romans cycle phase skip age limit period threshold fraction percent "
    "ordtime baseline duration neq amount range number wordnum open"
).split()
OWN_UNIT = frozenset({"ci", "nct", "period", "amount", "range", "open", "limit"})
FOLLOWED_BY_PATIENTS = re.compile(rf"\s*(?:[^\s,;.()]+\s+|[^\W\d]+-[^\W\d]+,\s+){{0,7}}?{_PATIENT}\b")
FOLLOWED_BY_VERB = re.compile(
    rf"\s+(?:also\s+|had\s+|who\s+)?{_VERB}\b|\s+with\s+[A-Za-z\d]|\s+of\s+(?:them|whom|these|those)\b|"
    r"\s+(?:given|assigned\s+to|randomi[sz]ed\s+to|receiving)\s+(?:the\s+)?[A-Z]|\s+to\s+(?:an|each|either)\s+(?:arm|group)|\s+took\s+part\b|\s+in\s+the\s+[\w-]+\s+(?:arm|group|cohort)\b"
)
