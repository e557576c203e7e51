"""Archives of a site for tests: written, opened, taken apart and put together again with one thing changed."""

import hashlib
import io
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command

from digest.editing.site_import import import_archive
from digest.editing.site_import_file import SiteArchive


def export(path, **options):
    """{name: bytes} of an archive written to ``path``."""
    call_command("export_site", path, stdout=io.StringIO(), **options)
    return members(path)


def members(path):
    with ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def pack(path, files, *, sums=True):
    """Write ``files``, with checksums that fit them unless told otherwise; answers the path."""
    files = dict(files)
    if sums:
        lines = (
            f"{hashlib.sha256(data).hexdigest()}  {name}\n"
            for name, data in sorted(files.items())
            if name != "SHA256SUMS"
        )
        files["SHA256SUMS"] = "".join(lines).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def take_in(path):
    """Import an archive as the command does; answers the run."""
    with SiteArchive(path) as archive:
        return import_archive(archive)
