"""What is exported can be read again: the checker sees the same draft from Markdown and from Word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.export import Letterhead, WordOptions, draft_markdown, write_text, write_word
from assistant.loaders import load
from assistant.records import Document, Draft, Section
from assistant.service.reimport import differences
from assistant.service.sections_of_file import draft_of

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


SAMPLES = sorted((Path(__file__).parents[2] / "knowledge_base" / "reports").glob("*.*"))
FRAMES = (
    WordOptions(),
    WordOptions(
        signed=date(2026, 1, 8),
        letterhead=Letterhead(
            "云溪县科学技术局文件", "云科〔2026〕3号", "000012", "内部★1年", issuer="办公室"
        ),
        addressee="县人民政府",
        attachments=("主要指标完成情况表", "任务分解表"),
    ),
)


@pytest.mark.parametrize("options", FRAMES, ids=["plain", "framed"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sample_reports_come_back_whole(sample: Path, options: WordOptions, tmp_path: Path) -> None:
    draft = draft_of(sample, 100_000_000)
    assert differences(draft, write_word(draft, tmp_path / "draft.docx", options=options)) == ()


_SENTENCES = (
    "新认定高新技术企业23家，增长18.3%。",
    "联系人***，完成x.x亿元。",
    "依据《云溪县科技特派员管理办法》（云政办〔2022〕15号）兑现奖补460万元。",
    "一是强化培育，二是兑现奖补。",
    "推动“科技入乡”，实现行政村全覆盖！",
    "（三）强化服务。选派科技特派员126名。",
)
_LINES = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4).map("".join)
_TABLE = st.just("指标 | 2024年 | 2025年\n高新技术企业 | 18家 | 23家")
_TEXTS = st.lists(_LINES | _TABLE, max_size=4).map("\n".join)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Reports of two levels, some sections without text of their own."""
    sections = [Section("", 1, "2025年，云溪县科学技术局抓好工作落实。" + draw(_LINES).replace("（三）", ""))]
    for number in "一二三"[: draw(st.integers(1, 3))]:
        sections.append(Section(f"{number}、工作情况之{number}", 1, ""))
        sections += [
            Section(f"（{lower}）聚焦要素之{number}{lower}", 2, draw(_TEXTS) + "\n抓好各项工作落实。")
            for lower in "一二三"[: draw(st.integers(1, 3))]
        ]
    trimmed = [Section(one.heading, one.level, one.text.strip("\n")) for one in sections]
    return Draft("云溪县科学技术局2025年工作总结", "云溪县科学技术局", 2025, tuple(trimmed))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=drafts(), framed=st.booleans())
def test_any_draft_comes_back_whole(tmp_path: Path, draft: Draft, framed: bool) -> None:
    path = write_word(draft, tmp_path / "draft.docx", options=FRAMES[framed])
    assert differences(draft, path) == ()
