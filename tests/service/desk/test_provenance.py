"""What a sentence rests on survives as long as the sentence does; locked ones cannot be lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DraftLocked
from assistant.records import Span
from assistant.service.desk.manuscript import HeldSection
from assistant.service.desk.provenance import kept, with_text

from .made import known

TEXT = "新认定高企23家。登记额5.6亿元。选任特派员142名。"


def carried(section: HeldSection) -> dict[str, str]:
    """Fact ids to the words that now rest on them."""
    return {one.fact_ids[0]: one.span.of(section.text) for one in section.sentences}


@pytest.mark.parametrize(
    ("text", "survive"),
    [
        (TEXT, "F01 F02 F03"),
        ("开头一句。" + TEXT, "F01 F02 F03"),
        (TEXT + "\n又一段。", "F01 F02 F03"),
        ("新认定高企23家。登记额5.7亿元。选任特派员142名。", "F01 F03"),
        ("新认定高企23家。选任特派员142名。", "F01 F03"),
        ("选任特派员142名。新认定高企23家。登记额5.6亿元。", "F01 F02 F03"),
        ("新认定高企23家。今年登记额5.6亿元。选任特派员142名。", "F01 F03"),
        ("新认定高企23家。\n登记额5.6亿元。\n选任特派员142名。", "F01 F02 F03"),
        ("新认定高企23家。登记额5.6亿元，选任特派员142名。", "F01"),
        ("", ""),
    ],
)
def test_a_sentence_keeps_its_facts_while_it_stands(text: str, survive: str) -> None:
    section = with_text(known("s", TEXT), text)
    assert " ".join(sorted(carried(section))) == survive
    before = carried(known("s", TEXT))
    assert all(words == before[fact] for fact, words in carried(section).items())


def test_equal_sentences_keep_their_own_facts() -> None:
    section = known("s", "稳步推进。登记额5.6亿元。稳步推进。")
    assert [one.fact_ids for one in with_text(section, "登记额5.6亿元。稳步推进。").sentences] == [
        ("F02",),
        ("F03",),
    ]


def test_what_the_model_added_moves_along() -> None:
    section = known("s", TEXT)
    second = replace(section.sentences[1], connective_spans=(Span(9, 12),))
    section = replace(section, sentences=(section.sentences[0], second, section.sentences[2]))
    moved = with_text(section, "新的开头。" + TEXT)
    assert moved.sentences[1].connective_spans == (Span(14, 17),)


def test_a_lock_moves_with_its_sentence() -> None:
    section = replace(known("s", TEXT), locked=(Span(9, 19),))
    assert with_text(section, "前面。" + TEXT).locked == (Span(12, 22),)


@pytest.mark.parametrize("text", ["", "登记额5.6万元。", TEXT.replace("5.6", "6.5")])
def test_a_locked_sentence_cannot_be_changed(text: str) -> None:
    section = replace(known("s", TEXT), locked=(Span(9, 19),))
    with pytest.raises(DraftLocked, match=r"5\.6亿元"):
        with_text(section, text)


PIECES = st.lists(
    st.sampled_from(["甲县增长5%。", "乙县12家。", "丙。", "改动", "，", "\n", "甲县增长5%。"]), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(PIECES, PIECES)
def test_every_sentence_stands_where_it_says(old: list[str], new: list[str]) -> None:
    section = with_text(known("s", "".join(old)), "".join(new))
    ends = [one.span for one in section.sentences]
    assert all(one.span.of(section.text) == one.text for one in section.sentences)
    assert all(before.end <= after.start for before, after in pairwise(ends))


@settings(max_examples=200, deadline=None)
@given(st.text("甲乙丙。\n", max_size=30), st.text("甲乙丙。\n", max_size=30))
def test_kept_stretches_are_equal(old: str, new: str) -> None:
    for start, length, there in kept(old, new):
        assert old[start : start + length] == new[there : there + length]
