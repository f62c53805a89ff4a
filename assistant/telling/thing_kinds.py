"""What kind of thing a question asks for in words, and how a sentence shows that it holds one.

A definition is asked for by other words than a cause of death, and is told by other words, too. A sentence without a thing of
the kind that is asked is no answer, however many words it shares with the question.
"""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.question.reader import Ask
from assistant.telling.thing import Thing
from assistant.text.text import NUMBER_WORDS, fold, key_of


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(key_of, words.split()))


_NUMBER = rf"(?:\d[\d.,]*|{'|'.join(NUMBER_WORDS)})"
_DOSE = (
    r"\d\s?(?:mg(?!/dL)|[µμ]g|mcg|g|IU|U(?!/)|mL|MBq|Gy)\b|\d\s?[×x]\s?10|\b(?:lower|higher|lowest|highest|reduced|full|standard) doses?\b"
    r"|\bdose level \w|\bDL[- ]?\d"
)
_SCHEDULE = (
    r"\bon days? [+\d]|\bdays? \d|\bevery (?:\w+ )?(?:\w+ )?(?:days?|weeks?|months?|hours?|cycles?)\b|\b(?:once|twice|three times) "
    r"(?:daily|weekly|monthly|an? \w+)\b|\b(?:daily|weekly|monthly|biweekly|fortnightly|BID|QD|q\d+[wd])\b|\b[\w-]*\d-day schedule\b"
    r"|\bfrom cycle \w|\bschedule\b|\bper (?:day|week|cycle)\b|\bfixed duration\b"
)
_TAKEN = (
    r"\b(?:taken?|took|carried|carry|moved?|brought|going|goes|go|gone|went|put) (?:\w+ )?(?:forward|further|on|into|ahead|with)\b"
    r"|\b(?:chosen|selected|picked|adopted|preferred|favou?red|retained|kept|declared|recommended|settled|advanced|identified|decided)\b"
)
_EVENT = (
    r"(?:DLTs?|dose-limiting (?:toxicit\w+|events?)|toxicit\w+|(?:adverse |side |serious )?(?:events?|effects?|reactions?)|(?:S"
    r"|TE|TR)?AEs?|SPMs?"
    r"|complications?|(?:second(?:ary)? |primary )*(?:malignanc\w+|cancers?)|bleeds?|infections?|fatalit\w+)"
)
_ADVERSE = (
    r"(?:toxicit\w+|(?:adverse |side |serious |undesired |unwanted )?(?:events?|effects?|reactions?)"
    r"|(?:S|TE|TR|TRTE)?AEs?|complications?)"
)
_LISTS = (
    r"\bnamely\b|\bi\.e\.|\b(?:consist|compris)\w+|\bcomposed of\b|\bmade up of\b|\bmainly\b|\bmostly\b|\bchiefly\b|\bpredominantly\b"
    r"|\bnotably\b|\bincluding\b|:\s|[\[(](?!n\s?=|Abstract|Table)[^\[\]()]*[a-z]{5,}[^\[\]()]*[\])]|, an? [^,]{5,}(?:,|$)"
    r"|\b(?:was|were) (?!(?:seen|rare|not|more|less|frequent|common|reported|observed|noted|recorded|similar|higher|lower)\b)[a-z]"
)
_UTMOST = (
    r"\b(?:(?:most|more) (?:common(?:ly)?|frequent(?:ly)?|prevalent|often)|commonest|leading|chief(?:ly)?|main(?:ly)?|predominant(?:ly)?"
    r"|principal(?:ly)?|mostly|dominant|top)\b"
)
_AUTHORS = r"(?:authors?|investigators?|researchers?|trialists?|colleagues|co-?workers|team|et al\.?)"
_CONCLUDE = (
    r"(?:conclud|infer|recommend|suggest|advi[sc]|argu|advocat|propos|caution|regard|interpret|believ|deduc)"
)
_SPAN = rf"(?:{_NUMBER}(?:\s?(?:-|to)\s?\d[\d.]*)?)[\s-]?(?:h|hrs?|hours?|days?|weeks?|wks?|months?|years?|minutes?|min)\b"


