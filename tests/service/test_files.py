"""Files of an owner: limits while they stream in, harmless names, nobody else's."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.errors import ExportError, FileGone, FileRefused, FormatUnknown, QuotaReached
from assistant.service.files import Files, Kept, harmless, shown_name

LARGEST, QUOTA = 1000, 2500


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files", LARGEST, QUOTA)


def take(files: Files, name: str, *pieces: bytes, owner: str = "甲") -> Kept:
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return asyncio.run(files.take(owner, name, stream()))


def left(files: Files) -> list[str]:
    return sorted(path.name for path in files._folder.rglob("*") if path.is_file())


def test_keeps_what_streams_in_under_its_name(files: Files) -> None:
    kept = take(files, "2025年 报告.txt", "云溪".encode(), "县".encode())
    assert (kept.name, kept.size) == ("2025年 报告.txt", 9)
    assert files.found("甲", kept.id) == kept
    assert kept.path.read_text(encoding="utf-8") == "云溪县"
    assert kept.path.name == "2025年 报告.txt"


def test_the_same_file_twice_is_one(files: Files) -> None:
    assert take(files, "a.txt", b"one") == take(files, "a.txt", b"o", b"ne")
    assert take(files, "a.txt", b"two") != take(files, "a.txt", b"one")
    assert take(files, "b.txt", b"one") != take(files, "a.txt", b"one")


def test_over_the_limit_stops_and_leaves_nothing(files: Files) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 300

    with pytest.raises(FileRefused, match="larger than"):
        asyncio.run(files.take("甲", "a.txt", endless()))
    assert taken == 4
    assert left(files) == []


def test_quota_counts_all_files_of_one_owner(files: Files) -> None:
    take(files, "a.txt", b"a" * 900)
    take(files, "b.txt", b"b" * 900)
    with pytest.raises(QuotaReached):
        take(files, "c.txt", b"c" * 900)
    assert take(files, "c.txt", b"c" * 900, owner="乙")
    files.forget("甲", take(files, "a.txt", b"a" * 300).id)


def test_forgotten_makes_room(files: Files) -> None:
    first = take(files, "a.txt", b"a" * 900)
    take(files, "b.txt", b"b" * 900)
    files.forget("甲", first.id)
    assert take(files, "c.txt", b"c" * 900)
    with pytest.raises(FileGone):
        files.found("甲", first.id)


@pytest.mark.parametrize("name", ["a.exe", "a", "docx", "a.docx.exe", "", ".", "报告.doc\x00x.sh"])
def test_kinds_that_no_loader_reads(files: Files, name: str) -> None:
    with pytest.raises(FormatUnknown):
        take(files, name, b"x")
    assert left(files) == []


def test_empty_file(files: Files) -> None:
    with pytest.raises(FileRefused, match="empty"):
        take(files, "a.txt")
    assert left(files) == []


def test_broken_stream_leaves_nothing(files: Files) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(files.take("甲", "a.txt", broken()))
    assert left(files) == []


def test_another_owners_files_are_not_there(files: Files) -> None:
    kept = take(files, "a.txt", b"x")
    with pytest.raises(FileGone):
        files.found("乙", kept.id)
    with pytest.raises(FileGone):
        files.forget("乙", kept.id)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a" * 24, "A" * 24, "0" * 24, "0" * 23, "/etc/passwd", "%2e%2e", "\x00"]
)
def test_ids_that_are_none(files: Files, name: str) -> None:
    take(files, "a.txt", b"x")
    with pytest.raises(FileGone):
        files.found("甲", name)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/报告.txt", "报告.txt"),
        ("C:\\Users\\x\\报告.txt", "报告.txt"),
        ("报告\u202etxt.exe.txt", "报告txt.exe.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
        ("𠮷" * 90 + ".txt", "𠮷" * 90 + ".txt"),
    ],
)
def test_hostile_names_are_shown_as_given_and_stored_harmless(files: Files, given: str, shown: str) -> None:
    kept = take(files, given, b"x")
    assert kept.name == shown
    assert kept.path.parent.parent.parent == files._folder
    assert len(kept.path.name.encode()) <= 180
    assert not set(kept.path.name) & set('<>:"/\\|?*\x00\n\u202e')
    assert kept.path.suffix == ".txt"


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e", "a/.."])
def test_there_is_always_a_name(name: str) -> None:
    assert shown_name(name)
    assert harmless(shown_name(name)) not in ("", ".", "..")


def test_offers_a_copy_for_a_day(files: Files, tmp_path: Path) -> None:
    made = tmp_path / "out.docx"
    made.write_bytes(b"word")
    kept = files.offer("甲", made, "云溪县：总结.docx")
    assert kept.name == "云溪县：总结.docx"
    made.unlink()
    assert files.found("甲", kept.id).path.read_bytes() == b"word"
    marker = kept.path.parent / ".offered"
    old = time.time() - 2 * 24 * 3600
    os.utime(marker, (old, old))
    made.write_bytes(b"again")
    files.offer("甲", made)
    with pytest.raises(FileGone):
        files.found("甲", kept.id)


def test_offering_what_is_not_there(files: Files, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        files.offer("甲", tmp_path / "gone.docx")
    assert str(tmp_path) not in caught.value.sentence("zh")
    assert left(files) == []
