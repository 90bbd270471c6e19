"""Files taken into the archive in a job: one row a file, and “searchable” only when the archive finds it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.archive import Archive, IngestRow
from assistant.errors import QueryInvalid, Said, in_language
from assistant.records import Progress
from assistant.service.desk.base import DeskBase
from assistant.service.desk.job import Job
from assistant.service.desk.views import JobView

_MOST_FILES = 1000
_LONGEST_QUESTION = 200
_FOUND_WITHIN = 20


class Ingesting(DeskBase):
    """Taking files in."""

    def ingest(self, paths: Sequence[Path]) -> JobView:
        """Take files into the owner's archive, in a job; each becomes a row, also one that cannot be read.

        Raises:
            QueryInvalid: no file, or too many at once.
            QueueFull: too many jobs wait; nothing was taken in.
        """
        if not 1 <= len(paths) <= _MOST_FILES:
            raise QueryInvalid(
                reason=Said(f"一次可收入 1 到 {_MOST_FILES} 个文件", f"give 1 to {_MOST_FILES:,} files")
            )
        count = len(paths)
        names = paths[0].name if count == 1 else Said(f"{count} 个文件", f"{count} files")
        label = Said(f"收入资料：{names}", f"Take in: {in_language(names, 'en')}")
        job = Job(owner=self.owner, kind="ingest", label=label, total=len(paths))
        return self.office.jobs.start(job, lambda job: self._ingest(job, paths))

    def _ingest(self, job: Job, paths: Sequence[Path]) -> str:
        archive = self.office.archive(self.owner)
        good = 0
        for number, path in enumerate(paths):
            with self.office.ingesting.turn(job.stopping.is_set):
                good += _take(archive, job, path)
            self.office.jobs.advance(job, number + 1)
        failed = len(paths) - good
        parts = [Said(f"{good} 个文件可检索", f"{good} files can be searched")]
        parts += [Said(f"{failed} 个没有收入", f"{failed} not taken in")] if failed else []
        return Said.joined(parts, "，", ", ")


def searchable(archive: Archive, row: IngestRow) -> bool:
    """Whether the archive finds each document of a row by the words of one of its own passages."""
    return bool(row.documents) and all(_found(archive, document_id) for document_id in row.documents)


def _take(archive: Archive, job: Job, path: Path) -> bool:
    """Take one file in and tell its row; whether it can be searched."""

    def report(progress: Progress) -> None:
        job.check()
        if progress.stage != "load":
            job.tell("progress", text=path.name, detail=f"{progress.stage} {progress.done}/{progress.total}")

    job.check()
    job.tell("progress", text=path.name, detail="load 0/1")
    good = []
    for row in archive.ingest([path], report):
        good.append(row.status != "failed" and searchable(archive, row))
        job.tell("row", text=row.name, ok=good[-1], detail=_told(row, ok=good[-1]))
    return bool(good) and all(good)


def _found(archive: Archive, document_id: str) -> bool:
    """Whether one of three passages of the document comes up among the first for its own words."""
    passages = archive.passages(document_id)
    places = dict.fromkeys((len(passages) // 2, 0, len(passages) - 1))
    return any(
        hit.passage.document_id == document_id
        for place in (places if passages else ())
        for hit in archive.search(_question(passages[place].text), k=_FOUND_WITHIN)
    )


def _question(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_QUESTION]


def _told(row: IngestRow, *, ok: bool) -> str:
    if row.status == "failed":
        return row.reason
    if not ok:
        return Said("已收入，但检索不到，请运行修复", "taken in, but not found by the search; run the repair")
    found = Said(f"可检索 ✓ {row.passages} 段", f"can be searched ✓ {row.passages} passages")
    if row.status != "unchanged" or not row.reason:
        return found
    return Said(f"{found}（{row.reason}）", f"{found.en} ({in_language(row.reason, 'en')})")
