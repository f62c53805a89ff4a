"""Facts in plain English, in sentences the fact reader reads back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.corpus.corpus import Review
from assistant.groups.saying import legible, points, told_by_before, told_by_bound, within_arm
from assistant.model import Fact, Study
from assistant.names.trials import trial_names
from assistant.selection import LENGTHS
from assistant.text.text import fold, tokens, without_unit
from assistant.vocabulary.vocabulary import Term, Vocabulary

_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_QUALIFYING = {"p_value": "p-value", "CI": "95% CI"}
_LONG_CHARS = 70
"""A longer value stands after a colon, not in a sentence."""
_TOOK = re.compile(
    r"\s+(?:patients\s+)?(?P<how>infused|treated)\b(?=[^;]*\b(?:enrol|recruit|screen|apheres|leukapheres))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:those|patients|carriers|participants|adults|children)\s+(?:who|whose)\s")
_GROUP_WORDS = re.compile(r"^(?:the|those|patients)\s+|\s*(?:arms?|groups?|cohorts?|subgroups?)$")
_PHASE = re.compile(r"[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?")
_PLURAL = re.compile(r"(?<![isu])s$|criteria$")
"""What a plural noun ends in; not ``thrombosis`` or ``pneumonitis``."""


def joined(parts: Sequence[str], word: str = "and") -> str:
    """The parts as a list in a sentence: ``a``, ``a and b``, ``a, b and c``."""
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
        inside = (a for a in known if a in text)  # most are not, and need no pattern
        return frozenset(a for a in inside if re.search(rf"(?<![\w-]){re.escape(a)}(?![\w-])", text))

    def term(self, attribute: str) -> Term:
        """The term of an attribute, the review's own row heads included."""
        return self.review.attributes.get(attribute) or self.vocabulary.term(attribute)

    def short(self, attribute: str) -> str:
        """How an answer names a measure: by the abbreviation the review uses for it, else by name."""
        term = self.term(attribute)
        return next(
            (a for a in term.abbreviations if a in self._printed), term.name.removeprefix("number of ")
        )

    def study(self, study: str) -> Study:
        """The study of that id."""
        found = self.review.study(study)
        return found or Study(study, study, self.review.id)

    def who(self, study: str) -> str:
        """The study by its first author, ``Moreau et al.``.

        In full where two studies share a first author, or none is known.
        """
        found = self.study(study)
        alike = [s for s in self.review.studies if s.name == found.name]
        return found.name if found.name and len(alike) == 1 else self.full(study)

    def full(self, study: str) -> str:
        """The study by number and first author, ``Study 12 (Moreau et al.)``."""
        found = self.study(study)
        return f"{found.label} ({found.name})" if found.name and found.name != found.id else found.label

    @cached_property
    def trials(self) -> dict[str, str]:
        """The name of each study that goes by one, by its id."""
        return trial_names(self.review)

    def listed(self, study: str) -> str:
        """The study as a list names it, with its trial's name: ``Study 12 (Moreau et al., ABC-1)``."""
        trial, full = self.trials.get(study), self.full(study)
        if not trial:
            return full
        return f"{full[:-1]}, {trial})" if full.endswith(")") else f"{full} ({trial})"

    def group(self, fact: Fact) -> str:
        """The arm or subgroup of a fact as a phrase with its preposition; "" for all patients."""
        if not fact.group:
            return ""
        known = self._known_populations(fact)
        own = self.review.arms.get(fact.study, {})
        label = next((name for name, ids in own.items() if ids == fact.group), "")
        if not label and not known and points(fact.group_label):
            phrase = legible(self.review, fact)
            if phrase:
                return phrase
        if label and (other := self._given_else(fact, label)):
            return f"in the group without {other}"
        if label and not any("patients" in k for k in known):
            return _in_group(_GROUP_WORDS.sub("", label))
        if known:
            if len(known) == 1 and known[0].startswith("patients with "):
                return f"among {known[0]}"
            bare = [re.sub(r"\s*patients$", "", k) for k in known]
            if all(k.endswith("patients") for k in known):
                return f"for {', '.join(bare)} patients"
            return f"in the {joined(bare).removesuffix(' group')} group"
        if re.fullmatch(r"(?:cohort|arm|group|stratum)\s+\w{1,2}", fact.group_label, re.IGNORECASE):
            return f"in {fact.group_label}"
        said = (
            told_by_before(self.review, fact)
            or self._without(fact)
            or within_arm(self.review, fact)
            or told_by_bound(fact)
        )
        return said or _in_group(_GROUP_WORDS.sub("", fact.group_label))

    def _given_else(self, fact: Fact, label: str) -> str:
        """What the other arm had, where a table calls this one ``none``; "" for any other."""
        ids = {i.removeprefix("no-") for i in fact.group}
        if label.lower() not in {"none", "no", "neither"} or ids == fact.group:
            return ""
        return next((name for name, own in self.review.arms.get(fact.study, {}).items() if own == ids), "")

    def _short_group(self, fact: Fact) -> str:
        """A group as it stands in brackets: its label, or its parts where that only strings them together."""
        known = self._known_populations(fact)
        named = fact.group in self.review.arms.get(fact.study, {}).values()
        if named or len(known) < 2 or not all(k.endswith("patients") for k in known):
            return fact.group_label
        return ", ".join(re.sub(r"\s*patients$", "", k) for k in known) + " patients"

    def _without(self, fact: Fact) -> str:
        """``for those who were not frail``: a group that is named by what it is not; "" for any other."""
        bare = [i.removeprefix("no-") for i in fact.group if i.startswith("no-")]
        if len(bare) != 1 or len(fact.group) != 1:
            return ""
        labels = (f.group_label for f in self.review.facts if f.study == fact.study and f.group == set(bare))
        named = [text for text in labels if self.review.reader.matchers.populations.find(tokens(text))]
        term = self.vocabulary.populations.get(bare[0])
        label = (
            re.sub(r"\s*\b(?:patients|disease group|group)$|^patients with\s+", "", named[0]) if named else ""
        )
        if not label:
            return ""
        label = label[0].lower() + label[1:] if label[1:2].islower() else label
        described = term is not None and term.name.endswith("patients")
        return f"for those who were not {label}" if described else f"for those without {label}"

    def _known_populations(self, fact: Fact) -> list[str]:
        """The names of a fact's groups where the vocabulary knows all of them, else none."""
        populations = self.vocabulary.populations
        if not all(g in populations for g in fact.group):
            return []
        return [populations[g].name for g in sorted(fact.group)]

    def measure(self, fact: Fact) -> str:
        """Time point, measure, grade and cycle: ``3-year OS``, ``CRS of grade 3 or higher``."""
        name = self.short(fact.attribute)
        time = f"{fact.time_point} " if fact.time_point else ""
        if fact.of:
            return f"{_QUALIFYING.get(fact.attribute, name)} for {time}{self.short(fact.of)}"
        if fact.grade:
            name = f"{name} of {grade_words(fact.grade)}"
        name = self._as_rate(fact, time + name)
        return f"{name} after {cycle_words(fact.cycle)}" if fact.cycle else name

    def _as_rate(self, fact: Fact, name: str) -> str:
        """The name of a share of patients with the word ``rate``, where it needs one."""
        term = self.term(fact.attribute)
        if fact.unit == "amount" and term.kind in {"rate", "event"} and "year" not in f"{fact.value}{name}":
            return name if name.lower().startswith("annuali") else f"annualised rate of {name}"
        if fact.unit != "%":
            return name
        called_rate = re.search(r"rate|survival|incidence|OS|FS$", f"{name} {term.name}")
        if term.kind in {"rate", "event"} and not fact.grade and not called_rate:
            return f"{name} rate"
        if term.kind == "event" and not fact.time_point:
            return f"rate of {name}"
        return name

    def value(self, fact: Fact) -> str:
        """The figure as printed, with its unit and with n/N beside a percentage."""
        if fact.unit == "patients":
            return _patients(fact)
        if fact.unit in LENGTHS:
            return _length(fact)
        text = fact.value
        if fact.unit == "%":
            if "%" not in fold(text) and not re.search(r"per\s?cent", text):
                text += "%"
            if fact.n is not None and fact.total is not None:
                text += f" ({fact.n}/{fact.total} patients)"
        if "/" in fact.unit and fact.unit not in text:
            text += f" {fact.unit}"  # a laboratory value, whose head prints the unit
        return text

    def statement(self, fact: Fact, *, whole: bool = False) -> str:
        """One sentence that states a measure's figure.

        Args:
            fact: the figure.
            whole: say "for all patients" where no group is named.
        """
        who, short = self.who(fact.study), self.short(fact.attribute)
        if fact.attribute == "p_value" and fact.of:
            time = f"{fact.time_point} " if fact.time_point else ""
            sign = "" if fact.comparator else "= "
            return f"In {who}, p {sign}{fact.value} for {time}{self.short(fact.of)}."
        counted = fact.unit == "patients" and fact.attribute != "n_patients"
        if _CLAUSE.match(fact.group_label) and not any(i.startswith("no-") for i in fact.group):
            figure = "not reached" if fact.unit == "open" else self.value(fact)
            return f"In {fact.group_label}, the {self.measure(fact)} was {figure} in {who.rstrip('.')}."
        group = self.group(fact) or (("overall" if counted else "for all patients") if whole else "")
        figure = f"{'not reached' if fact.unit == 'open' else self.value(fact)} {group}".rstrip()
        if fact.total is not None and fact.group_label.startswith("who ") and not fact.percent:
            figure = f"{fact.n or 'none'} of the {fact.total} patients {fact.group_label}"
        if fact.unit == "patients" and fact.attribute != "n_patients" and not fact.of:
            verb = "were" if _PLURAL.search(short) and short.islower() else "was"
            return f"In {who}, {self.measure(fact)} {verb} reported in {figure}."
        return f"In {who}, the {self.measure(fact)} was {figure}."

    def characteristic(self, fact: Fact, *, listed: bool = False) -> str:
        """One sentence that states a characteristic of a study.

        Args:
            fact: the characteristic.
            listed: name the study's trial, too.
        """
        who = self.listed(fact.study) if listed and fact.study in self.trials else self.who(fact.study)
        name = self.term(fact.attribute).name
        if fact.attribute == "n_patients" and fact.n is not None:
            label = f" ({self._short_group(fact)})" if fact.group else ""
            return f"{who} {self._took(fact)} {self.value(fact)}{label}."
        if fact.attribute in self.review.attributes and fact.unit == "patients" and fact.n is not None:
            return self.own(fact)
        value = re.sub(r"\s*\[[\d, ]+\]", "", fact.value).rstrip(".")
        if fact.attribute == "sex" and fact.n is not None:
            group = f" {self.group(fact)}" if fact.group else ""
            return f"{who}, {self._row(fact)}: {_counted(fact)}{group}."
        if fact.attribute == "sex":
            return f"{who}, {self._row(fact)}: {value}{_unit_left_out(fact, value)}."
        if re.match(r"(?i)(?:yes|no)\b", value) or is_missing(value):
            return f"{who}, {self._row(fact)}: {value}."
        if fact.attribute in {"phase", "design"}:
            return f"{who}: {_study_kind(value)}."
        figure = value + _unit_left_out(fact, value)
        if fact.attribute == "summary" or len(value) > _LONG_CHARS:
            return f"{who}, {name}: {figure}."
        verb = "were" if _PLURAL.search(name) else "was"
        return f"In {who}, the {name} {verb} {figure}."

    def _took(self, fact: Fact) -> str:
        """What was done with so many patients: ``infused`` of ``36 infused (40 enrolled)``, else ``enrolled``."""
        passage = next((p for p in self.review.passages if p.id == fact.passage), None)
        told = _TOOK.match(fold(passage.quote), fact.end) if passage and not fact.group else None
        return told["how"].lower() if told else "enrolled"

    def own(self, fact: Fact) -> str:
        """One sentence that states an attribute of the review's own, with its grade and group."""
        name = without_unit(self.term(fact.attribute).name, fact.unit)
        grade = f" of {grade_words(fact.grade)}" if fact.grade else ""
        value = fact.value.rstrip(".")
        verb = "were" if _PLURAL.search(name) else "was"
        group = f" {self.group(fact)}" if fact.group else ""
        if fact.unit == "patients" and fact.n is not None:
            return f"In {self.who(fact.study)}, the number of {_those_with(name)}{grade} was {_counted(fact)}{group}."
        figure = value + _unit_left_out(fact, value)
        return f"In {self.who(fact.study)}, the {name}{grade} {verb} {figure}{group}."

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
    """A grade or range in words: ``>=3`` -> ``grade 3 or higher``; ``1-2`` -> ``grade 1-2``."""
    if grade.startswith(">="):
        return f"grade {grade[2:]} or higher"
    if grade.startswith("<="):
        return f"grade {grade[2:]} or lower"
    return f"grade {grade.replace(',', ' or ')}"


