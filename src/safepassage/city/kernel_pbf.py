"""Read the messages of a PBF block: arrays in, arrays out.

Protocol buffers as the OpenStreetMap wiki describes them for PBF: a key is a varint
whose three lowest bits are the kind of value; ids, positions and references are
differences to the one before, folded to be non-negative (zigzag). Every function gives
a negative count where the bytes end too early or make no sense.
"""

# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["BROKEN", "OTHER_FORM", "dense_nodes", "fields", "find_ways", "tagged_nodes"]

BROKEN = -1
"""The bytes are damaged."""

OTHER_FORM = -2
"""The bytes are whole, in a form that this reader leaves to osmium."""


@jit
def _varint(data, at, end):
    """Give a varint and where the next byte is; -1 for that where it never ends."""
    value = np.uint64(0)
    shift = np.uint64(0)
    while at < end and shift < np.uint64(64):
        byte = np.uint64(data[at])
        at += 1
        value |= (byte & np.uint64(127)) << shift
        if byte < np.uint64(128):
            return value, at
        shift += np.uint64(7)
    return np.uint64(0), -1


@jit
def _unfolded(value):
    return np.int64(value >> np.uint64(1)) ^ -np.int64(value & np.uint64(1))


@jit
def _next_field(data, at, end):
    """Give the number of a field, its value or length, where it begins, and what follows.

    The place of what follows is -1 where the bytes are damaged.
    """
    key, at = _varint(data, at, end)
    if at < 0:
        return 0, np.uint64(0), 0, -1
    number, kind = np.int64(key >> np.uint64(3)), np.int64(key & np.uint64(7))
    value, begin = np.uint64(0), at
    if kind == 0:
        value, at = _varint(data, at, end)
    elif kind == 1:
        at += 8
    elif kind == 5:
        at += 4
    elif kind == 2:
        value, begin = _varint(data, at, end)
        if begin < 0 or value > np.uint64(end - begin):
            return 0, np.uint64(0), 0, -1
        at = begin + np.int64(value)
    else:
        at = -1
    if number == 0 or at > end:
        at = -1
    return number, value, begin, at


@jit
def fields(data, begin, end):
    """List a message's fields: number, value or length, and first byte: (fields, 3)."""
    room = 16
    out = np.empty((room, 3), np.int64)
    count = 0
    at = begin
    while at < end:
        number, value, first, at = _next_field(data, at, end)
        if at < 0:
            return out, BROKEN
        if count == room:
            grown = np.empty((2 * room, 3), np.int64)
            grown[:room] = out
            out, room = grown, 2 * room
        out[count, 0], out[count, 1], out[count, 2] = number, np.int64(value), first
        count += 1
    return out, count


@jit
def _counted(data, begin, end):
    """Count varints: bytes that end one."""
    count = 0
    for i in range(begin, end):
        if data[i] < 128:
            count += 1
    return count


@jit
def _running(data, begin, end, out):
    """Add up packed differences; give how many there were."""
    at, total, count = begin, np.int64(0), 0
    while at < end:
        value, at = _varint(data, at, end)
        if at < 0 or count == out.shape[0]:
            return BROKEN
        total += _unfolded(value)
        out[count] = total
        count += 1
    return count


@jit
def dense_nodes(data, begin, end):
    """Read the ids and positions of a group of dense nodes.

    The group holds one message, with all of them.

    Returns
    -------
    Ids, latitudes and longitudes as the file counts them, first and last byte of the
    packed tags, and the number of nodes.

    """
    none = np.empty(0, np.int64)
    spans = np.zeros((3, 2), np.int64)
    tags = np.zeros(2, np.int64)
    _, _, at, until = _next_field(data, begin, end)
    if until != end:
        return none, none, none, tags, (BROKEN if until < 0 else OTHER_FORM)
    while at < end:
        number, _, first, at = _next_field(data, at, end)
        if at < 0:
            return none, none, none, tags, BROKEN
        which = 0 if number == 1 else 1 if number == 8 else 2 if number == 9 else -1
        if which >= 0:
            if spans[which, 1]:
                return none, none, none, tags, OTHER_FORM
            spans[which, 0], spans[which, 1] = first, at
        elif number == 10:
            tags[0], tags[1] = first, at
    count = _counted(data, spans[0, 0], spans[0, 1])
    columns = np.empty((3, count), np.int64)
    for which in range(3):
        if _running(data, spans[which, 0], spans[which, 1], columns[which]) != count:
            return none, none, none, tags, BROKEN
    return columns[0], columns[1], columns[2], tags, count


