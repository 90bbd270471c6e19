"""Page, styles, page numbers and properties of a Word document after GB/T 9704-2012.

python-docx's own template brings an American page, blue bold headings and somebody's properties; all
that shows is replaced here. Fonts are set by name in each run and each style, as text in every script,
and the font table names what stands in where a font is missing.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.export import gbt9704
from assistant.export.style import STANDARD, WordStyle

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

BODY_STYLE = "Body Text"
TABLE_STYLE = "Table Text"
_TWIPS = 20  # a point
_FONTS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def prepare(document: WordDocument, style: WordStyle = STANDARD) -> None:
    """Set up an empty document: page, styles, page numbers, font table."""
    _page(document, style)
    _defaults(document)
    _style(document.styles["Normal"], style.body, style.pitch)
    _style(document.styles[BODY_STYLE], style.body, style.pitch, indented=True)
    _style(document.styles["Title"], style.title, style.pitch)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, kind in enumerate(style.headings, start=1):
        _heading(document.styles[f"Heading {level}"], kind, level, style.pitch)
    _table_style(document)
    _footers(document, style)
    _font_table(document, style)


def describe(document: WordDocument, *, title: str, author: str) -> None:
    """The document's own properties; nothing of the template's, no thumbnail."""
    properties = document.core_properties
    now = datetime.now(timezone.utc).replace(microsecond=0, tzinfo=None)
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments, properties.keywords, properties.subject = "", "", ""
    properties.created, properties.modified = now, now
    properties.revision, properties.language = 1, "zh-CN"
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def style_run(run: Run, kind: gbt9704.Type, *, highlighted: bool = False) -> None:
    """Font, size and grid spacing of one run; `highlighted` marks what the writer has to fill."""
    _character(run._element.get_or_add_rPr(), run.font, kind)
    if highlighted:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def align_right(paragraph: Paragraph, characters: float, kind: gbt9704.Type = gbt9704.BODY) -> None:
    """To the right margin, less `characters` of `kind`."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    indent(paragraph._p.get_or_add_pPr(), "right", characters, kind)


def _page(document: WordDocument, style: WordStyle) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(gbt9704.PAGE_WIDTH_MM), Mm(gbt9704.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(style.top), Mm(style.bottom)
    section.left_margin, section.right_margin = Mm(style.left), Mm(style.right)
    section.header_distance = Mm(style.top / 2)
    section.footer_distance = Mm(style.footer_mm)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def _defaults(document: WordDocument) -> None:
    """Chinese as the language of East Asian text, no preview picture, odd and even pages apart."""
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    for name in ("w:savePreviewPicture", "w:rsids"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    for element in settings.iter(qn("w:themeFontLang")):
        element.set(qn("w:eastAsia"), "zh-CN")
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:eastAsia"), "zh-CN")
    for name, signs in (
        ("w:noLineBreaksBefore", gbt9704.NOT_AT_START),
        ("w:noLineBreaksAfter", gbt9704.NOT_AT_END),
    ):
        rule = OxmlElement(name)
        rule.set(qn("w:lang"), "zh-CN")
        rule.set(qn("w:val"), signs)
        settings.find(qn("w:characterSpacingControl")).addnext(rule)


def _style(style: ParagraphStyle, kind: gbt9704.Type, pitch: float, *, indented: bool = False) -> None:
    """A style from nothing: what the template set is dropped first."""
    for name in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(name)):
            style.element.remove(element)
    _character(style.element.get_or_add_rPr(), style.font, kind)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    spacing.space_before, spacing.space_after = Pt(0), Pt(0)
    spacing.widow_control = False
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # full-width text keeps its grid beside digits
        _switch_off(properties, name)
    if indented:
        spacing.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(properties, "firstLine", gbt9704.FIRST_LINE_CHARACTERS, kind)


def _table_style(document: WordDocument) -> None:
    """Rows that grow with their text, whatever the pitch of the page is; centred, not indented."""
    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    _style(style, gbt9704.TABLE, gbt9704.LINE_PITCH_PT)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.alignment = WD_LINE_SPACING.SINGLE, WD_ALIGN_PARAGRAPH.CENTER
    spacing.space_before = spacing.space_after = Pt(2)


def _heading(style: ParagraphStyle, kind: gbt9704.Type, level: int, pitch: float) -> None:
    _style(style, kind, pitch, indented=True)
    style.paragraph_format.keep_with_next = True
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    style.element.get_or_add_pPr().append(outline)


def _character(properties: Any, font: Any, kind: gbt9704.Type) -> None:  # noqa: ANN401 - python-docx has no types
    font.name = kind.latin or kind.font
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), kind.font)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), kind.latin or kind.font)
    fonts.set(qn("w:hint"), "eastAsia")
    font.size, font.bold, font.italic = Pt(kind.size), kind.bold, False
    font.color.rgb = RGBColor.from_string(gbt9704.COLOUR)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(kind.spacing * _TWIPS)))
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang"
    )


def _switch_off(properties: Any, name: str) -> None:  # noqa: ANN401 - python-docx has no types
    switch = OxmlElement(name)
    switch.set(qn("w:val"), "0")
    properties.insert_element_before(
        switch, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def indent(properties: Any, side: str, characters: float, kind: gbt9704.Type = gbt9704.BODY) -> None:  # noqa: ANN401 - python-docx has no types
    """In hundredths of a character for Word, and in twips for programs that read only these.

    `side` is `firstLine`, `hanging`, `left` or `right`.
    """
    element = properties.get_or_add_ind()
    element.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    element.set(qn(f"w:{side}"), str(round(characters * gbt9704.advance_pt(kind) * _TWIPS)))


def _footers(document: WordDocument, style: WordStyle) -> None:
    """7.5: odd pages right, even pages left, one character in."""
    section, kind = document.sections[0], style.page_number
    distance = gbt9704.PAGE_NUMBER_INDENT_CHARACTERS * kind.size
    _style(document.styles["Footer"], kind, kind.size)
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        form = paragraph.paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        form.right_indent, form.left_indent = Pt(distance if right else 0), Pt(0 if right else distance)
        _page_number(paragraph, kind)


def _page_number(paragraph: Paragraph, type_: gbt9704.Type) -> None:
    """— 1 —, the number as a field that the word processor fills."""
    style_run(paragraph.add_run(f"{gbt9704.PAGE_NUMBER_DASH} "), type_)
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(instruction if kind == "text" else "")
        style_run(run, type_)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._element.append(code)
    style_run(paragraph.add_run(f" {gbt9704.PAGE_NUMBER_DASH}"), type_)


def _font_table(document: WordDocument, style: WordStyle) -> None:
    """Each font with the one that stands in for it; nothing is embedded."""
    kinds = {kind.font: kind for kind in style.types}
    fonts = "".join(
        f"<w:font w:name={quoteattr(kind.font)}><w:altName w:val={quoteattr(kind.fallback)}/>"
        f'<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for kind in kinds.values()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part._blob = f'{declaration}\n<w:fonts xmlns:w="{_FONTS}">{fonts}</w:fonts>'.encode()
