"""A model that dies while a draft is written: what is written stays, what to do is said, trying again works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.conftest import Endpoint, cut, pieces, running_endpoint, status
from tests.pages.conftest import Pages, chromium
from tests.pages.manuscripts import begin, saved, text_of
from tests.pages.serving import Serving

FIRST, SECOND, THIRD = "一、聚焦创新主体", "二、聚焦成果转化", "三、存在问题"
FIRST_ANSWER = pieces("第一组：", "培育创新型企业群体\n")
SECOND_ANSWER = pieces("第一组：活跃技术合同交易\n", "第二组：促进技术成果转化\n")
PLAIN = "技术合同登记额5.6亿元，同比增长18.4%"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """The model's endpoint."""
    with running_endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, endpoint: Endpoint) -> Iterator[Serving]:
    """A server of its own that asks the endpoint, without accounts and samples."""
    if not chromium():
        pytest.skip("no Chromium on this machine; on Debian: apt install chromium fonts-noto-cjk")
    server = Serving(tmp_path_factory.mktemp("down"), users=(), samples=False, endpoint=endpoint.url)
    server.start()
    yield server
    server.stop()


def test_the_model_dies_while_a_draft_is_written(page_at: Pages, endpoint: Endpoint) -> None:
    endpoint.answers = [FIRST_ANSWER, cut("第一组：活跃"), status(503, "gone")]
    page = page_at()
    begin(page)
    page.click("[data-step=text]")
    text_of(page, THIRD).fill("自己写的一句。")
    saved(page)
    page.click(".db-right .primary")
    page.wait_for_selector(".db-job[data-state=failed]")
    alert = page.locator(".db-job [role=alert]").inner_text()
    assert "模型服务不可用" in alert
    assert "请检查模型地址和网络" in alert
    assert "培育创新型企业群体，新认定" in text_of(page, FIRST).input_value()
    assert PLAIN in text_of(page, SECOND).input_value()
    assert text_of(page, THIRD).input_value() == "自己写的一句。"
    note = page.locator(".ed-section[data-state=done] .ed-note", has_text="按事实原文写出")
    note.first.wait_for()

    endpoint.answers = [SECOND_ANSWER]
    endpoint.bodies.clear()
    page.locator(".db-job").get_by_role("button", name="再试一次").click()
    page.wait_for_selector(".db-job[data-state=done]")
    page.wait_for_selector(".ed-section[data-state=writing]", state="detached")
    assert "活跃技术合同交易，技术合同登记额" in text_of(page, SECOND).input_value()
    assert PLAIN in text_of(page, SECOND).input_value()
    assert text_of(page, THIRD).input_value() == "自己写的一句。"
    assert len(endpoint.bodies) == 1
    note.first.wait_for(state="detached")


def test_a_model_that_stays_down_takes_nothing_away(page_at: Pages, endpoint: Endpoint) -> None:
    from playwright.sync_api import expect

    endpoint.answers = [status(401, "no such key")]
    page = page_at()
    begin(page)
    page.click(".db-right .primary")
    page.wait_for_selector(".db-job[data-state=failed]")
    assert "请检查密钥" in page.locator(".db-job [role=alert]").inner_text()
    before = text_of(page, FIRST).input_value()
    assert "新认定高新技术企业18家" in before
    with page.expect_response(lambda answer: "job_events" in (answer.request.post_data or "")):
        page.locator(".db-job").get_by_role("button", name="再试一次").click()
    page.wait_for_selector(".db-job[data-state=failed]")
    expect(text_of(page, FIRST)).to_have_value(before)
