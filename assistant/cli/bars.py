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
                description=f"{stage_name(progress.stage, wording)} {progress.detail}",
                completed=progress.done,
                total=progress.total or None,
                count=counted(progress),
            )

        yield report


@contextmanager
def lines(console: Console, wording: Wording) -> Iterator[Report]:
    """A line when a stage begins, at each tenth part of it, and when it ends."""
    told: dict[str, int] = {}

    def report(progress: Progress) -> None:
        step = progress.done * _STEPS // progress.total if progress.total else 0
        if told.get(progress.stage, -1) != step:
            told[progress.stage] = step
            name = stage_name(progress.stage, wording)
            console.print(f"{name} {counted(progress)} {progress.detail}".rstrip())

    yield report


def stage_name(stage: str, wording: Wording) -> str:
    """The stage in the reader's language; a stage without a message shows as it is."""
    key = f"stage.{stage}"
    return wording.say(key) if key in wording else stage


def counted(progress: Progress) -> str:
    """Done and total; bytes in megabytes."""
    divisor, unit = (_MEGABYTE, " MB") if progress.stage in _IN_BYTES else (1, "")
    done, total = progress.done // divisor, progress.total // divisor
    return f"{done}/{total}{unit}" if total else f"{done}{unit}"
