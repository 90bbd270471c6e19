"""Metadata that a person sets right: seen by search, series and repair, kept when the file is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.conftest import Opener
from archive.made import CountingEmbeddings, report
from assistant.archive import Archive, Correction, Filters
from assistant.errors import DocumentUnknown, QueryInvalid
from assistant.settings import Settings

TEXT = """云溪县科学技术局工作总结

今年以来，全县新认定高新技术企业23家。科技特派员队伍不断壮大，选任科技特派员126名。
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def taken(archive: Archive, file: Path) -> str:
    return archive.ingest([file])[0].documents[0]


def test_search_goes_by_the_corrected_year_and_body(archive: Archive, file: Path) -> None:
    name = taken(archive, file)
    assert not archive.search("高新技术企业", filters=Filters(year=2025))
    right = archive.correct(name, Correction(year=2025, organisation="江临区科学技术局", place="江临区"))
    assert (right.reported_year, right.organisation and right.organisation.value) == (
        2025,
        "江临区科学技术局",
    )
    hits = archive.search("高新技术企业", filters=Filters(year=2025))
    assert hits[0].passage.organisation == "江临区科学技术局"
    assert hits[0].passage.place == "江临区"
    (row,) = archive.documents()
    assert (row.year, row.organisation, row.place) == (2025, "江临区科学技术局", "江临区")
    assert archive.document(name).text.startswith("云溪县")


def test_figures_get_the_corrected_year(archive: Archive, file: Path) -> None:
    name = taken(archive, file)
    assert not archive.indicators("高新技术企业", years=[2025])
    archive.correct(name, Correction(year=2025))
    (series,) = archive.indicators("新认定高新技术企业", years=[2025])
    assert [point.text for point in series.points] == ["23家"]
    archive.correct(name, Correction(year=2024))
    assert not archive.indicators("新认定高新技术企业", years=[2025])
    assert archive.document(name).years == (2024,)


def test_what_was_corrected_before_stays(archive: Archive, file: Path) -> None:
    name = taken(archive, file)
    archive.correct(name, Correction(year=2025))
    archive.correct(name, Correction(genre="policy"))
    (row,) = archive.documents()
    assert (row.year, row.genre) == (2025, "policy")
    archive.correct(name, Correction(year=0, organisation=""))
    (row,) = archive.documents()
    assert (row.year, row.organisation, row.genre) == (None, "", "policy")


def test_a_correction_survives_another_reading_of_the_file(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = taken(archive, file)
    archive.correct(name, Correction(year=2025, genre="statistics"))
    monkeypatch.setattr("assistant.archive.ingest.PIPELINE", "read in another way")
    assert archive.ingest([file])[0].status == "ready"
    (row,) = archive.documents()
    assert (row.year, row.genre) == (2025, "statistics")
    assert archive.search("科技特派员")[0].passage.year == 2025


def test_a_removed_document_is_forgotten_with_its_correction(archive: Archive, file: Path) -> None:
    name = taken(archive, file)
    archive.correct(name, Correction(year=2025))
    archive.remove(name)
    taken(archive, file)
    assert archive.documents()[0].year is None


def test_indexes_agree_afterwards_and_nothing_is_embedded_twice(
    archive: Archive, file: Path, embeddings: CountingEmbeddings
) -> None:
    name = taken(archive, file)
    archive.correct(name, Correction(year=2025))
    assert archive.repair(check=True).sound
    before = embeddings.texts
    archive.correct(name, Correction(year=2025, genre="annual-summary"))
    assert embeddings.texts == before


def test_a_killed_correction_is_completed(opened: Opener, file: Path) -> None:
    class Killed(Exception):
        pass

    def kill(step: str) -> None:
        if step == "keywords indexed" and armed:
            raise Killed

    armed = False
    archive = opened(on_step=kill)
    name = taken(archive, file)
    armed = True
    with pytest.raises(Killed):
        archive.correct(name, Correction(year=2025))
    armed = False
    other = opened()
    other.add([report("云溪县", 2023, 61)])
    assert {row.year for row in other.documents()} == {2025, 2023}
    assert other.repair(check=True).sound


def test_another_owner_cannot_correct_it(opened: Opener, file: Path) -> None:
    name = taken(opened("甲"), file)
    taken(opened("乙"), file)
    opened("甲").correct(name, Correction(year=2025))
    assert opened("乙").documents()[0].year is None
    with pytest.raises(DocumentUnknown):
        opened("丙").correct(name, Correction(year=2025))


@pytest.mark.parametrize(
    "wrong",
    [{"year": 20255}, {"year": -3}, {"genre": "novel"}, {"organisation": "局" * 61}, {"place": "甲\n乙"}],
)
def test_values_that_cannot_be_right(wrong: dict[str, object]) -> None:
    with pytest.raises(QueryInvalid):
        Correction(**wrong)  # type: ignore[arg-type]


def test_an_older_catalogue_gets_the_table(settings: Settings, opened: Opener, file: Path) -> None:
    archive = opened()
    name = taken(archive, file)
    with archive._catalogue.write() as connection:
        connection.exec_driver_sql("DROP TABLE corrections")
        connection.exec_driver_sql("UPDATE meta SET value = '2' WHERE name = 'schema'")
    again = opened()
    again.correct(name, Correction(year=2025))
    assert again.documents()[0].year == 2025
