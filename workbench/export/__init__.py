"""Exports: what a project holds, or a part of it, as a document in another format. One module a format."""
