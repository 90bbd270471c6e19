"""Who may do what: every public function of a desk, called by its owner and by somebody else.

The functions are found by looking at the classes: a new one without a row here fails.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.archive import Filters
from assistant.chat import Scope
from assistant.errors import DocumentUnknown, DraftUnknown, QueryInvalid
from assistant.loaders import load_text
from assistant.service.desk.asking import Asking
from assistant.service.desk.citing import Quoted
from assistant.service.desk.desk import Desk
from assistant.service.desk.office import Office
from assistant.service.desk.shelves import Shelves
from assistant.settings import Settings

from .made import TEXT
from .offices import FACTS, ended, office_of

CANARY = "白鹭洲"
"""A word that only the owner's things hold."""
REFUSED = (DraftUnknown, DocumentUnknown, QueryInvalid)


@dataclass(frozen=True)
class Held:
    """What the owner has, by id."""

    draft: str
    section: str
    key: str
    document: str
    conversation: str
    job: str
    attachment: str
    written: str
    facts: Path
    file: Path


Call = Callable[[Desk, Held], Any]

REFUSES: dict[str, Call] = {
    "adopt": lambda desk, held: desk.adopt(held.draft, 99, held.key),
    "adopt_all": lambda desk, held: desk.adopt_all(held.draft, 99),
    "bring_back": lambda desk, held: desk.bring_back(held.draft, 99, held.file),
    "change": lambda desk, held: desk.change(held.draft, lambda state: state, "改"),
    "cite": lambda desk, held: desk.cite(
        held.draft,
        held.section,
        next(one.text for one in desk.draft(held.draft).sections if one.id == held.section),
        [Quoted(held.document, 25, 30)],
    ),
    "compare": lambda desk, held: desk.compare(held.draft, 1, 2),
    "correct": lambda desk, held: desk.correct(held.document, year=2020),
    "draft": lambda desk, held: desk.draft(held.draft),
    "events": lambda desk, held: asyncio.run(desk.events(held.job, 0, 0)),
    "evidence_table": lambda desk, held: desk.evidence_table(held.draft),
    "export": lambda desk, held: desk.export(held.draft, "md").read_text(encoding="utf-8"),
    "facts": lambda desk, held: desk.facts(held.draft),
    "ignore": lambda desk, held: desk.ignore(held.draft, held.key),
    "job": lambda desk, held: desk.job(held.job),
    "lock": lambda desk, held: desk.lock(held.draft, held.section, 0, 1, True),
    "outcomes": lambda desk, held: desk.outcomes(held.draft),
    "passage_context": lambda desk, held: desk.passage_context(held.document, 0, 2),
    "redo": lambda desk, held: desk.redo(held.draft),
    "rename": lambda desk, held: desk.rename(held.draft, CANARY),
    "restore": lambda desk, held: desk.restore(held.draft, 1),
    "review": lambda desk, held: desk.review(held.draft),
    "revision": lambda desk, held: desk.revision(held.draft, 1),
    "revisions": lambda desk, held: desk.revisions(held.draft),
    "rewrite": lambda desk, held: desk.rewrite(held.draft, held.section, 0, 5, "更精炼"),
    "save": lambda desk, held: desk.save(held.draft, 99, held.section, "text", CANARY),
    "set_facts": lambda desk, held: desk.set_facts(held.draft, 99, FACTS),
    "set_outline": lambda desk, held: desk.set_outline(
        held.draft, 99, [{"id": held.section, "heading": "一", "level": 1}]
    ),
    "set_sources": lambda desk, held: desk.set_sources(held.draft, {"archive": True}),
    "set_target": lambda desk, held: desk.set_target(held.draft, held.section, 100),
    "source_document": lambda desk, held: desk.source_document(held.draft, held.attachment),
    "sources": lambda desk, held: desk.sources(held.draft),
    "stop": lambda desk, held: desk.stop(held.job),
    "undo": lambda desk, held: desk.undo(held.draft),
    "unignore": lambda desk, held: desk.unignore(held.draft, held.key),
    "why": lambda desk, held: desk.why(held.draft, held.section, 0),
    "write": lambda desk, held: desk.write(held.written),
    "discard": lambda desk, held: desk.discard(held.draft),
    "undiscard": lambda desk, held: desk.undiscard(held.draft),
    "shelves.describe": lambda desk, held: desk.shelves.describe(held.document),
    "shelves.remove": lambda desk, held: desk.shelves.remove([held.document]),
    "asking.markdown": lambda desk, held: desk.asking.markdown(held.conversation),
    "asking.passage_context": lambda desk, held: desk.asking.passage_context(held.document, 0, 2),
    "asking.remove": lambda desk, held: desk.asking.remove(held.conversation),
    "asking.rename": lambda desk, held: desk.asking.rename(held.conversation, CANARY),
    "asking.stop": lambda desk, held: desk.asking.stop(held.conversation),
    "asking.talk": lambda desk, held: desk.asking.talk(held.conversation),
    "asking.turn": lambda desk, held: asyncio.run(desk.asking.turn(held.conversation, 1, 0, 0)),
}
"""What names something of the owner: done for the owner, refused for others."""

