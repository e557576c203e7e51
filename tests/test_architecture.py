"""The floors and arrows of the house, proved by reading the imports. Each rule is shown to catch a planted fault."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("accounts", "papers", "digest")
FLOORS = {
    "digest.text": 0,
    "digest.models": 1,
    "digest.index": 1,
    "digest.editing": 2,
    "digest.reading": 2,
    "digest.templatetags": 3,
    "digest.site": 3,
    "digest.desk": 3,
    "digest.management": 3,
    "digest.settings": 4,
    "digest.urls": 4,
    "digest.environment": 4,
    "digest.wsgi": 4,
    "digest.asgi": 4,
    "digest.apps": 4,
}
DOORS = ("digest.site", "digest.desk", "digest.management")
# (from, to): arrows forbidden although the floors would allow them.
FORBIDDEN = [
    ("digest.editing", "digest.reading"),
    ("digest.reading", "digest.editing"),
    ("digest.site", "digest.editing"),
    ("digest.templatetags", "digest.editing"),
    ("digest.templatetags", "digest.site"),
    ("digest.templatetags", "digest.desk"),
    ("papers", "digest"),
    ("papers", "accounts"),
    ("accounts", "digest"),
    ("accounts", "papers"),
    *((door, other) for door in DOORS for other in DOORS if door != other),
]
# (from, to): one command is a door itself: it starts the readers' door on standard input, as runserver does on a port.
OPENS = [("digest.management.commands.mcp", "digest.site.mcp")]
PURE = (
    "digest.text",
    "papers.identifiers",
    "papers.characters",
    "papers.discovery",
    "papers.tex",
    "papers.links",
)
PURE += (
    "papers.citations",
    "papers.formulas",
    "papers.mathml",
    "papers.safehtml",
    "papers.texreader",
    "papers.texmacros",
)
# Django's only hook after a migration; see the comment there.
MAY_USE_SIGNALS = ("digest.apps",)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _floor(module: str) -> int | None:
    return next((floor for package, floor in FLOORS.items() if _within(module, package)), None)


def _imports(node: ast.AST) -> list[str]:
    """The modules that one import statement names; ``from a import b`` names both a and a.b."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def faults(module: str, source: str) -> list[str]:
    """Every breach of the house's law in one module, as sentences."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.append(f"{module}:{node.lineno} relative import")
        for imported in _imports(node):
            found.extend(f"{module}:{node.lineno} {fault}" for fault in _import_faults(module, imported))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]
            found.extend(f"{module}:{child.lineno} import inside {node.name}()" for child in inner)
            if node.name == "save" and _within(module, "digest.models"):
                found.append(f"{module}:{node.lineno} work hidden in save()")
            if (length := (node.end_lineno or 0) - node.lineno + 1) > 40:
                found.append(f"{module}:{node.lineno} {node.name}() has {length} lines")
    if source.count("\n") > 300:
        found.append(f"{module} has {source.count(chr(10))} lines")
    return found


def _import_faults(module: str, imported: str) -> list[str]:
    found = []
    if _within(imported, "digest.settings"):
        found.append("imports digest.settings; use django.conf.settings")
    opens = any(module == command and _within(imported, door) for command, door in OPENS)
    if not opens and any(_within(module, a) and _within(imported, b) for a, b in FORBIDDEN):
        found.append(f"imports {imported}: forbidden arrow")
    mine, theirs = _floor(module), _floor(imported)
    if mine is not None and theirs is not None and theirs > mine:
        found.append(f"imports {imported}: a lower floor imports a higher one")
    if any(_within(module, pure) for pure in PURE) and _within(imported, "django"):
        found.append(f"imports {imported}: this module is pure")
    if "signals" in imported.split(".") and module not in MAY_USE_SIGNALS:
        found.append(f"imports {imported}: no signals")
    return found


def _modules() -> list[tuple[str, str]]:
    modules = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
                modules.append((name.removesuffix(".__init__"), path.read_text()))
    return modules


def test_house_holds_in_every_module():
    assert [fault for module, source in _modules() for fault in faults(module, source)] == []


def test_every_module_of_digest_stands_on_a_floor():
    assert [name for name, _source in _modules() if name.startswith("digest.") and _floor(name) is None] == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        ("digest.text.seeds", "from digest.models import Entry", "a lower floor imports a higher one"),
        ("digest.text.seeds", "import django.utils", "this module is pure"),
        ("digest.models.note", "from digest.editing import workflow", "a lower floor imports a higher one"),
        ("digest.models.note", "class Note:\n    def save(self): ...", "work hidden in save()"),
        ("digest.reading.archive", "from digest.editing import workflow", "forbidden arrow"),
        ("digest.editing.workflow", "import digest.reading.archive", "forbidden arrow"),
        ("digest.site.views", "from digest import editing", "forbidden arrow"),
        ("digest.site.views", "from digest.editing.workflow import save_note", "forbidden arrow"),
        ("digest.desk.entries", "from digest.site import views", "forbidden arrow"),
        ("digest.management.commands.x", "from digest.desk import site", "forbidden arrow"),
        ("digest.management.commands.x", "from digest.site.mcp import server", "forbidden arrow"),
        ("digest.management.commands.mcp", "from digest.site.views import home", "forbidden arrow"),
        ("papers.models", "from digest.models import Entry", "forbidden arrow"),
        ("accounts.models", "import papers.models", "forbidden arrow"),
        ("digest.site.views", "from digest import settings", "imports digest.settings"),
        ("digest.site.views", "def view():\n    import json", "import inside view()"),
        ("digest.site.views", "from . import views", "relative import"),
        ("digest.models.note", "from django.db.models.signals import post_save", "no signals"),
        ("digest.site.views", "def view():\n" + "    x = 1\n" * 40, "view() has 41 lines"),
        ("digest.site.views", "x = 1\n" * 301, "has 301 lines"),
    ],
)
def test_planted_fault_is_caught(module, source, fault):
    assert any(fault in found for found in faults(module, source))


def test_allowed_arrows_are_no_faults():
    assert (
        faults(
            "digest.desk.entries", "from digest.editing import workflow\nfrom digest.reading import archive"
        )
        == []
    )
    assert (
        faults("digest.models.entry", "from papers.models import Paper\nfrom django.db import models") == []
    )
