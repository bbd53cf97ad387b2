"""`--changed-since`: only findings about files that git says were touched; the others are counted."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from audit.errors import UsageError
from audit.findings import Changes, Result
from rules.vocabulary import Text


def touched(revision: str, paths: Iterable[Path]) -> frozenset[Path]:
    """Files changed since a revision, and untracked ones, in the repositories the paths lie in.

    In a repository without any commit every file is new since `HEAD`.

    Raises:
        UsageError: git is lacking, a path is in no repository, or the revision is unknown there.
    """
    found: set[Path] = set()
    for top in {_top(p) for p in paths}:
        commit = _commit(revision, top)
        if commit is None:
            listed = [_git(top, "ls-files", "--cached", "-z")]
        else:
            listed = [_git(top, "diff", "--name-only", "--no-renames", "-z", commit)]
        listed.append(_git(top, "ls-files", "--others", "--exclude-standard", "-z"))
        found |= {
            (top / os.fsdecode(name)).resolve()
            for names in listed
            for name in names.split(b"\0")
            if name
        }
    return frozenset(found)


def narrow(result: Result, revision: str, files: frozenset[Path]) -> Result:
    """The result without findings about files that are not among these.

    Findings about no file (the roster, units without a report) stay.
    """
    names = {f.file for f in result.findings if f.file is not None}
    reports = result.data.reports
    audited = reports["file"][reports["role"] == "report"]
    names |= set(audited.dropna())
    known = {name: origin(name) in files for name in names}
    kept = [f for f in result.findings if f.file is None or known[f.file]]
    left = int((~audited.map(known).fillna(True).astype(bool)).sum())
    dropped = len(result.findings) - len(kept)
    return replace(result, findings=kept, changes=Changes(revision, left, dropped))


def origin(name: str) -> Path:
    """The file on disk that a name in outputs stands for; a member of an archive is in its file."""
    whole = name
    while not Path(name).exists() and "!" in name:
        name = name.rpartition("!")[0]
    return Path(name if Path(name).exists() else whole).resolve()


def _top(path: Path) -> Path:
    folder = path if path.is_dir() else path.parent
    try:
        told = _git(folder, "rev-parse", "--show-toplevel")
    except UsageError as error:
        raise UsageError(
            Text(
                f"--changed-since: {path} 不在 git 仓库里",
                f"--changed-since: {path} is in no git repository",
            ),
            Text(
                "请在 git 仓库里运行，或去掉 --changed-since",
                "run it in one, or without the option",
            ),
        ) from error
    return Path(os.fsdecode(told.rstrip(b"\r\n")))


def _commit(revision: str, top: Path) -> str | None:
    """The commit's hash; None where there is no commit yet and `HEAD` is asked for."""
    wanted = f"{revision}^{{commit}}"
    try:
        told = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    except UsageError as error:
        if revision == "HEAD" and not _git(top, "rev-list", "--all", "-n", "1"):
            return None
        raise UsageError(
            Text(
                f"--changed-since {revision}: 仓库里没有这个版本",
                f"--changed-since {revision}: the repository has no such revision",
            ),
            Text(
                "可用分支名、标签或提交号，如 main", "name a branch, a tag or a commit, e.g. main"
            ),
        ) from error
    return told.decode().split()[-1]


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, check=False, timeout=120
        )
    except FileNotFoundError as error:
        raise UsageError(
            Text("--changed-since 需要安装 git", "--changed-since needs git to be installed")
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            Text("--changed-since: git 没有响应", "--changed-since: git does not answer")
        ) from error
    if done.returncode:
        raise UsageError(f"git {words[0]}: {os.fsdecode(done.stderr).strip()}")
    return done.stdout
