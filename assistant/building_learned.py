"""Measures that a review speaks of and the vocabulary doesn't know, learnt from the sentences that give their figures.

``Exacerbations occurred in 5%``, ``FACIT scores improved by 8 points``, ``bilirubin normalised in 82%``: what stands where
a measure stands is one. Learnt so, it is read, asked and answered like any measure of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.building_open import DRUG
from assistant.folder import Table
from assistant.spans import TIME_UNITS, Span
from assistant.spans_numbers import numbers
from assistant.text import NUMBER_WORDS, fold, tokens
from assistant.vocabulary import Lexicon, Match, Term, Vocabulary, with_learnt
from assistant.vocabulary_matchers import corpus_matchers

_WORD = r"[^\W\d_][\w'/+-]*"
_PHRASE = rf"(?P<np>{_WORD}(?:\s+{_WORD}){{0,6}}?)"
_CLAUSE = r"(?:^\s*|[;,:]\s+|\b(?:and|but|while|whereas|whilst|with)\s+)"
_ADVERB = r"(?:(?:also|only|mostly|first|then|again|still|not|already|frequently|commonly|rarely|similarly|subsequently)\s+)?"
_SEEN = (
    r"(?:was|were|has\s+been|have\s+been|had\s+been)\s+"
    + _ADVERB
    + r"(?:seen|observed|reported|noted|recorded|documented|achieved|reached|"
    r"found|required|needed|met|attained|maintained|regained|detected|confirmed|experienced|described|sustained|diagnosed|registered|obtained)"
)
_HAPPENED = _ADVERB + r"(?:occurred|developed|arose|appeared|emerged|ensued|persisted)"
_MEASURED = (
    r"(?:was|were|numbered|came\s+to|stood\s+at|amounted\s+to|averaged|reached|totalled|remained|ranged|lasted|took|affected|fell|rose|dropped|"
    r"improved|increased|decreased|declined|changed|climbed|shortened)"
)
_SETTLED = r"(?P<verb>improved|worsened|normali[sz]ed|recovered|resolved|recurred|disappeared|healed)"
_FRAMES = tuple(
    re.compile(rf"{_CLAUSE}{_PHRASE}\s+(?:{verb})\b", re.IGNORECASE)
    for verb in (_SEEN, _HAPPENED, _MEASURED, _SETTLED)
)
_OCCURRING = re.compile(
    rf"{_CLAUSE}{_PHRASE}\s+(?:in\s+particular\s+)?(?:was|were)\s+(?:slightly\s+|significantly\s+)?more\s+(?:prevalent|common|frequent)\b"
    r"[^;.]{0,60}?,\s+(?:occurring|seen|observed|reported|found)\s+in\s+(?=\d)",
    re.IGNORECASE,
)
"""``Haematomas were more common with A, occurring in 12%``."""
_NOUNS = {
    "improved": "improvement in", "worsened": "worsening of", "normalized": "normalization of", "recovered": "recovery of",
    "resolved": "resolution of", "recurred": "recurrence of", "disappeared": "disappearance of", "healed": "healing of",
}  # fmt: skip
"""How an answer calls what happened to what is measured."""
_GAPPED = re.compile(
    rf"(?:,\s+(?:and\s+)?|\s\s+and\s+){_PHRASE}\s+(?:in|by|for)\s+(?=\d[\d.]*\s?(?:%|\s+(?:and|,|\.|$)|\s*\()|\d[\d.]*\s*$|\d[\d.]*\s*\.)"
)
"""``A occurred in 5%, B in 1%``: the verb stands once."""
_BESIDE = re.compile(
    rf"(?:{_CLAUSE}|\b(?:were|was|including|by)\s+){_PHRASE}\s*\((?=\d[\d.]*\s?%)", re.IGNORECASE
)
"""``headache (18%) and insomnia (11%)``."""
_UNITS = r"(?:%|\u00d7\s?10[^\s,;]*|[a-zA-Z\u00b5\u03bc]{1,5}/[\w\u00b2]+|points|mg|g|cm|mL)"
_BOUND = (
    r"(?:(?:[<>\u2264\u2265]|<=|>=)\s*|(?:at\s+least|more\s+than|less\s+than|below|above)\s+(?=\d))"
    rf"\d[\d.,]*(?:\s?{_UNITS})?"
)
_OVER = r"(?:\s+(?:over|within|for|at|by|in)\s+(?:any\s+|the\s+|a\s+)?\d+\s*-?\w+)?"
_CRITERION = re.compile(
    rf"{_CLAUSE}(?P<np>(?:{_WORD}\s+){{1,6}}?(?:of\s+)?{_BOUND}(?:\s+{_WORD}){{0,4}}?|(?:an?\s+)?{_BOUND}(?:\s+{_WORD}){{1,6}}?){_OVER}\s+{_SEEN}\b",
    re.IGNORECASE,
)
"""``an increase in haemoglobin of ≥ 2 g/dL was seen``: a measure with its bound."""
_MOVED = re.compile(
    rf"{_CLAUSE}(?P<np>(?:{_WORD}\s+){{1,5}}(?:fell|rose|dropped|decreased|increased|declined|improved)\s+by\s+{_BOUND})(?=\s+(?:in|among)\b)",
    re.IGNORECASE,
)
"""``serum tryptase fell by at least 50% in 81%``."""
_LASTING = re.compile(
    rf"\b(?P<np>(?:duration|length)\s+of\s+(?:{_WORD}\s+){{0,4}}?{_WORD}(?:\s+{_BOUND})?)\s+(?:was|were)\s+(?=\d)"
)
"""``the duration of neutropenia below 0.5 × 10⁹/L was 9 days``: a length of time with its bound."""
_ARTICLE = re.compile(r"^(?:an?|the|any)\s+", re.IGNORECASE)
_TIMED = frozenset("year years month months week weeks day days level levels value values dose".split())
_BORDER = re.compile(
    r"(?:^(?:by|of|in|for|to|from|with|on|at|more|less|most|not|or|and|nor|either|neither)\b|(?:\b(?:and|or|of|in|for|to|by|with|at|than)|ly)$)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ed|al|ic|ive|ous|able|ible|ent|ant|ing)$", re.IGNORECASE)
_STATE = re.compile(r"\s(?:disease|failure|remission|status)$", re.IGNORECASE)
"""What patients can have, and be told by: ``refractory disease in 1%``."""
_GRADED = re.compile(
    r"\bgrades?\s*(?:[<>\u2264\u2265]\s*)?[1-5IV]+(?:\s*(?:-|to|or|/)\s*(?:[1-5IV]+\b|higher|worse|above))?\s"
    r"|(?<!stage\s)(?<!stages\s)(?<!phase\s)(?<!type\s)\bI{1,3}[-/](?:II|III|IV|V)\b\s?\u00b0?\s",
    re.IGNORECASE,
)
_AT_TIME = re.compile(
    r"\s(?:at|by|within|through|until|up\s+to|during)\s+(?:(?:day|week|month|year)s?\s*\d+|\d+\s*-?(?:days?|weeks?|months?|years?)|"
    r"the\s+(?:first|second|third|fourth|last)\s+(?:day|week|month|year))(?=\s)",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    r"^\s*(?:during|throughout|over|within)\s+(?:the\s+)?(?:entire\s+|whole\s+)?(?:follow-?\s?up|study|observation|treatment)"
    r"(?:\s+(?:period|time|course))?(?=,?\s)",
    re.IGNORECASE,
)
"""``During the follow-up metastases developed in 14``: says when, and is no part of what happened."""
_LABEL = re.compile(r"\s*(?P<np>[^:;\d]{4,50}?)\s*:\s*(?=\d)")
"""``composite response: 7%`` in a cell."""
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
    "medians addition been exposed reason reasons cause causes".split()
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
_AGENTS = re.compile(r"\b(?:agents?|drugs?|regimens?|interventions?|treatments?)\s*$", re.IGNORECASE)
_DONE = re.compile(
    r"\s+(?:\w+ly\s+)?(?:given|administered|compared|combined|added|tested|evaluated|studied|infused|injected|started|stopped|withdrawn|"
    r"used|offered|continued|discontinued|dosed|assigned|randomi[sz]ed|scheduled|planned|performed|carried\s+out|defined|"
    r"estimated|measured|assessed|allowed|permitted|mandated|recommended|balanced)\b",
    re.IGNORECASE,
)
"""Behind ``was`` it tells what was done with a treatment."""
_MOST_WORDS = 6
_AHEAD_CHARS, _NEXT_CHARS = 90, 40
"""Characters behind a verb within which the figure stands; behind ``was`` it stands closer."""


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
        self._named = {t.key for name in names for t in tokens(name) if len(t.key) > 3}
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
            self._sentence(fold(sentence))
        for cell in cells:
            for item in re.split(r"[;\n]", fold(cell)):
                if match := _LABEL.match(item):
                    self._add(match["np"], _kind(item, match.end()))
        terms = {i: self._term(i, f) for i, f in self._found.items() if i not in self._vocabulary.measures}
        if not terms:
            return self._vocabulary
        return with_learnt(self._vocabulary, terms)

    def _sentence(self, text: str) -> None:
        bare = re.sub(r"\s*\([^()]*\)|\s*\[[^\]]*\]", lambda m: " " * len(m[0]), text)
        for match in _CRITERION.finditer(bare):
            self._add_criterion(match, text)
        for match in _MOVED.finditer(bare):
            self._add_criterion(match, text)
        for match in _LASTING.finditer(bare):
            known = self._matchers.measures.find(tokens(match["np"]))
            if not any(self._vocabulary.term(m.ids[0]).kind == "duration" for m in known):
                self._keep(match["np"], (match["np"],), "duration")
        bare = _MOVED.sub(lambda m: " " * len(m[0]), bare)
        bare = _GRADED.sub(lambda m: " " * len(m[0]), bare)
        bare = _AT_TIME.sub(lambda m: " " * len(m[0]), bare)
        bare = _THROUGHOUT.sub(lambda m: " " * len(m[0]), bare)
        for frame in _FRAMES:
            for match in frame.finditer(bare):
                if self._is_explained(text, match.end("np")):
                    continue
                verb = match.groupdict().get("verb") or ""
                kind = _kind(text, match.end(), prefer_rate=bool(verb))
                if verb not in {"improved", "worsened"} or kind == "rate":
                    self._add(match["np"], kind, verb)
        for match in (*_OCCURRING.finditer(bare), *_GAPPED.finditer(bare)):
            self._add(match["np"], "rate", gapped=True)
        for match in _BESIDE.finditer(text):
            words = match["np"].split()
            if len(words) <= 3 and not any(w.lower().endswith(("ed", "ing")) for w in words):
                self._add(match["np"], "rate")

    def _is_explained(self, text: str, end: int) -> bool:
        """``Deep responses (VGPR or better)``: whether a bracket behind a phrase says which known measure it is."""
        bracket = re.match(r"\s*\(([^()]*)\)", text[end:])
        return bracket is not None and bool(self._matchers.measures.find(tokens(bracket[1])))

    def _add_criterion(self, match: re.Match[str], text: str) -> None:
        """``Haemoglobin ≥ 12 g/dL was reached by 7%``: the bound is part of what was counted."""
        name = _ARTICLE.sub("", re.sub(r"\s+", " ", match["np"]).strip())
        kind = _kind(text, match.end(), prefer_rate=False)
        words = set(re.findall(r"[a-z-]+", name.lower()))
        if (
            kind in {"rate", "duration"}
            and not words & (_NEVER - _TIMED | {"grade", "grades", "aged"})
            and not self._named & {t.key for t in tokens(name)}
        ):
            shown = name[0].lower() + name[1:] if name[1:2].islower() else name
            self._keep(shown, (shown,), kind)

    def _add(self, phrase: str, kind: str, verb: str = "", *, gapped: bool = False) -> None:
        name = re.sub(r"\s+", " ", phrase).strip()
        while (short := _TOTAL.sub("", _TAIL.sub("", _LEAD.sub("", name)))) != name:
            name = short
        patients = gapped and _STATE.search(name) and self._matchers.populations.at(tokens(name), 0)
        if not kind or not (patients or self._is_new(name, verb)):
            return
        spelled = self._spelled(name)
        listed = name.lower() in self._short
        if (
            "," in spelled
            or DRUG.search(spelled)
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
        if DRUG.search(name):
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


def _kind(text: str, start: int, *, prefer_rate: bool = False) -> str:
    """The kind of measure that the first figure behind a verb is one of; "" where there is none."""
    ahead = text[start : start + _AHEAD_CHARS]
    if _DONE.match(ahead):  # "alphamab was given to 225 patients"
        return ""
    if re.search(r"\b(?:was|were)$", text[:start]):  # "crises were a disappointment" measures nothing
        ahead = re.split(r"[:;]", ahead)[0][:_NEXT_CHARS]
    end = re.search(r"[;.](?=\s|$)(?<!vs\.)", ahead)
    found = [s for s in numbers(ahead[: end.start()] if end else ahead) if s.kind == "value"]
    kinds = [k for k in map(_kind_of, found) if k]
    return "rate" if prefer_rate and "rate" in kinds else next(iter(kinds), "")


def _kind_of(value: Span) -> str:
    if value.unit in {"%", "patients"}:
        return "rate"
    if value.unit in TIME_UNITS or value.unit == "open":
        return "duration"
    return "amount" if value.unit in {"", "amount", "range"} else ""
