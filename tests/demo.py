"""The demo's output in the README: `make readme` pastes it, a test holds it to what the tool prints."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
README = HOUSE / "README.md"
_PLACE = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)


def command() -> list[str]:
    """The arguments of `make demo`, from the Makefile."""
    found = re.search(r"^DEMO\s*:= (.*)$", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert found, "the Makefile has no line DEMO"
    return shlex.split(found[1])


def block(output: str) -> str:
    """What stands between the README's two marks."""
    return f"```text\n$ consistency {shlex.join(command())}\n{output}```\n"


def shown() -> str:
    """What stands there now."""
    found = _PLACE.search(README.read_text("utf-8"))
    assert found, "the README has no place for the demo"
    return found[0]


def main() -> None:
    text = README.read_text("utf-8")
    README.write_text(_PLACE.sub(lambda _: block(sys.stdin.read()), text), "utf-8")


if __name__ == "__main__":
    main()
