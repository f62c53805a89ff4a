"""What state an installation is in, and what a broken one needs."""

from __future__ import annotations

import platform
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import __version__
from assistant.model import AssistantError
from assistant.terminal.terminal import safe, write

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.settings import Settings

DISTRIBUTION = "review-assistant"
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    state: str
    remedy: str = ""
    """What to do; "" where it is well."""


def diagnose() -> list[Check]:
    """Every check, in the order in which one rests on another; nothing is built or mended."""
    checks = [Check("program", True, f"{__version__}, Python {platform.python_version()}"), *_libraries()]
    try:
        from assistant.settings import load_settings

        settings = load_settings()
    except AssistantError as error:
        return [*checks, Check("settings", False, error.message, error.remedy)]
    shown = ", ".join(f"{key}={value}" for key, value in settings if value is not None)
    checks.append(Check("settings", True, shown))
    looks = {"home": _home, "model": _model, "passages": _passage_model, "corpus": _corpus}
    parts = [_looked(name, look, settings) for name, look in looks.items()]
    broken = [check.name for check in parts if not check.ok]
    if broken:
        index = Check("index", False, f"not looked at ({', '.join(broken)} broken)", "Mend that first.")
    else:
        index = _looked("index", _index, settings)
    return [*checks, *parts, index]


def write_report(console: Console, checks: list[Check]) -> None:
    """Each check on a line of its own, its remedy below."""
    from rich.text import Text

    for check in checks:
        mark = ("ok     ", "green") if check.ok else ("BROKEN ", "bold red")
        write(console, Text.assemble(mark, f"{check.name}: {safe(check.state)}"))
        if check.remedy:
            write(console, Text(f"remedy: {safe(check.remedy)}"), indent=7)


def _looked(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except AssistantError as error:
        return Check(name, False, error.message, error.remedy)
    except ImportError as error:
        return Check(name, False, f"{error}.", "Install the program again, as README.md says.")
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        return Check(name, False, f"{error.strerror or error}{place}", "See that it can be read and written.")


def _libraries() -> Iterator[Check]:
    """The versions of what the distribution requires, one line; and a check for each that is missing."""
    try:
        requirements = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Check("libraries", False, f"{DISTRIBUTION} is not installed.", "In its folder: pip install .")
        return
    found = []
    for requirement in requirements:
        match = _REQUIREMENT.match(requirement)
        if match is None or "extra ==" in requirement:
            continue
        try:
            found.append(f"{match.group()} {metadata.version(match.group())}")
        except metadata.PackageNotFoundError:
            yield Check("libraries", False, f"{match.group()} is missing.", f'pip install "{requirement}"')
    if found:
        yield Check("libraries", True, ", ".join(found))


def _home(settings: Settings) -> str:
    """Raises OSError where the folder of the index cannot be written."""
    existing = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    with tempfile.NamedTemporaryFile(dir=existing):
        pass
    return f"{settings.home} can be written"


def _model(settings: Settings) -> str:
    from assistant.files.files import sha256_of
    from assistant.index.encoder import find_model

    folder = find_model(settings.model)
    weights = sorted(Path(folder).glob("*.safetensors")) + sorted(Path(folder).glob("*.bin"))
    if not weights:
        raise AssistantError(f"The model in {folder} has no weights.", "Install it again.")
    return ", ".join(f"{path.name} sha256 {sha256_of(path)}" for path in weights) + f" in {folder}"


def _passage_model(_: Settings) -> str:
    from assistant.retrieval.passage_model import WEIGHTS, checked_hash

    return f"{WEIGHTS.name}, sha256 {checked_hash()}"


def _corpus(settings: Settings) -> str:
    from assistant.corpus.corpus import read_corpus
    from assistant.vocabulary.vocabulary import load_vocabulary

    corpus = read_corpus(settings.corpus, load_vocabulary())
    counts = (
        f"{r.id}: {len(r.studies)} studies, {len(r.passages)} passages, {len(r.facts)} facts"
        for r in corpus.reviews
    )
    return f"{'; '.join(counts)}; hash {corpus.hash}"


def _index(settings: Settings) -> str:
    from assistant.corpus.corpus import read_corpus
    from assistant.engine.opening import facts_json
    from assistant.index.encoder import IndexSettings, OnnxEncoder
    from assistant.index.index import index_state
    from assistant.vocabulary.vocabulary import load_vocabulary

    corpus = read_corpus(settings.corpus, load_vocabulary())
    where = IndexSettings(settings.home, settings.chroma_url, settings.model)
    passages = [passage for review in corpus.reviews for passage in review.passages]
    problem = index_state(passages, facts_json(corpus), corpus.hash, OnnxEncoder(where), where)
    return f"not ready: {problem}; the next question builds it" if problem else "whole"
