"""The archive as a LangChain retriever."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.archive.results import Hit


class ArchiveRetriever(BaseRetriever):
    """Passages as LangChain documents, best first.

    `metadata` has passage_id, document_id, title, heading_path (joined by " > "), genre, organisation,
    place, year, page, paragraph, start, end, score. A blank question finds nothing.
    """

    find: Callable[[str], list[Hit]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [_document(hit) for hit in self.find(query)] if query.strip() else []


def _document(hit: Hit) -> LangChainDocument:
    passage = hit.passage
    metadata = {
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "title": passage.title,
        "heading_path": " > ".join(passage.heading_path),
        "genre": passage.genre,
        "organisation": passage.organisation,
        "place": passage.place,
        "year": passage.year,
        "page": passage.page,
        "paragraph": passage.paragraph,
        "start": passage.span.start,
        "end": passage.span.end,
        "score": hit.score,
    }
    return LangChainDocument(id=passage.id, page_content=passage.text, metadata=metadata)
