"""What text formats share: lines without indentation, and metadata in front of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from assistant.loaders.lines import Line

_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\x00-\x08\x0e-\x1f]")
_BULLET = re.compile(r"^[•●○■□◆◇▪·\-–*]\s+(?=\S)|^[•●■◆▪]\s*(?=\S)")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.{0,10000}?)\n---[ \t]*(?:\n|\Z)", re.S)
_HEADER = re.compile(r"\A(?:#[^\n]*\n+)?((?:- [a-z][a-z0-9_]{1,30}:[^\n]*\n+){3,60})---[ \t]*(?:\n|\Z)")
METADATA_KEYS = {
    "title": "title", "标题": "title",
    "organisation": "organisation", "organization": "organisation", "publisher": "organisation",
    "单位": "organisation", "发文单位": "organisation",
    "place": "place", "地区": "place",
    "year": "year", "年份": "year", "年度": "year",
    "genre": "genre", "体裁": "genre",
    "number": "number", "文号": "number", "发文字号": "number",
    "date": "date", "publish_date": "date", "日期": "date",
}  # fmt: skip


def plain_lines(text: str, first: int = 1) -> list[Line]:
    """Lines without indentation; blank ones are counted in the next line's `gap`."""
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(_BREAKS.split(text), first):
        stripped = clean(raw)
        if not stripped:
            gap += 1
            continue
        lines.append(as_item(Line(stripped, paragraph=number, gap=gap)))
        gap = 0
    return lines


def as_item(line: Line) -> Line:
    """The line as a list item without its bullet, if it has one."""
    bullet = _BULLET.match(line.text)
    return replace(line, text=line.text[bullet.end() :], kind="list_item") if bullet else line


def clean(raw: str) -> str:
    """One line without invisible characters (bidirectional overrides too) and outer white space."""
    return _INVISIBLE.sub("", raw).replace("\t", " ").replace("\xa0", " ").strip()


def front_matter(text: str) -> tuple[Mapping[str, str], str, tuple[str, ...]]:
    """Metadata in front of a text (`---` lines around YAML, or `- key: value` lines before `---`), and the rest.

    The removed lines are replaced by line breaks, so that line numbers stay those of the file.
    """
    normal = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    matched = _FRONT_MATTER.match(normal) or _HEADER.match(normal)
    if not matched:
        return {}, text, ()
    body = "\n" * matched.group(0).count("\n") + normal[matched.end() :]
    try:
        values = yaml.safe_load(matched.group(1))
    except yaml.YAMLError:
        return {}, body, ("文首的元数据（--- 之间）不是有效的 YAML，未使用",)
    return _known(values), body, ()


def _known(values: object) -> dict[str, str]:
    """Keys that mean something here; a list of one-key mappings is taken as one mapping."""
    if isinstance(values, list):
        values = {key: value for item in values if isinstance(item, dict) for key, value in item.items()}
    if not isinstance(values, dict):
        return {}
    return {
        METADATA_KEYS[str(key).lower()]: str(value).strip()
        for key, value in values.items()
        if str(key).lower() in METADATA_KEYS and value is not None and not isinstance(value, (dict, list))
    }
