"""Builds the search index of many texts in processes of its own, so that the screen goes on undisturbed.

The project's process (`Builder`) writes down what is to be cut, starts a worker for each core, and is told of
each finished part, a file of `search.storage`; at the end one more worker joins the parts, and what an older
index still holds, into the one file that later sessions open. A worker (`python -m workbench.indexing`)
reads the project file a text at a time and never writes to it. Where no worker can be run, a thread does the
same. Whatever is killed on the way leaves the old index or none.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import NamedTuple

from workbench.search import storage
from workbench.search.building import Speller, blocks_of
from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.search.vocabulary import Vocabulary
from workbench.store import connection
from workbench.store.rows import text_body

PART_ROWS = (5_000, 10_000, 20_000, 40_000, 80_000)
"""Sentences of the first parts; all later ones are as long as the last. The first answers come soon."""
_MOST_WORKERS = 4
WHOLE = "whole.index"
_ABANDONED, _FORGOTTEN = 1, 180  # days
_KEEP_DEAD = 0.8  # an old index of which less is alive is joined without its dead, as `SearchIndex` does
_PREFIX = "building-"
_NICE = 5


class News(NamedTuple):
    """A finished file: a part, or the whole, which stands for all parts before it."""

    path: Path
    whole: bool


class Builder:
    """Cuts documents in the background. One thread starts it and asks for news.

    Attributes:
        keys: of the documents it was given.
    """

    def __init__(self, project: Path, name: str, index: Path) -> None:
        """Prepares; nothing runs yet.

        Args:
            project: the project file.
            name: what the parts and the index are said to belong to.
            index: where the index is kept in the end, if it can be.
        """
        self._project, self._name, self._index = project.resolve(), name, index
        self._news: SimpleQueue[News] = SimpleQueue()
        self._done, self._stopped = Event(), Event()
        self._running: list[subprocess.Popen[str]] = []
        self._thread: Thread | None = None
        self._folder: Path | None = None
        self.keys: frozenset[bytes] = frozenset()

    def start(self, documents: Mapping[bytes, Document], alive: Iterable[bytes]) -> None:
        """Begins to cut `documents`, given by their keys; `alive` is all that the project holds now."""
        self.keys = frozenset(documents)
        keys = b"".join(alive)
        self._thread = Thread(
            target=self._run, args=(list(documents.values()), keys), name="indexing", daemon=True
        )
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come. News may be waiting still."""
        return self._done.is_set()

    def news(self, patience: float = 0.0) -> Iterator[News]:
        """What was finished since the last time.

        Args:
            patience: seconds to wait for the first.
        """
        with suppress(Empty):
            while True:
                yield self._news.get(timeout=patience) if patience else self._news.get_nowait()
                patience = 0.0

    def close(self) -> None:
        """Ends the workers, waits for the thread, and removes the parts."""
        self._stopped.set()
        for worker in list(self._running):
            worker.terminate()
        if self._thread is not None:
            self._thread.join()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, documents: Sequence[Document], alive: bytes) -> None:
        try:
            self._folder = _work_folder(self._index.parent)
            self._build(self._folder, documents, alive)
        except OSError:
            pass  # no room on the disk; whoever asks for news does without
        finally:
            self._done.set()

    def _build(self, folder: Path, documents: Sequence[Document], alive: bytes) -> None:
        count = max(1, min(os.cpu_count() or 1, _MOST_WORKERS))
        jobs = []
        for number in range(count):
            job = folder / f"{number}.jobs"
            with job.open("w", encoding="utf-8", errors="surrogatepass") as file:
                file.writelines(_job(one) for one in documents[number::count])
            jobs.append(job)
        threads = [Thread(target=self._work, args=("cut", job), daemon=True) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._stopped.is_set():
            return
        (folder / "alive").write_bytes(alive)
        self._work("join", folder)
        whole = folder / WHOLE
        if whole.exists():
            with suppress(OSError):  # where it cannot be kept it serves this session
                whole = whole.replace(self._index)
            self._news.put(News(whole, True))

    def _work(self, what: str, place: Path) -> None:
        """One piece of work in a process of its own, or here where none can be started."""
        arguments = [what, str(self._project), self._name, str(self._index), str(place)]
        if self._stopped.is_set() or self._in_process(arguments):
            return
        with suppress(Exception):  # what it was to cut is missing in the end, and is seen to then
            for path in run(arguments):
                self._news.put(News(path, False))
                if self._stopped.is_set():
                    return

    def _in_process(self, arguments: list[str]) -> bool:
        """Whether a worker did it all, or was told to stop."""
        package = str(Path(__file__).parent.parent)
        others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        path = os.pathsep.join(filter(None, (package, *others)))
        try:
            worker = subprocess.Popen(
                [sys.executable or "python3", "-P", "-m", "workbench.indexing", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8:surrogateescape"},
                text=True,
                encoding="utf-8",
                errors="surrogateescape",
            )
        except OSError:
            return False
        self._running.append(worker)
        if self._stopped.is_set():
            worker.terminate()
        with worker:
            for line in worker.stdout or ():
                self._news.put(News(Path(line.rstrip("\n")), False))
            failed = worker.wait() != 0
        self._running.remove(worker)
        return not failed or self._stopped.is_set()


def _work_folder(beside: Path) -> Path:
    """An empty folder, in the one given where that can be, which only its owner may look into."""
    try:
        beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_abandoned(beside)
        return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=f"workbench-{_PREFIX}"))


