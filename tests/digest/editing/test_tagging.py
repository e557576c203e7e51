import pytest
from django.core.exceptions import ValidationError

from digest.editing.errors import Refused
from digest.editing.tagging import ensure_tags, merge_tags, rename_tag, set_tags
from digest.models import Event, Tag, TagAlias, TaggedEntry
from tests.build import build_entry


def names(entry):
    return [row.tag.name for row in entry.tagged_entries.order_by("pk")]


def test_set_tags_creates_reuses_and_removes(db, minji):
    entry = build_entry(tags=["moe", "llm"])
    assert set_tags(entry, ["#LLM", "비디오 생성"], by=minji) is True
    assert names(entry) == ["llm", "비디오-생성"]
    assert {row.order_key for row in TaggedEntry.objects.all()} == {entry.order_key}
    assert Event.objects.get(verb="tag").detail == {"before": ["moe", "llm"], "after": ["llm", "비디오-생성"]}
    assert set_tags(entry, ["llm", "비디오-생성"], by=minji) is False


def test_spellings_of_one_tag_are_one_tag(db):
    assert ensure_tags(["Scaling_Law", "scaling-law", "SCALING-LAW"]) == [Tag.objects.get(name="Scaling_Law")]


@pytest.mark.parametrize("order", [["c++", "c#", "c"], ["c", "c#", "c++"]])
def test_addresses_do_not_depend_on_order_of_arrival(db, order):
    ensure_tags(order)
    assert dict(Tag.objects.values_list("name", "slug")) == {"c++": "c-plus-plus", "c#": "c-sharp", "c": "c"}


@pytest.mark.parametrize("name", ["", "#", "a" * 101, "a\x01b", "a\x00b"])
def test_unfit_tag_is_refused(db, name):
    entry = build_entry(tags=["moe"])
    if name in ("", "#"):
        with pytest.raises(ValidationError):
            ensure_tags([name])
    else:
        with pytest.raises(ValidationError):
            set_tags(entry, [name])
    assert names(entry) == ["moe"]


def test_rename_keeps_the_old_address(db, paul):
    entry = build_entry(tags=["moe"])
    tag = rename_tag(tag=Tag.objects.get(), name="mixture of experts", by=paul)
    assert (tag.name, tag.slug) == ("mixture-of-experts", "mixture-of-experts")
    assert TagAlias.objects.get().slug == "moe"
    assert ensure_tags(["moe"]) == [tag]
    assert names(entry) == ["mixture-of-experts"]


def test_rename_back_leaves_no_alias_on_itself(db, paul):
    build_entry(tags=["moe"])
    tag = rename_tag(tag=Tag.objects.get(), name="experts", by=paul)
    tag = rename_tag(tag=tag, name="moe", by=paul)
    assert set(TagAlias.objects.values_list("slug", flat=True)) == {"experts"}


def test_rename_to_a_taken_name_is_refused(db, paul):
    build_entry(tags=["moe", "llm"])
    with pytest.raises(Refused):
        rename_tag(tag=Tag.objects.get(slug="moe"), name="LLM", by=paul)


def test_merge_moves_entries_once_and_redirects(db, paul):
    both = build_entry(tags=["moe", "experts"])
    one = build_entry(tags=["moe"])
    rename_tag(tag=Tag.objects.get(slug="moe"), name="mixture", by=paul)
    merge_tags(source=Tag.objects.get(slug="mixture"), target=Tag.objects.get(slug="experts"), by=paul)
    assert (names(both), names(one)) == (["experts"], ["experts"])
    assert set(TagAlias.objects.values_list("slug", "tag__slug")) == {
        ("moe", "experts"),
        ("mixture", "experts"),
    }


def test_merge_with_itself_is_refused(db, paul):
    build_entry(tags=["moe"])
    with pytest.raises(ValidationError):
        merge_tags(source=Tag.objects.get(), target=Tag.objects.get(), by=paul)
