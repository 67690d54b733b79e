"""The project file: opening, change log, derived tables, undo. Start reading at `changes` and `fold`."""
