"""The benchmark itself, on cases made here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "checking.py"
TEXT = "一、2025年工作回顾\n新认定高新技术企业32家，技术合同登记额5.6亿元。\n  增长目标【待补充】。"


def case(text: str, errors: list[dict[str, object]]) -> dict[str, object]:
    items = [{"id": "F1", "text": "新认定高新技术企业23家"}, {"id": "F2", "text": "技术合同登记额5.6亿元"}]
    return {
        "doc_id": "made",
        "text": text,
        "year": 2025,
        "sources": [{"id": "facts", "type": "facts", "items": items}],
        "errors": errors,
    }


def error(kind: str, written: str, needs: str) -> dict[str, object]:
    start = TEXT.index(written)
    return {"kind": kind, "start": start, "end": start + len(written), "needs": [needs], "related": []}


def run(tmp_path: Path, *more: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    errors = [error("digit_transposition", "32", "facts"), error("placeholder", "【待补充】", "doc")]
    cases, clean = tmp_path / "cases.jsonl", tmp_path / "clean.jsonl"
    cases.write_text(json.dumps(case(TEXT, errors), ensure_ascii=False) + "\n", encoding="utf-8")
    right = TEXT.replace("32家", "23家").replace("【待补充】", "已明确")
    clean.write_text(json.dumps(case(right, []), ensure_ascii=False) + "\n", encoding="utf-8")
    out, result = tmp_path / "out.jsonl", tmp_path / "result.json"
    arguments = ["--cases", cases, "--clean", clean, "--predictions", out, "--json", result]
    subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments), *more], check=True, capture_output=True
    )
    alarms = json.loads(out.read_text(encoding="utf-8"))["alarms"]
    return json.loads(result.read_text(encoding="utf-8")), alarms


def test_recall_false_alarms_and_offsets(tmp_path: Path) -> None:
    result, alarms = run(tmp_path)
    assert result["cases"]["recall"] == 1.0  # type: ignore[index]
    assert result["clean"]["alarms"] == 0  # type: ignore[index]
    counted = {a["kind"]: TEXT[a["start"] : a["end"]] for a in alarms if a["severity"] != "info"}  # type: ignore[misc]
    assert counted["digit_transposition"] == "32家"
    assert "待补充" in counted["placeholder"]


def test_without_facts_only_what_the_text_shows_is_measured(tmp_path: Path) -> None:
    result, _ = run(tmp_path, "--no-facts")
    assert list(result["cases"]["kinds"]) == ["placeholder"]  # type: ignore[index]
    assert result["cases"]["recall"] == 1.0  # type: ignore[index]
