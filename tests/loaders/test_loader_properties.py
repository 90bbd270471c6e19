"""Properties over generated texts: spans, order, nothing lost, the same again."""

from __future__ import annotations

import contextlib
import io
import zipfile
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples.build import cell, docx, paragraph, pdf, table

from assistant.errors import FileUnreadable, InputError
from assistant.loaders import load_text
from assistant.loaders.csv import read_csv
from assistant.loaders.docx import read_docx
from assistant.loaders.docx_numbering import numeral
from assistant.loaders.encoding import decode
from assistant.loaders.enumerators import ordinal, read_enumerator
from assistant.loaders.formats import FORMATS
from assistant.loaders.guard import check_bytes
from assistant.loaders.html import read_html
from assistant.loaders.markdown import inline, markdown_lines
from assistant.loaders.masks import find_masks, find_spellings
from assistant.loaders.pdf import read_pdf
from assistant.loaders.plain import plain_lines
from assistant.loaders.sheets import Sheet, column_letters, sheet_lines
from assistant.loaders.structure import roles_of, structure
from assistant.loaders.xlsx import shown
from assistant.records import Document

PIECES = st.sampled_from(
    [
        "一、", "（一）", "(二)", "1.", "（1）", "①", "一是", "第一章 ", "第三条 ", "总体要求", "培育科技企业", "新增23家", "增长18.3%",
        "。", "；", "，", "：", "xx家", "x.x%", "***", "d建", "20d", "2025年", "云溪县科学技术局", "工作总结", "关于印发", "《奖补办法》", "的通知",
        "云政办〔2024〕3号", "2024年3月2日", "今年以来，", "a", " ", "\u3000", "|", "#", "-", "*", "现将情况汇报如下", "汇编（2篇）", "附件1",
    ]
)  # fmt: skip
LINE = st.lists(PIECES, min_size=1, max_size=8).map("".join)
TEXT = st.lists(LINE, min_size=1, max_size=25).map("\n".join)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=200)
quick = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _check_spans(document: Document) -> None:
    end = -1
    for block in document.blocks:
        assert block.span.start == end + 1
        end = block.span.end
        assert block.run_in is None or (
            block.run_in.start == block.span.start and block.run_in.end < block.span.end
        )
        assert 0 <= block.level <= 4
        assert block.enumerator == "" or block.span.of(document.text).startswith(block.enumerator)
        if block.kind == "heading":
            assert block.heading_path
    assert end == len(document.text)
    for span in (*document.masks, *(spelling.span for spelling in document.spellings)):
        assert span.of(document.text)


@quick
@given(TEXT | ANY)
def test_documents_of_any_text(text: str) -> None:
    try:
        documents = load_text(text, "样例.txt")
    except InputError:
        assert not "".join(line.text for line in plain_lines(text)) or text.strip().startswith(
            ("---", "#", "*", "`", "<")
        )
        return
    assert load_text(text, "样例.txt") == documents
    for document in documents:
        _check_spans(document)
        assert document.title
        assert document.year is None or 1900 <= int(document.year.value) < 2100


@quick
@given(
    st.lists(
        st.sampled_from(
            [
                "一、工作情况",
                "（一）培育主体",
                "新增企业23家。",
                "1.平台建设",
                "二、问题",
                "投入不足，平台不强。",
            ]
        ),
        min_size=1,
    )
)
def test_no_line_is_lost(lines: list[str]) -> None:
    (document,) = load_text("云溪县2025年工作总结\n" + "\n".join(lines))
    assert document.text.split("\n")[1:] == lines


@quick
@given(st.lists(LINE, min_size=1, max_size=20))
def test_paths_follow_levels(texts: list[str]) -> None:
    lines = plain_lines("\n".join(texts))
    roles = roles_of(lines)
    text, blocks = structure(lines)
    assert len(roles) == len(lines) == len(blocks)
    assert text == "\n".join(line.text for line in lines)
    for block in blocks:
        assert len(set(block.heading_path)) <= len(block.heading_path)
        if block.run_in is not None:
            assert block.heading_path[-1] == block.run_in.of(text).rstrip("。：:；; ")


@quick
@given(st.integers(min_value=1, max_value=999))
def test_numerals_read_back(number: int) -> None:
    assert ordinal(numeral(number, "chineseCounting")) == number
    found = read_enumerator(f"（{numeral(number, 'chineseCounting')}）培育主体")
    assert found is not None
    assert found.ordinal == number


@quick
@given(
    st.tuples(TEXT | ANY, st.sampled_from(["utf-8", "utf-8-sig", "utf-32"]))
    | st.tuples(TEXT, st.just("utf-16"))
)
def test_marked_encodings_read_back(sample: tuple[str, str]) -> None:
    text, codec = sample
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(codec), "样例") == text.removeprefix("\ufeff")


@quick
@given(ANY)
def test_utf16_of_any_text_reads_back_or_ends_coded(text: str) -> None:
    with contextlib.suppress(FileUnreadable):
        assert decode(text.encode("utf-16"), "样例") == text.removeprefix("\ufeff")


