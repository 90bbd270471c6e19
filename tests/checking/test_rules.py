"""Each rule keeps what its module promises: page, examples, registry."""

from __future__ import annotations

import pkgutil
from dataclasses import replace

import pytest

from assistant.checking import RULES, Example, Rule, Sources, check, rules
from assistant.checking.rule import HEADINGS
from assistant.loaders import load_text
from assistant.records import Document, Finding, Reading


def document(text: str, year: int | None) -> Document:
    """`text` as the report on `year`."""
    (loaded,) = load_text(text)
    given = Reading(str(year), "given") if year is not None else None
    return replace(loaded, year=given)


def findings(rule: Rule, example: Example) -> list[Finding]:
    prior = [document(example.prior, example.year - 1)] if example.prior and example.year else []
    others = [replace(load_text(text)[0], genre="policy") for text in example.others]
    sources = Sources.of(example.facts, prior, others)
    report = check(document(example.draft, example.year), sources, rules=[rule])
    return [finding for finding in report.findings if finding.rule == rule.id]


def cases(flagged: bool) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.flagged if flagged else rule.passed, 1)
    ]


@pytest.mark.parametrize(("rule", "example"), cases(flagged=True))
def test_flags(rule: Rule, example: Example) -> None:
    found = findings(rule, example)
    assert found
    for finding in found:
        assert finding.message.endswith("。")
        assert finding.message.count("。") == 1
        assert finding.span.end <= len(document(example.draft, example.year).text)


@pytest.mark.parametrize(("rule", "example"), cases(flagged=False))
def test_passes(rule: Rule, example: Example) -> None:
    assert not findings(rule, example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_and_examples(rule: Rule) -> None:
    page = rule.page
    assert page[""]
    assert [heading for heading in HEADINGS if not page.get(heading)] == []
    assert len(rule.flagged) >= 5
    assert len(rule.passed) >= 5
    assert len(set(rule.flagged)) == len(rule.flagged)
    assert rule.title


def test_one_module_a_rule() -> None:
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert {rule.id.replace(".", "_") for rule in RULES} == modules
    assert {rule.find.__module__.rsplit(".", 1)[1] for rule in RULES} == modules
    assert len({rule.id for rule in RULES}) == len(RULES)
