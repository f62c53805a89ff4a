"""Measures that a review speaks of and the vocabulary doesn't know, learnt from the sentences that give their figures.

``Exacerbations occurred in 5%``, ``FACIT scores improved by 8 points``, ``bilirubin normalised in 82%``: what stands where
a measure stands is one. Learnt so, it is read, asked and answered like any measure of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.building.frames import Candidate, candidates, labelled
from assistant.building.lasting import lasting
from assistant.building.open import DRUG
from assistant.folder.folder import Table
from assistant.text.text import NUMBER_WORDS, fold, tokens
from assistant.vocabulary.matchers import corpus_matchers
from assistant.vocabulary.vocabulary import Lexicon, Match, Term, Vocabulary, with_learnt

_NOUNS = {
    "improved": "improvement in", "worsened": "worsening of", "normalized": "normalization of", "recovered": "recovery of",
    "resolved": "resolution of", "recurred": "recurrence of", "disappeared": "disappearance of", "healed": "healing of",
}  # fmt: skip
"""How an answer calls what happened to what is measured."""
_JOINED = re.compile(r"^(?:and|but|while|whereas|or)\s+", re.IGNORECASE)
_BARE_CHANGE = re.compile(
    r"(?:reduction|decrease|decline|fall|increase|rise|improvement|gain|change)s?\s+(?:by|of)\s+(?:at\s+least|more\s+than|[\u2265>\d])",
    re.IGNORECASE,
)
"""Does not tell what was reduced."""
_DISEASE = re.compile(
    r"^(?!second|new|skin|later|other).*(?:leuka?emia|lymphoma|myeloma|mastocytosis|neoplasm|cancer|carcinoma|sarcoma)s?$",
    re.IGNORECASE,
)
"""What patients have, and are told by."""
_ARTICLE = re.compile(r"^(?:an?|the|any)\s+", re.IGNORECASE)
_TIMED = frozenset("year years month months week weeks day days level levels value values dose".split())
_BORDER = re.compile(
    r"(?:^(?:by|of|in|for|to|from|with|on|at|more|less|most|not|or|and|nor|either|neither)\b|(?:\b(?:and|or|of|in|for|to|by|with|at|than)|ly)$)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ed|al|ic|ive|ous|able|ible|ent|ant|ing)$", re.IGNORECASE)
_STATE = re.compile(r"\s(?:disease|failure|remission|status)$", re.IGNORECASE)
"""What patients can have, and be told by: ``refractory disease in 1%``."""
_LEAD = re.compile(
    r"^(?:(?:an?|the|any|no|only|significant|significantly|marked|trend|also|its|their|this|these|at|least|one|further|in|most|some|of|then|still|all|both|such|and|although|though|"
    r"when|while|if|but|overall|clinical|adjusted|unadjusted|crude|mean|median|average|maximum|minimum|peak|least-squares|ls|estimated|annual|annuali[sz]ed|new|observed)\s+)+"
    r"(?:(?:rate|incidence|frequency|proportion|prevalence|risk|percentage|number)s?\s+of\s+(?:the\s+|an?\s+)?)?"
    r"|^(?:rate|incidence|frequency|proportion|prevalence|risk|percentage|number)s?\s+of\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^(?:total|overall|all)\s+(?:and\s+)?(?=[A-Z]{2,}\b)", re.IGNORECASE)
"""``total RRT``: a short form's measure, of all grades."""
_TAIL = re.compile(r"\s+(?:rates?|scores?|values?|levels?)$", re.IGNORECASE)
_NEVER = frozenset(
    "it they this these those there which who whom that none nobody one two three patient patients "
    "participant participants subject subjects adults adult children child women men male female people "
    "carriers infants recipients donors investigators authors we i he she arm arms group groups cohort study "
    "studies trial trials analysis difference differences result results data effect effects finding findings "
    "benefit value values level levels rate rates figure figures number numbers percentage proportion was "
    "were is are had has have been received given treated randomised randomized enrolled treatment therapy "
    "drug drugs dose doses year years month months week weeks day days follow-up followup median mean "
    "remaining others other latter former respectively versus vs than compared because if when where as "
    "dosing enrolment enrollment recruitment baseline time nothing change changes centers centres sites "
    "hospitals more less doublet triplet regimen combination everyone everybody all both each either neither "
    "half majority most trend trends association associations correlation test tests criteria criterion "
    "medians addition been exposed reason reasons cause causes rare rarer common commoner frequent infrequent similar "
    "likewise comparable identical alike alone mouse mice animals lower higher vehicle".split()
)
"""Words that no measure's name holds, or that tell nothing of what is measured."""
_HEADS = frozenset(
    "activity avoidance normalization normalisation recovery clearance loss use need requirement dependence "
    "independence duration delay onset reduction elevation response responses score discontinuation "
    "withdrawal burden volume count exposure failure success freedom improvement episodes episode events "
    "event crises crisis hospitalization hospitalisation hospitalizations admission admissions visits attacks "
    "sessions manifestations symptoms rescue free expression level concentration titre titer retention "
    "persistence conversion engraftment".split()
)
"""Heads of phrases that name something else than the measure within them: ``platelet recovery``."""
_COUNTABLE = re.compile(r"^(?:duration|length|time)$|\bcells?$", re.IGNORECASE)
"""Says nothing of what lasted so long."""
_AGENTS = re.compile(r"\b(?:agents?|drugs?|regimens?|interventions?|treatments?)\s*$", re.IGNORECASE)
_MOST_WORDS = 6


