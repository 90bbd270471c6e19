"""One job, and its row in the database."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, Integer, MetaData, Row, String, Table, Text, select

from assistant.archive.catalogue import Catalogue
from assistant.errors import AssistantError, Said
from assistant.service.desk.manuscript import new_id
from assistant.service.desk.sharing import Stopped
from assistant.service.desk.store import now
from assistant.service.desk.tables import ID, OWNER
from assistant.service.desk.views import (
    ErrorView,
    EventType,
    EventView,
    JobKind,
    JobState,
    JobView,
    SectionState,
)
from assistant.wording import restored, stored

ENDED: frozenset[JobState] = frozenset(("done", "stopped", "failed"))
RESTARTED = Said(
    "程序重新启动，任务已停止；已完成的内容都在",
    "the program was restarted and the job stopped; what is finished is kept",
)
_MOST_LISTED = 50

tables = MetaData()
jobs = Table(
    "desk_jobs",
    tables,
    Column("id", String(ID), primary_key=True),
    Column("owner", String(OWNER), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("label", Text, nullable=False),
    Column("draft_id", String(ID), nullable=False, default=""),
    Column("state", String(16), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("error", Text, nullable=False, default=""),  # JSON: code, message, hint
    Column("result", Text, nullable=False, default=""),
    Column("created", String(32), nullable=False),
    Column("updated", String(32), nullable=False),
)


@dataclass(slots=True)
class Job:
    """One job of an owner.

    `sections` are the states of the draft's sections that it will write, `unwritten` those that the model failed to.
    """

    owner: str
    kind: JobKind
    label: str
    draft_id: str = ""
    total: int = 0
    id: str = field(default_factory=new_id)
    state: JobState = "queued"
    done: int = 0
    error: ErrorView | None = None
    result: str = ""
    sections: dict[str, SectionState] = field(default_factory=dict)
    unwritten: list[str] = field(default_factory=list)
    events: list[EventView] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def view(self) -> JobView:
        """The job as the page shows it."""
        state = "stopping" if self.stopping.is_set() and self.state == "running" else self.state
        return JobView(
            self.id, self.kind, self.label, state, self.done, self.total, self.error, self.result,
            self.draft_id, tuple(self.unwritten),
        )  # fmt: skip

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self.state in ENDED

    def tell(
        self,
        kind: EventType,
        section_id: str = "",
        text: str = "",
        *,
        paragraph: bool = False,
        ok: bool = True,
        detail: str = "",
    ) -> None:
        """One event more, for everybody who follows the job."""
        event = EventView(len(self.events) + 1, kind, section_id, text, paragraph, ok, detail)
        self.events.append(event)

    def check(self) -> None:
        """Raises Stopped when the job should end."""
        if self.stopping.is_set():
            raise Stopped


class JobRows:
    """The rows of all jobs."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take over the database: what an earlier process left unfinished is stopped now."""
        self._catalogue = catalogue
        with catalogue.write() as connection:
            tables.create_all(connection)
            left = jobs.c.state.not_in(ENDED)
            connection.execute(jobs.update().where(left).values(state="stopped", result=stored(RESTARTED)))

    def insert(self, job: Job) -> None:
        """A row for a new job."""
        time = now().isoformat(timespec="milliseconds")
        fixed = {"id": job.id, "owner": job.owner, "kind": job.kind, "label": stored(job.label)}
        values = {**fixed, "draft_id": job.draft_id, "created": time, **_changing(job, job.state, time)}
        with self._catalogue.write() as connection:
            connection.execute(jobs.insert().values(**values))

    def put(self, job: Job, state: JobState | None = None) -> None:
        """The job as it is, or about to be in `state`."""
        values = _changing(job, state or job.state, now().isoformat(timespec="milliseconds"))
        with self._catalogue.write() as connection:
            connection.execute(jobs.update().where(jobs.c.id == job.id).values(**values))

    def find(self, owner: str, job_id: str) -> JobView | None:
        """One job of an owner."""
        query = select(jobs).where(jobs.c.id == job_id, jobs.c.owner == owner)
        with self._catalogue.read() as connection:
            row = connection.execute(query).first()
        return _view(row) if row else None

    def latest(self, owner: str) -> list[JobView]:
        """An owner's latest jobs, the newest first."""
        query = select(jobs).where(jobs.c.owner == owner).order_by(jobs.c.created.desc(), jobs.c.id)
        with self._catalogue.read() as connection:
            return [_view(row) for row in connection.execute(query.limit(_MOST_LISTED))]


def told(error: AssistantError) -> ErrorView:
    """An error as it is kept with its job."""
    return ErrorView(error.code, error.said, Said(error.hint("zh"), error.hint("en")))


def _changing(job: Job, state: JobState, time_: str) -> Mapping[str, object]:
    error = job.error
    kept = (
        {"code": error.code, "message": stored(error.message), "hint": stored(error.hint)} if error else None
    )
    return {
        "state": state,
        "done": job.done,
        "total": job.total,
        "error": json.dumps(kept, ensure_ascii=False) if kept else "",
        "result": stored(job.result),
        "updated": time_,
    }


def _view(row: Row[tuple[object, ...]]) -> JobView:
    error = (
        ErrorView(**{name: restored(text) for name, text in json.loads(row.error).items()})
        if row.error
        else None
    )
    return JobView(
        row.id,
        row.kind,
        restored(row.label),
        row.state,
        row.done,
        row.total,
        error,
        restored(row.result),
        row.draft_id,
    )
