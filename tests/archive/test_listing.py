"""What an archive lists: indicators, and files that failed."""

from __future__ import annotations

from pathlib import Path

from archive.made import report
from assistant.archive import Archive
from assistant.llm import HashingEmbeddings
from assistant.settings import Settings


def test_indicators_with_their_years_and_organisations(settings: Settings) -> None:
    with Archive.open(settings, HashingEmbeddings()) as archive:
        archive.add([report("云溪县", 2023, 61), report("江临区", 2024, 268)])
        found = {one.name: one for one in archive.indicator_names()}
        firms = found["高新技术企业"]
        assert {2023, 2024} <= set(firms.years)
        assert len(firms.organisations) == 2
        assert [one.name for one in archive.indicator_names("高企")][:1] == ["高新技术企业"]
        assert archive.indicator_names("没有的指标") == ()


def test_another_owner_sees_none_of_it(settings: Settings, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"no document")
    with Archive.open(settings, HashingEmbeddings(), "甲") as mine:
        mine.add([report("云溪县", 2023, 61)])
        mine.ingest([bad])
        assert [one.name for one in mine.failed_files()] == ["坏.docx"]
    with Archive.open(settings, HashingEmbeddings(), "乙") as theirs:
        assert theirs.indicator_names() == ()
        assert theirs.failed_files() == ()
        theirs.forget_failed([str(bad)])
    with Archive.open(settings, HashingEmbeddings(), "甲") as mine:
        assert mine.failed_files()[0].reason
        mine.forget_failed([str(bad)])
        assert mine.failed_files() == ()
        assert len(mine.documents()) == 1
