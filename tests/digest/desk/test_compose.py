"""Pasting or uploading a whole digest: who may, what each line is read as, and what an import reports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.editing.importing import Importer
from digest.models import Digest, SourceFile
from digest.text.seed_rows import Role
from digest.text.seeds import MAX_FILE_BYTES
from tests.digest.desk.conftest import digest_url, dump
from tests.page import form_data, inline_code

SEED = "2024-10-30\nFirst Paper\n(Ann Lee)\nAn abstract.\n첫 노트.\n#moe\nSecond Paper\n둘째 노트.\n#agent\n"
ENGLISH = SEED.replace("첫 노트.\n", "첫 노트.\nThe first note.\n")
HOSTILE = "<script>alert(1)</script>{{7*7}}"
WINDOWS = "compose", "compose_lines"


def url(name="compose"):
    return reverse(f"admin:{name}")


def file(content, name="a.txt"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def shown(response):
    """(line, role) of the parse, and (line, reason) of its problems."""
    rows = [line for line, _label in response.context["lines"]]
    problems = [(line.number, problem.reason) for line in rows for problem in line.problems]
    return [(line.number, str(line.role)) for line in rows], problems


@pytest.mark.parametrize("name", WINDOWS)
def test_who_may_enter(client, minji, tom, rina, paul, stranger, boss, name):
    found = []
    for user in (None, stranger, tom, minji, rina, paul, boss):
        client.logout()
        if user:
            client.force_login(user)
        found.append((client.get(url(name)).status_code, client.post(url(name), {"text": SEED}).status_code))
    own = (200, 200) if name == "compose" else (405, 200)
    refused = (403, 403) if name == "compose" else (405, 403)
    assert found == [(302, 302), refused, refused, own, own, own, own]
    assert not Digest.objects.exists()


@pytest.mark.parametrize("name", WINDOWS)
def test_posting_takes_the_token(boss, name):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(boss)
    assert strict.post(url(name), {"text": SEED, "import": "1"}).status_code == 403
    assert not Digest.objects.exists()


def test_every_role_has_a_label(door, minji):
    text = "2024-10-30\n\nT One\n(Ann Lee)\nAbstract.\n노트.\nNote.\n#moe\nT Two\n#\n2024-10-31\n"
    response = door(minji).post(url(), {"text": text, "check": "1"})
    labels = {line.role: str(label) for line, label in response.context["lines"]}
    assert labels.keys() == set(Role)
    assert len(set(labels.values())) == len(Role)
    html = response.content.decode()
    assert [html.count(f'class="seed-{role}"') > 0 for role in Role] == [True] * len(Role)


def test_check_shows_the_parse_with_problems_beside_their_line_and_writes_nothing(door, minji):
    client = door(minji)
    before = dump()
    text = SEED + "2024-11-01\n"
    response = client.post(url(), {"text": text.replace("\n", "\r\n"), "check": "1"})
    roles, problems = shown(response)
    assert roles[:4] == [(1, "date"), (2, "title"), (3, "authors"), (4, "abstract")]
    assert roles[9] == (10, "problem")
    assert [line for line, _reason in problems] == [10]
    assert f"10: {problems[0][1]}" in response.content.decode().replace("&quot;", '"')
    assert form_data(response, "compose-form")["text"] == text.replace("\n", "\r\n")
    assert dump() == before


def test_fragment_is_the_same_parse(door, minji):
    client = door(minji)
    before = dump()
    whole, part = (
        client.post(url(), {"text": SEED, "check": "1"}),
        client.post(url("compose_lines"), {"text": SEED}),
    )
    assert shown(part) == shown(whole)
    assert part.content.decode().strip() in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert dump() == before


def test_import_makes_a_draft_and_leads_to_it(door, minji):
    response = door(minji).post(url(), {"text": SEED.replace("\n", "\r\n"), "import": "1"})
    digest = Digest.objects.get()
    assert (response.context["report"].status, digest.status) == ("created", "draft")
    assert digest_url("change", digest) in response.content.decode()
    assert bytes(SourceFile.objects.get().content).decode() == SEED
    again = door(minji).post(url(), {"text": SEED, "import": "1"})
    assert (again.context["report"].status, again.context["digest"]) == ("unchanged", digest)


def test_import_reports_conflicts_and_notices(door, minji):
    list(Importer().run([("a.txt", SEED.encode())]))
    digest = Digest.objects.get()
    digest.entries.first().notes.update(body="우리 글")
    response = door(minji).post(
        url(), {"text": SEED.replace("첫 노트.", "파일 글.").replace("#moe", "#"), "import": "1"}
    )
    report = response.context["report"]
    assert (report.status, len(report.conflicts), len(report.notices)) == ("updated", 1, 1)
    html = response.content.decode()
    assert reverse("admin:digest_importconflict_changelist") in html
    assert report.conflicts[0][1] in html


def test_refusal_of_the_import_stands_beside_its_line_with_the_text_kept(door, minji):
    before = dump()
    response = door(minji).post(url(), {"text": ENGLISH, "import": "1"})
    assert response.context["report"].status == "refused"
    assert [line for line, _reason in shown(response)[1]] == [6]
    assert form_data(response, "compose-form")["text"].replace("\r\n", "\n") == ENGLISH
    assert dump() == before


def test_upload_is_imported_byte_for_byte_under_its_name(door, minji):
    content = b"\xef\xbb\xbf" + SEED.replace("\n", "\r\n").encode()
    door(minji).post(url(), {"text": "ignored", "file": file(content, "2024-10-30 last.txt"), "import": "1"})
    row = SourceFile.objects.get()
    assert (row.name, bytes(row.content)) == ("2024-10-30 last.txt", content)


def test_checked_upload_goes_into_the_box_with_its_name(door, minji):
    client = door(minji)
    page = client.post(url(), {"text": "", "file": file(SEED, "b.txt"), "check": "1"})
    client.post(url(), form_data(page, "compose-form") | {"import": "1"})
    assert SourceFile.objects.get().name == "b.txt"


def test_upload_that_is_no_utf_8_names_the_line_and_stays_out_of_the_box(door, minji):
    client = door(minji)
    before = dump()
    content = SEED.encode().replace("둘째".encode(), "둘째".encode("euc-kr"))
    for button in ("check", "import"):
        response = client.post(url(), {"text": "", "file": file(content), button: "1"})
        assert [line for line, _reason in shown(response)[1]] == [8]
        assert form_data(response, "compose-form")["text"] == ""
        assert response.context["readable"] is False
    assert dump() == before


@pytest.mark.parametrize("button", ["check", "import"])
def test_text_over_the_limit_is_refused(door, minji, button):
    client = door(minji)
    before = dump()
    for data in ({"text": "가" * 700_000}, {"text": "", "file": file(b"x" * (MAX_FILE_BYTES + 10))}):
        response = client.post(url(), data | {button: "1"})
        assert [reason[:13] for _line, reason in shown(response)[1]] == ["the file is o"]
    assert dump() == before


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "\x00", "x\x0b", "9" * 5_000, "[ko]", "#", "2024-10-30", "\u202e\u200b", "\ud7ff\ufffe"],
)
def test_any_text_is_answered(door, minji, text):
    client = door(minji)
    before = dump()
    for name, data in (("compose", {"import": "1"}), ("compose", {"check": "1"}), ("compose_lines", {})):
        assert client.post(url(name), {"text": text} | data).status_code == 200
    assert client.post(url(), {"import": "1"}).status_code == 200
    assert client.post(url(), {"import": "1", "text": SEED[:0], "file": "no file"}).status_code == 200
    assert dump() == before


@pytest.mark.parametrize("name", ["a\x00b", "../../x", "가" * 400, "<script>"])
def test_made_up_file_name_does_no_harm(door, minji, name):
    response = door(minji).post(url(), {"text": SEED, "name": name, "import": "1"})
    assert response.context["report"].status == "created"
    stored = SourceFile.objects.get().name
    assert "/" not in stored
    assert "\x00" not in stored


def test_hostile_text_stays_text(door, minji):
    text = f"2024-10-30\n{HOSTILE}\n({HOSTILE})\n{HOSTILE}\n글 {HOSTILE}\n#a\n"
    client = door(minji)
    for name, data in (("compose", {"check": "1"}), ("compose", {"import": "1"}), ("compose_lines", {})):
        response = client.post(url(name), {"text": text, "name": HOSTILE} | data)
        assert "<script>alert" not in response.content.decode()
        assert inline_code(response) == []


def test_page_begins_with_the_date_of_the_digest_it_was_opened_from(door, minji):
    client = door(minji)
    assert client.get(url(), {"date": "2024-10-30"}).context["text"] == "2024-10-30\n"
    for odd in ("", "x", "2024-13-45", "\x00", "9" * 400):
        assert client.get(url(), {"date": odd}).context["text"] == ""


def test_long_text_is_checked_whole_and_shown_in_part(door, minji):
    text = "2024-10-30\n" + "Title\n노트입니다.\n#a\n" * 1_000
    response = door(minji).post(url("compose_lines"), {"text": text})
    assert (len(response.context["lines"]), response.context["more"]) == (2_000, 1_002)


def test_checking_takes_the_same_queries_for_any_text(door, boss):
    client = door(boss)
    found = []
    for entries in (1, 200):
        text = "2024-10-30\n" + "".join(f"Title {n}\n노트입니다.\n#a\n" for n in range(entries))
        with CaptureQueriesContext(connection) as captured:
            client.post(url("compose_lines"), {"text": text})
        found.append(len(captured))
    assert found == [2, 2]  # session, user
