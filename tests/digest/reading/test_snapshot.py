import threading

import pytest
from django.db import connection, transaction

from digest.models import Tag
from digest.reading.snapshot import snapshot


def add_tag(name):
    def write():
        Tag.objects.create(name=name, slug=name)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive(), "a writer waits for somebody who only reads"


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_not_hindered():
    Tag.objects.create(name="before", slug="before")
    with snapshot():
        assert Tag.objects.count() == 1
        add_tag("meanwhile")
        assert Tag.objects.count() == 1
    assert Tag.objects.count() == 2
    with transaction.atomic():  # the connection is as it was
        Tag.objects.create(name="after", slug="after")


@pytest.mark.django_db(transaction=True)
def test_an_error_inside_leaves_the_connection_usable():
    with pytest.raises(ZeroDivisionError), snapshot():
        Tag.objects.count() / 0
    Tag.objects.create(name="after", slug="after")
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_inside_a_transaction_its_own_rows_are_seen():
    with transaction.atomic():
        Tag.objects.create(name="mine", slug="mine")
        with snapshot():
            assert Tag.objects.count() == 1
