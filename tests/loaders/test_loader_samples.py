"""Whole sample files: every block with its kind, level, enumerator and last heading."""

from __future__ import annotations

from pathlib import Path

from assistant.loaders import load
from assistant.records import Document

SAMPLES = Path(__file__).parent.parent / "samples"


def _outline(document: Document) -> list[tuple[str, int, str, str, str]]:
    return [
        (
            block.kind,
            block.level,
            block.enumerator,
            block.span.of(document.text)[:9],
            block.heading_path[-1] if block.heading_path else "",
        )
        for block in document.blocks
    ]


def test_policy() -> None:
    (document,) = load(SAMPLES / "policy.txt")
    attached = "澜州市科技特派员管理办法"
    assert document.title == "澜州市人民政府办公室关于印发《澜州市科技特派员管理办法》的通知"
    assert document.genre == "policy"
    assert document.number is not None
    assert document.number.value == "澜政办〔2023〕21号"
    assert document.organisation is not None
    assert document.organisation.value == "澜州市人民政府办公室"
    assert document.place is not None
    assert (document.place.value, document.reported_year) == ("澜州市", 2023)
    assert _outline(document) == [
        ("title", 0, "", "澜州市人民政府办公", ""),
        ("title", 0, "", "关于印发《澜州市科", ""),
        ("metadata", 0, "", "澜政办〔2023〕", ""),
        ("paragraph", 0, "", "各区县人民政府，市", ""),
        ("paragraph", 0, "", "《澜州市科技特派员", ""),
        ("paragraph", 0, "", "澜州市人民政府办公", ""),
        ("paragraph", 0, "", "2023年6月9日", ""),
        ("title", 0, "", "澜州市科技特派员管", attached),
        ("heading", 1, "第一章", "第一章 总 则", "第一章 总 则"),
        ("paragraph", 3, "第一条", "第一条 为加强科技", "第一条"),
        ("paragraph", 3, "第二条", "第二条 本办法所称", "第二条"),
        ("heading", 1, "第二章", "第二章 选派与服务", "第二章 选派与服务"),
        ("paragraph", 3, "第三条", "第三条 科技特派员", "第三条"),
        ("list_item", 0, "（一）", "（一）具有中级以上", "第三条"),
        ("list_item", 0, "（二）", "（二）熟悉农业生产", "第三条"),
        ("list_item", 0, "（三）", "（三）每年服务不少", "第三条"),
        ("paragraph", 0, "", "前款第三项的天数由", "第三条"),
        ("paragraph", 3, "第四条", "第四条 市科学技术", "第四条"),
        ("heading", 1, "第三章", "第三章 附 则", "第三章 附 则"),
        ("paragraph", 3, "第五条", "第五条 本办法自2", "第五条"),
    ]
    assert document.blocks[-1].heading_path == (attached, "第三章 附 则", "第五条")


def test_summary() -> None:
    (document,) = load(SAMPLES / "summary.md")
    assert (document.genre, document.reported_year, document.years) == ("annual-summary", 2025, (2025, 2026))
    assert _outline(document) == [
        ("title", 0, "", "云溪县科学技术局2", ""),
        ("paragraph", 0, "", "今年以来，县科学技", ""),
        ("heading", 1, "一、", "一、2025年工作", "一、2025年工作开展情况"),
        ("heading", 2, "（一）", "（一）培育创新主体", "（一）培育创新主体"),
        ("list_item", 0, "一是", "一是建立清单。入库", "（一）培育创新主体"),
        ("table", 0, "", "指标 | 2024", "（一）培育创新主体"),
        ("paragraph", 2, "（二）", "（二）搭建创新平台", "（二）搭建创新平台"),
        ("paragraph", 3, "1.", "1. 实验室。新建", "1. 实验室"),
        ("paragraph", 3, "2.", "2. 孵化器。在孵", "2. 孵化器"),
        ("heading", 1, "二、", "二、存在问题", "二、存在问题"),
        ("list_item", 0, "", "研发投入强度仍低于", "二、存在问题"),
        ("list_item", 0, "", "高层次人才不足", "二、存在问题"),
        ("heading", 1, "三、", "三、2026年工作", "三、2026年工作计划"),
        ("paragraph", 2, "（一）", "（一）主要目标：新", "（一）主要目标"),
        ("paragraph", 2, "（二）", "（二）重点任务。实", "（二）重点任务"),
    ]
    table = next(block for block in document.blocks if block.kind == "table")
    assert [cell.span.of(document.text) for cell in table.cells][-3:] == [
        "技术合同成交额（亿元）",
        "4.7",
        "5.6",
    ]


def test_samples_have_no_notes_and_no_masks() -> None:
    for name in ("policy.txt", "summary.md"):
        (document,) = load(SAMPLES / name)
        assert (document.notes, document.masks, document.spellings) == ((), (), ())
