"""Reads from the catalogue, each a function inside a running transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Row, Select, func, select

from assistant.archive.keywords import Entry
from assistant.archive.results import ArchivedDocument
from assistant.archive.schema import documents, embeddings, links, passages, sources
from assistant.archive.store import read_body, slices
from assistant.archive.vectors import Matrix
from assistant.records import Document, Passage, Span

_UNFINISHED = ("parsed", "indexed")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the text that both indexes see of it."""

    key: str
    document_key: str
    passage: Passage
    indexed: str


def archived(connection: Connection, owner: str) -> tuple[ArchivedDocument, ...]:
    """An owner's ready documents, without their text, by title."""
    columns = [column for column in documents.c if column.name != "body"]
    query = select(*columns).where(documents.c.owner == owner, documents.c.state == "ready")
    rows = connection.execute(query.order_by(documents.c.title, documents.c.key))
    return tuple(
        ArchivedDocument(
            key=row.key,
            id=row.id,
            title=row.title,
            genre=row.genre,
            organisation=row.organisation,
            place=row.place,
            year=row.year,
            years=tuple(int(year) for year in row.years.split(",") if year),
            number=row.number,
            source_name=row.source_name,
            passages=row.passages,
        )
        for row in rows
    )


def body(connection: Connection, owner: str, document_id: str) -> Document | None:
    """An owner's ready document in full."""
    query = select(documents.c.body).where(
        documents.c.owner == owner, documents.c.id == document_id, documents.c.state == "ready"
    )
    text = connection.execute(query).scalar()
    return None if text is None else read_body(text)


def body_of(connection: Connection, key: str) -> Document | None:
    """The document with this key in full, in whatever state."""
    text = connection.execute(select(documents.c.body).where(documents.c.key == key)).scalar()
    return None if text is None else read_body(text)


def found(connection: Connection, owner: str, keys: Sequence[str]) -> dict[str, Found]:
    """The owner's ready passages among `keys`; any other key is left out.

    Owner and state are compared here: in the query they would make the database go through all documents of the
    owner and their passages (100 ms of 100,000) instead of taking the passages by their keys.
    """
    result: dict[str, Found] = {}
    for part in slices(keys):
        query = _joined(documents.c.owner, documents.c.state).where(passages.c.key.in_(part))
        rows = connection.execute(query).all()
        result.update((row.key, _found(row)) for row in rows if (row.owner, row.state) == (owner, "ready"))
    return result


def passages_of(connection: Connection, owner: str, document_id: str) -> tuple[Passage, ...]:
    """The passages of an owner's ready document in text order."""
    query = _passages().where(documents.c.owner == owner, documents.c.id == document_id)
    return tuple(_found(row).passage for row in connection.execute(query.order_by(passages.c.position)))


def vectors(connection: Connection, model: str, keys: Sequence[str]) -> tuple[list[str], list[str], Matrix]:
    """Of passages that have a vector of `model`: keys, keys of their documents, vectors (number, dimension)."""
    rows: list[Row[Any]] = []
    for part in slices(keys):
        rows += connection.execute(_vectors(model).where(passages.c.key.in_(part))).all()
    return [row.key for row in rows], [row.document_key for row in rows], matrix(row.vector for row in rows)


def vectors_of(connection: Connection, model: str, document_keys: Sequence[str]) -> tuple[list[str], Matrix]:
    """The same for all passages of some documents."""
    rows: list[Row[Any]] = []
    for part in slices(document_keys):
        rows += connection.execute(_vectors(model).where(passages.c.document_key.in_(part))).all()
    return [row.key for row in rows], matrix(row.vector for row in rows)


def vectors_by_document(
    connection: Connection, model: str, document_keys: Sequence[str]
) -> Iterator[tuple[str, tuple[tuple[str, ...], Matrix]]]:
    """The key of each of these documents that has vectors, with passage keys and vectors (number, dimension)."""
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    for part in slices(document_keys):
        for row in connection.execute(_vectors(model).where(passages.c.document_key.in_(part))):
            rows[row.document_key].append(row)
    for key, found in rows.items():
        yield key, (tuple(row.key for row in found), matrix(row.vector for row in found))


def matrix(blobs: Iterable[bytes]) -> Matrix:
    """Vectors from their stored bytes; shape (0, 0) when there are none."""
    rows = [np.frombuffer(blob, dtype="<f4") for blob in blobs]
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 0), dtype=np.float32)


