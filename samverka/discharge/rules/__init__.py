"""What the law and the county's agreements ask for when someone goes home from hospital. Pure."""
