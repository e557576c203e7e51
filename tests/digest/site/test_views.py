"""What stands on each page, in each edition."""

import re

import pytest

from digest.models import Digest, Entry, Note, NoteRevision
from papers.models import Author, Paper
from tests.build import build_digest, build_entry, build_note, build_paper

pytestmark = pytest.mark.django_db


def paper_path(title, edition=""):
    paper = Paper.objects.get(title=title)
    return f"{edition}/papers/{paper.pk}/{title.lower().replace(' ', '-')}/"


def test_home_shows_the_latest_digest_in_the_languages_of_the_edition(read):
    both, korean, english = read("/"), read("/ko/"), read("/en/")
    assert "배치 크기 노트" in both
    assert "A note on batch size" in both
    assert "배치 크기 노트" in korean
    assert "A note on batch size" not in korean
    assert "A note on batch size" in english
    assert "배치 크기 노트" not in english


def test_home_lists_the_earlier_digests(read):
    html = read("/en/")
    assert [f"/en/digests/{date}/" in html for date in ("2024-05-29", "2024-03-14")] == [True, True]
    assert "Korean Only" in html


def test_home_without_any_digest_says_so(client):
    build_digest("2024-10-30", public=False)
    response = client.get("/en/")
    assert response.status_code == 200
    assert "No digest has been published yet." in response.content.decode()


def test_digest_sets_paragraph_beside_paragraph(client):
    build_entry("2024-10-30", ko="하나\n\n둘", en="One\n\nTwo")
    html = client.get("/digests/2024-10-30/").content.decode()
    assert 'class="pair" data-rows="2"' in html


def test_digest_with_unequal_paragraphs_has_plain_columns(client):
    build_entry("2024-10-30", ko="하나\n\n둘", en="One")
    html = client.get("/digests/2024-10-30/").content.decode()
    assert 'class="pair"' in html
    assert "data-rows" not in html


def test_digest_marks_each_note_with_its_language(read):
    html = read("/digests/2024-10-30/")
    assert '<div class="note" lang="ko"><p>배치 크기 노트</p>' in html
    assert '<div class="note" lang="en"><p>A note on batch size</p>' in html


def test_digest_in_both_editions_dates_itself_in_both_languages(read):
    html = read("/digests/2024-10-30/")
    assert "2024년 10월 30일 수요일" in html
    assert '<span class="en" lang="en">Wednesday, 30 October 2024</span>' in html


def test_one_missing_translation_is_said_in_its_place(client):
    build_entry("2024-10-30", ko="하나", en="One")
    build_entry("2024-10-30", ko="둘")
    html = client.get("/digests/2024-10-30/").content.decode()
    assert html.count("This note has not been translated yet.") >= 1
    assert "hint" not in html


def test_digest_without_english_says_it_once_and_sets_one_column(read):
    html = read("/digests/2024-05-29/")
    assert html.count('class="hint"') == 1
    assert '<body class="one">' in html
    assert "This note has not been translated yet." not in html


def test_english_edition_of_an_untranslated_digest_opens_the_abstracts(read):
    html = read("/en/digests/2024-05-29/")
    assert "The notes in this digest have not been translated yet. Abstracts are shown instead." in html
    assert '<details class="abs" open>' in html
    assert "한국어만" not in html
    assert 'href="/ko/digests/2024-05-29/"' in html


def test_korean_edition_of_an_english_digest_opens_the_abstracts_too(read):
    html = read("/ko/digests/2024-03-14/")
    assert "Only English" not in html
    assert 'href="/en/digests/2024-03-14/"' in html


def test_eight_authors_stand_open_and_nine_fold_after_six(client):
    names = [f"Name {letter}" for letter in "ABCDEFGHI"]
    build_entry("2024-10-30", authors=names[:8])
    build_entry("2024-10-29", authors=names)
    eight = client.get("/en/digests/2024-10-30/").content.decode()
    nine = client.get("/en/digests/2024-10-29/").content.decode()
    assert ", ".join(names[:8]) in eight
    assert "and 3 more" not in eight
    assert "Name F" in nine.split("and 3 more")[0]
    assert "Name G" in nine.split("and 3 more")[1]


