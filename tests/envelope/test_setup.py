"""Play a fresh machine to the set-up scripts: what they call are stand-ins that take notes."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

REAL = ("sh", "env", "cat", "cksum", "find", "sort", "dirname", "basename", "rm", "mkdir", "cp")
REAL += ("touch", "true")

PYTHON = """#!/bin/sh
echo "python $*" >>"$WORLD/log"
case $* in
    *version_info*) [ ! -f "$WORLD/old-python" ] ;;
    *ensurepip*) [ -f "$WORLD/ensurepip" ] ;;
    --version) echo "Python 3.11.2" ;;
    "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip "*editable*) mkdir -p src/safepassage/publish/bundle ;;
    "-m pip "*data.txt*) [ ! -f "$WORLD/no-data" ] ;;
    "-m pip "*) [ ! -f "$WORLD/no-index" ] ;;
    "-m playwright "*) [ ! -f "$WORLD/no-atomic" ] ;;
    "-m pytest "*) [ ! -f "$WORLD/red" ] ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$WORLD/log"
case $* in
    *" update") touch "$WORLD/lists" ;;
    *install*)
        [ -f "$WORLD/lists" ] || exit 100
        case $* in
            *python3-venv*) touch "$WORLD/ensurepip" ;;
            *chromium*libatomic1*)
                cp "$WORLD/bin/id" "$WORLD/bin/chromium"
                rm -f "$WORLD/no-atomic" ;;
        esac ;;
