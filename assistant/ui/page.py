"""The page's frame: header and panels. What stands in a panel is its own module's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.errors import Language
from assistant.ui import ask, check, library, revise, write
from assistant.ui.context import Page

if TYPE_CHECKING:
    from assistant.service.desk.office import Office

TABS = {
    "write": write.tab,
    "check": check.tab,
    "revise": revise.tab,
    "ask": ask.tab,
    "library": library.tab,
}
"""Every tab by its name in addresses, events and wordings, in the order shown."""


def build(office: Office, language: Language = "zh") -> gr.Blocks:
    """The whole page in one language.

    All panels are there from the start and `frame.js` shows one of them: a tab can receive events (“insert into the
    draft”) that was never opened.
    """
    page = Page(office, language)
    words = page.wording("page")
    blocks = gr.Blocks(title=words.say("name"), analytics_enabled=False, fill_width=True)
    with blocks:
        _header(page)
        for name, tab in TABS.items():
            with gr.Column(elem_id=f"panel-{name}", elem_classes=["desk-panel"]):
                tab(page)
    return blocks


def _header(page: Page) -> gr.HTML:
    return gr.HTML(
        html_template='<header class="desk-header"></header>',
        js_on_load=f"const tabs = {list(TABS)};\n{page.script('frame.js', 'page')}",
        elem_id="desk-head",
        apply_default_css=False,
    )
