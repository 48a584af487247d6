"""The attacks are texts to hand in, not modules to import; runs in this process share servers."""

from unittest import mock

import pytest

from cnnedu.grading import pools
from cnnedu.grading.servers import Servers

collect_ignore_glob = ["attacks/*"]


class Kept(Servers):
    """Fork servers that the end of a run doesn't end."""

    end = Servers.close

    def close(self):
        pass


@pytest.fixture(scope="module", autouse=True)
def kept_servers():
    """Let the runs of a file that grade in this process and without the sandbox share servers.

    Starting them takes longer than most runs; a server that has ended is started again.
    """
    kept = {}

    def servers(confined, used):
        if confined:
            return Servers(confined, used)
        if used not in kept:
            kept[used] = Kept(confined, used)
        return kept[used]

    with mock.patch.object(pools, "Servers", servers):
        yield
    for each in kept.values():
        each.end()
