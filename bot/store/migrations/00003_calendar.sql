-- What the relais starts by itself, who wants its news, and what somebody has at
-- a date: a seat, an offer, a place in the waiting list.

-- +goose Up
CREATE TABLE prompt (
    id      TEXT PRIMARY KEY,
    batch   TEXT NOT NULL,
    contact TEXT NOT NULL,
    node    TEXT NOT NULL,
    slots   TEXT NOT NULL,   -- sealed; blank once started or dropped
    due     BIGINT NOT NULL,
    until   BIGINT NOT NULL, -- 0: it never ages
    state   TEXT NOT NULL    -- waiting, held, started, dropped
);
CREATE INDEX prompt_due ON prompt (due, id) WHERE state = 'waiting';
CREATE INDEX prompt_batch ON prompt (batch, state) WHERE batch <> '';
CREATE INDEX prompt_contact ON prompt (contact);

-- Whoever adds to a batch or holds it locks its row first.
CREATE TABLE batch (
    id   TEXT PRIMARY KEY,
    held BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE broadcast (
    id       TEXT PRIMARY KEY, -- that of its batch
    agent    TEXT NOT NULL,
    node     TEXT NOT NULL,
    slots    TEXT NOT NULL,
    event    TEXT NOT NULL,
    audience TEXT NOT NULL,
    quarter  TEXT NOT NULL,
    people   BIGINT NOT NULL,
    segments BIGINT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX broadcast_at ON broadcast (at, id);

CREATE TABLE subscription (
    contact TEXT PRIMARY KEY,
    quarter TEXT NOT NULL, -- "": all
    at      BIGINT NOT NULL
);

CREATE TABLE day (
    event     TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    schedule  TEXT NOT NULL,
    published BIGINT NOT NULL,
    told      TEXT NOT NULL, -- who was told what of their own times
    agent     TEXT NOT NULL,
    at        BIGINT NOT NULL
);

ALTER TABLE event ADD COLUMN numbers BIGINT NOT NULL DEFAULT 0; -- last number of a badge
ALTER TABLE event ADD COLUMN places BIGINT NOT NULL DEFAULT 0;  -- last place given in the waiting list

ALTER TABLE registration ADD COLUMN state TEXT NOT NULL DEFAULT 'kept'; -- kept, waiting, offered, lapsed
ALTER TABLE registration ADD COLUMN place BIGINT NOT NULL DEFAULT 0;    -- in the waiting list
ALTER TABLE registration ADD COLUMN until BIGINT NOT NULL DEFAULT 0;    -- of an offer
ALTER TABLE registration ADD COLUMN number BIGINT NOT NULL DEFAULT 0;   -- of a badge
ALTER TABLE registration ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE registration ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE registration ADD COLUMN came BIGINT NOT NULL DEFAULT 0;
ALTER TABLE registration ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;     -- left

-- Seats from before get a number and a code too.
UPDATE registration SET number = (SELECT COUNT(*) FROM registration r WHERE r.event = registration.event
    AND (r.at < registration.at OR (r.at = registration.at AND r.contact <= registration.contact)));
UPDATE registration SET code = SUBSTR(CAST(10000 + (number * 7919 + COALESCE((SELECT e.starts / 60000 FROM event e WHERE e.id = event), 0)) % 10000 AS TEXT), 2);
UPDATE event SET numbers = (SELECT COUNT(*) FROM registration r WHERE r.event = event.id);

CREATE INDEX registration_event ON registration (event, state, place);
CREATE UNIQUE INDEX registration_number ON registration (event, number) WHERE number > 0;
CREATE UNIQUE INDEX registration_code ON registration (event, code) WHERE code <> '';

-- +goose Down
DROP INDEX registration_code;
DROP INDEX registration_number;
DROP INDEX registration_event;
DELETE FROM registration WHERE state NOT IN ('kept', 'offered'); -- the rest is taken
ALTER TABLE registration DROP COLUMN gone;
ALTER TABLE registration DROP COLUMN came;
ALTER TABLE registration DROP COLUMN room;
ALTER TABLE registration DROP COLUMN code;
ALTER TABLE registration DROP COLUMN number;
ALTER TABLE registration DROP COLUMN until;
ALTER TABLE registration DROP COLUMN place;
ALTER TABLE registration DROP COLUMN state;
ALTER TABLE event DROP COLUMN places;
ALTER TABLE event DROP COLUMN numbers;
DROP TABLE day;
DROP TABLE subscription;
DROP TABLE broadcast;
DROP TABLE batch;
DROP TABLE prompt;
