"""A small published site: three digests, one of them Korean only, one English only."""

import re

import pytest

from tests.build import build_entry

HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture
def site(db):
    """2024-10-30 in both languages, 2024-05-29 in Korean, 2024-03-14 in English."""
    build_entry(
        "2024-10-30",
        title="Critical Batch Size",
        authors=["Hanlin Zhang", "Kun Xu", "Kun Xu"],
        abstract="How batch size scales.",
        ko="배치 크기 노트",
        en="A note on batch size",
        tags=["scaling-law", "비디오-생성"],
        arxiv_id="2410.21676",
    )
    build_entry("2024-10-30", title="Second Paper", ko="둘째 노트", en="Second note", tags=["scaling-law"])
    build_entry(
        "2024-05-29", title="Korean Only", ko="한국어만", abstract="Words of the abstract.", tags=["moe"]
    )
    build_entry("2024-03-14", title="English Only", ko="", en="Only English", source_language="en")


@pytest.fixture
def read(client, site):
    """The text of a page that is there."""

    def answer(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return answer


def links(html):
    return HREF.findall(html)
