"""Documents, their blocks, and the passages and citations cut from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.span import Span

Genre = Literal[
    "annual-summary",  # 年度工作总结和工作计划
    "government-report",  # 政府工作报告
    "policy",  # 通知、意见、办法、条例、规划
    "statistics",  # 统计表、统计公报
    "facts",  # a writer's facts file
    "other",
]
BlockKind = Literal["title", "heading", "paragraph", "list_item", "table", "metadata", "footnote"]
Origin = Literal["given", "front_matter", "title", "body", "file_name"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of metadata with where it was read; `span` is `None` when it does not stand in the text."""

    value: str
    origin: Origin
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; rows and columns count from 0, spans of merged cells from 1; `place` is `表1!B3`."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table of a Document, in text order.

    `level`: 0 body, 1 `一、`, 2 `（一）`, 3 `1.`, 4 `（1）`; a title has level 0 and kind "title".
    `run_in`: the heading sentence inside a paragraph (“（一）聚焦创新要素。开展……”), else `None`.
    `enumerator`: the number as written or as Word numbers it automatically (“（一）”, “一是”, “1.”).
    `paragraph` counts from 1 in the source file; `page` from 1 where the format has pages;
    `place` is a sheet and cell range or another readable locator. `confidence` (0 to 1) stands where the text
    was recognised in an image: its digits may be misread. `None`: the text was stored as text.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    enumerator: str = ""
    run_in: Span | None = None
    heading_path: tuple[str, ...] = ()
    paragraph: int | None = None
    page: int | None = None
    place: str = ""
    cells: tuple[Cell, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """An evasive spelling (d建) and what it stands for (党建); the original text is kept."""

    span: Span
    written: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What a person gave: name without folder, format (a loader's name), sha256 of the bytes, size in bytes."""

    name: str
    format: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one report, policy or table, with its structure.

    `id` is derived from the content (sha256 of text and title), so loading twice gives the same id.
    `year` is the year of the title or, without one, the year reported on; `reviewed_year` is the year whose
    results are told. `years` are all years covered, plan included. Offsets everywhere are code points of `text`.
    """

    id: str
    text: str
    title: str
    blocks: tuple[Block, ...]
    source: SourceFile
    genre: Genre = "other"
    organisation: Reading | None = None
    place: Reading | None = None
    year: Reading | None = None
    years: tuple[int, ...] = ()
    number: Reading | None = None  # 发文字号
    masks: tuple[Span, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    notes: tuple[str, ...] = ()  # what was dropped or could not be read, in Chinese

    @property
    def reported_year(self) -> int | None:
        """`year` as a number."""
        return int(self.year.value) if self.year else None

    @property
    def reviewed_year(self) -> int | None:
        """The year whose results are told: a government report of 2025 looks back on 2024."""
        return reviewed(self.reported_year, self.genre)


def reviewed(year: int | None, genre: Genre) -> int | None:
    """The year whose results a document of this genre tells, `year` being that of its title."""
    return year - 1 if year is not None and genre == "government-report" else year


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable span of a Document; `text == document.text[span]`."""

    id: str
    document_id: str
    span: Span
    text: str
    title: str
    heading_path: tuple[str, ...] = ()
    genre: Genre = "other"
    organisation: str = ""
    place: str = ""
    year: int | None = None
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage and the quoted span in it; `span` counts in the Document's text."""

    passage_id: str
    document_id: str
    title: str
    quote: str
    span: Span | None
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    paragraph: int | None = None
