"""The index in a folder: whole or rebuilt, whatever happens to it."""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_up import WordEncoder, corpus, facts_of, passage
from workers import Workers

from assistant.index import index as module
from assistant.index import published as shelf_module
from assistant.index.chroma import Index, create, embedded_client, verify, write
from assistant.index.index import IndexSettings, build, index_state, open_index
from assistant.index.published import KEEP, Damaged, checked_copy, published
from assistant.index.records import collect, metadata
from assistant.model import AssistantError, Kind, Passage

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the workers are forked"),
]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as started:
        yield started


@contextmanager
def opened(
    home: Path, passages: Sequence[Passage], encoder: WordEncoder | None = None, said: list[str] | None = None
) -> Iterator[Index]:
    parts = (passages, facts_of(passages), "corpus", encoder or WordEncoder())
    index = open_index(*parts, IndexSettings(home), notify=(said if said is not None else []).append)
    try:
        yield index
    finally:
        index.close()


def state(home: Path, passages: Sequence[Passage]) -> str:
    return index_state(passages, facts_of(passages), "corpus", WordEncoder(), IndexSettings(home))


def folders(home: Path) -> list[Path]:
    """What lies on the shelf, but for readers' copies."""
    return [path for path in (home / "index").iterdir() if path.is_dir() and path.name != "open"]


# -- what is in it


def test_every_record_carries_its_text_place_studies_references_and_facts(tmp_path: Path) -> None:
    cell = passage("Row 4: 12%", ["S-1", "S-2"], at=4, kind=Kind.CELL, references=[3, 7])
    background = passage("It is a disease.", at=2)
    facts = {cell.id: '[{"value": "12%"}]'}
    settings = IndexSettings(tmp_path)
    index = open_index([cell, background], facts, "corpus", WordEncoder(), settings, notify=lambda _: None)
    stored = index.collection.get(ids=[cell.id, background.id], include=["documents", "metadatas"])
    rows = dict(zip(stored["ids"], stored["metadatas"] or [], strict=True))
    assert dict(zip(stored["ids"], stored["documents"] or [], strict=True))[cell.id] == "Row 4: 12%"
    shown = {k: v for k, v in rows[cell.id].items() if not k.startswith("_") and not k.endswith("doc_id")}
    shown.pop("document_id")
    assert shown == {
        "review": "made-up", "kind": "cell", "table": "Table 1", "row": "Row 4", "column": "S-1",
        "quote": "Row 4: 12%", "studies": ["S-1", "S-2"], "references": [3, 7], "position": 0,
        "facts": '[{"value": "12%"}]',
    }  # fmt: skip
    assert rows[cell.id]["ref_doc_id"] == "made-up"
    assert "studies" not in rows[background.id]
    assert rows[background.id]["section"] == "Results"
    assert index.facts([cell.id, background.id]) == facts
    assert (index.about["corpus"], index.about["model"], index.about["count"]) == ("corpus", "words-1", 2)
    index.close()


def test_cosines_are_cosines(tmp_path: Path) -> None:
    passages = [passage("a b", at=1), passage("a", at=2), passage("q", at=3)]
    with opened(tmp_path, passages) as index:
        found = index.query(WordEncoder().encode(["a b"])[0], 3)
    assert [id_ for id_, _ in found] == [p.id for p in passages]
    assert [cosine for _, cosine in found] == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)


@pytest.mark.parametrize("count", [150, 1300])  # above 1000 Chroma writes its graph to the disk
def test_it_finds_what_an_exact_search_finds(tmp_path: Path, count: int) -> None:
    passages, encoder = corpus(count), WordEncoder()
    rows = encoder.encode([p.text for p in passages])
    random_ = random.Random(count)
    with opened(tmp_path, passages) as index:
        for _ in range(60):
            words = random_.choice(passages).text.split()
            query = encoder.encode([" ".join(random_.sample(words, 6))])[0]
            studies = random_.sample([f"S-{n}" for n in range(7)], random_.randint(0, 2))
            kinds = random_.choice([[], [Kind.CELL], [Kind.CELL, Kind.SENTENCE]])
            exact = sorted(
                (
                    float(cosine)
                    for p, cosine in zip(passages, rows @ query, strict=True)
                    if (not studies or set(studies) & set(p.studies))
                    and (not kinds or p.locator.kind in kinds)
                ),
                reverse=True,
            )
            found = index.query(query, 10, studies, "made-up", kinds)
            # texts of one cosine may change places, so cosines are compared and not ids
            assert [cosine for _, cosine in found] == pytest.approx(exact[:10], abs=2e-6)


