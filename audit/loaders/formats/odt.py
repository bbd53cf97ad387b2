"""OpenDocument text, zipped or as one XML file."""

from __future__ import annotations

from audit.loaders._marks import flat_odf, flat_sheet
from audit.loaders._zipkind import zip_kind
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """A zip that says it is one, or may be (then the name decides), or the same as one XML file."""
    return zip_kind(head) in ("odt", "office") or (
        flat_odf(head) and b":spreadsheet" not in head and not flat_sheet(head)
    )


LOADER = Loader("odt", (".odt", ".ott", ".fodt"), sniff, "audit.loaders.odt")
