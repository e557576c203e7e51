"""Reading seed files from disk: which files a path means, read with a size limit and without following traps."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from digest.text.seeds import MAX_FILE_BYTES


class UnreadablePath(Exception):
    """A path that cannot be read as a seed file; the message says why."""


def find_seed_files(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """(name, path) of every ``*.txt`` below the directories and of the files named, sorted by name.

    The name is relative to the directory given, so the same tree imported from elsewhere is the same files.
    Raises UnreadablePath for a path that does not exist.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            for directory, _subdirectories, names in os.walk(path):
                for name in names:
                    file = Path(directory) / name
                    if name.endswith(".txt"):
                        found[file.relative_to(path).as_posix()] = file
        elif path.exists() or path.is_symlink():
            found[path.name] = path
        else:
            raise UnreadablePath(f"{display(path)}: no such file or directory")
    return sorted(found.items())


def read_seed_file(path: Path) -> bytes:
    """The file's bytes. Raises UnreadablePath for anything but a readable, regular file of sensible size.

    Opened without blocking, so that a FIFO or a device cannot hang the import.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadablePath("not a regular file")
            if status.st_size > MAX_FILE_BYTES:
                raise UnreadablePath(f"{status.st_size:,} bytes; at most {MAX_FILE_BYTES:,} are read")
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadablePath(error.strerror or "cannot be read") from error


def display(name: object) -> str:
    """A file name that is safe to print on one line of a terminal."""
    text = os.fsencode(str(name)).decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)


def read_all(files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, bytes | UnreadablePath]]:
    """(name, content or the reason it cannot be read) for each file, one at a time."""
    for name, path in files:
        try:
            yield name, read_seed_file(path)
        except UnreadablePath as problem:
            yield name, problem
