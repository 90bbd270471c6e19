from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.chat import Finished, Scope
from assistant.errors import ExportError, QueryInvalid
from assistant.llm import HashingEmbeddings
from assistant.service.chat import Conversations, ask, usable_model
from assistant.service.library import Library
from assistant.settings import Settings

REPORT = """云溪县科学技术局{year}年工作总结

一、工作开展情况
（一）聚焦创新要素。新认定高新技术企业18家，有效高新技术企业总量达{firms}家。
"""


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    """Two small reports."""
    for year, firms in ((2023, 61), (2024, 73)):
        path = tmp_path / "reports" / f"云溪{year}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(REPORT.format(year=year, firms=firms), "utf-8")
    with Archive.open(settings, HashingEmbeddings()) as archive:
        archive.ingest([tmp_path / "reports"])
        yield Library(archive)


def test_one_answer(library: Library) -> None:
    answer = ask("云溪县2024年高新技术企业多少家，比2023年增加多少？", library)
    assert answer.figures == ("73家", "61家", "增加12家")


def test_an_answer_within_a_scope(library: Library) -> None:
    assert ask("云溪县高新技术企业多少家", library, scope=Scope(years=(2023,))).figures == ("61家",)


def test_a_series_is_drawn_to_a_file(library: Library, tmp_path: Path) -> None:
    chart = tmp_path / "图.html"
    answer = ask("云溪县历年高新技术企业", library, plot=chart)
    assert answer.chart == chart
    assert chart.stat().st_size > 1_000_000


def test_what_is_no_series_is_not_drawn(library: Library, tmp_path: Path) -> None:
    chart = tmp_path / "图.html"
    assert ask("云溪县2024年高新技术企业多少家", library, plot=chart).chart is None
    assert not chart.exists()


def test_a_conversation_is_kept_listed_and_exported(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    with closing(Conversations(library, settings)) as conversations:
        name = conversations.history.begin("云溪县2024年高新技术企业多少家")
        for question in ("云溪县2024年高新技术企业多少家", "那去年呢？"):
            events = list(conversations.stream(question, name))
            assert isinstance(events[-1], Finished)
        assert events[-1].answer.figures == ("61家",)
        assert conversations.listed()[0].turns == 2
        path = conversations.export(name, tmp_path / "out" / "对话.md")
        text = path.read_text("utf-8")
        assert text.startswith("# 云溪县2024年高新技术企业多少家")
        assert "73家" in text
        assert "61家" in text


def test_a_question_that_cannot_be_used_is_not_kept(library: Library, settings: Settings) -> None:
    with closing(Conversations(library, settings)) as conversations:
        name = conversations.history.begin("空")
        with pytest.raises(QueryInvalid):
            list(conversations.stream(" ", name))
        with pytest.raises(QueryInvalid):
            list(conversations.stream("高新技术企业多少家", "没有的编号"))
        assert conversations.history.turns(name) == ()


def test_an_export_that_cannot_be_written(library: Library, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with closing(Conversations(library, settings)) as conversations:
        name = conversations.history.begin("甲")
        with pytest.raises(ExportError):
            conversations.export(name, tmp_path / "file" / "对话.md")


def test_owners_have_their_own_conversations(library: Library, settings: Settings) -> None:
    with closing(Conversations(library, settings, "甲方")) as mine:
        mine.history.begin("甲")
        with closing(Conversations(library, settings, "乙方")) as theirs:
            assert theirs.listed() == ()


def test_a_model_is_used_where_it_can_answer_at_once(tmp_path: Path) -> None:
    assert usable_model(Settings(home=tmp_path, models_dir=tmp_path)) is None
    endpoint = Settings(home=tmp_path, chat_model="some", chat_base_url="http://127.0.0.1:9/v1")
    assert usable_model(endpoint) is not None
