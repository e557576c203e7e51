"""What anybody may see, over every public address there is: nothing hidden shows, by word or by count.

The addresses come from the URLconf; one without a row in ADDRESSES fails the suite.
"""

import datetime
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import ApiToken, User
from digest.editing.relating import relate_papers
from digest.editing.revisions import write_references
from digest.models import (
    CheckDismissal,
    Comment,
    EditSession,
    Event,
    LostQuery,
    NoteRevision,
    Notification,
    Related,
    SearchTerm,
    TagAlias,
    Term,
)
from digest.reading.sitemap import PART
from papers.citations import FORMATS
from papers.identifiers import find_arxiv_ids, slugify_title
from papers.models import Author, Paper
from tests.build import build_entry, build_note
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db

EDITIONS = ("site", "ko", "en")
MANIFOLD = re.compile(r"/(search|feeds)(\.md|/)\?")
HREF = re.compile(r'href="([^"]+)"')
JSON_LINK = re.compile(rf'"{re.escape(settings.SITE_URL)}(/[^"\\]*)"')
# No answer of a dynamic address may hold any of these; each is planted in every field of one hidden thing.
TOKENS = {
    "draft": "zqdraftzq",
    "scheduled": "zqscheduledzq",
    "ended": "zqendedzq",
    "deleted": "zqdeletedzq",
    "edited": "zqeditedzq",
    "desk": "zqdeskzq",
}
# A year that only hidden digests have.
HIDDEN_YEAR = 2021
# Public notes cite this paper, which has no entry of its own, so it has a page all the same.
CITED = "https://arxiv.org/abs/2305.00001"


@dataclass
class Planted:
    """What a page's address may be made of."""

    public: list = field(default_factory=list)
    hidden: list = field(default_factory=list)


def dates(entries):
    return [{"date": entry.digest.date} for entry in entries]


def papers(entries):
    return [{"paper_id": e.paper.pk, "slug": slugify_title(e.paper.title)} for e in entries]


def authors(entries):
    found = [byline.author for entry in entries for byline in entry.paper.authorships.all()]
    return [{"author_id": author.pk, "slug": slugify_title(author.name)} for author in found]


def tags(entries):
    return [{"slug": tag.slug} for entry in entries for tag in entry.tags.all()]


def arxiv_ids(entries):
    """The papers' own ids, which lead to their pages, and those their notes cite, some of which have a page too."""
    own = [entry.paper.arxiv_id for entry in entries]
    cited = [number for e in entries for note in e.notes.all() for number in find_arxiv_ids(note.body)]
    return [{"arxiv_id": arxiv_id} for arxiv_id in dict.fromkeys(own + cited)]


def months(entries):
    return [{"year": entry.digest.date.year, "month": entry.digest.date.month} for entry in entries]


def years(entries):
    return [{"year": entry.digest.date.year} for entry in entries]


def weeks(entries):
    found = [entry.digest.date.isocalendar() for entry in entries]
    return [{"year": week.year, "week": week.week} for week in found]


def nothing(entries):
    return [{}]


def in_formats(make):
    """As files for reference managers: the first in every format, the others in RDF, which says most."""

    def made(entries):
        rows = make(entries)
        found = [row | {"format": format} for row in rows[:1] for format in FORMATS]
        return found + [row | {"format": "rdf"} for row in rows[1:]]

    return made


def author_ids(entries):
    return [{"author_id": made["author_id"]} for made in authors(entries)]


def as_feeds(make):
    """Each as feeds; every combination is asked in tests/digest/site/feeds/test_views.py."""
    kinds = [("digests", "atom"), ("papers", "rss"), ("papers", "json")]
    return lambda entries: [made | {"items": i, "form": form} for made in make(entries) for i, form in kinds]


