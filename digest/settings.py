"""Settings, read from the environment. docs/settings.md lists every name with its default.

A missing or malformed value stops the start and names the variable.
"""

import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from accounts.options import *  # noqa: F403 - what no operator chooses of sign-in
from digest.environment import ADDRESS, at_least, env, flag, matching, one_of
from digest.site.api.options import *  # noqa: F403 - nor of the readers' API
from digest.site.policy import SECURE_CSP as SECURE_CSP

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = flag("DEBUG", default=False)

if DEBUG:
    SECRET_KEY = env("SECRET_KEY", default="development only, not secret")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    # No defaults: a public server without its own key or host names must not start.
    SECRET_KEY = env("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    if not SECRET_KEY or not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("SECRET_KEY and ALLOWED_HOSTS must be set, ALLOWED_HOSTS without '*'")
SECRET_KEY_FALLBACKS = env.list("NARANHI_SECRET_KEY_FALLBACKS", default=[])

SITE_NAME = env("SITE_NAME", default="나란히")
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).netloc:
    raise ImproperlyConfigured(
        f"SITE_URL={SITE_URL!r} is not valid: give scheme and host, https://example.org"
    )
HTTPS = urlsplit(SITE_URL).scheme == "https"

# Where papers.arxiv asks for a paper's title, authors and abstract; empty: it never asks.
ARXIV_API = matching("NARANHI_ARXIV_API", ADDRESS, "give https://export.arxiv.org/api/query")
# Feeds: the hub that tells readers of news at once; who vouches for the ids, and since when (RFC 4151).
NARANHI_WEBSUB_HUB = matching("NARANHI_WEBSUB_HUB", ADDRESS, "give https://hub.example.org/")
NARANHI_TAG_AUTHORITY = matching(
    "NARANHI_TAG_AUTHORITY",
    r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?,[0-9]{4}(-[0-9]{2}){0,2}",
    "give a host and a date, example.org,2026",
    default=f"{urlsplit(SITE_URL).hostname},2026",
)

# The file to which the public site appends searches that found nothing; empty: they are not kept.
NARANHI_LOST_QUERIES = env("NARANHI_LOST_QUERIES", default="")
if NARANHI_LOST_QUERIES and not (
    Path(NARANHI_LOST_QUERIES).is_absolute() and Path(NARANHI_LOST_QUERIES).parent.is_dir()
):
    raise ImproperlyConfigured(
        f"NARANHI_LOST_QUERIES={NARANHI_LOST_QUERIES!r} is not valid: give a whole path in a folder that exists"
    )

# The folder of the archive that readers download, written by manage.py build_archive; empty: none is offered.
NARANHI_ARCHIVE_DIR = env("NARANHI_ARCHIVE_DIR", default="")
if NARANHI_ARCHIVE_DIR and not (NARANHI_ARCHIVE_DIR[0] == "/" and Path(NARANHI_ARCHIVE_DIR).is_dir()):
    raise ImproperlyConfigured(f"NARANHI_ARCHIVE_DIR={NARANHI_ARCHIVE_DIR!r} is not valid: give a whole path")

