from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.conftest import Opener
from archive.made import CountingEmbeddings, report
from assistant.archive import Archive, lookup
from assistant.errors import ArchiveDamaged, EmbeddingMismatch
from assistant.settings import Settings

DOCUMENTS = [
    report(place, year, year % 10 + 3) for place in ("云溪县", "青岚区") for year in (2023, 2024, 2025)
]


@pytest.fixture
def folder(settings: Settings, opened: Opener) -> Path:
    """The folder of an archive with six documents, closed."""
    archive = opened()
    archive.add(DOCUMENTS)
    archive.close()
    return settings.home / "archive"


def _sound_and_searchable(archive: Archive) -> None:
    assert archive.repair(check=True).sound
    again = archive.repair()
    assert (again.found, again.done) == ((), ())
    for made in DOCUMENTS:
        hits = archive.search(made.title + "高新技术企业", k=3)
        assert made.id in {hit.passage.document_id for hit in hits}


def test_a_sound_archive(folder: Path, opened: Opener) -> None:
    _sound_and_searchable(opened())


@pytest.mark.parametrize("kind", ["vectors-1", "keywords-1"])
def test_a_lost_index_is_rebuilt_without_embedding(
    folder: Path, opened: Opener, embeddings: CountingEmbeddings, kind: str
) -> None:
    shutil.rmtree(folder / kind)
    before = embeddings.texts
    archive = opened()
    assert not archive.repair(check=True).sound
    report_of_repair = archive.repair()
    assert (len(report_of_repair.found), report_of_repair.documents, report_of_repair.passages) == (1, 6, 12)
    assert embeddings.texts == before
    _sound_and_searchable(archive)


@pytest.mark.parametrize("pattern", ["vectors-1/chroma.sqlite3", "vectors-1/*/*.bin", "keywords-1/meta.json"])
def test_a_broken_index_is_noticed_and_rebuilt(folder: Path, opened: Opener, pattern: str) -> None:
    files = list(folder.glob(pattern))
    for file in files:
        file.write_bytes(b"broken" * 50)
    archive = opened()
    if not archive.repair(check=True).sound:
        archive.repair()
    _sound_and_searchable(archive)


def test_searching_a_broken_index_is_a_coded_error(folder: Path, opened: Opener) -> None:
    (folder / "keywords-1" / "meta.json").write_bytes(b"{")
    archive = opened()
    with pytest.raises(ArchiveDamaged) as caught:
        archive.search("高新技术企业")
    assert "repair" in caught.value.hint("zh")


def test_missing_and_surplus_entries(folder: Path, opened: Opener) -> None:
    archive = opened()
    vectors, keywords = archive._indexes.vectors, archive._indexes.keywords
    vectors.delete([sorted(vectors.keys())[0]])
    keywords.delete([sorted(keywords.keys())[0]])
    keywords.commit()
    keywords.release()
    assert len(archive.repair(check=True).found) == 2
    archive.repair()
    _sound_and_searchable(archive)


def test_wrong_vectors_are_noticed_by_self_query(folder: Path, opened: Opener) -> None:
    archive = opened()
    vectors = archive._indexes.vectors
    keys = sorted(vectors.keys())
    with archive._catalogue.read() as connection:
        held, _, matrix = lookup.vectors(connection, "counting", keys)
    vectors.upsert(held, -matrix)
    assert not archive.repair(check=True).sound
    archive.repair()
    _sound_and_searchable(archive)


def test_checking_changes_nothing(folder: Path, opened: Opener) -> None:
    shutil.rmtree(folder / "keywords-1")
    archive = opened()
    first, second = archive.repair(check=True), archive.repair(check=True)
    assert first == second
    assert first.done == ()


def test_leftovers_of_a_broken_rebuild_go(folder: Path, opened: Opener) -> None:
    (folder / "vectors-7").mkdir()
    archive = opened()
    assert len(archive.repair().found) == 1
    assert not (folder / "vectors-7").exists()
    _sound_and_searchable(archive)


def test_an_index_of_another_chroma_is_rebuilt(folder: Path, opened: Opener) -> None:
    archive = opened()
    archive._catalogue.put(chroma="0.4.1")
    assert "0.4.1" in archive.repair().found[0]
    assert (folder / "vectors-2").exists()
    assert not (folder / "vectors-1").exists()
    _sound_and_searchable(archive)


def test_others_follow_a_swap(folder: Path, opened: Opener) -> None:
    reader, writer = opened(), opened()
    assert reader.search("高新技术企业")
    writer._catalogue.put(chroma="0.4.1")
    writer.repair()
    assert len(reader.search("高新技术企业", k=12)) == 12


def test_re_embedding(folder: Path, opened: Opener) -> None:
    other = CountingEmbeddings(32, "other")
    archive = opened(embeddings=other)
    with pytest.raises(EmbeddingMismatch):
        archive.search("高新技术企业")
    archive.repair(re_embed=True)
    assert other.texts == 12
    _sound_and_searchable(archive)
    with pytest.raises(EmbeddingMismatch):
        opened().search("高新技术企业")
    with archive._catalogue.read() as connection:
        models = connection.exec_driver_sql("SELECT DISTINCT model FROM embeddings").scalars().all()
    assert models == ["other"]


def test_rebuilding_needs_no_embedding_model(folder: Path, opened: Opener) -> None:
    shutil.rmtree(folder / "vectors-1")
    other = CountingEmbeddings(32, "other")
    opened(embeddings=other).repair()
    assert other.texts == 0
    _sound_and_searchable(opened())


def test_lost_vectors_are_computed_again(
    folder: Path, opened: Opener, embeddings: CountingEmbeddings
) -> None:
    archive = opened()
    with archive._catalogue.write() as connection:
        connection.exec_driver_sql("DELETE FROM embeddings WHERE text_hash LIKE '%a%'")
    with pytest.raises(EmbeddingMismatch):
        opened(embeddings=CountingEmbeddings(32, "other")).repair()
    archive.repair()
    _sound_and_searchable(archive)


def test_repairing_an_empty_archive(archive: Archive) -> None:
    assert archive.repair().sound
    assert archive.repair(check=True).passages == 0


@pytest.mark.parametrize("kind", ["vectors-1", "keywords-1"])
def test_a_lost_index_is_told_when_searching(folder: Path, opened: Opener, kind: str) -> None:
    shutil.rmtree(folder / kind)
    with pytest.raises(ArchiveDamaged):
        opened().search("云溪县高新技术企业")
