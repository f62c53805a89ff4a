"""Chroma, as it is used here: in a folder or on a server."""

from assistant.index.chroma.client import chroma_errors, embedded_client, let_go, server_client
from assistant.index.chroma.collection import Index, create, most_twins, verify, write
from assistant.index.chroma.light import LightCollection, is_known
from assistant.index.chroma.server import build_on_server, open_on_server

__all__ = [
    "Index",
    "LightCollection",
    "build_on_server",
    "chroma_errors",
    "create",
    "embedded_client",
    "is_known",
    "let_go",
    "most_twins",
    "open_on_server",
    "server_client",
    "verify",
    "write",
]
