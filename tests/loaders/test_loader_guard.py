"""Limits before parsing: type by content, sizes, archives, XML declarations, names."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from samples.build import docx, paragraph, xlsx, zipped
from samples.raising import refused

from assistant.errors import FileRefused, FileUnreadable, FormatUnknown, InputError
from assistant.loaders import archives, guard, load

GOOD = docx(paragraph("云溪县2025年工作总结"))


def _load(folder: Path, name: str, data: bytes, **options: int) -> InputError:
    """The error that a file with these bytes ends in; its message never carries the folder."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        load(path, **options)
    sentence = caught.value.sentence("zh")
    assert str(folder) not in sentence + str(caught.value)
    return caught.value


def _with(parts: dict[str, str | bytes]) -> bytes:
    return zipped({"word/document.xml": "<w:document/>", **parts})


@pytest.mark.parametrize(
    ("name", "data", "kind", "reason"),
    [
        ("空.docx", b"", FileUnreadable, "文件是空的"),
        ("空.txt", b"\r\n \t\n", FileUnreadable, "文件是空的"),
        ("零.txt", b"\0" * 4096, FileUnreadable, "文件是空的"),
        ("程序.docx", b"MZ\x90\x00" + b"\0" * 600, FileRefused, "内容是程序"),
        ("程序.txt", b"\x7fELF\x02\x01\x01", FileRefused, "内容是程序"),
        ("脚本.md", b"#!/bin/sh\nrm -rf x\n", FileRefused, "内容是程序"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileRefused, "旧版 Office 文件"),
        (
            "密.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            FileRefused,
            "已加密",
        ),
        ("文.docx", "这是文本".encode(), FileRefused, "内容不是 Word 文档"),
        ("表.xlsx", b"%PDF-1.7", FileRefused, "内容不是 Excel 表格"),
        ("包.docx", zipped({"a.txt": "x"}), FileRefused, "没有Word 文档的内容"),
        ("表.docx", xlsx({"表": [[1, 2]]}), FileRefused, "没有Word 文档的内容"),
        ("文.xlsx", GOOD, FileRefused, "没有Excel 表格的内容"),
        ("坏.docx", GOOD[:200], FileUnreadable, "已损坏"),
        ("包.txt", GOOD, FileRefused, "内容是压缩包"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", FileRefused, "内容是图片"),
        ("图.html", b"\xff\xd8\xff\xe0", FileRefused, "内容是图片"),
        ("文.md", b"%PDF-1.4", FileRefused, "内容是PDF"),
        ("包.csv", b"Rar!\x1a\x07", FileRefused, "内容是压缩包"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", FileRefused, "内容不是 旧版 Word 文档"),
        ("旧.xls", "甲,乙".encode(), FileRefused, "内容不是 旧版 Excel 表格"),
        (
            "密.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            FileRefused,
            "已加密",
        ),
        ("宏.docm", GOOD, FileRefused, "带宏"),
        ("版.ofd", GOOD, FileRefused, "请先另存为"),
        ("包.zip", GOOD, FileRefused, "请先解压"),
        ("包.RAR", b"Rar!", FileRefused, "请先解压"),
        ("稿.pptx", GOOD, FileRefused, "没有演示文稿的内容"),
        ("稿.odt", zipped({"a.txt": "x"}), FileRefused, "没有OpenDocument 文件的内容"),
        ("图.png", b"GIF89a", FileRefused, "内容不是 图片"),
        ("图.jpg", b"%PDF-1.4", FileRefused, "内容不是 图片"),
        ("动.gif", b"GIF89a", FileRefused, "请先另存为"),
        ("图.xyz", b"text", FormatUnknown, ""),
        ("无后缀", b"text", FormatUnknown, ""),
    ],
)
def test_type_by_content(tmp_path: Path, name: str, data: bytes, kind: type[InputError], reason: str) -> None:
    error = _load(tmp_path, name, data)
    assert type(error) is kind
    assert reason in str(error.details["reason"])
    assert error.details["name"] == name


def test_unknown_format_tells_what_is_read(tmp_path: Path) -> None:
    error = _load(tmp_path, "图.svg", b"<svg/>")
    assert all(
        suffix in error.hint("zh")
        for suffix in (
            ".docx",
            ".xlsx",
            ".pdf",
            ".txt",
            ".md",
            ".html",
            ".csv",
            ".pptx",
            ".eml",
            ".png",
            ".wps",
        )
    )


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with refused(FileUnreadable, "不存在"):
        load(tmp_path / "没有.txt")
    (tmp_path / "夹.txt").mkdir()
    with refused(FileUnreadable, "不是文件"):
        load(tmp_path / "夹.txt")


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    with refused(FileUnreadable, "不是文件"):
        load(tmp_path / "管.txt")


def test_size_limit(tmp_path: Path) -> None:
    error = _load(tmp_path, "大.txt", b"a" * (2 * 1024 * 1024 + 1), max_bytes=2 * 1024 * 1024)
    assert "文件超过 2 MB 的上限" in error.sentence("zh")
    assert "larger than 2 MB" in error.sentence("en")


def test_too_many_characters(tmp_path: Path) -> None:
    error = _load(tmp_path, "长.txt", ("文字" * 50 + "\n").encode() * 101_000)
    assert "1000 万字" in str(error.details["reason"])


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"../../etc/passwd": "x"}, "路径不安全"),
        ({"/etc/passwd": "x"}, "路径不安全"),
        ({"..\\..\\x": "x"}, "路径不安全"),
        ({"C:/x": "x"}, "路径不安全"),
        ({"word/inner.zip": b"PK"}, "还有压缩包"),
        ({"other.docx": b"PK"}, "还有压缩包"),
        ({f"a{number}": "" for number in range(2001)}, "压缩条目超过 2000 个"),
        ({"word/media/a.bin": b"\0" * 5_000_000}, "压缩比异常"),
        ({"word/a.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "不允许的声明"),
        ({"word/a.xml": " " * 300_000 + "<!doctype a>"}, "不允许的声明"),
        ({"word/a.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")}, "不允许的声明"),
        ({"word/_rels/document.xml.rels": '<!ENTITY x SYSTEM "file:///etc/passwd">'}, "不允许的声明"),
    ],
)  # fmt: skip
def test_unsafe_archives(tmp_path: Path, parts: dict[str, str | bytes], reason: str) -> None:
    error = _load(tmp_path, "报告.docx", _with(parts))
    assert isinstance(error, FileRefused)
    assert reason in str(error.details["reason"])


