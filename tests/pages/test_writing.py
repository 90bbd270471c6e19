"""Writing that takes its time: stopped, left and found again, while other sections are edited."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pages.conftest import Pages, chromium
from tests.pages.manuscripts import FACTS, begin, saved, text_of
from tests.pages.serving import Serving

SECOND, THIRD = "二、聚焦成果转化", "三、存在问题"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of its own, whose model is slow, without accounts and samples."""
    if not chromium():
        pytest.skip("no Chromium on this machine; on Debian: apt install chromium fonts-noto-cjk")
    server = Serving(tmp_path_factory.mktemp("slow"), users=(), delay=2.0, samples=False)
    server.start()
    yield server
    server.stop()


def test_stop_reload_and_edit_meanwhile(page_at: Pages) -> None:
    page = page_at()
    begin(page)
    page.click(".ol-foot .primary")
    text_of(page, THIRD).fill("先写一句。")
    saved(page)
    page.click(".db-right .primary")
    page.wait_for_selector(".ed-section[data-state=writing]")
    assert text_of(page, SECOND).evaluate("node => node.readOnly")
    text_of(page, THIRD).fill("边写边改。")
    saved(page)
    page.reload()
    page.wait_for_selector(".db-job[data-state=running]")
    assert text_of(page, THIRD).input_value() == "边写边改。"
    page.locator(".db-job").get_by_role("button", name="停止").click()
    page.wait_for_selector(".db-job[data-state=stopped]")
    page.wait_for_selector(".ed-section:is([data-state=writing], [data-state=queued])", state="detached")
    assert text_of(page, THIRD).input_value() == "边写边改。"
    assert text_of(page, SECOND).input_value() == ""
    text_of(page, SECOND).fill("自己写。")
    saved(page)


@pytest.mark.parametrize("step", ["outline", "facts"])
def test_write_it_all_goes_to_the_text(page_at: Pages, step: str) -> None:
    page = page_at()
    begin(page)
    if step == "facts":
        page.click("[data-step=facts]")
        page.locator(".wr-facts .ma-area").fill(f"{FACTS}- 创新服务机构仅3家\n")
    else:
        page.locator(".ol-heading").first.fill("一、聚焦创新企业")
    page.click(".db-right .primary")
    page.wait_for_selector(".db-root[data-step=text]")
    page.wait_for_selector(".db-job[data-state=running]")
    writing = page.locator(".ed-section[data-state=writing]").first
    writing.wait_for()
    assert writing.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    page.locator(".db-job").get_by_role("button", name="停止").click()
    page.wait_for_selector(".db-job[data-state=stopped]")
    page.click(f"[data-step={step}]")
    if step == "facts":
        page.wait_for_selector(".wr-facts .ma-table")
        assert page.locator(".wr-facts .ma-area").input_value().endswith("- 创新服务机构仅3家\n")
    else:
        assert page.locator(".ol-heading").first.input_value() == "一、聚焦创新企业"
