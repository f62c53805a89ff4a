"""Whatever is sent: no 5xx, no traceback, no file and no foreign address read."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, IncompleteRead
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from hostile import FOREIGN, ROUTES, TRAVERSALS
from service_app import ROOT, client, open_service, process

from assistant.service.context import Service
from assistant.service.serve import Options, make_app

SECRETS = ("root:x:0:", "PATH=", "[build-system]", "SQLite format 3", "[fonts]", "BEGIN OPENSSH")
"""What would be seen of the files that the spellings aim at."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return open_service(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def web(service: Service) -> Iterator[httpx.Client]:
    with client(service) as found:
        yield found


@dataclass(frozen=True, slots=True)
class Reply:
    status_code: int
    headers: dict[str, str]
    text: str


class Raw:
    """Sends a target as it is spelled; other clients would resolve ``..`` before it is sent."""

    def __init__(self, address: str) -> None:
        self.host = address.removeprefix("http://")
        self._connection = HTTPConnection(self.host, timeout=60)

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, target: str, body: object = None) -> Reply:
        self._connection.putrequest(method, target)
        content = b"" if body is None else json.dumps(body).encode()
        self._connection.putheader("content-type", "application/json")
        self._connection.putheader("content-length", str(len(content)))
        self._connection.endheaders(content)
        response = self._connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        try:
            text = response.read()
        except IncompleteRead as error:  # Gradio breaks off a stream of events of a call it does not know
            text = error.partial
            self._connection.close()
        return Reply(response.status, named, text.decode("utf-8", "replace"))


@pytest.fixture(scope="module")
def with_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raw]:
    """The whole service, Gradio's routes included."""
    chat = "assistant.chat" if find_spec("assistant.chat") else "small_chat"
    with process(tmp_path_factory.mktemp("home"), chat=chat) as (_, address):
        web = Raw(address)
        while web.send("GET", "/chat/").status_code == 503:
            time.sleep(0.2)
        yield web
        web.close()


def leaks(reply: Reply | httpx.Response) -> bool:
    return any(secret in reply.text for secret in SECRETS) or "Traceback (most" in reply.text


# -- generated bodies -------------------------------------------------------------------------------


ASKABLE = dict.fromkeys(map(ord, "\0\x1b\x7f\ud800"))


def any_text(chance: random.Random) -> str:
    alphabet = 'aZ09 ?!.,%"\\/<>&;:{}[]()\n\t\r\0\x1b\x7f\u200b\u202e\ufeff\ud800éß中😀\u0301’–−½'
    return "".join(chance.choice(alphabet) for _ in range(chance.choice([0, 1, 3, 20, 200])))


