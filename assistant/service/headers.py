"""Headers that every response carries: what a page may load, run, frame and be framed by."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

CHAT = "/chat"
"""Where the chat is mounted."""

_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "base-uri 'self'; object-src 'none'; form-action 'self'"
)
_FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


def page_policy(style: str, *, forms: bool = False) -> str:
    """The policy of a page without scripts whose one style sheet is ``style``; frames are added later.

    Args:
        style: the style sheet.
        forms: whether the page may send a form to this service.
    """
    target = "'self'" if forms else "'none'"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action {target}"


def common_headers(path: str, frame_ancestors: Sequence[str], policy: str = "") -> dict[str, str]:
    """The headers of a response.

    Args:
        path: the request's, without the proxy's prefix.
        frame_ancestors: origins that may frame the service's pages, besides its own.
        policy: the page's own content security policy, without ``frame-ancestors``; "" for the default.
    """
    in_chat = path == CHAT or path.startswith(CHAT + "/")
    default = _CHAT_POLICY if in_chat else "default-src 'none'; base-uri 'none'; form-action 'none'"
    framers = " ".join(["'self'", *frame_ancestors])
    headers = _FIXED | {"content-security-policy": f"{policy or default}; frame-ancestors {framers}"}
    if not frame_ancestors:
        headers["x-frame-options"] = "SAMEORIGIN"
    if not in_chat:
        headers["cache-control"] = "no-store"
    return headers
