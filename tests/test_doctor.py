"""What the doctor finds."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import fake_engine
import pytest

from assistant import cli, doctor


def diagnosis() -> dict[str, doctor.Check]:
    """The checks by name; where several have one name, a broken one."""
    return {check.name: check for check in sorted(doctor.diagnose(), key=lambda check: not check.ok)}


def test_doctor_finds_a_sound_installation_sound(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.setattr(doctor.metadata, "requires", lambda name: ["rich>=13", 'no-such>=1; extra == "test"'])
    assert cli.run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [re.split(r"\W+", line)[1] for line in lines] == [
        "program", "libraries", "settings", "home", "model", "corpus", "index"
    ]  # fmt: skip
    assert all(line.startswith("ok ") for line in lines)
    assert re.search(r"sha256 [0-9a-f]{64}", lines[4])
    assert re.search(r"t-all-ash-2022: \d+ studies, \d+ passages, \d+ facts", lines[5])


def test_doctor_says_what_a_broken_set_up_needs(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fake.setattr(doctor.metadata, "requires", lambda name: ["no-such-library>=3"])
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "no-model").mkdir()
    (tmp_path / "no-corpus").mkdir()
    fake.setenv("ASSISTANT_HOME", str(tmp_path / "file" / "home"))
    fake.setenv("ASSISTANT_MODEL", str(tmp_path / "no-model"))
    fake.setenv("ASSISTANT_CORPUS", str(tmp_path / "no-corpus"))
    assert cli.run(["doctor"]) == 2
    out = capsys.readouterr().out
    assert out.count("BROKEN") == 4
    assert 'pip install "no-such-library>=3"' in out
    broken = {name: check.remedy for name, check in diagnosis().items() if not check.ok}
    assert [*broken] == ["libraries", "home", "model", "corpus"]
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
    fake.setitem(sys.modules, "assistant.encoder", None)
    fake.setitem(sys.modules, "pydantic_settings", None)
    fake.delitem(sys.modules, "assistant.settings", raising=False)
    assert cli.run(["ask", "What?"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "remedy: Run: assistant doctor"
    fake.delitem(sys.modules, "pydantic_settings")
    checks = diagnosis()
    assert not checks["model"].ok
    assert "assistant.encoder" in checks["model"].state


def test_doctor_tells_an_index_that_has_to_be_built(fake: pytest.MonkeyPatch) -> None:
    fake.setattr(fake_engine, "index_state", lambda settings: "it is missing")
    assert diagnosis()["index"].state == "not ready: it is missing; the next question builds it"
