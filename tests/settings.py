"""Settings of the test suite: the site's own, without secrets, e-mail or hashed static names."""

import os

os.environ.setdefault("SECRET_KEY", "only for the tests of this project, never anywhere else")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("DEBUG", "false")
# The team of the tests signs in with a password alone; tests of the second step ask for it themselves.
os.environ.setdefault("NARANHI_MFA_REQUIRED", "")
# A crawl asks more than a client may; tests of the limit set their own.
os.environ.setdefault("NARANHI_PUBLIC_API_RATE", "1000000/minute")
# Rows of tests are often made without the verbs that move the public version; tests/digest/site/test_byte_cache.py
# and the harness of fresh pages switch it on.
os.environ.setdefault("NARANHI_PAGE_CACHE_MB", "0")

from digest.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# A browser keeps its connection open past the test; the server's threads must not keep the database's.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: the tests of races need connections that wait for each other as in production.
    (BASE_DIR / "build").mkdir(exist_ok=True)  # noqa: F405
    # Of this process alone, so that two runs side by side do not meet.
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "build" / f"test-{os.getpid()}.sqlite3"}  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
