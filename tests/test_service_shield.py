"""Who gets in, from where, how often and how large; and the headers of every response."""

from __future__ import annotations

import base64
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from service_app import ASK, client, open_service

from assistant.model import AssistantError
from assistant.service.headers import common_headers
from assistant.service.hosts import host_name, is_loopback, origin_allowed
from assistant.service.rate import Rate, client_key
from assistant.service.serve import Options
from assistant.service.signin import read_sign_in, user_line

TOKEN = "a-token-of-the-lab-1234"
EVERY = [
    ("GET", "/"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/docs"),
    ("GET", "/openapi.json"), ("GET", "/a/nothing"), ("GET", "/a/nothing.json"), ("GET", "/api/studies"),
    ("GET", "/api/studies/51"), ("GET", "/api/passages/x"), ("POST", "/api/ask"), ("POST", "/api/ask/batch"),
    ("POST", "/api/answers/x/rating"), ("POST", "/mcp"), ("GET", "/nowhere"), ("GET", "/chat/"),
]  # fmt: skip
OPEN = {"/healthz", "/readyz"}


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "tokens"
    path.write_text(f"# of the lab\n{TOKEN}\n", encoding="utf-8")
    return path


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


# -- headers ----------------------------------------------------------------------------------------


def test_every_response_carries_the_headers(tmp_path: Path, token_file: Path) -> None:
    with client(open_service(tmp_path), Options(token_file=token_file)) as web:
        replies = [web.request(*each) for each in EVERY]
        signed = {"authorization": f"Bearer {TOKEN}"}
        replies += [web.request(*each, headers=signed) for each in EVERY]
        replies.append(web.get("/", headers=signed | {"origin": "null"}))
        replies.append(web.post("/api/ask", headers=signed, content=b"x" * 2_000_000))
        replies.append(web.request("BREW", "/api/ask", headers=signed))
        replies.append(web.options("/api/ask", headers={"origin": "http://127.0.0.1:7860"}))
    assert {401, 403, 404, 405, 413, 422, 200} <= {r.status_code for r in replies}
    for reply in replies:
        assert "frame-ancestors 'self'" in reply.headers["content-security-policy"], reply.url
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
        assert reply.headers["x-frame-options"] == "SAMEORIGIN"
        assert "traceback" not in reply.text.lower()
        once = set(common_headers("/chat/", ()))
        assert all(len(reply.headers.get_list(name)) == 1 for name in once)


def test_who_may_frame_comes_from_the_settings(tmp_path: Path) -> None:
    service = open_service(tmp_path, frame_ancestors="https://wiki.lab.example http://other.example:8080")
    with client(service) as web:
        headers = web.get("/docs").headers
    expected = "frame-ancestors 'self' https://wiki.lab.example http://other.example:8080"
    assert headers["content-security-policy"].endswith(expected)
    assert "x-frame-options" not in headers


def test_the_chats_policy_lets_its_scripts_run_and_nothing_leave() -> None:
    policy = common_headers("/chat/x", ())["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "connect-src 'self'" in policy
    assert "script" not in common_headers("/chatter", ())["content-security-policy"]


# -- hosts and origins ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.9.1", True), ("[::1]", True), ("a.localhost", True),
     ("localhost.evil.example", False), ("10.0.0.1", False), ("0.0.0.0", False), ("", False),
     ("127.0.0.1.nip.io", False)],
)  # fmt: skip
def test_loopback(name: str, expected: bool) -> None:
    assert is_loopback(name) is expected


@pytest.mark.parametrize(
    ("host", "name"),
    [("lab.example", "lab.example"), ("LAB.example:80", "lab.example"), ("[::1]:7860", "::1"), ("[", ""),
     ("", ""), ("user@lab.example", "lab.example")],
)  # fmt: skip
def test_host_name(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        ("https://lab.example", "lab.example", True),
        ("https://lab.example:443", "lab.example", True),
        ("http://lab.example:8080", "lab.example:8080", True),
        ("https://lab.example:8443", "lab.example", False),
        ("https://evil.example", "lab.example", False),
        ("https://lab.example.evil.example", "lab.example", False),
        ("https://evil.example", "127.0.0.1:7860", False),
        ("http://localhost:3000", "127.0.0.1:7860", True),
        ("http://localhost:3000", "lab.example", False),
        ("null", "lab.example", False),
        ("null", "127.0.0.1:7860", False),
        ("", "lab.example", False),
        ("file://", "lab.example", False),
        ("https://[", "lab.example", False),
        ("ftp://lab.example", "lab.example", False),
        ("https://wiki.example", "lab.example", True),
    ],
)
def test_origins(origin: str, host: str, expected: bool) -> None:
    assert origin_allowed(origin, host, {"https://wiki.example"}) is expected


