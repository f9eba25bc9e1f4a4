"""A document as PDF, by WeasyPrint (extra `pdf`), from the same HTML."""

from __future__ import annotations

import logging
from typing import Any

from linkage.errors import LinkageError
from linkage.sharing.document import Document
from linkage.sharing.write_html import html_of


class NoPdfError(LinkageError, RuntimeError):
    """PDF cannot be written on this machine; the message says what to install."""


def pdf_of(document: Document) -> bytes:
    """The document as PDF. NoPdfError where WeasyPrint or what it needs is not installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: its libraries of the system are missing
        raise NoPdfError(
            'PDF needs WeasyPrint: pip install "linkage[pdf]". Without it, print the HTML file from a browser'
        ) from error
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    written: bytes = weasyprint.HTML(string=html_of(document), url_fetcher=_refuse).write_pdf()
    return written


def _refuse(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    """Nothing is fetched: the document holds all that it shows."""
    raise ValueError(f"{url} is not fetched")
