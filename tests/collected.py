"""Static files as they are deployed: hashed and compressed."""

from contextlib import contextmanager

from django.core.management import call_command
from django.test import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@contextmanager
def collected_static(root):
    """What collectstatic makes of the site's own files, in ``root``; the admin's are left out, for speed."""
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(
        STATIC_ROOT=root, STORAGES=STORAGES, STATICFILES_FINDERS=finders, WHITENOISE_AUTOREFRESH=False
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root
