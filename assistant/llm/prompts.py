"""Prompts from `prompts/<name>.md`: front matter (name, version, variables), then `## system` and `## human`.

Within the sections `{variable}` is filled in and `{{` stands for a brace. Other headings are part of the text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from langchain_core.prompts import ChatPromptTemplate

from assistant.errors import SettingsInvalid

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)
_ROLE = re.compile(r"^## (system|human|ai)[ \t]*$", re.M)
_NAME = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")


def prompt_folder() -> Path:
    """Where the prompts are: the checkout's `prompts/`, or the installed package's copy."""
    checkout = Path(__file__).parents[2] / "prompts"
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    return Path(str(files("assistant").joinpath("_data", "prompts")))


@cache
def prompt(name: str) -> ChatPromptTemplate:
    """The prompt of that name; its `metadata` has its name and version.

    Raises:
        SettingsInvalid: there is none, or its file does not say what it needs.
    """
    path = prompt_folder() / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise SettingsInvalid(name=f"prompts/{name}.md", reason="there is no such prompt")
    return parse(name, path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> ChatPromptTemplate:
    """The prompt in `text`, whose front matter must give `name` and exactly the variables in use."""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    if match is None:
        raise _invalid(name, "it does not begin with front matter")
    front = _front(name, match[1])
    parts = _ROLE.split(match[2])
    messages = [(role, body.strip()) for role, body in zip(parts[1::2], parts[2::2], strict=True)]
    if not messages or parts[0].strip():
        raise _invalid(name, "text stands outside of `## system` and `## human`")
    try:
        template = ChatPromptTemplate.from_messages(messages)
    except ValueError as error:
        raise _invalid(name, str(error)) from error
    if set(template.input_variables) != set(front["variables"]):
        raise _invalid(name, f"it uses {sorted(template.input_variables)}, not the variables that it names")
    template.metadata = {"name": name, "version": str(front["version"])}
    return template


def _front(name: str, text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _invalid(name, "its front matter is not YAML") from error
    if not isinstance(front, dict) or not {"name", "version", "variables"} <= set(front):
        raise _invalid(name, "its front matter lacks name, version or variables")
    if front["name"] != name or not isinstance(front["variables"], list):
        raise _invalid(name, "its front matter gives another name, or no list of variables")
    return front


def _invalid(name: str, reason: str) -> SettingsInvalid:
    return SettingsInvalid(name=f"prompts/{name}.md", reason=reason)
