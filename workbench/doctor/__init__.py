"""What this terminal and this installation can do, and what to set: `workbench doctor`.

`answers` asks the terminal and `surroundings` what is around it; `terminal` and `installation` make findings
of that.
"""
