"""The parsing child: warm, limited in time and memory, replaced after a crash, data only."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from samples.build import docx, paragraph, pdf, zipped
from samples.raising import refused

from assistant.errors import FileRefused, FileUnreadable
from assistant.loaders import worker
from assistant.loaders.docx import read_docx
from assistant.loaders.limited import read_limited
from assistant.loaders.worker import Child, stop_children

DOCX = docx(paragraph("云溪县2025年工作总结"), paragraph("新增企业23家。"))


@pytest.fixture(autouse=True)
def _no_children_left() -> Iterator[None]:
    stop_children()
    yield
    stop_children()


def _warm() -> Child:
    (child,) = worker._idle
    return child


def test_same_result_as_in_this_process() -> None:
    assert read_limited("docx", DOCX, "报告.docx") == read_docx(DOCX, "报告.docx")


def test_one_child_takes_many_files() -> None:
    for _ in range(5):
        read_limited("docx", DOCX, "报告.docx")
    assert _warm().files == 5


def test_errors_come_back_coded_and_the_child_lives() -> None:
    with refused(FileUnreadable, "没有 Word 正文", name="坏.docx"):
        read_limited("docx", zipped({"a": "b"}), "坏.docx")
    with refused(FileRefused, "没有文字"):
        read_limited("pdf", pdf([[]]), "扫描.pdf")
    assert _warm().files == 2


def test_a_child_that_died_is_replaced() -> None:
    read_limited("docx", DOCX, "报告.docx")
    first = _warm().process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert read_limited("docx", DOCX, "报告.docx").lines
    assert _warm().process.pid != first.pid


def test_a_child_that_dies_at_work_is_an_unreadable_file() -> None:
    read_limited("docx", DOCX, "报告.docx")
    process = _warm().process
    os.kill(process.pid, signal.SIGSTOP)
    timer = threading.Timer(0.2, process.kill)
    timer.start()
    with refused(FileUnreadable, "文件可能已损坏"):
        read_limited("docx", DOCX, "报告.docx")
    timer.join()
    assert worker._idle == []
    assert read_limited("docx", DOCX, "报告.docx").lines


def test_a_child_that_hangs_is_ended() -> None:
    read_limited("docx", DOCX, "报告.docx")
    process = _warm().process
    os.kill(process.pid, signal.SIGSTOP)
    started = time.monotonic()
    with refused(FileRefused, "解析超过 0.5 秒"):
        read_limited("docx", DOCX, "报告.docx", seconds=0.5)
    assert time.monotonic() - started < 20
    assert process.poll() is not None


def test_a_question_that_is_none_ends_the_child() -> None:
    with worker.warm_child() as child:
        child.ask("no such format", "报告.docx", DOCX)
        with pytest.raises(worker.Silent):
            child.receive(20)
    assert worker._idle == []


def test_files_side_by_side() -> None:
    results: list[int] = []

    def read() -> None:
        results.append(len(read_limited("docx", DOCX, "报告.docx").lines))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [2, 2, 2, 2]
    assert len(worker._idle) <= 2


def test_a_child_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MAX_FILES", 2)
    read_limited("docx", DOCX, "报告.docx")
    first = _warm().process
    read_limited("docx", DOCX, "报告.docx")
    assert worker._idle == []
    assert first.poll() is not None


def test_the_child_sees_no_keys_and_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    read_limited("docx", DOCX, "报告.docx")
    folder = f"/proc/{_warm().process.pid}"
    with open(f"{folder}/environ", "rb") as stream:
        assert b"secret" not in stream.read()
    with open(f"{folder}/limits", encoding="ascii") as stream:
        limits = stream.read()
    assert f"{worker.MAX_MEMORY}" in next(
        line for line in limits.splitlines() if line.startswith("Max data size")
    )


def test_stop_ends_all() -> None:
    read_limited("docx", DOCX, "报告.docx")
    process = _warm().process
    stop_children()
    assert process.poll() is not None
    assert worker._idle == []
