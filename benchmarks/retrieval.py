"""Measure retrieval: `python benchmarks/retrieval.py [--data DIR] [--run OUT.tsv]`.

`DIR` holds corpus.jsonl (id, doc, title, section, region, year, pos, text), queries.jsonl (id, text) and
qrels.tsv (query-id, corpus-id, score). Passages keep their own ids and go through the product's own index and
search. Without --data the set is made from knowledge_base/ by rule: one question for each indicator that one
passage of a document gives a figure for. Beside the archive: vectors alone, and LangChain's EnsembleRetriever
(vectors and BM25 over words, half each), all over the same texts (title and headings in front) and the same
embeddings. The run file is query-id, passage-id, rank, score, separated by tabs.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from embedding_cache import CachedEmbeddings
from retrieval_peers import PeerMissing, ensemble
from retrieval_sets import RetrievalSet, from_folder, from_knowledge_base

from assistant.archive import Archive
from assistant.archive.embedding import embed_question, embed_texts, index_text
from assistant.llm import embedding_model
from assistant.settings import Settings

DEPTH = 100
Ranking = list[tuple[str, float]]
Ranker = Callable[[str], Ranking]


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
    queries = data.queries[:: max(1, len(data.queries) // options.limit)] if options.limit else data.queries
    embeddings = CachedEmbeddings(embedding_model(Settings()), options.cache)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        with Archive.open(settings, embeddings) as archive:
            archive.add(data.documents, data.passages)
            results = [_measure("archive", lambda text: _archive_ranking(archive, text), queries)]
            results += _peers(data, embeddings, queries) if options.peers else []
    table = [{"system": result.name, **_scores(result, data.relevant)} for result in results]
    _print(data, len(queries), table)
    if options.run:
        _write_run(options.run, results[0])
    if options.json:
        options.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of the set; default: made from knowledge_base")
    parser.add_argument("--knowledge-base", type=Path, default=Path("knowledge_base"))
    parser.add_argument("--run", type=Path, help="write the archive's run here")
    parser.add_argument("--json", type=Path, help="write the table here")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assistant-embeddings")
    parser.add_argument("--limit", type=int, default=0, help="only about so many questions, spread evenly")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="measure the archive only")
    return parser.parse_args()


def _archive_ranking(archive: Archive, text: str) -> Ranking:
    return [(hit.passage.id, hit.score) for hit in archive.search(text, k=DEPTH)]


def _peers(
    data: RetrievalSet, embeddings: CachedEmbeddings, queries: Sequence[tuple[str, str]]
) -> list[Result]:
    ids, texts = zip(*_titled(data), strict=True)
    matrix = embed_texts(embeddings, list(texts))

    def dense(text: str) -> Ranking:
        scores = matrix @ embed_question(embeddings, text)
        return [(ids[index], float(scores[index])) for index in np.argsort(-scores)[:DEPTH]]

    results = [_measure("dense only", dense, queries)]
    try:
        peer = ensemble(ids, texts, embeddings, DEPTH)
    except PeerMissing as missing:
        print(f"EnsembleRetriever left out: {missing}")
        return results
    return [*results, _measure("EnsembleRetriever .5/.5", peer, queries)]


def _titled(data: RetrievalSet) -> list[tuple[str, str]]:
    return [
        (passage.id, index_text(document, passage))
        for document in data.documents
        for passage in data.passages[document.id]
    ]


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


def _print(data: RetrievalSet, asked: int, table: Sequence[dict[str, object]]) -> None:
    passages = sum(len(parts) for parts in data.passages.values())
    print(f"{data.name}: {len(data.documents)} documents, {passages} passages, {asked} questions")
    names = list(table[0])
    print("  ".join([f"{names[0]:24}", *(f"{name:>8}" for name in names[1:])]))
    for row in table:
        print("  ".join([f"{row['system']:24}", *(f"{row[name]:8.1f}" for name in names[1:])]))


def _write_run(path: Path, result: Result) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for query, ranking in result.rankings.items():
            for rank, (passage, score) in enumerate(ranking, start=1):
                stream.write(f"{query}\t{passage}\t{rank}\t{score:.6f}\n")


if __name__ == "__main__":
    main()
