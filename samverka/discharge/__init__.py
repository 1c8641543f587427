"""Discharge: from the hospital's door to home, by lag (2017:612) om samverkan vid utskrivning."""