SHOWS: dict[str, Call] = {
    "drafts": lambda desk, held: desk.drafts(),
    "jobs": lambda desk, held: desk.jobs(),
    "library": lambda desk, held: desk.library(),
    "rules": lambda desk, held: desk.rules(),
    "rules_off": lambda desk, held: desk.rules_off(),
    "job_of": lambda desk, held: desk.job_of(held.draft),
    "states_of": lambda desk, held: desk.states_of(held.draft),
    "facts_template": lambda desk, held: desk.facts_template("md"),
    "switch_rule": lambda desk, held: desk.switch_rule("arith.sum", False),
    "shelves.rows": lambda desk, held: desk.shelves.rows(),
    "shelves.search": lambda desk, held: desk.shelves.search(f"{CANARY}科技馆", Filters()),
    "shelves.indicator_names": lambda desk, held: desk.shelves.indicator_names(),
    "shelves.indicator_series": lambda desk, held: desk.shelves.indicator_series("高新技术企业", (), ()),
    "shelves.series_table": lambda desk, held: desk.shelves.series_table("高新技术企业", (), ()),
    "shelves.health": lambda desk, held: desk.shelves.health(),
    "shelves.repair": lambda desk, held: desk.shelves.repair(),
    "shelves.put_back": lambda desk, held: desk.shelves.put_back(),
    "shelves.forget_failed": lambda desk, held: desk.shelves.forget_failed([]),
    "asking.ask": lambda desk, held: desk.asking.ask("科技馆建成了吗？", "", Scope()),
    "asking.conversations": lambda desk, held: desk.asking.conversations(),
    "asking.suggestions": lambda desk, held: desk.asking.suggestions(),
}
"""What names nothing: everybody is shown their own."""

MAKES = {"new_from_facts", "new_from_file", "new_from_text", "read_facts", "read_facts_file", "ingest"}
"""What makes something of what is given: there is nothing of others in it."""
INNER = {"bound", "checked", "facts_file", "go", "insert", "keep", "own_archive", "view"}
"""What the parts of a desk call with a draft that `Store.held` gave them, which refuses others'; the own archive."""
PARTS = {"asking": Asking, "shelves": Shelves}


def names(of: type, prefix: str = "") -> Iterator[str]:
    """The public functions of a class."""
    for name, _ in inspect.getmembers(of):
        if not name.startswith("_") and name not in PARTS:
            yield prefix + name


def test_every_public_function_has_a_row() -> None:
    found = set(names(Desk))
    for part, of in PARTS.items():
        found |= set(names(of, f"{part}."))
    assert found == {*REFUSES, *SHOWS, *MAKES, *INNER}


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Held]]:
    """An office with an owner who has one of everything, and another owner who has nothing."""
    home = tmp_path_factory.mktemp("home")
    with office_of(Settings(home=home)) as office:
        yield office, furnished(office.desk("甲"), home)


