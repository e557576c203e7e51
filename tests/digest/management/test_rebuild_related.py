import pytest
from django.core.management import call_command

from digest.editing.importing import Importer
from digest.models import Related
from tests.digest.editing.test_importing import SEEDS

pytestmark = pytest.mark.django_db


def rows():
    return set(Related.objects.values_list("paper", "other", "score", "tags", "mentions", "text"))


def test_rebuilding_gives_what_the_import_gave(capsys):
    files = sorted(((path.name, path.read_bytes()) for path in SEEDS), key=lambda file: _date(file[1]))
    for _report in Importer().run(files):
        pass
    before = rows()
    assert len(before) > 10
    Related.objects.all().delete()
    for _ in range(2):
        call_command("rebuild_related")
        assert rows() == before
    assert "20 papers in 4 digests" in capsys.readouterr().out


def test_rebuilding_an_empty_site(capsys):
    call_command("rebuild_related")
    assert "0 papers in 0 digests" in capsys.readouterr().out


def _date(content):
    year, month, day = (int(part[:-1]) for part in content.decode().split("\n")[0].split())
    return year, month, day
