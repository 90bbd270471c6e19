"""The measuring program: what it counts, what it makes up, and a run on a small set."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from answers import Question, _judged, _same, absent, figures, main  # noqa: E402
from retrieval_sets import from_folder  # noqa: E402

from assistant.chat import Answer, Statement  # noqa: E402
from assistant.records import Citation, Span  # noqa: E402

ROWS = [
    ("甲省", 2024, "技术合同登记额410亿元。"),
    ("甲省", 2025, "技术合同登记额473亿元。"),
    ("乙省", 2025, "技术合同登记额150亿元。"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of three reports with a question each."""
    home = tmp_path / "set"
    home.mkdir()
    corpus, queries, qrels = [], [], ["query-id\tcorpus-id\tscore"]
    for number, (region, year, text) in enumerate(ROWS):
        title = f"{year}年{region}政府工作报告"
        shared = {"doc": title, "title": title, "section": "", "region": region, "year": year}
        corpus.append({"id": f"{title}#0", **shared, "pos": 0, "text": f"{text}其他工作有序推进。"})
        indicator, answer = "技术合同登记额", text.removeprefix("技术合同登记额").strip("。")
        asked = f"{region}{year}年报告里{indicator}的数据"
        queries.append(
            {"id": f"q{number}", "text": asked, "answer": answer, "indicator": indicator, **shared}
        )
        qrels.append(f"q{number}\t{title}#0\t1")
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (home / name).write_text("\n".join(lines) + "\n", "utf-8")
    (home / "qrels.tsv").write_text("\n".join(qrels) + "\n", "utf-8")
    return home


def test_a_run_writes_a_line_for_each_question(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, table = tmp_path / "answers.jsonl", tmp_path / "table.json"
    given = ["--data", folder, "--answers", out, "--json", table, "--absent", "0", "--hashing"]
    monkeypatch.setattr(sys, "argv", ["answers.py", *map(str, given)])
    main()
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q0", "q1", "q2"]
    assert set(lines[0]) == {"id", "text", "figures", "citations", "declined"}
    assert [line["figures"] for line in lines] == [["410亿元"], ["473亿元"], ["150亿元"]]
    assert lines[0]["citations"] == ["2024年甲省政府工作报告#0"]
    counts = json.loads(table.read_text("utf-8"))["answers"]
    assert counts["right"] == 100.0
    assert counts["wrong"] == counts["declined"] == counts["unverified"] == 0
    assert "right 100.0" in capsys.readouterr().out


def test_questions_without_an_answer_are_made_in_three_ways(folder: Path) -> None:
    data = from_folder(folder)
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    rows += [{**rows[0], "indicator": "海洋生产总值"}]
    made = list(absent(data, rows, 9))
    assert len(made) == 9
    assert all(one.answer == "" for one in made)
    texts = " ".join(one.text for one in made)
    assert "海洋生产总值" in texts
    assert "2027年" in texts
    assert any(name in texts for name in ("海东省", "临江省", "北原市"))


def _answer(*figures_shown: str, text: str = "甲473亿元。") -> Answer:
    citation = Citation("right", "d", "某报告", "技术合同登记额473亿元。", Span(0, 13))
    return Answer("问", "问", "value", (Statement(text, (citation,), figures_shown),))


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        (_answer("473亿元"), {"right", "shown", "right passage"}),
        (_answer("增长5%", "473亿元"), {"not first", "shown", "right passage"}),
        (_answer("150亿元"), {"not first", "wrong"}),
        (_answer(), {"right", "shown", "right passage"}),
        (_answer("99亿元", text="甲99亿元。"), {"not first", "wrong", "unverified"}),
        (Answer("问", "问", "value"), {"declined"}),
    ],
)
def test_what_is_counted(answer: Answer, counted: set[str]) -> None:
    assert set(_judged(Question("q", "问", "473亿元"), answer, {"right": 1})) == counted


@pytest.mark.parametrize(
    ("shown", "wanted", "same"),
    [
        ("473亿元", "473亿元", True),
        ("增长5%左右", "增长5%", True),
        ("14.6万户次", "14.6万户", True),
        ("63.6万亿元", "达到63.6万亿元", True),
        ("150亿元", "473亿元", False),
        ("5个百分点", "5%", False),
        ("没有", "473亿元", False),
    ],
)
def test_the_same_figure(shown: str, wanted: str, same: bool) -> None:
    assert _same(shown, wanted) is same


def test_an_answer_without_figures_of_its_own_has_those_of_its_text() -> None:
    assert figures(_answer(text="甲473亿元，增长5%。")) == ["473亿元", "5%"]
    assert figures(_answer("473亿元", text="甲473亿元，增长5%。")) == ["473亿元"]
