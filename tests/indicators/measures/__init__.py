"""Every shipped measure, on both engines, against counts written here in plain Python."""
