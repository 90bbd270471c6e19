"""Work in the background: told while it runs, tried again when it failed, ended with the program."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.errors import ModelMissing
from assistant.llm.scripted import HashingEmbeddings, ScriptedChatModel
from assistant.records import Progress, Report
from assistant.service.desk import Office
from assistant.service.samples import put_samples
from assistant.settings import Settings
from assistant.ui.preparation import Preparation


def ended(preparation: Preparation) -> None:
    for thread in preparation._threads:
        thread.join(20)
        assert not thread.is_alive()


def test_tells_how_far_it_is() -> None:
    seen, go = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        report(Progress("download", 3, 10))
        seen.set()
        go.wait(20)

    preparation = Preparation(model=work)
    preparation.start()
    assert seen.wait(20)
    (step,) = preparation.told("anyone", "zh")
    assert (step["name"], step["state"], step["stage"], step["done"], step["total"]) == (
        "model",
        "running",
        "download",
        3,
        10,
    )
    assert not preparation.begin("model", "")
    go.set()
    ended(preparation)
    assert preparation.told("anyone", "zh")[0]["state"] == "done"
    assert not preparation.begin("model", "")


def failing(error: Exception) -> Callable[[Report], object]:
    def work(report: Report) -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [(ModelMissing(name="m", reason="x"), "model.missing"), (RuntimeError("/a/path"), "page.failed")],
)
def test_failure_is_told_and_may_be_tried_again(error: Exception, code: str) -> None:
    preparation = Preparation(model=failing(error))
    preparation.start()
    ended(preparation)
    (step,) = preparation.told("", "zh")
    assert step["state"] == "failed"
    assert code in str(step["error"])
    assert "/a/path" not in str(step)
    assert preparation.begin("model", "anyone")
    ended(preparation)


def test_nothing_to_do() -> None:
    preparation = Preparation()
    preparation.start()
    assert not preparation.begin("samples", "甲")
    assert not preparation.begin("anything", "甲")
    assert preparation.steps("甲") == ()
    preparation.close()


def test_close_ends_what_reports() -> None:
    begun = threading.Event()

    def work(report: Report) -> None:
        while True:
            report(Progress("download", 1, 2))
            begun.set()

    preparation = Preparation(model=work)
    preparation.start()
    assert begun.wait(20)
    preparation.close()
    ended(preparation)
    assert not preparation.begin("model", "")


def test_samples_come_once_for_each_owner_and_stay_away(settings: Settings) -> None:
    with Office(settings, chat=ScriptedChatModel(), embeddings=HashingEmbeddings()) as office:
        preparation = Preparation(samples=lambda owner, report: put_samples(office, owner, report))
        assert preparation.begin("samples", "甲")
        assert preparation.steps("乙") == ()
        ended(preparation)
        assert preparation.told("甲", "zh")[0]["state"] == "done"
        rows = office.archive("甲").documents()
        assert len(rows) > 10
        assert office.archive("乙").documents() == ()
        for row in rows:
            office.archive("甲").remove(row.id)
        assert not put_samples(office, "甲")
        assert office.archive("甲").documents() == ()


def test_samples_keep_out_of_an_archive_in_use(settings: Settings) -> None:
    with Office(settings, chat=ScriptedChatModel(), embeddings=HashingEmbeddings()) as office:
        own = settings.home.parent / "own.txt"
        own.write_text("云溪县科学技术局2025年工作总结\n全年完成技术合同登记额5.6亿元。\n", encoding="utf-8")
        office.archive("甲").ingest([own])
        assert not put_samples(office, "甲")
        assert len(office.archive("甲").documents()) == 1
