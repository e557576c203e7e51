"""Ask the readers' API."""

import pytest

PREFIX = "/api/v1/"


@pytest.fixture
def ask(client):
    """The JSON of a resource that is there."""

    def answer(path, **query):
        response = client.get(PREFIX + path, query)
        assert response.status_code == 200, (path, query, response.content)
        return response.json()

    return answer


@pytest.fixture
def every(client, ask):
    """All results of a list, page by page to the end, as one follows ``next``."""

    def answer(path, **query):
        page, results = ask(path, **query), []
        while True:
            results += page["results"]
            if page["next"] is None:
                return results
            response = client.get(page["next"].removeprefix("http://localhost:8000"))
            assert response.status_code == 200, page["next"]
            page = response.json()

    return answer
