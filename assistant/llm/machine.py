"""What this machine has to offer a model: memory, disk, cores. Sizes are in bytes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assistant.errors import ModelResources, Said

_MEMORY = Path("/proc/meminfo")
_CONTROL_GROUP = Path("/sys/fs/cgroup")


def cores() -> int:
    """Processor cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def available_memory() -> int | None:
    """Memory that can be taken without swapping, within the container's limit; None where unknown."""
    readings = [value for value in (_free_in_machine(), _free_in_group()) if value is not None]
    return min(readings, default=None)


def need_memory(needed: int) -> None:
    """Raise `ModelResources` when less than `needed` is available."""
    available = available_memory()
    if available is not None and available < needed:
        raise ModelResources(
            resource=Said(zh="内存", en="memory"), needed=readable(needed), available=readable(available)
        )


def need_disk(folder: Path, needed: int) -> None:
    """Raise `ModelResources` when the disk under `folder` has less than `needed` free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelResources(
            resource=Said(zh="磁盘空间", en="disk space"), needed=readable(needed), available=readable(free)
        )


def readable(size: int) -> str:
    """A size as people read it.

    >>> readable(1_117_320_768)
    '1.1 GB'
    """
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _free_in_machine() -> int | None:
    if not _MEMORY.is_file():
        return None
    for line in _MEMORY.read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _free_in_group() -> int | None:
    """What the control group leaves; page cache counts as used there, so inactive files are given back."""
    limit, used = _CONTROL_GROUP / "memory.max", _CONTROL_GROUP / "memory.current"
    if not (limit.is_file() and used.is_file()):
        return None
    most = limit.read_text(encoding="ascii").strip()
    if most == "max":
        return None
    rows = (
        line.split() for line in (_CONTROL_GROUP / "memory.stat").read_text(encoding="ascii").splitlines()
    )
    inactive = sum(int(row[1]) for row in rows if row[0] in ("inactive_file", "active_file"))
    return int(most) - int(used.read_text(encoding="ascii")) + inactive
