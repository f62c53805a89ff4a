"""What a user may set: by argument, by ``ASSISTANT_…`` variable or in a TOML file, in that order."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from assistant import lazy_re as re
from assistant.model import AssistantError

PREFIX = "ASSISTANT_"
CONFIG_VARIABLE = "ASSISTANT_CONFIG"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_ORIGIN = re.compile(rf"https?://{_HOST.pattern}(?::\d{{1,5}})?")
_MODEL_NAME = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)
_BASE = re.compile(rf"{_ORIGIN.pattern}(?:/[\w.~-]{{1,80}}){{0,8}}/?", re.ASCII)


def shipped_corpus() -> Path:
    """The folder of reviews that comes with the program: the checkout's, else the installed copy.

    Raises:
        AssistantError: where the installation has neither.
    """
    package = Path(__file__).resolve().parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "corpus").is_dir():
        return checkout / "corpus"
    if (package / "shipped_corpus").is_dir():
        return package / "shipped_corpus"
    raise AssistantError(
        "This installation carries no corpus.",
        "Install the program again, or let ASSISTANT_CORPUS name a folder of review folders.",
    )


class Settings(BaseSettings):
    """Everything a user may set; ``load_settings`` makes one."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    corpus: Path = Field(default_factory=shipped_corpus)
    """A folder of review folders."""
    home: Path = Field(default_factory=lambda: user_data_path("review-assistant", appauthor=False))
    """Where the index is kept."""
    chroma_url: str | None = None
    """A Chroma server, e.g. ``http://localhost:8000``; None for the embedded one."""
    model: str | None = None
    """A local sentence-transformers model folder; None for the packaged all-MiniLM-L6-v2."""
    reranker: str | None = None
    """A local cross-encoder's folder that puts found passages into a better order; None for none."""
    hosts: str = ""
    """Names under which the service is reached besides loopback, by spaces, e.g. ``lab.example``."""
    frame_ancestors: str = ""
    """Origins whose pages may frame the service's, by spaces, e.g. ``https://wiki.lab.example``."""
    cors_origins: str = ""
    """Origins whose pages may call the API, by spaces."""
    rate_per_minute: int = Field(default=240, ge=0, le=1_000_000)
    """Writing requests a client may make in a minute; 0 for any number."""
    log_questions: bool = False
    """Whether the service's log holds the questions' text."""

    llm_url: str | None = None
    """An OpenAI-compatible endpoint with its path, e.g. ``http://localhost:11434/v1``; None for no model."""
    llm_model: str = "default"
    """The model's name there."""
    llm_key: SecretStr | None = None
    """The endpoint's key; shown nowhere."""
    llm_key_file: Path | None = None
    """A file whose first line is that key."""
    llm_patience_s: float = Field(default=2.2, gt=0, le=300)
    """How long the model may take to its first sentence, and from one to the next, before the program goes on."""

    base_url: str = ""
    """Where the service is reached from, e.g. ``https://lab.example/review/``; "" for no permalinks."""
    wiki_user: str = ""
    """Who edits the wiki; for MediaWiki a bot's name, e.g. ``Review@sync``."""
    wiki_password: SecretStr | None = None
    """The password of ``wiki_user``; shown nowhere."""
    wiki_password_file: Path | None = None
    """A file whose first line is that password."""

    @field_validator("frame_ancestors", "cors_origins")
    @classmethod
    def _origins(cls, text: str) -> str:
        for origin in text.split():
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin; one looks like https://wiki.lab.example")
        return text

    @field_validator("base_url")
    @classmethod
    def _base(cls, url: str) -> str:
        if url and not _BASE.fullmatch(url):
            raise ValueError(f"{url} is no address; one looks like https://lab.example/review/")
        return url and url.rstrip("/") + "/"

    @field_validator("hosts")
    @classmethod
    def _host_names(cls, text: str) -> str:
        for name in text.split():
            if not _HOST.fullmatch(name):
                raise ValueError(f"{name} is no host name; one looks like lab.example")
        return text.lower()

    @field_validator("corpus", "home")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return Path(os.path.abspath(path.expanduser()))

    @field_validator("corpus")
    @classmethod
    def _folder(cls, path: Path) -> Path:
        if not path.is_dir():
            raise ValueError(f"there is no folder {path}")
        return path

    @field_validator("chroma_url")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)  # ValueError for a bad IPv6 address
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
                raise ValueError("it must look like http://localhost:8000")
        return url

    @field_validator("llm_url")
    @classmethod
    def _endpoint(cls, url: str | None) -> str | None:
        if url is not None and (urlsplit(url).username or urlsplit(url).password):
            raise ValueError("it must hold no password; the key goes into ASSISTANT_LLM_KEY")
        checked = cls._web_address(url)
        return checked and checked.rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _model_name(cls, name: str) -> str:
        if not _MODEL_NAME.fullmatch(name):
            raise ValueError("a model's name has letters, digits and . _ : / @ + - only, 200 at most")
        return name

    @field_validator("model", "reranker")
    @classmethod
    def _model_folder(cls, name: str | None) -> str | None:
        if name is not None and not Path(name).expanduser().is_dir():
            raise ValueError(f"there is no folder {name}; models are read from the disk, never downloaded")
        return name and str(Path(os.path.abspath(Path(name).expanduser())))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before environment before file; a stray ``.env`` in the folder is not read."""
        return (
            init_settings,
            env_settings,
            InitSettingsSource(settings_cls, init_kwargs=_from_file(config_file())),
        )


KEYS = tuple(Settings.model_fields)


def load_settings(**overrides: Any) -> Settings:
    """The settings in force, ``overrides`` first.

    Raises:
        AssistantError: for an unknown key or variable, a value of the wrong form, or a broken file;
            it names the key and what to do.
    """
    _refuse_unknown_variables(os.environ)
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ")
        raise AssistantError(
            f"The setting {key} cannot be used: {reason}.",
            f"Mend or remove {PREFIX}{key.upper()} in the environment, or {key} in {config_file()}.",
        ) from None


def config_file() -> Path:
    """The TOML file that is read where it exists."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named).expanduser()
    return user_config_path("review-assistant", appauthor=False) / "config.toml"


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {CONFIG_VARIABLE} | {PREFIX + key.upper() for key in KEYS}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise AssistantError(
                f"The environment variable {name} is not known.",
                f"Unset it, or use one of: {_suggest(name.upper(), sorted(known))}.",
            )


def _from_file(path: Path) -> dict[str, Any]:
    """The file's keys; relative paths in it are relative to its folder. {} where there is no file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if os.environ.get(CONFIG_VARIABLE):
            raise AssistantError(
                f"{CONFIG_VARIABLE} names {path}, which does not exist.",
                "Create the file, or unset the variable.",
            ) from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AssistantError(
            f"The settings file {path} cannot be read: {error}.", "Mend the file; it is TOML in UTF-8."
        ) from None
    for key in table:
        if key not in KEYS:
            raise AssistantError(
                f"The settings file {path} has an unknown key: {key}.",
                f"Remove it, or use one of: {_suggest(key, sorted(KEYS))}.",
            )
    values = dict(table)
    for key in {"corpus", "home", "model", "reranker", "wiki_password_file", "llm_key_file"} & values.keys():
        if isinstance(values[key], str):
            values[key] = str(path.absolute().parent / Path(values[key]).expanduser())
    return values


def _suggest(wrong: str, known: list[str]) -> str:
    """The names close to ``wrong`` first; all of them where none is close."""
    return ", ".join(get_close_matches(wrong, known, n=1, cutoff=0.75) or known)
