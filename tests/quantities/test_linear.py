"""Work grows with the length of the text, also for hostile text: counted in traced lines, not in seconds."""

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from assistant.quantities import extract, sentences

SENTENCES = "新增高新技术企业23家，增长18.3%；技术合同登记额5.6亿元，同比提高2.1个百分点，居全市第2位。1—9月完成3至5家。"
HOSTILE = [
    "1" * 40,
    "1,234" * 10,
    "一" * 40,
    "一千" * 20,
    "3—" * 20,
    "1:" * 20,
    "（" * 40,
    "〔2021〕",
    "x" * 40,
    "*" * 40,
    "第" * 40,
    "约近超" * 12,
    "1 " * 20,
    "1.2." * 10,
    "《" * 40,
    "万亿" * 20,
    "5、" * 20,
    "分之" * 20,
    "年月日" * 12,
    "十四五",
    "“",
    "数几" * 20,
    "1/2/" * 10,
    "-" * 40,
]


def lines_run(work: Callable[[str], Any], text: str) -> int:
    """How many lines of Python `work` runs through for `text`."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("work", [extract, sentences])
def test_twice_the_text_is_twice_the_work(work: Callable[[str], Any]) -> None:
    work(SENTENCES)
    short, long = lines_run(work, SENTENCES * 10), lines_run(work, SENTENCES * 40)
    assert long <= short * 4.2


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_linear_too(piece: str) -> None:
    extract(piece)
    short, long = lines_run(extract, piece * 20), lines_run(extract, piece * 80)
    assert long <= short * 4.4 + 200


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_sentences_are_linear_too(piece: str) -> None:
    short, long = lines_run(sentences, piece * 20), lines_run(sentences, piece * 80)
    assert long <= short * 4.4 + 200


def test_long_hostile_text_ends() -> None:
    for piece in HOSTILE:
        text = piece * (20_000 // len(piece))
        for quantity in extract(text):
            assert quantity.span.of(text) == quantity.text
            assert len(quantity.text) < 200


def test_any_soup_of_characters_gives_true_spans() -> None:
    source = random.Random(7)
    alphabet = "0123456789０９一二三四五两十百千万亿点.,，：:%％年月日个家元倍成第前位〔〕（）至—-约近超余多xX×* \n《》“”翻番分之"
    for _ in range(400):
        text = "".join(source.choice(alphabet) for _ in range(60))
        end = 0
        for quantity in extract(text, 2025):
            assert end <= quantity.span.start < quantity.span.end
            assert quantity.span.of(text) == quantity.text
            end = quantity.span.end


def test_a_draft_with_five_thousand_figures_and_no_stop() -> None:
    text = "，".join(f"指标{number}完成{number}家" for number in range(10, 5010))
    found = [quantity for quantity in extract(text) if quantity.unit == "家"]
    assert len(found) == 5000
    assert sentences(text)[0].end == len(text)
