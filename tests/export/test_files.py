from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ExportError
from assistant.export import replacing, write_text


def test_writes_and_makes_folders(tmp_path: Path) -> None:
    path = write_text(tmp_path / "new" / "报告.md", "一\n二\n")
    assert path.read_bytes() == "一\n二\n".encode()
    assert [item.name for item in path.parent.iterdir()] == ["报告.md"]


def test_a_block_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.md", "before")

    def interrupted() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text(encoding="utf-8") == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_in_the_way_is_an_export_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(ExportError) as caught:
        write_text(tmp_path / "a.md", "text")
    assert caught.value.code == "export.failed"
    assert caught.value.sentence("zh") == "“a.md”未能写出：同名的文件夹已经存在"
    assert caught.value.sentence("en") == "“a.md” could not be written: Is a directory"
    assert [item.name for item in tmp_path.iterdir()] == ["a.md"]


def test_a_file_where_the_folder_should_be_is_an_export_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(ExportError):
        write_text(tmp_path / "out" / "a.md", "text")


def test_a_name_of_255_bytes_can_be_written(tmp_path: Path) -> None:
    name = "报" * 84 + ".md"
    assert write_text(tmp_path / name, "x").exists()