@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
def test_an_unfolded_byline_has_a_comma_between_all_names(client, edition):
    names = [f"Name {letter}" for letter in "ABCDEFGHI"]
    build_entry("2024-10-30", authors=names)
    html = client.get(f"{edition}/digests/2024-10-30/").content.decode()
    byline = html.split('<div class="by" lang="en">')[1].split("</div>")[0]
    # The summary is what the unfolded byline does not show.
    unfolded = re.sub(r"<[^>]+>", "", re.sub(r"<summary>.*?</summary>", "", byline)).strip()
    assert unfolded == ", ".join(names)


def test_194_authors_stay_one_byline(client):
    build_entry("2024-10-30", authors=[f"Author {number}" for number in range(194)])
    html = client.get("/en/digests/2024-10-30/").content.decode()
    assert "and 188 more" in html


def test_digest_leads_to_its_neighbours(read):
    html = read("/en/digests/2024-05-29/")
    assert '<a href="/en/digests/2024-03-14/" rel="prev">' in html
    assert '<a href="/en/digests/2024-10-30/" rel="next">' in html


def test_a_working_copy_edited_after_publishing_stays_unseen(client):
    entry = build_entry("2024-10-30", ko="게시한 글", en="Published words")
    entry.notes.update(body="WORKING COPY")
    for path in ("/", "/digests/2024-10-30/", paper_path(entry.paper.title)):
        html = client.get(path, follow=True).content.decode()
        assert "WORKING COPY" not in html
        assert "게시한 글" in html


def test_a_translation_without_a_live_revision_counts_as_missing(client):
    entry = build_entry("2024-10-30", ko="게시한 글")
    build_note(entry, "en", "NOT YET", live=False)
    html = client.get("/digests/2024-10-30/").content.decode()
    assert "NOT YET" not in html
    assert 'class="hint"' in html


@pytest.mark.parametrize(
    "path", ["/digests/2024-10-29/", "/digests/2022/", "/digests/2024/09/", "/tags/nothing/"]
)
def test_a_page_with_nothing_published_is_not_there(client, site, path):
    assert client.get(path).status_code == 404


def test_paper_gathers_all_its_notes_newest_first(client):
    paper = build_paper("Twice Discussed", ["Hanlin Zhang"])
    build_entry("2024-03-01", paper=paper, en="Early note", ko="이른 노트")
    build_entry("2024-04-01", paper=paper, en="Later note", ko="늦은 노트")
    html = client.get(paper_path("Twice Discussed", "/en")).content.decode()
    assert html.index("Later note") < html.index("Early note")
    assert "이른 노트" not in html


def test_paper_links_authors_tags_and_arxiv(read):
    html = read(paper_path("Critical Batch Size", "/en"))
    zhang = Author.objects.get(name="Hanlin Zhang")
    assert f'href="/en/authors/{zhang.pk}/hanlin-zhang/"' in html
    assert 'href="/en/tags/scaling-law/"' in html
    assert 'href="https://arxiv.org/abs/2410.21676"' in html
    assert "Find on arXiv" not in html


def test_paper_without_an_arxiv_id_offers_a_search(read):
    assert "Find on arXiv" in read(paper_path("Second Paper", "/en"))


def test_a_link_that_is_not_http_is_not_offered(client):
    build_entry("2024-10-30", project_url="javascript:alert(1)", code_url="https://example.org/code")
    html = client.get("/en/digests/2024-10-30/").content.decode()
    assert "javascript:" not in html
    assert 'href="https://example.org/code"' in html


def test_a_wrong_slug_answers_with_the_right_address_in_the_same_edition(client, site):
    paper = Paper.objects.get(title="Critical Batch Size")
    response = client.get(f"/en/papers/{paper.pk}/wrong/")
    assert (response.status_code, response["Location"]) == (301, paper_path(paper.title, "/en"))


