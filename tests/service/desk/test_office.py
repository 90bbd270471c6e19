from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from assistant.errors import QueueFull
from assistant.llm import ScriptedChatModel
from assistant.service.desk.office import RUNNING, Office
from assistant.service.desk.views import JobView
from assistant.settings import Settings

from .offices import FACTS, GOOD, ended, events_of, first_event, office_of, scripted

PIECES = 40


def facts_of(number: int) -> str:
    """The facts of one owner, with figures that nobody else has."""
    return FACTS.replace("142名", f"{1000 + number}名").replace("5740人次", f"{20000 + number}人次")


def slow(seconds: float = 2.0) -> ScriptedChatModel:
    """An answer in 40 pieces over some seconds."""
    answer = "第一组：建强科技特派员队伍".ljust(PIECES * 4, "。")
    return scripted(answer, delay=seconds / PIECES)


def test_twenty_owners_at_once_are_all_served_and_never_mixed(settings: Settings) -> None:
    with office_of(settings, slow(1.0)) as office:
        desks = [office.desk(f"owner {number}") for number in range(20)]
        drafts = [desk.new_from_facts(facts_of(number)) for number, desk in enumerate(desks)]
        jobs = [
            desk.write(draft.id, [draft.sections[1].id]) for desk, draft in zip(desks, drafts, strict=True)
        ]
        for number, (desk, draft, job) in enumerate(zip(desks, drafts, jobs, strict=True)):
            assert ended(desk, job.id).state == "done"
            text = desk.draft(draft.id).sections[1].text
            assert f"{1000 + number}名" in text
            told = "".join(event.text for event in events_of(desk, job.id))
            for other in range(20):
                assert (f"{1000 + other}名" in told) == (other == number)
            assert [one.id for one in desk.drafts()] == [draft.id]
            assert [one.id for one in desk.jobs()] == [job.id]


def test_sixty_at_once_fill_the_queue_and_the_rest_are_told_so(settings: Settings) -> None:
    with office_of(settings, slow(20.0)) as office:
        desks = [office.desk(f"owner {number}") for number in range(60)]
        drafts = [desk.new_from_facts(facts_of(number)) for number, desk in enumerate(desks)]
        begun: list[JobView] = []
        refused: list[str] = []
        for desk, draft in zip(desks, drafts, strict=True):
            try:
                begun.append(desk.write(draft.id, [draft.sections[1].id]))
            except QueueFull as error:
                refused.append(error.sentence())
                assert desk.draft(draft.id) == draft
                assert desk.jobs() == ()
        assert (len(begun), len(refused)) == (RUNNING + 32, 60 - RUNNING - 32)
        assert all("排队已满" in sentence for sentence in refused)
        assert begun[-1].state == "queued"
        assert desks[51].draft(drafts[51].id).sections[1].state == "queued"


def test_the_queue_moves_on_and_loses_nothing(settings: Settings) -> None:
    with office_of(settings, slow(0.1)) as office:
        desks = [office.desk(f"owner {number}") for number in range(40)]
        drafts = [desk.new_from_facts(facts_of(number)) for number, desk in enumerate(desks)]
        jobs = [
            desk.write(draft.id, [draft.sections[1].id]) for desk, draft in zip(desks, drafts, strict=True)
        ]
        assert {ended(desk, job.id).state for desk, job in zip(desks, jobs, strict=True)} == {"done"}
        for number, (desk, draft) in enumerate(zip(desks, drafts, strict=True)):
            assert f"{1000 + number}名" in desk.draft(draft.id).sections[1].text


def test_the_embedded_model_is_asked_one_after_the_other(settings: Settings) -> None:
    with Office(settings) as office:
        assert office.chat().line is office.chat().line  # type: ignore[attr-defined]
        assert office.chat().line._at_once == 1  # type: ignore[attr-defined]


def test_without_weights_whoever_can_do_without_gets_no_model(settings: Settings, tmp_path: Path) -> None:
    with Office(settings.model_copy(update={"models_dir": tmp_path / "none"})) as office:
        assert office.usable_chat() is None
    with office_of(settings) as office:
        assert office.usable_chat() is not None


def test_a_restart_keeps_drafts_and_what_was_finished(settings: Settings) -> None:
    office = Office(settings, chat=scripted(GOOD, delay=0.1))
    desk = office.desk("writer")
    draft = desk.new_from_facts(FACTS)
    job = desk.write(draft.id)
    first_event(desk, job.id, "section_done")
    office.close()
    with office_of(settings) as again:
        desk = again.desk("writer")
        assert desk.job(job.id).state == "stopped"
        held = desk.draft(draft.id)
        assert held.job is None
        assert held.sections[0].text.startswith("2025年")
        ended(desk, desk.write(draft.id).id)
        assert all(section.text for section in desk.draft(draft.id).sections)


def test_closing_an_office_leaves_no_thread(settings: Settings) -> None:
    office = Office(settings, chat=slow(20.0))
    desk = office.desk("writer")
    job = desk.write(desk.new_from_facts(FACTS).id)
    first_event(desk, job.id, "section_started")
    office.close()
    until = time.monotonic() + 5
    while any(thread.name in ("job", "request") for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("owner", ["writer", "管理员", "a' OR 1=1 --"])
def test_an_owner_has_one_archive(settings: Settings, owner: str) -> None:
    with office_of(settings) as office:
        assert office.archive(owner) is office.archive(owner)
        assert office.archive(owner) is not office.archive("somebody else")
        assert office.desk(owner).drafts() == ()
