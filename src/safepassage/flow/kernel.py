"""Find earliest-arrival flows: short augmenting paths, labels that are kept, looks in words.

Nothing is written out: the residual network over time stands in arrays of flow and of
bits. A state is (node, step); each source has one more state, its hub, which holds the
people not yet sent. Searches run backwards from a crossing at step θ to a hub with
people left. ``docs/flow.md`` has the proof; the names here follow it.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown, lowest
from safepassage.flow.kernel_hops import hops_without
from safepassage.flow.kernel_look import CUT_OFF, bury, look, unsee
from safepassage.flow.kernel_survey import forget, survey

__all__ = ["advance"]

_CANCEL = -2  # from a hub: take back people sent at a step
_INJECT = -3  # from a state at a source: its hub


@jit
def _climb(
    net,
    state,
    labels,
    hub_label,
    hops,
    hub_at,
    died,
    hub_died,
    now,
    width,
    budget,
    path_node,
    path_step,
    code,
    length,
):  # one function, nothing called: numba counts references at every call
    """Follow falling labels from a crossing, raising those that turn out too low.

    The path stands in ``path_node``, ``path_step`` and ``code``, ``length`` states long,
    a hub as node ``nodes + s``; it may be taken up again. Returns (outcome, length,
    raises): outcome 1 where a hub with people left was reached, -1 where the crossing is
    cut off, 0 where ``budget`` raises did not tell, 2 where the path needs more room.
    """
    (
        tail, transit, in_start, out_start, head_out, transit_out,
        at_start, at_source, sources, release,
    ) = net  # fmt: skip
    blocked, _, room, _, _, back_out, sent_at, left = state
    n_nodes, n_lanes = in_start.shape[0] - 1, tail.shape[0]
    one = np.uint64(1)
    raises = 0
    while raises < budget:
        v, t = path_node[length - 1], path_step[length - 1]
        least = CUT_OFF
        best, best_step, move = -1, 0, 0
        if v >= n_nodes:
            s = v - n_nodes
            if left[s] > 0:
                return 1, length, raises
            label = hub_label[s]
            want = label - 1
            u = sources[s]
            base = np.int64(u) * width + now
            floor = hops[u]
            n_words = (now >> 6) + 1
            start = hub_at[s]
            for i in range(n_words):
                w = start + i
                if w >= n_words:
                    w -= n_words
                f = sent_at[w, s] & ~blocked[w, u]
                while f:
                    k = 64 * w + lowest(f)
                    f &= f - one
                    value = max(labels[base - k], floor)
                    if value < least:
                        least, best, best_step, move = value, u, k, _CANCEL
                        if least <= want:
                            break
                if least <= want:
                    hub_at[s] = w
                    break
        else:
            here = np.int64(v) * width + now - t
            label = max(labels[here], hops[v])
            want = label - 1
            for i in range(at_start[v], at_start[v + 1]):
                s = at_source[i]
                if hub_label[s] < least and release[s] <= t:
                    least, best, best_step, move = hub_label[s], n_nodes + s, 0, _INJECT
            if least > want:
                for a in range(in_start[v], in_start[v + 1]):
                    k = t - transit[a]
                    if k < 0:
                        continue
                    u = tail[a]
                    value = max(labels[np.int64(u) * width + now - k], hops[u])
                    if value < least:
                        w = k >> 6
                        if ((room[w, a] & ~blocked[w, u]) >> np.uint64(k & 63)) & one:
                            least, best, best_step, move = value, u, k, a
                            if least <= want:
                                break
            if least > want:
                w, shift = t >> 6, np.uint64(t & 63)
                for i in range(out_start[v], out_start[v + 1]):
                    if (back_out[w, i] >> shift) & one:
                        u, k = head_out[i], t + transit_out[i]
                        value = max(labels[np.int64(u) * width + now - k], hops[u])
                        if value < least and not ((blocked[k >> 6, u] >> np.uint64(k & 63)) & one):
                            least, best, best_step, move = value, u, k, n_lanes + i
                            if least <= want:
                                break
        if least <= want:
            if length == path_node.shape[0]:
                return 2, length, raises
            path_node[length], path_step[length], code[length] = best, best_step, move
            length += 1
            continue
        raises += 1
        if v >= n_nodes:
            s = v - n_nodes
            if least >= CUT_OFF:
                hub_label[s] = CUT_OFF
                hub_died[s] = now + 1
            else:
                hub_label[s] = max(label, least + 1)
        elif least >= CUT_OFF:
            died[np.int64(v) * width + t] = now + 1
            blocked[t >> 6, v] |= one << np.uint64(t & 63)
            if length == 1:
                return -1, length, raises
        else:
            labels[here] = least + 1
        if length > 1:
            length -= 1
    return 0, length, raises


@jit
def _run(runs, since, lane, k):
    """Find the run of a lane's capacity that holds at step k."""
    j = runs[lane]
    while j + 1 < runs[lane + 1] and since[j + 1] <= k:
        j += 1
    return j


