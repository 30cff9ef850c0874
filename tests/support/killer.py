"""`kill -9` at random, while something else is tested."""

import contextlib
import os
import random
import signal
import threading

from running import Running


class Killer:
    """Kills processes of the mesh every few seconds, at random, until it is told to stop."""

    def __init__(self, mesh: Running, seed: int, pause: tuple[float, float], *, at_once: int = 1) -> None:
        self._mesh, self._random, self._pause, self._at_once = mesh, random.Random(seed), pause, at_once
        self._stop = threading.Event()
        self.killed: list[str] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._random.uniform(*self._pause)):
            children = self._mesh.children()
            for name in self._random.sample(sorted(children), min(self._at_once, len(children))):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(children[name], signal.SIGKILL)
                    self.killed.append(name)
