"""The keyword index: BM25 in tantivy over words and character bigrams, derived from the catalogue."""

from __future__ import annotations

import math
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from assistant.archive.tokens import tokens
from assistant.errors import ArchiveBusy, ArchiveDamaged, ArchiveReadOnly, Said

_HEAP = 64_000_000
_SINGLE_TERMS = 3_000
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as the keyword index takes it."""

    key: str
    owner: str
    document_key: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What to look for: the question's tokens, and for each indicator in it the tokens of all its names.

    The first name of each group is the one the question uses; its tokens are among `tokens` too, the others count
    `other_name`.
    """

    tokens: tuple[str, ...]
    names: tuple[tuple[tuple[str, ...], ...], ...] = ()
    other_name: float = 0.3

    def all_tokens(self) -> tuple[str, ...]:
        """Every token once."""
        named = (token for group in self.names for name in group for token in name)
        return tuple(dict.fromkeys((*self.tokens, *named)))

    def further_names(self) -> list[list[list[str]]]:
        """For each group, what its other names have beyond the name used."""
        groups = [
            [[token for token in name if token not in group[0]] for name in group[1:]] for group in self.names
        ]
        kept = [[name for name in group if name] for group in groups]
        return [group for group in kept if group]


class Keywords:
    """One tantivy index in a folder, made when it is not there; searches are thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._lock = threading.Lock()

    def add(self, entries: Iterable[Entry]) -> None:
        """Put entries in place of those with the same key; seen by searches after `commit`."""
        with self._errors():
            writer = self._writing()
            for entry in entries:
                writer.delete_documents_by_term("key", entry.key)
                writer.add_document(_document(entry))

    def delete(self, keys: Sequence[str]) -> None:
        """Take these entries out after `commit`; no keys at all is refused (it must never mean all)."""
        if not keys:
            raise ValueError("no keys to delete")
        with self._errors():
            writer = self._writing()
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Make what was added and deleted durable and visible here."""
        with self._errors():
            self._writing().commit()
            self._open().reload()

    def release(self) -> None:
        """End writing: uncommitted entries are dropped, the writer's lock is given back."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with self._errors():
                writer.rollback()
                writer.wait_merging_threads()

    def search(
        self, wording: Wording, limit: int, *, owner: str = "", documents: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best keys with their BM25 score, best first; `owner` and `documents` (keys) narrow."""
        with self._errors():
            schema = self._open().schema
            must = [_query(schema, wording)]
            if owner:
                must.append(_silently(_any_of(schema, "owner", [owner])))
            if documents is not None:
                must.append(_silently(_any_of(schema, "document", documents)))
            return self._hits(tantivy.Query.boolean_query([(_MUST, query) for query in must]), limit)

    def scores(self, wording: Wording, keys: Sequence[str]) -> dict[str, float]:
        """The exact BM25 score of each of these keys; 0 for those without any token of the wording."""
        if not keys:
            return {}
        with self._errors():
            schema = self._open().schema
            clauses = [(_MUST, _silently(_any_of(schema, "key", keys))), (_SHOULD, _query(schema, wording))]
            return dict(self._hits(tantivy.Query.boolean_query(clauses), len(keys)))

    def weights(self, names: Iterable[str]) -> Mapping[str, float]:
        """How much each token tells (inverse document frequency)."""
        with self._errors():
            searcher = self._open().searcher()
            total = searcher.num_docs
            return {token: math.log(1 + total / (1 + searcher.doc_freq("body", token))) for token in names}

    def count(self) -> int:
        """Number of entries."""
        with self._errors():
            return int(self._open().searcher().num_docs)

    def keys(self) -> set[str]:
        """All keys in the index."""
        with self._errors():
            return {key for key, _ in self._hits(tantivy.Query.all_query(), max(self.count(), 1))}

    def reopen(self) -> None:
        """Look at what another process has committed."""
        with self._errors():
            self._open().reload()

    def close(self) -> None:
        """End writing and let the index go."""
        self.release()
        self._index = None

    def drop(self) -> None:
        """Remove the whole index."""
        self.close()
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def _hits(self, query: tantivy.Query, limit: int) -> list[tuple[str, float]]:
        searcher = self._open().searcher()
        found = searcher.search(query, limit, count=False).hits
        return [(str(searcher.doc(address).get_first("key")), float(score)) for score, address in found]

    def _open(self) -> tantivy.Index:
        with self._lock:
            if self._index is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(_schema(), path=str(self._folder))
            return self._index

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._open().writer(_HEAP, 1)
        return self._writer

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Map tantivy's exceptions (all of them are ValueError or OSError) to `ArchiveError`s."""
        try:
            yield
        except PermissionError as error:
            raise ArchiveReadOnly(
                reason=Said("关键词索引不可写", "the keyword index cannot be written")
            ) from error
        except (ValueError, OSError, RuntimeError) as error:
            words = str(error).lower()
            if "lockbusy" in words:
                raise ArchiveBusy(reason=Said("关键词索引被占用", "the keyword index is locked")) from error
            if "permission" in words or "read-only" in words or "no space" in words:
                raise ArchiveReadOnly(
                    reason=Said(
                        "关键词索引不可写或磁盘已满",
                        "the keyword index cannot be written, or the disk is full",
                    )
                ) from error
            raise ArchiveDamaged(
                reason=Said(
                    f"关键词索引报错 {type(error).__name__}", f"keyword index: {type(error).__name__}"
                )
            ) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", entry.key)
    document.add_text("owner", entry.owner)
    document.add_text("document", entry.document_key)
    document.add_text("body", " ".join(tokens(entry.text)))
    return document


def _any_of(schema: tantivy.Schema, field: str, names: Sequence[str]) -> tantivy.Query:
    """One of these terms of a field.

    Single terms are looked up sooner than a set (1.1 against 2.5 ms for 240 of 100,000 keys, 11.7
    against 18.7 for 3,000); at 10,000 the set is quicker (45 against 53 ms).
    """
    if len(names) > _SINGLE_TERMS:
        return tantivy.Query.term_set_query(schema, field, list(names))
    return tantivy.Query.boolean_query(
        [(_SHOULD, tantivy.Query.term_query(schema, field, name, "basic")) for name in names]
    )


def _silently(query: tantivy.Query) -> tantivy.Query:
    """A condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _query(schema: tantivy.Schema, wording: Wording) -> tantivy.Query:
    clauses = [_term(schema, token) for token in wording.tokens]
    for group in wording.further_names():
        names = [
            tantivy.Query.boolean_query([(_SHOULD, _term(schema, token)) for token in name]) for name in group
        ]
        best = tantivy.Query.disjunction_max_query(names)
        clauses.append(tantivy.Query.boost_query(best, wording.other_name))
    return tantivy.Query.boolean_query([(_SHOULD, clause) for clause in clauses])


def _term(schema: tantivy.Schema, token: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema, "body", token, "freq")
