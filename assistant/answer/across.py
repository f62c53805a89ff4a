"""Answers over several studies or arms."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.ages import ranks_nobody
from assistant.answer.beside import beside
from assistant.answer.refusals import nothing_found
from assistant.compare.compare import compare, compare_sides, sum_of_parts, total_patients
from assistant.compare.listed_apart import listed_apart
from assistant.compare.sides import asks_either
from assistant.compare.sides_apart import sides_apart
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.judging.indications import by_indication
from assistant.lookup.computed import all_but, never_treated
from assistant.lookup.diseases import by_disease
from assistant.lookup.lookup import asked_facts, lookup
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader
from assistant.studies.conditions import condition_of
from assistant.studies.listing import Lister, none_such
from assistant.telling.describe import Describer

_SUPERLATIVE = re.compile(r"\b(?:highest|lowest|best|worst|largest|smallest|most|fewest)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:totals?|together|altogether|combined|summed|sum|add|pooled|all told|in all|overall)\b"
    r"|\b(?:across|over) (?:all )?(?:of )?(?:the |these |those )?(?:[\w/-]+ ){0,3}?(?:stud(?:y|ies)|trials|abstracts|posters|reports)\b"
    r"|\b(?:entire|whole) (?:review|letter|article|paper)\b|\bpool(?:s|ing)?\b",
    re.IGNORECASE,
)
"""Asks for the patients of several studies as one number."""
_PLUS = re.compile(r"\bplus\b|\s\+\s", re.IGNORECASE)
"""Puts one study's patients to another's."""
_WHICH_ARMS = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:doses?|arms?|groups?|regimens?|cohorts?)\b", re.IGNORECASE
)
_WHICH_STUDIES = re.compile(
    r"\b(?:which|what) (?:[\w/-]+ ){0,3}?(?:stud(?:y|ies)|trials?|abstracts?|posters?|reports?|ones?)\b",
    re.IGNORECASE,
)
_IN_EACH = re.compile(
    r"\b(?:in|on|for|with|of|from|at) (?:each|both)(?: of (?:them|these|those))?\W*$", re.IGNORECASE
)
_PATIENTS = re.compile(r"\bpatients\b")
_AGAINST = re.compile(
    r"\b(?:prophylaxis|protection|protected|vaccin\w+|antibod\w+|activity|directed|given) (?:[\w-]+ ){0,5}against\b",
    re.IGNORECASE,
)
"""Something against a disease sets no two things side by side."""
_COMPARED = re.compile(
    r"\b(?:which|what)\s+(?:of the\s+)?(?:[\w-]+\s+){0,2}?(?:trials?|stud(?:y|ies)|abstracts?|posters?|reports?)\b"
    r"(?:\s+[\w-]+){0,4}?\s+(?:compar\w+|pitted|randomi[sz]ed?|set)\b",
    re.IGNORECASE,
)
"""Asks which studies made a comparison."""

_TWO = 2
_OUTCOMES = ("response", "remission", "survival")
_WHICH_BETTER = re.compile(
    r"^\W*(?:so |and )?which (?:(?:one|of|study|trial|regimen|treatment|abstracts?|the two)\b[^?]*?)?"
    r"(?:is|was|are|were|did|does|looks?|works?|worked|came out) "
    r"(?:the )?(?:better|superior|preferable|best|more effective)\b(?! (?:tolerated|documented|described))",
    re.IGNORECASE,
)
"""Asks which of two did better, whatever was measured."""


class Across:
    """Answers over several studies or arms: how many, which, the highest, all together, side by side.

    Args:
        desk: what every answer is made with.
        reader: reads questions.
        describer: finds and quotes what is told in words.
        lister: names studies.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, describer: Describer, lister: Lister) -> None:
        self.desk, self.reader, self.describer, self.lister = desk, reader, describer, lister

    def counting(self, ask: Ask) -> Draft | None:
        if not ask.has("count_studies"):
            return None
        return self.lister.count_studies(ask) or none_such(self.desk, ask)

    def ranking(self, ask: Ask) -> Draft | None:
        if ranks_nobody(ask):
            return None
        named = ask.named.of("number", "author", "nct", "code", "agent")
        several = len(ask.studies) > 1 and len({n.studies for n in named}) > 1
        if (several or asks_either(ask)) and not _SUPERLATIVE.search(ask.focus):
            return None
        if _IN_EACH.search(ask.focus) and len(ask.studies) in {1, 2}:
            return None  # "which took more, and how many in each?" wants both
        if not ask.has("max", "min") or ask.values or (len(ask.measures) > 1 and ask.studies):
            return None
        if len(ask.studies) == 1 and any(_SUPERLATIVE.search(label) for label, _ in ask.groups):
            return None  # "the highest dose level" is a group
        return self.lister.rank(ask)

    def total(self, ask: Ask) -> Draft | None:
        """The patients of several studies together, or those of one who were never treated."""
        for left in (never_treated, all_but) if len(ask.studies) == 1 else ():
            if (line := left(self.desk, ask, ask.studies[0])) is not None:
                return answered([line], ask.studies)
        if (parts := sum_of_parts(self.desk, ask)) is not None:
            return parts
        apart = len({n.studies for n in ask.named.names if len(n.studies) == 1}) > 1
        summed = _TOTAL.search(ask.focus) or (apart and _PLUS.search(ask.focus))
        if not summed or len(ask.studies) == 1 or ask.measures or ask.strange:
            return None
        patients = "n_patients" in ask.characteristics or _PATIENTS.search(ask.focus)
        return total_patients(self.desk, self._of_studies_like(ask)) if patients else None

    def _of_studies_like(self, ask: Ask) -> Ask:
        """``in the two frontline trials``: a total over the studies of a design, or in patients of a state."""
        sizes = {f.group for f in self.desk.review.facts if f.attribute == "n_patients" and f.n is not None}
        parted = any(ids in sizes for _, ids in ask.groups) or ask.named.of("number", "author", "nct")
        groups = () if parted or not ask.studies else (*ask.groups, *(("", ids) for ids in ask.hinted))
        if not ask.designs and not groups:
            return ask
        matched = self.lister.matcher.matching(replace(ask, characteristics=(), groups=groups))
        if not matched or not matched[0]:
            return ask
        kept = () if groups else ask.groups
        return replace(ask, studies=tuple(s for s, _ in matched[0]), groups=kept)

    def arms_within(self, ask: Ask) -> Draft | None:
        """``which doses had TI above 40%?``: of a study's arms those whose figure keeps the bound."""
        bound = condition_of(ask)
        if not bound or not _WHICH_ARMS.search(ask.focus) or len(ask.studies) != 1 or not ask.measures:
            return None
        facts = [f for f in asked_facts(self.desk, replace(ask, values=())) if f.group and bound.of(f)]
        lines = [of_fact(self.desk.speaker.statement(f), f) for f in dict.fromkeys(facts)]
        return answered(lines, ask.studies) if lines else None

    def sides_apart(self, ask: Ask) -> Draft | None:
        """``A at one year against the study of B at two``: the figures of each side, by itself."""
        if ask.has("count_studies", "yes_no", "list", "conflict") or len(ask.named.of("number", "nct")) > 1:
            return None
        if (members := listed_apart(self.reader, ask)) is not None:
            return lookup(self.desk, members)
        both = sides_apart(self.desk, self.reader, ask)
        return compare_sides(self.desk, ask, both) if both else None

    def comparing(self, ask: Ask) -> Draft | None:
        if (shared := self._shared(ask)) and (told := compare(self.desk, self.reader, shared)) is not None:
            return told
        either = len(ask.studies) > 1 and ask.has("max", "min") and asks_either(ask)
        if not (either or ask.has("compare", "difference")):
            return None
        if ask.has("list") and not ask.studies and not ask.groups:
            return None
        if _COMPARED.search(ask.focus) and not (ask.measures or ask.families or ask.characteristics):
            return None  # "which trials compared A with B" asks for trials, not for their figures
        if ask.has("summary") and len(ask.studies) == 1 and not (ask.measures or ask.families or ask.times):
            return None  # what the comparison came to, not its figures
        draft = compare(self.desk, self.reader, ask)
        protective = _AGAINST.search(ask.focus) and not ask.has("difference")
        if draft is not None and draft.status is Status.DECLINED and protective and not ask.measures:
            draft = None  # "prophylaxis against an infection" compares nothing
        return draft if draft is not None else beside(self.desk, self.describer, ask)

    def _shared(self, ask: Ask) -> Ask | None:
        """``Which is better, A or B?`` of two studies, asked of the first outcome that both report; None for other questions."""
        asked = ask.measures or ask.families or ask.characteristics or ask.groups or ask.advice
        if len(ask.studies) != _TWO or asked or not _WHICH_BETTER.search(ask.focus):
            return None
        families = [self.desk.vocabulary.families[f] for f in _OUTCOMES if f in self.desk.vocabulary.families]
        own = [self.desk.selector.measures_of(s) for s in ask.studies]
        shared = [m for family in families for m in family.includes if all(m in given for given in own)]
        return replace(ask, measures=(shared[0],), cues=ask.cues | {"compare"}) if shared else None

    def _counts_some(self, ask: Ask) -> bool:
        """Whether a number of some patients of each of the studies named is asked for."""
        counted = ask.wants == "count" and ask.characteristics == ("n_patients",) and not ask.measures
        if not counted or not ask.studies or _WHICH_STUDIES.search(ask.focus):
            return False
        return bool(ask.groups) or any(by_disease(self.desk, ask, s) for s in ask.studies)

    def _of_some(self, ask: Ask) -> Draft | None:
        """``how many with A in each trial of B``: of these patients, and none where a study tells only of all."""
        draft = lookup(self.desk, replace(ask, cues=ask.cues - {"list"}))
        lines = [line for line in draft.lines if any(f.group for f in line.facts)] if draft else []
        return answered(lines, [f.study for line in lines for f in line.facts]) if lines else None

    def listing(self, ask: Ask) -> Draft | None:
        bounded = not (ask.studies or ask.has("yes_no", "max", "min")) and condition_of(ask) is not None
        if not (ask.has("list") or bounded) or (ask.named.of("number") and not ask.characteristics):
            return None
        if self._counts_some(ask) and (some := self._of_some(ask)) is not None:
            return some
        if ask.strange and ask.studies and not (ask.measures or ask.characteristics or ask.families):
            return None
        asked = ask.measures or ask.characteristics or ask.families or ask.designs or ask.groups
        if ask.unheard and not (asked or ask.named.names or ask.years or ask.values):
            return nothing_found(self.desk, ask)
        if (told := by_indication(self.desk, ask)) is not None:
            return told
        found = self.lister.list_studies(ask)
        topic = ask.measures or ask.characteristics or ask.designs
        if found is None and topic and not ask.studies and not ask.strange:
            return none_such(self.desk, ask)
        return found
