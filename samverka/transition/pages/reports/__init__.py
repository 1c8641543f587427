"""Pages of status reports: rounds, one report, summary, coding, what anyone may read."""
