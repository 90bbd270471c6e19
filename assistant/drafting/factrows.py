"""Rows of a facts file: headings and bullets with their places, from lines or from a Document's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml

from assistant.drafting.facttables import TableReader
from assistant.drafting.rows import LEVELS, Head, Rows, slot
from assistant.drafting.tablecells import Grid, figure_of
from assistant.drafting.tableheads import plain_caption, unit_line
from assistant.records import Block, Cell, Document

_BULLET = re.compile(
    r"^\s*(?:[-*+•·●▪]\s+|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*[、.．]?\s*"
    r"|\d{1,3}(?:[、．)）]\s*|\.(?:\s+|(?![\dxX])|(?=20\d\d年)))|[（(]?[a-z][.)）、]\s*(?=[一-龥\d]))"
)
_SPOKEN = ("是", "要", "则")
_DASH = re.compile(r"^\s*[-*+•·●▪]\s")
_KEYS = {
    "title": "title", "标题": "title", "题目": "title",
    "organisation": "organisation", "organization": "organisation", "单位": "organisation", "机构": "organisation",
    "year": "year", "年份": "year", "年度": "year",
    "genre": "genre", "文种": "genre", "place": "place", "地区": "place",
}  # fmt: skip
_COLUMNS = {
    "section": ("章节", "一级标题", "板块", "section"),
    "subsection": ("小节", "二级标题", "subsection"),
    "point": ("要点", "事实", "内容", "fact"),
    "indicator": ("指标", "指标名称", "indicator"),
    "value": ("数值", "完成情况", "值", "value"),
    "unit": ("单位", "计量单位", "unit"),
    "note": ("备注说明", "补充", "note"),
}
_MOST_LENGTH = 600


def line_rows(text: str) -> Rows:
    """Rows of Markdown or plain text: front matter, `#` or 一、/（一） headings, bullets or plain lines."""
    rows = Rows()
    body_start = _front_matter(text, rows.meta)
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        start, offset = offset, offset + len(line)
        content = line.strip()
        if start < body_start or not content or content.startswith(("<!--", "---")):
            continue
        head = _heading(content, f"第{number}行")
        if head and head.level == 0:
            rows.meta.setdefault("title", head.text)
        elif head:
            rows.body.append(head)
        elif not _meta_line(content, rows):
            bullet = _BULLET.match(line)
            at = bullet.end() if bullet else 0
            second = _BULLET.match(line[at:]) if _DASH.match(line) else None  # “- 1.新增3家”
            at += second.end() if second else 0
            rows.add(
                line[at:].replace("**", "").rstrip("\r\n"),
                f"第{number}行",
                start + at if "**" not in line else None,
            )
    return rows


def document_rows(documents: Sequence[Document]) -> Rows:
    """Rows of loaded Documents in their order: tables by their column names, headings, list items, paragraphs.

    What stands outside the tables of a sheet explains them; it is read only where they hold no fact.
    """
    rows = Rows()
    for document in documents:
        before = len(rows.body)
        unit = caption = ""
        for block in document.blocks:
            text = block.span.of(document.text)
            if block.kind == "table":
                _table(document, block, rows, unit, caption)
                unit = caption = ""
            elif unit_line(text):
                unit, caption = unit_line(text), plain_caption(text) or caption
            else:
                caption = plain_caption(text)
                if not block.place:
                    _prose(document, block, rows)
        if len(rows.body) == before:
            for block in document.blocks:
                _prose(document, block, rows)
        rows.meta.setdefault("title", document.title)
        for key, reading in (("organisation", document.organisation), ("year", document.year)):
            if reading:
                rows.meta.setdefault(key, reading.value)
    return rows


def _front_matter(text: str, meta: dict[str, str]) -> int:
    """Reads YAML front matter into `meta`; where the body begins."""
    found = re.match(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", text, re.S)
    if not found:
        return 0
    try:
        values = yaml.safe_load(found[1])
    except yaml.YAMLError:
        values = None
    if isinstance(values, dict):
        meta.update({_KEYS[str(key)]: str(value) for key, value in values.items() if str(key) in _KEYS})
    return found.end()


def _heading(line: str, place: str) -> Head | None:
    """A `#` heading or a short line with an enumerator; level 0 is the title."""
    marks = re.match(r"^(#{1,6})\s+(.+)$", line)
    text = marks[2].strip().strip("*").strip() if marks else line
    for pattern, level in LEVELS:
        if pattern.match(text) and (marks or (len(text) <= 40 and not re.search(r"[。；]$|\d", text[4:]))):
            return Head(text, level, place)
    if marks:
        title = len(marks[1]) == 1 and re.search(r"20\d\d年.*(?:总结|计划|报告|要点)$", text)
        return Head(text, 0 if title else len(marks[1]), place)
    return None


def _meta_line(line: str, rows: Rows) -> bool:
    """Reads “标题：…” above the first heading or bullet."""
    found = re.match(r"^([^\s：:]{2,12})\s*[：:]\s*(.+)$", line)
    if not found or found[1] not in _KEYS or rows.body:
        return False
    rows.meta[_KEYS[found[1]]] = found[2].strip()
    return True


def _prose(document: Document, block: Block, rows: Rows) -> None:
    text = block.span.of(document.text).strip()
    place = f"第{block.paragraph}段" if block.paragraph and not block.place else block.place
    if block.kind == "title":
        rows.meta.setdefault("title", text)
    elif block.kind == "heading" and not (block.enumerator and len(text) > _MOST_LENGTH):
        rows.body.append(Head(_with_enumerator(block, text), block.level or 1, place))
    elif block.kind in ("paragraph", "list_item") and not _meta_line(text, rows):
        if not block.enumerator.endswith(_SPOKEN):
            text = text.removeprefix(block.enumerator)
        for line in text.splitlines():
            rows.add(_BULLET.sub("", line), place, recognised=block.confidence is not None)


def _with_enumerator(block: Block, text: str) -> str:
    """Word's automatic number is not in the text: put it back in front."""
    return text if text.startswith(block.enumerator) else block.enumerator + text


