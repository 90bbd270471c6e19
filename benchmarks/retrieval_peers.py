"""Other systems' ways of fusing words and meaning, over the same texts and the same vectors.

LangChain, LlamaIndex and Haystack run as they are (an optional extra: `pip install '.[peers]'`); their BM25 cuts at
blanks, which finds nothing in Chinese, so all of them get words. RAGFlow has no package to install: its formula is
written out here (rag/nlp/query.py of infiniflow/ragflow: `hybrid_similarity`, `token_similarity`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import rjieba
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.archive.embedding import embed_question
from assistant.archive.tokens import word_list

Ranking = list[tuple[str, float]]
Ranker = Callable[[str], Ranking]


class PeerMissing(Exception):
    """The peer's packages are not installed; the message says which."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Passage ids, their texts as each system sees them, and their unit vectors (number, dimension)."""

    ids: Sequence[str]
    texts: Sequence[str]
    matrix: NDArray[np.float32]
    embeddings: Embeddings
    depth: int

    def dense(self, text: str) -> Ranking:
        """The nearest passages by vectors alone."""
        scores = self.matrix @ embed_question(self.embeddings, text)
        return [(self.ids[index], float(scores[index])) for index in np.argsort(-scores)[: self.depth]]


def peers(corpus: Corpus) -> Iterator[tuple[str, Ranker]]:
    """Name and ranker of every peer; one that is not installed is said and left out."""
    yield "RAGFlow .3 term .7 vector", ragflow(corpus)
    ways = (
        ("EnsembleRetriever .5/.5", lambda: ensemble(corpus)),
        ("QueryFusion reciprocal", lambda: query_fusion(corpus, "reciprocal_rerank")),
        ("QueryFusion relative", lambda: query_fusion(corpus, "relative_score")),
        ("DocumentJoiner rrf", lambda: document_joiner(corpus, "reciprocal_rank_fusion")),
        ("DocumentJoiner dbsf", lambda: document_joiner(corpus, "distribution_based_rank_fusion")),
        ("DocumentJoiner merge", lambda: document_joiner(corpus, "merge")),
    )
    for name, make in ways:
        try:
            yield name, make()
        except PeerMissing as missing:
            print(f"{name} left out: {missing}")


def _missing(error: ImportError) -> PeerMissing:
    return PeerMissing(f"{error.name or error} is not installed; pip install '.[peers]'")


def _cut(text: str) -> str:
    """The text with blanks between its words."""
    return " ".join(word for word in rjieba.cut(text) if word.strip())


def ragflow(corpus: Corpus) -> Ranker:
    """Each passage by .7 of its cosine and .3 of the share of the question's weighted words and word pairs it holds.

    A word counts .4 of its weight, a pair of neighbours .6 of the heavier one's. The weights are inverse document
    frequencies of the corpus. Question words are taken out, as RAGFlow does.
    """
    words = [_words(text) for text in corpus.texts]
    held = [frozenset(one) | frozenset(_pairs(one)) for one in words]
    frequency = Counter(word for one in words for word in set(one))
    total = len(words)

    def weight(word: str) -> float:
        return math.log10(10 + (total - frequency[word] + 0.5) / (frequency[word] + 0.5))

    def ranked(text: str) -> Ranking:
        weights: dict[str, float] = defaultdict(float)
        asked = [word for word in _words(text) if word not in word_list("asking_words.txt")]
        for number, word in enumerate(asked):
            weights[word] += 0.4 * weight(word)
            if number + 1 < len(asked):
                weights[word + asked[number + 1]] += 0.6 * max(weight(word), weight(asked[number + 1]))
        whole = sum(weights.values()) or 1.0
        near = corpus.matrix @ embed_question(corpus.embeddings, text)
        shares = [sum(value for word, value in weights.items() if word in one) / whole for one in held]
        scores = 0.7 * near + 0.3 * np.asarray(shares)
        return [(corpus.ids[index], float(scores[index])) for index in np.argsort(-scores)[: corpus.depth]]

    return ranked


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut(text) if word.isalnum()]


