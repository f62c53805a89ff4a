"""Where settings come from, which one wins, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import settings as module
from assistant.model import AssistantError
from assistant.settings import KEYS, load_settings, shipped_corpus

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_CONFIG", str(path))
    monkeypatch.delenv("ASSISTANT_HOME", raising=False)
    return path


def refusal(**overrides: object) -> AssistantError:
    with pytest.raises(AssistantError) as caught:
        load_settings(**overrides)
    return caught.value


def test_defaults(config: Path) -> None:
    settings = load_settings()
    assert settings.corpus == ROOT / "corpus"
    assert settings.home.name == "review-assistant"
    assert settings.chroma_url is None
    assert settings.model is None


def test_an_argument_wins_over_the_environment_over_the_file(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text('home = "/of/file"\nchroma_url = "http://file:1"\n', encoding="utf-8")
    assert load_settings().home == Path("/of/file")
    monkeypatch.setenv("ASSISTANT_HOME", "/of/environment")
    assert load_settings().home == Path("/of/environment")
    assert load_settings(home="/of/argument").home == Path("/of/argument")
    assert load_settings(home="/of/argument").chroma_url == "http://file:1"


def test_relative_paths_are_relative_to_where_they_are_written(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    config.write_text('corpus = "mine"\n', encoding="utf-8")
    assert load_settings().corpus == tmp_path / "mine"
    monkeypatch.setenv("ASSISTANT_CORPUS", "../mine")
    assert load_settings().corpus == tmp_path / "mine"


def test_the_home_sign_is_expanded(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    config.write_text('home = "~/index"\n', encoding="utf-8")
    assert load_settings().home == tmp_path / "index"


def test_an_empty_variable_is_as_good_as_none(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", "")
    assert load_settings().chroma_url is None


def test_an_unknown_variable_is_refused_with_the_likely_one(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_CORPSE", "x")
    error = refusal()
    assert "ASSISTANT_CORPSE" in error.message
    assert "ASSISTANT_CORPUS" in error.remedy
    assert "ASSISTANT_HOME" not in error.remedy


def test_an_unknown_key_in_the_file_is_refused_with_the_known_ones(config: Path) -> None:
    config.write_text("temperature = 0.7\n", encoding="utf-8")
    error = refusal()
    assert "temperature" in error.message
    assert str(config) in error.message
    assert all(key in error.remedy for key in KEYS)


def test_an_unknown_argument_is_refused(config: Path) -> None:
    assert "colour" in refusal(colour="red").message


def test_a_language_model_is_set_up(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().llm_url is None
    config.write_text('llm_model = "some/model:7b"\nllm_key = "s3cret"\n', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_LLM_URL", "http://localhost:11434/v1/")
    settings = load_settings()
    assert (settings.llm_url, settings.llm_model) == ("http://localhost:11434/v1", "some/model:7b")
    assert "s3cret" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.llm_key is not None
    assert settings.llm_key.get_secret_value() == "s3cret"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("llm_url", "localhost:11434"),
        ("llm_url", "http://me:word@host/v1"),
        ("llm_model", "a model"),
        ("llm_model", "a\x1b[31m"),
        ("llm_patience_s", "0"),
    ],
)
def test_a_language_model_of_a_wrong_form_is_refused(
    config: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{key.upper()}", value)
    error = refusal()
    assert key in error.message
    assert "word" not in error.message.replace("password", "")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"corpus = \n", "line 1"),
        (b"corpus = 3\n", "corpus"),
        (b'corpus = ["a"]\n', "corpus"),
        (b"\xff\xfe", "cannot be read"),
        (b'[corpus]\npath = "x"\n', "corpus"),
    ],
)
def test_a_broken_file_is_told_with_its_name(config: Path, text: bytes, word: str) -> None:
    config.write_bytes(text)
    error = refusal()
    assert word in error.message
    assert str(config) in error.message + error.remedy


def test_a_file_that_is_named_must_exist(config: Path) -> None:
    config.unlink()
    assert "does not exist" in refusal().message
    config.mkdir()
    assert "cannot be read" in refusal().message


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://localhost", "http://", "http://x:port", "http://[::1"]
)
def test_an_address_of_a_wrong_form_names_its_key(
    config: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)
    error = refusal()
    assert "chroma_url" in error.message
    assert "ASSISTANT_CHROMA_URL" in error.remedy


@pytest.mark.parametrize("key", ["corpus", "model"])
def test_a_folder_that_is_missing_names_its_key(
    config: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{key.upper()}", "/no/such/folder")
    error = refusal()
    assert "/no/such/folder" in error.message
    assert f"ASSISTANT_{key.upper()}" in error.remedy


def test_a_stray_dotenv_is_not_read(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_CHROMA_URL=http://stray:1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings().chroma_url is None


def test_an_installed_copy_uses_the_corpus_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "assistant"
    (package / "shipped_corpus").mkdir(parents=True)
    (tmp_path / "site-packages" / "corpus").mkdir()  # another distribution's
    monkeypatch.setattr(module, "__file__", str(package / "settings.py"))
    assert shipped_corpus() == package / "shipped_corpus"
    (package / "shipped_corpus").rmdir()
    with pytest.raises(AssistantError, match="no corpus"):
        shipped_corpus()
