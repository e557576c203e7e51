"""What is corrected of papers and people at the desk is found at once."""

import pytest
from django.urls import reverse

from digest.editing.indexing import index_entries
from digest.index import open_index
from digest.text.analysis.query import parse_query
from papers.models import Author, Paper
from tests.build import build_entry
from tests.page import form_data


def found(text):
    return set(open_index("public").search(parse_query(text)).ids)


@pytest.fixture
def entries(db):
    made = [build_entry(f"2024-10-0{n}", title=f"Sparse {n}", authors=["Jane Doe"]) for n in (1, 2)]
    index_entries([entry.pk for entry in made])
    return made


@pytest.fixture
def desk(client, boss):
    client.force_login(boss)
    return client


def change(desk, address, form, **fields):
    data = form_data(desk.get(address), form) | fields
    assert desk.post(address, data).status_code == 302


def test_a_corrected_paper(desk, entries):
    paper = Paper.objects.get(title="Sparse 1")
    address = reverse("admin:papers_paper_change", args=[paper.pk])
    change(desk, address, "paper_form", title="Dense", authors="John Smith", arxiv_id="2408.16357")
    assert [found(word) for word in ("dense", "2408.16357", "author:smith")] == [{entries[0].pk}] * 3
    assert found("author:doe") == {entries[1].pk}


def test_a_person_renamed_split_and_merged(desk, entries):
    jane = Author.objects.get()
    address = reverse("admin:papers_author_change", args=[jane.pk])
    change(desk, address, "author_form", name="Janet Doe")
    assert found("author:janet") == {entry.pk for entry in entries}
    desk.post(reverse("admin:papers_author_split", args=[jane.pk]), {"paper": [entries[0].paper_id]})
    other = Author.objects.exclude(pk=jane.pk).get()
    assert open_index("public").facets(parse_query("sparse")).authors == [(jane.pk, 1), (other.pk, 1)]
    desk.post(reverse("admin:papers_author_merge", args=[other.pk]), {"target": jane.pk})
    assert open_index("public").facets(parse_query("sparse")).authors == [(jane.pk, 2)]


def test_a_tags_korean_label(desk, entries):
    entry = build_entry("2024-10-03", tags=["moe"])
    index_entries([entry.pk])
    address = reverse("admin:digest_tag_change", args=[entry.tags.get().pk])
    change(desk, address, "tag_form", label_ko="전문가 혼합")
    assert found("전문가") == {entry.pk}
