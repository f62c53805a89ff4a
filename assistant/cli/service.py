"""The commands that serve, and those about what a service keeps."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.terminal import terminal

if TYPE_CHECKING:
    from assistant.asked import Asked
    from assistant.service.serve import MountChat
    from assistant.settings import Settings


def add_commands(app: typer.Typer) -> None:
    """Give ``app`` the commands of this module."""
    for command in (chat, mcp, user, ratings):
        app.command()(command)


def chat(
    host: Annotated[str, typer.Option(metavar="NAME", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 7860,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Serve other machines without sign-in.")
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tokens that let in, one a line.")
    ] = None,
    users_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Users that are let in; see: assistant user")
    ] = None,
    root_path: Annotated[
        str, typer.Option(metavar="PATH", help="The prefix a proxy strips, e.g. /lab/review.")
    ] = "",
    access_log: Annotated[
        bool, typer.Option("--access-log", help="Log each request, without what was asked.")
    ] = False,
) -> int:
    """Serve chat, HTTP API and answer pages."""
    from assistant.service.serve import Options, serve
    from assistant.settings import load_settings

    settings = load_settings()
    options = Options(host, port, insecure, token_file, users_file, root_path, access_log)
    serve(settings, options, _opener(settings), _page())
    return 0


def mcp() -> int:
    """Serve the tools of the Model Context Protocol on stdin and stdout."""
    from assistant.service.serve import serve_tools
    from assistant.settings import load_settings

    settings = load_settings()
    serve_tools(settings, _opener(settings))
    return 0


def user(name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)]) -> int:
    """Print the line of a users file for NAME; the password is asked for, or read from a pipe."""
    from getpass import getpass

    from assistant.service.signin import user_line

    typed = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    print(user_line(name, typed), flush=True)
    return 0


def ratings() -> int:
    """Print what readers thought of answers, as JSON Lines."""
    from assistant.service.serve import rating_lines
    from assistant.settings import load_settings

    for line in rating_lines(load_settings()):
        print(line, flush=True)
    return 0


def _page() -> Callable[[], MountChat] | None:
    """Gives what mounts the chat, when it is called; None where the installation has no chat."""
    if not (find_spec("assistant.chat") and find_spec("gradio")):
        return None

    def load() -> MountChat:
        from assistant.chat import mount_chat

        return mount_chat

    return load


def _opener(settings: Settings) -> Callable[[], Asked]:
    """Gives the engine when it is called; the service does so in a thread."""

    def opener() -> Asked:
        from assistant.engine.engine import open_engine

        opening = partial(open_engine, settings, notify=terminal.note)
        if settings.llm_url is None:
            return opening()
        from assistant.llm.opening import with_model

        return with_model(opening, settings)

    return opener
