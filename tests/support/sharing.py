"""How the workers of a run share the tests out."""

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

BROWSER = "tests/browser/"


class ByFile(LoadScopeScheduling):
    """A worker takes a file at a time, the largest first; before all, one takes every test in the browser.

    So what a module sets up is set up once, there is one installation and one browser, and nobody waits at
    the end for a folder that one alone can do.
    """

    def _assign_work_unit(self, node: WorkerController) -> None:
        if BROWSER in self.workqueue:
            self.workqueue.move_to_end(BROWSER, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]
