"""Measure retrieval: `python benchmarks/retrieval.py [--data DIR] [--abbreviated [FILE]] [--ablation] [--run OUT.tsv]`.

`DIR` holds corpus.jsonl (id, doc, title, section, region, year, pos, text), queries.jsonl (id, text) and
qrels.tsv (query-id, corpus-id, score). Passages keep their own ids and go through the product's own index and
search. Without --data the set is made from knowledge_base/ by rule: one question for each indicator that one
passage of a document gives a figure for. Beside the archive: vectors alone, and the
fusions of LangChain, LlamaIndex, Haystack and RAGFlow, all over the same texts (title and headings in front) and the
same embeddings. --abbreviated puts short forms of names into the questions (benchmarks/data/abbreviations.txt) and
keeps the questions that it changed; --ablation takes each ingredient of the search away in turn.
The run file is query-id, passage-id, rank, score, separated by tabs.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import rjieba
from embedding_cache import CachedEmbeddings
from retrieval_peers import Corpus, Ranker, Ranking, peers
from retrieval_sets import ABBREVIATIONS, RetrievalSet, abbreviated, from_folder, from_knowledge_base
from sqlalchemy import Row

from assistant.archive import Archive
from assistant.archive.embedding import embed_texts, index_text
from assistant.archive.fusion import KNOBS
from assistant.archive.keywords import Entry
from assistant.llm import embedding_model
from assistant.settings import Settings

DEPTH = 100
ABLATIONS = {
    "meaning": replace(KNOBS, dense=0.0),
    "words": replace(KNOBS, dense=1.0),
    "year and place": replace(KNOBS, agreement=0.0, named=0.0),
    "coverage": replace(KNOBS, coverage=0.0),
    "figures": replace(KNOBS, figure=0.0),
    "results first": replace(KNOBS, plan=0.0),
    "twins behind": replace(KNOBS, twin=0.0),
    "the closer look": replace(KNOBS, coverage=0.0, figure=0.0, plan=0.0, twin=0.0),
}
Queries = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Result:
    """Rankings of one system by query id, and the seconds each question took, its embedding included."""

    name: str
    rankings: dict[str, Ranking]
    seconds: list[float]


def main() -> None:
    """Measure all systems on one set, print the table, write the run of the archive."""
    options = _options()
    data = from_folder(options.data) if options.data else from_knowledge_base(options.knowledge_base)
    data = abbreviated(data, options.abbreviated) if options.abbreviated else data
    queries = data.queries[:: max(1, len(data.queries) // options.limit)] if options.limit else data.queries
    embeddings = CachedEmbeddings(embedding_model(Settings()), options.cache)
    passages = sum(len(parts) for parts in data.passages.values())
    print(f"{data.name}: {len(data.documents)} documents, {passages} passages, {len(queries)} questions")
    table = []
    for result in _results(data, embeddings, queries, options):
        if options.run and not table:
            _write_run(options.run, result)
        table.append({"system": result.name, **_scores(result, data.relevant)})
        _print(table)
    if options.json:
        options.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _results(
    data: RetrievalSet, embeddings: CachedEmbeddings, queries: Queries, options: argparse.Namespace
) -> Iterator[Result]:
    """The archive first, then what was asked for beside it."""
    with tempfile.TemporaryDirectory() as home:
        with Archive.open(Settings(home=Path(home)), embeddings) as archive:
            archive.add(data.documents, data.passages)
            yield _measure("archive", lambda text: _archive_ranking(archive, text), queries)
        if options.ablation:
            yield from _without(data, embeddings, Path(home), queries)
    if options.peers:
        yield from _peers(data, embeddings, queries)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of the set; default: made from knowledge_base")
    parser.add_argument("--knowledge-base", type=Path, default=Path("knowledge_base"))
    parser.add_argument("--run", type=Path, help="write the archive's run here")
    parser.add_argument("--json", type=Path, help="write the table here")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assistant-embeddings")
    parser.add_argument("--limit", type=int, default=0, help="only about so many questions, spread evenly")
    parser.add_argument(
        "--abbreviated", type=Path, nargs="?", const=ABBREVIATIONS, metavar="FILE",
        help="short forms of names in the questions, by default those of data/abbreviations.txt",
    )  # fmt: skip
    parser.add_argument("--ablation", action="store_true", help="measure without each ingredient too")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="measure the archive only")
    return parser.parse_args()


def _archive_ranking(archive: Archive, text: str) -> Ranking:
    return [(hit.passage.id, hit.score) for hit in archive.search(text, k=DEPTH)]


def _peers(
    data: RetrievalSet, embeddings: CachedEmbeddings, queries: Sequence[tuple[str, str]]
) -> Iterator[Result]:
    """Vectors alone and every peer."""
    corpus = _corpus(data, embeddings)
    yield _measure("dense only", corpus.dense, queries)
    for name, ranker in peers(corpus):
        yield _measure(name, ranker, queries)


def _corpus(data: RetrievalSet, embeddings: CachedEmbeddings) -> Corpus:
    rows = [
        (passage.id, index_text(document, passage))
        for document in data.documents
        for passage in data.passages[document.id]
    ]
    ids, texts = zip(*rows, strict=True)
    return Corpus(ids, texts, embed_texts(embeddings, list(texts)), embeddings, DEPTH)


def _without(
    data: RetrievalSet, embeddings: CachedEmbeddings, home: Path, queries: Queries
) -> Iterator[Result]:
    """The archive with each ingredient of the search taken away; what is indexed stays."""
    for name, knobs in ABLATIONS.items():
        with Archive.open(Settings(home=home), embeddings, knobs=knobs) as archive:
            yield _measure(f"without {name}", lambda text, one=archive: _archive_ranking(one, text), queries)
    with (
        patch("assistant.archive.questions.asked_namings", lambda _: []),
        patch("assistant.archive.phrasing.asked_namings", lambda _: []),
        Archive.open(Settings(home=home), embeddings) as archive,
    ):
        yield _measure("without other names", lambda text: _archive_ranking(archive, text), queries)
    for name, changed in (("bigrams", _words_only), ("titles before words", _body_only)):
        with (
            tempfile.TemporaryDirectory() as other,
            changed(),
            Archive.open(Settings(home=Path(other)), embeddings) as archive,
        ):
            archive.add(data.documents, data.passages)
            yield _measure(f"without {name}", lambda text: _archive_ranking(archive, text), queries)


@contextmanager
def _words_only() -> Iterator[None]:
    """Tokens are words, without pairs of characters."""

    def words(text: str) -> list[str]:
        return [
            word
            for word in rjieba.cut_for_search(unicodedata.normalize("NFKC", text).lower())
            if word.isalnum()
        ]

    with (
        patch("assistant.archive.tokens.tokens", words),
        patch("assistant.archive.keywords.tokens", words),
    ):
        yield


@contextmanager
def _body_only() -> Iterator[None]:
    """The keyword index sees the passage without title, headings, place and year; the vectors stay."""

    def entry(row: Row[Any]) -> Entry:
        return Entry(row.key, row.owner, row.document_key, row.text)

    with (
        patch("assistant.archive.lookup._entry", entry),
        patch("assistant.archive.search._seen", lambda found: found.passage.text),
    ):
        yield


def _measure(name: str, ranker: Ranker, queries: Sequence[tuple[str, str]]) -> Result:
    rankings, seconds = {}, []
    ranker(queries[0][1])
    for query_id, text in queries:
        start = time.perf_counter()
        rankings[query_id] = ranker(text)
        seconds.append(time.perf_counter() - start)
    return Result(name, rankings, seconds)


def _scores(result: Result, relevant: dict[str, dict[str, int]]) -> dict[str, float]:
    rows = [
        _one(ranking, relevant[query]) for query, ranking in result.rankings.items() if relevant.get(query)
    ]
    means = {name: 100 * sum(row[name] for row in rows) / len(rows) for name in rows[0]}
    return {
        **means,
        "p50 ms": 1000 * float(np.percentile(result.seconds, 50)),
        "p95 ms": 1000 * float(np.percentile(result.seconds, 95)),
    }


def _one(ranking: Ranking, relevant: dict[str, int]) -> dict[str, float]:
    gains = [relevant.get(name, 0) for name, _ in ranking[:10]]
    ideal = sorted(relevant.values(), reverse=True)[:10]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), 0)
    recalls = {f"R@{k}": sum(gain > 0 for gain in gains[:k]) / len(relevant) for k in (1, 5, 10)}
    return {**recalls, "MRR@10": 1 / first if first else 0.0, "nDCG@10": _dcg(gains) / _dcg(ideal)}


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _print(table: Sequence[dict[str, Any]]) -> None:
    """The newest row, and the head before the first: a long run shows what it has."""
    names = list(table[0])
    if len(table) == 1:
        print("  ".join([f"{names[0]:28}", *(f"{name:>8}" for name in names[1:])]))
    row = table[-1]
    print("  ".join([f"{row['system']:28}", *(f"{row[name]:8.1f}" for name in names[1:])]), flush=True)


def _write_run(path: Path, result: Result) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for query, ranking in result.rankings.items():
            for rank, (passage, score) in enumerate(ranking, start=1):
                stream.write(f"{query}\t{passage}\t{rank}\t{score:.6f}\n")


if __name__ == "__main__":
    main()