def test_filters_that_nothing_matches_find_nothing(tmp_path: Path) -> None:
    query = WordEncoder().encode(["response"])[0]
    with opened(tmp_path, corpus(12)) as index:
        assert index.query(query, 5, ["S-99"]) == []
        assert index.query(query, 5, None, "another review") == []
        assert index.query(query, 5, ["S-1"], None, [Kind.REFERENCE]) == []
        assert index.query(query, 0) == []
        assert len(index.query(query, 500)) == 12


def test_llama_index_reads_it(tmp_path: Path) -> None:
    store_module = importlib.import_module("llama_index.vector_stores.chroma")
    from llama_index.core.vector_stores import VectorStoreQuery

    passages = corpus(20)
    with opened(tmp_path, passages) as index:
        store = store_module.ChromaVectorStore(chroma_collection=index.collection)
        vector = WordEncoder().encode([passages[7].text])[0].tolist()
        nodes = store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=1)).nodes
    assert nodes[0].node_id == passages[7].id
    assert nodes[0].get_content(metadata_mode="none") == passages[7].text
    assert nodes[0].metadata["studies"] == list(passages[7].studies)
    assert nodes[0].ref_doc_id == "made-up"


# -- built when it must be, and no more


def test_an_index_is_built_once_with_one_message(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(3):
        with opened(tmp_path, corpus(20), said=said):
            pass
    assert said == ["The index of made-up is built: there is none yet."]
    assert build(corpus(20), facts_of(corpus(20)), "corpus", WordEncoder(), IndexSettings(tmp_path)) is False
    assert len(folders(tmp_path)) == 1


def test_progress_names_its_steps_and_comes_to_an_end(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    passages = corpus(300)
    build(passages, {}, "corpus", WordEncoder(), IndexSettings(tmp_path), lambda *step: steps.append(step))
    assert list(dict.fromkeys(name for name, _, _ in steps)) == ["embedding", "writing", "checking"]
    for name in ("embedding", "writing", "checking"):
        done = [(at, total) for step, at, total in steps if step == name]
        assert done == sorted(done)
        assert done[-1][0] == done[-1][1] > 0


def test_unchanged_text_is_not_embedded_again(tmp_path: Path) -> None:
    encoder = WordEncoder()
    before = corpus(40)
    with opened(tmp_path, before, encoder):
        pass
    distinct = len({p.text for p in before})
    assert len(encoder.encoded) == distinct
    changed = [*before[:-1], passage("an entirely new sentence", ["S-1"], at=99)]
    with opened(tmp_path, changed, encoder) as index:
        assert index.about["count"] == 40
    assert encoder.encoded[distinct:] == ["an entirely new sentence"]


def test_another_model_embeds_anew(tmp_path: Path) -> None:
    class Other(WordEncoder):
        model = "words-2"

    with opened(tmp_path, corpus(10)):
        pass
    other = Other()
    with opened(tmp_path, corpus(10), other) as index:
        assert index.about["model"] == "words-2"
    assert len(other.encoded) == len({p.text for p in corpus(10)})


def test_changed_text_replaces_the_old(tmp_path: Path) -> None:
    # a second add() of an id would have kept the old text in Chroma
    old = passage("the rate was 12%", ["S-1"])
    new = replace(old, text="the rate was 21%", quote="the rate was 21%")
    said: list[str] = []
    for given in (old, new, old):
        with opened(tmp_path, [given], said=said) as index:
            assert index.collection.get(ids=[given.id])["documents"] == [given.text]
            ((_, cosine),) = index.query(WordEncoder().encode([given.text])[0], 1)
            assert cosine == pytest.approx(1, abs=1e-6)
    assert len(said) == 2  # the first one is still there


@pytest.mark.parametrize("field", ["quote", "studies", "references", "locator"])
def test_whatever_changes_leads_to_another_index(field: str) -> None:
    before = corpus(3)
    other = corpus(9)[8].locator
    value: Any = {"quote": "x", "studies": ("S-9",), "references": (4, 5), "locator": other}[field]
    after = [before[0], replace(before[1], **{field: value}), before[2]]
    assert collect(before, {}, "c", "m").key != collect(after, {}, "c", "m").key


def test_facts_corpus_and_version_lead_to_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    passages = corpus(3)
    keys = {
        collect(passages, {}, "c", "m").key,
        collect(passages, {passages[0].id: "[1]"}, "c", "m").key,
        collect(passages, {}, "d", "m").key,
        collect(passages, {}, "c", "n").key,
        collect(passages[::-1], {}, "c", "m").key,
    }
    monkeypatch.setattr("assistant.index.records.INDEX_VERSION", 999)
    keys.add(collect(passages, {}, "c", "m").key)
    monkeypatch.setattr("assistant.index.records.__version__", "999")
    keys.add(collect(passages, {}, "c", "m").key)
    assert len(keys) == 7


def test_the_same_text_in_two_places_is_two_records(tmp_path: Path) -> None:
    twins = [passage("N/A", [f"S-{n}"], at=n) for n in range(30)]
    with opened(tmp_path, twins) as index:
        found = index.query(WordEncoder().encode(["N/A"])[0], 30)
        assert {id_ for id_, _ in found} == {p.id for p in twins}
        assert [id_ for id_, _ in index.query(WordEncoder().encode(["N/A"])[0], 9, ["S-4"])] == [twins[4].id]


def test_where_a_cut_goes_through_a_tie_the_same_ones_stay(tmp_path: Path) -> None:
    # Chroma's order within a tie is another one after each build
    twins = [passage("N/A", [f"S-{n}"], at=n) for n in range(300)]
    other = passage("N/A too", ["S-1"], at=999)
    with opened(tmp_path, [*twins, other]) as index:
        found = index.query(WordEncoder().encode(["N/A too"])[0], 50)
    assert [id_ for id_, _ in found] == [other.id, *sorted(p.id for p in twins)[:49]]


def test_two_passages_of_one_id_are_refused(tmp_path: Path) -> None:
    one = passage("text")
    with pytest.raises(AssistantError, match="same id: Results, paragraph 1"), opened(tmp_path, [one, one]):
        pass


def test_a_corpus_without_passages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="no passages"), opened(tmp_path, []):
        pass


def test_only_the_two_newest_stay(tmp_path: Path) -> None:
    for shift in range(4):
        with opened(tmp_path, corpus(5, shift=shift * 1000)):
            pass
    assert KEEP == 2
    assert len(folders(tmp_path)) == 2
    assert len(list((tmp_path / "index").glob("*.json"))) == 2
    assert [state(tmp_path, corpus(5, shift=s * 1000)) == "" for s in range(4)] == [False, False, True, True]


def test_a_removed_index_goes_on_answering_whoever_has_it_open(tmp_path: Path) -> None:
    query = WordEncoder().encode(["response"])[0]
    with opened(tmp_path, corpus(5)) as index:
        before = index.query(query, 5)
        for shift in range(1, 4):
            with opened(tmp_path, corpus(5, shift=shift * 1000)):
                pass
        assert state(tmp_path, corpus(5)) == "there is none yet"
        assert index.query(query, 5) == before


def test_force_builds_again_and_the_result_is_the_same(tmp_path: Path) -> None:
    passages = corpus(200)
    query = WordEncoder().encode(["response to betanib in group 3"])[0]
    with opened(tmp_path, passages) as index:
        before = index.query(query, 50)
    (old,) = folders(tmp_path)
    parts = (passages, facts_of(passages), "corpus", WordEncoder(), IndexSettings(tmp_path))
    assert build(*parts, force=True) is True
    (new,) = folders(tmp_path)
    assert new != old
    with opened(tmp_path, passages) as index:
        assert index.query(query, 50) == before


def test_readers_copies_are_removed(tmp_path: Path) -> None:
    with opened(tmp_path, corpus(5)):
        assert len(list((tmp_path / "index" / "open").iterdir())) == 1
    assert list((tmp_path / "index" / "open").iterdir()) == []


def test_copies_of_processes_that_are_gone_are_removed_and_others_not(tmp_path: Path) -> None:
    place = tmp_path / "index" / "open"
    with opened(tmp_path, corpus(5)) as index:
        (held,) = place.iterdir()
        abandoned = place / "abandoned"
        abandoned.mkdir()
        young = place / "young"
        young.mkdir()
        old = time.time() - shelf_module.STALE_SECONDS - 60
        for path in (held, abandoned):
            os.utime(path, (old, old))
        with opened(tmp_path, corpus(5)):
            assert {"abandoned"} & {path.name for path in place.iterdir()} == set()
        assert young.is_dir()
        assert index.query(WordEncoder().encode(["response"])[0], 1)


def test_a_home_that_can_only_be_read_still_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path, corpus(5)):
        pass

    def refuse(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(shelf_module, "fresh_dir", refuse)
    with opened(tmp_path, corpus(5)) as index:
        assert index.query(WordEncoder().encode(["response"])[0], 1)


def test_a_full_disk_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "describe", full)
    with pytest.raises(AssistantError, match="No space left") as error, opened(tmp_path, corpus(5)):
        pass
    assert "ASSISTANT_HOME" in error.value.remedy


