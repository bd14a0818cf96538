"""Say where it happens: streets, zones with people, crossings, hazards."""

from safepassage.city.build import build_city, city_inputs
from safepassage.city.locate import located_case
from safepassage.city.model import City, Crossing, Hazard, StreetMap, Zones

__all__ = [
    "City", "Crossing", "Hazard", "StreetMap", "Zones", "build_city", "city_inputs", "located_case",
]  # fmt: skip