# name of the address: (its arguments, made from entries; arguments of a page that never existed)
ADDRESSES = {
    "home": (nothing, None),
    "archive": (nothing, None),
    "year": (years, {"year": 1995}),
    "month": (months, {"year": 1995, "month": 1}),
    "week": (weeks, {"year": 1995, "week": 1}),
    "digest": (dates, {"date": datetime.date(1995, 1, 1)}),
    "paper": (papers, {"paper_id": 10**9, "slug": "x"}),
    "author": (authors, {"author_id": 10**9, "slug": "x"}),
    "arxiv": (arxiv_ids, {"arxiv_id": "9501.00001"}),
    "tags": (nothing, None),
    "tag": (tags, {"slug": "never-was"}),
    "trends": (nothing, None),
    "search": (nothing, None),
    "search_suggest": (nothing, None),
    "opensearch": (nothing, None),
    "about": (nothing, None),
    "feeds": (nothing, None),
    "feed": (as_feeds(nothing), None),
    "tag_feed": (as_feeds(tags), {"slug": "never-was", "items": "papers", "form": "atom"}),
    "author_feed": (as_feeds(author_ids), {"author_id": 10**9, "items": "papers", "form": "atom"}),
    "search_feed": (as_feeds(nothing), None),
    "reading_list": (nothing, None),
    "offline": (nothing, None),
    "cite_paper": (in_formats(papers), {"paper_id": 10**9, "slug": "x", "format": "bib"}),
    "cite_digest": (in_formats(dates), {"date": datetime.date(1995, 1, 1), "format": "bib"}),
    "cite_tag": (in_formats(tags), {"slug": "never-was", "format": "bib"}),
    "cite_author": (in_formats(authors), {"author_id": 10**9, "slug": "x", "format": "bib"}),
    "cite_search": (in_formats(nothing), None),
    "cite": (in_formats(nothing), None),
    "unapi": (nothing, None),
    "card": (nothing, None),
    "digest_card": (dates, {"date": datetime.date(1995, 1, 1)}),
    "paper_card": (papers, {"paper_id": 10**9, "slug": "x"}),
}
# The pages that have a twin in Markdown, below their own arguments (digest/site/twins/).
TWINNED = (
    *("home", "archive", "year", "month", "week", "digest", "paper", "author", "arxiv"),
    *("tags", "tag", "trends", "search", "about", "feeds"),
)
ADDRESSES |= {f"md:{name}": ADDRESSES[name] for name in TWINNED}
# What an address cannot do without.
QUERIES = dict.fromkeys(("cite_search", "search_feed"), "?q=lang:ko")  # finds something on every site


# Addresses there are once, not in each edition.
ROOTS = ["service_worker", "manifest"]
ROOTS += ["robots", "llms", "sitemap_index"]
ROOTS += ["favicon", "touch_icon"]
# What says something only of a page it is asked for; see embeds().
ASKED = ["oembed"]
# Files of the sitemap, which is in parts.
PARTED = ["sitemap"]
# What an operator builds or not; tests/digest/site/test_views_archive_file.py and tests/test_site_archive.py look into it.
FILES = ["archive_file"]
# The readers' API, once for all editions: as ADDRESSES.
API = {
    **dict.fromkeys(("root", "schema", "schema_json", "schema_yaml", "docs"), (nothing, None)),
    **dict.fromkeys(("digests", "entries", "papers", "authors", "tags"), (nothing, None)),
    **dict.fromkeys(("notes", "mentions", "trends", "search"), (nothing, None)),
    "digest": (dates, {"date": datetime.date(1995, 1, 1)}),
    "entry": (lambda entries: [{"entry_id": entry.pk} for entry in entries], {"entry_id": 10**9}),
    "paper": (lambda entries: [{"paper_id": entry.paper_id} for entry in entries], {"paper_id": 10**9}),
    "author": (
        lambda entries: [{"author_id": made["author_id"]} for made in authors(entries)],
        {"author_id": 10**9},
    ),
    "tag": (tags, {"slug": "never-was"}),
}
# Not for readers: below them nobody gets anything without signing in (tests/digest/desk/test_addresses.py).
CLOSED = ("admin/", "api/v1/desk/")


