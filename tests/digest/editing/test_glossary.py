"""The glossary's verbs: rights, normal form, an event for every change."""

import pytest
from django.core.exceptions import ValidationError

from digest.editing.errors import NotAllowed, Refused
from digest.editing.glossary import delete_term, delete_terms, find_term, save_term, term_pairs
from digest.models import Event, Term
from digest.text.terms import TermPair


def events():
    return list(
        Event.objects.filter(object_type="term")
        .order_by("pk")
        .values_list("verb", "actor__username", "object_label")
    )


def test_term_is_added_in_its_normal_form(tom):
    term = Term(
        ko=" 배치\n 크기", en="batch  size", note="the number\tof samples ", forbidden="a\r\n\r\n b  c \na"
    )
    save_term(term=term, by=tom)
    assert term_pairs() == [TermPair("배치 크기", "batch size", "the number of samples", ("a", "b c"))]
    assert events() == [("add", "tom", "배치 크기 · batch size")]


def test_change_records_the_fields_that_changed_and_no_change_nothing(tom):
    term = save_term(term=Term(ko="학습률", en="learning rate"), by=tom)
    save_term(term=term, by=tom)
    assert len(events()) == 1
    term.note, term.en = "x", "Learning rate"
    save_term(term=term, by=tom)
    assert Event.objects.get(verb="change").detail == {"fields": ["en", "note"]}


def test_one_korean_word_may_have_several_english_ones_but_a_pair_stands_once(tom):
    save_term(term=Term(ko="정규화", en="normalization"), by=tom)
    save_term(term=Term(ko="정규화", en="regularization"), by=tom)
    with pytest.raises(Refused) as refused:
        save_term(term=Term(ko="정규화", en=" Normalization "), by=tom)
    assert refused.value.code == "twice"
    assert Term.objects.count() == 2
    assert find_term("정규화", "NORMALIZATION").en == "normalization"


@pytest.mark.parametrize("word", ["Élan", "İstanbul", "ẞ"])
def test_pair_of_other_letters_is_compared_as_the_database_does(tom, word):
    save_term(term=Term(ko="말", en=word), by=tom)
    with pytest.raises(Refused):
        save_term(term=Term(ko="말", en=word), by=tom)


@pytest.mark.parametrize(
    "fields",
    [
        {"ko": ""},
        {"en": "  "},
        {"ko": "가" * 101},
        {"note": "x" * 301},
        {"forbidden": "a|b"},
        {"en": "a\x00"},
        {"note": "\uffff"},
    ],
)
def test_text_that_cannot_stand_is_refused_and_nothing_written(tom, fields):
    with pytest.raises(ValidationError):
        save_term(term=Term(**{"ko": "말", "en": "word", **fields}), by=tom)
    assert not Term.objects.exists()
    assert events() == []


def test_rights(tom, rina, stranger, paul):
    with pytest.raises(NotAllowed):
        save_term(term=Term(ko="말", en="word"), by=stranger)
    term = save_term(term=Term(ko="말", en="word"), by=tom)
    with pytest.raises(NotAllowed):
        delete_term(term=term, by=tom)
    delete_term(term=term, by=rina)
    others = [save_term(term=Term(ko="말", en=f"word {n}"), by=tom) for n in range(2)]
    delete_terms(terms=others, by=paul)
    assert not Term.objects.exists()
    assert [(verb, who) for verb, who, _label in events()][-3:] == [
        ("add", "tom"),
        ("delete", "paul"),
        ("delete", "paul"),
    ]
    first = Event.objects.filter(verb="delete").earliest("pk")
    assert first.detail == {"before": {"ko": "말", "en": "word", "note": "", "forbidden": ""}}


def test_pairs_take_one_query(tom, django_assert_num_queries):
    for number in range(5):
        save_term(term=Term(ko=f"말{number}", en="word"), by=tom)
    with django_assert_num_queries(1):
        assert len(term_pairs()) == 5
