"""Files out of a draft, and a Word file back into it."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.errors import DraftChanged, DraftLocked, FileUnreadable, QueryInvalid
from assistant.loaders import load
from assistant.service.desk.desk import Desk
from assistant.settings import Settings

from .made import TITLE, desk_of, finding, pasted
from .offices import FACTS, ended


def word_file(path: Path, *lines: str) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def comments_of(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    return word_file(
        tmp_path / "我的稿.docx",
        TITLE,
        "一、聚焦创新要素",
        "新认定高新技术企业23家。技术合同登记额6.5亿元。",
        "二、强化科技强农",
        "选任科技特派员142名。",
    )


def test_a_word_file_has_the_title_as_its_name(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        path = desk.export(view.id, "docx", {"signed": "2026-01-05"})
        assert path.name == f"{TITLE}.docx"
        words = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
        assert view.sections[0].text in words
        assert any("2026年1月5日" in line for line in words)
        assert path.is_relative_to(settings.home)


def test_what_is_written_reads_back(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        document = load(desk.export(view.id, "docx"))[0]
        assert document.title == TITLE
        assert all(part.text in document.text for part in view.sections)
        text = desk.export(view.id, "md").read_text(encoding="utf-8")
        assert "## 一、聚焦创新要素" in text or "# 一、聚焦创新要素" in text


def test_open_findings_are_comments_and_ignored_ones_are_not(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        path = desk.export(view.id, "docx-comments")
        assert any("number.transposed" in text and "6.5亿元" in text for text in comments_of(path))
        for one in desk.review(view.id).findings:
            desk.ignore(view.id, one.key)
        assert not any("number." in text for text in comments_of(desk.export(view.id, "docx-comments")))


def test_comments_go_into_the_writers_own_file(settings: Settings, own_file: Path) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_file(own_file, {"facts": FACTS, "archive": False})
        path = desk.export(view.id, "docx-comments")
        own, commented = docx.Document(str(own_file)), docx.Document(str(path))
        assert [one.text for one in commented.paragraphs] == [one.text for one in own.paragraphs]
        assert [one.style.name for one in commented.paragraphs] == [one.style.name for one in own.paragraphs]
        assert any("6.5亿元" in text for text in comments_of(path))
        tracked = desk.export(view.id, "docx-comments", {"tracked": True})
        assert "w:ins" in docx.Document(str(tracked)).element.xml


def test_an_edited_draft_gets_a_file_of_its_own(settings: Settings, own_file: Path) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_file(own_file, {"facts": FACTS, "archive": False})
        desk.save(view.id, 1, view.sections[1].id, "text", "选任科技特派员124名。")
        path = desk.export(view.id, "docx-comments")
        assert any("124名" in one.text for one in docx.Document(str(path)).paragraphs)


def test_the_evidence_table_lists_every_figure(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        sheet = openpyxl.load_workbook(desk.export(view.id, "evidence")).active
        assert sheet is not None
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        assert len(rows) == desk.review(view.id).coverage.seen == len(desk.evidence_table(view.id))


def test_a_hostile_title_stays_in_its_folder(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        desk.rename(view.id, "../../etc/passwd\u202e<b>%00" + "长" * 150)
        path = desk.export(view.id, "md")
        assert path.is_relative_to(settings.home / "desk" / "exports")
        assert path.is_file()
        assert not set(path.name) & set("/\\<>%\u202e")
        assert len(path.name.encode()) <= 200


@pytest.mark.parametrize(("kind", "options"), [("pdf", {}), ("docx", {"signed": "昨天"})])
def test_what_cannot_be_exported(settings: Settings, kind: str, options: dict[str, object]) -> None:
    with desk_of(settings) as desk, pytest.raises(QueryInvalid):
        desk.export(pasted(desk).id, kind, options)  # type: ignore[arg-type]


def written(desk: Desk) -> str:
    """A draft that the (scripted) model has written."""
    view = desk.new_from_facts(FACTS)
    ended(desk, desk.write(view.id).id)
    return view.id


def test_a_file_edited_in_word_comes_back_with_what_its_sentences_rest_on(
    settings: Settings, tmp_path: Path
) -> None:
    with desk_of(settings) as desk:
        draft = written(desk)
        before = desk.draft(draft)
        path = desk.export(draft, "docx", {"signed": "2026-01-05"})
        word = docx.Document(str(path))
        edited = next(one for one in word.paragraphs if "科技特派员" in one.text and "142" in one.text)
        edited.add_run("年内全部到位。")
        word.save(str(path))
        after = desk.bring_back(draft, before.version, path)
        assert [part.id for part in after.sections if part.heading] == [
            part.id for part in before.sections if part.heading
        ]
        part = next(one for one in after.sections if "142" in one.text)
        assert part.text.endswith("年内全部到位。")
        assert any(one.fact_ids for one in part.sentences)
        assert part.sentences[-1].role == "own"
        assert "2026年" not in after.sections[-1].text
        assert desk.revisions(draft)[0].why == "从 Word 文件取回：改动 1 节"


def test_a_file_for_a_draft_that_went_on_is_kept_beside_it(settings: Settings, own_file: Path) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        desk.rename(view.id, "改了")
        with pytest.raises(DraftChanged):
            desk.bring_back(view.id, view.version, own_file)
        newest = desk.revisions(view.id)[0]
        assert newest.why == "冲突"
        assert "142名。" in desk.revision(view.id, newest.number).sections[1].text


def test_a_file_without_a_locked_sentence_is_refused(settings: Settings, own_file: Path) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        view = desk.lock(view.id, view.sections[1].id, 40, 41, True)
        with pytest.raises(DraftLocked):
            desk.bring_back(view.id, view.version, own_file)


def test_a_broken_file_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        empty = tmp_path / "空.txt"
        empty.write_text("", encoding="utf-8")
        with pytest.raises(FileUnreadable):
            desk.bring_back(view.id, view.version, empty)
        with pytest.raises(FileUnreadable):
            desk.new_from_file(empty)
        with pytest.raises(FileUnreadable):
            desk.new_from_text("标题", " \n ")
        assert desk.draft(view.id) == view
        assert len(desk.drafts()) == 1
        assert finding(desk.review(view.id), "number.transposed")


def test_what_reviewers_said_is_noted_at_its_section(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        path = desk.export(view.id, "docx")
        word = docx.Document(str(path))
        line = next(one for one in word.paragraphs if "科技特派员" in one.text)
        word.add_comment(line.runs, text="请核对培训场次", author="审稿人", initials="审")
        word.save(str(path))
        after = desk.bring_back(view.id, view.version, path)
        (note,) = after.sections[1].notes
        assert note.startswith("批注（审稿人）")
        assert "请核对培训场次" in note
        assert after.sections[0].notes == ()
        assert desk.revisions(view.id)[0].why == "从 Word 文件取回：文字未变，批注 1 条"
