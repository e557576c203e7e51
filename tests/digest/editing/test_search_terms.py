"""The table of forms: what may stand in it, who may change it, and the first set."""

import pytest
from django.core.exceptions import ValidationError

from digest.editing.errors import NotAllowed, Refused
from digest.editing.search_terms import (
    STARTER,
    add_starter_search_terms,
    delete_search_terms,
    save_search_term,
)
from digest.index.synonyms import terms_of
from digest.models import Event, SearchTerm

pytestmark = pytest.mark.django_db


def events():
    return list(Event.objects.filter(object_type="searchterm").order_by("pk").values_list("verb", "detail"))


def test_a_group_is_stored_in_its_normal_form_and_recorded(minji):
    term = save_search_term(
        term=SearchTerm(forms=" 배치  크기\n\nbatch size \n배치 크기", note=" a  b "), by=minji
    )
    assert (term.forms, term.note) == ("배치 크기\nbatch size", "a b")
    save_search_term(term=term, by=minji)
    term.note = ""
    save_search_term(term=term, by=minji)
    assert events() == [("add", {"fields": ["forms", "note"]}), ("change", {"fields": ["note"]})]


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        ("배치 크기", None),
        ("배치 크기\n배치  크기", None),
        ("", "blank"),
        ("batch size\nBatch Sizes", "same"),
        ("batch size\n!!", "empty"),
        ("rl\n강화 학습", "twice"),
        ("RLs\nsomething", "twice"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(minji, forms, code):
    save_search_term(term=SearchTerm(forms="RL\nreinforcement learning"), by=minji)
    with pytest.raises(ValidationError) as refused:
        save_search_term(term=SearchTerm(forms=forms), by=minji)
    assert code in [error.code for error in refused.value.error_dict["forms"]]
    assert SearchTerm.objects.count() == 1


def test_a_group_may_keep_its_own_forms(minji):
    term = save_search_term(term=SearchTerm(forms="RL\nreinforcement learning"), by=minji)
    term.forms += "\n강화 학습"
    assert save_search_term(term=term, by=minji).forms.count("\n") == 2


def test_only_those_with_the_right_change_it(minji, rina, stranger):
    with pytest.raises(NotAllowed):
        save_search_term(term=SearchTerm(forms="a1\nb1"), by=stranger)
    term = save_search_term(term=SearchTerm(forms="a1\nb1"), by=minji)
    with pytest.raises(NotAllowed):
        delete_search_terms(terms=[term], by=minji)
    delete_search_terms(terms=[term], by=rina)
    assert events()[-1] == ("delete", {"before": {"forms": "a1\nb1", "note": ""}})
    with pytest.raises(NotAllowed):
        add_starter_search_terms(by=stranger)


def test_the_table_has_an_end(minji, monkeypatch):
    monkeypatch.setattr("digest.editing.search_terms.MOST_GROUPS", 1)
    save_search_term(term=SearchTerm(forms="a1\nb1"), by=minji)
    with pytest.raises(Refused):
        save_search_term(term=SearchTerm(forms="c1\nd1"), by=minji)


def test_the_starter_set_stands_and_is_narrow(minji):
    assert add_starter_search_terms(by=minji) == SearchTerm.objects.count() >= 60
    forms = [form for term in SearchTerm.objects.all() for form in term.forms.split("\n")]
    # Words this wide would flood every search.
    wide = {
        terms_of(word)
        for word in ("학습", "모델", "데이터", "learning", "training", "model", "data", "크기", "size")
    }
    assert [form for form in forms if terms_of(form) in wide] == []
    assert len(forms) == sum(line.count(" | ") + 1 for line in STARTER.read_text().splitlines())
    with pytest.raises(Refused):
        add_starter_search_terms(by=minji)