def public_patterns(resolver=None, namespace="", prefix="", within=""):
    """(namespace, name) of every address that is not closed; a namespace within one is part of the name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(CLOSED):
            continue
        if isinstance(pattern, URLPattern):
            yield namespace, within + pattern.name
        elif namespace and pattern.namespace:
            yield from public_patterns(pattern, namespace, route, f"{within}{pattern.namespace}:")
        else:
            yield from public_patterns(pattern, pattern.namespace or namespace, route, within)


def plant_public():
    shared = {"authors": ["Hanlin Zhang", "Kun Xu"], "tags": ["scaling-law", "비디오-생성"]}
    public = [
        build_entry(
            "2024-10-30",
            title="In both",
            ko=f"노트 {CITED} [[Second]]와 [[Hidden work]]",
            en=f"Note {CITED}",
            abstract="a",
            arxiv_id="2410.00001",
            **shared,
        ),
        build_entry("2024-10-30", title="Second", en="Note", arxiv_id="2410.00002", **shared),
        build_entry(
            "2024-05-29",
            title="Korean only",
            ko="https://arxiv.org/abs/2410.00001에 이어",
            arxiv_id="2405.00001",
            tags=["moe"],
            authors=["Kun Xu"],
        ),
        build_entry(
            "2024-03-14",
            title="English only",
            ko="",
            en="Note",
            source_language="en",
            arxiv_id="2403.00001",
            **shared,
        ),
    ]
    relate_papers(entry.paper_id for entry in public)
    return public


def plant_hidden(public):
    """One thing of every hidden kind; each also carries a public tag and a public author, as drafts do.

    Their notes mention public papers by id and by title, a paper that only public notes cite, and each other.
    """
    hour, now = datetime.timedelta(hours=1), timezone.now()
    kinds = {
        "draft": {"date": f"{HIDDEN_YEAR}-01-05", "public": False},
        "scheduled": {"date": f"{HIDDEN_YEAR}-02-05", "publish_at": now + hour},
        "ended": {"date": f"{HIDDEN_YEAR}-03-05", "unpublish_at": now - hour},
        "deleted": {"date": "2024-10-30", "publish_at": None, "deleted_at": now},
    }
    hidden = []
    for number, (kind, fields) in enumerate(kinds.items(), start=1):
        token = TOKENS[kind]
        words = dict.fromkeys(("abstract", "doi"), token) | {"title": f"Title {token}"}
        mentions = f"{token} {CITED} https://arxiv.org/abs/2410.00001 https://arxiv.org/abs/2101.9000{number}"
        words |= dict.fromkeys(("ko", "en"), f"{mentions} [[In both]] [[Title {TOKENS['draft']}]]")
        links = dict.fromkeys(("url", "project_url", "code_url"), f"https://example.org/{token}")
        names = {"authors": [f"Author {token}", "Kun Xu"], "tags": [token, "scaling-law"]}
        entry = build_entry(**words, **links, **names, **fields, arxiv_id=f"2101.0000{number}")
        TagAlias.objects.create(slug=f"old-{token}", tag=entry.tags.get(slug=token))
        hidden.append(entry)
    # A second, hidden discussion of a public paper; a namesake nobody may know of; a text being rewritten.
    build_entry(f"{HIDDEN_YEAR}-01-06", paper=public[0].paper, ko=TOKENS["draft"], tags=["moe"], public=False)
    Author.objects.create(name="Kun Xu", name_key="kun xu", homonym=7)
    note = public[0].notes.get(language="ko")
    note.body, note.rev, note.sig_rev, note.state = TOKENS["edited"], 2, 2, "draft"
    note.save()
    rewritten = f"{TOKENS['edited']} {CITED} [[Second]] [[English only]]"
    for changed in (note, public[2].notes.get()):
        write_references(NoteRevision.objects.create(note=changed, rev=2, body=rewritten))
    build_note(public[2], "en", rewritten, live=False)
    build_entry(f"{HIDDEN_YEAR}-01-07", title="Hidden work", tags=["moe"], public=False)
    plant_desk(public, hidden)
    # Whoever publishes next makes the public papers' lists anew, with all of this around.
    relate_papers(Paper.objects.values_list("pk", flat=True))
    return hidden


def plant_desk(public, hidden):
    """What editors type, say and are told, on public and hidden entries alike: each with the desk's token."""
    words, now = f"{TOKENS['desk']} {CITED} [[In both]]", timezone.now()
    user = User.objects.create(
        username=TOKENS["desk"], first_name=TOKENS["desk"], email=f"{TOKENS['desk']}@example.org"
    )
    # An entry that joins a published digest, the latest one, before it is ready.
    build_entry("2024-10-30", title=f"Title {TOKENS['desk']}", ko=words, en=words, public=False)
    # A machine's suggestion beside an English note, and an English note that is being rewritten.
    suggested = build_note(public[3], "ko", words, live=False)
    NoteRevision.objects.create(note=suggested, rev=2, body=words, origin="suggestion", author=user)
    english = public[1].notes.get(language="en")
    NoteRevision.objects.create(note=english, rev=2, body=words, author=user)
    english.body, english.rev, english.sig_rev, english.state = words, 2, 2, "changes"
    english.save()
    for entry in (*public, *hidden):
        for language in ("ko", "en"):
            EditSession.objects.create(
                entry=entry, language=language, user=user, body=words, base_rev=1, draft_at=now
            )
        for note in entry.notes.all():
            revision = note.revisions.order_by("rev").last()
            said = {"note": note, "revision": revision, "author": user}
            Comment.objects.create(**said, body=words, quote=TOKENS["desk"])
            Comment.objects.create(**said, body=words, resolved_by=user, resolved_at=now)
            CheckDismissal.objects.create(
                note=note, code="link_missing", found=TOKENS["desk"], reason=words, by=user
            )
            event = Event.objects.create(
                actor=user,
                verb="request_changes",
                object_type="note",
                object_id=note.pk,
                object_label=words,
                revision=revision,
                detail={"comment": words},
            )
            Notification.objects.create(user=user, event=event, note=note)
            note.assignee, note.due_on = user, datetime.date(HIDDEN_YEAR, 1, 1)
            note.save(update_fields=["assignee", "due_on"])
    Term.objects.create(
        ko=TOKENS["desk"], en=f"In both {TOKENS['desk']}", note=words, forbidden=TOKENS["desk"]
    )
    ApiToken.objects.create(user=user, name=TOKENS["desk"], digest="0", expires_at=now)
    # The forms of a search term are for readers, its note is not.
    SearchTerm.objects.create(forms="note\nremark", note=TOKENS["desk"])
    LostQuery.objects.create(text=TOKENS["desk"], last_day=now)


