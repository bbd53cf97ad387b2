"""Make the pictures of the README from the sample data: `python -m tests.make_pictures`.

`terminal.png` is what a terminal shows, `report.png` the page; Chromium, which must be on PATH, draws both.
"""

from __future__ import annotations

import html
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / ".github" / "pictures"
#: A sound report and two with mistakes, held against the year before.
COMMAND = (
    "check",
    "sample_data/2023/官元镇2023年政府信息公开工作年度报告.txt",
    "sample_data/2023/县水利局2023年度报告.pdf",
    "sample_data/2023/双枫镇2023年政府信息公开年报.html",
    *("--previous", "sample_data/2022", "--ignore", "R,G"),
)
_COLUMNS = 84
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Characters of Chinese fonts for terminals are twice as wide as letters; lines need room for them.
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 18px 22px; background: #14181e; color: #e4e8ee; }}
pre {{ margin: 0; font: 15px/1.5 "Noto Sans Mono CJK SC", "Sarasa Mono SC", NSimSun, monospace; }}
b {{ color: #86b7f0; font-weight: 400; }}
</style><pre><b>$ {command}</b>
{code}</pre>"""


def terminal(target: Path) -> None:
    """The command and what it prints on a terminal."""
    printed = nianbao(*COMMAND)
    console = Console(record=True, file=io.StringIO(), width=_COLUMNS, force_terminal=True)
    for line in printed.splitlines():
        console.print(Text.from_ansi(line))
    command = " \\\n    ".join(
        ("nianbao check", *map(html.escape, COMMAND[1:4]), " ".join(COMMAND[4:]))
    )
    code = console.export_html(theme=MONOKAI, inline_styles=True, code_format="{code}")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "terminal.html"
        page.write_text(_PAGE.format(command=command, code=code), encoding="utf-8")
        photograph(page, target, 760, 60 + round(22.5 * (printed.count("\n") + 4)))


def report(target: Path) -> None:
    """The page of the same run, without the page among its reports."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        nianbao(*(w for w in COMMAND if not w.endswith(".html")), "-o", f"html:{page}", "-q")
        photograph(page, target, 1120, 1560)


def nianbao(*words: str) -> str:
    """What the command prints on a terminal."""
    code = "import sys; sys.stdout.isatty = lambda: True; from audit.cli import main; main()"
    told = {"COLUMNS": str(_COLUMNS), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, **told, "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


def chromium() -> str | None:
    """The browser's command, where there is one."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def photograph(page: Path, target: Path, width: int, height: int, *options: str) -> None:
    """A picture of a page as the browser draws it."""
    browser = chromium()
    if browser is None:
        raise SystemExit("Chromium is needed to draw pages")
    subprocess.run(
        [
            browser,
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *options,
            f"--window-size={width},{height}",
            f"--screenshot={target}",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    terminal(PICTURES / "terminal.png")
    report(PICTURES / "report.png")


if __name__ == "__main__":
    main()
