"""Accounts of the page: names with argon2 hashes, sessions as hashed tokens, and a lock after failed logins.

They stand in the catalogue's database, so that every process of one installation sees the same.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import TracebackType

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    func,
    select,
    update,
)

from assistant.archive.catalogue import Catalogue
from assistant.errors import (
    AccountInvalid,
    AccountTaken,
    AccountUnknown,
    LoginLocked,
    LoginRefused,
    Said,
)
from assistant.service import passwords
from assistant.settings import Settings

SESSION_HOURS = 12
"""A session ends so long after its last use."""
FREE_FAILURES = 5
"""Failed logins of one account, or from one address, before the wait begins."""
LONGEST_WAIT = 900
"""The wait doubles with every further failure, from 2 seconds up to this many."""
_NAME = re.compile(r"[\w.\-]{1,40}")
_RENEW = timedelta(minutes=5)

_tables = MetaData()
_accounts = Table(
    "accounts",
    _tables,
    Column("id", String(16), primary_key=True),  # the owner of everything the person makes
    Column("name", String(190), nullable=False, unique=True),
    Column("password", String(190), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created", String(32), nullable=False),
)
_sessions = Table(
    "sessions",
    _tables,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(16), nullable=False, index=True),
    Column("expires", String(32), nullable=False),
)
_failures = Table(
    "login_failures",
    _tables,
    Column("key", String(64), primary_key=True),  # hash of an account's name or of an address
    Column("count", Integer, nullable=False),
    Column("until", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may log in; `id` is the owner of what they make."""

    id: str
    name: str
    disabled: bool
    created: str


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Accounts:
    """The accounts of one installation; use as a context manager."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = _now) -> None:
        """Open the database of `settings`, with the tables of the accounts.

        Raises:
            ArchiveError: it cannot be opened or written.
        """
        self._catalogue = Catalogue.of(settings, _tables)
        self._now = now

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._catalogue.close()

    @property
    def session_seconds(self) -> int:
        """How long a session lasts without being used."""
        return SESSION_HOURS * 3600

    # ---- people ----

    def add(self, name: str, password: str) -> Account:
        """A new account. Raises AccountInvalid, AccountTaken."""
        shown = _name(name)
        passwords.fit(password)
        with self._catalogue.write() as connection:
            if _row(connection, shown) is not None:
                raise AccountTaken(name=shown)
            made = Account(f"u{secrets.token_hex(6)}", shown, False, self._time())
            connection.execute(
                _accounts.insert().values(
                    id=made.id,
                    name=shown,
                    password=passwords.hashed(password),
                    disabled=False,
                    created=made.created,
                )
            )
        return made

    def listed(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with self._catalogue.read() as connection:
            rows = connection.execute(select(_accounts).order_by(_accounts.c.name)).mappings().all()
        return tuple(map(_account, rows))

    def enabled(self) -> int:
        """How many accounts can log in."""
        return sum(not account.disabled for account in self.listed())

    def disable(self, name: str, disabled: bool = True) -> Account:
        """Keep a person out (their sessions end at once), or let them in again. Raises AccountUnknown."""
        return self._change(name, disabled=disabled)

    def set_password(self, name: str, password: str) -> Account:
        """A new password; all sessions of the account end. Raises AccountUnknown, AccountInvalid."""
        passwords.fit(password)
        return self._change(name, password=passwords.hashed(password))

    def _change(self, name: str, **values: object) -> Account:
        shown = unicodedata.normalize("NFKC", name).strip()
        with self._catalogue.write() as connection:
            row = _row(connection, shown)
            if row is None:
                raise AccountUnknown(name=name)
            connection.execute(update(_accounts).where(_accounts.c.id == row["id"]).values(**values))
            connection.execute(_sessions.delete().where(_sessions.c.account_id == row["id"]))
            changed = _row(connection, shown)
        return _account(changed or row)

    # ---- sessions ----

    def log_in(self, name: str, password: str, address: str) -> tuple[str, Account]:
        """A session token for the browser, and whose it is.

        An unknown name costs the same time as a wrong password, and counts as a failure too.

        Raises:
            LoginLocked: too many failures of this account or from this address.
            LoginRefused: name or password wrong, or the account is disabled.
        """
        shown = unicodedata.normalize("NFKC", name).strip()[:190]
        keys = (_digest(f"account:{shown}"), _digest(f"address:{address}"))
        with self._catalogue.write() as connection:
            self._refuse_locked(connection, keys)
            # Counted before the slow comparison: tries side by side don't get more than their share.
            self._count_failure(connection, keys)
            row = _row(connection, shown)
        stored = row["password"] if row else passwords.nobody()
        right = passwords.verified(stored, password)
        if row is None or not right or row["disabled"]:
            raise LoginRefused
        token = secrets.token_urlsafe(32)
        with self._catalogue.write() as connection:
            connection.execute(_failures.delete().where(_failures.c.key.in_(keys)))
            connection.execute(_sessions.delete().where(_sessions.c.expires < self._time()))
            connection.execute(
                _sessions.insert().values(
                    token_hash=_digest(token), account_id=row["id"], expires=self._expiry()
                )
            )
        return token, _account(row)

    def who(self, token: str) -> Account | None:
        """Whose session it is; None when it never was, has ended, or its account is disabled."""
        if not token:
            return None
        query = (
            select(_accounts, _sessions.c.expires)
            .join(_sessions, _sessions.c.account_id == _accounts.c.id)
            .where(_sessions.c.token_hash == _digest(token), _sessions.c.expires >= self._time())
        )
        with self._catalogue.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None or row["disabled"]:
            return None
        if datetime.fromisoformat(row["expires"]) < self._now() + timedelta(hours=SESSION_HOURS) - _RENEW:
            self._renew(token)
        return _account(row)

    def log_out(self, token: str) -> None:
        """End a session; nothing happens when there is none."""
        with self._catalogue.write() as connection:
            connection.execute(_sessions.delete().where(_sessions.c.token_hash == _digest(token)))

    def _renew(self, token: str) -> None:
        with self._catalogue.write() as connection:
            connection.execute(
                update(_sessions)
                .where(_sessions.c.token_hash == _digest(token))
                .values(expires=self._expiry())
            )

    def _refuse_locked(self, connection: Connection, keys: tuple[str, ...]) -> None:
        latest = connection.execute(
            select(func.max(_failures.c.until)).where(_failures.c.key.in_(keys))
        ).scalar()
        if latest and latest > self._time():
            wait = datetime.fromisoformat(latest) - self._now()
            raise LoginLocked(seconds=max(1, round(wait.total_seconds())))

    def _count_failure(self, connection: Connection, keys: tuple[str, ...]) -> None:
        for key in keys:
            found = connection.execute(select(_failures.c.count).where(_failures.c.key == key)).scalar()
            count = int(found or 0) + 1
            until = (self._now() + timedelta(seconds=wait_after(count))).isoformat(timespec="seconds")
            connection.execute(_failures.delete().where(_failures.c.key == key))
            connection.execute(_failures.insert().values(key=key, count=count, until=until))

    def _expiry(self) -> str:
        return (self._now() + timedelta(hours=SESSION_HOURS)).isoformat(timespec="seconds")

    def _time(self) -> str:
        return self._now().isoformat(timespec="seconds")


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row.

    >>> [wait_after(count) for count in (1, 4, 5, 6, 7, 30)]
    [0, 0, 2, 4, 8, 900]
    """
    if failures < FREE_FAILURES:
        return 0
    return int(min(LONGEST_WAIT, 2 ** min(failures - FREE_FAILURES + 1, 20)))


def _row(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(select(_accounts).where(_accounts.c.name == name)).mappings().first()


def _account(row: RowMapping) -> Account:
    return Account(row["id"], row["name"], bool(row["disabled"]), row["created"])


def _name(name: str) -> str:
    shown = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(shown):
        raise AccountInvalid(
            reason=Said(
                "用户名只能用汉字、字母、数字和 . _ -",
                "a name takes letters, digits and . _ - only",
            )
        )
    return shown


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
