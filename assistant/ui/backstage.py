"""What takes seconds to import or to open, made when it is first needed: the office, its models, the samples."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from assistant.records import Report
from assistant.settings import Settings
from assistant.ui.preparation import Preparation

if TYPE_CHECKING:
    from assistant.service.desk import Office


class Backstage:
    """The office of one process, opened once.

    `scripted` is for tests and measurements: the fields of a `ScriptedChatModel` as a JSON object, which then stands
    in for the chat model, with `HashingEmbeddings` for the other.
    """

    def __init__(self, settings: Settings, scripted: str = "") -> None:
        self._settings = settings
        self._scripted = scripted
        self._office: Office | None = None
        self._lock = threading.Lock()

    def office(self) -> Office:
        """The office. Raises ArchiveError when the database cannot be opened or written."""
        with self._lock:
            if self._office is None:
                self._office = self._opened()
            return self._office

    def close(self) -> None:
        """Close the office, if it was ever opened, and end the embedded model."""
        with self._lock:
            if self._office is not None:
                from assistant import llm

                self._office.close()
                llm.shutdown()
            self._office = None

    def preparation(self, samples: bool) -> Preparation:
        """The works that are to be done in the background."""
        fetched = self._settings.chat_is_embedded and not self._scripted
        return Preparation(
            model=self._fetch if fetched else None, samples=self._put_samples if samples else None
        )

    def _opened(self) -> Office:
        from assistant.service.desk import Office

        if not self._scripted:
            return Office(self._settings)
        from assistant.llm.scripted import HashingEmbeddings, ScriptedChatModel

        chat = ScriptedChatModel(**json.loads(self._scripted))
        return Office(self._settings, chat=chat, embeddings=HashingEmbeddings())

    def _fetch(self, report: Report) -> None:
        from assistant.service import models

        models.pull(self._settings, report)

    def _put_samples(self, owner: str, report: Report) -> None:
        from assistant.service.samples import put_samples

        put_samples(self.office(), owner, report)
