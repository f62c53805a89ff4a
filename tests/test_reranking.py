"""A cross-encoder that is made here puts passages into its order; without one nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from made_up import WordEncoder, corpus
from test_llm_injection import Nearest

from assistant.model import AssistantError
from assistant.retrieval.reranking import CrossEncoderReranker
from assistant.retrieval.retrieval import Reranker, Retriever
from assistant.settings import load_settings

QUERY = "alphamab response after cycle 3"


class Longest:
    """Likes the longest text best."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return [float(len(t)) for t in texts]


def retriever(reranker: Reranker | None = None) -> Retriever:
    passages, encoder = corpus(60), WordEncoder()
    return Retriever(passages, lambda: Nearest(passages, encoder), lambda: encoder, reranker)


def test_the_best_come_in_its_order_and_no_other_passage_comes() -> None:
    plain, other = retriever().search(QUERY, k=60), retriever(Longest()).search(QUERY, k=60)
    assert {e.passage.id for e in plain[:20]} == {e.passage.id for e in other[:20]}
    lengths = [len(e.passage.text) for e in other[:20]]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths != [len(e.passage.text) for e in plain[:20]]
    assert [e.passage.id for e in plain[20:]] == [e.passage.id for e in other[20:]]
    assert [e.score for e in plain] == [e.score for e in other]


def test_a_search_by_words_alone_is_left_as_it_is() -> None:
    plain, other = (retriever(r).search(QUERY, dense=False) for r in (None, Longest()))
    assert plain == other


@pytest.mark.slow
def test_a_cross_encoder_from_a_folder(tmp_path: Path) -> None:
    folder = small_cross_encoder(tmp_path / "model")
    found = CrossEncoderReranker(str(folder))
    scores = found.scores("alphamab", ["alphamab helps", "betanib helps", "nothing"])
    assert len(scores) == len(set(scores)) == 3
    assert scores == CrossEncoderReranker(str(folder)).scores(
        "alphamab", ["alphamab helps", "betanib helps", "nothing"]
    )
    ranked = retriever(found).search(QUERY, k=20)
    texts = [e.passage.text for e in ranked]
    assert found.scores(QUERY, texts) == sorted(found.scores(QUERY, texts), reverse=True)


@pytest.mark.slow
def test_a_folder_without_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="cannot be opened"):
        CrossEncoderReranker(str(tmp_path)).scores("a", ["b"])
    with pytest.raises(AssistantError, match="no folder"):
        load_settings(reranker=str(tmp_path / "none"))


def small_cross_encoder(folder: Path) -> Path:
    """A cross-encoder of a few thousand weights that nobody trained, always the same."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *"alphamab betanib gammacel response cycle patients helps".split(),
    ]
    tokenizer = Tokenizer(WordLevel({w: k for k, w in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    )
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=128, num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    torch.manual_seed(1)
    BertForSequenceClassification(config).eval().save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder
