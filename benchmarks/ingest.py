"""Measure ingest: `python benchmarks/ingest.py [--texts DIR] [--limit N]`.

Takes a folder of source files (default: knowledge_base) into an empty archive with the configured embedding
model, then once more without any change, and prints: characters and passages a second, total time over the
time spent inside the embedding model (wanted: at most 1.2), and how much faster the unchanged run is (wanted:
at least 50 times). A rebuild of both indexes from the catalogue is timed too; it embeds nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from embedding_cache import CachedEmbeddings

from assistant.archive import Archive, IngestRow
from assistant.llm import embedding_model
from assistant.settings import Settings


def main() -> None:
    """Measure, print, write JSON."""
    options = _options()
    files = sorted(path for path in options.texts.rglob("*") if path.is_file() and path.suffix != ".tsv")
    files = files[:: max(1, len(files) // options.limit)] if options.limit else files
    with tempfile.TemporaryDirectory() as home:
        figures = _measured(Settings(home=Path(home)), files)
    for name, value in figures.items():
        print(f"{name:34} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, default=Path("knowledge_base"))
    parser.add_argument("--limit", type=int, default=0, help="only about so many files, spread evenly")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def _measured(settings: Settings, files: list[Path]) -> dict[str, object]:
    embeddings = CachedEmbeddings(embedding_model(settings), None)
    embeddings.embed_query("预热")
    with Archive.open(settings, embeddings) as archive:
        first, rows = _timed(lambda: archive.ingest(files))
        again, unchanged = _timed(lambda: archive.ingest(files))
        characters = sum(len(archive.document(item.id).text) for item in archive.documents())
        passages = sum(item.passages for item in archive.documents())
    shutil.rmtree(settings.home / "archive" / "vectors-1")
    shutil.rmtree(settings.home / "archive" / "keywords-1")
    with Archive.open(settings, embeddings) as archive:
        rebuilt, _ = _timed(archive.repair)
    return {
        "files": len(files),
        "rows": _counted(rows),
        "rows, unchanged run": _counted(unchanged),
        "characters": characters,
        "passages": passages,
        "total seconds": round(first, 2),
        "seconds in the embedding model": round(embeddings.seconds, 2),
        "total / embedding": round(first / embeddings.seconds, 3),
        "characters a second": round(characters / first),
        "unchanged run, seconds": round(again, 3),
        "first / unchanged": round(first / again, 1),
        "rebuild of both indexes, seconds": round(rebuilt, 2),
    }


def _timed(action: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def _counted(rows: object) -> dict[str, int]:
    assert isinstance(rows, list)
    return dict(Counter(row.status for row in rows if isinstance(row, IngestRow)))


if __name__ == "__main__":
    main()
