"""The real embedded model drafts: everything true, and something of its own said."""

from __future__ import annotations

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.drafting import Drafter, facts_from_items, verify_section
from assistant.settings import Settings

from .conftest import check_spans, drafted

ITEMS = (
    "选任科技特派员142名，其中省级17名",
    "开展特派员培训112场次，培训农户5740人次",
    "新建改建农村公路56公里",
    "更新改造农村供水管网80公里",
    "新增学位1600个",
    "每千人口托位数达4.32个",
)


@pytest.mark.model
def test_the_embedded_model_drafts_a_true_section(
    embedded_chat: BaseChatModel, embedded_settings: Settings
) -> None:
    facts = facts_from_items("一、2025年工作开展情况", ITEMS, year=2025)
    _, done = drafted(Drafter(embedded_chat, None, embedded_settings), facts)
    section = done.draft.sections[0]
    assert not done.failures
    assert verify_section(section, facts.facts) == []
    assert all(item in section.text for item in ITEMS)
    assert any(sentence.connective_spans for sentence in section.sentences)
    check_spans(section)
