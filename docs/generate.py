"""Writes the generated blocks of README and docs from the program itself.

`python docs/generate.py` renews them, `--check` fails when one is stale. A block stands between
`<!-- generated: NAME LANGUAGE -->` and `<!-- end -->`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from assistant import errors
from assistant.cli import exits
from assistant.cli.app import app
from assistant.errors import AssistantError, Language
from assistant.loaders import FORMATS
from assistant.settings import Settings
from assistant.wording import Wording

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.zh-CN.md", "docs/commands.md", "docs/exit-codes.md", "docs/exit-codes.zh-CN.md")
BLOCK = re.compile(r"(<!-- generated: (?P<name>\w+) (?P<language>zh|en) -->\n).*?(<!-- end -->)", re.DOTALL)


def messages(language: Language) -> Wording:
    """What the command line says."""
    return Wording("assistant.cli", "messages.yaml", language)


def table(name: str, columns: int, rows: Iterator[tuple[str, ...]], language: Language) -> str:
    """A Markdown table with the head that the messages have for it."""
    head = messages(language).say(f"documents.{name}")
    return "\n".join([head, "|" + "---|" * columns, *(f"| {' | '.join(row)} |" for row in rows)])


def settings(language: Language) -> str:
    """Every setting with its variable and default."""

    def rows() -> Iterator[tuple[str, ...]]:
        for name, field in Settings.model_fields.items():
            given = field.get_default()
            shown = f"`{given}`" if isinstance(given, str | int | float) and given != "" else ""
            shown = "`~/.local/share/report-drafting-assistant`" if name == "home" else shown
            yield f"`ASSISTANT_{name.upper()}`", shown, messages(language).say(f"setting.{name}")

    return table("settings", 3, rows(), language)


def leaves(
    command: Any,  # noqa: ANN401 - Typer's command classes are private
    path: tuple[str, ...] = (),
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below `command` with its path."""
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, one in below.items():
        yield from leaves(one, (*path, name))


def commands(language: Language) -> str:
    """Every command with one sentence."""
    rows = (
        (f"`assistant {' '.join(path)}`", messages(language).say(f"{'.'.join(path)}.help"))
        for path, _ in leaves(typer.main.get_command(app))
    )
    return table("commands", 2, rows, language)


def helps(language: Language) -> str:
    """The help of every command, as it is shown."""
    parts = []
    for path, _ in leaves(typer.main.get_command(app)):
        shown = CliRunner().invoke(app, [*path, "--help", "--lang", language], env={"COLUMNS": "100"})
        parts.append(f"## assistant {' '.join(path)}\n\n```text\n{shown.stdout.rstrip()}\n```")
    return "\n\n".join(parts)


def exit_codes(language: Language) -> str:
    """Every exit code with its meaning."""
    rows = ((f"{code}", messages(language).say(f"exit.{name}")) for code, name in exits.CODES.items())
    return table("exits", 2, rows, language)


def error_codes(language: Language) -> str:
    """Every error's code with its sentence; its details show as they are named."""

    def rows() -> Iterator[tuple[str, ...]]:
        for one in vars(errors).values():
            if inspect.isclass(one) and issubclass(one, AssistantError) and "." in one.code:
                sentence = one.zh if language == "zh" else one.en
                yield f"`{one.code}`", f"{exits.exit_code(one())}", sentence

    return table("errors", 3, rows(), language)


def formats(language: Language) -> str:
    """Every format that a loader reads."""
    rows = ((one.zh if language == "zh" else one.name, " ".join(one.suffixes)) for one in FORMATS)
    return table("formats", 2, rows, language)


BLOCKS: dict[str, Callable[[Language], str]] = {
    "settings": settings,
    "commands": commands,
    "helps": helps,
    "exits": exit_codes,
    "errors": error_codes,
    "formats": formats,
}


def renewed(text: str) -> str:
    """`text` with its blocks written anew; KeyError for a block that nobody writes."""

    def block(match: re.Match[str]) -> str:
        language: Language = "zh" if match["language"] == "zh" else "en"
        return f"{match[1]}\n{BLOCKS[match['name']](language)}\n\n{match[4]}"

    return BLOCK.sub(block, text)


def stale() -> list[str]:
    """The pages whose blocks are not as the program is."""
    texts = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
    return [page for page, text in texts.items() if renewed(text) != text]


def main() -> int:
    """Renew, or with `--check` only look."""
    pages = stale()
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(f"stale: {page}\n" for page in pages)
        return 1 if pages else 0
    for page in pages:
        path = ROOT / page
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"renewed: {page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
