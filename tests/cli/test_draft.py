from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pytest
from langchain_core.messages import BaseMessage

from assistant import llm
from assistant.cli import exits
from assistant.errors import ModelTimeout
from assistant.llm import Fault, ScriptedChatModel

from .conftest import Run, json_of

FACTS = """---
title: 云溪县科学技术局2025年工作总结
organisation: 云溪县科学技术局
year: 2025
genre: annual-summary
---
# 一、2025年工作开展情况
## （一）聚焦创新要素，激发创新活力
- 新认定高新技术企业23家，有效高新技术企业总量达86家
- 技术合同登记额xx亿元
## （二）强化科技强农
- 选任科技特派员126名，开展培训215次
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.md"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> ScriptedChatModel:
    """The shipped double in the place of the settings' model."""
    model = ScriptedChatModel(answers=("主题：推进创新\n第一组：加强企业培育",), cycle=True)
    use(monkeypatch, model)
    return model


def use(monkeypatch: pytest.MonkeyPatch, model: ScriptedChatModel) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "scripted")
    monkeypatch.setattr(llm, "chat_model", lambda settings: model, raising=False)


def test_draft_leaves_five_files(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    result = run("draft", facts, "-o", "out", "--date", "2026-01-08")
    assert result.exit_code in (exits.OK, exits.FINDINGS), result.stderr
    names = {path.name for path in Path("out").iterdir()}
    assert names == {
        "facts.draft.md",
        "facts.draft.docx",
        "facts.provenance.md",
        "facts.findings.md",
        "facts.findings.json",
    }
    text = Path("out/facts.draft.md").read_text(encoding="utf-8")
    assert "新认定高新技术企业23家" in text
    assert "技术合同登记额xx亿元" in text
    assert docx.Document("out/facts.draft.docx").paragraphs[-1].text == "2026年1月8日"
    assert "F01" in Path("out/facts.provenance.md").read_text(encoding="utf-8")
    assert json.loads(Path("out/facts.findings.json").read_text(encoding="utf-8"))["version"] == 1
    assert "事实 3 条，写入 3 条" in result.stdout
    assert scripted.prompts


def test_draft_streams_its_sections(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    shown = run("draft", facts).stderr
    assert "［2/3］（一）聚焦创新要素，激发创新活力" in shown
    assert shown.index("［3/3］") > shown.index("新认定高新技术企业23家")


def test_draft_as_json(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    payload = json_of(run("draft", facts, "--json"))
    assert payload["finished"]
    assert payload["draft"]["title"] == "云溪县科学技术局2025年工作总结"
    assert payload["provenance"]["carried"] == 3
    assert set(payload["outputs"]) == {
        "draft_markdown",
        "draft_word",
        "provenance",
        "findings",
        "findings_json",
    }


def test_a_file_name_as_output_names_all_files(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    run("draft", facts, "-o", "report.docx")
    assert Path("report.docx").exists()
    assert Path("report.md").exists()
    assert Path("report.provenance.md").exists()


def test_one_section_alone(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    payload = json_of(run("draft", facts, "--section", "科技强农", "--json"))
    assert [section["heading"] for section in payload["draft"]["sections"]] == ["（二）强化科技强农"]
    assert not [finding for finding in payload["findings"] if finding["rule"] == "facts.omitted"]


def test_an_unknown_section_is_told(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    result = run("draft", facts, "--section", "工业")
    assert result.exit_code == exits.INPUT
    assert "没有名为“工业”的章节" in result.stderr
    assert not Path("out").exists()


def test_the_facts_file_is_never_replaced(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    result = run("draft", facts, "-o", facts)
    assert result.exit_code == exits.EXPORT
    assert facts.read_text(encoding="utf-8") == FACTS


def test_a_folder_that_cannot_be_made_is_told(run: Run, facts: Path, scripted: ScriptedChatModel) -> None:
    Path("out").write_text("a file", encoding="utf-8")
    result = run("draft", facts, "-o", "out")
    assert result.exit_code == exits.EXPORT
    assert "代码：export.failed" in result.stderr


@pytest.mark.parametrize("day", ["2026-13-01", "昨天"])
def test_a_date_that_is_none_is_a_usage_error(run: Run, facts: Path, day: str) -> None:
    result = run("draft", facts, "--date", day)
    assert result.exit_code == exits.USAGE
    assert f"“{day}”不是日期" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.md", None, "input.unreadable"),
        ("empty.md", b"", "input.facts"),
        ("nothing.md", "# 一、工作\n\n## （一）创新\n".encode(), "input.facts"),
        ("bytes.md", bytes(range(256)) * 20, "input.unreadable"),
        ("twice.md", "# 一、工作\n- 新增3家\n# 一、工作\n- 新增4家\n".encode(), "input.facts"),
        ("facts.exe", b"MZ", "input.format"),
    ],
)
def test_facts_that_cannot_be_used(
    run: Run, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("draft", tmp_path / name)
    assert result.exit_code == exits.INPUT, result.stderr
    assert f"代码：{code}" in result.stderr
    assert "建议：" in result.stderr
    assert not Path("out").exists()


def test_without_weights_and_network_the_facts_are_written_and_the_error_told(
    run: Run, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    result = run("draft", facts)
    assert result.exit_code == exits.MODEL
    assert "代码：model.missing" in result.stderr
    assert "assistant models pull" in result.stderr
    assert "新认定高新技术企业23家" in Path("out/facts.draft.md").read_text(encoding="utf-8")


def test_an_endpoint_that_refuses_is_told_and_the_facts_are_written(
    run: Run, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "any")
    result = run("draft", facts, "--json")
    assert result.exit_code == exits.MODEL
    payload = json_of(result)
    assert payload["error"]["code"] == "model.unavailable"
    assert payload["provenance"]["carried"] == 3


def test_a_model_that_stalls_once_leaves_one_plain_section(
    run: Run, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ("主题：推进创新\n第一组：加强企业培育",)
    use(
        monkeypatch,
        ScriptedChatModel(answers=answers, cycle=True, faults=(Fault(ModelTimeout(seconds=1), call=0),)),
    )
    result = run("draft", facts)
    assert result.exit_code == exits.MODEL
    assert "代码：model.timeout" in result.stderr
    assert "事实 3 条，写入 3 条" in result.stdout


def test_outline(run: Run, facts: Path) -> None:
    assert "F03 选任科技特派员126名" in run("outline", facts).stdout
    sections = json_of(run("outline", facts, "--json"))["sections"]
    assert [len(section["facts"]) for section in sections] == [0, 2, 1]


class _Slow(BaseHTTPRequestHandler):
    """Refuses a request after some seconds of silence; `asked` is set when one came."""

    asked = threading.Event()

    def do_POST(self) -> None:
        self.asked.set()
        time.sleep(3)
        with suppress(ConnectionError):
            self.send_error(400)

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def slow_endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()
    _Slow.asked.clear()


def test_ctrl_c_keeps_what_is_finished(facts: Path, tmp_path: Path, slow_endpoint: str) -> None:
    environment = {**os.environ, "OPENAI_BASE_URL": slow_endpoint, "ASSISTANT_CHAT_MODEL": "slow"}
    running = subprocess.Popen(
        [sys.executable, "-m", "assistant", "draft", str(facts), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
        text=True,
        encoding="utf-8",
    )
    assert _Slow.asked.wait(240)
    running.send_signal(signal.SIGINT)
    stdout, stderr = running.communicate(timeout=120)
    assert running.returncode == exits.INTERRUPTED, stderr
    assert "已停止" in stderr
    assert "未完成" in stderr
    # Only Python itself may show one, where the interrupt came while a weakref's callback ran.
    assert "Traceback" not in stderr or "Exception ignored in" in stderr, stderr
    assert (tmp_path / "out" / "facts.draft.md").exists()
    assert "初稿" in stdout


class _Dropping(ScriptedChatModel):
    """Ctrl-C comes with its first answer, at a moment when Python drops the exception."""

    def _answer(self, messages: list[BaseMessage], call: int) -> str:
        thing = type("Thing", (), {})()
        callback = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
        del thing
        assert callback() is None
        return super()._answer(messages, call)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_drops_counts(
    run: Run, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, _Dropping(answers=("主题：推进创新",), cycle=True))
    result = run("draft", facts, "-o", "out")
    assert result.exit_code == exits.INTERRUPTED
    assert "未完成" in result.stderr
    assert Path("out/facts.draft.md").exists()
