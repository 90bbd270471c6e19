"""Passwords of accounts: argon2 hashes, compared in constant time, also where there is no account."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.errors import AccountInvalid, Said

SHORTEST = 10
LONGEST = 1024


def fit(password: str) -> None:
    """Refuse a password that is too short to keep, or too long to hash. Raises AccountInvalid."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountInvalid(
            reason=Said(
                f"密码须为 {SHORTEST} 至 {LONGEST} 个字符",
                f"a password has {SHORTEST} to {LONGEST} characters",
            )
        )


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """An argon2 hash with its own salt and parameters in it."""
    return _hasher().hash(password)


@cache
def nobody() -> str:
    """A hash that no password has: compared where there is no account, so that both take equally long."""
    return hashed(secrets.token_urlsafe(32))


def verified(stored: str, password: str) -> bool:
    """Whether `stored` is a hash of `password`; a hash that cannot be read is no one's."""
    try:
        return _hasher().verify(stored, password[:LONGEST])
    except (Argon2Error, InvalidHashError):
        return False