def paths_of(entries, editions=EDITIONS):
    pages = [
        reverse(f"{edition}:{name}", kwargs=arguments) + QUERIES.get(name, "")
        for edition in editions
        for name, (make, _) in ADDRESSES.items()
        for arguments in make(entries)
    ]
    once = [*map(reverse, ROOTS), *sitemap_parts(entries), *searches(editions)]
    return pages + once + api_paths(entries) + embeds(entries, editions)


def embeds(entries, editions=EDITIONS):
    """What other sites are told in both formats of the pages that they may embed."""
    pages = [
        reverse(f"{edition}:{name}", kwargs=arguments)
        for edition in editions
        for name in ("digest", "paper")
        for arguments in ADDRESSES[name][0](entries)
    ]
    asked = [{"url": settings.SITE_URL + page, "format": form} for page in pages for form in ("json", "xml")]
    return [f"{reverse('oembed')}?{urlencode(query)}" for query in asked]


def api_paths(entries):
    """Every resource, and each list in pages of one, so that a crawl follows them to the end."""
    paths = [
        reverse(f"api:{name}", kwargs=arguments)
        for name, (make, _) in API.items()
        for arguments in make(entries)
    ]
    lists = ("digests", "entries", "papers", "authors", "tags", "notes", "mentions")
    return paths + [f"{reverse(f'api:{name}')}?page_size=1" for name in lists]


