-- A draft also says which running program is writing it, and which changes its writer had seen.

CREATE TEMP TABLE kept_draft AS SELECT * FROM main.draft;

DROP TABLE main.draft;

CREATE TABLE draft (
    analyst TEXT NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    session TEXT NOT NULL,
    parent TEXT,
    seen TEXT,
    body TEXT NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (analyst, thing, session)
) STRICT, WITHOUT ROWID;

INSERT INTO draft SELECT analyst, kind, thing, '', parent, NULL, body, saved FROM kept_draft;

DROP TABLE kept_draft;
