"""Source files built by code: small, deterministic, fictional."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import openpyxl
from docx import Document as Word

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive with these entries, always the same bytes for the same parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, method)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """One run of text."""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", style: str = "", number: str = "", level: int = 0, inner: str = "") -> str:
    """One paragraph: `number` is a list id, `inner` raw runs instead of `text`."""
    shown = f'<w:pStyle w:val="{style}"/>' if style else ""
    shown += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{shown}</w:pPr>{inner or run(text)}</w:p>"


def cell(text: str, span: int = 1, merge: str | None = None, inner: str = "") -> str:
    """One table cell; `merge` is "restart", "" (continue) or `None`."""
    shown = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge is not None:
        shown += f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{shown}</w:tcPr>{inner or paragraph(text)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells made with `cell`."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def docx(*blocks: str, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """A .docx of these blocks; `parts` are further parts of `word/` by name without suffix (footnotes …)."""
    entries = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {_NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
    }
    if numbering:
        entries["word/numbering.xml"] = f"<w:numbering {_NAMES}>{numbering}</w:numbering>"
    if styles:
        entries["word/styles.xml"] = f"<w:styles {_NAMES}>{styles}</w:styles>"
    for name, content in parts.items():
        entries[f"word/{name}.xml"] = f"<w:{name} {_NAMES}>{content}</w:{name}>"
    return zipped(entries)


def style(key: str, name: str, properties: str = "", based_on: str = "") -> str:
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def numbering(*levels: tuple[str, str], key: str = "1", starts: Mapping[int, int] | None = None) -> str:
    """One list definition of (format, text) levels and the list `key` that points to it."""
    shown = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in (starts or {}).items()
    )
    return (
        f'<w:abstractNum w:abstractNumId="{key}0">{shown}</w:abstractNum>'
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}0"/>{overrides}</w:num>'
    )


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """An .xlsx; `merged` ranges and number `formats` by cell belong to the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    first = book.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    for place, number_format in (formats or {}).items():
        first[place].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(*paragraphs: str) -> bytes:
    """A .docx as Word itself would write it, with all its parts."""
    made = Word()
    for text in paragraphs:
        made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def xls(name: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """An old .xls file (BIFF8 in a compound file) with one sheet of texts and numbers."""
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 6))
    shown = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    length = len(start) + 4 + 6 + len(shown) + 4
    book = start + _record(0x85, struct.pack("<IBB", length, 0, 0) + shown) + _record(0xA, b"")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x204, at + text)
            else:
                sheet += _record(0x203, at + struct.pack("<d", value))
    return compound("Workbook", book + sheet + _record(0xA, b""))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(name: str, content: bytes) -> bytes:
    """A compound file (the container of old office files) with one stream."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    chain = [*range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *chain, *[0xFFFFFFFF] * (126 - sectors))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(content))
    return head + table + entries.ljust(512, b"\0") + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1) + links
    return head + bytes(36) + struct.pack("<IQ", start, size)


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], size: float = 16) -> bytes:
    """A PDF whose pages show texts at (x, y) in points from the lower left; no text: an empty page."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<<"
        b" /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (GB1) /Supplement 2 >> /DW 1000 >>] >>"
    )
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
    ]
    for index, shown in enumerate(pages):
        lines = [
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, text in shown
        ]
        content = "\n".join(lines).encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {5 + 2 * index} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return pdf_of(objects)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of numbered objects; the first is the catalogue."""
    data = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    head = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R ".encode() + trailer
    return data + head + f" >>\nstartxref\n{start}\n%%EOF\n".encode()
