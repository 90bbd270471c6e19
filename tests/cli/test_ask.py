from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.app import app
from assistant.cli.exits import INPUT, OK
from cli.conftest import REPORT, Run, json_of


@pytest.fixture
def filled(run: Run, report: Path) -> Run:
    """An archive with two reports of one office."""
    later = report.with_name("云溪2023.txt")
    later.write_text(REPORT.replace("2024", "2023").replace("68家", "61家"), "utf-8")
    assert run("ingest", report.parent).exit_code == OK
    return run


def test_an_answer_with_its_source(filled: Run) -> None:
    result = filled("ask", "云溪县2024年高新技术企业多少家，比2023年增加多少？", "--no-model")
    assert result.exit_code == OK
    assert "68家" in result.stdout
    assert "68−61=7" in result.stdout
    assert "来源：" in result.stdout
    assert "《云溪县科学技术局2024年工作总结》" in result.stdout


def test_an_answer_as_json(filled: Run) -> None:
    answer = json_of(filled("ask", "云溪县2024年高新技术企业多少家", "--no-model", "--json"))["answer"]
    assert answer["figures"] == ["68家"]
    assert answer["declined"] is False
    assert answer["route"] == "value"
    citation = answer["statements"][0]["citations"][0]
    assert citation["passage_id"]
    assert "68家" in citation["quote"]


def test_nothing_found_is_said_with_the_nearest(filled: Run) -> None:
    result = filled("ask", "云溪县2030年高新技术企业多少家", "--no-model")
    assert result.exit_code == OK
    assert "资料库中没有找到" in result.stdout
    assert "最接近的段落" in result.stdout
    assert json_of(filled("ask", "海东省2024年高新技术企业多少家", "--no-model", "--json"))["answer"][
        "declined"
    ]


def test_a_scope_by_year_organisation_kind_and_document(filled: Run) -> None:
    def figures(*options: str) -> list[str]:
        found: list[str] = json_of(
            filled("ask", "云溪县高新技术企业多少家", "--no-model", "--json", *options)
        )["answer"]["figures"]
        return found

    assert figures("--year", "2023") == ["61家"]
    assert figures("--organisation", "科学技术局") == ["68家"]
    assert figures("--organisation", "没有的局") == []
    assert figures("--kind", "policy") == []
    assert figures("--kind", "policy", "--kind", "annual-summary") == figures()
    documents = json_of(filled("library", "list", "--json"))["documents"]
    old = next(one["id"] for one in documents if one["year"] == 2023)
    assert figures("--document", old[:10]) == ["61家"]


def test_a_chart(filled: Run, tmp_path: Path) -> None:
    chart = tmp_path / "图.html"
    result = filled("ask", "云溪县历年高新技术企业", "--no-model", "--plot", chart)
    assert result.exit_code == OK
    assert chart.exists()
    assert "\n2023 " in result.stdout
    without = filled("ask", "云溪县2024年高新技术企业多少家", "--no-model", "--plot", tmp_path / "b.html")
    assert "未画图" in without.stderr


@pytest.mark.parametrize("question", ["", "   ", "问" * 5_000])
def test_a_question_that_cannot_be_used(filled: Run, question: str) -> None:
    result = filled("ask", question, "--no-model")
    assert result.exit_code == INPUT
    assert "input.query" in result.stderr


def test_an_empty_archive(run: Run) -> None:
    result = run("ask", "高新技术企业多少家", "--no-model")
    assert result.exit_code == OK
    assert "资料库是空的" in result.stdout


def _chat(lines: str, *options: str) -> Result:
    """Turns from standard input, without a model."""
    return CliRunner().invoke(app, ["chat", "--no-model", *options], input=lines)


def test_a_conversation_in_turns(filled: Run, tmp_path: Path) -> None:
    result = _chat("云溪县2024年高新技术企业多少家\n那去年呢？\n/q\n不再读到\n")
    assert result.exit_code == OK
    assert "68家" in result.stdout
    assert "61家" in result.stdout
    assert "理解为：云溪县2023年高新技术企业多少家" in result.stderr
    listed = json_of(filled("chat", "--list", "--json"))["conversations"]
    assert listed[0]["turns"] == 2
    name = listed[0]["id"]
    more = _chat("那2024年呢？\n", "--resume", name[:8], "--json")
    assert json.loads(more.stdout)["turns"][0]["figures"] == ["68家"]
    out = tmp_path / "对话.md"
    assert filled("chat", "--export", out, "--resume", name).exit_code == OK
    assert out.read_text("utf-8").count("## ") == 3
    assert filled("chat", "--export", tmp_path / "last.md").exit_code == OK


def test_a_resumed_conversation_keeps_its_scope(filled: Run) -> None:
    _chat("云溪县高新技术企业多少家\n", "--year", "2023")
    name = json_of(filled("chat", "--list", "--json"))["conversations"][0]["id"]
    again = _chat("云溪县高新技术企业多少家\n", "--resume", name)
    assert "61家" in again.stdout
    assert "范围沿用" in again.stderr
    other = _chat("云溪县高新技术企业多少家\n", "--resume", name, "--year", "2024")
    assert "68家" in other.stdout


def test_an_unknown_kind(filled: Run) -> None:
    assert filled("ask", "高新技术企业多少家", "--kind", "诗歌").exit_code == 2


def test_a_bad_question_does_not_end_a_conversation(filled: Run) -> None:
    result = _chat(f"{'问' * 5_000}\n云溪县2024年高新技术企业多少家\n")
    assert result.exit_code == OK
    assert "超过" in result.stderr
    assert "68家" in result.stdout


def test_no_conversation_to_export(run: Run, tmp_path: Path) -> None:
    assert run("chat", "--export", tmp_path / "x.md").exit_code == INPUT
    assert json_of(run("chat", "--list", "--json"))["conversations"] == []
