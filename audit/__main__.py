"""`nianbao`, and `python -m audit`: the version is told before anything else is imported."""

import sys

from audit import __version__


def main() -> None:
    """The command."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"nianbao, version {__version__}\n")
        return
    from audit.cli import main as command

    command()


if __name__ == "__main__":
    main()