# -- the check bites


@pytest.mark.parametrize("harm", ["text", "metadata", "vector", "missing", "more", "swapped"])
def test_the_check_of_a_new_index_bites(tmp_path: Path, harm: str) -> None:
    passages = corpus(20)[1:]
    records = collect(passages, facts_of(passages), "corpus", "words-1")
    rows, vectors = metadata(records), WordEncoder().encode(records.texts)
    client = embedded_client(tmp_path)
    collection = create(client, "passages", {"key": records.key})
    write(collection, records, rows, vectors, lambda *_: None)
    verify(collection, records, rows, vectors, lambda *_: None)
    one = passages[7].id
    if harm == "text":
        collection.update(ids=[one], documents=["something else"], embeddings=vectors[7:8])
    elif harm == "metadata":
        collection.update(ids=[one], metadatas=[{"quote": "something else"}])
    elif harm == "vector":
        collection.update(ids=[one], embeddings=-vectors[7:8])
    elif harm == "missing":
        collection.delete(ids=[one])
    elif harm == "more":
        collection.add(ids=["x"], documents=["x"], embeddings=vectors[:1])
    else:
        vectors = vectors[::-1].copy()
    with pytest.raises(AssistantError, match="not sound"):
        verify(collection, records, rows, vectors, lambda *_: None)
    client.close()