@quick
@given(
    st.lists(
        st.sampled_from("的是在和有为上个国以工作年发展建设全经济会政府市县区，。企业二三家"), min_size=8
    ).map("".join)
)
def test_gb18030_reads_back(text: str) -> None:
    assert decode(text.encode("gb18030"), "样例") == text


@quick
@given(st.binary(max_size=300))
def test_any_bytes_end_coded(data: bytes) -> None:
    for row in FORMATS:
        try:
            check_bytes(data, row, "样例")
            content = row.read(data, "样例") if not row.limited or row.name == "html" else None
        except InputError:
            continue
        assert content is None or all(line.text.strip() for line in content.lines if line.kind != "table")


@quick
@given(ANY)
def test_masks_and_spellings_are_in_order(text: str) -> None:
    for spans in (find_masks(text), [spelling.span for spelling in find_spellings(text)]):
        assert all(first.end <= second.start for first, second in pairwise(spans))


@quick
@given(TEXT)
def test_markdown_keeps_the_words(text: str) -> None:
    content = markdown_lines(text)
    shown = _bare("".join(line.text for line in content.lines))
    assert shown == _bare("".join(inline(line) for line in text.split("\n")))


@quick
@given(
    st.lists(LINE.filter(str.strip), min_size=1, max_size=6),
    st.lists(st.lists(LINE, min_size=2, max_size=3), min_size=1, max_size=3),
)
def test_word_keeps_the_words(lines: list[str], rows: list[list[str]]) -> None:
    blocks = [paragraph(line) for line in lines]
    content = read_docx(docx(*blocks, table(*([cell(text) for text in row] for row in rows))), "样例")
    assert _bare("".join(line.text for line in content.lines)) == _bare(
        "".join(lines) + "".join("".join(row) for row in rows)
    )


@quick
@given(st.lists(LINE.filter(lambda line: bool(_bare(line))), min_size=1, max_size=8))
def test_web_pages_keep_the_words(lines: list[str]) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines)
    content = read_html(f'<meta charset="utf-8">{body}'.encode(), "样例")
    assert _bare("".join(line.text for line in content.lines)) == _bare("".join(lines))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["新增企业二十三家。", "加快建设创新平台，", "完善服务体系", "取得成效。"]),
        min_size=1,
        max_size=12,
    )
)
def test_pdf_keeps_the_words(texts: list[str]) -> None:
    page = [(90.0, 740.0 - 40 * number, text) for number, text in enumerate(texts)]
    content = read_pdf(pdf([page]), "样例")
    assert "".join(line.text for line in content.lines) == "".join(texts)


@quick
@given(
    st.lists(
        st.lists(st.sampled_from(["", "指标", "23", "单位：万元", "注：含预计", "标题"]), max_size=4),
        max_size=8,
    )
)
def test_sheets_keep_the_words_and_places(rows: list[list[str]]) -> None:
    lines = list(sheet_lines(Sheet("表", rows), 1))
    assert sorted(_bare("".join(line.text for line in lines))) == sorted(
        _bare("".join("".join(row) for row in rows))
    )
    for line in lines:
        for found in line.cells:
            letters = found.place.removeprefix("表!").rstrip("0123456789")
            row = int(found.place.removeprefix(f"表!{letters}")) - 1
            column = next(number for number in range(10) if column_letters(number) == letters)
            expected = rows[row][column] if column < len(rows[row]) else ""
            assert line.text[found.start : found.end] == expected


@quick
@given(
    st.lists(st.lists(st.text("指标数值23.5%", max_size=4), min_size=1, max_size=4), min_size=1, max_size=6)
)
def test_separated_text_keeps_the_words(rows: list[list[str]]) -> None:
    content = read_csv("\n".join(",".join(row) for row in rows).encode(), "样例")
    assert _bare("".join(line.text for line in content.lines)) == _bare("".join("".join(row) for row in rows))


@quick
@given(
    st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-(10**12), 10**12),
    st.sampled_from(["", "0", "0.0", "0.00", "#,##0", "#,##0.0", "0%", "0.0%", "General"]),
)
def test_numbers_stay_near_what_is_stored(value: float, number_format: str) -> None:
    text = shown(value, number_format)
    read = float(text.rstrip("%").replace(",", "")) / (100 if text.endswith("%") else 1)
    assert abs(read - value) <= 0.51 + abs(value) * 1e-9


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_damaged_word_files_end_coded(data: st.DataObject) -> None:
    whole = bytearray(docx(paragraph("云溪县2025年工作总结"), table([cell("指标"), cell("23")])))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    row = next(row for row in FORMATS if row.name == "docx")
    with contextlib.suppress(InputError):
        check_bytes(bytes(whole), row, "样例")
        assert read_docx(bytes(whole), "样例").lines is not None


def test_generated_archives_are_the_same_each_time() -> None:
    first, second = docx(paragraph("甲")), docx(paragraph("甲"))
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None
