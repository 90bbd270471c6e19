"""PDF: paragraphs across lines and pages, running heads, page numbers, scans, protection."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples.build import pdf, pdf_of
from samples.raising import refused

from assistant.errors import FileRefused, FileUnreadable
from assistant.loaders import load
from assistant.loaders.pdf import read_pdf

FULL = "加快推进产业园区建设完善创新平台布局支持企业与高校共建"  # 26 characters: a whole row of 416 points
LEFT = 90.0


def _rows(first: float, *texts: str, indent: bool = True, step: float = 28) -> list[tuple[float, float, str]]:
    """Rows from the height `first` downwards; the first one indented by two characters."""
    return [
        (
            LEFT + (32 if indent and not number else 0),
            first - step * number,
            text if number or not indent else text[:24],
        )
        for number, text in enumerate(texts)
    ]


def _texts(*pages: list[tuple[float, float, str]]) -> list[str]:
    return [line.text for line in read_pdf(pdf(pages), "报告.pdf").lines]


def test_rows_are_joined_to_paragraphs() -> None:
    page = _rows(760, FULL, FULL, "取得成效。") + _rows(600, FULL, "结尾。")
    assert _texts(page) == [FULL[:24] + FULL + "取得成效。", FULL[:24] + "结尾。"]


def test_paragraph_across_pages_keeps_its_first_page() -> None:
    content = read_pdf(
        pdf([_rows(300, FULL, FULL, FULL), _rows(760, FULL, "结尾。", indent=False)]), "报告.pdf"
    )
    assert [line.text for line in content.lines] == [FULL[:24] + FULL * 3 + "结尾。"]
    assert [line.page for line in content.lines] == [1]


def test_pages_of_blocks(tmp_path: Path) -> None:
    path = tmp_path / "云溪县2025年工作总结.pdf"
    path.write_bytes(
        pdf([_rows(700, FULL, "第一页。"), _rows(700, FULL, "第二页。"), _rows(700, FULL, "第三页。")])
    )
    (document,) = load(path)
    assert [(block.page, block.paragraph) for block in document.blocks] == [(1, 1), (2, 2), (3, 3)]


def test_headings_stay_alone() -> None:
    page = [
        (170.0, 780.0, "云溪县2025年工作总结"),
        (122.0, 740.0, "一、工作情况"),
        *_rows(712, FULL, "成效明显。"),
    ]
    assert _texts(page) == ["云溪县2025年工作总结", "一、工作情况", FULL[:24] + "成效明显。"]


def test_page_numbers_and_running_heads_go() -> None:
    pages = [
        [
            (240.0, 810.0, "云溪县科学技术局文件"),
            *_rows(700, FULL, f"第{page}段。"),
            (290.0, 30.0, f"— {page} —"),
        ]
        for page in range(1, 6)
    ]
    content = read_pdf(pdf(pages), "报告.pdf")
    assert [line.text for line in content.lines] == [FULL[:24] + f"第{page}段。" for page in range(1, 6)]
    assert content.notes == ("已去除页眉页脚和页码 10 行",)


@pytest.mark.parametrize("number", ["3", "- 3 -", "第3页", "第 3 页 共 9 页", "3/9", "· 3 ·"])
def test_forms_of_page_numbers(number: str) -> None:
    assert _texts([*_rows(700, FULL, "结尾。"), (290.0, 30.0, number)]) == [FULL[:24] + "结尾。"]


def test_figures_in_the_text_are_no_page_numbers() -> None:
    assert "2025" in _texts([(LEFT, 500.0, "2025")])


def test_spaces_between_letters_and_characters_go() -> None:
    assert _texts([(LEFT, 700.0, "新增 23 家，R&D 经费 5.6 亿元")]) == ["新增23家，R&D经费5.6亿元"]


def test_bullets_are_list_items() -> None:
    (line,) = read_pdf(pdf([[(LEFT, 700.0, "• 新增企业")]]), "报告.pdf").lines
    assert (line.text, line.kind) == ("新增企业", "list_item")


def test_empty_pages_are_refused() -> None:
    with refused(FileRefused, "没有文字，也没有能识别的图像", name="空白.pdf"):
        read_pdf(pdf([[], [], []]), "空白.pdf")


def test_pages_without_text_among_others_are_told() -> None:
    content = read_pdf(pdf([_rows(700, FULL, "结尾。"), []]), "报告.pdf")
    assert content.notes == ("有 1 页空白",)


def test_too_many_pages() -> None:
    with refused(FileRefused, "超过 2000 页"):
        read_pdf(pdf([[]] * 2001), "报告.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.5\n", b"%PDF-1.5\n1 0 obj\n<<", b"nothing at all"])
def test_broken_files(data: bytes) -> None:
    with refused(FileUnreadable, "PDF 文件已损坏"):
        read_pdf(data, "报告.pdf")


def test_protected_file() -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>",
    ]
    data = pdf_of(
        objects, b"/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )
    with refused(FileRefused, "文件已加密"):
        read_pdf(data, "报告.pdf")


def test_not_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes("其实是文本".encode())
    with refused(FileRefused, "内容不是 PDF"):
        load(path)
