import pytest

from digest.text.tags import clean_tag, parse_tags, tag_slug


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("#scaling-law #moe", ["scaling-law", "moe"]),
        ("#scaling-law#moe", ["scaling-law#moe"]),
        ("scaling-law, moe", ["scaling-law", "moe"]),
        ("비디오 생성", ["비디오-생성"]),
        ('"비디오 생성", moe', ["비디오-생성", "moe"]),
        ("#비디오 생성 #moe", ["비디오-생성", "moe"]),
        ("#c++ #c# #c", ["c++", "c#", "c"]),
        ("c#, c++", ["c#", "c++"]),
        ("MoE, moe, mo\u200be", ["MoE"]),
        ("scaling_law, Scaling-Law", ["scaling_law"]),
        ("#ㅎㅏ\u1112\u1161\u11ab", ["ㅎㅏ한"]),
        ("", []),
        (" , # ,, ", []),
    ],
)
def test_parse_tags_as_editors_type_them(typed, names):
    assert parse_tags(typed) == names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("scaling-law", "scaling-law"),
        ("Scaling_Law", "scaling-law"),
        ("c++", "c-plus-plus"),
        ("c#", "c-sharp"),
        ("c", "c"),
        ("비디오-생성", "비디오-생성"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("😀", "u1f600"),
        ("+", "plus"),
        ("-", "u2d"),
        ("Veličković", "veličković"),
        ("ＲＬＨＦ", "rlhf"),
        ("a+b,c", "a-plusb-c"),
    ],
)
def test_tag_slug_depends_on_the_name_alone(name, slug):
    assert tag_slug(name) == slug


@pytest.mark.parametrize("name", ["+a", "-a", "a,b", "a+b", "#", "++", "a\u200bb", " - "])
def test_tag_slug_never_collides_with_tag_expressions(name):
    slug = tag_slug(name)
    assert not slug.startswith("-")
    assert "+" not in slug
    assert "," not in slug


def test_clean_tag_strips_hash_space_and_invisible_characters():
    assert clean_tag(" #\u200bRL\u200d HF ") == "RL-HF"
