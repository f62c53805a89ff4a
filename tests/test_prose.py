"""Sentence ends, study marks, mentions and references."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.folder.prose import (
    Marker,
    Sentence,
    citations,
    noun_in_marks,
    numbers,
    read_block,
    read_blocks,
)
from assistant.text.sentences import split_sentences

NEVER = re.compile(r"(?!)")


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, NEVER)]


def sentences(
    text: str, label: str = "Abstract", ids: tuple[str, ...] = ("51", "54", "942")
) -> list[Sentence]:
    marker = Marker(label, ids)
    return [s for block in read_blocks(text, 1) for s in read_block(block, marker, 0)]


@pytest.mark.parametrize(
    "parts",
    [
        ["OS was 78%.", "EFS was 53.1%."],
        ["The difference was not significant (p = 0.21).", "Six patients died."],
        ["The p value was 0.21.", "The rest is silence."],
        ["Five patients had grade III.", "One had grade IV."],
        ["All events were of grade I.", "CRS resolved."],
        ["Events were of grades III or V.", "CRS resolved."],
        ["Survival was 61% vs. 38% in the control arm.", "It held."],
        ["Tan et al. treated patients, e.g. adults, i.e. those over 18, did well.", "See Fig. 2 for No. 5."],
        [
            "This was shown by J. Smith and N. K. Goekbuget in approx. 40 patients.",
            "It is known [4].",
            "Next.",
        ],
        ["Zhang et al. [7] reported it.", "Patients were treated in Sept. 2021.", "CR was 5/8."],
        ["Drugs were given i.v. and b.i.d. for 5 days.", "mTOR was inhibited.", "p53 was mutated."],
        ["It was done at approx. 3.5 mg/kg.", "“Quoted.”", "(All in brackets. Both of them.)", "End"],
        ["Was it safe?", "No.", "The rate was 5%!", "10 patients died."],
        ["Results came early (see ref. 3. Also Table 2) and lasted.", "Then."],
        ["They lived in the U.S.", "The rest did not.", "So said Tan et al.", "However, they erred."],
        ["2. Second point of the list."],
        ["It worked in mice, rats, etc. in 2019."],
        ["缓解率为78%。", "总生存率为60%。"],
        ["CAR-T cells came from donors.", "≥ 3 lines had been given.", "α-chains were deleted."],
        ["Patients were treated with CAR T.", "Grade 3 events were rare."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    glue = "" if parts[0].endswith("。") else " "
    assert split(glue.join(parts)) == parts


def test_a_mark_behind_the_stop_belongs_to_the_sentence_before_it() -> None:
    first, second = sentences("Sixty-one were treated. (Abstract 51) [4] Neutrophils came late.")
    assert first.text == "Sixty-one were treated. (Abstract 51) [4]"
    assert first.plain == "Sixty-one were treated."
    assert second.plain == "Neutrophils came late."
    assert first.studies == second.studies == ("51",)
    assert (first.references, second.references) == ((4,), ())


def test_a_reference_behind_the_stop_belongs_to_the_sentence_before_it() -> None:
    assert [s.references for s in sentences("It is known.[1, 2] It is new. [3]")] == [(1, 2), (3,)]


def test_a_mark_holds_until_the_next_and_not_beyond_the_paragraph() -> None:
    text = (
        "Background comes first [1]. The trial enrolled 40 (Abstract 51) [4]. OS was 61%.\n"
        "Another did not (Abstract 54)\n[5]. OS was 12%.\n\nAll in all, good."
    )
    found = sentences(text)
    assert [s.studies for s in found] == [(), ("51",), ("51",), ("54",), ("54",), ()]
    assert [s.references for s in found] == [(1,), (4,), (), (5,), (), ()]
    assert [(s.paragraph, s.index) for s in found] == [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 1)]
    assert found[3].text == "Another did not (Abstract 54) [5]."
    assert found[3].plain == "Another did not."


def test_two_marks_in_one_sentence_leave_the_next_to_both() -> None:
    found = sentences("OS was 61% (Abstract 51) [4] and 12% (Abstract 54) [5]. Toxicity was mild.")
    assert found[0].studies == found[1].studies == ("51", "54")
    assert [(m.studies, m.references) for m in found[0].marks] == [(("51",), (4,)), (("54",), (5,))]
    assert [found[0].text[m.start : m.end] for m in found[0].marks] == [
        "(Abstract 51) [4]",
        "(Abstract 54) [5]",
    ]
    assert found[0].plain == "OS was 61% and 12%."


@pytest.mark.parametrize(
    ("mark", "studies", "references", "plain"),
    [
        ("(Abstract 51) [4]", ("51",), (4,), "It works."),
        ("(Abstracts 51 and 54) [4, 5]", ("51", "54"), (4, 5), "It works."),
        ("(abstracts 51, 54, and 942)", ("51", "54", "942"), (), "It works."),
        ("(Abstract 51 and Abstract 54)", ("51", "54"), (), "It works."),
        ("(see Abstract #51 [4])", ("51",), (4,), "It works."),
        ("(Abstract No. 51)", ("51",), (), "It works."),
        ("[Abstract 51] [4]", ("51",), (4,), "It works."),
        ("(Abstract\u00a051)\u00a0[4–6]", ("51",), (4, 5, 6), "It works."),
        ("(Abstract LBA-4)", ("LBA-4",), (), "It works."),
        ("(Abstract 51; n = 281)", ("51",), (), "It works (n = 281)."),
        ("(51) [4]", ("51",), (4,), "It works."),
        ("(51)", (), (), "It works (51)."),
        ("(2022) [4]", (), (4,), "It works (2022)."),
        ("(Abstract concepts)", (), (), "It works (Abstract concepts)."),
        ("(n = 51) [4]", (), (4,), "It works (n = 51)."),
        ("[n = 51]", (), (), "It works [n = 51]."),
    ],
)
def test_the_forms_of_a_mark(
    mark: str, studies: tuple[str, ...], references: tuple[int, ...], plain: str
) -> None:
    (found,) = sentences(f"It works {mark}.")
    assert (found.studies, found.references, found.plain) == (studies, references, plain)


def test_ids_of_other_forms() -> None:
    ids = ("S-101", "P-0423", "MARLSTONE")
    found = sentences(
        "One (S-101). Two (Study P–0423) [2]. Three (MARLSTONE). Four (studies S-101/P-0423).", "Study", ids
    )
    assert [s.studies for s in found] == [("S-101",), ("P-0423",), ("MARLSTONE",), ("S-101", "P-0423")]


def test_a_bare_name_is_a_mention() -> None:
    (found,) = sentences(
        "Similar to Abstract 942, it was given to all, unlike Abstracts 51 and 54 (Abstract 51) [4]."
    )
    assert found.studies == ("51",)
    assert found.mentions == ("942", "54")
    assert "Abstract 942" in found.plain
    assert sentences("Abstract 7 is not known. Table 51 is no study.")[0].mentions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[4]", (4,)), ("[2, 3]", (2, 3)), ("[2–4,7]", (2, 3, 4, 7)), ("[1;2]", (1, 2)), ("[9-7]", (9, 7))],
)
def test_reference_numbers(text: str, expected: tuple[int, ...]) -> None:
    assert numbers(text) == expected


def test_an_interval_in_brackets_is_no_reference() -> None:
    assert citations("median age 42 [18–55] years", 12) == []
    assert citations("the range [18–55] of ages", 12) == []
    assert [c[2] for c in citations("as shown [10–12] before", 12)] == [(10, 11, 12)]
    assert [c[2] for c in citations("in 42 [3] of them", 12)] == [(3,)]


def test_headings_lists_and_comments() -> None:
    text = "# One #\nA first.\n- An item.\n- Another\n  item.\n\n"
    text += "## Two\n<!-- not\nthis -->\nLast.\n#hashtag stays."
    found = read_blocks(text, 7)
    assert [(b.section, b.paragraph, b.text) for b in found] == [
        ("One", 1, "A first."),
        ("One", 2, "An item."),
        ("One", 3, "Another item."),
        ("Two", 1, "Last. #hashtag stays."),
    ]
    assert [b.line(0) for b in found] == [8, 9, 10, 16]
    assert found[3].line(7) == 17


def test_the_noun_is_read_from_the_marks() -> None:
    assert noun_in_marks("As seen (Table 1) [2], (Table 2) [3]. Good (Studies S-1 and S-2) [4].") == "Study"
    assert noun_in_marks("Good (Posters 7, 8) [4]") == "Poster"
    assert noun_in_marks("Good (n = 5) [4]") == ""


@given(st.text(max_size=300))
def test_splitting_loses_nothing_but_space(text: str) -> None:
    spans = split_sentences(text, NEVER)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@given(st.text(alphabet="Ab1 .,;()[]-–#\n\u00a0Abstract51", max_size=200))
def test_any_prose_can_be_read(text: str) -> None:
    for sentence in sentences(text):
        assert "\n" not in sentence.text
        assert sentence.plain == " ".join(sentence.plain.split())
        for mark in sentence.marks:
            assert mark.studies
            assert sentence.text[mark.start : mark.end].strip()
