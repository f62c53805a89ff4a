"""Facts in plain English, in sentences the fact reader reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.corpus import Review
from assistant.model import Fact, Study
from assistant.text import fold
from assistant.vocabulary import Term, Vocabulary

_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def joined(parts: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def upper_first(text: str) -> str:
    """``text`` with its first letter a capital."""
    return text[:1].upper() + text[1:]


class Speaker:
    """Words facts of one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
    """

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self.review = review
        self.vocabulary = vocabulary

    @cached_property
    def _printed(self) -> frozenset[str]:
        """The abbreviations of the vocabulary that stand in the review in their own letter case."""
        text = " ".join(fold(p.quote) for p in self.review.passages)
        known = {a for t in self.vocabulary.measures.values() for a in t.abbreviations}
        return frozenset(a for a in known if re.search(rf"(?<![\w-]){re.escape(a)}(?![\w-])", text))

    def term(self, attribute: str) -> Term:
        """The term of an attribute, the review's own row heads included."""
        return self.review.attributes.get(attribute) or self.vocabulary.term(attribute)

    def short(self, attribute: str) -> str:
        """How an answer names a measure: by the abbreviation the review uses for it, else by name."""
        term = self.term(attribute)
        return next((a for a in term.abbreviations if a in self._printed), term.name.removeprefix("number of "))

    def study(self, study: str) -> Study:
        """The study of that id."""
        found = self.review.study(study)
        return found or Study(study, study, self.review.id)

    def who(self, study: str) -> str:
        """The study by its first author, ``Moreau et al.``; in full where two studies share one or none is known."""
        found = self.study(study)
        alike = [s for s in self.review.studies if s.name == found.name]
        return found.name if found.name and len(alike) == 1 else self.full(study)

    def full(self, study: str) -> str:
        """The study by number and first author, ``Study 12 (Moreau et al.)``."""
        found = self.study(study)
        return f"{found.label} ({found.name})" if found.name and found.name != found.id else found.label

    def group(self, fact: Fact) -> str:
        """The arm or subgroup of a fact as a phrase with its preposition; "" for all patients."""
        if not fact.group:
            return ""
        populations = self.vocabulary.populations
        known = [populations[g].name for g in sorted(fact.group) if g in populations]
        own = self.review.arms.get(fact.study, {})
        label = next((name for name, ids in own.items() if ids == fact.group), "")
        if label and not (known and len(known) == len(fact.group) and any("patients" in k for k in known)):
            return f"in the {label} group"
        if known and len(known) == len(fact.group):
            bare = [re.sub(r"\s*patients$", "", k) for k in known]
            if all(k.endswith("patients") for k in known):
                return f"for {', '.join(bare)} patients"
            return f"in the {joined(bare)} group"
        bare_label = re.sub(r"^(?:the|those|patients)\s+|\s*(?:arms?|groups?|cohorts?|subgroups?)$", "", fact.group_label)
        return f"in the {bare_label} group"

    def measure(self, fact: Fact) -> str:
        """Time point, measure, grade and cycle: ``3-year OS``, ``CRS of grade 3 or higher``."""
        name = self.short(fact.attribute)
        if fact.of:
            name = {"p_value": "p-value", "CI": "95% CI"}.get(fact.attribute, name)
            return f"{name} for {fact.time_point + ' ' if fact.time_point else ''}{self.short(fact.of)}"
        if fact.grade:
            name = f"{name} of {grade_words(fact.grade)}"
        if fact.time_point:
            name = f"{fact.time_point} {name}"
        if self.term(fact.attribute).kind in {"rate", "event"} and fact.unit == "%" and not fact.grade and not re.search(
            r"rate|survival|incidence|OS|FS$", f"{name} {self.term(fact.attribute).name}"
        ):
            name += " rate"
        elif fact.unit == "%" and self.term(fact.attribute).kind == "event" and not fact.time_point:
            name = f"rate of {name}"
        if fact.cycle:
            name += f" after {cycle_words(fact.cycle)}"
        return name

    def value(self, fact: Fact) -> str:
        """The figure as printed, with its unit and with n/N beside a percentage."""
        text = fact.value
        if fact.unit == "%" and "%" not in fold(text) and not re.search(r"per\s?cent", text):
            text += "%"
        if fact.unit == "patients":
            if fact.total is not None and fact.percent:
                text = f"{fact.n}/{fact.total} ({fact.percent}) patients"
            elif fact.percent:
                text = f"{fact.n} patients ({fact.percent})"
            elif fact.total is not None:
                text = f"{fact.n}/{fact.total} patients"
            else:
                text = f"{fact.n} patient{'s' * (fact.n != 1)}"
        elif fact.unit == "%" and fact.n is not None and fact.total is not None:
            text += f" ({fact.n}/{fact.total} patients)"
        elif fact.unit in {"months", "years", "weeks", "days", "hours"}:
            text = re.sub(r"(?<=\d)-(?=[a-z])", " ", fold(text))
            if fact.unit.rstrip("s") not in text:
                text += f" {fact.unit}"
            elif re.search(r"\b(?!1 )\d[\d.]* (?:month|year|week|day|hour)$", text):
                text += "s"
        return text

    def statement(self, fact: Fact, *, whole: bool = False, study: bool = True) -> str:
        """One sentence that states a measure's figure.

        Args:
            fact: the figure.
            whole: say "for all patients" where no group is named.
            study: name the study.
        """
        group = self.group(fact) or ("for all patients" if whole else "")
        if fact.attribute == "p_value" and fact.of:
            time = f"{fact.time_point} " if fact.time_point else ""
            sign = "" if fact.comparator else "= "
            return f"In {self.who(fact.study)}, p {sign}{fact.value} for {time}{self.short(fact.of)}."
        of = f"in {self.who(fact.study)}, " if study else ""
        if fact.unit == "patients" and fact.attribute != "n_patients" and not fact.of:
            where = f" {group}" if group else ""
            verb = "were" if self.short(fact.attribute).endswith("s") and self.short(fact.attribute).islower() else "was"
            return upper_first(f"{of}{self.measure(fact)} {verb} reported in {self.value(fact)}{where}.")
        where = f" {group}" if group else ""
        return upper_first(f"{of}the {self.measure(fact)} was {self.value(fact)}{where}.")

    def characteristic(self, fact: Fact) -> str:
        """One sentence that states a characteristic of a study."""
        if fact.attribute == "n_patients" and fact.n is not None:
            label = f" ({fact.group_label})" if fact.group else ""
            return f"{self.who(fact.study)} enrolled {self.value(fact)}{label}."
        term = self.term(fact.attribute)
        name = term.name
        verb = "were" if re.search(r"(?<![su])s$|criteria$", name) else "was"
        value = re.sub(r"\s*\[[\d, ]+\]", "", fact.value).rstrip(".")
        unit = f" {fact.unit}" if fact.unit and fact.unit != "%" and fact.unit not in value else "%" if fact.unit == "%" and "%" not in value else ""
        if re.match(r"(?i)(?:yes|no)\b", value):
            head = self._row(fact)
            return f"{self.who(fact.study)}, {head}: {value}."
        if fact.attribute in {"phase", "design"}:
            kind = f"phase {value}" if re.fullmatch(r"[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?", value) else value[0].lower() + value[1:]
            return f"{self.who(fact.study)}: {kind}{'' if 'study' in kind else ' study'}."
        if fact.attribute == "summary" or len(value) > 70:
            return f"{self.who(fact.study)}, {name}: {value}{unit}."
        return f"In {self.who(fact.study)}, the {name} {verb} {value}{unit}."

    def _row(self, fact: Fact) -> str:
        passage = next((p for p in self.review.passages if p.id == fact.passage), None)
        return passage.locator.row if passage and passage.locator.row else self.term(fact.attribute).name

    def lines(self, facts: Iterable[Fact]) -> list[str]:
        """Short names of what facts give, without figures: ``1-year OS``, for declining."""
        found = []
        for fact in facts:
            name = self.measure(fact)
            group = self.group(fact)
            found.append(f"{name} {group}" if group else name)
        return list(dict.fromkeys(found))


def grade_words(grade: str) -> str:
    """``>=3`` -> ``grade 3 or higher``; ``1-2`` -> ``grade 1-2``."""
    if grade.startswith(">="):
        return f"grade {grade[2:]} or higher"
    if grade.startswith("<="):
        return f"grade {grade[2:]} or lower"
    return f"grade {grade}"


def cycle_words(cycle: str) -> str:
    """``1`` -> ``the first cycle``."""
    return f"the {_ORDINALS[int(cycle)]} cycle" if cycle.isdigit() and int(cycle) < len(_ORDINALS) else f"cycle {cycle}"
