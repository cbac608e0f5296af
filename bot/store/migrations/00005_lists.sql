-- What a row of a list needs of its case, so that no thread is read for it; who
-- has a case before their eyes; and the words by which cases are found.

-- +goose Up
ALTER TABLE cases ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;    -- since when the family waits for a person
ALTER TABLE cases ADD COLUMN answered BIGINT NOT NULL DEFAULT 0; -- when a person first answered
ALTER TABLE cases ADD COLUMN snoozed BIGINT NOT NULL DEFAULT 0;  -- out of the lists until then
ALTER TABLE cases ADD COLUMN mark BIGINT NOT NULL DEFAULT 0;     -- grows whenever a page that shows the case is out of date

UPDATE cases SET answered = COALESCE((SELECT MIN(l.at) FROM line l
    WHERE l.contact = cases.contact AND l.casefile = cases.id AND l.speaker = 'staff'), 0);
UPDATE cases SET asked = opened WHERE state = 'open';
UPDATE cases SET asked = COALESCE((SELECT MIN(l.at) FROM line l
    WHERE l.contact = cases.contact AND l.casefile = cases.id AND l.speaker = 'family' AND l.seq > COALESCE((SELECT MAX(s.seq) FROM line s
        WHERE s.contact = cases.contact AND s.casefile = cases.id AND s.speaker = 'staff'), 0)), 0)
    WHERE state = 'taken';
UPDATE cases SET asked = opened WHERE state = 'taken' AND asked = 0 AND answered = 0;
UPDATE cases SET state = 'waiting' WHERE state = 'taken' AND asked = 0;

CREATE INDEX cases_team ON cases (state, team, agent);
CREATE INDEX cases_closed ON cases (state, changed, id);
CREATE INDEX cases_changed ON cases (changed, id);
CREATE INDEX cases_mark ON cases (mark);

CREATE TABLE presence (
    casefile TEXT NOT NULL,
    agent    TEXT NOT NULL,
    doing    TEXT NOT NULL, -- view, write
    at       BIGINT NOT NULL,
    PRIMARY KEY (casefile, agent)
);

-- head is the first seven bytes of the word as a number: both engines find by it
-- what begins with some letters, whatever order they put letters in.
CREATE TABLE word (
    head     BIGINT NOT NULL,
    word     TEXT NOT NULL,
    casefile TEXT NOT NULL,
    place    TEXT NOT NULL, -- where it stands: number, brief, family, staff, note
    PRIMARY KEY (head, word, casefile, place)
);
CREATE INDEX word_case ON word (casefile, head, word);

-- +goose Down
DROP TABLE word;
DROP TABLE presence;
DROP INDEX cases_mark;
DROP INDEX cases_changed;
DROP INDEX cases_closed;
DROP INDEX cases_team;
UPDATE cases SET state = 'taken' WHERE state = 'waiting';
ALTER TABLE cases DROP COLUMN mark;
ALTER TABLE cases DROP COLUMN snoozed;
ALTER TABLE cases DROP COLUMN answered;
ALTER TABLE cases DROP COLUMN asked;
