"""Findings set aside by rule and sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import FileUnreadable, QueryInvalid
from assistant.loaders import load_text
from assistant.records import Document, Finding, Span
from assistant.service.ignored import Ignored, ignored_path, sentence_at

TEXT = "甲县总结\n新认定高新技术企业18家，登记额6.5亿元。\n签约项目xx个；新增专利40件。"


def draft(text: str = TEXT) -> Document:
    return load_text(text)[0]


def findings(document: Document, *words: str) -> list[Finding]:
    places = [document.text.index(word) for word in words]
    return [
        Finding("number.unsupported", "error", Span(start, start + len(word)), f"{word}。")
        for start, word in zip(places, words, strict=True)
    ]


@pytest.fixture
def ignored(tmp_path: Path) -> Ignored:
    return Ignored(tmp_path / "draft.txt.ignored.json")


def kept(ignored: Ignored, document: Document, found: list[Finding]) -> list[str]:
    return [one.span.of(document.text) for one in ignored.divide(document, found)[0]]


def test_by_number(ignored: Ignored) -> None:
    document = draft()
    found = findings(document, "40件", "18家", "6.5亿元")
    assert ignored.add([(document, found)], "2") == 1
    assert kept(ignored, document, found) == ["40件", "18家"]


@pytest.mark.parametrize(
    "wanted", ["number.unsupported:登记额", "number.unsupported：登记额6.5", "number.unsupported: 登记 额"]
)
def test_by_rule_and_words(ignored: Ignored, wanted: str) -> None:
    document = draft()
    found = findings(document, "18家", "6.5亿元", "40件")
    assert ignored.add([(document, found)], wanted) == 2
    assert kept(ignored, document, found) == ["40件"]


def test_survives_edits_elsewhere(ignored: Ignored) -> None:
    document = draft()
    ignored.add([(document, findings(document, "6.5亿元"))], "1")
    edited = draft(TEXT.replace("甲县总结", "甲县总结\n新的一段，新签约3个项目。").replace("40件", "41件"))
    again = Ignored(ignored.path)
    assert kept(again, edited, findings(edited, "6.5亿元", "41件")) == ["41件"]


def test_an_edited_sentence_counts_again(ignored: Ignored) -> None:
    document = draft()
    ignored.add([(document, findings(document, "6.5亿元"))], "1")
    edited = draft(TEXT.replace("18家", "19家"))
    assert kept(ignored, edited, findings(edited, "6.5亿元")) == ["6.5亿元"]


def test_blanks_are_no_edit(ignored: Ignored) -> None:
    document = draft()
    ignored.add([(document, findings(document, "6.5亿元"))], "1")
    edited = draft(TEXT.replace("，登记额", "， 登记额"))
    assert kept(ignored, edited, findings(edited, "6.5亿元")) == []


def test_another_rule_or_figure_of_the_sentence_counts(ignored: Ignored) -> None:
    document = draft()
    ignored.add([(document, findings(document, "6.5亿元"))], "1")
    (other,) = findings(document, "6.5亿元")
    assert ignored.divide(document, [Finding("arith.sum", "error", other.span, "。")])[0]
    assert kept(ignored, document, findings(document, "18家")) == ["18家"]


@pytest.mark.parametrize(
    "wanted", ["0", "9", "arith.sum:登记额", "number.unsupported:没有这几个字", "", "随便"]
)
def test_what_names_no_finding(ignored: Ignored, wanted: str) -> None:
    document = draft()
    with pytest.raises(QueryInvalid):
        ignored.add([(document, findings(document, "18家"))], wanted)
    assert not ignored.path.exists()


def test_the_file(ignored: Ignored) -> None:
    document = draft()
    found = findings(document, "18家")
    ignored.add([(document, found)], "1")
    ignored.add([(document, found)], "1")
    whole = json.loads(ignored.path.read_text(encoding="utf-8"))
    assert whole["version"] == 1
    assert whole["ignored"] == [
        {"rule": "number.unsupported", "sentence": "新认定高新技术企业18家，登记额6.5亿元。", "words": "18家"}
    ]
    assert ignored.clear() == 1
    assert Ignored(ignored.path).entries == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"ignored": [{}]}', "\x00"])
def test_a_broken_file_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ignored.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileUnreadable):
        Ignored(path)


def test_where_it_is(tmp_path: Path) -> None:
    assert ignored_path(Path("a/总结.docx"), tmp_path) == Path("a/总结.docx.ignored.json")
    assert ignored_path(Path("-"), tmp_path).parent == tmp_path


def test_sentences() -> None:
    text = draft().text
    at = text.index("xx个")
    assert sentence_at(text, Span(at, at + 3)).of(text) == "签约项目xx个；"
    assert sentence_at(text, Span(0, 0)).of(text) == "甲县总结"
