"""What is got ready in the background while the page is in use already: the model, the sample archive."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import AssistantError, Language, PageFailed
from assistant.records import Progress, Report
from assistant.ui.rim import told

_log = logging.getLogger("assistant.ui")

Work = Callable[[Report], object]
OwnersWork = Callable[[str, Report], object]
_Key = tuple[str, str]
State = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far one piece of work is; `done` of `total` (0: unknown) in its `stage`."""

    name: str
    state: State = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    error: AssistantError | None = None


class _Ended(Exception):
    """Raised out of a report to end the work that reports."""


class Preparation:
    """Runs each work in a thread of its own; any thread may read the steps.

    `model` is one for all; `samples` begins for each owner when they first come. None: nothing to do.
    """

    def __init__(self, model: Work | None = None, samples: OwnersWork | None = None) -> None:
        self._model = model
        self._samples = samples
        self._steps: dict[_Key, Step] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def start(self) -> None:
        """Begin with what is needed by all."""
        self.begin("model", "")

    def begin(self, name: str, owner: str) -> bool:
        """Begin a work, or one that failed again; False when it runs already, is done, or is not known."""
        key, work = self._known(name, owner)
        with self._lock:
            step = self._steps.get(key)
            if work is None or self._ended.is_set() or (step and step.state != "failed"):
                return False
            self._steps[key] = Step(name)
            thread = threading.Thread(target=self._run, args=(key, work), name=f"prepare-{name}", daemon=True)
            self._threads.append(thread)
        thread.start()
        return True

    def steps(self, owner: str) -> tuple[Step, ...]:
        """How far everything is that this owner waits for."""
        with self._lock:
            return tuple(step for (_, of), step in self._steps.items() if of in ("", owner))

    def told(self, owner: str, language: Language) -> list[dict[str, object]]:
        """The same as plain data."""
        return [
            {
                "name": step.name,
                "state": step.state,
                "stage": step.stage,
                "done": step.done,
                "total": step.total,
                "error": told(step.error, language)["error"] if step.error else None,
            }
            for step in self.steps(owner)
        ]

    def _known(self, name: str, owner: str) -> tuple[_Key, Work | None]:
        if name == "model":
            return (name, ""), self._model
        samples = self._samples
        if name == "samples" and samples is not None:
            return (name, owner), lambda report: samples(owner, report)
        return (name, owner), None

    def close(self, wait: float = 1.5) -> None:
        """End what runs, at its next report; at most `wait` seconds a work."""
        self._ended.set()
        for thread in self._threads:
            thread.join(wait)

    def _run(self, key: _Key, work: Work) -> None:
        def report(progress: Progress) -> None:
            if self._ended.is_set():
                raise _Ended
            self._set(key, stage=progress.stage, done=progress.done, total=progress.total)

        try:
            work(report)
        except _Ended:
            return
        except AssistantError as error:
            self._set(key, state="failed", error=error)
        except Exception as error:  # noqa: BLE001 - the rim of this thread: the page goes on and tells it
            _log.error("preparing %s: unforeseen %s", key[0], type(error).__name__, exc_info=error)
            self._set(key, state="failed", error=PageFailed(kind=type(error).__name__))
        else:
            self._set(key, state="done")

    def _set(self, key: _Key, **changes: object) -> None:
        with self._lock:
            self._steps[key] = replace(self._steps[key], **changes)  # type: ignore[arg-type]
