"""The chat's own queue: how much waits, what those hear for whom there is no room, and what is held of readers."""

from __future__ import annotations

import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from service_app import process, wait_for

from assistant.chat.blocks import _PARALLEL, _WAITING
from assistant.chat.conversation import MOST_TURNS, Conversation, Turn

pytestmark = pytest.mark.slow


class Reader:
    """Asks as a browser does; each question in a session of its own."""

    def __init__(self, address: str) -> None:
        self.web = httpx.Client(base_url=f"{address}/chat/", timeout=60)
        config = self.web.get("config").raise_for_status().json()
        boxes = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
        self._event = next(
            d["id"]
            for d in config["dependencies"]
            if any((boxes.get(c), e) == ("ra-question", "submit") for c, e in d["targets"])
        )

    def join(self, session: str, question: str) -> httpx.Response:
        body = {"data": [question, None, ""], "fn_index": self._event, "session_hash": session}
        return self.web.post("gradio_api/queue/join", json=body)

    def answer(self, session: str, question: str) -> Any:
        """What Gradio says at the end."""
        self.join(session, question).raise_for_status()
        with self.web.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as events:
            for line in events.iter_lines():
                told = json.loads(line[5:]) if line.startswith("data:") else {"msg": ""}
                if told["msg"] == "process_completed":
                    return told
        raise AssertionError("the events ended before the answer")


def test_who_finds_no_room_is_told_to_come_again(tmp_path: Path) -> None:
    with process(tmp_path, chat="assistant.chat") as (running, address):
        wait_for(f"{address}/chat/config", running)
        reader = Reader(address)
        asked = _PARALLEL + _WAITING + 40
        with ThreadPoolExecutor(16) as pool:
            replies = list(pool.map(lambda n: reader.join(f"s{n}", f"sleep {n}"), range(asked)))
        found = Counter(reply.status_code for reply in replies)
        print(dict(found))
        assert set(found) == {200, 429}
        # some are answered, and make room, while the others still come
        assert _PARALLEL + _WAITING <= found[200] <= _PARALLEL + _WAITING + 20
        refused = next(reply for reply in replies if reply.status_code == 429)
        assert refused.json()["error"].startswith("Too many questions wait")
        assert refused.headers["retry-after"] == "3"
        assert "frame-ancestors" in refused.headers["content-security-policy"]
        assert httpx.get(f"{address}/healthz").status_code == 200
        reader.web.close()


def test_many_readers_leave_memory_and_open_files_as_they_were(tmp_path: Path) -> None:
    def measured(pid: int) -> tuple[int, int]:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(resident.split()[1]), len(os.listdir(f"/proc/{pid}/fd"))

    with process(tmp_path, chat="few_sessions") as (running, address):
        wait_for(f"{address}/chat/config", running)
        reader = Reader(address)
        seen = []
        for first in range(0, 1_200, 400):
            for number in range(first, first + 400):
                assert reader.answer(f"s{number}", f"Question {number}?")["success"]
            seen.append(measured(running.pid))
        reader.web.close()
    print("resident kB and open files after 400, 800 and 1,200 readers:", seen)
    assert seen[2][0] - seen[0][0] < 12_000  # 800 conversations that are held take 36 MB
    assert seen[2][1] <= seen[0][1] + 5


def test_of_a_long_conversation_the_last_turns_are_held() -> None:
    found = Conversation()
    for number in range(MOST_TURNS + 3):
        found = found.plus(Turn(f"Question {number}?", "", f"id-{number}"))
    assert len(found.turns) == MOST_TURNS
    assert found.turns[0].question == "Question 3?"
    assert found.answer_at(2 * MOST_TURNS - 1) == f"id-{MOST_TURNS + 2}"