_CHOICE = Thing(
    "choice",
    _any(
        rf"\b(?:which|what) (?:of the )?(?:[\w-]+ ){{0,3}}?(?:doses?|dosage|schedules?|regimens?|dose levels?|formulation"
        rf"|duration)\b.*(?:{_TAKEN})"
    ),
    _any(_TAKEN, r"\bRP[23]D\b", r"\bbecame (?:the )?\w+", r"\bwill be (?:used|tested|studied)\b"),
    _any(_DOSE, _SCHEDULE),
    _keys(
        "which dose doses dosage schedule regimen level taken take took forward further carried moved brought gone chosen "
        "selected picked adopted "
        "preferred favoured retained kept declared recommended settled advanced identified decided why phase next trial study II III"
    ),
    figures=True,
    of_study=True,
    least=0.8,
)
_WILL = r"(?:will|is to|are to|is going to|is being|are being)"
_RIVAL = Thing(
    "comparator",
    _any(
        rf"^\W*(?:and |so )?(?:against|with|versus|vs\.?) (?:what|which)\b.*\b{_WILL}\b.*\b(?:test|compar|pit|stud|evaluat|match)\w*",
        rf"^\W*(?:and |so )?(?:what|which)\b.*\b{_WILL}\b.*\b(?:tested|compared|pitted|matched|studied|evaluated) (?:against|with)\b",
        r"\bcomparator\b.*\b(?:next|planned|future|coming|upcoming|forthcoming)\b",
        r"\b(?:next|planned|future|coming|upcoming|forthcoming)\b.*\bcomparator\b",
    ),
    _any(
        r"\b(?:selected|chosen|planned|under ?way|ongoing|will|is being|now|taken|moved)\b[^.;]*\b(?:compar\w+|tested|trial|study)\b"
        r"[^.;]*\b(?:with|against|versus)\b",
        r"\b(?:comparison|trial|study)\b[^.;]*\b(?:with|against|versus)\b[^.;]*\b(?:planned|under ?way|ongoing|recruiting|begun|opened)\b",
    ),
    None,
    _keys(
        "against with what which versus will be is being going test tested compare compared comparison pitted matched studied evaluated "
        "next phase trial study comparator planned future upcoming coming II III"
    ),
    figures=True,
    of_study=True,
)
_STOP = r"(?:stop(?:ped)?|discontinued?|come off|quit|cease|end(?:ed)?|drop(?:ped)?)"
_STOPPING = Thing(
    "stopping rule",
    _any(
        rf"\b(?:when|under (?:what|which) (?:conditions?|circumstances)|on what conditions?)\b.*"
        rf"\b(?:(?:allowed|permitted|able|free|eligible|entitled) to|could|can|may|might)\b.*\b{_STOP}\b",
    ),
    _any(
        r"\bstopping (?:rules?|criteri\w+)\b",
        r"\b(?:treatment|therapy|drugs?)\b[^.;]*\b(?:was|were|could be|might be|is) (?:\w+ )?(?:stopped|discontinued)\b[^.;]*"
        r"\b(?:if|when|once|after|upon|in those|in patients)\b",
        rf"\b(?:allowed|permitted|could|eligible)\b[^.;]*\b{_STOP}\b",
    ),
    None,
    _keys(
        "when exactly condition circumstance allowed permitted able free eligible entitled could can may might stop discontinue come off "
        "quit cease end drop stopped discontinued ended dropped treatment therapy drug drugs patient patients people trial study taking"
    ),
    measured=True,
    figures=True,
    of_study=True,
)
_GIVEN = Thing(
    "dose",
    _any(
        r"\b(?:what|which) (?:[\w-]+ ){0,2}?(?:doses?|dosage|dosing)\b(?! levels?\b)(?=.*\b(?:given"
        r"|get|got|gets|receive[ds]?|used?|take|took|administered|schedule|every|how often|how frequently|treated)\b)",
        r"\b(?:at|in) (?:what|which) (?:\w+ )?(?:doses?|dosage)\b",
        r"\bhow (?:was|were|is|are) (?:[\w+/-]+ ){1,4}?(?:stepped up|ramped up|stepped|titrated|dosed|built up)\b",
        r"\b(?:what|which) (?:was|were|is) the (?:step-?up|priming|dosing|ramp-?up) (?:doses?|schedule|regimen|scheme)\b",
    ),
    _any(_DOSE),
    None,
    _keys(
        "what which dose doses dosage dosing schedule given get got receive received use used take took administered every often "
        "how stepped "
        "step up ramped titrated dosed built priming starting target full daily frequently treated was were patient patients "
        "people combination "
        "cycle many day trial study together combination"
    ),
    figures=True,
    of_drug=True,
    least=0.55,
)
_DEATH = Thing(
    "cause of death",
    _any(
        r"\b(?:what|which)\b.*\b(?:die[ds]?|dying|deaths?|dead)\b.*\b(?:of|from|due to|because of|result\w* from|caused by)\W*$",
        r"\bwhat did\b.*\b(?:deaths?|fatalit\w+)\b.*\b(?:result|stem|come|arise) from\b",
        r"\bwhat (?:killed|was fatal)\b",
        r"\b(?:cause|reason)s? (?:of|for|behind) (?:the |these |those |all |any |early |late |most |\w+[ -])*?(?:deaths?"
        r"|mortality|NRM|TRM)\b",
        r"\b(?:deaths?|NRM|TRM|mortality)\b.{0,40}\b(?:(?:main|chief|leading|mostly|mainly|principal) )(?:due to|from|causes?)\b",
        r"\b(?:of|from) what (?:did|had)\b.*\bdie[d]?\b",
    ),
    _any(
        r"\b(?:died|deaths?|dead|fatal\w*|mortality|killed|succumbed|NRM)\b[^;:]{0,90}?\b(?:of|from|by|due to|because of|owing to"
        r"|attribut\w+ to"
        r"|caused by|related to|to)\s+(?!(?:\d|the (?:study|trial|arm|control)|(?:these|those|them|whom|which|all|patients)\b))[a-zA-Z]",
        r"\bcauses? of (?:[\w-]+ ){0,3}(?:death|mortality)\b",
        r"\b(?:deaths?|mortality|NRM|TRM)\b.*\b(?:leading|main|chief|principal|commonest|most (?:common|frequent)|sole|only) causes?\b",
        r"\b(?:died|deaths?):\s",
        r"\bfatal (?!adverse|event|outcome|cases?|in\b)[a-z]{4,}",
    ),
    None,
    _keys(
        "what which die died dies dying death deaths dead of from due because result resulted stem come arise cause causes "
        "caused reason reasons "
        "killed fatal fatality behind early late most main leading chief mostly mainly principal patient patients the one two three people"
    ),
    events=True,
    measured=True,
    least=0.5,
)
_EVENTS = Thing(
    "event",
    _any(
        r"\b(?:what|which) (?:was|were|are|is) (?:the|these|those) (?:(?!rate|number|frequency|incidence)[\w-]+ "
        rf"){{0,3}}?{_EVENT}(?! (?:rates?|frequenc\w+|incidences?|counts?))\b",
        rf"\b(?:which|what) (?:\w+ )?{_EVENT} (?:was (?:it|that|this)|were (?:they|those|these)|(?:did|had) (?:they|he|she|the "
        r"patients?|patients|these) (?:have|had|suffer|develop|get))\b",
        rf"\b(?:which|what) (?:\w+ )?{_EVENT} (?:was|were) [\w+-]+\W*$",
        rf"\bwhat (?:kind|type|sort)s? of {_EVENT}\b",
        r"^\W*(?:and |so )?(?:mainly|mostly|chiefly|namely) (?:what|which)\b",
        r"^\W*(?:and |so )?what (?:exactly )?(?:was|were) (?:it|they|these|those)\W*$",
        r"^\W*(?:and |so )?(?:what|which) (?:exactly|ones|one)\W*$",
    ),
    _any(_LISTS),
    None,
    _keys(
        "what which kind type sort was were it they these those mainly mostly chiefly namely exactly one ones two three four "
        "several single only seen observed "
        "reported occurred main event events at the"
    ),
    events=True,
    least=0.5,
    firmly=_any(
        r"\b(?:namely|mainly|mostly|chiefly|predominantly|notably|including)\b|\b(?:consist|compris)\w+|, an? [^,]{5,}(?:,|$)"
    ),
)
_MOST = Thing(
    "most frequent",
    _any(
        r"^(?!\W*how (?:many|much|often)\b)(?!.*\b(?:(?:which|what) (?:stud(?:y|ies)|trial|abstract|arm|cohort|group)s?|studies"
        r"|trials|abstracts)\b)"
        rf".*{_UTMOST} (?:[^\s,;?]+ ){{0,4}}?(?:{_EVENT}|"
        r"mutations?|alterations?|aberrations?|abnormalit\w+|subtypes?|lesions?|sites?|organs?|pathogens?|organisms?|genes?|causes?|reasons?|diagnos\w+|disease|fusions?)\b",
        rf"\b(?:which|what) (?:[^\s,;?]+ ){{0,4}}?{_ADVERSE} (?:(?:was|were|is|are|occurred|happened|arose|appeared) )?"
        rf"(?:(?:reported|seen|observed|recorded) )?(?:by far )?(?:the )?{_UTMOST}",
    ),
    _any(_UTMOST),
    None,
    _keys(
        "what which was were the is with of in on most common commonest frequent prevalent often leading chief main predominant "
        "top how many had it them occurred happened arose appeared reported seen observed recorded"
    ),
    events=True,
    figures=True,
)
WORST = _any(
    rf"{_UTMOST} (?:[^\s,;]+ ){{0,5}}?{_ADVERSE}\b",
    rf"\b{_ADVERSE} (?:[^\s,;]+ ){{0,5}}?(?:was|were) (?:[^\s,;]+ ){{0,2}}?{_UTMOST}",
)
"""The most frequent of the adverse events, asked for or told."""
OF_ADVERSE = _keys(
    "side adverse undesired unwanted effect event reaction toxicity complication AE AEs TEAE TRAE SAE SAEs"
)
"""Keys of what may be called otherwise where they are told."""
OF_SEVERE = _keys("severe serious high high-grade grade grades bad worst")
SEVERE = _any(
    r"\b(?:severe|serious|high-grade|life-threatening)\b",
    r"\bgrades? (?:[≥>]=? ?)?[3-5]\b",
    r"\bgrades? (?:III|IV)\b",
)
_FORETOLD = Thing(
    "predictor",
    _any(
        r"\b(?:what|which) (?:of the )?(?:[\w-]+ ){0,3}?(?:factors?|variables?|features?|characteristics?|covariates?|parameters?"
        r"|determinants?|predictors?|(?:bio)?markers?|findings?)\b(?=.*\b(?:predict|foret|determin|associat|correlat|risk|independent|prognos|link))"
        r"|\b(?:what|which) (?:of the )?(?:[\w-]+ ){0,3}?(?:factors?|variables?|features?|characteristics?|covariates?|parameters?"
        r"|determinants?|predictors?)\b",
        r"\b(?:what|which|who)\b.*\b(?:predict\w*|foret\w+|forecast\w*|determin\w+)\b",
        r"\bpredictors? (?:of|for)\b",
        r"\brisk factors?\b",
        r"\bwhat (?:was|were|is) (?:\w+ )?(?:associated|linked|correlated) with\b",
    ),
    _any(
        r"\b(?:predict\w*|(?:associat|correlat|link)ed (?:with|to)|associations?|risk factors?|determin\w+|prognostic"
        r"|independent\w*|driven by|depended on|foretold)\b"
    ),
    None,
    _keys(
        "what which who factor factors variable variables feature features characteristic characteristics covariate parameter determinant "
        "marker markers biomarker biomarkers finding foretell foretold foretells would "
        "predictor predictors predict predicts predicted independently independent risk associated linked correlated with was "
        "were the clinical baseline"
    ),
    measured=True,
    least=0.65,
)
_MANAGED = Thing(
    "management",
    _any(
        r"\bhow (?:was|were|is|are|did (?:they|the \w+|one)) (?!(?:the )?(?:patients?|people|children|they|adults"
        r"|mice)\b)[^?]{3,60}?\b(?:managed|manage|treated|treat|handled|handle"
        r"|controlled|control|dealt with|deal with|resolved|reversed|mitigated|prevented|prevent|counteracted|overcome)\b",
        r"\bwhat (?:was|were) (?:done|given|used|tried) (?:about|for|against|to (?:treat|manage|prevent|control|mitigate|avoid))\b",
        r"\bwhat (?:was|is) the (?:management|treatment|antidote|remedy|therapy) (?:of|for|against)\b",
    ),
    _any(
        r"\b(?:managed|treated|resolv\w+|recover\w+|revers\w+|controlled|abated|subsided|responded|manageable|mitigat\w+|prevent\w*|prophyla\w+|avoid\w*"
        r"|disappeared|settled)\b[^;]{0,60}?\b(?:with|by|after|on|upon|following|through|without|when|once)\b",
        r"\bto (?:treat|manage|prevent|control|mitigate|avoid)\b",
        r"\b(?:steroids?|dexamethasone|prednisone|corticosteroids?|tocilizumab|anakinra|interruption|dose reductions?) (?:was|were|and)\b",
    ),
    None,
    _keys(
        "how was were is are did they managed manage treated treat handled handle controlled control dealt deal with resolved "
        "reversed mitigated "
        "prevented prevent counteracted overcome what done given used tried about for against management treatment antidote remedy therapy"
    ),
    events=True,
    least=0.7,
)
_CONCLUDED = Thing(
    "conclusion",
    _any(
        rf"\bwhat (?:do|does|did|have|has) (?:[\w'.-]+ ){{1,6}}?{_CONCLUDE}\w*\b",
        rf"\bwhat (?:is|was|were) (?:{_CONCLUDE}\w+) by\b",
        rf"\b{_AUTHORS}['’]?s? (?:own )?(?:conclusion|verdict|view|opinion|recommendation|inference|interpretation)s?\b",
        rf"\bhow (?:do|did|does) (?:the )?(?:[\w-]+ )?{_AUTHORS} (?:interpret|regard|see|view)\b",
    ),
    _any(
        rf"\b{_AUTHORS}\b[^;]{{0,30}}\b{_CONCLUDE}\w*\b",
        rf"\b{_CONCLUDE}\w+ (?:that|by|to|as)\b",
        rf"\b(?:was|were|is|are|be) (?:therefore )?{_CONCLUDE}ed\b",
        rf"\b{_AUTHORS}(?:,|) (?:see|saw|view|call)\w*\b",
    ),
    None,
    _keys(
        "what do does did conclude concluded conclusion infer recommend recommended suggest suggested advise argue advocate "
        "propose caution regard interpret "
        "believe author authors investigator researcher colleagues team about on of verdict view opinion how see the choosing "
        "choose between think"
    ),
    measured=True,
    least=0.5,
)
_HAPPENED = Thing(
    "course",
    _any(
        r"\bwhat (?:happened|occurred|was seen|was observed|resulted|changed)\b[^?]*\b(?:when|if|once|after|upon|as soon as)\b"
    ),
    _any(r"\w"),
    _any(r"\b(?:when|if|once|after|upon|given|started|added|with|by|their|its)\b"),
    _keys(
        "what happened occurred seen observed resulted changed when if once after upon was were given in to the mice mouse "
        "animal patient patients"
    ),
    least=0.7,
    of_drug=True,
)
_REACTED = Thing(
    "reaction",
    _any(
        rf"\bhow (?:did|have|has|do) (?:the )?(?:[\w'.-]+ ){{0,3}}?{_AUTHORS} (?:\w+ )?(?:react|respond)\w*\b",
        r"^(?!.*\bwhen\b).*\bwhat (?:was|were|has been|have been|did (?:they|the \w+)) (?:then |therefore |subsequently )?"
        r"(?:changed?|altered|alter|adapted|adapt|amended|amend|introduced|introduce|made mandatory)\b",
        r"\bwhat (?:was|were) (?:the|their|its) (?:consequences?|reaction|response) (?:of|to|drawn)\b",
        r"\bwhat consequences?\b.*\b(?:drawn?|drew|had|did)\b",
    ),
    _any(
        r"\b(?:therefore|thereafter|thereupon|hence|consequently|since (?:then|become|been)|in response|afterwards|from then on|as a result"
        r"|whereupon|after which|for (?:this|that) reason)\b"
    ),
    _any(
        r"\b(?:chang\w+|alter\w+|amend\w+|increas\w+|rais\w+|reduc\w+|lower\w+|introduc\w+|mandatory|ma[dk]e|switch\w+|replac\w+|ad(?:ded|apted)"
        r"|extended|shorten\w*|stop\w*|halted|given|recommend\w*)\b"
    ),
    _keys(
        "how did have has do the author authors investigator investigators researcher team group react reacted respond responded reaction "
        "response after what was were then therefore changed change altered adapted amended introduced introduce consequence consequences "
        "draw drawn drew of to on in from had two three four case cases patient patients"
    ),
    events=True,
    measured=True,
    least=0.5,
)
_PRICE = Thing(
    "downside",
    _any(
        r"\bwhat (?:was|is|were|are) the (?:\w+ )?(?:downsides?|drawbacks?|disadvantages?|trade-?offs?|catch|flip side|toll) "
        r"(?:of|with|for|to)\b",
        r"\bat what (?:price|cost|expense)\b",
    ),
    _any(r"\b(?:however|at the (?:cost|price|expense) of|the price|on the other hand|drawback|downside)\b"),
    _any(
        r"\b(?:more|higher|worse|increas\w+|rose|doubled|twice|slower|longer|lower|less|fewer|poorer|shorter|greater|excess|reduc\w+|delay\w*|fatal)\b"
    ),
    _keys(
        "what was is the downside drawback disadvantage price cost trade off catch flip side toll of with for expense at"
    ),
    alone=True,
    events=True,
    measured=True,
    figures=True,
    least=0.5,
)
_LASTED = Thing(
    "duration",
    _any(
        r"\bhow long (?:do|does|did|was|were|is|are|can|could) (?!(?:the )?(?:follow|patients?\b.*\bfollowed|median "
        r"follow))[^?]*\b(?:last\w*|take|took|persist\w*|be|remain\w*|stay\w*|endure|continue\w*|detect\w*|need\w*|require\w*)\b"
    ),
    _any(
        r"\b(?:duration|last\w*|tak(?:e|es|en|ing)|took|persist\w*|for a median of|remain\w*|manufactur\w*|detectable|continued"
        rf"|within|needed)\b[^;.]{{0,60}}?{_SPAN}",
        rf"{_SPAN}[^;]{{0,30}}\b(?:duration|manufacturing)\b",
    ),
    None,
    _keys(
        "how long do does did was were is are can could last lasted take took persist be remain stay on median the average "
        "typically need require continue"
    ),
    events=True,
    figures=True,
    least=0.6,
)
_APART = Thing(
    "arms",
    _any(
        r"\b(?:what|which \w+) (?:differed|differs|was different|is the difference|was the difference|distinguish\w+|set apart|separated)\b"
        r".*\b(?:arms?|cohorts?|parts?)\b",
        r"\bhow (?:did|do|does) (?:the )?(?:[\w-]+ )*(?:arms?|cohorts?|parts?)\b.*\bdiffer\b(?! (?:in|as to|regarding|with)\b)",
    ),
    _any(r"\b(?:arm|cohort|part) [A-Z\d]\b.*\b(?:arm|cohort|part) [A-Z\d]\b"),
    None,
    _keys(
        "what which differed differs different difference distinguish set apart separated how did between arm cohort part b"
    ),
    figures=True,
)
_DONE = (
    r"(?:tested|test|used?|tried|try|examined?|stud(?:ied|y)|evaluated?|assessed?|shown|demonstrated|done|performed|work(?:ed)?|carried out"
    r"|employ(?:ed)?|chosen|investigated?|run|made)"
)
_TESTED = _keys(
    "in on with what which kind sort type of was were did do the a it this that tested test used use tried try examined examine "
    "studied study evaluated evaluate assessed assess shown demonstrated done performed work worked carried out employed employ "
    "chosen investigated run made team group bench product construct cell cells drug agent compound treatment experiment "
    "experiments experimental preclinical out"
)
_PEOPLE = r"(?:humans?|patients|people|man|volunteers|persons?)"
_LABORATORY = (
    r"(?:mice|mouse|animals?|animal models?|models?|xenografts?|cell lines?|laboratory|lab"
    r"|(?:experimental|preclinical|model) systems?)"
)
_MODEL = Thing(
    "model",
    _any(
        rf"\b(?:what|which) (?:(?:kind|sort|type)s? of )?(?:[\w-]+ ){{0,2}}?(?:models?|species|mice|animals?"
        r"|(?:experimental|preclinical|laboratory|test|model) (?:systems?|settings?)|(?<=kind of )systems?|(?<=sort of )systems?"
        rf"|(?<=type of )systems?)\b(?=.*\b(?:{_DONE}|obtained|gathered|generated)\b)",
        rf"^\W*(?:and |so )?what (?:did|do|was|were|has|have) [^?,;]{{2,60}}?\b{_DONE}(?: (?:it|them|this|that|these))? (?:in|on)\W*$",
        rf"^\W*(?:and |so )?in what (?:did|do|was|were|has|have) [^?,;]{{2,60}}?\b{_DONE}\b",
        rf"\b(?:to|in|on|with|from) (?:any )?{_PEOPLE}\b[^.?!]{{0,20}}\bor\b[^.?!]{{0,40}}\b{_LABORATORY}\b",
        rf"\b(?:to|in|on|with|from) (?:an? |any )?{_LABORATORY}\b[^.?!]{{0,20}}\bor\b[^.?!]{{0,40}}\b{_PEOPLE}\b",
    ),
    _any(r"\b(?:[\w-]+ )?(?:models?|xenografts?|mice|mouse|rats?|zebrafish|organoids?)\b"),
    None,
    _TESTED
    | _keys(
        "model models animal animals species strain strains mouse mice system systems setting settings laboratory preclinical test or "
        "only just human humans people patient patients volunteers person persons given been obtained gathered generated "
        "result results yet line lines"
    ),
    of_study=True,
    least=0.5,
)
_STRAIN = Thing(
    "strain",
    _any(rf"\b(?:what|which) (?:[\w-]+ ){{0,2}}?strains?\b(?=.*\b{_DONE}\b)"),
    _any(
        r"(?-i:\b[A-Z][A-Z\d/-]{2,}) (?:mice|mouse|rats?)\b",
        r"\bstrains?\b",
        r"\b(?:nude|immunodeficient) (?:mice|mouse)\b",
    ),
    None,
    _TESTED | _keys("animal animals strain strains mouse mice"),
    of_study=True,
    least=0.5,
)
_LINES = Thing(
    "cell lines",
    _any(rf"\b(?:what|which) (?:[\w-]+ ){{0,2}}?(?:cell lines?|lines? of cells)\b(?=.*\b{_DONE}\b)"),
    _any(
        r"\b(?:cell |leuka?emia |lymphoma |myeloma )lines?\b",
        r"\b(?-i:[A-Z][A-Z\d-]*\d[\w-]*)(?:,? and (?-i:[A-Z][\w-]+))? (?:\w+ )?(?:cells|lines)\b",
    ),
    None,
    _TESTED | _keys("line lines lymphoma leukaemia leukemia myeloma"),
    of_study=True,
    least=0.5,
)
THINGS = (
    _CHOICE, _RIVAL, _STOPPING, _GIVEN, _DEATH, _MANAGED, _CONCLUDED, _FORETOLD, _MOST, _EVENTS, _REACTED,
    _HAPPENED, _PRICE, _LASTED, _APART, _MODEL, _STRAIN, _LINES,
)  # fmt: skip


def thing_asked(ask: Ask) -> Thing | None:
    """The kind of thing that a question asks for in words; None where it is none of these kinds."""
    focus = fold(ask.focus)
    return next((t for t in THINGS if t.asked.search(focus)), None)
