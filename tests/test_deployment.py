"""What README.md says of nginx, systemd and a container holds."""

from __future__ import annotations

import base64
import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import typer
from service_app import ASK, ROOT, free_port, process

from assistant.cli.cli import app
from assistant.service.signin import user_line

README = (ROOT / "README.md").read_text(encoding="utf-8")
PREFIX = "/lab/review"
BASIC = {"authorization": "Basic " + base64.b64encode(b"ada:correct horse").decode()}


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return str(found)


# -- nginx ------------------------------------------------------------------------------------------


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    """nginx with the documented locations, in front of ``upstream``; its address."""
    port = free_port()
    locations = block("nginx").replace("http://127.0.0.1:7860", upstream)
    assert upstream in locations
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid;\ndaemon off;\nuser {_user()};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}"
        f"server {{\nlisten 127.0.0.1:{port};\nserver_name lab.example;\n{locations}}}\n}}\n",
        encoding="utf-8",
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    running = subprocess.Popen(command)
    try:
        time.sleep(0.5)
        assert running.poll() is None
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


def _user() -> str:
    import getpass

    return getpass.getuser()


@pytest.mark.slow
def test_the_documented_nginx_layout(tmp_path: Path) -> None:
    (tmp_path / "users").write_text(user_line("ada", "correct horse"), encoding="utf-8")
    arguments = ("--root-path", PREFIX, "--users-file", str(tmp_path / "users"))
    with (
        process(tmp_path, *arguments, chat="small_chat", ASSISTANT_HOSTS="lab.example") as (_, upstream),
        nginx(tmp_path, upstream) as outside,
        httpx.Client(
            base_url=outside, headers={"host": "lab.example"}, timeout=60, follow_redirects=False
        ) as web,
    ):
        assert web.get(PREFIX).headers["location"].endswith(f"{PREFIX}/")
        assert web.get(f"{PREFIX}/api/studies").status_code == 401
        assert web.get(f"{PREFIX}/healthz").status_code == 200
        assert web.get("/api/studies").status_code == 404
        web.headers.update(BASIC)

        start = web.get(f"{PREFIX}/")
        chat = urljoin(f"{PREFIX}/", start.headers["location"])
        assert (start.status_code, chat) == (307, f"{PREFIX}/chat/")
        _the_chat_works(web, chat)

        answer = web.post(f"{PREFIX}/api/ask", json=ASK)
        assert answer.status_code == 200
        page = web.get(f"{PREFIX}/{answer.json()['permalink']}")
        assert "the 2-year OS was 61%" in page.text
        links = re.findall(r'href="([^"#][^"]*)"', page.text)
        assert links
        absolute = [link for link in links if "://" in link]
        assert absolute
        assert all(link.startswith(f"http://lab.example{PREFIX}/") for link in absolute), absolute
        for link in links:
            reply = web.get(urljoin(str(page.url), link.removeprefix("http://lab.example")))
            assert reply.status_code in {200, 307}, link
        assert web.get(f"{PREFIX}/openapi.json").json()["servers"] == [{"url": PREFIX}]
        assert web.get(f"{PREFIX}/docs").status_code == 200

        evil = {"origin": "https://evil.example"}
        assert web.post(f"{PREFIX}/api/ask", json=ASK, headers=evil).status_code == 403
        own = {"origin": "http://lab.example"}
        assert web.post(f"{PREFIX}/api/ask", json=ASK, headers=own).status_code == 200
        assert web.post(f"{PREFIX}/api/ask", content=b"x" * 2_000_000).status_code == 413


def _the_chat_works(web: httpx.Client, chat: str) -> None:
    """Its page comes once it is built, all it loads is below the prefix, and a question is answered."""
    deadline = time.monotonic() + 120
    while (page := web.get(chat)).status_code == 503 and time.monotonic() < deadline:
        assert "Opening the review" in page.text
        time.sleep(0.5)
    assert page.status_code == 200, page.text[:500]
    assert "script-src 'self' 'unsafe-inline'" in page.headers["content-security-policy"]
    config = web.get(f"{chat}config").json()
    assert config["root"].endswith(chat.rstrip("/")), config["root"]
    loaded = re.findall(r'(?:src|href)="(\.?/?(?:assets|static|theme)[^"]*)"', page.text)
    assert loaded
    for link in loaded:
        assert web.get(urljoin(str(page.url), link)).status_code == 200, link
    assert web.post(f"{chat}gradio_api/call/ask", json={"data": ["What?", []]}).status_code == 404
    queue = f"{chat}gradio_api/queue/"
    begun = web.post(f"{queue}join", json={"data": ["What?", []], "fn_index": 0, "session_hash": "s"})
    assert begun.status_code == 200, begun.text
    with web.stream("GET", f"{queue}data", params={"session_hash": "s"}) as stream:
        text = "".join(stream.iter_text())
    assert "process_completed" in text
    assert "61%" in text


