"""Where bubblewrap is installed but forbidden, the message names the cause and the right cure."""

import pytest

from cnnedu.grading import sandbox

INSTALL = "apt-get install"
APPARMOR = "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
LIMIT = "sysctl -w user.max_user_namespaces=10000"
KERNEL = "sysctl -w kernel.unprivileged_userns_clone=1"
CONTAINER = "--security-opt seccomp=unconfined"
PROFILE = "the profile in docs/grading.md"
NOT_CREATED = (
    "bwrap: No permissions to create new namespace, likely because the kernel does not allow "
    "non-privileged user namespaces. See <https://deb.li/bubblewrap> or <file:///usr/share/doc/"
    "bubblewrap/README.Debian.gz>."
)
NOT_CREATING = (
    "bwrap: No permissions to creating new namespace, likely because the kernel does not allow "
    "non-privileged user namespaces. On e.g. debian this can be enabled with 'sysctl "
    "kernel.unprivileged_userns_clone=1'."
)
EXCEEDED = (
    "bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces "
    "exceeded (ENOSPC)"
)
# What bubblewrap, or the first thing that runs inside, really says: (message, cause, cure).
MESSAGES = [
    ("bwrap: setting up uid map: Permission denied", "AppArmor", APPARMOR),
    ("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", "AppArmor", APPARMOR),
    (EXCEEDED, "no more user namespaces", LIMIT),
    ("OSError: [Errno 28] unshare: No space left on device", "no more user namespaces", LIMIT),
    (NOT_CREATED, "the kernel keeps", KERNEL),
    (NOT_CREATING, "the kernel keeps", KERNEL),
    ("bwrap: Creating new namespace failed: Operation not permitted", "container", CONTAINER),
    ("bwrap: Failed to make / slave: Permission denied", "container", CONTAINER),
    ("bwrap: Can't mount proc on /newroot/proc: Operation not permitted", "container", CONTAINER),
    ("PermissionError: [Errno 1] mount /proc: Operation not permitted", "container", CONTAINER),
    (
        "PermissionError: [Errno 13] Permission denied: '/proc/self/uid_map'",
        "profile bwrap-userns-restrict",
        PROFILE,
    ),
    ("bwrap: Unknown option --perms", "too old", "bubblewrap 0.5 or newer"),
    ("bwrap: something new", "something forbids it", "docs/grading.md"),
    ("", "exit status 1", "docs/grading.md"),
]


def refusal(folder, monkeypatch, script):
    """Return what is said if `bwrap` is this script."""
    program = folder / "bwrap"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(sandbox.NoSandbox) as refused:
        sandbox.check()
    return str(refused.value)


@pytest.mark.parametrize(("message", "cause", "cure"), MESSAGES)
def test_each_refusal_has_its_cause_and_its_cure(tmp_path, monkeypatch, message, cause, cure):
    monkeypatch.setattr(sandbox, "CONTAINERS", ())
    shell = f'#!/bin/sh\necho "a warning" >&2\nprintf "%s" "{message}" >&2\nexit 1\n'
    said = refusal(tmp_path, monkeypatch, shell if message else "#!/bin/sh\nexit 1\n")
    assert cause in said
    assert cure in said
    assert message in said
    assert INSTALL not in said
    assert "\n" not in said


def test_in_a_container_the_settings_of_the_kernel_are_not_to_blame(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "CONTAINERS", (str(tmp_path),))
    said = refusal(tmp_path, monkeypatch, f'#!/bin/sh\necho "{NOT_CREATED}" >&2\nexit 1\n')
    assert CONTAINER in said
    assert KERNEL not in said


def test_a_program_that_can_t_be_run_is_one_line(tmp_path, monkeypatch):
    said = refusal(tmp_path, monkeypatch, "#!/no/such/interpreter\n")
    assert "`bwrap` can't be started" in said


def test_only_what_is_missing_is_to_be_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sandbox.NoSandbox, match=r"is missing.*apt-get install bubblewrap"):
        sandbox.check()


def test_further_namespaces_are_tried_inside(confined, monkeypatch):
    """Bubblewrap may start where no submission could."""
    fails = "raise PermissionError(13, 'unshare: Permission denied')"
    monkeypatch.setattr(sandbox, "TRIAL", sandbox.TRIAL + f"; {fails}")
    with pytest.raises(sandbox.NoSandbox, match="further namespaces inside"):
        sandbox.check()


def test_every_command_of_a_cure_is_in_the_guide(request):
    guide = (request.config.rootpath / "docs/grading.md").read_text(encoding="utf-8")
    for said in (APPARMOR, LIMIT, KERNEL, "profile bwrap /usr/bin/bwrap", CONTAINER):
        assert said.removeprefix("sysctl -w ") in guide
