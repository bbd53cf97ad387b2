"""The house as it is meant to stay: imports in one direction, small files, nothing heavy before its time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for folder in ("audit", "rules") for p in (ROOT / folder).rglob("*.py"))


def _imported(tree: ast.AST) -> set[str]:
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return names | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def test_rooms_import_in_one_direction():
    linter = pytest.importorskip("importlinter.cli", reason="import-linter is not installed")
    assert linter.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_files_are_small_and_say_what_they_are_for():
    texts = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in SOURCES}
    assert not [name for name, text in texts.items() if len(text.splitlines()) > 300]
    trees = {name: ast.parse(text) for name, text in texts.items()}
    assert not [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)]


def test_one_module_alone_imports_pandera():
    users = [p for p in SOURCES if any("pandera" in m for m in _imported(ast.parse(p.read_text())))]
    assert [p.relative_to(ROOT).as_posix() for p in users] == ["rules/schemas.py"]


@pytest.mark.parametrize("option", ["--help", "--version", "check --help"])
def test_help_and_version_wait_for_nothing_heavy(option):
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "audit", *option.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "audit" in loaded
    assert not loaded & {"pandas", "pandera", "numpy", "pyarrow", "rich.console"}


def test_a_new_format_is_one_file(tmp_path: Path):
    """A file in `formats` that reads itself is asked like any other; here it lies elsewhere."""
    (tmp_path / "flat.py").write_text(
        """
from audit.document import Document, Paragraph, Place
from audit.loaders.base import Loader

def load(source):
    lines = source.data.decode().removeprefix("flat:").split("/")
    yield Document(source.name, "flat", tuple(Paragraph(line, Place()) for line in lines))

LOADER = Loader("flat", (".flat",), lambda head: head.startswith(b"flat:"), __name__)
""",
        encoding="utf-8",
    )
    (tmp_path / "a.bin").write_text("flat:one/two", encoding="utf-8")
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import importlib, audit.loaders\n"
            f"audit.loaders.formats.__path__.append({str(tmp_path)!r})\n"
            "importlib.reload(audit.loaders)\n"
            "from pathlib import Path\n"
            "from audit.loaders import loader_for\n"
            "from audit.loaders.base import Source\n"
            f"source = Source(Path({str(tmp_path / 'a.bin')!r}), 'a.bin')\n"
            "(document,) = loader_for(source).load(source)\n"
            "print([block.text for block in document.blocks])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "['one', 'two']"
