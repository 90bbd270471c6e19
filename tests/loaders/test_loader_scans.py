"""Scans and pictures: recognised page by page, mixed with stored text, limits, faults, progress, cancelling."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from samples.build import pdf
from samples.pictures import drawn, picture
from samples.raising import refused

from assistant.errors import FileRefused, FileUnreadable
from assistant.loaders import image, limited, load, worker
from assistant.loaders import pdf as pdf_loader
from assistant.loaders.image import image_pages, read_image
from assistant.loaders.limited import read_limited
from assistant.loaders.ocr import tidy
from assistant.loaders.page import Page, Row, join_pages
from assistant.loaders.pdf import pdf_pages
from assistant.records import Progress

LINES = ["云溪县2025年工作总结", "新增高新技术企业1280家，同比增长30.68%。"]


@pytest.fixture(scope="module", autouse=True)
def _children() -> Iterator[None]:
    yield
    worker.stop_children()


def _merged(*files: bytes) -> bytes:
    """One PDF of the pages of several."""
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    stream = io.BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()


def _pages(pages: Iterator[Page]) -> list[Page]:
    """The pages without the announcements of recognition."""
    return [page for page in pages if page.state != "image"]


@pytest.fixture(scope="module")
def mixed() -> bytes:
    """A page with text, a scanned page, a blank one."""
    text = pdf([[(90, 700, "第一页有文字，研发投入5.6亿元。")]])
    return _merged(text, picture(drawn(LINES), "PDF"), pdf([[]]))


def test_a_scanned_page_among_others_is_recognised_and_marked(tmp_path: Path, mixed: bytes) -> None:
    path = tmp_path / "云溪县2025年工作总结.pdf"
    path.write_bytes(mixed)
    heard: list[Progress] = []
    (document,) = load(path, report=heard.append)
    assert "研发投入5.6亿元" in document.text
    assert LINES[1] in document.text
    marked = {block.page: block.confidence is not None for block in document.blocks}
    assert marked == {1: False, 2: True}
    assert document.notes[:2] == (
        "第2页是扫描页或图片，文字由图像识别得到，其中的数字请对照原件核对",
        "有 1 页空白",
    )
    assert [(one.stage, one.done, one.total) for one in heard] == [("recognise", 2, 3)]


def test_whoever_listens_can_cancel(mixed: bytes) -> None:
    class Cancelled(Exception):
        pass

    def stop(_: Progress) -> None:
        raise Cancelled

    worker.stop_children()
    with pytest.raises(Cancelled):
        read_limited("pdf", mixed, "扫描.pdf", report=stop)
    assert worker._idle == []


def test_turned_pages_stand_upright() -> None:
    page = drawn([*LINES, *LINES], (900, 500)).rotate(90, expand=True)
    content = read_image(picture(page, "JPEG"), "横.jpg")
    assert content.lines[0].text == LINES[0]


def test_a_tiff_of_several_pages_and_a_broken_frame() -> None:
    pages = _pages(image_pages(picture(drawn(LINES), "TIFF", [drawn(["第二页"])]), "多页.tif"))
    assert [(page.number, page.state, page.rows[0].text) for page in pages] == [
        (1, "recognised", LINES[0]),
        (2, "recognised", "第二页"),
    ]


def test_transparent_pictures_are_read_on_white() -> None:
    ink = drawn([LINES[0]], (900, 400))
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink.point(lambda value: 255 - value))
    assert read_image(picture(clear), "透明.png").lines[0].text == LINES[0]


@pytest.mark.parametrize("askew", [0.0, 0.7])
def test_a_ruled_table_in_a_picture_is_a_table(askew: float) -> None:
    page = drawn(
        ["主要指标完成情况", "　指标　　　数值", "　研发投入　5.6亿元", "　合计　　　7.8亿元"], (900, 560)
    )
    pen = ImageDraw.Draw(page)
    for y in (211, 267, 323, 379):
        pen.line((110, y, 560, y), fill=0, width=2)
    for x in (110, 330, 560):
        pen.line((x, 211, x, 379), fill=0, width=2)
    turned = page.rotate(askew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    title, table = read_image(picture(turned), "表.png").lines
    assert title.text == "主要指标完成情况"
    assert (table.kind, table.text) == ("table", "指标 | 数值\n研发投入 | 5.6亿元\n合计 | 7.8亿元")
    assert [(cell.row, cell.column) for cell in table.cells] == [(r, c) for r in range(3) for c in range(2)]


def test_what_holds_no_text_is_refused() -> None:
    with refused(FileRefused, "没有识别出文字", name="白.png"):
        read_image(picture(Image.new("L", (600, 600), 255)), "白.png")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\nnothing", b"II*\0nothing", b"BM" + b"\0" * 40, b"\xff\xd8\xff"]
)
def test_broken_pictures(data: bytes) -> None:
    with refused(FileUnreadable, "图片已损坏"):
        read_image(data, "坏.png")


def test_a_cut_picture_is_told() -> None:
    data = picture(drawn(LINES))
    with refused(FileRefused, "没有识别出文字"):
        read_image(data[: len(data) // 2], "断.png")


def test_too_many_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MAX_PIXELS", 10_000)
    with refused(FileRefused, "万像素"):
        read_image(picture(drawn(LINES)), "大.png")


def test_pages_beyond_the_limit_of_scans_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_loader, "MAX_SCANS", 1)
    data = _merged(*(picture(drawn([f"第{number}页内容"], (900, 500)), "PDF") for number in (1, 2, 3)))
    pages = _pages(pdf_pages(data, "扫描.pdf"))
    assert [page.state for page in pages] == ["recognised", "skipped", "skipped"]
    assert "第2—3页是扫描页，超过一次识别的上限，未读入" in join_pages(pages).notes


def test_pages_with_the_same_image_are_recognised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        pdf_loader,
        "recognise",
        lambda _, number: asked.append(number) or (Row("同", 0, 0, 9, 9, 9, 842, 1.0),),
    )
    one = picture(drawn(["同一页"], (900, 500)), "PDF")
    pages = _pages(pdf_pages(_merged(one, one, one), "扫描.pdf"))
    assert asked == [1]
    assert [page.rows[0].page for page in pages] == [1, 2, 3]


def test_a_page_that_ends_the_child_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child dies at page 2 whenever its tables and images are looked at, and then for good."""
    asked: list[tuple[int, bool]] = []

    class Dying:
        busy = False

        def ask(self, format_name: str, name: str, data: bytes, first: int, careful: bool) -> None:
            asked.append((first, careful))
            self.next = first

        def receive(self, seconds: float) -> dict[str, object]:
            assert seconds > 0
            self.next += 1
            if self.next == 2:
                raise worker.Silent(late=False)
            if self.next > 3:
                return {"end": True}
            row = {"text": f"第{self.next}页的文字", "page": self.next, "left": 0, "right": 9, "top": 400}
            row |= {"height": 9, "page_height": 842, "confidence": None, "cells": []}
            return {"page": {"number": self.next, "total": 3, "rows": [row], "state": "text"}}

    class _One:
        def __enter__(self) -> Dying:
            return Dying()

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(limited, "warm_child", _One)
    content = read_limited("pdf", b"", "报告.pdf")
    assert asked == [(0, False), (1, True), (2, False)]
    assert [line.text for line in content.lines] == ["第1页的文字", "第3页的文字"]
    assert content.notes == ("第2页无法读取，未读入",)


