"""A store that is there whole or not at all: made beside the place where it is to stand, moved there once filled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkage.output.files import drafts
from linkage.store.connect import StoreError, check_url
from linkage.store.sqlite_file import tell_rights


@contextmanager
def store_to_fill(url: str) -> Iterator[str]:
    """The address of a store to fill, which stands at `url` once the block has run through.

    Where there is no SQLite file yet, it is that of one in a folder of its own, which goes where the block fails, so
    that nothing is left behind. A store that is there, and a PostgreSQL database, are filled where they are. The
    block must close the store. Raises StoreError as `check_url`, OutputError where nothing can be made there.
    """
    address = check_url(url)
    file = Path(address.database or "")
    if address.get_backend_name() != "sqlite" or file.exists():
        yield url
        return
    folder = file.absolute().parent
    with drafts(folder) as place:
        draft = place / file.name
        try:
            yield address.set(database=str(draft)).render_as_string(hide_password=False)
        except StoreError as error:  # of the draft nobody knows
            raise type(error)(str(error).replace(str(draft), str(file))) from error
        if Path(f"{draft}-wal").exists():  # what closing could not write into the file would stay behind
            raise StoreError(f"{file} could not be finished: its disk is full, or fails. Make room and try again")
        if file.exists():
            raise StoreError(f"{file} was made by another program meanwhile, and is left alone; name another store")
        draft.rename(file)
    tell_rights(folder, new=True)
