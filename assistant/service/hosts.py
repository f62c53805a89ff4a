"""Which Host and which Origin a request may carry: against rebinding and against other sites' pages."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_loopback(name: str) -> bool:
    """Whether a host name or address, without port, is this machine's own."""
    name = name.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name in a Host header, lower case, without port; "" where it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def origin_allowed(origin: str, host: str, allowed: Collection[str]) -> bool:
    """Whether a page of ``origin`` may send a request to ``host``.

    Its own pages may, and those of ``allowed`` origins; on loopback also pages of other ports of this
    machine. ``null`` (a sandboxed frame, a local file) may not.
    """
    if origin in allowed:
        return True
    try:
        page, target = urlsplit(origin), urlsplit(f"//{host}")
        default = _DEFAULT_PORTS.get(page.scheme)
        page_port, target_port = page.port or default, target.port or default
    except ValueError:
        return False
    if default is None or not page.hostname or not target.hostname:
        return False
    if is_loopback(page.hostname) and is_loopback(target.hostname):
        return True
    return (page.hostname, page_port) == (target.hostname, target_port)
