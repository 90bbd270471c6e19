"""Markdown: headings, lists, tables and quotes; inline marks are removed, masks such as *** stay."""

from __future__ import annotations

import re
from itertools import groupby

from assistant.loaders.encoding import decode
from assistant.loaders.lines import Line, SourceText, table_line
from assistant.loaders.plain import clean, front_matter

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_HEADING_LINE = re.compile(r"^#{1,6} +\S", re.M)
_ITEM = re.compile(r"^[-*+]\s+(?=\S)")
_RULE = re.compile(r"^(?:[-*_]\s*){3,}$")
_TABLE_ROW = re.compile(r"^\|.*\|$")
_TABLE_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")
_FENCE = re.compile(r"^(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INLINE = (  # every repetition is bounded: a line of a hundred thousand brackets must stay cheap
    (re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)"), r"\1"),
    (re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?:|mailto:|#|/)[^()\n]{0,500}\)"), r"\1"),
    # Three stars are a mask in the texts read here, never bold italics.
    (re.compile(r"(?<![*\\])\*\*(?!\*)([^*\n]{1,500}?)(?<!\\)\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![*\\A-Za-z0-9])\*(?![*\s])([^*\n]{1,500}?)(?<![\s\\])\*(?![*A-Za-z])"), r"\1"),
    (re.compile(r"(?<!_)__(?!_)([^_\n]{1,500}?)__(?!_)"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\*_#|\[\]()`>.-])"), r"\1"),
)


def read_markdown(data: bytes, name: str) -> SourceText:
    """The lines of a Markdown file.

    Raises:
        FileUnreadable: the bytes are not text.
    """
    return markdown_lines(decode(data, name))


def looks_like_markdown(text: str) -> bool:
    """Whether a plain text carries Markdown headings (`## 第一章`)."""
    return _HEADING_LINE.search(text) is not None


def markdown_lines(text: str) -> SourceText:
    """The lines of Markdown text; consecutive lines of one paragraph stay apart, as offices write them."""
    given, body, notes = front_matter(text)
    body = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)
    lines: list[Line] = []
    for is_table, group in groupby(plain_rows(body), key=lambda line: bool(_TABLE_ROW.match(line.text))):
        members = list(group)
        lines.extend([_table(members)] if is_table else filter(None, map(_line, members)))
    return SourceText(tuple(lines), given, notes=notes)


def plain_rows(text: str) -> list[Line]:
    """Lines with their gaps, bullets still in place."""
    return [
        Line(clean(raw), paragraph=number)
        for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), 1)
        if clean(raw) and not _FENCE.match(clean(raw))
    ]


def _line(line: Line) -> Line | None:
    if _RULE.match(line.text) and not re.match(r"^\*{3}\S", line.text):
        return None
    text = line.text.lstrip("> ").strip() if line.text.startswith(">") else line.text
    heading = _HEADING.match(text)
    if heading:
        return Line(inline(heading[2]), "heading", len(heading[1]), line.paragraph)
    item = _ITEM.match(text)
    if item:
        return Line(inline(text[item.end() :]), "list_item", 0, line.paragraph)
    shown = inline(text)
    return Line(shown, None, 0, line.paragraph) if shown else None


def inline(text: str) -> str:
    """Text without emphasis, links, images and escapes."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text.strip()


def _table(rows: list[Line]) -> Line:
    cells = [
        [inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", row.text[1:-1])]
        for row in rows
        if not _TABLE_RULE.match(row.text)
    ]
    grid = [[(r, c, 1, 1, cell, "") for c, cell in enumerate(row)] for r, row in enumerate(cells)]
    line = table_line(grid)
    return Line(line.text, "table", 0, rows[0].paragraph, cells=line.cells)
