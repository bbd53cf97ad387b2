"""Fillable PDFs: what was typed into a page's fields is put into its text, as readers show it."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw


def prepare(document: Any) -> None:
    """Have fields shown that the file keeps without their looks; before any page is opened."""
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()


def filled_in(document: Any, page: Any, number: int) -> Any:
    """The page of this number with its fields' contents as part of it, if it belongs to a form.

    The document is changed, in memory only; comments are left out, but for the lines that strike text out.

    Raises:
        PdfiumError: the page can't be opened again.
    """
    if document.formenv is None:
        return page
    for at in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        mark = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(mark)
        raw.FPDFPage_CloseAnnot(mark)
        if kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STRIKEOUT):
            raw.FPDFPage_RemoveAnnot(page, at)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]