def furnished(desk: Desk, home: Path) -> Held:
    file = home / "稿.md"
    file.write_text(f"{CANARY}总结\n{TEXT}", encoding="utf-8")
    facts = home / "要点.md"
    facts.write_text(FACTS.replace("云溪县", CANARY), encoding="utf-8")
    report = f"{CANARY}科学技术局2024年工作总结\n一、成绩\n{CANARY}科技馆建成，新认定高新技术企业18家。\n"
    document = load_text(report, "总结.txt")[0]
    desk.office.archive(desk.owner).add([document])
    view = desk.new_from_file(file, {"facts": facts, "prior": [file], "archive": False})
    section = view.sections[0]
    desk.save(view.id, 1, section.id, "text", section.text + f"{CANARY}一句。")
    key = next(one.key for one in desk.review(view.id).findings if one.fix)
    asked = desk.asking.ask(f"{CANARY}有多少高新技术企业？", "", Scope())
    written = desk.new_from_facts(facts)
    job = desk.write(written.id)
    ended(desk, job.id)
    attachment = desk.sources(view.id).prior[0].id
    return Held(
        draft=view.id,
        section=section.id,
        key=key,
        document=document.id,
        conversation=asked.conversation,
        job=job.id,
        attachment=attachment,
        written=written.id,
        facts=facts,
        file=file,
    )


@pytest.mark.parametrize("name", sorted(REFUSES))
def test_others_are_refused(building: tuple[Office, Held], name: str) -> None:
    office, held = building
    before = repr(office.desk("甲").draft(held.draft))
    with pytest.raises(REFUSED) as caught:
        REFUSES[name](office.desk("乙"), held)
    assert CANARY not in caught.value.sentence()
    assert repr(office.desk("甲").draft(held.draft)) == before


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_others_are_shown_nothing_of_it(building: tuple[Office, Held], name: str) -> None:
    office, held = building
    shown = repr(SHOWS[name](office.desk("乙"), held))
    assert held.draft not in shown
    assert held.document not in shown
    assert held.conversation not in shown
    assert CANARY not in shown


READS = sorted(
    {*SHOWS, *REFUSES} - {"shelves.remove", "asking.remove", "asking.stop", "discard", "undiscard", "stop"}
)


@pytest.mark.parametrize("name", READS)
def test_the_owner_is_served(building: tuple[Office, Held], name: str) -> None:
    office, held = building
    desk = office.desk("甲")
    desk.restore(held.draft, 1)
    key = next(one.key for one in desk.review(held.draft).findings if one.fix)
    {**REFUSES, **SHOWS}[name](desk, replace(held, key=key))


def test_a_discarded_draft_comes_back_for_its_owner_alone(building: tuple[Office, Held]) -> None:
    office, held = building
    desk, other = office.desk("甲"), office.desk("乙")
    desk.discard(held.draft)
    assert held.draft not in {row.id for row in desk.drafts()}
    with pytest.raises(DraftUnknown):
        desk.draft(held.draft)
    with pytest.raises(DraftUnknown):
        other.undiscard(held.draft)
    assert desk.undiscard(held.draft).id == held.draft


def test_two_hundred_questions_find_nothing_of_others(building: tuple[Office, Held]) -> None:
    """Exact, in part, by meaning, by id: from search, answers and the check of a draft."""
    office, held = building
    desk, other = office.desk("甲"), office.desk("乙")
    asked = [
        f"{CANARY}科技馆",
        f"{CANARY}的科技馆建成了没有",
        "科技馆",
        "高新技术企业18家",
        held.document,
        held.draft,
    ]
    assert any(CANARY in repr(desk.shelves.search(one, Filters())) for one in asked)
    for number in range(200):
        question = f"{asked[number % len(asked)]}{'' if number < len(asked) else number}"
        assert CANARY not in repr(other.shelves.search(question, Filters()))
    view = other.new_from_text("白云科学技术局2025年工作总结", TEXT)
    assert CANARY not in repr((other.review(view.id), other.outcomes(view.id), other.evidence_table(view.id)))
    with pytest.raises(DocumentUnknown):
        other.set_sources(view.id, {"documents": [held.document]})
    with pytest.raises(DocumentUnknown):
        other.set_sources(view.id, {"prior": [held.attachment]})


def test_an_owner_cannot_use_one_drafts_attachment_in_another(building: tuple[Office, Held]) -> None:
    office, held = building
    desk = office.desk("甲")
    view = desk.new_from_text("另一稿", TEXT, {"archive": False})
    with pytest.raises(DocumentUnknown):
        desk.set_sources(view.id, {"prior": [held.attachment]})
