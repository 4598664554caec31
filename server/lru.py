"""Keeps what was made last, where making it again costs more than holding it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Lru(Generic[Value]):
    """The values asked for last, up to a number, each made once; safe to use from many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, Future[Value]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made now if it is not there, while others who want it wait.

        Raises what `make` raises; whoever waited for it then makes it anew.
        """
        while True:
            future, is_mine = self._claim(key)
            if is_mine:
                return self._make(key, future, make)
            with suppress(CancelledError):
                return future.result()

    def forget(self, key: Hashable) -> None:
        """Makes it anew the next time."""
        with self._lock:
            self._values.pop(key, None)

    def _claim(self, key: Hashable) -> "tuple[Future[Value], bool]":
        """What there is of a key, or is being made, and whether the one who asks is to make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key], False
            future = self._values[key] = Future()
            if len(self._values) > self._most:
                self._values.popitem(last=False)
            return future, True

    def _make(self, key: Hashable, future: "Future[Value]", make: Callable[[], Value]) -> Value:
        try:
            value = make()
        except BaseException:
            self.forget(key)
            future.cancel()
            raise
        future.set_result(value)
        return value