def any_value(chance: random.Random, depth: int = 0) -> Any:
    kinds = 8 if depth < 4 else 6
    match chance.randrange(kinds):
        case 0:
            return None
        case 1:
            return chance.choice([True, False])
        case 2:
            return chance.choice([0, -1, 1, 2**31, 2**63, 10**30, -(10**18)])
        case 3:
            return chance.choice([0.5, -1e300, 1e-300])
        case 4 | 5:
            return any_text(chance)
        case 6:
            return [any_value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {any_text(chance)[:8]: any_value(chance, depth + 1) for _ in range(chance.randrange(4))}


def any_turn(chance: random.Random) -> str:
    """Half of the time a question that can be asked."""
    return any_text(chance) if chance.random() < 0.5 else f"{any_text(chance)[:9].translate(ASKABLE)} OS?"


def any_body(chance: random.Random) -> bytes:
    """A body of one of the forms that are taken, with anything in it; or of no such form; or broken."""
    turns = [any_turn(chance) for _ in range(chance.choice([1, 1, 1, 2, 4]))]
    body: Any = chance.choice(
        [
            {"turns": turns},
            {"turns": turns, "id": chance.choice([None, 7, any_text(chance)]), "keep": False},
            {"items": [{"turns": [turn]} for turn in turns]},
            {"liked": True, "comment": any_text(chance)},
        ]
    )
    if chance.random() < 0.3:
        key = chance.choice(["turns", "id", "review", "keep", "items", "liked", "comment", "more"])
        body[key] = any_value(chance)
    if chance.random() < 0.05:
        body = any_value(chance)
    raw = json.dumps(body, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        cut = chance.randrange(len(raw) + 1)
        raw = raw[:cut] + chance.randbytes(chance.randrange(4)) + raw[cut + 1 :]
    return raw


@pytest.mark.slow
def test_10_000_generated_bodies_give_no_5xx_and_no_traceback(web: httpx.Client) -> None:
    chance = random.Random(20_231_230)
    rating = f"/api/answers/{'a' * 20}/rating"
    paths = ["/api/ask"] * 6 + ["/api/ask/batch"] * 3 + [rating] * 2 + ["/nowhere"]
    types = ["application/json"] * 12 + ["text/plain", "application/x-www-form-urlencoded", ""]
    found: Counter[int] = Counter()
    for _ in range(10_000):
        headers = {"content-type": chance.choice(types)}
        reply = web.post(chance.choice(paths), content=any_body(chance), headers=headers)
        assert not leaks(reply)
        if reply.status_code != 200:
            assert set(reply.json()) == {"error", "remedy"}
        found[reply.status_code] += 1
    print(dict(found))
    assert max(found) < 500
    assert found[200] > 500
    assert found[422] > 500
    assert found[400] > 100


@pytest.mark.slow
def test_schemathesis_finds_no_fault(service: Service) -> None:
    """Every operation of the OpenAPI description, over generated requests, good and bad ones."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    app = make_app(service, Options(host="0.0.0.0", insecure=True))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    checks = [
        not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    ]  # fmt: skip
    seen: Counter[str] = Counter()

    for operation in schema.get_all_operations():
        from hypothesis import given

        strategy = operation.ok().as_strategy()

        @settings(
            max_examples=100,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def probe(case: Any) -> None:
            seen[case.operation.label] += 1
            response = case.call()
            case.validate_response(response, checks=checks)

        probe()
    print(dict(seen))
    assert len(seen) >= 11


# -- paths ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_no_traversal_reads_a_file(with_chat: Raw) -> None:
    assert len(set(TRAVERSALS)) >= 40
    found: Counter[int] = Counter()
    for route in ROUTES:
        for path in TRAVERSALS:
            for target in (
                f"{route}{path}",
                f"{route}?path={quote(path)}&file={path}&url=file:///etc/passwd",
            ):
                reply = with_chat.send("GET", target)
                found[reply.status_code] += 1
                assert not leaks(reply), target
                assert reply.status_code < 500, target
                assert "frame-ancestors" in reply.headers["content-security-policy"]
    print(sum(found.values()), dict(found))


@pytest.mark.slow
def test_no_spelling_of_an_address_is_fetched(with_chat: Raw) -> None:
    assert len(set(FOREIGN)) >= 20
    calls: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:
        port = trap.getsockname()[1]

        def listen() -> None:
            while True:
                try:
                    calls.append(trap.accept()[1])
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        found: Counter[int] = Counter()
        for route in ROUTES:
            for spelling in FOREIGN:
                address = spelling.format(port=port)
                replies = [with_chat.send("GET", f"{route}{quote(address, safe=':/@#[]')}")]
                replies.append(with_chat.send("GET", f"{route}{quote(address, safe='')}"))
                replies.append(with_chat.send("GET", f"{route}?url={quote(address)}&file={quote(address)}"))
                for reply in replies:
                    assert reply.status_code < 500, (route, address)
                    assert not leaks(reply)
                    away = urlsplit(reply.headers.get("location", "")).netloc
                    assert away in {"", with_chat.host}, (route, address)
                    found[reply.status_code] += 1
        for spelling in FOREIGN:
            address = spelling.format(port=port)
            data = {"path": address, "url": address, "meta": {"_type": "gradio.FileData"}}
            for path, body in [
                ("/chat/gradio_api/call/ask", {"data": [data, []]}),
                ("/chat/gradio_api/queue/join", {"data": [data, []], "fn_index": 0, "session_hash": "x"}),
                ("/chat/gradio_api/run/predict", {"data": [data, []], "fn_index": 0}),
                ("/api/ask", {"turns": [address], "review": address}),
                ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": address}}),
            ]:
                reply = with_chat.send("POST", path, body)
                assert not leaks(reply)
                assert reply.status_code < 500, (path, body)
                found[reply.status_code] += 1
    print(sum(found.values()), dict(found))
    assert calls == []


@pytest.mark.slow
def test_a_path_is_sent_as_it_is_spelled(with_chat: Raw) -> None:
    assert with_chat.send("GET", "/a/../healthz").status_code == 404
    assert with_chat.send("GET", "/healthz").status_code == 200
    assert (ROOT / "pyproject.toml").read_text(encoding="utf-8").startswith(SECRETS[2])


def said_in_chat(web: Raw, session: str, event: str, sent: Any) -> str:
    """All that the chat says to an event of one of its text boxes, as the browser gets it."""
    config = json.loads(web.send("GET", "/chat/config").text)
    boxes = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
    wired = next(
        d
        for d in config["dependencies"]
        if any((boxes[c], e) == ("ra-question", event) for c, e in d["targets"])
    )
    call = {
        "data": [sent, None, ""],
        "fn_index": wired["id"],
        "session_hash": session,
        "trigger_id": wired["targets"][0][0],
    }
    joined = web.send("POST", "/chat/gradio_api/queue/join", call)
    assert joined.status_code == 200, joined.text
    return unescape(web.send("GET", f"/chat/gradio_api/queue/data?session_hash={session}").text)


@pytest.mark.slow
def test_what_is_sent_to_a_text_box_comes_back_where_it_is_text(with_chat: Raw) -> None:
    answered = said_in_chat(with_chat, "a", "submit", "What was the 2-year OS?")
    assert "process_completed" in answered
    assert "What was the 2-year OS?" in answered
    for k, sent in enumerate(
        ({"path": "marker", "meta": {"_type": "gradio.FileData"}}, ["marker"], {"text": "marker"}, 7.25, True)
    ):
        said = said_in_chat(with_chat, f"b{k}", "submit", sent)
        assert "process_completed" in said
        assert "marker" not in said
        assert str(ROOT) not in said
        assert "ra-question" not in said