def test_a_paper_of_a_draft_is_not_there_under_any_slug(client):
    entry = build_entry("2024-10-30", title="Hidden", public=False)
    for slug in ("hidden", "wrong"):
        assert client.get(f"/papers/{entry.paper.pk}/{slug}/").status_code == 404


@pytest.mark.parametrize("spelling", ["2410.21676", "2410.21676v2"])
def test_an_arxiv_id_leads_to_the_papers_page(client, site, spelling):
    response = client.get(f"/ko/arxiv/{spelling}/")
    assert (response.status_code, response["Location"]) == (302, paper_path("Critical Batch Size", "/ko"))


def test_an_arxiv_id_of_a_hidden_paper_leads_nowhere(client):
    build_entry("2024-10-30", arxiv_id="2401.00001", public=False)
    assert client.get("/arxiv/2401.00001/").status_code == 404


def test_author_page_lists_papers_once_newest_first(client):
    paper = build_paper("Twice Discussed", ["Kun Xu"])
    build_entry("2024-03-01", paper=paper)
    build_entry("2024-04-01", paper=paper)
    build_entry("2024-03-15", title="Another", authors=["Kun Xu"])
    author = Author.objects.get()
    html = client.get(f"/en/authors/{author.pk}/kun-xu/").content.decode()
    assert html.count("Twice Discussed") == 1
    assert html.index("Twice Discussed") < html.index("Another")


def test_author_page_links_the_other_people_of_that_name_who_are_public(client, site):
    first, second = Author.objects.filter(name="Kun Xu").order_by("homonym")
    hidden = Author.objects.create(name="Kun Xu", name_key=first.name_key, homonym=3)
    html = client.get(f"/en/authors/{first.pk}/kun-xu/").content.decode()
    assert f'href="/en/authors/{second.pk}/kun-xu/"' in html
    assert f"/authors/{hidden.pk}/" not in html
    assert client.get(f"/en/authors/{hidden.pk}/kun-xu/").status_code == 404


def test_author_with_a_wrong_slug_is_redirected(client, site):
    author = Author.objects.get(name="Hanlin Zhang")
    response = client.get(f"/authors/{author.pk}/x/")
    assert (response.status_code, response["Location"]) == (301, f"/authors/{author.pk}/hanlin-zhang/")


def test_a_deleted_digest_row_leaves_no_trace(client, site):
    entries = Entry.objects.filter(digest__date="2024-05-29")
    Note.objects.filter(entry__in=entries).update(live=None, live_at=None)
    NoteRevision.objects.filter(note__entry__in=entries).delete()
    entries.delete()
    Digest.objects.get(date="2024-05-29").delete()
    assert "2024-05-29" not in client.get("/en/").content.decode()


def test_author_page_stands_by_year_with_co_authors_and_tags(client):
    build_entry("2023-03-01", authors=["Kun Xu", "A. Bee"], tags=["moe"])
    build_entry("2024-03-01", authors=["Kun Xu"])
    author, bee = Author.objects.get(name="Kun Xu"), Author.objects.get(name="A. Bee")
    html = client.get(f"/en/authors/{author.pk}/kun-xu/").content.decode()
    assert re.findall(r'<h2 id="y(\d+)">', html) == ["2024", "2023"]
    assert f'href="/en/authors/{bee.pk}/a-bee/"' in html
    assert 'href="/en/tags/moe/"' in html.split('class="side"')[1]


def test_people_of_one_name_are_numbered(client, site):
    first = Author.objects.get(name="Kun Xu", homonym=1)
    alone = Author.objects.get(name="Hanlin Zhang")
    assert '<span class="none">(1)</span>' in client.get(f"/authors/{first.pk}/kun-xu/").content.decode()
    assert (
        '<span class="none">(1)</span>'
        not in client.get(f"/authors/{alone.pk}/hanlin-zhang/").content.decode()
    )


def test_about_speaks_the_languages_of_the_edition(client):
    english = client.get("/en/about/").content.decode()
    assert 'class="pair"' not in english
    assert "MIT licence" in english
    assert client.get("/about/").content.decode().count('<div class="note" lang="en">') > 5
