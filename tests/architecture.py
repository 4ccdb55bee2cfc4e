"""The order of the house, read from its source with `ast`: each check takes the root of a checkout and gives its complaints."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOMS = (
    "icons faces stylesheets assets "
    "provider_settings settings clock words refusal languages letter logs "
    "prepared data_version kept plans turnstile connections database jobs journal people sessions "
    "web account catalogue programme registrations participation board proposals contributions talents "
    "agenda alerts notices announcements undoing preparation dashboards privacy duties worker site tables app demo commands __main__"
).split()
"""A room imports only rooms before it. `assets` stands alone; `tables` only gathers the tables of all rooms."""

PARTS = (
    ("tables",),
    ("rules", "facts"),
    ("letters",),
    (),
    ("forms",),
    ("queries",),
    ("owed",),
    ("actions",),
    ("work",),
    ("pages",),
    ("desk",),
)
"""A part imports only parts of earlier groups. The empty group is that of instruments: whatever else a feature calls its own.

`owed` says which letters an act owes, for `notices` to ask; `work` is what the worker calls.
"""
INSTRUMENTS = PARTS.index(())
FEATURES = set(
    (
        "people account catalogue programme registrations participation board proposals contributions talents agenda "
        "alerts notices announcements undoing preparation dashboards privacy site"
    ).split()
)

SQL = {"sqlalchemy", "sqlmodel", "psycopg", "sqlite3", "alembic"}
PAGES = {"starlette", "jinja2", "markupsafe", "wtforms", "uvicorn", "sprint.web"}
NETWORK = {"httpx2", "authlib", "smtplib", "socket", "urllib.request", "http.client"}
FORBIDDEN = {
    "rules": SQL | PAGES | NETWORK,
    "facts": SQL | PAGES | NETWORK,
    "letters": SQL | PAGES | NETWORK,
    "tables": PAGES | NETWORK,
    "queries": PAGES | NETWORK,
    "actions": PAGES | NETWORK,
    "forms": SQL | NETWORK,
}
HEAVY = {"psycopg", "typst", "alembic", "xlsxwriter"}
GRAB_BAGS = set("utils util helpers helper common services service managers manager core misc base lib tools".split())
ENGINE_WORDS = {"dialect", "dialects", "is_sqlite", "get_backend_name"}
ENGINE_ROOMS = {"connections", "database", "jobs", "migrations"}
DOORS = {"db", "session"}
CHANGES = {"add", "add_all", "delete", "merge", "flush", "commit"}
CHANGING_STATEMENTS = {"insert", "update", "delete"}


@dataclass(frozen=True)
class Module:
    """One source file. `room` is its first folder or its own name; `part` its place inside a feature."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def part(self) -> str:
        return self.name.split(".")[2] if self.name.count(".") > 1 else ""

    @property
    def imports(self) -> Iterator[tuple[str, str]]:
        """(module, name) of each import; the name is empty for `import module`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                yield from ((node.module or "", alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)

    @property
    def full_imports(self) -> Iterator[str]:
        """Each import as one dotted name: `from sprint import clock` is `sprint.clock`."""
        return (f"{module}.{name}" if name else module for module, name in self.imports)


@cache
def _tree(source: str) -> ast.Module:
    return ast.parse(source)


def modules(root: Path, folder: str = "sprint") -> list[Module]:
    """Every source file of a folder, parsed."""
    found = []
    for path in sorted((root / folder).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(path, name, _tree(path.read_text(encoding="utf-8"))))
    return found


def rooms_in_order(root: Path) -> list[str]:
    """Imports that go up the house, and rooms that the order does not know."""
    faults = []
    for module in modules(root):
        if module.room in ("", "migrations"):
            continue
        if module.room not in ROOMS:
            faults.append(f"{module.name}: the room {module.room} has no place in the order")
            continue
        for asked in _rooms_asked(module):
            if asked not in ROOMS or ROOMS.index(asked) > ROOMS.index(module.room):
                faults.append(f"{module.name} imports {asked}, which stands after it")
    return faults


def _rooms_asked(module: Module) -> set[str]:
    names = (name.split(".") for name in module.full_imports)
    return {parts[1] for parts in names if parts[0] == "sprint" and len(parts) > 1} - {module.room}


def parts_in_order(root: Path) -> list[str]:
    """Imports inside a feature that go to the right."""
    faults = []
    for module in modules(root):
        if module.room in FEATURES and module.part:
            for asked in _parts_asked(module):
                here, there = _rank(module.part), _rank(asked)
                if there > here or (there == here and here != INSTRUMENTS):
                    faults.append(f"{module.name} imports {asked}, which stands after it")
    return faults


def _parts_asked(module: Module) -> set[str]:
    names = (name.split(".") for name in module.full_imports)
    return {parts[2] for parts in names if parts[:2] == ["sprint", module.room] and len(parts) > 2} - {module.part}


def _rank(part: str) -> int:
    return next((rank for rank, names in enumerate(PARTS) if part in names), INSTRUMENTS)


def parts_pure(root: Path) -> list[str]:
    """Libraries where they do not belong, and table classes named by a rule or a letter."""
    tables = table_classes(root)
    faults = []
    for module in modules(root):
        if module.room not in FEATURES:
            continue
        unwanted = FORBIDDEN.get(module.part, set())
        faults += [f"{module.name} imports {name}" for name in module.full_imports if _is_in(name, unwanted)]
        if module.part in ("rules", "letters", "facts"):
            named = {name for source, name in module.imports if source.endswith(".tables")}
            faults += [f"{module.name} names the table {name}" for name in sorted(named & tables)]
        if module.room == "site":
            faults += [f"{module.name} imports {name}" for name in module.full_imports if ".actions" in name]
    return faults


def _is_in(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def table_classes(root: Path) -> set[str]:
    """Names of the classes that are tables."""
    classes = (node for module in modules(root) for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
    return {one.name for one in classes if any(keyword.arg == "table" for keyword in one.keywords)}


def queries_only_read(root: Path) -> list[str]:
    faults = []
    for module in modules(root):
        if module.part == "queries":
            faults += [
                f"{module.name} calls {door}.{change}"
                for door, change in _calls(module)
                if door in DOORS and change in CHANGES
            ]
            imported = {name for source, name in module.imports if source in ("sqlalchemy", "sqlmodel")}
            faults += [f"{module.name} imports {name}" for name in sorted(imported & CHANGING_STATEMENTS)]
    return faults


def only_doors_commit(root: Path) -> list[str]:
    return [
        f"{module.name} commits"
        for module in modules(root)
        if module.room != "database"
        for _, called in _calls(module)
        if called == "commit"
    ]


def _calls(module: Module) -> Iterator[tuple[str, str]]:
    """(receiver, method) of each call of a method; the receiver is empty when it is no plain name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield (node.func.value.id if isinstance(node.func.value, ast.Name) else ""), node.func.attr


