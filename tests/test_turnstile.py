"""Several processes write to one file in turn: none is kept waiting while another comes back again and again."""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import text

from sprint import database as doors
from sprint.database import Database
from sprint.turnstile import TookTooLong, Turnstile

spawned = multiprocessing.get_context("spawn")
WRITES = 40


def write_again_and_again(path: Path, name: str, start: Barrier) -> None:
    """Note each passage in a file that all share; nothing is waited for between two."""
    turnstile = Turnstile(path, 20)
    start.wait()
    for _ in range(WRITES):
        with turnstile.passed(), (path.parent / "passages").open("a") as passages:
            passages.write(name)
            passages.flush()
            time.sleep(0.005)


def write_until_stopped(path: Path, start: Barrier) -> None:
    with Turnstile(path, 20).passed():
        start.wait()
        time.sleep(60)


def run(*targets: tuple[Callable[..., None], tuple[object, ...]]) -> list[multiprocessing.process.BaseProcess]:
    processes = [spawned.Process(target=target, args=arguments) for target, arguments in targets]
    for process in processes:
        process.start()
    return processes


def test_two_busy_processes_write_by_turns(tmp_path: Path) -> None:
    start = spawned.Barrier(2)
    for process in run(*((write_again_and_again, (tmp_path / "a.db", name, start)) for name in "ab")):
        process.join()
    passages = (tmp_path / "passages").read_text()
    assert sorted(passages) == ["a"] * WRITES + ["b"] * WRITES
    both_busy = passages[: min(passages.rindex("a"), passages.rindex("b"))]
    assert max(len(run) for run in both_busy.replace("ab", "a b").replace("ba", "b a").split()) <= 3


def test_whoever_waits_too_long_is_told_so_and_a_process_that_dies_leaves_the_door_open(tmp_path: Path) -> None:
    path, start = tmp_path / "a.db", spawned.Barrier(2)
    (process,) = run((write_until_stopped, (path, start)))
    start.wait()
    with closing(Turnstile(path, 0.05)) as turnstile:
        with pytest.raises(TookTooLong), turnstile.passed():
            raise AssertionError("somebody else writes")
        process.kill()
        process.join()
        with turnstile.passed():
            pass


def test_a_database_that_another_process_keeps_for_too_long_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "BUSY_SECONDS", 0.05)
    path = tmp_path / "a.db"
    with closing(Turnstile(path, 1)) as other, Database(f"sqlite:///{path}") as database:
        with other.passed(), pytest.raises(PoolTimeout), database.writing():
            raise AssertionError("another process writes")
        with database.writing() as db:
            db.connection().execute(text("CREATE TABLE one (id INTEGER)"))
    assert sorted(one.name for one in tmp_path.glob("*-*")) == ["a.db-next", "a.db-writer"]
