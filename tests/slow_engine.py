"""Stands in for an engine that takes seconds to open."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import quick_engine


def open_engine(settings: Any, *, notify: Callable[[str], None]) -> quick_engine.Engine:
    time.sleep(5)
    return quick_engine.Engine()
