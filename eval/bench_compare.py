"""Both stacks over the shipped review: cold, warm, under load, in seconds and MiB, with their ratios."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from eval.bench_load import Ask, alone, http_ask, load
from eval.bench_process import BenchError, Run, in_turns, measured, percentile
from eval.bench_progress import Reporter
from eval.bench_service import chat_ask, served

QUESTION = "What was the 3-year OS in the GMALL trial?"
SEARCHED = "Why is fratricide a problem for CAR-T cells?"
"""A question that facts alone do not answer, so that index and encoder are opened."""

Keep = Callable[[dict[str, Any]], None]


def measure(
    name: str, label: str, unit: str, values: dict[str, float | None], wanted: str = "", better: str = "lower"
) -> dict[str, Any]:
    """A row of the result. `ratio` is assistant / textbook; None where either was not measured."""
    mine, theirs = values.get("assistant"), values.get("textbook")
    ratio = mine / theirs if mine is not None and theirs else None
    return {"measure": name, "label": label, "unit": unit, "better": better, "values": values} | {
        "ratio": ratio,
        "wanted": wanted,
    }


def environment(home: Path) -> dict[str, str]:
    """The variables that measured processes get: no network, a home of their own, no language model.

    Bytecode may be written, as an installation writes it; else each cold start would compile the sources.
    """
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("ASSISTANT_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"HF_HUB_OFFLINE": "1", "ASSISTANT_HOME": str(home), "TOKENIZERS_PARALLELISM": "false"}


def child(module: str, task: str, given: dict[str, Any]) -> list[str]:
    """The command that does a task in a process of its own."""
    return [sys.executable, "-m", f"eval.{module}", task, json.dumps(given)]


def result(run: Run) -> dict[str, Any]:
    """What a child printed last."""
    found: dict[str, Any] = json.loads(run.output.splitlines()[-1])
    return found


def compare(options: argparse.Namespace, questions: Sequence[str], keep: Keep, report: Reporter) -> None:
    """Measures everything but growth and hands each row to `keep`."""
    from assistant.index.encoder import find_model
    from assistant.settings import load_settings

    report.total(7 + bool(options.url) + 2 * options.service)
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        home, env = Path(folder) / "home", environment(Path(folder) / "home")
        common = {
            "store": str(Path(folder) / "chroma"),
            "corpus": str(settings.corpus),
            "model": str(find_model(settings.model)),
            "vectors": "model",
        }
        _builds(options, common, home, env, keep, report)
        _cold(options, common, env, keep, report)
        asked = common | {
            "questions": [q for q in questions if q not in (QUESTION, SEARCHED)],
            "warm_up": [QUESTION, SEARCHED],
            "clients": options.clients,
            "seconds": options.seconds,
        }
        _warm(options, asked, env, keep, report)


def _builds(
    options: argparse.Namespace,
    common: dict[str, Any],
    home: Path,
    env: dict[str, str],
    keep: Keep,
    report: Reporter,
) -> None:
    ours = [sys.executable, "-m", "assistant", "index"]
    theirs = report.step("index, textbook", lambda: measured(child("bench_textbook", "build", common), env))
    first = report.step("index and encoder, assistant", lambda: measured(ours, env))

    def again() -> Run:
        # another home, where the encoder is exported but nothing is indexed nor embedded yet
        other = home.with_name("home-2")
        other.mkdir()
        (other / "models").symlink_to(home / "models", target_is_directory=True)
        return measured(ours, environment(other))

    second = report.step("index, assistant", again)
    for name, label, run in (
        ("first_build", "first index, encoder exported", first),
        ("build", "index", second),
    ):
        keep(measure(name, label, "s", {"textbook": theirs.wall_s, "assistant": run.wall_s}))
        cpu: dict[str, float | None] = {"textbook": theirs.cpu_s, "assistant": run.cpu_s}
        keep(measure(f"{name}_cpu", f"{label}: processor", "s", cpu))
        peak: dict[str, float | None] = {"textbook": theirs.peak_mib, "assistant": run.peak_mib}
        keep(measure(f"{name}_memory", f"{label}: peak memory", "MiB", peak))


def _cold(
    options: argparse.Namespace, common: dict[str, Any], env: dict[str, str], keep: Keep, report: Reporter
) -> None:
    ours = [sys.executable, "-m", "assistant"]
    commands = [
        child("bench_textbook", "ask", common | {"questions": [QUESTION]}),
        [*ours, "ask", QUESTION],
        [*ours, "ask", SEARCHED],
        [*ours, "--help"],
    ]
    runs = report.step("cold starts", lambda: in_turns(commands, env, options.repeats))
    theirs, look_up, search, help_ = (own[len(own) // 2] for own in runs)
    for name, label, run in (
        ("cold_lookup", "cold look-up", look_up),
        ("cold_search", "cold question that searches", search),
    ):
        keep(measure(name, label, "s", {"textbook": theirs.wall_s, "assistant": run.wall_s}, "≤ 0.33"))
        cpu: dict[str, float | None] = {"textbook": theirs.cpu_s, "assistant": run.cpu_s}
        keep(measure(f"{name}_cpu", f"{label}: processor", "s", cpu))
        peak: dict[str, float | None] = {"textbook": theirs.peak_mib, "assistant": run.peak_mib}
        keep(measure(f"{name}_memory", f"{label}: peak memory", "MiB", peak, "≤ 0.40"))
    keep(measure("help", "--help", "s", {"assistant": help_.wall_s}, "≤ 0.5 s"))


def _warm(
    options: argparse.Namespace, asked: dict[str, Any], env: dict[str, str], keep: Keep, report: Reporter
) -> None:
    runs = {
        "textbook": report.step(
            "warm and under load, textbook", lambda: measured(child("bench_textbook", "serve", asked), env)
        ),
        "assistant": report.step(
            "warm and under load, assistant", lambda: measured(child("bench_assistant", "serve", asked), env)
        ),
    }
    found = {system: result(run) for system, run in runs.items()}
    if options.url:
        found["url"] = report.step("under load, service", lambda: _asked(options.url, http_ask, asked))
    if options.service:
        with served(env) as url:
            for name, how in (("API", http_ask), ("chat page", chat_ask)):
                found[name] = report.step(f"under load, {name}", partial(_asked, url, how, asked))
    for share in (50, 95, 99):
        values: dict[str, float | None] = {
            s: percentile(own["times_ms"], share / 100) for s, own in found.items()
        }
        wanted = "≤ 0.50" if share == 50 else ""
        keep(measure(f"warm_p{share}", f"warm, p{share}", "ms", values, wanted))
    memory: dict[str, float | None] = {s: run.peak_mib for s, run in runs.items()}
    keep(measure("warm_memory", "warm and under load: peak memory", "MiB", memory, "≤ 0.40"))
    for at, clients in enumerate(asked["clients"]):
        loads = {s: own["loads"][at] for s, own in found.items()}
        who = f"{clients} client{'s' if clients > 1 else ''}"
        for key, label, unit, better in (
            ("per_second", f"{who}: answers", "/s", "higher"),
            ("p95_ms", f"{who}: p95", "ms", "lower"),
            ("n_failed", f"{who}: failed or other answer", "", "lower"),
        ):
            values = {s: own[key] for s, own in loads.items()}
            keep(measure(f"load_{clients}_{key}", label, unit, values, better=better))


def _asked(
    url: str, how: Callable[[str], tuple[Ask, Callable[[], None]]], asked: dict[str, Any]
) -> dict[str, Any]:
    from dataclasses import asdict

    from httpx import HTTPError

    ask, close = how(url)
    try:
        alone(ask, asked["warm_up"])
        answers, times = alone(ask, asked["questions"])
        loads = [asdict(load(ask, answers, clients, asked["seconds"])) for clients in asked["clients"]]
    except (HTTPError, ValueError) as error:
        raise BenchError(f"{url} does not answer: {error}") from error
    finally:
        close()
    return {"times_ms": times, "loads": loads}
