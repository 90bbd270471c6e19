from __future__ import annotations

import pytest

from assistant.drafting import facts_from_items, verify_section
from assistant.drafting.verify import sentence_fault
from assistant.records import Citation, Section, Sentence, Span

ITEMS = ("新认定高新技术企业23家", "技术合同登记额5.6亿元，同比增长18.3%")
FACTS = facts_from_items("一、创新", ITEMS, year=2025).facts
GOOD = "壮大创新主体，新认定高新技术企业23家，技术合同登记额5.6亿元，同比增长18.3%。"


def section(text: str, heading: str = "一、创新", citations: tuple[Citation, ...] = ()) -> Section:
    ends = [at + 1 for at, sign in enumerate(text) if sign == "。"]
    spans = [Span(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    sentences = tuple(Sentence(span.of(text), span, "fact", citations=citations) for span in spans)
    return Section(heading, 1, text, sentences)


def rules(text: str, citations: tuple[Citation, ...] = ()) -> list[str]:
    return [finding.rule for finding in verify_section(section(text, citations=citations), FACTS)]


def test_a_true_sentence_and_section_pass() -> None:
    assert sentence_fault(GOOD, FACTS) == ""
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        (GOOD.replace("23家", "32家"), "32家"),
        (GOOD.replace("，同比增长18.3%", ""), "漏了"),
        (GOOD.replace("壮大创新主体", "服务十余家企业"), "十余家"),
        (GOOD.replace("壮大创新主体", "23家企业入库"), "23家"),
        (GOOD.replace("壮大创新主体", "落实《创新条例》"), "《创新条例》"),
        (GOOD.replace("壮大创新主体", "依据科发〔2024〕3号"), "〔2024〕3号"),
        (GOOD.replace("壮大创新主体", "实施“雏鹰”行动"), "雏鹰"),
        (GOOD.replace("壮大创新主体", "**壮大**主体"), "Markdown"),
        (GOOD.replace("壮大创新主体", "总的来说"), "总的来说"),
        (GOOD.replace("壮大创新主体", "居全省领先"), "领先"),
        (GOOD.replace("壮大创新主体", "见 https://a.b/c"), "符号"),
        (GOOD.replace("壮大创新主体", "实施AI赋能"), "外文"),
        (GOOD.replace("增长18.3%", "下降18.3%"), "18.3%"),
        (
            GOOD.replace(
                "新认定高新技术企业23家，技术合同登记额5.6亿元", "技术合同登记额23家，高新技术企业5.6亿元"
            ),
            "指标",
        ),
        (GOOD.replace("新认定", "力争新认定"), "状态"),
        (GOOD.rstrip("。"), "句号"),
        (GOOD.rstrip("。") + "，" + "持续推动各方面的建设不断向前" * 9 + "。", "过长"),
        ("", "句号"),
    ],
)
def test_a_false_sentence_is_refused_with_its_reason(sentence: str, word: str) -> None:
    assert word in sentence_fault(sentence, FACTS)


def test_a_plan_may_not_be_written_as_done() -> None:
    facts = facts_from_items("一、计划", ("力争新增高新技术企业30家",)).facts
    assert sentence_fault("力争新增高新技术企业30家。", facts, ahead=True) == ""
    assert sentence_fault("新增高新技术企业30家。", facts, ahead=True) != ""
    assert "说法" in sentence_fault("顺利完成培育，力争新增高新技术企业30家。", facts, ahead=True)


def test_facts_without_figures_must_be_there_in_substance() -> None:
    facts = facts_from_items("一、党建", ("落实“第一议题”制度，开展谈心谈话",)).facts
    assert sentence_fault("强化政治引领，落实“第一议题”制度，开展谈心谈话。", facts) == ""
    assert "写全" in sentence_fault("强化政治引领，加强作风建设。", facts)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("新认定高新技术企业23家。", "facts.omitted"),
        ("高新技术企业增长18.3%，新认定高新技术企业23家，技术合同登记额5.6亿元。", "number.misattributed"),
        (GOOD + "引进人才9名。", "number.unsupported"),
        (GOOD + "落实《创新条例》。", "cite.unknown"),
        (GOOD + "落实科发〔2024〕3号。", "cite.unknown"),
        (GOOD + "**成效**。", "residue.markup"),
        (GOOD + GOOD, "text.repeated"),
    ],
)
def test_a_section_is_found_out(text: str, rule: str) -> None:
    assert rule in rules(text)


def test_findings_carry_place_and_evidence() -> None:
    text = GOOD + "引进人才9名。"
    finding = verify_section(section(text), FACTS)[0]
    assert finding.span.of(text) == "9名"
    missing = verify_section(section("新认定高新技术企业23家。"), FACTS)[0]
    assert missing.evidence[0].quote == ITEMS[1]


def test_what_a_citation_carries_is_no_invention() -> None:
    cited = Citation("p", "d", "创新条例", "科发〔2024〕3号", Span(0, 1))
    assert rules(GOOD + "落实《创新条例》（科发〔2024〕3号）要求。", (cited,)) == []


def test_a_masked_figure_is_neither_missing_nor_invented() -> None:
    facts = facts_from_items("一、创新", ("新认定高新技术企业xx家",)).facts
    assert verify_section(section("新认定高新技术企业xx家。"), facts) == []
    assert sentence_fault("壮大主体，新认定高新技术企业xx家。", facts) == ""
    assert sentence_fault("壮大主体，新认定高新技术企业30家。", facts) != ""


def test_a_first_sentence_that_is_the_heading_is_noted() -> None:
    made = section("壮大创新主体。" + GOOD, heading="（一）壮大创新主体")
    assert "text.repeated" in [finding.rule for finding in verify_section(made, FACTS)]


@pytest.mark.parametrize(
    "added",
    [
        "壮大队伍伍佰人",
        "投资逾半数",
        "由张伟同志牵头落实",
        "在北京市建成基地",
        "`代码`推进",
        "招引双百企业",
        "｜推进",
    ],
)
def test_what_no_extractor_counts_is_not_let_in_either(added: str) -> None:
    assert sentence_fault(f"{GOOD.rstrip('。')}，{added}。", FACTS) != ""


PLANNED = facts_from_items("二、2026年工作计划", ITEMS, year=2025).facts
TOLD = "新认定高新技术企业23家，技术合同登记额5.6亿元，同比增长18.3%。"


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        (f"建强企业队伍，{TOLD}", ""),
        (f"力争{TOLD}", ""),
        (f"已{TOLD}", "“已”"),
        (TOLD.replace("额5.6", "额实际达到5.6"), "状态"),
    ],
)
def test_a_sentence_of_the_plan_tells_its_facts_as_aimed_at(sentence: str, fault: str) -> None:
    found = sentence_fault(sentence, PLANNED, context="二、2026年工作计划", ahead=True)
    assert found == fault if not fault else fault in found


def test_a_section_of_the_plan_carries_its_facts() -> None:
    heading = "二、2026年工作计划"
    assert verify_section(section(f"力争{TOLD}", heading), PLANNED) == []
    moved = TOLD.replace("额5.6", "额实际达到5.6")
    assert [one.rule for one in verify_section(section(moved, heading), PLANNED)] == ["number.misattributed"]
