"""A loopback server that plays endpoints of every temper, and wheels built for the pulls of the tests."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.llm.weights import Part, Weights

Answer = Callable[["Handler"], None]


@dataclass
class Endpoint:
    """A server on loopback: each request takes the next of `answers`, the last one again and again."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        number = len(self.endpoint.bodies)
        self.endpoint.bodies.append(body)
        self.endpoint.keys.append(self.headers.get("authorization", ""))
        answers = self.endpoint.answers
        answers[min(number, len(answers) - 1)](self)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        return

    def head(self, status: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def give(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


def pieces(*texts: str, finish: str | None = "stop", pause: float = 0.0) -> Answer:
    """A stream of `texts`, ended as the interface says unless `finish` is None."""

    def answer(handler: Handler) -> None:
        handler.head(200, "text/event-stream")
        for text in texts:
            handler.give(_event({"content": text}, None))
            time.sleep(pause)
        if finish is not None:
            handler.give(_event({}, finish) + "data: [DONE]\n\n")

    return answer


def status(code: int, message: str = "no", **headers: str) -> Answer:
    """An error as endpoints tell it."""

    def answer(handler: Handler) -> None:
        handler.head(code, "application/json", **headers)
        handler.give(json.dumps({"error": {"message": message, "code": code}}))

    return answer


def raw(text: str, kind: str = "text/event-stream") -> Answer:
    """Whatever `text` is."""

    def answer(handler: Handler) -> None:
        handler.head(200, kind)
        handler.give(text)

    return answer


def stall(before: str = "", comments: bool = False, seconds: float = 5.0) -> Answer:
    """A stream that says `before` and then nothing more, or only comments, for some time."""

    def answer(handler: Handler) -> None:
        handler.head(200, "text/event-stream")
        if before:
            handler.give(_event({"content": before}, None))
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                time.sleep(0.1)
                if comments:
                    handler.give(": still here\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    return answer


def cut(text: str) -> Answer:
    """A chunked answer whose connection ends in the middle of a character."""

    def answer(handler: Handler) -> None:
        handler.head(200, "text/event-stream", Transfer_Encoding="chunked")
        data = _event({"content": text}, None).encode()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.write(b"40\r\n" + 'data: {"choices": [{"delta": {"content": "半'.encode()[:-1])
        handler.wfile.flush()

    return answer


def _event(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


@contextmanager
def running_endpoint() -> Iterator[Endpoint]:
    """A running `Endpoint`; set its `answers` before asking."""
    handler = type("Bound", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield handler.endpoint
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A running `Endpoint` for one test."""
    with running_endpoint() as running:
        yield running


def build_wheel(folder: Path, name: str, data: bytes) -> Path:
    """A minimal wheel of `name` 1.0 that carries `data`, and raises when it is imported."""
    stem = f"{name.replace('-', '_')}-1.0"
    path = folder / f"{stem}-py3-none-any.whl"
    module = stem.split("-")[0]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{module}/__init__.py", "raise AssertionError('imported')\n")
        wheel.writestr(f"{module}/data.bin", data)
        wheel.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{stem}.dist-info/RECORD", "")
    return path


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is pip's only source, without any network."""
    folder = tmp_path / "source"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return folder


@pytest.fixture
def weights(source: Path) -> Weights:
    """Weights of three parts of 40,000 bytes, offered as wheels in `source`."""
    blocks = [hashlib.sha256(f"{number}".encode()).digest() * 1250 for number in range(3)]
    parts = []
    for number, block in enumerate(blocks, 1):
        build_wheel(source, f"toy-model-part{number}", block)
        parts.append(Part(f"toy-model-part{number}==1.0", len(block), hashlib.sha256(block).hexdigest()))
    whole = b"".join(blocks)
    return Weights("toy", "none", "toy.gguf", len(whole), hashlib.sha256(whole).hexdigest(), tuple(parts))
