"""The page's own files and words."""

from __future__ import annotations

import json
from importlib.resources import files

from assistant.errors import Language
from assistant.wording import Wording


def asset(name: str) -> str:
    """The text of `assistant/ui/web/<name>`."""
    return files("assistant.ui").joinpath("web", name).read_text(encoding="utf-8")


def wording(name: str, language: Language) -> Wording:
    """The sentences of `assistant/ui/data/<name>.yaml`."""
    return Wording("assistant.ui", f"{name}.yaml", language)


def words_json(name: str, language: Language) -> str:
    """The same as one JSON object, harmless inside a script element."""
    sentences = wording(name, language)
    told = json.dumps({key: sentences.say(key) for key in sentences.keys}, ensure_ascii=False)
    return told.replace("<", "\\u003c")
