"""`python -m cli`, which is what the command `juxian` runs."""

from cli.app import app

if __name__ == "__main__":
    app(prog_name="juxian")
