"""Logging in and out over HTTP, and the language that a browser keeps."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import ORIGIN, PASSWORD, log_in


def test_session_tells_who_and_what_is_used(anonymous: TestClient) -> None:
    session = log_in(anonymous, "甲").get("/desk/session").json()
    assert session["user"] == "甲"
    assert session["max_file_mb"] == 1
    assert session["model"]["outside_hosts"] == []
    assert session["preparing"] == []


def test_without_accounts_everybody_is_local(local: TestClient) -> None:
    assert local.get("/desk/session").json()["user"] == ""
    answer = local.get("/login", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert local.post("/desk/login", json={"name": "x", "password": "y"}, headers=ORIGIN).status_code == 200


def test_log_out_ends_the_session_on_the_server(anonymous: TestClient) -> None:
    token = log_in(anonymous, "甲").cookies["desk_session"]
    assert anonymous.post("/desk/logout", headers=ORIGIN).status_code == 200
    anonymous.cookies.clear()
    anonymous.cookies.set("desk_session", token)
    assert anonymous.get("/desk/session").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "../..", "甲".encode().hex()])
def test_made_up_sessions_are_none(anonymous: TestClient, token: str) -> None:
    anonymous.cookies.set("desk_session", token)
    assert anonymous.get("/desk/session").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"name": 1, "password": 2}',
        b'{"name": "x"}',
        b'{"name": ["x"], "password": {}}',
        b'{"name": "x", "password": "' + b"y" * 5000 + b'"}',
        b"\xff\xfe",
    ],
)
def test_unusable_log_ins_are_refused_with_a_code(anonymous: TestClient, body: bytes) -> None:
    answer = anonymous.post("/desk/login", content=body, headers=ORIGIN)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "page.request"


def test_wrong_then_locked_then_told_how_long(anonymous: TestClient) -> None:
    given = {"name": "nobody-of-that-name", "password": "wrong password"}
    stranger = TestClient(anonymous.app, base_url="http://127.0.0.1", client=("192.0.2.9", 1))
    codes = [stranger.post("/desk/login", json=given, headers=ORIGIN).status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    error = stranger.post("/desk/login", json=given, headers=ORIGIN).json()["error"]
    assert error["code"] == "page.locked"
    assert "秒" in error["message"]


def test_login_page_in_both_languages(anonymous: TestClient) -> None:
    assert "用户名" in anonymous.get("/login").text
    answer = anonymous.get("/desk/language/en", follow_redirects=False)
    assert answer.headers["location"] == "/en/"
    assert "Password" in anonymous.get("/login").text
    assert anonymous.get("/desk/language/zh", follow_redirects=False).headers["location"] == "/"
    assert anonymous.get("/desk/language/fr", follow_redirects=False).headers["location"] == "/"


def test_two_people_are_two_owners(anonymous: TestClient) -> None:
    kept = log_in(anonymous, "乙").post(
        "/desk/upload", content=b"secret", headers={"X-Name": "a.txt", **ORIGIN}
    )
    assert log_in(anonymous, "乙").get(f"/desk/files/{kept.json()['id']}").content == b"secret"
    anonymous.post("/desk/logout", headers=ORIGIN)
    assert PASSWORD not in anonymous.get("/login").text
