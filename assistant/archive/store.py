"""Writes to the catalogue, each a function inside a running transaction.

States go pending -> parsed -> indexed -> ready, and deleting is the way out. A source row is written first (pending), then its documents with their passages (parsed, one transaction),
then vectors (any number of transactions), then both indexes (indexed), and `ready` is the last write. What
a killed process leaves is completed from these states alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, exists, insert, select, update

from assistant.archive import corrections, indicators
from assistant.archive.catalogue import next_generation
from assistant.archive.embedding import index_text, text_hash
from assistant.archive.schema import (
    State,
    digest,
    documents,
    embeddings,
    links,
    passages,
    sources,
)
from assistant.records import Document, Passage

T = TypeVar("T")
_IN = 500  # names in one IN (…)
_document = TypeAdapter(Document)


@dataclass(frozen=True, slots=True)
class Source:
    """One given file of an owner: `path` tells files apart, `sha256` versions of one file."""

    owner: str
    path: str
    name: str
    sha256: str

    @property
    def key(self) -> str:
        """Primary key of the source."""
        return digest(self.owner, self.path)


def slices(items: Sequence[T], size: int = _IN) -> Iterator[Sequence[T]]:
    """The items in pieces that fit one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def put_source(
    connection: Connection, source: Source, state: str, pipeline: str, code: str = "", reason: str = ""
) -> None:
    """Write the row of a source; `state` is pending or failed here."""
    connection.execute(delete(sources).where(sources.c.key == source.key))
    connection.execute(
        insert(sources).values(
            key=source.key,
            owner=source.owner,
            path=source.path,
            name=source.name,
            sha256=source.sha256,
            pipeline=pipeline,
            state=state,
            code=code,
            reason=reason,
        )
    )


def put_documents(
    connection: Connection,
    source: Source,
    cut: Sequence[tuple[Document, Sequence[Passage]]],
    pipeline: str,
) -> tuple[int, list[str]]:
    """Write a source's documents with their passages and link them; the source is parsed afterwards.

    A document that is there already (from another file, cut the same way) is only linked. Returns the number
    of documents written, and the keys of passages that are no longer cut this way: they must leave both indexes.
    """
    written, stale = 0, list[str]()
    for document, parts in cut:
        key = digest(source.owner, document.id)
        row = connection.execute(select(documents.c.pipeline).where(documents.c.key == key)).first()
        if row is None or row.pipeline != pipeline:
            right = corrections.held(connection, key).of(document)
            parts = corrections.relabelled(parts, right) if right != document else parts
            stale += _replace(connection, source.owner, right, parts, pipeline)
            written += 1
        _link(connection, source, key)
    connection.execute(update(sources).where(sources.c.key == source.key).values(state="parsed"))
    return written, stale


def rewrite(
    connection: Connection, owner: str, document: Document, parts: Sequence[Passage]
) -> tuple[list[str], list[str]]:
    """Write a document anew whose text is the same; it is parsed afterwards, and so are its sources.

    Returns the keys of its sources, and the hashes of the texts that the indexes had of it.
    """
    key = digest(owner, document.id)
    pipeline = connection.execute(select(documents.c.pipeline).where(documents.c.key == key)).scalar_one()
    texts = select(passages.c.text_hash).where(passages.c.document_key == key).distinct()
    hashes = list(connection.execute(texts).scalars())
    _replace(connection, owner, document, parts, pipeline)
    given = list(connection.execute(select(links.c.source_key).where(links.c.document_key == key)).scalars())
    for part in slices(given):
        connection.execute(update(sources).where(sources.c.key.in_(part)).values(state="parsed"))
    return given, hashes


def put_vectors(connection: Connection, model: str, vectors: Mapping[str, bytes]) -> None:
    """Keep vectors under the hash of their text; one that is there already is replaced."""
    for hashes in slices(list(vectors)):
        connection.execute(
            delete(embeddings).where(embeddings.c.model == model, embeddings.c.text_hash.in_(hashes))
        )
    rows = [{"model": model, "text_hash": name, "vector": blob} for name, blob in vectors.items()]
    connection.execute(insert(embeddings), rows)


def set_state(connection: Connection, keys: Sequence[str], state: State) -> None:
    """Move documents to a state."""
    for part in slices(keys):
        connection.execute(update(documents).where(documents.c.key.in_(part)).values(state=state))


def finish(connection: Connection, source_keys: Sequence[str], document_keys: Sequence[str]) -> int:
    """The last write of an ingest: documents and sources are ready, replaced documents are marked deleting.

    Returns the new generation.
    """
    set_state(connection, document_keys, "ready")
    for key in source_keys:
        current = select(sources.c.sha256).where(sources.c.key == key).scalar_subquery()
        connection.execute(delete(links).where(links.c.source_key == key, links.c.sha256 != current))
        connection.execute(update(sources).where(sources.c.key == key).values(state="ready"))
    mark_unlinked(connection)
    return next_generation(connection)


