"""What is exported can be read again: the checker sees the same draft from Markdown and from Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.export import draft_markdown, write_text, write_word
from assistant.loaders import load
from assistant.records import Document, Draft, Section

DRAFT = Draft(
    "云溪县科学技术局2025年工作总结和2026年工作计划",
    "云溪县科学技术局",
    2025,
    (
        Section("", 1, "2025年，云溪县科学技术局抓好工作落实。现将有关情况汇报如下："),
        Section("一、2025年工作开展情况", 1),
        Section(
            "（一）聚焦创新要素",
            2,
            "新认定高新技术企业23家，联系人***，增长x.x%。\n一是强化培育。二是兑现奖补460万元。",
        ),
        Section("1.深化改革", 3, "落实《云溪县科技特派员管理办法》（云政办〔2022〕15号）要求。"),
        Section("二、2026年工作计划", 1, "有效高新技术企业总量力争达到98家。"),
    ),
)


@pytest.fixture(params=["md", "docx"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    path = tmp_path / f"draft.{request.param}"
    if request.param == "md":
        write_text(path, draft_markdown(DRAFT))
    else:
        write_word(DRAFT, path)
    [loaded] = load(path)
    return loaded


def test_title_year_and_organisation_are_read_again(document: Document) -> None:
    assert document.title.replace("\n", "") == DRAFT.title
    assert document.reported_year == 2025
    assert document.organisation
    assert document.organisation.value == "云溪县科学技术局"


def test_headings_keep_their_levels(document: Document) -> None:
    headings = [
        (block.span.of(document.text), block.level) for block in document.blocks if block.kind == "heading"
    ]
    assert headings == [(section.heading, section.level) for section in DRAFT.sections if section.heading]


def test_every_paragraph_is_read_again(document: Document) -> None:
    lines = [line for section in DRAFT.sections for line in section.text.split("\n") if line]
    assert [line for line in lines if line not in document.text] == []
