from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.archive.catalogue import Catalogue, next_generation
from assistant.archive.schema import MIGRATIONS, digest
from assistant.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnavailable, SettingsInvalid


def test_an_empty_folder_gets_the_newest_schema(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    assert catalogue.value("schema") == str(len(MIGRATIONS))
    assert len(catalogue.value("archive")) == 8
    assert catalogue.generation == 0
    catalogue.close()


def test_values_stay(tmp_path: Path) -> None:
    first = Catalogue(tmp_path)
    first.put(colour="红", other="x")
    first.put(colour="绿")
    name = first.value("archive")
    first.close()
    again = Catalogue(tmp_path)
    assert (again.value("colour"), again.value("none", "无"), again.value("archive")) == ("绿", "无", name)
    again.close()


def test_generation_is_seen_by_others(tmp_path: Path) -> None:
    first, second = Catalogue(tmp_path), Catalogue(tmp_path)
    with first.write() as connection:
        assert next_generation(connection) == 1
    assert second.generation == 1
    first.close()
    second.close()


def test_an_error_rolls_back(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)

    def broken() -> None:
        with catalogue.write() as connection:
            next_generation(connection)
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert catalogue.generation == 0
    catalogue.close()


def test_an_interrupted_first_migration_is_done_again(tmp_path: Path) -> None:
    Catalogue(tmp_path).close()
    with sqlite3.connect(tmp_path / "catalogue.db") as raw:
        raw.execute("DELETE FROM meta WHERE name = 'schema'")
        raw.execute("DROP TABLE passages")
    raw.close()
    catalogue = Catalogue(tmp_path)
    assert catalogue.value("schema") == str(len(MIGRATIONS))
    catalogue.close()


def test_a_locked_database_is_busy_for_writers_and_open_for_readers(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path, busy_seconds=0.2)
    other = sqlite3.connect(tmp_path / "catalogue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert catalogue.generation == 0
    with pytest.raises(ArchiveBusy):
        catalogue.put(colour="红")
    other.execute("ROLLBACK")
    other.close()
    catalogue.put(colour="红")
    catalogue.close()


def test_a_catalogue_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.put(schema=str(len(MIGRATIONS) + 1))
    catalogue.close()
    with pytest.raises(ArchiveUnavailable):
        Catalogue(tmp_path)


def test_a_broken_database_file(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(ArchiveDamaged):
        Catalogue(tmp_path)


@pytest.mark.parametrize("url", ["no url", "nodialect://somewhere/x"])
def test_an_unusable_database_url(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        Catalogue(tmp_path, url)
    assert "ASSISTANT_DATABASE_URL" in caught.value.sentence("zh")


def test_another_database_by_url(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "nowhere", f"sqlite:///{tmp_path / 'other.db'}")
    catalogue.put(colour="红")
    catalogue.close()
    assert (tmp_path / "other.db").exists()


def test_keys_tell_owners_apart() -> None:
    assert digest("甲", "x") != digest("乙", "x")
    assert digest("a", "bc") != digest("ab", "c")