@jit
def tagged_nodes(data, begin, end, key):
    """Find the nodes that have a key, and their tags.

    Returns
    -------
    Place in the group, key and value of each tag of such a node, (tags, 3), and how many.

    """
    out = np.empty((16, 3), np.int64)
    count, start = 0, 0
    node, at, found = 0, begin, False
    while at < end:
        name, at = _varint(data, at, end)
        if at < 0:
            return out, BROKEN
        if name == 0:
            if not found:
                count = start
            node, start, found = node + 1, count, False
            continue
        value, at = _varint(data, at, end)
        if at < 0:
            return out, BROKEN
        if count == out.shape[0]:
            grown = np.empty((2 * count, 3), np.int64)
            grown[:count] = out
            out = grown
        out[count, 0], out[count, 1], out[count, 2] = node, np.int64(name), np.int64(value)
        count += 1
        found = found or np.int64(name) == key
    return out, (count if found else start)


@jit
def _read_way(data, begin, end, column, row):
    """Put a way's values into its row; give its id, and first and last byte of its points."""
    way_id, keys, values, refs = np.int64(0), np.zeros(2, np.int64), np.zeros(2, np.int64), (0, 0)
    at = begin
    while at < end:
        number, value, first, at = _next_field(data, at, end)
        if at < 0:
            return way_id, 0, BROKEN
        if number == 1:
            way_id = np.int64(value)
        elif number == 2:
            keys[0], keys[1] = first, at
        elif number == 3:
            values[0], values[1] = first, at
        elif number == 8:
            refs = (first, at)
    at, to = keys[0], values[0]
    while at < keys[1]:
        name, at = _varint(data, at, keys[1])
        value, to = _varint(data, to, values[1])
        if at < 0 or to < 0 or name >= np.uint64(column.shape[0]):
            return way_id, 0, BROKEN
        place = column[np.int64(name)]
        if place >= 0 and row[place] < 0:
            row[place] = np.int64(value)
    return way_id, refs[0], refs[1]


@jit
def find_ways(data, begin, end, column, n_columns):
    """Read the ways of a group that have the first of the keys asked for.

    Parameters
    ----------
    data, begin, end
        The block, and the group in it.
    column
        For each string of the block, which column of the answer its value goes to, or -1.
    n_columns
        How many.

    Returns
    -------
    Ids, values as numbers of strings or -1, (ways, columns), number of points of each
    way, the points' ids one way after the other, and the number of ways.

    """
    n_ways, n_refs = 0, 0
    at = begin
    while at < end:  # room for all of them
        number, value, _, at = _next_field(data, at, end)
        if at < 0:
            return _no_ways(n_columns, BROKEN)
        n_ways += number == 3
    ids, size = np.empty(n_ways, np.int64), np.empty(n_ways, np.int64)
    row = np.full((n_ways + 1, n_columns), -1, np.int64)
    spans = np.empty((n_ways, 2), np.int64)
    n, at = 0, begin
    while at < end:
        number, value, first, at = _next_field(data, at, end)
        if number != 3:
            continue
        way_id, refs, until = _read_way(data, first, first + np.int64(value), column, row[n])
        if until < 0:
            return _no_ways(n_columns, BROKEN)
        if row[n, 0] < 0:
            row[n] = -1
            continue
        ids[n], spans[n, 0], spans[n, 1] = way_id, refs, until
        size[n] = _counted(data, refs, until)
        n_refs += size[n]
        n += 1
    refs = np.empty(n_refs, np.int64)
    filled = 0
    for i in range(n):
        count = _running(data, spans[i, 0], spans[i, 1], refs[filled : filled + size[i]])
        if count != size[i]:
            return _no_ways(n_columns, BROKEN)
        filled += count
    return ids[:n], row[:n], size[:n], refs, n


@jit
def _no_ways(n_columns, why):
    none = np.empty(0, np.int64)
    return none, np.empty((0, n_columns), np.int64), none, none, why
