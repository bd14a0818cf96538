"""Label everything alive behind the crossings by its distance, or cut it off.

After a look backwards, a survey goes forwards from hubs with people through what was
seen: it counts the moves to each state, which make its label. What it does not come to is
cut off for good. What surveys saw is kept, so that the next one has to look only at what
was added.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown, lowest
from safepassage.flow.kernel_look import CUT_OFF, SEEN, UNSEEN, look

__all__ = ["forget", "spaced", "survey"]

_GAP = 4
"""Two to this power moves lie between two gaps, and as many numbers in each gap."""


@jit
def spaced(moves):
    """Give the label of what is so many moves from a hub with people: some numbers are left free.

    Where a way is cut, the labels behind it are raised up to the next gap and not beyond:
    what is farther away keeps a predecessor with a lower label.
    """
    return moves + ((moves >> _GAP) << _GAP)


@jit
def survey(
    net, state, labels, hub_label, died, hub_died, region, starts, start_steps, n_starts,
    now, width, queue, levels,
):  # fmt: skip
    """See everything alive behind some crossings; label it by its distance, or cut it off.

    ``region`` holds what earlier surveys saw, which only has to be added to: bits in the
    shape of ``blocked``, scratch of the same shape (all 0), the list of its words (node,
    word, both long enough for all), its hubs (-1 unseen), and how many words it lists,
    shape (1,). ``starts`` hold the states of all ways people were sent along since, as
    far as they are not in it: so no residual move has come to lead into it from outside.
    Returns the entries made, those made forwards, and the queues.
    """
    (
        tail, transit, in_start, out_start, head_out, transit_out,
        at_start, at_source, sources, release,
    ) = net  # fmt: skip
    blocked, fresh, _room, back, room_out, _back_out, sent_at, left = state
    seen, is_open, at_node, at_words, hub_seen, size = region
    words = blocked.shape[0]
    now_word = now >> 6
    one, none, whole = np.uint64(1), np.uint64(0), np.uint64(64)
    kept = 0
    for i in range(size[0]):  # what has died since leaves it; the rest need not be seen again
        w, v = at_words[i], at_node[i]
        seen[w, v] &= ~blocked[w, v]
        if seen[w, v]:
            blocked[w, v] |= seen[w, v]
            at_node[kept], at_words[kept] = v, w
            kept += 1
    size[0] = kept
    everything = np.int64(1) << 60
    _, n, queue, _, _ = look(
        net, state, hub_label, hub_seen, starts, start_steps, n_starts, now, everything, queue
    )
    node, word, bits = queue
    for i in range(n):
        w, v = word[i], node[i]
        if seen[w, v] == none:
            at_node[size[0]], at_words[size[0]] = v, w
            size[0] += 1
        seen[w, v] |= bits[i]
    for i in range(size[0]):
        w, v = at_words[i], at_node[i]
        blocked[w, v] &= ~seen[w, v]
        is_open[w, v] = seen[w, v]
    ready = np.empty(sources.shape[0], np.int32)
    n_ready = 0
    for s in range(sources.shape[0]):
        if hub_label[s] >= CUT_OFF:  # since the last survey
            hub_seen[s] = UNSEEN
        if hub_seen[s] != UNSEEN:
            hub_seen[s] = SEEN
            if left[s] > 0:
                hub_seen[s] = 0
                ready[n_ready] = s
                n_ready += 1
    at, at_word, at_bits = levels
    m = 0
    i = 0
    h = 0
    level = 0
    while i < m or h < n_ready:
        stop, hub_stop = m, n_ready
        for j in range(i, stop):  # what is added from here on is a move farther away
            at_bits[j] = fresh[at_word[j], at[j]]
            fresh[at_word[j], at[j]] = none
        while h < hub_stop:
            s = ready[h]
            h += 1
            v = sources[s]
            for w in range(now_word + 1):
                early = release[s] - 64 * w
                if early >= 64:
                    continue
                new = is_open[w, v]
                if early > 0:
                    new &= ~((one << np.uint64(early)) - one)
                if new:
                    is_open[w, v] &= ~new
                    if fresh[w, v] == none:
                        if m == at.shape[0]:
                            at, at_word, at_bits = grown(at), grown(at_word), grown(at_bits)
                        at[m], at_word[m] = v, w
                        m += 1
                    fresh[w, v] |= new
        label = spaced(level)
        for j in range(i, stop):  # on its own: much faster than between the streets below
            v, w, f = at[j], at_word[j], at_bits[j]
            base = np.int64(v) * width + now - 64 * np.int64(w)
            while f:
                labels[base - lowest(f)] = label
                f &= f - one
        beyond = spaced(level + 1)
        while i < stop:
            v, w, f = at[i], at_word[i], at_bits[i]
            i += 1
            while (
                m + 4 * (in_start[v + 1] - in_start[v] + out_start[v + 1] - out_start[v])
                > (at.shape[0])
            ):
                at, at_word, at_bits = grown(at), grown(at_word), grown(at_bits)
            for j in range(at_start[v], at_start[v + 1]):
                s = at_source[j]
                if hub_seen[s] == SEEN and f & sent_at[w, s]:
                    hub_seen[s] = hub_label[s] = beyond
                    ready[n_ready] = s
                    n_ready += 1
            for j in range(out_start[v], out_start[v + 1]):
                entering = f & room_out[w, j]
                if entering == none:
                    continue
                u = head_out[j]
                r = np.uint64(transit_out[j] & 63)
                q = w + (transit_out[j] >> 6)
                if q >= words:
                    continue
                moved = entering << r
                if moved:
                    new = moved & is_open[q, u]
                    if new:
                        is_open[q, u] &= ~new
                        if fresh[q, u] == none:
                            at[m], at_word[m] = u, q
                            m += 1
                        fresh[q, u] |= new
                if r and q + 1 < words and entering >> (whole - r):
                    q += 1
                    new = (entering >> (whole - r)) & is_open[q, u]
                    if new:
                        is_open[q, u] &= ~new
                        if fresh[q, u] == none:
                            at[m], at_word[m] = u, q
                            m += 1
                        fresh[q, u] |= new
            for a in range(in_start[v], in_start[v + 1]):
                r = np.uint64(transit[a] & 63)
                q = w - (transit[a] >> 6)
                if q < 0:
                    continue
                u = tail[a]
                moved = f >> r
                if moved:
                    new = moved & back[q, a]
                    if new and new & is_open[q, u]:
                        new &= is_open[q, u]
                        is_open[q, u] &= ~new
                        if fresh[q, u] == none:
                            at[m], at_word[m] = u, q
                            m += 1
                        fresh[q, u] |= new
                if r and q > 0 and f << (whole - r):
                    q -= 1
                    new = (f << (whole - r)) & back[q, a] & is_open[q, u]
                    if new:
                        is_open[q, u] &= ~new
                        if fresh[q, u] == none:
                            at[m], at_word[m] = u, q
                            m += 1
                        fresh[q, u] |= new
        level += 1
    for i in range(size[0]):
        w, v = at_words[i], at_node[i]
        f = is_open[w, v]
        if f:
            is_open[w, v] = none
            blocked[w, v] |= f
            seen[w, v] &= ~f
            base = np.int64(v) * width + 64 * np.int64(w)
            while f:
                died[base + lowest(f)] = now + 1
                f &= f - one
    for s in range(sources.shape[0]):
        if hub_seen[s] == SEEN:
            hub_label[s] = CUT_OFF
            hub_died[s] = now + 1
            hub_seen[s] = UNSEEN
    return n + m, m, queue, (at, at_word, at_bits)


@jit
def forget(region):
    """Begin a region anew."""
    seen, _, at_node, at_words, hub_seen, size = region
    for i in range(size[0]):
        seen[at_words[i], at_node[i]] = np.uint64(0)
    hub_seen[:] = UNSEEN
    size[0] = 0
