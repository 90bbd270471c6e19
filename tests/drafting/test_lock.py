from __future__ import annotations

from assistant.drafting import facts_from_items
from assistant.drafting.lock import Part, Words, finish, lock
from assistant.drafting.plan import batches, plan_section
from assistant.records import Citation, FactsFile, Section, Span

from .conftest import check_spans

ITEMS = ("新建敬老院47家", "每千人口托位数达4.3个", "撤并学校43所", "新增学位16万个")
CITED = Citation("p1", "d1", "清源县养老服务办法", "健全养老服务", Span(0, 6))


def section(facts: FactsFile, words: Words) -> Section:
    plan = plan_section(facts.sections[0])
    paragraphs = [lock(part, words) for part in batches(plan)]
    text, sentences = finish(paragraphs, {fact.id: fact for fact in facts.facts})
    return Section(plan.heading, plan.level, text, sentences)


def test_clauses_stand_letter_for_letter_with_phrases_between() -> None:
    facts = facts_from_items("一、工作", ITEMS)
    made = section(facts, Words("补齐民生短板，办好群众实事", {0: "健全养老托育服务", 1: "扩大优质学位供给"}))
    assert made.text == (
        "补齐民生短板，办好群众实事。健全养老托育服务，新建敬老院47家，每千人口托位数达4.3个；"
        "扩大优质学位供给，撤并学校43所，新增学位16万个。"
    )
    check_spans(made)
    assert [sentence.role for sentence in made.sentences] == ["connective", "fact"]
    assert made.sentences[1].fact_ids == ("F01", "F02", "F03", "F04")
    assert [span.of(made.text) for span in made.sentences[1].connective_spans] == [
        "健全养老托育服务，",
        "扩大优质学位供给，",
    ]


def test_without_any_words_the_facts_stand_alone() -> None:
    made = section(facts_from_items("一、工作", ITEMS), Words())
    assert made.text == "新建敬老院47家，每千人口托位数达4.3个；撤并学校43所，新增学位16万个。"
    assert not made.sentences[0].connective_spans


def test_three_weighty_matters_are_enumerated_when_each_begins_with_an_action() -> None:
    items = (
        *ITEMS[:2], "新建社区嵌入式养老服务机构52个", *ITEMS[2:], "选派支教教师380名到乡村学校任教",
        "建成高标准农田28万亩", "粮食总产量达到44亿斤", "农业机械化率提高到73%",
    )  # fmt: skip
    made = section(
        facts_from_items("一、工作", items),
        Words("", {0: "健全养老服务", 1: "扩大学位供给", 2: "稳定粮食生产"}),
    )
    assert [made.text.count(mark) for mark in ("一是", "二是", "三是", "四是")] == [1, 1, 1, 0]
    check_spans(made)


def test_problems_are_enumerated_and_never_get_a_phrase() -> None:
    made = section(
        facts_from_items("三、存在问题", ("创新能力不强", "人才短缺")), Words("甲，乙", {0: "加强创新"})
    )
    assert made.text == "一是创新能力不强。二是人才短缺。"


def test_goals_have_their_lead() -> None:
    made = section(facts_from_items("四、主要目标", ("高新技术企业达到98家", "登记额达到6亿元")), Words())
    assert made.text == "主要目标是：高新技术企业达到98家；登记额达到6亿元。"


def test_a_masked_fact_is_a_placeholder() -> None:
    made = section(facts_from_items("一、工作", ("选任科技特派员xx名",)), Words())
    assert made.text == "选任科技特派员xx名。"
    assert made.sentences[0].role == "placeholder"


def test_a_policy_leads_to_the_theme_and_is_cited() -> None:
    lead = (Part("认真落实"), Part("《清源县养老服务办法》", citation=CITED), Part("要求"))
    facts = facts_from_items("一、工作", ITEMS)
    made = section(facts, Words("补齐民生短板，办好群众实事", lead=lead))
    assert made.text.startswith("认真落实《清源县养老服务办法》要求，补齐民生短板，办好群众实事。")
    assert made.sentences[0].role == "policy"
    assert made.sentences[0].citations == (CITED,)
    check_spans(made)


def test_a_policy_without_a_theme_leads_to_the_first_action_or_is_left_out() -> None:
    lead = (Part("认真落实"), Part("《清源县养老服务办法》", citation=CITED), Part("要求"))
    acting = section(facts_from_items("一、工作", ITEMS), Words(lead=lead))
    assert acting.text.startswith("认真落实《清源县养老服务办法》要求，新建敬老院47家")
    counting = section(facts_from_items("一、工作", ("粮食产量28亿斤",)), Words(lead=lead))
    assert counting.text == "粮食产量28亿斤。"


def test_expected_headline_indicators_are_introduced_as_such() -> None:
    facts = facts_from_items("2026年工作安排", ("地区生产总值增长5%左右", "固定资产投资增长3%左右"))
    assert section(facts, Words()).text == "主要预期目标是：地区生产总值增长5%左右，固定资产投资增长3%左右。"


def test_paragraphs_stand_on_lines_of_their_own() -> None:
    subjects = ("新建学校", "新增床位", "建成公路", "改造小区", "发放贷款", "建设水库")
    facts = facts_from_items(
        "一、工作", [f"{subjects[number // 2 % 6]}{number + 1}个" for number in range(60)]
    )
    made = section(facts, Words())
    assert made.text.count("\n") == len(batches(plan_section(facts.sections[0]))) - 1
    check_spans(made)
    assert [fact_id for sentence in made.sentences for fact_id in sentence.fact_ids] == [
        fact.id for fact in facts.facts
    ]