def cycle_words(cycle: str) -> str:
    """A treatment cycle in words: ``1`` -> ``the first cycle``."""
    if cycle.isdigit() and int(cycle) < len(_ORDINALS):
        return f"the {_ORDINALS[int(cycle)]} cycle"
    return f"cycle {cycle}"


_EVENTS = re.compile(r"(?:deaths|patients|cases|events|infections|discontinuations|withdrawals)\b")


def _in_group(label: str) -> str:
    """``in the A group``, and ``without A`` as it stands."""
    return label if re.match(r"with(?:out)?\s", label) else f"in the {label} group"


def _those_with(name: str) -> str:
    """What a count of the review's own attribute counts: ``deaths from sepsis``, ``patients with permanent stoma``."""
    return name if _EVENTS.match(name) else f"patients with {name}"


def _counted(fact: Fact) -> str:
    """A number of patients as ``20``, ``20/33`` or ``20/33 (61%)``."""
    whole = f"/{fact.total}" if fact.total is not None else ""
    return f"{fact.n}{whole} ({fact.percent})" if fact.percent else f"{fact.n}{whole}"


def _patients(fact: Fact) -> str:
    """A number of patients with N and percentage where they are given."""
    if fact.total is not None:
        share = f" ({fact.percent})" if fact.percent else ""
        return f"{fact.n}/{fact.total}{share} patients"
    if fact.percent:
        return f"{fact.n} patient{'s' * (fact.n != 1)} ({fact.percent})"
    return f"{fact.n} patient" + "s" * (fact.n != 1)


def _length(fact: Fact) -> str:
    """A length of time with its unit: ``14-month`` and ``14`` -> ``14 months``."""
    text = re.sub(r"(?<=\d)-(?=[a-z])", " ", fold(fact.value))
    if fact.unit.rstrip("s") not in text:
        return f"{text} {fact.unit}"
    if re.search(r"\b(?!1 )\d[\d.]* (?:month|year|week|day|hour)$", text):
        return text + "s"
    return text


def _study_kind(value: str) -> str:
    """A phase or design as the kind of study: ``II`` -> ``phase II study``."""
    phase = _PHASE.match(value)
    kind = (
        f"phase {value}"
        if phase and not value[phase.end() : phase.end() + 1].isalnum()
        else value[0].lower() + value[1:]
    )
    return kind if "study" in kind else f"{kind} study"


def _unit_left_out(fact: Fact, value: str) -> str:
    """The unit of a characteristic that its value does not print."""
    if fact.unit == "%":
        return "" if "%" in value else "%"
    return f" {fact.unit}" if fact.unit and fact.unit not in value else ""
