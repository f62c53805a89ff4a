"""Questions that are refused: advice, mere instructions, unknown studies, names that do not go together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from assistant import lazy_re as re
from assistant.answer.matters import of_matter
from assistant.compare.set_beside import set_beside, where_named
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, of_fact, support_of
from assistant.model import Fact, Kind
from assistant.names.studies import Name
from assistant.question.kin import KIN
from assistant.question.reader import Ask
from assistant.question.wording import DRUG_STEM
from assistant.say import joined
from assistant.text.text import fold

_ARRANGED = re.compile(
    r"\b(?:divid\w+|group(?:s|ed)|split|organi[sz]ed|structur\w+|sections?|chapters?|headings?|categor\w+|classif\w+|arranged)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"\b(?:letter|review|article|paper|authors?|manuscript)\b", re.IGNORECASE)
_KINDS = re.compile(
    r"\b(?:what|which|how many) (?:are |is )?(?:the )?(?:(?!prior|previous|earlier)[\w-]+ )?"
    r"(?:groups|kinds|types|classes|lines|sorts) of (?:\w+ ){0,2}"
    r"(?:treatments?|therap(?:y|ies)|drugs?|agents?|approach\w*)\b",
    re.IGNORECASE,
)
"""Asks how a review is arranged."""
_GREETING = re.compile(
    r"\W*(?:(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening|day)|(?:many )?thanks?(?: you)?(?: (?:very|so) much| a lot)?"
    r"|cheers|great|ok(?:ay)?|bye|goodbye|wow|nice|interesting|perfect|good|fine|i see|got it|understood|(?:very )?helpful"
    r"|impressive|hm+|right)\W*)+"
    r"|\W*(?:"
    r"help(?: me)?|what (?:can|do) you do|who are you|how (?:do|can) i use (?:this|you|it)|how does this work)(?: there| all)?\W*",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"\b(?:best|worst|safest|most (?:effective|active|promising|potent|efficacious)|superior)\b",
    re.IGNORECASE,
)
_RECOMMENDATION = re.compile(r"\bshould\b|\brecommend|\bwould you\b", re.IGNORECASE)
_MOST_FIGURES = 12
"""Figures of one study in one answer; more are a table, not an answer."""
_OWN_PATIENT = re.compile(
    r"\b(?:my|our) (?:own )?(?:[\w-]+ ){0,3}?(?:patient|father|mother|son|daughter|child|kid|wife|husband|brother|sister|friend)s?\b"
    r"|\b(?:patient|case)s? of (?:mine|ours)\b|\b(?:my|our) \d{1,2}[- ](?:years?|months?)[- ]olds?\b",
    re.IGNORECASE,
)
_OWN_PERSON = re.compile(
    rf"\b(?:my|our) (?:own )?(?:[\w-]+ ){{0,3}}?{KIN}\b|\b(?:case|{KIN}) of (?:mine|ours)\b"
    r"|\b(?:i|we) (?:have|'ve|had) (?:just |recently )?been (?:told|diagnosed)\b|\bi(?:'m| am| was) (?:just |recently |newly )?diagnosed\b",
    re.IGNORECASE,
)
"""Somebody the asker knows, or the asker, is ill."""
_HIM = r"(?:him|her|them|me|us|my \w+|our \w+)"
_COUNSEL = re.compile(
    r"\b(?:should|ought|shall) (?:i|we|he|she|they|my \w+|our \w+)(?: to)? (?:not |really |perhaps |maybe |better |now "
    r"|also |even |rather )?"
    r"(?!know|read|cite|quote|expect|look|note|understand|conclude|bear|interpret|find)\w+"
    r"|\b(?:is|would|are|be) (?:it |that |this |these )?[^?.;]{0,40}?\b(?:worth|(?:the )?(?:right|best|good|better"
    r"|suitable|sensible|safe|wise|advisable"
    rf"|reasonable|enough) (?:\w+ ){{0,2}}?(?:for|to (?:try|ask|push|take|give|switch)))\b|\b(?:help|save|cure|suit"
    rf"|benefit|work for|do for) {_HIM}\b"
    rf"|\b(?:option|choice|drug|treatment|therapy|regimen|thing)s? for {_HIM}\b|\bwhat (?:can|could|should|must|do"
    rf"|would) (?:i|we|you) (?:do|try|ask)\b"
    r"|\b(?:push|press|ask|beg|insist|plead|lobby|fight|request|demand)\b[^?.;]{0,30}?\b(?:doctors?|oncologists?|ha?ematologists?|clinic|team|for|on)\b"
    rf"|\b(?:do|does|would) you (?:think|advise|recommend|suggest|reckon)\b|\b(?:give|get|put|start|switch) {_HIM}\b|\bbetter off\b"
    r"|\bwhether (?:or not )?(?:(?:i|we|he|she|they|one|(?:my|our|the) [\w-]+) (?:should|ought to|must|had better|would do well to"
    r"|would be (?:wise|right|foolish|better advised) to|needs? to|(?:is|are|was|were) (?:right|wrong|wise) to)|to)"
    r" (?:not |really |rather |now |also |even )?(?!know|read|cite|quote|expect|look|note|understand|conclude|bear|interpret|find"
    r"|include|mention"
    r"|report|trust|believe|count|write|say|use the|print|enter|list|refer|add|put|keep|delete|change|correct)\w+"
    r"|\b(?:refuse|turn down|hold out for|consent to|insist (?:up)?on) (?:it|this|that|the)\b",
    re.IGNORECASE,
)
"""Asks what is to be done for somebody."""
_ELIGIBLE = re.compile(
    r"\b(?:age (?:range|limit)s?|ages|eligib\w+|includ\w+|enrol\w+|criteri\w+)\b", re.IGNORECASE
)
_COMPOSED = re.compile(
    r"^\W*(?:(?:can|could|would|will) you |please |now |just )*"
    r"(?:write|compose|make up|invent|draw|paint|sing|draft|tell|give)(?: (?:me|us))? (?:(?:an?|some|another|the) )?(?:[\w-]+ ){0,2}?"
    r"(?:limericks?|poems?|haikus?|songs?|jokes?|rhymes?|sonnets?|raps?|odes?|fairy ?tales?|pictures?|cartoons?|riddles?)\b",
    re.IGNORECASE,
)
"""Asks for something to be made up."""
_PLANNED = re.compile(
    r"\b(?:sample size|(?:how many|number of) (?:more )?(?:patients|participants|subjects|people|mice|animals|events))\b"
    r"(?![^?.;]*\b(?:to (?:treat|prevent|avoid|be (?:listed|included|cited|counted))|did)\b)"
    r"[^?.;]{0,30}\b(?:i|we|one|you|(?:a|my|our|the next|another|a new|a future) (?:trial|study))\b[^?.;]{0,20}"
    r"\b(?:needs?|needed|require[sd]?|have to|has to|enrol\w*|recruit\w*|randomi[sz]e\w*|plan\w*)\b(?! to (?:know|cite|quote|enter))"
    r"|\b(?:sample size|how many (?:patients|participants|subjects|people|events))\b[^?.;]{0,60}\bpower\b"
    r"|\bpower (?:calculation|analysis)\b[^?.;]{0,30}\b(?:for|of) (?:a|my|our|another|a new|a future|the next)\b"
    r"|\b(?:do|run|make|help (?:me )?with) (?:a|the|my|our) (?:power|sample size) (?:calculation|analysis)\b",
    re.IGNORECASE,
)
"""Asks how large a trial of the asker's own would have to be."""
_ALIKE = re.compile(r"\b(?:same|both|identical|equal(?:ly)?|alike|each|either|neither)\b", re.IGNORECASE)
"""Speaks of two studies side by side, not of one study's agent."""
_AIMED = r"[\s-](?:directed|targeted|targeting|specific|CAR)\b"
_DOSE = re.compile(r"(\d+(?:\.\d+)?)\s?(mg|g|µg|μg|mcg|ug)(?:/\S+)?")
_OF_ARM = re.compile(r"(?<![\d.<>\u2264\u2265])\d+(?:\.\d+)?\s?(?:mg|[\u00b5\u03bc]g|mcg)\b(?!\s?/)")
"""A dose, which may be what the arm of another study is called by."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOGETHER = re.compile(r"\W*(?:and|plus|with|\+|&)\W+(?:[\w/-]+\W+){0,3}", re.IGNORECASE)
_POOLED = re.compile(
    r"\b(?:pool\w*|plus|together|combin\w+|add\w*|sum|total|altogether|both)\b", re.IGNORECASE
)
"""Puts two studies together."""
_ARM_OF = re.compile(r"\s+(?:arm|group|cohort|combination|doublet|triplet)\s+(?:of|in|from)\b", re.IGNORECASE)
_EITHER = re.compile(r"\W*(?:or|vs\.?|versus)\W*(?:the )?|\s*[/,;&]\s*", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"\W*(?:and|or|versus|vs\.?|than|as|with)\b[\w\s']{0,24}", re.IGNORECASE)
"""Stands between two studies that are set side by side."""
_UNREAD = 4
"""So many words of no language that is read, among as few others, make a question of another one."""
_MOST_UNKNOWN = 3
_MOST_GIVEN = 5
_DOES = (
    r"(?:improv\w+|prolong\w*|increas\w+|extend\w*|beat|outperform\w*|compar\w+|reduc\w+|lower\w*|add(?:s|ed)?|do|work"
    r"|achiev\w+|produc\w+|giv\w+|yield\w*|induc\w+|elicit\w*|reach\w*|attain\w*|lead\w*|result\w*|show\w*|perform\w*)"
)
"""What a drug is said to do."""
_REGIMEN = re.compile(
    r"(?<![\w/-])(?:(?P<joined>[A-Z]{2,8}(?:[-+/](?:[A-Z]{1,8}|\d{2,4})){1,3})(?![\w-])(?!-)"
    r"|(?P<alone>[A-Z]{3,8})(?=[ -](?:regimen|protocol|scheme|backbone|chemo\w*|salvage|induction|schedule)\b))"
)
_FEW_LETTERS = 2
"""Letters of which a part of such a name tells nothing by itself."""
_ATTAINS = r"(?:achieve|reach|attain|produce|yield|give|show|induce|bring|provide|offer|lead|result|obtain|cause)(?:d|ed|s)?"


def refusal(desk: Desk, ask: Ask) -> Draft | None:
    """The decline of a question that is not to be answered; None where it may be."""
    checks = (
        _greeting,
        _unread,
        _composing,
        _planning,
        _advice,
        _instruction,
        _missing_study,
        _mismatch,
        _unheard_drug,
        of_matter,
        _approved_when,
        _strange_dose,
    )
    return next((draft for check in checks if (draft := check(desk, ask)) is not None), None)


def nothing_found(desk: Desk, ask: Ask) -> Draft:
    """The decline of a question that nothing answers: what was not found, and what the review covers."""
    told_apart = len(ask.studies) == 1 or any(len(n.studies) == 1 for n in ask.named.names)
    studies = ask.studies if told_apart or not ask.strange else ()  # else found by a word they share
    who = joined([desk.name(s) for s in studies[:2]])
    topics = joined(_sections(desk, numbered=False))
    about = f" It covers: {topics}." if topics and not who else ""
    if ask.strange:
        where = f" for {who}" if who else ""
        text = f"The review says nothing of “{joined(list(ask.strange[:_MOST_UNKNOWN]), 'or')}”{where}."
    elif who:
        measures = [m for s in studies[:1] for m in desk.selector.measures_of(s)]
        given = joined([desk.speaker.short(m) for m in measures[:_MOST_GIVEN]])
        designs = joined([desk.speaker.term(d).name for d in ask.designs])
        article = "an" if designs[:1].lower() in set("aeiou") else "a"
        said = f"say that {who} is {article} {designs} study" if designs else f"report that for {who}"
        text = f"The review does not {said}" + (f"; it gives {given}." if given else ".")
    else:
        text = "The review does not say that."
    return declined(text + about, studies, sure=0.0)


def _sections(desk: Desk, *, numbered: bool = True) -> list[str]:
    """The sections that speak of studies; without ``numbered`` those with no digit in their head."""
    sections = dict.fromkeys(s.section for s in desk.review.raw.sentences if s.studies)
    return [s for s in sections if numbered or not re.search(r"\d", s)]


def _unread(desk: Desk, ask: Ask) -> Draft | None:
    """A question of a language that is not read: half of what it says are words that nobody knows."""
    strange = ask.unheard
    if ask.translated or len(strange) < _UNREAD or 2 * len(strange) < len(ask.content):
        return None
    return declined(
        f"The question could not be read (“{joined(list(strange[:_MOST_UNKNOWN]), 'or')}”). Ask in English, German, Spanish, "
        "French, Italian or Chinese."
    )


def _greeting(desk: Desk, ask: Ask) -> Draft | None:
    """A greeting, thanks or a call for help asks nothing of the review."""
    if not _GREETING.fullmatch(fold(ask.focus)):
        return None
    topics = joined(_sections(desk))
    covers = f" It covers {topics}." if topics else ""
    return declined(f"Ask what the review reports of a study, e.g. its survival or response rates.{covers}")


def _composing(_: Desk, ask: Ask) -> Draft | None:
    """Verses and jokes are nothing that a review reports."""
    if not _COMPOSED.search(fold(ask.focus)):
        return None
    return declined("This assistant only reports what the review says; it makes nothing up.")


def _planning(_: Desk, ask: Ask) -> Draft | None:
    """What a trial yet to be planned would need is nothing that a review reports."""
    if not _PLANNED.search(fold(ask.focus)):
        return None
    text = "The review reports studies; it gives no sample size or power of a trial to be planned."
    return replace(declined(text), told=True)


_THAN = re.compile(
    r"\b(?:better|worse|superior|inferior|safer|stronger|(?:more|less) (?:effective|active|potent|toxic|promising))\b.*\b(?:than|to)\b",
    re.IGNORECASE,
)
"""Weighs one thing against another."""


def unequalled(_: Desk, ask: Ask) -> Draft | None:
    """``Is A better than B?`` of treatments that no study gave both of, and with no outcome to weigh them by."""
    asked = ask.measures or ask.families or ask.characteristics or ask.values
    if asked or not ask.has("yes_no") or not _THAN.search(ask.focus):
        return None
    named = ask.named.of("agent", "code", "topic")
    sides = [named[0], *(n for n in named[1:] if not n.studies & named[0].studies)] if named else []
    if len(sides) != 2 or len(sides) != len(named):
        return None
    text = f"The review does not compare {sides[0].text} with {sides[1].text}; no study of it gave both."
    return declined(f"{text} Name an outcome to see each study's figure.", ask.studies)


def unranked(_: Desk, ask: Ask) -> Draft | None:
    """``Which therapy is best?`` with no outcome to rank by: the review sets no studies against each other."""
    asked = ask.measures or ask.families or set(ask.characteristics) - {"agents"} or ask.studies or ask.values
    if asked or not ask.has("max", "min") or not _BEST.search(ask.focus) or ask.strange:
        return None
    return declined(
        "The review does not rank treatments: its studies are separate, not compared head to head. "
        "Name an outcome to see each study's figure."
    )


def parts(desk: Desk, ask: Ask) -> Draft | None:
    """``Into which groups does the letter divide the treatments?``: its sections on studies, each with its place."""
    asked = _KINDS.search(ask.focus) or (_ARRANGED.search(ask.focus) and _REVIEW.search(ask.focus))
    if not asked or (ask.studies and not ask.described) or ask.measures or ask.has("definition", "yes_no"):
        return None
    listed = ask.has("list") and set(ask.characteristics) - {"agents"}  # "which have a registration number?"
    if (ask.wants and ask.characteristics) or listed:  # "how many lines had they had?"
        return None
    sections = _sections(desk)
    places = [next(p for p in desk.review.passages if p.locator.section == s) for s in sections]
    if len(sections) < 2:
        return None
    return answered(
        [Line(f"The review has these parts: {joined(sections)}.", tuple((p.id, "") for p in places))]
    )


def _advice(desk: Desk, ask: Ask) -> Draft | None:
    """Advice is refused, but a study's figures are no advice, whatever they are wanted for."""
    figures = ask.studies and (ask.measures or (ask.characteristics and not ask.implied))
    whether = ask.has("yes_no") and not ask.measures and not _ELIGIBLE.search(ask.focus)
    own = (whether or _RECOMMENDATION.search(ask.focus)) and _OWN_PATIENT.search(ask.focus)
    own = own or (_OWN_PERSON.search(ask.text) if _counsels(ask) else None)
    if not own and (not ask.advice or (figures and not _RECOMMENDATION.search(ask.focus))):
        return None
    topics = joined(_sections(desk))
    covers = f" It covers {topics}." if topics else ""
    return declined(
        "This assistant only reports what the review says and gives no advice for a patient; "
        f"please ask the treating team.{covers}"
    )


