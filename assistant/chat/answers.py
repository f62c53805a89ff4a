"""An answer as HTML for the conversation: sentences, links to their evidence, conflicts, declines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.chat.markup import Span, emphasised, escaped, evidence_href, evidence_link
from assistant.corpus.corpus import Review
from assistant.export.known import formats
from assistant.model import Answer, AssistantError, Citation, Fact, Statement, Status
from assistant.selection import Selector
from assistant.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Sizes:
    """Names and numbers of patients of the studies of some reviews."""

    _by_study: dict[tuple[str, str], tuple[str, int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, reviews: Iterable[Review], vocabulary: Vocabulary) -> Sizes:
        """The sizes the reviews give."""
        found: dict[tuple[str, str], tuple[str, int | None]] = {}
        for review in reviews:
            selector = Selector(review, vocabulary)
            found |= {(review.id, s.id): (s.name, selector.total(s.id)) for s in review.studies}
        return cls(found)

    def words(self, review: str, study: str) -> str:
        """``Moreau et al., 57 patients``; "" for background."""
        name, n = self._by_study.get((review, study), ("", None))
        return ", ".join(part for part in (name, f"{n} patients" if n is not None else "") if part)


def question_html(question: str) -> str:
    """What the reader asked, as plain text."""
    lines = [escaped(line) for line in question.splitlines() if line.strip()]
    return f'<div class="ra-question">{"<br>".join(lines)}</div>'


def pending_html() -> str:
    """What stands in the answer's place until it is there."""
    return '<div class="ra-answer ra-pending"><p>Looking it up …</p></div>'


def error_html(error: AssistantError) -> str:
    """A failure the reader can mend."""
    remedy = f"<p>{escaped(error.remedy)}</p>" if error.remedy else ""
    return (
        '<div class="ra-answer ra-error"><p class="ra-tag">This could not be asked</p>'
        f"<p>{escaped(error.message)}</p>{remedy}</div>"
    )


def answer_html(answer: Answer, id: str, sizes: Sizes, n_statements: int | None = None) -> str:
    """The answer; only its first ``n_statements`` sentences while it streams in.

    Args:
        answer: what was answered.
        id: that of its permalink; "" where it is not kept (yet).
        sizes: names and sizes of the studies.
        n_statements: None for all of it, with conflicts, sources and tools.
    """
    notes = {c.note for c in answer.conflicts}
    said = [s for s in answer.statements if s.text not in notes]
    whole = n_statements is None
    shown = said if whole else said[:n_statements]
    parts = [_tag(answer), *_statements(answer, shown)]
    if whole:
        parts += [_conflict(answer, c.note, c.citations) for c in answer.conflicts]
        parts += [_sources(answer, sizes), _wording(answer), _tools(id)]
    state = "declined" if answer.status is Status.DECLINED else "answered"
    state += " ra-conflicting" if answer.conflicts and whole else ""
    done = " ra-done" if whole else ""
    return f'<div class="ra-answer ra-{state}{done}">{"".join(parts)}</div>'


def n_statements(answer: Answer) -> int:
    """How many sentences stream in before the whole is shown."""
    notes = {c.note for c in answer.conflicts}
    return sum(s.text not in notes for s in answer.statements)


def _tag(answer: Answer) -> str:
    if answer.status is Status.DECLINED:
        return '<p class="ra-tag ra-tag-declined">Not answered from the review</p>'
    return ""


def _statements(answer: Answer, statements: Sequence[Statement]) -> list[str]:
    """Each sentence as a paragraph; three or more that each rest on something as a list."""
    lines = [_statement(answer, s) for s in statements]
    if len(lines) > 2 and all(s.citations for s in statements):
        return [f'<ul class="ra-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul>']
    return [f'<p class="{"ra-lead" if k == 0 else "ra-more"}">{line}</p>' for k, line in enumerate(lines)]


def _statement(answer: Answer, statement: Statement) -> str:
    text = emphasised(statement.text, _figures(statement))
    return f"{text}{_citations(answer, statement.citations, statement.facts)}"


