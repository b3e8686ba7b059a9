"""Whatever a file does to the child that reads it, the worker gets an outcome and lives on."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from services.profile.scanning import FILE_STEPS, NotProcessed, Outcome, bounds, process
from services.profile.scanning.isolation import confine, landlock
from services.profile.scanning.isolation.caller import Zygote
from tests.builders import files


@pytest.fixture(scope="module")
def strange() -> Iterator[Zygote]:
    """A zygote whose children go wrong."""
    zygote = Zygote("tests.services.profile.scanning.strange_pipeline")
    yield zygote
    zygote.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An upload, beside another one."""
    (tmp_path / "beside").write_text("somebody else's")
    source = tmp_path / "upload"
    source.write_text("mine")
    return source


def _until(true: Callable[[], bool]) -> None:
    """Wait for up to ten seconds."""
    for _ in range(1_000):
        if true():
            return
        threading.Event().wait(0.01)
    pytest.fail("it never came true")


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("memory without end", "too_complex"),
        ("processor time used up", "too_complex"),
        ("huge file", "too_complex"),
        ("endless answer", "too_complex"),
        ("killed", "unreadable"),
        ("crash", "unreadable"),
        ("exit", "unreadable"),
        ("silence", "unreadable"),
        ("fault of ours", "unreadable"),
        ("nonsense", "unreadable"),
    ],
)
def test_a_child_that_goes_wrong_is_a_rejected_file(
    purpose: str, code: str, strange: Zygote, source: Path, tmp_path: Path
) -> None:
    outcome = strange.process(source, tmp_path / "target", purpose)

    assert (outcome.status, outcome.code) == ("rejected", code)
    assert list((tmp_path / "target").iterdir()) == []


def test_a_child_that_never_ends_is_ended(
    strange: Zygote, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "wall_seconds", lambda _size: 0.3)

    assert strange.process(source, tmp_path / "target", "endless loop").code == "too_complex"


def test_a_child_has_so_much_processor_time_and_no_more(
    strange: Zygote, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "cpu_seconds", lambda _size: 1)

    assert strange.process(source, tmp_path / "target", "endless loop").code == "too_complex"


def _can(attempt: Callable[[], int]) -> bool:
    """Whether the system lets a process do that to itself; tried in one that ends with it."""
    child = os.fork()
    if child == 0:
        os._exit(0 if attempt() >= 0 else 1)
    return os.waitpid(child, 0)[1] == 0


def test_a_child_sees_its_file_and_nothing_else(strange: Zygote, source: Path, tmp_path: Path) -> None:
    files_hidden = _can(lambda: confine.LIBC.syscall(landlock.CREATE, None, 0, landlock.VERSION))
    network_hidden = _can(lambda: confine.LIBC.unshare(confine.NEW_USER | confine.NEW_NETWORK))

    outcome = strange.process(source, tmp_path / "target", "look")

    assert outcome.cleaned is not None
    seen = json.loads(outcome.cleaned.path.read_text())
    assert {name: seen[name] for name in ("environment", "descriptors", "source")} == {
        "environment": {},
        "descriptors": 4,
        "source": "mine",
    }
    assert (seen["accounts"], seen["upload beside"]) == (not files_hidden, not files_hidden)
    assert (seen["interfaces"] == ["lo"], seen["network"]) == (network_hidden, not network_hidden)


def test_a_full_disk_is_no_fault_of_the_file(strange: Zygote, source: Path, tmp_path: Path) -> None:
    with pytest.raises(NotProcessed):
        strange.process(source, tmp_path / "target", "disk full")


def test_a_file_that_is_gone_is_no_fault_of_the_file(strange: Zygote, tmp_path: Path) -> None:
    with pytest.raises(NotProcessed):
        strange.process(tmp_path / "gone", tmp_path / "target", "look")


def test_results_never_mix_with_those_of_another_file(strange: Zygote, source: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        strange.process(source, tmp_path, "look")


def test_a_rejected_file_leaves_nothing_behind(strange: Zygote, source: Path, tmp_path: Path) -> None:
    strange.process(source, tmp_path / "target", "litter")

    assert list((tmp_path / "target").iterdir()) == []


@pytest.mark.parametrize("victim", ["child", "zygote"])
def test_a_file_whose_process_is_killed_from_outside_is_taken_again(
    victim: str, strange: Zygote, source: Path, tmp_path: Path
) -> None:
    source.write_text("wait")
    target = tmp_path / "target"
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(strange.process, source, target, "wait")
        _until((target / "started").exists)
        source.write_text("go on")
        zygote = psutil.Process(strange.pid)
        (zygote if victim == "zygote" else zygote.children()[0]).kill()

        assert outcome.result(20).status == "ready"


def test_a_zygote_that_died_between_files_is_started_anew(strange: Zygote, source: Path, tmp_path: Path) -> None:
    strange.process(source, tmp_path / "one", "look")
    assert strange.pid is not None
    os.kill(strange.pid, signal.SIGKILL)

    assert strange.process(source, tmp_path / "two", "look").status == "ready"


def test_no_process_outlives_its_worker(source: Path, tmp_path: Path) -> None:
    source.write_text("wait")
    zygote = Zygote("tests.services.profile.scanning.strange_pipeline")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(zygote.process, source, tmp_path / "target", "wait")
        _until((tmp_path / "target" / "started").exists)
        process = psutil.Process(zygote.pid)
        family = [process, *process.children()]
        source.write_text("go on")
        zygote._line.shutdown(2)  # type: ignore[union-attr]  # what the end of a worker does to the socket

        assert waiting.result(20).status == "ready"
    zygote.close()
    _until(lambda: not any(member.is_running() for member in family))


def test_a_pipeline_that_cannot_be_loaded_is_no_fault_of_the_file(source: Path, tmp_path: Path) -> None:
    with pytest.raises(NotProcessed):
        Zygote("tests.no_such_pipeline").process(source, tmp_path / "target", "look")


def test_files_of_several_threads_are_taken_one_after_the_other(strange: Zygote, source: Path, tmp_path: Path) -> None:
    def look(turn: int) -> Outcome:
        return strange.process(source, tmp_path / f"target-{turn}", "look")

    with ThreadPoolExecutor(4) as pool:
        assert [outcome.status for outcome in pool.map(look, range(8))] == ["ready"] * 8


def test_the_worker_has_one_zygote_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(files.jpeg())

    outcome = process(tmp_path / "upload", tmp_path / "target", "proof")

    assert [step.step for step in outcome.steps] == [*FILE_STEPS[1:], "read"]
