from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.errors import DocumentUnknown, QueryInvalid
from assistant.llm import HashingEmbeddings
from assistant.service.library import Library, open_library
from assistant.settings import Settings


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    for year in (2023, 2024):
        text = f"云溪县科学技术局{year}年工作总结\n\n一、工作开展情况\n新认定高新技术企业{year % 100}家。\n"
        (tmp_path / f"云溪{year}.txt").write_text(text, encoding="utf-8")
    with Archive.open(settings, HashingEmbeddings()) as archive:
        library = Library(archive)
        library.ingest([tmp_path / "云溪2023.txt", tmp_path / "云溪2024.txt"])
        yield library


def test_ids_may_be_shortened(library: Library) -> None:
    first = library.documents()[0]
    assert library.show(first.id[:6]).title == first.title


@pytest.mark.parametrize("beginning", ["", "a", "zzzz"])
def test_what_does_not_name_one_document_is_refused(library: Library, beginning: str) -> None:
    with pytest.raises(DocumentUnknown):
        library.show(beginning)
    with pytest.raises(DocumentUnknown):
        library.remove(beginning)
    assert len(library.documents()) == 2


def test_remove_tells_what_it_removed(library: Library) -> None:
    chosen = library.documents()[0]
    assert library.remove(chosen.id) == (chosen.title, chosen.passages)
    assert [one.id for one in library.documents()] != [chosen.id]


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_limits_out_of_range_are_refused(library: Library, limit: int) -> None:
    with pytest.raises(QueryInvalid):
        library.search("高新技术企业", limit=limit)


def test_another_owner_sees_nothing(library: Library, settings: Settings) -> None:
    with Archive.open(settings, HashingEmbeddings(), owner="other") as archive:
        other = Library(archive)
        assert other.documents() == ()
        assert other.search("高新技术企业") == ()
        with pytest.raises(DocumentUnknown):
            other.show(library.documents()[0].id)


def test_repair_reports_a_sound_archive(library: Library) -> None:
    assert library.repair(check=True).sound


def test_an_empty_archive_opens(settings: Settings) -> None:
    with open_library(settings) as library:
        assert library.documents() == ()
