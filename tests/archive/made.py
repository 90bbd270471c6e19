"""Documents made for these tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from assistant.llm import HashingEmbeddings
from assistant.records import Block, Document, Genre, Reading, SourceFile, Span

Line = tuple[str, int, str]  # kind, level, text


def document(
    title: str,
    lines: Sequence[str | Line],
    *,
    year: int | None = None,
    place: str = "",
    organisation: str = "",
    genre: Genre = "annual-summary",
    **fields: Any,
) -> Document:
    """A Document of one block a line; a plain line is a paragraph."""
    rows = [line if isinstance(line, tuple) else ("paragraph", 0, line) for line in lines]
    text = "\n".join(row[2] for row in rows)
    return Document(
        id=hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()[:24],
        text=text,
        title=title,
        blocks=tuple(_blocks(rows)),
        source=SourceFile(f"{title}.txt", "text", "", len(text)),
        genre=genre,
        year=Reading(str(year), "title") if year else None,
        years=(year, year + 1) if year else (),
        place=Reading(place, "title") if place else None,
        organisation=Reading(organisation, "title") if organisation else None,
        **fields,
    )


def _blocks(rows: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    start = 0
    for number, (kind, level, text) in enumerate(rows, start=1):
        if kind == "heading":
            path = [step for step in path if step[0] < level]
        blocks.append(
            Block(
                kind=kind,  # type: ignore[arg-type]
                span=Span(start, start + len(text)),
                level=level,
                heading_path=tuple(step[1] for step in path),
                paragraph=number,
            )
        )
        if kind == "heading":
            path.append((level, text))
        start += len(text) + 1
    return blocks


def report(place: str, year: int, firms: int) -> Document:
    """A short yearly report in which nearly everything but place, year and figures is the same."""
    return document(
        f"{place}科学技术局{year}年工作总结",
        [
            ("heading", 1, "一、工作开展情况"),
            f"新认定高新技术企业{firms}家，技术合同登记额{firms * 2}亿元。",
            ("heading", 1, "二、存在问题"),
            "创新平台数量偏少，人才引进渠道还不够宽。",
        ],
        year=year,
        place=place,
        organisation=f"{place}科学技术局",
    )


class CountingEmbeddings(Embeddings):
    """Hashing embeddings that count the texts they were given."""

    def __init__(self, dimension: int = 64, name: str = "counting") -> None:
        self._inner = HashingEmbeddings(dimension)
        self.name = name
        self.texts = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += len(texts)
        return self._inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._inner.embed_query(text)
