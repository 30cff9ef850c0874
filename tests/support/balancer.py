"""A balancer of connections, as a Kubernetes Service is one: it looks at `/ready`, leads new connections to whoever is
ready, and leaves those that stand where they are."""

import asyncio
import threading
from itertools import count

_LOOK_SECONDS = 0.5


class Balancer:
    """Listens on `port` from `start` to `stop`; `replicas` are ports of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ready: list[int] = []
        self._replicas: set[int] = set()
        self._turn = count()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._listen(),), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._listening.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._told_to_stop.set)
        self._thread.join()

    def add(self, replica: int) -> None:
        """Look at this replica from now on."""
        self._replicas.add(replica)
        asyncio.run_coroutine_threadsafe(self._watch(replica), self._loop)

    def remove(self, replica: int) -> None:
        """Its process has ended."""
        self._replicas.discard(replica)

    async def _listen(self) -> None:
        self._loop, self._told_to_stop = asyncio.get_running_loop(), asyncio.Event()
        async with await asyncio.start_server(self._lead, "127.0.0.1", self.port):
            self._listening.set()
            await self._told_to_stop.wait()

    async def _watch(self, replica: int) -> None:
        while replica in self._replicas:
            says_so = await _says_ready(replica)
            if says_so and replica not in self.ready:
                self.ready.append(replica)
            elif not says_so and replica in self.ready:
                self.ready.remove(replica)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _lead(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            replica = self.ready[next(self._turn) % len(self.ready)]
            far_in, far_out = await asyncio.open_connection("127.0.0.1", replica)
        except (OSError, ZeroDivisionError):
            near_out.transport.abort()
            return
        try:
            await asyncio.gather(_carry(near_in, far_out), _carry(far_in, near_out))
        except asyncio.CancelledError:  # the balancer stops
            return
        finally:
            near_out.transport.abort()
            far_out.transport.abort()


async def _says_ready(port: int) -> bool:
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /ready HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n")
            line = await reader.readline()
            writer.close()
    except OSError:
        return False
    return line.split()[1:2] == [b"200"]


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One way, to its end; then the other side hears that there is no more."""
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()
