"""One writer at a time: a lock file that the system frees when its process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ArchiveBusy, ArchiveReadOnly


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
        raise ArchiveBusy(reason="正在写入") from error
    except OSError as error:
        raise ArchiveReadOnly(reason="资料库文件夹不可写") from error
    try:
        yield
    finally:
        lock.release()
