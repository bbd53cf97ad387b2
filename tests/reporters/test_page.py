"""The page as a browser shows it: it fits phones and desktops, filters, and turns dark."""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.make_pictures import chromium, photograph
from tests.reporters.make_result import LONG, SCRIPT, result, written

pytestmark = pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")

#: Measures two copies of the page, then filters one of them; what comes of it becomes the title.
_PROBE = """<!doctype html><meta charset="utf-8"><body>
<iframe id="phone" style="width:390px;height:800px" srcdoc="{page}"></iframe>
<iframe id="desk" style="width:1280px;height:800px" srcdoc="{page}"></iframe>
<script>
addEventListener("load", () => {{
  const told = {{}};
  for (const id of ["phone", "desk"]) {{
    const root = document.getElementById(id).contentDocument.documentElement;
    told[id] = [root.scrollWidth, root.clientWidth];
  }}
  const page = document.getElementById("desk").contentDocument;
  const shown = () => page.querySelectorAll(".finding:not([hidden])").length;
  const choose = (name, value) => {{
    const form = page.getElementById("filter");
    form.reset();
    form.elements[name].value = value;
    form.dispatchEvent(new Event("change"));
    return shown();
  }};
  told.all = shown();
  told.warnings = choose("severity", "warning");
  told.arithmetic = choose("family", "A");
  told.unit = choose("unit", page.querySelector(".chapter").dataset.unit);
  told.paper = getComputedStyle(page.body).backgroundColor;
  document.body.textContent = JSON.stringify(told);
}});
</script>"""


@cache
def _probe(text: str | None, *options: str) -> dict[str, Any]:
    command = [str(chromium()), "--headless=new", "--no-sandbox", "--disable-gpu", *options]
    with tempfile.TemporaryDirectory() as folder:
        page = written("html", result(text), Path(folder)).read_text(encoding="utf-8")
        probe = Path(folder) / "probe.html"
        probe.write_text(_PROBE.format(page=html.escape(page)), encoding="utf-8")
        done = subprocess.run(
            [*command, "--virtual-time-budget=4000", "--dump-dom", probe.as_uri()],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
    found = re.search(r"<body>(\{.*?\})\s*</body>", done.stdout, re.S)
    assert found, done.stdout[-400:]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


@pytest.mark.parametrize("text", [None, LONG, SCRIPT])
def test_nothing_runs_over_the_edge_of_a_phone_or_a_desktop(text: str | None) -> None:
    told = _probe(text)
    for screen in ("phone", "desk"):
        whole, seen = told[screen]
        assert whole <= seen, screen


def test_findings_are_filtered_by_gravity_family_and_unit() -> None:
    told = _probe(None)
    findings = result().findings
    assert told["all"] == len(findings)
    assert told["warnings"] == sum(f.severity == "warning" for f in findings)
    assert told["arithmetic"] == sum(f.rule[0] == "A" for f in findings)
    assert told["unit"] == sum(f.unit == findings[0].unit for f in findings)


def test_the_page_is_dark_where_the_reader_wants_it() -> None:
    def light(*options: str) -> int:
        return sum(map(int, re.findall(r"\d+", _probe(None, *options)["paper"])[:3]))

    assert light() > 600
    assert light("--blink-settings=preferredColorScheme=0") < 150


def test_a_picture_of_the_page_can_be_taken(tmp_path: Path) -> None:
    page = written("html", result(), tmp_path)
    photograph(page, tmp_path / "page.png", 800, 600)
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
