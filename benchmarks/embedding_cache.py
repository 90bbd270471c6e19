"""Embeddings with passages kept in a folder by text hash, so that a second measurement embeds nothing."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.archive.embedding import model_name

_BATCH = 16


class CachedEmbeddings(Embeddings):
    """Wraps any embeddings; questions are always computed. `seconds` is the time spent in the model itself."""

    def __init__(self, embeddings: Embeddings, folder: Path | None) -> None:
        self.name = model_name(embeddings)
        self.seconds = 0.0
        self._embeddings = embeddings
        self._folder = folder / self.name.replace("/", "-") if folder else None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text: from the folder where it is there, else from the model and into the folder."""
        missing = [text for text in dict.fromkeys(texts) if not self._has(text)]
        made: dict[str, list[float]] = {}
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            made.update(zip(batch, self._compute(batch), strict=True))
        return [made[text] if text in made else self._read(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, from the model."""
        return self._embeddings.embed_query(text)

    def _compute(self, batch: list[str]) -> list[list[float]]:
        start = time.perf_counter()
        vectors = self._embeddings.embed_documents(batch)
        self.seconds += time.perf_counter() - start
        if self._folder is not None:
            for text, vector in zip(batch, vectors, strict=True):
                path = self._path(self._folder, text)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(np.asarray(vector, dtype="<f4").tobytes())
        return vectors

    def _has(self, text: str) -> bool:
        return self._folder is not None and self._path(self._folder, text).exists()

    def _read(self, text: str) -> list[float]:
        assert self._folder is not None
        values: list[float] = np.frombuffer(self._path(self._folder, text).read_bytes(), dtype="<f4").tolist()
        return values

    @staticmethod
    def _path(folder: Path, text: str) -> Path:
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return folder / name[:2] / f"{name}.f32"
