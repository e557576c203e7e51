"""What each resource answers, whole; the pages of lists, their filters and sparse fields."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Digest, Entry, TagAlias
from papers.models import Author, Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"
UTC = datetime.UTC


@pytest.fixture
def rows(site):
    """The small site, and a note that cites by title, by a public id and by one that nobody discusses."""
    cites = "[[Second Paper]], https://arxiv.org/abs/2410.21676, https://arxiv.org/abs/2305.00001 $x^2$"
    build_entry("2024-06-01", title="Citing $E=mc^2$", ko=cites, tags=["moe"], doi="10.1000/ABC")


def pages(path):
    return {"both": f"{HOST}{path}", "ko": f"{HOST}/ko{path}", "en": f"{HOST}/en{path}"}


def paper_of(title):
    return Paper.objects.get(title=title).pk


def entry_of(title):
    return Entry.objects.get(paper__title=title).pk


def titles(results):
    return [result["title"] if "title" in result else result["paper"]["title"] for result in results]


def test_the_root_names_every_resource(ask, client):
    root = ask("")
    assert set(root) == {
        *("digests", "entries", "papers", "authors", "tags", "notes", "mentions", "trends", "search"),
        *("schema", "docs"),
    }
    assert {client.get(url.removeprefix(HOST)).status_code for url in root.values()} == {200}


def test_an_entry_whole(rows, ask):
    entry, paper = entry_of("Critical Batch Size"), paper_of("Critical Batch Size")
    found = ask(f"entries/{entry}/")
    people = list(Author.objects.order_by("pk").values_list("pk", flat=True))
    assert found == {
        "id": entry,
        "url": f"{HOST}/api/v1/entries/{entry}/",
        "date": "2024-10-30",
        "position": 1,
        "published": "2024-10-30T00:00:00Z",
        "changed": "2024-10-30T00:00:00Z",
        "paper": {
            "id": paper,
            "url": f"{HOST}/api/v1/papers/{paper}/",
            "kind": "paper",
            "title": "Critical Batch Size",
            "title_tex": "Critical Batch Size",
            "authors": [
                {"id": people[0], "name": "Hanlin Zhang"},
                {"id": people[1], "name": "Kun Xu"},
                {"id": people[2], "name": "Kun Xu"},
            ],
            "abstract": "How batch size scales.",
            "abstract_tex": "How batch size scales.",
            "arxiv_id": "2410.21676",
            "arxiv_url": "https://arxiv.org/abs/2410.21676",
            "doi": None,
            "doi_url": None,
            "link": None,
            "project_url": None,
            "code_url": None,
            "pages": pages(f"/papers/{paper}/critical-batch-size/"),
        },
        "notes": [
            {"language": "ko", "markdown": "배치 크기 노트", "html": "<p>배치 크기 노트</p>"},
            {"language": "en", "markdown": "A note on batch size", "html": "<p>A note on batch size</p>"},
        ],
        "tags": [
            {"slug": "scaling-law", "name": "scaling-law", "label_ko": ""},
            {"slug": "비디오-생성", "name": "비디오-생성", "label_ko": ""},
        ],
        "pages": pages("/digests/2024-10-30/#e1"),
    }


def test_notes_come_as_stored_and_as_html_with_whole_addresses(rows, ask):
    [note] = ask(f"entries/{entry_of('Citing $E=mc^2$')}/")["notes"]
    assert note["markdown"].startswith("[[Second Paper]], https://arxiv.org/abs/2410.21676")
    path = f"{HOST}/papers/{paper_of('Second Paper')}/second-paper/"
    assert f'<a href="{path}" lang="en">Second Paper</a>' in note["html"]
    assert "<math>" in note["html"]
    assert "<msup>" in note["html"]


def test_titles_come_as_stored_and_as_text_and_only_web_links_are_links(rows, ask):
    Paper.objects.filter(title="Citing $E=mc^2$").update(
        url="javascript:alert(1)", code_url="https://example.org/code"
    )
    paper = ask(f"papers/{paper_of('Citing $E=mc^2$')}/")
    assert (paper["title"], paper["title_tex"]) == ("Citing E=mc²", "Citing $E=mc^2$")
    assert (paper["link"], paper["code_url"]) == (None, "https://example.org/code")
    assert (paper["doi"], paper["doi_url"]) == ("10.1000/ABC", "https://doi.org/10.1000/abc")


def test_a_digest_whole_and_in_the_list(rows, ask):
    [listed, *_] = ask("digests/")["results"]
    whole = ask("digests/2024-10-30/")
    entries = [listed.pop("entries"), whole.pop("entries")]
    assert listed == whole
    assert whole == {
        "date": "2024-10-30",
        "url": f"{HOST}/api/v1/digests/2024-10-30/",
        "published": "2024-10-30T00:00:00Z",
        "changed": "2024-10-30T00:00:00Z",
        "pages": pages("/digests/2024-10-30/"),
    }
    assert [entry["title"] for entry in entries[0]] == ["Critical Batch Size", "Second Paper"]
    assert entries[1] == [ask(f"entries/{entry['id']}/") for entry in entries[0]]
    assert entries[0][1] == {
        "id": entries[1][1]["id"],
        "url": entries[1][1]["url"],
        "date": "2024-10-30",
        "position": 2,
        "paper": paper_of("Second Paper"),
        "title": "Second Paper",
        "languages": ["ko", "en"],
        "published": "2024-10-30T00:00:00Z",
        "changed": "2024-10-30T00:00:00Z",
    }


def test_a_paper_has_its_entries_newest_first_and_their_tags_once(rows, ask):
    paper = Paper.objects.get(title="Second Paper")
    build_entry("2024-11-05", paper=paper, tags=["scaling-law", "moe"], ko="다시")
    found = ask(f"papers/{paper.pk}/")
    assert [entry["date"] for entry in found["entries"]] == ["2024-11-05", "2024-10-30"]
    assert [tag["slug"] for tag in found["tags"]] == ["scaling-law", "moe"]
    assert (found["published"], found["changed"]) == ("2024-10-30T00:00:00Z", "2024-11-05T00:00:00Z")


def test_an_author_and_the_people_of_a_name(rows, ask, every):
    both = every("authors/", name="kun  XU", ordering="oldest")
    assert [(person["name"], person["homonym"], person["papers"]) for person in both] == [
        ("Kun Xu", 1, 1),
        ("Kun Xu", 2, 1),
    ]
    pk = both[0]["id"]
    assert both[0] == ask(f"authors/{pk}/")
    assert both[0]["papers_url"] == f"{HOST}/api/v1/papers/?author={pk}"
    assert both[0]["pages"] == pages(f"/authors/{pk}/kun-xu/")
    assert len(every("authors/", paper=paper_of("Critical Batch Size"))) == 3
    assert every("authors/", paper=paper_of("Second Paper")) == []


def test_a_tag_whole(rows, ask):
    assert ask("tags/moe/") == {
        "slug": "moe",
        "url": f"{HOST}/api/v1/tags/moe/",
        "name": "moe",
        "label_ko": "",
        "description": "",
        "entries": 2,
        "first": "2024-05-29",
        "last": "2024-06-01",
        "entries_url": f"{HOST}/api/v1/entries/?tag=moe",
        "pages": pages("/tags/moe/"),
    }
    assert [tag["slug"] for tag in ask("tags/")["results"]] == ["moe", "scaling-law", "비디오-생성"]


def test_old_addresses_of_a_tag_lead_to_the_present_one(rows, client):
    TagAlias.objects.create(
        slug="mixture", tag_id=Entry.objects.get(paper__title="Korean Only").tags.get().pk
    )
    for spelling in ("mixture", "MoE"):
        answer = client.get(f"/api/v1/tags/{spelling}/?fields=name")
        assert (answer.status_code, answer["Location"]) == (301, f"{HOST}/api/v1/tags/moe/?fields=name")
        assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get("/api/v1/tags/moe+scaling-law/").status_code == 404


def test_notes_of_an_entry_stand_together_korean_first(rows, every):
    found = [(note["date"], note["position"], note["language"]) for note in every("notes/")]
    expected = [
        *(("2024-10-30", 1, "ko"), ("2024-10-30", 1, "en"), ("2024-10-30", 2, "ko"), ("2024-10-30", 2, "en")),
        *(("2024-06-01", 1, "ko"), ("2024-05-29", 1, "ko"), ("2024-03-14", 1, "en")),
    ]
    assert found == expected
    for size in (1, 2, 3):
        again = every("notes/", page_size=size)
        assert [(note["date"], note["position"], note["language"]) for note in again] == expected
    assert [note["date"] for note in every("notes/", language="en", ordering="oldest", page_size=1)] == [
        *("2024-03-14", "2024-10-30", "2024-10-30")
    ]
    assert set(found) == {
        (note["date"], note["position"], note["language"])
        for note in every("notes/", ordering="oldest", page_size=1)
    }


def test_a_note_whole(rows, ask):
    [note] = ask("notes/", date_before="2024-05-29", language="ko")["results"]
    entry, paper = entry_of("Korean Only"), paper_of("Korean Only")
    assert note == {
        "entry": entry,
        "entry_url": f"{HOST}/api/v1/entries/{entry}/",
        "date": "2024-05-29",
        "position": 1,
        "language": "ko",
        "markdown": "한국어만",
        "html": "<p>한국어만</p>",
        "published": "2024-05-29T00:00:00Z",
        "changed": "2024-05-29T00:00:00Z",
        "paper": {
            "id": paper,
            "url": f"{HOST}/api/v1/papers/{paper}/",
            "title": "Korean Only",
            "title_tex": "Korean Only",
            "arxiv_id": None,
        },
        "pages": pages("/digests/2024-05-29/#e1"),
    }


def cited(results):
    return {(found["paper"] and found["paper"]["title"], found["arxiv_id"]) for found in results}


def test_mentions_say_which_note_cites_which_work(rows, ask, every):
    everything = {("Second Paper", None), ("Critical Batch Size", "2410.21676"), (None, "2305.00001")}
    assert cited(every("mentions/", page_size=1)) == everything
    assert cited(every("mentions/", entry=entry_of("Citing $E=mc^2$"), language="ko")) == everything
    assert every("mentions/", language="en") == []
    assert cited(every("mentions/", paper=paper_of("Second Paper"))) == {("Second Paper", None)}
    assert cited(every("mentions/", arxiv_id="2305.00001v3")) == {(None, "2305.00001")}
    assert every("mentions/", paper=10**17) == []
    found = ask("mentions/", arxiv_id="2305.00001")["results"][0]
    assert found["entry"]["title"] == "Citing E=mc²"
    assert found["arxiv_url"] == "https://arxiv.org/abs/2305.00001"


def test_trends_count_tags_by_month(rows, ask):
    whole = ask("trends/")
    assert whole["months"] == [f"2024-{month:02}" for month in range(3, 11)]
    assert {tag["slug"]: (tag["total"], tag["counts"]) for tag in whole["tags"]} == {
        "scaling-law": (2, [0, 0, 0, 0, 0, 0, 0, 2]),
        "moe": (2, [0, 0, 1, 1, 0, 0, 0, 0]),
        "비디오-생성": (1, [0, 0, 0, 0, 0, 0, 0, 1]),
    }
    assert ask("trends/", **{"from": "2024-06", "to": "2024-07"})["months"] == ["2024-06", "2024-07"]
    assert [tag["slug"] for tag in ask("trends/", tag="MoE")["tags"]] == ["moe"]
    assert ask("trends/", tag="no-such")["tags"] == []
    assert len(ask("trends/", top=1)["tags"]) == 1
    assert set(ask("trends/", fields="months")) == {"months"}


@pytest.mark.parametrize(
    "ends", [("2025-01", "2025-02"), ("2023-01", "2023-12"), ("2024-10", "2024-03"), ("9999-12", None)]
)
def test_months_that_the_site_has_not_are_none(rows, ask, ends):
    given = {name: end for name, end in zip(("from", "to"), ends, strict=True) if end}
    assert ask("trends/", **given) == {"months": [], "tags": []}


def test_an_empty_site_has_empty_lists(db, ask):
    for name in ("digests", "entries", "papers", "authors", "tags", "notes", "mentions"):
        assert ask(f"{name}/") == {"results": [], "next": None}
    assert ask("trends/") == {"months": [], "tags": []}


ENTRIES = ["Critical Batch Size", "Second Paper", "Citing E=mc²", "Korean Only", "English Only"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"ordering": "newest"}, [0, 1, 2, 3, 4]),
        ({"ordering": "oldest"}, [4, 3, 2, 1, 0]),
        ({"date_after": "2024-05-29"}, [0, 1, 2, 3]),
        ({"date_before": "2024-05-29"}, [3, 4]),
        ({"date_after": "2024-05-30", "date_before": "2024-10-29"}, [2]),
        ({"date_after": "2024-10-30", "date_before": "2024-03-14"}, []),
        ({"date_after": "0001-01-01", "date_before": "9999-12-31"}, [0, 1, 2, 3, 4]),
        ({"year": "2024"}, [0, 1, 2, 3, 4]),
        ({"year": "2023"}, []),
        ({"tag": "moe"}, [2, 3]),
        ({"tag": "MoE"}, [2, 3]),
        ({"tag": "moe,scaling-law"}, [0, 1, 2, 3]),
        ({"tag": "scaling-law+-비디오-생성"}, [1]),
        ({"tag": "no-such"}, []),
        ({"tag": "a\x00b"}, []),
        ({"arxiv_id": "2410.21676"}, [0]),
        ({"arxiv_id": "2410.21676v2"}, [0]),
        ({"arxiv_id": "zz/9901001"}, []),
        ({"kind": "paper"}, [0, 1, 2, 3, 4]),
        ({"kind": "post"}, []),
        ({"language": "en"}, [0, 1, 4]),
        ({"has_ko": "true"}, [0, 1, 2, 3]),
        ({"has_ko": "false"}, [4]),
        ({"has_en": "false"}, [2, 3]),
        ({"has_ko": "false", "has_en": "false"}, []),
        ({"changed_since": "2024-06-01T00:00:00Z"}, [0, 1, 2]),
        ({"changed_since": "2024-06-01T09:00:01+09:00"}, [0, 1]),
        ({"cursor": "1"}, []),
        ({"cursor": "999999999999999999"}, [0, 1, 2, 3, 4]),
    ],
)
def test_each_filter_leaves_what_it_names(rows, every, query, left):
    assert titles(every("entries/", **query)) == [ENTRIES[place] for place in left]
    # The paper of each entry is another one here, so the papers are the same; they stand by key.
    beside = {name: value for name, value in query.items() if name not in ("cursor", "ordering")}
    if "cursor" not in query:
        assert set(titles(every("papers/", **beside))) == {ENTRIES[place] for place in left}


def test_author_and_paper_narrow_by_key(rows, every):
    people = {person["id"]: person for person in every("authors/", name="Kun Xu")}
    for pk in people:
        assert titles(every("entries/", author=pk)) == ["Critical Batch Size"]
        assert titles(every("papers/", author=pk)) == ["Critical Batch Size"]
    assert titles(every("entries/", paper=paper_of("Korean Only"))) == ["Korean Only"]
    assert every("entries/", author=10**17) == every("notes/", paper=10**17) == []


def test_digests_narrow_by_their_day(rows, every):
    days = ["2024-10-30", "2024-06-01", "2024-05-29", "2024-03-14"]
    assert [found["date"] for found in every("digests/", page_size=1)] == days
    assert [found["date"] for found in every("digests/", page_size=1, ordering="oldest")] == days[::-1]
    assert [found["date"] for found in every("digests/", year=2024, date_before="2024-06-01")] == days[1:]
    assert [found["date"] for found in every("digests/", cursor="2024-05-29")] == days[3:]


def test_what_changed_since_is_found_also_where_something_left(rows, every):
    late = datetime.datetime(2025, 1, 1, tzinfo=UTC)
    Digest.objects.filter(date="2024-03-14").update(changed_at=late)
    Entry.objects.filter(paper__title="Korean Only").update(changed_at=late)
    since = "2024-12-31T15:00:00Z"
    assert titles(every("entries/", changed_since=since)) == ["Korean Only"]
    assert [(found["date"], found["changed"]) for found in every("digests/", changed_since=since)] == [
        ("2024-05-29", "2025-01-01T00:00:00Z"),
        ("2024-03-14", "2025-01-01T00:00:00Z"),
    ]


@pytest.mark.parametrize("name", ["digests", "entries", "papers", "authors", "tags", "notes", "mentions"])
@pytest.mark.parametrize("ordering", ["newest", "oldest"])
def test_pages_of_every_size_hold_each_row_once(rows, every, name, ordering):
    order = {} if name == "tags" else {"ordering": ordering}
    whole = every(f"{name}/", page_size=100, **order)
    assert len(whole) > 2
    for size in (1, 2, len(whole)):
        assert every(f"{name}/", page_size=size, **order) == whole
    if order:
        back = every(f"{name}/", page_size=2, ordering="oldest")
        assert len(back) == len(whole)


def test_next_keeps_what_was_asked(rows, ask):
    page = ask("entries/", tag="비디오-생성,moe", page_size="1", fields="id")
    assert page["next"].startswith(f"{HOST}/api/v1/entries/?tag=")
    assert {"page_size=1", "fields=id"} < set(page["next"].partition("?")[2].split("&"))
    assert set(page["results"][0]) == {"id"}


def test_a_row_that_comes_meanwhile_repeats_nothing(rows, ask, client):
    page = ask("entries/", page_size=2)
    build_entry("2024-11-05", title="New", ko="새 노트")
    following = client.get(page["next"].removeprefix(HOST)).json()["results"]
    assert {entry["id"] for entry in following} & {entry["id"] for entry in page["results"]} == set()
    assert titles(following) == ENTRIES[2:4]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("entries/", "date,notes"),
        ("digests/", "date"),
        ("digests/2024-10-30/", "entries"),
        ("papers/", "id,title,entries"),
        ("authors/", "name"),
        ("tags/", "slug,entries"),
        ("tags/moe/", "name"),
        ("notes/", "markdown,language"),
        ("mentions/", "paper"),
    ],
)
def test_sparse_fields_leave_those_alone(rows, ask, path, fields):
    found = ask(path, fields=fields)
    for result in found.get("results", [found]):
        assert set(result) == set(fields.split(","))


def test_an_ended_entry_is_gone_at_the_next_request(rows, every, client):
    entry = Entry.objects.get(paper__title="Korean Only")
    Entry.objects.filter(pk=entry.pk).update(unpublish_at=timezone.now())
    assert titles(every("entries/")) == [title for title in ENTRIES if title != "Korean Only"]
    assert client.get(f"/api/v1/entries/{entry.pk}/").status_code == 404
    assert client.get("/api/v1/digests/2024-05-29/").status_code == 404
