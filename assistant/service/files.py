"""Files of one owner: what was uploaded and what is offered for download, each under an opaque id.

```
<home>/desk/files/<owner>/<id>/<harmless name>     the file
<home>/desk/files/<owner>/<id>/.name               its name as the person gave it
```
The id of an upload comes from its content and name: the same file sent twice is one file.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import ExportError, FileGone, FileRefused, FormatUnknown, QuotaReached, Said
from assistant.settings import Settings

MEGABYTE = 1024 * 1024
_ID = re.compile(r"[0-9a-f]{24}")
_NAME_FILE = ".name"
_OFFERED = ".offered"
_DAY = 24 * 3600
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"/\\|?*%]'
)
_LONGEST = 180  # bytes of a name on disk; most file systems take 255


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of an owner; `name` is shown, `path` never is."""

    id: str
    name: str
    size: int
    path: Path


class Files:
    """The files of all owners below one folder, within a quota of bytes for each."""

    def __init__(self, folder: Path, largest: int, quota: int) -> None:
        self._folder = folder
        self._largest = largest
        self._quota = quota

    @classmethod
    def of(cls, settings: Settings) -> Files:
        """The files of an installation, with its limits."""
        largest, quota = settings.max_file_mb * MEGABYTE, settings.quota_mb * MEGABYTE
        return cls(settings.home / "desk" / "files", largest, quota)

    async def take(self, owner: str, name: str, pieces: AsyncIterator[bytes]) -> Kept:
        """Keep an upload as it streams in; nothing of a refused one stays.

        Raises:
            FormatUnknown: no loader reads files of this kind.
            FileRefused: larger than the limit, or empty.
            QuotaReached: the owner's files would take up more than the quota.
        """
        from assistant.loaders import FORMATS, format_of

        shown = shown_name(name)
        if format_of(shown) is None:
            supported = sorted(suffix for one in FORMATS for suffix in one.suffixes)
            raise FormatUnknown(name=shown, supported=" ".join(supported))
        home = self._home(owner)
        room = self._quota - _bytes_in(home)
        part = home / f".part-{secrets.token_hex(8)}"
        try:
            hashed = await self._stream(part, shown, pieces, room)
            return self._settle(home, part, shown, hashed)
        finally:
            part.unlink(missing_ok=True)

    def offer(self, owner: str, path: Path, name: str = "") -> Kept:
        """A copy of `path` that the owner can download as `name` (the file's own without one), for a day.

        Raises:
            ExportError: the file is not there.
        """
        shown = shown_name(name or path.name)
        self._sweep(owner)
        folder = self._home(owner) / secrets.token_hex(12)
        folder.mkdir()
        (folder / _OFFERED).touch()
        try:
            shutil.copyfile(path, folder / harmless(shown))
        except OSError as error:
            shutil.rmtree(folder)
            raise ExportError(name=shown, reason=Said("文件不存在", "the file is not there")) from error
        return self._named(folder, shown)

    def found(self, owner: str, name: str) -> Kept:
        """The owner's file with the id `name`. Raises FileGone."""
        folder = self._home(owner) / name
        if not _ID.fullmatch(name) or not (folder / _NAME_FILE).is_file():
            raise FileGone
        shown = (folder / _NAME_FILE).read_text(encoding="utf-8")
        path = folder / harmless(shown)
        if not path.is_file():
            raise FileGone
        return Kept(name, shown, path.stat().st_size, path)

    def forget(self, owner: str, name: str) -> None:
        """Delete a file of the owner. Raises FileGone."""
        shutil.rmtree(self.found(owner, name).path.parent)

    def _sweep(self, owner: str) -> None:
        """Take away what was offered more than a day ago: it can be made again."""
        for marker in self._home(owner).glob(f"*/{_OFFERED}"):
            if time.time() - marker.stat().st_mtime > _DAY:
                shutil.rmtree(marker.parent)

    def _home(self, owner: str) -> Path:
        home = self._folder / hashlib.sha256(owner.encode()).hexdigest()[:24]
        home.mkdir(parents=True, exist_ok=True)
        return home

    async def _stream(self, part: Path, shown: str, pieces: AsyncIterator[bytes], room: int) -> str:
        digest = hashlib.sha256(shown.encode() + b"\0")
        size = 0
        with part.open("wb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > self._largest:
                    limit = self._largest // MEGABYTE
                    reason = Said(f"超过 {limit} MB", f"larger than {limit} MB")
                    raise FileRefused(name=shown, reason=reason)
                if size > room:
                    raise QuotaReached(limit=f"{self._quota // MEGABYTE} MB")
                digest.update(piece)
                file.write(piece)
        if not size:
            raise FileRefused(name=shown, reason=Said("文件是空的", "it is empty"))
        return digest.hexdigest()[:24]

    def _settle(self, home: Path, part: Path, shown: str, name: str) -> Kept:
        folder = home / name
        folder.mkdir(exist_ok=True)
        part.replace(folder / harmless(shown))
        return self._named(folder, shown)

    def _named(self, folder: Path, shown: str) -> Kept:
        (folder / _NAME_FILE).write_text(shown, encoding="utf-8")
        path = folder / harmless(shown)
        return Kept(folder.name, shown, path.stat().st_size, path)


def shown_name(name: str) -> str:
    r"""The name as given, without folders and without signs that steer or turn the writing; never empty.

    >>> shown_name("../../资料\u202e/2025年 报告<1>.docx")
    '2025年 报告<1>.docx'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C")).strip()
    return kept if kept.strip(".") else "file"


def harmless(shown: str) -> str:
    """A name that every file system takes, as near to the shown one as it can be.

    >>> harmless("a?b<c>.docx"), harmless(".env"), len(harmless("长" * 200 + ".docx").encode()) <= 180
    ('a_b_c_.docx', '_.env', True)
    """
    name = _UNSAFE.sub("_", shown)
    name = f"_{name}" if name.startswith(".") else name
    suffix = PurePosixPath(name).suffix[:12]
    stem = name[: len(name) - len(suffix)] if suffix else name
    cut = stem.encode("utf-8")[: _LONGEST - len(suffix.encode())].decode("utf-8", "ignore")
    return (cut.rstrip(" .") or "file") + suffix


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
