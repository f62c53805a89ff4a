"""The pages of a DokuWiki, through XML-RPC."""

from __future__ import annotations

import hashlib
import xmlrpc.client
from collections.abc import Sequence
from typing import Any
from xml.parsers.expat import ExpatError

import httpx

from assistant.model import AssistantError
from assistant.wiki.login import Login
from assistant.wiki.syntax import SYNTAXES
from assistant.wiki.target import ConflictError, GoneError, Page, PageError

_DENIED = {111, 112}
_LOCKED = 133
_SPAM = 134


class DokuWiki:
    """The pages of one wiki.

    Args:
        url: of the folder with ``doku.php``, e.g. ``https://wiki.lab.example/``.
        login: of a user that ``remoteuser`` lets in.
        pages: the only ones wanted; none for all that the wiki's index knows.
        timeout_s: how long an answer is waited for.
    """

    syntax = SYNTAXES["dokuwiki"]

    def __init__(self, url: str, login: Login, pages: Sequence[str] = (), timeout_s: float = 30) -> None:
        self._url = url.rstrip("/")
        self._pages = list(pages)
        self._client = httpx.Client(timeout=timeout_s, follow_redirects=False)
        if login.user and not self._call("dokuwiki.login", login.user, login.password):
            raise AssistantError(
                f"{self._url} refused the login.", "See to ASSISTANT_WIKI_USER and its password."
            )

    def names(self) -> Sequence[str]:
        return self._pages or [str(page["id"]) for page in self._call("wiki.getAllPages")]

    def read(self, name: str) -> Page:
        if not self._call("wiki.getPageInfo", name):  # or a page that is not there would be an empty one
            raise PageError("There is no such page.", "Create it, with a block in it.")
        text = str(self._call("wiki.getPage", name))
        return Page(name, text, hashlib.sha256(text.encode()).hexdigest())

    def write(self, page: Page, text: str, summary: str) -> None:
        # DokuWiki takes no base revision, so the page is locked, and read again before it is written.
        self._lock(page.name)
        try:
            if self.read(page.name).revision != page.revision:
                raise ConflictError("Somebody edited it in the meantime.", "Run the command again.")
            if self._call("wiki.putPage", page.name, text, {"sum": summary, "minor": False}) is not True:
                # Some versions say nothing of why they refuse. Two who lock at once may both be let.
                self._lock(page.name)
                raise PageError(
                    "The wiki refused it, most likely its word filter.", "See to its wordblock.conf."
                )
        finally:
            self._call("dokuwiki.setLocks", {"lock": [], "unlock": [page.name]})

    def _lock(self, name: str) -> None:
        if self._call("dokuwiki.setLocks", {"lock": [name], "unlock": []})["lockfail"]:
            raise ConflictError(
                "Somebody is editing it, or the account may not.",
                "Run the command later, or see to the rights.",
            )

    def _call(self, method: str, *arguments: Any) -> Any:
        body = xmlrpc.client.dumps(arguments, method, allow_none=True).encode("utf-8", "replace")
        try:
            answer = self._client.post(
                f"{self._url}/lib/exe/xmlrpc.php", content=body, headers={"content-type": "text/xml"}
            )
            if answer.status_code in {401, 403}:
                raise PageError(
                    "The account may not do this.", "See to its rights, and to remoteuser in DokuWiki."
                )
            answer.raise_for_status()
            return xmlrpc.client.loads(answer.content)[0][0]
        except xmlrpc.client.Fault as fault:
            raise _refused(fault) from None
        except httpx.HTTPStatusError as error:
            raise self._gone(f"status {error.response.status_code}") from None
        except (httpx.HTTPError, ExpatError, xmlrpc.client.Error, IndexError, ValueError) as error:
            raise self._gone(type(error).__name__) from None

    def _gone(self, cause: str) -> GoneError:
        return GoneError(f"{self._url} does not answer as a DokuWiki: {cause}.", "See to the address.")


def _refused(fault: xmlrpc.client.Fault) -> PageError:
    code, said = fault.faultCode, fault.faultString
    if code == _LOCKED:
        return ConflictError("Somebody is editing it.", "Run the command later.")
    if code == _SPAM:
        return PageError("The wiki's word filter refused it.", "See to its conf/wordblock.conf.")
    reason = "The account may not" if code in _DENIED else "The wiki refused it"
    return PageError(f"{reason} ({said}).", "See to the account's rights, or leave the page out.")