def _figures(statement: Statement) -> list[Span]:
    """Where the values of the facts stand in the sentence."""
    found = []
    for fact in statement.facts:
        for value in filter(None, (fact.value, fact.percent)):
            if len(value) <= 40 and re.search(r"\d", value):
                pattern = rf"(?<![\w.,]){re.escape(value)}(?![\w])"
                found += [m.span() for m in re.finditer(pattern, statement.text)][:1]
    if statement.derivation:
        result = re.escape(statement.derivation.result)
        found += [m.span() for m in re.finditer(rf"(?<![\w.,]){result}(?!\w)", statement.text)][:1]
    return found


def _citations(answer: Answer, indices: Sequence[int], facts: Sequence[Fact] = ()) -> str:
    """The links of a sentence; of two with one label each says what sort of place it leads to."""
    cited = [answer.citations[k] for k in indices]
    labels = [c.label for c in cited]
    parts = []
    for citation in cited:
        label = citation.label
        if labels.count(label) > 1:
            label = f"{label}, {place_in_short(citation.locator)}"
        parts.append(cite_html(citation, facts, label))
    return "".join(f" {part}" for part in dict.fromkeys(parts))


def place_in_short(locator: str) -> str:
    """``table 1`` for a place in a table, ``text`` for one in the prose."""
    match = re.match(r"(table [\w.-]+)\b", locator, re.IGNORECASE)
    return match[1].lower() if match else "text"


def cite_html(citation: Citation, facts: Sequence[Fact], label: str) -> str:
    """``[Study 12]`` as a link to its evidence, where the figures of ``facts`` are marked."""
    spans = [(f.start, f.end) for f in facts if f.passage == citation.passage and f.end > f.start]
    href = evidence_href(citation.passage, citation.study, spans)
    return evidence_link(href, f"&#91;{escaped(label)}&#93;", citation.locator)


def _conflict(answer: Answer, note: str, citations: Sequence[int]) -> str:
    facts = [f for f, k in answer.facts if k in citations]
    return (
        '<div class="ra-conflict"><p class="ra-tag ra-tag-conflict">The review disagrees with itself</p>'
        f"<p>{escaped(note)}{_citations(answer, citations, facts)}</p></div>"
    )


def _sources(answer: Answer, sizes: Sizes) -> str:
    """The places the answer rests on, each with the study's authors and size."""
    if not answer.citations:
        return ""
    rows = []
    for k, citation in enumerate(answer.citations):
        facts = [f for f, at in answer.facts if at == k]
        about = sizes.words(citation.review, citation.study)
        who = f'<span class="ra-who">{escaped(about)}</span> · ' if about else ""
        link = cite_html(citation, facts, citation.label)
        rows.append(f'<li>{link} {who}<span class="ra-place">{escaped(citation.locator)}</span></li>')
    return f'<div class="ra-sources"><p class="ra-label">Sources</p><ul>{"".join(rows)}</ul></div>'


def _wording(answer: Answer) -> str:
    """Whose words they are, where a language model is set up."""
    line = answer.wording.line if answer.wording else ""
    return f'<p class="ra-wording">{escaped(line)}</p>' if line else ""


def _tools(id: str) -> str:
    """Permalink and copying; nothing where the answer could not be kept."""
    if not id:
        return '<p class="ra-tools ra-unkept">This answer could not be kept; it has no permalink.</p>'
    buttons = "".join(
        f'<li><button type="button" class="ra-copy" id="copy-{id}-{escaped(name)}">{escaped(form.title)}</button></li>'
        for name, form in formats().items()
    )
    return (
        f'<div class="ra-tools"><a class="ra-permalink" href="../a/{id}">Permalink</a>'
        f'<button type="button" class="ra-copy-link" id="link-{id}">Copy link</button>'
        f'<details class="ra-copying"><summary>Copy as</summary><ul>{buttons}</ul></details></div>'
    )
