"""Revisions: every state is kept, compared by character, brought back, undone and done again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.errors import DraftUnknown
from assistant.service.desk.desk import Desk
from assistant.service.desk.manuscript import HeldSection
from assistant.service.desk.revising import differences, operations
from assistant.service.desk.views import DraftView
from assistant.settings import Settings

from .made import TITLE, Clock, desk_of, pasted, states


def typed(desk: Desk, view: DraftView, *texts: str) -> None:
    """Save texts of the first section, each a revision of its own."""
    for text in texts:
        desk.store._clock.pass_by(60)  # type: ignore[attr-defined]
        desk.save(view.id, desk.draft(view.id).version, view.sections[0].id, "text", text)


def first_text(desk: Desk, view: DraftView) -> str:
    return desk.draft(view.id).sections[0].text


def test_undo_and_redo_go_through_all_states(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        assert (view.can_undo, view.can_redo) == (False, False)
        typed(desk, view, "一。", "二。", "三。")
        assert [desk.undo(view.id).sections[0].text for _ in range(4)] == [
            "二。",
            "一。",
            *[view.sections[0].text] * 2,
        ]
        state = desk.draft(view.id)
        assert (state.can_undo, state.can_redo) == (False, True)
        assert [desk.redo(view.id).sections[0].text for _ in range(4)] == ["一。", "二。", "三。", "三。"]
        assert len(desk.revisions(view.id)) == 4


def test_a_change_after_undo_ends_the_redo_and_loses_nothing(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一。", "二。")
        desk.undo(view.id)
        typed(desk, view, "另一。")
        assert desk.redo(view.id).sections[0].text == "另一。"
        texts = [desk.revision(view.id, row.number).sections[0].text for row in desk.revisions(view.id)]
        assert texts == ["另一。", "二。", "一。", view.sections[0].text]
        assert desk.undo(view.id).sections[0].text == "一。"


def test_typing_right_after_undo_leaves_what_was_undone(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一。")
        desk.undo(view.id)
        desk.save(view.id, desk.draft(view.id).version, view.sections[0].id, "text", "马上改。")
        texts = {desk.revision(view.id, row.number).sections[0].text for row in desk.revisions(view.id)}
        assert texts == {"马上改。", "一。", view.sections[0].text}


def test_undo_moves_the_version_so_that_another_window_is_told(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一。")
        after = desk.undo(view.id)
        assert after.version == 3
        saved = desk.save(view.id, 2, view.sections[1].id, "text", "别的节。")
        assert saved.draft is not None
        assert saved.draft.sections[0].text == view.sections[0].text


def test_a_revision_is_restored_as_a_new_one(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一。", "二。")
        assert desk.restore(view.id, 2).sections[0].text == "一。"
        rows = desk.revisions(view.id)
        assert (rows[0].why, rows[0].current) == ("恢复第 2 版", True)
        assert desk.undo(view.id).sections[0].text == "二。"


def test_rows_tell_when_why_and_how_much(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一 二\n三。")
        desk.rename(view.id, "新名")
        rows = desk.revisions(view.id)
        assert [row.why for row in rows] == ["改标题", "编辑", "新建"]
        assert rows[1].when == "2026-01-05T09:01:00.000+00:00"
        assert rows[1].characters == 4 + view.sections[1].characters


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_revision_that_is_none(settings: Settings, number: int) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        for act in (desk.revision, desk.restore):
            with pytest.raises(DraftUnknown):
                act(view.id, number)
        with pytest.raises(DraftUnknown):
            desk.compare(view.id, 1, number)


def test_two_revisions_are_compared_by_character(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        text = view.sections[0].text
        typed(desk, view, text.replace("23家", "25家"))
        desk.rename(view.id, TITLE + "（送审稿）")
        title, part = desk.compare(view.id, 1, 3)
        assert title.ops == (("=", TITLE), ("+", "（送审稿）"))
        assert part.heading == "一、聚焦创新要素"
        assert [op for op in part.ops if op[0] != "="] == [("-", "3"), ("+", "5")]
        assert desk.compare(view.id, 2, 2) == ()


def test_sections_that_came_and_went_are_told() -> None:
    one = states((HeldSection("a", "一、旧", 1, "旧文。"), HeldSection("b", "二、留", 1, "留下。")))
    two = states((HeldSection("b", "二、改", 1, "留下。"), HeldSection("c", "三、新", 1, "新文。")))
    changed = {part.section: part for part in differences(one, two)}
    assert list(changed) == ["b", "c", "a"]
    assert changed["b"].ops == (("=", "二、"), ("-", "留"), ("+", "改"), ("=", "\n"), ("=", "留下。"))
    assert {sign for sign, _ in changed["c"].ops} == {"+", "="}
    assert {sign for sign, words in changed["a"].ops if words != "\n"} == {"-"}


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text("甲乙𠮷。1\n", max_size=40), st.text("甲乙𠮷。1\n", max_size=40))
def test_operations_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    ops = operations(old, new)
    assert "".join(words for sign, words in ops if sign != "+") == old
    assert "".join(words for sign, words in ops if sign != "-") == new


def test_restoring_what_is_there_already_changes_nothing(settings: Settings) -> None:
    with desk_of(settings, clock=Clock()) as desk:
        view = pasted(desk)
        typed(desk, view, "一。")
        before = desk.undo(view.id)
        assert desk.restore(view.id, 1) == before
        assert before.can_redo
