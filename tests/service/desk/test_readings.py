"""Long scans on the desk: told page by page, stopped by whoever reads them and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from samples.pictures import drawn, picture

from assistant.errors import ReadingStopped
from assistant.loaders import worker
from assistant.records import Progress
from assistant.service.desk.readings import Readings, ReadingView
from assistant.settings import Settings

from .offices import FACTS, office_of

LINES = ["新认定高新技术企业23家", "技术合同登记额5.6亿元"]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A scan of two pages."""
    path = tmp_path_factory.mktemp("scan") / "扫描件.pdf"
    page = drawn(LINES, (700, 400))
    path.write_bytes(picture(page, "PDF", (page,)))
    yield path
    worker.stop_children()


def test_a_reading_is_told_and_stopped_by_its_owner_alone() -> None:
    readings = Readings()
    with readings.watched("甲", "1") as report:
        assert readings.told("甲", "1") == ReadingView()
        report(Progress("recognise", 2, 12, "a.pdf"))
        assert readings.told("甲", "1") == ReadingView("a.pdf", 3, 12)
        assert readings.told("乙", "1") is None
        readings.stop("乙", "1")
        report(Progress("recognise", 12, 12, "a.pdf"))
        assert readings.told("甲", "1") == ReadingView("a.pdf", 12, 12)
        readings.stop("甲", "1")
        with pytest.raises(ReadingStopped):
            report(Progress("recognise", 12, 12, "a.pdf"))
    assert readings.told("甲", "1") is None
    readings.stop("甲", "1")


def test_each_way_into_the_desk_tells_its_pages_and_can_be_stopped(settings: Settings, scan: Path) -> None:
    heard: list[Progress] = []

    def stop(progress: Progress) -> None:
        heard.append(progress)
        raise ReadingStopped(name=progress.detail)

    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        drafts = desk.drafts()
        desk.report = stop
        for read in (
            lambda: desk.read_facts_file(scan),
            lambda: desk.new_from_file(scan),
            lambda: desk.set_sources(draft.id, {"prior": [scan]}),
        ):
            with pytest.raises(ReadingStopped):
                read()
        assert desk.drafts() == drafts
        assert desk.sources(draft.id).prior == ()
    assert [(one.done, one.total, one.detail) for one in heard] == [(1, 2, "扫描件.pdf")] * 3
