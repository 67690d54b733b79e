"""DESIGN's budgets, measured: each module prints a table; `python -m tests.bench` runs them all."""
