"""The terminal workbench: the only part, with the command line, that knows Textual."""
