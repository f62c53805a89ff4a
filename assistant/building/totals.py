"""How many patients a study and its arms have, as tables and sentences count them, and which counts are but parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.counts import enrols
from assistant.folder.folder import Sentence
from assistant.model import Fact

Arms = Mapping[str, frozenset[str]]
_ENROLMENT = re.compile(
    r"\b(?:enrol|recruit|includ|tested|treated|evaluat|assess|compar|subject of|trial|study|conducted)",
    re.IGNORECASE,
)


def totals_of(facts: Iterable[Fact]) -> dict[str, str]:
    """Study -> its number of patients as its tables print it."""
    return {f.study: f.value for f in facts if f.attribute == "n_patients" and not f.group}


def arm_sums(facts: Sequence[Fact], totals: Mapping[str, str]) -> dict[str, str]:
    """What the sizes of a study's arms add up to, where its tables print no total.

    The first table counts those who entered the study, a later one perhaps those who were treated; the women of an arm
    are no further arm.
    """
    sizes: dict[str, dict[frozenset[str], int]] = {}
    for fact in facts:
        if fact.attribute == "n_patients" and fact.group and fact.n is not None and fact.study not in totals:
            sizes.setdefault(fact.study, {}).setdefault(fact.group, fact.n)
    whole = {
        study: [n for group, n in of.items() if not any(other < group for other in of)]
        for study, of in sizes.items()
    }
    return {study: str(sum(of)) for study, of in whole.items() if len(of) > 1}


class Totals:
    """The numbers of patients of a review's studies, as the sentences that are read one after the other add to them.

    Args:
        facts: those of the tables.
        printed: study -> its number of patients as the tables print it.
    """

    def __init__(self, facts: Sequence[Fact], printed: Mapping[str, str]) -> None:
        self._printed = printed
        self._sums = arm_sums(facts, printed)
        self._counted = set(printed)
        self._known: dict[str, set[str]] = {}

    def without_parts(
        self, read: Sequence[Fact], sentence: Sentence, study: str, arms: Arms, facts: Sequence[Fact]
    ) -> list[Fact]:
        """The facts of a sentence; a count of some of a study's or an arm's patients has no measure.

        Args:
            read: the facts.
            sentence: that states them.
            study: its subject.
            arms: labels of the study's arms, with their ids.
            facts: those of the review so far.
        """
        total = self._printed.get(study, "")
        known = self._known.setdefault(study, {total})
        result = []
        for fact in _of_some_told(_without_partial_totals(read, total), sentence.plain, total):
            bare = fact.attribute == "n_patients" and not fact.group
            fewer = self._is_fewer(fact, study)
            part = (study in self._counted or fewer) and _is_part(fact, sentence, known)
            part = part or (fewer and bare and fact.total is None)
            if part or _is_arm_part(fact, sentence, study, arms, facts):
                fact = replace(fact, attribute="")
            elif bare:
                known.add(str(fact.n))
            result.append(fact)
        return result

    def is_of_all(self, fact: Fact, sentence: Sentence, study: str, arms: Arms) -> bool:
        """Whether a count is that of all a study's patients, which is then known."""
        if fact.attribute != "n_patients" or not study:
            return False
        whole = str(fact.n) == self._sums.get(study) and fact.total is None
        of_arm = fact.group in arms.values() or self._is_fewer(replace(fact, n=fact.n or 0), study)
        if not whole and (
            of_arm or not self.is_total(fact, sentence, study, anew=study not in self._counted)
        ):
            return False
        self._counted.add(study)
        return True

    def is_total(self, fact: Fact, sentence: Sentence, study: str, *, anew: bool = True) -> bool:
        """Whether a count is the study's total: the one that its table prints, or else (``anew``) one of those enrolled."""
        if fact.n is None or fact.total is not None:
            return False
        if study in self._printed:
            return str(fact.n) == re.sub(r"\D.*", "", self._printed[study])
        return anew and bool(_ENROLMENT.search(sentence.plain))

    def _is_fewer(self, fact: Fact, study: str) -> bool:
        """Whether a count is lower than what the arms of the study add up to."""
        return study in self._sums and fact.n is not None and fact.n < int(self._sums[study])