esac
"""


@dataclass
class Machine:
    """A machine of stand-ins with a checkout of the project on it."""

    world: Path

    @property
    def project(self) -> Path:
        return self.world / "project"

    def stand_in(self, name: str, script: str) -> None:
        path = self.world / "bin" / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def has(self, *marks: str) -> None:
        for mark in marks:
            (self.world / mark).touch()

    def run(self, *command: str) -> tuple[int, str, list[str]]:
        """Run a script; give its exit status, what it said, and the commands it called."""
        log = self.world / "log"
        log.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["/bin/sh", *command], cwd=self.project, capture_output=True, text=True, check=False,
            env={"PATH": str(self.world / "bin"), "WORLD": str(self.world)},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr, log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path):
    """A Debian with python3, make and git, root, no node, and package lists never fetched."""
    made = Machine(tmp_path)
    (tmp_path / "bin").mkdir()
    for name in REAL:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    made.stand_in("python3", PYTHON)
    made.stand_in("apt-get", APT)
    made.stand_in("id", "#!/bin/sh\necho 0\n")
    for folder in ("tools", "requirements"):
        shutil.copytree(ROOT / folder, made.project / folder)
    (made.project / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (made.project / "web" / "src").mkdir(parents=True)
    (made.project / "web" / "src" / "main.ts").write_text("1\n", encoding="utf-8")
    (made.project / "src" / "safepassage").mkdir(parents=True)
    (made.project / "src" / "safepassage" / "__init__.py").write_text("", encoding="utf-8")
    return made


def pips(log):
    return [line for line in log if line.startswith("python -m pip")]


def as_user(machine):
    machine.stand_in("id", "#!/bin/sh\necho 1000\n")


def test_root_on_a_bare_debian_gets_everything(machine):
    status, said, log = machine.run("tools/setup", "run")
    assert status == 0, said
    assert "installing Debian packages for the whole machine: python3-venv" in said
    assert [line for line in log if line.startswith("apt-get") and "update" in line]
    first, second = pips(log)
    for word in ("--require-hashes", "build.txt", "run.txt", "node.txt"):
        assert word in first
    assert "dev.txt" not in first
    assert "--no-index --no-deps --no-build-isolation --editable ." in second


def test_the_docs_need_no_more_than_the_program_and_the_builder_of_the_site(machine):
    status, said, log = machine.run("tools/setup", "docs")
    assert status == 0, said
    assert "docs.txt" in pips(log)[0]
    assert not any("dev.txt" in line or "data.txt" in line for line in pips(log))
    assert pips(machine.run("tools/setup", "run")[2]) == []
    assert pips(machine.run("tools/setup", "docs")[2]) == []


def test_nothing_is_done_twice(machine):
    machine.run("tools/setup", "run")
    status, said, log = machine.run("tools/setup", "run")
    assert (status, said, pips(log)) == (0, "", [])


def test_what_tests_need_includes_what_the_program_needs(machine):
    machine.has("ensurepip")
    _, _, log = machine.run("tools/setup", "dev")
    assert "dev.txt" in pips(log)[0]
    assert pips(machine.run("tools/setup", "run")[2]) == []


def test_a_demo_does_not_bring_the_test_tools_and_a_test_then_does(machine):
    machine.has("ensurepip")
    machine.run("tools/setup", "run")
    tests, data = pips(machine.run("tools/setup", "dev")[2])
    assert "dev.txt" in tests
    assert "--no-deps --only-binary :all: --upgrade --target .venv/data" in data


def test_without_the_real_data_tests_still_run(machine):
    machine.has("ensurepip", "no-data")
    status, said, _ = machine.run("tools/setup", "dev")
    assert status == 0
    assert "the tests that need it are skipped" in said
    assert pips(machine.run("tools/setup", "dev")[2]) == []


@pytest.mark.parametrize(
    ("changed", "wants"),
    [
        ("requirements/run.txt", ["run.txt"]),
        ("pyproject.toml", ["--editable"]),
        ("web/src/main.ts", ["--editable"]),
        ("src/safepassage/__init__.py", ["--editable"]),
        ("web/node_modules/x/index.js", []),
        ("src/safepassage/other.py", []),
    ],
)
def test_only_what_a_change_touches_is_installed_again(machine, changed, wants):
    machine.has("ensurepip")
    machine.run("tools/setup", "run")
    path = machine.project / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    called = pips(machine.run("tools/setup", "run")[2])
    assert len(called) == len(wants)
    assert all(want in line for want, line in zip(wants, called, strict=True))


def test_a_touched_but_equal_file_changes_nothing(machine):
    machine.has("ensurepip")
    machine.run("tools/setup", "run")
    os.utime(machine.project / "web" / "src" / "main.ts")
    assert pips(machine.run("tools/setup", "run")[2]) == []


def test_a_moved_folder_is_installed_again(machine):
    machine.has("ensurepip")
    machine.run("tools/setup", "run")
    moved = machine.world / "elsewhere"
    machine.project.rename(moved)
    done = subprocess.run(
        ["/bin/sh", "tools/setup", "run"], cwd=moved, capture_output=True, text=True, check=False,
        env={"PATH": str(machine.world / "bin"), "WORLD": str(machine.world)},
    )  # fmt: skip
    assert "installing safepassage from this folder" in done.stderr


def test_a_lost_bundle_is_built_again(machine):
    machine.has("ensurepip")
    machine.run("tools/setup", "run")
    shutil.rmtree(machine.project / "src" / "safepassage" / "publish")
    (only,) = pips(machine.run("tools/setup", "run")[2])
    assert "--editable" in only


def test_a_user_without_rights_is_told_what_to_ask_for(machine):
    as_user(machine)
    status, said, log = machine.run("tools/setup", "run")
    assert status == 1
    assert "Ask the administrator for:  apt-get install python3-venv" in said
    assert not [line for line in log if line.startswith("apt-get")]
    assert not (machine.project / ".venv").exists()


def test_passwordless_sudo_is_used(machine):
    as_user(machine)
    machine.stand_in(
        "sudo", '#!/bin/sh\necho "sudo $*" >>"$WORLD/log"\n[ "$1" = -n ] && shift\nexec "$@"\n'
    )
    status, said, log = machine.run("tools/setup", "run")
    assert status == 0, said
    assert any(line.startswith("sudo -n env") and "python3-venv" in line for line in log)


def test_sudo_that_asks_for_a_password_is_not_waited_for(machine):
    as_user(machine)
    machine.stand_in("sudo", "#!/bin/sh\nexit 1\n")
    status, said, _ = machine.run("tools/setup", "run")
    assert status == 1
    assert "Ask the administrator" in said


def test_an_old_python_is_named_with_the_remedy(machine):
    machine.has("old-python")
    status, said, _ = machine.run("tools/setup", "run")
    assert status == 1
    assert "Python 3.11 or later is needed" in said
    assert "apt-get install python3" in said


def test_an_unknown_profile_is_refused(machine):
    status, said, log = machine.run("tools/setup", "all")
    assert status == 1
    assert "tools/setup run" in said
    assert log == []


def test_a_failed_download_leaves_no_stamp(machine):
    machine.has("ensurepip", "no-index")
    status, said, _ = machine.run("tools/setup", "run")
    assert status == 1
    assert "pip config list" in said
    (machine.world / "no-index").unlink()
    status, _, log = machine.run("tools/setup", "run")
    assert status == 0
    assert len(pips(log)) == 2


@pytest.mark.parametrize(
    ("version", "npm", "brought"),
    [("v22.1.0", True, False), ("v18.19.0", True, True), ("v22.1.0", False, True)],
)
def test_node_is_brought_only_where_the_machine_has_none_that_will_do(
    machine, version, npm, brought
):
    machine.has("ensurepip")
    machine.stand_in("node", f"#!/bin/sh\necho {version}\n")
    if npm:
        machine.stand_in("npm", "#!/bin/sh\n")
    _, _, log = machine.run("tools/setup", "run")
    assert ("node.txt" in pips(log)[0]) == brought


def pytest_call(log):
    (line,) = [line for line in log if line.startswith("python -m pytest")]
    return line


def test_tests_bring_chromium_where_they_may(machine):
    machine.has("ensurepip")
    status, said, log = machine.run("tools/test")
    assert status == 0, said
    assert any("chromium" in line for line in log if line.startswith("apt-get"))
    assert "not browser" not in pytest_call(log)
    assert "LEFT OUT" not in said


def test_tests_bring_postgresql_where_they_may(machine):
    machine.has("ensurepip")
    machine.stand_in("chromium", "#!/bin/sh\n")
    status, said, log = machine.run("tools/test")
    assert status == 0, said
    assert any("postgresql" in line for line in log if line.startswith("apt-get"))


def test_tests_leave_a_present_chromium_and_postgresql_alone(machine):
    machine.has("ensurepip")
    machine.stand_in("chromium", "#!/bin/sh\n")
    machine.stand_in("pg_ctlcluster", "#!/bin/sh\n")
    _, said, log = machine.run("tools/test")
    assert not [line for line in log if line.startswith("apt-get")]
    assert "LEFT OUT" not in said


def test_tests_bring_what_drives_a_present_chromium(machine):
    machine.has("ensurepip", "no-atomic")
    machine.stand_in("chromium", "#!/bin/sh\n")
    status, said, log = machine.run("tools/test")
    assert status == 0, said
    assert any("libatomic1" in line for line in log if line.startswith("apt-get"))
    assert "LEFT OUT" not in said


def test_a_chromium_that_nothing_can_drive_is_no_browser(machine):
    as_user(machine)
    machine.has("ensurepip", "no-atomic")
    machine.stand_in("chromium", "#!/bin/sh\n")
    _, said, log = machine.run("tools/test")
    assert "LEFT OUT" in said
    assert "not browser" in pytest_call(log)


def test_tests_say_loudly_what_was_left_out(machine):
    as_user(machine)
    machine.has("ensurepip")
    status, said, log = machine.run("tools/test", "-k", "flow")
    assert status == 0
    assert said.count("LEFT OUT: every test in a real browser") == 2
    assert pytest_call(log).endswith("-k flow -m not browser")


def test_a_failed_test_fails_the_verb(machine):
    machine.has("ensurepip", "red")
    assert machine.run("tools/test")[0] == 1
