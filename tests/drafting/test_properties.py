"""Whatever the facts and whatever the model says: every fact is carried, and no figure is added."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from assistant.drafting import Drafter, facts_from_items, verify_section
from assistant.drafting.lock import Words, finish, lock
from assistant.drafting.plan import batches, plan_section
from assistant.settings import Settings

from .conftest import check_spans, drafted, scripted

SUBJECTS = (
    "高新技术企业",
    "技术合同登记额",
    "科技特派员",
    "农村公路",
    "学位",
    "充电桩",
    "发明专利",
    "老旧小区",
)
VERBS = ("新增", "建成", "累计", "", "力争", "其中", "改造")
UNITS = ("家", "亿元", "名", "公里", "个", "%", "余家", "个百分点")
TAILS = ("", "，同比增长8.1%", "、总投资3.2亿元", "，居全市第2位", "以上")
FACTS = st.builds(
    lambda verb, subject, number, unit, tail: f"{verb}{subject}{number}{unit}{tail}",
    st.sampled_from(VERBS), st.sampled_from(SUBJECTS), st.integers(1, 99_999), st.sampled_from(UNITS),
    st.sampled_from(TAILS),
)  # fmt: skip
HEADINGS = st.sampled_from(
    (
        "一、工作开展情况",
        "（一）聚焦创新",
        "三、存在问题",
        "四、主要目标",
        "一、主要指标完成情况",
        "二、2026年计划",
    )
)
LINES = st.text(
    st.sampled_from("第一二三组：｜，。主题加强推进科技企业十余家100%《条例》〔2024〕3号**#- xx的总来说"),
    max_size=60,
)
ANSWERS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
DIGITS = re.compile(r"\d+(?:\.\d+)?")
SETTINGS = Settings(home=Path("unused"))


@tried(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HEADINGS, st.lists(FACTS, min_size=1, max_size=14))
def test_every_fact_is_carried_without_a_model(heading: str, items: list[str]) -> None:
    facts = facts_from_items(heading, items)
    plan = plan_section(facts.sections[0])
    known = {fact.id: fact for fact in facts.facts}
    text, sentences = finish([lock(part, Words()) for part in batches(plan)], known)
    carried = [fact_id for sentence in sentences for fact_id in sentence.fact_ids]
    assert sorted(set(carried)) == sorted(known)
    assert set(DIGITS.findall(text)) == set(DIGITS.findall("；".join(items)))
    assert "。。" not in text
    assert "，。" not in text


@tried(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    HEADINGS,
    st.lists(FACTS, min_size=1, max_size=8, unique=True),
    ANSWERS,
    st.sampled_from(("phrases", "sentences")),
)
@example("一、工作", ["新增学位3个"], "第一组：新增学位3个，服务十余家。", "sentences")
def test_no_answer_adds_a_figure_a_title_or_debris(
    heading: str, items: list[str], answer: str, way: str
) -> None:
    facts = facts_from_items(heading, items)
    chosen = SETTINGS.model_copy(update={"draft_way": way, "chat_grammar": "off"})
    _, done = drafted(Drafter(scripted(answer), None, chosen), facts)
    section = done.draft.sections[0]
    check_spans(section)
    errors = [finding for finding in verify_section(section, facts.facts) if finding.severity == "error"]
    assert errors == []
    assert set(DIGITS.findall(section.text)) == set(DIGITS.findall("；".join(items)))
    assert not re.search(r"[《〔#*]|十余", section.text)
