"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from digest.site.feeds.documents import Feed, Item, Person, moment

VERSION = "https://jsonfeed.org/version/1.1"


def write_json(feed: Feed) -> str:
    """The whole document."""
    told = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "next_url": feed.next,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [_person(feed.author)],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    items = [_item(item) for item in feed.items]
    return json.dumps(_said(told) | {"items": items}, ensure_ascii=False)


def _item(item: Item) -> dict[str, Any]:
    return _said({
        "id": item.id,
        "url": item.url,
        "external_url": item.related,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": moment(item.published),
        "date_modified": moment(item.updated),
        "language": item.content_language,
        "authors": [_person(author) for author in item.authors],
        "tags": list(item.tags),
    })  # fmt: skip


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": person.url}


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in told.items() if value}
