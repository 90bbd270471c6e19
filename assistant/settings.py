"""Settings, read once at the rim (command line or page) and passed down.

Every field is an environment variable with the prefix `ASSISTANT_`, or a line of `.env`. The usual
`OPENAI_API_KEY` and `OPENAI_BASE_URL` are understood too. With nothing set, everything runs on this machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsInvalid

EMBEDDED = "embedded"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _default_home() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "report-drafting-assistant"


class Settings(BaseSettings):
    """All settings, with their defaults; immutable once read."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(default_factory=_default_home, description="Folder of the archive and the models")
    language: Literal["zh", "en"] = Field(default="zh", description="Language of messages")
    database_url: str = Field(
        default="", description="SQLAlchemy URL of the catalogue; empty: SQLite in home"
    )
    chroma_url: str = Field(default="", description="http://host:port of a Chroma server; empty: inside home")
    models_dir: Path | None = Field(default=None, description="Folder of the weights; empty: models in home")

    chat_model: str = Field(
        default="", description="Chat model: empty or `embedded`, a model name, or provider:name"
    )
    chat_base_url: str = Field(
        default="",
        validation_alias=AliasChoices("ASSISTANT_CHAT_BASE_URL", "OPENAI_BASE_URL"),
        description="OpenAI-compatible endpoint for chat",
    )
    chat_api_key: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("ASSISTANT_CHAT_API_KEY", "OPENAI_API_KEY"),
        description="Key of the chat endpoint",
    )
    chat_timeout: float = Field(
        default=120.0, gt=0, description="Seconds without a piece of text before giving up"
    )
    chat_context: int = Field(default=8192, ge=2048, description="Context tokens of the embedded model")
    chat_threads: int = Field(
        default=0, ge=0, description="Threads of the embedded model; 0: the machine's cores"
    )
    chat_grammar: Literal["auto", "on", "off"] = Field(
        default="auto", description="Grammar-constrained decoding; auto: on with the embedded model"
    )

    draft_way: Literal["auto", "phrases", "sentences"] = Field(
        default="auto",
        description="What the model writes: phrases between the facts, or whole sentences that are then verified; "
        "auto: phrases with the embedded model",
    )
    draft_parallel: int = Field(
        default=1, ge=1, le=16, description="Sections drafted side by side; useful with an endpoint only"
    )

    embedding_model: str = Field(
        default="", description="Embedding model: empty or `embedded`, or a model name"
    )
    embedding_base_url: str = Field(default="", description="OpenAI-compatible endpoint for embeddings")
    embedding_api_key: SecretStr = Field(default=SecretStr(""), description="Key of the embedding endpoint")

    word_like: Path | None = Field(
        default=None,
        description="An office's own .docx whose margins, fonts and numbering Word output takes over",
    )
    word_latin: str = Field(
        default="", description="Font of digits and Latin letters in Word output, such as Times New Roman"
    )
    word_letterhead: Path | None = Field(
        default=None, description="YAML file with the letterhead of Word output"
    )

    rules_off: str = Field(default="", description="Rule ids that are switched off, separated by commas")
    max_file_mb: int = Field(default=100, ge=1, description="Largest source file in megabytes")
    quota_mb: int = Field(
        default=2048,
        ge=1,
        description="Megabytes that one person's uploads and exports on the page may take up",
    )
    accounts: Literal["auto", "on"] = Field(
        default="auto",
        description="Log-in on the page; auto: only when it is reachable from other machines; on: always",
    )

    @property
    def models(self) -> Path:
        """Folder of the weights."""
        return self.models_dir or self.home / "models"

    @property
    def chat_is_embedded(self) -> bool:
        """Whether chat runs in llama.cpp on this machine."""
        return _embedded(self.chat_model, self.chat_base_url)

    @property
    def embedding_is_embedded(self) -> bool:
        """Whether embeddings are computed on this machine."""
        return _embedded(self.embedding_model, self.embedding_base_url)

    def outside_hosts(self) -> tuple[str, ...]:
        """Hosts other than this machine that text is sent to with these settings; empty: none.

        A model named without an address is reached at its provider's own; the provider stands for the host.
        """
        urls = [self.chroma_url, self.database_url]
        named = []
        for model, url in (
            (self.chat_model, self.chat_base_url),
            (self.embedding_model, self.embedding_base_url),
        ):
            if url:
                urls.append(url)
            elif not _embedded(model, url):
                named.append(model.split(":", 1)[0] if ":" in model else "OpenAI")
        hosts = {urlsplit(url).hostname or "" for url in urls if url}
        return tuple(sorted({host for host in hosts if host and not _is_loopback(host)} | set(named)))


def _embedded(model: str, base_url: str) -> bool:
    return model == EMBEDDED or (not model and not base_url)


def _is_loopback(host: str) -> bool:
    return host in _LOOPBACK or host.startswith("127.")


def read_settings(**overrides: object) -> Settings:
    """The settings of this process; `overrides` win over the environment.

    Raises:
        SettingsInvalid: a value cannot be used; the message names the variable, never a secret's value.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper().removeprefix("ASSISTANT_")
        raise SettingsInvalid(name=name, reason=first["msg"]) from error
