"""Archives as they are sent in: nested, misnamed, encrypted, damaged, malicious."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from audit.errors import UnreadableError
from audit.loaders.archive import is_archive, unpacked
from audit.loaders.base import Limits, Source


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def source(tmp_path: Path, data: bytes, name: str = "汇总.zip", **limits: int) -> Source:
    path = tmp_path / "stored.bin"
    path.write_bytes(data)
    return Source(path, name, Limits(**limits))


def contents(one: Source) -> dict[str, bytes | str]:
    """Name → bytes, or the reason's key where there are none."""
    with unpacked(one) as members:
        return {m.name: m.error.reason if m.error else m.path.read_bytes() for m in members}


def test_members_in_order_without_what_systems_leave(tmp_path: Path) -> None:
    data = packed(
        {
            "乡镇/": b"",
            "乡镇/双枫镇.txt": b"1",
            "__MACOSX/乡镇/._双枫镇.txt": b"x",
            "乡镇/~$双枫镇.docx": b"x",
            ".DS_Store": b"x",
            "Thumbs.db": b"x",
            "部门.txt": b"2",
        }
    )
    assert contents(source(tmp_path, data)) == {
        "汇总.zip!乡镇/双枫镇.txt": b"1",
        "汇总.zip!部门.txt": b"2",
    }


def test_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with unpacked(source(tmp_path, packed({"a.txt": b"1"}))) as members:
        path = members[0].path
        assert path.exists()
    assert not path.exists()


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_mark_of_utf8(tmp_path: Path, encoding: str) -> None:
    raw = "双枫镇年报.txt".encode(encoding)
    plain = b"x" * len(raw)
    data = packed({plain.decode(): b"1"}).replace(plain, raw)
    assert contents(source(tmp_path, data)) == {"汇总.zip!双枫镇年报.txt": b"1"}


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = packed({"b.txt": b"2"})
    data = packed({"a.txt": b"1", "里面.zip": inner})
    one = source(tmp_path, data)
    assert contents(one) == {"汇总.zip!a.txt": b"1", "汇总.zip!里面.zip!b.txt": b"2"}
    shallow = source(tmp_path, data, depth=1)
    assert contents(shallow) == {"汇总.zip!a.txt": b"1", "汇总.zip!里面.zip": "limit"}


def test_no_member_leaves_the_folder(tmp_path: Path) -> None:
    data = packed({"../../evil.txt": b"1", "/abs.txt": b"2", "C:\\x\\..\\y.txt": b"3"})
    with unpacked(source(tmp_path, data)) as members:
        (folder,) = {m.path.resolve().parent for m in members}
        assert sorted(folder.iterdir()) == sorted(m.path.resolve() for m in members)
        assert [m.name for m in members] == [
            "汇总.zip!evil.txt",
            "汇总.zip!abs.txt",
            "汇总.zip!C:/x/y.txt",
        ]


def test_one_bad_member_does_not_cost_the_others(tmp_path: Path) -> None:
    good, bad = b"good" * 50, b"damaged" * 50
    data = packed({"a.txt": good, "b.txt": bad, "c.zip": b"PK\x03\x04 no more"}, zipfile.ZIP_STORED)
    data = data.replace(bad, bad[::-1])
    assert contents(source(tmp_path, data)) == {
        "汇总.zip!a.txt": good,
        "汇总.zip!b.txt": "corrupt",
        "汇总.zip!c.zip": "corrupt",
    }


def test_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"1", "b.txt": b"2"}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert contents(source(tmp_path, bytes(data))) == {
        "汇总.zip!a.txt": "encrypted",
        "汇总.zip!b.txt": b"2",
    }


def test_members_that_grow_beyond_the_limit(tmp_path: Path) -> None:
    data = packed({"a.txt": b"1", "bomb.txt": bytes(3 << 20)})
    assert contents(source(tmp_path, data, unpacked_mb=2)) == {
        "汇总.zip!a.txt": b"1",
        "汇总.zip!bomb.txt": "limit",
    }


def test_members_that_grow_too_fast(tmp_path: Path) -> None:
    found = contents(source(tmp_path, packed({"bomb.txt": bytes(20 << 20)})))
    assert found == {"汇总.zip!bomb.txt": "limit"}


def test_size_that_the_header_hides(tmp_path: Path) -> None:
    """A header that says one byte where three megabytes come out."""
    data = bytearray(packed({"bomb.txt": bytes(3 << 20)}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 16, zlib.crc32(b"\0"))
    struct.pack_into("<I", data, entry + 24, 1)
    found = contents(source(tmp_path, bytes(data), unpacked_mb=2))
    assert all(isinstance(v, str) or len(v) <= 1 for v in found.values())


def test_more_members_than_allowed(tmp_path: Path) -> None:
    data = packed({f"{n}.txt": b"1" for n in range(6)})
    with pytest.raises(UnreadableError) as caught:
        contents(source(tmp_path, data, members=5))
    assert caught.value.reason == "limit"


def test_same_name_twice(tmp_path: Path) -> None:
    data = packed({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    assert list(contents(source(tmp_path, data)).values()) == [b"1", b"2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Rar!\x1a\x07\x00 and more", "archive"),
        (b"Rar!\x1a\x07\x01\x00 and more", "archive"),
        (b"7z\xbc\xaf\x27\x1c and more", "archive"),
        (gzip.compress(b"report", mtime=0), "archive"),
        (bytes(257) + b"ustar\x0000", "archive"),
        (packed({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b""}), "ofd"),
    ],
)
@pytest.mark.parametrize("name", ["a.rar", "a.zip", "a.docx", "年报"])
def test_archives_of_other_kinds_say_what_to_do(
    tmp_path: Path, data: bytes, reason: str, name: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        is_archive(source(tmp_path, data, name))
    assert caught.value.reason == reason


def test_archive_of_another_kind_inside(tmp_path: Path) -> None:
    data = packed({"a.rar": b"Rar!\x1a\x07\x00", "b.txt": b"2"})
    with unpacked(source(tmp_path, data)) as members:
        assert [m.error.reason if m.error else None for m in members] == ["archive", None]


def test_a_zip_cut_off(tmp_path: Path) -> None:
    one = source(tmp_path, b"PK\x03\x04 cut off")
    assert is_archive(one)
    with pytest.raises(UnreadableError) as caught:
        contents(one)
    assert caught.value.reason == "corrupt"


def test_office_documents_are_no_archives(tmp_path: Path) -> None:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    for name in ("年报.zip", "年报.xlsx", "年报"):
        assert not is_archive(source(tmp_path, stream.getvalue(), name))
    for name in ("年报", "年报.rar", "年报.zip"):
        assert is_archive(source(tmp_path, packed({"a.txt": b"1"}), name))
