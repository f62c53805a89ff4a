"""What a drug acts on and what it was added to, where the name of that is asked for: a sentence that tells it, or a decline.

``Which protein does alphamab inhibit?`` is not answered by any sentence on alphamab.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.defining import said_to_be
from assistant.telling.describe import Describer
from assistant.text.text import fold, tokens

_THING = (
    r"(?:proteins?|kinases?|enzymes?|molecules?|receptors?|genes?|factors?|antigens?|pathways?|targets?|epitopes?|ligands?|markers?"
    r"|cytokines?|complement (?:proteins?|factors?|components?)|transcription factors?)"
)
_VERBS = {
    r"inhibit(?:s|ed|ing)?|block(?:s|ed|ing)?|antagoni[sz]e[sd]?|suppress(?:es|ed)?|shut(?:s)? (?:down|off)": (
        r"inhibit\w*|block\w*|antagoni\w+|blockade|anti-\w+|suppress\w*"
    ),
    r"degrade[sd]?|break(?:s)? down|destroy(?:s|ed)?": r"degrad\w+",
    r"trap(?:s|ped)?|capture[sd]?": r"traps?\b|trapp\w+|ligand trap",
    r"activate[sd]?|stimulate[sd]?|agoni[sz]e[sd]?": r"agonist\w*|activat\w+|stimulat\w+",
    r"target(?:s|ed)?|bind(?:s)?(?: to)?|recogni[sz]e[sd]?|hit(?:s)?|attack(?:s|ed)?"
    r"|(?:is|are|was|were) (?:directed|aimed) (?:at|against)": (
        r"target\w*|bind\w*|bound|recogni\w+|directed|anti-\w+|bispecific|[\w-]+\u00d7\w+|inhibit\w*|degrad\w+|agonist\w*|traps?\b"
    ),
    r"act(?:s|ed)? (?:on|against|upon|through)|work(?:s|ed)? (?:on|against|through)": (
        r"inhibit\w*|block\w*|agonist\w*|anti-\w+|target\w*|degrad\w+|bispecific|traps?\b|activat\w+|stimulat\w+"
    ),
}
"""What a drug does to something, each with the words by which a sentence tells it."""
_VERB = "|".join(_VERBS)
_DOES = re.compile(
    rf"\b(?:which|what)\s+(?:(?:[\w-]+\s+){{0,2}}?{_THING}\s+)?(?:does|do|did|can|is|are|was|were)\s+(?:the\s+)?"
    rf"(?P<drug>[\w+/-]+(?:\s+[\w+/-]+){{0,2}}?)\s+(?:mainly\s+|selectively\s+|actually\s+)?(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"\b(?:which|what)\s+(?:[\w-]+\s+){{0,2}}?{_THING}\s+(?:is|are|was|were"
    rf"|gets?)\s+(?P<verb>{_VERB})\s+by\s+(?:the\s+)?(?P<drug>[\w+/-]+)",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"^\W*(?:how (?:does|do|did) (?:the )?(?P<drug>[\w+/-]+(?: [\w+/-]+)?) (?:(?:actually|exactly) )?(?:work|act|function)"
    r"|what(?:'s| is) (?:the )?(?:mechanism|mode)(?: of action)? (?:of|behind) (?P<by>[\w+/-]+(?: [\w+/-]+)?))\W*$",
    re.IGNORECASE,
)
_MECHANISM = re.compile(
    r"\b(?:inhibits|inhibiting|inhibitor of|blocks|blocking|binds?|binding|links|linking|bridg(?:es|ing)|carries|carrying"
    r"|delivers|delivering"
    r"|redirects|engag(?:es|ing)|recruits|degrades|degrading|disrupts?|activates|activating|traps|directed (?:at|against)"
    r"|targeting|against)\b",
    re.IGNORECASE,
)
"""Says how a drug works."""
_LOOSE = re.compile(r"target|bind|recogni|hit|attack|directed|aimed", re.IGNORECASE)
"""Acts for which what a treatment is aimed at may be told elsewhere."""
_FAR = 90
"""Letters beyond which two words of a sentence have little to do with each other."""
_BACKBONE = re.compile(
    r"\b(?:which|what)(?:['\u2019]s|\s+(?:is|was|were)\s+(?=the\b))?\s+(?:the\s+)?(?P<what>(?:[\w-]+\s+){0,2}?backbone)"
    r"(?:\s+(?:therapy|treatment|regimen|chemotherapy|drugs?))?(?:\s+(?:was|were|did|is|are|had|does|do|in|of)\b|\W*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Act:
    """What a drug does to the thing asked for."""

    drug: str
    verb: str
    told: re.Pattern[str]
    """The words by which a sentence tells it."""


def of_drug(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What a drug acts on or was added to; None where neither is asked, or the question is none to be answered."""
    if ask.advice or ask.injected or ask.clash or ask.named.missing:
        return None
    return _acts_on(desk, describer, ask) or _added_to(desk, describer, ask)


