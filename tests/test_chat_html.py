"""The HTML of the chat, worked out in the head: what is escaped, linked and marked."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over
from fake_engine import Engine as FakeEngine
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat import markup
from assistant.chat.answers import Sizes, answer_html, error_html, place_in_short, question_html
from assistant.chat.card import card_html, card_rows, review_html
from assistant.chat.conversation import Conversation, Turn
from assistant.chat.evidence import evidence_html
from assistant.chat.examples import examples
from assistant.chat.plot import CAUTION, NARROW, WIDE, plot_html
from assistant.chat.points import Rates, StudyPoints
from assistant.chat.studies import studies_html
from assistant.corpus.corpus import Corpus, Review, read_corpus
from assistant.model import Answer, AssistantError, Kind, Passage, Statement, Status
from assistant.vocabulary.vocabulary import load_vocabulary


@cache
def corpora() -> tuple[Corpus, ...]:
    return tuple(read_corpus(folder, load_vocabulary()) for folder in (CORPUS, REVIEWS))


def review(name: str) -> Review:
    return next(r for c in corpora() for r in c.reviews if r.id == name)


def shipped() -> Review:
    return review("t-all-ash-2022")


def passage(of: Review, kind: Kind, study: str, text: str) -> Passage:
    return next(p for p in of.passages if p.locator.kind is kind and study in p.studies and text in p.quote)


def text_of(html: str) -> str:
    """What a reader sees."""
    inline = re.sub(r"</?(?:a|b|mark|small|span|strong)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inline)).split())


# -- markup -----------------------------------------------------------------------------------------


@given(st.text())
def test_escaped_text_has_no_markup_and_reads_the_same(text: str) -> None:
    html = markup.escaped(text)
    assert not re.search(r"[<>\"'`*_~$\[\]\\|!{}]|&(?!#\d+;)", html)
    assert unescape(html) == " ".join(markup.strip_invisible(text).split())


def test_doi_links_lead_to_doi_org_alone() -> None:
    html = markup.doi_link("10.1186/s40164-023-00384-4")
    assert 'href="https://doi.org/10.1186/s40164-023-00384-4"' in html
    assert 'rel="noopener noreferrer"' in html
    for hostile in (
        "javascript:alert(1)",
        '10.1/x" onclick="x',
        "https://evil.example/10.1000/x",
        "10.1000/<b>",
    ):
        assert "<a" not in markup.doi_link(hostile)
        assert "<b" not in markup.doi_link(hostile)


def test_registrations_and_dois_in_a_text_become_links() -> None:
    html = markup.linked("NCT04572308, NCT04916860; see doi:10.5555/lpcm.2024.0118.")
    assert html.count("https://clinicaltrials.gov/study/NCT0") == 2
    assert 'href="https://doi.org/10.5555/lpcm.2024.0118"' in html
    assert text_of(html) == "NCT04572308, NCT04916860; see doi:10.5555/lpcm.2024.0118."
    assert "<a" not in markup.linked("NCT0457230")


def test_spans_are_marked_and_wrong_ones_left_out() -> None:
    assert markup.emphasised("OS: 78%", [(4, 7)]) == "OS: <strong>78%</strong>"
    assert "<strong>" not in markup.emphasised("OS", [(1, 9), (-2, 1), (1, 1)])
    assert markup.emphasised("abcd", [(0, 3), (2, 4)]) == "<strong>abc</strong>d"


def test_an_address_is_read_back() -> None:
    href = markup.evidence_href("abc", 'S-1"&<', [(4, 7), (1, 2)])
    assert href == "evidence/abc?study=S-1%22%26%3C&at=1-2.4-7"
    assert markup.read_spans("1-2.4-7") == ((1, 2), (4, 7))
    for wrong in ("", "1", "1-2.", "-1-2", "1-2&x", "9999999-1", "1-2." * 40):
        assert markup.read_spans(wrong) == ()


# -- evidence ---------------------------------------------------------------------------------------


def test_the_evidence_of_a_sentence_is_its_paragraph_with_it_marked() -> None:
    found = passage(shipped(), Kind.SENTENCE, "51", "seventy-eight")
    start = found.quote.index("68%")
    html = evidence_html(shipped(), found, "51", [(start, start + 3)])
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", html)
    assert [text_of(m) for m in marked] == [found.quote]
    assert "<strong>68%</strong>" in marked[0]
    assert "Overall results with nelarabine were evaluated" in text_of(html)
    assert "An intergroup phase II study" not in text_of(html)
    assert 'id="ra-evidence-title" tabindex="-1">Abstract 51' in html


def test_the_evidence_of_a_cell_is_its_table_with_it_and_its_heads_marked() -> None:
    found = passage(shipped(), Kind.CELL, "980", "18-month OS")
    html = evidence_html(shipped(), found, "980")
    assert html.count('class="ra-cell"') == 1
    assert html.count('class="ra-on"') == 2
    assert text_of(re.findall(r'<td class="ra-cell">(.*?)</td>', html)[0]) == found.quote
    heads = [text_of(h) for h in re.findall(r'<th scope="\w+" class="ra-on">(.*?)</th>', html)]
    assert heads == ["980", "Survival outcome"]
    table = next(t for t in shipped().raw.tables if t.label == found.locator.table)
    assert html.count("<td") == len(table.rows) * len(table.columns)
    assert html.count('<th scope="row"') == len(table.rows)
    assert html.count("<mark") == html.count(f'id="{"ra-hit"}"') == 1


@pytest.mark.parametrize("name", ["t-all-ash-2022", "myeloma-meeting-2024", "aplastic-anaemia-2025"])
def test_every_passage_has_evidence_in_which_it_is_marked(name: str) -> None:
    of = review(name)
    for p in of.passages:
        html = evidence_html(of, p, (*p.studies, "")[0])
        marked = [text_of(m) for m in re.findall(r"<mark[^>]*>(.*?)</mark>", html)]
        assert marked, p.locator
        if p.locator.kind in {Kind.SENTENCE, Kind.CELL}:
            assert set(marked) == {" ".join(p.quote.split())}, p.locator
        assert html.count('id="ra-hit"') == 1, p.locator
        assert not re.search(r"<(script|form|img|style|iframe)", html)


def test_a_cell_of_one_arm_is_not_marked_in_the_other() -> None:
    of = review("myeloma-meeting-2024")
    doublet = passage(of, Kind.CELL, "S-207", "48.9%")
    html = evidence_html(of, doublet, "S-207")
    assert html.count('class="ra-cell"') == 1
    shared = passage(of, Kind.CELL, "S-207", "Dubreuil")
    assert evidence_html(of, shared, "S-207").count('class="ra-cell"') == 2


def test_the_card_names_the_study() -> None:
    rows = dict(card_rows(shipped(), "980"))
    assert rows["Agents"] == "NS7CAR-T"
    assert rows["Phase"] == "I/II"
    assert rows["Patients"] == "53 (34 T-ALL; 18 T/LBL)"
    assert dict(card_rows(shipped(), "4053"))["Design"] == "Retrospective"
    assert dict(card_rows(shipped(), "975"))["Patients"] == "N/A"
    assert "Registration" not in dict(card_rows(shipped(), "975"))
    arms = dict(card_rows(review("myeloma-meeting-2024"), "S-207"))
    assert arms["Patients"] == "47 (Doublet); 48 (Triplet)"
    study = shipped().study("980")
    assert study
    assert "Blood. 2022;140(Supplement 1):2369–70." in text_of(card_html(shipped(), study))
    assert "https://doi.org/10.1186/s40164-023-00384-4" in review_html(shipped())


# -- answers ----------------------------------------------------------------------------------------


def test_an_answer_links_every_citation_and_shows_the_conflict_once() -> None:
    answer = FakeEngine().ask(["What was the OS?"])
    html = answer_html(answer, "a" * 20, Sizes({("made-up", "S-1"): ("Ada et al.", 40)}))
    assert html.count("<strong>61%</strong>") == 1
    assert re.findall(r'href="(evidence/p\d)\?study=S-1', html) == [
        "evidence/p2", "evidence/p2", "evidence/p1", "evidence/p2", "evidence/p1",
    ]  # fmt: skip
    shown = text_of(html)
    assert shown.count("The table and the text differ.") == 1
    assert "[Study S-1, table 1]" in shown
    assert "[Study S-1, text]" in shown
    assert "Ada et al., 40 patients" in shown
    assert 'href="../a/aaaaaaaaaaaaaaaaaaaa"' in html
    assert "ra-conflicting" in html


def test_an_answer_that_streams_in_has_no_tools_yet() -> None:
    answer = FakeEngine().ask(["What was the OS?"])
    html = answer_html(answer, "", Sizes(), 1)
    assert "ra-tools" not in html
    assert "ra-done" not in html
    assert "no permalink" in answer_html(answer, "", Sizes())


def test_a_decline_says_so_before_anything_else() -> None:
    answer = Answer("Why?", Status.DECLINED, "No.", (Statement("No.", ()),))
    html = answer_html(answer, "", Sizes())
    assert text_of(html).startswith("Not answered from the review No.")
    assert "ra-declined" in html


def test_three_cited_sentences_are_a_list() -> None:
    answer = FakeEngine().ask(["What was the OS?"])
    three = Answer("q", Status.ANSWERED, "", (answer.statements[0],) * 3, answer.citations)
    assert answer_html(three, "", Sizes()).count("<li><") == 0 + len(answer.citations)
    assert answer_html(three, "", Sizes()).count('<ul class="ra-list">') == 1


def test_a_figure_is_not_marked_inside_a_longer_one() -> None:
    answer = FakeEngine().ask(["What was the OS?"])
    said = Statement("Not 161% nor 61%x, but 61%.", (0,), answer.statements[0].facts)
    html = answer_html(Answer("q", Status.ANSWERED, "", (said,), answer.citations), "", Sizes())
    assert "161% nor 61%x, but <strong>61%</strong>." in html


def test_places_in_short() -> None:
    assert place_in_short("Table 1, Survival outcome") == "table 1"
    assert place_in_short("Tables of contents, paragraph 1, sentence 1") == "text"


def test_questions_and_errors_are_text() -> None:
    assert question_html("a <b>\n\n*c*") == '<div class="ra-question">a &#60;b&#62;<br>&#42;c&#42;</div>'
    assert "&#60;i&#62;" in error_html(AssistantError("<i>", "Do it."))


def test_a_conversation_forgets_what_could_not_be_asked() -> None:
    said = Conversation(
        (Turn("one", "<p>", "id1"), Turn("two", "<p>", asked=False), Turn("three", "<p>", "id3"))
    )
    assert said.questions == ["one", "three"]
    assert [said.answer_at(k) for k in range(-1, 7)] == ["", "", "id1", "", "", "", "id3", ""]
    shorter, last = said.without_last()
    assert (len(shorter.turns), last) == (2, "three")
    assert Conversation().without_last() == (Conversation(), "")


# -- studies ----------------------------------------------------------------------------------------


def rates(of: Review) -> dict[str, StudyPoints]:
    return {s.study.id: s for s in Rates(of, load_vocabulary()).studies()}


def test_the_rates_are_those_the_review_reports() -> None:
    found = rates(shipped())
    assert [(p.name, p.value, p.n) for p in found["51"].points] == [
        ("1-year OS", "89%", 281),
        ("3-year OS", "78%", 281),
        ("3-year OS, high-risk, transplanted", "68%", 78),
    ]
    assert ("2-year OS, monotherapy", "8%", 15) in [(p.name, p.value, p.n) for p in found["4053"].points]
    assert [(p.value, p.percent, p.disputed) for p in found["1995"].points] == [
        ("80%", 80, True),
        ("4/10", 40, True),
    ]
    assert found["975"].points == ()


@pytest.mark.parametrize("name", ["t-all-ash-2022", "myeloma-meeting-2024", "aplastic-anaemia-2025"])
def test_every_rate_is_printed_at_the_place_it_links_to(name: str) -> None:
    of = review(name)
    quotes = {p.id: p.quote for p in of.passages}
    points = [p for s in rates(of).values() for p in s.points]
    assert len(points) > 10
    for p in points:
        quote = quotes[p.fact.passage]
        assert quote[p.fact.start : p.fact.end].strip(), p
        assert 0 <= p.percent <= 100
        number = re.match(r"[\d.]+", p.value)
        assert number
        if "/" not in p.value:
            assert p.value == f"{number[0]}%"
            assert float(number[0]) == p.percent
            assert number[0] in quote


def test_every_point_is_drawn_where_its_rate_is() -> None:
    html = plot_html(Rates(shipped(), load_vocabulary()).studies(), "Rates")
    assert CAUTION.split(":")[0] in text_of(html)
    wide, narrow = html.split('<div class="ra-narrow">')
    points = [p for s in rates(shipped()).values() for p in s.points]
    assert wide.count("ra-point") == narrow.count("ra-point") == len(points)
    for part, layout in ((wide, WIDE), (narrow, NARROW)):
        ends = re.findall(r'class="ra-track" x1="\d+" y1="[\d.]+" x2="([\d.]+)"', part)
        assert [float(x) for x in ends] == [pytest.approx(layout.x(p.percent), abs=0.06) for p in points]
    assert plot_html((), "Rates").startswith("<p")


def test_all_studies_are_in_the_table() -> None:
    html = studies_html([shipped()], load_vocabulary())
    assert html.count('<th scope="row"') == len(shipped().studies) == 9
    assert html.count('aria-sort="none"') == 6
    assert "\n\n" not in html  # a blank line would end the HTML block in Markdown


# -- examples ---------------------------------------------------------------------------------------


KINDS = ["A figure", "Two arms", "Across studies", "Side effects", "A contradiction", "Not reported"]


@pytest.mark.parametrize("name", ["t-all-ash-2022", "myeloma-meeting-2024", "aplastic-anaemia-2025"])
def test_examples_are_made_from_what_each_review_reports(name: str) -> None:
    made = examples(review(name), load_vocabulary())
    assert [e.kind for e in made] == KINDS
    assert len({e.question for e in made}) == len(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("folder", [CORPUS, REVIEWS], ids=["shipped", "made up"])
def test_the_answers_to_the_examples_show_what_they_are_meant_to(folder: Path, assistant_home: Path) -> None:
    engine = engine_over(folder, assistant_home)
    for of in engine.reviews:
        for example in examples(of, load_vocabulary()):
            answer = engine.ask([example.question], of.id)
            assert (answer.status is Status.DECLINED) == (example.kind == "Not reported"), example
            if example.kind == "A contradiction":
                assert answer.conflicts, example
            if example.kind == "Two arms":
                assert len({f.group for f, _ in answer.facts}) == 2, example
