"""Set what holds for all tests."""

from hypothesis import settings

# Machines that run tests are shared and slow at times; a deadline would fail good code.
settings.register_profile("safepassage", deadline=None)
settings.load_profile("safepassage")
