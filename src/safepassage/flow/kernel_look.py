"""Look at everything alive, sixty-four steps at a time.

The states of a node at all steps are bits of a few words, and moving along a street is
a shift by its transit: one instruction moves sixty-four states. A look goes backwards
from crossings to all that residual moves lead to them from. What no hub with people
leads to is cut off for good. ``docs/flow.md`` has the proof.

What is seen is put into the queue in the same few lines at each place, here and in
``kernel_survey.py``: as a function of their own they made the whole search a fifth slower.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown, lowest

__all__ = ["CUT_OFF", "SEEN", "UNSEEN", "bury", "look", "unsee"]

CUT_OFF = np.int32(1 << 29)
"""Label of a hub that no person still at home can ever reach again."""

UNSEEN = np.int32(-1)
SEEN = np.int32(1 << 28)
"""Marks of hubs in a look."""


@jit
def look(net, state, hub_label, hub_seen, starts, start_steps, n_starts, now, most, queue):
    """See everything alive behind some states, and mark it as blocked.

    Parameters
    ----------
    net, state
        The network's lanes and the bits, as ``solve.py`` packs them.
    hub_label
        Labels of hubs; those cut off are left out.
    hub_seen
        Marks for hubs, all -1; changed.
    starts, start_steps, n_starts
        Nodes and steps of the states to look behind, and how many there are.
    now
        The step.
    most
        How many entries of the queue may be made before giving up.
    queue
        Three arrays: node, word and bits of what was seen, grown where need be.

    Returns
    -------
    outcome: 1 where a hub with people was seen, 0 where not, -1 where it was given up;
    entries, the queue, seen hubs and their number.

    """
    (
        tail, transit, in_start, out_start, head_out, transit_out,
        at_start, at_source, sources, release,
    ) = net  # fmt: skip
    blocked, fresh, room, _back, _room_out, back_out, sent_at, left = state
    node, word, bits = queue
    words = blocked.shape[0]
    now_word = now >> 6
    one, none, whole = np.uint64(1), np.uint64(0), np.uint64(64)
    hubs = np.empty(sources.shape[0], np.int32)
    n_hubs = 0
    n = 0
    found = 0
    for i in range(n_starts):
        while n == node.shape[0]:
            node, word, bits = grown(node), grown(word), grown(bits)
        v, w = starts[i], start_steps[i] >> 6
        bit = one << np.uint64(start_steps[i] & 63)
        if blocked[w, v] & bit == none:
            blocked[w, v] |= bit
            if fresh[w, v] == none:
                node[n], word[n] = v, w
                n += 1
            fresh[w, v] |= bit
    i = 0
    while i < n:
        if n > most:
            break
        v, w = node[i], word[i]
        f = fresh[w, v]
        fresh[w, v] = none
        bits[i] = f
        i += 1
        while (
            n
            + 4 * (in_start[v + 1] - in_start[v] + out_start[v + 1] - out_start[v])
            + (now_word + 1) * (1 + at_start[v + 1] - at_start[v])
            > node.shape[0]
        ):
            node, word, bits = grown(node), grown(word), grown(bits)
        for a in range(in_start[v], in_start[v + 1]):
            u = tail[a]
            r = np.uint64(transit[a] & 63)
            q = w - (transit[a] >> 6)
            if q < 0:
                continue
            moved = f >> r
            if moved:
                new = moved & room[q, a] & ~blocked[q, u]
                if new:
                    blocked[q, u] |= new
                    if fresh[q, u] == none:
                        node[n], word[n] = u, q
                        n += 1
                    fresh[q, u] |= new
            if r and q > 0 and f << (whole - r):
                q -= 1
                new = (f << (whole - r)) & room[q, a] & ~blocked[q, u]
                if new:
                    blocked[q, u] |= new
                    if fresh[q, u] == none:
                        node[n], word[n] = u, q
                        n += 1
                    fresh[q, u] |= new
        for j in range(out_start[v], out_start[v + 1]):
            carried = f & back_out[w, j]
            if carried == none:
                continue
            u = head_out[j]
            r = np.uint64(transit_out[j] & 63)
            q = w + (transit_out[j] >> 6)
            moved = carried << r
            if moved:
                new = moved & ~blocked[q, u]
                if new:
                    blocked[q, u] |= new
                    if fresh[q, u] == none:
                        node[n], word[n] = u, q
                        n += 1
                    fresh[q, u] |= new
            if r and q + 1 < words and carried >> (whole - r):
                q += 1
                new = (carried >> (whole - r)) & ~blocked[q, u]
                if new:
                    blocked[q, u] |= new
                    if fresh[q, u] == none:
                        node[n], word[n] = u, q
                        n += 1
                    fresh[q, u] |= new
        for j in range(at_start[v], at_start[v + 1]):
            s = at_source[j]
            if hub_seen[s] != UNSEEN or hub_label[s] >= CUT_OFF:
                continue
            early = release[s] - 64 * w
            if early >= 64 or (early > 0 and f >> np.uint64(early) == none):
                continue
            hub_seen[s] = SEEN
            hubs[n_hubs] = s
            n_hubs += 1
            if left[s] > 0:
                found = 1
            for q in range(now_word + 1):  # people of this source may leave at other steps
                new = sent_at[q, s] & ~blocked[q, v]
                if new:
                    blocked[q, v] |= new
                    if fresh[q, v] == none:
                        node[n], word[n] = v, q
                        n += 1
                    fresh[q, v] |= new
    if i < n:
        for j in range(i, n):
            bits[j] = fresh[word[j], node[j]]
            fresh[word[j], node[j]] = none
        found = -1
    return found, n, (node, word, bits), hubs, n_hubs


@jit
def unsee(blocked, hub_seen, n, queue, hubs, n_hubs):
    """Forget what a look saw."""
    node, word, bits = queue
    for i in range(n):
        blocked[word[i], node[i]] &= ~bits[i]
    for i in range(n_hubs):
        hub_seen[hubs[i]] = UNSEEN


@jit
def bury(died, hub_died, hub_label, hub_seen, n, queue, hubs, n_hubs, now, width):
    """Cut off for good all that a look saw: it stays blocked."""
    node, word, bits = queue
    one = np.uint64(1)
    for i in range(n):
        base = np.int64(node[i]) * width + 64 * np.int64(word[i])
        f = bits[i]
        while f:
            died[base + lowest(f)] = now + 1
            f &= f - one
    for i in range(n_hubs):
        s = hubs[i]
        hub_seen[s] = UNSEEN
        hub_label[s] = CUT_OFF
        hub_died[s] = now + 1
