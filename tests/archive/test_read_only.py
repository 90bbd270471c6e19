"""A folder without write permission; root ignores permissions, so the tests take another user's rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.made import CountingEmbeddings, report
from assistant.archive import Archive
from assistant.errors import ArchiveReadOnly
from assistant.settings import Settings

NOBODY = 65534


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of a user without root's rights; the test runs with that user's rights."""
    folder = Path(tempfile.mkdtemp())
    before = os.geteuid()
    if before == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield folder
    if before == 0:
        os.seteuid(before)
    shutil.rmtree(folder)


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _filled(home: Path) -> Settings:
    settings = Settings(home=home)
    with Archive.open(settings, CountingEmbeddings()) as archive:
        archive.add([report("云溪县", 2025, 3)])
    return settings


def test_a_new_archive_in_a_read_only_folder(home: Path) -> None:
    with _without_rights(home), pytest.raises(ArchiveReadOnly) as caught:
        Archive.open(Settings(home=home / "inside"), CountingEmbeddings())
    assert str(home) not in caught.value.sentence("zh")


def test_writing_to_a_read_only_archive(home: Path) -> None:
    settings = _filled(home)

    def write() -> None:
        with Archive.open(settings, CountingEmbeddings()) as archive:
            archive.add([report("云溪县", 2024, 3)])

    with _without_rights(home), pytest.raises(ArchiveReadOnly):
        write()
    with Archive.open(settings, CountingEmbeddings()) as archive:
        assert archive.repair().sound
        assert len(archive.search("高新技术企业")) == 2


def test_a_read_only_index_folder(home: Path) -> None:
    settings = _filled(home)
    with Archive.open(settings, CountingEmbeddings()) as archive:
        with _without_rights(home / "archive" / "keywords-1"), pytest.raises(ArchiveReadOnly):
            archive.add([report("云溪县", 2024, 3)])
        archive.add([])
        assert len(archive.documents()) == 2
        assert archive.repair(check=True).sound
