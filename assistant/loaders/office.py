"""Old and foreign text documents (.doc .wps .rtf .odt) by way of LibreOffice.

LibreOffice runs in a process of its own, with a fresh profile in a temporary folder, macros and links off, and
limits of time, memory and file size. Its exit code says nothing: only a file that is there counts.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.docx import read_docx
from assistant.loaders.lines import SourceText

MAX_SECONDS = 25.0
_MAX_MEMORY = 1_400 * 1024 * 1024
_MAX_OUTPUT = 400 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_LAUNCH = (
    "import os, resource, sys\n"
    f"resource.setrlimit(resource.RLIMIT_DATA, ({_MAX_MEMORY},) * 2)\n"
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({_MAX_OUTPUT},) * 2)\n"
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)
_CONFIGURATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read_doc(data: bytes, name: str) -> SourceText:
    """The lines of an old or foreign text document. Raises as `to_docx` and the Word loader."""
    return read_docx(to_docx(data, name), name)


def to_docx(data: bytes, name: str) -> bytes:
    """A text document as .docx; raises as `converted`."""
    return converted(data, name, "docx")


def office_program() -> str:
    """Where LibreOffice is; "" when it is not installed."""
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), "")


def converted(data: bytes, name: str, target: str, seconds: float = MAX_SECONDS) -> bytes:
    """The bytes of an office file in the format `target`.

    Raises:
        FileRefused: LibreOffice is not installed, or took too long.
        FileUnreadable: it could not open the file.
    """
    program = office_program()
    if not program:
        reason = Said(
            f"读取这种旧格式需要安装 LibreOffice，请安装，或先另存为 .{target}",
            f"reading this old format needs LibreOffice; install it, or save the file as .{target} first",
        )
        raise FileRefused(name=name, reason=reason)
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        _run(program, Path(folder), source, target, name, seconds)
        result = Path(folder, "out", f"source.{target}")
        if not result.is_file() or not result.stat().st_size:
            reason = Said("旧格式未能转换，文件可能已加密或损坏", "it is broken or protected by a password")
            raise FileUnreadable(name=name, reason=reason)
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, target: str, name: str, seconds: float) -> None:
    """One conversion; what LibreOffice starts is ended with it."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_CONFIGURATION, "utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    wanted = ["--convert-to", target, "--outdir", str(folder / "out"), str(source)]
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCH, program, *options, *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
        },
        cwd=folder,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        reason = Said(f"转换超过 {seconds:g} 秒", f"converting it took more than {seconds:g} seconds")
        raise FileRefused(name=name, reason=reason) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: LibreOffice is a script that starts a program."""
    with contextlib.suppress(ProcessLookupError):  # all of them have ended by themselves
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
