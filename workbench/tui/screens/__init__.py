"""The screens of the workbench, one module each, and the small dialogs they share."""
