"""Files made to fill memory or disk, to reach elsewhere or to run something: told, and harmless."""

from __future__ import annotations

import io
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.errors import REASONS
from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import SOUND
from tests.hostile.audited import fates, told

SECRET = "不得外泄的内容"
_TENFOLD = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
_GROWING = f"<!DOCTYPE x [<!ENTITY a '9999999999'>{_TENFOLD}]>"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#: Smaller than the default ones, so that no test has to make files beyond those.
_LIMITS = "[limits]\nunpacked_mb = 40\nfile_mb = 40\n"


def reason(key: str) -> str:
    return REASONS[key]["zh"][0]


def document(suffix: str, unit: str = "白水乡") -> bytes:
    return encode(base_report(unit, 2023, cells=SOUND), suffix)


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one member changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            content = old.read(one)
            new.writestr(one, change(content) if one == name else content)
    return stream.getvalue()


def with_entities(xml: bytes, use: bytes, declared: str) -> bytes:
    """Entities declared, and one used in the first text of the document."""
    at = xml.index(b"?>") + 2
    tag = next(t for t in (b"<w:t>", b"<t>", b"<text:p>", b"<table:table-cell") if t in xml)
    if tag.endswith(b"cell"):
        return xml[:at] + declared.encode() + xml[at:]
    return xml[:at] + declared.encode() + xml[at:].replace(tag, tag + use, 1)


def bomb(suffix: str, part: str | None) -> bytes:
    """A small file that unpacks to fifty megabytes."""
    if part is not None:
        return changed(document(suffix), part, lambda xml: xml + b" " * (50 << 20))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("年报.txt", bytes(50 << 20))
    return stream.getvalue()


def layers() -> bytes:
    """A zip in a zip in a zip …"""
    data = document(".txt", "庚水乡")
    for depth in range(12):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.zip" if depth else "年报.txt", data)
        data = stream.getvalue()
    return data


def escaping() -> bytes:
    """An archive whose names lead out of it, and a link in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, name in enumerate(("../../../逃.txt", "/tmp/逃.txt", "C:\\逃.txt", "a\tb.txt")):
            archive.writestr(name, document(".txt", f"{'甲乙丙丁'[number]}水乡"))
        link = zipfile.ZipInfo("链.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def pages(count: int) -> bytes:
    """A PDF that shows one page many times."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count "
        + str(count).encode()
        + b"/Kids["
        + b"3 0 R " * count
        + b"]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def grown(suffix: str, unit: str, part: str, secret: Path) -> dict[str, bytes]:
    """Documents with entities that grow, and with one that names a file."""
    outside = f"<!DOCTYPE x [<!ENTITY j SYSTEM '{secret.as_uri()}'>]>"
    made = document(suffix, unit)
    return {
        f"{way}{suffix}": changed(made, part, lambda xml, d=declared: with_entities(xml, b"&j;", d))
        for way, declared in (("长大", _GROWING), ("外取", outside))
    }


def flat() -> bytes:
    """A flat OpenDocument file of one entity."""
    root = f"<office:document xmlns:office='{_OFFICE}'>&j;</office:document>"
    return f"<?xml version='1.0'?>{_GROWING}{root}".encode()


