"""Faults met on purpose: what becomes of a project file when everything around it fails.

`make faults` runs all of them at length and prints figures; the tests in this package run a short form.

- `kills`: the program is killed in the middle of its work.
- `full`: there is no room left on the disk.
- `power`: the power goes, and of what was not synced anything may be lost, torn or out of order.
- `damage`: bytes and pages of the file are changed.
- `pairs`: two programs write into one file at once.
"""
