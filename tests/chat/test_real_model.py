"""The embedded chat model in the answering chain: whatever it writes, what is shown is carried by its sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.chat import Chat
from assistant.chat.verify import unsupported
from chat.conftest import TODAY, made, opened


@pytest.mark.model
@pytest.mark.parametrize("question", ["清河县竹产业中试基地进展怎么样", "概括清河县2024年存在问题"])
def test_every_sentence_of_the_real_model_is_carried(
    embedded_chat: BaseChatModel, tmp_path: Path, question: str
) -> None:
    with opened(tmp_path, made()) as archive:
        answer = Chat(archive, model=embedded_chat, today=lambda: TODAY).answer(question)
    assert not answer.incomplete
    for statement in answer.statements:
        assert statement.citations
        assert unsupported(statement.text, statement.citations, answer.asked) == []
