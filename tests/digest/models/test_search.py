"""What the rows around search refuse."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from digest.models import LostQuery, SearchIndex, SearchTerm

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 10, 30)


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_forms_are_cleaned_and_two_at_least():
    term = SearchTerm(forms=" 배치  크기\n\nbatch size \nbatch size\n")
    term.full_clean()
    term.save()
    SearchTerm.objects.create(forms="모델\nmodel")
    assert SearchTerm.objects.groups() == [["배치 크기", "batch size"], ["모델", "model"]]
    assert str(term) == "배치 크기 · batch size"
    with pytest.raises(ValidationError) as error:
        SearchTerm(forms="model\nmodel").full_clean()
    assert list(error.value.error_dict) == ["forms"]
    refused(lambda: SearchTerm.objects.create(forms="one"))
    refused(lambda: SearchTerm.objects.create(forms="모델\nmodel"))


def test_lost_query_is_kept_once_with_its_count():
    LostQuery.objects.create(text="없는 말", last_day=TODAY)
    refused(lambda: LostQuery.objects.create(text="없는 말", last_day=TODAY))
    refused(lambda: LostQuery.objects.create(text="", last_day=TODAY))
    refused(lambda: LostQuery.objects.create(text="x", count=0, last_day=TODAY))


def test_index_is_one_of_two_and_never_builds_what_it_uses():
    refused(lambda: SearchIndex.objects.create(pk="third"))
    refused(lambda: SearchIndex.objects.filter(pk="public").update(live=1, building=1))
    SearchIndex.objects.filter(pk="public").update(live=0, building=0)
