"""One writer at a time: a lock file that the system frees when its process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ArchiveBusy, ArchiveReadOnly, Said


@contextmanager
def writing(folder: Path, seconds: float) -> Iterator[None]:
    """Hold the archive's writer lock.

    Raises:
        ArchiveBusy: another thread or process held it for `seconds`.
        ArchiveReadOnly: the lock file cannot be made.
    """
    lock = FileLock(folder / "writer.lock", timeout=seconds, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveBusy(reason=Said("正在入库或修复", "it is ingesting or repairing")) from error
    except OSError as error:
        raise ArchiveReadOnly(reason=Said("资料库文件夹不可写", "the folder cannot be written")) from error
    try:
        yield
    finally:
        lock.release()
