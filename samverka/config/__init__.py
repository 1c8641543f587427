"""The top of the house: settings, addresses, the command, the database launcher. Imports all; imported by none."""
