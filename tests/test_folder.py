"""A corpus folder as it stands: what is read from it, and what is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.folder.folder import RawReview, read_folder
from assistant.model import AssistantError

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted(p.parent for p in (ROOT / "corpus").glob("*/review.md"))
MADE_UP = sorted(p.parent for p in (ROOT / "tests" / "reviews").glob("*/review.md"))

REVIEW = """---
title: "Oral agents: a congress review"
authors: [Miller A, "Sato K"]
journal: Journal of Examples
year: 2024
volume: 012
pages: 14
doi: 10.0000/example
licence: no
publisher: Examples Ltd
tables:
  table-1.csv: {title: "Trials", note: "OS, overall survival"}
---
# Results

Background first [1]. OS was 61% (Study S-101) [2].
It was safe.
"""
TABLE = "Study #,S-101,S-102\nNo. of patients,40,38\n"
BIB = "@article{ref1, title={A}, year={2020}}\n@article{ref2, title={B}, author={Tan, Y and others}}\n"
ABBREVIATIONS = "abbreviation,meaning\nOS,Overall survival\n"
FILES = {
    "review.md": REVIEW,
    "table-1.csv": TABLE,
    "references.bib": BIB,
    "abbreviations.csv": ABBREVIATIONS,
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def read(tmp_path: Path, **changed: str | bytes | None) -> RawReview:
    """The review of FILES with some of them changed; keys are names up to the dot, None removes a file."""
    files: dict[str, str | bytes] = {}
    for name, content in FILES.items():
        new = changed.get(name.split(".")[0].replace("-", "_"), content)
        if new is not None:
            files[name] = new
    return read_folder(write(tmp_path / "example", files))


def test_everything_is_read(tmp_path: Path) -> None:
    review = read(tmp_path)
    assert (review.id, review.title) == ("example", "Oral agents: a congress review")
    assert review.authors == ("Miller A", "Sato K")
    assert (review.journal, review.year, review.volume, review.pages) == (
        "Journal of Examples",
        "2024",
        "012",
        "14",
    )
    assert (review.doi, review.licence, review.front) == (
        "10.0000/example",
        "no",
        {"publisher": "Examples Ltd"},
    )
    assert review.study_label == "Study"
    assert [(s.plain, s.studies, s.references) for s in review.sentences] == [
        ("Background first.", (), (1,)),
        ("OS was 61%.", ("S-101",), (2,)),
        ("It was safe.", ("S-101",), ()),
    ]
    assert [s.section for s in review.sentences] == ["Results"] * 3
    assert [(t.title, t.note, t.columns[1].study) for t in review.tables] == [
        ("Trials", "OS, overall survival", "S-102")
    ]
    assert [(r.number, r.title) for r in review.references] == [(1, "A"), (2, "B")]
    assert review.abbreviations == {"OS": "Overall survival"}
    assert review.study_references == {"S-101": 2}
    assert review.warnings == ()


def test_line_ends_byte_order_mark_and_hidden_characters_do_not_matter(tmp_path: Path) -> None:
    plain = read(tmp_path)
    changed = {
        name.split(".")[0].replace("-", "_"): b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in FILES.items()
    }
    assert read(tmp_path, **changed) == plain
    hidden = REVIEW.replace("It was safe", "It\u200b was\u202e \u00ads\x00afe")
    assert read(tmp_path, review=hidden) == plain


def test_a_thin_folder_is_enough(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "thin", {"review.md": "---\ntitle: T\n---\nGood (Study S-1) [4]. Better [9].\n"}
    )
    review = read_folder(folder)
    assert (review.tables, review.references, review.abbreviations) == ((), (), {})
    assert review.study_label == "Study"
    assert [(s.studies, s.references) for s in review.sentences] == [(("S-1",), (4,)), (("S-1",), (9,))]


@pytest.mark.parametrize(
    ("front", "head", "prose", "expected"),
    [
        ("study_label: Abstract\n", "Study #", "", "Abstract"),
        ("", "Poster No.", "(Study 5) [1]", "Poster"),
        ("", "Poster", "(Poster 5) [1]", "Poster"),
        ("", "Characteristic", "(Posters 5 and 6) [1]", "Poster"),
        ("", "Trial", "", "Trial"),
        ("", "", "", "Study"),
    ],
)
def test_the_study_label(tmp_path: Path, front: str, head: str, prose: str, expected: str) -> None:
    text = f"---\ntitle: T\n{front}---\nGood {prose}.\n"
    folder = write(tmp_path / "r", {"review.md": text, "table-1.csv": f"{head},5,6\nOS,1,2\n"})
    assert read_folder(folder).study_label == expected


def test_ids_without_a_noun(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "r", {"review.md": "---\ntitle: T\n---\nGood (S-101) [4]. So was (2022) [5].\n"}
    )
    assert [s.studies for s in read_folder(folder).sentences] == [("S-101",), ("S-101",)]


def test_a_study_that_no_table_has_is_reported_and_kept(tmp_path: Path) -> None:
    review = read(tmp_path, review=REVIEW + "\nOdd (Study S-110) [2].\n")
    assert review.sentences[-1].studies == ("S-110",)
    assert review.warnings == ("example/review.md: Study S-110 is marked in the prose, but no table has it",)


def test_abbreviations_in_the_prose(tmp_path: Path) -> None:
    text = REVIEW + "\n# Abbreviations\nOS: Overall survival\n- R/R: Relapsed or refractory\n"
    review = read(tmp_path, review=text, abbreviations=None)
    assert review.abbreviations == {"OS": "Overall survival", "R/R": "Relapsed or refractory"}
    assert review.sentences == read(tmp_path).sentences


def test_tables_in_their_printed_order(tmp_path: Path) -> None:
    files = {"review.md": "---\ntitle: T\n---\n"} | {f"table-{n}.csv": TABLE for n in (10, 2, 1)}
    folder = write(tmp_path / "r", files)
    assert [t.label for t in read_folder(folder).tables] == ["Table 1", "Table 2", "Table 10"]


FRONT = "---\ntitle: T\n---\n"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"review": None}, "example/review.md is missing"),
        ({"review": "# Results\n"}, "example/review.md, line 1: no front matter"),
        ({"review": "---\ntitle: T\n"}, "example/review.md, line 1: the front matter is not closed"),
        ({"review": "---\nyear: 2024\n---\n"}, "example/review.md, line 1: the front matter has no title"),
        (
            {"review": "---\nyear: 2024\ntitle:\n---\n"},
            "example/review.md, line 3: the front matter has no title",
        ),
        ({"review": "---\ntitle: A: b\n---\n"}, "example/review.md, line 2: the front matter is not YAML"),
        (
            {"review": "---\ntitle: T\nx: [1\n---\n"},
            "example/review.md, line 3: the front matter is not YAML",
        ),
        ({"review": "---\n- T\n---\n"}, "example/review.md, line 2: the front matter holds no keys"),
        (
            {"review": "---\ntitle: T\ntitle: U\n---\n"},
            "example/review.md, line 3: the key title stands twice",
        ),
        ({"table_1": None}, "example/review.md, line 11: the front matter names a table 'table-1.csv'"),
        ({"table_1": TABLE + "OS,1\n"}, "example/table-1.csv, line 3: 2 cells where the head row has 3"),
        ({"table_1": b"Study,\xff\n"}, "example/table-1.csv, line 1: the bytes are not UTF-8"),
        ({"review": REVIEW.encode() + b"\n\xe4"}, "example/review.md, line 19: the bytes are not UTF-8"),
        ({"review": REVIEW + "\nOdd\n[3].\n"}, "example/review.md, line 20: reference [3] is cited"),
        ({"references": BIB + "@misc{ref2, title={C}}"}, "example/references.bib, line 3: the key ref2"),
        (
            {"abbreviations": "OS,Overall survival\nCR\n"},
            "example/abbreviations.csv, line 2: not an abbreviation",
        ),
        ({"abbreviations": "CR,Complete, or so\n"}, "example/abbreviations.csv, line 1: not an abbreviation"),
    ],
)
def test_refusals(tmp_path: Path, changed: dict[str, str | bytes | None], message: str) -> None:
    with pytest.raises(AssistantError) as caught:
        read(tmp_path, **changed)
    assert message in caught.value.message
    assert caught.value.remedy


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", write(tmp_path / "f", {"a": "b"}) / "a"):
        with pytest.raises(AssistantError, match="no such folder"):
            read_folder(path)
    (tmp_path / "r" / "review.md").mkdir(parents=True)
    with pytest.raises(AssistantError, match="cannot be read"):
        read_folder(tmp_path / "r")


@pytest.mark.parametrize("folder", SHIPPED + MADE_UP, ids=lambda p: p.name)
def test_a_complete_folder_is_whole(folder: Path) -> None:
    review = read_folder(folder)
    assert review.warnings == ()
    studies = {c.study for t in review.tables for c in t.columns}
    assert {s for x in review.sentences for s in x.studies} == studies == set(review.study_references)
    assert [r.number for r in review.references] == list(range(1, len(review.references) + 1))
    cited = {n for s in review.sentences for n in s.references}
    assert cited == {r.number for r in review.references}
    assert all(cell for t in review.tables for row in t.rows for cell in row.cells)
    assert all(r.authors and r.title and r.journal and r.year and r.pages for r in review.references)
    # The row of authors pairs each study with the reference that its mark in the prose carries.
    for table in review.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if row.head == "Authors (references)":
                    assert cell.endswith(f"[{review.study_references[column.study]}]")


def test_the_shipped_review() -> None:
    (folder,) = SHIPPED
    review = read_folder(folder)
    assert review.study_label == "Abstract"
    assert [len(t.columns) for t in review.tables] == [5, 4]
    assert [len(t.rows) for t in review.tables] == [11, 11]
    assert len(review.references) == 12
    assert len(review.abbreviations) == 17
    assert len({s.section for s in review.sentences}) == 7


# -- robustness -------------------------------------------------------------------------------------

NAMES = st.sampled_from(sorted(FILES))
# fmt: off
PIECES = st.sampled_from([
    "---\n", "title: ", "\n", "\r\n", '"', "[", "]", "{", "}", "(", ")", ",", ";", "\t", "# ",
    "@article{", "ref1", "=", "&a ", "*a ", "!!int ", "Study #", "S-101", "(Study S-101) [1]",
    "[1–9999]", "[2]", ". ", "et al. ", "\u00a0", "\u202e", "\ufeff", "Arm", ",,", "\x00", "\\", "- ",
    "tables:", "é", "。", "1", "<!--", ": ",
])
# fmt: on


def reads_or_refuses(folder: Path, files: dict[str, bytes]) -> None:
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    review = read_or_error(folder, dict(files))
    if isinstance(review, AssistantError):
        assert review.message
        assert review.remedy
        return
    for table in review.tables:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert not any(c in s.text for s in review.sentences for c in "\n\r\u202e\ufeff\x00")


def read_or_error(folder: Path, files: dict[str, str | bytes]) -> RawReview | AssistantError:
    try:
        return read_folder(write(folder, files))
    except AssistantError as error:
        return error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, name: str, data: bytes) -> None:
    files = {n: c.encode() for n, c in FILES.items()}
    reads_or_refuses(tmp_path / "r", files | {name: data})


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, at=st.floats(0, 1), cut=st.integers(0, 40), pieces=st.lists(PIECES, max_size=6))
def test_any_edit_is_read_or_refused(
    tmp_path: Path, name: str, at: float, cut: int, pieces: list[str]
) -> None:
    text = FILES[name]
    start = int(at * len(text))
    edited = text[:start] + "".join(pieces) + text[start + cut :]
    files = {n: c.encode() for n, c in FILES.items()}
    reads_or_refuses(tmp_path / "r", files | {name: edited.encode()})


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, pieces=st.lists(PIECES, max_size=30))
def test_any_assembly_is_read_or_refused(tmp_path: Path, name: str, pieces: list[str]) -> None:
    lead = "---\ntitle: T\n---\n" if name == "review.md" else ""
    files = {n: c.encode() for n, c in FILES.items()}
    reads_or_refuses(tmp_path / "r", files | {name: (lead + "".join(pieces)).encode()})


def test_huge_and_hostile_files_are_handled_in_time(tmp_path: Path) -> None:
    for text in (
        "a." * 100_000,
        "(" * 100_000,
        "[1] " * 50_000,
        "A b. " * 50_000,
        "(Study S-1, " * 5_000,
        "# " * 50_000,
    ):
        assert read(tmp_path, review=FRONT + text, table_1=TABLE, references=BIB).title == "T"
    for name in ("table-1.csv", "references.bib", "abbreviations.csv"):
        for text in ('"' + "a" * 200_000, "{" * 100_000, "@article{a, title={" * 3_000, "," * 100_000):
            found = read_or_error(tmp_path / "example", {**FILES, name: text})
            assert isinstance(found, RawReview) or found.remedy
    with pytest.raises(AssistantError):
        read(tmp_path, review="---\ntitle: " + "[" * 20_000 + "\n---\n")