def _table(document: Document, block: Block, rows: Rows, unit: str, caption: str) -> None:
    """A table of points by its column names, any other by what its figures mean."""
    lines = list(_lines(block.cells))
    heads = [_columns({cell.column: cell.span.of(document.text).strip() for cell in line}) for line in lines]
    if any("point" in columns for columns in heads):
        _points(document, block, rows)
    else:
        _figures(document, block, rows, unit, caption)


def _figures(document: Document, block: Block, rows: Rows, unit: str, caption: str) -> None:
    """The facts of a table of figures, each under the headings that its row names."""
    grid = Grid(document, block)
    first = 0
    while first < grid.rows and _is_pair(grid, first):
        _pairs(dict(enumerate(grid.row(first))), rows)
        first += 1
    if first == grid.rows:
        return
    told = (rows.meta.get("year", ""), document.title, document.source.name, str(document.reported_year))
    years = (found for text in told if (found := re.search(r"(?:19|20)\d\d", text)))
    year = next((int(found.group()) for found in years), None)
    reader = TableReader(Grid(document, block, first), unit, year, caption)
    for fact in reader.facts():
        at = slot(rows, fact.section, fact.subsection)
        fresh = Rows()
        fresh.add(fact.text, fact.place, recognised=block.confidence is not None)
        rows.body[at:at] = fresh.body
    rows.notes += dict.fromkeys(reader.notes)


def _is_pair(grid: Grid, row: int) -> bool:
    """Whether a row gives metadata (单位, 云溪县科学技术局), and is no head over figures (单位, 企业数)."""
    filled = [column for column, text in enumerate(grid.row(row)) if text]
    if len(filled) != 2 or grid.text(row, filled[0]).rstrip("：:") not in _KEYS:
        return False
    if row + 1 == grid.rows:
        return row > 0 and _is_pair(grid, row - 1)
    below = figure_of(grid.text(row + 1, filled[1]))
    return below is None or grid.text(row + 1, filled[0]).rstrip("：:") in _KEYS


def _points(document: Document, block: Block, rows: Rows) -> None:
    columns: dict[str, int] = {}
    section = subsection = ""
    for line in _lines(block.cells):
        values = {cell.column: cell.span.of(document.text).strip() for cell in line}
        if not columns:
            columns = _columns(values)
            _pairs(values, rows)
            continue
        named = {key: values.get(column, "") for key, column in columns.items()}
        if named.get("section") and named["section"] != section:
            section, subsection = named["section"], ""
        subsection = named.get("subsection") or subsection
        at = slot(rows, section, subsection)
        fresh = Rows()
        fresh.add(
            _fact_text(named),
            _place(
                block, line, columns["value" if not named.get("point") and "value" in columns else "point"]
            ),
        )
        rows.body[at:at] = fresh.body


def _lines(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """The cells row by row, top to bottom."""
    lines: dict[int, list[Cell]] = {}
    for cell in cells:
        lines.setdefault(cell.row, []).append(cell)
    for row in sorted(lines):
        yield lines[row]


def _columns(values: dict[int, str]) -> dict[str, int]:
    """Which column is what; empty unless the row is a header with a fact column."""
    found = {
        key: column
        for column, value in sorted(values.items(), reverse=True)
        for key, names in _COLUMNS.items()
        if value.replace(" ", "") in names
    }
    return found if "point" in found or {"indicator", "value"} <= set(found) else {}


def _pairs(values: dict[int, str], rows: Rows) -> None:
    """Metadata above the header: a name in one cell, its value in the next."""
    for column, value in values.items():
        key = _KEYS.get(value.rstrip("：:"))
        if key and values.get(column + 1):
            rows.meta.setdefault(key, values[column + 1])


def _fact_text(named: dict[str, str]) -> str:
    """A row's fact: its point, or indicator, value and unit joined as they stand."""
    if named.get("point"):
        return _BULLET.sub("", named["point"])
    if not (named.get("indicator") and named.get("value")):
        return ""
    value, unit = named["value"], named.get("unit", "")
    if unit in ("%", "％") and re.fullmatch(r"0\.\d+", value) is None and value.endswith(("%", "％")):
        unit = ""
    joined = _BULLET.sub("", named["indicator"]) + value + ("" if value.endswith(unit) else unit)
    return f"{joined}，{named['note']}" if named.get("note") else joined


def _place(block: Block, line: Sequence[Cell], column: int) -> str:
    """“要点!E8”, the cell that holds the fact's point or value; in a Word table its paragraph and row."""
    own = next((cell for cell in line if cell.column == column), line[0])
    table = f"第{block.paragraph}段表格" if block.paragraph else ""
    return own.place or f"{table}第{own.row + 1}行"
