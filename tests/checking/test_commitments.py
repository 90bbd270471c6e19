"""Targets of last year's plan beside this year's outcomes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.checking import Case, Sources
from assistant.checking.commitments import Commitment, commitments
from assistant.loaders import load, load_text
from assistant.records import Document, Reading
from assistant.service.resources import sample_archive

PLAN = "甲县科技局2024年工作总结和2025年工作计划\n一、2024年工作开展情况\n各项工作有序推进。\n二、2025年工作计划\n{}"
REVIEW = (
    "甲县科技局2025年工作总结和2026年工作计划\n一、2025年工作开展情况\n{}\n二、2026年工作计划\n继续努力。"
)


def dated(text: str, year: int, organisation: str = "甲县科技局") -> Document:
    (found,) = load_text(text)
    return replace(found, year=Reading(str(year), "given"), organisation=Reading(organisation, "given"))


def paired(plan: str, review: str) -> list[Commitment]:
    draft, prior = dated(REVIEW.format(review), 2025), dated(PLAN.format(plan), 2024)
    return list(commitments(Case(draft, Sources.of((), [prior]))))


@pytest.mark.parametrize(
    ("plan", "review", "state", "outcome"),
    [
        ("技术合同登记额达到5.5亿元。", "技术合同登记额5.6亿元。", "met", "5.6亿元"),
        ("技术合同登记额达到5.5亿元。", "技术合同登记额54900万元。", "missed", "54900万元"),
        ("有效高新技术企业达到85家。", "新认定高企18家，有效总量86家。", "met", "86家"),
        ("有效高新技术企业达到85家。", "新认定高企118家，有效总量84家。", "missed", "84家"),
        ("新认定高新技术企业20家。", "新认定高企18家，有效总量86家。", "missed", "18家"),
        ("新增省级研发平台3家。", "新增市级研发平台9家，新增省级研发平台2家。", "missed", "2家"),
        ("科技型中小企业入库165家。", "入库科技型中小企业163家，比年度目标少2家。", "missed", "163家"),
        ("规上工业单位增加值能耗下降3%。", "规上工业单位增加值能耗下降3.4%。", "met", "3.4%"),
        ("培训科技特派员110场次以上。", "培训科技特派员112场次。", "met", "112场次"),
        ("办理时限控制在5个工作日以内。", "办理时限压缩到4个工作日。", None, None),
    ],
)
def test_states(plan: str, review: str, state: str | None, outcome: str | None) -> None:
    found = paired(plan, review)
    if state is None:
        assert all(one.state in ("told", "unreported", "met") for one in found)
        return
    (one,) = found
    assert (one.state, one.outcome and one.outcome.text) == (state, outcome)


def test_what_is_not_reported() -> None:
    (one,) = paired("引进大院大所6家。", "各项工作有序推进。")
    assert (one.state, one.outcome, one.told) == ("unreported", None, None)


def test_a_goal_that_the_draft_names_decides() -> None:
    (one,) = paired(
        "标准厂房租用面积达到16万平方米。", "租用面积未完成16万平方米的任务，部分楼栋不适合装备企业。"
    )
    assert (one.state, one.outcome) == ("missed", None)
    assert one.told is not None


def test_a_forecast_is_told_as_one() -> None:
    (one,) = paired("工业投资达到42.5亿元。", "工业投资：1—11月完成39亿元；全年预计完成43.2亿元。")
    assert one.outcome is not None
    assert (one.state, one.outcome.text, one.expected) == ("met", "43.2亿元", True)


def test_months_that_fall_short_are_no_failure() -> None:
    (one,) = paired("工业投资达到42.5亿元。", "工业投资：1—11月完成39亿元。")
    assert one.state == "told"


def test_what_a_change_started_from_is_no_outcome() -> None:
    (one,) = paired("标准研发用房入驻率提高到80%。", "标准研发用房入驻率由58%提高到83%。")
    assert one.outcome is not None
    assert one.outcome.text == "83%"


def test_evidence_walks_back_to_both_texts() -> None:
    (one,) = paired("技术合同登记额达到5.5亿元。", "技术合同登记额5.6亿元。")
    assert one.evidence.quote == "技术合同登记额达到5.5亿元。"
    assert one.told is not None
    assert one.told.quote == "技术合同登记额5.6亿元。"
    assert one.difference == Decimal(10_000_000)


def test_no_comparable_report_gives_none() -> None:
    draft = dated(REVIEW.format("技术合同登记额5.6亿元。"), 2025)
    other = dated(PLAN.format("技术合同登记额达到5.5亿元。"), 2024, "乙县科技局")
    case = Case(draft, Sources.of((), [other]))
    assert list(commitments(case)) == []
    assert any("乙县科技局" in note for note in case.notes)
    assert list(commitments(Case(draft, Sources()))) == []


def ledger() -> Iterator[dict[str, str]]:
    with (sample_archive() / "ledger.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def sample_reports() -> dict[tuple[str, int], Document]:
    found = [one for path in sorted((sample_archive() / "reports").iterdir()) for one in load(path)]
    return {
        (one.organisation.value, one.reported_year): one
        for one in found
        if one.organisation and one.reported_year
    }


def test_the_sample_archive_is_judged_as_its_ledger_says() -> None:
    """Each target whose outcome the ledger has, and that this year's report tells, is judged the same way."""
    values = {(row["organisation"], row["indicator"], row["year"], row["status"]): row for row in ledger()}
    reports = sample_reports()
    right, wrong = 0, []
    for (organisation, year), draft in reports.items():
        prior = reports.get((organisation, year - 1))
        if prior is None:
            continue
        for one in commitments(Case(draft, Sources.of((), [prior]))):
            for (body, indicator, planned, status), row in values.items():
                aimed = (body, planned, status) == (organisation, str(year), "plan")
                if not aimed or one.target.text not in row["sentence"] or one.outcome is None:
                    continue
                done = values.get((body, indicator, planned, "actual"))
                if done is None or not one.target.text.startswith(row["value"]):
                    continue
                met = Decimal(done["value"]) >= Decimal(row["value"])
                if one.state == ("met" if met else "missed"):
                    right += 1
                else:
                    wrong.append((one.indicator, one.target.text, one.state))
    assert right >= 50
    assert len(wrong) <= 2, wrong
