"""版头 and 版记: what stands above the title and at the foot of the last page (GB/T 9704-2012, 7.2 and 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.export import gbt9704, word_layout
from assistant.export.gbt9704 import Type
from assistant.export.signs import storable
from assistant.export.style import WordStyle
from assistant.export.word_file import Element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_POINTS = 72 / 25.4  # a millimetre
_TWIPS = 20  # a point


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an office puts around its texts; what is empty is left out.

    `mark` is 发文机关标志 (“云溪县科学技术局文件”), `number` 发文字号, `copy` 份号, `secrecy` 密级和保密期限,
    `urgency` 紧急程度, `signer` 签发人 (of texts to a higher body), `copied_to` 抄送, `issuer` and `issued`
    印发机关 and 印发日期. `even_page`: 版记 stands on an even page.
    """

    mark: str = ""
    number: str = ""
    copy: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""
    copied_to: str = ""
    issuer: str = ""
    issued: date | None = None
    even_page: bool = False

    @property
    def has_head(self) -> bool:
        """Whether there is a 版头."""
        return bool(self.mark or self.number or self.copy or self.secrecy or self.urgency)

    @property
    def has_record(self) -> bool:
        """Whether there is a 版记."""
        return bool(self.copied_to or self.issuer or self.issued)


def write_head(document: WordDocument, head: Letterhead, style: WordStyle) -> None:
    """版头, its red line, and the blank lines down to the title."""
    rows = [
        (head.copy, gbt9704.COPY_NUMBER),
        (head.secrecy, gbt9704.SECRECY),
        (head.urgency, gbt9704.SECRECY),
    ]
    rows = [row for row in rows if row[0]] + [("", style.body)] * sum(not text for text, _ in rows)
    for text, kind in rows:
        _line(document, text, kind)
    _mark(document, head.mark, style)
    for _ in range(gbt9704.NUMBER_BLANK_LINES):
        _line(document, "", style.body)
    _number(document, head, style)
    for _ in range(gbt9704.TITLE_BLANK_LINES):
        _line(document, "", style.body)


def _line(document: WordDocument, text: str, kind: Type) -> Paragraph:
    paragraph = document.add_paragraph(style="Normal")
    if text:
        word_layout.style_run(paragraph.add_run(storable(text)), kind)
    return paragraph


def _mark(document: WordDocument, text: str, style: WordStyle) -> None:
    """7.2.4: as large as one line takes; the lines above it end before 35 mm, the rest is space."""
    above = gbt9704.HEAD_LINES * style.pitch
    room = style.width_mm * _POINTS / max(gbt9704.width_characters(text), 1)
    size = min(gbt9704.MARK.size, int(room))
    paragraph = _line(document, text, Type(gbt9704.MARK.font, gbt9704.MARK.fallback, size, spacing=0))
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size)
    form.space_before = Pt(max(0.0, gbt9704.MARK_BELOW_TYPE_AREA_TOP_MM * _POINTS - above))
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(gbt9704.RED)


def _number(document: WordDocument, head: Letterhead, style: WordStyle) -> None:
    """7.2.5 to 7.2.7: 发文字号, 签发人 and the red line. An indent would shorten the line: blanks and a tab instead."""
    paragraph = document.add_paragraph(style="Normal")
    if head.signer:
        places = paragraph.paragraph_format.tab_stops
        edge = style.width_mm - gbt9704.advance_pt(style.body) / _POINTS
        places.add_tab_stop(Mm(edge), alignment=WD_TAB_ALIGNMENT.RIGHT)
        for text, kind in (
            (f"\u3000{head.number}\t签发人：", style.body),
            (head.signer, gbt9704.SIGNER),
        ):
            word_layout.style_run(paragraph.add_run(storable(text)), kind)
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word_layout.style_run(paragraph.add_run(storable(head.number)), style.body)
    space = round(gbt9704.LINE_BELOW_NUMBER_MM * _POINTS)
    _ruled(paragraph, {"bottom": (1.5, space, gbt9704.RED)})


