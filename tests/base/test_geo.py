import numpy as np
import pytest

from safepassage.base.geo import distance_m, to_metres


def test_a_degree_of_latitude_is_111_km():
    assert float(distance_m(0, 0, 1, 0)) == pytest.approx(111_195, rel=1e-4)


def test_the_plane_agrees_with_the_sphere_over_a_city():
    lat, lon = np.array([36.25, 36.15, 36.2]), np.array([37.1, 37.25, 37.17])
    plane = np.hypot(*to_metres(lat, lon, 36.2, 37.17).T)
    assert plane == pytest.approx(distance_m(lat, lon, 36.2, 37.17), rel=5e-3, abs=1)