def test_recognition_is_announced_so_that_it_has_its_own_time() -> None:
    states = [page.state for page in image_pages(picture(drawn(LINES)), "图.png")]
    assert states == ["image", "recognised"]


def test_careful_reading_leaves_images_alone() -> None:
    data = picture(drawn(LINES), "PDF")
    assert [page.state for page in pdf_pages(data, "扫描.pdf", 0, True)] == ["lost"]
    assert [page.state for page in image_pages(picture(drawn(LINES)), "图.png", 0, True)] == ["lost"]


def test_nothing_is_fetched_when_the_weights_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from assistant.loaders import ocr

    ocr._engine.cache_clear()
    monkeypatch.setattr("rapidocr.__file__", str(tmp_path / "__init__.py"))
    with refused(FileRefused, "未安装文字识别组件"):
        read_image(picture(drawn(LINES)), "图.png")


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("增长18.3%,达到5亿元;", "增长18.3%，达到5亿元；"),
        ("1,280家", "1,280家"),
        ("R&D (2025)", "R&D (2025)"),
        ("1O.5亿元", "10.5亿元"),
        ("O2O模式", "O2O模式"),
        ("5G基站2l0座", "5G基站210座"),
    ],
)
def test_tidied_words(read: str, shown: str) -> None:
    assert tidy(read) == shown


def test_tables_across_pages_are_one() -> None:
    def table(page: int, *rows: tuple[str, str]) -> Page:
        cells = tuple((r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row))
        return Page(page, 2, (Row("", page, 60, 500, 700, 300, 842, None, cells),))

    content = join_pages([table(1, ("指标", "数值"), ("甲", "1")), table(2, ("指标", "数值"), ("乙", "2"))])
    (line,) = content.lines
    assert line.text == "指标 | 数值\n甲 | 1\n乙 | 2"
    assert (line.kind, line.page) == ("table", 1)