def write_record(document: WordDocument, head: Letterhead, style: WordStyle, *, new_page: bool) -> None:
    """版记, a table that floats at the foot of the type area; `new_page` starts it on the next even page."""
    if new_page:
        document.add_section(WD_SECTION.EVEN_PAGE)
        _low(document)
    rows = [("抄送：", f"{head.copied_to.rstrip('。')}。")] if head.copied_to else []
    issued = gbt9704.date_text(head.issued.year, head.issued.month, head.issued.day) if head.issued else ""
    if head.issuer or issued:
        rows.append((head.issuer, f"\t{issued}印发"))
    table = document.add_table(0, 1)
    _float(table._tbl.tblPr, style)
    for number, (first, rest) in enumerate(rows):
        cell = table.add_row().cells[0]
        _row_lines(cell._tc.get_or_add_tcPr(), above=not number, below=number == len(rows) - 1)
        _record_words(cell.paragraphs[0], first, rest, style)
    _low(document)


def _low(document: WordDocument) -> None:
    """A paragraph as low as can be: a section begins with it, and what floats hangs on it."""
    document.add_paragraph(style="Normal").paragraph_format.line_spacing = Pt(1)


def _float(form: Element, style: WordStyle) -> None:
    """At the lower edge of the type area, as wide as it; text keeps clear of it."""
    width, left = (str(round(length * _POINTS * _TWIPS)) for length in (style.width_mm, style.left))
    for element in list(form):
        form.remove(element)
    for name, attributes in (
        (
            "tblpPr",
            {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": left, "tblpYSpec": "bottom"},
        ),
        ("tblW", {"w": width, "type": "dxa"}),
        ("tblLayout", {"type": "fixed"}),
        ("tblCellMar", {}),
    ):
        form.append(_element(name, attributes))
    for side in ("left", "right"):
        form[-1].append(_element(side, {"w": "0", "type": "dxa"}))
    for column in form.getnext().iter(qn("w:gridCol")):
        column.set(qn("w:w"), width)


def _row_lines(form: Element, *, above: bool, below: bool) -> None:
    """7.4.1: the first and the last line are thick, those between thin."""
    outer, inner = gbt9704.RECORD_LINE_OUTER_MM * _POINTS, gbt9704.RECORD_LINE_INNER_MM * _POINTS
    borders = _element("tcBorders", {})
    for side, thick in (("top", above), ("bottom", below)):
        size = str(round((outer if thick else inner) * 8))
        borders.append(_element(side, {"val": "single", "sz": size, "space": "0", "color": gbt9704.COLOUR}))
    form.append(borders)


def _record_words(paragraph: Paragraph, first: str, rest: str, style: WordStyle) -> None:
    """One character from either side; a second line stands under the first sign behind the colon."""
    kind = gbt9704.RECORD
    properties = paragraph._p.get_or_add_pPr()
    hanging = gbt9704.width_characters(first) if first.endswith("：") else 0.0
    edge = gbt9704.RECORD_INDENT_CHARACTERS
    word_layout.indent(properties, "left", edge + hanging, kind)
    word_layout.indent(properties, "right", edge, kind)
    if hanging:
        word_layout.indent(properties, "hanging", hanging, kind)
    form = paragraph.paragraph_format
    place = style.width_mm - gbt9704.advance_pt(kind) * edge / _POINTS
    form.tab_stops.add_tab_stop(Mm(place), alignment=WD_TAB_ALIGNMENT.RIGHT)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(kind.size * 1.6)
    word_layout.style_run(paragraph.add_run(storable(first + rest)), kind)


def _element(name: str, attributes: dict[str, str]) -> Element:
    found = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        found.set(qn(f"w:{key}"), value)
    return found


def _ruled(paragraph: Paragraph, lines: dict[str, tuple[float, int, str]]) -> None:
    """Lines above or below a paragraph: width in points, distance in points, colour."""
    borders = OxmlElement("w:pBdr")
    for side, (width, space, colour) in lines.items():
        size = str(round(width * 8))
        borders.append(_element(side, {"val": "single", "sz": size, "space": str(space), "color": colour}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:autoSpaceDE", "w:autoSpaceDN", "w:spacing", "w:ind", "w:jc"
    )
