"""The verifier stands alone: no code of ours beside it, none taken from where it lies."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli import verify
from tests.verify.tampering import lines_of, write


def test_it_imports_nothing_but_the_standard_library_and_the_signature_library() -> None:
    tree = ast.parse(Path(verify.__file__).read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "", *["."] * node.level]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names | {"cryptography"}


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["-I"]])
def test_alone_in_another_folder_it_says_the_same(export: Path, options: list[str]) -> None:
    alone = export.parent / "elsewhere"
    alone.mkdir()
    file = Path(shutil.copy(verify.__file__, alone / "check.py"))
    (alone / "token.py").write_text("raise SystemExit('a stranger passed for the library')")

    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *options, str(file), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=alone,
        )
        return done.returncode, done.stdout + done.stderr

    code, said = run(str(export))
    assert (code, "every hash" in said) == (0, True), said
    write(export, lines_of(export)[1:])
    code, said = run(str(export))
    assert (code, "event 1 is missing" in said) == (1, True), said
    code, said = run(str(alone))
    assert (code, "manifest.json" in said) == (2, True), said
    code, said = run(str(export), "--key", str(alone / "nowhere"))
    assert (code, "cannot be read" in said) == (2, True), said
