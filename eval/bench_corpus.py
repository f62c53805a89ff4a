"""Reviews that are made up, for measuring how cost grows: the same seed gives the same folders and figures.

No study, drug, author or figure of them exists. Each review has six studies, a table and prose, in the form
`corpus/README.md` describes, and comes with questions whose gold figure or word is known.
"""

import csv
import io
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STUDIES = 6
PASSAGES = 100
"""Passages that the reader makes of one such review; a corpus is sized by it."""

_SYLLABLES = (
    "ba be bo ca ce da do fa fi ga go ha ka ki lo lu ma mi no pa ra ri sa so ta ti va vo za zu".split()
)
_ENDINGS = ("nibex", "mabor", "celin", "dutal", "tinor", "vexol")
_SIGNS = ("headache", "rash", "nausea", "fever", "fatigue", "cough", "dizziness", "cramps")
_MECHANISMS = ("loss of", "a mutation of", "silencing of", "overexpression of", "a fusion with")
_HEADS = (
    "Authors (references)",
    "Study agents",
    "No. of patients",
    "ORR",
    "CR",
    "PFS",
    "OS",
    "Grade ≥ 3 infection",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question over a made-up review, and what its answer must hold."""

    text: str
    gold: str
    searches: bool
    """Whether the answer stands in prose and has to be searched, not looked up among the facts."""


@dataclass(frozen=True, slots=True)
class _Study:
    id: str
    author: str
    drug: str
    gene: str
    mechanism: str
    sign: str
    figures: dict[str, str]
    reference: int


def write_corpus(folder: Path, n_reviews: int, seed: int = 1) -> list[Question]:
    """Writes the reviews into `folder` and gives back two questions a review, in order of review.

    A corpus of fewer reviews is the beginning of one of more.
    """
    questions: list[Question] = []
    for number in range(n_reviews):
        # a generator a review, so that review 7 is the same in a corpus of 10 and of 1,000
        draw = random.Random(seed * 1_000_003 + number)
        studies = list(_studies(draw, number))
        _write_review(folder / f"made-up-{number:04}", number, studies)
        asked, searched = draw.sample(studies, 2)
        questions += [
            Question(f"What was the 2-year OS in Study {asked.id}?", asked.figures["OS"], False),
            Question(f"What is resistance to {searched.drug} attributed to?", searched.gene, True),
        ]
    return questions


def write_questions(path: Path, questions: Sequence[Question]) -> None:
    """One JSON object a line."""
    rows = ({"text": q.text, "gold": q.gold, "searches": q.searches} for q in questions)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_questions(path: Path) -> list[Question]:
    """What `write_questions` wrote."""
    return [Question(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables))


def _studies(draw: random.Random, number: int) -> Iterator[_Study]:
    for at in range(STUDIES):
        figures = {name: f"{draw.uniform(20, 95):.1f}%" for name in ("ORR", "CR", "PFS", "OS", "infection")}
        figures["n"] = str(draw.randint(20, 600))
        yield _Study(
            id=f"M{number:04}-{101 + at}",
            author=_word(draw, 3).capitalize(),
            drug=(_word(draw, 3) + _ENDINGS[at]).capitalize(),
            gene=f"{_word(draw, 2).upper()}{draw.randint(2, 99)}",
            mechanism=draw.choice(_MECHANISMS),
            sign=draw.choice(_SIGNS),
            figures=figures,
            reference=at + 1,
        )


def _paragraph(study: _Study) -> str:
    f = study.figures
    return (
        f"{study.drug} was given to {f['n']} patients (Study {study.id}) [{study.reference}]. "
        f"The ORR was {f['ORR']} and {f['CR']} of the patients had a CR. "
        f"The 2-year PFS and OS were {f['PFS']} and {f['OS']}, respectively. "
        f"Grade ≥ 3 infections were seen in {f['infection']} of them. "
        f"The investigators attributed resistance to {study.drug} to {study.mechanism} {study.gene}. "
        f"Among lesser complaints {study.sign} was the one named most often."
    )


def _table(studies: Sequence[_Study]) -> str:
    sink = io.StringIO()
    rows = csv.writer(sink, lineterminator="\n")
    rows.writerow(["Study #", *(s.id for s in studies)])
    for head in _HEADS:
        rows.writerow([head, *(_cell(head, study) for study in studies)])
    return sink.getvalue()


def _cell(head: str, study: _Study) -> str:
    f = study.figures
    return {
        "Authors (references)": f"{study.author} et al. [{study.reference}]",
        "Study agents": study.drug,
        "No. of patients": f["n"],
        "PFS": f"2-year PFS: {f['PFS']}",
        "OS": f"2-year OS: {f['OS']}",
        "Grade ≥ 3 infection": f["infection"],
    }.get(head) or f[head]


def _write_review(folder: Path, number: int, studies: Sequence[_Study]) -> None:
    folder.mkdir(parents=True)
    front = (
        f'---\ntitle: "Made-up agents, part {number}"\nauthors: ["Nobody N"]\njournal: "No Journal"\n'
        "year: 2020\nstudy_label: Study\ntables:\n"
        f'  table-1.csv: {{title: "Made-up trials, part {number}"}}\n'
        "---\n\n# Results\n\n"
    )
    text = front + "\n\n".join(map(_paragraph, studies)) + "\n"
    (folder / "review.md").write_text(text, encoding="utf-8")
    (folder / "table-1.csv").write_text(_table(studies), encoding="utf-8")
    entries = (
        f"@article{{ref{s.reference}, author = {{{s.author}, A and others}}, "
        f"title = {{A made-up trial of {s.drug}}}, journal = {{No Journal}}, year = {{2020}}}}\n"
        for s in studies
    )
    (folder / "references.bib").write_text("".join(entries), encoding="utf-8")
