from __future__ import annotations

import pytest

from assistant.errors import (
    DraftBusy,
    DraftUnknown,
    FactsInvalid,
    ModelAnswerInvalid,
    ModelError,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
    QueryInvalid,
)
from assistant.llm import Fault, HashingEmbeddings
from assistant.service.desk.office import Office
from assistant.settings import Settings

from .offices import FACTS, GOOD, Held, ended, events_of, first_event, office_of, scripted


def test_a_whole_draft_is_written_and_told(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id)
        assert (job.kind, job.total, job.draft_id) == ("draft", 4, draft.id)
        end = ended(desk, job.id)
        assert (end.state, end.done, end.error, end.result) == ("done", 4, None, "已写 4 节")
        written = desk.draft(draft.id)
        assert written.job is None
        assert [section.state for section in written.sections] == ["done"] * 4
        assert written.sections[0].text.startswith("2025年，云溪县科学技术局")
        assert written.sections[1].text.startswith("壮大科技企业队伍，促进技术成果转化。")
        events = events_of(desk, job.id)
        assert [event.n for event in events] == list(range(1, len(events) + 1))
        for section in written.sections:
            pieces = [one for one in events if one.type == "text" and one.section_id == section.id]
            told = "".join(("\n" if one.paragraph and at else "") + one.text for at, one in enumerate(pieces))
            assert told == section.text
        assert events[-1].type == "finished"
        assert events[-1].ok


def test_the_opening_and_the_first_heading_are_told_before_the_model_says_a_word(settings: Settings) -> None:
    model = Held(answers=(GOOD,), cycle=True)
    with office_of(settings, model) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id)
        event = first_event(desk, job.id, "section_done")
        told = [one.type for one in events_of(desk, job.id)]
        assert told[:4] == ["section_started", "text", "text", "section_done"]
        assert desk.draft(draft.id).sections[0].id == event.section_id
        assert desk.draft(draft.id).sections[2].state == "queued"
        model.go.set()
        ended(desk, job.id)


def test_one_section_alone(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id, [draft.sections[1].id])
        assert job.label == "起草：二、强化科技强农"
        assert ended(desk, job.id).state == "done"
        assert [bool(section.text) for section in desk.draft(draft.id).sections] == [False, True, False]


def test_what_was_left_is_written_the_next_time(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        ended(desk, desk.write(draft.id, [draft.sections[0].id]).id)
        before = desk.draft(draft.id).sections[0].text
        job = desk.write(draft.id)
        assert job.total == 2
        ended(desk, job.id)
        after = desk.draft(draft.id)
        assert after.sections[0].text == before
        assert all(section.text for section in after.sections)


def test_a_stop_in_the_middle_of_a_piece_ends_the_job_and_keeps_what_is_finished(settings: Settings) -> None:
    model = Held(answers=(GOOD,))
    with office_of(settings, model) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id)
        first_event(desk, job.id, "section_done")
        assert desk.stop(job.id).state in ("stopping", "stopped")
        end = ended(desk, job.id, seconds=8.0)
        model.go.set()
        assert end.state == "stopped"
        kept = desk.draft(draft.id)
        assert kept.sections[0].text.startswith("2025年")
        assert kept.sections[-1].state == "empty"
        assert desk.stop(job.id).state == "stopped"


def test_what_was_told_of_a_section_stays_when_it_is_stopped(settings: Settings) -> None:
    answer = GOOD + "。" * 400
    with office_of(settings, scripted(answer, delay=0.05)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id, [draft.sections[0].id])
        told = first_event(desk, job.id, "text")
        desk.stop(job.id)
        ended(desk, job.id)
        section = desk.draft(draft.id).sections[0]
        assert section.text.startswith(told.text)
        assert section.notes == ("写作时停止，本节只写了前面一部分",)


