from __future__ import annotations

import threading
from pathlib import Path

import pytest
from samples.pictures import drawn, picture

from archive.conftest import Opener
from archive.made import CountingEmbeddings, document, report
from assistant.archive import Archive, IngestRow
from assistant.errors import ArchiveBusy, DocumentUnknown, EmbeddingMismatch, ModelUnavailable
from assistant.loaders import load
from assistant.records import Passage, Progress, Span, Spelling

TEXT = "云溪县科学技术局{year}年工作总结\n\n一、工作开展情况\n新认定高新技术企业{firms}家，技术合同登记额5.6亿元。\n"


def _write(path: Path, year: int = 2025, firms: int = 23, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(year=year, firms=firms), encoding)
    return path


def _statuses(rows: list[IngestRow]) -> list[str]:
    return [row.status for row in rows]


def test_files_become_ready_and_can_be_read_back(archive: Archive, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    (row,) = archive.ingest([path])
    assert (row.status, row.passages > 0, row.code) == ("ready", True, "")
    assert archive.document(row.documents[0]) == load(path)[0]
    assert [item.id for item in archive.documents()] == list(row.documents)


def test_unchanged_files_are_not_embedded_again(
    archive: Archive, embeddings: CountingEmbeddings, tmp_path: Path
) -> None:
    path = _write(tmp_path / "a.txt")
    archive.ingest([path])
    before = embeddings.texts
    (row,) = archive.ingest([str(path)])
    assert (row.status, row.passages > 0, embeddings.texts) == ("unchanged", True, before)


def test_a_folder_is_walked(archive: Archive, tmp_path: Path) -> None:
    _write(tmp_path / "in" / "b" / "x.txt", 2024)
    _write(tmp_path / "in" / "a.md", 2025)
    _write(tmp_path / "in" / ".hidden.txt", 2023)
    _write(tmp_path / "in" / "~$lock.txt", 2022)
    rows = archive.ingest([tmp_path / "in"])
    assert [(row.name, row.status) for row in rows] == [("a.md", "ready"), ("x.txt", "ready")]


def test_an_empty_folder_and_nothing(archive: Archive, tmp_path: Path) -> None:
    assert archive.ingest([tmp_path]) == []
    assert archive.ingest([]) == []


def test_a_file_that_fails_is_a_row_and_the_others_go_on(archive: Archive, tmp_path: Path) -> None:
    good, empty = _write(tmp_path / "good.txt"), tmp_path / "empty.txt"
    empty.write_bytes(b"")
    unknown = tmp_path / "x.xyz"
    unknown.write_bytes(b"\x00\x01\x02")
    rows = archive.ingest([empty, tmp_path / "missing.txt", unknown, good])
    assert _statuses(rows) == ["failed", "failed", "failed", "ready"]
    assert all(row.code.startswith("input.") and row.reason and row.hint for row in rows[:3])
    assert not any(str(tmp_path) in row.reason for row in rows)


def test_a_failed_file_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert _statuses(archive.ingest([path])) == ["failed"]
    _write(path)
    assert _statuses(archive.ingest([path])) == ["ready"]


def test_the_same_text_elsewhere_is_one_document(archive: Archive, tmp_path: Path) -> None:
    first, second = _write(tmp_path / "a.txt"), _write(tmp_path / "b.txt", encoding="gb18030")
    rows = archive.ingest([first, second])
    assert _statuses(rows) == ["ready", "unchanged"]
    assert rows[0].documents == rows[1].documents
    assert len(archive.documents()) == 1
    assert archive.repair(check=True).sound


def test_new_content_replaces_the_old(archive: Archive, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", firms=23)
    (old,) = archive.ingest([path])
    _write(path, firms=31)
    (new,) = archive.ingest([path])
    assert (new.status, new.documents != old.documents) == ("ready", True)
    assert [item.id for item in archive.documents()] == list(new.documents)
    assert not any("23家" in hit.passage.text for hit in archive.search("高新技术企业"))
    with pytest.raises(DocumentUnknown):
        archive.document(old.documents[0])
    assert archive.repair(check=True).sound


def test_a_replacement_that_cannot_be_read_leaves_the_old(archive: Archive, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    archive.ingest([path])
    path.write_bytes(b"")
    assert _statuses(archive.ingest([path])) == ["failed"]
    assert len(archive.documents()) == 1
    _write(path)
    assert _statuses(archive.ingest([path])) == ["unchanged"]


def test_a_document_of_two_files_stays_until_both_change(archive: Archive, tmp_path: Path) -> None:
    first, second = _write(tmp_path / "a.txt"), _write(tmp_path / "b.txt")
    archive.ingest([first, second])
    archive.ingest([_write(first, firms=31)])
    assert len(archive.documents()) == 2
    archive.ingest([_write(second, firms=31)])
    assert len(archive.documents()) == 1


def test_removed_is_gone_and_can_come_back(archive: Archive, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    (row,) = archive.ingest([path])
    assert archive.remove(row.documents[0]) == row.passages
    assert (archive.documents(), archive.search("企业"), archive.passages(row.documents[0])) == ((), [], ())
    assert archive.repair(check=True).sound
    with pytest.raises(DocumentUnknown):
        archive.remove(row.documents[0])
    assert _statuses(archive.ingest([path])) == ["ready"]


def test_removing_leaves_no_text_behind(archive: Archive) -> None:
    made = document("涉密样例", ["独一无二的标记词甲乙丙丁。"])
    archive.add([made, report("云溪县", 2025, 3)])
    archive.remove(made.id)
    with archive._catalogue.read() as connection:
        counts = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("documents", "passages", "embeddings", "sources", "links")
        ]
    assert counts == [1, 2, 2, 1, 1]


def test_vectors_are_kept_while_another_document_needs_them(
    archive: Archive, opened: Opener, embeddings: CountingEmbeddings
) -> None:
    made = report("云溪县", 2025, 3)
    archive.add([made])
    before = embeddings.texts
    other = opened("乙")
    other.add([made])
    assert embeddings.texts == before
    archive.remove(made.id)
    assert other.repair(check=True).sound
    assert other.search("高新技术企业")


def test_documents_by_hand_with_passages_by_hand(archive: Archive) -> None:
    made = report("云溪县", 2025, 3)
    given = {made.id: [*_cut(made.id, made.text)]}
    (row,) = archive.add([made], given)
    assert row.passages == 1
    assert archive.passages(made.id)[0].id == "own-id"


def _cut(document_id: str, text: str) -> list[Passage]:
    return [Passage("own-id", document_id, Span(0, len(text)), text, "题")]


def test_evasive_spellings_are_found_by_their_meaning(archive: Archive) -> None:
    text = "认真落实d建工作责任制。"
    made = document("样例", [text], spellings=(Spelling(Span(4, 6), "d建", "党建"),))
    archive.add([made, document("其他", ["认真落实安全生产责任制。"])])
    for question in ("党建工作", "d建工作"):
        assert archive.search(question)[0].passage.document_id == made.id
    assert archive.search("党建")[0].passage.text == text


def test_progress_is_told(archive: Archive, tmp_path: Path) -> None:
    told: list[Progress] = []
    archive.ingest([_write(tmp_path / "a.txt")], told.append)
    assert {"load", "embed", "index"} <= {item.stage for item in told}
    assert told[-1].done == told[-1].total == 1


def test_a_model_that_fails_leaves_what_was_finished(
    archive: Archive, embeddings: CountingEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([report("云溪县", 2024, 3)])
    whole = embeddings.embed_documents

    def fails(_: list[str]) -> list[list[float]]:
        raise ModelUnavailable(reason="down")

    monkeypatch.setattr(embeddings, "embed_documents", fails)
    with pytest.raises(ModelUnavailable):
        archive.add([report("云溪县", 2025, 4)])
    assert len(archive.documents()) == 1
    assert archive.search("高新技术企业")
    monkeypatch.setattr(embeddings, "embed_documents", whole)
    archive.add([])
    assert len(archive.documents()) == 2


def test_another_embedding_model_is_refused(archive: Archive, opened: Opener) -> None:
    archive.add([report("云溪县", 2025, 3)])
    other = opened(embeddings=CountingEmbeddings(32, "other"))
    with pytest.raises(EmbeddingMismatch):
        other.add([report("云溪县", 2024, 3)])
    with pytest.raises(EmbeddingMismatch):
        other.search("企业")
    assert len(other.documents()) == 1


def test_the_same_name_with_another_dimension_is_refused(archive: Archive, opened: Opener) -> None:
    archive.add([report("云溪县", 2025, 3)])
    with pytest.raises(EmbeddingMismatch):
        opened(embeddings=CountingEmbeddings(32)).add([report("云溪县", 2024, 3)])


def test_one_writer_at_a_time(archive: Archive, opened: Opener) -> None:
    impatient = opened("乙", wait_seconds=0.05)
    refused: list[ArchiveBusy] = []

    def second(_: Progress) -> None:
        with pytest.raises(ArchiveBusy) as caught:
            impatient.add([report("云溪县", 2024, 3)])
        refused.append(caught.value)

    def in_a_thread(progress: Progress) -> None:
        thread = threading.Thread(target=lambda: second(progress))
        thread.start()
        thread.join()

    archive.add([report("云溪县", 2025, 3)], report=in_a_thread)
    assert refused


def test_two_threads_with_the_same_files(opened: Opener, tmp_path: Path) -> None:
    paths = [_write(tmp_path / f"{number}.txt", 2000 + number, number) for number in range(12)]
    archives = [opened(), opened()]
    threads = [threading.Thread(target=archive.ingest, args=(paths,)) for archive in archives]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passages = [sum(item.passages for item in archive.documents()) for archive in archives]
    assert passages[0] == passages[1] > 0
    assert len(archives[0].documents()) == 12
    assert archives[0].repair(check=True).sound


def test_another_process_notices_new_vectors(archive: Archive, opened: Opener) -> None:
    reader = opened()
    archive.add([report("云溪县", 2024, 3)])
    assert len(reader.search("高新技术企业")) == 2
    archive.add([report("青岚区", 2025, 7)])
    assert reader.search("青岚区高新技术企业")[0].passage.place == "青岚区"
    assert reader._indexes.vectors.count() == 4
    archive.remove(report("青岚区", 2025, 7).id)
    assert {hit.passage.place for hit in reader.search("青岚区高新技术企业")} == {"云溪县"}


def test_a_scan_is_taken_in_page_by_page(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "扫描.png"
    path.write_bytes(picture(drawn(["云溪县2025年工作总结", "新增高新技术企业23家。"], (900, 400))))
    heard: list[Progress] = []
    (row,) = archive.ingest([path], report=heard.append)
    assert row.status == "ready"
    assert ("recognise", 1, 1) in [(one.stage, one.done, one.total) for one in heard]
    document = archive.document(row.documents[0])
    assert all(block.confidence is not None for block in document.blocks)
    assert "扫描页或图片" in document.notes[0]