def _counsels(ask: Ask) -> bool:
    """Whether what is asked is what to do for somebody, not who was taken in."""
    asked = ask.focus if ask.measures or ask.characteristics else ask.text  # "whether to take it, thoughts?"
    return bool(_COUNSEL.search(asked)) and not _ELIGIBLE.search(asked)


def _instruction(_: Desk, ask: Ask) -> Draft | None:
    if ask.injected and not ask.text.strip():
        return declined("That is an instruction, not a question about the review; nothing was changed.")
    return None


def _missing_study(desk: Desk, ask: Ask) -> Draft | None:
    if not ask.named.missing or ask.named.of("number", "nct"):
        return None
    labels = joined([s.id for s in desk.review.studies])
    noun = desk.review.raw.study_label
    nouns = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    missing = joined(list(ask.named.missing), "or")
    return declined(f"The review has no {missing}; it covers {nouns} {labels}.")


def _mismatch(desk: Desk, ask: Ask) -> Draft | None:
    """A study named together with an agent or product that is not its own."""
    if not ask.clash or ask.has("compare", "difference", "max", "min", "list", "count_studies", "summary"):
        return None
    if not _names_arm(ask) and _is_of_two(ask):
        return None
    studies, foreign = _clashing(ask)
    foreign = [n for n in foreign if not _is_given(desk, studies, n)]
    if not studies or not foreign:
        return None
    if ask.has("yes_no"):
        if ask.named.of("nct"):
            return None
        if not ask.measures:
            return _other_agents(desk, studies) if _is_whole_of_it(desk, ask, studies, foreign) else None
    return _unconnected(desk, studies, foreign)


