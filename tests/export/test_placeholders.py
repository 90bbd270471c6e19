from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.export.placeholders import placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新增xx家", ["xx"]),
        ("新增XX家、××个", ["XX", "××"]),
        ("增长x.x%", ["x.x"]),
        ("xxxx年x-xx月", ["xxxx", "x-xx"]),
        ("居全市第x位", ["x"]),
        ("新增x家", ["x"]),
        ("联系人***", ["***"]),
        ("【待补】和【待核实：数字】", ["【待补】", "【待核实：数字】"]),
        ("金额____万元", ["____"]),
        ("位于××县", ["××"]),
    ],
)
def test_what_waits_for_the_writer(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in placeholders(text)] == found


@pytest.mark.parametrize(
    "text", ["5G基站", "R&D经费", "ExxonMobil", "x光机", "3*4", "【一】", "a_b", "Max家"]
)
def test_what_only_looks_like_it(text: str) -> None:
    assert placeholders(text) == ()


def test_spans_are_ordered_and_apart() -> None:
    spans = placeholders("xx家，x.x%，第x位，***，【待补】")
    assert all(one.end <= other.start for one, other in pairwise(spans))
