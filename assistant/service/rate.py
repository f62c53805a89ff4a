"""How often one client may write: a bucket of tokens for each address."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CLIENTS = 10_000
"""Buckets kept; the one unused for longest goes first."""


class Rate:
    """Lets each client make ``per_minute`` requests a minute, all at once if it likes.

    Args:
        per_minute: 0 for any number.
        clock: seconds that only grow.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, cost: float = 1) -> float:
        """0.0 where the request may pass; else the seconds until it might, and nothing is taken."""
        if not self._per_minute:
            return 0.0
        key, now, most = client_key(client), self._clock(), float(self._per_minute)
        with self._lock:
            level, at = self._buckets.pop(key, (most, now))
            level = min(most, level + (now - at) * most / 60)
            missing = min(cost, most) - level
            self._buckets[key] = (level if missing > 0 else level - min(cost, most), now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return max(0.0, missing * 60 / most)


def client_key(address: str) -> str:
    """What counts as one client: an address, or the /64 network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
