"""llama.cpp on this machine: its own HTTP server in a child process, on loopback, behind a random key.

The child is a fresh interpreter that holds nothing but the server: `Servers` in the parent starts it on first
use, over a pipe that tells it its parameters and whose end tells it to go. It dies with its parent, however that
one ends, and is started anew when it is gone. What it prints goes to `logs/chat-server.log` in the data folder.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from assistant.errors import ModelUnavailable, Said
from assistant.llm import machine
from assistant.llm.weights import PINNED, ready
from assistant.settings import Settings

if TYPE_CHECKING:
    import xllamacpp

_START_SECONDS = 180.0
_STOP_SECONDS = 5.0
_HOST_CACHE_MIB = 512
_BATCH = 256
"""Tokens of a prompt that are read between two words of progress; larger batches are hardly faster here."""
_BYTES_A_TOKEN = 28_672
"""Keys and values of one token: 28 layers × 2 × 2 heads × 128 values × 2 bytes."""
_WORKING_BYTES = 450_000_000
_LONGEST_LOG = 5_000_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the child is told; two callers with equal parameters share one server."""

    name: str
    weights: str
    context: int
    threads: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server listens, and the key that it asks for."""

    host: str
    port: int
    key: str


class LlamaServer:
    """One child process with llama.cpp in it, started when its address is first asked for."""

    def __init__(self, parameters: Parameters, log: Path) -> None:
        self._parameters = parameters
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._address: Address | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Process id of the running child; None when there is none."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def address(self) -> Address:
        """The address of the running server; starts it when there is none or it has died.

        Raises:
            ModelResources: too little memory.
            ModelUnavailable: it did not start.
        """
        with self._lock:
            if self.pid is None or self._address is None:
                self._end()
                self._address = self._start()
            return self._address

    def stop(self) -> None:
        """End the child, if it runs, and wait until it is gone; also while it still loads the model."""
        process = self._process
        if process is not None:
            process.terminate()  # before the lock, which whoever starts it holds until it answers
        with self._lock:
            self._end()

    def _start(self) -> Address:
        size = Path(self._parameters.weights).stat().st_size
        machine.need_memory(size + self._parameters.context * _BYTES_A_TOKEN + _WORKING_BYTES)
        key = secrets.token_urlsafe(24)
        with _log_file(self._log) as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from assistant.llm.embedded import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_child_environment(),
                start_new_session=True,
            )
        answer = _greet(self._process, {**asdict(self._parameters), "key": key})
        if not answer:
            self._end()
            raise ModelUnavailable(reason=Said(zh="内置模型未能启动", en="the embedded model did not start"))
        return Address(host="127.0.0.1", port=int(answer.rsplit(b":", 1)[1]), key=key)

    def _end(self) -> None:
        process, self._process, self._address = self._process, None, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


_servers: dict[Parameters, LlamaServer] = {}
_servers_lock = threading.Lock()


def server(settings: Settings) -> LlamaServer:
    """This process's server for `settings`, not yet started.

    Raises:
        ModelMissing: the weights are not there.
        ModelCorrupt: the weights are not the pinned ones.
    """
    threads = settings.chat_threads or machine.cores()
    parameters = Parameters(PINNED.name, str(ready(settings)), settings.chat_context, threads)
    with _servers_lock:
        if not _servers:
            atexit.register(shutdown)
        if parameters not in _servers:
            _servers[parameters] = LlamaServer(parameters, settings.home / "logs" / "chat-server.log")
        return _servers[parameters]


def shutdown() -> None:
    """End every server of this process; a later call of a model starts it anew."""
    with _servers_lock:
        running = list(_servers.values())
    for each in running:
        each.stop()


def _child_environment() -> dict[str, str]:
    """This process's environment without the settings and keys, set for a machine that has other work too."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))
    }
    here = str(Path(__file__).parents[2])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "OMP_WAIT_POLICY": "passive",
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONSAFEPATH": "1",
    }


def _log_file(path: Path) -> BinaryIO:
    """The child's log, emptied when it has grown long."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.is_file() or path.stat().st_size > _LONGEST_LOG
    return path.open("wb" if fresh else "ab")


def _greet(process: subprocess.Popen[bytes], parameters: dict[str, Any]) -> bytes:
    """Tell the child its parameters; its address, or nothing when it ended or took too long."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(parameters).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return b""
    readable, _, _ = select.select([process.stdout], [], [], _START_SECONDS)
    return process.stdout.readline().strip() if readable else b""


def serve() -> None:
    """The child's main: serve until the parent closes the pipe or is gone."""
    import xllamacpp

    answer = os.dup(1)
    os.dup2(2, 1)
    told = json.loads(sys.stdin.buffer.readline())
    parent = os.getppid()
    threading.Thread(target=_leave_with_parent, args=(parent,), daemon=True).start()
    running = xllamacpp.Server(_llama_parameters(told))
    os.write(answer, running.listening_address.encode() + b"\n")
    os.close(answer)
    sys.stdin.buffer.read()
    os._exit(0)


def _leave_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)


def _llama_parameters(told: dict[str, Any]) -> xllamacpp.CommonParams:
    """llama.cpp's parameters: one slot, a key, nothing else open."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = told["weights"]
    parameters.model_alias = {told["name"]}
    parameters.n_ctx = told["context"]
    parameters.n_parallel = 1
    parameters.n_batch = _BATCH
    parameters.n_ubatch = _BATCH
    parameters.cpuparams.n_threads = told["threads"]
    parameters.cpuparams_batch.n_threads = told["threads"]
    parameters.cache_ram_mib = _HOST_CACHE_MIB
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [told["key"]]
    parameters.cors_origins = ""
    parameters.cors_origins_explicit = True
    parameters.cors_credentials = False
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.sse_ping_interval = -1
    parameters.offline = True
    parameters.verbosity = 1
    return parameters
