"""``manage.py store_lost_queries``."""

import pytest
from django.core.management import CommandError, call_command

from digest.models import LostQuery

pytestmark = pytest.mark.django_db


def test_it_counts_what_the_file_holds(settings, tmp_path, capsys):
    settings.NARANHI_LOST_QUERIES = str(tmp_path / "lost.txt")
    (tmp_path / "lost.txt").write_text("2026-11-01 zzz\n")
    call_command("store_lost_queries")
    assert capsys.readouterr().out == "1 searches taken in.\n"
    assert LostQuery.objects.get().text == "zzz"


def test_without_a_file_it_says_so(settings):
    settings.NARANHI_LOST_QUERIES = ""
    with pytest.raises(CommandError, match="NARANHI_LOST_QUERIES"):
        call_command("store_lost_queries")
