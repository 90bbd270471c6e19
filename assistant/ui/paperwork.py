"""What the tabs of a draft share: the scripts in one scope, their words and style, and the owner's files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from assistant.loaders import FORMATS
from assistant.service.files import Files
from assistant.ui.context import AsyncFunction, Function, Page
from assistant.ui.given import Given

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk
    from assistant.service.desk.sources import SourcesGiven

_STYLE = """
const style = new CSSStyleSheet();
style.replaceSync({css});
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
"""


def component(
    page: Page,
    *,
    tab: str,
    mount: str,
    scripts: Sequence[str],
    styles: Sequence[str],
    functions: Sequence[Function | AsyncFunction],
) -> gr.HTML:
    """One tab: an element with the class of `tab` that the script function `mount(root, server)` fills.

    The scripts of `web/` are put one after the other into one scope: what one declares the next ones use. Their
    words are those of `write.yaml` and of the tab's own file.
    """
    words = {**json.loads(page.words("write")), **json.loads(page.words(tab))}
    css = "\n".join(page.asset(name) for name in styles) + f".wr-source {{ {page.asset('reading.css')} }}"
    parts = [
        f"const words = {json.dumps(words, ensure_ascii=False)};",
        f"const shared = {page.words('reading')};",
        f"const readable = {json.dumps(readable())};",
        "const desk = window.desk;",
        _STYLE.replace("{css}", json.dumps(css, ensure_ascii=False)),
        *(page.asset(name) for name in scripts),
        f"{mount}(element.querySelector('.tab-{tab}'), server);",
    ]
    return gr.HTML(
        html_template=f'<div class="tab-{tab}"></div>',
        js_on_load="\n".join(parts),
        apply_default_css=False,
        server_functions=[page.call(function) for function in functions],
    )


def readable() -> str:
    """The suffixes of all files that can be read: “.txt,.md,…”, for a file chooser."""
    return ",".join(dict.fromkeys(suffix for one in FORMATS for suffix in one.suffixes))


def files_of(desk: Desk) -> Files:
    """Where uploads and downloads of all owners lie."""
    return Files.of(desk.office.settings)


def uploaded(desk: Desk, file_id: str) -> Path:
    """An upload of the desk's owner. Raises FileGone."""
    return files_of(desk).found(desk.owner, file_id).path


def offered(desk: Desk, path: Path) -> dict[str, str]:
    """A made file for download: its id as `file`, and its name. Raises ExportError."""
    kept = files_of(desk).offer(desk.owner, path)
    return {"file": kept.id, "name": kept.name}


def sources_given(desk: Desk, given: Given) -> SourcesGiven:
    """The sources that a form sent: facts as `{text}` or `{file}`, documents as `{id}` or `{file}`; what it left out stays.

    Raises:
        FileGone: an upload is not there any more.
    """
    sources: SourcesGiven = {}
    if given.get("facts"):
        facts = Given.of(given["facts"])
        sources["facts"] = uploaded(desk, facts.text("file")) if "file" in facts else facts.text("text")
    if "prior" in given:
        sources["prior"] = [_source(desk, one) for one in given.items_of("prior")]
    if "documents" in given:
        sources["documents"] = [_source(desk, one) for one in given.items_of("documents")]
    if "archive" in given:
        sources["archive"] = given.flag("archive")
    return sources


def _source(desk: Desk, one: Given) -> str | Path:
    return uploaded(desk, one.text("file")) if "file" in one else one.text("id")
