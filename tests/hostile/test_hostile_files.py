"""Files made to harm: each ends in a Document or a coded refusal in Chinese, and nothing outside changes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samples.build import cell, docx, paragraph, pdf_of, run, table, xlsx, zipped

from assistant.errors import InputError
from assistant.loaders import load
from assistant.loaders.worker import stop_children
from assistant.records import Document

PROSE = "云溪县2025年工作总结"
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module", autouse=True)
def _children() -> Iterator[None]:
    yield
    stop_children()


def _document(body: str, head: str = "") -> bytes:
    return zipped({"word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def _with_parts(**parts: str) -> bytes:
    stream = io.BytesIO(docx(paragraph(PROSE)))
    with zipfile.ZipFile(stream, "a") as archive:
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_rels", ".rels"), content
            )
    return stream.getvalue()


def _many_paragraphs() -> bytes:
    return _document("<w:p/>" * 2_000_000)


def _one_huge_text() -> bytes:
    return _document("<w:p><w:r><w:t>" + "长" * 30_000_000 + "</w:t></w:r></w:p>")


def _lying_size() -> bytes:
    data = bytearray(_document("<w:p/>" * 300_000))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _pdf(
    *extra: bytes, pages: bytes = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", catalogue: bytes = b""
) -> bytes:
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b">>", pages, *extra])


def _pdf_bomb() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return _pdf(page, _stream(b"0 0 m " * 25_000_000))


def _pdf_loop() -> bytes:
    return _pdf(b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000000 >>")


def _pdf_of_images() -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(300))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return _pdf(page, pages=b"<< /Type /Pages /Kids [" + kids + b"] /Count 300 >>")


def _pdf_script() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return _pdf(page, b"<< /S /JavaScript /JS (app.alert(1)) >>", catalogue=b"/OpenAction 4 0 R ")


def _rows() -> bytes:
    parts = {
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + '<row><c r="A1"/></row>' * 1_500_000,
    }
    return zipped(parts)


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "two million paragraphs": ("段.docx", _many_paragraphs, "压缩比异常"),
    "one huge text": ("长.docx", _one_huge_text, "压缩比异常"),
    "billion laughs": ("笑.docx", lambda: _document(paragraph("&i;"), LAUGHS), "不允许的声明"),
    "external entity": ("外.docx", lambda: _document(paragraph("&x;"), OUTSIDE), "不允许的声明"),
    "lying size": ("谎.docx", _lying_size, "已损坏"),
    "rows": ("行.xlsx", _rows, "压缩比异常"),
    "workbook with entities": (
        "笑.xlsx",
        lambda: zipped({"xl/workbook.xml": LAUGHS + "<w>&i;</w>"}),
        "不允许的声明",
    ),
    "zip in zip": ("套.docx", lambda: _with_parts(**{"word__a.zip": "PK"}), "还有压缩包"),
    "upwards": ("上.docx", lambda: _with_parts(**{"..__..__evil": "x"}), "路径不安全"),
    "page tree loop": ("环.pdf", _pdf_loop, ""),
    "images only": ("图.pdf", _pdf_of_images, "没有文字"),
    "script": ("脚本.pdf", _pdf_script, "没有文字"),
    "text too long": ("长.txt", lambda: ("长" * 90 + "\n").encode() * 130_000, "1000 万字"),
    "page too long": ("长.html", lambda: ("<p>" + "长" * 90 + "</p>").encode() * 130_000, "1000 万字"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused(case: str, tmp_path: Path) -> None:
    name, build, reason = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(build())
    with pytest.raises(InputError) as caught:
        load(path)
    assert reason in str(caught.value.details["reason"])
    assert str(tmp_path) not in caught.value.sentence("zh") + caught.value.hint("zh")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_flate_bomb_is_contained(tmp_path: Path) -> None:
    path = tmp_path / "弹.pdf"
    path.write_bytes(_pdf_bomb())
    assert path.stat().st_size < 400_000
    with pytest.raises(InputError):
        load(path)
    good = tmp_path / "好.docx"
    good.write_bytes(docx(paragraph(PROSE)))
    assert load(good)[0].title == PROSE


def _nested_tables(depth: int) -> str:
    inner = paragraph("深处")
    for _ in range(depth):
        inner = table([cell("", inner=inner), cell("旁")])
    return inner


READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macro part": ("宏.docx", lambda: _with_parts(word__vbaProject="x")),
    "external template": (
        "模板.docx",
        lambda: _with_parts(
            **{
                "word___rels__settings_xml_rels": '<Relationships><R Target="http://203.0.113.1/a" TargetMode="External"/></Relationships>'
            }
        ),
    ),
    "comment nodes": (
        "注.docx",
        lambda: docx(paragraph(PROSE), "<!-- x --><?pi y?>", paragraph(inner="<!-- z -->" + run("正文"))),
    ),
    "nested tables": ("嵌.docx", lambda: docx(paragraph(PROSE), _nested_tables(40))),
    "white text": (
        "白.docx",
        lambda: docx(paragraph(PROSE), paragraph(inner=run("白字", '<w:color w:val="FFFFFF"/>'))),
    ),
    "formula": (
        "式.xlsx",
        lambda: xlsx({"表": [[PROSE], ["合计", '=HYPERLINK("http://203.0.113.1","x")'], ["甲", 2]]}),
    ),
    "nested page": ("深.html", lambda: ("<div>" * 20_000 + PROSE).encode()),
    "many attributes": ("属.html", lambda: ("<p " + "a=1 " * 200_000 + ">" + PROSE + "</p>").encode()),
    "unclosed table": ("表.html", lambda: ("<table><tr><td>" * 2_000 + PROSE).encode()),
    "aliases in front matter": (
        "别.md",
        lambda: ("---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: " + PROSE + "\n---\n正文").encode(),
    ),
    "code in front matter": (
        "码.md",
        lambda: ("---\ntitle: !!python/object/apply:os.system ['x']\n---\n# " + PROSE).encode(),
    ),
    "one line": ("行.txt", lambda: (PROSE + "\n" + "（一）" * 100_000).encode()),
    "brackets": ("括.txt", lambda: (PROSE + "\n" + "《" * 200_000).encode()),
    "blanks": ("空.txt", lambda: (PROSE + "\n" + "  " * 400_000 + "完").encode()),
    "dots": ("点.txt", lambda: (PROSE + "\n" + "一、" + ". " * 100_000).encode()),
    "stars": ("星.md", lambda: ("# " + PROSE + "\n" + "*a" * 50_000).encode()),
    "links": ("链.md", lambda: ("# " + PROSE + "\n" + "[" * 50_000).encode()),
    "numbers": ("数.txt", lambda: (PROSE + "\n" + "2025年" * 50_000).encode()),
    "places": ("地.txt", lambda: ("区" * 100_000 + "\n" + PROSE).encode()),
    "organisations": ("局.txt", lambda: (PROSE + "\n" + "，县科技" * 50_000).encode()),
    "masks": ("码.txt", lambda: (PROSE + "\n" + "x" * 200_000 + "." + "x-" * 50_000).encode()),
    "overrides": ("‮gpj.txt", lambda: (PROSE + "\n\u202e正文\u202c").encode()),
}


@pytest.mark.parametrize("case", READ, ids=str)
def test_read_and_harmless(case: str, tmp_path: Path) -> None:
    name, build = READ[case]
    path = tmp_path / name
    path.write_bytes(build())
    documents = load(path)
    assert documents
    for document in documents:
        _check(document)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def _check(document: Document) -> None:
    """Spans fit, the name is safe to show, and nothing was fetched or run to fill the text."""
    assert all(0 <= block.span.start <= block.span.end <= len(document.text) for block in document.blocks)
    assert "\u202e" not in document.source.name + document.text
    assert "203.0.113.1" not in document.text


def test_white_text_is_text_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "白.docx"
    path.write_bytes(READ["white text"][1]())
    assert "白字" in load(path)[0].text
