"""Make the README's screenshots: `python benchmarks/screenshots.py [--out docs/images] [--scripted]`.

A fresh server with the sample archive: the sample facts are drafted with the configured chat model, one figure is
then changed as a slip of the pen would, and a question is asked. `--scripted` does without a model.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from page_server import chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WORK = 300_000
_RIGHT, _SLIP = "46项", "64项"
_QUESTION = "云溪县科学技术局历年高新技术企业的变化"
_SCRIPT = json.dumps({"answers": ["加强统筹协调，推进重点工作"], "cycle": True})
_SELECT = """(node, [right, slip]) => {
  const at = node.value.indexOf(right);
  node.focus();
  node.setSelectionRange(at, at + right.length);
  document.execCommand('insertText', false, slip);
}"""


def main() -> None:
    """Make both."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--scripted", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = ("--scripted", _SCRIPT) if options.scripted else ()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, served(Path(folder), *model) as url:
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, device_scale_factor=1.5, locale="zh-CN"
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(url)
        page.wait_for_function(
            "desk.session && desk.session.preparing.every((step) => step.state === 'done')", timeout=_WORK
        )
        _editor(page, options.out / "editor.png")
        _ask(page, options.out / "ask.png")


def _editor(page: Page, path: Path) -> None:
    """The sample draft with a slip in it, and what the check says of it."""
    page.click("[data-way=sample]")
    page.click(".ma-foot .primary")
    page.click(".ol-foot .primary")
    page.click(".db-right .primary")
    page.wait_for_selector(".db-job[data-state=done]", timeout=_WORK)
    area = next(one for one in page.locator(".ed-text").all() if _RIGHT in one.input_value())
    page.locator(".db-job button").last.click()
    area.evaluate(_SELECT, [_RIGHT, _SLIP])
    page.locator(".fi-card", has_text=_SLIP).first.click()
    _settled(page)
    page.screenshot(path=path)


def _ask(page: Page, path: Path) -> None:
    """A question through the years, its chart, and the place that a citation names."""
    page.click("#tab-ask")
    page.locator("#panel-ask textarea").fill(_QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-ask svg", timeout=_WORK)
    page.locator("#panel-ask .cite").last.click()
    _settled(page)
    page.screenshot(path=path)


def _settled(page: Page) -> None:
    """Toasts are gone and nothing is about to change."""
    page.evaluate("document.querySelectorAll('.toast').forEach((one) => one.remove())")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
