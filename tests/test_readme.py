"""README shows what the commands print today, and keeps to what newcomers and CI rely on."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.readme import READMES, ROOT, blocks, commands, today

_EXAMPLES = [
    pytest.param(block, id=f"{name}: {commands(block)[0]}")
    for name in READMES
    for block in blocks((ROOT / name).read_text(encoding="utf-8"))
]


@pytest.mark.skipif(shutil.which("bash") is None, reason="README's examples are run by bash")
@pytest.mark.parametrize("block", _EXAMPLES)
def test_an_example_prints_what_is_shown(block):
    assert block == today(block)


@pytest.mark.parametrize("name", READMES)
def test_pictures_and_files_that_are_linked_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing


@pytest.mark.parametrize(("name", "headings"), [(READMES[0], ("Quick start", "Tests"))])
def test_the_two_commands_stand_first_under_their_headings(name, headings):
    text = (ROOT / name).read_text(encoding="utf-8")
    for heading, needed in zip(headings, ("nianbao check sample_data", "pytest"), strict=True):
        under = re.search(rf"^## {heading}.*?^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        assert under is not None
        assert needed in under.group(1)
        assert "pip install" in under.group(1)
