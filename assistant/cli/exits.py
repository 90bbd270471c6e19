"""Exit codes of the command line: what a script can tell apart without reading a word."""

from __future__ import annotations

from assistant.errors import (
    AccountError,
    ArchiveError,
    AssistantError,
    DraftError,
    ExportError,
    InputError,
    ModelError,
    PageError,
    SettingsInvalid,
)

OK = 0
FINDINGS = 1
USAGE = 2
INPUT = 3
MODEL = 4
ARCHIVE = 5
EXPORT = 6
SETTINGS = 7
INTERNAL = 70
INTERRUPTED = 130

CODES: dict[int, str] = {
    OK: "ok",
    FINDINGS: "findings",
    USAGE: "usage",
    INPUT: "input",
    MODEL: "model",
    ARCHIVE: "archive",
    EXPORT: "export",
    SETTINGS: "settings",
    INTERNAL: "internal",
    INTERRUPTED: "interrupted",
}
"""Every exit code with the key of its meaning in the messages (`exit.<key>`)."""

_BRANCHES: tuple[tuple[type[AssistantError], int], ...] = (
    (InputError, INPUT),
    (ModelError, MODEL),
    (ArchiveError, ARCHIVE),
    (ExportError, EXPORT),
    (AccountError, INPUT),
    (DraftError, INPUT),
    (PageError, INPUT),
    (SettingsInvalid, SETTINGS),
)


def exit_code(error: AssistantError) -> int:
    """The code of the branch of the exception tree that `error` belongs to."""
    return next((code for branch, code in _BRANCHES if isinstance(error, branch)), INTERNAL)
