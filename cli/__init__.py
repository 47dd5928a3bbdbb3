"""The ``secondments`` command: the same use cases as the pages, for people at a terminal and for machines."""
