"""Zip archives that carry office documents: limits on entries, sizes, names and XML before any parser sees them."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.errors import FileRefused, FileUnreadable, Said

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_PARAGRAPHS = 100_000
MAX_ROWS = 100_000
MAX_CELLS = 2_000_000
_RATIO_FLOOR = 1024 * 1024  # smaller entries may compress as they like: they harm nobody
_PIECE = 256 * 1024
_NESTED = re.compile(r"\.(?:zip|rar|7z|gz|tar|jar|docx|xlsx|pptx)$", re.I)
_EMBEDDED = {"embeddings", "Object", "ObjectReplacements"}
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_PARAGRAPHS = (
    re.compile(rb"<(?:\w+:)?p[\s/>]"),
    MAX_PARAGRAPHS,
    Said("段落超过 {limit} 个", "it has more than {limit} paragraphs"),
)
_ROWS = (
    re.compile(rb"<(?:\w+:)?row[\s/>]"),
    MAX_ROWS,
    Said("表格超过 {limit} 行", "it has more than {limit} rows"),
)
_CELLS = (
    re.compile(rb"<(?:\w+:)?c[\s/>]"),
    MAX_CELLS,
    Said("表格超过 {limit} 个单元格", "it has more than {limit} cells"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """One kind of document in a zip archive: the part it must have, the parts whose elements are counted."""

    zh: str
    main: str
    bodies: tuple[str, ...]
    counted: tuple[tuple[re.Pattern[bytes], int, Said], ...]


PACKAGES = {
    "docx": Package("Word 文档", "word/document.xml", ("word/document", "word/footnotes"), (_PARAGRAPHS,)),
    "xlsx": Package("Excel 表格", "xl/workbook.xml", ("xl/worksheets/",), (_ROWS, _CELLS)),
    "pptx": Package("演示文稿", "ppt/presentation.xml", ("ppt/slides/",), (_PARAGRAPHS,)),
    "opendocument": Package("OpenDocument 文件", "content.xml", ("content.xml",), (_PARAGRAPHS,)),
}


def kind_of(data: bytes) -> str:
    """Which of `PACKAGES` a zip archive is by the parts that it names; "" for none, or when it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        return ""
    return next((kind for kind, package in PACKAGES.items() if package.main in names), "")


def check_package(data: bytes, kind: str, name: str) -> None:
    """Check the archive `data` as a document of `kind`.

    Raises:
        FileUnreadable: it is broken.
        FileRefused: it holds no such document, is encrypted, unsafe, or over a limit.
    """
    package = PACKAGES[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), name)
            if package.main not in archive.namelist():
                reason = Said(f"压缩包里没有{package.zh}的内容", f"the archive holds no {kind} document")
                raise FileRefused(name=name, reason=reason)
            _check_parts(archive, package, name)
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
    if _NESTED.search(entry.filename) and not _EMBEDDED.intersection(parts):
        return Said("压缩包里还有压缩包", "an archive is inside the archive")
    return None


def _check_parts(archive: zipfile.ZipFile, package: Package, name: str) -> None:
    """Stream the XML parts: no DTD, no entities, and no more paragraphs, rows or cells than the limit."""
    counts = [0] * len(package.counted)
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        is_body = entry.filename.startswith(package.bodies)
        for window, fresh in _pieces(archive, entry):
            if _DECLARES.search(window) or window.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
                raise FileRefused(
                    name=name,
                    reason=Said("XML 里有不允许的声明", "its XML carries a declaration that is not allowed"),
                )
            for index, (pattern, limit, told) in enumerate(package.counted if is_body else ()):
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
