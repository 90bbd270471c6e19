"""The parsers of dangerous formats run in a child process with limits on memory and time.

One or two children stay warm and take many files. Bytes go in, plain JSON comes out; a child that crashes,
hangs or grows too large is ended, and the file becomes a coded refusal.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from threading import Lock
from typing import IO, Any

from assistant.errors import FileRefused, FileUnreadable, InputError, Language, Said
from assistant.loaders.lines import SourceText, from_data, to_data

MAX_SECONDS = 25.0
MAX_MEMORY = 1_400 * 1024 * 1024
MAX_FILES = 500  # a child is replaced after so many, in case a parser leaks
_LENGTH = struct.Struct(">QQ")
_ERRORS: dict[str, type[InputError]] = {error.code: error for error in (FileRefused, FileUnreadable)}
_BOOT = "import sys; sys.path.insert(0, {root!r}); from assistant.loaders.worker import serve; serve()"


class _Silent(Exception):
    """The child gave no whole answer: it died, or its time was up (`late`)."""

    def __init__(self, late: bool) -> None:
        super().__init__()
        self.late = late


class Child:
    """One parsing process."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        keep = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
        self.files = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BOOT.format(root=root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in keep if key in os.environ} | {"PYTHONUTF8": "1"},
        )

    def ask(self, format_name: str, name: str, data: bytes, seconds: float) -> dict[str, Any]:
        """The child's answer to one file; raises `_Silent` when none comes."""
        assert self.process.stdin
        self.files += 1
        deadline = time.monotonic() + seconds
        question = json.dumps([format_name, name]).encode()
        try:
            self.process.stdin.write(_LENGTH.pack(len(question), len(data)) + question)
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except OSError as error:
            raise _Silent(late=False) from error
        (length, _) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        answer: dict[str, Any] = json.loads(self._read(length, deadline))
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        assert self.process.stdout
        pieces: list[bytes] = []
        poll = select.poll()  # select() itself fails beyond 1,024 open files
        poll.register(self.process.stdout, select.POLLIN | select.POLLHUP)
        while size:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise _Silent(late=True)
            piece = os.read(self.process.stdout.fileno(), min(size, 1 << 20))
            if not piece:
                raise _Silent(late=False)
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def stop(self) -> None:
        """End the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):  # unsent bytes for a process that is gone
                    stream.close()


_idle: list[Child] = []
_lock = Lock()


def read_limited(format_name: str, data: bytes, name: str, seconds: float = MAX_SECONDS) -> SourceText:
    """What the loader `format_name` reads from `data`, in a child process.

    Raises:
        FileUnreadable, FileRefused: as the loader says; or the parser died, or took too long.
    """
    child = _take()
    try:
        answer = child.ask(format_name, name, data, seconds)
    except _Silent as silent:
        child.stop()
        late = Said(f"解析超过 {seconds:g} 秒", f"reading it took more than {seconds:g} seconds")
        broken = Said(
            "解析时出错或内存超限，文件可能已损坏", "the parser failed or ran out of memory; it may be broken"
        )
        raise (FileRefused if silent.late else FileUnreadable)(
            name=name, reason=late if silent.late else broken
        ) from silent
    _give_back(child)
    if "error" in answer:
        raise _ERRORS[answer["error"]](name=name, reason=Said(*answer["reason"]))
    return from_data(answer)


def _take() -> Child:
    with _lock:
        child = _idle.pop() if _idle else None
    if child is not None and child.process.poll() is None:
        return child
    if child is not None:
        child.stop()
    return Child()


def _give_back(child: Child) -> None:
    with _lock:
        keep = len(_idle) < 2 and child.files < MAX_FILES
        if keep:
            _idle.append(child)
    if not keep:
        child.stop()


def stop_children() -> None:
    """End the warm children; the next file starts a new one."""
    with _lock:
        children = list(_idle)
        _idle.clear()
    for child in children:
        child.stop()


atexit.register(stop_children)


# -- in the child ---------------------------------------------------------------------------------


def serve() -> None:
    """The child's loop: a file in, its lines out, until the parent closes the pipe."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while header := source.read(_LENGTH.size):
        question_size, data_size = _LENGTH.unpack(header)
        format_name, name = json.loads(_exactly(source, question_size))
        answer = json.dumps(_answer(format_name, name, _exactly(source, data_size))).encode()
        target.write(_LENGTH.pack(len(answer), 0) + answer)
        target.flush()


def _answer(format_name: str, name: str, data: bytes) -> dict[str, Any]:
    """The loader's result, or its coded error. Anything else ends the child, which the parent reports."""
    from assistant.loaders.formats import FORMATS

    row = next(row for row in FORMATS if row.name == format_name)
    try:
        return to_data(row.read(data, name))
    except InputError as error:
        return {"error": error.code, "reason": [_reason(error, "zh"), _reason(error, "en")]}


def _reason(error: InputError, language: Language) -> str:
    reason = error.details.get("reason", "")
    return getattr(reason, language) if isinstance(reason, Said) else str(reason)


def _exactly(source: IO[bytes], size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
