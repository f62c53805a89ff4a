"""What every test runs under: no network but loopback, no settings of the person who runs it."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
for name in [n for n in os.environ if n.upper().startswith("ASSISTANT_")]:
    del os.environ[name]


class NetworkBlockedError(RuntimeError):
    """A test reached for the network."""


def _is_loopback(host: object) -> bool:
    if host is None or host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection and name look-up that leaves this machine."""
    patch = pytest.MonkeyPatch()
    look_up = socket.getaddrinfo

    def guarded(method: Any) -> Any:
        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
                raise NetworkBlockedError(f"a test reached for {address}")
            return method(self, *arguments)

        return call

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_loopback(name):
            raise NetworkBlockedError(f"a test looked up {name}")
        return look_up(host, *arguments, **options)

    for method in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, method, guarded(getattr(socket.socket, method)))
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def assistant_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own for the index, shared by the run; and no settings file."""
    folder = tmp_path_factory.mktemp("assistant")
    (folder / "config.toml").write_text("", encoding="utf-8")
    patch = pytest.MonkeyPatch()
    patch.setenv("ASSISTANT_HOME", str(folder / "home"))
    patch.setenv("ASSISTANT_CONFIG", str(folder / "config.toml"))
    yield folder / "home"
    patch.undo()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the command line find ``fake_engine`` instead of the engine, until the test ends."""
    import fake_engine

    monkeypatch.setitem(sys.modules, "assistant.engine.engine", fake_engine)
    return monkeypatch
