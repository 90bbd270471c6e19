from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from assistant.drafting import (
    Drafter,
    DraftEvent,
    SectionDone,
    SectionFailed,
    TextPiece,
    facts_from_items,
    read_facts,
    verify_section,
)
from assistant.drafting.compose import Answer, Composer
from assistant.drafting.lock import certain, lock
from assistant.drafting.plan import plan_section
from assistant.drafting.repair import Repair
from assistant.errors import ModelTimeout
from assistant.llm import Fault, ScriptedChatModel
from assistant.records import FactsFile, Section, Sentence, Span
from assistant.settings import Settings, read_settings

from .conftest import check_spans, scripted, written
from .test_drafter import FACTS, GOOD

ITEMS = (
    "新建敬老院47家", "每千人口托位数达4.3个", "撤并学校43所", "新增学位16万个", "造林3万亩", "新增公园5个",
    "建成高标准农田28万亩", "互联网宽带用户90万户",
)  # fmt: skip
PHRASES = ("健全养老托育服务", "扩大优质学位供给", "加快国土绿化步伐", "稳定粮食生产能力", "推动工业升级", "")
THEMES = ("健全养老托育体系，扩大优质学位", "甲，乙", "")


class _Noting(ScriptedChatModel):
    """Notes what had been told at each piece that it gives."""

    told: list[DraftEvent] = Field(default_factory=list)
    before: list[int] = Field(default_factory=list)

    def _stream(
        self, messages: list[BaseMessage], *rest: object, **kwargs: object
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in super()._stream(messages, *rest, **kwargs):  # type: ignore[arg-type]
            self.before.append(len(self.told))
            yield chunk


def followed(model: _Noting, facts: FactsFile, settings: Settings, *only: str) -> list[DraftEvent]:
    """All events; the model sees them as they are told."""
    for event in Drafter(model, None, settings).stream(facts, only):
        model.told.append(event)
    return model.told


@pytest.fixture
def facts(tmp_path: Path) -> FactsFile:
    return read_facts(written(tmp_path, FACTS))


def test_opening_and_heading_are_told_before_the_model_gives_its_first_piece(
    facts: FactsFile, settings: Settings
) -> None:
    model = _Noting(answers=GOOD, cycle=True)
    events = followed(model, facts, settings)
    before = [type(event).__name__ for event in events[: model.before[0]]]
    assert before.count("TextPiece") == 2
    assert before[-1] == "SectionStarted"


def test_a_theme_is_told_while_the_model_is_still_writing(settings: Settings) -> None:
    facts = facts_from_items("一、民生工作", ITEMS)
    answer = f"主题：{THEMES[0]}\n" + "\n".join(f"第{mark}组：{PHRASES[0]}" for mark in "一二三四五六七八")
    model = _Noting(answers=(answer,), cycle=True)
    events = followed(model, facts, settings)
    first = next(number for number, event in enumerate(events) if isinstance(event, TextPiece))
    assert events[first].text == f"{THEMES[0]}。"  # type: ignore[union-attr]
    assert first < model.before[-1]


def test_a_cut_answer_keeps_what_was_told_and_every_fact(settings: Settings) -> None:
    facts = facts_from_items("一、民生工作", ITEMS)
    model = ScriptedChatModel(
        answers=(f"主题：{THEMES[0]}\n第一组：健全养老",),
        piece_length=2,
        faults=(Fault(ModelTimeout(seconds=1), after=12),),
    )
    events = list(Drafter(model, None, settings).stream(facts))
    section = next(event.section for event in events if isinstance(event, SectionDone))
    assert section.text.startswith(f"{THEMES[0]}。")
    assert verify_section(section, facts.facts) == []
    failed = next(number for number, event in enumerate(events) if isinstance(event, SectionFailed))
    assert any(isinstance(event, TextPiece) for event in events[:failed])
    check_spans(section)


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    items=st.lists(st.sampled_from(ITEMS), min_size=1, max_size=8, unique=True),
    phrases=st.lists(st.sampled_from(PHRASES), min_size=8, max_size=8),
    theme=st.sampled_from(THEMES),
    way=st.sampled_from(("phrases", "sentences")),
)
def test_what_was_told_never_changes(items: list[str], phrases: list[str], theme: str, way: str) -> None:
    facts = facts_from_items("一、民生工作", items)
    plan = plan_section(facts.sections[0])
    settings = read_settings()
    composer = Composer(scripted("不知道"), settings, way=way)  # type: ignore[arg-type]
    repair = Repair(composer, {fact.id: fact for fact in facts.facts})
    offered = {
        number: (phrases[number] if way == "phrases" else f"{phrases[number]}，{group.text}。",)
        for number, group in enumerate(plan.groups)
    }
    growing = [
        Answer(theme, {number: offered[number] for number in range(count)})
        for count in range(len(offered) + 1)
    ]
    told: list[object] = []
    for settled in repair.growing(plan, iter(growing)):
        now = certain(plan, settled)
        assert now[: len(told)] == told
        told = list(now)
    assert told == lock(plan, settled.words)


def test_kept_sentences_stand_before_the_facts_that_come_after_their_own(settings: Settings) -> None:
    facts = facts_from_items("一、民生工作", ITEMS)
    text = "撤并学校整整43所！"
    kept = (Sentence(text, Span(0, len(text)), "fact", ("F03",)),)
    drafter = Drafter(scripted("不知道"), None, settings)
    done = [one for one in drafter.sections(facts, [0], kept={0: kept}) if isinstance(one, SectionDone)]
    section = done[0].section
    check_spans(section)
    assert section.text.count("43所") == 1
    assert (
        section.text.index("新建敬老院47家") < section.text.index(text) < section.text.index("建成高标准农田")
    )
    assert all(item in section.text for item in ITEMS if item != ITEMS[2])


def test_a_section_of_kept_sentences_alone_is_those(settings: Settings) -> None:
    facts = facts_from_items("一、工作", ITEMS[:1])
    text = "全县新建敬老院47家，群众满意。"
    kept = (Sentence(text, Span(3, 3 + len(text)), "connective"),)
    drafter = Drafter(ScriptedChatModel(), None, settings)
    done = [one for one in drafter.sections(facts, [0], kept={0: kept}) if isinstance(one, SectionDone)]
    assert done[0].section == Section(
        "一、工作", 1, text, (Sentence(text, Span(0, len(text)), "connective"),)
    )
