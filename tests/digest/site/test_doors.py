"""The readers' side reads what is published, writes nothing, and calls no text safe but in one module."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = sorted([*(ROOT / "digest/reading").rglob("*.py"), *(ROOT / "digest/site").rglob("*.py")])
OUR_CODE = sorted(
    path for package in ("accounts", "papers", "digest") for path in (ROOT / package).rglob("*.py")
) + sorted((ROOT / "templates").rglob("*.html"))
WRITES = re.compile(
    r"\.(save|create|get_or_create|update_or_create|bulk_create|bulk_update|delete|update|add|remove|set)\("
)
RELATIONS = re.compile(r"\.(?:_default_manager|_base_manager|_meta|raw|extra)\b")
UNSAFE = re.compile(r"mark_safe|SafeString\(|\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|__html__|@html_safe")


def name(path):
    return str(path.relative_to(ROOT))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_is_something_to_look_at():
    assert len(PUBLIC) > 10
    assert len(OUR_CODE) > len(PUBLIC)


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_every_query_begins_at_published(path):
    text = path.read_text()
    assert [
        found
        for found in re.findall(r"\.objects\b.{0,15}", text)
        # The forms of search terms are for readers, all of them.
        if not found.startswith((".objects.published(", ".objects.groups("))
    ] == []
    assert RELATIONS.findall(text) == []


# Spelled like a write, and why it is none.
NO_WRITES = {
    "digest/site/cards/drawing.py": ["save"],  # a picture, into memory
    "digest/reading/citing.py": ["add"],  # to a set
    "digest/reading/archive_export.py": ["update", "add"],  # a hash, a set
}


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_nothing_is_written(path):
    assert WRITES.findall(path.read_text()) == NO_WRITES.get(name(path), [])


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_the_working_copy_is_never_read(path):
    # ``live.body`` is a revision's text; any other ``.body`` is what an editor is still writing.
    reads = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
    bodies = [ast.unparse(node) for node in reads if node.attr == "body"]
    assert [body for body in bodies if not body.endswith(".live.body")] == []
    assert re.findall(r"[\"']body[\"'_]|notes?__body", path.read_text()) == []


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_neither_the_writers_nor_the_other_doors_are_imported(path):
    forbidden = ("digest.editing", "digest.desk", "digest.management", "digest.settings", "accounts")
    if "reading" in path.parts:
        forbidden += ("digest.site", "digest.templatetags")
    found = {module for module in imported(path) if module.startswith(forbidden)}
    # Who counts for a limit is one rule for the whole site.
    limits = name(path) == "digest/site/api/base.py"
    assert found == ({"accounts.adapter", "accounts.adapter.peer_of"} if limits else set())


# What HTTP itself says of how a body travels: the date and the part that a client has.
PROTOCOL = {
    "digest/site/byte_cache.py": ["META", "META", "headers"],
    "digest/site/feeds/views.py": ["headers", "META"],
    "digest/site/views_archive_file.py": ["headers", "headers", "META"],
}


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_nothing_of_the_readers_own_is_asked_for(path):
    # "self.user" and the like would be a personal page in a shared cache.
    asked = r"request\.(user|session|COOKIES|META|headers|LANGUAGE_CODE|POST|FILES)\b|get_token|messages"
    if path.name != "middleware.py":
        assert re.findall(asked, path.read_text()) == PROTOCOL.get(name(path), [])


def test_text_is_called_safe_in_one_module_only():
    unsafe = {name(path): len(UNSAFE.findall(path.read_text())) for path in OUR_CODE}
    calls = {path: count for path, count in unsafe.items() if count}
    # The import and four calls: a note's blocks, a title, an abstract, linked data.
    assert calls == {"digest/templatetags/rendering.py": 5}
