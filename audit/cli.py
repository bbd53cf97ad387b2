"""The command line: parses the call, hands it to `audit.commands`, exits. Nothing heavy on top.

Help stands in both languages: of an option parted by ` / `, of a command in two paragraphs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from audit import __version__
from audit.cli_words import Existing, Group, Option

FORMATS = (
    "text",
    "json",
    "csv",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "xlsx",
    "html",
    "docx",
)
_PATH = click.Path(path_type=Path)
_FILE = Existing(folder=False)
_ANY = Existing()
_option = partial(click.option, cls=Option)
_ROSTER = _option(
    "--roster",
    type=_FILE,
    help="应报送单位名单（CSV 或 XLSX） / the units that must report (CSV or XLSX)",
)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        _option(
            "--config",
            type=_FILE,
            help="配置文件（默认向上查找 nianbao.toml） / configuration (default: nianbao.toml, upwards)",
        ),
        _option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default="zh",
            help="语言 language：zh 中文，en English",
        ),
        _option(
            "--jobs",
            type=click.IntRange(min=1),
            help="进程数（默认为处理器核数） / processes (default: the cores)",
        ),
        _option("-q", "--quiet", is_flag=True, help="只输出结果 / results only"),
        _option("-v", "--verbose", count=True, help="更详细的输出 / more detail"),
        _option("--no-color", is_flag=True, help="不用颜色 / no colours"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        _option(
            "--cluster",
            metavar="ADDRESS",
            help="在 Dask 集群上读取：tcp://主机:端口 或 local:N"
            " / read on a Dask cluster: tcp://HOST:PORT or local:N",
        ),
        _option(
            "--no-cache",
            is_flag=True,
            envvar="NIANBAO_NO_CACHE",
            help="不用也不写缓存（.nianbao_cache） / neither use nor write the cache (.nianbao_cache)",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
def main() -> None:
    """政府信息公开工作年度报告数据审核。Audit of yearly disclosure reports."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Windows consoles and pipes are not always UTF-8
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@_option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="输出格式（默认 text） / format (default: text)",
)
@_option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT:]FILE",
    help="输出文件，或 格式:文件（可重复） / output file, or FORMAT:FILE (repeatable)",
)
@_option(
    "--select", metavar="CODE,...", help="只用这些规则，如 A,S105 / only these rules, e.g. A,S105"
)
@_option("--ignore", metavar="CODE,...", help="不用这些规则 / without these rules")
@_ROSTER
@_option(
    "--previous",
    multiple=True,
    type=_ANY,
    help="往年的年报，只用于比较（可重复） / earlier years' reports, compared with only (repeatable)",
)
@_option(
    "--parent",
    type=_FILE,
    help="县（区）自己的年报，用于汇总核对 / the county's own report, held against the units' sum",
)
@_option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    help="到哪一级问题时退出码为 1（默认 error） / findings from which the status is 1 (default: error)",
)
@_option(
    "--today",
    metavar="DATE",
    help="按此日期判断是否逾期（YYYY-MM-DD） / the day that deadlines are judged by (YYYY-MM-DD)",
)
@_option(
    "--changed-since",
    metavar="REV",
    help="只列 git 版本 REV 以来改动过的文件的问题 / only findings about files changed since git's REV",
)
@_option(
    "--baseline",
    type=_FILE,
    help="基线文件：其中已有的问题不计入结果 / findings known from this file do not count",
)
@_option(
    "--write-baseline",
    type=_PATH,
    metavar="FILE",
    help="把本次的问题写成基线文件 / write this run's findings as a baseline",
)
@_option(
    "--annotate",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="在此文件夹写出带批注的年报副本（docx、xlsx、pdf、html）"
    " / write copies of the reports with the findings in them (docx, xlsx, pdf, html)",
)
@_reading
@_common
def check(**options: Any) -> None:
    """审核：读取路径下的所有年报，核对并列出问题。

    Check every report under the paths and list the findings.
    """
    from audit.commands.check import run

    sys.exit(run(**options))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@_option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["csv", "json", "parquet"]),
    default="csv",
    help="输出格式（默认 csv） / format (default: csv)",
)
@_option(
    "-o", "--output", type=_PATH, help="输出文件（默认标准输出） / output file (default: stdout)"
)
@_ROSTER
@_reading
@_common
def extract(**options: Any) -> None:
    """提取：把读到的每个单元格写成一行，不核对。

    Write the cells that were read, a row each; nothing is checked.
    """
    from audit.commands.extract import run

    sys.exit(run(**options))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@_option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "csv", "xlsx", "docx"]),
    help="输出格式（默认按输出文件的扩展名，否则为 text）"
    " / format (default: by the output file's ending, else text)",
)
@_option(
    "-o", "--output", type=_PATH, help="输出文件（默认屏幕） / output file (default: the screen)"
)
@_option(
    "--year",
    type=int,
    help="汇总哪一年（默认为年报最多的年度） / the year (default: the one most reports are for)",
)
@_ROSTER
@_reading
@_common
def aggregate(**options: Any) -> None:
    """汇总：把各单位年报的每一格相加，按格式样式输出；诉讼、复议按各单位所报相加。

    Sum each cell over the units' reports, in the form's shape; suits and reviews as they report them.
    """
    from audit.commands.aggregate import run

    sys.exit(run(**options))


@main.command()
@click.argument("codes", nargs=-1)
@_option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="输出格式（默认 text） / format (default: text)",
)
@_common
def rules(**options: Any) -> None:
    """规则：列出规则目录，或说明某一条规则。

    List the catalogue of rules, or explain some of them.
    """
    from audit.commands.rules import run

    sys.exit(run(**options))


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=_PATH)
@_common
def init(**options: Any) -> None:
    """初始化：生成配置、名单、CI 和提交前核验的样板文件；已有的文件不改动。

    Write a configuration, a roster, CI and pre-commit files to start with; what is there stays.
    """
    from audit.commands.init import run

    sys.exit(run(**options))
