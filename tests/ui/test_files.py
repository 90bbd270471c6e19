"""Upload and download over HTTP: what is refused, and that nobody reads another's."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from .conftest import ORIGIN, log_in


def upload(client: TestClient, name: str, content: bytes = b"text") -> tuple[int, dict[str, object]]:
    answer = client.post("/desk/upload", content=content, headers={"X-Name": quote(name), **ORIGIN})
    return answer.status_code, answer.json()


def code(body: dict[str, object]) -> object:
    error = body["error"]
    assert isinstance(error, dict)
    assert error["message"]
    assert error["hint"]
    assert "/" not in str(error["message"]).replace("/ ", "")
    return error["code"]


def test_comes_back_as_it_was_under_its_name(local: TestClient) -> None:
    status, kept = upload(local, "云溪县 2025年总结.docx", b"\x00\xff" * 50)
    assert (status, kept["name"], kept["size"]) == (200, "云溪县 2025年总结.docx", 100)
    assert set(kept) == {"id", "name", "size"}
    answer = local.get(f"/desk/files/{kept['id']}")
    assert answer.content == b"\x00\xff" * 50
    assert answer.headers["content-disposition"].startswith("attachment")
    assert quote("云溪县 2025年总结.docx") in answer.headers["content-disposition"]


def test_html_is_never_opened_in_the_page(local: TestClient) -> None:
    _, kept = upload(local, "a.html", b"<script>alert(1)</script>")
    answer = local.get(f"/desk/files/{kept['id']}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_over_the_limit(local: TestClient) -> None:
    status, body = upload(local, "a.txt", b"x" * (1024 * 1024 + 1))
    assert (status, code(body)) == (413, "input.refused")
    assert "1 MB" in str(body["error"])


def test_over_the_quota(anonymous: TestClient) -> None:
    client = log_in(anonymous, "甲")
    codes = [upload(client, f"{number}.txt", bytes([number]) * 900_000)[0] for number in range(3)]
    assert codes == [200, 200, 413]
    assert code(upload(client, "4.txt", b"4" * 900_000)[1]) == "page.quota"
    assert upload(log_in(anonymous, "乙"), "4.txt", b"4" * 900_000)[0] == 200


@pytest.mark.parametrize("name", ["virus.exe", "a.docx.exe", "noending", "", "x.sh"])
def test_wrong_types(local: TestClient, name: str) -> None:
    status, body = upload(local, name)
    assert (status, code(body)) == (400, "input.format")


def test_empty(local: TestClient) -> None:
    status, body = upload(local, "a.txt", b"")
    assert (status, code(body)) == (413, "input.refused")


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.txt", "..\\..\\x.txt", "\u202etxt.exe.txt", "a\r\nSet-Cookie: x.txt"]
)
def test_hostile_names(local: TestClient, name: str) -> None:
    status, kept = upload(local, name)
    assert status == 200
    assert not set(str(kept["name"])) & set("/\\\u202e\r\n")
    answer = local.get(f"/desk/files/{kept['id']}")
    assert answer.status_code == 200
    assert "x.txt" not in answer.headers.get("set-cookie", "")


def test_another_owners_file_is_not_there(anonymous: TestClient) -> None:
    _, kept = upload(log_in(anonymous, "乙"), "secret.txt", b"canary")
    answer = log_in(anonymous, "甲").get(f"/desk/files/{kept['id']}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "page.file"
    assert b"canary" not in answer.content


@pytest.mark.parametrize("name", ["x", "0" * 24, "..", "%2e%2e%2f%2e%2e", "a" * 5000])
def test_ids_that_are_none(local: TestClient, name: str) -> None:
    assert local.get(f"/desk/files/{name}").status_code == 404