def test_embedded_workbooks_of_charts_are_fine(tmp_path: Path) -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK")
    path = tmp_path / "报告.docx"
    path.write_bytes(stream.getvalue())
    assert load(path)[0].title == "云溪县2025年工作总结"


def test_a_new_word_file_with_an_old_suffix_is_read(tmp_path: Path) -> None:
    for name in ("改名.doc", "改名.wps"):
        (tmp_path / name).write_bytes(GOOD)
        (document,) = load(tmp_path / name)
        assert (document.title, document.source.format) == ("云溪县2025年工作总结", "docx")


def test_symbolic_links_in_archives(tmp_path: Path) -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("word/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert "符号链接" in str(_load(tmp_path, "报告.docx", stream.getvalue()).details["reason"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_entries(tmp_path: Path) -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "重名" in str(_load(tmp_path, "报告.docx", stream.getvalue()).details["reason"])


def test_encrypted_entries(tmp_path: Path) -> None:
    data = bytearray(GOOD)
    directory = data.rfind(b"PK\x01\x02")
    while directory >= 0:
        struct.pack_into("<H", data, directory + 8, 0x1)
        directory = data.rfind(b"PK\x01\x02", 0, directory)
    assert "已加密" in str(_load(tmp_path, "报告.docx", bytes(data)).details["reason"])


def test_wrong_checksum(tmp_path: Path) -> None:
    data = bytearray(zipped({"word/document.xml": "<w:document>甲</w:document>"}, zipfile.ZIP_STORED))
    data[data.find("甲".encode())] ^= 1
    error = _load(tmp_path, "报告.docx", bytes(data))
    assert isinstance(error, FileUnreadable)
    assert "已损坏" in str(error.details["reason"])


def test_unpacked_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    assert "解压后超过" in str(
        _load(tmp_path, "报告.docx", _with({"a.bin": os.urandom(2000)})).details["reason"]
    )


def test_paragraph_count_across_piece_borders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_PIECE", 7)
    blocks = docx(*(paragraph(f"段{number}") for number in range(3)))
    path = tmp_path / "三段.docx"
    path.write_bytes(blocks)
    package = archives.PACKAGES["docx"]
    (pattern, _, told) = package.counted[0]
    monkeypatch.setitem(archives.PACKAGES, "docx", replace(package, counted=((pattern, 3, told),)))
    assert len(load(path)[0].blocks) == 3
    error = _load(tmp_path, "四段.docx", docx(*(paragraph(f"段{number}") for number in range(4))))
    assert "段落超过 3 个" in error.sentence("zh")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告\u202excod.txt", "报告xcod.txt"),
        ("a" * 200 + ".txt", "a" * 100 + "…" + "a" * 14 + ".txt"),
        ("报\n告.txt", "报告.txt"),
    ],
)
def test_shown_names(name: str, shown: str) -> None:
    assert guard.shown_name(Path("/some/folder") / name) == shown


def test_names_of_255_bytes(tmp_path: Path) -> None:
    path = tmp_path / ("报" * 83 + "ab.txt")
    path.write_text("云溪县2025年工作总结\n新增企业23家。", encoding="utf-8")
    (document,) = load(path)
    assert len(document.source.name) <= 120
