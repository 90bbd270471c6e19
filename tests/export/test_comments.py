"""Word comments stand at the very words, and nothing else of the draft changes."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from assistant.errors import ExportError
from assistant.export import write_comments
from assistant.export.anchors import runs_of
from assistant.loaders import load

from .checked import checked, finding, report_of, text_draft, word_draft


def anchored(path: Path) -> list[tuple[str, str]]:
    """Each comment's anchored words and its text, in order of its id."""
    word = docx.Document(str(path))
    body = word.element.body
    found = []
    for comment in word.comments:
        number = str(comment.comment_id)
        words, inside = [], False
        for element in body.iter():
            if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == number:
                inside = True
            elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == number:
                inside = False
            elif inside and element.tag == qn("w:t"):
                words.append(element.text or "")
        found.append(("".join(words), comment.text))
    return found


def stripped(path: Path) -> list[tuple[str, str]]:
    """Each paragraph's text with the format of every character, comments apart."""
    word = docx.Document(str(path))
    rows = []
    for paragraph in word.element.body.iter(qn("w:p")):
        text, formats = "", []
        for run in runs_of(paragraph):
            properties = run.find(qn("w:rPr"))
            style = b"" if properties is None else _xml(properties)
            for child in run.iterchildren(qn("w:t")):
                text += child.text or ""
                formats += [style] * len(child.text or "")
        rows.append((text, repr(formats)))
    return rows


def _xml(element: Any) -> bytes:
    from lxml import etree

    return etree.tostring(deepcopy(element), method="c14n")


def plain_draft(word: Any) -> None:
    word.add_heading("甲县科技局2025年工作总结", 0)
    word.add_heading("一、2025年工作开展情况", 1)
    paragraph = word.add_paragraph("新认定高新技术企业")
    paragraph.add_run("1").bold = True
    paragraph.add_run("8家，有效高新技术企业总量达6")
    paragraph.add_run("8家").italic = True
    paragraph.add_run("，增长17.8%。")
    word.add_paragraph("技术合同登记额5.6亿元，  其中输出3.2亿元。")
    table = word.add_table(2, 2)
    for place, words in {(0, 0): "指标", (0, 1): "数量", (1, 0): "技术经理人", (1, 1): "13名"}.items():
        table.cell(*place).text = words


@pytest.mark.parametrize("words", ["18家", "68家", "17.8%", "3.2亿元", "13名", "新认定高新技术企业18家"])
def test_a_comment_stands_at_the_very_words(tmp_path: Path, words: str) -> None:
    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, plain_draft))
    report = report_of(report, finding(document, words))
    lost = write_comments([(document, report)], tmp_path / "out.docx", original=original)
    assert lost == ()
    first, _ = anchored(tmp_path / "out.docx")
    assert first[0] == words
    assert f"“{words}”没有依据。" in first[1]
    assert "number.unsupported" in first[1]


def test_everything_else_stays_as_it_is(tmp_path: Path) -> None:
    original, out = tmp_path / "draft.docx", tmp_path / "out.docx"
    document, report, _ = checked(word_draft(original, plain_draft))
    assert report.findings
    write_comments([(document, report)], out, original=original)
    assert stripped(out) == stripped(original)
    before, after = _parts(original), _parts(out)
    changed = {name for name in before if before[name] != after.get(name)}
    allowed = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert changed <= allowed
    assert load(out)[0].text == load(original)[0].text


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: archive.read(name) for name in archive.namelist() if not name.endswith("docProps/core.xml")
        }


def test_findings_that_overlap_keep_their_own_words(tmp_path: Path) -> None:
    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, plain_draft))
    wanted = ["有效高新技术企业总量达68家", "68家", "68家，增长17.8%"]
    report = report_of(report, *(finding(document, words) for words in wanted))
    write_comments([(document, report)], tmp_path / "out.docx", original=original)
    found = {words for words, _ in anchored(tmp_path / "out.docx")[:-1]}
    assert found == set(wanted)


