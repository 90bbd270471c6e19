"""Pages in a real browser, against a real server.

Each test gets pages by `page_at(width)`; when it ends, every page must have contacted loopback only and must have
written nothing to the console as an error. Where there is no Chromium, the tests are skipped and say so.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from .serving import PASSWORD, USERS, Serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
TIMEOUT = 40_000
HEIGHT = 800


def chromium() -> str:
    """The browser's path; empty when there is none."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), "")


@pytest.fixture(scope="package")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with two users and the sample archive, for all tests of the pages."""
    if not chromium():
        pytest.skip("no Chromium on this machine; on Debian: apt install chromium fonts-noto-cjk")
    server = Serving(tmp_path_factory.mktemp("pages"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser; it ends with this package, since its event loop would be in the way of others."""
    if not chromium():
        pytest.skip("no Chromium on this machine; on Debian: apt install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


class Pages:
    """Opens pages and keeps what they did that they should not: outside hosts, errors on the console."""

    def __init__(self, browser: Browser, serving: Serving, downloads: Path) -> None:
        self._browser = browser
        self.serving = serving
        self.downloads = downloads
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._contexts: list[BrowserContext] = []

    def __call__(
        self, width: int = 1280, user: str | None = USERS[0], path: str = "/", language: str = "zh"
    ) -> Page:
        """A page of a browser of its own, logged in as `user` (None: not), once its header is there."""
        context = self._browser.new_context(
            base_url=self.serving.url, viewport={"width": width, "height": HEIGHT}, accept_downloads=True
        )
        self._contexts.append(context)
        if user is not None and self.serving.users:
            given = {"name": user, "password": PASSWORD}
            answer = context.request.post("/desk/login", data=given)
            assert answer.ok, answer.text()
        context.on("request", lambda request: self.hosts.add(_host(request.url)))
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"/en{path}" if language == "en" else path)
        if user is not None:
            page.wait_for_selector("body.desk-started")
        return page

    def expect_error(self, pattern: str) -> None:
        """This test provokes an error on the console, which is none of the page's faults."""
        self._expected.append(re.compile(pattern))

    def close(self) -> None:
        """Close all pages and look at what they did."""
        for context in self._contexts:
            context.close()
        outside = {host for host in self.hosts if host not in ("", "127.0.0.1")}
        assert not outside, f"hosts other than this machine were contacted: {outside}"
        unexpected = [
            line for line in self.errors if not any(pattern.search(line) for pattern in self._expected)
        ]
        assert not unexpected, unexpected

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


@pytest.fixture
def page_at(browser: Browser, serving: Serving, tmp_path: Path) -> Iterator[Pages]:
    """Opens pages: `page_at(390)`, `page_at(user="乙")`."""
    pages = Pages(browser, serving, tmp_path)
    yield pages
    pages.close()


@pytest.fixture
def accessible() -> Callable[..., None]:
    """Asserts that axe finds nothing serious or critical on a page, or in the part that a selector names."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Page, selector: str | None = None) -> None:
        found: dict[str, Any] = Axe().run(page, context=selector).response
        grave = [
            f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'][:160] for node in one['nodes'][:4]]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert not grave, "\n".join(grave)

    return check
