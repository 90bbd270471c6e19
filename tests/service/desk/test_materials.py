from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.drafting import read_facts
from assistant.errors import (
    DraftChanged,
    DraftLocked,
    FactsInvalid,
    FileUnreadable,
    FormatUnknown,
    QueryInvalid,
    in_language,
)
from assistant.llm import HashingEmbeddings
from assistant.service.desk.facts import as_markdown
from assistant.service.desk.ingesting import searchable
from assistant.service.desk.office import Office
from assistant.service.desk.views import FactsView
from assistant.settings import Settings

from .offices import FACTS, ended, events_of, office_of, scripted

REPORT = """云溪县科学技术局2024年工作总结

一、工作开展情况
（一）聚焦创新要素。全年新认定高新技术企业18家，有效高新技术企业总量达68家。
（二）强化科技强农。选任科技特派员120名，开展培训198次。
"""


def readings(view: FactsView) -> dict[str, str]:
    return {
        figure.text: figure.reading
        for section in view.sections
        for fact in section.facts
        for figure in fact.figures
    }


def test_pasted_facts_are_shown_with_how_each_figure_is_understood(settings: Settings) -> None:
    with office_of(settings) as office:
        view = office.desk("writer").read_facts(FACTS + "- 招聘大学生特派员xx名\n- 技术合同登记额约6.4亿元\n")
    told = readings(view)
    assert told["5.6亿元"] == "560,000,000元 · 技术合同登记额 · 2025年 · 实绩"
    assert told["15.6%"] == "15.6% · 科技型中小企业 · 比上年同期上升 · 2025年 · 实绩"
    assert told["xx名"] == "待填"
    assert told["6.4亿元"].startswith("约640,000,000元")
    for section in view.sections:
        for fact in section.facts:
            assert all(fact.text[one.start : one.end] == one.text for one in fact.figures)
    assert (view.title, view.organisation, view.year) == (
        "云溪县科学技术局2025年工作总结",
        "云溪县科学技术局",
        2025,
    )
    assert view.notes == ()


def test_what_stands_under_the_plan_is_read_as_aimed_at(settings: Settings) -> None:
    text = (
        "# 一、2025年工作开展情况\n- 技术合同登记额5.6亿元\n"
        "# 二、2026年工作计划\n## （一）成果转化\n- 技术合同登记额达到6.4亿元\n"
    )
    with office_of(settings) as office:
        told = readings(office.desk("writer").read_facts(f"---\nyear: 2025\n---\n{text}"))
    assert told["5.6亿元"].endswith("2025年 · 实绩")
    assert told["6.4亿元"].endswith("2026年 · 目标")


def test_readings_come_in_english_too(settings: Settings) -> None:
    with office_of(settings) as office:
        told = readings(office.desk("writer").read_facts(FACTS))
    assert in_language(told["5.6亿元"], "en").endswith("2025 · result")


def test_what_a_facts_file_lacks_is_said(settings: Settings) -> None:
    with office_of(settings) as office:
        view = office.desk("writer").read_facts("新增学校\n新增学校\n")
    assert len(view.notes) == 6
    assert view.notes[-1] == "F01与F02内容相同，只写一次"


@pytest.mark.parametrize("text", ["", "   \n", "# 一、只有标题\n", "x" * 2_000_001])
def test_a_text_without_facts_is_refused(settings: Settings, text: str) -> None:
    with office_of(settings) as office, pytest.raises(FactsInvalid):
        office.desk("writer").read_facts(text)