def test_automatic_numbers_are_no_words_of_the_file(tmp_path: Path) -> None:
    def build(word: Any) -> None:
        word.add_paragraph("甲县科技局2025年工作总结")
        word.add_paragraph("新认定高新技术企业18家。", style="List Number")
        word.add_paragraph("新认定高新技术企业19家。", style="List Number")

    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, build))
    report = report_of(report, finding(document, "19家"))
    assert write_comments([(document, report)], tmp_path / "out.docx", original=original) == ()
    assert anchored(tmp_path / "out.docx")[0][0] == "19家"


def test_the_second_of_two_equal_paragraphs(tmp_path: Path) -> None:
    def build(word: Any) -> None:
        for _ in range(2):
            word.add_paragraph("新认定高新技术企业18家。")

    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, build))
    one = finding(document, "18家")
    start = document.text.rindex("18家")
    second = type(one)(one.rule, "error", type(one.span)(start, start + 3), one.message)
    write_comments([(document, report_of(report, second))], tmp_path / "out.docx", original=original)
    body = docx.Document(str(tmp_path / "out.docx")).element.body
    owners = [e.getparent() for e in body.iter(qn("w:commentRangeStart")) if e.get(qn("w:id")) == "0"]
    assert owners == [list(body.iter(qn("w:p")))[1]]


def test_coverage_is_always_told(tmp_path: Path) -> None:
    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, plain_draft))
    write_comments([(document, report_of(report))], tmp_path / "out.docx", original=original)
    ((_, text),) = anchored(tmp_path / "out.docx")
    assert f"共核对数字 {report.coverage.seen} 个" in text


def test_words_that_are_not_in_the_file_are_told_first(tmp_path: Path) -> None:
    original = tmp_path / "draft.docx"
    document, report, _ = checked(word_draft(original, plain_draft))
    other = text_draft("别处的文字：新签约项目77个。")
    report = report_of(report, finding(other, "77个"))
    (lost,) = write_comments([(other, report)], tmp_path / "out.docx", original=original)
    assert lost.words == "77个"
    ((_, text),) = anchored(tmp_path / "out.docx")
    assert "“77个”没有依据。" in text
    assert document.text


def test_a_text_draft_becomes_a_word_file(tmp_path: Path) -> None:
    text = "甲县科技局2025年工作总结\n一、2025年工作开展情况\n技术合同登记额6.5亿元。\n| 指标 | 数量 |\n| --- | --- |\n| 专利 | 40件 |\n"
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    document, report, _ = checked(load(path)[0])
    report = report_of(report, finding(document, "6.5亿元"), finding(document, "40件"))
    assert write_comments([(document, report)], tmp_path / "out.docx") == ()
    assert [words for words, _ in anchored(tmp_path / "out.docx")][:2] == ["6.5亿元", "40件"]
    assert load(tmp_path / "out.docx")[0].title == document.title


@pytest.mark.parametrize("content", [b"", b"not a Word file"])
def test_a_broken_original_is_refused(tmp_path: Path, content: bytes) -> None:
    document, report, _ = checked(text_draft("甲县总结\n登记额6.5亿元。"))
    (tmp_path / "draft.docx").write_bytes(content)
    with pytest.raises(ExportError):
        write_comments([(document, report)], tmp_path / "out.docx", original=tmp_path / "draft.docx")
    assert not (tmp_path / "out.docx").exists()


def test_signs_that_xml_cannot_hold(tmp_path: Path) -> None:
    document, report, _ = checked(text_draft("甲县总结\n登记额6.5亿元。"))
    bad = finding(document, "6.5亿元", formula="1\x00+\x0b2 <&>")
    write_comments([(document, report_of(report, bad))], tmp_path / "out.docx")
    assert "<&>" in anchored(tmp_path / "out.docx")[0][1]


def test_the_same_in_english(tmp_path: Path) -> None:
    document, report, _ = checked(text_draft("甲县总结\n登记额6.5亿元。"))
    write_comments(
        [(document, report_of(report, finding(document, "6.5亿元")))], tmp_path / "o.docx", language="en"
    )
    assert "error" in anchored(tmp_path / "o.docx")[0][1]
