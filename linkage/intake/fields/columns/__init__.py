"""How the columns of a file are understood: each is read as a field, asked about, refused or left out, and told."""

from linkage.intake.fields.columns.rows import columns_of, mapped
from linkage.intake.fields.columns.understanding import (
    Basis,
    Column,
    MappingError,
    chosen,
    field_named,
    from_file,
    understood,
)

__all__ = [
    "Basis",
    "Column",
    "MappingError",
    "chosen",
    "columns_of",
    "field_named",
    "from_file",
    "mapped",
    "understood",
]