def test_the_templates_read_as_facts_in_each_format(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        views = [desk.read_facts_file(desk.facts_template(kind)) for kind in ("md", "docx", "xlsx")]
        assert len({view.title for view in views}) == 1
        assert [len(view.sections) for view in views] == [6, 6, 6]
        assert desk.read_facts(views[2].text).sections[1].facts[0].text.startswith("新认定高新技术企业xx家")
        with pytest.raises(FormatUnknown):
            desk.facts_template("../md")
        with pytest.raises(FileUnreadable):
            desk.read_facts_file(Path("nothing.xlsx"))


def test_what_a_table_could_not_tell_is_shown(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("指标,完成\n高新技术企业,86\n", encoding="utf-8")
    with office_of(settings) as office:
        assert any("没有写单位" in note for note in office.desk("writer").read_facts_file(path).notes)


def test_markdown_reads_back_as_the_same_facts(tmp_path: Path) -> None:
    path = tmp_path / "facts.md"
    path.write_text(FACTS, encoding="utf-8")
    facts = read_facts(path)
    path.write_text(as_markdown(facts), encoding="utf-8")
    again = read_facts(path)
    assert [one.text for one in again.facts] == [one.text for one in facts.facts]
    assert [one.heading for one in again.sections] == [one.heading for one in facts.sections]
    assert (again.title, again.year, again.organisation) == (facts.title, facts.year, facts.organisation)


def test_changed_facts_keep_their_ids_and_places(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        ended(desk, desk.write(draft.id).id)
        before = desk.draft(draft.id)
        text = desk.facts(draft.id).text
        assert text == FACTS
        changed = text.replace("142名", "145名").replace("- 入库科技型中小企业163家，同比增长15.6%\n", "")
        changed = changed.replace("- 专业人才短缺", "- 平台用地紧张\n- 专业人才短缺")
        after = desk.set_facts(draft.id, before.version, changed + "## 四、其他\n- 接待来访12批次\n")
        facts = {fact.text: fact.id for part in desk.facts(draft.id).sections for fact in part.facts}
        assert facts["选任科技特派员145名"] == "F04"
        assert facts["专业人才短缺"] == "F06"
        assert facts["平台用地紧张"] == "F08"
        assert [section.fact_ids for section in after.sections[1:]] == [
            ("F01", "F03"),
            ("F04", "F05"),
            ("F08", "F06", "F07"),
            ("F09",),
        ]
        assert [one.text for one in after.sections[:4]] == [one.text for one in before.sections]
        assert "145名" not in after.sections[2].text
        assert any("142" in one.text for one in desk.review(draft.id).figures if one.state == "unsupported")


def test_facts_are_not_changed_over_somebody_elses_change(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        desk.rename(draft.id, "另一个标题")
        with pytest.raises(DraftChanged):
            desk.set_facts(draft.id, draft.version, FACTS + "- 新增一条\n")
        assert desk.facts(draft.id).text == FACTS
        pasted = desk.new_from_text("总结", "一、工作\n全年工作有序。")
        with pytest.raises(FactsInvalid):
            desk.facts(pasted.id)


def test_the_outline_is_put_in_order_renamed_added_to_and_shortened(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first, second, _ = draft.sections
        rows = [
            {"id": second.id, "heading": "强农惠农", "level": 1},
            {"id": first.id, "heading": first.heading, "level": 1},
            {"id": None, "heading": "下一步打算", "level": 1},
        ]
        after = desk.set_outline(draft.id, draft.version, rows)
        assert [one.heading for one in after.sections] == ["强农惠农", "一、聚焦创新要素", "下一步打算"]
        assert [one.id for one in after.sections[:2]] == [second.id, first.id]
        assert [one.fact_ids for one in after.sections] == [second.fact_ids, first.fact_ids, ()]
        rows = [{"id": one.id, "heading": one.heading, "level": one.level} for one in after.sections]
        numbered = desk.set_outline(draft.id, after.version, rows, renumber=True)
        assert [one.heading for one in numbered.sections] == [
            "一、强农惠农",
            "二、聚焦创新要素",
            "三、下一步打算",
        ]


def test_an_outline_that_cannot_be_is_refused(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0]
        for rows in ([], [{"heading": "", "level": 1}], [{"heading": "甲", "level": 9}], [{}] * 201):
            with pytest.raises(QueryInvalid):
                desk.set_outline(draft.id, draft.version, rows)
        desk.save(draft.id, draft.version, first.id, "text", "锁定的话。")
        locked = desk.lock(draft.id, first.id, 0, 5, True)
        with pytest.raises(DraftLocked):
            desk.set_outline(draft.id, locked.version, [{"heading": "只留一节", "level": 1}])


def test_a_file_is_searchable_only_once_the_archive_finds_it(settings: Settings, tmp_path: Path) -> None:
    good, bad = tmp_path / "云溪2024.txt", tmp_path / "坏.docx"
    good.write_text(REPORT, encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04 no document")
    with office_of(settings) as office:
        desk = office.desk("writer")
        end = ended(desk, desk.ingest([good, bad, tmp_path / "没有.txt"]).id)
        assert (end.state, end.done, end.total) == ("done", 3, 3)
        assert end.result == "1 个文件可检索，2 个没有收入"
        rows = [event for event in events_of(desk, end.id) if event.type == "row"]
        assert [(row.text, row.ok) for row in rows] == [
            ("云溪2024.txt", True),
            ("坏.docx", False),
            ("没有.txt", False),
        ]
        assert rows[0].detail.startswith("可检索 ✓")
        assert rows[1].detail
        again = ended(desk, desk.ingest([good]).id)
        assert "没有变化" in next(one.detail for one in events_of(desk, again.id) if one.type == "row")
        assert [row.title for row in desk.library()] == ["云溪县科学技术局2024年工作总结"]
        assert office.desk("somebody").library() == ()
        with pytest.raises(QueryInvalid):
            desk.ingest([])


class _Slow(HashingEmbeddings):
    """Takes its time over passages of one text until it is let go."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.asked, self.go = threading.Event(), threading.Event()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if any(self.words in text for text in texts):
            self.asked.set()
            assert self.go.wait(60)
        return super().embed_documents(texts)


def test_a_stopped_ingest_keeps_what_is_finished_and_goes_on_later(
    settings: Settings, tmp_path: Path
) -> None:
    first, second = tmp_path / "云溪2024.txt", tmp_path / "江临2024.txt"
    first.write_text(REPORT, encoding="utf-8")
    second.write_text(REPORT.replace("云溪", "江临").replace("18家", "19家"), encoding="utf-8")
    slow = _Slow("19家")
    with Office(settings, chat=scripted(), embeddings=slow) as office:
        desk = office.desk("writer")
        job = desk.ingest([first, second])
        assert slow.asked.wait(30)
        assert desk.stop(job.id).state == "stopping"
        slow.go.set()
        end = ended(desk, job.id)
        assert (end.state, end.done) == ("stopped", 1)
        assert [row.source_name for row in desk.library()] == [first.name]
        again = ended(desk, desk.ingest([first, second]).id)
        assert again.result == "2 个文件可检索"
        assert len(desk.library()) == 2


def test_a_document_that_the_index_lost_is_not_called_searchable(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "云溪2024.txt"
    path.write_text(REPORT, encoding="utf-8")
    with Archive.open(settings, HashingEmbeddings()) as archive:
        (row,) = archive.ingest([path])
        assert searchable(archive, row)
        archive.remove(row.documents[0])
        assert not searchable(archive, row)
