"""Turns a sentence-transformers model into an ONNX file; the only module that imports torch.

``python -m assistant.index.onnx_export MODEL HOME`` does it in a process of its own.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock

from assistant.files.files import NEW, contents, fresh_dir, sha256_of, write_json
from assistant.index.encoder import (
    GRAPH,
    MANIFEST,
    PACKAGE,
    TOKENIZER,
    Session,
    cores,
    export_dir,
    find_model,
    is_whole,
)
from assistant.model import AssistantError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""all-MiniLM-L6-v2's published model.safetensors; the package that carries it is a third party's."""
MAX_TOKENS = 256
"""The published limit of all-MiniLM-L6-v2, trained on 128; sentence-transformers cuts there as well."""
TOLERANCE = 1e-4
"""Largest difference of a component from sentence-transformers; float32 gives 1e-6."""
PROBES = (
    "What was the overall survival at 3 years?",
    "0.62 (95% CI 0.41–0.93; p = 0.02), n=7, IL-6, 1,234 µg/m²",
    "n",
    "",
    "Überlebensrate, taux de réponse, 总生存期, α",
    "The median follow-up was 26 months, and 47 of 53 patients reached a complete remission. " * 20,
)
"""Compared after an export: a question, figures, one letter, nothing, other scripts, a text that is cut."""


def export(model_dir: Path, home: Path) -> Path:
    """Writes the model as ONNX into ``home/models/<hash>`` and gives that folder back.

    The graph is the model's own modules (transformer, pooling) and an L2 normalisation, in float32, with
    batch and sequence dynamic. Before it is put in place it is compared with sentence-transformers on PROBES.
    20 s on two cores: 8 s of imports, 10 s of torch.onnx.

    Raises:
        AssistantError: for packaged weights that are not the known ones, or an export that differs.
    """
    weights = model_dir / "model.safetensors"
    weights_hash = sha256_of(weights) if weights.is_file() else ""
    if model_dir.parent.name == PACKAGE and weights_hash != WEIGHTS_SHA256:
        raise AssistantError(
            f"{weights} is not the known model: its sha256 is {weights_hash or 'missing'}.",
            f"Install {PACKAGE.replace('_', '-')} again.",
        )
    target = export_dir(model_dir, home)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(target.parent / "lock")):
        if is_whole(target):
            return target
        for leftover in target.parent.glob(f"{NEW}*/"):
            shutil.rmtree(leftover, ignore_errors=True)
        new = fresh_dir(target.parent)
        try:
            about = _write(model_dir, new)
            write_json(new / MANIFEST, {**about, "weights_sha256": weights_hash, "files": contents(new)})
            shutil.rmtree(target, ignore_errors=True)
            os.replace(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return target


def _write(model_dir: Path, new: Path) -> dict[str, Any]:
    """Exports into ``new``, compares, and gives back what the manifest says of the export."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores())
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(model_dir), device="cpu", local_files_only=True)
    model.max_seq_length = min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS)
    _write_graph(model, new / GRAPH)
    if (model_dir / TOKENIZER).is_file():
        shutil.copyfile(model_dir / TOKENIZER, new / TOKENIZER)
    else:
        model.tokenizer.backend_tokenizer.save(str(new / TOKENIZER))
    expected = model.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    session = Session(new, model.max_seq_length)
    difference = float(np.abs(np.vstack([session.run(text) for text in PROBES]) - expected).max())
    if not difference < TOLERANCE:  # also for nan
        raise AssistantError(
            f"The exported encoder differs from sentence-transformers by {difference:.1e}.",
            "Report the versions that `assistant doctor` prints; another model folder can be set meanwhile.",
        )
    return {
        "source": str(model_dir),
        "max_tokens": model.max_seq_length,
        "dimension": session.dimension,
        "difference": difference,
        "torch": torch.__version__,
    }


def _write_graph(model: SentenceTransformer, path: Path) -> None:
    import torch

    class Pipeline(torch.nn.Module):
        """The model's modules, then rows of length 1."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *values: torch.Tensor) -> torch.Tensor:
            vector = self.model(dict(zip(features, values, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(vector, p=2.0, dim=1)

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it warns of torchvision
    features = _sample(model)
    dynamic = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations and axis names
        program = torch.export.export(
            Pipeline().eval(),
            tuple(features.values()),
            dynamic_shapes=((dynamic,) * len(features),),
            strict=False,
        )
        exported = torch.onnx.export(
            program,
            tuple(features.values()),
            dynamo=True,
            input_names=list(features),
            output_names=["sentence_embedding"],
            verbose=False,
        )
        if exported is None:
            raise AssistantError(
                "torch exported nothing.", "Install the torch version that pyproject.toml names."
            )
        # weights beside the graph: onnxruntime maps them (session in 70 ms) instead of parsing 90 MB
        exported.save(str(path), external_data=True)


def _sample(model: SentenceTransformer) -> dict[str, Any]:
    """Two texts of different lengths, as the model takes them."""
    features = model.preprocess(["a short text", "another text, longer than the first"])
    known = {"input_ids", "attention_mask", "token_type_ids"}
    return {name: value for name, value in features.items() if name in known}


if __name__ == "__main__":
    try:
        export(find_model(sys.argv[1]), Path(sys.argv[2]))
    except AssistantError as error:
        sys.exit(f"{error.message} {error.remedy}")
