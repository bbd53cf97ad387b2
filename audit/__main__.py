"""`python -m audit` is `nianbao`."""

from audit.cli import main

if __name__ == "__main__":
    main()
