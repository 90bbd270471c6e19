"""A scanned source that differs by one look-alike digit accuses nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.checking import Sources, check
from assistant.checking.recognised import lookalikes
from assistant.loaders import load_text
from assistant.records import Document, Fact, Finding

SOURCE = "云溪县2025年统计资料\n一、创新主体\n全县有效高新技术企业总量达到128家，同比增长18.3%。"


def _scan(text: str) -> Document:
    (document,) = load_text(text)
    return replace(document, blocks=tuple(replace(block, confidence=0.98) for block in document.blocks))


def _findings(draft: Document, source: Document) -> list[Finding]:
    report = check(draft, Sources.of(others=[source]))
    return [one for one in report.findings if one.rule.startswith("number.")]


def _draft(figure: str) -> Document:
    return load_text(
        f"云溪县2025年工作总结\n一、工作情况\n全县有效高新技术企业总量达到{figure}，同比增长18.3%。"
    )[0]


def test_one_lookalike_digit_of_a_scanned_source_is_a_note() -> None:
    (finding,) = _findings(_draft("126家"), _scan(SOURCE))
    assert finding.severity == "note"
    assert "来源是扫描识别的文字" in finding.message
    assert "“6”与“8”形近" in finding.message
    assert finding.fix is None


def test_the_same_against_stored_text_is_an_error() -> None:
    (finding,) = _findings(_draft("126家"), load_text(SOURCE)[0])
    assert finding.severity == "error"
    assert "形近" not in finding.message


@pytest.mark.parametrize("figure", ["182家", "124家", "1280家"])
def test_other_differences_stay_errors(figure: str) -> None:
    findings = _findings(_draft(figure), _scan(SOURCE))
    assert [one.severity for one in findings] == ["error"]


def test_a_scanned_draft_is_treated_with_the_same_care() -> None:
    draft = _draft("126家")
    scan = replace(draft, blocks=tuple(replace(block, confidence=0.9) for block in draft.blocks))
    (finding,) = _findings(scan, load_text(SOURCE)[0])
    assert finding.severity == "note"
    assert "本稿是扫描识别的文字" in finding.message


@pytest.mark.parametrize(("recognised", "severity"), [(True, "note"), (False, "error")])
def test_facts_from_a_scan(recognised: bool, severity: str) -> None:
    fact = Fact("F01", "全县有效高新技术企业总量达到128家", recognised=recognised)
    report = check(_draft("126家"), Sources(facts=(fact,)))
    assert [one.severity for one in report.findings if "126" in one.message] == [severity]


@pytest.mark.parametrize(
    ("mine", "theirs", "pair"),
    [
        ("5.6亿元", "5.8亿元", ("6", "8")),
        ("1280家", "128家", None),
        ("38家", "83家", None),
        ("12家", "15家", None),
        ("全部", "多数", None),
    ],
)
def test_pairs(mine: str, theirs: str, pair: tuple[str, str] | None) -> None:
    assert lookalikes(mine, theirs) == pair
