"""What the API takes and gives, as OpenAPI describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.service.limits import COMMENT_CHARS, QUESTION_CHARS, TEXT_CHARS, TURNS

BATCH_ITEMS = 100

Question = Annotated[str, Field(min_length=1, max_length=QUESTION_CHARS)]
Turns = Annotated[list[Question], Field(min_length=1, max_length=TURNS)]
Id = Annotated[str, Field(max_length=500)] | int | None
EngineName = Literal["default", "llm"]
ReviewId = Annotated[str, Field(max_length=200)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ItemIn(_In):
    """The turns of a conversation; the last one is to be answered."""

    turns: Turns = Field(examples=[["What was the 3-year OS of study 12?", "And EFS?"]])
    id: Id = Field(None, description="Comes back with the answer.")


class AskIn(ItemIn):
    """A question."""

    review: ReviewId | None = Field(None, description="Ask this review only.")
    keep: bool = Field(True, description="Whether the answer gets a permalink.")
    engine: EngineName | None = Field(None, description="default: no language model, though one is set up.")


class BatchIn(_In):
    """Several questions that have nothing to do with each other."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=BATCH_ITEMS)]
    review: ReviewId | None = None
    keep: bool = False
    engine: EngineName | None = None


class RatingIn(_In):
    """What a reader thought of an answer."""

    liked: bool
    comment: Annotated[str, Field(max_length=COMMENT_CHARS)] = ""


class CheckIn(_In):
    """A text whose statements are to be judged."""

    text: Annotated[str, Field(min_length=1, max_length=TEXT_CHARS, examples=["The 3-year OS was 12%."])]
    study: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="The study meant until the text names one."
    )
    review: ReviewId | None = Field(None, description="Check against this review only.")


class Problem(_Out):
    """Why a request was refused, and what to do."""

    error: str
    remedy: str


class StatementOut(_Out):
    """One sentence of an answer."""

    text: str
    citations: list[int]


class CitationOut(_Out):
    """A place a statement rests on."""

    abstract: str
    reference: int | None
    review: str
    locator: str
    quote: str


class FactOut(_Out):
    """A figure or characteristic an answer states."""

    study: str
    attribute: str
    time_point: str
    group: str
    value: str
    citation: int


class ConflictOut(_Out):
    """Two places that cannot both be right."""

    note: str
    citations: list[int]


class WordingOut(_Out):
    """Whose words an answer is in."""

    engine: EngineName
    model: str
    kept: int = Field(description="Sentences of the model that are shown.")
    replaced: int = Field(description="Sentences shown that are the program's.")
    left_out: int = Field(description="Sentences of the model that are not shown.")
    notice: str = Field(description="Why the model did not answer, or not to its end.")


class PlainAnswerOut(_Out):
    """The contract's answer."""

    id: str | int | None
    question: str
    status: Literal["answered", "declined"]
    answer: str
    statements: list[StatementOut]
    citations: list[CitationOut]
    facts: list[FactOut]
    conflicts: list[ConflictOut]
    corpus: str
    elapsed_ms: float
    wording: WordingOut | None = Field(None, description="Only there where a language model is set up.")


class AnswerOut(PlainAnswerOut):
    """The contract's answer, and where it is kept."""

    permalink: str | None = Field(description="Its page, relative to the service's root; null if not kept.")


class JudgedOut(_Out):
    """A statement of a text and what the review says of it."""

    text: str
    start: int = Field(description="Where it begins in the text, in characters.")
    end: int
    verdict: Literal["supported", "contradicted", "not_found", "not_checkable"]
    reason: str
    citations: list[CitationOut]
    facts: list[FactOut]


class CheckOut(_Out):
    """The statements of a text in order, and how many got each verdict."""

    statements: list[JudgedOut]
    summary: dict[str, int]


class FailedItem(_Out):
    """An item of a batch that could not be asked."""

    id: str | int | None
    line: int = Field(description="Its number, from 1.")
    error: str


class BatchOut(_Out):
    """One entry an item, in order."""

    answers: list[AnswerOut | FailedItem]


class Done(_Out):
    """It is on the disk."""

    kept: Literal[True]


class ReferenceOut(_Out):
    """An entry of the reference list."""

    number: int
    text: str
    doi: str


class StudyRow(_Out):
    """A study and its main facts."""

    id: str
    label: str
    review: str
    name: str
    reference: ReferenceOut | None
    main_facts: list[str]


class StudiesOut(_Out):
    """The studies of the corpus."""

    corpus: str
    studies: list[StudyRow]


class CorpusFactOut(_Out):
    """A figure or characteristic a passage states."""

    study: str
    attribute: str
    time_point: str
    group: str
    value: str
    passage: str


class PassageRow(_Out):
    """A passage."""

    id: str
    kind: str
    locator: str
    quote: str


class StudyOut(StudyRow):
    """Everything the corpus says of a study."""

    facts: list[CorpusFactOut]
    passages: list[PassageRow]


class SentenceOut(_Out):
    """A sentence beside a passage."""

    id: str
    quote: str


class RowOut(_Out):
    """A row of a table."""

    head: str
    cells: list[str]


class TableOut(_Out):
    """The table a passage stands in, and in which row and column (empty for a whole column)."""

    label: str
    title: str
    note: str
    study_head: str
    columns: list[str]
    rows: list[RowOut]
    row: str
    column: str


class PassageOut(PassageRow):
    """A passage and what stands around it."""

    review: str
    title: str
    studies: list[str]
    references: list[ReferenceOut]
    facts: list[CorpusFactOut]
    paragraph: list[SentenceOut]
    table: TableOut | None


class SourceOut(_Out):
    """What a kept answer's citation names."""

    label: str
    passage: str
    reference: str
    doi: str
    title: str


class KeptOut(_Out):
    """An answer as it was given once."""

    permalink: str
    made_at: str
    turns: list[str]
    review: str | None
    corpus_changed: bool | None
    answer: PlainAnswerOut
    sources: list[SourceOut]


class Health(_Out):
    """The process runs."""

    ok: Literal[True]


class Readiness(_Out):
    """Whether questions are answered at once."""

    ready: bool
    corpus: str | None
    error: str | None
