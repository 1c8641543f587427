"""The command `samverka`. The language is chosen first, since the help texts are made when commands are."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line in the user's language."""
    from samverka.config.command import language

    language.choose(sys.argv[1:])
    from samverka.config.command.group import samverka

    samverka(prog_name="samverka")
