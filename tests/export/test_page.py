"""The page of findings: escaped, alone, told by shape and words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.export import findings_page, write_page
from assistant.loaders import load
from assistant.records import Evidence, Finding, Fix, Span

from .checked import checked, finding, report_of, text_draft

DRAFT = "甲县科技局2025年工作总结\n一、2025年工作开展情况\n新认定高新技术企业18家，技术合同登记额6.5亿元。"


class Page(HTMLParser):
    """Tags that are open at the end, every attribute, and the text in marks."""

    void = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.marked: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.void:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append((dict(attrs).get("class") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            kind, text = self.marked[-1]
            self.marked[-1] = (kind, text + data)


def test_marks_the_words_and_leads_to_the_finding() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    one = finding(document, "6.5亿元", fix=Fix(Span(0, 0), "5.6亿元"), formula="1+1=2")
    text = findings_page([(document, report_of(report, one))])
    page = Page(text)
    assert page.open == []
    assert page.marked == [("error", "6.5亿元"), ("error", "6.5亿元")]
    assert ("href", "#f1-1") in page.attributes
    assert ("id", "f1-1") in page.attributes
    for words in ("×1", "错误", "算式：1+1=2", "5.6亿元", "number.unsupported"):
        assert words in text


def test_asks_for_nothing_from_outside() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    page = Page(findings_page([(document, report)]))
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in ("src", "srcset", "action")]
    assert all(value.startswith("#") for name, value in page.attributes if name == "href")
    assert not re.search(r"url\(|@import|https?:", findings_page([(document, report)]))
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "$body ${title}"]
)
def test_whatever_a_file_says_is_text(hostile: str) -> None:
    document, report, _ = checked(text_draft(f"{hostile}总结\n登记额6.5亿元{hostile}。"))
    evidence = Evidence("facts", hostile, hostile, None, hostile)
    one = finding(document, "6.5亿元", evidence=(evidence,), formula=hostile, fix=Fix(Span(0, 0), hostile))
    text = findings_page([(document, report_of(report, one))], compared=[hostile])
    page = Page(text)
    assert page.open == []
    assert not {"script", "img", "b"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_overlapping_findings_nest_nothing() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    found = [
        finding(document, "高新技术企业18家", "warning"),
        finding(document, "18家，技术合同登记额", "note"),
        finding(document, "18家", "error"),
    ]
    page = Page(findings_page([(document, report_of(report, *found))]))
    in_text = page.marked[: len(page.marked) - 3]
    assert [kind for kind, _ in in_text] == ["warning", "error", "note"]
    assert "".join(words for _, words in in_text) == "高新技术企业18家，技术合同登记额"


def test_a_finding_over_several_paragraphs_marks_each() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    start = document.text.index("工作开展")
    one = Finding("structure.heading", "warning", Span(start, document.text.index("18家")), "标题。")
    page = Page(findings_page([(document, report_of(report, one))]))
    assert page.open == []
    assert [words for _, words in page.marked[:2]] == ["工作开展情况", "新认定高新技术企业"]


def test_tables_stay_tables(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("# 甲县总结\n\n| 指标 | 数量 |\n| --- | --- |\n| 专利 | 40件 |\n", encoding="utf-8")
    document, report, _ = checked(load(path)[0])
    page = Page(findings_page([(document, report_of(report, finding(document, "40件")))]))
    assert page.tags.count("td") == 4
    assert page.marked[0] == ("error", "40件")


def test_coverage_and_notes_are_always_told() -> None:
    document, report, _ = checked(text_draft("甲县总结\n各项工作有序推进。"))
    text = findings_page([(document, report_of(report))])
    assert "共核对数字 0 个" in text
    assert "没有发现问题" in text
    assert "只核对了本稿自身" in text


def test_several_drafts_have_anchors_of_their_own(tmp_path: Path) -> None:
    document, report, _ = checked(text_draft(DRAFT))
    pair = (document, report_of(report, finding(document, "18家")))
    page = Page(write_page([pair, pair], tmp_path / "o.html").read_text("utf-8"))
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids)) == 4


def test_it_fits_a_narrow_screen() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    text = findings_page([(document, report)])
    assert "width=device-width" in text
    assert "overflow-wrap: anywhere" in text
    assert not re.search(r"(?<!max-)(?<!-)width:\s*\d{3,}px", text)


def test_in_english() -> None:
    document, report, _ = checked(text_draft(DRAFT))
    assert '<html lang="en">' in findings_page([(document, report)], language="en")