@jit
def _augment(path_node, path_step, code, length, most, flow, sent, state, caps, n_nodes):
    """Send as many people as fit along a path (crossing first, hub last)."""
    _, _, room, back, room_out, back_out, sent_at, left = state
    runs, since, people, out_of, out_lane, arc = caps
    n_lanes = runs.shape[0] - 1
    one = np.uint64(1)
    hub = path_node[length - 1] - n_nodes
    n = min(most, left[hub])
    for i in range(1, length):
        c = code[i]
        if c >= n_lanes:
            n = min(n, flow[arc[out_lane[c - n_lanes]], path_step[i - 1]])
        elif c >= 0:
            k = path_step[i]
            n = min(n, people[_run(runs, since, c, k)] - flow[arc[c], k])
        elif c == _CANCEL:
            n = min(n, sent[path_node[i - 1] - n_nodes, path_step[i]])
    for i in range(1, length):
        c = code[i]
        if c >= n_lanes:
            j, k = c - n_lanes, path_step[i - 1]
            a = out_lane[j]
            w, bit = k >> 6, one << np.uint64(k & 63)
            flow[arc[a], k] -= n
            room[w, a] |= bit
            room_out[w, j] |= bit
            if flow[arc[a], k] == 0:
                back[w, a] &= ~bit
                back_out[w, j] &= ~bit
        elif c >= 0:
            k = path_step[i]
            w, bit = k >> 6, one << np.uint64(k & 63)
            flow[arc[c], k] += n
            back[w, c] |= bit
            back_out[w, out_of[c]] |= bit
            if flow[arc[c], k] == people[_run(runs, since, c, k)]:
                room[w, c] &= ~bit
                room_out[w, out_of[c]] &= ~bit
        elif c == _CANCEL:
            s, k = path_node[i - 1] - n_nodes, path_step[i]
            sent[s, k] -= n
            if sent[s, k] == 0:
                sent_at[k >> 6, s] &= ~(one << np.uint64(k & 63))
        else:
            s, k = path_node[i] - n_nodes, path_step[i - 1]
            sent[s, k] += n
            sent_at[k >> 6, s] |= one << np.uint64(k & 63)
    left[hub] -= n
    return n