INSTALLED_APPS = [
    # auth before ours: its permissions exist when our groups are made after a migration.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "papers",
    "digest",
    "digest.desk.apps.DeskConfig",
    *API_APPS,  # noqa: F405
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "digest.site.byte_cache.ByteCache",
    "digest.site.middleware.no_cookies",
    "digest.site.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # gzip outside: it pads at random, so an ETag of the compressed bytes would never match again.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "digest.site.middleware.edition_language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.session_limits",
    "accounts.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "digest.urls"
WSGI_APPLICATION = "digest.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["digest.site.loading.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            # Nothing here may read the session: public pages are the same bytes for everyone.
            # The admin adds what it needs in its own templates' context (request, auth, messages).
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # WAL keeps readers going during an import; IMMEDIATE and the timeout queue parallel writers
    # instead of failing them with "database is locked".
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASE["CONN_MAX_AGE"] = 600
elif DATABASE["ENGINE"] == "django.db.backends.postgresql":
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgres://")

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
# Room for ready pages in each process; 0: every page is made anew, as one wants it while changing templates.
NARANHI_PAGE_CACHE_MB = at_least(
    "NARANHI_PAGE_CACHE_MB", env("NARANHI_PAGE_CACHE_MB", default="0" if DEBUG else "64"), 0
)
vars().update(env.email("EMAIL_URL", default="consolemail://"))

DEFAULT_FROM_EMAIL = env("NARANHI_FROM_EMAIL", default=f"desk@{urlsplit(SITE_URL).hostname}")
if "@" not in DEFAULT_FROM_EMAIL or not DEFAULT_FROM_EMAIL.isprintable():
    raise ImproperlyConfigured(f"NARANHI_FROM_EMAIL={DEFAULT_FROM_EMAIL!r} is not valid: give one address")
EMAIL_TIMEOUT = 20

# Machine translation, off unless named; the key stays in this process and in the one request.
SUGGESTIONS = one_of(
    "NARANHI_SUGGESTIONS", env("NARANHI_SUGGESTIONS", default=""), ("", "openai", "deepl"), "openai or deepl"
)
SUGGESTIONS_URL = env("NARANHI_SUGGESTIONS_URL", default="")
SUGGESTIONS_MODEL = env("NARANHI_SUGGESTIONS_MODEL", default="")
SUGGESTIONS_KEY = env("NARANHI_SUGGESTIONS_KEY", default="")
if SUGGESTIONS:
    suggestions_url = urlsplit(SUGGESTIONS_URL)
    one_of(
        "NARANHI_SUGGESTIONS_URL",
        f"{suggestions_url.scheme}://{suggestions_url.hostname}",
        (f"https://{suggestions_url.hostname or '-'}", "http://localhost", "http://127.0.0.1", "http://::1"),
        "give the whole address with https://; without it only on this machine",
    )
    if SUGGESTIONS == "openai" and not SUGGESTIONS_MODEL:
        raise ImproperlyConfigured("NARANHI_SUGGESTIONS_MODEL must name the model")
    if SUGGESTIONS == "deepl" and not SUGGESTIONS_KEY:
        raise ImproperlyConfigured("NARANHI_SUGGESTIONS_KEY must be set")
    if not SUGGESTIONS_KEY.isascii() or not SUGGESTIONS_KEY.isprintable():
        raise ImproperlyConfigured("NARANHI_SUGGESTIONS_KEY is not valid: letters, digits and signs only")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ROLE_NAMES = ("writer", "translator", "reviewer", "publisher", "superuser")
NARANHI_MFA_REQUIRED = env.list("NARANHI_MFA_REQUIRED", default=[] if DEBUG else ["publisher", "superuser"])
for role in NARANHI_MFA_REQUIRED:
    one_of("NARANHI_MFA_REQUIRED", role, ROLE_NAMES, f"a comma list of {', '.join(ROLE_NAMES)}")
MFA_TOTP_ISSUER = SITE_NAME
ALLAUTH_TRUSTED_PROXY_COUNT = at_least(
    "NARANHI_TRUSTED_PROXIES", env("NARANHI_TRUSTED_PROXIES", default="0"), 0
)

# The site is Korean first; /en/ and the desk's language switch activate English.
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "desk_language"
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="Asia/Seoul")
one_of("TIME_ZONE", TIME_ZONE, zoneinfo.available_timezones(), "give an IANA name, Asia/Seoul")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "woff2", "gz", "br"]

# Cookies exist for the desk only and never travel to a public page.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
NARANHI_SESSION_HOURS = at_least("NARANHI_SESSION_HOURS", env("NARANHI_SESSION_HOURS", default="168"), 1)
NARANHI_SESSION_IDLE_HOURS = at_least(
    "NARANHI_SESSION_IDLE_HOURS", env("NARANHI_SESSION_IDLE_HOURS", default="12"), 1
)
SESSION_COOKIE_AGE = 60 * 60 * NARANHI_SESSION_HOURS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Requests per person at the editors' API, per client at the readers'; how long a new token lasts unless its maker says.
RATE = "[1-9][0-9]{0,8}/(second|minute|hour|day)"
NARANHI_API_RATE = matching("NARANHI_API_RATE", RATE, "give 600/minute", default="600/minute")
NARANHI_PUBLIC_API_RATE = matching("NARANHI_PUBLIC_API_RATE", RATE, "give 120/minute", default="120/minute")
NARANHI_API_TOKEN_DAYS = one_of(
    "NARANHI_API_TOKEN_DAYS",
    at_least("NARANHI_API_TOKEN_DAYS", env("NARANHI_API_TOKEN_DAYS", default="90"), 1),
    range(1, 367),
    "a whole number from 1 to 366",
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
if flag("NARANHI_BEHIND_PROXY", default=False):
    # Only with a proxy that sets or removes this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "accounts.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "naranhi": {"level": "INFO"},
        # Never among the other lines, which carry the time of day.
        "naranhi.lost_queries": {"handlers": [], "propagate": False},
    },
}
if NARANHI_LOST_QUERIES:
    LOGGING["handlers"]["lost_queries"] = {
        "class": "digest.site.lost.LostQueriesHandler",
        "filename": NARANHI_LOST_QUERIES,
        "encoding": "utf-8",
        "delay": True,
    }
    LOGGING["loggers"]["naranhi.lost_queries"]["handlers"] = ["lost_queries"]
