"""Measure the page in a real browser: `python benchmarks/web.py [--edits N] [--json FILE]`.

With the scripted model and hashed embeddings, so that what is measured is the page and the service behind it:

- first paint and a usable page, with an empty browser cache (median of 5);
- from a keystroke to its findings on the screen, in a draft of 10,000 characters with facts (wanted: 95 % <= 1 s);
- from the click to the first streamed character of a section with a model that answers at once: what the page and
  the service add to the model's own time (wanted: at most 0.15 s);
- 20 writers who draft at once over HTTP: time until all are done, and until each has its first text.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from page_server import chromium, served

from assistant.llm.scripted import HashingEmbeddings, ScriptedChatModel
from assistant.service import LOCAL
from assistant.service.desk import Office
from assistant.service.resources import sample_archive, sample_facts
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHARACTERS = 10_000
WRITERS = 20
ANSWER = "加强统筹协调，推进重点工作"
_WATCH = """() => {
  window.found = [];
  desk.on('review', () => requestAnimationFrame(() => requestAnimationFrame(() => window.found.push(performance.now()))));
}"""
_TYPE = """([node, digit]) => {
  const at = node.value.search(/[0-9]家/);
  node.focus();
  node.setSelectionRange(at, at + 1);
  window.found.length = 0;
  window.typed = performance.now();
  document.execCommand('insertText', false, digit);
}"""
_FIRST_TEXT = """() => {
  const area = document.querySelector('.ed-section[data-state=writing] .ed-text, .ed-section .ed-text');
  const sections = [...document.querySelectorAll('.ed-section .ed-text')];
  return sections.some((one) => one.value.length > 0) ? performance.now() : null;
}"""


def main() -> None:
    """Measure, print, write JSON."""
    options = _options()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home = Path(folder)
        draft = _long_draft(home)
        model = json.dumps({"answers": [ANSWER], "cycle": True})
        with served(home, "--no-samples", "--scripted", model) as url:
            figures |= _paint(browser, url)
            figures |= _findings(browser, f"{url}/#write/{draft}", options.edits)
            figures |= _writers(url)
        with served(home / "fresh", "--no-samples", "--scripted", model) as url:
            figures |= _first_character(browser, url)
    for name, value in figures.items():
        print(f"{name:44} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def _long_draft(home: Path) -> str:
    """A draft of 10,000 characters, as an office's report holds them: the facts, then what has few figures; its id."""
    facts = re.sub(r"\A---.*?---", "", sample_facts().read_text(encoding="utf-8"), flags=re.S)
    lines = [line.lstrip("#- ") for line in facts.splitlines() if line.strip()]
    policies = sorted((sample_archive() / "policies").glob("*.md"))
    text = "\n".join([*lines, *(one.read_text(encoding="utf-8") for one in policies)])[:CHARACTERS]
    with Office(Settings(home=home), chat=ScriptedChatModel(), embeddings=HashingEmbeddings()) as office:
        desk = office.desk(LOCAL)
        return desk.new_from_text("长稿", text, {"facts": sample_facts(), "archive": False}).id


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.wait_for_selector("body.desk-started")
    return page


def _paint(browser: Browser, url: str) -> dict[str, object]:
    first, usable = [], []
    for _ in range(5):
        page = _opened(browser, url)
        usable.append(page.evaluate("performance.now()"))
        first.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        page.context.close()
    return {
        "first paint, ms": round(statistics.median(first)),
        "page usable, ms": round(statistics.median(usable)),
    }


def _findings(browser: Browser, url: str, edits: int) -> dict[str, object]:
    page = _opened(browser, url)
    page.wait_for_selector(".fi-card", state="attached")
    page.evaluate(_WATCH)
    area = next(one for one in page.locator(".ed-text").all() if re.search(r"[0-9]家", one.input_value()))
    node = area.element_handle()
    taken = []
    for number in range(edits):
        page.evaluate(_TYPE, [node, str(number % 9 + 1)])
        page.wait_for_function("window.found.length > 0")
        taken.append(page.evaluate("window.found.at(-1) - window.typed"))
        page.wait_for_selector(".db-state[data-state=saved]")
    page.context.close()
    return {
        "keystroke to findings p50, ms": round(statistics.median(taken)),
        "keystroke to findings p95, ms": round(_share(taken, 0.95)),
        "keystroke to findings, edits": len(taken),
    }


def _first_character(browser: Browser, url: str) -> dict[str, object]:
    taken = []
    for _ in range(5):
        page = _opened(browser, url)
        page.click("[data-way=facts]")
        page.fill(".ma-area", sample_facts().read_text(encoding="utf-8"))
        page.wait_for_selector(".ma-table")
        page.click(".ma-foot .primary")
        page.wait_for_selector(".ol-row")
        page.click(".ol-foot .primary")
        page.wait_for_selector(".ed-section .ed-text", state="attached")
        button = page.get_by_role("button", name="写这一节").nth(1)
        button.wait_for()
        clicked = page.evaluate("performance.now()")
        button.click()
        taken.append(page.wait_for_function(_FIRST_TEXT, polling="raf").json_value() - clicked)
        page.context.close()
    return {
        "click to first character, model at once, ms": round(statistics.median(taken)),
    }


class _Writer:
    """One writer who talks to the page's server functions as its scripts do."""

    def __init__(self, url: str, number: int) -> None:
        self._client = httpx.Client(base_url=url, timeout=60, headers={"Origin": url})
        config = self._client.get("/config").json()
        props = [(one["id"], one["props"].get("server_fns", [])) for one in config["components"]]
        self._component = next(name for name, functions in props if "new_from_facts" in functions)
        self._session = f"writer{number}"

    def call(self, name: str, **data: object) -> Any:  # noqa: ANN401 - plain data of any form
        """What the server function answers; SystemExit when it is an error."""
        body = {
            "data": data,
            "component_id": self._component,
            "fn_name": name,
            "session_hash": self._session,
        }
        answer = self._client.post("/gradio_api/component_server/", json=body).json()
        if isinstance(answer, dict) and "error" in answer and answer["error"] and "code" in answer["error"]:
            raise SystemExit(f"{name}: {answer['error']}")
        return answer

    def write(self) -> tuple[float, float, int]:
        """Seconds from the order to the first text and to the end, and the sections that were written."""
        draft = self.call("new_from_facts", text=sample_facts().read_text(encoding="utf-8"))
        began = time.monotonic()
        job = self.call("write", id=draft["id"])
        first, since, done = 0.0, 0, 0
        while True:
            told = self.call("job_events", job_id=job["id"], since=since)
            since = told["next"]
            texts = [one for one in told["events"] if one["type"] == "text" and one["text"]]
            first = first or (time.monotonic() - began if texts else 0.0)
            done += sum(one["type"] == "section_done" for one in told["events"])
            if told["job"]["state"] in ("done", "failed", "stopped"):
                self._client.close()
                return first, time.monotonic() - began, done


def _writers(url: str) -> dict[str, object]:
    writers = [_Writer(url, number) for number in range(WRITERS)]
    began = time.monotonic()
    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(_Writer.write, writers))
    return {
        f"{WRITERS} writers at once, all done, s": round(time.monotonic() - began, 1),
        f"{WRITERS} writers, first text p95, s": round(_share([first for first, _, _ in results], 0.95), 2),
        f"{WRITERS} writers, sections each": min(done for _, _, done in results),
    }


def _share(values: Sequence[float], share: float) -> float:
    """The value that `share` of all stay within."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