def _names_arm(ask: Ask) -> bool:
    """``the A plus B arm of Miller's trial``: what is named before an arm belongs to the study named behind it."""
    text = where_named(ask)
    firm = [n for n in ask.named.names if n.kind in {"number", "nct", "author"}]
    arms = [n for n in ask.named.of("agent") if _ARM_OF.match(text, n.end)]
    return len({n.studies for n in firm}) == 1 and any(n.end < firm[0].start for n in arms)


def _is_of_two(ask: Ask) -> bool:
    """Whether two studies, of one of which a drug stands, are asked about side by side."""
    if set_beside(ask):
        return True
    text = where_named(ask)
    between = [text[a.end : b.start] for a, b in pairwise(ask.named.names)]
    if any(_EITHER.fullmatch(gap) for gap in between) and not ask.has("yes_no"):
        return True
    if any(_TOGETHER.fullmatch(gap) for gap in between) and _POOLED.search(ask.focus):
        return True
    beside = ask.has("yes_no") and any(_SIDE_BY_SIDE.fullmatch(gap) for gap in between)
    return bool(beside or _ALIKE.search(ask.focus))


def _unheard_drug(desk: Desk, ask: Ask) -> Draft | None:
    """A drug that neither the vocabulary nor the review knows: nothing of it is reported."""
    aimed = [w for w in ask.unheard if _aimed_at(w, ask.text)] + _regimens(ask)
    acting = any(
        (DRUG_STEM.fullmatch(w) and _acts(w, ask.focus)) or _attains(w, ask.focus) for w in ask.unheard
    )
    compared = ask.has("compare", "difference") and ask.named.names
    elsewhere = ask.has("yes_no") or (compared and not aimed)
    if ask.has("definition", "list") or (elsewhere and not acting):
        return None
    drugs = [w for w in ask.unheard if DRUG_STEM.fullmatch(w) or _attains(w, ask.focus)] + aimed
    if not drugs or not (ask.measures or ask.families or ask.characteristics):
        return None
    named = [] if ask.described else [desk.name(s) for s in ask.studies[:2]]
    where = f" for {joined(named)}" if named else ""
    return declined(
        f"The review says nothing of “{joined(drugs, 'or')}”{where}.", ask.studies if named else ()
    )


