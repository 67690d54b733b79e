-- What the log amounts to: dropped and rebuilt at will, never altered. Ids are 26 base32 letters,
-- times UTC milliseconds, offsets code points with the end excluded.

CREATE TABLE project (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE analyst (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT,
    publisher TEXT,
    author TEXT,
    published TEXT,
    qualifier TEXT NOT NULL,
    basis TEXT NOT NULL,
    url TEXT,
    language TEXT,
    comment TEXT,
    grade TEXT,
    proposed TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    opening TEXT NOT NULL,
    words INTEGER NOT NULL,
    chars INTEGER NOT NULL,
    created INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appearance (
    id TEXT PRIMARY KEY NOT NULL,
    article TEXT NOT NULL,
    file TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    published TEXT,
    analyst TEXT NOT NULL,
    created INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX appearance_article ON appearance (article, deleted, lamport, id, file);

CREATE TABLE passage (
    id TEXT PRIMARY KEY NOT NULL,
    article TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    same_as TEXT,
    created INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passage_place ON passage (article, start, "end");

CREATE INDEX passage_same_as ON passage (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE tag (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    parent TEXT,
    merged_into TEXT,
    resolved TEXT NOT NULL,
    color INTEGER NOT NULL,
    description TEXT NOT NULL,
    created INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    hidden INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tagging (
    id TEXT PRIMARY KEY NOT NULL,
    passage TEXT NOT NULL,
    tag TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tagging_passage ON tagging (passage);

CREATE TABLE comment (
    id TEXT PRIMARY KEY NOT NULL,
    passage TEXT NOT NULL,
    body TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX comment_passage ON comment (passage);

CREATE TABLE note (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A passage as a note quotes it, with the words and the place it had when it was put there.
CREATE TABLE citation (
    id TEXT PRIMARY KEY NOT NULL,
    note TEXT NOT NULL,
    passage TEXT NOT NULL,
    quote TEXT NOT NULL,
    article TEXT NOT NULL,
    source TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    created INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX citation_passage ON citation (passage);

CREATE INDEX citation_note ON citation (note);

-- A query that somebody keeps under a name.
CREATE TABLE search (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Fields whose versions differ because nobody had seen both.
CREATE TABLE conflict (
    thing TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    versions INTEGER NOT NULL,
    PRIMARY KEY (kind, thing, field)
) STRICT, WITHOUT ROWID;

-- Everything that somebody deleted. contested: it lives all the same, since the deleter had not seen
-- something that changed it or refers to it.
CREATE TABLE deletion (
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    contested INTEGER NOT NULL,
    PRIMARY KEY (kind, thing)
) STRICT, WITHOUT ROWID;

CREATE VIEW applied_tag AS
SELECT coalesce(p.same_as, p.id) AS passage, p.article AS article, g.resolved AS tag, t.analyst AS analyst,
       t.created AS created, t.lamport AS lamport, t.id AS id
FROM tagging AS t
JOIN passage AS p ON p.id = t.passage
JOIN tag AS g ON g.id = t.tag
JOIN tag AS r ON r.id = g.resolved
WHERE t.deleted = 0 AND p.deleted = 0 AND r.hidden = 0;

CREATE VIEW live_comment AS
SELECT c.id AS id, coalesce(p.same_as, p.id) AS passage, p.article AS article, c.body AS body, c.analyst AS analyst,
       c.created AS created, c.changed AS changed, c.lamport AS lamport
FROM comment AS c
JOIN passage AS p ON p.id = c.passage
WHERE c.deleted = 0 AND p.deleted = 0;

CREATE VIEW live_citation AS
SELECT c.id AS id, c.note AS note, coalesce(p.same_as, p.id) AS passage, p.article AS article,
       c.created AS created, c.lamport AS lamport
FROM citation AS c
JOIN note AS n ON n.id = c.note
JOIN passage AS p ON p.id = c.passage
WHERE c.deleted = 0 AND n.deleted = 0 AND p.deleted = 0;

-- Passages that carry a tag, a comment or a citation: what is shown and counted.
CREATE VIEW shown_passage AS
SELECT p.*
FROM passage AS p
JOIN article AS a ON a.id = p.article
WHERE p.deleted = 0 AND p.same_as IS NULL AND a.deleted = 0 AND (
    EXISTS (SELECT 1 FROM passage AS q
            WHERE (q.id = p.id OR q.same_as = p.id) AND q.deleted = 0 AND (
                EXISTS (SELECT 1 FROM comment AS c WHERE c.passage = q.id AND c.deleted = 0)
                OR EXISTS (SELECT 1 FROM tagging AS t JOIN tag AS g ON g.id = t.tag
                           JOIN tag AS r ON r.id = g.resolved
                           WHERE t.passage = q.id AND t.deleted = 0 AND r.hidden = 0)
                OR EXISTS (SELECT 1 FROM citation AS c JOIN note AS n ON n.id = c.note
                           WHERE c.passage = q.id AND c.deleted = 0 AND n.deleted = 0)))
);

CREATE VIEW annotation AS
SELECT
    coalesce(a.title, (SELECT file FROM appearance WHERE article = a.id AND deleted = 0
                       ORDER BY lamport, id LIMIT 1)) AS article,
    a.publisher AS publisher,
    a.published AS published,
    p.quote AS quote,
    p.start AS start,
    p."end" AS "end",
    (SELECT group_concat(path, ',') FROM (
        SELECT g.path AS path FROM applied_tag AS t JOIN tag AS g ON g.id = t.tag
        WHERE t.passage = p.id GROUP BY g.id ORDER BY min(t.lamport), min(t.id))) AS tags,
    (SELECT group_concat(body, char(10)) FROM (
        SELECT body FROM live_comment WHERE passage = p.id ORDER BY lamport, id)) AS comment,
    (SELECT group_concat(name, ',') FROM (
        SELECT coalesce(n.name, '') AS name FROM (
            SELECT analyst, lamport, id FROM applied_tag WHERE passage = p.id
            UNION ALL SELECT analyst, lamport, id FROM live_comment WHERE passage = p.id) AS w
        JOIN analyst AS n ON n.id = w.analyst
        GROUP BY n.id ORDER BY min(w.lamport), min(w.id))) AS analyst,
    strftime('%Y-%m-%dT%H:%M:%SZ', (
        SELECT min(created) FROM (
            SELECT created FROM applied_tag WHERE passage = p.id
            UNION ALL SELECT created FROM live_comment WHERE passage = p.id
            UNION ALL SELECT created FROM live_citation WHERE passage = p.id)) / 1000, 'unixepoch') AS created
FROM shown_passage AS p
JOIN article AS a ON a.id = p.article
ORDER BY a.created, a.id, p.start, p."end";

CREATE VIEW article_overview AS
SELECT
    coalesce(a.title, '[' || a.opening || ' …]') AS article,
    (SELECT file FROM appearance WHERE article = a.id AND deleted = 0 ORDER BY lamport, id LIMIT 1) AS file,
    a.publisher AS publisher,
    a.author AS author,
    a.published AS published,
    a.words AS words,
    (SELECT count(*) FROM shown_passage WHERE article = a.id) AS passages,
    (SELECT count(DISTINCT tag) FROM applied_tag WHERE article = a.id) AS tags,
    (SELECT count(DISTINCT note) FROM live_citation WHERE article = a.id) AS notes
FROM article AS a
WHERE a.deleted = 0
ORDER BY a.created, a.id;
