"""Queues whose course is known in closed form: the simulation follows it minute by minute."""

import numpy as np

from forecast.sim_nets import MANY, Net


def singles(people, **fields):
    return [fields for _ in range(people)]


def test_one_link_delays_by_its_length():
    net = Net(2, [(0, 1, 7, MANY)], [1], minutes=20)
    leaving = [{"depart": k} for k in range(5) for _ in range(3)]
    by_minute, *_ = net.run(leaving)
    k = np.arange(20)
    np.testing.assert_array_equal(by_minute[0], 3 * np.clip(k - 6, 0, 5))
    np.testing.assert_array_equal(by_minute[1], 3 * np.clip(k + 1, 0, 5) - by_minute[0])


def test_one_bottleneck_lets_out_its_rate_and_holds_the_rest():
    # 10 a minute set out for 12 minutes, 4 a minute pass: the queue is the difference of the two
    net = Net(2, [(0, 1, 3, MANY)], [1], serves=4, minutes=50)
    by_minute, _, queued, *_ = net.run([{"depart": k} for k in range(12) for _ in range(10)])
    k = np.arange(50)
    arrived = 10 * np.clip(k - 2, 0, 12)
    out = np.minimum(arrived, 4 * np.clip(k - 2, 0, None))
    np.testing.assert_array_equal(by_minute[0], out)
    np.testing.assert_array_equal(queued[0], arrived - out)
    assert queued.max() == 12 * 6  # after the last have come
    assert by_minute[0][:33].tolist()[-1] == 120  # 120 people at 4 a minute from minute 3 on


def test_a_narrow_street_is_a_bottleneck_too():
    net = Net(3, [(0, 1, 2, MANY), (1, 2, 5, 6)], [2], minutes=40)
    by_minute, *_ = net.run(singles(90))
    k = np.arange(40)
    np.testing.assert_array_equal(by_minute[0], np.clip(6 * (k - 6), 0, 90))


def test_a_rate_that_is_no_whole_number_holds_over_time():
    net = Net(2, [(0, 1, 1, MANY)], [1], serves=np.array([2.5]), minutes=41)
    by_minute, *_ = net.run(singles(500))
    k = np.arange(41)
    assert (np.abs(by_minute[0] - 2.5 * k) <= 1).all()


def test_families_are_not_split_and_pass_at_the_same_rate():
    net = Net(2, [(0, 1, 0, MANY)], [1], serves=3, minutes=60)
    by_minute, *_ = net.run([{"size": 5} for _ in range(100)])
    out = by_minute[0]
    assert (out % 5 == 0).all()
    assert (out >= 3 * np.arange(1, 61)).all()
    assert (out <= 3 * np.arange(1, 61) + 4).all()


def test_a_merge_is_shared_in_proportion_to_capacity():
    # 30 and 10 a minute meet where 8 a minute go on: 6 and 2
    arcs = [(0, 2, 1, 30), (1, 2, 1, 10), (2, 3, 1, 8)]
    net = Net(4, arcs, [3], homes=(0, 1), minutes=42)
    _, passed, _, _, status = net.run(singles(2000, zone=0) + singles(2000, zone=1))
    assert passed[0, -1] == 8 * 40
    first, second = (status[:2000] == 2).sum(), (status[2000:] == 2).sum()
    assert abs(first - 3 * second) <= 8


def test_what_one_branch_leaves_the_other_takes():
    arcs = [(0, 2, 1, 30), (1, 2, 1, 10), (2, 3, 1, 8)]
    net = Net(4, arcs, [3], homes=(0, 1), minutes=42)
    small = [{"depart": k, "zone": 0} for k in range(42)]  # 1 a minute, its share would be 6
    people = sorted(small + singles(2000, zone=1, depart=0), key=lambda each: each["depart"])
    _, passed, _, _, status = net.run(people)
    assert passed[0, -1] == 8 * 40
    in_the_street = sum(
        each["zone"] == 0 and where != 2
        for each, where in zip(people, status.tolist(), strict=True)
    )
    assert in_the_street == 2  # who set out in the last two minutes: nobody of them is held up


def test_spillback_fills_streets_from_the_crossing_backwards():
    # crossing 2 a minute, three streets that hold 20 each, 10 a minute set out: when the queue
    # has filled a street, no more enter it than leave it
    arcs = [(0, 1, 1, 10), (1, 2, 1, 10), (2, 3, 1, 10)]
    net = Net(4, arcs, [3], serves=2, room=[20, 20, 20], minutes=60)
    by_minute, *_ = net.run(singles(600))
    road, out = by_minute[1], by_minute[0]
    np.testing.assert_array_equal(out, np.clip(2 * (np.arange(60) - 2), 0, None))
    assert road.max() == 60 - 2  # all that the streets hold, but for the two who just passed
    full = int(np.argmax(road == 58))
    assert 58 / 10 <= full + 1 <= 58 / 8 + 3  # 10 a minute enter, of whom 8 stay
    assert (road[full:] == 58).all()  # then one enters for each who passes
    np.testing.assert_array_equal(np.diff((out + road)[full:]), 2)


