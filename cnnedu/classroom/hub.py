"""JupyterHub's settings for a class."""

import shutil
import sys
from pathlib import Path

from cnnedu.classroom import walls
from cnnedu.classroom.folder import Folder
from cnnedu.classroom.spawner import WalledSpawner

PROXY = "configurable-http-proxy"
HOUR = 3600  # seconds
PATIENCE = 300  # seconds


def configure(c, folder, course):
    """Set what makes JupyterHub this class; whoever calls it may change anything afterwards.

    Args:
        c: JupyterHub's settings.
        folder: the path of the class's folder.
        course: the path of the course.
    """
    folder, here = Folder(folder), Folder(folder).hub
    people = folder.people()
    teachers = [person.username for person in people if person.teacher]
    c.JupyterHub.spawner_class = WalledSpawner
    c.WalledSpawner.folder = folder
    c.WalledSpawner.course = str(course)
    c.Spawner.env_keep = ["LANG", "LC_ALL", *walls.OF_SYSTEMD]
    c.Spawner.mem_limit = "2G"
    c.Spawner.cpu_limit = 2
    c.Spawner.notebook_dir = "/home/{username}"
    c.Spawner.default_url = "/lab/tree/lessons/00_start_here.ipynb"
    # When a whole class enters at once, the last server takes long to answer.
    c.Spawner.start_timeout = c.Spawner.http_timeout = PATIENCE
    c.Spawner.interrupt_timeout = 5
    c.Spawner.environment = {"JUPYTERHUB_SINGLEUSER_EXTENSION": "1"}
    c.JupyterHub.authenticator_class = "cnnedu.classroom.accounts.Accounts"
    c.Accounts.folder = folder
    c.NativeAuthenticator.enable_signup = False
    c.NativeAuthenticator.minimum_password_length = 10
    c.NativeAuthenticator.check_common_password = True
    c.NativeAuthenticator.allowed_failed_logins = 10
    c.NativeAuthenticator.seconds_before_next_try = 60
    c.Authenticator.allowed_users = {person.username for person in people}
    c.Authenticator.allow_existing_users = False  # whoever is off the roster can't sign in
    # Nor do they stay signed in.
    c.Authenticator.refresh_pre_spawn = True
    c.Authenticator.auth_refresh_age = 60
    c.Authenticator.auth_refresh_strict = True
    # Teachers see who is here and stop servers; they can't enter a student's.
    c.JupyterHub.load_roles = [
        {
            "name": "teacher",
            "scopes": ["admin-ui", "list:users", "read:servers", "servers"],
            "users": teachers,
        },
        {
            "name": "idle-culler",
            "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
            "services": ["idle-culler"],
        },
    ]
    culler = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={2 * HOUR}"]
    c.JupyterHub.services = [{"name": "idle-culler", "command": culler}]
    c.JupyterHub.bind_url = "http://127.0.0.1:8000"
    c.JupyterHub.db_url = f"sqlite:///{folder.database}"
    c.JupyterHub.cookie_secret_file = str(here / "cookie_secret")
    c.ConfigurableHTTPProxy.pid_file = str(here / "proxy.pid")
    c.ConfigurableHTTPProxy.command = [proxy(folder)]
    # When the hub restarts, servers go on: nobody loses the values in their kernels.
    c.JupyterHub.cleanup_servers = False


def proxy(folder):
    """Return the path of JupyterHub's proxy: the one in the class's folder, or the installed one.

    Raises:
        FileNotFoundError: there is none.
    """
    own = Path(folder.path, "node_modules/.bin", PROXY)
    found = own if own.exists() else shutil.which(PROXY)
    if not found:
        raise FileNotFoundError(
            f"JupyterHub's proxy is missing: run `npm install --prefix {folder.path} {PROXY}`"
        )
    return str(found)
