-- The truth of a project: a log that only grows, the texts it points at, and two small mutable tables.

CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Long texts by content: hash is BLAKE2b-128 over the UTF-8 bytes of body.
CREATE TABLE text (
    hash BLOB PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- One row a change: who set which fields of which thing, having seen which earlier changes.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    thing BLOB NOT NULL,
    fields TEXT NOT NULL,
    analyst BLOB NOT NULL,
    lamport INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    supersedes BLOB NOT NULL,
    payload_hash BLOB NOT NULL
) STRICT;

CREATE INDEX change_of_thing ON change (thing);

CREATE INDEX change_of_step ON change (lamport);

-- The values a change sets, in the order of its fields. A copy may leave rows out.
CREATE TABLE payload (
    change INTEGER PRIMARY KEY REFERENCES change (seq),
    salt BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Text being edited, at most a second behind the keyboard; never part of the log or of a copy.
CREATE TABLE draft (
    analyst TEXT NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    parent TEXT,
    body TEXT NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (analyst, thing)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER change_no_update BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER change_no_delete BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER payload_no_update BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER text_no_update BEFORE UPDATE ON text
BEGIN SELECT RAISE(ABORT, 'texts never change'); END;

CREATE TRIGGER text_no_delete BEFORE DELETE ON text
BEGIN SELECT RAISE(ABORT, 'texts never change'); END;
