"""``No:`` where a study's sentence says in words that there was no difference, no significance, or no result as yet.

``Was the benefit significant after reduced conditioning, too?`` is answered by ``… and was not significant after reduced
conditioning``, not by the p-value of all patients; ``is survival mature?`` by ``survival data were immature``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.thing_told import ThingTold, keys_of
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.judging.weighing import MEANT
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.shortened import shortest, without_figures
from assistant.telling.thing import OF_STUDY
from assistant.text.text import fold, key_of, tokens

_YET = re.compile(
    r"\b(?:yet|already|so far|by now|matured?|mature enough|available|results?|data)\b", re.IGNORECASE
)
_IMMATURE = re.compile(
    r"\b(?:immature|premature|too early|awaited|pending|not (?:yet |been |been yet )*(?:mature|presented|reported|available"
    r"|evaluable|estimable|released"
    r"|shown|analy[sz]ed|tested)|(?:was|were|is|are|has|have) not (?:yet )?(?:been )?(?:mature|presented|reported|available"
    r"|released|analy[sz]ed)"
    r"|remains? to be)\b",
    re.IGNORECASE,
)
"""Says that there is no result as yet."""
_DIFFERENCE = re.compile(
    r"\b(?:differ\w*|significan\w+|(?:more|less) (?:frequent|common|often|likely|effective)\w*|higher|lower|better|worse|longer"
    r"|shorter|superior|inferior"
    r"|fewer|greater|benefit\w*|advantage|improve\w*|prolong\w*)\b",
    re.IGNORECASE,
)
"""Asks for a difference."""
_EFFECT = re.compile(
    r"\b(?:affect\w*|influenc\w*|impact\w*|matter(?:ed|s)?|lower(?:ed|s)|reduc\w+|rais(?:e|es|ed)|increas\w+|decreas\w+"
    r"|cut|chang(?:e|es|ed)"
    r"|impair\w*|worsen\w*|predict\w*|(?:associated|correlated|linked) with|depend(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Asks for the effect of one thing on another."""
_LIKENESS = re.compile(
    r"\b(?:equal(?:ly)?|the same|similar(?:ly)?|comparabl[ey]|alike|(?:about |just |roughly )?as (?:common|frequent"
    r"|often|high|low|many|good"
    r"|likely|long|effective|rare)(?:ly)?)\b",
    re.IGNORECASE,
)
"""Asks whether there was none."""
_NONE = re.compile(
    r"\b(?:no|without (?:an?|any)) (?:(?:statistically|clinically|meaningful|significant|relevant|clear|apparent"
    r"|such|survival|[A-Z]*[OPEDR]FS|OS|response|CR)\s)*(?:difference|benefit|advantage|improvement)\b"
    r"|\b(?:equally (?:frequent|common|often|likely|effective|high|low|good|long)|indistinguishable)\b"
    r"|\b(?:did|do|does) not (?:\w+ )?(?:differ|reach|attain|improve|prolong|translate|benefit)|\bnot (?:statistically "
    r")?(?:significant\w*|different)"
    r"|\b(?:was|were) not\b(?=\s*(?:[(\[,;.]|$))|\bfailed to (?:reach|show|improve|prolong)|\b(?:was|were|is|are|remained) "
    r"(?:\w+ )?(?:similar|comparable|alike|identical)\b"
    r"|\bwithout (?:reaching )?(?:statistical )?significance\b",
    re.IGNORECASE,
)
"""Says that there was none."""
_NO_EFFECT = re.compile(
    r"\b(?:did|do|does) not (?:\w+ )?(?:affect|influence|impact|change|alter|depend|predict|correlate|lower|reduce"
    r"|raise|increase|impair|worsen"
    r"|matter)\b|\b(?:no|little|without(?: an?| any)?) (?:\w+ )?(?:influence|effect|impact|bearing|association)\b"
    r"|\b(?:was|were|is|are) not (?:\w+ )?(?:associated|correlated|linked|affected|influenced|predictive|changed|altered)\b"
    r"|\b(?:regardless|irrespective|independent(?:ly)?) of\b",
    re.IGNORECASE,
)
"""Says that there was no effect."""
_CLAUSES = re.compile(
    r"\s*;\s+|,?\s+(?=(?:whereas|while|but|although|though|however)\b)|\s+(?=and (?:was|were|did|had|is) not\b)"
)
_ASKING = frozenset(
    map(
        key_of,
        "significant significantly difference different differ more less frequent frequently common commonly often likely higher "
        "lower better worse longer "
        "shorter superior inferior fewer greater benefit advantage improve improved prolong prolonged also too still even "
        "between than versus vs compared "
        "yet already far now mature matured enough available result data any there rate first line after with in".split(),
    )
)
_DENIED = re.compile(r"\b(?:not|no|never|without|neither)\b|n't\b", re.IGNORECASE)
_STATISTICS = frozenset({"p_value", "HR", "OR", "RR", "CI"})
_BOTH = re.compile(r"\b(?:the two|both|between them)\b", re.IGNORECASE)
_STRATUM = re.compile(
    r"\b(?:in|within|among|for|of) (?:the )?(?P<what>[\w/+-]+(?: [\w/+-]+)?) (?:strat(?:um|a)|sub-?groups?|subsets?)\b",
    re.IGNORECASE,
)
_WITH_AND_WITHOUT = re.compile(
    r"\bwith(?:out)?(?:,? (?:and|or|as|than|vs\.?|versus))? (?:\w+ )?with(?:out)?\b", re.IGNORECASE
)
"""Names both arms of a study by what one of them had."""
_TAKES_UP = re.compile(
    r"^\s*and (?:was|were|did|had|is) not\b|\b(?:difference|benefit|advantage|latter|which|this|it|they|both|two)\b",
    re.IGNORECASE,
)
"""Goes on about the outcome that was named before."""


