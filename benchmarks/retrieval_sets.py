"""Sets to measure retrieval on: read from a folder, or made by rule from a folder of reports."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.archive.ingest import file_deliveries
from assistant.archive.passages import split
from assistant.errors import InputError
from assistant.loaders import load
from assistant.loaders.genres import genre_of
from assistant.quantities import extract
from assistant.quantities.indicators import namings
from assistant.records import Block, Document, Passage, Reading, SourceFile, Span

_NEAR = 12  # characters between an indicator and its figure

ABBREVIATIONS = Path(__file__).parent / "data" / "abbreviations.txt"


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents with their passages by document id, questions (id, text), and relevant passages by question."""

    name: str
    documents: list[Document]
    passages: dict[str, list[Passage]]
    queries: list[tuple[str, str]]
    relevant: dict[str, dict[str, int]]


def from_folder(folder: Path) -> RetrievalSet:
    """Read corpus.jsonl, queries.jsonl and qrels.tsv."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _lines(folder / "corpus.jsonl"):
        grouped[row.get("doc") or row["id"]].append(row)
    pairs = [_document(name, rows) for name, rows in grouped.items()]
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, passage, *grade = line.split("\t")
        if grade and grade[-1].isdigit() and int(grade[-1]) > 0:
            relevant[query][passage] = int(grade[-1])
    return RetrievalSet(
        name=folder.name,
        documents=[document for document, _ in pairs],
        passages={document.id: passages for document, passages in pairs},
        queries=[
            (row["id"], row["text"]) for row in _lines(folder / "queries.jsonl") if row["id"] in relevant
        ],
        relevant=dict(relevant),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def _document(name: str, rows: Sequence[dict[str, Any]]) -> tuple[Document, list[Passage]]:
    rows = sorted(rows, key=lambda row: row.get("pos", 0))
    text, blocks = _structured(rows)
    first = rows[0]
    document = Document(
        id=name,
        text=text,
        title=first.get("title", ""),
        blocks=blocks,
        genre=genre_of(first.get("title", ""), blocks, text),
        source=SourceFile(name, "text", hashlib.sha256(text.encode()).hexdigest(), len(text.encode())),
        place=Reading(first["region"], "given") if first.get("region") else None,
        year=Reading(str(first["year"]), "given") if first.get("year") else None,
    )
    bodies = [block.span for block in blocks if block.kind == "paragraph"]
    return document, [_passage(document, row, span) for row, span in zip(rows, bodies, strict=True)]


def _structured(rows: Sequence[dict[str, Any]]) -> tuple[str, tuple[Block, ...]]:
    """The text of a document with its main headings, which the passages of a set do not repeat, and its blocks."""
    lines: list[str] = []
    blocks: list[Block] = []
    heading, start = "", 0
    for row in rows:
        path = _path(row)
        if path[:1] != (heading,):
            heading = path[0] if path else ""
            if heading:
                span = Span(start, start + len(heading))
                blocks.append(Block("heading", span, level=1, heading_path=(heading,)))
                lines.append(heading)
                start = span.end + 1
        blocks.append(Block("paragraph", Span(start, start + len(row["text"])), heading_path=path))
        lines.append(row["text"])
        start += len(row["text"]) + 1
    return "\n".join(lines), tuple(blocks)


def _path(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(part for part in (row.get("section") or "").split(" > ") if part)


def _passage(document: Document, row: dict[str, Any], span: Span) -> Passage:
    return Passage(
        id=row["id"],
        document_id=document.id,
        span=span,
        text=row["text"],
        title=document.title,
        heading_path=_path(row),
        genre=document.genre,
        place=document.place.value if document.place else "",
        year=document.reported_year,
    )


def abbreviated(data: RetrievalSet, names: Path) -> RetrievalSet:
    """The questions in which a name could be put in short, with the short form; `names` has “name short” lines."""
    pairs = [line.split() for line in names.read_text("utf-8").splitlines() if line and line[0] != "#"]
    changed: list[tuple[str, str]] = []
    for query, text in data.queries:
        pair = next((pair for pair in pairs if pair[0] in text), None)
        if pair is not None:
            changed.append((query, text.replace(*pair)))
    return replace(data, name=f"{data.name} abbreviated", queries=changed)


def from_knowledge_base(folder: Path) -> RetrievalSet:
    """Ask, for each document, for every known indicator that exactly one of its passages gives a figure for."""
    documents = list({document.id: document for document in _loaded(folder)}.values())
    passages = {document.id: list(split(document)) for document in documents}
    queries: list[tuple[str, str]] = []
    relevant: dict[str, dict[str, int]] = {}
    for document in documents:
        for indicator, passage in _asked(passages[document.id]):
            name = f"q{len(queries)}"
            queries.append((name, f"{_about(document)}{indicator}是多少？"))
            relevant[name] = {passage.id: 1}
    return RetrievalSet(folder.name, documents, passages, queries, relevant)


def _loaded(folder: Path) -> Iterator[Document]:
    for delivery in file_deliveries([folder], load):
        try:
            yield from delivery.read()
        except InputError as error:
            print(f"{delivery.name}: {error.sentence('zh')}")


def _asked(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    named = [{name for name in _figured(passage.text)} for passage in passages]
    counts = Counter(name for names in named for name in names)
    for passage, names in zip(passages, named, strict=True):
        yield from ((name, passage) for name in sorted(names) if counts[name] == 1)


def _figured(text: str) -> Iterator[str]:
    starts = [quantity.span.start for quantity in extract(text)]
    for naming in namings(text):
        if any(0 <= start - naming.end <= _NEAR for start in starts):
            yield naming.indicator


def _about(document: Document) -> str:
    who = document.organisation or document.place
    year = f"{document.year.value}年" if document.year else ""
    return f"{who.value if who else document.title}{year}"