@pytest.mark.slow
def test_addresses_that_a_proxy_tells_are_counted_apart(tmp_path: Path) -> None:
    """The rate is that of the visitor, not of the proxy, which is on loopback and is not counted."""
    arguments = ("--root-path", PREFIX)
    settings = {"ASSISTANT_HOSTS": "lab.example", "ASSISTANT_RATE_PER_MINUTE": "3"}
    with process(tmp_path, *arguments, **settings) as (_, upstream), httpx.Client(base_url=upstream) as web:
        visitor = {"host": "lab.example", "x-forwarded-for": "192.0.2.1"}
        codes = [web.post("/api/ask", json=ASK, headers=visitor).status_code for _ in range(5)]
        other = visitor | {"x-forwarded-for": "192.0.2.2"}
        assert codes == [200] * 3 + [429] * 2
        assert web.post("/api/ask", json=ASK, headers=other).status_code == 200


@pytest.mark.slow
def test_a_proxy_that_does_not_strip_the_prefix_and_no_proxy_work_too(tmp_path: Path) -> None:
    with (
        process(tmp_path, "--root-path", PREFIX, chat="small_chat") as (_, address),
        httpx.Client(base_url=address, timeout=60) as web,
    ):
        for prefix in ("", PREFIX):
            assert web.get(f"{prefix}/api/studies").status_code == 200
            assert web.get(f"{prefix}/docs").status_code == 200
            assert web.get(f"{prefix}{PREFIX}{PREFIX}/docs").status_code == 404
        _the_chat_works(web, f"{PREFIX}/chat/")


# -- systemd ----------------------------------------------------------------------------------------


def test_the_unit_starts_a_command_that_exists() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(block("ini"))
    assert set(unit.sections()) == {"Unit", "Service", "Install"}
    program, name, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/assistant")
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    context = command.make_context(name, [a.replace("%d", "/credentials") for a in arguments])
    assert context.params["root_path"] == PREFIX
    assert context.params["users_file"] == Path("/credentials/users")
    assert context.params["host"] == "127.0.0.1"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("this system has no systemd-analyze")
    (tmp_path / "assistant").symlink_to(sys.executable)
    unit = block("ini").replace("/opt/review-assistant/bin/assistant", str(tmp_path / "assistant"))
    path = tmp_path / "review-assistant.service"
    path.write_text(unit, encoding="utf-8")
    done = subprocess.run([program, "verify", str(path)], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "review-assistant.service" in line]
    assert told == []


# -- the container ----------------------------------------------------------------------------------


def test_the_container_file_passes_the_linter(tmp_path: Path) -> None:
    path = tmp_path / "Containerfile"
    path.write_text(block("dockerfile"), encoding="utf-8")
    program = str(Path(sys.executable).parent / "hadolint")
    done = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    path.write_text(block("dockerfile").replace("--no-cache-dir ", ""), encoding="utf-8")
    assert subprocess.run([program, str(path)], capture_output=True, check=False).returncode == 1


def test_the_container_runs_a_command_that_exists_and_not_as_root() -> None:
    lines = dict(line.split(" ", 1) for line in block("dockerfile").splitlines() if re.match("[A-Z]+ ", line))
    assert lines["USER"] == "10001"
    program, name, *arguments = json.loads(lines["ENTRYPOINT"]) + json.loads(lines["CMD"])
    assert program == "assistant"
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    context = command.make_context(name, arguments)
    assert context.params["host"] == "0.0.0.0"
    assert context.params["token_file"] == Path("/run/secrets/tokens")
    check = json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))
    compile(check[2], "HEALTHCHECK", "exec")
    assert f":{context.params['port']}/healthz" in check[2]
    assert lines["EXPOSE"] == str(context.params["port"])
