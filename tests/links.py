"""Following links: where they lead, which other language versions a page names, and which languages it holds."""

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

from django.conf import settings

from digest.text.languages import has_hangul

# What ends by itself in HTML: it opens no level.
VOID = {"meta", "link", "img", "br", "hr", "input", "wbr", "col", "source"}
# One for each combination of a form, or for each of hundreds of authors; tests of their own ask for these.
MANIFOLD = re.compile(r"/feeds(\.md|/)\?|/feeds/authors/|/authors/[0-9]+/[^/]+\.md")


class Page(HTMLParser):
    """``links``: internal targets; ``alternates``: {hreflang: path}; ``notes``: (language, text) of each note."""

    def __init__(self, html):
        super().__init__()
        self.links, self.alternates, self.notes, self.canonical = set(), {}, [], ""
        self._open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        target = unescape(attrs.get("href") or "").removeprefix(settings.SITE_URL).split("#")[0]
        if tag == "link" and attrs.get("rel") == "alternate" and "hreflang" in attrs and "type" not in attrs:
            self.alternates[attrs["hreflang"]] = target
        elif tag == "link" and attrs.get("rel") == "canonical":
            self.canonical = target
        ours = target.startswith("/") and not target.startswith(("/static/", "/admin/"))
        if ours and not MANIFOLD.search(target):
            self.links.add(target)
        if tag not in VOID:
            classes = (attrs.get("class") or "").split()
            is_note = "note" in classes and "abstract" not in classes and attrs.get("lang")
            self._open.append([tag, attrs["lang"]] if is_note else [tag, None])
            if is_note:
                self.notes.append([attrs["lang"], ""])

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(language for _, language in self._open):
            self.notes[-1][1] += data


@lru_cache(maxsize=2_000)
def read_page(html):
    """The Page of an answer's text; kept, because every check asks."""
    return Page(html)


def visit(server, starts, most=None, rng=None):
    """{address: final answer} of everything linked from ``starts``; an answer is a page, or a redirect to none.

    One permanent redirect, or the temporary one of an arXiv address, is followed; a second is left standing
    as the answer. ``most`` with ``rng``: a random walk of so many pages.
    """
    answers, waiting, known = {}, list(starts), set(starts)
    while waiting and (most is None or len(answers) < most):
        place = rng.randrange(len(waiting)) if rng and len(answers) >= len(starts) else 0
        waiting[place], waiting[-1] = waiting[-1], waiting[place]
        path = waiting.pop()
        answer = server.get(path)
        if answer.status in (301, 302) and "Location" in answer.headers:
            answer = server.get(answer.headers["Location"])
        answers[path] = answer
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            new = read_page(answer.text).links - known
            known |= new
            waiting += sorted(new)
    return answers


def check_alternates(server, answers):
    """Faults in hreflang, as sentences: a version that does not name this one and the same others back.

    A page that leaves itself out (it holds no note of its language) must not be named by the versions it names.
    """
    sets, faults = {}, []
    for path, page in pages_of(answers):
        sets[path] = page.alternates
        for language, target in page.alternates.items():
            if target not in sets:
                other = answers.get(target) or server.get(target)
                sets[target] = read_page(other.text).alternates if other.status == 200 else None
            if sets[target] != page.alternates:
                faults.append(f"{path} names {target} for {language}, which names {sets[target]}")
    return faults


def check_marks(answers):
    """Notes marked with a language they are not in: Korean without any Hangul, English that is mostly Hangul."""
    faults = []
    for path, page in pages_of(answers):
        for language, text in page.notes:
            hangul = sum(map(has_hangul, text))
            if (language == "ko" and not hangul) or (language == "en" and hangul * 2 > len(text)):
                faults.append(f"{path} marks as {language}: {text.strip()[:60]}")
    return faults


def check_promises(answers):
    """Pages that offer a language in hreflang without one note in it. Only pages that show notes are asked.

    Pages without a prefix hold both languages: what is missing there is missing altogether.
    """
    faults = []
    for path, page in pages_of(answers):
        held = {language for language, _ in page.notes}
        if held and not path.startswith(("/ko/", "/en/")):
            promised = set(page.alternates) - {"x-default"}
            faults += [f"{path} offers {language} and holds {sorted(held)}" for language in promised - held]
    return faults


def pages_of(answers):
    """(address, Page) of the HTML answers."""
    for path, answer in answers.items():
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            yield path, read_page(answer.text)
