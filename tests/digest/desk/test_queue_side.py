"""Beside the queue: what is drawn, and what each person is shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from digest.desk.queue_side import draw
from digest.editing.overview import Coverage
from digest.models import Digest, EditSession, Event, ImportFlag, ImportRun, Notification, SourceFile
from tests.build import build_digest, build_entry

URL = reverse("admin:index")


def side(client, **query):
    client.cookies["desk_language"] = "en"
    html = client.get(URL, query).content.decode()
    return html[html.index('<aside class="q-side"') : html.index("</aside>")]


def test_a_glyph_has_a_pair_of_bars_for_each_entry():
    cover = Coverage(Digest(), (("there", "missing"), ("there", "stale")), 1)
    glyph = draw(cover)
    assert glyph.there == "M0 0h6v12h-6zM17 0h6v12h-6z"
    assert glyph.missing == "M7.5 .5h5v11h-5z"
    assert glyph.stale == "M24 0h6v12h-6z"
    assert (glyph.width, glyph.korean, glyph.english, glyph.behind, glyph.total) == (30, 2, 1, 1, 2)


def test_coverage_is_drawn_with_words_for_those_who_do_not_see_it(door, tom):
    stale = build_entry("2024-10-30", en="Text")
    build_entry("2024-10-30")
    stale.notes.filter(language="ko").update(rev=2, sig_rev=2)
    build_digest("2024-11-01", public=False)
    html = side(door(tom))
    assert 'aria-label="Korean 2/2, English 1/2, 1 with a changed source"' in html
    assert html.index("11.01") < html.index("10.30")
    assert html.count("<svg") == 1 + 3  # the legend's; a digest without entries has none


def test_the_next_digest_is_the_latest_draft_or_one_to_start(door, minji, tom):
    client = door(minji)
    assert "There is no draft yet." in side(client)
    assert reverse("admin:digest_digest_add") in side(client)
    draft = build_digest("2024-11-05", public=False)
    assert f'<a href="{reverse("admin:digest_digest_change", args=[draft.pk])}">2024.11.05</a>' in side(
        client
    )
    assert reverse("admin:digest_digest_add") not in side(door(tom))


def test_missing_details_are_counted_for_those_who_fill_them_in(door, minji, tom):
    build_entry(abstract="We.")
    html = side(door(minji))
    assert "<dt>No arXiv id</dt><dd>1</dd>" in html
    assert "<dt>No abstract</dt><dd>0</dd>" in html
    assert "No arXiv id" not in side(door(tom))


def test_the_last_import_is_shown_to_those_who_may_open_it(door, minji, tom):
    client = door(minji)
    assert "Nothing has been imported yet." in side(client)
    run = ImportRun.objects.create()
    assert "No doubtful line waits." in side(client)
    file = SourceFile.objects.create(name="a", sha256="0", content=b"", digest=build_entry().digest, run=run)
    for line in (1, 2):
        ImportFlag.objects.create(source_file=file, line=line, reason="?")
    html = side(client)
    assert reverse("admin:digest_importrun_change", args=[run.pk]) in html
    assert "2 doubtful lines to look at" in html
    assert "Import" not in side(door(tom))


def test_unsaved_texts_lead_back_to_their_draft(door, tom, minji):
    entry = build_entry(title="Half done")
    EditSession.objects.create(entry=entry, language="en", user=tom, body="secret", draft_at=timezone.now())
    html = side(door(tom))
    assert f'href="{reverse("admin:digest_entry_change", args=[entry.pk])}?draft=en"' in html
    assert "secret" not in html
    assert "Half done" not in side(door(minji))


@pytest.mark.parametrize("read", [False, True])
def test_unread_notifications_are_shown(door, tom, minji, read):
    note = build_entry(title="Told").notes.get()
    event = Event.objects.create(
        verb="assign", object_type="note", object_id=note.pk, object_label="x", actor=minji
    )
    Notification.objects.create(user=tom, event=event, note=note, read_at=timezone.now() if read else None)
    assert ("minji assigned this note to you." in side(door(tom))) is not read
