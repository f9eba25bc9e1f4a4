"""What is wrong with the words of a command line, in one line: option, value and cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_SAID_OF_A_FILE = re.compile(r"'(?P<path>.*)' (?P<what>does not exist|is a directory|is not readable)$")
_CURES = {
    "does not exist": "there is no such file; check the path",
    "is a directory": "this is a folder; name a file in it",
    "is not readable": "it cannot be read; check its permissions",
}
"""What typer says of a path, and how `linkage import` words the same."""

_PLAINER = (
    ("Input should be", "it has to be"),
    ("greater than or equal to", "at least"),
    ("less than or equal to", "at most"),
    ("a valid integer, unable to parse string as an integer", "a whole number"),
)
"""What typer says of a value, and plainer words for it; what is not listed stays as typer words it."""


def is_usage_error(error: Exception) -> bool:
    """Whether `error` is one of typer's about the words of a command line.

    By version, typer uses click or a copy of it of its own. The errors are known by what they have in both.
    """
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def is_help_shown(error: Exception) -> bool:
    """Whether `error` only ends a command that was called without words and has shown its help."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_words(error: Any, words: Sequence[str]) -> str:
    """One line on a usage error: the option and its value, what is wrong and what to do.

    `words` are those behind the program's name. "--top 0: it has to be at least 1; see linkage link --help";
    "REPORTS nowhere.csv: there is no such file; check the path".
    """
    context, param = getattr(error, "ctx", None), getattr(error, "param", None)
    command = context.command_path if context else " ".join(["linkage", *_command(words)])
    cure = f"see {command} --help"
    if param is None or not error.message:  # a word that is unknown or missing: the message names it
        return f"{_line(error.format_message())}; {cure}"
    message = _line(error.message)
    if file := _SAID_OF_A_FILE.search(message):
        return f"{_name(param, words)} {file['path']}: {_CURES[file['what']]}"
    for said, plain in _PLAINER:
        message = message.replace(said, plain)
    value = " ".join((_value(param, words) or _positional(context, param, words)).split())
    return f"{' '.join(filter(None, (_name(param, words), value)))}: {message}; {cure}"


def _command(words: Sequence[str]) -> Sequence[str]:
    return words[:1] if words and not words[0].startswith("-") else ()


def _line(message: str) -> str:
    return " ".join(message.split()).rstrip(".")


def _given(param: Any, words: Sequence[str]) -> list[tuple[str, str]]:
    """Each time that an option stands among the words: its name as written, and its value."""
    given = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        name, equals, value = word.partition("=")
        if name in param.opts and name.startswith("-"):
            given.append((name, value if equals else following))
    return given


def _name(param: Any, words: Sequence[str]) -> str:
    given = _given(param, words)
    if given:
        return given[-1][0]
    option = param.opts[0] if param.opts and param.opts[0].startswith("-") else ""
    return option or (param.metavar or str(param.name).upper()).strip("[]")


def _value(param: Any, words: Sequence[str]) -> str:
    """The value that counts, the last; none of an option that takes several, of which any may be meant."""
    given = _given(param, words)
    return given[-1][1] if given and not getattr(param, "multiple", False) else ""


def _positional(context: Any, param: Any, words: Sequence[str]) -> str:
    """The word that an argument without a name took, as the command's own parser deals them out; none of an argument
    that takes several."""
    if context is None or param.nargs != 1 or param.opts[0].startswith("-"):
        return ""
    behind = list(words[len(context.command_path.split()) - 1 :])
    dealt, _, _ = context.command.make_parser(context).parse_args(args=behind)
    return str(dealt[param.name])