def run(arguments: Sequence[str]) -> Iterator[Path]:
    """Does one piece of work and tells each file as it is finished.

    Args:
        arguments: "cut" or "join", the project file, its name, its present index, and the file of jobs or
            the folder of parts. A join tells nothing.
    """
    what, project, name, index, place = arguments
    if what == "join":
        _join(Path(place), name, Path(index))
    else:
        yield from _cut(Path(place), Path(project), name)


def _cut(jobs: Path, project: Path, name: str) -> Iterator[Path]:
    """Parts of what a file of jobs lists."""
    vocabulary = Vocabulary()
    conn = connection.attach(project).conn
    try:

        def read(document: Document) -> str:
            if document.text is not None:
                return document.text
            try:
                return text_body(conn, document.revision)
            except sqlite3.Error:
                return ""

        with jobs.open(encoding="utf-8", errors="surrogatepass") as lines:
            documents = (_document(line) for line in lines)
            sizes = chain(PART_ROWS, repeat(PART_ROWS[-1]))
            for number, block in enumerate(blocks_of(documents, Speller(vocabulary), sizes, read)):
                part = jobs.with_suffix(f".{number}.part")
                storage.write(part, name, block, vocabulary.terms)
                yield part
    finally:
        conn.close()


def _join(folder: Path, name: str, index: Path) -> None:
    """Writes the index of all parts in `folder` and of what the present index holds into `folder`."""
    blob = (folder / "alive").read_bytes()
    alive = {blob[at : at + 16]: _OF_NOBODY for at in range(0, len(blob), 16)}
    joined = SearchIndex()
    old = storage.read(index, name)
    if old is not None:
        living = sum(key in alive for key in old.keys)
        keeps = alive if living < _KEEP_DEAD * len(old.keys) else dict.fromkeys(old.keys, _OF_NOBODY)
        joined.take([old], keeps)
    parts = [part for path in sorted(folder.glob("*.part")) if (part := storage.read(path, name))]
    joined.take(parts, {key: _OF_NOBODY for part in parts for key in part.keys})
    del old, parts
    joined.save(folder / WHOLE, name)


# Stands for documents of which only the words matter.
_OF_NOBODY = Document("text", "", None, None, "", None, None, 0, None, None, ())


def _job(document: Document) -> str:
    fields = [document.kind, document.thing, document.revision, document.chars, document.text]
    return json.dumps(fields) + "\n"


def _document(line: str) -> Document:
    kind, thing, revision, chars, text = json.loads(line)
    return Document(
        kind, thing, text, None, "", None, None, 0, None, None, (), revision=revision, chars=chars
    )


def _remove_abandoned(folder: Path) -> None:
    """Removes what a killed program left, and indexes that nobody has opened for half a year."""
    for pattern, days in ((f"{_PREFIX}*", _ABANDONED), ("*.index", _FORGOTTEN)):
        for path in folder.glob(pattern):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > days * 86_400:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def main() -> int:
    """A worker: does what its arguments say and prints each finished file; 1 where it cannot."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    try:
        for path in run(sys.argv[1:]):
            print(path, flush=True)
    except Exception:  # nobody reads what a worker has to say; its project does the work itself
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
