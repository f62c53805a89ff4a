"""Writes a trained network as ONNX with 8-bit weights."""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from eval.training.network import PassageNetwork

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export(network: PassageNetwork, target: Path) -> None:
    """Writes the network, a quarter of its size in float32, to ``target``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # three tensors of their own: the exporter takes one given twice for one input
    ids, mask, types = (torch.full((1, 20), n, dtype=torch.long) for n in (5, 1, 0))
    length = torch.export.Dim("length", min=2, max=512)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        program = torch.onnx.export(
            network,
            (ids, mask, types),
            dynamo=True,
            dynamic_shapes=({1: length},) * len(INPUTS),
            input_names=list(INPUTS),
            output_names=["score"],
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
