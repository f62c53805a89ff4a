"""The tools of the Model Context Protocol, used by its official client: in process, on stdio, over HTTP."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import fake_engine
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from service_app import ROOT, TESTS, open_service, process

from assistant.contract import answer_object

TOKEN = "a-token-of-the-lab-1234"


def use(server: Any, steps: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(server) as client:
            await steps(client)

    anyio.run(run)


async def everything(client: Client) -> None:
    """What any client does with the three tools."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "studies", "show_source"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
    assert tools["ask"].input_schema["required"] == ["turns"]

    answer = await client.call_tool("ask", {"turns": ["One?", "Two?"]})
    assert not answer.is_error
    found = dict(answer.structured_content or {})
    assert found.pop("permalink").startswith("a/")
    assert found.pop("passages") == ["p2", "p1"]
    assert found == answer_object(fake_engine.Engine().ask(["One?", "Two?"]))
    text = answer.content[0].text  # type: ignore[union-attr]
    assert text.startswith("Turn 2: the 2-year OS was 61% [Study S-1].")
    assert "Source: Study S-1, Table 1, Outcome (passage p2)" in text
    assert "contradicts itself" in text

    rows = (await client.call_tool("studies", {})).structured_content or {}
    assert rows["studies"]
    first = rows["studies"][0]["id"]
    study = (await client.call_tool("studies", {"study": first})).structured_content or {}
    assert study["facts"]
    source = await client.call_tool("show_source", {"passage": study["facts"][0]["passage"]})
    assert (source.structured_content or {})["quote"]


async def refusals(client: Client) -> None:
    for tool, arguments, words in [
        ("ask", {"turns": ["?"]}, "empty"),
        ("ask", {"turns": []}, "turn"),
        ("ask", {"turns": ["x" * 5000]}, "4,000"),
        ("ask", {}, "turns"),
        ("ask", {"turns": ["x"], "review": "nope"}, "no such review"),
        ("studies", {"study": "nobody"}, "no such study"),
        ("show_source", {"passage": "nothing"}, "no such passage"),
        ("ask", {"turns": ["crash"]}, "ask"),
    ]:
        result = await client.call_tool(tool, arguments)
        assert result.is_error, (tool, arguments)
        text = result.content[0].text  # type: ignore[union-attr]
        assert words in text
        assert "Traceback" not in text
        assert "a defect" not in text


def test_in_process(tmp_path: Path) -> None:
    from assistant.service.tools import make_server

    service = open_service(tmp_path)
    use(make_server(service), everything)
    use(make_server(service), refusals)
    service.close()


@pytest.mark.slow
def test_on_stdio(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(TESTS)!r}, {str(ROOT)!r}]; import quick_engine;"
        "sys.modules['assistant.engine.engine'] = quick_engine; from assistant.cli.cli import main; main()"
    )
    environment = dict(os.environ) | {"ASSISTANT_HOME": str(tmp_path)}
    server = StdioServerParameters(
        command=sys.executable, args=["-c", code, "mcp"], env=environment, cwd=ROOT
    )
    use(server, everything)


@pytest.mark.slow
def test_under_the_service_behind_the_same_sign_in(tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text(TOKEN, encoding="utf-8")

    async def run(address: str) -> None:
        async with httpx2.AsyncClient() as stranger:
            for path in ("/mcp", "/mcp/", "/mcp/anything"):
                assert (await stranger.post(address + path, json={})).status_code == 401
        signed = {"authorization": f"Bearer {TOKEN}"}
        async with httpx2.AsyncClient(headers=signed) as web:
            while (await web.post(f"{address}/mcp", json={})).status_code == 503:
                await anyio.sleep(0.2)
            assert (await web.get(f"{address}/mcp")).status_code == 405
            async with Client(streamable_http_client(f"{address}/mcp", http_client=web)) as client:
                await everything(client)

    with process(tmp_path, "--token-file", str(tokens)) as (_, address):
        anyio.run(run, address)
