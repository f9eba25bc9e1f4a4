"""Numbers as people say them, and the words round them: once, for every value that has one."""
