"""Why a sentence stands: the facts that it was written from, those of its figures, its citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DraftUnknown
from assistant.settings import Settings

from .made import desk_of, pasted, section
from .offices import FACTS, ended


def test_a_written_sentence_knows_its_facts(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_facts(FACTS)
        ended(desk, desk.write(view.id).id)
        part = section(desk.draft(view.id), "创新")
        why = desk.why(view.id, part.id, part.text.index("23家"))
        assert why.role == "fact"
        assert part.text[why.start : why.end] == why.text
        assert "23家" in why.text
        assert "F01" in [fact.id for fact in why.facts]
        assert {"23家", "86家"} <= {figure.text for figure in why.figures}
        assert why.facts[0].figures[0].reading


def test_a_sentence_of_the_writers_own_is_told_by_its_figures(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = section(view, "创新")
        why = desk.why(view.id, part.id, part.text.index("6.5"))
        assert (why.role, why.locked, why.citations) == ("own", False, ())
        assert [fact.text for fact in why.facts] == ["技术合同登记额5.6亿元"]
        assert [one.rule for one in why.findings] == ["number.transposed"]


def test_the_end_of_a_text_belongs_to_its_last_sentence(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        assert desk.why(view.id, part.id, len(part.text)).end == len(part.text)
        for position in (len(part.text) + 1, -1):
            with pytest.raises(DraftUnknown):
                desk.why(view.id, part.id, position)


def test_an_empty_section_has_no_sentence(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_facts(FACTS)
        with pytest.raises(DraftUnknown):
            desk.why(view.id, view.sections[0].id, 0)


def test_the_evidence_table_tells_state_and_source(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        rows = {row.figure: row for row in desk.evidence_table(view.id)}
        assert rows["23家"].source == "事实材料 · 事实材料 · 第3行"
        assert rows["23家"].place == "一、聚焦创新要素"
        assert rows["12.5万吨"].source == ""
        part = section(view, "强农")
        row = rows["142名"]
        assert (row.section_id, part.text[row.start : row.end]) == (part.id, "142名")


def test_what_a_target_was_missed_or_passed_by_is_told_with_its_unit(
    settings: Settings, tmp_path: Path
) -> None:
    prior = tmp_path / "prior.md"
    prior.write_text(
        "# 云溪县科学技术局2024年工作总结和2025年工作计划\n## 二、2025年工作计划\n"
        "有效高新技术企业达到90家。技术合同登记额达到5亿元。研发投入强度达到2.6%。",
        encoding="utf-8",
    )
    text = "一、2025年工作开展情况\n有效高新技术企业达到86家。技术合同登记额达到5.60亿元。研发投入强度达到2.60%。"
    with desk_of(settings) as desk:
        view = desk.new_from_text("云溪县科学技术局2025年工作总结", text, {"prior": [prior]})
        rows = desk.outcomes(view.id).rows
    assert [(row.target, row.difference) for row in rows] == [
        ("90家", "−4家"),
        ("5亿元", "+6000万元"),
        ("2.6%", "0个百分点"),
    ]


def test_without_a_prior_report_there_are_no_outcomes(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_text("云溪县科学技术局2025年工作总结", "一、甲\n完成。", {"facts": FACTS})
        outcomes = desk.outcomes(view.id)
        assert outcomes.rows == ()
        assert any("未作上年比对" in note for note in outcomes.notes)
