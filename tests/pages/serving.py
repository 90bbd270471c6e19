"""A real server of the page in a process of its own, with the scripted chat model."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant.service.accounts import Accounts
from assistant.settings import Settings

PHRASES = ("加强统筹协调，推进重点工作",)
"""What the scripted model always answers: it has no figure, so that it passes wherever words are asked for."""
PASSWORD = "correct horse battery"
USERS = ("甲", "乙")
_PATIENCE = 90


@dataclass
class Serving:
    """One running server; `users` have accounts with `PASSWORD`, none: no log-in.

    With an `endpoint` it asks that for phrases, instead of the scripted model.
    """

    home: Path
    users: tuple[str, ...] = USERS
    delay: float = 0.0
    samples: bool = True
    endpoint: str = ""

    def start(self, port: int = 0) -> None:
        """Start and wait until the page is built."""
        self.port = port or free_port()
        self._environment = {
            **os.environ,
            "ASSISTANT_HOME": str(self.home),
            "ASSISTANT_MODELS_DIR": str(self.home / "no-models"),
            "ASSISTANT_ACCOUNTS": "on" if self.users else "auto",
            "ASSISTANT_MAX_FILE_MB": "2",
            "ASSISTANT_DRAFT_WAY": "phrases",
            **({"OPENAI_BASE_URL": self.endpoint, "ASSISTANT_CHAT_MODEL": "m"} if self.endpoint else {}),
        }
        if self.users and not (self.home / "archive").exists():
            with Accounts(Settings(home=self.home, models_dir=self.home)) as accounts:
                for user in self.users:
                    accounts.add(user, PASSWORD)
        model = json.dumps({"answers": PHRASES, "cycle": True, "delay": self.delay})
        samples = "--samples" if self.samples else "--no-samples"
        command = [
            sys.executable,
            "-m",
            "assistant.ui",
            "--port",
            str(self.port),
            samples,
            *(() if self.endpoint else ("--scripted", model)),
        ]
        self.log = self.home / "server.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        self._wait()

    def command(self, *arguments: str, text: str = "") -> str:
        """Run the command line on the same data folder."""
        run = [sys.executable, "-m", "assistant", *arguments]
        done = subprocess.run(
            run, env=self._environment, input=text, capture_output=True, text=True, check=True
        )
        return done.stdout

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def told(self) -> str:
        """What the server said so far."""
        return self.log.read_text(encoding="utf-8")

    def _state(self) -> str:
        try:
            return str(httpx.get(f"{self.url}/health", timeout=2).json()["status"])
        except httpx.HTTPError:
            return ""

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            state = self._state()
            if state == "ready":
                return
            if state == "failed":
                break
            time.sleep(0.2)
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
        raise AssertionError(f"the page did not start:\n{self.told()}")


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
