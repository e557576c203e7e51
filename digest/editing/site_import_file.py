"""An archive of a public site as a file from anywhere: opened with distrust, checked whole before anything is believed."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from digest.text.seeds import MAX_FILE_BYTES
from digest.text.site_archive import (
    BIBTEX,
    CSV,
    FORMAT,
    MANIFEST,
    MANIFEST_SHAPE,
    MAX_LINE_BYTES,
    README,
    SEEDS,
    SUMS,
    TABLES,
    VERSION,
    Unfit,
    read_line,
    seed_name,
    table_file,
)

# Text is packed to a third or a tenth; what unpacks to more than this is meant to fill a disk.
MOST_UNPACKED = 100
MOST_MEMBERS = 500_000
CHUNK = 1_000_000
_NEEDED = {MANIFEST, README, SUMS, BIBTEX, CSV, *map(table_file, TABLES)}
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


class Damaged(Exception):
    """What is wrong with an archive, as ``file:line: reason`` or ``file: reason``. Nothing of it was taken in."""

    def __init__(self, name: str, reason: str, line: int | None = None) -> None:
        shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in name)[:200]
        super().__init__(f"{shown}:{line}: {reason}" if line else f"{shown}: {reason}")


@dataclass(slots=True)
class SiteArchive:
    """An archive whose every byte is what its checksums say. Use it in a ``with``; raises Damaged."""

    path: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    _zip: ZipFile | None = None
    _members: dict[str, ZipInfo] = field(default_factory=dict)

    def __enter__(self) -> "SiteArchive":
        try:
            self._zip = ZipFile(self.path)
        except (OSError, BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not a whole zip file"
            raise Damaged(self.path.name, reason) from error
        try:
            self._check_members()
            self.manifest = self._read_manifest()
            self._check_sums()
        except BaseException:
            self._zip.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def records(self, table: str) -> Iterator[tuple[int, Any]]:
        """(line, record) of a table, one at a time. Raises Damaged with the line."""
        name = table_file(table)
        number = 0
        with self._open(name) as file:
            while line := self._read(name, file, MAX_LINE_BYTES + 1, line=True):
                number += 1
                if len(line) > MAX_LINE_BYTES:
                    raise Damaged(name, f"the line is over {MAX_LINE_BYTES:,} bytes", number)
                try:
                    yield number, read_line(line, TABLES[table])
                except Unfit as error:
                    raise Damaged(name, str(error).removeprefix("."), number) from error
        expected = self.manifest["counts"][table]
        if number != expected:
            raise Damaged(name, f"{number} lines; {MANIFEST} says {expected}")

    def seed(self, name: str) -> bytes | None:
        """A seed file by its name in the digests' table, or None if there is none."""
        if SEEDS + name not in self._members:
            return None
        with self._open(SEEDS + name) as file:
            return self._read(SEEDS + name, file, MAX_FILE_BYTES)

    def _check_members(self) -> None:
        """Names, kinds and sizes, by the zip's own table; nothing is unpacked yet, and nothing ever onto the disk."""
        assert self._zip is not None  # noqa: S101 - for the type checker
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise Damaged(self.path.name, f"{len(infos):,} files; at most {MOST_MEMBERS:,} are read")
        for info in infos:
            name = info.filename
            is_seed = name.startswith(SEEDS) and seed_name(name.removeprefix(SEEDS))
            if name not in _NEEDED and not is_seed:
                raise Damaged(name, "no file of an archive has this name")
            if name in self._members:
                raise Damaged(name, "stands twice in the zip")
            if info.flag_bits & 0x1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Damaged(name, "encrypted, or packed in a way that is not read")
            if is_seed and info.file_size > MAX_FILE_BYTES:
                raise Damaged(name, f"over {MAX_FILE_BYTES:,} bytes")
            self._members[name] = info
        if missing := _NEEDED - self._members.keys():
            raise Damaged(self.path.name, f"{', '.join(sorted(missing))} missing: not an archive of a site")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MOST_UNPACKED * self.path.stat().st_size:
            raise Damaged(self.path.name, f"would unpack to {unpacked:,} bytes; that is no archive of texts")

    def _read_manifest(self) -> dict[str, Any]:
        with self._open(MANIFEST) as file:
            line = self._read(MANIFEST, file, MAX_LINE_BYTES)
        try:
            found = read_line(line, _only_known_versions)
            return dict(MANIFEST_SHAPE(found))
        except Unfit as error:
            raise Damaged(MANIFEST, str(error).removeprefix(".")) from error

    def _check_sums(self) -> None:
        sums = self._read_sums()
        for name in sorted(self._members.keys() - {SUMS}):
            if name not in sums:
                raise Damaged(SUMS, f"{name} is not in it")
            found = hashlib.sha256()
            with self._open(name) as file:
                while data := self._read(name, file, CHUNK):
                    found.update(data)
            if found.hexdigest() != sums.pop(name):
                raise Damaged(name, f"is not what {SUMS} says")
        if sums:
            raise Damaged(SUMS, f"{min(sums)} is not in the zip")

    def _read_sums(self) -> dict[str, str]:
        sums: dict[str, str] = {}
        number = 0
        with self._open(SUMS) as file:
            while line := self._read(SUMS, file, CHUNK, line=True):
                number += 1
                match = _SUM.fullmatch(line.decode("utf-8", "replace").removesuffix("\n"))
                if match is None or match[2] in sums:
                    raise Damaged(SUMS, "not a checksum and a name, or a name again", number)
                sums[match[2]] = match[1]
        return sums

    def _open(self, name: str) -> IO[bytes]:
        assert self._zip is not None  # noqa: S101 - for the type checker
        try:
            return self._zip.open(self._members[name])
        except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise Damaged(name, "cannot be read from the zip") from error

    def _read(self, name: str, file: IO[bytes], most: int, *, line: bool = False) -> bytes:
        try:
            return file.readline(most) if line else file.read(most)
        except (BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise Damaged(name, "damaged in the zip") from error


def _only_known_versions(found: Any) -> Any:
    """Before anything else of the manifest is looked at: another version may have another shape."""
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Unfit("not the archive of a site")
    if found.get("version") != VERSION:
        raise Unfit(f"version {found.get('version')!a:.40}; this program reads version {VERSION}")
    return found
