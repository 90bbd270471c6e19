"""Who comes in: hosts, origins, sessions; every address that Gradio has is refused unless the page needs it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import ORIGIN, log_in

CALL = {"data": {}, "component_id": 1, "fn_name": "x", "session_hash": "s"}


def test_health_needs_nobody(anonymous: TestClient) -> None:
    answer = anonymous.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_page_is_for_whoever_is_logged_in(anonymous: TestClient) -> None:
    answer = anonymous.get("/", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert log_in(anonymous, "甲").get("/", headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/config",
        "/desk/session",
        "/desk/files/" + "0" * 24,
        "/theme.css",
        "/assets/x.js",
        "/gradio_api/startup-events",
        "/gradio_api/queue/data?session_hash=s",
        "/gradio_api/heartbeat/s",
    ],
)
def test_anonymous_reads_nothing(anonymous: TestClient, path: str) -> None:
    answer = anonymous.get(path)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "page.login"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/component_server/",
        "/en/gradio_api/component_server/",
        "/gradio_api/queue/join",
        "/desk/upload",
        "/desk/logout",
        "/desk/prepare/model",
    ],
)
def test_anonymous_does_nothing(anonymous: TestClient, path: str) -> None:
    answer = anonymous.post(path, json=CALL, headers=ORIGIN)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "page.login"


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/redoc",
        "/openapi.json",
        "/gradio_api/mcp/sse",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://192.0.2.1/",
        "/gradio_api/runs",
        "/gradio_api/vibe-edit",
        "/gradio_api/vibe-code",
        "/gradio_api/dev/reload",
        "/gradio_api/deep_link",
        "/gradio_api/call/x",
        "/gradio_api/run/predict",
        "/gradio_api/api/predict",
        "/gradio_api/stream/x",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/profiling/traces",
        "/logout",
        "/token",
        "/gradio_api/token",
        "/pwa_icon",
        "/en/gradio_api/file=/etc/passwd",
        "/desk/web/../server.py",
        "/desk/web/login.html",
    ],
)
def test_addresses_that_the_page_does_not_need_are_not_there(anonymous: TestClient, path: str) -> None:
    client = log_in(anonymous, "甲")
    assert client.get(path).status_code == 404
    assert client.post(path, json=CALL, headers=ORIGIN).status_code in (404, 405)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "", "localhost.evil"]
)
def test_other_names_of_this_machine_are_refused_without_accounts(local: TestClient, host: str) -> None:
    answer = local.get("/desk/session", headers={"Host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "page.foreign"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:7860", "localhost:8000", "[::1]:7860", "127.1.2.3"])
def test_names_of_loopback_are_answered(local: TestClient, host: str) -> None:
    assert local.get("/desk/session", headers={"Host": host}).status_code == 200


def test_accounts_make_any_name_fine(anonymous: TestClient) -> None:
    assert anonymous.get("/login", headers={"Host": "desk.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8080"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/desk/upload", "/desk/login", "/desk/logout", "/gradio_api/component_server/"]
)
def test_other_sites_change_nothing(local: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = local.post(path, json=CALL, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "page.foreign"


def test_programs_without_origin_may_call(local: TestClient) -> None:
    assert local.post("/desk/upload", content=b"x", headers={"X-Name": "a.txt"}).status_code == 200


def test_large_bodies_are_for_the_upload_only(local: TestClient) -> None:
    answer = local.post("/gradio_api/component_server/", content=b"x" * 9_000_000, headers=ORIGIN)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "page.request"


def test_errors_are_told_in_the_chosen_language(anonymous: TestClient) -> None:
    assert "登录" in anonymous.get("/desk/session").json()["error"]["message"]
    anonymous.cookies.set("desk_language", "en")
    assert "logged in" in anonymous.get("/desk/session").json()["error"]["message"]
