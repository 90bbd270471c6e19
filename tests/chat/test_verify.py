from __future__ import annotations

import pytest

from assistant.chat.verify import carried, misattributed, unsupported
from assistant.quantities import extract
from assistant.records import Citation, Span

QUOTE = "全年新认定高新技术企业17家，技术合同登记额4.73亿元，同比增长14.8%（清政办〔2024〕9号）。"


def _cited(quote: str = QUOTE, title: str = "清河县科学技术局2024年工作总结", **fields: object) -> Citation:
    return Citation("p1", "d1", title, quote, Span(0, len(quote)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "新认定高新技术企业17家。",
        "技术合同登记额4.73亿元，增长14.8%。",
        "技术合同登记额47300万元。",
        "《清河县科学技术局2024年工作总结》：新认定17家。",
        "2024年新认定17家。",
        "依据清政办〔2024〕9号。",
        "报告说“新认定高新技术企业17家”。",
        "企业创新取得进展。",
        "",
    ],
)
def test_what_the_quote_carries(text: str) -> None:
    assert unsupported(text, [_cited()]) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("新认定高新技术企业71家。", "71家"),
        ("新认定18家。", "18家"),
        ("技术合同登记额4.73万元。", "4.73万元"),
        ("增长14.8个百分点。", "14.8个百分点"),
        ("增长18.4%。", "18.4%"),
        ("超17家。", "17家"),
        ("新认定17名。", "17名"),
        ("2023年新认定17家。", "2023年"),
        ("依据清政办〔2023〕9号。", "清政办〔2023〕9号"),
        ("《关于促进创新的意见》提出。", "《关于促进创新的意见》"),
        ("报告说“高新技术企业大幅增长”。", "“高新技术企业大幅增长”"),
        ("详见https://example.org/x。", "https://"),
        ("[详情](x)", "]("),
        ("<img src=x>", "<i"),
        ("居全市第1位。", "第1位"),
    ],
)
def test_what_it_does_not_carry(text: str, missing: str) -> None:
    found = unsupported(text, [_cited()])
    assert found
    assert missing in found[0] or found[0] in missing


def test_nothing_is_carried_without_a_citation() -> None:
    assert unsupported("新认定17家。", []) == ["17家"]


def test_years_of_the_question_may_be_said() -> None:
    assert unsupported("2023年没有数据。", [_cited()]) == ["2023年"]
    assert unsupported("2023年没有数据。", [_cited()], known="2023年高新技术企业多少家") == []


def test_figures_of_the_question_may_not() -> None:
    assert unsupported("有99家。", [_cited()], known="是不是99家") == ["99家"]


def test_what_code_computed_is_not_looked_up() -> None:
    text = "增加12家（73−61=12）。"
    assert unsupported(text, [_cited()])
    assert unsupported(text, [_cited()], computed=("73−61=12", "12家")) == []


def test_each_figure_is_looked_up_in_all_citations() -> None:
    both = [_cited("总量73家。"), _cited("总量61家。")]
    assert unsupported("由61家增至73家。", both) == []
    assert unsupported("由61家增至74家。", both) == ["74家"]


def test_a_heading_may_carry_a_year_but_no_figure() -> None:
    cited = _cited("总量73家。", title="工作总结", heading_path=("一、2021年17项工作",))
    assert unsupported("2021年总量73家。", [cited]) == []
    assert unsupported("共17项。", [cited]) == ["17项"]


@pytest.mark.parametrize(
    ("figure", "source", "held"),
    [
        ("18.3%", "18.34%", True),
        ("5.6亿元", "56021万元", True),
        ("200亿元", "超200亿元", False),
        ("超200亿元", "超200亿元", True),
        ("约12万吨", "12万吨", True),
        ("13%", "13个百分点", False),
        ("73家", "73家", True),
        ("73家", "37家", False),
        ("3家", "73家", False),
    ],
)
def test_carried_by_written_precision(figure: str, source: str, held: bool) -> None:
    assert carried(extract(figure)[0], extract(source)) is held


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("高新技术企业17家。", []),
        ("科技型中小企业17家。", ["17家"]),
        ("研发经费4.73亿元。", ["4.73亿元"]),
        ("技术合同登记额4.73亿元。", []),
        ("某种没有名字的东西17家。", []),
    ],
)
def test_a_figure_of_another_indicator(text: str, wrong: list[str]) -> None:
    assert misattributed(text, [_cited()]) == wrong
