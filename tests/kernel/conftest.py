"""Properties are judged by what they find, not by how long the machine takes."""

from hypothesis import settings

settings.register_profile("kernel", deadline=None)
settings.load_profile("kernel")
