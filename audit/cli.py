"""The command line: parses the call, hands it to `audit.commands`, exits. Nothing heavy on top."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from audit import __version__
from audit.errors import NianbaoError

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
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_ANY = click.Path(path_type=Path, exists=True)


class _Group(click.Group):
    """A group that says our own errors in one line and exits with their code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NianbaoError as error:
            click.echo(f"nianbao: {error}", err=True)
            if error.hint:
                click.echo(f"  {error.hint}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:  # while reading, what was read is still reported; not here
            click.echo("nianbao: 运行被中断，没有结果 / interrupted, no results", err=True)
            ctx.exit(2)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--config", type=_FILE, help="配置文件（默认向上查找 nianbao.toml）"),
        click.option(
            "--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language"
        ),
        click.option("--jobs", type=click.IntRange(min=1), help="进程数（默认为处理器核数）"),
        click.option("-q", "--quiet", is_flag=True, help="只输出结果"),
        click.option("-v", "--verbose", count=True, help="更详细的输出"),
        click.option("--no-color", is_flag=True, help="不用颜色"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--cluster", metavar="ADDRESS", help="在 Dask 集群上读取：tcp://主机:端口 或 local:N"
        ),
        click.option(
            "--no-cache",
            is_flag=True,
            envvar="NIANBAO_NO_CACHE",
            help="不用也不写缓存（.nianbao_cache）",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
def main() -> None:
    """政府信息公开工作年度报告数据审核。Audit of yearly disclosure reports."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Windows consoles and pipes are not always UTF-8
            reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="输出格式"
)
@click.option("-o", "--output", "outputs", multiple=True, help="输出文件，或 格式:文件（可重复）")
@click.option("--select", help="只用这些规则，如 A,S105")
@click.option("--ignore", help="不用这些规则")
@click.option("--roster", type=_FILE, help="应报送单位名单（CSV 或 XLSX）")
@click.option("--previous", multiple=True, type=_ANY, help="往年的年报，只用于比较")
@click.option("--parent", type=_FILE, help="县（区）自己的年报，用于汇总核对")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    help="到哪一级问题时退出码为 1",
)
@click.option("--today", help="按此日期判断是否逾期（YYYY-MM-DD）")
@click.option("--changed-since", metavar="REV", help="只列 git 版本 REV 以来改动过的文件的问题")
@click.option("--baseline", type=_FILE, help="基线文件：其中已有的问题不计入结果")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="在此文件夹写出带批注的年报副本（docx、xlsx、pdf、html）",
)
@click.option("--write-baseline", type=_PATH, help="把本次的问题写成基线文件")
@_reading
@_common
def check(**options: Any) -> None:
    """审核：读取路径下的所有年报，核对并列出问题。"""
    from audit.commands.check import run

    sys.exit(run(**options))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["csv", "json", "parquet"]),
    default="csv",
    help="输出格式",
)
@click.option("-o", "--output", type=_PATH, help="输出文件（默认标准输出）")
@click.option("--roster", type=_FILE, help="应报送单位名单（CSV 或 XLSX）")
@_reading
@_common
def extract(**options: Any) -> None:
    """提取：把读到的每个单元格写成一行，不核对。"""
    from audit.commands.extract import run

    sys.exit(run(**options))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "csv", "xlsx", "docx"]),
    help="输出格式（默认按输出文件的扩展名，否则为 text）",
)
@click.option("-o", "--output", type=_PATH, help="输出文件（默认屏幕）")
@click.option("--year", type=int, help="汇总哪一年（默认为年报最多的年度）")
@click.option("--roster", type=_FILE, help="应报送单位名单（CSV 或 XLSX）")
@_reading
@_common
def aggregate(**options: Any) -> None:
    """汇总：把各单位年报的每一格相加，按格式样式输出；诉讼、复议按各单位所报相加。"""
    from audit.commands.aggregate import run

    sys.exit(run(**options))


@main.command()
@click.argument("codes", nargs=-1)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="输出格式",
)
@_common
def rules(**options: Any) -> None:
    """规则：列出规则目录，或说明某一条规则。"""
    from audit.commands.rules import run

    sys.exit(run(**options))


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=_PATH)
@_common
def init(**options: Any) -> None:
    """初始化：生成配置、名单、CI 和提交前核验的样板文件；已有的文件不改动。"""
    from audit.commands.init import run

    sys.exit(run(**options))
