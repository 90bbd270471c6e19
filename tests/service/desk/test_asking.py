"""Questions at the desk: answers that go on without the page, conversations that are kept, sources in context."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.chat import Scope
from assistant.errors import DocumentUnknown, ModelUnavailable, QueryInvalid
from assistant.llm import Fault, HashingEmbeddings
from assistant.service.desk.asking import Asking
from assistant.service.desk.desk import Desk
from assistant.service.desk.office import Office
from assistant.service.desk.talk import TurnView
from assistant.settings import Settings

from .offices import office_of, scripted

REPORT = """云溪县科学技术局{year}年工作总结和{next}年工作计划

一、{year}年工作开展情况
（一）聚焦创新要素。新认定高新技术企业18家，有效高新技术企业总量达{firms}家。
（二）成果转化。竹产业中试基地完成主体工程，组建了院士工作站2个。
二、{next}年工作计划
有效高新技术企业总量达到{aim}家。
"""
QUESTION = "云溪县2024年高新技术企业多少家"
FREE = "竹产业中试基地进展怎么样"
SAID = "竹产业中试基地完成主体工程[1]。"


@contextmanager
def desk_with(settings: Settings, folder: Path, *answers: str, **options: object) -> Iterator[Desk]:
    """A desk whose archive holds two reports; the model says `answers`."""
    for year, firms in ((2023, 61), (2024, 73)):
        text = REPORT.format(year=year, next=year + 1, firms=firms, aim=firms + 12)
        (folder / f"云溪{year}.txt").write_text(text, "utf-8")
    with office_of(settings, scripted(*answers, **options)) as office:
        desk = office.desk("writer")
        office.archive("writer").ingest(sorted(folder.glob("*.txt")))
        yield desk


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with desk_with(settings, tmp_path, SAID) as found:
        yield found


def answered(asking: Asking, question: str, conversation: str = "", scope: Scope | None = None) -> TurnView:
    """The whole answer."""
    asked = asking.ask(question, conversation, scope)
    return ended(asking, asked.conversation, asked.position)


def ended(asking: Asking, conversation: str, position: int, seconds: float = 30) -> TurnView:
    """A turn once it is done."""

    async def wait() -> TurnView:
        turn = await asking.turn(conversation, position)
        while turn.state == "running":
            turn = await asking.turn(conversation, position, turn.step)
        return turn

    return asyncio.run(asyncio.wait_for(wait(), seconds))


def test_an_answer_with_numbered_sources(desk: Desk) -> None:
    turn = answered(desk.asking, QUESTION + "，比2023年增加多少？")
    assert [one.citations for one in turn.statements] == [(1,), (2,), (1, 2)]
    assert [one.title[:11] for one in turn.sources] == ["云溪县科学技术局202"] * 2
    assert "73−61=12" in turn.statements[2].formula
    assert turn.model == ""
    assert not turn.declined


def test_a_model_writes_what_is_verified_and_is_named(desk: Desk) -> None:
    turn = answered(desk.asking, FREE)
    assert [one.text for one in turn.statements] == ["竹产业中试基地完成主体工程。"]
    assert turn.model == "scripted"


def test_a_series_has_points_with_sources_and_targets(desk: Desk) -> None:
    (series,) = answered(desk.asking, "云溪县历年高新技术企业").series
    results = [(one.year, one.value) for one in series.points if one.status == "actual"]
    assert results == [(2023, "61"), (2024, "73")]
    assert {(one.year, one.value) for one in series.points if one.status == "plan"} == {
        (2024, "73"),
        (2025, "85"),
    }
    assert all(one.citation.start is not None for one in series.points)


def test_a_conversation_is_kept_listed_renamed_exported_and_removed(desk: Desk) -> None:
    asking = desk.asking
    asked = asking.ask(QUESTION)
    ended(asking, asked.conversation, asked.position)
    follow = answered(asking, "那去年呢？", asked.conversation)
    assert follow.statements[0].figures == ("61家",)
    assert follow.asked != follow.question
    (row,) = asking.conversations()
    assert (row.turns, row.running) == (2, False)
    asking.rename(row.id, "高企数量")
    talk = asking.talk(row.id)
    assert (talk.title, len(talk.turns)) == ("高企数量", 2)
    assert "# 高企数量" in asking.markdown(row.id)
    asking.remove(row.id)
    assert asking.conversations() == ()
    with pytest.raises(QueryInvalid):
        asking.talk(row.id)


def test_a_scope_narrows_is_shown_and_goes_on(desk: Desk) -> None:
    asking = desk.asking
    asked = asking.ask("云溪县高新技术企业多少家", scope=Scope(years=(2023,)))
    turn = ended(asking, asked.conversation, asked.position)
    assert turn.statements[0].figures == ("61家",)
    assert turn.scope.years == (2023,)
    assert answered(asking, "云溪县高新技术企业多少家", asked.conversation).scope.years == (2023,)
    other = answered(asking, "云溪县高新技术企业多少家", asked.conversation, Scope())
    assert other.scope.years == ()
    document = desk.library()[0]
    named = answered(asking, "高新技术企业多少家", scope=Scope((document.id,)))
    assert [one.title for one in named.scope.documents] == [document.title]


def test_a_document_of_the_scope_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(DocumentUnknown):
        desk.asking.ask(QUESTION, scope=Scope(("没有",)))
    assert desk.asking.conversations() == ()


@pytest.mark.parametrize("question", ["", "   ", "问" * 5_000])
def test_a_question_that_cannot_be_used_leaves_nothing(desk: Desk, question: str) -> None:
    with pytest.raises(QueryInvalid):
        desk.asking.ask(question)
    assert desk.asking.conversations() == ()


def test_nothing_found_shows_the_nearest(desk: Desk) -> None:
    turn = answered(desk.asking, "海东省2024年高新技术企业多少家")
    assert turn.declined
    assert turn.nearest
    assert turn.nearest[0].document_id


def test_contradicting_sources_are_both_shown(settings: Settings, tmp_path: Path) -> None:
    for title, firms in (("工作总结", 73), ("工作总结和2025年工作计划", 75)):
        text = f"云溪县科学技术局2024年{title}\n\n一、工作开展情况\n有效高新技术企业总量达{firms}家。\n"
        (tmp_path / f"{firms}.txt").write_text(text, "utf-8")
    with office_of(settings) as office:
        office.archive("writer").ingest(sorted(tmp_path.glob("*.txt")))
        turn = answered(office.desk("writer").asking, QUESTION)
        assert {figure for one in turn.statements for figure in one.figures} == {"73家", "75家"}
        assert len({one.document_id for one in turn.sources}) == 2
        assert any("不一致" in note for note in turn.notes)


def test_an_empty_archive(settings: Settings) -> None:
    with office_of(settings) as office:
        asking = office.desk("writer").asking
        assert answered(asking, QUESTION).notes == ("资料库是空的。",)
        assert asking.suggestions() == ()


def test_a_page_that_reloads_finds_the_answer_that_is_being_given(settings: Settings, tmp_path: Path) -> None:
    with desk_with(settings, tmp_path, SAID * 6, delay=0.02) as desk:
        asked = desk.asking.ask(FREE)
        again = desk.asking.talk(asked.conversation)
        assert again.turns[0].state == "running"
        assert desk.asking.conversations()[0].running
        with pytest.raises(QueryInvalid):
            desk.asking.ask("还有呢", asked.conversation)
        turn = ended(desk.asking, asked.conversation, asked.position)
        assert turn.statements
        assert desk.asking.talk(asked.conversation).turns[0] == turn


def test_a_stopped_answer_keeps_what_was_verified(settings: Settings, tmp_path: Path) -> None:
    said = SAID + "组建了院士工作站2个[1]。" + "一" * 400
    with desk_with(settings, tmp_path, said, delay=0.02) as desk:
        asked = desk.asking.ask(FREE)
        turn = asyncio.run(desk.asking.turn(asked.conversation, asked.position))
        while not turn.statements:
            turn = asyncio.run(desk.asking.turn(asked.conversation, asked.position, turn.step))
        desk.asking.stop(asked.conversation)
        turn = ended(desk.asking, asked.conversation, asked.position)
        assert turn.incomplete
        assert turn.statements[0].text == "竹产业中试基地完成主体工程。"
        assert any("停止" in note for note in turn.notes)


def test_a_model_that_breaks_off_keeps_what_was_said(settings: Settings, tmp_path: Path) -> None:
    fault = Fault(ModelUnavailable(reason="离线"), after=6)
    with desk_with(settings, tmp_path, SAID + "组建了院士工作站2个[1]。", faults=(fault,)) as desk:
        turn = answered(desk.asking, FREE)
        assert turn.incomplete
        assert [one.text for one in turn.statements] == ["竹产业中试基地完成主体工程。"]
        assert any("离线" in note for note in turn.notes)


def test_what_was_said_survives_a_restart(settings: Settings, tmp_path: Path) -> None:
    with desk_with(settings, tmp_path, SAID + "一" * 600, delay=0.02) as desk:
        asked = desk.asking.ask(FREE)
        turn = asyncio.run(desk.asking.turn(asked.conversation, asked.position))
        while not turn.statements:
            turn = asyncio.run(desk.asking.turn(asked.conversation, asked.position, turn.step))
    with office_of(settings) as office:
        kept = office.desk("writer").asking.talk(asked.conversation).turns[0]
        assert kept.state == "done"
        assert kept.incomplete
        assert kept.statements[0].text == "竹产业中试基地完成主体工程。"


def test_a_conversation_that_is_removed_while_it_answers_stays_removed(
    settings: Settings, tmp_path: Path
) -> None:
    with desk_with(settings, tmp_path, SAID * 8, delay=0.02) as desk:
        asked = desk.asking.ask(FREE)
        desk.asking.remove(asked.conversation)
    with office_of(settings) as office:
        assert office.desk("writer").asking.conversations() == ()


def test_a_quote_in_its_context_with_its_neighbours(settings: Settings, tmp_path: Path) -> None:
    lines = [f"第{n}条 {'甲乙丙丁戊己庚辛' * 20}" for n in range(1, 13)]
    (tmp_path / "办法.txt").write_text("云溪县某办法\n\n" + "\n".join(lines), "utf-8")
    with office_of(settings) as office:
        office.archive("writer").ingest([tmp_path / "办法.txt"])
        desk = office.desk("writer")
        (row,) = desk.library()
        text = office.archive("writer").document(row.id).text
        start = text.index("第6条")
        view = desk.passage_context(row.id, start, start + 3)
        assert view.start is not None
        assert view.text[view.start : view.end] == "第6条"
        assert view.earlier
        assert view.later
        wider = desk.passage_context(row.id, start, start + 3, before=1, after=99)
        assert view.text in wider.text
        assert wider.offset < view.offset
        assert wider.text[wider.start : wider.end] == "第6条"
        assert not wider.later


@pytest.mark.parametrize(("start", "end"), [(None, None), (-3, 2), (5, 5), (9, 2), (0, 10**9)])
def test_a_span_outside_of_the_text_shows_the_beginning(
    desk: Desk, start: int | None, end: int | None
) -> None:
    view = desk.passage_context(desk.library()[0].id, start, end)
    assert (view.start, view.end) == (None, None)
    assert view.text.startswith("云溪县科学技术局")


def test_suggestions_are_questions_that_are_answered(desk: Desk) -> None:
    found = desk.asking.suggestions()
    assert found
    assert any("高新技术企业" in one for one in found)
    for question in found:
        assert not answered(desk.asking, question).declined


def test_another_owner_sees_none_of_it(settings: Settings, tmp_path: Path) -> None:
    with desk_with(settings, tmp_path, SAID) as desk:
        asked = desk.asking.ask(QUESTION)
        ended(desk.asking, asked.conversation, asked.position)
        other = desk.office.desk("other")
        assert other.asking.conversations() == ()
        for call in (other.asking.talk, other.asking.stop, other.asking.remove, other.asking.markdown):
            with pytest.raises(QueryInvalid):
                call(asked.conversation)
        with pytest.raises(QueryInvalid):
            asyncio.run(other.asking.turn(asked.conversation, asked.position))
        with pytest.raises(QueryInvalid):
            other.asking.ask("那去年呢", asked.conversation)
        with pytest.raises(DocumentUnknown):
            other.passage_context(desk.library()[0].id, 0, 3)
        assert answered(other.asking, QUESTION).declined


@pytest.mark.model
def test_the_embedded_model_answers_in_sentences_that_their_sources_carry(
    settings: Settings, tmp_path: Path, embedded_chat: BaseChatModel
) -> None:
    (tmp_path / "云溪.txt").write_text(REPORT.format(year=2024, next=2025, firms=73, aim=85), "utf-8")
    with Office(settings, chat=embedded_chat, embeddings=HashingEmbeddings()) as office:
        office.archive("writer").ingest([tmp_path / "云溪.txt"])
        asking = office.desk("writer").asking
        turns = []
        for question in (FREE, "竹产业中试基地完成了什么", "成果转化取得了哪些进展"):
            asked = asking.ask(question)
            turns.append(ended(asking, asked.conversation, asked.position, seconds=240))
            if turns[-1].statements:
                break  # a small model may find nothing once; it is believed then
        assert not any(turn.incomplete for turn in turns)
        assert turns[-1].statements
        for statement in turns[-1].statements:
            quotes = "".join(turns[-1].sources[number - 1].quote for number in statement.citations)
            assert "基地" in quotes or "工作站" in quotes
