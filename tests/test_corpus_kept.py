"""The corpus as an earlier process read it is the corpus, or is read anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.corpus import kept as corpus_kept
from assistant.corpus.corpus import Corpus, Review, read_corpus
from assistant.corpus.kept import open_corpus
from assistant.files.kept import Made
from assistant.model import AssistantError
from assistant.text.text import tokens
from assistant.vocabulary import vocabulary
from assistant.vocabulary.vocabulary import Lexicon, load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("raw", "studies", "passages", "facts", "attributes", "arms", "populations")
REPORT = '---\ntitle: "A report"\n---\n\n## Results\n\nThe ORR was 40% in 20 patients (Study 7) [1].\n'


def parts(review: Review) -> list[object]:
    """What a review holds, orders of mappings included."""
    orders = [list(review.attributes), {s: list(a) for s, a in review.arms.items()}, list(review.populations)]
    return [*(getattr(review, name) for name in PARTS), *orders]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read and not found."""
    found: list[Path] = []

    def read(folder: Path, terms: vocabulary.Vocabulary) -> Corpus:
        found.append(folder)
        return read_corpus(folder, terms)

    monkeypatch.setattr(corpus_kept, "read_corpus", read)
    return found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A corpus of one short review."""
    review = tmp_path / "corpus" / "report"
    review.mkdir(parents=True)
    (review / "review.md").write_text(REPORT, encoding="utf-8")
    return review.parent


def rate(corpus: Corpus) -> list[str]:
    return [f.value for f in corpus.reviews[0].facts if f.attribute == "ORR"]


@pytest.mark.parametrize("folder", [ROOT / "corpus", ROOT / "tests" / "reviews"], ids=lambda path: path.name)
def test_what_is_found_is_what_was_read(folder: Path, tmp_path: Path, reads: list[Path]) -> None:
    terms, first = open_corpus(folder, tmp_path)
    _, second = open_corpus(folder, tmp_path)
    assert reads == [folder]
    read = read_corpus(folder, terms)
    assert first.hash == second.hash == read.hash
    assert [parts(r) for r in second.reviews] == [parts(r) for r in read.reviews]
    for found, own in zip(second.reviews, read.reviews, strict=True):
        for name in ("measures", "populations", "designs", "row_heads"):
            lexicons = (getattr(review.reader.matchers, name) for review in (found, own))
            one, other = ([lexicon.find(tokens(p.text)) for p in own.passages] for lexicon in lexicons)
            assert one == other


def test_another_text_is_read_anew(small: Path, tmp_path: Path, reads: list[Path]) -> None:
    assert rate(open_corpus(small, tmp_path)[1]) == ["40%"]
    (small / "report" / "review.md").write_text(REPORT.replace("40%", "41%"), encoding="utf-8")
    assert rate(open_corpus(small, tmp_path)[1]) == ["41%"]
    (small / "report" / "review.md").write_text(REPORT, encoding="utf-8")
    assert rate(open_corpus(small, tmp_path)[1]) == ["40%"]
    assert len(reads) == 2


def test_a_further_file_is_read(small: Path, tmp_path: Path, reads: list[Path]) -> None:
    open_corpus(small, tmp_path)
    (small / "report" / "abbreviations.csv").write_text("ABC,a b c\n", encoding="utf-8")
    _, corpus = open_corpus(small, tmp_path)
    assert dict(corpus.reviews[0].raw.abbreviations) == {"ABC": "a b c"}
    assert len(reads) == 2


def test_another_name_of_the_folder_gives_another_id(small: Path, tmp_path: Path, reads: list[Path]) -> None:
    for name in ("report", "renamed"):
        if name == "renamed":
            (small / "report").rename(small / name)
        _, corpus = open_corpus(small / name, tmp_path)
        assert [r.id for r in corpus.reviews] == [name]
    assert len(reads) == 2


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links")
def test_a_review_behind_a_link_is_watched_too(small: Path, tmp_path: Path, reads: list[Path]) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "report").symlink_to(small / "report", target_is_directory=True)
    assert rate(open_corpus(linked, tmp_path)[1]) == ["40%"]
    (small / "report" / "review.md").write_text(REPORT.replace("40%", "41%"), encoding="utf-8")
    assert rate(open_corpus(linked, tmp_path)[1]) == ["41%"]


def test_another_vocabulary_is_noticed(
    small: Path, tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_corpus(small, tmp_path)
    open_corpus(small, tmp_path)
    assert len(reads) == 1
    terms = load_vocabulary()
    monkeypatch.setattr(terms.made, "digest", "of other bytes")
    open_corpus(small, tmp_path)
    assert len(reads) == 2


def test_damage_costs_time_only(small: Path, tmp_path: Path, reads: list[Path]) -> None:
    open_corpus(small, tmp_path)
    (path,) = (tmp_path / "kept").glob("corpus-*.json")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"40%", b"41%"))
    assert path.read_bytes() != whole
    assert rate(open_corpus(small, tmp_path)[1]) == ["40%"]
    assert path.read_bytes() == whole
    assert len(reads) == 2


def test_a_corpus_that_changes_while_it_is_read_is_not_kept(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(folder: Path, terms: vocabulary.Vocabulary) -> Corpus:
        corpus = read_corpus(folder, terms)
        (folder / "report" / "review.md").write_text(REPORT.replace("40%", "41%"), encoding="utf-8")
        return corpus

    monkeypatch.setattr(corpus_kept, "read_corpus", read)
    open_corpus(small, tmp_path)
    assert list((tmp_path / "kept").glob("corpus-*.json")) == []


def test_a_malformed_corpus_is_refused_each_time(small: Path, tmp_path: Path) -> None:
    (small / "report" / "review.md").write_text("no front matter", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(AssistantError, match="no front matter"):
            open_corpus(small, tmp_path)
    shutil.rmtree(small)
    with pytest.raises(AssistantError, match="no corpus folder"):
        open_corpus(small, tmp_path)


# -- the vocabulary

TOML = """
[[measure]]
id = "ORR"
name = "overall response rate"
kind = "rate"
abbreviations = ["ORR"]
forms = ["{form}"]

