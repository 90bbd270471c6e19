"""The measuring program runs on the suite that it ships, and writes what others can score."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "benchmarks" / "quantities.py"
SUITE = ROOT / "benchmarks" / "data" / "quantities.jsonl"


def run(*arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return result.stdout


def test_the_shipped_suite(tmp_path: Path) -> None:
    predictions, figures = tmp_path / "predictions.jsonl", tmp_path / "figures.json"
    printed = run("--predictions", str(predictions), "--json", str(figures))
    assert "ours" in printed
    measured = json.loads(figures.read_text("utf-8"))["ours"]
    assert measured["f1"] >= 0.99
    assert measured["values"] >= 0.99
    assert measured["spurious"] == 0
    cases = [json.loads(line) for line in SUITE.read_text("utf-8").splitlines()]
    lines = [json.loads(line) for line in predictions.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == [case["id"] for case in cases]
    for case, line in zip(cases, lines, strict=True):
        wanted = {(span["start"], span["end"]): span for span in case["expected"]}
        for span in line["spans"]:
            expected = wanted[span["start"], span["end"]]
            assert (span["kind"], span["unit"]) == (expected["kind"], expected["unit"]), case["id"]
            assert set(span) == {"start", "end", "value", "unit", "kind"}


def test_peers_that_are_missing_are_said_to_be() -> None:
    printed = run()
    for peer in ("recognizers-text", "jionlp"):
        assert f"{peer}: not installed, skipped" in printed or f"{peer} precision=" in printed


def test_optional_spans_are_neither_required_nor_penalised(tmp_path: Path) -> None:
    suite = tmp_path / "suite.jsonl"
    case = {
        "id": "a",
        "text": "五年来新增23家",
        "expected": [
            {"start": 0, "end": 2, "value": 5, "unit": "年", "kind": "optional"},
            {"start": 5, "end": 8, "value": 23, "unit": "家", "kind": "amount"},
        ],
    }
    suite.write_text(json.dumps(case, ensure_ascii=False) + "\n", "utf-8")
    assert "f1=1 values=1 spurious=0" in run("--suite", str(suite))


@pytest.mark.parametrize("spans", [[], [{"start": 0, "end": 3, "value": 1, "unit": "家", "kind": "amount"}]])
def test_a_missed_or_wrong_span_costs(tmp_path: Path, spans: list[dict[str, object]]) -> None:
    suite = tmp_path / "suite.jsonl"
    case = {"id": "a", "text": "新增23家", "expected": spans}
    suite.write_text(json.dumps(case, ensure_ascii=False) + "\n", "utf-8")
    assert "spurious=1" in run("--suite", str(suite))
