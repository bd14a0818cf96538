"""Tell how much can move, and when: exact earliest-arrival flows. Knows no city."""

from safepassage.flow.arrival import Arrival, Cut, Route, earliest_arrival
from safepassage.flow.network import UNBOUNDED, Network

__all__ = ["UNBOUNDED", "Arrival", "Cut", "Network", "Route", "earliest_arrival"]