def test_a_foreign_host_is_not_served_without_sign_in(tmp_path: Path, token_file: Path) -> None:
    with client(open_service(tmp_path / "1")) as web:
        for host in ("evil.example", "evil.example:7860", "127.0.0.1.nip.io", ""):
            assert web.get("/api/studies", headers={"host": host}).status_code == 421, host
    with client(open_service(tmp_path / "2", hosts="lab.example")) as web:
        assert web.get("/api/studies", headers={"host": "LAB.example:8443"}).status_code == 200
        assert web.get("/api/studies", headers={"host": "evil.example"}).status_code == 421
    with client(open_service(tmp_path / "3"), Options(token_file=token_file)) as web:
        assert web.get("/api/studies", headers={"host": "lab.example"}).status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1"]
)
def test_foreign_and_null_origins_are_refused_on_a_host_of_ones_own(tmp_path: Path, origin: str) -> None:
    with client(open_service(tmp_path, hosts="lab.example")) as web:
        for method, path in EVERY:
            reply = web.request(method, path, headers={"host": "lab.example", "origin": origin})
            assert reply.status_code == 403, path
            assert "access-control-allow-origin" not in reply.headers
        preflight = {"host": "lab.example", "origin": origin, "access-control-request-method": "POST"}
        assert web.options("/api/ask", headers=preflight).status_code == 403


def test_an_origin_of_the_settings_may_call_the_api(tmp_path: Path, token_file: Path) -> None:
    service = open_service(tmp_path, hosts="lab.example", cors_origins="https://wiki.lab.example")
    wiki = {"host": "lab.example", "origin": "https://wiki.lab.example"}
    with client(service, Options(token_file=token_file)) as web:
        preflight = web.options(
            "/api/ask",
            headers=wiki
            | {"access-control-request-method": "POST", "access-control-request-headers": "authorization"},
        )
        assert preflight.status_code == 200
        reply = web.post("/api/ask", json=ASK, headers=wiki | {"authorization": f"Bearer {TOKEN}"})
    for each in (preflight, reply):
        assert each.headers["access-control-allow-origin"] == "https://wiki.lab.example"
        assert "access-control-allow-credentials" not in each.headers
    assert reply.status_code == 200


# -- sign-in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "lab.example"])
def test_other_machines_are_not_served_without_sign_in(host: str, token_file: Path) -> None:
    with pytest.raises(AssistantError, match="sign in") as error:
        Options(host=host).sign_in()
    assert "--token-file" in error.value.remedy
    assert not Options(host=host, insecure=True).sign_in().needed
    assert Options(host=host, token_file=token_file).sign_in().needed


def test_nothing_is_given_away_without_sign_in(tmp_path: Path, token_file: Path) -> None:
    with client(open_service(tmp_path), Options(token_file=token_file)) as web:
        for method, path in EVERY:
            reply = web.request(method, path, json=ASK if method == "POST" else None)
            assert reply.status_code == (200 if path in OPEN else 401), path
            if path not in OPEN:
                assert reply.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"authorization": f"bearer  {TOKEN}"}, 200),
        (basic("anybody", TOKEN), 200),
        (basic("ada", "correct horse"), 200),
        (basic("ada", "wrong horse"), 401),
        (basic("eve", "correct horse"), 401),
        (basic("", ""), 401),
        ({"authorization": "Bearer wrong-token-of-the-lab"}, 401),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": "Basic !!!"}, 401),
        ({"authorization": "Basic /w=="}, 401),
        ({"authorization": "Digest x"}, 401),
        ({"authorization": ""}, 401),
    ],
)
def test_tokens_and_passwords(tmp_path: Path, token_file: Path, headers: dict[str, str], status: int) -> None:
    users = tmp_path / "users"
    users.write_text(user_line("ada", "correct horse") + "\n", encoding="utf-8")
    with client(open_service(tmp_path), Options(token_file=token_file, users_file=users)) as web:
        assert web.get("/api/studies", headers=headers).status_code == status
        assert web.get("/api/studies", headers=headers).status_code == status


