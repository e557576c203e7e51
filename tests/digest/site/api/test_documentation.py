"""docs/api.md: its examples run, its tables name what there is."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.site.api import overview, takes
from tests.build import build_entry

DOCS = (Path(__file__).resolve().parents[4] / "docs/api.md").read_text()
TAKES = {
    "digests": takes.DigestTakes,
    "entries": takes.EntryTakes,
    "papers": takes.PaperTakes,
    "authors": takes.AuthorTakes,
    "tags": takes.TagTakes,
    "notes": takes.NoteTakes,
    "mentions": takes.MentionTakes,
    "trends": takes.TrendTakes,
}


def block(language, number=0):
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.S)[number]


@pytest.fixture
def api(live_server, settings):
    settings.SITE_URL = live_server.url
    build_entry(
        "2024-10-30",
        title="Critical Batch Size",
        ko="배치 크기 노트 https://arxiv.org/abs/2001.08361",
        en="A note",
        tags=["scaling-law"],
        arxiv_id="2410.21676",
    )
    build_entry("2023-10-30", title="Older", ko="다른 해")
    return f"{live_server.url}/api/v1"


def test_the_curl_examples_find_something(api):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    commands = [line for line in block("sh").splitlines() if line.startswith("curl")]
    assert len(commands) == 7
    for command in commands:
        words = shlex.split(command.replace("$API", api))
        done = subprocess.run([*words, "--fail", "--noproxy", "*"], capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout)
        found = json.loads(done.stdout)
        rows = next(found[name] for name in ("results", "tags") if name in found)
        assert rows or "search" in command, command


def test_the_python_example_prints_every_note_of_the_year(api):
    environment = os.environ | {"API": api, "no_proxy": "*", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", block("python")], env=environment, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["2024-10-30", "ko", "Critical Batch Size", "배치 크기 노트 https://arxiv.org/abs/2001.08361"],
        ["2024-10-30", "en", "Critical Batch Size", "A note"],
    ]


@pytest.mark.django_db
def test_the_refusal_shown_is_the_one_there_is(client):
    shown = json.loads(block("json"))
    assert client.get("/api/v1/entries/?language=fr").json() == shown


def test_the_tables_name_every_resource_and_every_parameter():
    resources = DOCS.partition("## Resources")[2].partition("\n## ")[0]
    assert {name for name in overview.LISTS if f"`{name}/" in resources} == set(overview.LISTS) - {"schema"}
    table = DOCS.partition("## Parameters")[2].partition("\nThere are")[0]
    named = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    offered = {name for one in TAKES.values() for name in one.base_filters}
    # Those of trends stand with it, among the resources.
    assert named == offered - {"from", "to", "top"}
    assert all(f"{name}" in resources for name in ("from=", "to=", "`top`"))
