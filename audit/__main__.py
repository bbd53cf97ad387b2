"""`nianbao`, and `python -m audit`: the version is told before anything else is imported."""

import sys

from audit import __version__


def main() -> None:
    """The command."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"nianbao, version {__version__}\n")
        return
    from audit.process import lean, leave

    lean()
    from audit.cli import main as command

    try:
        command()
    except SystemExit as end:
        leave(end.code)
        raise


if __name__ == "__main__":
    main()
