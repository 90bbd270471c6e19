from __future__ import annotations

from pathlib import Path

import pytest

from assistant import llm
from assistant.cli import exits
from assistant.llm import ScriptedChatModel
from assistant.service import resources
from assistant.settings import Settings

from .conftest import Run, json_of, process

SAMPLE = Path(__file__).parents[2] / "knowledge_base"


@pytest.fixture
def small_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample archive with one report, one policy and its facts."""
    folder = tmp_path / "sample"
    for kind, pattern in (
        ("reports", "云溪县科学技术局2024*"),
        ("policies", "云溪县科技特派员*"),
        ("facts", resources.SAMPLE_FACTS),
    ):
        (folder / kind).mkdir(parents=True)
        for path in (SAMPLE / kind).glob(pattern):
            (folder / kind / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(resources, "sample_archive", lambda: folder)
    return folder


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    model = ScriptedChatModel(answers=("主题：推进创新\n第一组：加强企业培育",), cycle=True)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "scripted")
    monkeypatch.setattr(llm, "chat_model", lambda settings: model, raising=False)


def test_demo_runs_all_steps_and_reuses_them(run: Run, small_sample: Path, scripted: None) -> None:
    first = run("demo")
    assert first.exit_code == exits.OK, first.stderr
    assert "【1/3】" in first.stderr
    assert "【3/3】" in first.stderr
    assert "收入 2，未变 0，未收入 0" in first.stdout
    assert {path.name.split(".", 1)[1] for path in Path("out").iterdir()} == {
        "draft.md",
        "draft.docx",
        "provenance.md",
        "findings.md",
        "findings.json",
    }
    assert "接下来可以试试" in first.stdout
    second = json_of(run("demo", "--json"))
    assert {row["status"] for row in second["files"]} == {"unchanged"}
    assert second["provenance"]["carried"] == second["provenance"]["facts"]


def test_demo_without_a_model_stops_before_anything_is_written(
    run: Run, small_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_MODELS_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    result = run("demo")
    assert result.exit_code == exits.MODEL
    assert "代码：model.missing" in result.stderr
    assert not Path("out").exists()


@pytest.mark.model
def test_a_section_with_the_embedded_model_as_a_process(embedded_settings: Settings, tmp_path: Path) -> None:
    done = process(
        "draft",
        SAMPLE / "facts" / resources.SAMPLE_FACTS,
        "--section",
        "聚焦乡村振兴",
        "-o",
        tmp_path / "out",
        ASSISTANT_MODELS_DIR=str(embedded_settings.models),
    )
    assert done.returncode in (exits.OK, exits.FINDINGS), done.stderr
    text = (tmp_path / "out" / "yunxi-2025.draft.md").read_text(encoding="utf-8")
    assert all(figure in text for figure in ("142名", "112场次", "5740人次", "81项"))
    assert "Traceback" not in done.stderr
