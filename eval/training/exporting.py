"""Writes a trained network as ONNX with 8-bit weights."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from assistant.files.files import sha256_of
from assistant.retrieval.passage_model import HASH_SUFFIX
from eval.training.network import PassageNetwork

TOLERANCE = 0.5
"""Largest difference of a score, or of the tokens' on average; 8 bits cost about 0.1 on texts, scores span 10."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export(network: PassageNetwork, target: Path) -> None:
    """Writes the network, a quarter of its size in float32, to ``target``, and its hash beside it.

    Raises:
        ValueError: the file scores otherwise than the network.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # three tensors of their own: the exporter takes one given twice for one input
    ids, mask, types = (torch.full((1, 20), n, dtype=torch.long) for n in (5, 1, 0))
    length = torch.export.Dim("length", min=2, max=512)
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.onnx's own deprecations and axis names
        whole = Path(folder) / "whole.onnx"
        program = torch.onnx.export(
            network,
            (ids, mask, types),
            dynamo=True,
            dynamic_shapes=({1: length},) * len(INPUTS),
            input_names=list(INPUTS),
            output_names=["score", "figures"],
            verbose=False,
        )
        if program is None:
            raise RuntimeError("torch wrote no program")
        program.save(str(whole))
        quantize_dynamic(
            str(whole),
            str(target),
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
        )
    strip(target)
    _compare(network, target)
    target.with_suffix(HASH_SUFFIX).write_text(sha256_of(target) + "\n", "utf-8")


def strip(target: Path) -> None:
    """Removes from an ONNX file what the exporter noted of the machine it ran on: a trace of the code for each node."""
    model = onnx.load(str(target))
    noted = [model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input]
    for part in [*noted, *model.graph.output, *model.graph.initializer]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, str(target))


def _compare(network: PassageNetwork, target: Path) -> None:
    """Refuses a file whose scores are not the network's, up to what 8 bits lose."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    for length in (5, 40, 128):
        ids = torch.arange(1000, 1000 + length).unsqueeze(0)
        types = (torch.arange(length) > length // 2).long().unsqueeze(0)
        inputs = dict(zip(INPUTS, (ids, torch.ones_like(ids), types), strict=True))
        with torch.no_grad():
            wanted = [part.reshape(-1) for part in network(**inputs)]
        found = session.run(None, {k: v.numpy() for k, v in inputs.items()})
        for theirs, ours in zip(found, wanted, strict=True):
            gap = float((torch.from_numpy(theirs).reshape(-1) - ours).abs().mean())
            if gap > TOLERANCE:
                raise ValueError(f"the exported model is {gap:.2f} away from the network")
