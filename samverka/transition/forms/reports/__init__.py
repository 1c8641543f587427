"""Forms of status reports: rounds, answers of one area, reasons, filled files."""
