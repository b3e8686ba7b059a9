"""`python -m cli`, which is what the command `juxian` runs."""

from cli.kindness import main

if __name__ == "__main__":
    main()
