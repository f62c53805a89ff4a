"""The verdict that one clause of a sentence bears on a question: Yes, No, or none where it leaves a word of the question over.

A clause bears it where it says every word of the question beside the study's own names, in its own, a like or the opposite word. Which
of the two then follows from what both deny, which end of a scale both name, and what the clause leaves out or open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Passage
from assistant.names.model import Name
from assistant.question.reader import Ask
from assistant.selection import grade_range
from assistant.spans.scan import scan
from assistant.telling.entailing import DENIAL, OPEN, SENSES, is_narrower
from assistant.telling.verdict_words import (
    ADDS,
    ALONE,
    ANDS,
    BARE_WITHOUT,
    BESIDE,
    CAPPED,
    CHANGE,
    COMMAS,
    COUNTED,
    DONE,
    DUE,
    EVERY,
    EXCEPT,
    EXCLUDED,
    FORGOES,
    GOES_ON,
    GRADING,
    HEDGED,
    MARKER,
    NEAR,
    NEARLY,
    NEVER_GRADED,
    NEXT,
    NON,
    NOT,
    NOT_ONLY,
    ONLY,
    OR,
    ORDER,
    POSSIBLE,
    STAGES,
    STARTED,
    STATES,
    SUCH,
    SWAYS,
    TAKEN_IN,
    TAKES_UP,
    TRIED,
    UNSUITED,
    WHATEVER,
    WORDS_FOR,
    clauses,
)
from assistant.telling.wordmatch import WordMatch
from assistant.text.idle import IDLE, PEOPLE
from assistant.text.text import Token, fold, is_negated_word, tokens


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
    if UNSUITED.search(focus) or (OR.search(focus) and not ask.grade):
        return ""
    question = _Question(desk, matching, ask, passage, focus, frozenset(special))
    if verdict := question.of_exclusion():
        return verdict
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
        due = bool(DUE.search(clause))
        if (
            state is None
            or self._is_of_others(clause)
            or (OPEN.search(clause) and not OPEN.search(self.focus))
        ):
            return ""
        turned, said = state
        keys = [
            k for k in self.keys() if k not in said and not (k in TRIED and (due or self._is_tried(clause)))
        ]
        if not self._is_told(keys, clause, before, bool(said) or due):
            return ""
        if (order := self._order(clause)) <= 0:
            return "No" if order < 0 and not NOT.search(self.focus) and not DENIAL.search(clause) else ""
        if BESIDE.search(self.focus):
            return "No" if ALONE.search(clause) and not DENIAL.search(clause) else ""
        if due or DUE.search(self.focus):
            return self._of_the_due(due)
        return self._judged(keys, clause, before, turned)

    def _forgone(self) -> set[str]:
        return {t.key for m in FORGOES.finditer(self.focus) for t in tokens(m[0])}

    def _judged(self, keys: list[str], clause: str, before: str, turned: bool) -> str:
        """The verdict of a clause that says it all, by what both deny."""
        whole = f"{before} {clause}"
        every = bool(EVERY.search(self.focus))
        if excepted := EXCEPT.search(clause):
            behind = " ".join(t.text for t in tokens(clause[excepted.end() :])[:NEAR])
            apart = any(self._held(k, behind) and not self._held(k, clause[: excepted.start()]) for k in keys)
            return "No" if (every or apart) and not NOT.search(self.focus) else ""
        if ONLY.search(self.focus) and WHATEVER.search(clause) and not NOT.search(self.focus):
            return "No"
        if (every and not self._is_of_all(clause)) or (
            HEDGED.search(clause) and not POSSIBLE.search(self.focus)
        ):
            return ""
        asked_not = len(NOT.findall(self.focus)) + bool(self._forgone() and not FORGOES.search(whole))
        if asked_not and WHATEVER.search(clause):
            return "Yes" if re.search(r"\bwithout\b", self.focus) and asked_not == 1 else ""
        said_not = self._denials(keys, clause)
        if said_not is None or asked_not > 1 or (every and (asked_not or said_not)):
            return ""
        so = (asked_not == 1) == said_not
        so = so != turned
        if every and OR.search(clause):
            return ""  # "an A or a B" is no A
        return "" if so and is_narrower(self.focus, clause) else "Yes" if so else "No"

    def _is_of_all(self, clause: str) -> bool:
        """Whether a clause says it of all that the question asks about: not of ``all B who did`` where all A are asked about."""
        asked, told = EVERY.search(self.focus), EVERY.search(clause)
        if asked is None or told is None or NEARLY.search(clause) or COUNTED.search(clause[: told.start()]):
            return False
        noun = next((t.key for t in tokens(self.focus[asked.end() :]) if not _counts(t)), "")
        behind = [t.text for t in tokens(clause[told.end() :]) if not _counts(t)][:NEXT]
        return not (noun and behind) or noun in IDLE | PEOPLE or self._held(noun, " ".join(behind))

    def _of_the_due(self, due: bool) -> str:
        """The verdict where something is still to be done, or asked to be."""
        asked = bool(DUE.search(self.focus))
        if asked and due:
            return "" if NOT.search(self.focus) else "Yes"
        return "No" if due and DONE.search(self.focus) and not NOT.search(self.focus) else ""

    def of_exclusion(self) -> str:
        """``No`` where patients are asked about whom a clause says not to have been taken in."""
        if not TAKEN_IN.search(self.focus) or EXCLUDED.search(self.focus) or NOT.search(self.focus):
            return ""
        told = [c for c in clauses(self.passage.text) if EXCLUDED.search(c)]
        stages = {t.text.lower() for m in STAGES.finditer(self.focus) for t in tokens(m["which"])}
        if not stages - {"or", "and", "to"} <= {t.text.lower() for c in told for t in tokens(c)}:
            return ""  # who had stage IIIb was left out, and not who had IIIa
        keys = [k for k in self.keys() if self._held(k, self.passage.text)]
        whom = [k for k in keys if any(self._held(k, c) for c in told)]
        left = [k for k in self.keys() if k not in keys and not TAKEN_IN.fullmatch(k)]
        return "No" if whom and not left else ""

    def _graded(self, clause: str, before: str) -> str:
        """``No`` where a clause caps the grades below the one asked for, or denies it; ``Yes`` where it says that all were of that one."""
        if NOT.search(self.focus):
            return ""
        parts = (next((p for p in cut.split(clause) if _caps(p)), clause) for cut in (ANDS, COMMAS))
        return next((found for part in parts if (found := self._graded_in(part, clause, before))), "")

    def _graded_in(self, part: str, clause: str, before: str) -> str:
        """``No`` where the part of a clause that caps or denies grades says so of the one asked for."""
        upto = clause[: clause.find(part) + len(part)]
        if EXCEPT.search(part):
            part = upto = clause  # "grade 1 in all except two, who had grade 3"
        grades = [s.ids[0] for s in scan(part, self.desk.review.reader.matchers) if s.kind == "grade"]
        if not grades or not _caps(part):
            return ""
        never = NEVER_GRADED.search(part)
        keys = [k for k in self.keys() if k not in GRADING and not k.isdigit()]
        goes_on = never or SUCH.search(part) or GOES_ON.match(part)
        whole = f"{before} {upto}" if goes_on else part
        named = {k for k, term in self.ask.aliases if term in self.ask.measures}
        left = [k for k in keys if not self._held(k, whole) and (k in named or k not in self._introduced)]
        if left or not any(self._held(k, whole) for k in keys):
            return ""
        lowest, highest = grade_range(self.ask.grade)
        told = [grade_range(g) for g in grades]
        if EVERY.search(self.focus):
            all_so = not never and all(lowest <= low and high <= highest for low, high in told)
            return "Yes" if all_so else ""
        if never:
            return "No" if any(low <= lowest and highest <= high for low, high in told) else ""
        return "No" if max(high for _, high in told) < lowest else ""

    @staticmethod
    def _is_tried(clause: str) -> bool:
        return bool(TRIED & {t.key for t in tokens(clause)})

    def keys(self) -> list[str]:
        """Keys of the words that a clause must say."""
        names = self.matching.own_names(self.ask, self.passage)
        names |= {t.key for n in self._of_study() for t in tokens(n.text)}
        names -= self.special
        words = [w for w in tokens(self.focus) if not (NOT.fullmatch(w.text) or EVERY.fullmatch(w.text))]
        if BESIDE.search(self.focus):
            names = set()
        names |= self._forgone()
        if ORDER.search(self.focus):
            words = [w for w in words if w.key not in STARTED and not ORDER.fullmatch(w.text)]
        if (order := ORDER.search(self.focus)) and self._is_after_all(order):
            words = [w for w in words if w.start < order.start()]
        found = [
            w.key
            for n, w in enumerate(words)
            if w.key not in self._idle | names and not w.text.endswith("n't") and not _is_of_name(words, n)
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
            if SWAYS.fullmatch(word.text):
                return False  # it is what is weighed, and no word for the study
            if word.key in names or (word.key not in self._idle and self._held(word.key, clause)):
                return True
            if word.key in self._idle or ORDER.fullmatch(word.text):
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
    def _idle(self) -> frozenset[str]:
        """Keys of words that a clause need not say; of a study of no patients it must say them."""
        return IDLE if "preclinical-model" in self._everyone else IDLE | PEOPLE

    @property
    def _study(self) -> str:
        return self.passage.studies[0] if self.passage.studies else ""

    def _held(self, key: str, text: str) -> bool:
        if key.isdigit() or key in WORDS_FOR:
            number = WORDS_FOR.get(key, key)
            return number in {WORDS_FOR.get(t.key, t.key) for t in tokens(text)}
        if not NON.search(self.focus):
            text = NON.sub(" ", text)
        return self.matching.is_in(self.ask, key, text) and not is_negated_word(
            frozenset({key}), self.matching.words(text).keys
        )

    def _is_told(self, keys: list[str], clause: str, before: str, state: bool) -> bool:
        """Whether a clause says all the words, or takes up what was said before it and adds the rest."""
        if not keys:
            return state or bool(ORDER.search(self.focus))
        keys = [k for k in keys if self._held(k, clause) or not self._is_known(k, clause)]
        held = [k for k in keys if self._held(k, clause)]
        if len(held) == len(keys):
            return True
        if self._is_of_another_marker(keys, clause):
            return False
        takes_up = bool(TAKES_UP.search(clause)) or (bool(ADDS.search(clause)) and 2 * len(held) >= len(keys))
        new = state or any(not self._held(k, before) for k in held)
        return takes_up and new and all(k in held or self._held(k, before) for k in keys)

    @staticmethod
    def _is_of_another_marker(keys: Sequence[str], clause: str) -> bool:
        """Whether a clause names genes or antigens, and none of those asked about."""
        named = {t.key for t in tokens(clause) if MARKER.fullmatch(t.text)}
        asked = {k for k in keys if MARKER.fullmatch(k.upper())}
        return bool(named and asked) and not asked & named

    def _state(self, clause: str) -> tuple[bool, set[str]] | None:
        """Whether a clause names the other end of the scales that the question names, and keys of its words for them; None for no end."""
        turned, said = False, set[str]()
        for high, low in STATES:
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
        said = [t.key for t in tokens(self.focus) if t.key not in self._idle]
        return bool(self._study) and any(not any(self._held(k, g.text) for k in said) for g in groups)

    def _denials(self, keys: list[str], clause: str) -> bool | None:
        """Whether a clause denies it; None where it denies something else, or denies twice."""
        text = BARE_WITHOUT.sub(" ", NOT_ONLY.sub(" ", clause))
        found = list(DENIAL.finditer(text))
        if not found:
            return False
        if len(found) > 1:
            return None
        reach = ANDS.split(text[found[0].end() :])[0]
        behind = tokens(reach)[:NEAR]
        near = " ".join(t.text for t in behind)
        return True if not behind or not keys or any(self._held(k, near) for k in keys) else None

    def _is_after_all(self, order: re.Match[str]) -> bool:
        """Whether a question only says that it was after the study's treatment: ``was B7 lost after the infusion of X``."""
        names = {t.key for n in self.ask.named.names for t in tokens(n.text)} | self._introduced
        later = order["word"].lower() in {"after", "following"}
        return later and all(t.key in names | self._idle for t in tokens(self.focus[order.end() :]))

    def _order(self, clause: str) -> int:
        """1 where a clause sets things before and after each other as the question does, -1 where the other way round, else 0."""
        asked, said = ORDER.search(self.focus), ORDER.search(clause)
        if asked is None or (said is None and self.keys() and self._is_after_all(asked)):
            return 1
        if said is None or said["word"].lower() != asked["word"].lower():
            return 0
        mine = (self.focus[: asked.start()], self.focus[asked.end() :])
        its = (clause[: said.start()], clause[said.end() :])
        if all(map(self._shares, mine, its)):
            return 1
        return -1 if all(map(self._shares, mine, its[::-1])) else 0

    def _shares(self, here: str, there: str) -> bool:
        """Whether a part of the question and a part of a clause speak of one thing, by its name where it has one."""
        words = [t for t in tokens(here) if t.key not in self._idle | STARTED]
        names = {t.key for n in self.ask.named.names for t in tokens(n.text)}
        named = [t for t in words if t.key in names and self._held(t.key, self.passage.text)]
        return any(self._held(t.key, there) for t in named or words)


def _counts(word: Token) -> bool:
    """Whether a word stands between ``all`` and what there was: ``all of the six``."""
    return (
        word.text.lower() in {"the", "of", "these", "those", "its", "their", *WORDS_FOR}
        or word.text.isdigit()
    )


def _caps(part: str) -> bool:
    """Whether a part of a clause says that no grade was higher, or that one was never seen."""
    capped = CAPPED.search(part) and not NEARLY.search(part)
    return bool(capped or NEVER_GRADED.search(part))


def _is_of_name(words: Sequence[Token], place: int) -> bool:
    """Whether a word only says what the mutation named before it is: ``the X12Y change``."""
    before = words[place - 1].text if place else ""
    return bool(CHANGE.fullmatch(words[place].text)) and any(c.isdigit() for c in before)