def test_a_users_file_holds_no_password(tmp_path: Path) -> None:
    line = user_line("ada", "correct horse")
    assert "correct" not in line
    assert line != user_line("ada", "correct horse")
    path = tmp_path / "users"
    path.write_text(line, encoding="utf-8")
    assert read_sign_in(None, path).accepts(basic("ada", "correct horse")["authorization"])


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "empty"), ("# nothing\n\n", "empty"), ("ada\n", "line 1"), ("ada:secret\n", "line 1"),
     ("ada:scrypt$16384$8$1$zz$00\n", "line 1"), ("a b:scrypt$16384$8$1$00$00\n", "line 1"),
     ("ada:scrypt$99999999999$8$1$00$00", "line 1"), ("ada:scrypt$3$8$1$00$00", "line 1")],
)  # fmt: skip
def test_a_malformed_users_file_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "users"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AssistantError, match=words):
        read_sign_in(None, path)


@pytest.mark.parametrize("content", ["", "short\n", "a token with blanks in it\n", "ä" * 20])
def test_a_malformed_token_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AssistantError):
        read_sign_in(path, None)
    with pytest.raises(AssistantError, match="cannot be read"):
        read_sign_in(tmp_path / "none", None)


@pytest.mark.parametrize(
    ("name", "password"), [("a:b", "long enough"), ("", "long enough"), ("ada", "short")]
)
def test_users_that_cannot_be_made(name: str, password: str) -> None:
    with pytest.raises(AssistantError):
        user_line(name, password)


def test_guessing_is_slowed_down(tmp_path: Path, token_file: Path) -> None:
    with client(open_service(tmp_path), Options(token_file=token_file)) as web:
        wrong = [web.get("/docs", headers=basic("a", f"guess {n}")).status_code for n in range(12)]
        right = web.get("/docs", headers={"authorization": f"Bearer {TOKEN}"}).status_code
    assert wrong == [401] * 10 + [429] * 2
    assert right == 200


@pytest.mark.parametrize(
    "path",
    ["/chat/gradio_api/proxy=http://127.0.0.1:1/", "/chat/gradio_api/upload", "/chat/gradio_api/runs",
     "/chat/runs", "/chat/gradio_api/run-history/connect", "/chat/gradio_api/stream/x/1/2/playlist.m3u8",
     "/chat/monitoring/x", "/chat/logout", "/chat/login/", "/chat/gradio_api/file=x", "/chat/gradio_api/file/x",
     "/chat/gradio_api/call/ask", "/chat/gradio_api/api/ask", "/chat/gradio_api/run/ask", "/chat/openapi.json",
     "/chat/gradio_api/openapi.json", "/chat/gradio_api/vibe-edit/", "/chat/gradio_api/undo-vibe-edit",
     "/chat/gradio_api/component_server", "/chat/gradio_api/user/", "/chat/pwa_icon/192"],
)  # fmt: skip
def test_what_gradio_serves_and_no_chat_needs_is_closed(tmp_path: Path, path: str) -> None:
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    from assistant.service.journal import Journal
    from assistant.service.shield import Rules, Shield

    inner = Starlette(
        routes=[Route("/{path:path}", lambda _: PlainTextResponse("open"), methods=["GET", "POST"])]
    )
    with TestClient(Shield(inner, Rules(), Journal()), base_url="http://localhost") as web:
        assert web.get(path).status_code == web.post(path).status_code == 404
        for used in (
            "/chat/config",
            "/chat/gradio_api/queue/data",
            "/chat/assets/runs.js",
            "/chat/evidence/api/x",
        ):
            assert web.get(used).text == "open"


def test_the_service_is_where_its_host_says_whatever_else_is_sent() -> None:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    from assistant.service.journal import Journal
    from assistant.service.shield import Rules, Shield

    async def headers(request: Request) -> JSONResponse:
        return JSONResponse(dict(request.headers))

    inner = Starlette(routes=[Route("/{path:path}", headers)])
    sent = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Prefix": "/x",
        "X-Own": "1",
    }
    with TestClient(Shield(inner, Rules(), Journal()), base_url="http://localhost") as web:
        found = web.get("/chat/config", headers=sent).json()
    assert found["x-own"] == "1"
    assert "evil.example" not in found.values()
    assert not {"x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix"} & set(found)


