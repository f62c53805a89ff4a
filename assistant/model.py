"""The types every layer shares: what a review states, where it states it, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class AssistantError(Exception):
    """A failure the user can mend: what went wrong, and the remedy.

    Commands print both on two lines and exit 2, without a traceback.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Kind(StrEnum):
    """What sort of place a passage is."""

    SENTENCE = "sentence"
    CELL = "cell"
    COLUMN = "column"
    REFERENCE = "reference"
    ABBREVIATION = "abbreviation"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands in its review.

    Exactly the fields of its kind are set: section/paragraph/sentence (1-based) for prose,
    table/row/column for a cell, table/column for a whole column, entry for a reference number or
    an abbreviation.
    """

    review: str
    kind: Kind
    section: str = ""
    paragraph: int = 0
    sentence: int = 0
    table: str = ""
    row: str = ""
    column: str = ""
    entry: str = ""

    @property
    def label(self) -> str:
        """The place in words, e.g. ``Table 1, Survival outcome`` (the study is named beside it)."""
        if self.kind is Kind.SENTENCE:
            return f"{self.section}, paragraph {self.paragraph}, sentence {self.sentence}"
        if self.kind is Kind.CELL:
            return f"{self.table}, {self.row}"
        if self.kind is Kind.COLUMN:
            return f"{self.table}, column {self.column}"
        if self.kind is Kind.REFERENCE:
            return f"References, {self.entry}"
        if self.kind is Kind.ABBREVIATION:
            return f"Abbreviations, {self.entry}"
        return f"Front matter, {self.entry}"


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing that can be cited."""

    id: str
    """sha256 over review, place and text, hex."""
    text: str
    """What is searched: a cell with its row and column heads spelled out, a sentence as it stands."""
    quote: str
    """What is shown as the source: the sentence, or the cell as printed."""
    studies: tuple[str, ...]
    """Ids of the studies it speaks of; empty for background. The first one is its subject."""
    locator: Locator
    references: tuple[int, ...] = ()
    """Numbers of the references it cites."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure or characteristic a passage states.

    Attributes compare exactly; ``value`` is as printed (``61.5%``, ``8/13 (61.5%)``, ``N/A``).
    """

    study: str
    """Study id, or "" for what the review says of no study in particular."""
    attribute: str
    """Vocabulary id of the measure or characteristic, e.g. ``OS``, ``age_range``."""
    value: str
    passage: str
    """Id of the passage that states it."""
    unit: str = ""
    """``%``, ``patients``, ``months``, ``years`` …, "" for words."""
    comparator: str = ""
    """``<``, ``≤``, ``>``, ``≥`` or ""."""
    time_point: str = ""
    """Normalised, e.g. ``3-year``, ``18-month``; "" where none is stated."""
    group: frozenset[str] = frozenset()
    """Vocabulary ids or names of the arm or subgroup; empty means all patients of the study."""
    group_label: str = ""
    """The group in words, as it is to be shown; "" for all patients."""
    grade: str = ""
    """Normalised grade or range: ``3``, ``1-2``, ``>=3``, ``<=2``."""
    cycle: str = ""
    """Normalised treatment cycle: ``1``, ``2``."""
    of: str = ""
    """For a p-value, ratio or interval: id of the measure it belongs to."""
    n: int | None = None
    """Numerator where the passage gives n or n/N."""
    total: int | None = None
    """Denominator N where the passage gives it."""
    percent: str = ""
    """The percentage as printed where a count carries one."""
    start: int = 0
    """Character span of the value in the passage's ``quote``."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list."""

    number: int
    authors: tuple[str, ...]
    """``Family Initials`` in the printed order; a last entry ``et al`` where the list was cut."""
    title: str
    journal: str
    year: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""

    @property
    def text(self) -> str:
        """The entry in Vancouver style."""
        place = self.year
        if self.volume:
            place += f";{self.volume}" + (f"({self.issue})" if self.issue else "")
        if self.pages:
            place += f":{self.pages}"
        text = f"{', '.join(self.authors)}. {_ended(self.title)} {_ended(self.journal)} {place}."
        return text + (f" doi:{self.doi}" if self.doi else "")


def _ended(text: str) -> str:
    """A part of a reference with one full stop, or with the question or exclamation mark it ends in."""
    return text if text.endswith(("?", "!")) else text.rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class Study:
    """A study of the review, as the tables' column heads and the prose name it."""

    id: str
    label: str
    """Id with the review's noun before it, e.g. ``Study 12``."""
    review: str
    name: str = ""
    """First author as the tables give it, e.g. ``Moreau et al.``."""
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a statement rests on: a passage and the study it is cited for."""

    passage: str
    study: str
    """"" for background."""
    label: str
    """As printed in the answer between square brackets, e.g. ``Study 12``."""
    reference: int | None
    review: str
    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a figure that the review does not print was computed from figures it does print."""

    operation: str
    """``difference``, ``count`` (n from N and %), ``percentage`` (n/N) or ``number of studies``."""
    operands: tuple[Fact, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with its support."""

    text: str
    """Without citation marks."""
    citations: tuple[int, ...]
    """Indices into the answer's citations."""
    facts: tuple[Fact, ...] = ()
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of the review that cannot both be right."""

    note: str
    citations: tuple[int, ...]


class Status(StrEnum):
    """Whether the question was answered."""

    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Wording:
    """Whose words an answer is in, where a language model is configured."""

    engine: str
    """``llm`` where the model was asked and answered, ``default`` where the words are the program's own."""
    model: str
    """The model's name."""
    kept: int = 0
    """Sentences of the model that are shown."""
    replaced: int = 0
    """Sentences shown that are the program's, for want of one of the model's that held."""
    left_out: int = 0
    """Sentences of the model that are not shown."""
    notice: str = ""
    """Why the model did not answer; "" where it did, or was not asked."""

    @property
    def line(self) -> str:
        """One line for the reader; "" where there is nothing to say."""
        if self.engine != "llm":
            return f"Wording: this program's; {self.notice}." if self.notice else ""
        total = self.kept + self.replaced
        said = f"Wording: {self.kept} of {total} {'sentence' if total == 1 else 'sentences'} by {self.model}"
        return said + (", checked" if self.kept else "") + (f"; {self.notice}." if self.notice else ".")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the last of some turns; see ``assistant ask --json`` for its JSON form."""

    question: str
    status: Status
    text: str
    """Plain text; each statement followed by its citations, e.g. ``[Study 12]``."""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    facts: tuple[tuple[Fact, int], ...] = ()
    """The facts the answer states, each with the index of its citation."""
    conflicts: tuple[Conflict, ...] = ()
    corpus: str = ""
    """Hash of the corpus it was answered from."""
    elapsed_ms: float = field(default=0.0, compare=False)
    wording: Wording | None = None
    """Whose words it is in; None where no language model is configured."""
