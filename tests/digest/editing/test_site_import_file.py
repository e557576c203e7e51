"""An archive from anywhere: what is wrong with it is one sentence that names the file and the line."""

import json
import struct
import zlib
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from digest.editing import site_import_file
from digest.editing.site_import_file import Damaged, SiteArchive
from digest.text.site_archive import TABLES
from tests.archives import export, pack
from tests.build import build_entry


@pytest.fixture
def files(db, tmp_path):
    """The archive of a small site."""
    build_entry("2024-10-30", title="One", authors=["Ann Lee"], en="Note", tags=["moe"])
    build_entry("2024-10-31", title="Two", authors=["Ann Lee"])
    return export(tmp_path / "good.zip")


def read_all(path):
    with SiteArchive(path) as archive:
        return [list(archive.records(table)) for table in TABLES]


def refusal(path):
    with pytest.raises(Damaged) as error:
        read_all(path)
    return str(error.value)


def test_a_good_archive_is_opened(tmp_path, files):
    with SiteArchive(tmp_path / "good.zip") as archive:
        assert archive.manifest["counts"]["entries"] == 2
        assert [number for number, _row in archive.records("entries")] == [1, 2]
        assert archive.seed("2024-10-31.txt") == files["seeds/2024-10-31.txt"]
        assert archive.seed("none.txt") is None


def test_no_zip_no_file_and_a_torn_zip(tmp_path, files):
    assert refusal(tmp_path / "none.zip") == "none.zip: No such file or directory"
    assert refusal(tmp_path) == f"{tmp_path.name}: Is a directory"
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"not a zip")
    assert refusal(bad) == "bad.zip: not a whole zip file"
    bad.write_bytes((tmp_path / "good.zip").read_bytes()[:-200])
    assert refusal(bad) == "bad.zip: not a whole zip file"


def test_every_flipped_byte_is_noticed_or_harmless(tmp_path, files):
    """A byte that carries no content, such as a date, may differ; then every record is what it was."""
    good = (tmp_path / "good.zip").read_bytes()
    expected = read_all(tmp_path / "good.zip")
    bad = tmp_path / "bad.zip"
    noticed = 0
    for place in range(0, len(good), 37):
        bad.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            assert read_all(bad) == expected
        except Damaged:
            noticed += 1
    assert noticed > len(good) / 37 / 2


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/passwd", "seeds/../../evil.txt", "seeds\\evil.txt", "seeds/", "seeds/a.exe", "extra.jsonl",
     "seeds/.txt", "C:/evil.txt", "seeds//a.txt", "a\nb"],
)  # fmt: skip
def test_names_that_are_none_of_an_archive(tmp_path, files, name):
    said = refusal(pack(tmp_path / "bad.zip", files | {name: b"x"}))
    assert said.endswith(": no file of an archive has this name")
    assert "\n" not in said
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_file_that_is_missing(tmp_path, files):
    del files["papers.jsonl"]
    assert (
        refusal(pack(tmp_path / "bad.zip", files))
        == "bad.zip: papers.jsonl missing: not an archive of a site"
    )


def test_a_name_that_stands_twice(tmp_path, files):
    path = pack(tmp_path / "bad.zip", files)
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("papers.jsonl", b"")
    assert refusal(path) == "papers.jsonl: stands twice in the zip"


def test_packed_in_another_way(tmp_path, files):
    path = tmp_path / "bad.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, ZIP_BZIP2 if name == "tags.jsonl" else ZIP_STORED)
    assert refusal(path) == "tags.jsonl: encrypted, or packed in a way that is not read"


def test_a_bomb_is_not_unpacked(tmp_path, files):
    path = pack(tmp_path / "bad.zip", files | {"entries.jsonl": b" " * 40_000_000})
    assert path.stat().st_size < 100_000
    assert "would unpack to 40,0" in refusal(path)


def test_a_size_that_lies_is_found_when_it_is_read(tmp_path, files):
    path = pack(tmp_path / "bad.zip", files | {"README.txt": b" " * 3_000_000})
    data = path.read_bytes()
    honest, lie = struct.pack("<L", 3_000_000), struct.pack("<L", 3_000)
    assert data.count(honest) == 2
    path.write_bytes(data.replace(honest, lie))
    assert refusal(path) in ("README.txt: damaged in the zip", "README.txt: is not what SHA256SUMS says")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("SHA256SUMS", b"x\n", "SHA256SUMS:1: not a checksum and a name, or a name again"),
        ("SHA256SUMS", b"", "SHA256SUMS: README.txt is not in it"),
        ("README.txt", b"x", "README.txt: is not what SHA256SUMS says"),
    ],
)
def test_checksums_that_do_not_fit(tmp_path, files, name, data, said):
    assert refusal(pack(tmp_path / "bad.zip", files | {name: data}, sums=False)) == said


def test_a_checksum_of_a_file_that_is_not_there(tmp_path, files):
    sums = files["SHA256SUMS"] + b"%064d  seeds/z.txt\n" % 0
    path = pack(tmp_path / "bad.zip", files | {"SHA256SUMS": sums}, sums=False)
    assert refusal(path) == "SHA256SUMS: seeds/z.txt is not in the zip"


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"{}", "archive.json: not the archive of a site"),
        (b"[1]", "archive.json: not the archive of a site"),
        (b"{", "archive.json: not JSON: "),
        ({"version": 2}, "archive.json: version 2; this program reads version 1"),
        ({"version": "1" * 99}, "archive.json: version '1111"),
        ({"counts": {}}, "archive.json: counts: 'authors' is missing"),
        ({"site": None}, "archive.json: site: an object is due, not null"),
    ],
)
def test_a_manifest_of_another_kind(tmp_path, files, manifest, said):
    if isinstance(manifest, dict):
        manifest = json.dumps(json.loads(files["archive.json"]) | manifest).encode()
    assert refusal(pack(tmp_path / "bad.zip", files | {"archive.json": manifest})).startswith(said)


def test_fewer_lines_than_promised(tmp_path, files):
    files["entries.jsonl"] = files["entries.jsonl"].split(b"\n")[0] + b"\n"
    assert refusal(pack(tmp_path / "bad.zip", files)) == "entries.jsonl: 1 lines; archive.json says 2"


def test_a_line_without_end(tmp_path, files, monkeypatch):
    monkeypatch.setattr(site_import_file, "MAX_LINE_BYTES", 1_000)
    files["entries.jsonl"] += b'{"notes":"' + bytes(range(32, 127)) * 20
    assert refusal(pack(tmp_path / "bad.zip", files)) == "entries.jsonl:3: the line is over 1,000 bytes"


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"id":"\\ud800"}', b"\xff", b"null", b"\x00"])
def test_a_hostile_line_is_named(tmp_path, files, line):
    files["authors.jsonl"] += line + b"\n"
    said = refusal(pack(tmp_path / "bad.zip", files))
    assert said.startswith("authors.jsonl:2: ")
    assert len(said) < 200


def test_a_seed_file_over_its_limit_is_refused_before_it_is_read(tmp_path, files):
    path = pack(
        tmp_path / "bad.zip",
        files | {"seeds/big.txt": bytes(zlib.crc32(b"%d" % n) & 255 for n in range(2_000_001))},
    )
    assert refusal(path) == "seeds/big.txt: over 2,000,000 bytes"