def test_spillback_holds_up_who_wants_to_go_elsewhere():
    # one street to a fork: its queue for a closed crossing shuts off the open one behind it
    arcs = [(0, 1, 1, 10), (1, 2, 1, 10), (1, 3, 1, 10)]
    ends = [2, 3]
    people = [{"gate": i % 2} for i in range(400)]
    free = Net(4, arcs, ends, minutes=40).run(people)[1]
    held = Net(4, arcs, ends, serves=[0, MANY], room=[20, 20, 20], minutes=40).run(people)[1]
    assert free[1, -1] > 150
    assert held[0, -1] == 0
    assert held[1, -1] <= 20 + 20  # as many as alternate with the 20 who fill the dead end


def test_a_closed_crossing_serves_nobody_and_catches_up_when_it_reopens():
    # 3 a minute come, 5 a minute can pass; closed from 10 to 20: 30 stand, gone in 30 / 2 minutes
    net = Net(2, [(0, 1, 0, MANY)], [1], serves=5, minutes=50)
    leaving = [{"depart": k, "delay": 99} for k in range(50) for _ in range(3)]
    by_minute, _, queued, *_ = net.run(leaving, closures=[(0, 10, 20)])
    out = by_minute[0]
    assert out[9] == out[19] == 30
    assert queued[0, 19] == 30
    assert queued[0, 33] == 2
    assert queued[0, 34] == 0
    np.testing.assert_array_equal(np.diff(out[19:34]), 5)


def test_who_learns_of_a_closure_goes_to_the_other_crossing():
    arcs = [(0, 1, 2, MANY), (1, 0, 2, MANY), (0, 2, 6, MANY)]
    net = Net(3, arcs, [1, 2], minutes=60)
    knows = [{"delay": d} for d in (0, 5, 40)]
    _, passed, queued, *_ = net.run(knows, closures=[(0, 0, 20)])
    assert passed[1].tolist().index(1) == 6  # knew at home
    assert passed[1].tolist().index(2) == 5 + 2 + 6  # stood at the crossing, went back and on
    assert passed[0].tolist().index(1) == 20  # never knew: waited until it opened
    assert queued[0, 10] == 1


def test_a_collapse_turns_people_back_by_the_minutes_they_walked():
    net = Net(2, [(0, 1, 20, MANY)], [1], minutes=60)
    leaving = [{"depart": k, "turning": 0} for k in range(30)]
    by_minute, _, _, caught, _ = net.run(leaving, collapse=10)
    road, back = by_minute[1], by_minute[2]
    assert caught.tolist() == [10, 0]
    assert by_minute[0, -1] == 0
    np.testing.assert_array_equal(back[10:20], np.arange(10))  # who set out k minutes ago: k
    assert back[20] == 10
    np.testing.assert_array_equal(road[10:21], 10 - back[10:21])


def test_a_collapse_sends_people_by_the_nearer_end():
    net = Net(2, [(0, 1, 20, MANY)], [1], minutes=60)
    leaving = [{"depart": k, "turning": 2} for k in range(30)]
    by_minute, _, _, caught, _ = net.run(leaving, collapse=16)
    # those who walked ten minutes or more go on, the others turn back
    assert caught[0] == 16
    assert by_minute[0, -1] == 7
    assert by_minute[2, -1] == 9
    assert by_minute[1, -1] == 0


def test_who_does_not_know_of_a_collapse_sets_out_all_the_same():
    net = Net(2, [(0, 1, 20, MANY)], [1], minutes=60)
    leaving = [{"depart": k, "turning": 0, "delay": 3} for k in range(30)]
    by_minute, _, _, caught, _ = net.run(leaving, collapse=10)
    assert caught.tolist() == [10, 3]
    assert by_minute[2, -1] == 13


def test_a_bus_takes_as_many_as_it_has_seats_when_it_leaves():
    seats = np.zeros((1, 60), np.int64)
    seats[0, [10, 30]] = 12
    net = Net(
        3, [(0, 1, 2, MANY), (1, 2, 5, MANY)], [2], minutes=60,
        seat_row=np.array([-1, 0]), seats=seats,
    )  # fmt: skip
    by_minute, *_ = net.run([{"size": 5} for _ in range(10)])
    out = by_minute[0]
    assert out[14] == 0
    assert out[15] == 10  # two families of five: a third would need more than twelve seats
    assert out[34] == 10
    assert out[35] == out[-1] == 20
