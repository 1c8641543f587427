"""The floor under all rooms: actors, problems, identity numbers, dates and legal parameters. No Django."""