def test_an_index_that_fails_its_check_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssistantError("not sound")

    with opened(tmp_path, corpus(5)):
        pass
    monkeypatch.setattr(module, "verify", fail)
    with pytest.raises(AssistantError, match="not sound"), opened(tmp_path, corpus(6)):
        pass
    assert state(tmp_path, corpus(5)) == ""
    assert state(tmp_path, corpus(6)) == "there is none yet"


# -- damage


def harmed(random_: random.Random, home: Path, victim: str) -> str:
    """Harms one file of the published index, and says how."""
    shelf = home / "index"
    places = {
        "manifest": list(shelf.glob("*.json")),
        "cache": [shelf / "vectors.sqlite"],
        "database": list(shelf.rglob("chroma.sqlite3")),
        "graph": sorted(path for path in shelf.rglob("*.bin") if path.stat().st_size),
    }
    path = random_.choice(places[victim])
    kind = random_.choice(["flip", "flip", "cut", "empty", "gone", "longer", "noise"])
    size = path.stat().st_size
    if kind == "flip":
        data = bytearray(path.read_bytes())
        data[random_.randrange(size)] ^= 1 << random_.randrange(8)
        path.write_bytes(data)
    elif kind == "cut":
        os.truncate(path, random_.randrange(size))
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "gone":
        path.unlink()
    elif kind == "longer":
        path.write_bytes(path.read_bytes() + b"\0" * random_.randint(1, 4096))
    else:
        path.write_bytes(random_.randbytes(size))
    return f"{kind} of {path.name}"


