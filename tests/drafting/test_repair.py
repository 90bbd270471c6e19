from __future__ import annotations

from assistant.drafting import facts_from_items
from assistant.drafting.compose import Answer, Composer
from assistant.drafting.plan import plan_section
from assistant.drafting.repair import Repair, free_parts, is_lasting
from assistant.errors import ModelAnswerInvalid, ModelTimeout
from assistant.llm import ScriptedChatModel
from assistant.records import Fact
from assistant.settings import Settings

FACTS = facts_from_items("一、工作", ("新建敬老院47家", "造林3万亩"))
PLAN = plan_section(FACTS.sections[0])


def repair(settings: Settings, *answers: str) -> Repair:
    model = ScriptedChatModel(answers=answers)
    return Repair(Composer(model, settings), {fact.id: fact for fact in FACTS.facts})


def test_fitting_phrases_are_taken_for_their_group(settings: Settings) -> None:
    answer = Answer("", dict.fromkeys((0, 1), ("加快国土绿化步伐", "健全养老服务体系", "推动工业升级")))
    words = repair(settings, "").words(PLAN, answer)
    assert words.phrases == {0: "健全养老服务体系", 1: "加快国土绿化步伐"}


def test_when_nothing_fits_the_model_is_asked_once_more(settings: Settings) -> None:
    plan = plan_section(facts_from_items("一、工作", ("每千人口托位数达4个", "森林覆盖率61%")).sections[0])
    mender = repair(settings, "第一组：健全托育服务体系\n第二组：加快国土绿化步伐")
    words = mender.words(plan, Answer("", {0: ("推动工业升级",), 1: ("推动工业升级",)}))
    assert words.phrases == {0: "健全托育服务体系", 1: "加快国土绿化步伐"}


def test_a_free_sentence_is_cut_into_the_facts_and_the_rest() -> None:
    facts = (Fact("F01", "新增企业23家"), Fact("F02", "技术合同登记额5.6亿元"))
    parts = free_parts("壮大主体，新增企业23家；技术合同登记额5.6亿元。", facts)
    assert [(part.text, part.fact_ids) for part in parts] == [
        ("壮大主体，", ()),
        ("新增企业23家", ("F01",)),
        ("；", ()),
        ("技术合同登记额5.6亿元", ("F02",)),
        ("。", ()),
    ]


def test_a_fact_in_other_words_is_still_named() -> None:
    facts = (Fact("F01", "新增企业23家"), Fact("F02", "谈心"))
    parts = free_parts("新增企业23家，谈了话。", facts)
    assert {fact_id for part in parts for fact_id in part.fact_ids} == {"F01", "F02"}


def test_an_unusable_answer_is_no_lasting_failure() -> None:
    assert not is_lasting(ModelAnswerInvalid(reason=""))
    assert is_lasting(ModelTimeout(seconds=1))
