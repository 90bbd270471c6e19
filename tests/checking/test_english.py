"""Every rule says in English what it says in Chinese; words of the draft and its sources stay Chinese, in quotes."""

import re

import pytest

from assistant.checking import RULES, Example, Rule, Sources, check
from assistant.checking.case import Case
from assistant.checking.recognised import _doubted
from assistant.errors import Said, in_language
from assistant.loaders import load_text
from tests.checking.test_rules import cases, document, findings

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def assert_english(text: str) -> None:
    """`text` has an English form in which nothing but quoted words is Chinese."""
    assert isinstance(text, Said)
    assert in_language(text, "zh") == text
    english = in_language(text, "en")
    assert english
    assert _CHINESE.findall(_QUOTED.sub("", english)) == [], english


@pytest.mark.parametrize(("rule", "example"), cases(flagged=True))
def test_messages(rule: Rule, example: Example) -> None:
    for finding in findings(rule, example):
        assert_english(finding.message)
        assert in_language(finding.message, "en").endswith((".", "?"))
        for evidence in finding.evidence:
            if evidence.source == "draft" and evidence.place:
                assert_english(evidence.place)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_names(rule: Rule) -> None:
    assert_english(rule.title)


def test_names_differ() -> None:
    assert len({rule.title.en for rule in RULES}) == len(RULES)


def test_quotes_are_those_of_the_chinese() -> None:
    """What is quoted in Chinese is quoted in English too: nothing is lost on the way."""
    for rule in RULES:
        for example in rule.flagged:
            for finding in findings(rule, example):
                quoted = _QUOTED.findall(finding.message)
                english = _QUOTED.findall(in_language(finding.message, "en"))
                assert set(quoted) <= set(english)


@pytest.mark.parametrize("in_source", [True, False])
def test_a_digit_that_may_have_been_misread(in_source: bool) -> None:
    doubted = _doubted(Said("“128家”不一致。", "“128家” differs."), ("8", "6"), in_source)
    assert_english(doubted)
    assert doubted.en.startswith("“128家” differs; the ")
    assert doubted.count("。") == 1


@pytest.mark.parametrize(
    ("title", "year"), [("云溪县2025年政府工作报告", 2025), ("青禾县科学技术局2024年工作总结", 2024)]
)
def test_what_was_not_compared(title: str, year: int) -> None:
    (draft,) = load_text("云溪县科学技术局2025年工作总结\n技术合同登记额5.6亿元。\n")
    (prior,) = load_text(f"{title}\n技术合同登记额4.7亿元。\n")
    case = Case(draft, Sources.of((), [prior]))
    assert not case.prior
    assert case.notes
    for note in case.notes:
        assert_english(note)


def test_the_report_is_as_it_was_in_chinese() -> None:
    """Whoever reads the message as text gets the Chinese sentence."""
    report = check(document("一是抓培育，二是抓平台，四是抓服务。", 2025))
    (finding,) = report.findings
    assert finding.message == "列举序号不连续：此处为“四是”，按顺序应为“三是”。"
    assert f"{finding.message}" == finding.message
