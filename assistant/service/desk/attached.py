"""Facts files and documents as they are kept with a draft: JSON and back."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter

from assistant.records import Document, FactsFile

_facts = TypeAdapter(FactsFile)
_document = TypeAdapter(Document)


def facts_body(facts: FactsFile) -> bytes:
    """A facts file as JSON."""
    return _facts.dump_json(facts)


@lru_cache(maxsize=32)
def read_facts_body(body: bytes) -> FactsFile:
    """The inverse of `facts_body`; kept, because every check of a draft asks for its facts again."""
    return _facts.validate_json(body)


def document_body(document: Document) -> bytes:
    """A document as JSON."""
    return _document.dump_json(document)


@lru_cache(maxsize=32)
def read_document_body(body: bytes) -> Document:
    """The inverse of `document_body`."""
    return _document.validate_json(body)
