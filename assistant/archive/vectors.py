"""The vector index: Chroma, derived from the catalogue, embedded in a folder or on a server by URL.

Only keys and vectors are kept in it. Everything else about a passage is in the catalogue, so the index is
rebuilt without embedding anything again, and a search is narrowed by the catalogue, not by Chroma.
"""

from __future__ import annotations

import itertools
import logging
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ArchiveDamaged, ArchiveUnavailable, Said

if TYPE_CHECKING:
    from chromadb.api.client import Client

Matrix = NDArray[np.float32]
BATCH = 5_000  # Chroma takes 5,461 rows at most
_COLLECTION = "passages"
_opened = itertools.count(1)
_log = logging.getLogger(__name__)


def chroma_version() -> str:
    """Version of the installed Chroma; an index made by another one is rebuilt."""
    import chromadb

    return str(chromadb.__version__)


class Vectors:
    """One collection of unit vectors under cosine; opened on first use, thread-safe.

    `folder` holds the embedded index; with `url` (http://host:port) the collection `name` lives on a
    Chroma server instead and the folder is not used.
    """

    def __init__(self, folder: Path, name: str, url: str = "") -> None:
        self._folder = folder
        self._name = name if url else _COLLECTION
        self._url = url
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._collection: Any = None

    def upsert(self, keys: Sequence[str], vectors: Matrix) -> None:
        """Put vectors of shape (len(keys), dimension) in place, in batches."""
        with self._errors(), self._lock:
            collection = self._open()
            for start in range(0, len(keys), BATCH):
                batch = slice(start, start + BATCH)
                collection.upsert(ids=list(keys[batch]), embeddings=np.ascontiguousarray(vectors[batch]))

    def delete(self, keys: Sequence[str]) -> None:
        """Take these vectors out; unknown keys are fine, no keys at all is refused (it must never mean all)."""
        if not keys:
            raise ValueError("no keys to delete")
        with self._errors(), self._lock:
            collection = self._open()
            for start in range(0, len(keys), BATCH):
                collection.delete(ids=list(keys[start : start + BATCH]))

    def query(self, vector: Matrix, k: int) -> list[tuple[str, float]]:
        """The `k` nearest keys with their cosine similarity, best first."""
        with self._errors(), self._lock:
            found = self._open().query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[None, :],
                n_results=k,
                include=["distances"],
            )
        return [
            (key, 1.0 - distance)
            for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def count(self) -> int:
        """Number of vectors."""
        with self._errors(), self._lock:
            return int(self._open().count())

    def keys(self) -> set[str]:
        """All keys in the index."""
        with self._errors(), self._lock:
            return set(self._open().get(include=[])["ids"])

    def reopen(self) -> None:
        """Forget what is open: another process has written (an open collection does not see that)."""
        if not self._url:
            self.close()

    def close(self) -> None:
        """Let the index go; the next use opens it again."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                client.close()
                _hang_up(client)

    def drop(self) -> None:
        """Remove the whole index, if there is one; a damaged one too."""
        with self._lock:
            self.close()
            if self._url:
                with self._errors():
                    names = [str(collection.name) for collection in self._connect().list_collections()]
                    if self._name in names:
                        self._connect().delete_collection(self._name)
                self.close()
            elif self._folder.exists():
                shutil.rmtree(self._folder)

    def _open(self) -> Any:  # noqa: ANN401 -- Chroma's Collection is untyped
        if self._collection is None:
            self._collection = self._connect().get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        return self._collection

    def _connect(self) -> Client:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if self._url:
                address = urlsplit(self._url)
                client = chromadb.HttpClient(
                    host=address.hostname or "",
                    port=address.port or (443 if address.scheme == "https" else 80),
                    ssl=address.scheme == "https",
                    settings=settings,
                )
            else:
                # Clients of one path string share one state inside a process. A path of its own for each
                # opening gives each its own, so that reopening really reads the folder again.
                path = str(self._folder) + "/." * next(_opened)
                client = chromadb.PersistentClient(path=path, settings=settings)
            self._client = cast("Client", client)  # what both functions really return
        return self._client

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Map Chroma's exceptions: a server that fails is unavailable, a folder that fails is damaged."""
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, httpx.HTTPError, ValueError, RuntimeError, OSError, KeyError) as error:
            _log.warning("vector index: %s", type(error).__name__)
            if self._url:
                raise ArchiveUnavailable(
                    reason=Said(
                        f"向量服务报错 {type(error).__name__}", f"vector server: {type(error).__name__}"
                    )
                ) from error
            raise ArchiveDamaged(
                reason=Said(f"向量索引报错 {type(error).__name__}", f"vector index: {type(error).__name__}")
            ) from error


def _hang_up(client: Client) -> None:
    """Close the HTTP connections of a client of a server: Chroma leaves both of its sessions open."""
    for part in (client, client._admin_client):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            session.close()
