-- What staff said and may still take back; cases that go from one institution to
-- another; what SMS cost each team.

-- +goose Up
CREATE TABLE parting (
    contact  TEXT NOT NULL,
    id       BIGINT NOT NULL,
    casefile TEXT NOT NULL,
    agent    TEXT NOT NULL,
    form     TEXT NOT NULL,
    line     BIGINT NOT NULL, -- its line in the thread, 0 for none
    words    TEXT NOT NULL,   -- an Outgoing
    tail     TEXT NOT NULL,   -- said after it if the case closes
    closes   BIGINT NOT NULL,
    asked    BIGINT NOT NULL, -- clocks of the case as they were before
    answered BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    PRIMARY KEY (contact, id)
);
CREATE INDEX parting_due ON parting (due);
CREATE INDEX parting_case ON parting (casefile);

ALTER TABLE once ADD COLUMN undone BIGINT NOT NULL DEFAULT 0; -- what the form did was taken back

-- A note belongs to the team that wrote it; "" to whoever sees the case.
ALTER TABLE line ADD COLUMN team TEXT NOT NULL DEFAULT '';
UPDATE line SET team = COALESCE((SELECT k.team FROM cases k WHERE k.id = line.casefile), '') WHERE speaker = 'note';

ALTER TABLE cases ADD COLUMN readers TEXT NOT NULL DEFAULT ''; -- teams that may still read it
ALTER TABLE cases ADD COLUMN toward TEXT NOT NULL DEFAULT '';  -- team that the family was asked about

CREATE TABLE transfer (
    casefile TEXT NOT NULL,
    at       BIGINT NOT NULL,
    agent    TEXT NOT NULL,
    sender   TEXT NOT NULL, -- team
    receiver TEXT NOT NULL, -- team
    reason   TEXT NOT NULL,
    told     TEXT NOT NULL, -- what the family read, in its language
    keeps    BIGINT NOT NULL,
    notes    BIGINT NOT NULL,
    state    TEXT NOT NULL, -- asked, done, refused
    PRIMARY KEY (casefile, at)
);

ALTER TABLE outbox ADD COLUMN team TEXT NOT NULL DEFAULT ''; -- whose words they are; "" the robot's
CREATE TABLE spend (
    month    TEXT NOT NULL, -- 2026-11
    team     TEXT NOT NULL, -- "": the robot's words
    messages BIGINT NOT NULL,
    segments BIGINT NOT NULL,
    PRIMARY KEY (month, team)
);

-- +goose Down
DROP TABLE spend;
ALTER TABLE outbox DROP COLUMN team;
DROP TABLE transfer;
ALTER TABLE cases DROP COLUMN toward;
ALTER TABLE cases DROP COLUMN readers;
ALTER TABLE line DROP COLUMN team;
ALTER TABLE once DROP COLUMN undone;
DROP TABLE parting;