@pytest.mark.parametrize(("count", "trials"), [(80, 24), (1100, 8)])
def test_damage_is_seen_and_mended(workers: Workers, tmp_path: Path, count: int, trials: int) -> None:
    whole = tmp_path / "whole"
    assert workers.wait(workers.start("build", home=str(whole), count=count)) == 0
    expected = workers.report("check", tmp_path / "out.json", home=str(whole), count=count)
    assert expected["state"] == ""
    random_ = random.Random(count)
    for trial in range(trials):
        home = tmp_path / f"home-{trial}"
        shutil.copytree(whole, home)
        victim = ["manifest", "cache", "database", "graph"][trial % 4]
        how = harmed(random_, home, victim)
        found = workers.report("check", tmp_path / "out.json", home=str(home), count=count)
        assert found["found"] == expected["found"], how
        # a harmed store of vectors is no part of the index; a space added to a manifest changes nothing
        if victim in {"database", "graph"}:
            assert found["state"], how
            assert found["said"] == [f"The index of made-up is built: {found['state']}."], how
        shutil.rmtree(home)


def test_a_harmed_store_of_vectors_never_gives_a_wrong_vector(workers: Workers, tmp_path: Path) -> None:
    assert workers.wait(workers.start("build", home=str(tmp_path), count=60)) == 0
    store = tmp_path / "index" / "vectors.sqlite"
    with sqlite3.connect(store) as connection:
        blob = np.full(64, 0.125, dtype="<f4").tobytes()  # a unit vector, and the wrong one
        connection.execute("UPDATE vectors SET vector = ?", (blob,))
    connection.close()
    assert workers.wait(workers.start("build", home=str(tmp_path), count=60, force=True)) == 0
    # the check compares all vectors
    found = workers.report("check", tmp_path / "out.json", home=str(tmp_path), count=60)
    assert found["state"] == ""


@pytest.mark.parametrize("spoiled", ["", "[]", "null", '{"files": 3}', "\x00", '{"files": {"x": 1}}'])
def test_a_spoiled_manifest_is_an_index_that_is_not_there(tmp_path: Path, spoiled: str) -> None:
    with opened(tmp_path, corpus(5)):
        pass
    (manifest,) = (tmp_path / "index").glob("*.json")
    manifest.write_text(spoiled, encoding="utf-8")
    said: list[str] = []
    with opened(tmp_path, corpus(5), said=said) as index:
        assert index.about["count"] == 5
    assert len(said) == 1


def test_a_file_too_many_is_seen(tmp_path: Path) -> None:
    with opened(tmp_path, corpus(5)):
        pass
    (folder,) = folders(tmp_path)
    (folder / "chroma.sqlite3-journal").write_bytes(b"a hot journal")
    manifest = json.loads(next((tmp_path / "index").glob("*.json")).read_text(encoding="utf-8"))
    with pytest.raises(Damaged, match="not part of it"):
        checked_copy(tmp_path / "index", manifest)
    assert published(tmp_path / "index", manifest["key"]) == manifest


# -- killed, at once, beside each other


@pytest.mark.parametrize(("count", "trials"), [(80, 20), (1100, 8)])
def test_a_killed_build_leaves_a_whole_index_or_none(
    workers: Workers, tmp_path: Path, count: int, trials: int
) -> None:
    base = tmp_path / "base"
    assert workers.wait(workers.start("build", home=str(base), count=30, shift=5)) == 0
    started = time.monotonic()
    shutil.copytree(base, tmp_path / "timed")
    assert workers.wait(workers.start("build", home=str(tmp_path / "timed"), count=count)) == 0
    duration = time.monotonic() - started
    random_ = random.Random(count)
    landed, attempts, states, out = 0, 0, set(), tmp_path / "out.json"
    while landed < trials and attempts < 4 * trials:
        home = tmp_path / f"home-{attempts}"
        shutil.copytree(base, home)
        pid = workers.start("build", home=str(home), count=count)
        time.sleep(duration * random_.random())
        os.kill(pid, signal.SIGKILL)
        if workers.wait(pid) == -signal.SIGKILL:
            landed += 1
        else:
            duration *= 0.9  # it had come to its end: the machine is less busy than when it was timed
        attempts += 1
        former = workers.report("check", out, home=str(home), count=30, shift=5)
        assert former["state"] == ""
        found = workers.report("check", out, home=str(home), count=count)  # compares every record
        assert found["state"] in {"", "there is none yet"}
        assert len(found["said"]) == (found["state"] != "")
        assert len(folders(home)) == 2, "a killed build's folder stays"
        states.add(found["state"])
        shutil.rmtree(home)
    assert landed == trials
    assert "there is none yet" in states


