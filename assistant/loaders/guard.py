"""Limits before parsing: what a file is, how big it gets, and that nothing unsafe is in it.

Only headers and a bounded stream of each zip entry are read here; no parser of a third party runs.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, FormatUnknown, Said
from assistant.loaders.formats import FORMATS, Format, format_of

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_PARAGRAPHS = 100_000
MAX_ROWS = 100_000
MAX_CELLS = 2_000_000
_RATIO_FLOOR = 1024 * 1024  # smaller entries may compress as they like: they harm nobody
_PIECE = 256 * 1024
_LEGACY = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".rtf", ".docm", ".xlsm", ".ofd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!/")
_BINARY = (
    (b"PK\x03\x04", "压缩包"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (_OLE, "旧版 Office 文件"),
)
_NESTED = re.compile(r"\.(?:zip|rar|7z|gz|tar|jar|docx|xlsx|pptx)$", re.I)
_COUNTED = {
    "docx": (
        (
            re.compile(rb"<(?:\w+:)?p[\s/>]"),
            MAX_PARAGRAPHS,
            Said("段落超过 {limit} 个", "it has more than {limit} paragraphs"),
        ),
    ),
    "xlsx": (
        (
            re.compile(rb"<(?:\w+:)?row[\s/>]"),
            MAX_ROWS,
            Said("表格超过 {limit} 行", "it has more than {limit} rows"),
        ),
        (
            re.compile(rb"<(?:\w+:)?c[\s/>]"),
            MAX_CELLS,
            Said("表格超过 {limit} 个单元格", "it has more than {limit} cells"),
        ),
    ),
}
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_UNSHOWN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def shown_name(path: Path) -> str:
    """A file's name for people: no folder, no direction overrides or controls, at most 120 characters."""
    name = _UNSHOWN.sub("", path.name)
    return name if len(name) <= 120 else f"{name[:100]}…{name[-18:]}"


def accept(path: Path, max_bytes: int) -> tuple[bytes, Format]:
    """The bytes of a file that is safe to parse, and its format.

    Raises:
        FormatUnknown, FileUnreadable, FileRefused: with a reason, never with a path.
    """
    name = shown_name(path)
    found = _format(name)
    data = _read(path, name, max_bytes)
    check_bytes(data, found, name)
    return data, found


def _format(name: str) -> Format:
    found = format_of(name)
    if found is not None:
        return found
    if name.lower().endswith(_LEGACY):
        raise FileRefused(
            name=name,
            reason=Said(
                "旧版或带宏的 Office 格式，请先另存为 .docx、.xlsx 或 .pdf",
                "it is an old or macro Office format; save it as .docx, .xlsx or .pdf first",
            ),
        )
    raise FormatUnknown(name=name, supported="、".join(suffix for row in FORMATS for suffix in row.suffixes))


