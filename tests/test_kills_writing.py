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

KILLS, CLIENTS, PEOPLE, SEATS = 10, 8, 2500, 40
PAUSE_SECONDS = 0.03


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
        while True:
            status = self.server.post(self.path, register_form(f"form-of-{name}"), self.sessions[name]).status
            self.statuses[status] += 1
            if status == 303:
                break
            self.sent_again.add(name)
            time.sleep(PAUSE_SECONDS)
        self.acknowledged.add(name)
        self.in_flight.discard(name)


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
            time.sleep(random.uniform(0.2, 0.8))
            clients.server.kill()
            unanswered += check_while_it_is_down(stage, clients)
            clients.server = start_server(database, log, port=server.port)
    finally:
        clients.stop()
        clients.server.stop()
    check_in_the_end(stage, clients)
    print(
        f"{database.url.get_backend_name()}: {len(clients.acknowledged)} acknowledged over {KILLS} kills, "
        f"{len(clients.sent_again)} people sent again, of whom {unanswered} were written already; {dict(clients.statuses)}"
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
