"""Spreadsheets: every visible sheet, cells as Excel shows them, formulas by their stored values."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.lines import Line, SourceText
from assistant.loaders.sheets import Sheet, given_in, sheet_lines

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 39: "#,##0.00"}
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FIXED = re.compile(r"[0#,]*0(?:\.(0+))?(?![0#.])")

Formats = Mapping[tuple[int, int], str]


def read_xlsx(data: bytes, name: str) -> SourceText:
    """The tables of an .xlsx file.

    Raises:
        FileUnreadable: broken, or without any filled cell.
        FileRefused: protected by a password.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _read(book, _cell_formats(data))
    except PasswordError as error:
        raise FileRefused(name=name, reason=Said("文件已加密", "it is protected by a password")) from error
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        raise FileUnreadable(
            name=name, reason=Said("Excel 文件已损坏", "the Excel file is broken")
        ) from error


def read_xls(data: bytes, name: str) -> SourceText:
    """The tables of an old or foreign spreadsheet (.xls .et .ods); numbers without their formats.

    Raises:
        FileUnreadable: broken, or without any filled cell.
        FileRefused: protected by a password.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _read(book, {})
    except PasswordError as error:
        raise FileRefused(name=name, reason=Said("文件已加密", "it is protected by a password")) from error
    except CalamineError as error:
        raise FileUnreadable(
            name=name, reason=Said("Excel 文件已损坏", "the Excel file is broken")
        ) from error


def _read(book: CalamineWorkbook, formats: Mapping[str, Formats]) -> SourceText:
    lines: list[Line] = []
    given: dict[str, str] = {}
    hidden = 0
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden += 1
            continue
        sheet = book.get_sheet_by_name(meta.name)
        own = formats.get(meta.name, {})
        rows = [
            [shown(value, own.get((row, column), "")) for column, value in enumerate(values)]
            for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        ]
        merged = tuple(
            (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        table = Sheet(meta.name, rows, merged)
        given = given or given_in(table)
        lines.extend(sheet_lines(table, len(lines) + 1))
    return SourceText(tuple(lines), given, notes=(f"隐藏的工作表 {hidden} 张未读入",) if hidden else ())


def shown(value: object, number_format: str) -> str:
    """A cell's value as Excel shows it: percent and fixed decimals follow the cell's number format.

    >>> [shown(0.183, "0.0%"), shown(23.0, ""), shown(5.6, "0.00"), shown(1280.0, "#,##0")]
    ['18.3%', '23', '5.60', '1,280']
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), number_format)
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        )
    return " ".join(str(value).split())


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return ""
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", number_format.split(";")[0])
    percent = "%" in pattern
    scaled = value * 100 if percent else value
    fixed = _FIXED.search(pattern)
    if fixed and not re.search(r"[ymdhsE?/]", pattern):
        places = Decimal(1).scaleb(-len(fixed[1] or ""))
        rounded = scaled.quantize(places, ROUND_HALF_UP) if abs(scaled) < Decimal(10) ** 20 else scaled
        text = f"{rounded:,f}" if "," in pattern else f"{rounded:f}"
    else:
        text = f"{Decimal(format(scaled, '.15g')):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text + ("%" if percent else "")


def _cell_formats(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Number formats of the cells that have one, by sheet name and (row, column)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = _style_formats(archive)
        if not styles:
            return {}
        return {
            name: dict(_formatted(archive, part, styles))
            for name, part in _sheet_parts(archive)
            if part in archive.namelist()
        }


def _parse(archive: zipfile.ZipFile, part: str) -> etree._Element | None:
    if part not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def _style_formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """Number formats by cell style index, plain ones left out."""
    root = _parse(archive, "xl/styles.xml")
    if root is None:
        return {}
    own = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter(_X + "numFmt")}
    cell_styles = root.find(_X + "cellXfs")
    codes = [int(item.get("numFmtId", "0")) for item in ([] if cell_styles is None else cell_styles)]
    known = {index: own.get(code) or _BUILT_IN.get(code, "") for index, code in enumerate(codes)}
    return {index: code for index, code in known.items() if code}


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet names with the parts that hold them."""
    book, links = _parse(archive, "xl/workbook.xml"), _parse(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    for sheet in book.iter(_X + "sheet"):
        target = targets.get(sheet.get(_R, ""), "")
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else "xl/" + target


def _formatted(
    archive: zipfile.ZipFile, part: str, styles: dict[int, str]
) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as stream:
        for _, cell in etree.iterparse(stream, tag=_X + "c", resolve_entities=False, no_network=True):
            style = int(cell.get("s", "0"))
            found = _CELL.fullmatch(cell.get("r", ""))
            if style in styles and found:
                yield (int(found[2]) - 1, _column(found[1])), styles[style]
            cell.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