# -- rates ------------------------------------------------------------------------------------------


def test_a_bucket_fills_again() -> None:
    now = 0.0
    rate = Rate(60, clock=lambda: now)
    assert [rate.take("a") for _ in range(60)] == [0.0] * 60
    assert rate.take("a") == pytest.approx(1.0)
    assert rate.take("b") == 0.0
    now = 1.0
    assert rate.take("a") == 0.0
    assert rate.take("a") > 0
    now = 1000.0
    assert [rate.take("a") for _ in range(61)].count(0.0) == 60
    assert [Rate(0).take("a") for _ in range(1000)] == [0.0] * 1000


def test_what_is_one_client() -> None:
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff")
    assert client_key("2001:db8::1") != client_key("2001:db8:0:1::1")
    assert client_key("::ffff:192.0.2.1") == "192.0.2.1"
    assert client_key("testclient") == "testclient"


def test_one_address_does_not_take_it_all(tmp_path: Path) -> None:
    service = open_service(tmp_path, rate_per_minute=5)
    with client(service, client=("192.0.2.7", 1)) as web:
        codes = [web.post("/api/ask", json=ASK).status_code for _ in range(7)]
        assert codes == [200] * 5 + [429] * 2
        assert web.post("/api/ask", json=ASK).headers["retry-after"]
        assert web.get("/api/studies").status_code == 200
    service = open_service(tmp_path, rate_per_minute=5)
    with client(service) as web:
        assert {web.post("/api/ask", json=ASK).status_code for _ in range(8)} == {200}


def test_a_batch_counts_for_each_of_its_questions(tmp_path: Path) -> None:
    with client(open_service(tmp_path, rate_per_minute=10), client=("192.0.2.7", 1)) as web:
        batch = {"items": [ASK] * 8}
        assert [web.post("/api/ask/batch", json=batch).status_code for _ in range(2)] == [200, 429]


# -- bodies -----------------------------------------------------------------------------------------


def test_a_large_body_is_refused_before_and_while_it_comes(tmp_path: Path) -> None:
    def chunks() -> Any:
        for _ in range(30):
            yield b"x" * 100_000

    with client(open_service(tmp_path)) as web:
        for path in ("/api/ask", "/chat/gradio_api/queue/join", "/mcp", "/nowhere"):
            assert web.post(path, content=b"x" * 1_000_001).status_code == 413
            assert web.post(path, content=chunks()).status_code == 413
        wrong = web.post("/api/ask", content=b"{}", headers={"content-length": "-1"})
        assert wrong.status_code == 413


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    from assistant.service.journal import Journal
    from assistant.service.shield import Rules, Shield

    async def run() -> list[dict[str, Any]]:
        import anyio

        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            await anyio.sleep(0.03)
            return {"type": "http.request", "body": b"x", "more_body": True}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        async def app(*_: Any) -> None:
            raise AssertionError("it must not get here")

        scope = {
            "type": "http", "method": "POST", "path": "/api/ask", "root_path": "", "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"transfer-encoding", b"chunked")],
            "client": ("127.0.0.1", 1),
        }  # fmt: skip
        await Shield(app, Rules(body_s=0.2), Journal())(scope, receive, send)  # type: ignore[arg-type]
        return sent

    import anyio

    started = time.monotonic()
    sent = anyio.run(run)
    assert time.monotonic() - started < 5
    assert sent[0]["status"] == 408


def test_no_query_and_no_refused_path_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="assistant.access")
    with client(open_service(tmp_path)) as web:
        web.get("/api/studies", params={"review": "secret"})
        web.get("/docs", params={"q": "secret"})
        web.get("/secret")
        web.post("/api/ask", json={"turns": ["secret?"]})
    lines = [r.message for r in caplog.records if r.name == "assistant.access"]
    assert len(lines) == 4
    assert not re.search("secret", "".join(lines))


def test_threads_may_share_a_bucket() -> None:
    rate, passed = Rate(1000), []

    def take() -> None:
        passed.extend(rate.take("a") == 0.0 for _ in range(500))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1000 <= passed.count(True) <= 1050
