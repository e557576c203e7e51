"""The site's settings for a benchmark: those of the tests, with the constant page beside the others."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["localhost"]
LOGGING = {"version": 1, "disable_existing_loggers": False}
