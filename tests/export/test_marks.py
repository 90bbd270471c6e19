"""Comments and tracked changes in a file that a word processor made: all else stays byte for byte."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.errors import ExportError
from assistant.export import write_comments
from assistant.loaders import load
from assistant.records import Document, Finding, Fix, Span

from .checked import checked, finding, report_of
from .office_file import BODY, inserted, office_file, paragraph, parts_of, run
from .test_comments import anchored


def opened(tmp_path: Path, *body: str, **parts: str) -> tuple[Path, Document]:
    path = office_file(tmp_path / "original.docx", body or BODY, **parts)
    return path, load(path)[0]


def written(path: Path, document: Document, *findings: Finding, accept: bool = False) -> Path:
    _, report, _ = checked(document)
    out = path.with_name("out.docx")
    write_comments(
        [(document, report_of(report, *findings))], out, original=path, accepted=findings if accept else ()
    )
    return out


def fixed(document: Document, words: str, text: str) -> Finding:
    start = document.text.index(words)
    return finding(document, words, fix=Fix(Span(start, start + len(words)), text))


def body_of(path: Path) -> etree._Element:
    return etree.fromstring(parts_of(path)["word/document.xml"])


def text_of(path: Path) -> str:
    return load(path)[0].text


def test_only_the_parts_that_carry_comments_change(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, finding(document, "18家"), finding(document, "17.8%"))
    before, after = parts_of(path), parts_of(out)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml"}


def test_a_file_without_comments_gets_the_part(tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    word = docx.Document()
    word.add_paragraph("甲县总结")
    word.add_paragraph("登记额6.5亿元。")
    word.save(str(path))
    bare = tmp_path / "bare.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    document = load(bare)[0]
    out = written(bare, document, finding(document, "6.5亿元"))
    before, after = parts_of(bare), parts_of(out)
    assert set(after) - set(before) == {"word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    assert anchored(out)[0][0] == "6.5亿元"


def test_comments_and_changes_of_others_are_kept(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, finding(document, "技术合同登记额5.6亿元"), finding(document, "18家"))
    found = dict(anchored(out))
    assert found["技术合同登记额5.6亿元"]
    comments = docx.Document(str(out)).comments
    assert [(one.author, one.text) for one in comments if one.comment_id == 3] == [("李某", "请核实口径")]
    body = body_of(out)
    for kind in ("ins", "del"):
        (kept,) = body.iter(qn(f"w:{kind}"))
        assert (kept.get(qn("w:author")), kept.get(qn("w:date"))) == ("李某", "2026-01-05T09:00:00Z")
    numbers = [element.get(qn("w:id")) for element in body.iter(qn("w:commentRangeStart"))]
    assert len(numbers) == len(set(numbers)) == 4


def test_words_of_a_text_box_are_commented_where_it_hangs(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, finding(document, "126名"))
    body = body_of(out)
    (start, *_) = [one for one in body.iter(qn("w:commentRangeStart")) if one.get(qn("w:id")) not in ("3",)][
        1:
    ] or [None]
    assert start is not None
    assert next(start.iterancestors(qn("w:txbxContent")), None) is None
    assert start.getnext().find(".//" + qn("w:txbxContent")) is not None
    assert not list(body.iterfind(f".//{qn('w:txbxContent')}//{qn('w:commentRangeStart')}"))


def test_words_of_a_footnote_are_commented_at_its_sign(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, finding(document, "15件"))
    assert parts_of(out)["word/footnotes.xml"] == parts_of(path)["word/footnotes.xml"]
    starts = [
        one
        for one in body_of(out).iter(qn("w:commentRangeStart"))
        if one.getnext().find(qn("w:footnoteReference")) is not None
    ]
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("words", "text"), [("17.8%", "18.3%"), ("5.6亿元", "6.5亿元"), ("18家", "23家"), ("占比", "")]
)
def test_an_accepted_fix_is_a_tracked_change(tmp_path: Path, words: str, text: str) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, fixed(document, words, text), accept=True)
    assert text_of(out) == document.text.replace(words, text)
    body = body_of(out)
    ours = [one for one in body.iter(qn("w:del"), qn("w:ins")) if one.get(qn("w:author")) == "核对"]
    gone = "".join(t.text for one in ours for t in one.iter(qn("w:delText")))
    come = "".join(t.text for one in ours if one.tag == qn("w:ins") for t in one.iter(qn("w:t")))
    assert (gone, come) == (words, text)
    assert all(one.get(qn("w:date")) for one in ours)


def test_a_rejected_change_leaves_the_writers_words(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(
        path, document, fixed(document, "17.8%", "18.3%"), fixed(document, "18家", "23家"), accept=True
    )
    body = body_of(out)
    for one in list(body.iter(qn("w:ins"))):
        if one.get(qn("w:author")) == "核对":
            one.getparent().remove(one)
    words = "".join(
        element.text or ""
        for element in body.iter(qn("w:t"), qn("w:delText"))
        if next(element.iterancestors(qn("w:del")), None) is None
        or next(element.iterancestors(qn("w:del"))).get(qn("w:author")) == "核对"
    )
    assert "17.8%" in words
    assert "18家" in words


def test_a_fix_keeps_the_format_and_insertions_do_not_nest(tmp_path: Path) -> None:
    path, document = opened(
        tmp_path, paragraph("甲县总结"), paragraph("新增", inserted("企业18家和园区2个"), "。")
    )
    out = written(path, document, fixed(document, "18家", "23家"), accept=True)
    body = body_of(out)
    for one in body.iter(qn("w:ins")):
        assert next(one.iterancestors(qn("w:ins")), None) is None
    assert text_of(out) == document.text.replace("18家", "23家")


def test_the_inserted_figure_has_the_format_of_the_old_one(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(path, document, fixed(document, "17.8%", "18.3%"), accept=True)
    (new,) = [one for one in body_of(out).iter(qn("w:ins")) if one.get(qn("w:author")) == "核对"]
    assert new.find(f".//{qn('w:b')}") is not None


def test_two_fixes_of_one_place_make_one_change(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    fixes = (
        fixed(document, "17.8%", "18.3%"),
        fixed(document, "增长17.8%", "增长18.3%"),
        fixed(document, "2.1%", "2.2%"),
    )
    out = written(path, document, *fixes, accept=True)
    assert "增长18.3%，占比2.2%。" in text_of(out)


def test_fixes_in_text_boxes_and_footnotes_stay_comments(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    out = written(
        path, document, fixed(document, "126名", "216名"), fixed(document, "15件", "51件"), accept=True
    )
    assert text_of(out) == document.text
    assert len(docx.Document(str(out)).comments) == 4


def test_a_file_of_300_pages(tmp_path: Path) -> None:
    lines = [
        paragraph(run(f"第{number}项，技术合同登记额{number}.5亿元，同比增长18.3%。" * 3))
        for number in range(2200)
    ]
    path, document = opened(tmp_path, paragraph("甲县总结"), *lines)
    wanted = [finding(document, f"登记额{number}.5亿元") for number in range(0, 2200, 11)]
    out = written(path, document, *wanted)
    assert [words for words, _ in anchored(out)[1:]][:3] == [
        "登记额0.5亿元",
        "登记额11.5亿元",
        "登记额22.5亿元",
    ]
    assert len(docx.Document(str(out)).comments) == len(wanted) + 2


@pytest.mark.parametrize("name", ["macro.docm", "old.doc", "plain.txt"])
def test_what_is_no_docx_is_refused(tmp_path: Path, name: str) -> None:
    good = office_file(tmp_path / "good.docx")
    document = load(good)[0]
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    (tmp_path / name).write_bytes(old if name == "old.doc" else good.read_bytes())
    with pytest.raises(ExportError):
        written(tmp_path / name, document, finding(document, "18家"))
    assert not (tmp_path / "out.docx").exists()


_TEXT = "新认定高新技术企业18家，技术合同登记额5.6亿元，同比增长17.8%，选任科技特派员126名。"
_FIXES = (("18家", "23家"), ("5.6亿元", "6.5亿元"), ("17.8%", "18.3%"), ("126名", ""))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.sets(st.integers(1, len(_TEXT) - 1), max_size=8),
    insertions=st.sets(st.integers(0, 8), max_size=3),
    wanted=st.sets(st.sampled_from(_FIXES), min_size=1),
)
def test_accepting_gives_the_fixes_and_rejecting_the_original(
    tmp_path: Path, cuts: set[int], insertions: set[int], wanted: set[tuple[str, str]]
) -> None:
    edges = [0, *sorted(cuts), len(_TEXT)]
    pieces = [_TEXT[start:end] for start, end in pairwise(edges)]
    runs = [inserted(one, 50 + at) if at in insertions else run(one) for at, one in enumerate(pieces)]
    path, document = opened(tmp_path, paragraph("总结"), paragraph(*runs), footnotes="")
    out = written(path, document, *(fixed(document, *fix) for fix in wanted), accept=True)
    expected = _TEXT
    for old, new in wanted:
        expected = expected.replace(old, new)
    assert text_of(out).endswith(expected)
    body = body_of(out)
    for one in [one for one in body.iter(qn("w:ins")) if one.get(qn("w:author")) == "核对"]:
        one.getparent().remove(one)
    assert "".join(one.text or "" for one in body.iter(qn("w:t"), qn("w:delText"))).endswith(_TEXT)


@pytest.mark.parametrize("name", ["word/comments.xml", "word/document.xml", "word/_rels/document.xml.rels"])
def test_a_broken_part_is_refused(tmp_path: Path, name: str) -> None:
    path, document = opened(tmp_path)
    parts = parts_of(path) | {name: b"<w:x"}
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    with pytest.raises(ExportError):
        written(path, document, finding(document, "18家"))


def test_a_document_without_a_body_is_refused(tmp_path: Path) -> None:
    path, document = opened(tmp_path)
    parts = parts_of(path) | {"word/document.xml": b"<x/>"}
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    with pytest.raises(ExportError):
        written(path, document, finding(document, "18家"))


def test_a_part_that_is_too_large_to_parse_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, document = opened(tmp_path)
    monkeypatch.setattr("assistant.export.word_file.MAX_PART", 500)
    with pytest.raises(ExportError):
        written(path, document, finding(document, "18家"))
