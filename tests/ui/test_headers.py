"""Headers of every kind of answer, and the page's HTML."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from assistant.ui.headers import layered

from .conftest import ORIGIN


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/health", "/login", "/desk/session", "/desk/web/desk.js", "/nothing", "/config"]
)
def test_every_answer_is_guarded(local: TestClient, path: str) -> None:
    headers = local.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src", 1)[1].split(";", 1)[0]


def test_refusals_are_guarded_too(local: TestClient) -> None:
    answer = local.post("/desk/upload", headers={"Origin": "http://evil.example"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_all_scripts_of_the_page_have_this_answers_nonce(local: TestClient, path: str) -> None:
    answer = local.get(path)
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", answer.headers["content-security-policy"])
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert len(scripts) > 5
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert local.get(path).headers["content-security-policy"] != answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "language", "name"), [("/", "zh-CN", "公文起草台"), ("/en/", "en", "Report desk")]
)
def test_page_is_in_its_language_and_ours(local: TestClient, path: str, language: str, name: str) -> None:
    page = local.get(path).text
    assert f'lang="{language}"' in page
    assert name in page
    assert "og:" not in page
    assert "twitter" not in page
    assert "githubusercontent" not in page


def test_page_names_no_other_host(local: TestClient) -> None:
    for found in re.findall(r'(?:src|href|action)="([^"]+)"', local.get("/").text):
        assert not found.startswith(("http:", "https:", "//")), found


def test_gradio_keeps_no_history_and_sends_no_numbers(local: TestClient) -> None:
    config = local.get("/config").json()
    assert config["run_history"] is False
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


def test_style_sheets_of_gradio_are_layered_and_may_be_kept(local: TestClient) -> None:
    (sheet,) = re.findall(r'href="\./(assets/index-[\w-]+\.css)"', local.get("/").text)
    answer = local.get(f"/{sheet}", headers={"Accept-Encoding": "br, gzip"})
    assert answer.text.startswith("@layer gradio{")
    assert answer.text == layered(answer.text[len("@layer gradio{") : -1])
    assert "no-store" not in answer.headers.get("cache-control", "")


def test_preflight_of_another_site_gets_no_leave(local: TestClient) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answer = local.options("/gradio_api/component_server/", headers=asked)
    assert "access-control-allow-origin" not in answer.headers


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(anonymous: TestClient) -> None:
    answer = anonymous.post(
        "/desk/login", json={"name": "甲", "password": "correct horse battery"}, headers=ORIGIN
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie  # the test speaks http
    answer = anonymous.post(
        "https://127.0.0.1/desk/login",
        json={"name": "甲", "password": "correct horse battery"},
        headers={"Origin": "https://127.0.0.1"},
    )
    assert "secure" in answer.headers["set-cookie"].lower()
