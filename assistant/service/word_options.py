"""What goes around a draft in Word, from options, settings, and the office's own files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from assistant.errors import FileUnreadable, Said
from assistant.export import STANDARD, Letterhead, WordOptions, write_word
from assistant.records import Draft
from assistant.service.layout import count_pages, house_style
from assistant.service.sections_of_file import draft_of
from assistant.settings import Settings

_KEYS = {
    "发文机关标志": "mark",
    "发文字号": "number",
    "份号": "copy",
    "密级": "secrecy",
    "紧急程度": "urgency",
    "签发人": "signer",
    "抄送": "copied_to",
    "印发机关": "issuer",
    "印发日期": "issued",
    "版记在双数页": "even_page",
}
_MEGABYTE = 1_000_000


def word_options(
    settings: Settings,
    *,
    like: Path | None = None,
    letterhead: Path | None = None,
    signed: date | None = None,
    addressee: str = "",
    attachments: Sequence[str] = (),
) -> WordOptions:
    """The options; `like` and `letterhead` are the settings' files where none are given.

    Raises:
        ExportError: `like` is no sound Word file.
        FileUnreadable: the letterhead file cannot be read, or says what nobody understands.
    """
    like, letterhead = like or settings.word_like, letterhead or settings.word_letterhead
    style = house_style(like)[0] if like else STANDARD
    return WordOptions(
        signed=signed,
        style=style.with_latin(settings.word_latin) if settings.word_latin else style,
        letterhead=read_letterhead(letterhead) if letterhead else None,
        addressee=addressee,
        attachments=tuple(attachments),
    )


def read_letterhead(path: Path) -> Letterhead:
    """A letterhead out of a YAML file: `发文字号: 云科〔2026〕3号`, a line each; English names do too.

    Raises:
        FileUnreadable: it cannot be read, is no such list, or has a line that nobody understands.
    """
    try:
        whole = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _refused(path, Said("不是“名称: 内容”的清单", "it is no list of names and values")) from error
    if not isinstance(whole, dict):
        raise _refused(path, Said("不是“名称: 内容”的清单", "it is no list of names and values"))
    fields = {_KEYS.get(str(name), str(name)): value for name, value in whole.items()}
    unknown = [name for name in fields if name not in _KEYS.values()]
    if unknown:
        known = "、".join(_KEYS)
        reason = Said(
            f"没有“{unknown[0]}”这一项；可用：{known}", f"there is no “{unknown[0]}”; known: {known}"
        )
        raise _refused(path, reason)
    return _letterhead(path, fields)


def _letterhead(path: Path, fields: dict[str, object]) -> Letterhead:
    issued = fields.pop("issued", None)
    if isinstance(issued, str):
        try:
            issued = date.fromisoformat(issued.strip())
        except ValueError as error:
            raise _refused(path, _NO_DATE) from error
    if issued is not None and not isinstance(issued, date):
        raise _refused(path, _NO_DATE)
    even_page = fields.pop("even_page", False) in (True, "是", "yes")
    words = {name: str(value).strip() for name, value in fields.items() if value is not None}
    return replace(Letterhead(**words), issued=issued, even_page=even_page)  # type: ignore[arg-type]


_NO_DATE = Said("印发日期应写成 2026-01-08", "write the date of issue as 2026-01-08")


def _refused(path: Path, reason: Said) -> FileUnreadable:
    return FileUnreadable(name=path.name, reason=reason)


def write_draft(draft: Draft, path: Path, options: WordOptions) -> Path:
    """A draft as Word file; 版记 goes to an even page by the real count of pages where LibreOffice can count.

    Raises:
        ExportError: the file cannot be written.
    """
    return write_word(draft, path, options=options, pages=count_pages)


def export_file(source: Path, path: Path, options: WordOptions, settings: Settings) -> Draft:
    """Any draft that can be read, written anew as Word file in the layout of the options.

    Raises:
        InputError: `source` cannot be read.
        ExportError: `path` cannot be written.
    """
    draft = draft_of(source, settings.max_file_mb * _MEGABYTE)
    write_draft(draft, path, options)
    return draft
