from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest
from langchain_core.language_models import BaseChatModel

from assistant import llm
from assistant.errors import ModelMissing, ModelRejected, ModelResources, ModelUnavailable
from assistant.llm import embedded
from assistant.llm.embedded import LlamaServer, Parameters
from assistant.settings import Settings


def is_gone(pid: int, seconds: float = 15.0) -> bool:
    """Whether the process ends within `seconds`; one that nobody has waited for yet counts as ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        try:
            if state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False


def test_without_weights_the_first_call_says_so(tmp_path: Path) -> None:
    model = llm.chat_model(Settings(home=tmp_path, models_dir=tmp_path))
    with pytest.raises(ModelMissing):
        model.invoke("写")


def test_a_file_that_is_no_model_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"no model" * 1000)
    server = LlamaServer(Parameters("x", str(tmp_path / "x.gguf"), 2048, 1), tmp_path / "logs" / "server.log")
    with pytest.raises(ModelUnavailable) as caught:
        server.address()
    assert "未能启动" in caught.value.sentence("zh")
    assert server.pid is None
    assert (tmp_path / "logs" / "server.log").is_file()


def test_it_ends_also_while_it_loads(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.gguf")  # whoever opens it waits for a writer that never comes
    server = LlamaServer(Parameters("x", str(tmp_path / "x.gguf"), 2048, 1), tmp_path / "server.log")
    refused: list[Exception] = []

    def ask() -> None:
        try:
            server.address()
        except ModelUnavailable as error:
            refused.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while server.pid is None:
        time.sleep(0.05)
    pid = server.pid
    server.stop()
    asking.join(30)
    assert len(refused) == 1
    assert is_gone(pid)


def test_too_little_memory_is_told_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"")
    server = LlamaServer(Parameters("x", str(tmp_path / "x.gguf"), 10**12, 1), tmp_path / "server.log")
    with pytest.raises(ModelResources):
        server.address()
    assert server.pid is None


def test_the_child_knows_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    environment = embedded._child_environment()
    assert "secret" not in environment.values()
    assert environment["OMP_WAIT_POLICY"] == "passive"


@pytest.mark.model
def test_it_answers_whole_and_in_pieces(embedded_chat: BaseChatModel) -> None:
    answer = embedded_chat.invoke("用一句话介绍科技特派员。", max_tokens=16)
    assert answer.content
    assert answer.usage_metadata is not None  # type: ignore[attr-defined]
    assert "/" not in answer.response_metadata["model_name"]
    chunks = [chunk.content for chunk in embedded_chat.stream("从一数到五。", max_tokens=16)]
    assert len([content for content in chunks if content]) > 2


@pytest.mark.model
def test_a_grammar_binds_it(embedded_chat: BaseChatModel) -> None:
    bound = llm.with_grammar(embedded_chat, 'root ::= "选任科技特派员126名，" [\\u4e00-\\u9fff]{2,8} "。"')
    said = str(bound.invoke("写一句总结。").content)
    assert said.startswith("选任科技特派员126名，")
    assert said.endswith("。")


@pytest.mark.model
def test_a_broken_grammar_is_refused(embedded_chat: BaseChatModel) -> None:
    with pytest.raises(ModelRejected):
        llm.with_grammar(embedded_chat, "root ::= [").invoke("写")


@pytest.mark.model
def test_too_long_a_prompt_is_refused_never_cut(
    embedded_chat: BaseChatModel, embedded_settings: Settings
) -> None:
    with pytest.raises(ModelRejected) as caught:
        embedded_chat.invoke("科技特派员126名" * embedded_settings.chat_context)
    assert str(embedded_settings.chat_context) in caught.value.sentence("en")


@pytest.mark.model
def test_only_the_key_opens_it_and_only_here(
    embedded_chat: BaseChatModel, embedded_settings: Settings
) -> None:
    address = embedded.server(embedded_settings).address()
    url = f"http://{address.host}:{address.port}"
    body = {"messages": [{"role": "user", "content": "写"}], "max_tokens": 1}
    with httpx2.Client(trust_env=False, headers={"Origin": "http://page.invalid"}) as client:
        assert client.post(f"{url}/v1/chat/completions", json=body).status_code == 401
        assert client.get(f"{url}/v1/models").status_code == 401
        key = {"Authorization": f"Bearer {address.key}"}
        assert client.get(f"{url}/v1/models", headers=key).status_code == 200
        assert client.get(f"{url}/slots", headers=key).status_code >= 400
        page = client.get(f"{url}/", headers=key)
    assert page.status_code == 404
    assert not page.headers.get("access-control-allow-origin")
    assert address.host == "127.0.0.1"


@pytest.mark.model
def test_it_is_shared_restarts_when_it_died_and_ends_on_shutdown(
    embedded_chat: BaseChatModel, embedded_settings: Settings
) -> None:
    server = embedded.server(embedded_settings)
    server.address()
    first = server.pid
    assert embedded.server(embedded_settings) is server
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert is_gone(first)
    assert embedded_chat.invoke("写", max_tokens=2).content
    second = server.pid
    assert second not in (None, first)
    llm.shutdown()
    assert server.pid is None
    assert second is not None
    assert is_gone(second, 1)


@pytest.mark.model
def test_what_is_asked_does_not_reach_the_log(
    embedded_chat: BaseChatModel, embedded_settings: Settings
) -> None:
    embedded_chat.invoke("暗号是青山绿水", max_tokens=2)
    assert "青山" not in (embedded_settings.home / "logs" / "chat-server.log").read_text(errors="replace")


@pytest.mark.model
def test_another_program_has_its_own_and_it_dies_with_that_program(
    embedded_chat: BaseChatModel, embedded_settings: Settings, tmp_path: Path
) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from assistant.llm import embedded; from assistant.settings import Settings\n"
        "server = embedded.server(Settings(home=Path(sys.argv[1]), models_dir=Path(sys.argv[2]), chat_context=2048))\n"
        "server.address(); print(server.pid, flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(embedded_settings.models)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        assert embedded_chat.invoke("写", max_tokens=2).content
        program.send_signal(signal.SIGKILL)
    assert is_gone(child)
    assert embedded_chat.invoke("写", max_tokens=2).content


@pytest.mark.model
def test_a_program_that_ends_leaves_none(embedded_settings: Settings, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant import llm; from assistant.llm import embedded; from assistant.settings import Settings\n"
        "settings = Settings(home=Path(sys.argv[1]), models_dir=Path(sys.argv[2]), chat_context=2048)\n"
        "assert llm.chat_model(settings).invoke('写', max_tokens=2).content\n"
        "print(embedded.server(settings).pid)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(embedded_settings.models)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert is_gone(int(done.stdout))
    assert done.stderr == ""