@pytest.mark.parametrize(
    "error",
    [
        ModelUnavailable(reason="连接不上"),
        ModelRejected(status=401, reason="密钥无效"),
        ModelRejected(status=429, reason="超出额度"),
        ModelTimeout(seconds=1),
    ],
)
@pytest.mark.parametrize("after", [0, 3])
def test_a_model_that_fails_for_good_ends_in_its_code_and_the_facts(
    settings: Settings, error: ModelError, after: int
) -> None:
    with office_of(settings, scripted(GOOD, faults=(Fault(error, 0, after),))) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        end = ended(desk, desk.write(draft.id).id)
        assert end.state == "failed"
        assert end.error is not None
        assert end.error.code == error.code
        written = desk.draft(draft.id)
        assert all(section.text for section in written.sections)
        assert "新认定高新技术企业23家" in written.sections[1].text
        assert any(error.code in note for note in written.sections[1].notes)


@pytest.mark.parametrize("answer", ["", "一" * 1_000_000, "对不起，我不能帮助。"])
def test_an_unusable_answer_leaves_the_facts(settings: Settings, answer: str) -> None:
    with office_of(settings, scripted(answer, piece_length=2000)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        end = ended(desk, desk.write(draft.id).id)
        assert end.state == "done"
        assert (end.error is not None) == (not answer)
        assert "选任科技特派员142名" in desk.draft(draft.id).sections[2].text


def test_a_model_that_fails_takes_no_text_away(settings: Settings) -> None:
    model = scripted(GOOD, faults=(Fault(ModelAnswerInvalid(reason="乱码"), 1),))
    with office_of(settings, model) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        ended(desk, desk.write(draft.id, [first]).id)
        before = desk.draft(draft.id)
        end = ended(desk, desk.write(draft.id, [first]).id)
        assert end.error is not None
        assert end.error.code == "model.answer"
        assert "1 节保留原有文字" in end.result
        after = desk.draft(draft.id)
        assert after.sections == before.sections
        assert after.version == before.version


def test_a_locked_sentence_stays_when_its_section_is_written_anew(settings: Settings) -> None:
    with office_of(settings, scripted(GOOD, "第一组：建强科技特派员队伍")) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        ended(desk, desk.write(draft.id, [first]).id)
        section = desk.draft(draft.id).sections[0]
        theme, last = section.sentences[0], section.sentences[-1]
        for one in (theme, last):
            desk.lock(draft.id, first, one.start, one.end, True)
        words = section.text[last.start : last.end]
        ended(desk, desk.write(draft.id, [first]).id)
        again = desk.draft(draft.id).sections[0]
        assert again.text.startswith(section.text[theme.start : theme.end])
        assert again.text.count(words) == 1
        assert [again.text[one.start : one.end] for one in again.sentences if one.locked] == [
            section.text[theme.start : theme.end],
            words,
        ]
        for figure in ("23家", "86家", "163家", "15.6%", "5.6亿元"):
            assert again.text.count(figure) == 1


def test_the_writers_own_locked_sentence_stays_the_writers_own(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[1].id
        own = "全县选任科技特派员142名，人人有任务。"
        saved = desk.save(draft.id, draft.version, first, "text", own)
        desk.lock(draft.id, first, 0, len(own), True)
        assert saved.version
        ended(desk, desk.write(draft.id, [first]).id)
        section = desk.draft(draft.id).sections[1]
        assert own in section.text
        assert section.text.count("142名") == 1
        mine = next(one for one in section.sentences if section.text[one.start : one.end] == own)
        assert (mine.role, mine.locked) == ("own", True)


def test_what_is_typed_meanwhile_is_not_written_over(settings: Settings) -> None:
    with office_of(settings, scripted(GOOD, delay=0.05)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        job = desk.write(draft.id, [first])
        first_event(desk, job.id, "section_started")
        desk.save(draft.id, draft.version, first, "text", "我来写这一节。")
        desk.save(draft.id, draft.version, draft.sections[1].id, "text", "这一节也由我写。")
        end = ended(desk, job.id)
        assert "1 节保留原有文字" in end.result
        after = desk.draft(draft.id)
        assert [section.text for section in after.sections] == ["我来写这一节。", "这一节也由我写。", ""]
        assert "冲突" in [row.why for row in desk.revisions(draft.id)]
        failed = first_event(desk, job.id, "section_failed")
        assert failed.detail == "draft.changed"


def test_what_is_typed_or_locked_before_its_section_is_begun_is_not_written_over(settings: Settings) -> None:
    model = Held(answers=(GOOD,), cycle=True)
    with office_of(settings, model) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first, second, third = (section.id for section in draft.sections)
        text = "专业人才不多。创新投入不够。"
        version = desk.save(draft.id, draft.version, third, "text", text).version
        job = desk.write(draft.id, [first, second, third])
        first_event(desk, job.id, "section_started")
        desk.save(draft.id, version, second, "text", "这一节由我写。")
        desk.lock(draft.id, third, 0, 7, True)
        model.go.set()
        assert ended(desk, job.id).result == "已写 1 节，2 节保留原有文字"
        after = desk.draft(draft.id)
        assert after.sections[0].text
        assert [one.text for one in after.sections[1:]] == ["这一节由我写。", text]
        failed = [one.detail for one in events_of(desk, job.id) if one.type == "section_failed"]
        assert failed == ["draft.changed", "draft.locked"]


def test_a_section_that_is_taken_out_meanwhile_is_passed_over(settings: Settings) -> None:
    model = Held(answers=(GOOD,), cycle=True)
    with office_of(settings, model) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        job = desk.write(draft.id)
        first_event(desk, job.id, "section_done")
        now = desk.draft(draft.id)
        rows = [{"id": one.id, "heading": one.heading, "level": one.level} for one in now.sections[2:]]
        desk.set_outline(draft.id, now.version, rows)
        model.go.set()
        end = ended(desk, job.id)
        assert end.state == "done"
        after = desk.draft(draft.id)
        assert len(after.sections) == 2
        assert all(section.text for section in after.sections)


def test_one_job_at_a_time_writes_a_section(settings: Settings) -> None:
    with office_of(settings, scripted(GOOD, delay=0.05)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first, second, _ = (section.id for section in draft.sections)
        job = desk.write(draft.id, [first])
        with pytest.raises(DraftBusy):
            desk.write(draft.id)
        other = desk.write(draft.id, [second])
        desk.stop(job.id)
        ended(desk, job.id)
        assert ended(desk, other.id).state == "done"


def test_what_cannot_be_written_is_told(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        pasted = desk.new_from_text("工作总结", "一、工作\n全年工作有序。")
        with pytest.raises(FactsInvalid):
            desk.write(pasted.id)
        draft = desk.new_from_facts(FACTS)
        with pytest.raises(DraftUnknown):
            desk.write(draft.id, ["nothing"])
        with pytest.raises(DraftUnknown):
            office.desk("somebody").write(draft.id)
        with pytest.raises(DraftUnknown):
            desk.stop("nothing")
        job = desk.write(draft.id)
        with pytest.raises(DraftUnknown):
            office.desk("somebody").job(job.id)
        with pytest.raises(DraftUnknown):
            office.desk("somebody").stop(job.id)
        assert office.desk("somebody").jobs() == ()
        ended(desk, job.id)


HAND = "全年走访企业36家，约六成诉求当月办结。"


def test_a_sentence_is_rewritten_and_the_rest_stays(settings: Settings) -> None:
    words = "全年走访企业36家，约六成诉求在当月办结。"
    with office_of(settings, scripted(words)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        saved = desk.save(draft.id, draft.version, first, "text", f"前一句不动。{HAND}后一句不动。")
        job = desk.rewrite(draft.id, first, 8, 10, "改得通顺些")
        assert (job.kind, job.total) == ("rewrite", 1)
        assert ended(desk, job.id).result == "已改写"
        after = desk.draft(draft.id)
        assert after.sections[0].text == f"前一句不动。{words}后一句不动。"
        assert after.version == saved.version + 1
        assert desk.revisions(draft.id)[0].why == "改写：改得通顺些"
        assert [event.type for event in events_of(desk, job.id)] == [
            "section_started",
            "section_done",
            "finished",
        ]


def test_a_false_wording_changes_nothing_and_says_why(settings: Settings) -> None:
    with office_of(settings, scripted("全年走访企业63家，约六成诉求当月办结。")) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        saved = desk.save(draft.id, draft.version, first, "text", HAND)
        end = ended(desk, desk.rewrite(draft.id, first, 0, len(HAND), "把36改为63").id)
        assert end.state == "done"
        assert "没有改写" in end.result
        assert desk.draft(draft.id).version == saved.version


def test_a_whole_section_is_made_concise_with_its_locks(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        ended(desk, desk.write(draft.id, [first]).id)
        section = desk.draft(draft.id).sections[0]
        theme = section.sentences[0]
        desk.lock(draft.id, first, theme.start, theme.end, True)
        ended(desk, desk.rewrite(draft.id, first, 0, len(section.text), "更精炼").id)
        after = desk.draft(draft.id).sections[0]
        assert after.text.startswith(section.text[: theme.end])
        assert "培育创新型企业群体" in section.text
        assert "培育创新型企业群体" not in after.text
        assert [one.locked for one in after.sentences] == [True] + [False] * (len(after.sentences) - 1)
        assert {fact for one in after.sentences for fact in one.fact_ids} == {"F01", "F02", "F03"}


@pytest.mark.parametrize("error", [ModelUnavailable(reason="连接不上"), ModelAnswerInvalid(reason="拒绝")])
def test_a_model_that_fails_while_rewriting_leaves_the_draft(settings: Settings, error: ModelError) -> None:
    with office_of(settings, scripted("半句", faults=(Fault(error),))) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        saved = desk.save(draft.id, draft.version, draft.sections[0].id, "text", HAND)
        end = ended(desk, desk.rewrite(draft.id, draft.sections[0].id, 0, 5, "换个说法").id)
        assert end.state == "failed"
        assert end.error is not None
        assert end.error.code == error.code
        after = desk.draft(draft.id)
        assert (after.version, after.sections[0].text) == (saved.version, HAND)


def test_a_rewriting_is_stopped_and_refused(settings: Settings) -> None:
    with office_of(settings, scripted("全年" * 300, delay=0.2)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        desk.save(draft.id, draft.version, first, "text", HAND)
        for start, end, words in ((0, 0, "精炼"), (5, 900, "精炼"), (-1, 3, "精炼")):
            with pytest.raises(DraftUnknown):
                desk.rewrite(draft.id, first, start, end, words)
        with pytest.raises(QueryInvalid):
            desk.rewrite(draft.id, first, 0, 5, "  ")
        job = desk.rewrite(draft.id, first, 0, 5, "换个说法")
        first_event(desk, job.id, "section_started")
        with pytest.raises(DraftBusy):
            desk.rewrite(draft.id, first, 0, 5, "换个说法")
        desk.stop(job.id)
        assert ended(desk, job.id, seconds=8.0).state == "stopped"
        assert desk.draft(draft.id).sections[0].text == HAND


def test_a_rewriting_of_what_was_changed_meanwhile_is_kept_aside(settings: Settings) -> None:
    with office_of(settings, scripted("全年走访企业36家，约六成诉求在当月办结。", delay=0.1)) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        saved = desk.save(draft.id, draft.version, first, "text", HAND)
        job = desk.rewrite(draft.id, first, 0, 5, "换个说法")
        first_event(desk, job.id, "section_started")
        desk.save(draft.id, saved.version, first, "text", "另写一句。")
        end = ended(desk, job.id)
        assert end.error is not None
        assert end.error.code == "draft.changed"
        assert desk.draft(draft.id).sections[0].text == "另写一句。"
        assert desk.revisions(draft.id)[0].why == "冲突"


@pytest.mark.model
def test_the_embedded_model_writes_rewrites_and_is_stopped(embedded_settings: Settings) -> None:
    with Office(embedded_settings, embeddings=HashingEmbeddings()) as office:
        desk = office.desk("writer")
        draft = desk.new_from_facts(FACTS)
        first = draft.sections[0].id
        assert ended(desk, desk.write(draft.id, [first]).id, seconds=200).state == "done"
        before = desk.draft(draft.id).sections[0]
        for instruction in ("换个开头", "写得更有条理"):
            end = ended(desk, desk.rewrite(draft.id, first, 0, 4, instruction).id, seconds=200)
            assert end.state == "done"
            assert end.error is None
        after = desk.draft(draft.id).sections[0]
        for figure in ("23家", "86家", "163家", "15.6%", "5.6亿元"):
            assert after.text.count(figure) == before.text.count(figure) == 1
        job = desk.write(draft.id)
        first_event(desk, job.id, "section_started")
        desk.stop(job.id)
        assert ended(desk, job.id, seconds=5).state == "stopped"
        assert desk.draft(draft.id).sections[0].text
