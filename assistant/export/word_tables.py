"""Tables in a Word file: ruled, as wide as the type area, rows that grow with their text and are not torn apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from assistant.export import gbt9704, word_layout
from assistant.export.signs import storable
from assistant.export.word_file import Element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TableCell = tuple[int, int, int, int, str]  # row, column, row span, column span, text
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def rows_of_text(lines: Sequence[str]) -> list[TableCell]:
    """The cells of table lines, as the loaders write them (`指标 | 数量`) or as Markdown does.

    >>> rows_of_text(["| 指标 | 数量 |", "| --- | --- |", "| 专利 | 40件 |"])
    [(0, 0, 1, 1, '指标'), (0, 1, 1, 1, '数量'), (1, 0, 1, 1, '专利'), (1, 1, 1, 1, '40件')]
    """
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(cell and not cell.strip("-:") for cell in row)]
    return [
        (number, column, 1, 1, text) for number, row in enumerate(rows) for column, text in enumerate(row)
    ]


def is_table_line(line: str) -> bool:
    """Whether a line of text is a row of a table."""
    return " | " in line or (line.startswith("|") and line.endswith("|") and len(line) > 2)


def add_table(document: WordDocument, cells: Sequence[TableCell]) -> None:
    """A table of `cells`; merged ones are merged, the first row is the head and comes again on each page."""
    rows = max(row + height for row, _, height, _, _ in cells)
    columns = max(column + width for _, column, _, width, _ in cells)
    table = document.add_table(0, columns)
    _ruled(table._tbl.tblPr)
    table.autofit = True
    starts = {(row, column): (height, width, text) for row, column, height, width, text in cells}
    above: dict[
        int, tuple[int, int]
    ] = {}  # column: how many rows of a merged cell are still to come, its width
    for row in range(rows):
        element = OxmlElement("w:tr")
        element.append(_row_form(head=row == 0))
        _row(element, document, starts, above, (row, columns))
        table._tbl.append(element)


def _row(
    element: Element,
    document: WordDocument,
    starts: dict[tuple[int, int], tuple[int, int, str]],
    above: dict[int, tuple[int, int]],
    place: tuple[int, int],
) -> None:
    row, columns = place
    column = 0
    while column < columns:
        left, width = above.pop(column, (0, 1))
        height, width, text = (left, width, "") if left else starts.get((row, column), (1, 1, ""))
        cell = _cell(width, "continue" if left else "restart" if height > 1 else "")
        element.append(cell)
        paragraph = Paragraph(cell.p_lst[0], document)
        paragraph.style = document.styles[word_layout.TABLE_STYLE]
        kind = gbt9704.TABLE if row else gbt9704.TABLE_HEAD
        word_layout.style_run(paragraph.add_run(storable(text)), kind)
        if height > 1:
            above[column] = (height - 1, width)
        column += max(width, 1)


def _cell(width: int, merge: str) -> Element:
    cell = OxmlElement("w:tc")
    form = OxmlElement("w:tcPr")
    if width > 1:
        form.append(_valued("w:gridSpan", str(width)))
    if merge:
        form.append(_valued("w:vMerge", merge))
    form.append(_valued("w:vAlign", "center"))
    cell.append(form)
    cell.append(OxmlElement("w:p"))
    return cell


def _row_form(*, head: bool) -> Element:
    form = OxmlElement("w:trPr")
    form.append(OxmlElement("w:cantSplit"))
    if head:
        form.append(OxmlElement("w:tblHeader"))
    return form


def _ruled(form: Element) -> None:
    """Single lines, the whole width of the type area, centred."""
    for name in ("w:tblStyle", "w:tblW", "w:tblLook"):
        for element in form.findall(qn(name)):
            form.remove(element)
    width = OxmlElement("w:tblW")
    width.set(qn("w:w"), "5000")
    width.set(qn("w:type"), "pct")
    borders = OxmlElement("w:tblBorders")
    for side in _BORDERS:
        border = _valued(f"w:{side}", "single")
        border.set(qn("w:sz"), "4")
        border.set(qn("w:space"), "0")
        border.set(qn("w:color"), gbt9704.COLOUR)
        borders.append(border)
    for element in (borders, _valued("w:jc", "center"), width):
        form.insert(0, element)


def _valued(name: str, value: str) -> Element:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
