from __future__ import annotations

import pytest

from assistant.chat.asked import Asked
from assistant.chat.matching import SURE, Match, match, matter_of, plain_name, telling_span
from assistant.quantities import bind_text


def _matches(
    matter: str, text: str, question: str = "", year: int | None = None, **fields: object
) -> list[Match]:
    asked = Asked(text=question or matter, matter=matter, **fields)  # type: ignore[arg-type]
    claims = [claim for claim in bind_text(text, 2024) if claim.quantity.is_figure]
    return sorted(
        (found for claim in claims if (found := match(asked, text, claim, year))),
        key=lambda found: -found.score,
    )


def _best(matter: str, text: str, question: str = "", **fields: object) -> str:
    found = [one for one in _matches(matter, text, question, **fields) if one.score >= SURE]  # type: ignore[arg-type]
    return found[0].claim.quantity.text if found else ""


@pytest.mark.parametrize(
    ("matter", "text", "figure"),
    [
        ("技术合同登记额", "技术合同登记额4.73亿元，同比增长14.8%。", "4.73亿元"),
        ("技术合同登记额", "全年技术合同登记额达到4.73亿元。", "4.73亿元"),
        ("技术合同登记额", "实现技术合同登记额约4.73亿元。", "4.73亿元"),
        ("技术合同登记额", "技术合同登记额为4.73亿元。", "4.73亿元"),
        ("技术合同登记额", "技术合同登记额：4.73亿元。", "4.73亿元"),
        ("技术合同登记额", "一是技术合同登记额4.73亿元，同比增长14.8%。", "4.73亿元"),
        ("高新技术企业", "有效高新技术企业总量达61家。", "61家"),
        ("高新技术企业", "高企总量61家。", "61家"),
        ("高企", "高新技术企业总量61家。", "61家"),
        ("城镇调查失业率", "城镇调查失业率控制在5.5%左右。", "5.5%"),
        ("城镇调查失业率控制在", "城镇调查失业率控制在5.5%左右。", "5.5%"),
        ("居民消费价格涨幅", "居民消费价格涨幅2%左右。", "2%"),
        ("中央财政赤字", "赤字率3%。其中，中央财政赤字1.4万亿元，地方财政赤字7800亿元。", "1.4万亿元"),
        ("地方财政赤字", "其中，中央财政赤字1.4万亿元，地方财政赤字7800亿元。", "7800亿元"),
        ("改造城镇老旧小区", "改造城镇老旧小区2622个，惠及居民。", "2622个"),
        ("国家标准", "制定修订583项国家标准。", "583项"),
        ("加快建设", "加快建设3个产业园。", "3个"),
        ("比去年增加", "安排财政赤字1.62万亿元，比去年增加2700亿元。", "2700亿元"),
        ("森林覆盖率", "森林覆盖率提高到24.1%。", "24.1%"),
        ("新设外资企业", "新设外商投资企业520家。", "520家"),
    ],
)
def test_the_figure_beside_the_words_of_the_matter(matter: str, text: str, figure: str) -> None:
    assert _best(matter, text) == figure


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        ("海洋生产总值", "地区生产总值增长5.8%。"),
        ("生产总值", "海洋生产总值增长10.4%。"),
        ("居民人均可支配收入", "农村居民人均可支配收入增长6.7%。"),
        ("中央财政赤字", "地方财政赤字7800亿元。"),
        ("发明专利", "技术合同登记额4.73亿元。"),
        ("云溪区生产总值", "地区生产总值增长5.8%。"),
        ("小学", "高新技术企业61家。"),
        ("火星县高新技术企业", "高新技术企业61家。"),
    ],
)
def test_another_matter_is_no_answer(matter: str, text: str) -> None:
    assert _best(matter, text) == ""


def test_the_exact_name_goes_before_a_synonym() -> None:
    text = "生产总值超200亿元县达26个。地区生产总值35538亿元。"
    assert _best("地区生产总值", text) == "35538亿元"


def test_a_total_goes_before_what_was_added() -> None:
    text = "全年新认定高新技术企业17家，退出5家，有效总量73家。"
    assert _best("高新技术企业", text, "高新技术企业多少家") == "73家"
    assert _best("新认定高新技术企业", text, "新认定高新技术企业多少家") == "17家"


def test_what_was_added_is_told_when_there_is_no_total() -> None:
    assert _best("高标准农田", "新建高标准农田30万亩。") == "30万亩"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("技术合同登记额多少", "4.73亿元"),
        ("技术合同登记额增长多少", "14.8%"),
        ("技术合同登记额增速", "14.8%"),
        ("技术合同登记额同比", "14.8%"),
    ],
)
def test_growth_is_told_when_growth_is_asked_for(question: str, figure: str) -> None:
    text = "技术合同登记额4.73亿元，同比增长14.8%。"
    assert _best(question.removesuffix("多少"), text, question) == figure


def test_a_rank_is_told_when_a_rank_is_asked_for() -> None:
    text = "有效高新技术企业总量73家，居全市第3位。"
    assert _best("高新技术企业", text, "高新技术企业排第几") == "第3位"
    assert _best("高新技术企业", text, "高新技术企业多少家") == "73家"


def test_a_result_goes_before_a_target_unless_the_target_is_asked_for() -> None:
    text = "技术合同登记额4.73亿元。力争技术合同登记额达到5.5亿元。"
    assert _best("技术合同登记额", text) == "4.73亿元"
    assert _best("技术合同登记额", text, "技术合同登记额的目标是多少") == "5.5亿元"


def test_another_unit_speaks_against_a_claim() -> None:
    text = "科技特派员138名。科技特派员工作站12个。"
    assert _best("科技特派员", text, "科技特派员多少名", unit="名") == "138名"


def test_another_year_speaks_against_a_claim() -> None:
    text = "2023年研发经费投入4.93亿元。"
    own = _matches("研发经费投入", text, year=2023)[0]
    other = _matches("研发经费投入", text, year=2021)[0]
    assert own.score > other.score


def test_forms_keep_the_questions_own_words_apart() -> None:
    matter = matter_of("高新技术企业总量的变化趋势")
    assert "高新技术企业" in matter.own
    assert "高企" in matter.forms
    assert "高企" not in matter.own
    assert matter.touches("全县高企18家")
    assert not matter.touches("全县企业18家")


def test_a_matter_of_one_character_has_no_forms() -> None:
    assert matter_of("水").forms == ()


def test_the_name_of_a_matter_without_what_is_asked_of_it() -> None:
    assert plain_name(Asked("", matter="高新技术企业哪个多")) == "高新技术企业"
    assert plain_name(Asked("", matter="技术合同登记额的变化趋势")) == "技术合同登记额"
    assert plain_name(Asked("", matter="增速")) == "增速"


def test_a_very_long_matter_is_matched_in_time() -> None:
    assert _best("高新技术企业" * 200, "高新技术企业61家。") == ""
    assert _best("高新技术企业", "总计" * 3_000 + "61家") == ""


def test_a_name_before_a_semicolon_holds_behind_it() -> None:
    text = "强化服务。一是新认定高新技术企业55家；退出20家，总量268家。科技型中小企业512家。"
    matter = matter_of("高企")
    found = {
        claim.quantity.text: telling_span(matter, text, claim).of(text) for claim in bind_text(text, 2024)
    }
    assert found["268家"] == "一是新认定高新技术企业55家；退出20家，总量268家。"
    assert found["55家"] == "一是新认定高新技术企业55家；"
    assert found["512家"] == "科技型中小企业512家。"
