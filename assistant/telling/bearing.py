"""The verdict that one clause of a sentence bears on a question: Yes, No, or none where it leaves a word of the question over.

A clause bears it where it says every word of the question beside the study's own names, in its own, a like or the opposite word. Which
of the two then follows from what both deny, which end of a scale both name, and what the clause leaves out or open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Passage
from assistant.names.model import Name
from assistant.question.reader import Ask
from assistant.selection import grade_range
from assistant.spans.scan import scan
from assistant.telling.entailing import DENIAL, OPEN, SENSES, is_narrower
from assistant.telling.wordmatch import WordMatch
from assistant.text.text import Token, fold, is_negated_word, key_of, tokens
from assistant.vocabulary.wording import any_of

_UNSUITED = re.compile(
    r"\b(?:why|how|which|what|who|whom|than|rather|instead|whether|should|would|will|might|most\w*|majority|minority|half|thirds?|quarters?"
    r"|percent|nearly|almost|about|around|roughly|at least|at most|more|less|fewer|both|between|versus|vs|compared?|comparable|same|equal\w*"
    r"|differ\w*|similar\w*|as \w+ as)\b|%",
    re.IGNORECASE,
)
"""Asks for more than whether something was so, or for a comparison that figures decide."""
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_PARTS = re.compile(
    r"\s*[;:]\s+|,?\s+(?=(?:but|whereas|while|although|though|yet)\b)|,\s+(?=(?:which|whose)\b)"
    r"|,?\s+and\s+(?=(?:\d+|(?:the )?(?:others?|rest|remaining \w+)|none|two|three|four|five) (?:did|was|were|had|have)\b)"
    r"|,?\s+and\s+(?=(?:absent|was|were|did|had|is|are|has|so|in|of|not|no|yet|still|loss|lack|gain|absence|reactivation|its?|this|these"
    r"|their|they)\b)"
)
"""Where a clause ends."""
_AHEAD = re.compile(
    r"(?:because|as|since|when|although|though|while|whereas|after|once|if|unlike)\b[^,;:]*,\s+", re.IGNORECASE
)
"""A clause that goes before the main one."""
_TAKES_UP = re.compile(
    r"^(?:(?:but|and|although|though|whereas|while|yet)\s+)?(?:this|these|those|they|it|its|their|which|whose)\b|\beither\b"
    r"|\b(?:in|of) (?:all|both|none|each|any)\W*$|\b(?:did|do|does|was|were|is|are|had|has|have) not\W*$",
    re.IGNORECASE,
)
"""Goes on about what was named before."""
_ADDS = re.compile(r"^(?:although|though)\b", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:besides?|other than|apart from|except(?: for)?|aside from|in addition to)\b", re.IGNORECASE
)
_ALONE = re.compile(
    r"\b(?:the (?:only|one|sole|single)|only one|no other|(?:only|sole) \w+ (?:agent|drug))\b", re.IGNORECASE
)
_EVERY = re.compile(r"(?<!-)\b(?:(?-i:[Aa]ll)|every\w*|each|always|entire\w*|whole)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|solely|exclusively|restricted|limited)\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:with the exception of|except(?:ing| for)?|all but|save for|apart from|other than)\b", re.IGNORECASE
)
_CAPPED = re.compile(
    r"\b(?:all|always|every|never (?:above|over|exceed\w*|higher|more)|none (?:above|over|higher)|no (?:higher|more)|only|at most"
    r"|exclusively|maximum|max)\b",
    re.IGNORECASE,
)
"""Says that no grade was higher."""
_NOT = re.compile(
    r"\b(?:not|never|no|none|nobody|without|neither|nor|cannot)\b|n't\b", re.IGNORECASE
)
"""What a question denies."""
_FORGOES = re.compile(r"\b(?:skip\w*|avoid\w*|forgo\w*|spare[ds]?)\b", re.IGNORECASE)
"""Denies by a word of its own, which a clause may say, too."""
_NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely)\b|\bno (?:more|less|fewer|later) than\b|\bwhether or not\b", re.IGNORECASE
)
_WHATEVER = re.compile(r"\b(?:regardless|irrespective|independent(?:ly)?) of\b", re.IGNORECASE)
_SUCH = re.compile(r"\b(?:these|those|such|them|they|which)\b", re.IGNORECASE)
_ANDS = re.compile(r",\s+and\s+")
_HEDGED = re.compile(
    r"\b(?:may|might|possibly|perhaps|probably|suggest\w*|tended|trend|numerically|presumabl\w+|likely|expected|hypothe\w+)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:may|might|can|could|possibl[ey]|able)\b", re.IGNORECASE)
_DUE = any_of(
    r"\b(?:must|needs? to|has to|have to|had to|yet to|remains? to) (?:still )?(?:be )?\w+",
    r"\bstill (?:has|have|needs?) to\b",
    r"\b(?:scheduled|planned|awaited|pending|is to (?:begin|start|open)|about to (?:begin|start|open)|will (?:begin|start|open))\b",
)
"""Says of something that it was still to be done."""
_DONE = re.compile(
    r"\b(?:already|yet|so far|by now|ever|has|have|been|proven|shown|established|confirmed)\b", re.IGNORECASE
)
_TRIED = frozenset(map(key_of, "test tested trial try tried give given use used study studied treat treated".split()))
_STATES = (
    *SENSES,
    (
        any_of(
            r"\b(?:retain\w*|preserv\w+|maintain\w*|kept|unaffected|intact|unchanged|persist\w*|remain\w* (?:present|detectable)"
            r"|still (?:there|present|detectable|expressed|around|on|visible|seen))\b"
        ),
        any_of(r"\b(?:los[est]\w*|loss|disappear\w*|vanish\w*|gone|down-?regulated)\b"),
    ),
    (
        any_of(r"\b(?:active|alive|functional|functioning|competent)\b"),
        any_of(r"\b(?:inactive|dead|inert|non-?functional|defective|deficient)\b"),
    ),
    (any_of(r"\b(?:long|lengthy|mature)\b"), any_of(r"\b(?:short|brief|immature)\b")),
    (any_of(r"\b(?:present|detect\w*|visible)\b"), any_of(r"\b(?:absent|undetect\w*|invisible)\b")),
)
"""Words for the two ends of a scale."""
_IDLE = frozenset(
    key_of(w)
    for w in (
        "a an the this that these those it its they their them there he she we our us his her one ones some any anyone anybody someone "
        "somebody something anything thing such own itself themselves "
        "is are was were be been being am do does did done doing has have had having can could may get gets got getting become became "
        "to of in on for with by at from into onto over under among within upon via out up off as and or but so if than then when while "
        "where along together alongside through during per not no never none nobody without neither nor yes n't s t "
        "way ways kind sort form type part human humans cell cells also too even just really actually indeed still already yet ever very quite well ok okay please say says said think thinks "
        "thought believe claim claims tell tells told report reports reported state states stated call called show shows showed shown "
        "mean means describe described mention mentioned right correct true confirm so far now "
        "patient patients people person persons subject subjects participant participants case cases individual individuals those "
        "study studies trial trials review article paper letter abstract report author authors series cohort group groups arm arms "
        "subgroup investigators researchers et al colleagues treatment therapy drug product work works worked make makes made "
        "look looked seem seemed appear appeared fare fared go went gone happen happened occur occurred see seen turn turned "
        "only solely exclusively give gives given received receive take takes taken took use uses used come comes came put"
    ).split()
)
"""What a question may say and a clause need not."""
_WORDS_FOR = dict(zip("one two three four five six seven eight nine ten".split(), map(str, range(1, 11)), strict=True))
_STARTED = frozenset(map(key_of, "start started begin began begun given give".split()))
_CHANGE = re.compile(r"(?:mutations?|variants?|changes?|alterations?|substitutions?|mutants?)", re.IGNORECASE)
_ORDER = re.compile(r"\b(?P<word>before|after|prior to|following)\b", re.IGNORECASE)
_NEAR = 5
"""Words behind a denial that it may be of."""


def borne(desk: Desk, matching: WordMatch, ask: Ask, passage: Passage, special: Collection[str] = ()) -> str:
    """``Yes`` or ``No`` where a clause of a passage decides a question; "" where none does, or clauses differ.

    Args:
        desk: the review's facts and words.
        matching: compares words.
        ask: the question.
        passage: a sentence, or a cell in words.
        special: keys of names that a clause must hold although they are part of the name of the study's treatment.
    """
    focus = fold(ask.focus)
    if _UNSUITED.search(focus) or (_OR.search(focus) and not ask.grade):
        return ""
    question = _Question(desk, matching, ask, passage, focus, frozenset(special))
    found, before = set[str](), ""
    for clause in clauses(passage.text):
        if verdict := question.verdict(clause, before):
            found.add(verdict)
        before = f"{before} {clause}"
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class _Question:
    """What a question says that a clause must say, too."""

    desk: Desk
    matching: WordMatch
    ask: Ask
    passage: Passage
    focus: str
    special: frozenset[str]

    def verdict(self, clause: str, before: str) -> str:
        """What a clause says to it; "" for nothing.

        Args:
            clause: the clause.
            before: the sentence up to it.
        """
        if self.ask.grade:
            return self._graded(clause, before)
        state = self._state(clause)
        due = bool(_DUE.search(clause))
        if state is None or self._is_of_others(clause) or (OPEN.search(clause) and not OPEN.search(self.focus)):
            return ""
        turned, said = state
        keys = [k for k in self.keys() if k not in said and not (k in _TRIED and (due or self._is_tried(clause)))]
        if not self._is_told(keys, clause, before, bool(said) or due):
            return ""
        if (order := self._order(clause)) <= 0:
            return "No" if order < 0 and not _NOT.search(self.focus) and not DENIAL.search(clause) else ""
        if BESIDE.search(self.focus):
            return "No" if _ALONE.search(clause) and not DENIAL.search(clause) else ""
        if due or _DUE.search(self.focus):
            return self._of_the_due(due)
        return self._judged(keys, clause, before, turned)

    def _forgone(self) -> set[str]:
        return {t.key for m in _FORGOES.finditer(self.focus) for t in tokens(m[0])}

    def _judged(self, keys: list[str], clause: str, before: str, turned: bool) -> str:
        """The verdict of a clause that says it all, by what both deny."""
        whole = f"{before} {clause}"
        every = bool(_EVERY.search(self.focus))
        if excepted := _EXCEPT.search(clause):
            behind = " ".join(t.text for t in tokens(clause[excepted.end() :])[:_NEAR])
            apart = any(self._held(k, behind) and not self._held(k, clause[: excepted.start()]) for k in keys)
            return "No" if (every or apart) and not _NOT.search(self.focus) else ""
        if _ONLY.search(self.focus) and _WHATEVER.search(clause) and not _NOT.search(self.focus):
            return "No"
        if (every and not _EVERY.search(clause)) or (_HEDGED.search(clause) and not _POSSIBLE.search(self.focus)):
            return ""
        asked_not = len(_NOT.findall(self.focus)) + bool(self._forgone() and not _FORGOES.search(whole))
        if asked_not and _WHATEVER.search(clause):
            return "Yes" if re.search(r"\bwithout\b", self.focus) and asked_not == 1 else ""
        said_not = self._denials(keys, clause)
        if said_not is None or asked_not > 1 or (every and (asked_not or said_not)):
            return ""
        so = (asked_not == 1) == said_not
        so = so != turned
        return "" if so and is_narrower(self.focus, clause) else "Yes" if so else "No"

    def _of_the_due(self, due: bool) -> str:
        """The verdict where something is still to be done, or asked to be."""
        asked = bool(_DUE.search(self.focus))
        if asked and due:
            return "" if _NOT.search(self.focus) else "Yes"
        return "No" if due and _DONE.search(self.focus) and not _NOT.search(self.focus) else ""

    def _graded(self, clause: str, before: str) -> str:
        """``No`` where a clause caps the grades below the one asked for."""
        part = next((p for p in _ANDS.split(clause) if _CAPPED.search(p)), clause)
        grades = [s.ids[0] for s in scan(part, self.desk.review.reader.matchers) if s.kind == "grade"]
        if not grades or not _CAPPED.search(part) or _NOT.search(self.focus) or _EVERY.search(self.focus):
            return ""
        keys = [k for k in self.keys() if k not in {"grade", "severe", "high"} and not k.isdigit()]
        whole = f"{before} {clause}" if _SUCH.search(part) else part
        if not keys or not all(self._held(k, whole) for k in keys):
            return ""
        highest = max(grade_range(g)[1] for g in grades)
        return "No" if highest < grade_range(self.ask.grade)[0] else ""

    @staticmethod
    def _is_tried(clause: str) -> bool:
        return bool(_TRIED & {t.key for t in tokens(clause)})

    def keys(self) -> list[str]:
        """Keys of the words that a clause must say."""
        names = self.matching.own_names(self.ask, self.passage)
        names |= {t.key for n in self._of_study() for t in tokens(n.text)}
        names -= self.special
        words = [w for w in tokens(self.focus) if not (_NOT.fullmatch(w.text) or _EVERY.fullmatch(w.text))]
        if BESIDE.search(self.focus):
            names = set()
        names |= self._forgone()
        if _ORDER.search(self.focus):
            words = [w for w in words if w.key not in _STARTED and not _ORDER.fullmatch(w.text)]
        if (order := _ORDER.search(self.focus)) and self._is_after_all(order.end()):
            words = [w for w in words if w.start < order.start()]
        found = [
            w.key
            for n, w in enumerate(words)
            if w.key not in _IDLE | names and not w.text.endswith("n't") and not _is_of_name(words, n)
        ]
        return [k for k in dict.fromkeys(found) if k not in {"beside", "havent"}]

    def _of_study(self) -> list[Name]:
        """Names in the question that tell the passage's study, and say nothing of it."""
        firm = self.ask.named.of("number", "author", "nct")
        return [n for n in self.ask.named.names if n in firm or (self._study and self._study in n.studies)]

    def _is_known(self, key: str, clause: str) -> bool:
        """Whether a word goes before a name, or before a word that a clause holds, and is said of the whole study: ``donor X cells``."""
        part = {t.key for label, ids in self.ask.groups if not ids <= self._everyone for t in tokens(label)}
        if key in self.special | part or key not in self._introduced:
            return False
        words = tokens(self.focus)
        place = next(n for n, w in enumerate(words) if w.key == key)
        names = {t.key for n in self.ask.named.names for t in tokens(n.text)}
        for word in words[place + 1 : place + 3]:
            if word.key in names or (word.key not in _IDLE and self._held(word.key, clause)):
                return True
            if word.key in _IDLE or _ORDER.fullmatch(word.text):
                return False
        return False

    @property
    def _everyone(self) -> frozenset[str]:
        """Ids of what all patients of the passage's study were."""
        return self.desk.review.populations.get(self._study, frozenset())

    @property
    def _introduced(self) -> frozenset[str]:
        """Keys of the words that introduce the passage's study."""
        return self.matching.introduced.get(self._study, frozenset())

    @property
    def _study(self) -> str:
        return self.passage.studies[0] if self.passage.studies else ""

    def _held(self, key: str, text: str) -> bool:
        if key.isdigit() or key in _WORDS_FOR:
            number = _WORDS_FOR.get(key, key)
            return number in {_WORDS_FOR.get(t.key, t.key) for t in tokens(text)}
        return self.matching.is_in(self.ask, key, text) and not is_negated_word(
            frozenset({key}), self.matching.words(text).keys
        )

    def _is_told(self, keys: list[str], clause: str, before: str, state: bool) -> bool:
        """Whether a clause says all the words, or takes up what was said before it and adds the rest."""
        if not keys:
            return state or bool(_ORDER.search(self.focus))
        keys = [k for k in keys if self._held(k, clause) or not self._is_known(k, clause)]
        held = [k for k in keys if self._held(k, clause)]
        if len(held) == len(keys):
            return True
        takes_up = bool(_TAKES_UP.search(clause)) or (bool(_ADDS.search(clause)) and 2 * len(held) >= len(keys))
        new = state or any(not self._held(k, before) for k in held)
        return takes_up and new and all(k in held or self._held(k, before) for k in keys)

    def _state(self, clause: str) -> tuple[bool, set[str]] | None:
        """Whether a clause names the other end of the scales that the question names, and keys of its words for them; None for no end."""
        turned, said = False, set[str]()
        for high, low in _STATES:
            asked = bool(high.search(self.focus)) - bool(low.search(self.focus))
            told = bool(high.search(clause)) - bool(low.search(clause))
            if asked and told:
                turned = turned != (asked != told)
                said |= {t.key for p in (high, low) for m in p.finditer(self.focus) for t in tokens(m[0])}
            elif asked and any(high is h for h, _ in SENSES):
                return None
        return turned, said

    def _is_of_others(self, clause: str) -> bool:
        """Whether a clause is on patients or one arm that the question does not name."""
        arms = self.desk.review.arms.get(self._study, {})
        populations = self.desk.vocabulary.populations
        asked = {i for _, ids in self.ask.groups for i in ids} | self._everyone
        asked |= {populations[i].opposite for i in asked if i in populations}
        groups = [g for g in self.desk.review.reader.groups(clause, arms) if not set(g.ids) <= asked]
        own = {frozenset(g.ids) for g in groups} & set(arms.values())
        if len(own) > 1 and len(own) == len(set(arms.values())):
            groups = [g for g in groups if frozenset(g.ids) not in own]
        said = [t.key for t in tokens(self.focus) if t.key not in _IDLE]
        return bool(self._study) and any(not any(self._held(k, g.text) for k in said) for g in groups)

    def _denials(self, keys: list[str], clause: str) -> bool | None:
        """Whether a clause denies it; None where it denies something else, or denies twice."""
        text = _NOT_ONLY.sub(" ", clause)
        found = list(DENIAL.finditer(text))
        if not found:
            return False
        if len(found) > 1:
            return None
        behind = [t for t in tokens(text) if t.start >= found[0].end()][:_NEAR]
        near = " ".join(t.text for t in behind)
        return True if not behind or not keys or any(self._held(k, near) for k in keys) else None

    def _is_after_all(self, end: int) -> bool:
        """Whether a question only says that it was after the study's treatment: ``was B7 lost after the infusion of X``."""
        names = {t.key for n in self.ask.named.names for t in tokens(n.text)} | self._introduced
        return all(t.key in names | _IDLE for t in tokens(self.focus[end:]))

    def _order(self, clause: str) -> int:
        """1 where a clause sets the same things before and after each other as the question does, -1 the other way round, 0 where it does not."""
        asked = _ORDER.search(self.focus)
        if asked is None or (self.keys() and self._is_after_all(asked.end())):
            return 1
        said = _ORDER.search(clause)
        if said is None or said["word"].lower() != asked["word"].lower():
            return 0
        mine = (self.focus[: asked.start()], self.focus[asked.end() :])
        its = (clause[: said.start()], clause[said.end() :])
        if all(map(self._shares, mine, its)):
            return 1
        return -1 if all(map(self._shares, mine, its[::-1])) else 0

    def _shares(self, here: str, there: str) -> bool:
        """Whether a part of the question and a part of a clause speak of one thing, by its name where it has one."""
        words = [t for t in tokens(here) if t.key not in _IDLE | _STARTED]
        names = {t.key for n in self.ask.named.names for t in tokens(n.text)}
        named = [t for t in words if t.key in names]
        return any(self._held(t.key, there) for t in named or words)


def _is_of_name(words: Sequence[Token], place: int) -> bool:
    """Whether a word only says what the mutation named before it is: ``the X12Y change``."""
    before = words[place - 1].text if place else ""
    return bool(_CHANGE.fullmatch(words[place].text)) and any(c.isdigit() for c in before)


def clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence, without what stands in brackets."""
    text = _BRACKETS.sub("", fold(text)).strip(" .")
    if first := _AHEAD.match(text):
        yield first[0].rstrip(" ,")
        text = text[first.end() :]
    yield from _PARTS.split(text)