[scaffold]
words = ["the"]
"""


def test_the_vocabulary_is_found_and_a_change_of_it_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    original = vocabulary.tomllib.loads
    monkeypatch.setattr(vocabulary.tomllib, "loads", lambda text: parsed.append(text) or original(text))
    kept, path = corpus_kept.Kept(tmp_path / "kept"), tmp_path / "words.toml"
    for form in ("response rate", "response rate", "responding share"):
        path.write_text(TOML.format(form=form), encoding="utf-8")
        monkeypatch.setattr(vocabulary, "_LOADED", {})
        terms = load_vocabulary(path, kept)
        assert terms.measures["ORR"].forms == (form,)
        assert terms.scaffold == {"the"}
    assert len(parsed) == 2


def test_what_follows_from_the_vocabulary_is_kept_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    @vocabulary.of_vocabulary
    def names(terms: vocabulary.Vocabulary) -> Lexicon:
        made.append("made")
        lexicon = Lexicon()
        lexicon.add(terms.measures["ORR"].name, "ORR")
        return lexicon

    path = tmp_path / "words.toml"
    path.write_text(TOML.format(form="response rate"), encoding="utf-8")
    for kept in (corpus_kept.Kept(tmp_path / "kept"), corpus_kept.Kept(tmp_path / "kept"), None):
        monkeypatch.setattr(vocabulary, "_LOADED", {})
        terms = load_vocabulary(path, kept)
        assert isinstance(terms.made, Made)
        found = names(terms)
        assert names(terms) is found
        assert [m.ids for m in found.find(tokens("the overall response rate"))] == [("ORR",)]
    assert len(made) == 2  # found by the second, made by the one without a place
