"""A draft that came back from a word processor: text, provenance, comments and changes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from export.checked import checked, finding, report_of
from export.office_file import BODY, OTHER, commented, office_file, paragraph, run

from assistant.errors import ExportError, FileRefused, FileUnreadable
from assistant.export import WordOptions, write_comments, write_word
from assistant.loaders import load
from assistant.records import Draft, Fact, Section, Sentence, Span
from assistant.service.reimport import Reimported, differences, reimport


def known(text: str, *pieces: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            piece,
            Span(text.index(piece), text.index(piece) + len(piece)),
            "fact",
            fact_ids=(f"F{number}",),
            connective_spans=(Span(text.index(piece), text.index(piece) + 2),),
        )
        for number, piece in enumerate(pieces, 1)
    )


FIRST = (
    "围绕创新主体培育，新认定高新技术企业23家。技术合同登记额5.6亿元，同比增长18.3%。\n兑现奖补资金460万元。"
)
SECOND = "建成科技小院2个。选派科技特派员126名，实现行政村全覆盖。"
DRAFT = Draft(
    "云溪县科学技术局2025年工作总结",
    "云溪县科学技术局",
    2025,
    (
        Section("", 1, "2025年，云溪县科学技术局抓好工作落实。"),
        Section("一、2025年工作开展情况", 1),
        Section(
            "（一）聚焦创新要素",
            2,
            FIRST,
            known(FIRST, *FIRST.replace("\n", "").replace("。", "。|").strip("|").split("|")),
        ),
        Section(
            "（二）服务乡村振兴",
            2,
            SECOND,
            known(SECOND, "建成科技小院2个。", "选派科技特派员126名，实现行政村全覆盖。"),
        ),
        Section("二、2026年工作计划", 1, "有效高新技术企业总量力争达到98家。"),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    options = WordOptions(addressee="县人民政府", attachments=("指标完成情况表",))
    return write_word(DRAFT, tmp_path / "draft.docx", options=options)


def edited(path: Path, *changes: tuple[str, str]) -> Path:
    """The file after somebody typed over some words in a word processor."""
    word = docx.Document(str(path))
    for old, new in changes:
        (one,) = [run for paragraph in word.paragraphs for run in paragraph.runs if old in run.text]
        one.text = one.text.replace(old, new)
    word.save(str(path))
    return path


def back(path: Path) -> Reimported:
    return reimport(DRAFT.sections, path, title=DRAFT.title, organisation=DRAFT.organisation)


def fates(found: Reimported) -> list[tuple[str, str]]:
    return [(change.fate, change.heading) for change in found.changes if change.fate != "same"]


def test_an_untouched_file_changes_nothing(path: Path) -> None:
    found = back(path)
    assert differences(DRAFT, path) == ()
    assert found.unchanged
    assert found.sections == DRAFT.sections
    assert (found.kept, found.known) == (5, 5)
    assert found.frame == ("县人民政府：", "附件：指标完成情况表", "云溪县科学技术局")


def test_an_edited_sentence_is_the_writers_own_and_the_others_keep_their_facts(path: Path) -> None:
    found = back(edited(path, ("18.3%", "19.1%")))
    assert fates(found) == [("edited", "（一）聚焦创新要素")]
    change = next(one for one in found.changes if one.fate == "edited")
    assert change.edits == (
        ("技术合同登记额5.6亿元，同比增长18.3%。", "技术合同登记额5.6亿元，同比增长19.1%。"),
    )
    section = found.sections[2]
    assert [one.fact_ids for one in section.sentences] == [("F1",), ("F3",)]
    for one in section.sentences:
        assert one.span.of(section.text) == one.text
    assert differences(DRAFT, path) != ()


def test_spans_move_with_the_text_before_them(path: Path) -> None:
    found = back(edited(path, ("建成科技小院2个。", "扎实推进。建成科技小院2个。")))
    section = found.sections[3]
    (first, *_) = section.sentences
    assert first.span.of(section.text) == "建成科技小院2个。"
    assert first.connective_spans[0].of(section.text) == "建成"
    assert next(one for one in found.changes if one.fate == "edited").edits == (("", "扎实推进。"),)


def test_a_renamed_heading_is_the_same_section(path: Path) -> None:
    found = back(edited(path, ("（二）服务乡村振兴", "（二）服务乡村全面振兴")))
    change = next(one for one in found.changes if one.renamed)
    assert (change.fate, change.old, change.new) == ("edited", 3, 3)
    assert len(found.sections[3].sentences) == 2


def test_added_removed_and_moved_sections_are_told(path: Path) -> None:
    sections = (
        *DRAFT.sections[:2],
        DRAFT.sections[3],
        DRAFT.sections[2],
        Section("三、存在问题", 1, "人才缺乏。"),
    )
    write_word(Draft(DRAFT.title, "", 2025, sections), path)
    found = back(path)
    assert fates(found) == [("added", "三、存在问题"), ("removed", "二、2026年工作计划")]
    assert [change.heading for change in found.changes if change.moved] == ["（一）聚焦创新要素"]
    assert found.origins == (0, 1, 3, 2, None)
    assert (found.kept, found.known) == (5, 5)


def test_a_sentence_that_moved_to_another_section_keeps_its_facts(path: Path) -> None:
    words = "选派科技特派员126名，实现行政村全覆盖。"
    found = back(edited(path, (words, ""), ("兑现奖补资金460万元。", f"兑现奖补资金460万元。{words}")))
    assert words in [one.text for one in found.sections[2].sentences]
    assert words not in [one.text for one in found.sections[3].sentences]


def test_tracked_changes_are_accepted_and_told(tmp_path: Path) -> None:
    path = office_file(tmp_path / "office.docx")
    found = reimport((Section("一、2025年工作开展情况", 1, ""),), path)
    assert "新认定高新技术企业18家，" in found.sections[0].text
    assert [(one.kind, one.author, one.when, one.text) for one in found.tracked] == [
        ("inserted", "李某", "2026-01-05T09:00:00Z", "18家"),
        ("deleted", "李某", "2026-01-05T09:00:00Z", "16家"),
    ]
    assert found.tracked[0].paragraph == "新认定高新技术企业18家，技术合同登记额5.6亿元。"
    assert found.notes[-1] == "脚注 1 条未并入正文"


def test_a_change_that_was_cut_into_runs_is_one(tmp_path: Path) -> None:
    from export.office_file import deleted, inserted

    body = paragraph(
        "新增",
        deleted("1", 1),
        deleted("6家", 2),
        inserted("18", 3),
        inserted("家", 4),
        "，",
        inserted("好", 5),
    )
    path = office_file(tmp_path / "cut.docx", (paragraph("总结"), body))
    found = reimport((), path)
    assert [(one.kind, one.text) for one in found.tracked] == [
        ("deleted", "16家"),
        ("inserted", "18家"),
        ("inserted", "好"),
    ]


def with_comments(path: Path, out: Path) -> Path:
    document = load(path)[0]
    _, report, _ = checked(document)
    findings = [finding(document, words) for words in ("23家", "5.6亿元", "126名")]
    write_comments([(document, report_of(report, *findings))], out, original=path)
    return out


def without_comment(path: Path, out: Path, words: str) -> Path:
    """The file after somebody deleted one comment."""
    word = docx.Document(str(path))
    root = word.part._comments_part.element
    for one in list(root):
        if words in "".join(one.itertext()):
            root.remove(one)
    word.save(str(out))
    return out


def test_comments_come_back_with_what_became_of_them(path: Path, tmp_path: Path) -> None:
    given = with_comments(path, tmp_path / "given.docx")
    returned = without_comment(given, tmp_path / "returned.docx", "“5.6亿元”没有依据")
    found = reimport(DRAFT.sections, returned, title=DRAFT.title, given_out=given)
    states = {one.comment.words: one.fate for one in found.comments}
    assert states["23家"] == states["126名"] == "open"
    assert states["5.6亿元"] == "deleted"
    assert all(one.comment.author == "核对" for one in found.comments)


@pytest.mark.parametrize(
    ("extended", "fate"),
    [
        ('<w15:commentEx w15:paraId="5A5A0001" w15:done="0"/>', "open"),
        ('<w15:commentEx w15:paraId="5A5A0001" w15:done="1"/>', "resolved"),
        (
            '<w15:commentEx w15:paraId="5A5A0001" w15:done="0"/>'
            '<w15:commentEx w15:paraId="5A5A0002" w15:paraIdParent="5A5A0001" w15:done="0"/>',
            "answered",
        ),
    ],
)
def test_resolved_and_answered_comments(tmp_path: Path, extended: str, fate: str) -> None:
    comments = "".join(
        f'<w:comment w:id="{number}" {OTHER} w:initials="李"><w:p w14:paraId="5A5A000{place}">{run(text)}</w:p></w:comment>'
        for number, place, text in ((3, 1, "请核实口径"), (4, 2, "已核实，是全年数"))
        if place == 1 or "0002" in extended
    )
    path = office_file(tmp_path / "office.docx", comments=comments, commentsExtended=extended)
    (one,) = reimport((), path).comments
    assert (one.fate, one.comment.text, one.comment.words) == (fate, "请核实口径", "技术合同登记额5.6亿元")
    assert one.comment.answers == ((("李某", "已核实，是全年数"),) if fate == "answered" else ())


def test_a_new_comment_of_a_reviewer(path: Path, tmp_path: Path) -> None:
    given = with_comments(path, tmp_path / "given.docx")
    returned = tmp_path / "returned.docx"
    word = docx.Document(str(given))
    (one,) = [run for paragraph in word.paragraphs for run in paragraph.runs if "460万元" in run.text]
    word.add_comment(one, text="请财务确认", author="王某")
    word.save(str(returned))
    found = reimport(DRAFT.sections, returned, title=DRAFT.title, given_out=given)
    assert [one.comment.text for one in found.comments if one.fate == "new"] == ["请财务确认"]


def test_a_wps_file_with_comment_nodes_and_local_times(tmp_path: Path) -> None:
    body = (
        paragraph("甲县科技局2025年工作总结", style="Title1"),
        "<!-- made elsewhere -->",
        paragraph("新认定", "<!-- node -->", commented("高新技术企业18家", 0), "。"),
    )
    comments = (
        '<!-- node --><w:comment w:id="0" w:author="张某" w:date="2026-01-05T17:30:00">'
        f"<!-- node --><w:p>{run('口径？')}</w:p></w:comment>"
    )
    path = office_file(tmp_path / "wps.docx", body, comments=comments, commentsExtended="<!-- node -->")
    found = reimport((Section("", 1, "新认定高新技术企业18家。"),), path)
    assert found.unchanged
    assert [(one.comment.author, one.comment.words) for one in found.comments] == [
        ("张某", "高新技术企业18家")
    ]
    document = load(path)[0]
    _, report, _ = checked(document)
    out = tmp_path / "out.docx"
    write_comments([(document, report_of(report, finding(document, "18家")))], out, original=path)
    assert len(reimport((), out).comments) == 3


def test_a_file_of_text_has_neither_comments_nor_changes(tmp_path: Path) -> None:
    path = tmp_path / "back.txt"
    path.write_text(DRAFT.text, encoding="utf-8")
    found = back(path)
    assert found.unchanged
    assert (found.comments, found.tracked) == ((), ())


def test_a_word_of_the_draft_is_text_also_where_frames_stand(tmp_path: Path) -> None:
    sections = (
        Section("", 1, "各位代表：\n现在报告工作。\n云溪县科学技术局"),
        Section("一、概况", 1, "甲。"),
    )
    draft = Draft("2025年工作报告", "云溪县科学技术局", 2025, sections)
    assert differences(draft, write_word(draft, tmp_path / "draft.docx")) == ()


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", b""), ("b.docx", b"text"), ("c.docm", b"PK\x03\x04")]
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises((FileRefused, FileUnreadable)):
        back(tmp_path / name)


def test_the_file_given_out_must_be_a_word_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "given.docx").write_bytes(b"nothing")
    with pytest.raises(ExportError):
        reimport(DRAFT.sections, path, given_out=tmp_path / "given.docx")


def test_a_fact_record_is_not_needed() -> None:
    assert Fact("F1", "新认定高新技术企业23家").id == DRAFT.sections[2].sentences[0].fact_ids[0]


def test_everything_of_the_body_in_a_file_of_others_comes_back(tmp_path: Path) -> None:
    path = office_file(tmp_path / "office.docx", BODY)
    copy = tmp_path / "copy.docx"
    shutil.copyfile(path, copy)
    found = reimport((), copy)
    text = "\n".join(section.text for section in found.sections)
    for words in ("方框内：科技特派员选任126名。", "专利授权40件。", "占比2.1%。"):
        assert words in text
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None
