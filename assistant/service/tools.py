"""The product as tools of the Model Context Protocol: on stdio, and below the service's ``/mcp``.

Needs the extra ``mcp``; whoever imports this module has seen to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from assistant import __version__
from assistant.contract import answer_object, json_line
from assistant.model import Answer, AssistantError
from assistant.service.context import Service
from assistant.service.replies import problem
from assistant.service.views import passage_object, study_object, study_row

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

INSTRUCTIONS = (
    "Answers questions about a clinical review from its own text and tables. Every figure is checked against "
    "the cited sentence or table cell; what the review does not report is declined. Quote answers with their "
    "citations, and do not pool figures of different studies. No medical advice."
)


def make_server(service: Service) -> MCPServer[Any]:
    """A server with the tools ``ask``, ``studies`` and ``show_source``."""
    server: MCPServer[Any] = MCPServer(
        "review-assistant", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    tools = _Tools(service)
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (tools.ask, tools.studies, tools.show_source):
        server.add_tool(tool, annotations=reads, structured_output=False)
    return server


def run_stdio(service: Service) -> None:
    """Serve on stdin and stdout until stdin ends."""
    make_server(service).run("stdio")


def http_app(service: Service) -> Starlette:
    """An application that serves MCP over HTTP under ``/mcp``, with plain JSON replies and no sessions.

    Hosts, origins and sign-in are the shield's business.
    """
    app = make_server(service).streamable_http_app(
        streamable_http_path="/mcp",
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.add_middleware(_OnlyPost)
    return app


class _OnlyPost:
    """Refuses GET, which would hold a connection open for messages that a stateless server never sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and scope["method"] not in {"POST", "OPTIONS"}:
            app = problem(405, "Only POST is served here.", allow="POST")
        await app(scope, receive, send)


class _Tools:
    """What the tools do; their docstrings are what a model reads of them."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def ask(self, turns: list[str], review: str | None = None) -> CallToolResult:
        """Answer a question about the clinical review, with citations, or say what it does not report.

        Args:
            turns: The user's questions, oldest first; the last one is answered. Earlier ones are what a
                follow-up ("and EFS?") rests on. Pass one question alone where nothing was asked before.
            review: Id of the review to ask, where there are several.
        """

        def answer() -> CallToolResult:
            found = self._service.ask(turns, review, interface="mcp")
            kept = self._service.try_keep(found, turns, review)
            return _result(_answer_text(found), _object(found, kept))

        return _told(answer)

    def studies(self, study: str | None = None, review: str | None = None) -> CallToolResult:
        """List the studies of the review with their main facts; or everything it says of one study.

        Args:
            study: Id of a study, e.g. its abstract number, for all of its facts and passages.
            review: Id of the review, where there are several.
        """

        def find() -> CallToolResult:
            if study is not None:
                found = study_object(self._service.study(study, review))
                return _result(json_line(found), found)
            rows = [study_row(card) for card in self._service.studies(review)]
            return _result("\n".join(_row_text(row) for row in rows), {"studies": rows})

        return _told(find)

    def show_source(self, passage: str) -> CallToolResult:
        """Show a passage as printed, with its paragraph or the whole table it stands in.

        Args:
            passage: Its id; ``ask`` gives one with each source, ``studies`` with each fact.
        """

        def find() -> CallToolResult:
            found = passage_object(*self._service.passage(passage))
            return _result(json_line(found), found)

        return _told(find)


def _told(call: Callable[[], CallToolResult]) -> CallToolResult:
    """What ``call`` gives; what the service refuses as an error that the model can read."""
    try:
        return call()
    except AssistantError as error:
        raise ToolError(" ".join(filter(None, (error.message, error.remedy)))) from None


def _result(text: str, structured: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)


def _object(answer: Answer, kept: str | None) -> dict[str, Any]:
    """The contract's object, with the passage of each citation and the permalink."""
    places = [citation.passage for citation in answer.citations]
    return answer_object(answer) | {"passages": places, "permalink": kept and f"a/{kept}"}


def _answer_text(answer: Answer) -> str:
    """The answer, what contradicts it, and the places it rests on, each with the id ``show_source`` takes."""
    lines = [answer.text]
    lines += [f"The review contradicts itself: {conflict.note}" for conflict in answer.conflicts]
    for citation in answer.citations:
        place = f"{citation.label}, {citation.locator}" if citation.label else citation.locator
        lines += ["", f"Source: {place} (passage {citation.passage})", citation.quote]
    return "\n".join(lines)


def _row_text(row: dict[str, Any]) -> str:
    return f"{row['label']} ({row['name']}): {'; '.join(row['main_facts'])}"
