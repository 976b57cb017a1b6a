"""Options of the commands that measure and learn.

What belongs here: how each of them says what it is for. What does not: the options that one of them has.
"""

import argparse
import re

_COMMAND = re.compile(r"[:,]?\s*`python -m [^`]*`(?:\s\(`[^`]*`\))?:?\s*")


def parser_of(module: str, docstring: str) -> argparse.ArgumentParser:
    """Return a parser that says of a command what the first line of its module's docstring says.

    Args:
        module: Its whole name, without `__main__`.
        docstring: Of the module; what follows the first line is for who reads the code.
    """
    said = _COMMAND.sub("", docstring.partition("\n")[0])
    return argparse.ArgumentParser(prog=f"python -m {module}", description=said[:1].upper() + said[1:])