def _regimens(ask: Ask) -> list[str]:
    """The regimens that are called by letters, of which nobody knows any: ``ABC-DEF``, ``the ABC protocol``."""
    strange = {w.upper() for w in ask.strange}
    found = (m["joined"] or m["alone"] for m in _REGIMEN.finditer(ask.text))
    parts = {name: [p for p in re.split(r"[-+/]", name) if len(p) > _FEW_LETTERS] for name in found}
    return [name for name, own in parts.items() if own and strange.issuperset(own)]


def _acts(drug: str, text: str) -> bool:
    """Whether an outcome is put down to a drug: ``did it prolong survival``, ``how does it compare with``."""
    own = rf"(?<![\w-]){re.escape(drug)}(?![\w-])"
    forms = (
        rf"\b(?:did|does|do)\s+(?:the\s+|adding\s+)?{own}",
        rf"{own}\s+(?:{_DOES}|vs\.?|versus)\b",
        rf"\b(?:vs\.?|versus|over|than)\s+{own}",
        rf"\b(?:with|on|after|under)\s+{own}\s+(?:than|vs\.?|versus|or|compared)\b",
    )
    return any(re.search(form, text, re.IGNORECASE) for form in forms)


def _attains(word: str, text: str) -> bool:
    """Whether an outcome is asked of something by its name: ``which rate did X achieve``."""
    form = rf"\b(?:did|does|do|could|has|have|can)\s+(?:adding\s+)?{re.escape(word)}\s+{_ATTAINS}\b"
    return re.search(form, text, re.IGNORECASE) is not None