def imports_on_top(root: Path) -> list[str]:
    """Imports inside functions, the heavy ones aside, and detours for type checkers."""
    faults = []
    for module in modules(root):
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = Module(module.path, module.name, ast.Module(function.body, []))
                faults += [
                    f"{module.name}.{function.name} imports {name}"
                    for name in inner.full_imports
                    if not _is_in(name, HEAVY)
                ]
        if any(
            isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in ast.unparse(node)
            for node in ast.walk(module.tree)
        ):
            faults.append(f"{module.name} takes the TYPE_CHECKING detour")
    return faults


def no_grab_bags(root: Path) -> list[str]:
    return [f"{module.name} is a grab bag" for module in modules(root) if GRAB_BAGS & set(module.name.split("."))]


def engines_hidden(root: Path) -> list[str]:
    """Rooms that ask which engine stands below. Tables may declare what each engine needs of an index."""
    faults = []
    for module in modules(root):
        if module.room in ENGINE_ROOMS:
            continue
        words = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
        words |= {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
        words |= {part for name in module.full_imports for part in name.split(".")}
        faults += [f"{module.name} asks for the {word}" for word in sorted(words & ENGINE_WORDS)]
        if module.part != "tables":
            keywords = {node.arg or "" for node in ast.walk(module.tree) if isinstance(node, ast.keyword)}
            faults += [
                f"{module.name} says {word}" for word in sorted(keywords) if re.match(r"(sqlite|postgresql)_", word)
            ]
    return faults


def relations_raise(root: Path) -> list[str]:
    """Relations that would read behind one's back."""
    calls = ((module, node) for module in modules(root) for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [
        f"{module.name} has a relation that is not lazy='raise'"
        for module, call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in ("Relationship", "relationship")
        and "'raise'" not in ast.unparse(call)
    ]


# --- templates

_TAKES = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)")
_DSFR = re.compile(r"(?<![\w-])fr-[a-z]")


def templates(root: Path) -> list[Path]:
    folder = root / "templates"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def templates_in_order(root: Path) -> list[str]:
    """Templates that take from another feature."""
    faults = []
    for path in templates(root):
        own = path.relative_to(root / "templates").parts[0]
        for taken in _TAKES.findall(path.read_text(encoding="utf-8")):
            if taken.split("/")[0] not in ("layout", own):
                faults.append(f"{own}/{path.name} takes {taken}")
    return faults


def design_system_in_macros(root: Path) -> list[str]:
    """Pages that name the classes of the design system themselves."""
    outside = (path for path in templates(root) if path.relative_to(root / "templates").parts[0] != "layout")
    return [
        f"{path.parent.name}/{path.name} names fr-… classes"
        for path in outside
        if _DSFR.search(path.read_text(encoding="utf-8"))
    ]
