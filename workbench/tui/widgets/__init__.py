"""Widgets of our own. They know no project: screens call their methods and listen to their messages."""