def _read(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileUnreadable(name=name, reason=Said("不是文件", "it is not a file"))
        if status.st_size > max_bytes:
            limit = max(1, max_bytes // (1024 * 1024))
            raise FileRefused(
                name=name, reason=Said(f"文件超过 {limit} MB 的上限", f"it is larger than {limit} MB")
            )
        with path.open("rb") as stream:
            return stream.read(max_bytes + 1)[:max_bytes]
    except OSError as error:
        raise FileUnreadable(
            name=name, reason=Said("文件不存在或没有读取权限", "it does not exist or may not be read")
        ) from error


def check_bytes(data: bytes, found: Format, name: str) -> None:
    """Check content against the format that the name claims.

    Raises:
        FileUnreadable, FileRefused: as `accept`.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise FileUnreadable(name=name, reason=Said("文件是空的", "it is empty"))
    if data.startswith(_EXECUTABLE):
        raise FileRefused(name=name, reason=Said("内容是程序，不是文档", "it is a program, not a document"))
    if found.name in _MAIN_PARTS:
        _check_office(data, found, name)
    elif found.name == "pdf":
        if b"%PDF-" not in data[:1024]:
            raise FileRefused(
                name=name, reason=Said("扩展名是 .pdf，内容不是 PDF", "it is named .pdf but is not a PDF")
            )
    else:
        _check_text(data, name)


def _check_text(data: bytes, name: str) -> None:
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise FileRefused(
                name=name, reason=Said(f"内容是{kind}，与扩展名不符", "its content does not fit its name")
            )


def _check_office(data: bytes, found: Format, name: str) -> None:
    if data.startswith(_OLE):
        encrypted = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k" in data
        locked = Said("文件已加密", "it is protected by a password")
        old = Said(
            "是旧版 Office 文件，请另存为新格式", "it is an old Office file; save it in the new format"
        )
        raise FileRefused(name=name, reason=locked if encrypted else old)
    if not data.startswith(b"PK"):
        raise FileRefused(
            name=name,
            reason=Said(
                f"扩展名是 {found.suffixes[0]}，内容不是 {found.zh}",
                f"it is named {found.suffixes[0]} but is something else",
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), name)
            if _MAIN_PARTS[found.name] not in archive.namelist():
                raise FileRefused(
                    name=name,
                    reason=Said(
                        f"压缩包里没有{found.zh}的内容", f"the archive holds no {found.name} document"
                    ),
                )
            _check_parts(archive, found.name, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise FileUnreadable(
            name=name, reason=Said("文件已损坏，不能打开", "it is broken and cannot be opened")
        ) from error


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    """The directory of the archive: number, sizes, names, kinds."""
    if len(entries) > MAX_ENTRIES:
        raise FileRefused(
            name=name,
            reason=Said(f"压缩条目超过 {MAX_ENTRIES} 个", f"the archive has more than {MAX_ENTRIES} entries"),
        )
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FileRefused(
            name=name,
            reason=Said(
                f"解压后超过 {MAX_UNPACKED // 1024 // 1024} MB",
                f"it unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB",
            ),
        )
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileRefused(name=name, reason=Said("压缩条目重名", "two entries of the archive have one name"))
    for entry in entries:
        reason = _fault(entry)
        if reason:
            raise FileRefused(name=name, reason=reason)


def _fault(entry: zipfile.ZipInfo) -> Said | None:
    """Why an entry is not accepted; `None` if it is."""
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return Said("压缩条目的路径不安全", "an entry of the archive has an unsafe path")
    if entry.flag_bits & 0x1:
        return Said("文件已加密", "it is protected by a password")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Said("压缩包里有符号链接", "the archive holds a symbolic link")
    if entry.file_size > _RATIO_FLOOR and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        return Said("压缩比异常，可能是压缩炸弹", "its compression is far too high to be a document")
    if _NESTED.search(entry.filename) and "embeddings" not in parts:
        return Said("压缩包里还有压缩包", "an archive is inside the archive")
    return None


def _check_parts(archive: zipfile.ZipFile, kind: str, name: str) -> None:
    """Stream the XML parts: no DTD, no entities, and no more paragraphs, rows or cells than the limit."""
    counts = [0] * len(_COUNTED[kind])
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        is_body = entry.filename.startswith(("word/document", "word/footnotes", "xl/worksheets/"))
        for window, fresh in _pieces(archive, entry):
            if _DECLARES.search(window) or window.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
                raise FileRefused(
                    name=name,
                    reason=Said("XML 里有不允许的声明", "its XML carries a declaration that is not allowed"),
                )
            for index, (pattern, limit, told) in enumerate(_COUNTED[kind] if is_body else ()):
                counts[index] += sum(1 for found in pattern.finditer(window) if found.end() > fresh)
                if counts[index] > limit:
                    raise FileRefused(
                        name=name, reason=Said(told.zh.format(limit=limit), told.en.format(limit=limit))
                    )


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Windows over an entry that overlap by 32 bytes, and where each one's new part begins."""
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            yield tail + piece, len(tail)
            tail = (tail + piece)[-32:]
