"""The pages of a MediaWiki, through its API."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.model import AssistantError
from assistant.wiki.login import Login
from assistant.wiki.syntax import SYNTAXES
from assistant.wiki.target import ConflictError, GoneError, Page, PageError

if TYPE_CHECKING:
    import mwclient

_SUMMARY_CHARS = 480
"""MediaWiki cuts summaries at 500."""
_LAG_S = 5
_TRIES = 3
_REASONS = {
    "protectedpage": "The page is protected",
    "cascadeprotected": "The page is protected",
    "permissiondenied": "The account may not edit it",
    "blocked": "The account is blocked",
    "readonly": "The wiki is read-only at the moment",
    "ratelimited": "The wiki allows no more edits for now",
    "spamblacklist": "The spam filter refused it",
    "abusefilter-disallowed": "An edit filter refused it",
    "captcha": "The wiki wants a captcha solved",
    "assertuserfailed": "The login has ended",
    "missingtitle": "There is no such page",
}


class MediaWiki:
    """The pages of one wiki.

    Args:
        url: of the folder with ``api.php``, e.g. ``https://wiki.lab.example/w/``.
        login: of a bot password.
        pages: the only ones wanted; none for all of the main namespace.
        timeout_s: how long an answer is waited for.
    """

    syntax = SYNTAXES["mediawiki"]

    def __init__(self, url: str, login: Login, pages: Sequence[str] = (), timeout_s: float = 30) -> None:
        self._url = url
        self._pages = list(pages)
        logging.getLogger("mwclient").setLevel(logging.ERROR)  # it tells of each retry
        with _told(url):
            self._site = _open(url, timeout_s)
            if login.user:
                self._site.login(login.user, login.password)

    def names(self) -> Sequence[str]:
        if self._pages:
            return self._pages
        with _told(self._url):
            return list(self._site.allpages(namespace="0", filterredir="nonredirects", generator=False))

    def read(self, name: str) -> Page:
        wanted = {"prop": "revisions", "titles": name, "rvprop": "ids|content", "rvslots": "main"}
        with _told(self._url):
            found = self._site.get("query", formatversion="2", **wanted)["query"]["pages"][0]
        if "revisions" not in found:
            raise PageError("There is no such page.", "Create it, with a block in it.")
        revision = found["revisions"][0]
        return Page(name, revision["slots"]["main"]["content"], str(revision["revid"]))

    def write(self, page: Page, text: str, summary: str) -> None:
        with _told(self._url):
            done = self._edit(page, text, summary[:_SUMMARY_CHARS])["edit"]
        if done.get("result") != "Success":
            kind = "captcha" if "captcha" in done else str(done.get("code", "")).lower()
            kind = "spamblacklist" if "spamblacklist" in done else kind
            raise _refused(kind, str(done.get("info", "it gave no reason")))

    def _edit(self, page: Page, text: str, summary: str) -> dict[str, Any]:
        """What the wiki answers; an edit that builds on another revision than was read is a conflict."""
        import mwclient.errors

        fresh = False
        while True:
            token = self._site.get_token("csrf", force=fresh)
            wanted = {"title": page.name, "text": text, "summary": summary, "baserevid": page.revision}
            try:
                return dict(
                    self._site.post(
                        "edit", bot="1", nocreate="1", token=token, **wanted, **{"assert": "user"}
                    )
                )
            except mwclient.errors.APIError as error:
                if error.code != "badtoken" or fresh:
                    raise
                fresh = True


def _open(url: str, timeout_s: float) -> mwclient.Site:
    import mwclient

    parts = urlsplit(url)
    path = parts.path.rstrip("/") + "/"
    return mwclient.Site(
        parts.netloc,
        path=path,
        scheme=parts.scheme,
        clients_useragent="review-assistant",
        max_lag=_LAG_S,
        max_retries=_TRIES,
        retry_timeout=1,
        force_login=False,
        connection_options={"timeout": timeout_s},
    )


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turns what mwclient raises into errors that say what to do; none quotes what was sent."""
    import mwclient.errors

    try:
        yield
    except mwclient.errors.LoginError as error:
        raise AssistantError(
            f"{url} refused the login ({error.code}).", "See to ASSISTANT_WIKI_USER and its bot password."
        ) from None
    except mwclient.errors.APIError as error:
        raise _refused(str(error.code), str(error.info)) from None
    except mwclient.errors.MaximumRetriesExceeded:
        raise GoneError(f"{url} is too busy.", "Run the command later.") from None
    except (OSError, mwclient.errors.InvalidResponse) as error:  # requests' errors are OSErrors
        raise GoneError(
            f"{url} does not answer as a MediaWiki: {_cause(error)}.", "See to the address."
        ) from None
    except (mwclient.errors.MwClientError, KeyError, ValueError) as error:
        raise PageError(f"{url} gave an answer that is not understood ({type(error).__name__}).") from None


def _cause(error: Exception) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    return f"status {status}" if status else type(error).__name__


def _refused(kind: str, info: str) -> PageError:
    if kind == "editconflict":
        return ConflictError("Somebody edited it in the meantime.", "Run the command again.")
    if kind.startswith(("internal_api_error", "readonly")):
        return GoneError(f"The wiki failed ({kind}).", "Run the command later.")
    reason = _REASONS.get(kind, "The wiki refused it")
    return PageError(f"{reason} ({kind}: {info}).", "See to the account's rights, or leave the page out.")