def keys_of_text(text: str) -> set[str]:
    """Keys of the words of a text."""
    return {t.key for t in tokens(text)}


class NotSo:
    """Tells where a sentence denies in words what is asked.

    Args:
        desk: the review's facts and words.
        describer: compares words, quotes sentences.
        teller: knows what is said of each study.
    """

    def __init__(self, desk: Desk, describer: Describer, teller: ThingTold) -> None:
        self.desk, self.describer, self.teller = desk, describer, teller

    def answer(self, ask: Ask) -> Draft | None:
        """``No:`` with the sentence, or ``Yes:`` where likeness is asked; None where none says so or no such thing is asked."""
        refused = ask.advice or ask.injected or ask.named.missing or ask.translated or ask.unheard
        claims = any(v.total is None for v in ask.values)  # "9/10" may name donors
        if (
            refused
            or claims
            or not ask.has("yes_no")
            or ask.has("why", "count_studies", "list", "definition")
        ):
            return None
        if not ask.studies or _DENIED.search(_WITH_AND_WITHOUT.sub(" ", ask.focus)):
            return None
        if not any(p.search(ask.focus) for p in (_YET, _DIFFERENCE, _EFFECT, _LIKENESS)):
            return None
        asked = _Asked(self, ask)
        found = [(p, part) for p in self._pool(ask) if (part := asked.denied_in(p))]
        if not found or len({p.studies[0] for p, _ in found}) > 1:
            return None
        passage, part = found[0]
        kept = shortest(
            passage.text, lambda text: part in fold(text) and asked.speaks_of(text, passage.studies[0])
        )
        line = self.describer.quoting(passage, without_figures(kept))
        word = "Yes" if _LIKENESS.search(ask.focus) else "No"
        return replace(
            answered([replace(line, text=f"{word}: {line.text}", facts=())], passage.studies[:1]), told=True
        )

    def _pool(self, ask: Ask) -> Iterator[Passage]:
        """The sentences of the studies asked about that all its names may be of."""
        names = keys_of(ask.named.of("agent", "code")) - self.desk.vocabulary.scaffold
        for passage in self.desk.review.passages:
            if (
                passage.locator.kind is Kind.SENTENCE
                and passage.studies
                and passage.studies[0] in ask.studies
            ):
                firm = len(ask.studies) == 1 or names <= self.teller.said_of(passage.studies[0])
                if firm:
                    yield passage


