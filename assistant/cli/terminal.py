"""Where a command writes: results on stdout, everything else on stderr, or one JSON object on stdout."""

from __future__ import annotations

import json
import re
import shutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.cli.bars import bars, lines
from assistant.cli.exits import INTERNAL, exit_code
from assistant.errors import AssistantError, Language, SettingsInvalid, in_language
from assistant.records import Report, silent
from assistant.settings import Settings, read_settings
from assistant.wording import Wording

JSON_VERSION = 1
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Terminal:
    """One run of the command line: its language, its form of output, its settings."""

    language: Language = "zh"
    as_json: bool = False
    debug: bool = False
    command: str = ""
    interrupted: bool = False  # Ctrl-C was pressed, also where Python dropped its exception
    wording: Wording = field(init=False)

    def __post_init__(self) -> None:
        self.wording = Wording("assistant.cli", "messages.yaml", self.language)
        self._out = Console(file=sys.stdout, highlight=False, markup=False, soft_wrap=True)
        self._err = Console(file=sys.stderr, highlight=False, markup=False, soft_wrap=True)

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Terminal:
        """The terminal that `arguments` ask for; what stands after `--` is not an option."""
        options = list(arguments)
        if "--" in options:
            options = options[: options.index("--")]
        return cls(
            language=_language(options),
            as_json="--json" in options,
            debug="--debug" in options,
        )

    def settings(self, **overrides: object) -> Settings:
        """The settings of this run, language included. Raises SettingsInvalid."""
        return read_settings(**{"language": self.language, **overrides})

    def text(self, key: str, **details: object) -> str:
        """A message in the language of this run."""
        return self.wording.say(key, **details)

    def show(self, text: str = "") -> None:
        """A line of the result, on stdout; nothing with --json."""
        if not self.as_json:
            self._out.print(printable(in_language(text, self.language)))

    def tell(self, key: str, **details: object) -> None:
        """A line about the run, on stderr; nothing with --json."""
        self.aside(self.text(key, **details))

    def aside(self, text: str) -> None:
        """Text about the run, on stderr; nothing with --json."""
        if not self.as_json:
            self._err.print(printable(in_language(text, self.language)))

    def piece(self, text: str) -> None:
        """A piece of streamed text, on stderr, without a line break of its own; nothing with --json."""
        if not self.as_json:
            self._err.print(printable(text), end="")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows of the result: a table on a terminal, else lines with tabs between the cells."""
        if self.as_json:
            return
        cleaned = [[printable(in_language(cell, self.language)) for cell in row] for row in rows]
        if not self._out.is_terminal:
            for row in cleaned:
                self._out.print("\t".join(" ".join(cell.split()) for cell in row))
            return
        shown = Table(box=None, header_style="bold", pad_edge=False)
        for name in head:
            shown.add_column(in_language(name, self.language), overflow="fold")
        for row in cleaned:
            shown.add_row(*row)
        self._out.print(shown, soft_wrap=False)

    def emit(self, **payload: object) -> None:
        """The JSON object of this command, on stdout; nothing without --json."""
        if self.as_json:
            from assistant.export.plain import plain  # its package loads what --help does not need

            whole = plain({"version": JSON_VERSION, "command": self.command, **payload}, self.language)
            sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """Whom long work reports to: bars on a terminal, plain lines elsewhere, nobody with --json."""
        if self.as_json:
            yield silent
        else:
            drawn = bars if self._err.is_terminal else lines
            with drawn(self._err, self.wording) as report:
                yield report

    def fail(self, error: AssistantError, **payload: object) -> int:
        """Tell a coded error, with what is there in spite of it; returns its exit code."""
        code = exit_code(error)
        self.refuse(error.code, code, error.sentence(self.language), error.hint(self.language), **payload)
        return code

    def refuse(self, code: str, status: int, sentence: str, hint: str, **payload: object) -> None:
        """Sentence, hint and code on stderr, and as an object on stdout with --json."""
        if self.debug and sys.exc_info()[0]:
            traceback.print_exc()
        for line in ("error.sentence", "error.hint", "error.code"):
            said = self.text(line, sentence=sentence, hint=hint, code=code)
            self._err.print(printable(said))
        self.emit(error={"code": code, "exit": status, "message": sentence, "hint": hint}, **payload)

    def bug(self, error: Exception) -> int:
        """Tell an error that nobody foresaw."""
        sentence = self.text("error.internal", kind=type(error).__name__)
        self.refuse("internal", INTERNAL, sentence, self.text("error.internal_hint"))
        return INTERNAL


def printable(text: str) -> str:
    """`text` without signs that steer a terminal or turn the direction of writing."""
    return _CONTROL.sub("\ufffd", text)


def shown_path(path: Path) -> str:
    """As short as it can be typed from here."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def program() -> str:
    """How the command line is called here: by name where the shell finds it, else by where it is."""
    if shutil.which("assistant"):
        return "assistant"
    called = Path(sys.argv[0])
    return (
        shown_path(called)
        if called.name == "assistant"
        else f"{shown_path(Path(sys.executable))} -m assistant"
    )


def _language(options: Sequence[str]) -> Language:
    """From `--lang`, else from the settings; Chinese when these cannot be read."""
    for option, following in zip_longest(options, options[1:], fillvalue=""):
        given = following if option == "--lang" else option.removeprefix("--lang=")
        if option.startswith("--lang") and given in ("zh", "en"):
            return "zh" if given == "zh" else "en"
    try:
        return read_settings().language
    except SettingsInvalid:
        return "zh"
