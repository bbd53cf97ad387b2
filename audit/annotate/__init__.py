"""Copies of the submitted documents with the findings where they are; originals are never touched."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from audit.annotate.notes import NotAnnotatableError, Note, Spot, placed, spots
from audit.document import Document, Place
from audit.errors import UnreadableError
from audit.findings import Finding, Result
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from audit.reporters.base import Look
from audit.reporters.told import tell
from rules.vocabulary import Text

#: Loader → the module that writes copies of what it reads. Sheets are told by their suffix.
_WRITERS = {"docx": "docx", "pdf": "pdf", "html": "html", "sheet": "xlsx"}
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_ARCHIVED = Text("在压缩包里", "in an archive")
_GONE = Text("文件已不在原处", "the file is no longer there")
_UNREADABLE = Text("文件无法读取", "the file can't be read")
_NO_WRITER = Text(
    "此格式没有批注，只支持 docx、xlsx、pdf、html",
    "not of a format with notes: docx, xlsx, pdf, html",
)


class _Writer(Protocol):
    def __call__(
        self, source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
    ) -> int: ...


@dataclass(frozen=True)
class _Opened:
    """A file's writer, what its loader reads at each place, and the places of each address."""

    writer: _Writer
    at: Mapping[str, Spot]
    cells: Mapping[str, Sequence[Place]]


@dataclass
class Done:
    """What came of it: copies written (file → copy), and files without a copy, with the reason."""

    written: dict[str, Path] = field(default_factory=dict)
    skipped: dict[str, Text] = field(default_factory=dict)
    #: Whether a writer of ours failed.
    failed: bool = False


def annotate(
    result: Result,
    roots: Sequence[Path],
    folder: Path,
    look: Look,
    put: Callable[[Path, Callable[[Path], object]], None],
    limits: Limits,
) -> Done:
    """Write a copy of every file with findings; waived ones are left out.

    `roots` are the call's paths, under which copies keep their place; `put` makes a whole file.
    """
    done = Done()
    used: set[Path] = set()
    for file, findings in _by_file(result.findings).items():
        if not Path(file).is_file():
            done.skipped[file] = _ARCHIVED if "!" in file else _GONE
            continue
        target = _free(folder / _relative(Path(file), roots), used)
        notes = [n for f in findings for n in _notes(f, result, look)]
        try:
            opened = _opened(Path(file), file, limits)
            texts = placed(notes, opened.at, opened.cells)
            _write(opened, Path(file), target, texts, put)
        except NotAnnotatableError as error:
            done.skipped[file] = error.reason
        except Exception as error:  # one copy must not cost the others; the fault is ours
            why = f"{type(error).__name__}: {error}"
            done.skipped[file] = Text(f"批注程序出错：{why}", f"the writer of copies failed: {why}")
            done.failed = True
        else:
            done.written[file] = target
    return done


def _write(
    opened: _Opened,
    source: Path,
    target: Path,
    texts: Mapping[str | None, str],
    put: Callable[[Path, Callable[[Path], object]], None],
) -> None:
    put(target, lambda scratch: opened.writer(source, scratch, texts, opened.at))


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.file is not None and finding.waived is None:
            found.setdefault(finding.file, []).append(finding)
    return found


def _notes(finding: Finding, result: Result, look: Look) -> Iterable[Note]:
    """A note where the finding is, and where the cells most likely wrong are."""
    row = tell(finding, result, look)
    head = " ".join(t for t in (finding.rule, row.severity, row.place) if t)
    text = f"[{head}] {row.whole}"
    yield Note(text, finding.location, finding.cells, finding.excerpt)
    likely = {s.cell for s in finding.suspects if s.likely and "/" not in s.cell}
    if likely:
        cells = result.data.cells
        there = cells[(cells["report"] == finding.report) & cells["cell"].isin(likely)]
        there = there[there["location"].notna()]
        for cell, location in zip(there["cell"], there["location"], strict=True):
            if location != finding.location:
                yield Note(text, str(location), (cell,))


def _opened(path: Path, name: str, limits: Limits) -> _Opened:
    """What is needed to write a file's copy."""
    source = Source(path, name, limits, ocr=False)
    try:
        loader = loader_for(source)
    except UnreadableError as error:
        raise NotAnnotatableError(_UNREADABLE) from error
    module = _WRITERS.get(loader.name)
    if module is None or (module == "xlsx" and path.suffix.lower() not in _WORKBOOKS):
        raise NotAnnotatableError(_NO_WRITER)
    try:
        loaded = [d for d in loader.load(source) if isinstance(d, Document)]
    except UnreadableError:  # a scan: all its notes go to the top
        loaded = []
    writer: _Writer = importlib.import_module(f"audit.annotate.{module}").write
    return _Opened(writer, spots(loaded), _cells(loaded))


def _cells(documents: Iterable[Document]) -> dict[str, list[Place]]:
    """Where each address stands in the documents."""
    from audit.recognise import recognise

    found: dict[str, list[Place]] = {}
    for document in documents:
        for part in recognise(document):
            for cell in part.body.cells:
                found.setdefault(cell.address, []).append(cell.place)
    return found


def _relative(path: Path, roots: Sequence[Path]) -> PurePosixPath:
    """Where a copy goes: its path under the root it was found in, else its bare name."""
    folders = [r for r in roots if r.is_dir()]
    for root in folders:
        try:
            inside = path.resolve().relative_to(root.resolve())
        except ValueError:
            continue
        head = root.resolve().name if len(folders) > 1 else ""
        return PurePosixPath(head) / inside.as_posix()
    return PurePosixPath(path.name)


def _free(target: Path, used: set[Path]) -> Path:
    """The target, numbered if another file's copy has that name."""
    number, found = 1, target
    while found in used:
        number += 1
        found = target.with_name(f"{target.stem}({number}){target.suffix}")
    used.add(found)
    return found