def _without_partial_totals(facts: Sequence[Fact], total: str) -> list[Fact]:
    """The facts; beside the study's total no other ungrouped count is a number of patients."""
    counts = [
        f
        for f in facts
        if f.attribute == "n_patients" and not f.group and f.n is not None and f.total is None
    ]
    if not any(str(f.n) == total for f in counts):
        return list(facts)
    return [replace(f, attribute="") if f in counts and str(f.n) != total else f for f in facts]


_OF_SOME = re.compile(
    r"(?:^|[.;]\s+)(?:Among|Of|In)\s+(?:the\s+)?(?P<n>\d+)\s+(?:patients|adults|children|participants|people)\s+"
    r"(?:who|whose|in\s+whom|refractory|previously|with(?:out)?|having|carrying|harbou?ring|[a-z]+ed\s+(?:to|with|by))\b"
    r"(?![^,;.]*\b(?:evaluable|assessable|measurable|available|adequate|sufficient|data|paired|samples?)\b)"
)
"""Begins a sentence on so many of the patients: ``Among the 41 patients exposed to both``."""
_POINTS = 0.6


def _of_some_told(facts: Sequence[Fact], text: str, total: str) -> list[Fact]:
    """The facts; those without a group that are of fewer patients than the study has lose their measure, and tell of how many they are."""
    some, whole = _OF_SOME.search(text), re.match(r"\d+", total)
    if some is None or whole is None or int(some["n"]) >= int(whole[0]):
        return list(facts)
    size = int(some["n"])
    result = []
    for fact in facts:
        told = fact.attribute not in {"", "n_patients"} and not fact.group and fact.n is not None
        if told and some.start() <= fact.start < some.end():
            fact = replace(fact, attribute="")
        elif told and fact.start >= some.end() and fact.total in {None, size} and _is_share(fact, size):
            fact = replace(fact, attribute="", total=size)
        result.append(fact)
    return result


def _is_share(fact: Fact, size: int) -> bool:
    """Whether a count is so many per cent of ``size``, as the figure beside it says."""
    share = re.match(r"\d+(?:\.\d+)?", fact.percent)
    return share is not None and fact.n is not None and abs(100 * fact.n / size - float(share[0])) < _POINTS


def _is_part(fact: Fact, sentence: Sentence, sizes: AbstractSet[str]) -> bool:
    """Whether a count is neither the study's size nor told as one: ``3 were not evaluable``."""
    if fact.attribute != "n_patients" or fact.group or fact.n is None or str(fact.n) in sizes:
        return False
    if fact.total is not None or re.search(r"\ball\s+$", sentence.plain[: fact.start], re.IGNORECASE):
        return False
    return not enrols(sentence.plain, fact.start, fact.end)


def _is_arm_part(
    fact: Fact, sentence: Sentence, study: str, own: Mapping[str, frozenset[str]], facts: Sequence[Fact]
) -> bool:
    """Whether a count of an arm's patients is another than the arm's size, and not told as one."""
    if fact.attribute != "n_patients" or fact.n is None or fact.group not in own.values():
        return False
    known = {f.n for f in facts if (f.study, f.attribute, f.group) == (study, "n_patients", fact.group)}
    return bool(known) and fact.n not in known and not enrols(sentence.plain, fact.start, fact.end)


def sizes_of_arms(facts: Iterable[Fact], studies: Sequence[str], arms: Arms) -> dict[int, frozenset[str]]:
    """Number of patients -> ids of the arm of that size, where no other arm of the one study has it."""
    ids = set(arms.values())
    if len(ids) < 2 or len(studies) != 1:
        return {}
    sizes: dict[int, set[frozenset[str]]] = {}
    for fact in facts:
        counted = fact.study == studies[0] and fact.attribute == "n_patients"
        if counted and fact.n is not None and fact.group in ids:
            sizes.setdefault(fact.n, set()).add(fact.group)
    return {n: next(iter(of)) for n, of in sizes.items() if len(of) == 1}
