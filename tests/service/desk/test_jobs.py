from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.archive.catalogue import Catalogue
from assistant.errors import DraftBusy, DraftUnknown, FileRefused, QueueFull
from assistant.service.desk.job import ENDED, RESTARTED, Job
from assistant.service.desk.jobs import Jobs
from assistant.service.desk.sharing import Line, SharedChat, Stopped
from assistant.service.desk.views import JobView

from .offices import scripted


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path)
    yield opened
    opened.close()


def a_job(owner: str = "writer", **more: object) -> Job:
    return Job(owner, "ingest", "收入资料", **more)  # type: ignore[arg-type]


def ended(jobs: Jobs, job: JobView, owner: str = "writer") -> JobView:
    until = time.monotonic() + 20
    while (view := jobs.job(owner, job.id)).state not in ENDED:
        assert time.monotonic() < until
        time.sleep(0.005)
    return view


class _Gate:
    """Work that waits until it is let go, or stopped."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun: list[str] = []

    def __call__(self, job: Job) -> str:
        self.begun.append(job.id)
        while not self.open.wait(0.01):
            job.check()
        return "完成"


def test_a_job_tells_its_steps_and_its_end(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1)

    def work(job: Job) -> str:
        job.tell("row", text="甲", detail="可检索 ✓")
        jobs.advance(job, 1, 2)
        return "收入 1 个"

    view = ended(jobs, jobs.start(a_job(total=2), work))
    assert (view.state, view.done, view.total, view.result) == ("done", 1, 2, "收入 1 个")
    told = asyncio.run(jobs.events("writer", view.id, 0, 5))
    assert [(one.n, one.type, one.text) for one in told.events] == [
        (1, "row", "甲"),
        (2, "finished", "收入 1 个"),
    ]
    assert (told.next, told.job) == (2, view)
    assert asyncio.run(jobs.events("writer", view.id, 2, 5)).events == ()
    assert asyncio.run(jobs.events("writer", view.id, -3, 5)).next == 2
    jobs.close()


def test_events_are_waited_for_without_a_thread(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1)
    gate = _Gate()
    view = jobs.start(a_job(), gate)

    async def both() -> int:
        waiting = [asyncio.create_task(jobs.events("writer", view.id, 0, 20)) for _ in range(50)]
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in waiting)
        gate.open.set()
        return sum(len(found.events) for found in await asyncio.gather(*waiting))

    assert asyncio.run(both()) == 50
    jobs.close()


def test_what_waits_is_begun_in_its_turn_and_no_more_than_fit(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1, waiting=4)
    gate = _Gate()
    views = [jobs.start(a_job(), gate) for _ in range(5)]
    with pytest.raises(QueueFull) as caught:
        jobs.start(a_job(), gate)
    assert "排队已满" in caught.value.sentence()
    assert len(jobs.listed("writer")) == 5
    gate.open.set()
    assert {ended(jobs, view).state for view in views} == {"done"}
    assert gate.begun == [view.id for view in views]
    jobs.close()


def test_one_that_waits_is_stopped_before_it_began(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1)
    gate = _Gate()
    first, second = jobs.start(a_job(), gate), jobs.start(a_job(), gate)
    assert jobs.stop("writer", second.id).state == "stopped"
    assert jobs.stop("writer", first.id).state in ("stopping", "stopped")
    assert ended(jobs, first).result == "已停止，已完成的内容都在"
    assert gate.begun == [first.id]
    assert jobs.stop("writer", first.id).state == "stopped"
    jobs.close()


@pytest.mark.parametrize(
    ("error", "code"),
    [(FileRefused(name="甲", reason="过大"), "input.refused"), (ZeroDivisionError(), "draft.job")],
)
def test_an_error_ends_the_job_with_its_code(catalogue: Catalogue, error: Exception, code: str) -> None:
    jobs = Jobs(catalogue, running=1)

    def work(job: Job) -> str:
        raise error

    view = ended(jobs, jobs.start(a_job(), work))
    assert view.state == "failed"
    assert view.error is not None
    assert view.error.code == code
    assert view.result == view.error.message
    assert "division" not in view.result
    after = ended(jobs, jobs.start(a_job(), lambda job: "好"))
    assert after.state == "done"
    jobs.close()


def test_a_restart_marks_what_was_interrupted_and_keeps_the_rest(tmp_path: Path) -> None:
    before = Catalogue(tmp_path)
    jobs = Jobs(before, running=1)
    done = ended(jobs, jobs.start(a_job(), lambda job: "完成"))
    gate = _Gate()
    left = [jobs.start(a_job(), gate) for _ in range(2)]
    after = Catalogue(tmp_path)
    again = Jobs(after, running=1)
    assert again.job("writer", done.id) == done
    for view in left:
        found = again.job("writer", view.id)
        assert (found.state, found.result) == ("stopped", RESTARTED)
    assert len(again.listed("writer")) == 3
    told = asyncio.run(again.events("writer", left[0].id, 0, 5))
    assert (told.job.state, told.events) == ("stopped", ())
    jobs.close()
    again.close()
    before.close()
    after.close()


def test_closing_stops_what_runs_and_what_waits(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1)
    gate = _Gate()
    views = [jobs.start(a_job(), gate) for _ in range(3)]
    jobs.close()
    assert {jobs.job("writer", view.id).state for view in views} == {"stopped"}
    assert not [thread for thread in threading.enumerate() if thread.name == "job"]


def test_jobs_of_another_owner_are_not_there(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=1)
    view = ended(jobs, jobs.start(a_job(), lambda job: "完成"))
    for call in (jobs.job, jobs.stop):
        with pytest.raises(DraftUnknown):
            call("somebody", view.id)
    with pytest.raises(DraftUnknown):
        asyncio.run(jobs.events("somebody", view.id, 0, 1))
    assert jobs.listed("somebody") == ()
    jobs.close()


def test_two_jobs_never_write_one_section(catalogue: Catalogue) -> None:
    jobs = Jobs(catalogue, running=4)
    gate = _Gate()
    jobs.start(a_job(draft_id="d", sections={"a": "queued"}), gate)
    jobs.start(a_job(draft_id="d", sections={"b": "queued"}), gate)
    jobs.start(a_job("somebody", draft_id="d", sections={"a": "queued"}), gate)
    with pytest.raises(DraftBusy):
        jobs.start(a_job(draft_id="d", sections={"b": "queued", "c": "queued"}), gate)
    jobs.close()


def test_a_line_is_first_come_first_served() -> None:
    line = Line()
    order: list[int] = []
    started = threading.Event()

    def wait(number: int) -> None:
        with line.turn(lambda: False):
            order.append(number)

    with line.turn(lambda: False):
        threads = []
        for number in range(8):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            while len(line._waiting) <= number:
                started.wait(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_who_gives_up_leaves_the_line() -> None:
    line = Line()
    with line.turn(lambda: False), pytest.raises(Stopped), line.turn(lambda: True):
        pass
    with line.turn(lambda: True):
        pass


def test_a_shared_model_answers_like_the_model_itself() -> None:
    shared = SharedChat(inner=scripted("甲乙丙丁戊"), line=Line(), stopping=threading.Event())
    assert shared.invoke("问").content == "甲乙丙丁戊"
    assert [piece.text for piece in shared.bind(temperature=0.3).stream("问") if piece.text] == [
        "甲乙丙丁",
        "戊",
    ]
    assert shared.inner.options[-1]["temperature"] == 0.3


def test_requests_to_one_model_take_turns() -> None:
    line = Line()
    model = scripted("甲" * 20, delay=0.01, piece_length=1)
    busy: list[int] = []

    def ask() -> None:
        shared = SharedChat(inner=model, line=line, stopping=threading.Event())
        for _ in shared.stream("问"):
            busy.append(line._busy)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(model.prompts) == 4
    assert max(busy) == 1


def test_a_request_that_is_left_early_frees_the_line() -> None:
    line = Line()
    shared = SharedChat(inner=scripted("甲" * 4000, delay=0.005), line=line, stopping=threading.Event())
    stream = shared.stream("问")
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    again = SharedChat(inner=scripted("乙"), line=line, stopping=threading.Event())
    assert again.invoke("问").content == "乙"
