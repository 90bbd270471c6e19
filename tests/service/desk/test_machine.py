"""A draft against a plain list of texts: edits, undo, redo, restore, conflicts, discarding, restarts, in any order."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.errors import DraftChanged, DraftUnknown
from assistant.service.desk.desk import Desk
from assistant.settings import Settings

from .made import Clock
from .offices import office_of

TEXT = "一、甲\n甲文。\n二、乙\n乙文。\n"
WORDS = st.sampled_from(["甲文。", "乙文。", "增长5%。", "共12家。增长5%。", "", "改。\n又改。"])
PLACES = st.integers(0, 1)
Texts = tuple[str, str]


class DeskMachine(RuleBasedStateMachine):
    """`path` are the states that undo goes back through, `ahead` those that redo goes on to."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.home = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = Clock()
        self.office = ExitStack()
        self.desk = self._open()
        self.draft = self.desk.new_from_text("标题", TEXT, {"archive": False}).id
        self.path: list[Texts] = [("甲文。", "乙文。")]
        self.ahead: list[Texts] = []
        self.lost: set[Texts] = set()
        self.discarded = False

    def _open(self) -> Desk:
        desk = self.office.enter_context(office_of(Settings(home=self.home))).desk("writer")
        desk.store._clock = self.clock
        return desk

    def _step(self, texts: Texts) -> None:
        self.lost |= set(self.ahead)
        self.path, self.ahead = [*self.path, texts], []

    def _with(self, place: int, words: str) -> Texts:
        one, two = self.path[-1]
        return (words, two) if place == 0 else (one, words)

    @precondition(lambda self: not self.discarded)
    @rule(place=PLACES, words=WORDS)
    def edit(self, place: int, words: str) -> None:
        view = self.desk.draft(self.draft)
        self.clock.pass_by(60)
        self.desk.save(self.draft, view.version, view.sections[place].id, "text", words)
        if self._with(place, words) != self.path[-1]:
            self._step(self._with(place, words))

    @precondition(lambda self: not self.discarded)
    @rule(place=PLACES)
    def conflict(self, place: int) -> None:
        view = self.desk.draft(self.draft)
        if view.version == 1 or self.path[-1][place] == "别处写的。":
            return
        self.clock.pass_by(60)
        try:
            self.desk.save(self.draft, 0, view.sections[place].id, "text", "别处写的。")
        except DraftChanged:
            self.lost.add(self._with(place, "别处写的。"))
        else:
            self._step(self._with(place, "别处写的。"))

    @precondition(lambda self: not self.discarded)
    @rule()
    def undo(self) -> None:
        self.desk.undo(self.draft)
        if len(self.path) > 1:
            self.ahead = [self.path.pop(), *self.ahead]

    @precondition(lambda self: not self.discarded)
    @rule()
    def redo(self) -> None:
        self.desk.redo(self.draft)
        if self.ahead:
            self.path.append(self.ahead.pop(0))

    @precondition(lambda self: not self.discarded)
    @rule()
    def restore_the_first(self) -> None:
        self.desk.restore(self.draft, 1)
        if self.path[-1] != self.path[0]:
            self._step(self.path[0])

    @rule()
    def discard_or_bring_back(self) -> None:
        if self.discarded:
            self.desk.undiscard(self.draft)
        else:
            self.desk.discard(self.draft)
        self.discarded = not self.discarded

    @rule()
    def restart(self) -> None:
        self.office.close()
        self.desk = self._open()

    @invariant()
    def as_the_list_says(self) -> None:
        if self.discarded:
            assert self.desk.drafts() == ()
            with pytest.raises(DraftUnknown):
                self.desk.draft(self.draft)
            return
        view = self.desk.draft(self.draft)
        assert tuple(one.text for one in view.sections) == self.path[-1]
        assert (view.can_undo, view.can_redo) == (len(self.path) > 1, bool(self.ahead))
        kept = {
            tuple(one.text for one in self.desk.revision(self.draft, row.number).sections)
            for row in self.desk.revisions(self.draft)
        }
        assert kept >= {*self.path, *self.ahead, *self.lost}

    def teardown(self) -> None:
        self.office.close()
        self.stack.close()


DeskMachine.TestCase.settings = settings(
    max_examples=5,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestDesk = DeskMachine.TestCase
