"""BibTeX as reference lists use it."""

from __future__ import annotations

import pytest

from assistant.folder.bibliography import author_names, plain_tex, read_references
from assistant.model import AssistantError, Reference


def test_an_entry() -> None:
    text = """
@article{ref2,
  author  = {Goekbuget, Nicola and W{\\"a}sch, R. and {GMALL Study Group} and others},
  title   = {Results of the {T-ALL} trial: 5\\% better},
  journal = "Blood",
  year    = 2022,
  volume  = {140}, number = {Supplement 1}, pages = {115--7},
  doi     = {https://doi.org/10.1182/x}
}
@comment{ignored {braces}}
@string{jho = "J Hematol Oncol"}
@book(ref1, title = {A } # {book}, journal = jho, year = {2020},)
"""
    first, second = read_references(text, "references.bib")
    assert first == Reference(1, (), "A book", "J Hematol Oncol", "2020")
    assert second == Reference(
        number=2,
        authors=("Goekbuget N", "Wäsch R", "GMALL Study Group", "et al"),
        title="Results of the T-ALL trial: 5% better",
        journal="Blood",
        year="2022",
        volume="140",
        issue="Supplement 1",
        pages="115–7",
        doi="10.1182/x",
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["ref3", "ref1"], [1, 3]),
        (["ref01", "Ref10"], [1, 10]),
        (["smith2020", "jones2019"], [1, 2]),
        (["smith2020", "smith2021"], [1, 2]),
        (["a", "b", "c"], [1, 2, 3]),
    ],
)
def test_numbers(keys: list[str], expected: list[int]) -> None:
    text = "\n".join(f"@misc{{{key}, title={{{key}}}}}" for key in keys)
    assert [r.number for r in read_references(text, "f")] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Saito, AM and Lew, Thomas E.", ("Saito AM", "Lew TE")),
        ("Nicholas J. Short", ("Short NJ",)),
        ("Short NJ", ("Short NJ",)),
        ("D’Aquino, G and {Barnes and Noble}", ("D’Aquino G", "Barnes and Noble")),
        ("King, Jr, Martin Luther and Dupont, Jean-Paul", ("King ML Jr", "Dupont JP")),
        ("Plato", ("Plato",)),
        ("", ()),
    ],
)
def test_names(field: str, expected: tuple[str, ...]) -> None:
    assert author_names(field) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ('G{\\"o}kbuget', "Gökbuget"),
        ("Poler\\`a", "Polerà"),
        ("{\\'{E}}tude \\& {\\ss}", "Étude & ß"),
        ("\\v{S}koda", "Škoda"),
        ("\\emph{in vitro} 10--12~h", "in vitro 10–12 h"),
        ("plain", "plain"),
    ],
)
def test_tex(tex: str, expected: str) -> None:
    assert plain_tex(tex) == expected


def test_an_empty_file_holds_no_references() -> None:
    assert read_references("\n", "f") == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("@article{a, title={x}}\n@article{A, title={y}}", 2, "stands twice"),
        ("@article{ref1, title={x}}\n@article{ref01, title={y}}", 2, "stands twice"),
        ("\n@article{a, title={x", 2, "brace"),
        ('@article{a, title="x', 1, "quote"),
        ("@article{a,\n title={x}\n year={y}}", 3, "comma"),
        ("@article{a,\n title=}", 2, "no value"),
        ("@article{a, title={x}\n\n@article{b, title={y}}", 3, "comma"),
        ("@article{title={x}}", 1, "no key"),
        ("1. Samra B. Evolving therapy.", 1, "no BibTeX entry"),
    ],
)
def test_refusals(text: str, line: int, message: str) -> None:
    with pytest.raises(AssistantError) as caught:
        read_references(text, "r/references.bib")
    assert f"r/references.bib, line {line}: " in caught.value.message
    assert message in caught.value.message
    assert caught.value.remedy
