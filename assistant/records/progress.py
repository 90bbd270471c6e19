"""Progress of long work, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` (0: unknown) in a named stage: "download", "load", "embed", "index", "draft"."""

    stage: str
    done: int
    total: int = 0
    detail: str = ""


Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """A `Report` that tells nobody."""
