from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.chat import Answer, Chat, Consulted, Scope, Series, Statement, Table
from assistant.chat.history import History
from assistant.errors import ArchiveError, QueryInvalid
from assistant.records import Citation, Span
from assistant.settings import Settings
from chat.conftest import TODAY, made, opened

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def _clock() -> Iterator[datetime]:
    moment = START
    while True:
        yield moment
        moment += timedelta(minutes=1)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    ticks = _clock()
    with History(Settings(home=tmp_path), now=lambda: next(ticks)) as found:
        yield found


def _answer(question: str = "甲？", asked: str = "") -> Answer:
    citation = Citation("p1", "d1", "某报告", "甲73家。", Span(3, 8), ("一、情况",), 2, 5)
    return Answer(
        question=question,
        asked=asked or question,
        route="value",
        statements=(Statement("甲73家。", (citation,), ("73家",), "73−61=12", "计划数", ("12家",)),),
        nearest=(citation,),
        consulted=(Consulted("d1", "某报告", 2024),),
        notes=("说明。",),
        table=Table(("年份", "值"), (("2024", "73家"),)),
        series=Series("甲", "家", (("某县", ((2024, 73.0),)),)),
        incomplete=True,
        model="scripted",
        chart=Path("out") / "chart.html",
    )


def test_a_turn_comes_back_as_it_was(history: History) -> None:
    name = history.begin("甲？")
    answer = _answer()
    assert history.add(name, answer) == 1
    assert history.add(name, _answer("乙？")) == 2
    assert history.turns(name)[0] == answer
    assert [turn.question for turn in history.turns(name)] == ["甲？", "乙？"]


def test_the_last_question_as_it_was_understood(history: History) -> None:
    name = history.begin("甲？")
    assert history.last_asked(name) == ""
    history.add(name, _answer("那去年呢？", "2023年甲？"))
    assert history.last_asked(name) == "2023年甲？"


def test_conversations_the_one_last_asked_in_first(history: History) -> None:
    first, second = history.begin("甲？"), history.begin("乙？" * 100)
    assert [one.id for one in history.conversations()] == [second, first]
    history.add(first, _answer())
    found = history.conversations()
    assert [one.id for one in found] == [first, second]
    assert [one.turns for one in found] == [1, 0]
    assert len(found[1].title) == 60
    assert found[0].created.startswith("2026-01-01T00:00:00")
    assert found[0].updated.startswith("2026-01-01T00:02:00")


def test_a_turn_that_goes_on_replaces_what_was_begun(history: History) -> None:
    name = history.begin("甲？")
    position = history.add(name, Answer(question="甲？", asked="甲？", route="free", incomplete=True))
    history.replace(name, position, _answer())
    assert history.turns(name) == (_answer(),)
    history.replace(name, 7, _answer("不在"))
    assert len(history.turns(name)) == 1


def test_a_conversation_is_renamed(history: History) -> None:
    name = history.begin("甲？")
    history.rename(name, "  新的\n名称 ")
    assert history.conversations()[0].title == "新的 名称"
    with pytest.raises(QueryInvalid):
        history.rename(name, " ")
    with pytest.raises(QueryInvalid):
        history.rename("没有的编号", "甲")


def test_a_conversation_keeps_its_scope(history: History) -> None:
    name = history.begin("甲？")
    assert not history.last_scope(name)
    scope = Scope(("d1",), (2024,), ("某局",), ("policy",))
    history.add(name, replace(_answer(), scope=scope))
    assert history.last_scope(name) == scope


def test_the_beginning_of_an_id_is_enough(history: History) -> None:
    name = history.begin("甲？")
    history.add(name[:6], _answer())
    assert len(history.turns(name[:4])) == 1


@pytest.mark.parametrize("name", ["", "a", "zzzz", "%%%%", "____", "' OR 1=1"])
def test_an_unknown_id_is_refused(history: History, name: str) -> None:
    history.begin("甲？")
    with pytest.raises(QueryInvalid):
        history.turns(name)
    with pytest.raises(QueryInvalid):
        history.add(name, _answer())
    with pytest.raises(QueryInvalid):
        history.remove(name)


def test_a_removed_conversation_is_gone(history: History) -> None:
    name, other = history.begin("甲？"), history.begin("乙？")
    history.add(name, _answer())
    history.add(other, _answer("乙？"))
    history.remove(name)
    assert [one.id for one in history.conversations()] == [other]
    assert len(history.turns(other)) == 1
    with pytest.raises(QueryInvalid):
        history.turns(name)


def test_another_owner_sees_nothing(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with History(settings, "甲方") as mine, History(settings, "乙方") as theirs:
        name = mine.begin("机密问题")
        mine.add(name, _answer("机密问题"))
        assert theirs.conversations() == ()
        for attempt in (theirs.turns, theirs.remove, theirs.last_asked):
            with pytest.raises(QueryInvalid):
                attempt(name)
        with pytest.raises(QueryInvalid):
            theirs.add(name, _answer())
        assert len(mine.turns(name)) == 1


def test_it_is_still_there_after_a_restart(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with History(settings) as history:
        name = history.begin("甲？")
        history.add(name, _answer())
    with History(settings) as again:
        assert again.turns(name)[0].figures == ("73家",)


def test_it_lives_beside_the_archive(tmp_path: Path) -> None:
    with opened(tmp_path, made()) as archive, History(Settings(home=tmp_path)) as history:
        chat = Chat(archive, today=lambda: TODAY)
        name = history.begin("清河县2024年高新技术企业多少家？")
        history.add(name, chat.answer("清河县2024年高新技术企业多少家？"))
        history.add(name, chat.answer("那去年呢？", history.last_asked(name)))
        assert [turn.figures for turn in history.turns(name)] == [("73家",), ("61家",)]
        assert len(archive.documents()) == len(made())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "catalogue.db").mkdir()
    with pytest.raises(ArchiveError):
        History(Settings(home=tmp_path))
