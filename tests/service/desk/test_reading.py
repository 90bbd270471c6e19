"""A manuscript as a Document, and every place in it told back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.loaders import load_text
from assistant.records import Span
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.reading import ReadDraft, Spot, manuscript_of, manuscript_of_all

from .made import TEXT, TITLE

STATE = Manuscript(
    "云溪县2025年总结",
    "云溪县科学技术局",
    2025,
    sections=(
        HeldSection("a", "一、创新", 1, "　　新增23家。\n\n第二段𠮷字12家。"),
        HeldSection("b", "二、空的", 1, ""),
        HeldSection("c", "", 1, "没有标题的一段。"),
    ),
)


def test_the_document_reads_as_the_draft_does() -> None:
    document = ReadDraft(STATE).document
    assert (
        document.text
        == "云溪县2025年总结\n一、创新\n新增23家。\n第二段𠮷字12家。\n二、空的\n没有标题的一段。"
    )
    assert [block.kind for block in document.blocks][:3] == ["title", "heading", "paragraph"]
    assert document.reported_year == 2025
    assert document.organisation
    assert document.organisation.value == "云溪县科学技术局"
    assert document.blocks[2].heading_path == ("一、创新",)


def test_places_are_told_in_their_field() -> None:
    read = ReadDraft(STATE)
    at = read.document.text.index("23家")
    spot = read.spot(Span(at, at + 3))
    assert spot == Spot("a", "text", 4, 7)
    assert STATE.sections[0].text[spot.start : spot.end] == "23家"
    assert read.spot(Span(0, 4)) == Spot("", "title", 0, 4)
    at = read.document.text.index("空的")
    assert read.spot(Span(at, at + 2)) == Spot("b", "heading", 2, 4)


def test_a_span_over_several_paragraphs_of_one_field_keeps_both_ends() -> None:
    read = ReadDraft(STATE)
    start, end = read.document.text.index("新增"), read.document.text.index("12家") + 3
    spot = read.spot(Span(start, end))
    assert STATE.sections[0].text[spot.start : spot.end] == "新增23家。\n\n第二段𠮷字12家"


def test_a_span_beyond_its_field_ends_with_it() -> None:
    assert ReadDraft(STATE).spot(Span(0, 30)) == Spot("", "title", 0, 10)


def test_an_empty_draft_has_a_place_too() -> None:
    assert ReadDraft(Manuscript("")).spot(Span(0, 0)) == Spot("", "title", 0, 0)


WORDS = st.text("甲乙12。，家　 \n𠮷", max_size=20)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "一、甲", "（一）乙"]), WORDS), max_size=4))
def test_every_character_is_told_back(parts: list[tuple[str, str]]) -> None:
    sections = tuple(HeldSection(str(number), *pair) for number, pair in enumerate(_levels(parts)))
    state = Manuscript("标题甲", sections=sections)
    read = ReadDraft(state)
    for at, character in enumerate(read.document.text):
        if character == "\n":
            continue
        spot = read.spot(Span(at, at + 1))
        field = "标题甲" if spot.field == "title" else getattr(state.section(spot.section_id), spot.field)
        assert field[spot.start : spot.end] == character


def _levels(parts: list[tuple[str, str]]) -> list[tuple[str, int, str]]:
    return [(heading, 1, text) for heading, text in parts]


def test_a_loaded_draft_becomes_sections() -> None:
    state = manuscript_of(load_text(f"{TITLE}\n{TEXT}", "总结.txt")[0])
    assert state.title == TITLE
    assert state.year == 2025
    assert [one.heading for one in state.sections] == ["一、聚焦创新要素", "二、强化科技强农"]
    assert state.sections[0].text.startswith("新认定")


def test_text_before_the_first_heading_is_a_section_of_its_own() -> None:
    state = manuscript_of(load_text(f"{TITLE}\n今年工作平稳。\n{TEXT}", "总结.txt")[0])
    assert state.sections[0].heading == ""
    assert state.sections[0].text == "今年工作平稳。"


def test_two_reports_in_one_file_are_both_there() -> None:
    one = load_text(f"{TITLE}\n{TEXT}", "甲.txt")[0]
    two = load_text("江临区科学技术局2025年工作总结\n一、平台\n新建平台3个。\n", "乙.txt")[0]
    state = manuscript_of_all([one, two])
    assert [part.heading for part in state.sections] == [
        "一、聚焦创新要素",
        "二、强化科技强农",
        "江临区科学技术局2025年工作总结",
        "一、平台",
    ]
