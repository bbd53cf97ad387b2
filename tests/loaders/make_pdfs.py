"""Makes `tests/loaders/data/pdf` again: one report in the ways that PDFs of reports are drawn.

Needs Chromium and LibreOffice: `python -m tests.loaders.make_pdfs`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.builder.build import encode
from tests.builder.truth import ReportTruth, base_report
from tests.builder.writers import pdf
from tests.loaders.make_font import small_font

DATA = Path(__file__).parent / "data" / "pdf"

_ALL = "table{width:100%;font-size:9pt}td{padding:2px 3px;text-align:center}p,h1{font-size:11pt}"
_COLLAPSE = _ALL + "table{border-collapse:collapse}"
#: name → the page's style sheet: borders of every kind, as portals and office programs draw them.
STYLES = {
    "collapse": _COLLAPSE + "td{border:1px solid #000}",
    "separate": _ALL + "table{border:1px solid #333;border-spacing:2px}td{border:1px solid #333}",
    "dotted": _COLLAPSE + "td{border:1px dotted #000}",
    "dashed": _COLLAPSE + "td{border:1px dashed #888}",
    "double": _COLLAPSE + "td{border:3px double #000}",
    "across": _COLLAPSE + "td{border-bottom:1px solid #000;border-top:1px solid #000}",
    "none": _COLLAPSE,
    "landscape": _COLLAPSE + "td{border:1px solid #000}@page{size:A4 landscape}",
    "shaded": _ALL + "table{background:#000;border-spacing:1px}td{background:#fff}",
    "white": _ALL + "table{border-spacing:2px}td{background:#e8eef8}",
    "framed": _COLLAPSE + "td{border:1px solid #000}body{border:2px solid #000;padding:8px}",
    "narrow": _COLLAPSE + "td{border:1px solid #000;word-break:break-all}table{table-layout:fixed}"
    "td{font-size:11pt;padding:0 1px}body{width:115mm}",
    "tall": _COLLAPSE + "td{border:1px solid #000;padding:9px 3px}@page{margin:30mm 20mm}",
}
#: Those kept in the repository; the others are drawn much as these are.
KEPT = tuple(STYLES.keys() - {"collapse", "dashed", "white"})
OFFICE = ("merged",)


def distinct() -> ReportTruth:
    """A report each of whose cells holds another number, so that no cell passes for another."""
    form = base_report().form
    return base_report(cells={a: 7 * i + 1 for i, a in enumerate(form.addresses)})


def by_chromium(html: bytes, path: Path) -> None:
    """Print a page to a PDF, in a font cut down to the page's characters."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_bytes(html)
        (Path(folder) / "small.ttf").write_bytes(small_font(html.decode()))
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--disable-pdf-tagging"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def by_office(document: bytes, suffix: str, path: Path) -> None:
    """Convert a document to a PDF."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        (inside / f"report{suffix}").write_bytes(document)
        command = [program, f"-env:UserInstallation={(inside / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(inside / f"report{suffix}")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path.write_bytes((inside / "report.pdf").read_bytes())


def styled(style: str) -> bytes:
    """The report as a page in one of `STYLES`."""
    html = encode(distinct(), ".html", "plain").decode().replace(' border="1"', "")
    font = "@font-face{font-family:S;src:url(small.ttf)}*{font-family:S;font-weight:400!important}"
    css = font + STYLES[style]
    return html.replace("</head>", f"<style>{css}</style></head>").encode()


def embedded() -> bytes:
    """The report by reportlab with an embedded font."""
    truth = distinct()
    text = encode(truth, ".html", "plain").decode()
    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        file.write(small_font(text))
        file.flush()
        pdfmetrics.registerFont(TTFont("Small", file.name))
    styles = (pdf._TITLE, pdf._BODY, pdf._HEAD, pdf._CELL)
    before = [style.fontName for style in styles]
    for style in styles:
        style.fontName = "Small"
    made = encode(truth, ".pdf", "ruled")
    for style, name in zip(styles, before, strict=True):
        style.fontName = name
    return made


def main(folder: Path = DATA, styles: tuple[str, ...] = KEPT) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for style in sorted(styles):
        by_chromium(styled(style), folder / f"{style}.pdf")
    for layout in OFFICE:
        by_office(encode(distinct(), ".docx", layout), ".docx", folder / f"office_{layout}.pdf")
    (folder / "embedded.pdf").write_bytes(embedded())
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>8} {path.name}")


if __name__ == "__main__":
    main()