def test_two_writers_of_one_index_build_it_once(workers: Workers, tmp_path: Path) -> None:
    pids = [workers.start("build", home=str(tmp_path), count=200) for _ in range(4)]
    assert [workers.wait(pid) for pid in pids] == [0, 0, 0, 0]
    assert len(folders(tmp_path)) == 1
    found = workers.report("check", tmp_path / "out.json", home=str(tmp_path), count=200)
    assert found["state"] == ""


def test_two_writers_of_two_indexes_both_succeed(workers: Workers, tmp_path: Path) -> None:
    pids = [workers.start("build", home=str(tmp_path), count=60, shift=shift) for shift in (0, 1000)]
    assert [workers.wait(pid) for pid in pids] == [0, 0]
    for shift in (0, 1000):
        found = workers.report("check", tmp_path / "out.json", home=str(tmp_path), count=60, shift=shift)
        assert found["state"] == ""


def test_readers_beside_a_writer_read_on(workers: Workers, tmp_path: Path) -> None:
    assert workers.wait(workers.start("build", home=str(tmp_path), count=60)) == 0
    outs = [tmp_path / f"out-{n}.json" for n in range(3)]
    readers = [
        workers.start("read", out=str(out), home=str(tmp_path), count=60, shift=0, seconds=4) for out in outs
    ]
    for _ in range(3):  # the same index again and again: each time its folder is another one
        assert workers.wait(workers.start("build", home=str(tmp_path), count=60, force=True)) == 0
    assert [workers.wait(pid) for pid in readers] == [0, 0, 0]
    reports = [json.loads(out.read_text(encoding="utf-8")) for out in outs]
    assert all(report["times"] > 3 for report in reports)
    assert len({answer for report in reports for answer in report["answers"]}) == 1


def test_a_forked_child_leaves_its_parents_copy_alone(tmp_path: Path) -> None:
    code = (
        "import atexit, os, sys; sys.path[:0] = ['tests', '.']; from pathlib import Path\n"
        "from made_up import WordEncoder, corpus; from assistant.index.index import IndexSettings, open_index\n"
        "index = open_index(corpus(5), {}, 'c', WordEncoder(), IndexSettings(Path(sys.argv[1])))\n"
        "pid = os.fork()\n"
        "if pid == 0: atexit._run_exitfuncs(); os._exit(0)\n"  # Chroma's own end hangs after a fork
        "os.waitpid(pid, 0)\n"
        "assert len(list((Path(sys.argv[1]) / 'index/open').iterdir())) == 1\n"
        "assert index.query(WordEncoder().encode(['response'])[0], 3)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    assert list((tmp_path / "index" / "open").iterdir()) == []


# -- a question's way


def test_a_question_imports_neither_torch_nor_llama_index(assistant_home: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:0] = ['tests', '.']; from pathlib import Path\n"
        "from made_up import corpus; from assistant.index.encoder import IndexSettings, OnnxEncoder\n"
        "from assistant.index.index import open_index; from assistant.retrieval.retrieval import Retriever\n"
        "settings = IndexSettings(Path(sys.argv[1])); passages = corpus(30)\n"
        "encoder = OnnxEncoder(settings)\n"
        "index = lambda: open_index(passages, {}, 'question', encoder, settings)\n"
        "found = Retriever(passages, index, lambda: encoder).search('What did alphamab achieve?')\n"
        "heavy = {'torch', 'llama_index', 'transformers', 'sentence_transformers', 'onnx'}\n"
        "print(*sorted(heavy & {name.split('.')[0] for name in sys.modules}), len(found))\n"
        "print(*[(e.passage.id[:8], e.score, e.cosine, e.bm25) for e in found])"
    )
    command = [sys.executable, "-c", code, str(assistant_home)]
    building, first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(3)
    )
    assert building.stdout.splitlines()[0] == "llama_index 10"
    assert first.stdout.splitlines()[0] == "10"
    assert first.stderr == ""
    assert first.stdout == second.stdout
    assert first.stdout.splitlines()[1] == building.stdout.splitlines()[1]


def test_a_stray_env_file_of_another_program_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=no.such.Class\nIS_PERSISTENT=False\n", encoding="utf-8")
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path\n"
        "from made_up import WordEncoder, corpus; from assistant.index.index import IndexSettings, open_index\n"
        "open_index(corpus(5), {}, 'c', WordEncoder(), IndexSettings(Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "home"), str(ROOT), str(ROOT / "tests")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
