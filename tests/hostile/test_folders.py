"""Whatever lies in a folder is audited, refused with a finding, or skipped with a reason."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from audit.errors import REASONS
from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import SOUND, nianbao, report
from tests.hostile.audited import fates, told

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="such files are POSIX's")


def reason(key: str) -> str:
    return REASONS[key]["zh"][0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound report, beside which things lie."""
    inside = tmp_path / "in"
    report(inside, "青石镇", SOUND)
    return inside


def sound(folder: Path) -> dict[str, str]:
    """What became of everything in the folder but the sound report, which is audited."""
    found = fates(told(folder), folder)
    assert found.pop("青石镇2023年报.txt") == "audited"
    return found


def test_what_programs_leave_behind(folder: Path) -> None:
    names = (
        "~$年报.docx",
        "._年报.docx",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        ".~lock.年报.odt#",
    )
    for name in names:
        (folder / name).write_bytes(b"x")
    assert sound(folder) == dict.fromkeys(names, reason("left_behind"))


def test_what_is_no_report_by_its_name(folder: Path) -> None:
    names = ("LICENSE", ".gitignore", "run.py", "说明.md")
    for name in names:
        (folder / name).write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    assert sound(folder) == dict.fromkeys(names, reason("not_format"))


def test_the_roster_of_the_call_is_no_report(folder: Path) -> None:
    roster = folder / "名单.csv"
    roster.write_text("单位,级别\n青石镇,乡镇\n", encoding="utf-8")
    found = fates(told(folder, "--roster", roster), folder)
    assert found == {"青石镇2023年报.txt": "audited", "名单.csv": reason("set_aside")}


@POSIX
def test_pipes_and_sockets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "管道.docx")
    os.mkfifo(folder / "年报")
    monkeypatch.chdir(folder)  # a socket's path has room for a hundred bytes
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("a.txt")
        found = sound(folder)
    assert set(found) == {"管道.docx", "年报", "a.txt"}
    assert all(reason("special") in why and why.startswith("F001") for why in found.values())


@POSIX
def test_a_device_named_in_the_call(folder: Path) -> None:
    found = fates(told("/dev/zero", folder), folder)
    assert reason("special") in found["/dev/zero"]


@POSIX
def test_links(folder: Path) -> None:
    outside = folder.parent / "outside"
    report(outside, "白水乡", SOUND)
    (folder / "z.txt").symlink_to(outside / "白水乡2023年报.txt")
    (folder / "out").symlink_to(outside)
    (folder / "same.txt").symlink_to(folder / "青石镇2023年报.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone.docx").symlink_to(folder / "nothing.docx")
    found = fates(told(folder), folder)
    audited = {name for name, why in found.items() if why == "audited"}
    assert audited == {"same.txt"}  # the first by name; the file itself is the same one
    assert found["青石镇2023年报.txt"] == found["loop"] == reason("link")
    for name in ("z.txt", "out"):
        assert found[name].startswith("F001") and reason("link_outside") in found[name]
    for name in ("self", "gone.docx"):
        assert found[name].startswith("F001") and reason("missing") in found[name]


@POSIX
def test_a_link_named_in_the_call_is_followed(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert fates(told(link), link) == {"青石镇2023年报.txt": "audited"}


@POSIX
def test_hard_links_are_two_files_of_one_report(folder: Path) -> None:
    os.link(folder / "青石镇2023年报.txt", folder / "再报.txt")
    payload = told(folder)
    assert fates(payload, folder) == dict.fromkeys(("青石镇2023年报.txt", "再报.txt"), "audited")
    assert "R802" in {f["rule"] for f in payload["findings"]}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("年\n报.txt".encode(), "年\n报.txt"),
        ("年\x1b[31m报.txt".encode(), "年\x1b[31m报.txt"),
        ("\u202e年报.txt".encode(), "\u202e年报.txt"),
        (b"a\xff.txt", "a\\xff.txt"),
    ],
)
def test_odd_names(folder: Path, name: bytes, shown: str) -> None:
    made = encode(base_report("白水乡", 2023, cells=SOUND), ".txt")
    (folder / os.fsdecode(name)).write_bytes(made)
    assert sound(folder) == {shown: "audited"}
    text = nianbao("check", folder).stdout
    assert "\x1b[31m" not in text and "\u202e" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_shown_alike_stay_two(folder: Path) -> None:
    for unit, name in (("白水乡", "甲.txt".encode()), ("松岗镇", "甲.txt".encode("gbk"))):
        made = encode(base_report(unit, 2023, cells=SOUND), ".txt")
        (folder / os.fsdecode(name)).write_bytes(made)
    assert sound(folder) == {"甲.txt": "audited", "甲 (2).txt": "audited"}


