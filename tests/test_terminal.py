"""What never reaches a terminal."""

from __future__ import annotations

import json
import logging
import sys
import unicodedata

import fake_engine
import pytest
from command_line import assert_clean

from assistant.cli import cli
from assistant.contract import json_line
from assistant.terminal import terminal

ESC, BEL, ST, C1_ST = "\x1b", "\x07", "\x1b\\", "\x9c"
SEQUENCES = [
    *(
        f"{ESC}[{body}"
        for body in ("31m", "0m", "1;31;40m", "38;2;255;0;0m", "2J", "H", "10;10H", "?25l", "?1049h")
    ),
    *(f"{ESC}[{body}" for body in ("3A", "K", "6n", "5i", ">c", "!p", "200~", "1;2R", "20h", " q")),
    *(f"\x9b{body}" for body in ("31m", "2J", "6n")),
    *(
        f"{ESC}]{body}{end}"
        for body in ("0;title", "52;c;aGk=", "8;;http://evil", "9;hi")
        for end in (BEL, ST, C1_ST)
    ),
    f"\x9d0;title{BEL}",
    f"{ESC}P1$tx{ST}",
    f"{ESC}_private{ST}",
    f"{ESC}^message{ST}",
    f"{ESC}Xstring{ST}",
    *(f"{ESC}{body}" for body in ("c", "7", "8", "M", "(0", "#8", "=", "%G", "Z", "N", "O")),
    f"{ESC}[",
    ESC,
]
CHARACTERS = [
    *map(chr, [*range(0x20), *range(0x7F, 0xA0)]),
    *"\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u061c\u180e\u2028\u2029\ufff9\ufffa\ufffb",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\U000e0001\U000e0041\U000e007f\ud800\udcff",
]
PAYLOADS = sorted({*SEQUENCES, *CHARACTERS} - {"\n", "\t"})


def test_there_are_payloads_enough() -> None:
    assert len(SEQUENCES) >= 40
    assert len(PAYLOADS) >= 120


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_control_reaches_the_terminal(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], payload: str
) -> None:
    fake.setattr(fake_engine, "PAYLOAD", f"{payload}~END")
    for arguments in (["ask", "What?"], ["ask", "decline"], ["show", "S-1"], ["studies"], ["index"]):
        cli.run(arguments)
        captured = capsys.readouterr()
        assert_clean(captured.out + captured.err)
        assert "END" in captured.out + captured.err
    cli.run(["ask", "--json", "What?"])
    out = capsys.readouterr().out
    assert_clean(out)
    if "\udcff" not in payload and "\ud800" not in payload:
        assert payload in json.loads(out)["answer"]


@pytest.mark.parametrize("payload", SEQUENCES, ids=ascii)
def test_a_sequence_goes_whole(payload: str) -> None:
    assert terminal.safe(f"before{payload}") == "before"


def test_a_sequence_that_never_ends_hides_nothing() -> None:
    assert terminal.safe(f"before{ESC}]0;after") == "before0;after"


def test_no_character_that_acts_is_let_through_by_either_way_out() -> None:
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        kind = unicodedata.category(character), unicodedata.bidirectional(character)
        if kind[0] in {"Cc", "Cs", "Zl", "Zp"} or kind[1] in bidi:
            assert terminal.safe(character).strip("\n ") == ""
            assert json_line(character)[1] == "\\"


def test_log_records_are_safe_too() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "question %s", ("\x1b[31mred\u202e",), None)
    assert terminal.SafeFormatter("%(message)s").format(record) == "question red"


def test_what_is_safe_stays_as_it_is() -> None:
    text = "≥ 3-year OS: 88.6 % (47/53) [S-1] – “总生存期”, Ärzte, naïve,\nµg/m², 10⁻³"
    assert terminal.safe(text) == text
