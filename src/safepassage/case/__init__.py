"""Say what a plan is about: ``case.toml`` and the built-in cases."""

from safepassage.case.load import LoadedCase, built_in_cases, find_case, load_case
from safepassage.case.model import Case, Corridor, Group

__all__ = ["Case", "Corridor", "Group", "LoadedCase", "built_in_cases", "find_case", "load_case"]
