"""What DESIGN's budgets ask for, measured: each module prints a table; `python -m tests.bench` runs them all."""
