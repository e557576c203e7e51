"""The glossary at the desk: form, search, export and import, starter terms, and the guard against lost updates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from digest.editing.glossary import save_term
from digest.editing.glossary_csv import MAX_BYTES
from digest.models import Event, Term
from tests.digest.desk.conftest import fresh
from tests.page import form_data, inline_code, message_texts

LIST, ADD, IMPORT = (reverse(f"admin:digest_term_{name}") for name in ("changelist", "add", "import"))
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture
def term(tom):
    return save_term(term=Term(ko="배치 크기", en="batch size", forbidden="batch dimension"), by=tom)


@pytest.fixture
def save(door, tom):
    """Open a term's form as a browser would, change some fields, post it."""

    def post(term, page=None, **changes):
        client, url = door(tom), reverse("admin:digest_term_change", args=[term.pk])
        return client.post(url, form_data(page or client.get(url), "term_form") | changes)

    return post


def upload(client, text, name="terms.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}, follow=True)


def pairs(client, **query):
    return [(row.ko, row.en) for row in client.get(LIST, query).context["cl"].result_list]


def test_term_is_added_and_its_history_shows_it(door, tom):
    client = door(tom)
    client.post(ADD, {"ko": " 배치\t크기", "en": "batch  size", "note": "", "forbidden": "a\r\n\r\nb\r\na"})
    term = Term.objects.get()
    assert (term.ko, term.en, term.forbidden) == ("배치 크기", "batch size", "a\nb")
    history = client.get(reverse("admin:digest_term_history", args=[term.pk]))
    assert [event.verb for event in history.context["events"]] == ["add"]


def test_save_of_nothing_changes_nothing(save, term):
    before = Event.objects.count()
    assert save(term).status_code == 302
    assert Event.objects.count() == before


def test_two_editors_change_different_fields(door, save, term, tom, rina):
    page = door(tom).get(reverse("admin:digest_term_change", args=[term.pk]))
    changed = fresh(term)
    changed.note = "by Rina"
    save_term(term=changed, by=rina)
    assert save(term, page, en="Batch size").status_code == 302
    assert (fresh(term).en, fresh(term).note) == ("Batch size", "by Rina")


def test_two_editors_change_one_field_and_the_second_sees_both(door, save, term, tom, rina):
    page = door(tom).get(reverse("admin:digest_term_change", args=[term.pk]))
    changed = fresh(term)
    changed.forbidden = "rina's form"
    save_term(term=changed, by=rina)
    refused = save(term, page, forbidden="tom's form")
    assert "rina&#x27;s form" in refused.content.decode()
    assert fresh(term).forbidden == "rina's form"
    assert save(term, refused).status_code == 302
    assert fresh(term).forbidden == "tom's form"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"en": "Batch Size"}, "en"),
        ({"ko": ""}, "ko"),
        ({"ko": "\x00"}, "ko"),
        ({"en": "a\uffff"}, "en"),
        ({"en": "x" * 101}, "en"),
        ({"note": "x" * 301}, "note"),
        ({"forbidden": "x" * 1001}, "forbidden"),
        ({"forbidden": "a|b"}, "forbidden"),
        ({"forbidden": "\x0b\x00"}, "forbidden"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_its_reason(door, tom, term, fields, field):
    data = {"ko": "배치 크기", "en": "another", "note": "", "forbidden": "", **fields}
    response = door(tom).post(ADD, data)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert Term.objects.count() == 1


def test_search_finds_both_languages_and_forbidden_forms(door, tom, term):
    save_term(term=Term(ko="학습률", en="learning rate", note="in steps"), by=tom)
    client = door(tom)
    assert (
        pairs(client, q="배치")
        == pairs(client, q="BATCH s")
        == pairs(client, q="dimension")
        == [("배치 크기", "batch size")]
    )
    assert pairs(client, q="steps") == [("학습률", "learning rate")]
    assert client.get(LIST, {"q": "\x00%"}).status_code in (200, 302)


def test_deleting_takes_the_right_and_leaves_an_event(door, tom, rina, term):
    url = reverse("admin:digest_term_delete", args=[term.pk])
    assert door(tom).post(url, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [term.pk], "post": "yes"}
    door(tom).post(LIST, chosen)
    assert Term.objects.exists()
    door(rina).post(LIST, chosen)
    assert not Term.objects.exists()
    assert Event.objects.get(verb="delete").actor == rina


def test_export_and_import_are_one_file(door, tom, term):
    client = door(tom)
    response = client.get(reverse("admin:digest_term_export"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        response.content.decode() == "\ufeffko,en,note,forbidden\r\n배치 크기,batch size,,batch dimension\r\n"
    )
    assert "1" in message_texts(upload(client, response.content))[0]
    page = upload(client, "ko,en\n새말,new word\n")
    assert page.redirect_chain == [(LIST, 302)]
    assert Term.objects.count() == 2


def test_import_with_problems_names_every_line_and_writes_nothing(door, tom):
    response = upload(door(tom), f"ko,en\n가,a\n나,\n{HOSTILE},{'x' * 101}\n", name=f"{HOSTILE[:20]}.csv")
    assert response.status_code == 200
    lines = list(response.context["form"].errors["file"])
    assert [line.rpartition(".csv:")[2][:5] for line in lines] == ["3: en", "4: en"]
    assert "<script>alert" not in response.content.decode()
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * (MAX_BYTES + 1),
        b"\xff\xfe",
        b'ko,en\n"',
        b"\n" * 10_000,
        b"ko,en\n" + b"," * 100_000 + b"x",
    ],
)
def test_odd_files_are_form_errors(door, tom, data):
    response = upload(door(tom), data)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert door(tom).post(IMPORT, {"file": "no file"}).status_code == 200


def test_starter_terms_are_offered_while_the_glossary_is_empty(door, tom, stranger):
    client = door(tom)
    starter = reverse("admin:digest_term_starter")
    assert starter in client.get(LIST).content.decode()
    assert len(message_texts(client.post(starter, follow=True))) == 1
    count = Term.objects.count()
    assert count >= 60
    assert starter not in client.get(LIST).content.decode()
    client.post(starter)
    assert Term.objects.count() == count
    assert door(stranger).post(starter).status_code == 403


def test_hostile_terms_stay_text_on_every_page(door, boss):
    term = save_term(term=Term(ko=HOSTILE, en=HOSTILE, note=HOSTILE, forbidden=HOSTILE), by=boss)
    client = door(boss)
    pages = [reverse(f"admin:digest_term_{name}", args=[term.pk]) for name in ("change", "delete", "history")]
    for url in (LIST, IMPORT, ADD, *pages):
        response = client.get(url)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
        assert inline_code(response) == []
