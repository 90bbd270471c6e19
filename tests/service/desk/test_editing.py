"""Saves of the writer: revisions, bursts, two windows on one draft, locks, hostile text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import DraftChanged, DraftLocked, DraftUnknown, QueryInvalid
from assistant.settings import Settings

from .made import Clock, desk_of, finding, pasted, rules_of, section
from .offices import office_of


def test_a_finding_goes_when_its_words_are_corrected(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = section(view, "创新")
        assert finding(desk.review(view.id), "number.transposed").section_id == part.id
        saved = desk.save(view.id, view.version, part.id, "text", part.text.replace("6.5", "5.6"))
        assert saved.version == view.version + 1
        assert saved.draft is None
        assert saved.review.version == saved.version
        assert [one.section_id for one in saved.review.findings if one.rule == "number.transposed"] != [
            part.id
        ]


def test_title_and_headings_are_saved_on_one_line(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        first = desk.save(view.id, 1, "", "title", "  新的\n标题 ")
        desk.save(view.id, first.version, part.id, "heading", "一、新\t名")
        view = desk.draft(view.id)
        assert (view.title, view.sections[0].heading) == ("新的 标题", "一、新 名")
        assert desk.drafts()[0].title == "新的 标题"


def test_saving_what_is_there_is_no_change(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        assert desk.save(view.id, 1, part.id, "text", part.text).version == 1
        assert len(desk.revisions(view.id)) == 1


def test_another_sections_change_is_merged_and_told(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        one, two = view.sections
        desk.save(view.id, view.version, one.id, "text", "甲。")
        saved = desk.save(view.id, view.version, two.id, "text", "乙。")
        assert saved.draft is not None
        assert [part.text for part in saved.draft.sections] == ["甲。", "乙。"]


def test_the_second_window_on_a_section_is_told_and_nothing_is_lost(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        desk.save(view.id, view.version, part.id, "text", "第一个窗口。")
        with pytest.raises(DraftChanged) as caught:
            desk.save(view.id, view.version, part.id, "text", "第二个窗口。", base=part.text)
        assert caught.value.details["text"] == "第一个窗口。"
        assert caught.value.details["version"] == 2
        assert desk.draft(view.id).sections[0].text == "第一个窗口。"
        newest = desk.revisions(view.id)[0]
        assert (newest.why, newest.current) == ("冲突", False)
        assert desk.revision(view.id, newest.number).sections[0].text == "第二个窗口。"
        assert desk.restore(view.id, newest.number).sections[0].text == "第二个窗口。"


def test_a_late_answer_is_no_conflict_with_oneself(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        desk.save(view.id, 1, part.id, "text", "写了一半")
        saved = desk.save(view.id, 1, part.id, "text", "写了一半，写完了。", base="写了一半")
        assert desk.draft(view.id).sections[0].text == "写了一半，写完了。"
        assert saved.version == 3


def test_the_same_text_from_two_windows_is_no_conflict(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        desk.save(view.id, 1, part.id, "text", "一样。")
        assert desk.save(view.id, 1, part.id, "text", "一样。").version == 2


def test_a_burst_of_saves_is_one_revision_and_the_state_before_stays(settings: Settings) -> None:
    clock = Clock()
    with desk_of(settings, clock=clock) as desk:
        view = pasted(desk)
        part = view.sections[0]
        version = view.version
        for text in ("甲", "甲乙", "甲乙丙"):
            version = desk.save(view.id, version, part.id, "text", text).version
            clock.pass_by(10)
        clock.pass_by(1)
        version = desk.save(view.id, version, part.id, "text", "甲乙丙丁").version
        rows = desk.revisions(view.id)
        assert [desk.revision(view.id, row.number).sections[0].text for row in rows] == [
            "甲乙丙丁",
            "甲乙丙",
            part.text,
        ]
        version = desk.save(view.id, version, view.sections[1].id, "text", "别处").version
        desk.save(view.id, version, part.id, "text", "又回来")
        assert len(desk.revisions(view.id)) == 5


def test_a_locked_sentence_refuses_edits_and_fixes(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = section(view, "创新")
        view = desk.lock(view.id, part.id, 30, 31, True)
        assert [one.locked for one in section(view, "创新").sentences] == [False, True]
        with pytest.raises(DraftLocked):
            desk.save(view.id, view.version, part.id, "text", part.text.replace("6.5", "5.6"))
        wrong = next(one for one in desk.review(view.id).findings if one.section_id == part.id and one.fix)
        with pytest.raises(DraftLocked):
            desk.adopt(view.id, view.version, wrong.key)
        saved = desk.save(view.id, view.version, part.id, "text", "开头一句。" + part.text)
        assert [one.locked for one in desk.draft(view.id).sections[0].sentences] == [False, False, True]
        view = desk.lock(view.id, part.id, 35, 36, False)
        assert not any(one.locked for one in view.sections[0].sentences)
        desk.save(view.id, saved.version + 1, part.id, "text", "全部改写。")


@pytest.mark.parametrize("place", [(5, 5), (-1, 3), (0, 10_000)])
def test_a_lock_needs_words(settings: Settings, place: tuple[int, int]) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        with pytest.raises(DraftUnknown):
            desk.lock(view.id, view.sections[0].id, *place, True)


def test_hostile_text_is_kept_as_text(settings: Settings) -> None:
    text = "<script>alert(1)</script>\r\n{{7*7}}${x}\x00 𠮷\ud800 ' OR 1=1 --"
    with desk_of(settings) as desk:
        view = pasted(desk)
        desk.save(view.id, 1, view.sections[0].id, "text", text)
        kept = desk.draft(view.id).sections[0].text
        assert kept == "<script>alert(1)</script>\n{{7*7}}${x} 𠮷? ' OR 1=1 --"


def test_text_has_a_limit(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        with pytest.raises(QueryInvalid):
            desk.save(view.id, 1, view.sections[0].id, "text", "长" * 200_001)
        with pytest.raises(QueryInvalid):
            desk.save(view.id, 1, "", "title", "长" * 201)


@pytest.mark.parametrize("target", [0, -5, 100_001])
def test_a_target_is_a_sensible_number(settings: Settings, target: int) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        with pytest.raises(QueryInvalid):
            desk.set_target(view.id, view.sections[0].id, target)
        assert desk.set_target(view.id, view.sections[0].id, 300).sections[0].target == 300
        assert desk.set_target(view.id, view.sections[0].id, None).sections[0].target is None


def test_what_is_gone_is_told(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        with pytest.raises(DraftUnknown):
            desk.save(view.id, 1, "no section", "text", "")
        with pytest.raises(DraftUnknown):
            desk.save("no draft", 1, view.sections[0].id, "text", "")


def test_many_windows_at_once_lose_nothing(settings: Settings) -> None:
    """Eight windows, each on a section of its own, twenty saves each."""
    text = "\n".join(f"{number}、第{number}节\n原文{number}。" for number in "一二三四五六七八")
    with office_of(settings) as office:
        view = office.desk("writer").new_from_text("标题", text, {"archive": False})
        assert len(view.sections) == 8

        def type_on(number: int) -> None:
            desk, version = office.desk("writer"), view.version
            for count in range(20):
                words = f"{number}写了{count}次。"
                version = desk.save(view.id, version, view.sections[number].id, "text", words).version

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(type_on, range(8)))
        end = office.desk("writer").draft(view.id)
        assert [part.text for part in end.sections] == [f"{number}写了19次。" for number in range(8)]
        assert end.version == 161


def test_everything_is_there_after_a_restart(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = view.sections[0]
        saved = desk.save(view.id, 1, part.id, "text", part.text + "新增一句。")
        review = desk.ignore(view.id, finding(saved.review, "number.transposed").key)
    with desk_of(settings) as desk:
        again = desk.draft(view.id)
        assert again.sections[0].text == part.text + "新增一句。"
        assert (again.version, again.can_undo) == (2, True)
        assert rules_of(desk.review(view.id)) == rules_of(review)
        assert desk.sources(view.id).facts == 7
