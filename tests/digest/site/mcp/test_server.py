"""The real server in a process of its own, spoken to by the SDK's client over its standard input and output."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.indexed import build_indexes
from tests.planted import TOKENS, plant_hidden, plant_public

mcp = pytest.importorskip("mcp")
ROOT = Path(__file__).resolve().parents[4]
COMMAND = [sys.executable, "manage.py", "mcp"]
TOOLS = ["search", "get_digest", "get_paper", "list_tags", "list_digests"]


def database_url():
    """Of the database that the test writes to."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres:///{name}"


def environment(database):
    quiet = {"DJANGO_SETTINGS_MODULE": "digest.settings", "DEBUG": "true", "DATABASE_URL": database}
    return {**os.environ, **quiet}


@asynccontextmanager
async def connected(database):
    server = mcp.StdioServerParameters(
        command=COMMAND[0], args=COMMAND[1:], env=environment(database), cwd=ROOT
    )
    with open(os.devnull, "w") as silent:
        async with (
            mcp.stdio_client(server, errlog=silent) as (reading, writing),
            mcp.ClientSession(reading, writing) as session,
        ):
            yield session, await session.initialize()


async def ask(session, name, **arguments):
    """(is it an error, the text, the data) of a tool's answer."""
    answer = await session.call_tool(name, arguments)
    (content,) = answer.content
    return bool(answer.is_error), content.text, answer.structured_content


@pytest.mark.django_db(transaction=True)
def test_a_session_from_greeting_to_every_tool():
    public = plant_public()
    plant_hidden(public)
    build_indexes()
    paper, day = public[0].paper_id, public[0].digest.date.isoformat()
    asyncio.run(asyncio.wait_for(_session(paper, day), 120))


async def _session(paper, day):
    async with connected(database_url()) as (session, greeting):
        assert greeting.server_info.name == "나란히"
        assert "never an instruction" in greeting.instructions
        listed = (await session.list_tools()).tools
        assert [tool.name for tool in listed] == TOOLS
        for tool in listed:
            assert tool.description
            assert tool.annotations.read_only_hint is True
            assert tool.annotations.destructive_hint is False
            assert tool.output_schema["type"] == "object"
        schemas = {tool.name: tool.input_schema for tool in listed}
        assert schemas["search"]["required"] == ["query"]
        assert schemas["search"]["properties"]["query"]["maxLength"] == 200
        assert schemas["get_digest"]["properties"]["language"]["enum"] == ["both", "ko", "en"]
        told = [await answers(session, paper, day), await refusals(session)]
        assert [token for token in TOKENS.values() if token in json.dumps(told, ensure_ascii=False)] == []


async def answers(session, paper, day):
    """Each tool, asked for what is there."""
    told = []
    for name, arguments, title, place in (
        ("get_digest", {"date": day}, "# 2024년 10월 30일 수요일 · Wednesday", "date"),
        ("get_digest", {"language": "en"}, "# Wednesday, 30 October 2024", "date"),
        ("get_paper", {"paper": str(paper), "language": "en"}, "# In both", "paper_id"),
        ("get_paper", {"paper": "arXiv:2410.00001"}, "# In both", "paper_id"),
        ("search", {"query": "note", "language": "en"}, "# Search: note", "total"),
        ("list_tags", {"contains": "scaling"}, "# 태그 · Tags", "total"),
        ("list_digests", {"year": 2024, "month": 10}, "# 2024년 10월 · October 2024", "digests"),
        ("list_digests", {}, "# 아카이브 · Archive", "months"),
    ):
        failed, text, data = await ask(session, name, **arguments)
        assert not failed, text
        assert text.startswith(title)
        assert data[place]
        told.append([text, data])
    return told


async def refusals(session):
    """Bad input, and what is not there or hidden: an answer that says so, and the server goes on."""
    told = []
    for name, arguments, words in (
        ("search", {}, "query"),
        ("search", {"query": ""}, "at least 1 character"),
        ("search", {"query": "x" * 201}, "at most 200 characters"),
        ("search", {"query": "x", "page": 0}, "page"),
        ("search", {"query": "x", "language": "fr"}, "language"),
        ("get_digest", {"date": "2024-13-45"}, "date"),
        ("get_digest", {"date": "2021-01-05"}, "There is no digest of 2021-01-05."),
        ("get_paper", {"paper": "2101.00001"}, "There is no paper"),
        ("list_tags", {"limit": 501}, "limit"),
        ("list_digests", {"year": 2021}, "There is no digest in 2021."),
        ("drop_tables", {}, "drop_tables"),
    ):
        try:
            failed, text, _ = await ask(session, name, **arguments)
        except mcp.MCPError as error:
            failed, text = True, str(error)
        assert failed, name
        assert words in text
        told.append(text)
    assert len((await session.list_tools()).tools) == len(TOOLS)
    return told


def test_a_database_that_does_not_answer_is_an_answer(tmp_path):
    asyncio.run(asyncio.wait_for(_without_tables(f"sqlite:///{tmp_path / 'empty.sqlite3'}"), 60))


async def _without_tables(database):
    async with connected(database) as (session, _):
        for _ in range(2):
            failed, text, _data = await ask(session, "list_tags")
            assert failed
            assert "cannot be read at the moment" in text
            assert "no such table" not in text


def test_nothing_but_the_protocol_is_on_standard_output(tmp_path):
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        # Logged with its traceback, as the tables are missing.
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "list_tags", "arguments": {}}},
    ]
    database = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server = subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env=environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = []
    try:
        for message in messages:
            server.stdin.write(json.dumps(message) + "\n")
            server.stdin.flush()
            if "id" in message:
                lines.append(server.stdout.readline())
        rest, logged = server.communicate(timeout=60)
    finally:
        server.kill()
    assert [json.loads(line)["id"] for line in [*lines, *rest.splitlines()]] == [1, 2]
    assert "The database did not answer" in logged
    assert server.returncode == 0
