"""Sign-in with a password: NativeAuthenticator, which knows the first passwords of a class."""

import contextlib
import sqlite3

import bcrypt
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.handlers import ChangePasswordHandler
from nativeauthenticator.orm import UserInfo
from traitlets import Instance

from cnnedu.classroom.folder import Folder


class Accounts(NativeAuthenticator):
    """Signs in those on the roster; everybody may change their password.

    Nobody can sign up, so nobody can take another's name before they come. Whoever leaves the
    roster is signed out.
    """

    folder = Instance(Folder, help="The folder of the class.").tag(config=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, password in self.folder.first_passwords().items():
            if not self.user_exists(name):
                self.db.add(UserInfo(username=name, password=hashed(password), is_authorized=True))
        self.db.commit()

    async def refresh_user(self, user, handler=None):
        """Return whether somebody who has signed in is still in the class."""
        return user.name in self.folder.usernames()

    def get_handlers(self, app):
        """Return the page that changes one's password; JupyterHub's own page signs in.

        NativeAuthenticator 1.3 has a page for that as well, but JupyterHub 6 lacks what it needs.
        """
        return [(r"/change-password", ChangePasswordHandler)]


def hashed(password):
    """Return what is stored of a password."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def replace_password(folder, username):
    """Give somebody a new password, which counts at once, and return it.

    Args:
        folder: the class's `Folder`.
        username: theirs.

    Raises:
        KeyError: nobody on the roster has this name.
    """
    password = folder.renew_password(username)
    if folder.database.exists():  # else the hub has never run, and will read it from the file
        with contextlib.closing(sqlite3.connect(folder.database, timeout=30)) as book, book:
            change = "UPDATE users_info SET password = ? WHERE username = ?"
            book.execute(change, (hashed(password), username))
    return password
