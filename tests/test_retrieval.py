"""Search by words and by meaning, and their fusion."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import WordEncoder, corpus, passage

from assistant.model import AssistantError, Kind, Passage
from assistant.retrieval.retrieval import Bm25, Retriever, fuse, tokenise

ROOT = Path(__file__).resolve().parents[1]


class ExactIndex:
    """All cosines, worked out; what Chroma must come to as well."""

    def __init__(self, passages: list[Passage], encoder: WordEncoder) -> None:
        self.passages = passages
        self.rows = encoder.encode([p.text for p in passages])

    def query(self, vector, k, studies=None, review=None, kinds=None):
        cosines = self.rows @ vector
        wanted = [
            (p.id, round(float(c), 6))
            for p, c in zip(self.passages, cosines, strict=True)
            if (not studies or set(studies) & set(p.studies))
            and review in {None, p.locator.review}
            and (not kinds or p.locator.kind in kinds)
        ]
        return sorted(wanted, key=lambda pair: -pair[1])[:k]


def retriever(passages: list[Passage]) -> Retriever:
    encoder = WordEncoder()
    return Retriever(passages, lambda: ExactIndex(passages, encoder), lambda: encoder)


def unavailable() -> WordEncoder:
    raise AssistantError("It must not be opened.")


# -- tokens


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a ratio of 0.62", {"0.62"}),
        ("n=7", {"n=7", "7"}),
        ("N = 53", {"n=53", "53"}),
        ("p < 0.05", {"p<0.05", "0.05"}),
        ("IL-6", {"il-6", "il", "6"}),
        ("RD13-01", {"rd13-01"}),
        ("CD7+", {"cd7"}),
        ("1,234 patients", {"1,234", "patient"}),
        ("3‑year survival", {"3-year", "3", "year"}),
        ("0.41–0.93", {"0.41-0.93", "0.41", "0.93"}),
        ("47/53 (88.7%)", {"47", "53", "88.7"}),
        ("TNF-α", {"tnf-α"}),
        ("1.5mg/m²", {"1.5mg", "m²"}),
        ("10⁶ cells", {"10⁶", "cell"}),
        ("NCT04215354.", {"nct04215354"}),
    ],
)
def test_figures_and_names_stay_whole(text: str, kept: set[str]) -> None:
    assert kept <= set(tokenise(text))


def test_an_odd_and_an_even_decimal_are_not_one() -> None:
    # a pattern of two or more word characters splits 0.62 into 0 and 62, and loses n=7
    assert set(tokenise("0.62")).isdisjoint(tokenise("0 62"))
    assert "234" not in tokenise("1,234")


@pytest.mark.parametrize(
    ("word", "token"),
    [("patients", "patient"), ("studies", "study"), ("status", "status"), ("analysis", "analysis")]
    + [("MDS", "mds"), ("loss", "loss"), ("HIS", "his"), ("arms", "arm"), ("responses", "response")],
)
def test_only_a_plural_s_of_a_longer_word_goes(word: str, token: str) -> None:
    assert tokenise(word) == [token]


@given(st.text())
def test_tokens_are_never_empty_and_the_same_for_any_case(text: str) -> None:
    tokens = tokenise(text)
    assert all(token and not re.search(r"\s", token) for token in tokens)
    assert tokenise(text.casefold()) == tokens


@given(st.decimals(min_value=0, max_value=9999, places=2))
def test_every_decimal_is_one_token(number: object) -> None:
    assert str(number) in tokenise(f"the rate was {number}% then")


# -- BM25


def test_bm25_by_hand() -> None:
    words = Bm25({"a": "drug drug cell", "b": "drug", "c": "other cell"})
    # N = 3, df(drug) = 2, lengths 3, 1, 2, mean 2
    idf = log(1 + 1.5 / 2.5)
    assert words.scores("Drugs", {"a", "b", "c"}) == {
        "a": pytest.approx(idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))),
        "b": pytest.approx(idf * 1 / (1 + 1.2 * (0.25 + 0.75 * 1 / 2))),
    }
    assert words.scores("drug drug", {"b", "c"}) == words.scores("drug", {"b"})


def test_a_text_without_a_common_token_has_no_score() -> None:
    words = Bm25({"a": "drug", "b": "cell"})
    assert words.scores("nothing of it", {"a", "b"}) == {}
    assert words.scores("", {"a", "b"}) == {}
    assert Bm25({}).scores("drug", set()) == {}


def test_a_word_in_every_text_still_counts_for_something() -> None:
    assert Bm25({"a": "drug", "b": "drug"}).scores("drug", {"a", "b"})["a"] > 0


def test_bm25_orders_as_the_reference_implementation() -> None:
    bm25s = importlib.import_module("bm25s")
    passages = corpus(60)
    tokens = [tokenise(p.text) for p in passages]
    reference = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    reference.index(tokens, show_progress=False)
    query = "response to gammacel in 13.9% of group 7"
    expected = reference.get_scores(tokenise(query))
    ours = Bm25({p.id: p.text for p in passages}).scores(query, {p.id for p in passages})
    assert [ours.get(p.id, 0.0) for p in passages] == pytest.approx(expected.tolist(), rel=1e-5)


# -- fusion


def test_fusion_by_hand() -> None:
    assert fuse([["a", "b"], ["b", "c"]]) == [
        ("b", pytest.approx(1 / 62 + 1 / 61)),
        ("a", pytest.approx(1 / 61)),
        ("c", pytest.approx(1 / 62)),
    ]


def test_ties_go_to_the_better_rank_then_to_the_earlier_ranking() -> None:
    assert [id_ for id_, _ in fuse([["a", "x"], ["b", "y"]])] == ["a", "b", "x", "y"]
    assert [id_ for id_, _ in fuse([["b"], ["a"]])] == ["b", "a"]


def test_an_id_twice_in_one_ranking_counts_once() -> None:
    assert fuse([["a", "a", "b"]]) == [("a", 1 / 61), ("b", 1 / 62)]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4))
def test_fusion_ranks_what_it_was_given_and_nothing_else(rankings: list[list[str]]) -> None:
    fused = fuse(rankings)
    assert {id_ for id_, _ in fused} == {id_ for ranking in rankings for id_ in ranking}
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


# -- search


def test_the_nearest_words_come_first() -> None:
    passages = [
        passage("The response to alphamab was 12%.", ["S-1"], at=1),
        passage("The response to betanib was 13%.", ["S-2"], at=2),
        passage("Nothing was measured here.", ["S-3"], at=3),
    ]
    found = retriever(passages).search("response to betanib", k=2)
    assert [e.passage.studies for e in found] == [("S-2",), ("S-1",)]
    assert found[0].score == pytest.approx(2 / 61)
    assert found[0].cosine is not None
    assert 0 < found[0].cosine <= 1
    assert found[0].bm25 is not None
    assert found[0].bm25 > (found[1].bm25 or 0)


def test_a_passage_found_by_meaning_alone_has_no_bm25_score() -> None:
    passages = [passage("alphamab", at=1), passage("betanib", at=2)]
    (first, second) = retriever(passages).search("alphamab")
    assert (first.passage.text, second.passage.text, second.bm25) == ("alphamab", "betanib", None)
    (only,) = retriever(passages).search("alphamab", dense=False)
    assert only.cosine is None


@pytest.mark.parametrize("dense", [True, False])
def test_filters_hold(dense: bool) -> None:
    passages = corpus(80) + corpus(40, review="another", shift=1000)
    search = retriever(passages).search
    query = "patients with a response to alphamab"
    options = {"k": 200, "dense": dense}
    assert {e.passage.locator.review for e in search(query, review="another", **options)} == {"another"}
    assert {e.passage.locator.kind for e in search(query, kinds=[Kind.CELL], **options)} == {Kind.CELL}
    found = search(query, studies=["S-2", "S-5"], **options)
    assert found
    assert all({"S-2", "S-5"} & set(e.passage.studies) for e in found)
    assert len(search(query, **options)) == 120
    assert search(query, studies=["S-99"], **options) == []
    assert search(query, k=3, dense=dense) == search(query, k=200, dense=dense)[:3]


@pytest.mark.parametrize("query", ["", "  \n", "%%%"])
def test_a_query_without_words_finds_nothing_by_words(query: str) -> None:
    assert retriever(corpus(10)).search(query, dense=False) == []


def test_equal_passages_keep_the_order_of_the_corpus() -> None:
    passages = [passage("the same text", [f"S-{n}"], at=n) for n in range(9)]
    found = retriever(passages).search("same text")
    assert [e.passage.studies[0] for e in found] == [f"S-{n}" for n in range(9)]


def test_the_order_does_not_depend_on_the_order_of_filters() -> None:
    passages = corpus(50)
    one = retriever(passages).search("response in cycle 3", studies=["S-1", "S-4"])
    other = retriever(passages).search("response in cycle 3", studies={"S-4", "S-1"})
    assert one == other


def test_a_search_by_words_opens_nothing() -> None:
    search = Retriever(corpus(10), unavailable, unavailable).search
    assert search("response", dense=False)
    with pytest.raises(AssistantError, match="must not be opened"):
        search("response")


def test_index_and_encoder_are_opened_once() -> None:
    passages, opened = corpus(10), []
    encoder = WordEncoder()

    def index() -> ExactIndex:
        opened.append("index")
        return ExactIndex(passages, encoder)

    def open_encoder() -> WordEncoder:
        opened.append("encoder")
        return encoder

    searcher = Retriever(passages, index, open_encoder)
    for _ in range(3):
        searcher.search("response")
        searcher.similarity("response", ["a", "b"])
    assert sorted(opened) == ["encoder", "index"]


def test_a_text_is_encoded_once() -> None:
    encoder = WordEncoder()
    passages = corpus(5)
    searcher = Retriever(passages, lambda: ExactIndex(passages, WordEncoder()), lambda: encoder)
    for _ in range(3):
        searcher.search("one question")
        searcher.similarity("one question", ["one sentence"])
    assert encoder.encoded == ["one question", "one sentence"]


def test_similarity_is_a_cosine() -> None:
    found = retriever(corpus(3)).similarity("a b", ["b a", "a", "zz"])
    assert found == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)
    assert retriever(corpus(3)).similarity("a b", []).shape == (0,)
    assert found.dtype == np.float32


def test_searching_imports_nothing_heavy_until_it_must() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from made_up import corpus, WordEncoder\n"
        "from assistant.retrieval.retrieval import Retriever\n"
        "found = Retriever(corpus(9), None, None).search('response', dense=False)\n"
        "assert found\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules} "
        "& {'chromadb', 'onnxruntime', 'tokenizers', 'torch', 'llama_index', 'transformers'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
