"""Limits before parsing: what a file is, how big it is, and that nothing unsafe is in it.

Only headers and a bounded stream of each zip entry are read here; no parser of a third party runs.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, FormatUnknown, Said
from assistant.loaders.archives import PACKAGES, check_package, kind_of
from assistant.loaders.formats import FORMATS, Format, format_of

_LEGACY = (
    ".ppt",
    ".dps",
    ".odp",
    ".docm",
    ".xlsm",
    ".pptm",
    ".dotm",
    ".ofd",
    ".msg",
    ".key",
    ".pages",
    ".numbers",
    ".heic",
    ".webp",
    ".gif",
)
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".iso", ".cab")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k"
_OLD_FORMATS = ("doc", "xls")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
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
    found = named_format(name)
    data = _read(path, name, max_bytes)
    return data, accept_bytes(data, found, name)


def accept_bytes(data: bytes, found: Format, name: str) -> Format:
    """The format in which `data` is to be read: `found`, which its name claims, or what it truly is.

    A new Word file with an old suffix (.doc, .wps) is common and harmless.

    Raises:
        FileUnreadable, FileRefused: as `accept`.
    """
    if found.name in _OLD_FORMATS and data.startswith(b"PK") and kind_of(data) in ("docx", "xlsx", "pptx"):
        found = next(row for row in FORMATS if row.name == kind_of(data))
    check_bytes(data, found, name)
    return found


def named_format(name: str) -> Format:
    """The format that a name claims.

    Raises:
        FileRefused: an archive or a format that must be saved in another way first.
        FormatUnknown: any other.
    """
    found = format_of(name)
    if found is not None:
        return found
    if name.lower().endswith(_ARCHIVES):
        raise FileRefused(
            name=name,
            reason=Said(
                "是压缩包，请先解压，再把里面的文件或整个文件夹交给本程序",
                "it is an archive; unpack it and give the files or the whole folder inside",
            ),
        )
    if name.lower().endswith(_LEGACY):
        raise FileRefused(
            name=name,
            reason=Said(
                "是旧版、带宏或本程序不读的格式，请先另存为 .docx、.xlsx、.pptx、.pdf 或 .png",
                "it is old, carries macros or is not read here; save it as .docx, .xlsx, .pptx, .pdf or .png first",
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
    """Check content against the format `found`.

    Raises:
        FileUnreadable, FileRefused: as `accept`.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise FileUnreadable(name=name, reason=Said("文件是空的", "it is empty"))
    if data.startswith(_EXECUTABLE):
        raise FileRefused(name=name, reason=Said("内容是程序，不是文档", "it is a program, not a document"))
    if found.name in PACKAGES:
        _check_office(data, found, name)
    elif found.name in _OLD_FORMATS:
        _check_old(data, found, name)
    elif found.name == "pdf":
        if b"%PDF-" not in data[:1024]:
            raise _another(found, name)
    elif found.name == "image":
        if not data.startswith(_PICTURES):
            raise _another(found, name)
    else:
        _check_text(data, name)


def _another(found: Format, name: str) -> FileRefused:
    suffix = Path(name).suffix.lower() or found.suffixes[0]
    return FileRefused(
        name=name,
        reason=Said(f"扩展名是 {suffix}，内容不是 {found.zh}", f"it is named {suffix} but is something else"),
    )


def _check_text(data: bytes, name: str) -> None:
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise FileRefused(
                name=name, reason=Said(f"内容是{kind}，与扩展名不符", "its content does not fit its name")
            )


def _check_office(data: bytes, found: Format, name: str) -> None:
    """A document in a zip archive; what begins like an old file is encrypted or was renamed."""
    if data.startswith(_OLE):
        _refuse_encrypted(data, name)
        reason = Said(
            "是旧版 Office 文件，请改回原来的扩展名，或另存为新格式",
            "it is an old Office file; give it its old suffix again, or save it in the new format",
        )
        raise FileRefused(name=name, reason=reason)
    if not data.startswith(b"PK"):
        raise _another(found, name)
    check_package(data, found.name, name)


def _check_old(data: bytes, found: Format, name: str) -> None:
    """An old office file, rich text, or an OpenDocument archive."""
    if data.startswith(b"PK"):
        check_package(data, "opendocument", name)
    elif data.startswith(_OLE):
        _refuse_encrypted(data, name)
    elif found.name == "xls" or not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise _another(found, name)


def _refuse_encrypted(data: bytes, name: str) -> None:
    if _ENCRYPTED in data:
        raise FileRefused(name=name, reason=Said("文件已加密", "it is protected by a password"))