def page() -> bytes:
    """A web page with entities in its head."""
    text = document(".html", "辛水乡").decode().replace("<!DOCTYPE html>", _GROWING)
    return text.replace("<h1>", "<h1>&j;").encode()


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each file, all in one folder beside a sound report."""
    base = tmp_path_factory.mktemp("bombs")
    secret, folder = base / "secret.txt", base / "in"
    secret.write_text(SECRET, encoding="utf-8")
    files = {
        "好.txt": document(".txt", "青石镇"),
        **grown(".docx", "壬水乡", "word/document.xml", secret),
        **grown(".xlsx", "癸水乡", "xl/sharedStrings.xml", secret),
        "实体.html": page(),
        "实体.fodt": flat(),
        "炸弹.docx": bomb(".docx", "word/document.xml"),
        "炸弹.xlsx": bomb(".xlsx", "xl/worksheets/sheet1.xml"),
        "炸弹.zip": bomb(".zip", None),
        "层层.zip": layers(),
        "穿越.zip": escaping(),
        "万页.pdf": pages(10_000),
        **SHAPES,
    }
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert all(len(files[f"炸弹{s}"]) < 1 << 20 for s in (".docx", ".xlsx", ".zip"))
    config = base / "nianbao.toml"
    config.write_text(_LIMITS, encoding="utf-8")
    payload = told(folder, "--config", config)
    assert SECRET not in str(payload) and "root:" not in str(payload)
    assert {p.name for p in base.rglob("*") if p.is_file()} == {*files, secret.name, config.name}
    return fates(payload, folder)


#: Files of nothing but depth, width, length or emptiness.
SHAPES = {
    "深.html": b"<html><body>" + b"<div><table><tr><td>" * 20_000 + b"1",
    "深.json": b"[" * 200_000,
    "宽.html": b"<table><tr><td colspan=99999999 rowspan=99999999>1</td></tr></table>",
    "长行.txt": b"1" * (6 << 20),
    "多行.txt": b"1\n" * (3 << 20),
    "空.docx": b"",
    "零.xlsx": bytes(4096),
    "截.pdf": b"%PDF-1.7\n",
}


def test_the_sound_report_beside_them_is_audited(after: dict[str, str]) -> None:
    assert after["好.txt"] == "audited"


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("way", ["长大", "外取"])
def test_entities_neither_grow_nor_fetch(after: dict[str, str], way: str, suffix: str) -> None:
    assert after[f"{way}{suffix}"] == "audited" or after[f"{way}{suffix}"].startswith("F001")


def test_entities_of_pages_and_flat_files(after: dict[str, str]) -> None:
    assert after["实体.html"] == "audited"
    assert after["实体.fodt"].startswith("F00")


@pytest.mark.parametrize(
    "name", ["炸弹.docx", "炸弹.xlsx", "炸弹.zip!年报.txt", "万页.pdf", "长行.txt", "多行.txt"]
)
def test_what_is_over_the_limits(after: dict[str, str], name: str) -> None:
    assert after[name].startswith("F001") and reason("limit") in after[name]


def test_zips_in_zips(after: dict[str, str]) -> None:
    (found,) = [why for name, why in after.items() if name.startswith("层层.zip")]
    assert reason("limit") in found


def test_names_in_archives_lead_nowhere(after: dict[str, str]) -> None:
    found = {name: why for name, why in after.items() if name.startswith("穿越.zip")}
    assert list(found.values()).count("audited") == 4 and len(found) == 5
    assert not any(".." in name or name.startswith("/") for name in found)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_files_of_nothing_but_depth_or_width(after: dict[str, str], name: str) -> None:
    assert after[name].startswith("F00")


@pytest.mark.skipif(
    sys.platform != "linux", reason="sockets are closed before the reader is forked"
)
def test_nothing_calls_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linked pictures, remote templates, external sheets: no loader opens a connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = document(".html", "甲水乡").replace(
        b"</body>",
        b"<img src='http://192.0.2.1/a.png'><link rel=stylesheet href='http://192.0.2.1/a.css'>"
        b"<script src='http://192.0.2.1/a.js'></script><iframe src='file:///etc/passwd'></iframe>"
        b"<object data='http://192.0.2.1/a'></object></body>",
    )
    (tmp_path / "页.html").write_bytes(page)
    (tmp_path / "模板.docx").write_bytes(
        changed(document(".docx", "乙水乡"), "word/_rels/document.xml.rels", _linked)
    )
    (tmp_path / "外链.xlsx").write_bytes(
        changed(document(".xlsx", "丙水乡"), "xl/_rels/workbook.xml.rels", _linked)
    )
    found = fates(told(tmp_path), tmp_path)
    assert found == dict.fromkeys(("页.html", "模板.docx", "外链.xlsx"), "audited")


def _linked(relations: bytes) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = "".join(
        f'<Relationship Id="x{n}" Type="{base}/{kind}" Target="http://192.0.2.1/{kind}"'
        ' TargetMode="External"/>'
        for n, kind in enumerate(("attachedTemplate", "image", "externalLink", "oleObject"))
    )
    return relations.replace(b"</Relationships>", f"{more}</Relationships>".encode())
