"""Status reports, pure: questions, answers, steps, coding, the summary."""
