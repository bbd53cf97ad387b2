"""Makes `tests/loaders/data/word` again: the documents of this folder's tests in other formats.

Needs LibreOffice: `python -m tests.loaders.make_word`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.builder.build import encode
from tests.builder.truth import ReportTruth, base_report
from tests.builder.writers.docx import LAYOUTS
from tests.loaders.word_cases import CASES

DATA = Path(__file__).parent / "data" / "word"
_SOME = ("nested_tables", "fields", "auto_numbers", "text_box", "deep", "rare_characters")
#: format → the cases and layouts that are kept in it.
KEPT = {
    "doc": (*LAYOUTS, *CASES),
    "odt": ("merged", "merged_cells", *_SOME),
    "rtf": ("merged", "merged_cells", *_SOME),
}


def distinct() -> ReportTruth:
    """A report each of whose cells holds another number, so that no cell passes for another."""
    form = base_report().form
    return base_report(cells={a: 7 * i + 1 for i, a in enumerate(form.addresses)})


def sources() -> dict[str, bytes]:
    """Every document as .docx, by name."""
    truth = distinct()
    made = {name: case.docx for name, case in CASES.items()}
    return made | {layout: encode(truth, ".docx", layout) for layout in LAYOUTS}


def main() -> None:
    """Write all of them, each format by one call."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("LibreOffice (soffice) is not installed")
    DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        for name, data in sources().items():
            (inside / f"{name}.docx").write_bytes(data)
        for suffix, names in KEPT.items():
            command = [program, f"-env:UserInstallation={(inside / 'profile').as_uri()}"]
            command += ["--headless", "--convert-to", suffix, "--outdir", str(DATA)]
            command += [str(inside / f"{name}.docx") for name in names]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in sorted(DATA.iterdir()):
        print(f"{path.stat().st_size:>8} {path.name}")


if __name__ == "__main__":
    main()
