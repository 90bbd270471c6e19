from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.made import document
from assistant.archive.passages import LONGEST, split
from assistant.records import Block, Cell, Document, Span

SENTENCE = "深入实施创新驱动发展战略，持续完善科技服务体系，推动各项任务落地见效。"


def _covered(made: Document) -> set[int]:
    return {at for passage in split(made) for at in range(passage.span.start, passage.span.end)}


def test_text_is_the_slice_of_the_document() -> None:
    made = document("样例", [("heading", 1, "一、概况"), SENTENCE * 40, "  末段。  "])
    assert all(passage.text == passage.span.of(made.text) for passage in split(made))
    assert all(passage.text == passage.text.strip() for passage in split(made))


def test_long_sections_give_even_passages_that_end_with_sentences() -> None:
    passages = split(document("样例", [("heading", 1, "一、概况"), SENTENCE * 40]))
    lengths = [len(passage.text) for passage in passages]
    assert max(lengths) <= LONGEST
    assert min(lengths) >= 300
    assert all(passage.text.endswith("。") for passage in passages)


def test_no_passage_crosses_a_heading_of_level_one_or_two() -> None:
    lines = [
        ("heading", 1, "一、工作开展情况"),
        ("heading", 2, "（一）聚焦主体"),
        "新认定企业23家。",
        ("heading", 2, "（二）聚焦平台"),
        "建成平台6个。",
        ("heading", 1, "二、存在问题"),
        "人才不足。",
    ]
    passages = split(document("样例", lines))
    assert [passage.heading_path for passage in passages] == [
        ("一、工作开展情况", "（一）聚焦主体"),
        ("一、工作开展情况", "（二）聚焦平台"),
        ("二、存在问题",),
    ]
    assert passages[0].text == "一、工作开展情况\n（一）聚焦主体\n新认定企业23家。"


def test_headings_of_level_three_do_not_cut() -> None:
    lines = [
        ("heading", 1, "一、指标"),
        ("heading", 3, "1.企业"),
        "23家。",
        ("heading", 3, "2.平台"),
        "6个。",
    ]
    assert len(split(document("样例", lines))) == 1


def test_a_run_in_heading_starts_a_passage() -> None:
    made = document("样例", ["（一）聚焦主体。新认定企业23家。", "（二）聚焦平台。建成平台6个。"])
    blocks = tuple(
        replace(block, level=2, run_in=Span(block.span.start, block.span.start + 8)) for block in made.blocks
    )
    assert [passage.text[:3] for passage in split(replace(made, blocks=blocks))] == ["（一）", "（二）"]


def test_a_heading_without_text_is_kept() -> None:
    passages = split(document("样例", [("heading", 1, "一、概况"), ("heading", 1, "二、问题")]))
    assert [passage.text for passage in passages] == ["一、概况", "二、问题"]


def test_the_title_block_is_no_passage_of_its_own() -> None:
    assert [p.text for p in split(document("样例", [("title", 0, "样例"), "正文。"]))] == ["正文。"]


def test_a_sentence_longer_than_a_passage_is_cut() -> None:
    made = document("样例", ["企业名单：" + "、".join(f"第{n}号企业" for n in range(300)), "无" * 1200])
    assert all(0 < len(passage.text) <= LONGEST for passage in split(made))
    assert len(_covered(made)) >= len(made.text) - 12


def test_a_table_is_cut_between_rows_and_carries_its_header() -> None:
    rows = ["指标\t单位\t2025年", *(f"第{n}项指标的名称\t家\t{n * 7}" for n in range(60))]
    text, cells, start = "\n".join(rows), [], 0
    for number, row in enumerate(rows):
        at = start
        for column, cell in enumerate(row.split("\t")):
            cells.append(Cell(number, column, Span(at, at + len(cell))))
            at += len(cell) + 1
        start += len(row) + 1
    table = Block(kind="table", span=Span(0, len(text)), cells=tuple(cells), heading_path=("附表",))
    passages = split(replace(document("样例", [text]), blocks=(table,)))
    assert len(passages) > 1
    assert {passage.heading_path for passage in passages} == {("附表", "表头：指标 单位 2025年")}
    assert all(line.count("\t") == 2 for passage in passages for line in passage.text.split("\n"))


def test_a_table_without_cells_is_cut_at_lines() -> None:
    made = document(
        "样例",
        [
            ("table", 0, "指标 数值"),
        ],
    )
    assert [passage.text for passage in split(made)] == ["指标 数值"]


def test_ids_are_derived_from_the_content() -> None:
    made = document("样例", [SENTENCE * 40])
    assert [p.id for p in split(made)] == [p.id for p in split(made)]
    assert len({p.id for p in split(made)}) == len(split(made))
    assert not {p.id for p in split(made)} & {p.id for p in split(document("另一", [SENTENCE * 40]))}


def test_metadata_goes_with_every_passage() -> None:
    made = document(
        "样例", ["正文。"], year=2025, place="云溪县", organisation="云溪县科学技术局", genre="policy"
    )
    (passage,) = split(made)
    assert (passage.year, passage.place, passage.organisation) == (2025, "云溪县", "云溪县科学技术局")
    assert (passage.genre, passage.paragraph) == ("policy", 1)


def test_no_blocks_and_no_text() -> None:
    made = document("样例", ["第一行。", "", "第二行。"])
    assert [passage.text for passage in split(replace(made, blocks=()))] == ["第一行。\n\n第二行。"]
    assert split(document("空", ["", "  "])) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "paragraph", "list_item"]),
            st.integers(0, 4),
            st.text(alphabet="科技创新1。，；\n x”！", max_size=700),
        ),
        max_size=8,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_blocks_all_text_is_covered_once(lines: list[tuple[str, int, str]]) -> None:
    made = document("样例", lines)
    passages = split(made)
    assert all(0 < len(passage.text) <= LONGEST for passage in passages)
    spans = [passage.span for passage in passages]
    assert all(first.end <= second.start for first, second in pairwise(spans))
    covered = _covered(made)
    assert all(at in covered or not char.strip() for at, char in enumerate(made.text))
