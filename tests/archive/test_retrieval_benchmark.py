"""The measuring programs of the search: sets with their structure, short forms, other systems' formulas, made reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assistant.archive.embedding import embed_texts
from assistant.llm import HashingEmbeddings

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import search_speed  # noqa: E402
from retrieval import ABBREVIATIONS, ABLATIONS, KNOBS, main  # noqa: E402
from retrieval_peers import Corpus, ragflow  # noqa: E402
from retrieval_sets import abbreviated, from_folder  # noqa: E402

TITLE = "2025年云溪县政府工作报告"
ROWS = (
    ("", "各位代表：现在，我代表县人民政府向大会报告工作。"),
    ("一、2024年工作回顾", "高新技术企业总量达到73家，技术合同登记额4.7亿元。"),
    ("一、2024年工作回顾 > （一）创新", "社会消费品零售总额增长6.1%。"),
    ("二、2025年工作安排", "高新技术企业总量达到85家。"),
)
ASKED = ("云溪县2025年报告里高新技术企业的数据", "云溪县2025年报告里技术合同登记额的数据")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of one report with two questions."""
    home = tmp_path / "set"
    home.mkdir()
    about = {"doc": TITLE, "title": TITLE, "region": "云溪县", "year": 2025}
    corpus = [
        {"id": f"p{number}", **about, "section": section, "pos": number, "text": text}
        for number, (section, text) in enumerate(ROWS)
    ]
    queries = [{"id": f"q{number}", "text": text} for number, text in enumerate(ASKED)]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (home / name).write_text("\n".join(lines) + "\n", "utf-8")
    (home / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq0\tp1\t1\nq1\tp1\t1\n", "utf-8")
    return home


def test_a_set_has_its_headings_and_its_genre(folder: Path) -> None:
    data = from_folder(folder)
    (document,) = data.documents
    assert document.genre == "government-report"
    headings = [one.span.of(document.text) for one in document.blocks if one.kind == "heading"]
    assert headings == ["一、2024年工作回顾", "二、2025年工作安排"]
    for passage, (_, text) in zip(data.passages[document.id], ROWS, strict=True):
        assert passage.span.of(document.text) == passage.text == text
        assert passage.genre == "government-report"


def test_short_forms_go_into_the_questions_that_have_the_name(folder: Path) -> None:
    data = abbreviated(from_folder(folder), ABBREVIATIONS)
    assert data.queries == [("q0", "云溪县2025年报告里高企的数据")]
    assert data.relevant["q0"] == {"p1": 1}


def test_short_forms_are_shorter_and_go_from_long_to_short() -> None:
    lines = [one for one in ABBREVIATIONS.read_text("utf-8").splitlines() if one and one[0] != "#"]
    names = [one.split()[0] for one in lines]
    assert all(len(one.split()) == 2 for one in lines)
    for number, name in enumerate(names):
        assert not any(earlier in name for earlier in names[:number]), name


def test_ragflows_formula_weighs_words_and_their_neighbours() -> None:
    embeddings = HashingEmbeddings(64)
    texts = ["技术合同登记额增长", "登记额与技术合同", "森林覆盖率提高"]
    corpus = Corpus(("a", "b", "c"), texts, embed_texts(embeddings, texts), embeddings, 3)
    ranked = ragflow(corpus)("技术合同登记额")
    assert [name for name, _ in ranked] == ["a", "b", "c"]
    assert all(0 <= score <= 1.01 for _, score in ranked)


def test_each_ablation_changes_one_thing_at_least() -> None:
    assert all(knobs != KNOBS for knobs in ABLATIONS.values())


def test_a_run_with_all_ablations_writes_its_table(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.json"
    monkeypatch.setattr("retrieval.embedding_model", lambda settings: HashingEmbeddings(64))
    arguments = ["--data", str(folder), "--cache", str(tmp_path / "cache"), "--json", str(out)]
    monkeypatch.setattr(sys, "argv", ["retrieval.py", *arguments, "--no-peers", "--ablation"])
    main()
    table = json.loads(out.read_text("utf-8"))
    names = [row["system"] for row in table]
    assert names[0] == "archive"
    assert {
        f"without {name}" for name in (*ABLATIONS, "other names", "bigrams", "titles before words")
    } < set(names)
    assert table[0]["R@5"] == 100
    assert "4 passages" in capsys.readouterr().out


def test_made_reports_are_the_same_each_time_and_each_of_its_own() -> None:
    first, again = list(search_speed.reports(2_000)), list(search_speed.reports(2_000))
    assert [document.text for document, _ in first] == [document.text for document, _ in again]
    assert len({document.id for document, _ in first}) == 20
    assert all(
        passage.span.of(document.text) == passage.text for document, parts in first for passage in parts
    )


def test_questions_of_each_kind_are_planted() -> None:
    made = list(search_speed.reports(2_000))
    texts = {passage.id: passage.text for _, parts in made for passage in parts}
    asked = list(search_speed.questions(made, 30))
    assert {one.kind for one in asked} == {"place and year", "place", "neither"}
    for one in asked:
        assert any(name in texts[one.passage] for name in (one.text[-8:-3], one.text[-6:-3]))


def test_the_speed_is_measured_on_a_small_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")
    monkeypatch.setattr(
        sys, "argv", ["search_speed.py", "--passages", "200", "--questions", "9", "--home", home]
    )
    search_speed.main()
    assert "200 passages" in capsys.readouterr().out
