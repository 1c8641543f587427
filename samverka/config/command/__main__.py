"""`python -m samverka.config.command` is the same as `samverka`."""

from samverka.config.command import main

main()
