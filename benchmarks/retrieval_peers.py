"""LangChain's EnsembleRetriever as a peer; an optional extra (`pip install '.[peers]'`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import rjieba
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore


class PeerMissing(Exception):
    """The peer's packages are not installed; the message says which."""


def ensemble(
    ids: Sequence[str], texts: Sequence[str], embeddings: Embeddings, depth: int
) -> Callable[[str], list[tuple[str, float]]]:
    """BM25 over words and vectors, half each, in reciprocal rank fusion; LangChain gives no scores: 1/rank.

    Its BM25 cuts at blanks by default, which finds nothing in Chinese; here it gets words.

    Raises:
        PeerMissing: langchain-classic, langchain-community or rank-bm25 is not installed.
    """
    try:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever

        documents = [Document(page_content=text, id=name) for name, text in zip(ids, texts, strict=True)]
        worded = BM25Retriever.from_documents(documents, preprocess_func=rjieba.cut, k=depth)
    except ImportError as error:
        raise PeerMissing(f"{error.name or error} is not installed; pip install '.[peers]'") from error
    store = InMemoryVectorStore(embeddings)
    store.add_documents(documents)
    near = store.as_retriever(search_kwargs={"k": depth})
    both = EnsembleRetriever(retrievers=[worded, near], weights=[0.5, 0.5], id_key=None)

    def ranked(text: str) -> list[tuple[str, float]]:
        found = both.invoke(text)
        return [(str(item.id), 1 / rank) for rank, item in enumerate(found[:depth], start=1)]

    return ranked
