"""Long work in the background: told step by step, stopped at any moment, found again after a reload.

A job's state is in the database, so that a restart knows what was interrupted; its events are in memory, from
the first on, so that a page that comes back catches up. At most so many jobs run; others wait in a queue.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from assistant.archive.catalogue import Catalogue
from assistant.errors import AssistantError, DraftBusy, DraftUnknown, JobFailed, QueueFull, Said
from assistant.service.desk.job import RESTARTED, Job, JobRows, told
from assistant.service.desk.sharing import Stopped
from assistant.service.desk.views import EventsView, JobState, JobView

WAITING = 32
"""Jobs that may wait; the next one is refused."""
_POLL = 0.03
_MOST_ENDED = 200
_WAIT_AT_END = 10.0
_log = logging.getLogger(__name__)

Work = Callable[[Job], str]
"""What a job does; it gives the sentence that tells the result. It ends early by `Stopped` or an error."""


class Jobs:
    """The jobs of this process; `running` of them work at a time."""

    def __init__(self, catalogue: Catalogue, running: int, waiting: int = WAITING) -> None:
        """Take over the database: what an earlier process left unfinished is stopped now."""
        self._rows = JobRows(catalogue)
        self._most_running = running
        self._most_waiting = waiting
        self._lock = threading.Lock()
        self._live: OrderedDict[str, Job] = OrderedDict()
        self._queue: deque[tuple[Job, Work]] = deque()
        self._threads: set[threading.Thread] = set()

    def start(self, job: Job, work: Work) -> JobView:
        """Do `work`, at once or when a place is free.

        Raises:
            QueueFull: too many wait already; nothing was begun.
            DraftBusy: another job writes one of its sections.
            ArchiveError: the database cannot be written.
        """
        with self._lock:
            self._refuse_second(job)
            waits = len(self._threads) >= self._most_running
            if waits and len(self._queue) >= self._most_waiting:
                raise QueueFull(waiting=len(self._queue))
            self._rows.insert(job)
            self._live[job.id] = job
            self._forget()
            if waits:
                self._queue.append((job, work))
            else:
                thread = threading.Thread(target=self._serve, args=(job, work), name="job", daemon=True)
                self._threads.add(thread)
                thread.start()
        return job.view

    def stop(self, owner: str, job_id: str) -> JobView:
        """Ask a job to stop; one that waits is stopped at once. Raises DraftUnknown."""
        job = self._mine(owner, job_id)
        if job is None:
            return self.job(owner, job_id)
        job.stopping.set()
        with self._lock:
            waiting = next((one for one in self._queue if one[0] is job), None)
            if waiting:
                self._queue.remove(waiting)
        if waiting:
            self._end(job, "stopped", Said("已取消，没有开始", "cancelled before it began"))
        return job.view

    def job(self, owner: str, job_id: str) -> JobView:
        """One job of an owner. Raises DraftUnknown."""
        job = self._mine(owner, job_id)
        if job is not None:
            return job.view
        found = self._rows.find(owner, job_id)
        if found is None:
            raise DraftUnknown(reason=Said("没有这项任务", "there is no such job"))
        return found

    def listed(self, owner: str) -> tuple[JobView, ...]:
        """The owner's latest jobs, the newest first."""
        rows = self._rows.latest(owner)
        live = self._live.copy()
        return tuple(live[row.id].view if row.id in live else row for row in rows)

    def at_work(self, owner: str, draft_id: str) -> list[Job]:
        """The jobs that work on a draft, or wait to."""
        live = list(self._live.copy().values())
        return [job for job in live if (job.owner, job.draft_id) == (owner, draft_id) and not job.ended]

    async def events(self, owner: str, job_id: str, since: int, wait: float) -> EventsView:
        """The events after number `since`, once there is one or the job has ended; none after `wait` seconds."""
        until = time.monotonic() + wait
        job = self._mine(owner, job_id)
        if job is None:
            return EventsView(self.job(owner, job_id), (), since)
        while not job.ended and len(job.events) <= since and time.monotonic() < until:
            await asyncio.sleep(_POLL)
        view = job.view
        events = tuple(job.events[max(since, 0) :])
        return EventsView(view, events, max(since, 0) + len(events))

    def advance(self, job: Job, done: int, total: int | None = None) -> None:
        """A step is done, and kept."""
        job.done = done
        job.total = job.total if total is None else total
        self._rows.put(job)

    def close(self) -> None:
        """Stop all jobs and wait until they have kept what is finished."""
        with self._lock:
            threads, queued = list(self._threads), list(self._queue)
            self._queue.clear()
        for job in list(self._live.values()):
            job.stopping.set()
        for job, _ in queued:
            self._end(job, "stopped", RESTARTED)
        for thread in threads:
            thread.join(_WAIT_AT_END)

    def _refuse_second(self, job: Job) -> None:
        for other in self.at_work(job.owner, job.draft_id) if job.draft_id else ():
            if other.sections.keys() & job.sections.keys():
                raise DraftBusy(reason=other.label)

    def _serve(self, job: Job, work: Work) -> None:
        """Work on one job after the other until none waits."""
        following: tuple[Job, Work] | None = (job, work)
        while following:
            self._run(*following)
            with self._lock:
                following = self._queue.popleft() if self._queue else None
                if following is None:
                    self._threads.discard(threading.current_thread())

    def _run(self, job: Job, work: Work) -> None:
        state: JobState = "done"
        result = ""
        try:
            job.check()
            job.state = "running"
            self._rows.put(job)
            result = work(job)
        except Stopped:
            state, result = "stopped", Said("已停止，已完成的内容都在", "stopped; what is finished is kept")
        except AssistantError as error:
            state, job.error = "failed", told(error)
            result = error.said
        except Exception:  # noqa: BLE001 - the rim of a job: what nobody foresaw still ends it with a code
            _log.exception("a job failed")
            state, job.error = "failed", told(JobFailed())
            result = JobFailed().said
        self._end(job, state, result)

    def _end(self, job: Job, state: JobState, result: str) -> None:
        """The job's last state: kept first, then told."""
        job.result = result or job.result
        job.sections.clear()
        try:
            self._rows.put(job, state)
        except AssistantError:
            _log.exception("the end of a job could not be kept")
        job.tell("finished", text=job.result, ok=state == "done")
        job.state = state

    def _mine(self, owner: str, job_id: str) -> Job | None:
        job = self._live.get(job_id)
        return job if job is not None and job.owner == owner else None

    def _forget(self) -> None:
        """Drop the events of jobs that ended long ago."""
        ended = [job.id for job in self._live.values() if job.ended]
        for job_id in ended[: max(0, len(self._live) - _MOST_ENDED)]:
            del self._live[job_id]
