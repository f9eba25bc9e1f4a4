"""Work past one process: on many machines (Dask distributed, extra `cluster`), and past an interruption."""