def _aimed_at(word: str, text: str) -> bool:
    """Whether a word says what a treatment is directed against: ``CD5-directed cells``, ``CAR-T against CD5``."""
    own = re.escape(word)
    behind = rf"(?<![\w-])(?:anti-?)?{own}{_AIMED}"
    before = rf"\b(?:against|targeting|directed (?:at|against|to)|aimed at|specific (?:for|to)|anti-?)[\s-]*{own}(?![\w-])"
    return re.search(f"{behind}|{before}", text) is not None


_APPROVAL = re.compile(
    r"\b(?:(?:FDA|EMA|regulat\w+|market\w*)[- ](?:approv\w+|licen[cs]\w+|authori[sz]\w+)|approv(?:ed|e|al)|authori[sz]ed|licensed"
    r"|(?:FDA|EMA)\b[^?.;]{0,20}\b(?:licen[cs]e|clear(?:ed)?))\b(?! (?:for|to) (?:print|publication))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|(?:what|which) (?:year|date|month|day)|what was the (?:year|date))\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _approved_when(desk: Desk, ask: Ask) -> Draft | None:
    """``When was A approved?`` where no sentence on an approval gives a year; that none is mentioned, where none is."""
    drugs = ask.named.of("agent", "code", "topic")
    if not drugs or not _APPROVAL.search(ask.focus) or not _WHEN.search(ask.focus) or ask.has("yes_no"):
        return None
    told = [p for p in desk.review.passages if re.search(r"\bapprov|\blicensed\b|\bauthori[sz]", p.quote)]
    own = [p for p in told if any(n.text.lower() in fold(p.quote).lower() for n in drugs)]
    if any(_YEAR.search(p.quote) for p in own):
        return None
    name = drugs[0].text
    text = (
        f"The review does not say when {name} was approved."
        if own
        else f"The review mentions no approval of {name}."
    )
    draft = declined(text, (), [(p.id, "") for p in own[:1]])
    others = [p for p in told if p.locator.kind is Kind.SENTENCE and not own and not _YEAR.search(p.quote)][
        -1:
    ]
    draft = draft.plus(*(Line(p.text, ((p.id, ""),), verbatim=True) for p in others))
    return replace(draft, told=True)


def _strange_dose(desk: Desk, ask: Ask) -> Draft | None:
    """A dose that no passage on the studies gives: what was reached with it is not reported."""
    named = {s for n in ask.named.names for s in n.studies}.intersection(ask.studies)
    if not named or ask.has("yes_no"):
        return None
    passages = [
        _THOUSANDS.sub("", fold(p.text)) for p in desk.review.passages if named.intersection(p.studies)
    ]
    said = _OF_ARM.findall(_THOUSANDS.sub("", ask.focus))
    for value in dict.fromkeys([*(v.text for v in ask.values), *said]):
        dose = _DOSE.fullmatch(_THOUSANDS.sub("", value))
        if dose is None:
            continue
        unit = "[µμ]g|mcg|ug" if dose[2] not in {"mg", "g"} else dose[2]
        given = re.compile(
            rf"(?<![\d.]){re.escape(dose[1])}(?:\s*(?:,|or|and|to|vs\.?|[-/])\s*[\d.]+)*\s?(?:{unit})"
        )
        if not any(map(given.search, passages)):
            who = joined([desk.name(s) for s in ask.studies[:2]])
            text = f"The review says nothing of “{value}” for {who}."
            return replace(declined(text, ask.studies), told=True)
    return None


_AMOUNT = re.compile(
    r"\s*\b\d[\d.,]*(?:\s*[-\u2013]\s*\d[\d.,]*)?\s?(?:mg|g|[\u00b5\u03bc]g|mcg|IU|U|mL)(?:\s?/\s?(?:kg|m2|m\u00b2|d|day))?\W?(?=\s|$|[,;)])(?:\s+(?:every\s+\d+\s?\w+|(?:once|twice)(?:\s+(?:daily|weekly|a\s+\w+))?|daily|weekly))?",
    re.IGNORECASE,
)
"""How much was given and how often, which a decline need not say."""


def _clashing(ask: Ask) -> tuple[list[str], list[Name]]:
    """The studies a question means, and the agents and products it names that are not theirs."""
    firm = [n for n in ask.named.names if n.kind in {"number", "nct", "author"}]
    codes = [n for n in ask.named.names if n.kind in {"agent", "code"}]
    studies = frozenset(s for n in firm for s in n.studies)
    if not studies:
        trial = max(
            (n for n in codes if len(n.studies) == 1), key=partial(_called, where_named(ask)), default=None
        )
        if trial is None:
            return [], []
        studies, codes = trial.studies, [n for n in codes if n is not trial]
    return sorted(studies), [n for n in codes if not n.studies & studies]


def _is_given(desk: Desk, studies: Sequence[str], name: Name) -> bool:
    """Whether a drug stands in what the studies gave, if as part of a word: ``A`` in ``A-based retreatment``."""
    word = re.compile(rf"(?<!\w){re.escape(fold(name.text))}(?!\w)", re.IGNORECASE)
    return any(word.search(fold(f.value)) for f in _agents(desk, studies))


def _called(text: str, name: Name) -> tuple[bool, bool, bool]:
    """How surely a name is that of the study meant: one that something was seen in, a trial's, a product's own."""
    within = re.search(r"\bin (?:the )?$", text[: name.start], re.IGNORECASE) is not None
    return within, name.kind == "code", re.search(r"\d|[A-Z].*[A-Z]", name.text) is not None


def _is_whole_of_it(desk: Desk, ask: Ask, studies: Sequence[str], foreign: Sequence[Name]) -> bool:
    """Whether names are drugs of other studies, and a question asks of a study named as such whether it gave them.

    ``Did the early subtype do worse in T-1?`` asks of no drug; ``did those on A get B?`` names no study.
    """
    others = [s.id for s in desk.review.studies if s.id not in studies]
    firm = ask.named.of("number", "author", "nct") or any(
        n.studies == frozenset(studies)
        and (n.text in desk.speaker.trials.values() or _is_given(desk, studies, n))
        for n in ask.named.of("agent", "code")
    )
    return bool(firm) and all(_is_given(desk, others, n) for n in foreign)


def _other_agents(desk: Desk, studies: Sequence[str]) -> Draft | None:
    """``Was the product tested in that study?``: no, others were."""
    facts = _agents(desk, studies)[:1]
    lines = [of_fact(f"No: {_inner(desk.speaker.characteristic(f))}", f) for f in facts]
    return answered(lines, studies) if lines else None


def _unconnected(desk: Desk, studies: Sequence[str], foreign: Iterable[Name]) -> Draft:
    facts = _agents(desk, studies)
    names = joined(list(dict.fromkeys(n.text for n in foreign)), "or")
    text = f"The review does not connect {names} with {joined([desk.name(s) for s in studies])}"
    if facts:
        plain = [re.sub(r"\s+", " ", _AMOUNT.sub("", f.value)).strip(" ,") for f in facts]
        kept = [p for p in dict.fromkeys(plain) if p and not re.search(r"\d", p)]
        text += f", whose study agents were {joined(kept)}" if kept else ""
    return declined(text + ".", studies, support_of(facts))


def _agents(desk: Desk, studies: Iterable[str]) -> list[Fact]:
    return [f for s in studies for f in desk.selector.reported(s, "agents")]


def _inner(sentence: str) -> str:
    """A sentence as it stands after ``No:``."""
    return sentence[0].lower() + sentence[1:] if sentence.startswith(("In ", "The ")) else sentence


def crowded(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of a draft that gives so many figures of one study that none was understood to be meant."""
    if ask.has("list", "summary", "compare"):
        return None
    facts = dict.fromkeys(f for line in draft.lines for f in line.facts)
    for study in draft.studies:
        own = [f for f in facts if f.study == study]
        if len(own) > _MOST_FIGURES:
            measures = joined([desk.speaker.short(m) for m in dict.fromkeys(f.attribute for f in own)])
            return declined(
                f"{desk.name(study)} has {len(own)} figures for {measures}; which of them is meant was not understood. "
                "Name the outcome, the arm or the time point.",
                (study,),
            )
    return None
