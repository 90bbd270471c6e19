"""What is embedded of a passage, and by which model: texts in, unit vectors out."""

from __future__ import annotations

import hashlib

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.archive.vectors import Matrix
from assistant.errors import ModelAnswerInvalid, Said
from assistant.records import Document, Passage

BATCH = 32


def index_text(document: Document, passage: Passage) -> str:
    """What both indexes see of a passage: title and headings in front, place and year where the title lacks them.

    In near-duplicate reports the passage itself names neither its year nor its place. Evasive spellings are
    replaced by what they mean; the written forms stand at the end, so that they are found too.
    """
    known = passage.title
    extra = []
    for part in (passage.place, passage.organisation, f"{passage.year}年" if passage.year else ""):
        if part and part not in known:
            extra.append(part)
            known += part
    head = " ".join(part for part in (passage.title, *extra, " > ".join(passage.heading_path)) if part)
    text, written = _plain(document, passage)
    return "\n".join(part for part in (head, text, " ".join(written)) if part)


def text_hash(text: str) -> str:
    """The name under which the vector of a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def model_name(embeddings: Embeddings) -> str:
    """The name that the archive records for its vectors: our embedders have `name`, LangChain's `model`."""
    name = getattr(embeddings, "name", "") or getattr(embeddings, "model", "")
    return str(name or type(embeddings).__name__)


def embed_texts(embeddings: Embeddings, texts: list[str]) -> Matrix:
    """Unit vectors of shape (len(texts), dimension).

    Raises:
        ModelAnswerInvalid: the model gave another number of vectors, or numbers that are none.
    """
    return _unit(embeddings.embed_documents(texts), len(texts))


def embed_question(embeddings: Embeddings, text: str) -> Matrix:
    """The unit vector of a question, shape (dimension,)."""
    vector: Matrix = _unit([embeddings.embed_query(text)], 1)[0]
    return vector


def _unit(values: list[list[float]], expected: int) -> Matrix:
    matrix = np.asarray(values, dtype=np.float32)
    if matrix.ndim != 2 or len(matrix) != expected or not np.isfinite(matrix).all():
        raise ModelAnswerInvalid(reason=Said("向量数目或数值不对", "wrong number of vectors, or no numbers"))
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = (matrix / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def _plain(document: Document, passage: Passage) -> tuple[str, list[str]]:
    """The passage's text with evasive spellings replaced, and the written forms."""
    if not document.spellings:
        return passage.text, []
    pieces: list[str] = []
    written: list[str] = []
    at = passage.span.start
    for spelling in sorted(document.spellings, key=lambda item: item.span):
        if spelling.span.start < at or spelling.span.end > passage.span.end:
            continue
        pieces += [document.text[at : spelling.span.start], spelling.meaning]
        written.append(spelling.written)
        at = spelling.span.end
    pieces.append(document.text[at : passage.span.end])
    return "".join(pieces), list(dict.fromkeys(written))
