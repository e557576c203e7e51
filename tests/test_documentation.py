"""The docs name every setting and every command there is, and nothing that is not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "digest/settings.py").read_text()
DOCUMENTED = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))
COMMANDS = {path.stem for path in (ROOT / "digest/management/commands").glob("[a-z]*.py")}


def test_settings_table_is_exactly_what_settings_read():
    read = set(re.findall(r'\b(?:env(?:\.\w+)?|flag|matching)\(\s*"([A-Z_]+)"', SETTINGS))
    assert len(read) > 8
    assert read == DOCUMENTED


def test_commands_page_is_exactly_the_commands():
    documented = set(re.findall(r"^## (\w+)", (ROOT / "docs/commands.md").read_text(), re.M))
    assert documented == COMMANDS


@pytest.mark.parametrize(
    "path", ["README.md", *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/*.md"))]
)
def test_relative_links_lead_somewhere(path):
    document = ROOT / path
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_requirement_is_pinned_with_a_reason():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
        assert [line for line in lines if not re.match(r"[\w\[\],-]+==[\w.]+\s+# \S", line)] == []


def test_top_level_holds_only_what_the_map_names():
    allowed = {
        "digest",
        "papers",
        "accounts",
        "templates",
        "static",
        "seeds",
        "manage.py",
        "requirements.txt",
        "requirements-search-ko.txt",
        "requirements-mcp.txt",
        "tests",
    }
    allowed |= {
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        "requirements-dev.txt",
        "requirements.lock",
    }
    allowed |= {"locale", "docs", "bench", ".ci", ".gitignore", ".git"}
    ignored = {
        ".venv",
        ".pytest_cache",
        ".mypy_cache",
        ".ruff_cache",
        ".hypothesis",
        "staticfiles",
        "build",
        "__pycache__",
    }
    present = {path.name for path in ROOT.iterdir() if not path.name.startswith("db.sqlite3")}
    assert present - allowed - ignored == set()
