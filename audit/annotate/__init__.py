"""Copies of the submitted documents with the findings where they are; originals are never touched."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from audit.annotate.notes import NotAnnotatableError, Note, Spot, by_place, spots
from audit.document import Document
from audit.errors import UnreadableError
from audit.findings import Finding, Result
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from audit.reporters.base import Look
from audit.reporters.told import tell

#: Loader → the module that writes copies of what it reads. Sheets are told by their suffix.
_WRITERS = {"docx": "docx", "pdf": "pdf", "html": "html", "sheet": "xlsx"}
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})


class _Writer(Protocol):
    def __call__(
        self, source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
    ) -> int: ...


@dataclass
class Done:
    """What came of it: copies written (file → copy), and files without a copy, with the reason."""

    written: dict[str, Path] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


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
            done.skipped[file] = "在压缩包里，未批注" if "!" in file else "文件已不在原处"
            continue
        target = _free(folder / _relative(Path(file), roots), used)
        notes = [n for f in findings for n in _notes(f, result, look)]
        try:
            writer, at = _opened(Path(file), file, limits)
            _write(writer, Path(file), target, by_place(notes), at, put)
        except NotAnnotatableError as error:
            done.skipped[file] = str(error)
        else:
            done.written[file] = target
    return done


def _write(
    writer: _Writer,
    source: Path,
    target: Path,
    notes: Mapping[str | None, str],
    at: Mapping[str, Spot],
    put: Callable[[Path, Callable[[Path], object]], None],
) -> None:
    put(target, lambda scratch: writer(source, scratch, notes, at))


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.file is not None and finding.waived is None:
            found.setdefault(finding.file, []).append(finding)
    return found


def _notes(finding: Finding, result: Result, look: Look) -> Iterable[Note]:
    """A note where the finding is, and where the cells most likely wrong are."""
    row = tell(finding, result, look)
    text = f"[{finding.rule} {row.severity}] {row.whole}"
    yield Note(text, finding.location, row.severity)
    likely = {s.cell for s in finding.suspects if s.likely and "/" not in s.cell}
    if likely:
        cells = result.data.cells
        there = cells[(cells["report"] == finding.report) & cells["cell"].isin(likely)]
        for location in there["location"].dropna():
            if location != finding.location:
                yield Note(text, str(location), row.severity)


def _opened(path: Path, name: str, limits: Limits) -> tuple[_Writer, Mapping[str, Spot]]:
    """The writer for a file, and what its loader reads at each place."""
    source = Source(path, name, limits, ocr=False)
    try:
        loader = loader_for(source)
    except UnreadableError as error:
        raise NotAnnotatableError("文件无法读取") from error
    module = _WRITERS.get(loader.name)
    if module is None or (module == "xlsx" and path.suffix.lower() not in _WORKBOOKS):
        raise NotAnnotatableError("此格式没有批注（支持 docx、xlsx、pdf、html）")
    try:
        loaded = [d for d in loader.load(source) if isinstance(d, Document)]
    except UnreadableError:  # a scan: all its notes go to the top
        loaded = []
    writer: _Writer = importlib.import_module(f"audit.annotate.{module}").write
    return writer, spots(loaded)


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