def sitemap_parts(entries):
    """The file of the pages there are once, and those that list these entries."""
    parts = {("pages", 1)} | {("digests", entry.digest.date.year) for entry in entries}
    parts |= {("papers", entry.paper_id // PART + 1) for entry in entries}
    parts |= {("tags", tag.pk // PART + 1) for entry in entries for tag in entry.tags.all()}
    parts |= {("authors", arguments["author_id"] // PART + 1) for arguments in authors(entries)}
    return [reverse("sitemap", args=[part]) for part in sorted(parts)]


def searches(editions=EDITIONS):
    """Searches by public words, and by tokens that are not typed to their end, through every door."""
    words = ["in both", "노트", "lang:ko", "kun", "tag:scaling-law", "title", "zq"]
    words += [token[:-2] for token in TOKENS.values()]
    return [f"{door}?{urlencode({'q': word})}" for door in search_doors(editions) for word in words]


def search_doors(editions=EDITIONS):
    names = ("search", "search_suggest")
    return [*(reverse(f"{edition}:{name}") for edition in editions for name in names), reverse("api:search")]


def crawl(client, starts):
    """Every answer reachable from ``starts`` by links and redirects: ``{path: (status, headers, body)}``."""
    answers, waiting = {}, list(starts)
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        response = client.get(path)
        # A picture, too: what it says stands in it as text.
        body = response.content.decode(errors="replace")
        answers[path] = (response.status_code, dict(response.headers), body)
        found = [unescape(link) for link in HREF.findall(body)] + [response.get("Location", "")]
        found += JSON_LINK.findall(body) if "json" in response.get("Content-Type", "") else []
        links = [
            link.split("#")[0] for link in found if link.startswith("/") and not link.startswith("/static/")
        ]
        # What narrows a search or builds a feed leads to every combination there is; the starts hold some.
        waiting += [link for link in links if link and not MANIFOLD.search(link)]
    return answers


def tokens_in(answers):
    return {
        (path, token)
        for path, (_, headers, body) in answers.items()
        for token in TOKENS.values()
        if token in body or token in unquote(str(headers))
    }


@pytest.fixture
def planted():
    public = plant_public()
    hidden = plant_hidden(public)
    build_indexes()
    return Planted(public, hidden)


def test_every_public_address_has_a_row():
    found = list(public_patterns())
    assert {name for _, name in found} == {*ADDRESSES, *ROOTS, *PARTED, *FILES, *ASKED, *API}
    expected = [(edition, name) for edition in EDITIONS for name in ADDRESSES]
    expected += [("api", name) for name in API]
    assert sorted(found) == sorted(expected + [("", name) for name in (*ROOTS, *PARTED, *FILES, *ASKED)])


def test_the_tokens_are_really_there(planted):
    # Otherwise their absence would prove nothing.
    for kind, entry in zip(("draft", "scheduled", "ended", "deleted"), planted.hidden, strict=True):
        token = TOKENS[kind]
        assert token in entry.paper.title
        assert all(token in note.body for note in entry.notes.all())
        assert entry.notes.filter(revisions__references__title_key="in both").count() == 2
        assert token in {tag.name for tag in entry.tags.all()}
        assert entry.paper.authorships.filter(printed_name__contains=token).exists()
    assert Notification.objects.filter(event__object_label__contains=TOKENS["desk"]).exists()
    for model in (CheckDismissal, Comment, EditSession, Event, Term):
        assert any(TOKENS["desk"] in str(row) for row in model.objects.values())
    # Scheduled papers are compared with the others beforehand; only readers do not see it.
    assert Related.objects.filter(other=planted.hidden[1].paper).exists()


def test_the_graph_is_really_there(client, planted):
    # The pages compared below do show mentions, titles as links and related papers.
    answers = crawl(client, paths_of(planted.public, ["en"]))
    page = answers[reverse("en:arxiv", kwargs={"arxiv_id": CITED[-10:]})]
    assert (page[0], "In both" in page[2]) == (200, True)
    body = answers[reverse("en:paper", kwargs=papers(planted.public)[1])][2]
    assert "In both" in body.split('id="mentions"')[1]
    assert "English only" in body.split('id="related"')[1]
    body = client.get(reverse("ko:paper", kwargs=papers(planted.public)[0])).content.decode()
    assert (
        f'<a href="{reverse("ko:paper", kwargs=papers(planted.public)[1])}" lang="en">Second</a>와 Hidden work'
        in body
    )


def test_every_public_page_answers_and_every_link_leads_somewhere(client, planted):
    starts = paths_of(planted.public)
    answers = crawl(client, starts)
    assert {path: status for path, (status, _, _) in answers.items() if status not in (200, 301, 302)} == {}
    assert set(starts) <= set(answers)
    assert len(answers) > len(set(starts)) - 1


def test_nothing_hidden_is_said_anywhere(client, planted):
    answers = crawl(client, paths_of(planted.public))
    assert tokens_in(answers) == set()
    assert [path for path, (_, _, body) in answers.items() if str(HIDDEN_YEAR) in body] == []


def test_the_editors_api_says_401_and_nothing_else(client, planted):
    entry = planted.public[0].pk
    notes = [f"entries/{entry}/notes/{language}/" for language in ("ko", "en", "fr")]
    paths = [
        "",
        "me/",
        "queue/?name=all",
        "queue/counts/",
        f"entries/{entry}/",
        "entries/0/",
        "nowhere/",
        *notes,
    ]
    paths += [f"{note}{last}/" for note in notes for last in ("revisions", "publish", "nothing")]
    answers = [
        client.generic(method, f"/api/v1/desk/{path}") for path in paths for method in ("GET", "POST", "PUT")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
    assert set(answers[0].json()) == {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize("door", range(7))
def test_a_search_for_something_hidden_answers_like_one_for_nothing(client, planted, door):
    path = search_doors()[door]
    for token in TOKENS.values():
        nothing = "q" * len(token)
        for query in (
            token,
            f"{token} note",
            f"tag:{token}",
            f"author:{token}",
            f'"{token}"',
            f"note -{token}",
        ):
            hidden = client.get(path, {"q": query})
            never = client.get(path, {"q": query.replace(token, nothing)})
            assert hidden.status_code == never.status_code == 200
            assert hidden.content.decode().replace(token, nothing) == never.content.decode(), query


def test_paging_from_a_hidden_place_says_nothing(client, planted):
    tag = reverse("site:tag", kwargs={"slug": "scaling-law"})
    answers = crawl(client, [f"{tag}?before={entry.order_key}" for entry in planted.hidden])
    assert tokens_in(answers) == set()


def hidden_addresses():
    return [name for name, (_, never) in ADDRESSES.items() if never]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", hidden_addresses())
def test_a_hidden_page_answers_like_one_that_never_existed(client, planted, edition, name):
    make, never = ADDRESSES[name]
    expected = client.get(reverse(f"{edition}:{name}", kwargs=never))
    assert expected.status_code == 404
    public = [str(arguments) for arguments in make(planted.public)]
    hidden = [arguments for arguments in make(planted.hidden) if str(arguments) not in public]
    assert len(hidden) >= 3
    for arguments in hidden:
        answer = client.get(reverse(f"{edition}:{name}", kwargs=arguments))
        assert (answer.status_code, answer.content) == (404, expected.content), arguments
        assert answer.headers == expected.headers


def test_a_hidden_page_is_embedded_like_one_that_never_existed(client, planted):
    public = embeds(planted.public)
    hidden = [path for path in embeds(planted.hidden) if path not in public]
    assert len(hidden) >= 3 * len(EDITIONS)
    never = client.get(reverse("oembed"), {"url": f"{settings.SITE_URL}/digests/1995-01-01/"})
    answers = {(answer.status_code, answer.content) for answer in map(client.get, hidden)}
    assert answers == {(404, never.content)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_hidden_things_do_not_answer_to_other_spellings_either(client, planted, edition):
    missing = client.get(reverse(f"{edition}:tag", kwargs={"slug": "never-was"})).content
    for token in TOKENS.values():
        for spelling in (token.upper(), f"old-{token}", f"{token}_"):
            answer = client.get(reverse(f"{edition}:tag", kwargs={"slug": spelling}))
            assert (answer.status_code, answer.content) == (404, missing)
    for entry in planted.hidden:
        wrong = reverse(f"{edition}:paper", kwargs={"paper_id": entry.paper.pk, "slug": "wrong"})
        assert client.get(wrong).status_code == 404


def test_drafts_do_not_change_a_byte_of_what_readers_get(client):
    public = plant_public()
    starts = [*paths_of(public), "/nowhere/", "/en/digests/1995-01-01/"]
    # The one thing of the desk that readers are told: which forms find each other.
    SearchTerm.objects.create(forms="note\nremark")
    build_indexes()
    before = crawl(client, starts)
    SearchTerm.objects.all().delete()
    plant_hidden(public)
    build_indexes()
    after = crawl(client, starts)
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_an_unpublished_digest_is_forgotten_at_the_next_request(client, planted):
    gone = planted.public[2]
    crawl(client, paths_of(planted.public))
    gone.unpublish_at = timezone.now() - datetime.timedelta(seconds=1)
    gone.save(update_fields=["unpublish_at"])
    rest = [entry for entry in planted.public if entry != gone]
    answers = crawl(client, paths_of(rest))
    assert [
        path for path, (_, _, body) in answers.items() if "Korean only" in body or "2024-05-29" in body
    ] == []
