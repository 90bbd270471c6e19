"""What searches need of the catalogue again and again, kept in memory as of one generation of the archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.archive import lookup
from assistant.archive.catalogue import Catalogue, value
from assistant.archive.questions import Names
from assistant.archive.results import ArchivedDocument
from assistant.archive.vectors import Matrix

HELD = 200_000
"""Of so many passages the vectors stay in memory (1.5 kB each); those of a larger archive are read when needed."""

UNCOUNTED = (-1, -1)


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The vectors of one document: row i is that of the passage `keys[i]`."""

    keys: tuple[str, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Shelf:
    """An owner's ready documents, the number of ready passages of all owners, and vectors by document key.

    `model` is the embedding model that the archive records, "" when it records none; `indexed` are the entries of the
    vector index and of the keyword index, `UNCOUNTED` before a search.
    """

    generation: int = -1
    documents: tuple[ArchivedDocument, ...] = ()
    total: int = 0
    model: str = ""
    indexed: tuple[int, int] = UNCOUNTED
    vectors: Mapping[str, _Vectors] = field(default_factory=dict)
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # passage key -> document key, row
    names: Names = field(default_factory=Names)

    def scored(self, keys: Sequence[str], vector: Matrix) -> tuple[list[tuple[str, str, float]], list[str]]:
        """Key, document key and similarity of each passage held, and the keys of those that are not."""
        held = [(key, *self.places[key]) for key in keys if key in self.places]
        if not held:
            return [], list(keys)
        matrix = np.stack([self.vectors[home].matrix[row] for _, home, row in held])
        near = (matrix @ vector).tolist()
        rows = [(key, home, score) for (key, home, _), score in zip(held, near, strict=True)]
        return rows, [key for key in keys if key not in self.places]

    def nearest(self, documents: Collection[str], vector: Matrix, limit: int) -> list[tuple[str, float]]:
        """The nearest passages of these documents, best first; of those whose vectors are held."""
        held = [self.vectors[key] for key in documents if key in self.vectors]
        scores = [one.matrix @ vector for one in held]
        return best([key for one in held for key in one.keys], scores, limit)


def best(keys: Sequence[str], scores: Sequence[Matrix], limit: int) -> list[tuple[str, float]]:
    """The `limit` keys with the highest of the joined `scores`, best first."""
    if not keys:
        return []
    joined = np.concatenate(scores)
    order = np.argsort(-joined, kind="stable")[:limit]
    return [(keys[index], float(joined[index])) for index in order]


def renewed(shelf: Shelf, catalogue: Catalogue, owner: str, model: str, generation: int) -> Shelf:
    """The shelf of another generation: only vectors of documents that were not on it are read."""
    with catalogue.read() as connection:
        documents = lookup.archived(connection, owner)
        total = lookup.total_passages(connection)
        recorded = value(connection, "embedding_model")
        keys = {item.key for item in documents}
        own = sum(item.passages for item in documents)
        kept = {key: one for key, one in shelf.vectors.items() if key in keys}
        missing = sorted(keys - kept.keys()) if own <= HELD and recorded in ("", model) else []
        read = {
            home: _Vectors(*rows) for home, rows in lookup.vectors_by_document(connection, model, missing)
        }
    vectors = {**kept, **read}
    places = {key: (home, row) for home, one in vectors.items() for row, key in enumerate(one.keys)}
    return Shelf(generation, documents, total, recorded, UNCOUNTED, vectors, places, Names.of(documents))
