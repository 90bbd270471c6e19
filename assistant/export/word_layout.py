"""Page, styles, page numbers and properties of a Word document after GB/T 9704-2012.

python-docx's own template brings an American page, blue bold headings and somebody's properties; all
that shows is replaced here. Fonts are set by name in each run and each style, as text in every script,
and the font table names what stands in where a font is missing.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.export import gbt9704

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

BODY_STYLE = "Body Text"
_TWIPS = 20  # a point
_FONTS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def prepare(document: WordDocument) -> None:
    """Set up an empty document: page, styles, page numbers, font table."""
    _page(document)
    _defaults(document)
    _style(document.styles["Normal"], gbt9704.BODY)
    _style(document.styles[BODY_STYLE], gbt9704.BODY, indented=True)
    _style(document.styles["Title"], gbt9704.TITLE)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, kind in enumerate(gbt9704.HEADINGS, start=1):
        _heading(document.styles[f"Heading {level}"], kind, level)
    _footers(document)
    _font_table(document)


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


def align_right(paragraph: Paragraph, characters: float) -> None:
    """To the right margin, less `characters` of body text."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _indent(paragraph._p.get_or_add_pPr(), "right", characters)


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(gbt9704.PAGE_WIDTH_MM), Mm(gbt9704.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(gbt9704.TOP_MM), Mm(gbt9704.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(gbt9704.LEFT_MM), Mm(gbt9704.RIGHT_MM)
    section.header_distance = Mm(gbt9704.TOP_MM / 2)
    section.footer_distance = Mm(gbt9704.footer_distance_mm())
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


def _style(style: ParagraphStyle, kind: gbt9704.Type, *, indented: bool = False) -> None:
    """A style from nothing: what the template set is dropped first."""
    for name in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(name)):
            style.element.remove(element)
    _character(style.element.get_or_add_rPr(), style.font, kind)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(gbt9704.LINE_PITCH_PT)
    spacing.space_before, spacing.space_after = Pt(0), Pt(0)
    spacing.widow_control = False
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # full-width text keeps its grid beside digits
        _switch_off(properties, name)
    if indented:
        spacing.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(properties, "firstLine", gbt9704.FIRST_LINE_CHARACTERS)


def _heading(style: ParagraphStyle, kind: gbt9704.Type, level: int) -> None:
    _style(style, kind, indented=True)
    style.paragraph_format.keep_with_next = True
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    style.element.get_or_add_pPr().append(outline)


def _character(properties: Any, font: Any, kind: gbt9704.Type) -> None:  # noqa: ANN401 - python-docx has no types
    font.name = kind.font
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), kind.font)
    fonts.set(qn("w:hint"), "eastAsia")
    font.size, font.bold, font.italic = Pt(kind.size), False, False
    font.color.rgb = RGBColor.from_string(gbt9704.COLOUR)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(gbt9704.CHARACTER_SPACING_PT * _TWIPS)))
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang"
    )


def _switch_off(properties: Any, name: str) -> None:  # noqa: ANN401 - python-docx has no types
    switch = OxmlElement(name)
    switch.set(qn("w:val"), "0")
    properties.insert_element_before(
        switch, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _indent(properties: Any, side: str, characters: float) -> None:  # noqa: ANN401 - python-docx has no types
    """In hundredths of a character for Word, and in twips for programs that read only these."""
    indent = properties.get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    indent.set(qn(f"w:{side}"), str(round(characters * gbt9704.advance_pt() * _TWIPS)))


def _footers(document: WordDocument) -> None:
    """7.5: odd pages right, even pages left, one character in."""
    section = document.sections[0]
    indent = gbt9704.PAGE_NUMBER_INDENT_CHARACTERS * gbt9704.PAGE_NUMBER.size
    _style(document.styles["Footer"], gbt9704.PAGE_NUMBER)
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        form = paragraph.paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(gbt9704.PAGE_NUMBER.size)
        form.right_indent, form.left_indent = Pt(indent if right else 0), Pt(0 if right else indent)
        _page_number(paragraph)


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —, the number as a field that the word processor fills."""
    _footer_run(paragraph, f"{gbt9704.PAGE_NUMBER_DASH} ")
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = _footer_run(paragraph, instruction if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._element.append(code)
    _footer_run(paragraph, f" {gbt9704.PAGE_NUMBER_DASH}")


def _footer_run(paragraph: Paragraph, text: str) -> Run:
    run = paragraph.add_run(text)
    style_run(run, gbt9704.PAGE_NUMBER)
    return run


def _font_table(document: WordDocument) -> None:
    """Each font of the standard with the one that stands in for it; nothing is embedded."""
    kinds = {
        kind.font: kind for kind in (gbt9704.BODY, gbt9704.TITLE, *gbt9704.HEADINGS, gbt9704.PAGE_NUMBER)
    }
    fonts = "".join(
        f"<w:font w:name={quoteattr(kind.font)}><w:altName w:val={quoteattr(kind.fallback)}/>"
        f'<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for kind in kinds.values()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part._blob = f'{declaration}\n<w:fonts xmlns:w="{_FONTS}">{fonts}</w:fonts>'.encode()
