"""`kill -9` at random, while something else is tested."""

import os
import random
import signal
import threading

from running import Running


class Killer:
    """Kills a process of the mesh every few seconds, at random, until it is told to stop."""

    def __init__(self, mesh: Running, seed: int, pause: tuple[float, float]) -> None:
        self._mesh, self._random, self._pause = mesh, random.Random(seed), pause
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
            if not children:
                continue
            name = self._random.choice(sorted(children))
            os.kill(children[name], signal.SIGKILL)
            self.killed.append(name)
