"""Starting and ending the page's process: the port, the signals, what must be gone at the end."""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Literal

import uvicorn

from assistant.errors import AccountsNeeded, PortBusy, Said, SettingsInvalid
from assistant.settings import Settings
from assistant.ui.assets import wording
from assistant.ui.backstage import Backstage
from assistant.ui.server import Server

if TYPE_CHECKING:
    from assistant.service.accounts import Accounts

_PATIENCE = 1
"""Seconds that open requests (long polls, uploads) get to end."""
_LAST = 2.8
"""Seconds after which the process ends in any case; its children end with it."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the page is to be served; `scripted` as in `Backstage`."""

    host: str = "127.0.0.1"
    port: int = 7860
    open: bool = False
    samples: bool = True
    language: Literal["zh", "en"] | None = None
    scripted: str = ""


def serve(settings: Settings, order: Order) -> None:
    """Serve the page until SIGINT or SIGTERM.

    Raises:
        AccountsNeeded: reachable from other machines, and nobody has an account.
        PortBusy: the port is taken or not allowed.
        ArchiveError: the database of the accounts cannot be opened or written.
    """
    with ExitStack() as stack:
        listening = stack.enter_context(bound(order))
        accounts = stack.enter_context(_accounts(settings)) if _guarded(settings, order) else None
        if accounts is not None and not accounts.enabled():
            raise AccountsNeeded(host=order.host)
        url = f"http://{_shown(order.host)}:{listening.getsockname()[1]}"
        _announce(settings, url, accounts)
        if order.open and _has_screen():
            threading.Timer(1.0, webbrowser.open, (url,)).start()
        server = Server(settings, Backstage(settings, order.scripted), accounts, samples=order.samples)
        config = uvicorn.Config(
            server.application(),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
            ws="none",
        )
        _run(config, listening)
    sys.stderr.write(wording("page", settings.language).say("server.stopped") + "\n")


def _accounts(settings: Settings) -> Accounts:
    from assistant.service.accounts import Accounts

    return Accounts(settings)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("0.0.0.0"), is_loopback("desk.example")
    (True, True, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _guarded(settings: Settings, order: Order) -> bool:
    return settings.accounts == "on" or not is_loopback(order.host)


@contextmanager
def bound(order: Order) -> Iterator[socket.socket]:
    """A listening socket. Raises PortBusy; SettingsInvalid for an address that this machine does not have."""
    family = socket.AF_INET6 if ":" in order.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((order.host, order.port))
        except socket.gaierror as error:
            raise SettingsInvalid(name="--host", reason=Said("没有这个地址", "no such address")) from error
        except (OSError, OverflowError) as error:
            raise PortBusy(port=order.port) from error
        listening.listen(512)
        yield listening


def _run(config: uvicorn.Config, listening: socket.socket) -> None:
    """Run until a signal; the process is gone some 3 seconds later, whatever still hangs."""
    server = uvicorn.Server(config)

    def ended(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = {number: signal.signal(number, ended) for number in (signal.SIGINT, signal.SIGTERM)}
    watch = threading.Thread(target=_watch, args=(server,), name="last-resort", daemon=True)
    watch.start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # uvicorn raises the signal once more when it has ended
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _watch(server: uvicorn.Server) -> None:
    """From the moment that the server should end, let the process live `_LAST` seconds at most."""
    pause = threading.Event()
    while not server.should_exit:
        pause.wait(0.2)
    pause.wait(_LAST)
    os._exit(0)  # the embedded model's process ends when its pipe to this one does


def _announce(settings: Settings, url: str, accounts: Accounts | None) -> None:
    words = wording("page", settings.language)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    rule = words.say("server.accounts", count=accounts.enabled()) if accounts else words.say("server.local")
    for line in (words.say("server.open", url=url), rule, words.say("server.stop")):
        sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _has_screen() -> bool:
    """Whether a browser would open in a window; elsewhere Python might start one inside the terminal."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
