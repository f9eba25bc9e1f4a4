"""The program `linkage`: reads the command line, calls the engine, prints. It holds no logic of its own."""

from linkage.cli.stopping import told_if_stopped

__all__ = ["main"]


def main() -> None:
    """Run the program on the command line's words; ends the process with exit code 0, 1, 2 or 128 + a signal."""
    with told_if_stopped():  # while the commands are loaded, too
        from linkage.cli.commands import run

        run()
