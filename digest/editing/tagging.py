"""Tags on entries, and renaming and merging tags with redirects. Nothing else writes them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.indexing import index_entries
from digest.editing.relating import relate_papers
from digest.editing.rights import require
from digest.models import Entry, Tag, TagAlias, TaggedEntry
from digest.text.tags import clean_tag, tag_slug


def find_tags(names: Iterable[str]) -> dict[str, Tag]:
    """Existing tags by slug of the given spellings, old addresses followed. Two queries."""
    slugs = {tag_slug(name) for name in names}
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    aliases = TagAlias.objects.filter(slug__in=slugs - tags.keys()).select_related("tag")
    return tags | {alias.slug: alias.tag for alias in aliases}


def ensure_tags(names: Iterable[str]) -> list[Tag]:
    """The tags of the given spellings in that order, each once; missing ones are made, validated."""
    names = [clean_tag(name) for name in names]
    found = find_tags(names)
    tags: dict[int, Tag] = {}
    for name in names:
        slug = tag_slug(name)
        if slug not in found:
            tag = Tag(name=name, slug=slug)
            tag.full_clean()
            tag.save()
            found[slug] = tag
        tags.setdefault(found[slug].pk, found[slug])
    return list(tags.values())


@transaction.atomic
def set_tags(entry: Entry, names: Iterable[str], *, by: User | None = None) -> bool:
    """Make the entry's tags exactly ``names``; order of first appearance. Answers whether anything changed."""
    if by is not None:
        require(by, "digest.change_entry")
    before = list(TaggedEntry.objects.filter(content_object=entry).select_related("tag").order_by("pk"))
    wanted = ensure_tags(names)
    if [row.tag_id for row in before] == [tag.pk for tag in wanted]:
        return False
    keep = {row.tag_id for row in before} & {tag.pk for tag in wanted}
    TaggedEntry.objects.filter(content_object=entry).exclude(tag_id__in=keep).delete()
    TaggedEntry.objects.bulk_create(
        TaggedEntry(tag=tag, content_object=entry, order_key=entry.order_key)
        for tag in wanted
        if tag.pk not in keep
    )
    changed = {row.tag_id for row in before} != {tag.pk for tag in wanted}
    if changed and by is not None:
        now = timezone.now()
        record(
            "tag",
            entry,
            by=by,
            now=now,
            before=[row.tag.name for row in before],
            after=[t.name for t in wanted],
        )
        index_entries([entry.pk])  # an import indexes and relates its whole digest at the end
        relate_papers([entry.paper_id])
    return changed


@transaction.atomic
def rename_tag(*, tag: Tag, name: str, by: User) -> Tag:
    """Give the tag another name; its old address redirects. Raises Refused if the new name is taken."""
    require(by, "digest.change_tag")
    name = clean_tag(name)
    slug = tag_slug(name)
    if not slug:
        raise Refused(_("A tag needs a name."), code="empty")
    taken = find_tags([name]).get(slug)
    if taken is not None and taken.pk != tag.pk:
        raise Refused(_("“%(tag)s” exists already; merge the two."), code="taken", params={"tag": taken.name})
    old_name, old_slug = tag.name, tag.slug
    tag.name, tag.slug = name, slug
    tag.full_clean()
    tag.save()
    TagAlias.objects.filter(slug=slug).delete()
    if slug != old_slug:
        TagAlias.objects.create(slug=old_slug, tag=tag)
    record("rename", tag, by=by, now=timezone.now(), before=old_name, after=name)
    index_tag(tag)
    return tag


def index_tag(tag: Tag) -> None:
    """Search finds the tag's entries by its names as they are now. Call in the transaction that changed one."""
    index_entries(TaggedEntry.objects.filter(tag=tag).values_list("content_object", flat=True))


@transaction.atomic
def merge_tags(*, source: Tag, target: Tag, by: User) -> Tag:
    """Move every entry of ``source`` to ``target`` and delete ``source``; its addresses redirect."""
    require(by, "digest.change_tag")
    if source.pk == target.pk:
        raise ValidationError(_("A tag cannot be merged with itself."), code="same")
    already = TaggedEntry.objects.filter(tag=target).values("content_object")
    TaggedEntry.objects.filter(tag=source, content_object__in=already).delete()
    moved = TaggedEntry.objects.filter(tag=source).update(tag=target)
    TagAlias.objects.filter(tag=source).update(tag=target)
    record("merge", source, by=by, now=timezone.now(), into=target.name, entries=moved)
    old_slug = source.slug
    source.delete()
    TagAlias.objects.create(slug=old_slug, tag=target)
    index_tag(target)
    return target