@dataclass(slots=True)
class _Found:
    """A phrase that stands where a measure stands."""

    name: str
    forms: dict[str, None]
    kinds: list[str]


def learnt(
    vocabulary: Vocabulary,
    sentences: Iterable[str],
    tables: Sequence[Table],
    abbreviations: Mapping[str, str],
) -> Vocabulary:
    """The vocabulary with the measures that the text gives figures of; itself where it gives of no others.

    Args:
        vocabulary: the field's terms.
        sentences: those that tell of a study.
        tables: whose cells may name measures, too, and whose arms and agents are none.
        abbreviations: the review's list.
    """
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    return _Learner(vocabulary, abbreviations, _names(tables)).of(sentences, cells)


def _names(tables: Iterable[Table]) -> Iterator[str]:
    """What arms and agents are called."""
    for table in tables:
        yield from (column.arm for column in table.columns if column.arm)
        yield from (cell for row in table.rows if _AGENTS.search(row.head) for cell in row.cells)


class _Learner:
    def __init__(
        self, vocabulary: Vocabulary, abbreviations: Mapping[str, str], names: Iterable[str]
    ) -> None:
        self._vocabulary = vocabulary
        self._matchers = corpus_matchers(vocabulary, abbreviations)
        self._short = {fold(k).lower(): fold(v) for k, v in abbreviations.items()}
        words = {t.key: t.text for name in names for t in tokens(name)}
        spelled = [self._short[text.lower()] for text in words.values() if text.lower() in self._short]
        self._named = {k for k in (*words, *(t.key for s in spelled for t in tokens(s))) if len(k) > 3}
        self._found: dict[str, _Found] = {}
        self._known = (
            self._matchers.measures,
            self._matchers.populations,
            self._matchers.designs,
            self._matchers.row_heads,
        )
        self._families = Lexicon()
        for family in vocabulary.families.values():
            for form in (family.name, *family.forms):
                self._families.add(form, family.id)

    def of(self, sentences: Iterable[str], cells: Iterable[str]) -> Vocabulary:
        for sentence in sentences:
            for candidate in candidates(fold(sentence)):
                self._take(candidate)
            for name in lasting(fold(sentence), self._matchers.measures, self._vocabulary):
                self._keep(name, (name,), "rate")
        for cell in cells:
            for candidate in labelled(fold(cell)):
                self._add(candidate)
        terms = {i: self._term(i, f) for i, f in self._found.items() if i not in self._vocabulary.measures}
        if not terms:
            return self._vocabulary
        return with_learnt(self._vocabulary, terms)

    def _take(self, candidate: Candidate) -> None:
        if candidate.bounded:
            self._add_bounded(candidate)
        elif candidate.whole:
            known = self._matchers.measures.find(tokens(candidate.phrase))
            ids = [i for m in known for i in (m.ids[0], f"median_{m.ids[0]}")]
            if not any(self._vocabulary.term(i).kind == candidate.kind for i in ids):
                self._keep(candidate.phrase, (candidate.phrase,), candidate.kind)
        elif not self._matchers.measures.find(tokens(candidate.glossed)):
            self._add(candidate)  # "Deep responses (VGPR or better)" are a known measure

    def _add_bounded(self, candidate: Candidate) -> None:
        """``Haemoglobin ≥ 12 g/dL was reached by 7%``: the bound is part of what was counted."""
        name = _ARTICLE.sub("", _JOINED.sub("", re.sub(r"\s+", " ", candidate.phrase).strip()))
        glosses = re.findall(r"\(([^()]*)\)", name)
        if _BARE_CHANGE.match(name) or any(self._matchers.measures.find(tokens(g)) for g in glosses):
            return
        words = set(re.findall(r"[a-z-]+", name.lower()))
        if (
            candidate.kind in {"rate", "duration"}
            and not words & (_NEVER - _TIMED | {"grade", "grades", "aged"})
            and not self._named & {t.key for t in tokens(name)}
        ):
            shown = name[0].lower() + name[1:] if name[1:2].islower() else name
            self._keep(shown, (shown,), candidate.kind)

    def _add(self, candidate: Candidate) -> None:
        kind, verb = candidate.kind, candidate.verb
        name = re.sub(r"\s+", " ", candidate.phrase).strip()
        while (short := _TOTAL.sub("", _TAIL.sub("", _LEAD.sub("", name)))) != name:
            name = short
        patients = candidate.gapped and _STATE.search(name) and self._matchers.populations.at(tokens(name), 0)
        if not kind or not (patients or self._is_new(name, verb)):
            return
        spelled = self._spelled(name)
        listed = name.lower() in self._short
        if (
            "," in spelled
            or " or " in spelled
            or (kind == "duration" and _COUNTABLE.search(spelled))
            or _DISEASE.match(spelled)
            or DRUG.search(spelled)
            or self._named & {t.key for t in tokens(spelled)}  # "ABC was shortened", a drug in short
            or not (spelled == name or listed or self._is_new(spelled, verb))
        ):
            return
        form = f"{spelled} {verb}".strip()
        shorts = (short for short, meaning in self._short.items() if meaning.lower() == spelled.lower())
        noun = _NOUNS.get(re.sub("alised", "alized", verb.lower()), "")
        self._keep(f"{noun} {spelled}" if noun else form, (form, *shorts), kind)

    def _keep(self, name: str, forms: Iterable[str], kind: str) -> None:
        found = self._found.setdefault("_".join(t.key for t in tokens(name)), _Found(name, {}, []))
        found.kinds.append(kind)
        found.forms |= dict.fromkeys(forms)

    def _spelled(self, name: str) -> str:
        """The meaning of a short form, or of the list's meaning that ends a phrase; else the phrase."""
        if meaning := self._short.get(name.lower()):
            return meaning[0].lower() + meaning[1:] if meaning[1:2].islower() else meaning
        ends = [m for m in self._short.values() if self._ends_in(name, m)]
        name = max(ends, key=len) if ends else name
        return name[0].lower() + name[1:] if name[1:2].islower() else name

    @staticmethod
    def _ends_in(name: str, meaning: str) -> bool:
        """``clinical breakthrough haemolysis``, not ``progression to acute leukaemia``."""
        lead = name[: -len(meaning)].lower().rstrip()
        return name.lower().endswith(" " + meaning.lower()) and not re.search(
            r"\b(?:to|of|with|for|in)$", lead
        )

    def _is_new(self, name: str, verb: str) -> bool:
        """Whether a phrase may name a measure, and is not one of the vocabulary's."""
        words = tokens(name)
        keys = [w.key for w in words]
        plain = name.lower().split()
        if not 0 < len(plain) <= _MOST_WORDS or len(name) < 3 or "," in name or set(plain) & _NEVER:
            return False
        if not re.search(r"[a-z]{2}|[A-Z]{3}", name) or re.fullmatch(r"[IVX/-]+", name):
            return False
        if any(k.replace(".", "").isdigit() or k in NUMBER_WORDS for k in keys) or self._named & set(keys):
            return False
        if DRUG.search(name) or _DISEASE.match(name):
            return False
        if _BORDER.search(name) or (
            len(plain) == 1
            and (
                (_ADJECTIVE.search(name) and not name.lower().endswith("ing"))
                or (len(name) < 4 and not name.isupper())
            )
        ):
            return False
        if all(k in self._vocabulary.scaffold for k in keys) or self._matchers.populations.at(words, 0):
            return False
        whole = any(
            m.end - m.start == len(words) for x in (*self._known, self._families) for m in x.find(words)
        )
        meaning = tokens(self._short.get(name.lower(), ""))
        if (whole and not verb) or any(
            m.end - m.start == len(meaning) for x in self._known for m in x.find(meaning)
        ):
            return False
        inside = self._matchers.measures.find(words)
        return not inside or bool(verb) or self._is_of_its_own(name, keys, inside)

    def _is_of_its_own(self, name: str, keys: Sequence[str], inside: Sequence[Match]) -> bool:
        """Whether a phrase that holds a known measure names another: ``platelet recovery``, ``FACIT-Fatigue``."""
        listed = name.lower() in {m.lower() for m in self._short.values()}
        if listed or any(self._ends_in(name, m) for m in self._short.values()):
            return True
        if re.fullmatch(r"[A-Z][A-Z\d]{2,}-[\w-]+", name):
            return True
        if re.search(r"-free survival$", name, re.IGNORECASE):
            return not any(m.end == len(keys) and m.end - m.start > 1 for m in inside)
        return keys[-1] in _HEADS and not any(m.end == len(keys) and m.end - m.start > 1 for m in inside)

    def _term(self, identity: str, found: _Found) -> Term:
        kind = max(dict.fromkeys(found.kinds), key=found.kinds.count)
        return Term(identity, found.name, kind, forms=tuple(dict.fromkeys((found.name, *found.forms))))
