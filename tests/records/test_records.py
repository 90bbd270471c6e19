"""Records: spans, derived properties, immutability, no third party."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest

from assistant.records import (
    Draft,
    Fact,
    FactSection,
    FactsFile,
    Period,
    Progress,
    Quantity,
    Section,
    Span,
    silent,
)


def test_span_slices_shifts_and_compares() -> None:
    span = Span(2, 5)
    assert span.of("新认定23家企业") == "定23"
    assert span.shifted(3) == Span(5, 8)
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert span.contains(Span(3, 5))
    assert not span.contains(Span(3, 6))
    assert sorted([Span(3, 4), Span(1, 9)])[0] == Span(1, 9)


@pytest.mark.parametrize("ends", [(-1, 2), (3, 2)])
def test_span_refuses_what_is_none(ends: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(*ends)


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1).start = 3  # type: ignore[misc]


def test_period_years() -> None:
    assert Period(date(2021, 1, 1), date(2025, 12, 31)).years == (2021, 2022, 2023, 2024, 2025)
    assert Period(None, None, relative=True).years == ()


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("money", True),
        ("percent", True),
        ("rank", True),
        ("period", False),
        ("date", False),
        ("masked", False),
    ],
)
def test_which_quantities_are_figures(kind: str, figure: bool) -> None:
    assert Quantity(kind, Span(0, 1), "1", Decimal(1)).is_figure is figure  # type: ignore[arg-type]


def test_facts_keep_the_order_of_the_file() -> None:
    sections = (
        FactSection("一、总结", 1),
        FactSection("（一）企业", 2, (Fact("F01", "甲"), Fact("F02", "乙"))),
        FactSection("二、计划", 1, (Fact("F03", "丙"),)),
    )
    found = FactsFile("事实.md", "总结", "某局", 2025, "annual-summary", sections)
    assert [fact.id for fact in found.facts] == ["F01", "F02", "F03"]


def test_draft_text_leaves_out_what_is_empty() -> None:
    draft = Draft("标题", "某局", 2025, (Section("一、总结", 1), Section("（一）企业", 2, "新增3家。")))
    assert draft.text == "标题\n一、总结\n（一）企业\n新增3家。"


def test_silent_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silent(Progress("load", 1, 2))
    assert capsys.readouterr().out == ""


def test_importing_records_loads_no_third_party() -> None:
    code = (
        "import sys, assistant.records;"
        "print(sorted({n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names) - {'assistant'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = [name for name in eval(done.stdout) if not name.startswith("_")]
    assert found == []
