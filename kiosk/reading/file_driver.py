"""What drivers of pyttsx3 have in common where they speak into files alone, and never into the room."""

# ruff: noqa: N802  (the method names are pyttsx3's)

from collections.abc import Iterator
from typing import Any


class FileDriver:
    """The part of pyttsx3's driver interface that is the same for every engine."""

    _proxy: Any

    def startLoop(self) -> None:
        """Work off the queue and return: nothing goes on in the background that could be waited for.

        Waiting for endLoop, as drivers usually do, would hang the second runAndWait: there pyttsx3 calls it first.
        """
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        """Do nothing: startLoop has returned by itself."""

    def iterate(self) -> Iterator[None]:
        """Work off the queue from a loop of the caller's."""
        self._proxy.setBusy(False)
        yield

    def say(self, text: str) -> None:
        """Refuse: a server makes files and never sounds in the room."""
        raise RuntimeError("This driver writes files and does not sound.")

    def stop(self) -> None:
        """Do nothing: a text is spoken whole before pyttsx3 can ask for the next thing."""
