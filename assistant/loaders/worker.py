"""The process in which the parsers of dangerous formats run, with a limit on memory, and the pool of such processes.

One or two children stay warm and take many files. Bytes go in, plain JSON comes out: one answer for a file, or
one for each of its pages. `limited.py` waits for the answers and ends a child that crashes, hangs or grows.
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO, Any

from assistant.errors import InputError, Language, Said
from assistant.loaders.lines import to_data
from assistant.loaders.page import page_to_data

MAX_MEMORY = 1_400 * 1024 * 1024
_MAX_ADDRESSES = 4 * MAX_MEMORY  # mapped libraries and reserved stacks are addresses, not memory
MAX_FILES = 500  # a child is replaced after so many, in case a parser leaks
_LENGTH = struct.Struct(">QQ")
_BOOT = "import sys; sys.path.insert(0, {root!r}); from assistant.loaders.worker import serve; serve()"


class Silent(Exception):
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
        self.busy = False
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BOOT.format(root=root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in keep if key in os.environ} | {"PYTHONUTF8": "1"},
        )

    def ask(self, format_name: str, name: str, data: bytes, first: int = 0, careful: bool = False) -> None:
        """Hand a file over, or its pages from `first` on; `receive` waits for the answers.

        Raises `Silent` when the child is gone.
        """
        assert self.process.stdin
        self.files += 1
        self.busy = True
        question = json.dumps([format_name, name, first, careful]).encode()
        try:
            self.process.stdin.write(_LENGTH.pack(len(question), len(data)) + question)
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except OSError as error:
            raise Silent(late=False) from error

    def receive(self, seconds: float) -> dict[str, Any]:
        """The next answer: a "page", after which more comes, or the last. Raises `Silent` when none comes in time."""
        deadline = time.monotonic() + seconds
        (length, _) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        answer: dict[str, Any] = json.loads(self._read(length, deadline))
        self.busy = "page" in answer
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        assert self.process.stdout
        pieces: list[bytes] = []
        poll = select.poll()  # select() itself fails beyond 1,024 open files
        poll.register(self.process.stdout, select.POLLIN | select.POLLHUP)
        while size:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise Silent(late=True)
            piece = os.read(self.process.stdout.fileno(), min(size, 1 << 20))
            if not piece:
                raise Silent(late=False)
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


@contextmanager
def warm_child() -> Iterator[Child]:
    """A child for one file; it is kept for the next unless it was left in the middle of an answer."""
    child = _take()
    try:
        yield child
    finally:
        _give_back(child)


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
        keep = len(_idle) < 2 and child.files < MAX_FILES and not child.busy
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
        format_name, name, first, careful = json.loads(_exactly(source, question_size))
        for told in _answers(format_name, name, first, careful, _exactly(source, data_size)):
            answer = json.dumps(told).encode()
            target.write(_LENGTH.pack(len(answer), 0) + answer)
            target.flush()


def _answers(format_name: str, name: str, first: int, careful: bool, data: bytes) -> Iterator[dict[str, Any]]:
    """The loader's result or its pages, or its coded error. Anything else ends the child, which the parent reports."""
    from assistant.loaders.formats import FORMATS

    row = next(row for row in FORMATS if row.name == format_name)
    try:
        if row.pages is None:
            yield to_data(row.read(data, name))
            return
        for page in row.pages(data, name, first, careful):
            yield {"page": page_to_data(page)}
        yield {"end": True}
    except InputError as error:
        yield {"error": error.code, "reason": [_reason(error, "zh"), _reason(error, "en")]}


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

    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_ADDRESSES, _MAX_ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
