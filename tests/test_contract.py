"""An answer as a program sees it."""

from __future__ import annotations

import json

import pytest
from command_line import assert_clean

from assistant.cli import cli
from assistant.contract import json_line


def test_json_is_the_contract(fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ask", "--json", "What was the OS?"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {
        "id": None,
        "question": "What was the OS?",
        "status": "answered",
        "answer": "Turn 1: the 2-year OS was 61% [Study S-1].",
        "statements": [{"text": "Turn 1: the 2-year OS was 61%.", "citations": [0]}],
        "citations": [
            {
                "abstract": "S-1",
                "reference": 7,
                "review": "made-up",
                "locator": "Table 1, Outcome",
                "quote": "2-year OS: 61%",
            },
            {
                "abstract": "S-1",
                "reference": 7,
                "review": "made-up",
                "locator": "Results, sentence 2",
                "quote": "At 2 years, 61%.",
            },
        ],
        "facts": [
            {
                "study": "S-1",
                "attribute": "OS",
                "time_point": "2-year",
                "group": "all patients",
                "value": "61%",
                "citation": 0,
            },
            {
                "study": "S-1",
                "attribute": "OS",
                "time_point": "",
                "group": "older patients",
                "value": "12%",
                "citation": 1,
            },
            {
                "study": "S-1",
                "attribute": "n_patients",
                "time_point": "",
                "group": "",
                "value": "40",
                "citation": 1,
            },
        ],
        "conflicts": [{"note": "The table and the text differ.", "citations": [0, 1]}],
        "corpus": "c0ffee",
        "elapsed_ms": 1.2,
    }


def test_json_of_a_declined_question_exits_3(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["ask", "decline this", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["status"] == "declined"


def test_json_is_readable_but_carries_nothing_that_acts() -> None:
    line = json_line({"a": "≥ 3, 总生存期, é", "b": "\x1b\x9b\u202e\u200b\U000e0041\udcff\u2028\x7f\ufeff"})
    assert "≥ 3, 总生存期, é" in line
    assert_clean(line)
    assert json.loads(line)["b"] == "\x1b\x9b\u202e\u200b\U000e0041\udcff\u2028\x7f\ufeff"
