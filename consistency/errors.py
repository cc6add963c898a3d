"""What a broken tool raises. A bad article is no error: it is an `Unread` in the report.

ConsistencyError            exit code 2
├── ConfigError             an option, a settings file
├── InputError              a call that makes no sense (the same input twice on standard input)
├── OutputError             a report that could not be written
├── ModelError              a model that is missing, unsafe, mislabelled or fails its self-test
└── MissingExtra            a package that an optional part needs; names the pip command
"""

from __future__ import annotations


class ConsistencyError(Exception):
    """Base of all; the message names the thing at fault and `remedy` says what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigError(ConsistencyError):
    pass


class InputError(ConsistencyError):
    pass


class OutputError(ConsistencyError):
    pass


class ModelError(ConsistencyError):
    pass


class MissingExtra(ConsistencyError):  # noqa: N818  (the house plan names it so)
    pass
