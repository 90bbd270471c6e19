"""Web pages: headings, paragraphs, list items and tables in reading order; hidden text and scripts are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.loaders.encoding import decode
from assistant.loaders.lines import Line, SourceText, table_line
from assistant.loaders.plain import clean, plain_lines

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "canvas",
        "object",
        "head",
        "nav",
        "aside",
        "footer",
        "button",
        "select",
        "textarea",
        "input",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "hr",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "form",
        "center",
        "body",
        "html",
        "address",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_SITE = re.compile(r"\s*[-_|—–]\s*[^-_|—–]{1,30}$")
_LONGEST_CELL = 400


def read_html(data: bytes, name: str) -> SourceText:
    """The lines of a web page.

    Raises:
        FileUnreadable: the bytes are not text.
    """
    tree = LexborHTMLParser(_text(data, name))
    lines: list[Line] = []
    hidden = _walk(tree.root, lines) if tree.root is not None else 0
    title = tree.css_first("title")
    notes = (f"隐藏文字 {hidden} 处未读入",) if hidden else ()
    shown = clean(title.text()) if title is not None else ""
    return SourceText(tuple(lines), title=_title(shown, lines), web=True, notes=notes)


def _text(data: bytes, name: str) -> str:
    """Decoded by what the page declares when that works, otherwise as any text."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        codec = declared[1].decode("ascii").lower()
        codec = "gb18030" if codec in ("gb2312", "gbk", "gb_2312-80") else codec
        try:
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, name)


def _title(shown: str, lines: list[Line]) -> str:
    """The page title without the site's name: the part that also stands in the page, else without its last part."""
    texts = {line.text for line in lines[:40]}
    while shown and shown not in texts and _SITE.search(shown):
        shown = _SITE.sub("", shown)
    return shown


def _walk(root: LexborNode, lines: list[Line]) -> int:
    """Append the lines under `root`; returns how many hidden elements were passed over."""
    buffer: list[str] = []
    kinds: list[tuple[str, int]] = [("", 0)]
    hidden = 0
    for node, tag, step in _steps(root):
        if tag == "-text":
            buffer.append(re.sub(r"\s+", " ", node.text_content or ""))
            continue
        if step == "hidden":
            hidden += bool(node.text(strip=True))
        if tag not in _BLOCKS:
            continue
        _flush(buffer, lines, *kinds[-1])
        if step == "table":
            lines.append(_table(node, len(lines) + 1))
        elif tag in _HEADINGS or tag == "li":
            if step == "enter":
                kinds.append(("heading", _HEADINGS[tag]) if tag in _HEADINGS else ("list_item", 0))
            elif step == "leave" and len(kinds) > 1:
                kinds.pop()
    _flush(buffer, lines, *kinds[-1])
    return hidden


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, str, str]]:
    """Nodes with their tag on "enter" and "leave", without recursion.

    A "hidden" element and a "table" of data come once and are not entered; what is skipped does not come.
    """
    stack: list[tuple[LexborNode, str, bool]] = [(root, root.tag or "", True)]
    while stack:
        node, tag, entering = stack.pop()
        if not entering:
            yield node, tag, "leave"
        elif tag == "-text":
            yield node, tag, "enter"
        elif tag not in _SKIPPED:
            step = "hidden" if _is_hidden(node) else "table" if tag == "table" and _is_data(node) else "enter"
            yield node, tag, step
            if step == "enter":
                stack.append((node, tag, False))
                stack.extend(reversed(list(_children(node))))


def _children(node: LexborNode) -> Iterator[tuple[LexborNode, str, bool]]:
    child = node.child
    while child is not None:
        yield child, child.tag or "", True
        child = child.next


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def _flush(buffer: list[str], lines: list[Line], kind: str, level: int) -> None:
    """One line from what was gathered; several where line separators stand in it."""
    text = "".join(buffer)
    buffer.clear()
    for line in plain_lines(text):
        shown: str | None = kind or line.kind
        lines.append(Line(line.text, shown, level, len(lines) + 1))  # type: ignore[arg-type]


def _is_data(table: LexborNode) -> bool:
    """A table of data: at least two rows of two short cells; other tables only lay out the page."""
    if table.css_first("td table, th table") is not None:
        return False
    rows = [row.css("td, th") for row in table.css("tr")]
    if sum(len(row) > 1 for row in rows) < 2:
        return False
    return all(len(cell.text() or "") <= _LONGEST_CELL for row in rows for cell in row)


def _table(table: LexborNode, paragraph: int) -> Line:
    """A data table with its merged cells at their columns."""
    taken: set[tuple[int, int]] = set()
    grid: list[list[tuple[int, int, int, int, str, str]]] = []
    for row_index, row in enumerate(table.css("tr")):
        grid.append([])
        column = 0
        for cell in row.css("td, th"):
            while (row_index, column) in taken:
                column += 1
            width, height = _extent(cell, "colspan"), _extent(cell, "rowspan")
            taken.update(
                (row_index + down, column + right) for down in range(height) for right in range(width)
            )
            grid[-1].append(
                (row_index, column, height, width, clean(" ".join((cell.text() or "").split())), "")
            )
            column += width
    line = table_line(grid)
    return Line(line.text, "table", 0, paragraph, cells=line.cells)


def _extent(cell: LexborNode, attribute: str) -> int:
    value = (cell.attributes.get(attribute) or "1").strip()
    return min(int(value), 100) if value.isdecimal() and int(value) else 1
