"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ExportError, Said

_REASONS = {
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.EISDIR: "同名的文件夹已经存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`; when the block ends well it is flushed and renamed to `path`.

    The folder is made when it is missing. A block that fails leaves `path` as it was.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        _flush(temporary)
        temporary.replace(path)
    except OSError as error:
        raise ExportError(name=path.name, reason=_reason(error)) from error
    finally:
        _discard(temporary)


def write_text(path: Path, text: str) -> Path:
    """Write `text` as UTF-8 with Unix line ends, whole or not at all.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return path


def _reason(error: OSError) -> Said:
    """Why a file could not be written, in both languages."""
    english = error.strerror or type(error).__name__
    return Said(zh=_REASONS.get(error.errno or 0, english), en=english)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _discard(path: Path) -> None:
    """Remove `path` if it is there; a folder that cannot be written has nothing to remove."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
