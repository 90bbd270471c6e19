"""Files of dangerous formats, read in a child process within limits of time and memory.

Formats of pages (PDF, pictures) come page by page: a page that ends the child is read once more with care,
without its tables and images, and then given up and told; the other pages are kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.errors import FileRefused, FileUnreadable, InputError, Said
from assistant.loaders.formats import FORMATS, Format
from assistant.loaders.guard import check_bytes
from assistant.loaders.lines import SourceText, from_data
from assistant.loaders.page import Page, page_from_data
from assistant.loaders.worker import Child, Silent, warm_child
from assistant.records import Progress, Report, silent

MAX_SECONDS = 28.0  # for a file, without the time that recognised pages took
PAGE_SECONDS = 20.0
RECOGNISING_SECONDS = 90.0  # for an image of bounded size: two seconds of work, more on a busy machine
MAX_DEATHS = 6
_LEAST_SECONDS = 0.2
_ERRORS: dict[str, type[InputError]] = {error.code: error for error in (FileRefused, FileUnreadable)}


def read_limited(
    format_name: str, data: bytes, name: str, seconds: float = MAX_SECONDS, report: Report = silent
) -> SourceText:
    """What the loader `format_name` reads from `data`, in a child process.

    `report` hears of each page that was recognised; what it raises ends the reading.

    Raises:
        FileUnreadable, FileRefused: as the loader says; or the parser died, or took too long.
    """
    row = next(row for row in FORMATS if row.name == format_name)
    if row.convert is not None:
        data = row.convert(data, name)
        row = next(one for one in FORMATS if one.name == row.target)
        check_bytes(data, row, name)
    if row.join is not None:
        return row.join(_Reading(row, data, name, seconds, report).pages(), name)
    try:
        with warm_child() as child:
            child.ask(row.name, name, data)
            answer = child.receive(seconds)
    except Silent as reason:
        raise _given_up(reason.late, name, seconds) from reason
    _refuse_error(answer, name)
    return from_data(answer)


def _refuse_error(answer: dict[str, object], name: str) -> None:
    """Raise the loader's error, if that is the answer."""
    if "error" in answer:
        reason = answer["reason"]
        assert isinstance(reason, Sequence)
        raise _ERRORS[str(answer["error"])](name=name, reason=Said(*reason))


def _given_up(late: bool, name: str, seconds: float) -> InputError:
    if late:
        reason = Said(f"解析超过 {seconds:g} 秒", f"reading it took more than {seconds:g} seconds")
        return FileRefused(name=name, reason=reason)
    broken = Said(
        "解析时出错或内存超限，文件可能已损坏", "the parser failed or ran out of memory; it may be broken"
    )
    return FileUnreadable(name=name, reason=broken)


@dataclass(slots=True)
class _Reading:
    """A file of pages while it is read."""

    row: Format
    data: bytes
    name: str
    seconds: float
    report: Report
    found: list[Page] = field(default_factory=list)
    spent: float = 0.0
    deaths: int = 0

    def pages(self) -> list[Page]:
        """All pages; raises the loader's error, or gives up when the limits are reached."""
        careful = False
        while True:
            begun = len(self.found)
            try:
                with warm_child() as child:
                    self._take(child, careful)
                return self.found
            except Silent as reason:
                self.deaths += 1
                late = self.spent + _LEAST_SECONDS >= self.seconds
                if late or self.deaths > MAX_DEATHS:
                    raise _given_up(reason.late, self.name, self.seconds) from reason
            stuck = len(self.found) == begun
            if careful and stuck:
                self._lose()
            careful = not (careful and stuck)

    def _take(self, child: Child, careful: bool) -> None:
        """The pages that are still missing, until the child has no more."""
        child.ask(self.row.name, self.name, self.data, len(self.found), careful)
        recognising = False
        while (page := self._next(child, recognising)) is not None:
            recognising = page.state == "image"
            if recognising:
                continue
            self.found.append(page)
            if page.state == "recognised":
                self.report(Progress("recognise", page.number, page.total, self.name))

    def _next(self, child: Child, recognising: bool) -> Page | None:
        """The next page, `None` after the last; the time that recognition takes is not counted."""
        started = time.monotonic()
        limit = RECOGNISING_SECONDS if recognising else min(PAGE_SECONDS, self.seconds - self.spent)
        try:
            answer = child.receive(limit)
        finally:
            self.spent += 0.0 if recognising else time.monotonic() - started
        _refuse_error(answer, self.name)
        return page_from_data(answer["page"]) if "page" in answer else None

    def _lose(self) -> None:
        """Give the next page up."""
        number = len(self.found) + 1
        total = self.found[-1].total if self.found else number
        self.found.append(Page(number, max(number, total), state="lost"))
