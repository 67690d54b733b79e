"""An installed wheel finds its data folders and works from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = """
import sys
from pathlib import Path
from workbench import Project, resources
from workbench.sample import create_sample

package = Path(resources.__file__).parent
assert package.is_relative_to(sys.argv[1]), package
for folder in ("db", "seeds"):
    assert resources.resource(folder).is_relative_to(package), folder
create_sample(Path("sample.db"))
with Project.open("sample.db") as project:
    print(len(project.articles()), bool(project.search("vietnam").hits))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with the hatchling of the running environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(folder),
    ]
    _pip(*build, str(ROOT))
    (made,) = folder.glob("*.whl")
    return made


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_wheel_carries_the_file_format_and_the_sample(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("db", "seeds"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"workbench/data/{path.relative_to(ROOT).as_posix()}" in held
    styles = {path.relative_to(ROOT).as_posix() for path in (ROOT / "workbench").rglob("*.tcss")}
    assert styles and styles <= held
    assert not any(name.startswith("tests/") for name in held)


def test_an_installed_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    _pip("install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel))
    done = subprocess.run(
        [sys.executable, "-c", SAMPLE, str(place)],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["5", "True"]), done.stderr
