"""Progress on stderr: bars where somebody watches, plain lines where it is written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from assistant.records import Progress, Report
from assistant.wording import Wording

_STEPS = 10  # plain lines tell every tenth part
_MEGABYTE = 1_000_000
_IN_BYTES = ("download", "verify")
_PAGES = "recognise"


@contextmanager
def bars(console: Console, wording: Wording) -> Iterator[Report]:
    """One bar for each stage, drawn in place."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, transient=False) as drawn:
        tasks: dict[str, TaskID] = {}

        def report(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = drawn.add_task("", total=None, count="")
            drawn.update(
                tasks[progress.stage],
                description=f"{_begun(progress, wording)} {progress.detail}",
                completed=progress.done,
                total=progress.total or None,
                count="" if progress.stage == _PAGES else counted(progress),
            )

        yield report


@contextmanager
def lines(console: Console, wording: Wording) -> Iterator[Report]:
    """A line when a stage begins, at each tenth part of it, and when it ends."""
    told: dict[str, tuple[int, str]] = {}

    def report(progress: Progress) -> None:
        step = progress.done * _STEPS // progress.total if progress.total else 0
        now = step, progress.detail if progress.stage == _PAGES else ""
        if told.get(progress.stage) != now:
            told[progress.stage] = now
            count = "" if progress.stage == _PAGES else f" {counted(progress)}"
            console.print(f"{_begun(progress, wording)}{count} {progress.detail}".rstrip())

    yield report


def _begun(progress: Progress, wording: Wording) -> str:
    """What is being done now: of pages, the one after those that are recognised."""
    if progress.stage != _PAGES:
        return stage_name(progress.stage, wording)
    page = min(progress.done + 1, progress.total)
    return wording.say("reading.page", page=page, pages=progress.total)


def stage_name(stage: str, wording: Wording) -> str:
    """The stage in the reader's language; a stage without a message shows as it is."""
    key = f"stage.{stage}"
    return wording.say(key) if key in wording else stage


def counted(progress: Progress) -> str:
    """Done and total; bytes in megabytes."""
    divisor, unit = (_MEGABYTE, " MB") if progress.stage in _IN_BYTES else (1, "")
    done, total = progress.done // divisor, progress.total // divisor
    return f"{done}/{total}{unit}" if total else f"{done}{unit}"
