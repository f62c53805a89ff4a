"""Chroma's compiled part asked directly gives what Chroma's client gives."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from made_up import WordEncoder, corpus, facts_of

from assistant.index import index as module
from assistant.index.chroma import LightCollection, light
from assistant.index.index import Index, IndexSettings, open_index
from assistant.model import AssistantError, Kind, Passage

pytestmark = pytest.mark.slow
QUERIES = ["patients gave a response", "after cycle 3", "series", "nothing of it"]
FILTERS = [{}, {"studies": ["S-1"]}, {"studies": ["S-2", "S-1"], "review": "made-up"}, {"kinds": [Kind.CELL]}]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("light")


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return list(corpus(60))


def opened(home: Path, passages: list[Passage]) -> Index:
    said: list[str] = []
    return open_index(
        passages, facts_of(passages), "corpus", WordEncoder(), IndexSettings(home), notify=said.append
    )


def answers(index: Index) -> list[object]:
    vectors = [WordEncoder().encode([query]) for query in QUERIES]
    return [index.query(v, k, **f) for v in vectors for f in FILTERS for k in (3, 25, 200)]


def test_both_ways_find_the_same(
    home: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [p.id for p in passages[:9]]
    fast = opened(home, passages)
    assert isinstance(fast._searched, LightCollection)
    monkeypatch.setattr(light, "KNOWN", frozenset())
    slow = opened(home, passages)
    assert not isinstance(slow._searched, LightCollection)
    try:
        found = answers(fast)
        assert found == answers(slow)
        assert sum(map(bool, found)) > len(found) / 2
        assert fast.facts(ids) == slow.facts(ids)
        count = fast._searched.count()
        assert count == slow._searched.count() == slow.collection.count() == len(passages)
    finally:
        fast.close()
        slow.close()


def test_chromas_own_collection_is_there_for_whoever_wants_it(home: Path, passages: list[Passage]) -> None:
    index = opened(home, passages)
    try:
        before = answers(index)
        assert index.collection.get(ids=[passages[0].id])["documents"] == [passages[0].text]
        assert answers(index) == before
    finally:
        index.close()
    assert list((home / "index" / "open").iterdir()) == []


def test_a_release_that_was_not_compared_goes_through_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    assert version("chromadb") not in light.KNOWN or light.is_known()
    monkeypatch.setattr(light, "version", lambda _: "99.0")
    assert not light.is_known()


def test_what_cannot_be_opened_is_told_in_words(tmp_path: Path, home: Path, passages: list[Passage]) -> None:
    with pytest.raises(AssistantError, match="Chroma failed"):
        LightCollection(tmp_path, "passages")  # a new database without the collection
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "chroma.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(AssistantError, match="Chroma failed"):
        LightCollection(tmp_path / "other", "passages")
    opened(home, passages).close()


def test_a_whole_index_is_opened_without_chromas_client(home: Path, passages: list[Passage]) -> None:
    opened(home, passages).close()
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from test_chroma_light import *\n"
        "index = opened(Path(sys.argv[1]), list(corpus(60)))\n"
        "print(len(answers(index)), 'chromadb' in sys.modules, 'httpx' in sys.modules)\n"
    )
    here = Path(__file__).resolve().parent
    command = [sys.executable, "-c", code, str(home), str(here), str(here.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(QUERIES) * len(FILTERS) * 3), "False", "False"]
    assert module._COLLECTION == "passages"
