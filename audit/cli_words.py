"""The words of the command line in both languages: help, and what is said of a wrong call."""

from __future__ import annotations

from difflib import get_close_matches
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from audit.errors import NianbaoError, UsageError
from rules.vocabulary import Text

_LANGUAGE = "nianbao.language"


class Option(click.Option):
    """An option with help in both languages, parted by ` / `."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help in the call's language."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        chinese, parted, english = record[1].partition(" / ")
        return record[0], english if parted and language(ctx) == "en" else chinese


class Command(click.Command):
    """A command whose help is two paragraphs, Chinese then English."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """What it does in both languages, for the list of commands."""
        return " / ".join(cleandoc(self.help or "").split("\n\n"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, in the call's language."""
        chinese, _, english = cleandoc(self.help or "").partition("\n\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(english if language(ctx) == "en" else chinese)


class Existing(click.Path):
    """A path of an option that must be there."""

    def __init__(self, *, folder: bool = True) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=folder)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            UsageError: it is not there, or is not what it should be.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            name = param.opts[0] if param else ""
            if Path(value).exists():
                text = Text(
                    f"{name} {value}: 不是可以读取的文件", f"{name} {value}: no readable file"
                )
            else:
                text = Text(f"{name} {value}: 没有这个文件", f"{name} {value}: no such file")
            raise UsageError(text, Text("请检查路径是否写错", "check the path")) from error


class Group(click.Group):
    """A group that says what is wrong with a call in two lines and exits with the error's code."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Looks for the language first: what comes before it may be wrong already."""
        said = [b for a, b in pairwise(args) if a == "--lang"]
        ctx.meta[_LANGUAGE] = "en" if "en" in said or "--lang=en" in args else "zh"
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called.

        Raises:
            UsageError: there is none of that name.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            names = near or self.list_commands(ctx)
            raise UsageError(
                Text(f"没有命令 {args[0]}", f"no such command: {args[0]}"),
                Text(f"可用：{'、'.join(names)}", f"commands: {', '.join(names)}"),
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; errors of ours and wrong calls are said, not shown as tracebacks."""
        try:
            return super().invoke(ctx)
        except NianbaoError as error:
            _say(error.message, error.hint, ctx)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            path = (error.ctx or ctx).command_path
            hint = Text(f"{path} --help 可查看用法", f"{path} --help shows the usage")
            _say(_wrong(error), hint, ctx)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:  # while reading, what was read is still reported; not here
            _say(Text("运行被中断，没有结果", "interrupted, no results"), Text("", ""), ctx)
            ctx.exit(2)


def language(ctx: click.Context) -> str:
    """The language of the call that a context belongs to."""
    return str(ctx.meta.get(_LANGUAGE, "zh"))


def _say(message: Text, hint: Text, ctx: click.Context) -> None:
    click.echo(f"nianbao: {message.to(language(ctx))}", err=True)
    if hint.zh:
        click.echo(f"  {hint.to(language(ctx))}", err=True)


def _wrong(error: click.UsageError) -> Text:
    """What is wrong with a call; click has words for it in English only."""
    english = error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return Text(f"没有选项 {error.option_name}{near}", english)
    param = getattr(error, "param", None)
    name = param.opts[0] if isinstance(param, click.Option) else "PATH"
    if isinstance(error, click.MissingParameter):
        return Text(f"没有写明 {name}", english)
    if isinstance(error, click.BadParameter) and param is not None:
        if isinstance(param.type, click.Choice):
            return Text(f"{name} 只能是 {'、'.join(map(str, param.type.choices))}", english)
        return Text(f"{name} 的值不对：{error.message}", english)
    if isinstance(error, click.BadOptionUsage):
        return Text(f"选项 {error.option_name} 后面没有写明值", english)
    return Text(f"命令不对：{english}", english)