def test_same_name_in_different_folders(folder: Path) -> None:
    for unit in ("白水乡", "松岗镇"):
        report(folder / unit, unit, SOUND).rename(folder / unit / "年报.TXT")
    assert sound(folder) == dict.fromkeys(("白水乡/年报.TXT", "松岗镇/年报.TXT"), "audited")


def test_a_folder_named_like_a_file(folder: Path) -> None:
    report(folder / "年报.docx", "白水乡", SOUND)
    (folder / "空.xlsx").mkdir()
    assert sound(folder) == {"年报.docx/白水乡2023年报.txt": "audited"}


@pytest.fixture
def deep(folder: Path) -> Iterator[int]:
    """Folders within folders, more than one path can name; the deepest one holds a file."""
    here, depth = Path.cwd(), 0
    os.chdir(folder)
    with suppress(OSError):  # as deep as this system lets us
        while depth < 2500:
            Path("a").mkdir()
            os.chdir("a")
            depth += 1
        Path("年报.txt").write_text("x", encoding="utf-8")
    os.chdir(folder)
    yield depth
    for _ in range(depth):
        os.chdir("a")
    Path("年报.txt").unlink(missing_ok=True)
    for _ in range(depth):
        os.chdir("..")
        Path("a").rmdir()
    os.chdir(here)


def test_folders_deeper_than_a_path_can_be_long(folder: Path, deep: int) -> None:
    found = sound(folder)
    assert deep and len(found) == 1
    assert next(iter(found.values())).startswith("F00")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read(folder: Path) -> None:
    closed = report(folder, "白水乡", SOUND)
    closed.chmod(0)
    (folder / "locked").mkdir(mode=0)
    try:
        found = sound(folder)
    finally:
        (folder / "locked").chmod(0o700)
    assert reason("missing") in found[closed.name]
    assert reason("folder") in found["locked"]


def test_a_file_that_is_gone_when_its_turn_comes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.reading import pool

    gone = report(folder, "白水乡", SOUND)
    whole = pool.read_all

    def late(*given: object, **more: object) -> object:
        gone.unlink()
        return whole(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "read_all", late)
    assert reason("missing") in sound(folder)[gone.name]


def test_sparse_file_of_a_gigabyte(folder: Path) -> None:
    with (folder / "大.docx").open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(1 << 30)
    with (folder / "大.txt").open("wb") as out:
        out.truncate(1 << 30)
    assert all(reason("limit") in why for why in sound(folder).values())


@pytest.mark.parametrize(
    ("made", "named"),
    [(".pdf", ".doc"), (".docx", ".pdf"), (".html", ".xls"), (".xlsx", ".docx"), (".html", ".doc")],
)
def test_wrong_suffixes(folder: Path, made: str, named: str) -> None:
    path = report(folder, "白水乡", SOUND, made)
    path.rename(path.with_suffix(named))
    assert sound(folder) == {path.with_suffix(named).name: "audited"}


@pytest.mark.parametrize("made", [".pdf", ".docx", ".html", ".xlsx"])
def test_no_suffix_and_large_letters(folder: Path, made: str) -> None:
    path = report(folder, "白水乡", SOUND, made)
    path.rename(path.with_suffix(""))
    other = report(folder, "松岗镇", SOUND, made)
    other.rename(other.with_suffix(made.upper()))
    assert sound(folder) == dict.fromkeys(
        ("白水乡2023年报", f"松岗镇2023年报{made.upper()}"), "audited"
    )


def test_nothing_there(tmp_path: Path) -> None:
    assert told(tmp_path)["summary"]["files"] == 0
