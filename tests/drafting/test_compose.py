from __future__ import annotations

import re

import pytest

from assistant.drafting import facts_from_items
from assistant.drafting.compose import Composer, read_answer
from assistant.drafting.grammar import group_label, phrase_grammar
from assistant.drafting.masking import mask_figures, mask_sample
from assistant.drafting.plan import plan_section
from assistant.errors import ModelAnswerInvalid
from assistant.llm import Fault, ScriptedChatModel
from assistant.settings import Settings

from .conftest import scripted

PLAN = plan_section(
    facts_from_items(
        "一、工作", ("粮食产量28亿斤", "每千人口托位数达4.3个", "互联网宽带用户90万户")
    ).sections[0]
)


def test_figures_never_reach_the_model_that_writes_phrases(settings: Settings) -> None:
    model = scripted()
    Composer(model, settings).ask(PLAN)
    shown = str(model.prompts[0][-1].content)
    assert "粮食产量〇亿斤" in shown or "粮食产量〇斤" in shown
    assert not re.search(r"\d", shown)


def test_the_prompt_begins_alike_for_all_sections(settings: Settings) -> None:
    other = plan_section(facts_from_items("二、生态", ("造林3万亩", "新增公园5个")).sections[0])
    composer = Composer(scripted(), settings, style="样例")
    first, second = composer.messages(PLAN, "", [0, 1]), composer.messages(other, "甲", [0])
    assert [message.content for message in first[:-1]] == [message.content for message in second[:-1]]
    assert first[-1].content != second[-1].content
    assert "样例" in str(first[1].content)


def test_the_grammar_is_bound_where_it_is_supported(settings: Settings) -> None:
    bound, free = scripted(), scripted()
    Composer(bound, settings).ask(PLAN)
    Composer(free, settings.model_copy(update={"chat_grammar": "off"})).ask(PLAN)
    assert "root ::=" in bound.options[0]["extra_body"]["grammar"]
    assert "extra_body" not in free.options[0]


def test_every_repetition_of_the_grammar_is_bounded() -> None:
    grammar = phrase_grammar(3, theme=True)
    assert grammar.splitlines()[0].count("第") == 3
    assert not re.search(r"[*+]", grammar.replace("[^", ""))
    assert "一二三四五六七八九十" in grammar
    assert phrase_grammar(0, theme=True).splitlines()[0] == 'root ::= "主题：" t "，" t'


def test_only_groups_that_want_a_phrase_are_asked_for_and_numbered_anew(settings: Settings) -> None:
    model = scripted("主题：甲，乙\n第一组：稳定粮食生产\n第二组：完善托育服务")
    answer = Composer(model, settings).ask(PLAN)
    asked = [number for number, group in enumerate(PLAN.groups) if group.ask]
    assert list(answer.options) == asked[:2]
    assert answer.theme == "甲，乙"


def test_nothing_is_asked_where_no_words_are_wanted(settings: Settings) -> None:
    model = scripted()
    plan = plan_section(facts_from_items("三、存在问题", ("人才短缺",)).sections[0])
    assert Composer(model, settings).ask(plan).options == {}
    assert model.prompts == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "好的，以下是短语：",
        "# 标题\n- 甲",
        "第九十九组：壮大队伍",
        "组：壮大",
        "第 组",
        "{}" * 100,
        "第一组：",
    ],
)
def test_any_other_answer_reads_as_no_answer(text: str) -> None:
    assert (
        not any(any(options) for options in read_answer(text, options="｜").options.values()) or "九" in text
    )


def test_answers_are_read_with_options_and_digits_as_labels() -> None:
    answer = read_answer("主题: 强基础，促发展。\n第1组：壮大队伍｜强化培训\n第二组: 推广技术", options="｜")
    assert answer.theme == "强基础，促发展"
    assert answer.options == {0: ("壮大队伍", "强化培训"), 1: ("推广技术",)}


def test_sentences_keep_their_full_stop() -> None:
    assert read_answer("第一组：新增3家。", options="").options == {0: ("新增3家。",)}


def test_a_model_error_comes_out_as_such(settings: Settings) -> None:
    model = ScriptedChatModel(answers=("第一组",), faults=(Fault(ModelAnswerInvalid(reason="cut"), after=0),))
    with pytest.raises(ModelAnswerInvalid):
        Composer(model, settings).ask(PLAN)


def test_an_endless_answer_is_left(settings: Settings) -> None:
    model = ScriptedChatModel(answers=("一" * 1_000_000,), piece_length=2000)
    assert Composer(model, settings).ask(PLAN).options == {}


def test_labels_count_from_zero() -> None:
    assert [group_label(number) for number in (0, 9)] == ["第一组", "第十组"]


def test_masking_leaves_units_and_takes_figures_names_and_titles() -> None:
    assert mask_figures("新增23家，增长18.3%，xx名") == "新增〇家，增长〇%，〇名"
    sample = mask_sample(
        "清源县落实《管理办法》（清政办〔2023〕7号），选任88名，惠及十余家企业。", ("清源县",)
    )
    assert "清源" not in sample
    assert "88" not in sample
    assert "十余" not in sample
    assert "管理办法" not in sample
    assert "〔2023〕" not in sample
