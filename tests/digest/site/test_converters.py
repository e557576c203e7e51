"""Addresses that hold nonsense: never an error of ours, always "not there"."""

import pytest

pytestmark = pytest.mark.django_db

NONSENSE = [
    "/digests/2024-13-45/",
    "/digests/2024-02-30/",
    "/digests/0000-00-00/",
    "/digests/0000-01-01/",
    "/digests/9999-12-31/",
    "/digests/２０２４-10-30/",
    "/digests/0000/",
    "/digests/0001/",
    "/digests/9999/",
    "/digests/20245/",
    "/digests/2024/00/",
    "/digests/2024/13/",
    "/digests/2024/1/",
    "/digests/0000/01/",
    "/digests/0001/01/",
    "/digests/9999/12/",
    "/papers/0/x/",
    "/papers/01/x/",
    "/papers/-1/x/",
    "/papers/999999999999999999/x/",
    "/papers/99999999999999999999/x/",
    "/papers/x/x/",
    "/papers/1/%00/",
    "/authors/99999999999999999999/x/",
    "/authors/999999999999999999/x/",
    "/tags/%00/",
    "/tags/a%00b/",
    "/tags/%0A/",
    "/tags/%FF/",
    "/tags/%EF%BF%BF/",
    "/tags/%20/",
    "/tags/,/",
    "/tags/%23/",
    "/tags/" + "x" * 301 + "/",
    "/tags/a/b/",
    "/arxiv/9999.99999/",
    "/arxiv/0000.00000/",
    "/arxiv/x/",
    "/arxiv/nothing/0000000/",
    "/%00",
    "/%FF/",
    "/../",
]


@pytest.mark.parametrize("path", NONSENSE)
@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
def test_nonsense_is_not_there(client, site, edition, path):
    assert client.get(edition + path).status_code == 404


@pytest.mark.parametrize(
    "query", ["?before=%00", "?%00=1", "?before=%FF", "?a=1&" * 50, "?before=" + "9" * 5000]
)
def test_a_senseless_query_changes_nothing(client, site, query):
    for path in ("/tags/moe/", "/", "/digests/2024-05-29/"):
        assert client.get(path + query).content == client.get(path).content


def test_a_missing_slash_at_the_end_is_added(client, site):
    for path in ("/digests", "/en/digests/2024-10-30", "/ko"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, path + "/")
