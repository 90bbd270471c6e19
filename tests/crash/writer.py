"""Forks processes that work on an archive and are killed at a given moment.

One JSON line in: home, files, remove (a document id), step and nth (die at the nth time of this step) or
seconds (be killed after so long). One JSON line out: acknowledged (what the process had finished), killed.
Everything is imported before the first fork, so that a run takes milliseconds, not seconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.archive import Archive
from assistant.archive.indexing import Step
from assistant.llm import HashingEmbeddings
from assistant.settings import Settings


def die_at(step: str, nth: int) -> Callable[[Step], None]:
    """An `on_step` that pulls the plug."""
    left = nth

    def on_step(reached: Step) -> None:
        nonlocal left
        left -= reached == step
        if reached == step and left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_step


def work(order: dict[str, Any], acknowledge: int) -> None:
    """Ingest the files, remove the document; say what is finished."""
    settings = Settings(home=Path(order["home"]))
    on_step = die_at(order.get("step", ""), order.get("nth", 1))
    with Archive.open(settings, HashingEmbeddings(64), on_step=on_step) as archive:
        rows = archive.ingest(order["files"])
        if all(row.status != "failed" for row in rows):
            os.write(acknowledge, b"ingested ")
        if order["remove"]:
            archive.remove(order["remove"])
            os.write(acknowledge, b"removed ")


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Fork, let work, kill if asked, wait."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(2, 1)
        code = 1
        try:
            work(order, writing)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        acknowledged = pipe.read().split()
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"acknowledged": acknowledged, "killed": killed, "failed": not killed and status != 0}


if __name__ == "__main__":
    for name in ("chromadb", "chromadb.config", "chromadb.api.rust", "httpx", "assistant.loaders.plain"):
        import_module(name)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