def entries(connection: Connection, document_keys: Sequence[str]) -> list[Entry]:
    """What the keyword index takes of these documents."""
    result: list[Entry] = []
    joined = passages.join(documents, documents.c.key == passages.c.document_key)
    columns = [*passages.c, documents.c.place, documents.c.organisation, documents.c.year]
    query: Select[Any] = select(*columns).select_from(joined)
    for part in slices(document_keys):
        chosen = query.where(passages.c.document_key.in_(part))
        result += [_entry(row) for row in connection.execute(chosen.order_by(passages.c.key)).all()]
    return result


def missing_texts(connection: Connection, model: str, document_keys: Sequence[str]) -> dict[str, str]:
    """Texts of these documents without a vector of `model`, by hash."""
    has = (
        select(embeddings.c.text_hash)
        .where(embeddings.c.model == model, embeddings.c.text_hash == passages.c.text_hash)
        .exists()
    )
    result: dict[str, str] = {}
    for part in slices(document_keys):
        query = select(passages.c.text_hash, passages.c.indexed).where(
            passages.c.document_key.in_(part), ~has
        )
        result.update((row.text_hash, row.indexed) for row in connection.execute(query))
    return result


def unfinished_sources(connection: Connection) -> list[str]:
    """Sources that were parsed but are not ready yet."""
    return list(connection.execute(select(sources.c.key).where(sources.c.state == "parsed")).scalars())


def pending_sources(connection: Connection) -> list[str]:
    """Sources whose reading was broken off."""
    return list(connection.execute(select(sources.c.key).where(sources.c.state == "pending")).scalars())


def unfinished_documents(connection: Connection, source_keys: Sequence[str]) -> list[str]:
    """Documents of these sources that are not ready yet."""
    result: list[str] = []
    for part in slices(source_keys):
        query = select(documents.c.key).distinct().join(links, links.c.document_key == documents.c.key)
        query = query.where(links.c.source_key.in_(part), documents.c.state.in_(_UNFINISHED))
        result += connection.execute(query).scalars()
    return sorted(set(result))


def deleting(connection: Connection) -> list[str]:
    """Documents that are marked for deletion."""
    return list(connection.execute(select(documents.c.key).where(documents.c.state == "deleting")).scalars())


def passage_keys(connection: Connection, document_keys: Sequence[str]) -> list[str]:
    """Keys of the passages of these documents."""
    result: list[str] = []
    for part in slices(document_keys):
        query = select(passages.c.key).where(passages.c.document_key.in_(part))
        result += connection.execute(query).scalars()
    return result


def ready_documents(connection: Connection) -> list[str]:
    """Keys of all owners' ready documents."""
    return list(connection.execute(select(documents.c.key).where(documents.c.state == "ready")).scalars())


def all_documents(connection: Connection) -> list[str]:
    """Keys of all documents that are not marked for deletion."""
    return list(connection.execute(select(documents.c.key).where(documents.c.state != "deleting")).scalars())


def total_passages(connection: Connection) -> int:
    """Number of ready passages of all owners: what both indexes should hold."""
    query = select(func.coalesce(func.sum(documents.c.passages), 0)).where(documents.c.state == "ready")
    return int(connection.execute(query).scalar_one())


def _entry(row: Row[Any]) -> Entry:
    """Year and place stand in front once more: in near-duplicate reports they are what tells passages apart."""
    year = f"{row.year}年" if row.year else ""
    front = " ".join(part for part in (row.place, row.organisation, year) if part)
    return Entry(row.key, row.owner, row.document_key, f"{front}\n{row.indexed}")


def _passages() -> Select[Any]:
    return _joined().where(documents.c.state == "ready")


def _joined(*more: Column[Any]) -> Select[Any]:
    joined = passages.join(documents, documents.c.key == passages.c.document_key)
    about = [documents.c[name] for name in ("title", "genre", "organisation", "place", "year")]
    columns = [*passages.c, *about, documents.c.id.label("document_id"), *more]
    return select(*columns).select_from(joined)


def _vectors(model: str) -> Select[Any]:
    joined = passages.join(embeddings, embeddings.c.text_hash == passages.c.text_hash)
    query = select(passages.c.key, passages.c.document_key, embeddings.c.vector).select_from(joined)
    return query.where(embeddings.c.model == model)


def _found(row: Row[Any]) -> Found:
    passage = Passage(
        id=row.id,
        document_id=row.document_id,
        span=Span(row.start, row.end),
        text=row.text,
        title=row.title,
        heading_path=tuple(json.loads(row.heading_path)),
        genre=row.genre,
        organisation=row.organisation,
        place=row.place,
        year=row.year,
        page=row.page,
        paragraph=row.paragraph,
    )
    return Found(row.key, row.document_key, passage, row.indexed)
