"""`workbench serve`: the screen in a browser, for this machine alone."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from workbench import Project, cli
from workbench.start import guarded

aiohttp = pytest.importorskip("aiohttp", reason="textual-serve is not installed")
pytest.importorskip("textual_serve", reason="textual-serve is not installed")

from tests.tui.browser import browsing, chromium  # noqa: E402 - it needs aiohttp

pytestmark = pytest.mark.terminal
ELSEWHERE = {"Origin": "http://evil.example"}


@asynccontextmanager
async def serving(file: Path) -> AsyncIterator[str]:
    """The command at work, by its address; in the end it is interrupted, and must end well."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "workbench", "serve", str(file)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        yield line.split()[-1]
        process.send_signal(signal.SIGINT)
        said, complained = await process.communicate()
        assert (process.returncode, complained) == (0, b"")
        assert said.decode().endswith("Ended; everything is saved.\n")
    finally:
        if process.returncode is None:
            process.kill()


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
async def test_open_tag_and_search_in_a_browser(file: Path, tmp_path: Path) -> None:
    async with serving(file) as url, browsing(url, tmp_path / "chromium") as page:
        await page.wait_for("5 of 5")
        assert await page.value("document.querySelectorAll('.xterm-screen canvas').length")
        await page.press("Enter")
        await page.wait_for("sentence 1/")
        await page.press("t")
        await page.wait_for("Tag this sentence")
        await page.press(*"browser", "Enter")
        await page.wait_for("Tagged")
        await page.press("/")
        await page.wait_for("Search everything")
        await page.press(*"jake sulivan")
        await page.wait_for("sulivan→sullivan")
        assert {urlsplit(one).netloc for one in page.answered} == {urlsplit(url).netloc}
    with Project.open(file) as project:
        assert [tag.name for passage in project.passages() for tag in passage.tags] == ["browser"]


async def test_only_its_own_page_gets_in_and_is_let_go(file: Path) -> None:
    async with aiohttp.ClientSession() as session, serving(file) as url:

        async def status(address: str, **headers: str) -> int:
            async with session.get(address, headers=headers) as response:
                return int(response.status)

        host = urlsplit(url).netloc
        assert re.fullmatch(r"127\.0\.0\.1:\d+", host)
        assert await status(url) == 200
        assert await status(f"http://{host}/") == await status(f"http://{host}/ws") == 404
        assert await status(url, Host=f"evil.example:{urlsplit(url).port}") == 403
        assert await status(url, **ELSEWHERE) == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(f"{url}ws", headers=ELSEWHERE)
        page = await session.ws_connect(f"{url}ws?width=100&height=30", origin=f"http://{host}")
        drawn = b""
        while b"5 of 5" not in drawn:
            drawn += await page.receive_bytes()
    while not page.closed:
        await page.receive()
    assert os.listdir(file.parent) == [file.name]


def test_what_cannot_be_served_is_said_before(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["workbench", "serve", *arguments])
        assert guarded(cli._run) == 1
        said = capsys.readouterr()
        assert said.out == ""
        return said.err

    assert "there is no file" in refused(str(file.parent / "none.db")).lower()
    other = file.with_name("other.db")
    other.write_text("no project\n" * 100)
    assert "other.db" in refused(str(other))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(str(file), "--port", str(port))
        assert f"port {port} cannot be used (Address already in use)" in said
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "workbench.serving", raising=False)
    assert "pip install textual-serve" in refused(str(file))
