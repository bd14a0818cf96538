from safepassage.base.errors import Defect, Fault, InputError, NothingAnnounced


def test_every_fault_is_told_and_exit_statuses_are_as_promised():
    error = InputError([Fault("a", "is wrong", "Mend it."), Fault("b", "is missing")])
    assert str(error) == "a: is wrong. Mend it.\nb: is missing."
    assert (error.exit_code, NothingAnnounced().exit_code, Defect().exit_code) == (2, 3, 1)