def _pairs(words: Sequence[str]) -> list[str]:
    return [one + other for one, other in pairwise(words)]


def ensemble(corpus: Corpus) -> Ranker:
    """LangChain's EnsembleRetriever: BM25 and vectors, half each, by reciprocal ranks; it gives no scores: 1/rank.

    Raises:
        PeerMissing: langchain-classic, langchain-community or rank-bm25 is not installed.
    """
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    try:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever

        documents = [Document(page_content=t, id=i) for i, t in zip(corpus.ids, corpus.texts, strict=True)]
        worded = BM25Retriever.from_documents(documents, preprocess_func=rjieba.cut, k=corpus.depth)
    except ImportError as error:
        raise _missing(error) from error
    by_id = dict(zip(corpus.ids, documents, strict=True))

    class Near(BaseRetriever):
        def _get_relevant_documents(
            self, query: str, *, run_manager: CallbackManagerForRetrieverRun
        ) -> list[Document]:
            return [by_id[key] for key, _ in corpus.dense(query)]

    both = EnsembleRetriever(retrievers=[worded, Near()], weights=[0.5, 0.5], id_key=None)

    def ranked(text: str) -> Ranking:
        found = both.invoke(text)[: corpus.depth]
        return [(str(item.id), 1 / rank) for rank, item in enumerate(found, start=1)]

    return ranked


def query_fusion(corpus: Corpus, mode: str) -> Ranker:
    """LlamaIndex's QueryFusionRetriever over its BM25 and the vectors, without questions made up by a model.

    Raises:
        PeerMissing: llama-index-core or llama-index-retrievers-bm25 is not installed.
    """
    try:
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
        from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
        from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
        from llama_index.retrievers.bm25 import BM25Retriever
    except ImportError as error:
        raise _missing(error) from error
    nodes = {
        name: TextNode(id_=name, text=_cut(text)) for name, text in zip(corpus.ids, corpus.texts, strict=True)
    }

    class Near(BaseRetriever):  # type: ignore[misc]
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            found = corpus.dense(query_bundle.query_str.replace(" ", ""))
            return [NodeWithScore(node=nodes[name], score=score) for name, score in found]

    worded = BM25Retriever(
        nodes=list(nodes.values()),
        similarity_top_k=corpus.depth,
        skip_stemming=True,
        token_pattern=r"(?u)\S+",
    )
    fusion = QueryFusionRetriever(
        [worded, Near()], llm=MockLLM(), mode=FUSION_MODES(mode), similarity_top_k=corpus.depth, num_queries=1,
        use_async=False,
    )  # fmt: skip

    def ranked(text: str) -> Ranking:
        found = fusion.retrieve(_cut(text))
        return [(item.node.node_id, float(item.score or 0)) for item in found[: corpus.depth]]

    return ranked


def document_joiner(corpus: Corpus, mode: str) -> Ranker:
    """Haystack's DocumentJoiner over its BM25 and the vectors.

    Raises:
        PeerMissing: haystack-ai is not installed.
    """
    try:
        from haystack import Document
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
    except ImportError as error:
        raise _missing(error) from error
    store = InMemoryDocumentStore(bm25_tokenization_regex=r"(?u)\S+")
    documents = [Document(id=i, content=_cut(t)) for i, t in zip(corpus.ids, corpus.texts, strict=True)]
    store.write_documents(documents)
    by_id = {document.id: document for document in documents}
    worded = InMemoryBM25Retriever(document_store=store, top_k=corpus.depth, scale_score=mode == "merge")
    joiner = DocumentJoiner(join_mode=mode, top_k=corpus.depth)

    def ranked(text: str) -> Ranking:
        near = [Document(id=i, content=by_id[i].content, score=score) for i, score in corpus.dense(text)]
        found = joiner.run(documents=[worded.run(query=_cut(text))["documents"], near])["documents"]
        return [(document.id, float(document.score or 0)) for document in found]

    return ranked
