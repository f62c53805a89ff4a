"""What the doctor finds."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from assistant.cli import cli
from assistant.index import index
from assistant.terminal import doctor


def diagnosis() -> dict[str, doctor.Check]:
    """The checks by name; where several have one name, a broken one."""
    return {check.name: check for check in sorted(doctor.diagnose(), key=lambda check: not check.ok)}


def test_doctor_finds_a_sound_installation_sound(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor.metadata, "requires", lambda name: ["rich>=13", 'no-such>=1; extra == "test"'])
    monkeypatch.setattr(index, "index_state", lambda *arguments: "")
    assert cli.run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [re.split(r"\W+", line)[1] for line in lines] == [
        "program", "libraries", "settings", "home", "model", "passages", "corpus", "index"
    ]  # fmt: skip
    assert all(line.startswith("ok ") for line in lines)
    assert re.search(r"sha256 [0-9a-f]{64}", lines[4])
    assert re.search(r"t-all-ash-2022: \d+ studies, \d+ passages, \d+ facts", lines[6])


def test_doctor_says_what_a_broken_set_up_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor.metadata, "requires", lambda name: ["no-such-library>=3"])
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "no-model").mkdir()
    (tmp_path / "no-corpus").mkdir()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setenv("ASSISTANT_MODEL", str(tmp_path / "no-model"))
    monkeypatch.setenv("ASSISTANT_CORPUS", str(tmp_path / "no-corpus"))
    assert cli.run(["doctor"]) == 2
    out = capsys.readouterr().out
    assert out.count("BROKEN") == 5
    assert 'pip install "no-such-library>=3"' in out
    broken = {name: check.remedy for name, check in diagnosis().items() if not check.ok}
    assert [*broken] == ["libraries", "home", "model", "corpus", "index"]
    assert all(broken.values())


def test_doctor_tells_wrong_settings_and_stops_there(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.setenv("ASSISTANT_CORPSE", "x")
    assert cli.run(["doctor"]) == 2
    out = capsys.readouterr().out
    assert "ASSISTANT_CORPSE" in out.splitlines()[-2]
    assert "ASSISTANT_CORPUS" in out.splitlines()[-1]


def test_a_missing_library_is_told(fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fake.setitem(sys.modules, "assistant.index.encoder", None)
    fake.setitem(sys.modules, "pydantic_settings", None)
    fake.delitem(sys.modules, "assistant.settings", raising=False)
    assert cli.run(["ask", "What?"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "remedy: Run: assistant doctor"
    fake.delitem(sys.modules, "pydantic_settings")
    checks = diagnosis()
    assert not checks["model"].ok
    assert "assistant.index.encoder" in checks["model"].state


def test_doctor_builds_no_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    state = diagnosis()["index"].state
    assert state.startswith("not ready: ")
    assert state.endswith("; the next question builds it")
    assert not list(tmp_path.rglob("*.onnx"))
    assert not list(tmp_path.rglob("chroma*"))
