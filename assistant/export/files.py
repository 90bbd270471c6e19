"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ExportError


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
        raise ExportError(name=path.name, reason=error.strerror or type(error).__name__) from error
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


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _discard(path: Path) -> None:
    """Remove `path` if it is there; a folder that cannot be written has nothing to remove."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