def mark_unlinked(connection: Connection) -> None:
    """Mark documents that no source gives any more."""
    linked = exists().where(links.c.document_key == documents.c.key)
    connection.execute(update(documents).where(~linked).values(state="deleting"))


def mark_removed(connection: Connection, key: str) -> int:
    """Mark a document deleting and make its sources readable anew; returns the new generation."""
    given = list(connection.execute(select(links.c.source_key).where(links.c.document_key == key)).scalars())
    connection.execute(delete(links).where(links.c.document_key == key))
    for part in slices(given):
        chosen = sources.c.key.in_(part)
        connection.execute(update(sources).where(chosen).values(sha256=""))
        linked = exists().where(links.c.source_key == sources.c.key)
        connection.execute(delete(sources).where(chosen, ~linked))
    set_state(connection, [key], "deleting")
    return next_generation(connection)


def give_up(connection: Connection, keys: Sequence[str]) -> None:
    """Sources whose reading was broken off: forgotten, or, with documents of a former version, read anew later."""
    for part in slices(keys):
        chosen = sources.c.key.in_(part)
        linked = exists().where(links.c.source_key == sources.c.key)
        connection.execute(delete(sources).where(chosen, ~linked))
        connection.execute(update(sources).where(chosen).values(state="ready", sha256=""))


def erase(connection: Connection, keys: Sequence[str]) -> None:
    """Remove documents marked deleting, their passages, and vectors of texts that nothing else holds."""
    for part in slices(keys):
        chosen = passages.c.document_key.in_(part)
        hashes = list(connection.execute(select(passages.c.text_hash).where(chosen).distinct()).scalars())
        connection.execute(delete(passages).where(chosen))
        connection.execute(delete(documents).where(documents.c.key.in_(part)))
        indicators.erase(connection, part)
        corrections.erase(connection, part)
        erase_vectors(connection, hashes)


def erase_vectors(connection: Connection, hashes: Sequence[str]) -> None:
    """Remove the vectors of these texts, unless a passage still has the text."""
    for part in slices(hashes):
        used = exists().where(passages.c.text_hash == embeddings.c.text_hash)
        connection.execute(delete(embeddings).where(embeddings.c.text_hash.in_(part), ~used))


def erase_model(connection: Connection, kept: str) -> None:
    """Remove the vectors of every model but one."""
    connection.execute(delete(embeddings).where(embeddings.c.model != kept))


def vector_length(connection: Connection, model: str) -> int:
    """The dimension of a model's vectors; 0 when there are none."""
    blob = connection.execute(
        select(embeddings.c.vector).where(embeddings.c.model == model).limit(1)
    ).scalar()
    return 0 if blob is None else len(blob) // 4


def read_body(body: str) -> Document:
    """The Document that `put_documents` serialised."""
    return _document.validate_json(body)


def _link(connection: Connection, source: Source, key: str) -> None:
    pair = (links.c.source_key == source.key) & (links.c.document_key == key)
    connection.execute(delete(links).where(pair))
    connection.execute(insert(links).values(source_key=source.key, document_key=key, sha256=source.sha256))


def _replace(
    connection: Connection, owner: str, document: Document, parts: Sequence[Passage], pipeline: str
) -> list[str]:
    key = digest(owner, document.id)
    rows = [_passage_row(owner, key, document, passage, n) for n, passage in enumerate(parts)]
    held = set(connection.execute(select(passages.c.key).where(passages.c.document_key == key)).scalars())
    connection.execute(delete(passages).where(passages.c.document_key == key))
    connection.execute(delete(documents).where(documents.c.key == key))
    connection.execute(insert(documents).values(_document_row(owner, document, len(rows), pipeline)))
    if rows:
        connection.execute(insert(passages), rows)
    indicators.put(connection, owner, key, document)
    return sorted(held - {row["key"] for row in rows})


def _document_row(owner: str, document: Document, count: int, pipeline: str) -> dict[str, Any]:
    return {
        "key": digest(owner, document.id),
        "owner": owner,
        "id": document.id,
        "state": "parsed",
        "title": document.title,
        "genre": document.genre,
        "organisation": document.organisation.value if document.organisation else "",
        "place": document.place.value if document.place else "",
        "year": document.reported_year,
        "years": ",".join(map(str, document.years)),
        "number": document.number.value if document.number else "",
        "source_name": document.source.name,
        "passages": count,
        "pipeline": pipeline,
        "body": _document.dump_json(document).decode(),
    }


def _passage_row(
    owner: str, document_key: str, document: Document, passage: Passage, position: int
) -> dict[str, Any]:
    indexed = index_text(document, passage)
    return {
        "key": digest(owner, passage.id),
        "document_key": document_key,
        "owner": owner,
        "id": passage.id,
        "position": position,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "heading_path": json.dumps(passage.heading_path, ensure_ascii=False),
        "page": passage.page,
        "paragraph": passage.paragraph,
        "indexed": indexed,
        "text_hash": text_hash(indexed),
    }
