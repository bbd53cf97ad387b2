"""Articles that a page keeps as data and a script would show."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from audit.document import Grid
from tests.builder import base_report, encode
from tests.loaders.test_html import DATA, grids, lines, matrix, read

CELLS = {"disclosure.licensing.decisions": 1286, "applications.new.business": 3}
ARTICLE = encode(base_report(cells=CELLS), ".html").decode()
ARTICLE = ARTICLE[ARTICLE.index("<body>") + 6 : ARTICLE.index("</body>")]
STRING = json.dumps(ARTICLE, ensure_ascii=False).replace("</", "<\\/")
STATE = json.dumps({"data": {"title": "年报", "content": ARTICLE, "hits": [1, 2]}})
PLAIN = f"<html><body>{ARTICLE}</body></html>"
KEPT = {
    "textarea": f"<textarea style='display:none'>{escape(ARTICLE)}</textarea>",
    "field": f'<input type="hidden" value="{escape(ARTICLE)}">',
    "frame": f'<iframe srcdoc="{escape(ARTICLE)}"></iframe>',
    "template": f"<template id=a>{ARTICLE}</template>",
    "noscript": f"<noscript>{ARTICLE}</noscript>",
    "xml": f"<script type='text/xml'>{ARTICLE}</script>",
    "string": f"<script>var n = 'x\\'y'; show({STRING});</script>",
    "escaped": f"<script>var text = {json.dumps(escape(ARTICLE))};</script>",
    "state": f"<script>window.state = {STATE};</script>",
    "twice": f"<script type=application/json>{json.dumps({'s': STATE})}</script>",
}


@pytest.mark.parametrize("way", KEPT)
def test_an_article_kept_as_data_is_read(tmp_path: Path, way: str) -> None:
    found, plain = read(tmp_path, KEPT[way]), read(tmp_path, PLAIN)
    assert [matrix(g) for g in grids(found)] == [matrix(g) for g in grids(plain)]
    assert lines(found) == lines(plain)


def test_data_beside_a_table_that_shows_stay_data(tmp_path: Path) -> None:
    found = read(tmp_path, f"<p>甲</p>{DATA}{KEPT['string']}{KEPT['template']}")
    assert (lines(found), len(grids(found))) == (["甲"], 1)


def test_a_calendar_in_a_script_is_no_article(tmp_path: Path) -> None:
    calendar = f"<script>var c = '<table><tr>{'<td>1</td>' * 42}</tr></table>';</script>"
    found = read(tmp_path, f"<p>甲</p>{calendar}")
    assert lines(found) == ["甲"] and not any(isinstance(b, Grid) for b in found.blocks)


def test_many_open_strings_take_no_longer_than_closed_ones(tmp_path: Path) -> None:
    found = read(tmp_path, "<p>甲</p><script>" + '"td\\' * 300_000 + "</script>")
    assert lines(found) == ["甲"]
