"""kill -9 of a real server while people register: what was acknowledged is there, once, whatever was sent again."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest
from sqlmodel import select

from sprint.clock import now
from sprint.commands.check import everything_wrong
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.registrations.tables import Registration
from tests.registrations.soundness import unsound
from tests.registrations.stage import Stage
from tests.servers import Server, start_server
from tests.test_races_over_http import a_crowd, address, register_form

KILLS, CLIENTS, PEOPLE, SEATS = 10, 8, 900, 40
EACH_TIME = 20
"""Acknowledgements each server gives before it is killed, at least."""
PAUSE_SECONDS, AGAIN_SECONDS, PATIENCE_SECONDS = 0.03, 0.15, 60
UNHEARD = 0.1
"""Share of the answers that never reach whoever asked: they send their form again, perhaps to the next server."""


@dataclass
class Clients:
    """Threads that register one person after the other, each until it is acknowledged, with the same form."""

    server: Server
    path: str
    sessions: dict[str, str]
    acknowledged: set[str] = field(default_factory=set)
    in_flight: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    sent_again: set[str] = field(default_factory=set)
    unheard: set[str] = field(default_factory=set)
    """Whose acknowledgement was lost on the way, as when the server dies between its commit and the answer."""

    def __post_init__(self) -> None:
        self._names: SimpleQueue[str] = SimpleQueue()
        for name in self.sessions:
            self._names.put(name)
        self._stopping = Event()
        self._threads = [Thread(target=self._run) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Each finishes the person at hand."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """Until so many more people were acknowledged."""
        wanted, deadline = len(self.acknowledged) + more, time.monotonic() + PATIENCE_SECONDS
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, f"only {len(self.acknowledged)} acknowledged; {dict(self.statuses)}"
            time.sleep(0.01)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                name = self._names.get_nowait()
            except Empty:
                return
            self._register(name)
            time.sleep(random.random() * PAUSE_SECONDS)

    def _register(self, name: str) -> None:
        self.in_flight.add(name)
        while not self._is_acknowledged(name):
            self.sent_again.add(name)
            time.sleep(AGAIN_SECONDS)
        self.acknowledged.add(name)
        self.in_flight.discard(name)

    def _is_acknowledged(self, name: str) -> bool:
        status = self.server.post(self.path, register_form(f"form-of-{name}"), self.sessions[name]).status
        self.statuses[status] += 1
        if status == 303 and name not in self.unheard and random.random() < UNHEARD:
            self.unheard.add(name)
            return False
        return status == 303


def registered(stage: Stage) -> Counter[str]:
    """How often each person is registered, ended or not."""
    names = {person: name for name, person in stage.people.items()}
    with stage.database.reading() as db:
        return Counter(names[person] for person in db.exec(select(Registration.person_id)).all())


@pytest.mark.proof
def test_no_acknowledged_registration_is_lost_or_doubled_by_kills(database: Database, tmp_path: Path) -> None:
    stage, sessions = a_crowd(database, PEOPLE, SEATS)
    log = tmp_path / "server.log"
    server = start_server(database, log)
    clients = Clients(server, address(stage), sessions)
    unanswered = 0
    try:
        for _ in range(KILLS):
            clients.wait_for(EACH_TIME)
            time.sleep(random.uniform(0, 0.1))
            clients.server.kill()
            unanswered += check_while_it_is_down(stage, clients)
            clients.server = start_server(database, log, port=server.port)
    finally:
        clients.stop()
        clients.server.stop()
    check_in_the_end(stage, clients)
    print(
        f"{database.url.get_backend_name()}: {len(clients.acknowledged)} acknowledged over {KILLS} kills, "
        f"{len(clients.sent_again)} people sent again, {len(clients.unheard)} because the answer got lost; {unanswered} "
        f"were written when a kill left them without answer; statuses {dict(clients.statuses)}"
    )


def check_while_it_is_down(stage: Stage, clients: Clients) -> int:
    """Between a kill and the next start; gives how many were written although nobody was told."""
    acknowledged, found = set(clients.acknowledged), registered(stage)
    assert acknowledged <= set(found)
    assert unsound(stage.database, stage.edition_id) == []
    return len(set(found) - set(clients.acknowledged))


def check_in_the_end(stage: Stage, clients: Clients) -> None:
    found = registered(stage)
    assert found == Counter(clients.acknowledged)
    assert len(clients.acknowledged) < PEOPLE, "the clients ran out of people: the last kills hit an idle server"
    assert set(clients.statuses) == {0, 303}
    assert unsound(stage.database, stage.edition_id) == []
    with stage.database.reading() as db:
        assert everything_wrong(db, now()) == []
        acts = db.exec(select(Fact.act)).all()
        owed = db.exec(select(Job.key).where(Job.kind == "facts")).all()
    assert len(acts) == len(set(acts)) == len(found)
    assert sorted(owed) == sorted(acts)
