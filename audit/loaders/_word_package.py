"""The parts of an OOXML word-processor file, zipped or flat, as parsed XML in one namespace."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from audit.errors import UnreadableError
from audit.loaders._xml import Element, xml
from audit.loaders._zipkind import DAMAGE
from audit.loaders.base import Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
#: The same vocabulary under other names: ISO's strict form, and Word 2003's XML.
_ALIASES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://schemas.microsoft.com/office/word/2003/wordml",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_ROOT = "_rels/.rels"
_DEFAULT = "word/document.xml"


class Package:
    """Parts by name; `main` is the document's own name, whatever the package calls it."""

    def __init__(self, parts: dict[str, Element], archive: zipfile.ZipFile | None) -> None:
        self._parts = parts
        self._archive = archive
        self._names = {_plain(n): n for n in archive.namelist()} if archive is not None else {}
        self.main = self._main()

    def part(self, name: str) -> Element | None:
        """A part's root; None where there is none. Raises UnreadableError on damaged parts."""
        key = _plain(name)
        if key not in self._parts and key in self._names:
            self._parts[key] = parsed(self.raw(name))
        return self._parts.get(key)

    def raw(self, name: str) -> bytes:
        """A part's bytes; empty where there is none."""
        key = _plain(name)
        if self._archive is None or key not in self._names:
            return b""
        try:
            return self._archive.read(self._names[key])
        except DAMAGE as error:
            raise UnreadableError("corrupt", f"{name}: {error}") from error

    def related(self, kind: str, fallback: str) -> Element | None:
        """The part to which the document has a relation that ends in `kind`."""
        for target in self.targets().values():
            if target[0].endswith(f"/{kind}"):
                return self.part(target[1])
        return self.part(posixpath.join(posixpath.dirname(self.main), fallback))

    def targets(self) -> dict[str, tuple[str, str]]:
        """The document's relations by id: type and the name of the part."""
        folder, name = posixpath.split(self.main)
        relations = self.part(f"{folder}/_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        for one in () if relations is None else relations:
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            found[one.get("Id", "")] = (one.get("Type", ""), target.lstrip("/"))
        return found

    def _main(self) -> str:
        relations = self.part(_ROOT)
        for one in () if relations is None else relations:
            if one.get("Type", "").endswith("/officeDocument"):
                target: str = one.get("Target", "").lstrip("/")
                if _plain(target) in self._names or _plain(target) in self._parts:
                    return target
        return _DEFAULT


def opened(source: Source) -> Package:
    """The file's package.

    Raises:
        UnreadableError: damaged, encrypted or over the limits.
    """
    if not source.data.startswith(b"PK"):
        return _flat(source.data)
    return Package({}, unzipped(source))


def unzipped(source: Source) -> zipfile.ZipFile:
    """The file's zip, of which nothing is unpacked yet.

    Raises:
        UnreadableError: damaged, encrypted or over the limits.
    """
    try:
        archive = source.zipped
    except DAMAGE as error:
        raise UnreadableError("corrupt", str(error)) from error
    members = archive.infolist()
    if len(members) > source.limits.members:
        raise UnreadableError("limit", f"{len(members)} members")
    unpacked = sum(m.file_size for m in members)
    if unpacked > source.limits.unpacked_mb * 2**20:
        raise UnreadableError("limit", f"{unpacked / 2**20:.0f} MB unpacked")
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableError("encrypted")
    return archive


def parsed(data: bytes) -> Element:
    """XML's root with all names in the one namespace; entities and links are not followed."""
    root = _parse(data)
    text = etree.tostring(root) if _aliased(root) else b""
    for old, new in _ALIASES if text else ():
        text = text.replace(old, new)
    return _parse(text) if text else root


def _aliased(root: Element) -> bool:
    names = {name.encode() for name in root.nsmap.values()}
    return any(old in names for old, _ in _ALIASES)


def _parse(data: bytes) -> Element:
    try:
        return xml(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)) from error


def _flat(data: bytes) -> Package:
    """A package written as one XML file: flat OPC, or Word 2003's own document."""
    root = parsed(data)
    if root.tag == f"{W}wordDocument":
        return Package({_DEFAULT: root, "word/styles.xml": root, "word/numbering.xml": root}, None)
    parts: dict[str, Element] = {}
    for part in root.iterchildren(f"{_PACKAGE}part"):
        inside = part.find(f"{_PACKAGE}xmlData")
        if inside is not None and len(inside):
            parts[_plain(part.get(f"{_PACKAGE}name", ""))] = inside[0]
    return Package(parts, None)


def first(parent: Element | None, tag: str) -> Element | None:
    """The first child so called: what `find` gives, which takes four times as long for it."""
    for child in () if parent is None else parent:
        if child.tag == tag:
            return child
    return None


def _plain(name: str) -> str:
    """Part names are the same whatever their case, slashes and leading slash."""
    return name.replace("\\", "/").lstrip("/").lower()
