"""A real MediaWiki and a real DokuWiki, from Debian's packages, on PHP's own server and files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from service_app import free_port

REQUIRED = "REQUIRE_WIKIS"
"""With this variable set a missing package fails the tests that need one, instead of skipping them."""
MEDIAWIKI = Path("/usr/share/mediawiki")
DOKUWIKI = Path("/usr/share/dokuwiki")
PASSWORD = "a-long-password-for-tests"


@dataclass(frozen=True, slots=True)
class Wiki:
    """A running wiki."""

    url: str
    folder: Path
    users: Mapping[str, str]
    """Names and passwords."""


def _need(place: Path, package: str) -> None:
    if place.is_dir() and shutil.which("php"):
        return
    message = f"{package} is not installed (Debian: apt-get install {package} php-cli php-sqlite3)"
    if os.environ.get(REQUIRED):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def _served(root: Path, port: int, probe: str, log: Path, **more: str) -> Iterator[None]:
    """PHP's server; a kept connection holds a worker, and workers outlive their parent: the whole group is ended."""
    with log.open("w") as stream:
        running = subprocess.Popen(
            ["php", "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{port}", "-t", str(root)],
            env=os.environ | {"PHP_CLI_SERVER_WORKERS": "16"} | more,
            stdout=stream, stderr=stream, start_new_session=True,
        )  # fmt: skip
        try:
            for _ in range(300):
                try:
                    if httpx.get(f"http://127.0.0.1:{port}{probe}", timeout=20).status_code == 200:
                        break
                except httpx.HTTPError:
                    assert running.poll() is None, log.read_text()
                time.sleep(0.1)
            else:
                raise AssertionError(log.read_text())
            yield
        finally:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(20)


@contextmanager
def mediawiki(folder: Path) -> Iterator[Wiki]:
    """A MediaWiki with Cite, an edit filter, a captcha in its project namespace, an administrator, two bots and four people."""
    _need(MEDIAWIKI, "mediawiki")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    (folder / "db").mkdir()

    def maintain(script: str, *arguments: str, config: bool = True) -> None:
        settings = {"MW_CONFIG_FILE": str(folder / "LocalSettings.php")} if config else {}
        command = ["php", str(MEDIAWIKI / "maintenance" / script), *arguments]
        done = subprocess.run(
            command, env=os.environ | settings, cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    maintain(
        "install.php", "--dbtype=sqlite", f"--dbpath={folder / 'db'}", "--dbname=lab", "--scriptpath=",
        f"--server={url.rstrip('/')}", f"--pass={PASSWORD}", f"--confpath={folder}", "--with-extensions",
        "LabWiki", "Admin", config=False,
    )  # fmt: skip
    with (folder / "LocalSettings.php").open("a") as file:
        file.write(
            "\n$wgRateLimits = []; $wgMainCacheType = CACHE_NONE; $wgJobRunRate = 0;"
            f"\n$wgUploadDirectory = '{folder}'; $wgCacheDirectory = false; $wgShowExceptionDetails = true;"
            "\nwfLoadExtensions( [ 'ConfirmEdit', 'ConfirmEdit/QuestyCaptcha', 'AbuseFilter' ] );"
            "\n$wgCaptchaQuestions = [ 'Of what is the sea?' => 'water' ];"
            "\n$wgCaptchaTriggersOnNamespace[NS_PROJECT]['edit'] = true;"
            "\n$wgGroupPermissions['*']['edit'] = false; $wgSpamRegex = [ '/buy-cheap-pills/' ];\n"
        )
    maintain("update.php", "--quick")  # the filters' tables
    rights = "basic,editpage,createeditmovepage,highvolume"
    for user in ("Reviewer", "Plain"):
        maintain("createAndPromote.php", *(["--bot"] if user == "Reviewer" else []), user, PASSWORD)
        secret = "0123456789abcdef0123456789abcdef"
        maintain("createBotPassword.php", "--appid", "sync", "--grants", rights, user, secret)
    maintain("createBotPassword.php", "--appid", "reading", "--grants", "basic", "Plain", secret)
    for k in range(4):
        maintain("createAndPromote.php", f"Human{k}", PASSWORD)
    names = ("Reviewer@sync", "Plain@sync", "Plain@reading")
    users = dict.fromkeys(names, "0123456789abcdef0123456789abcdef")
    users |= dict.fromkeys(("Admin", *(f"Human{k}" for k in range(4))), PASSWORD)
    config = {"MW_CONFIG_FILE": str(folder / "LocalSettings.php")}
    with _served(MEDIAWIKI, port, "/api.php?action=query&format=json", folder / "log", **config):
        yield Wiki(url, folder, users)


@contextmanager
def dokuwiki(folder: Path) -> Iterator[Wiki]:
    """A DokuWiki whose user ``reviewer`` may edit, and ``reader`` only read; the namespace ``closed`` is for Admin."""
    _need(DOKUWIKI, "dokuwiki")
    site, conf, data = folder / "site", folder / "conf", folder / "data"
    subprocess.run(["cp", "-rL", str(DOKUWIKI), str(site)], check=True)
    subprocess.run(["cp", "-rL", "/etc/dokuwiki", str(conf)], check=True)
    for name in "attic cache index locks media media_attic media_meta meta pages tmp log".split():
        (data / name).mkdir(parents=True)
    (site / "inc/preload.php").write_text(f"<?php define('DOKU_CONF', '{conf}/');\n")
    (conf / "local.php").write_text(
        f"<?php $conf['savedir'] = '{data}'; $conf['useacl'] = 1; $conf['superuser'] = 'admin';"
        "$conf['remote'] = 1; $conf['remoteuser'] = '@user,@visitor'; $conf['title'] = 'Lab'; $conf['authtype'] = 'authplain';"
        "$conf['license'] = ''; $conf['updatecheck'] = 0; $conf['usewordblock'] = 1;\n"
    )
    (conf / "wordblock.conf").write_text("buy-cheap-pills\n")
    (conf / "acl.auth.php").write_text("*\t@ALL\t1\n*\t@user\t8\nclosed:*\t@user\t1\n")
    hashed = subprocess.run(
        ["php", "-r", f"echo password_hash('{PASSWORD}', PASSWORD_BCRYPT);"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    users = dict.fromkeys(("admin", "reviewer", "reader", "human0", "human1"), PASSWORD)
    (conf / "users.auth.php").write_text(
        "".join(
            f"{name}:{hashed}:{name}:{name}@lab.example:{'visitor' if name == 'reader' else 'user'}\n"
            for name in users
        )
    )
    port = free_port()
    with _served(site, port, "/doku.php", folder / "log"):
        yield Wiki(f"http://127.0.0.1:{port}", folder, users)
