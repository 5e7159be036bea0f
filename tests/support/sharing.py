"""How the workers of a run share the tests out."""

from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"


class ByFile(LoadScopeScheduling):
    """A worker takes a file at a time, the largest first, and one of them all tests in the browser.

    So what a module sets up is set up once, and there is one installation and one browser.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]
