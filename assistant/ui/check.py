"""The tab “check”."""

from __future__ import annotations

import gradio as gr

from assistant.ui.context import Page


def tab(page: Page) -> None:
    """Say that the tab is on its way."""
    gr.HTML(html_template=f'<p class="desk-empty">{page.wording("page").say("empty.check")}</p>')