class _Asked:
    """What a question of yes or no asks of whom.

    Args:
        owner: knows the review.
        ask: the question.
    """

    def __init__(self, owner: NotSo, ask: Ask) -> None:
        self.ask, self.owner = ask, owner
        self.desk, self.matching = owner.desk, owner.describer.matching
        given = {m for s in ask.studies for m in owner.desk.selector.measures_of(s)}
        meant = {m for pattern, m in MEANT if pattern.search(ask.focus)}
        self.outcomes = {m for m in ask.measures if m not in _STATISTICS} or meant
        self.outcomes = {m for m in self.outcomes if m in given or m not in owner.desk.vocabulary.learnt}
        self.differs = bool(_DIFFERENCE.search(ask.focus) or _LIKENESS.search(ask.focus))
        self.effect = _EFFECT.search(ask.focus)
        named = keys_of(n for n in ask.named.names if n.kind != "topic")
        short, long = self._short_forms()
        empty = _ASKING | OF_STUDY | self.desk.vocabulary.scaffold
        empty |= {k for k, term in ask.aliases if term in ask.measures}
        empty |= {t.key for m in _EFFECT.finditer(ask.focus) for t in tokens(m[0])}
        self.idle = empty
        idle = named | long | empty
        self.keys = [k for k in ask.content if k not in idle and not k.isdigit()]
        self.keys += [k for k in short if k not in named]

    def denied_in(self, passage: Passage) -> str:
        """The clause in which a sentence denies it; "" where none does."""
        study, before = passage.studies[0], ""
        for clause in _CLAUSES.split(fold(passage.text)):
            none = (self.differs and _NONE.search(clause)) or (
                self.effect and self._is_without_effect(clause)
            )
            if (_IMMATURE.search(clause) and self.outcomes and self._names(clause)) or (
                none and self._is_of_it(clause, before, study) and self.speaks_of(passage.text, study)
            ):
                return clause.strip(" .")
            before = f"{before} {clause}"
        return ""

    def _is_without_effect(self, clause: str) -> bool:
        """Whether a clause says that what the question names had no effect."""
        if not _NO_EFFECT.search(clause) or self.effect is None:
            return False
        head = keys_of_text(self.ask.focus[: self.effect.start()])
        first = [k for k in self.ask.content if k in head and k not in self.idle]
        return all(self.matching.is_in(self.ask, k, clause) for k in (*self.keys, *first))

    def speaks_of(self, text: str, study: str) -> bool:
        """Whether a text has the words of the question that what is said of the study elsewhere has not."""
        own = self.owner.teller.said_of(study)
        return all(k in own or self.matching.is_in(self.ask, k, text) for k in self.keys)

    def _is_of_it(self, clause: str, before: str, study: str) -> bool:
        """Whether a clause is on the outcome and the very patients asked about."""
        arms = self.desk.review.arms.get(study, {})
        own = set(arms.values())
        parts = [label for label, ids in self.ask.groups if ids not in own]
        parts = [p for p in parts if keys_of_text(p) - self._common(study)]
        if own and _WITH_AND_WITHOUT.search(self.ask.focus):
            parts = []
        if parts:
            both = len(parts) > 1 and bool(_BOTH.search(clause))
            inside = both or all(self._is_in(label, clause) for label in parts)
        else:
            held = [g for g in self.desk.review.reader.groups(clause, arms) if frozenset(g.ids) not in own]
            inside = all(set(g.ids) <= self.desk.review.populations.get(study, frozenset()) for g in held)
        inside = inside and self._of_stratum(clause)
        strata = [k for k in self.keys if not self.matching.is_in(self.ask, k, clause)]
        inside = inside and not [k for k in strata if k in self._short_forms()[0]]
        if self.outcomes:
            return inside and (
                self._names(clause) or (bool(_TAKES_UP.search(clause)) and self._names(before))
            )
        return (
            inside
            and bool(self.keys)
            and any(self.matching.is_in(self.ask, k, clause + before) for k in self.keys)
        )

    def _of_stratum(self, clause: str) -> bool:
        """Whether a clause and the question name the same stratum, or neither names one."""
        said = {t.key for t in tokens(self.ask.focus)} | self._short_forms()[0]
        told = all(
            keys_of_text(m["what"]) - self.desk.vocabulary.scaffold <= said for m in _STRATUM.finditer(clause)
        )
        asked = [
            keys_of_text(m["what"]) - self.desk.vocabulary.scaffold
            for m in _STRATUM.finditer(fold(self.ask.focus))
        ]
        return told and all(a <= keys_of_text(clause) for a in asked)

    def _common(self, study: str) -> set[str]:
        """Keys of what is said of all patients of a study, and of its arms."""
        labels = self.desk.review.arms.get(study, {})
        return {t.key for label in labels for t in tokens(label)} | self.desk.vocabulary.scaffold

    def _names(self, text: str) -> bool:
        terms = self.matching.words(text).terms
        plain = {t.removeprefix("median_") for t in terms}
        return all(m.removeprefix("median_") in plain for m in self.outcomes)

    def _is_in(self, label: str, text: str) -> bool:
        keys = keys_of_text(label) - self.desk.vocabulary.scaffold - _ASKING
        return bool(keys) and all(self.matching.is_in(self.ask, k, text) for k in keys)

    def _short_forms(self) -> tuple[set[str], set[str]]:
        """Keys of the review's short forms whose full forms the question says, and keys of these."""
        said = {t.key for t in tokens(self.ask.focus)}
        forms = self.desk.review.raw.abbreviations
        asked = set(said)
        plural = {k.removesuffix("s") for k in said}
        said |= {
            k for form, meaning in forms.items() if key_of(form) in plural for k in keys_of_text(meaning)
        }
        short, long = set[str](), set[str]()
        for form, meaning in forms.items():
            words = keys_of_text(meaning)
            if len(words) > 1 and words <= said and not keys_of_text(form) <= asked:
                short |= keys_of_text(form)
                long |= (
                    words
                    | {k for k in plural if k in keys_of_text(form)}
                    | {f"{k}s" for k in keys_of_text(form)}
                )
        return short, long
