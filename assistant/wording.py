"""Sentences that people read, kept in YAML files beside the code: one key, one sentence a language.

A file maps keys to `{zh: …, en: …}`; groups may nest (`search: {title: {zh: …, en: …}}` is `search.title`).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import PlainSerializer, PlainValidator

from assistant.errors import Language, Said, in_language

_BOTH = '{"zh": "'  # how a column begins that holds both languages


def _kept(text: str) -> str | dict[str, str]:
    return {"zh": text.zh, "en": text.en} if isinstance(text, Said) else text


def _read(kept: object) -> str:
    """Raises ValueError for anything but text, alone or in both languages."""
    if isinstance(kept, dict):
        return Said(str(kept["zh"]), str(kept["en"]))
    if not isinstance(kept, str):
        raise ValueError("neither text nor text in two languages")
    return kept


def stored(text: str) -> str:
    """`text` for a column of a table: as it is, or both languages of a `Said` as JSON."""
    kept = _kept(text)
    return kept if isinstance(kept, str) else json.dumps(kept, ensure_ascii=False)


def restored(column: str) -> str:
    """The inverse of `stored`."""
    return _read(json.loads(column)) if column.startswith(_BOTH) else column


Kept = Annotated[str, PlainValidator(_read), PlainSerializer(_kept)]
"""Text of a record that is kept as JSON: what the program says is kept in both languages, other text as it is."""


class Wording:
    """The sentences of one file in one language.

    Example:
        >>> Wording("assistant.export", "labels.yaml").say("role.fact")
        '事实'
    """

    def __init__(self, package: str, name: str, language: Language = "zh") -> None:
        self.language: Language = language
        self._sentences = _sentences(package, name)

    def say(self, key: str, **details: object) -> str:
        """The sentence of `key` with its `{placeholders}` filled; KeyError when the file lacks the key."""
        return self._said(key, self.language, details)

    def both(self, key: str, **details: object) -> Said:
        """The sentence of `key` in both languages, for whoever does not know yet who will read it."""
        return Said(self._said(key, "zh", details), self._said(key, "en", details))

    def _said(self, key: str, language: Language, details: dict[str, object]) -> str:
        sentence = self._sentences[key][language]
        told = {
            name: in_language(detail, language) if isinstance(detail, str) else detail
            for name, detail in details.items()
        }
        return sentence.format(**told) if told else sentence

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in file order."""
        return tuple(self._sentences)


@cache
def _sentences(package: str, name: str) -> dict[str, dict[str, str]]:
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return dict(_flat(yaml.safe_load(text), ""))


def _flat(tree: dict[str, object], prefix: str) -> list[tuple[str, dict[str, str]]]:
    """Every `{zh, en}` leaf of `tree` with its dotted key."""
    leaves: list[tuple[str, dict[str, str]]] = []
    for name, branch in tree.items():
        if not isinstance(branch, dict):
            raise TypeError(f"{prefix}{name} is not a group or a sentence")
        if set(branch) == {"zh", "en"}:
            leaves.append((prefix + name, {language: str(text) for language, text in branch.items()}))
        else:
            leaves += _flat(branch, f"{prefix}{name}.")
    return leaves