@jit
def advance(
    net, caps, sinks, sink_capacity, state, labels, hub_label, hops, owner, near, scratch,
    flow, sent, passed, died, hub_died, failed, pending, start, work, first, patience, exact,
    counts,
):  # fmt: skip
    """Go on from step ``start`` until everybody has left, or ``work`` units are done.

    Parameters
    ----------
    net, caps, state
        Tuples of arrays, as ``solve.py`` packs them.
    sinks, sink_capacity
        Crossing nodes, shape (sinks,), and people per step, (sinks, 1) or (sinks, width).
    labels, hub_label, hops, owner, near
        Labels of states by node and steps before now, of hubs; fewest moves, nearest source
        and neighbours, as in ``kernel_hops.py``.
    scratch
        Marks of hubs and where to look in them first; what surveys saw; and the words that
        the last one begun anew listed, and the raises that a survey is worth.
    flow, sent, passed, died, hub_died
        What is found, changed in place.
    failed
        Whether each crossing's last search failed, and how much it saw; changed.
    pending
        States of ways that lead into what surveys saw: nodes, steps and how many there are.
    start, work
        Where to go on, and how much to do: a unit is one label raised or one word seen.
    first, patience
        How many label raises a search may take before it looks for a dead end of that size,
        and before it looks at everything; more where a look at everything is dear.
    exact
        If false, a search that finds nothing in ``patience`` raises is given up.
    counts
        Augmentations, looks, raises, entries seen, relabels; added to.

    Returns
    -------
    The step reached, which is not done where ``work`` ran out, ``width`` at the end; and
    what is to be given as ``pending`` next time.

    """
    sources, blocked, left = net[8], state[0], state[7]
    near_start, near_node = near
    hub_seen, hub_at, region, surveyed = scratch
    n_nodes = hops.shape[0]
    width = flow.shape[1]
    path_node, path_step = np.empty(1024, np.int32), np.empty(1024, np.int32)
    code = np.empty(1024, np.int32)
    queue = (np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.uint64))
    levels = (np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.uint64))
    here, here_step = np.empty(1, np.int32), np.empty(1, np.int32)
    starts, start_steps, n_starts = pending
    one = np.uint64(1)
    waiting = left.sum()
    done = 0
    enough = max(patience, surveyed[1])
    changing = sink_capacity.shape[1] > 1
    for now in range(start, width):
        if waiting == 0:
            return width, (starts, start_steps, n_starts)
        w, shift = now >> 6, np.uint64(now & 63)
        for e in range(sinks.shape[0]):
            v = sinks[e]
            limit = sink_capacity[e, now if changing else 0]
            # where the last minute ended in failure, and as many have come by now, guess again
            guess = failed[e, 0] > 0 and now > 0
            given_up = False
            while (
                passed[e, now] < limit
                and waiting > 0
                and not given_up
                and not (blocked[w, v] >> shift) & one
            ):
                if done > work:
                    return now, (starts, start_steps, n_starts)
                length = 1
                path_node[0], path_step[0] = v, now
                climbed = 0
                budget = first
                outcome = 0
                most = 0
                if guess and passed[e, now] >= passed[e, now - 1]:
                    most = 4 * failed[e, 1] + 1000
                while outcome == 0:
                    if most == 0:
                        outcome, length, raises = _climb(
                            net, state, labels, hub_label, hops, hub_at, died, hub_died,
                            now, width, budget, path_node, path_step, code, length,
                        )  # fmt: skip
                        climbed += raises
                        done += raises
                        counts[2] += raises
                        if outcome == 2:
                            path_node, path_step = grown(path_node), grown(path_step)
                            code = grown(code)
                            outcome = 0
                            continue
                        if outcome != 0:
                            break
                        if not exact and climbed >= enough:
                            given_up = True
                            break
                        most = climbed
                        budget = climbed if climbed < 16 * first else max(enough - climbed, 1)
                    if climbed >= enough:  # with all crossings that still take people
                        if region[5][0] > 1.3 * surveyed[0]:  # much of it may be of no use by now
                            forget(region)
                            n_starts = 0
                        fresh = region[5][0] == 0
                        while n_starts + sinks.shape[0] > starts.shape[0]:
                            starts, start_steps = grown(starts), grown(start_steps)
                        for other in range(sinks.shape[0]):
                            at = now if changing else 0
                            if passed[other, now] < sink_capacity[other, at]:
                                starts[n_starts], start_steps[n_starts] = sinks[other], now
                                n_starts += 1
                        n, m, queue, levels = survey(
                            net, state, labels, hub_label, died, hub_died, region,
                            starts, start_steps, n_starts, now, width, queue, levels,
                        )  # fmt: skip
                        n_starts = 0
                        if fresh:
                            surveyed[0] = region[5][0]
                        surveyed[1] = m // 3  # raises as dear as half a survey or so
                        enough = max(patience, surveyed[1])
                        counts[3] += n
                        counts[4] += 1
                        done += n
                        length = 1
                        budget = first
                        climbed = 0
                        most = 0
                        if (blocked[w, v] >> shift) & one:
                            outcome = -1
                        continue
                    here[0], here_step[0] = v, now
                    found, n, queue, hubs, n_hubs = look(
                        net, state, hub_label, hub_seen, here, here_step, 1, now, most, queue
                    )
                    most = 0
                    counts[1] += 1
                    counts[3] += n
                    done += n
                    if found == 0:
                        bury(
                            died, hub_died, hub_label, hub_seen, n, queue, hubs, n_hubs, now, width
                        )
                        failed[e, 1] = n
                        outcome = -1
                    else:
                        unsee(blocked, hub_seen, n, queue, hubs, n_hubs)
                if outcome != 1:
                    break
                people = _augment(
                    path_node, path_step, code, length, limit - passed[e, now],
                    flow, sent, state, caps, n_nodes,
                )  # fmt: skip
                counts[0] += 1
                if region[5][0] > 0:  # what leads into the region from now on belongs to it
                    while n_starts + length > starts.shape[0]:
                        starts, start_steps = grown(starts), grown(start_steps)
                    for i in range(length - 1):
                        u, k = path_node[i], path_step[i]
                        if u < n_nodes and not (region[0][k >> 6, u] >> np.uint64(k & 63)) & one:
                            starts[n_starts], start_steps[n_starts] = u, k
                            n_starts += 1
                passed[e, now] += people
                waiting -= people
                s = path_node[length - 1] - n_nodes
                if left[s] == 0:
                    hub_label[s] = max(hub_label[s], 1)
                    hops_without(s, hops, owner, sources, left, near_start, near_node)
            failed[e, 0] = 1 if passed[e, now] < limit else 0
    return width, (starts, start_steps, n_starts)