def _acts_on(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that says what a drug inhibits or degrades, a decline where none does; None where that is not asked."""
    if ask.measures or ask.values or ask.has("yes_no", "count_studies"):
        return None
    act = _asked(ask.focus)
    if act is None or not _is_drug(desk, ask, act.drug):
        return None
    found = [
        (distance, p) for p in _sentences(desk) if (distance := _distance(act, fold(p.text))) is not None
    ]
    if found:
        best = min(found, key=lambda t: t[0])[1]
        return answered([_told(describer, act, best)], best.studies[:1])
    if act.told is _MECHANISM or _LOOSE.match(act.verb):
        return None
    return declined(f"The review does not say what {act.drug} {_third(act.verb)}.", ask.studies[:1])


def _told(describer: Describer, act: _Act, passage: Passage) -> Line:
    """What a sentence tells of an act: how a drug works by the apposition that says it, else the whole sentence."""
    said = said_to_be(passage.text, act.drug) if act.told is _MECHANISM else ""
    if said in ("", passage.text) or not _MECHANISM.search(said):
        return describer.quoting(passage)
    return Line(said, ((passage.id, passage.studies[0] if passage.studies else ""),))


def _added_to(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``which chemotherapy backbone was used``: the study's sentence that names one, or a decline with its agents."""
    asked = _BACKBONE.search(ask.focus)
    firm = ask.named.of("number", "author", "code", "nct")
    if asked is None or len(ask.studies) != 1 or not firm or ask.measures:
        return None
    study = ask.studies[0]
    own = [p for p in _sentences(desk) if p.studies[:1] == (study,) and "backbone" in p.text.lower()]
    if own:
        return answered([describer.quoting(own[0])], (study,))
    agents = desk.selector.reported(study, "agents")[:1]
    text = f"The review does not name a {asked['what'].lower()} for {desk.name(study)}."
    if not agents:
        return declined(text, (study,))
    line = of_fact(desk.speaker.characteristic(agents[0]), agents[0])
    return declined(f"{text} {line.text}", (study,), line.support)


def may_tell(ask: Ask, passage: Passage) -> bool:
    """Whether a passage has the words by which it could tell the act or the backbone that a question asks for, if it does."""
    if (act := _asked(ask.focus)) is not None and act.told is not _MECHANISM:
        text = fold(passage.text)
        return bool(act.told.search(text)) if _LOOSE.match(act.verb) else _distance(act, text) is not None
    if _BACKBONE.search(ask.focus) and ask.named.of("number", "author", "code", "nct"):
        return "backbone" in passage.text.lower() and bool(set(passage.studies) & set(ask.studies))
    return True


def _asked(focus: str) -> _Act | None:
    """What a question asks a drug's act for; None for another question."""
    if works := _WORKS.match(focus):
        return _Act(works["drug"] or works["by"], "works by", _MECHANISM)
    match = _DONE.search(focus) or _DOES.search(focus)
    if match is None:
        return None
    verb = match["verb"].lower()
    told = next(words for verbs, words in _VERBS.items() if re.fullmatch(verbs, verb, re.IGNORECASE))
    return _Act(match["drug"], verb, re.compile(rf"\b(?:{told})", re.IGNORECASE))


def _is_drug(desk: Desk, ask: Ask, drug: str) -> bool:
    """Whether words name a treatment of the review, and not its patients or a study."""
    said = {t.key for t in tokens(drug)}
    names = ask.named.of("agent", "code")
    return any(said & {t.key for t in tokens(n.text)} for n in names) and not any(
        drug.lower() == n.text.lower() for n in ask.named.of("number", "nct", "author")
    )


def _sentences(desk: Desk) -> list[Passage]:
    return [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE]


def _distance(act: _Act, text: str) -> int | None:
    """Letters between the drug and the nearest word for its act in one part of a sentence; None where one is missing."""
    best: int | None = None
    for drug in re.finditer(rf"(?<![\w-]){re.escape(fold(act.drug))}(?![\w-])", text, re.IGNORECASE):
        for told in act.told.finditer(text):
            gap = text[min(drug.end(), told.end()) : max(drug.start(), told.start())]
            if ";" in gap or len(gap) > _FAR:
                continue
            best = min(len(gap), len(gap) if best is None else best)
    return best


def _third(verb: str) -> str:
    """``inhibits`` of ``inhibit`` or ``inhibited``."""
    first, _, rest = verb.partition(" ")
    bare = re.sub(r"(?<=[td])ed$|(?<=k)ed$|(?<=[^e]e)[sd]$|(?<=[^s])s$", "", first)
    return f"{bare}s {rest}".strip()
