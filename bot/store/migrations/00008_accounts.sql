-- How staff prove who they are, beside a password; the hours of teams that were
-- changed at the desk.

-- +goose Up
ALTER TABLE agent ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN approved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0; -- grows when they are signed out everywhere

CREATE TABLE factor (
    agent  TEXT PRIMARY KEY,
    secret TEXT NOT NULL, -- sealed
    step   BIGINT NOT NULL, -- the last that was used
    since  BIGINT NOT NULL
);

CREATE TABLE recovery (
    agent TEXT NOT NULL,
    hash  TEXT NOT NULL,
    PRIMARY KEY (agent, hash)
);

CREATE TABLE identity (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    agent   TEXT NOT NULL UNIQUE,
    PRIMARY KEY (issuer, subject)
);

CREATE TABLE office (
    team    TEXT PRIMARY KEY,
    hours   TEXT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE INDEX journal_at ON journal (at, id);

-- +goose Down
DROP INDEX journal_at;
DROP TABLE office;
DROP TABLE identity;
DROP TABLE recovery;
DROP TABLE factor;
ALTER TABLE agent DROP COLUMN epoch;
ALTER TABLE agent DROP COLUMN approved;
ALTER TABLE agent DROP COLUMN email;
