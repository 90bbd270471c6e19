"""Accounts: passwords, sessions, the wait after failures; what is stored gives nothing away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from assistant.errors import AccountInvalid, AccountTaken, AccountUnknown, LoginLocked, LoginRefused
from assistant.service.accounts import FREE_FAILURES, LONGEST_WAIT, SESSION_HOURS, Accounts
from assistant.settings import Settings

PASSWORD = "correct horse battery"
HERE, THERE = "192.0.2.1", "192.0.2.2"


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(settings: Settings, clock: Clock) -> Iterator[Accounts]:
    with Accounts(settings, clock) as opened:
        opened.add("甲", PASSWORD)
        yield opened


def fail(accounts: Accounts, name: str = "甲", address: str = HERE) -> None:
    with pytest.raises(LoginRefused):
        accounts.log_in(name, "wrong password", address)


def test_session_belongs_to_whoever_logged_in(accounts: Accounts) -> None:
    accounts.add("乙", PASSWORD)
    token, account = accounts.log_in(" 甲 ", PASSWORD, HERE)
    assert accounts.who(token) == account
    assert account.name == "甲"
    other, second = accounts.log_in("乙", PASSWORD, HERE)
    assert other != token
    assert second.id != account.id


def test_what_is_not_a_token_is_nobody(accounts: Accounts) -> None:
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    for one in ("", "x", token[:-1], token + "x", "\ud800"):
        assert accounts.who(one) is None


def test_session_ends_by_log_out_and_by_time(accounts: Accounts, clock: Clock) -> None:
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    accounts.log_out(token)
    assert accounts.who(token) is None
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    clock.forward(hours=SESSION_HOURS - 1)
    assert accounts.who(token)
    clock.forward(hours=SESSION_HOURS - 1)  # it was used in between
    assert accounts.who(token)
    clock.forward(hours=SESSION_HOURS, minutes=1)
    assert accounts.who(token) is None


def test_disabled_is_out_at_once_and_may_come_back(accounts: Accounts) -> None:
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    assert accounts.disable("甲").disabled
    assert accounts.who(token) is None
    assert accounts.enabled() == 0
    with pytest.raises(LoginRefused):
        accounts.log_in("甲", PASSWORD, HERE)
    accounts.disable("甲", disabled=False)
    assert accounts.log_in("甲", PASSWORD, HERE)


def test_new_password_ends_sessions(accounts: Accounts) -> None:
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    accounts.set_password("甲", "another good one")
    assert accounts.who(token) is None
    fail(accounts)
    with pytest.raises(LoginRefused):
        accounts.log_in("甲", PASSWORD, HERE)
    assert accounts.log_in("甲", "another good one", HERE)


def test_locks_an_account_after_failures_from_anywhere(accounts: Accounts, clock: Clock) -> None:
    for number in range(FREE_FAILURES):
        fail(accounts, address=f"198.51.100.{number}")
    with pytest.raises(LoginLocked) as caught:
        accounts.log_in("甲", PASSWORD, THERE)
    assert "2" in caught.value.sentence("zh")
    clock.forward(seconds=3)
    assert accounts.log_in("甲", PASSWORD, THERE)


def test_locks_an_address_that_tries_many_names(accounts: Accounts) -> None:
    for number in range(FREE_FAILURES):
        fail(accounts, name=f"someone{number}")
    with pytest.raises(LoginLocked):
        accounts.log_in("甲", PASSWORD, HERE)
    assert accounts.log_in("甲", PASSWORD, THERE)


def test_the_wait_doubles_up_to_a_limit(accounts: Accounts, clock: Clock) -> None:
    waits = []
    for _ in range(FREE_FAILURES + 14):
        try:
            fail(accounts)
        except LoginLocked as locked:
            seconds = int(str(locked.details["seconds"]))
            waits.append(seconds)
            clock.forward(seconds=seconds + 1)
            fail(accounts)
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == LONGEST_WAIT


def test_success_forgives_failures(accounts: Accounts) -> None:
    for _ in range(3):
        for _ in range(FREE_FAILURES - 1):
            fail(accounts)
        accounts.log_in("甲", PASSWORD, HERE)


def test_unknown_and_disabled_and_wrong_are_told_alike(accounts: Accounts) -> None:
    accounts.add("停", PASSWORD)
    accounts.disable("停")
    told = set()
    for name, password in (("nobody", PASSWORD), ("停", PASSWORD), ("甲", "wrong password"), ("甲", "")):
        with pytest.raises(LoginRefused) as caught:
            accounts.log_in(name, password, THERE)
        told.add((caught.value.code, caught.value.sentence("zh"), caught.value.hint("zh")))
    assert len(told) == 1


@pytest.mark.parametrize("name", ["", " ", "a b", "../甲", "<b>", "甲" * 41, "a\u202eb", "a\x00"])
def test_names_that_cannot_be_used(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountInvalid):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 1025])
def test_passwords_that_cannot_be_used(accounts: Accounts, password: str) -> None:
    with pytest.raises(AccountInvalid):
        accounts.add("丙", password)
    with pytest.raises(AccountInvalid):
        accounts.set_password("甲", password)


def test_one_name_is_one_account_in_any_width(accounts: Accounts) -> None:
    accounts.add("abc", PASSWORD)
    with pytest.raises(AccountTaken):
        accounts.add("ａｂｃ", PASSWORD)
    with pytest.raises(AccountTaken):
        accounts.add("甲", PASSWORD)


def test_unknown_accounts(accounts: Accounts) -> None:
    with pytest.raises(AccountUnknown):
        accounts.disable("谁")
    with pytest.raises(AccountUnknown):
        accounts.set_password("谁", PASSWORD)


def test_neither_password_nor_token_is_in_the_database(accounts: Accounts, settings: Settings) -> None:
    token, _ = accounts.log_in("甲", PASSWORD, HERE)
    connection = sqlite3.connect(settings.home / "archive" / "catalogue.db")
    try:
        rows = [
            str(row)
            for table in ("accounts", "sessions", "login_failures")
            for row in connection.execute(f"SELECT * FROM {table}")
        ]
    finally:
        connection.close()
    assert any("$argon2id$" in row for row in rows)
    assert not any(PASSWORD in row or token in row for row in rows)


def test_accounts_survive_a_restart(accounts: Accounts, settings: Settings, clock: Clock) -> None:
    token, account = accounts.log_in("甲", PASSWORD, HERE)
    with Accounts(settings, clock) as again:
        assert again.who(token) == account
