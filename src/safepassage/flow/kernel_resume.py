"""Let people who stand in the street take the places of people still at home.

There are two ways of looking. The quick one: from where people stand, walk the shortest
way to a node that people from home pass, be there when they are, and go on in their place.
The whole one: from a source that has people left in the street, follow residual moves to a
source at home that has sent people. Those in the street go instead, and those at home stay.
Crossings and their minutes are not touched, so arrivals stay as they are. ``docs/flow.md``
says why this ends with the fewest standing.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from safepassage.base.jit import jit

__all__ = ["join_flow", "take_places"]


@jit
def _grown(array):
    out = np.empty(2 * array.shape[0], array.dtype)
    out[: array.shape[0]] = array
    return out


@jit
def join_flow(
    tail, head, transit, capacity, transit_column, capacity_column, shortest, longest,
    in_start, in_arc, out_start, out_arc, at_start, at_source, source_node, release,
    n_home, flow, sent, left, most,
):  # fmt: skip
    """Move people from the street along shortest ways; arguments as for ``take_places``.

    Returns the people moved.
    """
    width = flow.shape[1]
    n_nodes = at_start.shape[0] - 1
    n_sources = source_node.shape[0]
    changing = transit.shape[1] > 1
    passed_by = np.zeros(n_nodes, np.bool_)
    for s in range(n_home):
        if sent[s].any():
            passed_by[source_node[s]] = True
    for a in range(tail.shape[0]):
        if flow[a].any():
            passed_by[head[a]] = True
    away = np.empty(n_nodes, np.int64)
    by = np.empty(n_nodes, np.int64)
    way = np.empty(n_nodes, np.int64)
    when = np.empty(n_nodes, np.int64)
    back = np.empty(4096, np.int64)
    back_when = np.empty(4096, np.int64)
    moved = 0
    looked = 0
    first = n_home
    while first < n_sources:
        v = source_node[first]
        last = first
        standing = 0
        while last < n_sources and source_node[last] == v:
            standing += left[last]
            last += 1
        heap = [(np.int64(0), np.int64(v))]
        away[:] = 1 << 40
        away[v] = 0
        while standing > 0 and len(heap) > 0 and looked < most:
            d, w = heappop(heap)
            if d > away[w]:
                continue
            looked += 1
            for j in range(out_start[w], out_start[w + 1]):
                a = out_arc[j]
                z = head[a]
                if d + shortest[a] < min(away[z], width):
                    away[z] = d + shortest[a]
                    by[z] = a
                    heappush(heap, (np.int64(away[z]), np.int64(z)))
            if not passed_by[w]:
                continue
            n = 0
            z = w
            while z != v:
                way[n] = by[z]
                n += 1
                z = tail[by[z]]
            t = release[first]
            while t < width - d and standing > 0:
                looked += 1
                met = changing  # where nothing changes, tell first whether anybody is there
                for j in range(0 if met else in_start[w], 0 if met else in_start[w + 1]):
                    a = in_arc[j]
                    if t + d >= shortest[a] and flow[a, t + d - shortest[a]] > 0:
                        met = True
                        break
                for j in range(0 if met else at_start[w], 0 if met else at_start[w + 1]):
                    if at_source[j] < n_home and sent[at_source[j], t + d] > 0:
                        met = True
                        break
                if not met:
                    t += 1
                    continue
                who = first  # who came first of those still standing
                while who < last and (left[who] == 0 or release[who] > t):
                    who += 1
                people = left[who] if who < last else 0
                k = np.int64(t)
                i = n - 1
                while people > 0 and i >= 0:
                    a = way[i]
                    if k >= width:
                        people = 0
                        break
                    when[i] = k
                    people = min(people, capacity[a, capacity_column[k]] - flow[a, k])
                    k += transit[a, transit_column[k]]
                    i -= 1
                if k >= width:
                    people = 0
                # back along the flow to a home
                z = np.int64(w)
                home = -1
                m = 0
                while people > 0 and home < 0:
                    for j in range(at_start[z], at_start[z + 1]):
                        s = at_source[j]
                        if s < n_home and sent[s, k] > 0:
                            home = s
                            people = min(people, sent[s, k])
                            break
                    if home >= 0:
                        break
                    a = -1
                    for j in range(in_start[z], in_start[z + 1]):
                        b = in_arc[j]
                        for e in range(max(0, k - longest[b]), k - shortest[b] + 1):
                            if flow[b, e] > 0 and e + transit[b, transit_column[e]] == k:
                                a = b
                                back_when[m] = e
                        if a >= 0:
                            break
                    if a < 0 or m == back.shape[0] - 1:
                        people = 0
                        break
                    back[m] = a
                    k = back_when[m]
                    people = min(people, flow[a, k])
                    z = np.int64(tail[a])
                    m += 1
                if people <= 0 or home < 0:
                    t += 1
                    continue
                for i in range(n):
                    flow[way[i], when[i]] += people
                for i in range(m):
                    flow[back[i], back_when[i]] -= people
                sent[home, k] -= people
                left[home] += people
                sent[who, t] += people
                left[who] -= people
                standing -= people
                moved += people
        first = last
    return moved


@jit
def take_places(
    tail, head, transit, capacity, transit_column, capacity_column, shortest, longest,
    in_start, in_arc, out_start, out_arc, at_start, at_source, source_node, release,
    n_home, flow, sent, left, most,
):  # fmt: skip
    """Move people from the street; flow, sent and left are changed in place.

    Sources from ``n_home`` on are those in the street. States are numbered
    ``node * width + step``, sources follow. ``most`` is how many states may be looked at
    in all. Returns the people moved and whether the search was whole.
    """
    width = flow.shape[1]
    hubs = (at_start.shape[0] - 1) * width
    n_sources = source_node.shape[0]
    stamp = np.zeros(hubs + n_sources, np.int32)
    state = np.empty(1024, np.int64)
    parent = np.empty(1024, np.int64)
    # how a state was come to: arc a at its step, -1 - a where people are taken back from it,
    # or none where a source is left or entered
    code = np.empty(1024, np.int64)
    none = np.int64(1) << 40
    now = np.empty(1024, np.int64)
    later = np.empty(1024, np.int64)
    moved = 0
    looked = 0
    mark = 0
    for first in range(n_home, n_sources):
        while left[first] > 0 and stamp[hubs + first] >= 0:
            mark += 1
            seen = 1
            state[0], parent[0], code[0] = hubs + first, -1, none
            stamp[hubs + first] = mark
            now[0] = 0
            n_now, n_later = 1, 0
            goal = -1
            while goal < 0 and n_now + n_later > 0:
                if n_now == 0:  # one street further
                    now, later = later, now
                    n_now, n_later = n_later, 0
                n_now -= 1
                i = now[n_now]
                x = state[i]
                looked += 1
                if looked > most:
                    return moved, False
                if x >= hubs:
                    s = x - hubs
                    if s < n_home:
                        goal = i
                        break
                    y = source_node[s] * width + release[s]
                    room = width - release[s]
                else:
                    v = x // width
                    t = x - v * width
                    room = (at_start[v + 1] - at_start[v]) + (out_start[v + 1] - out_start[v])
                    for j in range(in_start[v], in_start[v + 1]):
                        room += longest[in_arc[j]] - shortest[in_arc[j]] + 1
                while seen + room > state.shape[0]:
                    state, parent, code = _grown(state), _grown(parent), _grown(code)
                    now, later = _grown(now), _grown(later)
                if x >= hubs:
                    for k in range(room):  # the last put down is looked at first: the soonest
                        z = y + room - 1 - k
                        if stamp[z] != mark and stamp[z] >= 0:
                            stamp[z] = mark
                            state[seen], parent[seen], code[seen] = z, i, none
                            now[n_now] = seen
                            n_now += 1
                            seen += 1
                    continue
                for j in range(out_start[v], out_start[v + 1]):
                    a = out_arc[j]
                    k = t + transit[a, transit_column[t]]
                    if k < width and flow[a, t] < capacity[a, capacity_column[t]]:
                        z = head[a] * width + k
                        if stamp[z] != mark and stamp[z] >= 0:
                            stamp[z] = mark
                            state[seen], parent[seen], code[seen] = z, i, a
                            later[n_later] = seen
                            n_later += 1
                            seen += 1
                for j in range(in_start[v], in_start[v + 1]):
                    a = in_arc[j]
                    for k in range(max(0, t - longest[a]), t - shortest[a] + 1):
                        if flow[a, k] > 0 and k + transit[a, transit_column[k]] == t:
                            z = tail[a] * width + k
                            if stamp[z] != mark and stamp[z] >= 0:
                                stamp[z] = mark
                                state[seen], parent[seen], code[seen] = z, i, -1 - a
                                now[n_now] = seen
                                n_now += 1
                                seen += 1
                for j in range(at_start[v], at_start[v + 1]):
                    s = at_source[j]
                    z = hubs + s
                    if sent[s, t] > 0 and stamp[z] != mark and stamp[z] >= 0:
                        stamp[z] = mark
                        state[seen], parent[seen], code[seen] = z, i, none
                        now[n_now] = seen
                        n_now += 1
                        seen += 1
            if goal < 0:  # nothing that was seen leads to anybody at home, now or later
                for i in range(seen):
                    stamp[state[i]] = -1
                break
            people = left[first]
            for change in (False, True):
                i = goal
                while parent[i] >= 0:
                    x, y, c = state[i], state[parent[i]], code[i]
                    if c == none:
                        if x >= hubs:  # taken back into a source
                            s, t = x - hubs, y - (y // width) * width
                            if change:
                                sent[s, t] -= people
                            else:
                                people = min(people, sent[s, t])
                        elif change:
                            sent[y - hubs, x - (x // width) * width] += people
                    elif c >= 0:
                        t = y - (y // width) * width
                        if change:
                            flow[c, t] += people
                        else:
                            people = min(people, capacity[c, capacity_column[t]] - flow[c, t])
                    else:
                        t = x - (x // width) * width
                        if change:
                            flow[-1 - c, t] -= people
                        else:
                            people = min(people, flow[-1 - c, t])
                    i = parent[i]
            left[first] -= people
            left[state[goal] - hubs] += people
            moved += people
    return moved, True
